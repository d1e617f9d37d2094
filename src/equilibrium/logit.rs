//! Logit quantal response equilibrium, and its limit: the branch that starts at uniform play.

use std::ops::Range;

use super::fraction::short;
use super::limit;
use super::trace::{Curve, Stuck, Tracer};
use crate::math;

/// A game as seen by players who choose by the logit rule.
///
/// A profile is a row of probabilities: those of the first player's actions, of the second's, and so on.
pub trait LogitGame {
    /// How many actions each player has.
    fn actions(&self) -> &[usize];

    /// Each player's precision, per payoff unit: at least 0; infinite for who takes what is best.
    fn precisions(&self) -> &[f64];

    /// What each action is worth to its player where the others play `profile`, up to what all actions of
    /// a player have in common.
    fn values(&mut self, profile: &[f64], values: &mut [f64]);

    /// How these values change with each probability of the others: a row for each action, with a column
    /// for each action. The columns of a player's own actions are 0.
    fn derivatives(&mut self, profile: &[f64], derivatives: &mut [f64]);
}

/// A logit equilibrium.
#[derive(Clone, Debug, PartialEq)]
pub struct Equilibrium {
    /// The probability of each action, player after player; those of a player add up to 1.
    pub profile: Vec<f64>,
    /// Where other branches leave the one that was followed, as shares of the precisions; the branch
    /// itself goes straight on. Beyond 1 on the way to a limit.
    pub crossings: Vec<f64>,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub enum LogitError {
    /// The branch could not be followed.
    #[error("the branch of logit equilibria could not be followed beyond {} times their `logit`", short(*share))]
    Lost {
        /// The share of the precisions that was reached.
        share: f64,
    },
    /// The branch of those who take what is best could not be followed to its limit, or has none.
    #[error(
        "the limit of logit equilibria could not be told: it was followed up to a `logit` of {}",
        short(*precision)
    )]
    NoLimit {
        /// The precision reached, in place of infinity.
        precision: f64,
    },
}

/// The logit quantal response equilibrium on the branch that starts at uniform play, followed while all
/// precisions are scaled from 0 to 1 together, to its first passing of 1; where branches cross, straight
/// on. The limit of that branch, as their precision grows, for players who take what is best.
///
/// Equilibrium conditions hold within 1e-12, or as closely as the game's values can be told apart at such
/// precisions. A limit holds within 1e-9 payoff units. The cost is that of some tens of evaluations, each
/// with an elimination, O(actions^3).
///
/// # Errors
/// If the branch cannot be followed, or its limit cannot be told.
///
/// # References
/// `McKelvey` and Palfrey (1995), Quantal response equilibria for normal form games, Games and Economic
/// Behavior 10(1), 6-38, doi:10.1006/game.1995.1023; Turocy (2005), A dynamic homotopy interpretation of
/// the logistic quantal response equilibrium correspondence, Games and Economic Behavior 51(2), 243-263,
/// doi:10.1016/j.geb.2004.04.003, on following it.
pub fn logit_equilibrium(game: &mut impl LogitGame) -> Result<Equilibrium, LogitError> {
    if game.precisions().iter().any(|precision| precision.is_infinite()) {
        return limit::limit(game);
    }
    let full = game.precisions().to_vec();
    let mut curve = LogitCurve::new(game, vec![0.0; full.len()], full);
    let target = curve.unit.recip();
    let tracer =
        curve.follow(target).map_err(|stuck| LogitError::Lost { share: stuck.parameter / target })?;
    let profile = curve.play(tracer.point());
    if curve.error(target, &profile) > curve.noise(target) {
        return Err(LogitError::Lost { share: 1.0 });
    }
    let crossings = tracer.crossings.iter().map(|parameter| parameter / target).collect();
    Ok(Equilibrium { profile, crossings })
}

/// The correspondence of logit equilibria as a curve: precisions are `fixed + parameter * unit * rising`.
///
/// The unknowns are the actions' logits x; the equations, x = precision * value for each action, less the
/// mean over the player's actions. So dominated actions need no small numbers, and the curve begins at 0.
pub(super) struct LogitCurve<'g, G> {
    game: &'g mut G,
    /// Where each player's actions stand.
    blocks: Vec<Range<usize>>,
    fixed: Vec<f64>,
    rising: Vec<f64>,
    /// The parameter's unit: up to about 1, players' precisions are too small for several equilibria.
    pub(super) unit: f64,
    profile: Vec<f64>,
    values: Vec<f64>,
    derivatives: Vec<f64>,
}

impl<'g, G: LogitGame> LogitCurve<'g, G> {
    pub(super) fn new(game: &'g mut G, fixed: Vec<f64>, rising: Vec<f64>) -> Self {
        let mut n = 0;
        let block = |count: &usize| {
            n += count;
            n - count..n
        };
        let blocks = game.actions().iter().map(block).collect();
        let (profile, values, derivatives) = (vec![0.0; n], vec![0.0; n], vec![0.0; n * n]);
        let mut curve = Self { game, blocks, fixed, rising, unit: 1.0, profile, values, derivatives };
        curve.unit = curve.natural_unit();
        curve
    }

    /// The inverse of how strongly logits answer logits at uniform play and full precision: the largest
    /// sum of a row. Where they do not, the inverse of the largest logit.
    fn natural_unit(&mut self) -> f64 {
        let n = self.values.len();
        softmax(&self.blocks, &vec![0.0; n], &mut self.profile);
        self.look();
        let (mut strongest, mut largest): (f64, f64) = (0.0, 0.0);
        for (block, rising) in self.blocks.iter().zip(&self.rising) {
            for row in block.clone() {
                largest = largest.max(rising * self.values[row].abs());
                let row = &self.derivatives[row * n..(row + 1) * n];
                strongest = strongest.max(rising * row.iter().map(|entry| entry.abs()).sum::<f64>());
            }
        }
        let scale = if strongest > f64::EPSILON * largest { strongest } else { largest };
        if scale > 0.0 { scale.recip() } else { 1.0 }
    }

    /// Follows the curve from uniform play to where the parameter reaches `target`.
    pub(super) fn follow(&mut self, target: f64) -> Result<Tracer, Stuck> {
        let mut tracer = Tracer::new(self, vec![0.0; self.values.len() + 1])?;
        tracer.reach(self, target)?;
        Ok(tracer)
    }

    /// Starts at `point` with the parameter where it makes a rising precision of 1 `steep`; without a
    /// point, at uniform play.
    pub(super) fn begin(&mut self, mut point: Vec<f64>, steep: f64) -> Result<Tracer, LogitError> {
        let n = self.values.len();
        match point.get_mut(n) {
            Some(parameter) => *parameter = steep / self.unit,
            None => point = vec![0.0; n + 1],
        }
        let unit = self.unit;
        Tracer::new(self, point).map_err(|stuck| LogitError::NoLimit { precision: stuck.parameter * unit })
    }

    /// A limit without what is as good as never played, if no player could gain more than `tie` by an
    /// action that is played less than its best; `None` otherwise.
    pub(super) fn tidied(&mut self, mut profile: Vec<f64>, nothing: f64, tie: f64) -> Option<Vec<f64>> {
        let best_only = |(_, rising): &(&Range<usize>, &f64)| **rising > 0.0;
        for (block, rising) in self.blocks.iter().zip(&self.rising) {
            let chances = &mut profile[block.clone()];
            if *rising > 0.0 {
                chances.iter_mut().filter(|chance| **chance < nothing).for_each(|chance| *chance = 0.0);
            }
            scale(chances);
        }
        self.game.values(&profile, &mut self.values);
        let nothing_to_gain = |(block, _): (&Range<usize>, &f64)| {
            let values = &self.values[block.clone()];
            let top = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let least = top - tie * top.abs().max(1.0);
            values
                .iter()
                .zip(&profile[block.clone()])
                .all(|(value, chance)| *chance == 0.0 || *value >= least)
        };
        let holds = self.blocks.iter().zip(&self.rising).filter(best_only).all(nothing_to_gain);
        holds.then_some(profile)
    }

    /// The probabilities at a point.
    pub(super) fn play(&self, point: &[f64]) -> Vec<f64> {
        let mut profile = vec![0.0; self.values.len()];
        softmax(&self.blocks, point, &mut profile);
        profile
    }

    /// How far a profile is from what it would be answered with.
    fn error(&mut self, parameter: f64, profile: &[f64]) -> f64 {
        let mut logits = vec![0.0; profile.len()];
        self.game.values(profile, &mut self.values);
        for (player, block) in self.blocks.iter().enumerate() {
            let precision = self.precision(player, parameter);
            for (logit, value) in logits[block.clone()].iter_mut().zip(&self.values[block.clone()]) {
                *logit = precision * value;
            }
        }
        let answer = self.play(&logits);
        let errors = answer.iter().zip(profile).map(|(a, b)| (a - b).abs());
        errors.fold(0.0, |most, error| if error <= most { most } else { error })
    }

    /// What rounding of values may do to the answer.
    fn noise(&self, parameter: f64) -> f64 {
        let largest = self.blocks.iter().enumerate().map(|(player, block)| {
            let values = self.values[block.clone()].iter();
            self.precision(player, parameter) * values.fold(0.0, |most: f64, value| most.max(value.abs()))
        });
        1e-12 + 32.0 * f64::EPSILON * largest.fold(0.0, f64::max)
    }

    fn precision(&self, player: usize, parameter: f64) -> f64 {
        self.fixed[player] + parameter * self.unit * self.rising[player]
    }

    /// Values where everybody plays the profile, and their derivatives by logits, each less its mean over
    /// a player's actions.
    fn look(&mut self) {
        let n = self.values.len();
        self.game.values(&self.profile, &mut self.values);
        self.game.derivatives(&self.profile, &mut self.derivatives);
        for row in self.derivatives.chunks_exact_mut(n) {
            for block in &self.blocks {
                let (row, chances) = (&mut row[block.clone()], &self.profile[block.clone()]);
                let mean: f64 = row.iter().zip(chances).map(|(d, p)| d * p).sum();
                for (entry, chance) in row.iter_mut().zip(chances) {
                    *entry = chance * (*entry - mean);
                }
            }
        }
        for block in &self.blocks {
            let rows = &mut self.derivatives[block.start * n..block.end * n];
            for column in 0..n {
                centre(&mut rows[column..], n);
            }
            centre(&mut self.values[block.clone()], 1);
        }
    }
}

impl<G: LogitGame> Curve for LogitCurve<'_, G> {
    fn dimension(&self) -> usize {
        self.values.len()
    }

    fn evaluate(&mut self, point: &[f64], residual: &mut [f64], jacobian: &mut [f64]) {
        let n = self.values.len();
        softmax(&self.blocks, &point[..n], &mut self.profile);
        self.look();
        for (player, block) in self.blocks.iter().enumerate() {
            let precision = self.precision(player, point[n]);
            for at in block.clone() {
                residual[at] = point[at] - precision * self.values[at];
                let row = &mut jacobian[at * (n + 1)..(at + 1) * (n + 1)];
                for (entry, derivative) in row.iter_mut().zip(&self.derivatives[at * n..(at + 1) * n]) {
                    *entry = -precision * derivative;
                }
                row[at] += 1.0;
                row[n] = -self.unit * self.rising[player] * self.values[at];
            }
        }
    }
}

/// Each player's probabilities, in proportion to exp(logit); the largest logit is taken off first.
fn softmax(blocks: &[Range<usize>], logits: &[f64], profile: &mut [f64]) {
    for block in blocks {
        let (logits, chances) = (&logits[block.clone()], &mut profile[block.clone()]);
        let top = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for (chance, logit) in chances.iter_mut().zip(logits) {
            *chance = math::exp(logit - top);
        }
        scale(chances);
    }
}

/// Divides weights, of which some is positive, by their sum.
fn scale(weights: &mut [f64]) {
    let sum: f64 = weights.iter().sum();
    for weight in weights {
        *weight /= sum;
    }
}

/// Takes its mean off a column of numbers `step` apart, so that what all have in common does not count.
fn centre(numbers: &mut [f64], step: usize) {
    let count = numbers.len().div_ceil(step);
    #[expect(clippy::cast_precision_loss, reason = "menus are far smaller than 2^52")]
    let mean = numbers.iter().step_by(step).sum::<f64>() / count as f64;
    for number in numbers.iter_mut().step_by(step) {
        *number -= mean;
    }
}
