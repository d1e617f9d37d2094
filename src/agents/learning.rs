//! Learning rules: from what was paid so far in a play to how much each action is favoured.

use super::ids::ActionId;
use super::rules;
use crate::scenario::{IdVec, Learning};

/// What an actor with a learning rule carries from turn to turn.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Experience {
    /// For each action its attraction, its regret, or its propensity.
    scores: IdVec<ActionId, f64>,
    /// How much experience the attractions stand for, in turns.
    weight: f64,
}

impl Experience {
    /// Of a play that begins, with so many actions.
    pub(crate) fn new(rule: &Learning<f64>, actions: usize) -> Self {
        let mut experience = Self { scores: IdVec::filled(0.0, actions), weight: 1.0 };
        experience.forget(rule);
        experience
    }

    /// Makes it that of a play that begins.
    pub(crate) fn forget(&mut self, rule: &Learning<f64>) {
        let first = match rule {
            Learning::Ewa { .. } | Learning::RegretMatching => 0.0,
            Learning::Reinforcement { strength, .. } => *strength,
        };
        self.scores.as_mut_slice().fill(first);
        self.weight = 1.0;
    }

    /// The probability of each of the `available` actions.
    pub(crate) fn choose(&self, rule: &Learning<f64>, available: &[ActionId], probabilities: &mut [f64]) {
        for (probability, &action) in probabilities.iter_mut().zip(available) {
            *probability = self.scores[action];
        }
        match rule {
            Learning::Ewa { logit, .. } => {
                let top = probabilities.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                for attraction in &mut *probabilities {
                    *attraction = crate::math::exp(logit * (*attraction - top));
                }
                rules::scale(probabilities);
            }
            Learning::RegretMatching => {
                for regret in &mut *probabilities {
                    *regret = regret.max(0.0);
                }
                in_proportion(probabilities);
            }
            Learning::Reinforcement { .. } => in_proportion(probabilities),
        }
    }

    /// Learns from a turn: of each of the `available` actions what it would have paid, and
    /// which of them was `played`. O(available).
    ///
    /// ```text
    /// ewa            N' = phi (1 - kappa) N + 1
    ///                A'(a) = (phi N A(a) + (delta + (1 - delta) [a played]) pay(a)) / N'
    /// regret         R'(a) = R(a) + pay(a) - pay(played)
    /// reinforcement  q'(a) = (1 - phi) q(a) + [a played] max(pay(a) - floor, 0)
    /// ```
    ///
    /// # References
    /// Camerer and Ho (1999), Experience-weighted attraction learning in normal form games, Econometrica
    /// 67(4), 827-874, doi:10.1111/1468-0262.00054. Hart and Mas-Colell (2000), A simple adaptive procedure
    /// leading to correlated equilibrium, Econometrica 68(5), 1127-1150, doi:10.1111/1468-0262.00153: their
    /// unconditional variant. Roth and Erev (1995), Learning in extensive-form games, Games and Economic
    /// Behavior 8(1), 164-212, doi:10.1016/S0899-8256(05)80020-X.
    pub(crate) fn learn(
        &mut self,
        rule: &Learning<f64>,
        available: &[ActionId],
        pays: &[f64],
        played: usize,
    ) {
        let of_played = pays[played];
        let options = available.iter().zip(pays);
        match rule {
            Learning::Ewa { phi, delta, kappa, .. } => {
                let before = self.weight;
                self.weight = phi * (1.0 - kappa) * before + 1.0;
                for (option, (&action, pay)) in options.enumerate() {
                    let counts = if option == played { 1.0 } else { *delta };
                    let attraction = &mut self.scores[action];
                    *attraction = (phi * before * *attraction + counts * pay) / self.weight;
                }
            }
            Learning::RegretMatching => {
                for (&action, pay) in options {
                    self.scores[action] += pay - of_played;
                }
            }
            Learning::Reinforcement { phi, floor, .. } => {
                for (option, &action) in available.iter().enumerate() {
                    let brought = if option == played { (of_played - floor).max(0.0) } else { 0.0 };
                    let propensity = &mut self.scores[action];
                    *propensity = (1.0 - phi) * *propensity + brought;
                }
            }
        }
    }
}

/// Scales weights to sum to one; all alike where all are zero.
fn in_proportion(weights: &mut [f64]) {
    let top = weights.iter().copied().fold(0.0, f64::max);
    if top <= 0.0 {
        rules::uniform_into(weights);
        return;
    }
    // By the greatest first: sums of huge weights would overflow, and quotients of tiny ones lose their digits.
    for weight in &mut *weights {
        *weight /= top;
    }
    rules::scale(weights);
}
