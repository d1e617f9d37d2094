//! Logit equilibria against conditions that they must meet, and against answers found in other ways.

use super::*;
use crate::math;

/// A game in normal form: `payoffs[player][profile]`, the last player's action running fastest.
pub(super) struct Matrix {
    actions: Vec<usize>,
    precisions: Vec<f64>,
    payoffs: Vec<Vec<f64>>,
}

impl Matrix {
    /// Two players: rows and columns of pairs of payoffs.
    pub(super) fn bimatrix<const R: usize, const C: usize>(
        cells: [[(f64, f64); C]; R],
        precisions: [f64; 2],
    ) -> Self {
        let flat = || cells.iter().flatten();
        let payoffs = vec![flat().map(|c| c.0).collect(), flat().map(|c| c.1).collect()];
        Self { actions: vec![R, C], precisions: precisions.to_vec(), payoffs }
    }

    /// Calls `each` with every profile, as a row of places in the row of all actions, and its number.
    fn profiles(&self, mut each: impl FnMut(usize, &[usize])) {
        let starts: Vec<usize> = self
            .actions
            .iter()
            .scan(0, |sum, n| {
                *sum += n;
                Some(*sum - n)
            })
            .collect();
        let count: usize = self.actions.iter().product();
        let mut places = vec![0; self.actions.len()];
        for profile in 0..count {
            let mut rest = profile;
            for player in (0..self.actions.len()).rev() {
                places[player] = starts[player] + rest % self.actions[player];
                rest /= self.actions[player];
            }
            each(profile, &places);
        }
    }

    fn solve(&mut self) -> Equilibrium {
        logit_equilibrium(self)
            .unwrap_or_else(|error| panic!("{error}: {:?} {:?}", self.payoffs, self.precisions))
    }

    /// How far each player is from answering as it does, by its own logit.
    fn residual(&mut self, profile: &[f64]) -> f64 {
        let mut values = vec![0.0; profile.len()];
        self.values(profile, &mut values);
        let (mut start, mut worst) = (0, 0.0_f64);
        for (player, &count) in self.actions.iter().enumerate() {
            let answer = crate::agents::logit(&values[start..start + count], self.precisions[player]);
            for (a, p) in answer.iter().zip(&profile[start..]) {
                worst = worst.max((a - p).abs());
            }
            start += count;
        }
        worst
    }
}

impl LogitGame for Matrix {
    fn actions(&self) -> &[usize] {
        &self.actions
    }

    fn precisions(&self) -> &[f64] {
        &self.precisions
    }

    fn values(&mut self, profile: &[f64], values: &mut [f64]) {
        values.fill(0.0);
        self.profiles(|number, places| {
            for (player, place) in places.iter().enumerate() {
                let others = places.iter().enumerate().filter(|(other, _)| *other != player);
                let chance: f64 = others.map(|(_, at)| profile[*at]).product();
                values[*place] += chance * self.payoffs[player][number];
            }
        });
    }

    fn derivatives(&mut self, profile: &[f64], derivatives: &mut [f64]) {
        let n = profile.len();
        derivatives.fill(0.0);
        self.profiles(|number, places| {
            for (player, place) in places.iter().enumerate() {
                for (by, column) in places.iter().enumerate().filter(|(by, _)| *by != player) {
                    let others =
                        places.iter().enumerate().filter(|(other, _)| *other != player && *other != by);
                    let chance: f64 = others.map(|(_, at)| profile[*at]).product();
                    derivatives[place * n + column] += chance * self.payoffs[player][number];
                }
            }
        });
    }
}

/// Numbers from -1 to 1 by a linear congruence (Knuth's MMIX constants).
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        #[expect(clippy::cast_precision_loss, reason = "32 bits fit")]
        let unit = (self.0 >> 32) as f64 / f64::from(u32::MAX);
        2.0 * unit - 1.0
    }

    fn below(&mut self, bound: usize) -> usize {
        self.next();
        (self.0 >> 40) as usize % bound
    }

    fn game(&mut self, scale: f64) -> Matrix {
        let players = 2 + self.below(3);
        let actions: Vec<usize> = (0..players).map(|_| 2 + self.below(3)).collect();
        let count = actions.iter().product();
        let precisions = (0..players).map(|_| scale * (1.0 + self.next()) / 2.0).collect();
        let payoffs = (0..players).map(|_| (0..count).map(|_| self.next()).collect()).collect();
        Matrix { actions, precisions, payoffs }
    }
}

#[test]
fn random_games_have_equilibria_to_the_last_digits() {
    let mut random = Random(1);
    for scale in [1.0, 5.0, 20.0, 100.0] {
        for number in 0..250 {
            let mut game = random.game(scale);
            let found = game.solve();
            let residual = game.residual(&found.profile);
            assert!(residual < 1e-12, "game {number} at {scale}: {residual}");
        }
    }
}

fn chosen(difference: f64) -> f64 {
    1.0 / (1.0 + math::exp(-difference))
}

/// The only equilibrium of a game in which the row player wants to match and the other not to, by
/// bisection: the likelier the row player's first action, the less it wants to play it.
fn by_bisection(game: &Matrix) -> (f64, f64) {
    let (row, column) = (&game.payoffs[0], &game.payoffs[1]);
    let answer = |p: f64| {
        let gain = p * (column[0] - column[1]) + (1.0 - p) * (column[2] - column[3]);
        chosen(game.precisions[1] * gain)
    };
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..100 {
        let p = 0.5 * (low + high);
        let q = answer(p);
        let gain = q * (row[0] - row[2]) + (1.0 - q) * (row[1] - row[3]);
        if chosen(game.precisions[0] * gain) > p {
            low = p;
        } else {
            high = p;
        }
    }
    (low, answer(low))
}

#[test]
fn asymmetric_matching_pennies_agree_with_bisection() {
    // The payoffs of Goeree and Holt (2001), Ten little treasures of game theory, in cents.
    for (high, precisions) in
        [(320.0, [0.02, 0.02]), (44.0, [0.05, 0.01]), (80.0, [3.0, 0.5]), (320.0, [2.0, 2.0])]
    {
        let mut game =
            Matrix::bimatrix([[(high, 40.0), (40.0, 80.0)], [(40.0, 80.0), (80.0, 40.0)]], precisions);
        let found = game.solve();
        let (p, q) = by_bisection(&game);
        assert!((found.profile[0] - p).abs() < 1e-12, "{high} {precisions:?}: {} {p}", found.profile[0]);
        assert!((found.profile[2] - q).abs() < 1e-12, "{high} {precisions:?}: {} {q}", found.profile[2]);
        assert!(found.crossings.is_empty());
    }
}

/// Two who want to do the same, for 1 each, or for `1 + more` if it is the first action.
fn same(more: f64, precision: f64) -> Matrix {
    let high = 1.0 + more;
    Matrix::bimatrix([[(high, high), (0.0, 0.0)], [(0.0, 0.0), (1.0, 1.0)]], [precision; 2])
}

#[test]
fn symmetry_is_kept_beyond_where_branches_cross() {
    for precision in [0.5, 1.9, 2.0, 2.1, 3.0, 10.0, 100.0] {
        let found = same(0.0, precision).solve();
        for p in &found.profile {
            assert!((p - 0.5).abs() < 1e-12, "{precision}: {found:?}");
        }
        // At uniform play, answers are steeper than 1 from a precision of 2 on.
        assert_eq!(found.crossings.len(), usize::from(precision > 2.0), "{precision}: {found:?}");
        for crossing in found.crossings {
            assert!((crossing * precision - 2.0).abs() < 1e-6, "{precision}: {crossing}");
        }
    }
}

/// A game of which each player's part is another's, or its own, renamed: `pairs` of actions are equally
/// likely. At 60 precisions from 0.1 to 50, nearly at the crossing and in the limit.
#[track_caller]
fn check_symmetry(make: impl Fn(f64) -> Matrix, pairs: &[(usize, usize)]) {
    let check = |precision: f64, tolerance: f64| {
        let mut game = make(precision);
        let found = game.solve();
        if precision.is_finite() {
            let residual = game.residual(&found.profile);
            assert!(residual < 1e-12, "{precision}: {residual}");
        }
        for &(one, other) in pairs {
            let difference = (found.profile[one] - found.profile[other]).abs();
            assert!(difference < tolerance, "{precision}: {found:?}");
        }
        found.crossings
    };
    for step in 0..60 {
        check(0.1 * math::pow(500.0, f64::from(step) / 59.0), 1e-9);
    }
    check(f64::INFINITY, 1e-9);
    // At a crossing, what rounding leaves open is up to about its cube root.
    if let Some(share) = check(50.0, 1e-9).first() {
        for tenths in 10..150 {
            let near = math::pow(10.0, -f64::from(tenths) / 10.0);
            check(50.0 * share * (1.0 - near), 1e-5);
            check(50.0 * share * (1.0 + near), 1e-5);
        }
    }
}

/// Two who each gain `high` or `low` by doing the same, and do not agree on what.
fn sexes(high: f64, low: f64, precision: f64) -> Matrix {
    Matrix::bimatrix([[(high, low), (0.0, 0.0)], [(0.0, 0.0), (low, high)]], [precision; 2])
}

/// Three who gain if all take the first action, or all the second.
fn all_three(first: [f64; 3], second: [f64; 3], precision: f64) -> Matrix {
    let row = |player: usize| [&[first[player]][..], &[0.0; 6], &[second[player]]].concat();
    Matrix { actions: vec![2; 3], precisions: vec![precision; 3], payoffs: (0..3).map(row).collect() }
}

#[test]
fn symmetric_games_are_played_symmetrically_at_any_precision() {
    let (exchanged, alike) = ([(0, 3), (1, 2)], [(0, 2), (1, 3)]);
    for (high, low) in [(2.0, 1.0), (3.0, 1.0), (3.0, 2.0), (10.0, 1.0), (1.1, 1.0)] {
        check_symmetry(|precision| sexes(high, low, precision), &exchanged);
    }
    check_symmetry(|precision| same(0.0, precision), &[(0, 1), (2, 3), (0, 2)]);
    for (both, alone, left, neither) in [
        // Stag hunts, of which the last leaves open what is less of a risk.
        (4.0, 3.0, 0.0, 2.0),
        (4.0, 1.0, 0.0, 2.0),
        (4.0, 2.0, 0.0, 2.0),
        // Chickens.
        (6.0, 7.0, 2.0, 0.0),
        (3.0, 4.0, 1.0, 0.0),
        (0.0, 1.0, -1.0, -10.0),
    ] {
        let cells = [[(both, both), (left, alone)], [(alone, left), (neither, neither)]];
        check_symmetry(|precision| Matrix::bimatrix(cells, [precision; 2]), &alike);
    }
    check_symmetry(|precision| all_three([1.0; 3], [1.0; 3], precision), &[(0, 1), (2, 3), (4, 5), (0, 2)]);
    check_symmetry(|precision| all_three([2.0; 3], [1.0; 3], precision), &[(0, 2), (2, 4)]);
    let mixed = |precision| all_three([2.0, 1.0, 1.0], [1.0, 1.0, 2.0], precision);
    check_symmetry(mixed, &[(0, 5), (1, 4), (2, 3)]);
}

#[test]
fn rounding_at_a_crossing_does_not_end_the_way() {
    // Steps to these come so near to the crossing that directions there are noise.
    for precision in [2.511_886_431_509_58, 13.142_907_562_550_372] {
        let mut game = sexes(2.0, 1.0, precision);
        let found = game.solve();
        assert!(game.residual(&found.profile) < 1e-12);
        assert!((found.profile[0] - found.profile[3]).abs() < 1e-12, "{found:?}");
        // With x = p / (1 - p) = exp(precision (2 - 3 p)), answers are as steep as 1 where 3 precision
        // p (1 - p) = 1: there, ln(x) = (2 - 3 p) / (3 p (1 - p)), so p = 0.5841319, precision 1.3721835.
        assert_eq!(found.crossings.len(), 1);
        assert!((found.crossings[0] * precision - 1.372_183_5).abs() < 1e-6, "{found:?}");
    }
}

#[test]
fn what_is_nearly_symmetric_goes_where_it_leans() {
    for more in [1e-1, 1e-3, 1e-6, 1e-9] {
        for precision in [3.0, 10.0] {
            let mut game = same(more, precision);
            let found = game.solve();
            assert!(found.profile[0] > 0.9 && found.profile[2] > 0.9, "{more}, {precision}: {found:?}");
            assert!(game.residual(&found.profile) < 1e-12);
            let other = same(-more, precision).solve();
            assert!(other.profile[1] > 0.9, "{more}, {precision}: {other:?}");
        }
    }
}

#[track_caller]
fn check_limit<const R: usize, const C: usize>(cells: [[(f64, f64); C]; R], expected: &[f64]) {
    let found = Matrix::bimatrix(cells, [f64::INFINITY; 2]).solve();
    for (p, wanted) in found.profile.iter().zip(expected) {
        assert!((p - wanted).abs() < 1e-9, "{found:?} is not {expected:?}");
    }
}

#[test]
fn limits_are_nash_equilibria_that_theory_names() {
    // The dominant action.
    check_limit([[(3.0, 3.0), (0.0, 5.0)], [(5.0, 0.0), (1.0, 1.0)]], &[0.0, 1.0, 0.0, 1.0]);
    // The only mixture that leaves both indifferent.
    check_limit([[(9.0, 0.0), (0.0, 1.0)], [(0.0, 1.0), (1.0, 0.0)]], &[0.5, 0.5, 0.1, 0.9]);
    // Risk dominance, though the other equilibrium pays both more.
    check_limit([[(4.0, 4.0), (0.0, 3.0)], [(3.0, 0.0), (2.0, 2.0)]], &[0.0, 1.0, 0.0, 1.0]);
    check_limit([[(4.0, 4.0), (0.0, 1.0)], [(1.0, 0.0), (2.0, 2.0)]], &[1.0, 0.0, 1.0, 0.0]);
    // A battle of the sexes is the same for both, their actions exchanged; so is the branch, to its end.
    let third = 1.0 / 3.0;
    let sexes = [[(2.0, 1.0), (0.0, 0.0)], [(0.0, 0.0), (1.0, 2.0)]];
    check_limit(sexes, &[2.0 * third, third, third, 2.0 * third]);
    let scissors = [
        [(0.0, 0.0), (-1.0, 1.0), (1.0, -1.0)],
        [(1.0, -1.0), (0.0, 0.0), (-1.0, 1.0)],
        [(-1.0, 1.0), (1.0, -1.0), (0.0, 0.0)],
    ];
    check_limit(scissors, &[third; 6]);
    // Two ways of doing the same share its probability.
    let twice = [[(9.0, 0.0), (0.0, 1.0)], [(0.0, 1.0), (1.0, 0.0)], [(0.0, 1.0), (1.0, 0.0)]];
    check_limit(twice, &[0.5, 0.25, 0.25, 0.1, 0.9]);
    // Nothing at stake.
    check_limit([[(0.0, 0.0); 3]; 2], &[0.5, 0.5, third, third, third]);
}

#[test]
fn weakly_dominated_actions_die_out_slowly() {
    // As the logarithm of the precision over the precision.
    check_limit([[(1.0, 1.0), (1.0, 1.0)], [(1.0, 1.0), (0.0, 0.0)]], &[1.0, 0.0, 1.0, 0.0]);
}

#[test]
fn one_takes_what_is_best_and_the_other_does_not() {
    let cells = [[(9.0, 0.0), (0.0, 1.0)], [(0.0, 1.0), (1.0, 0.0)]];
    let found = Matrix::bimatrix(cells, [f64::INFINITY, 4.0]).solve();
    // The second leaves the first indifferent, 9 q = 1 - q; the first makes that the second's answer,
    // 0.1 / 0.9 = exp(4 (1 - 2 p)).
    let p = 0.5 + math::ln(9.0) / 8.0;
    for (found, wanted) in found.profile.iter().zip([p, 1.0 - p, 0.1, 0.9]) {
        assert!((found - wanted).abs() < 1e-9, "{found} is not {wanted}");
    }
}

#[test]
fn limits_of_random_games_leave_nothing_to_gain() {
    let mut random = Random(2);
    let mut failed = 0;
    for _ in 0..300 {
        let mut game = random.game(1.0);
        game.precisions.fill(f64::INFINITY);
        let Ok(found) = logit_equilibrium(&mut game) else {
            failed += 1;
            continue;
        };
        let mut values = vec![0.0; found.profile.len()];
        game.values(&found.profile, &mut values);
        let mut start = 0;
        for &count in &game.actions {
            let values = &values[start..start + count];
            let top = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            for (value, chance) in values.iter().zip(&found.profile[start..]) {
                assert!(*chance == 0.0 || *value >= top - 1e-9, "{found:?}");
            }
            start += count;
        }
    }
    assert_eq!(failed, 0);
}
