//! Where a branch of logit equilibria ends: what is played there, as the solution of equations.

use std::ops::Range;

use super::curve::{LogitCurve, View, likeliest};
use super::least::Equations;
use super::logit_game::LogitGame;
use crate::math;

/// An action is about as good as its player's best where its log-odds grow less than in proportion to the
/// precision, by that share,
const TIED: f64 = 0.5;
/// or are no more than that.
const LEVEL: f64 = 3.0;
/// What is clearly worse has at least such log-odds against it.
const WORSE: f64 = 40.0;
/// What falls by no more than this power of the precision may be played in the limit.
const STAYS: f64 = -0.02;
/// What falls by more than this power is not.
const FALLS: f64 = -0.25;
/// Two actions will be equally likely whose log-odds are no more than that
const ALIKE: f64 = 0.5;
/// and fall by at least this power of the precision.
const LEVELS: f64 = -0.2;
/// Probabilities below this are none, in a limit.
const NOTHING: f64 = 1e-12;
/// What may be lost against the best, in payoff units or over a player's largest value: the tolerance of the
/// choice rule `best`.
const TIE: f64 = 1e-9;
/// Newton's steps towards an end, at most.
const STEPS: usize = 20;
/// A step that changes no probability by more is the last,
const CLOSE: f64 = 1e-14;
/// as is one that changes none by more than this, and is no shorter than the one before.
const ROUGH: f64 = 1e-12;

/// Where a branch may end.
#[derive(Clone, Debug)]
pub(super) struct End {
    /// The probability of each action.
    pub(super) profile: Vec<f64>,
    /// Whether its equations hold there alone, and all else is clearly worse.
    pub(super) clear: bool,
    /// Whether other equilibria with the same ties are as near as one likes.
    pub(super) continuum: bool,
    /// Whether nothing that is as good as what is played is not: nearby, at any larger precision, is a logit
    /// equilibrium then.
    pub(super) strict: bool,
}

/// The end that a view suggests: what is tied is taken from it, and of what is played as much as leaves a single
/// solution. Where none does, that in which what has become equally likely is; or the solution nearest to `near`.
/// `None` where that is no equilibrium.
pub(super) fn end<G: LogitGame>(curve: &mut LogitCurve<'_, G>, view: &View, near: &[f64]) -> Option<End> {
    let (blocks, rising) = (curve.blocks().to_vec(), curve.grows());
    let mut tied = vec![true; view.chances.len()];
    let mut clear = true;
    for (block, _) in blocks.iter().zip(&rising).filter(|(_, rises)| **rises) {
        let top = likeliest(block, &view.logs);
        for action in block.clone() {
            let odds = view.logs[top] - view.logs[action];
            let grows = view.slopes[top] - view.slopes[action];
            tied[action] = odds <= LEVEL || grows < TIED * odds;
            clear &= tied[action] || odds >= WORSE;
        }
    }
    let mut ends = Ends { curve, view, near, blocks, rising, tied };
    // What falls fast need not be asked for: where products of what falls are as good as ties, the equations would
    // have it as a solution many times over.
    let slow = |(tied, slope): (&bool, &f64)| *tied && *slope >= FALLS;
    let some: Vec<bool> = ends.tied.iter().zip(&view.slopes).map(slow).collect();
    let end = [some, ends.tied.clone()].into_iter().find_map(|played| ends.among(played))?;
    Some(End { clear: clear && end.clear, ..end })
}

/// The search for an end.
struct Ends<'c, 'g, G> {
    curve: &'c mut LogitCurve<'g, G>,
    view: &'c View,
    near: &'c [f64],
    blocks: Vec<Range<usize>>,
    rising: Vec<bool>,
    /// Which actions are as good as their player's best.
    tied: Vec<bool>,
}

impl<G: LogitGame> Ends<'_, '_, G> {
    /// The end in which at most those are played.
    fn among(&mut self, mut played: Vec<bool>) -> Option<End> {
        let slopes = &self.view.slopes;
        let mut falling: Vec<usize> = (0..played.len()).filter(|&action| played[action]).collect();
        falling.retain(|&action| slopes[action] < STAYS);
        falling.sort_by(|&a, &b| slopes[a].total_cmp(&slopes[b]));
        let mut falling = falling.into_iter();
        loop {
            let (profile, single) = self.solve(&played, &[])?;
            if single {
                return self.equilibrium(profile, true, false);
            }
            let Some(action) = falling.next() else {
                let level = self.level(&played);
                let levelled = self.solve(&played, &level).filter(|(_, single)| *single);
                let levelled = levelled.and_then(|(profile, _)| self.equilibrium(profile, true, true));
                return levelled.or_else(|| self.equilibrium(profile, false, true));
            };
            played[action] = false;
        }
    }

    /// Pairs of actions that will be equally likely.
    fn level(&self, played: &[bool]) -> Vec<[usize; 2]> {
        let View { logs, slopes, .. } = self.view;
        let mut pairs = Vec::new();
        for (block, _) in self.blocks.iter().zip(&self.rising).filter(|(_, rises)| **rises) {
            let mut own: Vec<usize> = block.clone().filter(|&action| played[action]).collect();
            own.sort_by(|&a, &b| logs[b].total_cmp(&logs[a]));
            let level = |pair: &[usize; 2]| {
                let [odds, by] = [logs, slopes].map(|of| of[pair[0]] - of[pair[1]]);
                odds <= ALIKE && by <= LEVELS * odds
            };
            pairs.extend(own.windows(2).map(|pair| [pair[0], pair[1]]).filter(level));
        }
        pairs
    }

    /// The solution nearest to `near` of the equations of an end, and whether it is the only one near.
    fn solve(&mut self, played: &[bool], level: &[[usize; 2]]) -> Option<(Vec<f64>, bool)> {
        let columns: Vec<usize> = (0..played.len()).filter(|&action| played[action]).collect();
        let mut profile: Vec<f64> =
            self.near.iter().zip(played).map(|(p, played)| if *played { *p } else { 0.0 }).collect();
        if self.blocks.iter().any(|block| profile[block.clone()].iter().all(|p| *p <= 0.0)) {
            return None;
        }
        let mut last = f64::INFINITY;
        for _ in 0..STEPS {
            let mut equations = self.equations(&profile, &columns)?;
            for pair in level {
                let row = columns.iter().map(|&c| f64::from(c == pair[0]) - f64::from(c == pair[1]));
                equations.add(row, profile[pair[1]] - profile[pair[0]]);
            }
            let (step, single) = equations.least()?;
            for (column, by) in columns.iter().zip(&step) {
                profile[*column] += by;
            }
            let moved = step.iter().fold(0.0, |most: f64, by| most.max(by.abs()));
            if moved <= CLOSE || (moved <= ROUGH && moved >= last) {
                return Some((profile, single));
            }
            if !moved.is_finite() {
                return None;
            }
            last = moved;
        }
        None
    }

    /// The equations of an end, made linear at a profile: all that is tied is worth the same, what finite precisions
    /// answer is answered so, and probabilities sum to 1.
    fn equations(&mut self, profile: &[f64], columns: &[usize]) -> Option<Equations> {
        let n = profile.len();
        let (mut values, mut derivatives) = (vec![0.0; n], vec![0.0; n * n]);
        self.curve.game_at(profile, &mut values, &mut derivatives);
        let mut equations = Equations::new(columns.len());
        for (player, (block, rises)) in self.blocks.iter().zip(&self.rising).enumerate() {
            let sum: f64 = profile[block.clone()].iter().sum();
            equations.add(columns.iter().map(|column| f64::from(block.contains(column))), 1.0 - sum);
            let base = likeliest(block, profile);
            let precision = if *rises { 1.0 } else { self.curve.precision(player, 0.0) };
            for action in block.clone().filter(|&action| action != base && self.tied[action]) {
                let gain = precision * (values[action] - values[base]);
                let by = |&c: &usize| precision * (derivatives[action * n + c] - derivatives[base * n + c]);
                if *rises {
                    equations.add(columns.iter().map(by), -gain);
                    continue;
                }
                if profile[action] <= 0.0 {
                    return None;
                }
                let own = |c: usize| {
                    f64::from(c == action) / profile[action] - f64::from(c == base) / profile[base]
                };
                let odds = math::ln(profile[action] / profile[base]);
                equations.add(columns.iter().map(|c| own(*c) - by(c)), gain - odds);
            }
        }
        Some(equations)
    }

    /// A profile without what is as good as never played, if it is an equilibrium: no player could gain by an action
    /// that is played less than its best.
    fn equilibrium(&mut self, mut profile: Vec<f64>, clear: bool, continuum: bool) -> Option<End> {
        for (block, rises) in self.blocks.iter().zip(&self.rising) {
            let chances = &mut profile[block.clone()];
            if chances.iter().any(|chance| *chance < -TIE) {
                return None;
            }
            if *rises {
                chances.iter_mut().filter(|chance| **chance < NOTHING).for_each(|chance| *chance = 0.0);
            }
            let sum: f64 = chances.iter().sum();
            for chance in chances {
                *chance /= sum;
            }
        }
        let n = profile.len();
        let (mut values, mut derivatives) = (vec![0.0; n], vec![0.0; n * n]);
        self.curve.game_at(&profile, &mut values, &mut derivatives);
        let nothing_to_gain = |(block, _): (&Range<usize>, &bool)| {
            let (own, chances) = (&values[block.clone()], &profile[block.clone()]);
            let top = own.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let size = own.iter().fold(1.0, |most: f64, value| most.max(value.abs()));
            own.iter().zip(chances).all(|(value, chance)| *chance == 0.0 || *value >= top - TIE * size)
        };
        let mut best = self.blocks.iter().zip(&self.rising).filter(|(_, rises)| **rises);
        if !best.all(nothing_to_gain) {
            return None;
        }
        // What is as good as what is played, and will not be, must be seen to fall.
        let left = || (0..n).filter(|&action| self.tied[action] && profile[action] == 0.0);
        let (strict, falls) =
            (left().next().is_none(), left().all(|action| self.view.slopes[action] < STAYS));
        Some(End { profile, clear: clear && falls, continuum, strict })
    }
}
