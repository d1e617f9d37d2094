//! All numbers of a scenario under one draw of its parameters.

/// What every amount of a scenario is worth under one draw. All are finite; probabilities and weights are
/// in range.
#[derive(Clone, Debug, PartialEq)]
pub struct Numbers {
    /// `values[variable][level]`
    pub values: Vec<Vec<f64>>,
    /// `starts[variable][level]`: probabilities, each row sums to 1.
    pub starts: Vec<Vec<f64>>,
    /// `pays[term][actor]`: what the term pays each actor, in payoff units; 0 where it pays nothing.
    pub pays: Vec<Vec<f64>>,
    /// `chances[effect]`: the probability that it fires where it holds.
    pub chances: Vec<f64>,
    /// `outcome_pays[classification][outcome][actor]`
    pub outcome_pays: Vec<Vec<Vec<f64>>>,
    /// `salience[seat][move]`: weights in naive play, not negative; not scaled.
    pub salience: Vec<Vec<f64>>,
    /// `script[seat][move]`: weights of a drawn or fixed script, not negative, not scaled; empty for a
    /// seat without one (a narrowing script has no weights).
    pub script: Vec<Vec<f64>>,
    /// One entry per actor.
    pub actors: Vec<ActorNumbers>,
}

/// The numbers of one actor.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorNumbers {
    /// Precision of the logit rule, at least 0; 0 for other rules.
    pub logit: f64,
    /// Probability of uniform play.
    pub tremble: f64,
    /// Weight of the next turn against this one, in [0, 1].
    pub discount: f64,
    /// Mean number of steps of a cognitive hierarchy, at least 0; 0 for other beliefs.
    pub tau: f64,
    /// `regard[actor]`: weights on others' payoffs, 0 for itself.
    pub regard: Vec<f64>,
}
