//! A game written out: what every player gets in every combination of actions.

use super::NormalForm;
use super::logit_game::LogitGame;
use super::supports::Pair;

/// A game is written out where its values at about so many profiles say everything.
const MOST_LOOKS: usize = 64;

/// What is played in equilibrium is narrowed down in games of no more actions.
const MOST_ACTIONS: usize = 200;
/// Payoffs that differ by no more than that share of the largest are equal.
const SAME: f64 = 1e-14;

/// A game of which every payoff is known.
///
/// Its values are told against those of one action of each player, and summed from differences of payoffs. What
/// the others do fixes a part of a payoff that no choice can change: a constant that is added leaves no trace,
/// large as it may be, and what two actions have in common takes no digits from what they differ in.
pub(super) struct Table {
    actions: Vec<usize>,
    precisions: Vec<f64>,
    /// Where each player's actions begin in a row of all actions.
    starts: Vec<usize>,
    /// `payoffs[player][profile]`, the last player's action running fastest.
    payoffs: Vec<Vec<f64>>,
    /// The same, less what the actions pay that a player's are held against.
    gains: Payoffs,
}

enum Payoffs {
    /// Of two players: how the value of each action (a row) changes with each probability (a column).
    Two(Vec<f64>),
    /// `payoffs[player][profile]`, the last player's action running fastest.
    Many(Vec<Vec<f64>>),
}

impl Table {
    /// A game in normal form, with these precisions. O(payoffs).
    pub(super) fn of_form(game: &NormalForm, precisions: Vec<f64>) -> Self {
        let players = 0..game.players().len();
        let actions: Vec<usize> = players.clone().map(|player| game.strategies(player)).collect();
        let payoffs = players.map(|player| (0..game.profiles()).map(|at| game.payoff(at, player)).collect());
        Self::new(actions, precisions, payoffs.collect())
    }

    /// A game written out from its values where all play purely; `None` where it is too large for that, or where these do
    /// not say everything.
    pub(super) fn of_game(game: &mut impl LogitGame) -> Option<Self> {
        if !game.is_multilinear() {
            return None;
        }
        let actions = game.actions().to_vec();
        let most = actions.iter().copied().max()?;
        let bound = MOST_LOOKS * most;
        let profiles =
            actions.iter().try_fold(1_usize, |n, &own| n.checked_mul(own).filter(|&n| n <= bound))?;
        let starts = starts(&actions);
        let all = actions.iter().sum();
        let (mut pure, mut values) = (vec![0.0; all], vec![0.0; all]);
        let mut payoffs = vec![vec![f64::NAN; profiles]; actions.len()];
        for profile in 0..profiles {
            if payoffs.iter().all(|own| !own[profile].is_nan()) {
                continue;
            }
            pure.fill(0.0);
            for (player, start) in starts.iter().enumerate() {
                pure[start + profile / stride(&actions, player) % actions[player]] = 1.0;
            }
            game.values(&pure, &mut values);
            // Values say what each action would be worth here, not the one that is played alone.
            for (player, own) in payoffs.iter_mut().enumerate() {
                let stride = stride(&actions, player);
                let first = profile - profile / stride % actions[player] * stride;
                for action in 0..actions[player] {
                    own[first + action * stride] = values[starts[player] + action];
                }
            }
        }
        Some(Self::new(actions, game.precisions().to_vec(), payoffs))
    }

    /// A game from `payoffs[player][profile]`.
    fn new(actions: Vec<usize>, precisions: Vec<f64>, payoffs: Vec<Vec<f64>>) -> Self {
        let starts = starts(&actions);
        let gains = Payoffs::Many(payoffs.clone());
        let mut table = Self { actions, precisions, starts, payoffs, gains };
        table.hold_against(&table.starts.clone());
        table
    }

    /// A player's payoffs less what one of its actions pays.
    fn gains(&self, player: usize, base: usize) -> Vec<f64> {
        let (stride, own) = (stride(&self.actions, player), &self.payoffs[player]);
        let gain = |(profile, pay): (usize, &f64)| {
            let action = profile / stride % self.actions[player];
            pay - own[profile - action * stride + base * stride]
        };
        own.iter().enumerate().map(gain).collect()
    }

    /// The one profile that can be an equilibrium, of two players who both take what is best, where that can be shown.
    fn only_equilibrium(&self) -> Option<Vec<f64>> {
        let [first, second] = self.actions[..] else { return None };
        if first + second > MOST_ACTIONS || self.precisions.iter().any(|precision| precision.is_finite()) {
            return None;
        }
        let of = |player: usize, own: usize, other: usize| {
            let profile = if player == 0 { own * second + other } else { other * second + own };
            self.payoffs[player][profile]
        };
        let rows = |player: usize| {
            let (own, others) = (self.actions[player], self.actions[1 - player]);
            (0..own).map(|own| (0..others).map(|other| of(player, own, other)).collect()).collect()
        };
        let size =
            |player: usize| self.payoffs[player].iter().fold(0.0, |most: f64, pay| most.max(pay.abs()));
        let same = [0, 1].map(|player| SAME * size(player));
        let left = Pair { payoffs: [rows(0), rows(1)], same }.playable();
        let [[row], [column]] = [&left[0][..], &left[1][..]] else { return None };
        let mut profile = vec![0.0; first + second];
        profile[*row] = 1.0;
        profile[first + column] = 1.0;
        Some(profile)
    }

    /// Calls `each` with every profile: its number, and the places of its actions in a row of all.
    fn profiles(&self, mut each: impl FnMut(usize, &[usize])) {
        let mut places = self.starts.clone();
        for profile in 0..self.actions.iter().product() {
            each(profile, &places);
            for player in (0..places.len()).rev() {
                places[player] += 1;
                if places[player] < self.starts[player] + self.actions[player] {
                    break;
                }
                places[player] = self.starts[player];
            }
        }
    }
}

/// What one action more of a player adds to the number of a profile.
fn stride(actions: &[usize], player: usize) -> usize {
    actions[player + 1..].iter().product()
}

fn starts(actions: &[usize]) -> Vec<usize> {
    let start = |sum: &mut usize, count: &usize| {
        *sum += count;
        Some(*sum - count)
    };
    actions.iter().scan(0, start).collect()
}

/// The sum, less what rounding takes off small numbers among large ones that cancel (Neumaier 1974).
fn sum(numbers: impl Iterator<Item = f64>) -> f64 {
    let (sum, lost) = numbers.fold((0.0_f64, 0.0), |(sum, lost), number| {
        let next = sum + number;
        let (great, small) = if sum.abs() >= number.abs() { (sum, number) } else { (number, sum) };
        (next, lost + ((great - next) + small))
    });
    sum + lost
}

/// The probability of what everybody does but those two.
fn chance(places: &[usize], play: &[f64], but: [usize; 2]) -> f64 {
    let others = places.iter().enumerate().filter(|(player, _)| !but.contains(player));
    others.map(|(_, &place)| play[place]).product()
}

impl LogitGame for Table {
    fn actions(&self) -> &[usize] {
        &self.actions
    }

    fn precisions(&self) -> &[f64] {
        &self.precisions
    }

    fn only_equilibrium(&self) -> Option<Vec<f64>> {
        Self::only_equilibrium(self)
    }

    fn hold_against(&mut self, base: &[usize]) {
        let pairs = base.iter().zip(&self.starts).enumerate();
        let gains: Vec<Vec<f64>> =
            pairs.map(|(player, (base, start))| self.gains(player, base - start)).collect();
        self.gains = if let [first, second] = self.actions[..] {
            let all = first + second;
            let mut rows = vec![0.0; all * all];
            for (profile, (mine, yours)) in gains[0].iter().zip(&gains[1]).enumerate() {
                let (row, column) = (profile / second, first + profile % second);
                rows[row * all + column] = *mine;
                rows[column * all + row] = *yours;
            }
            Payoffs::Two(rows)
        } else {
            Payoffs::Many(gains)
        };
    }

    fn values(&mut self, profile: &[f64], values: &mut [f64]) {
        match &self.gains {
            Payoffs::Two(rows) => {
                for (value, row) in values.iter_mut().zip(rows.chunks_exact(profile.len())) {
                    *value = sum(row.iter().zip(profile).map(|(entry, p)| entry * p));
                }
            }
            Payoffs::Many(payoffs) => {
                values.fill(0.0);
                self.profiles(|number, places| {
                    for (player, &place) in places.iter().enumerate() {
                        values[place] += chance(places, profile, [player; 2]) * payoffs[player][number];
                    }
                });
            }
        }
    }

    fn derivatives(&mut self, profile: &[f64], derivatives: &mut [f64]) {
        match &self.gains {
            Payoffs::Two(rows) => derivatives.copy_from_slice(rows),
            Payoffs::Many(payoffs) => {
                let all = profile.len();
                derivatives.fill(0.0);
                self.profiles(|number, places| {
                    for (player, &row) in places.iter().enumerate() {
                        let pay = payoffs[player][number];
                        for (other, &column) in
                            places.iter().enumerate().filter(|(other, _)| *other != player)
                        {
                            derivatives[row * all + column] += chance(places, profile, [player, other]) * pay;
                        }
                    }
                });
            }
        }
    }
}
