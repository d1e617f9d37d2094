//! The correspondence of logit equilibria as a curve that can be followed.

use std::ops::Range;

use super::logit_game::LogitGame;
use super::trace::{Curve, Stuck, Tracer};
use crate::math;

/// An action that is this many times as likely as the one that its player's others are held against takes
/// that one's place.
const LIKELIER: f64 = 1.0;
/// Equations that fail by so many times the rounding of a sum hold as closely as they can be told.
const ROUNDING: f64 = 8.0;
/// The same at the end of the way.
const LEFT: f64 = 64.0;

/// The correspondence of logit equilibria: precisions are `fixed + parameter * unit * rising`.
///
/// Each player has an action that its others are held against, a likely one. The unknowns are the others'
/// log-odds against it; the equations, that each is the precision times what the action is worth more. So
/// dominated actions need no small numbers, and the curve begins at 0.
///
/// A probability matters as far as values answer it: by `p * precision * d`, with d how strongly the value
/// of another player's action changes with it. That is the length in which log-odds are measured, at most
/// their own. So where payoffs are large, the log-odds of what is hardly played run along as they must, and
/// steps are as long as those of what is played allow.
pub(super) struct LogitCurve<'g, G> {
    game: &'g mut G,
    /// Where each player's actions stand.
    blocks: Vec<Range<usize>>,
    /// Each player's action that its others are held against.
    base: Vec<usize>,
    unknowns: Vec<Unknown>,
    fixed: Vec<f64>,
    rising: Vec<f64>,
    /// The parameter's unit: up to about 1, players' precisions are too small for several equilibria.
    pub(super) unit: f64,
    logits: Vec<f64>,
    profile: Vec<f64>,
    values: Vec<f64>,
    derivatives: Vec<f64>,
    /// How strongly logits answer each logit, over its probability.
    strengths: Vec<f64>,
    /// How large what is summed in an action's value is, as that stands against its base's.
    scales: Vec<f64>,
    /// What rounding may do to each equation.
    noise: Vec<f64>,
}

/// The branch at a point far along it.
pub(super) struct View {
    /// Probabilities, and their logarithms.
    pub(super) chances: Vec<f64>,
    pub(super) logs: Vec<f64>,
    /// How these logarithms change with that of the precision.
    pub(super) slopes: Vec<f64>,
}

impl<'g, G: LogitGame> LogitCurve<'g, G> {
    pub(super) fn new(game: &'g mut G, fixed: Vec<f64>, rising: Vec<f64>) -> Self {
        let mut n = 0;
        let block = |count: &usize| {
            n += count;
            n - count..n
        };
        let blocks: Vec<Range<usize>> = game.actions().iter().map(block).collect();
        let base: Vec<usize> = blocks.iter().map(|block| block.start).collect();
        let unknowns = unknowns(&blocks, &base);
        let mut curve = Self {
            game,
            blocks,
            base,
            fixed,
            rising,
            unit: 1.0,
            logits: vec![0.0; n],
            profile: vec![0.0; n],
            values: vec![0.0; n],
            derivatives: vec![0.0; n * n],
            strengths: vec![0.0; n],
            scales: vec![0.0; n],
            noise: vec![0.0; unknowns.len()],
            unknowns,
        };
        curve.game.hold_against(&curve.base);
        curve.unit = curve.natural_unit();
        curve
    }

    /// The inverse of how strongly logits answer logits at uniform play and full precision: the largest
    /// sum of a row. Where they do not, the inverse of the largest logit.
    fn natural_unit(&mut self) -> f64 {
        let n = self.values.len();
        softmax(&self.blocks, &self.logits, &mut self.profile);
        self.look();
        let (mut strongest, mut largest): (f64, f64) = (0.0, 0.0);
        for (block, rising) in self.blocks.iter().zip(&self.rising) {
            for row in block.clone() {
                largest = largest.max(rising * self.values[row].abs());
                let row = &self.derivatives[row * n..(row + 1) * n];
                let answer: f64 = row.iter().zip(&self.profile).map(|(entry, p)| p * entry.abs()).sum();
                strongest = strongest.max(rising * answer);
            }
        }
        let scale = if strongest > 64.0 * f64::EPSILON * largest { strongest } else { largest };
        if scale > 0.0 { scale.recip() } else { 1.0 }
    }

    /// Follows the curve from uniform play to where the parameter reaches `target`.
    pub(super) fn follow(&mut self, target: f64) -> Result<Tracer, Stuck> {
        let mut tracer = self.begin()?;
        tracer.reach(self, target)?;
        Ok(tracer)
    }

    /// Starts at uniform play.
    pub(super) fn begin(&mut self) -> Result<Tracer, Stuck> {
        let point = vec![0.0; self.dimension() + 1];
        Tracer::new(self, point)
    }

    /// Starts where all play so, with the parameter where it makes a rising precision of 1 `steep`.
    pub(super) fn begin_at(&mut self, logits: &[f64], steep: f64) -> Result<Tracer, Stuck> {
        let mut point = vec![0.0; self.dimension() + 1];
        let base: Vec<usize> = self.blocks.iter().map(|block| likeliest(block, logits)).collect();
        self.restore(&base);
        for (at, place) in self.unknowns.iter().enumerate() {
            point[at] = logits[place.action] - logits[place.base];
        }
        point[self.dimension()] = steep / self.unit;
        Tracer::new(self, point)
    }

    /// All actions' logits at a point, the likeliest action's 0.
    pub(super) fn logits(&mut self, point: &[f64]) -> Vec<f64> {
        self.place(point);
        self.logits.clone()
    }

    /// The probabilities at a point.
    pub(super) fn play(&mut self, point: &[f64]) -> Vec<f64> {
        self.place(point);
        self.profile.clone()
    }

    /// The branch where it has been followed to.
    pub(super) fn view(&mut self, tracer: &Tracer) -> View {
        let (point, direction) = (tracer.point(), tracer.direction_here());
        let m = self.dimension();
        self.place(point);
        let faster = point[m] / direction[m];
        let mut slopes = vec![0.0; self.profile.len()];
        for (at, place) in self.unknowns.iter().enumerate() {
            slopes[place.action] = direction[at] * faster;
        }
        let (chances, mut logs) = (self.profile.clone(), self.logits.clone());
        for block in &self.blocks {
            let (own, top) = (&chances[block.clone()], likeliest(block, &logs));
            // What is never played has no part in means, however fast it falls.
            let parts = own.iter().zip(&slopes[block.clone()]).filter(|(p, _)| **p > 0.0);
            let mean: f64 = parts.map(|(p, by)| p * by).sum();
            slopes[block.clone()].iter_mut().for_each(|by| *by -= mean);
            let sum = math::ln(chances[top]) - logs[top];
            logs[block.clone()].iter_mut().for_each(|log| *log += sum);
        }
        View { chances, logs, slopes }
    }

    /// Where each player's actions stand.
    pub(super) fn blocks(&self) -> &[Range<usize>] {
        &self.blocks
    }

    /// Which players' precisions rise with the parameter.
    pub(super) fn grows(&self) -> Vec<bool> {
        self.rising.iter().map(|rising| *rising > 0.0).collect()
    }

    /// The game's values and derivatives.
    pub(super) fn game_at(&mut self, profile: &[f64], values: &mut [f64], derivatives: &mut [f64]) {
        self.game.values(profile, values);
        self.game.derivatives(profile, derivatives);
    }

    /// Whether the equations hold at a point: probabilities answer within 1e-12, or as closely as rounding lets
    /// them.
    pub(super) fn is_on(&mut self, point: &[f64]) -> bool {
        let m = self.dimension();
        let (mut residual, mut jacobian) = (vec![0.0; m], vec![0.0; m * (m + 1)]);
        self.evaluate(point, &mut residual, &mut jacobian);
        let places = self.unknowns.iter().zip(residual.iter().zip(&self.noise));
        let mut errors =
            places.map(|(place, (by, noise))| (self.profile[place.action] * by.abs(), 1e-12 + LEFT * noise));
        errors.all(|(error, most)| error <= most)
    }

    pub(super) fn precision(&self, player: usize, parameter: f64) -> f64 {
        self.fixed[player] + parameter * self.unit * self.rising[player]
    }

    /// Logits and probabilities at a point.
    fn place(&mut self, point: &[f64]) {
        self.logits.fill(0.0);
        for (at, place) in self.unknowns.iter().enumerate() {
            self.logits[place.action] = point[at];
        }
        softmax(&self.blocks, &self.logits, &mut self.profile);
    }

    /// Values where everybody plays the profile, less their base's; and their derivatives by the others'
    /// logits, less the base's, each over the probability that it is a multiple of.
    fn look(&mut self) {
        let n = self.values.len();
        self.game.values(&self.profile, &mut self.values);
        self.game.derivatives(&self.profile, &mut self.derivatives);
        for (block, &base) in self.blocks.iter().zip(&self.base) {
            let worth = self.values[base];
            // Where values are sums with what their actions have in common, that takes their last digits.
            let common =
                self.values[block.clone()].iter().fold(0.0, |most: f64, value| most.max(value.abs()));
            self.values[block.clone()].iter_mut().for_each(|value| *value -= worth);
            let rows = &mut self.derivatives[block.start * n..block.end * n];
            for column in 0..n {
                let against = rows[(base - block.start) * n + column];
                rows[column..].iter_mut().step_by(n).for_each(|entry| *entry -= against);
            }
            for (row, size) in rows.chunks_exact_mut(n).zip(&mut self.scales[block.clone()]) {
                let sum: f64 = row.iter().zip(&self.profile).map(|(entry, p)| p * entry.abs()).sum();
                *size = sum.max(common);
                for of in &self.blocks {
                    let (row, chances) = (&mut row[of.clone()], &self.profile[of.clone()]);
                    let mean: f64 = row.iter().zip(chances).map(|(d, p)| d * p).sum();
                    for entry in row {
                        *entry -= mean;
                    }
                }
            }
        }
    }
}

/// An action whose log-odds are unknown, and the one that it is held against.
#[derive(Clone, Copy)]
struct Unknown {
    player: usize,
    action: usize,
    base: usize,
}

fn unknowns(blocks: &[Range<usize>], base: &[usize]) -> Vec<Unknown> {
    let of = |(player, (block, &base)): (usize, (&Range<usize>, &usize))| {
        block.clone().filter(move |&action| action != base).map(move |action| Unknown {
            player,
            action,
            base,
        })
    };
    blocks.iter().zip(base).enumerate().flat_map(of).collect()
}

impl<G: LogitGame> Curve for LogitCurve<'_, G> {
    fn dimension(&self) -> usize {
        self.unknowns.len()
    }

    fn evaluate(&mut self, point: &[f64], residual: &mut [f64], jacobian: &mut [f64]) {
        let (n, m) = (self.values.len(), self.unknowns.len());
        self.place(point);
        self.look();
        self.strengths.fill(0.0);
        for (at, place) in self.unknowns.iter().enumerate() {
            let precision = self.precision(place.player, point[m]);
            residual[at] = point[at] - precision * self.values[place.action];
            self.noise[at] = f64::EPSILON * (1.0 + point[at].abs() + precision * self.scales[place.action]);
            let derivatives = &self.derivatives[place.action * n..(place.action + 1) * n];
            let row = &mut jacobian[at * (m + 1)..(at + 1) * (m + 1)];
            for (entry, by) in row.iter_mut().zip(&self.unknowns) {
                let answer = precision * derivatives[by.action];
                *entry = -answer * self.profile[by.action];
                let strength = &mut self.strengths[by.action];
                *strength = strength.max(answer.abs());
            }
            row[at] += 1.0;
            row[m] = -self.unit * self.rising[place.player] * self.values[place.action];
        }
    }

    fn metric(&self, point: &[f64], metric: &mut [f64]) {
        for (entry, place) in metric.iter_mut().zip(&self.unknowns) {
            *entry = (self.strengths[place.action] * self.profile[place.action]).min(1.0);
        }
        let size = 1.0 + point[self.unknowns.len()].abs();
        metric[self.unknowns.len()] = (size * size).recip();
    }

    fn holds(&self, residual: &[f64]) -> bool {
        residual.iter().zip(&self.noise).all(|(by, noise)| by.abs() <= ROUNDING * noise)
    }

    fn longest(&self, direction: &[f64]) -> f64 {
        let rising = direction.iter().zip(&self.unknowns).filter(|(by, _)| **by > 0.0);
        rising.fold(f64::INFINITY, |longest, (by, place)| {
            let (strength, chance) = (self.strengths[place.action], self.profile[place.action]);
            if strength * chance >= 1.0 || strength == 0.0 {
                return longest;
            }
            let log = if chance > 0.0 { math::ln(chance) } else { self.logits[place.action] };
            longest.min((1.0 - math::ln(strength) - log) / by)
        })
    }

    fn base(&self) -> Vec<usize> {
        self.base.clone()
    }

    fn restore(&mut self, base: &[usize]) {
        self.base.copy_from_slice(base);
        self.unknowns = unknowns(&self.blocks, &self.base);
        self.game.hold_against(&self.base);
    }

    fn rebase(&mut self, point: &mut [f64], direction: &mut [f64]) -> bool {
        let (mut first, mut changed) = (0, false);
        for player in 0..self.blocks.len() {
            let own = first..first + self.blocks[player].len() - 1;
            first = own.end;
            let top = likeliest(&own, point);
            if own.is_empty() || point[top] <= LIKELIER {
                continue;
            }
            let (start, base) = (self.blocks[player].start, self.base[player]);
            let action = self.unknowns[top].action;
            for of in [&mut *point, &mut *direction] {
                let by = of[top];
                let mut all: Vec<f64> = of[own.clone()].iter().map(|x| x - by).collect();
                all.insert(base - start, -by);
                all.remove(action - start);
                of[own.clone()].copy_from_slice(&all);
            }
            self.base[player] = action;
            self.restore(&self.base.clone());
            changed = true;
        }
        changed
    }
}

/// The place of the largest in a block of numbers; the first of them.
pub(super) fn likeliest(block: &Range<usize>, numbers: &[f64]) -> usize {
    block.clone().fold(block.start, |best, at| if numbers[at] > numbers[best] { at } else { best })
}

/// Each player's probabilities, in proportion to exp(logit); the largest logit is taken off first.
pub(super) fn softmax(blocks: &[Range<usize>], logits: &[f64], profile: &mut [f64]) {
    for block in blocks {
        let (logits, chances) = (&logits[block.clone()], &mut profile[block.clone()]);
        let top = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for (chance, logit) in chances.iter_mut().zip(logits) {
            *chance = math::exp(logit - top);
        }
        let sum: f64 = chances.iter().sum();
        for chance in chances {
            *chance /= sum;
        }
    }
}
