//! How an actor decides, as data.

use serde::{Deserialize, Serialize};

use crate::scenario::{Actor, ActorId, Amount, Beliefs, Beyond, Choice, Horizon, Learning};

/// How an actor decides. Amounts are written as the scenario has them: numbers, or expressions of parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DecisionRule {
    /// How it chooses among options of known value.
    pub choice: ChoiceRule,
    /// The probability with which it chooses blindly.
    pub tremble: String,
    /// What it believes of the others.
    pub beliefs: BeliefRule,
    /// How many turns it looks ahead; `None`: to the end.
    pub horizon: Option<u32>,
    /// Whether it takes the state to stay as it is beyond its horizon.
    pub status_quo_beyond: bool,
    /// The weights of others' payoffs.
    pub regard: Vec<(ActorId, String)>,
    /// Whether it remembers the play, by its beliefs or its rule of choice.
    pub learns: bool,
}

/// How an actor chooses among options of known value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChoiceRule {
    /// All alike.
    Uniform,
    /// All of the best, alike.
    Best,
    /// In proportion to exp(precision * value).
    Logit(String),
    /// By what was paid so far in the play.
    Learning(Learning<String>),
}

/// What an actor believes of the others' choices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BeliefRule {
    /// Level-k reasoning.
    Level(u32),
    /// The others choose as they do.
    Equilibrium,
    /// The cognitive hierarchy.
    Poisson {
        /// The mean number of steps of the population.
        mean: String,
        /// The actor's own level; `None` where it is drawn too.
        level: Option<u32>,
    },
    /// What the others did so far in the play.
    Learned,
}

impl DecisionRule {
    pub(super) fn of(actor: &Actor) -> Self {
        let text = |amount: &Amount| amount.text.clone();
        Self {
            choice: match &actor.choice {
                Choice::Uniform => ChoiceRule::Uniform,
                Choice::Best => ChoiceRule::Best,
                Choice::Logit(precision) => ChoiceRule::Logit(text(precision)),
                Choice::Learning(rule) => ChoiceRule::Learning(rule.map(text)),
            },
            tremble: text(&actor.tremble),
            beliefs: match &actor.beliefs {
                Beliefs::Level(level) => BeliefRule::Level(*level),
                Beliefs::Equilibrium => BeliefRule::Equilibrium,
                Beliefs::Poisson(mean, level) => BeliefRule::Poisson { mean: text(mean), level: *level },
                Beliefs::Learned => BeliefRule::Learned,
            },
            horizon: match actor.horizon {
                Horizon::Turns(turns) => Some(turns),
                Horizon::End => None,
            },
            status_quo_beyond: actor.beyond == Beyond::StatusQuo,
            regard: actor.regard.iter().map(|(other, weight)| (*other, text(weight))).collect(),
            learns: actor.learns(),
        }
    }
}
