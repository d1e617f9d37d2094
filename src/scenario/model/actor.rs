//! Those who decide, and how they do.

use super::super::{ActorId, Amount, Learning, Span};
use super::Notes;

/// Someone who decides.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Its id.
    pub id: String,
    /// `name`, or the id.
    pub name: String,
    /// The choice rule.
    pub choice: Choice,
    /// With this probability, any available action alike.
    pub tremble: Amount,
    /// What it believes of the others.
    pub beliefs: Beliefs,
    /// How far it looks.
    pub horizon: Horizon,
    /// How it values what lies beyond its horizon.
    pub beyond: Beyond,
    /// The weight of the next turn against this one.
    pub discount: Amount,
    /// Weights on others' payoffs.
    pub regard: Vec<(ActorId, Amount)>,
    /// Title and reasons.
    pub notes: Notes,
    /// Where it is defined.
    pub span: Span,
}

/// How an actor picks among actions of known value.
#[derive(Clone, Debug)]
pub enum Choice {
    /// All alike.
    Uniform,
    /// All within 1e-9 of the best, alike.
    Best,
    /// In proportion to exp(L * value).
    Logit(Amount),
    /// By what was paid so far in the play, whatever the beliefs.
    Learning(Box<Learning<Amount>>),
}

/// What an actor believes of the others' choices.
#[derive(Clone, Debug)]
pub enum Beliefs {
    /// Level-k reasoning; level 0 is naive play.
    Level(u32),
    /// The others choose as they do: quantal response equilibrium.
    Equilibrium,
    /// The cognitive hierarchy: mean number of steps, and the actor's own level, drawn where `None`.
    Poisson(Amount, Option<u32>),
    /// What they did so far in the play (fictitious play).
    Learned,
}

/// How many turns an actor looks ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Horizon {
    /// That many, at least 1: 1 is this turn only.
    Turns(u32),
    /// To the last turn.
    End,
}

/// What lies beyond the horizon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beyond {
    /// Nothing.
    Nothing,
    /// As if the state stayed as it is.
    StatusQuo,
}
