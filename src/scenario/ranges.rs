//! How far a number may be off: the range over which a study varies it.

use super::{Distribution, Expression, Factor, ParameterId, ParameterKind, Scenario, Stated};

/// The tails that are left out of a distribution without bounds, at either end.
const TAIL: f64 = 0.01;

/// The range over which a number is varied; `low <= high`.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct FactorRange {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The only values that it can have, rising and each once; empty where it can have any between the ends.
    pub entries: Vec<f64>,
}

impl FactorRange {
    /// Whether the number cannot be varied: both ends are the same, as for a known number that is 0.
    #[must_use]
    pub fn is_point(&self) -> bool {
        self.low >= self.high
    }

    fn between(one: f64, other: f64) -> Self {
        Self { low: one.min(other), high: one.max(other), entries: Vec::new() }
    }
}

impl Scenario {
    /// The range of a number.
    ///
    /// That of an uncertain parameter is its distribution's: from end to end where it has ends, from the 1 % to
    /// the 99 % quantile where it has none, the least to the greatest entry of `oneof`. Of any other number it is
    /// its central value times `1 - by` to `1 + by`, cut to what the number may be: probabilities, discounts and
    /// the like to [0, 1], weights and precisions to 0 and more; and so is that of a known parameter which such
    /// an amount names alone. `by`: at least 0. O(amounts).
    #[must_use]
    pub fn range_of(&self, factor: &Factor, by: f64) -> FactorRange {
        if let Some(distribution) = self.distribution_of(factor) {
            return distribution.range();
        }
        let (least, most) = self.legal(factor);
        let end = |times: f64| (factor.central * times).clamp(least, most);
        FactorRange::between(end(1.0 - by), end(1.0 + by))
    }

    /// The distribution of an uncertain parameter; `None` for any other number.
    #[must_use]
    pub fn distribution_of(&self, factor: &Factor) -> Option<&Distribution> {
        self.distribution(factor.parameter?)
    }

    /// The distribution of a parameter; `None` for one that is known.
    #[must_use]
    pub fn distribution(&self, id: ParameterId) -> Option<&Distribution> {
        match &self.parameters[id.index()].kind {
            ParameterKind::Uncertain(distribution) => Some(distribution),
            ParameterKind::Known(_) => None,
        }
    }

    /// What the number may be, at least and at most.
    fn legal(&self, factor: &Factor) -> (f64, f64) {
        let concerns = |stated: &Stated<'_>| match factor.parameter {
            Some(id) => self.is_alone(&stated.amount.expression, id),
            None => stated.amount.path == factor.path,
        };
        let ranges = self.amounts().into_iter().filter(concerns).map(|stated| stated.amount.range);
        ranges.fold((f64::NEG_INFINITY, f64::INFINITY), |(least, most), range| {
            (least.max(range.least), most.min(range.most))
        })
    }

    /// Whether an expression is that parameter and nothing else, by whatever name.
    fn is_alone(&self, expression: &Expression, id: ParameterId) -> bool {
        let mut at = expression;
        loop {
            let Expression::Parameter(named) = at else { return false };
            if *named == id {
                return true;
            }
            match &self.parameters[named.index()].kind {
                ParameterKind::Known(derived) => at = derived,
                ParameterKind::Uncertain(_) => return false,
            }
        }
    }
}

impl Distribution {
    /// The range that it covers, but for the tails of one that has no bounds.
    pub(crate) fn range(&self) -> FactorRange {
        match self {
            Self::Uniform(low, high) | Self::Triangular(low, _, high) | Self::Pert(low, _, high) => {
                FactorRange::between(*low, *high)
            }
            Self::Beta(..) => FactorRange::between(0.0, 1.0),
            Self::Normal(..) | Self::Lognormal(..) => {
                FactorRange::between(self.quantile(TAIL), self.quantile(1.0 - TAIL))
            }
            Self::OneOf(entries) => {
                let mut entries = entries.clone();
                entries.sort_by(f64::total_cmp);
                entries.dedup();
                FactorRange { low: entries[0], high: entries[entries.len() - 1], entries }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::scenario;
    use super::*;
    use crate::scenario::Changes;

    /// Every kind of number.
    const EVERYTHING: &str = r#"
format = 1
turns = 2
[parameters]
flat = { uniform = [1, 3] }
bent = { triangular = [0, 1, 4] }
near = { pert = [-1, 0, 2] }
wide = { normal = [10, 2] }
long = { lognormal = [3, 2] }
share = { beta = [2, 3] }
some = { oneof = [5, 2, 5, 7] }
only = 4
owed = -4
none = 0
odds = 0.9
same = "odds"
half = "only / 2"
[variables.force]
levels = ["none", "full"]
values = [-1, 2]
start = { none = 3, full = "only" }
[actors.north]
choice = { ewa = { logit = 2, phi = 0.9, delta = 0.5, kappa = 0.8 } }
tremble = 0.8
discount = 0.95
regard = { south = -0.5 }
[actors.south]
choice = { reinforcement = { phi = 0.9, strength = 2, floor = -1 } }
beliefs = { poisson = 40 }
[actors.west]
choice = { logit = 1.5 }
beliefs = { poisson = 40 }
[issues.talks.moves]
north = [{ move = "offer", salience = 2 }, "wait"]
south = ["accept", "refuse"]
west = ["watch", "sleep"]
[issues.talks.effects.raise]
when = { north = "offer" }
chance = 0.75
set = { force = "full" }
[issues.talks.effects.lower]
when = { north = "wait" }
chance = "same"
set = { force = "none" }
[payoffs.gain]
pays = { north = "half", south = -1.5 }
[outcomes.end.peace]
when = { force = "full" }
pays = { north = 3 }
[outcomes.end.war]
"#;

    #[track_caller]
    fn check(path: &str, by: f64, low: f64, high: f64) {
        let scenario = scenario(EVERYTHING);
        let range = scenario.range_of(&scenario.factor(path).unwrap(), by);
        let near = |found: f64, expected: f64| (found - expected).abs() < 1e-6;
        assert!(near(range.low, low) && near(range.high, high), "{path}: {range:?}");
    }

    #[test]
    fn uncertain_parameters_have_the_range_of_their_distribution() {
        check("parameters.flat", 0.2, 1.0, 3.0);
        check("parameters.bent", 0.2, 0.0, 4.0);
        check("parameters.near", 0.2, -1.0, 2.0);
        // The normal's 99 % quantile is 2.326348.
        check("parameters.wide", 0.2, 10.0 - 2.0 * 2.326_347_874, 10.0 + 2.0 * 2.326_347_874);
        check("parameters.long", 0.2, 3.0 / 5.015_341_3, 3.0 * 5.015_341_3);
        check("parameters.share", 0.2, 0.0, 1.0);
        check("parameters.some", 0.2, 2.0, 7.0);
        let found = scenario(EVERYTHING);
        assert_eq!(found.range_of(&found.factor("parameters.some").unwrap(), 0.2).entries, [2.0, 5.0, 7.0]);
    }

    #[test]
    fn known_numbers_are_off_by_so_much_in_their_legal_range() {
        check("parameters.only", 0.25, 3.0, 5.0);
        check("parameters.owed", 0.25, -5.0, -3.0);
        check("parameters.half", 0.25, 1.5, 2.5);
        check("parameters.only", 2.0, 0.0, 12.0); // a weight of a start
        check("parameters.odds", 0.5, 0.45, 1.0); // a chance, by another name
        check("parameters.same", 0.5, 0.45, 1.0);
        check("issues.talks.effects.raise.chance", 0.5, 0.375, 1.0);
        check("payoffs.gain.pays.south", 2.0, -4.5, 1.5);
        check("payoffs.gain.pays.north", 0.5, 1.0, 3.0);
        check("actors.north.discount", 0.2, 0.76, 1.0);
        check("actors.west.choice.logit", 2.0, 0.0, 4.5);
        let scenario = scenario(EVERYTHING);
        assert!(scenario.range_of(&scenario.factor("parameters.none").unwrap(), 0.5).is_point());
    }

    /// What the ranges take for legal is what numbers are checked against: ends pass, and what was cut off
    /// would not.
    #[test]
    fn both_ends_of_every_range_are_legal_and_nothing_beyond_a_cut_is() {
        let scenario = scenario(EVERYTHING);
        let legal = |factor: &Factor, value: f64| {
            let mut changes = Changes::default();
            changes.set(factor, value);
            scenario.numbers_under(&changes, &scenario.central_under(&changes)).is_ok()
        };
        let mut cut = 0;
        for factor in scenario.factors().iter().filter(|factor| factor.path != "parameters.some") {
            let range = scenario.range_of(factor, 3.0);
            assert!(legal(factor, range.low) && legal(factor, range.high), "{}: {range:?}", factor.path);
            if scenario.distribution_of(factor).is_none() {
                let (one, other) = (-2.0 * factor.central, 4.0 * factor.central);
                for wanted in [one.min(other), one.max(other)] {
                    let kept = wanted.clamp(range.low, range.high) == wanted;
                    assert_eq!(legal(factor, wanted), kept, "{} at {wanted}: {range:?}", factor.path);
                    cut += usize::from(!kept);
                }
            }
        }
        assert!(cut > 20, "{cut}");
    }
}
