//! Tails of the binomial distribution, the same bits on every machine.

use crate::math::{exp, ln};

/// The probability of `hits` or more in `trials`, each of which is a hit with probability `chance`. Both are whole
/// numbers, `hits <= trials`. O(trials).
pub(super) fn at_least(hits: f64, trials: f64, chance: f64) -> f64 {
    if hits <= 0.0 || chance >= 1.0 {
        return 1.0;
    }
    if chance <= 0.0 {
        return 0.0;
    }
    if hits <= trials * chance {
        // The sum starts at its largest term, so that it does not start at 0.
        return 1.0 - upper(trials - hits + 1.0, trials, 1.0 - chance);
    }
    upper(hits, trials, chance)
}

/// The same by summing up from `hits`, which is above the mean.
fn upper(hits: f64, trials: f64, chance: f64) -> f64 {
    let (mut ways, mut place) = (0.0, 1.0);
    while place <= hits {
        ways += ln((trials - hits + place) / place);
        place += 1.0;
    }
    let mut term = exp(ways + hits * ln(chance) + (trials - hits) * ln(1.0 - chance));
    let odds = chance / (1.0 - chance);
    let (mut sum, mut seen) = (0.0, hits);
    while seen <= trials && term > sum * f64::EPSILON / 16.0 {
        sum += term;
        term *= (trials - seen) / (seen + 1.0) * odds;
        seen += 1.0;
    }
    sum.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(hits: f64, trials: f64, chance: f64, expected: f64) {
        let found = at_least(hits, trials, chance);
        assert!((found - expected).abs() <= 1e-11 * expected, "{hits} of {trials} by {chance}: {found}");
    }

    #[test]
    fn tails_are_those_of_the_distribution() {
        // Fair coins, by counting: 11, 1 and 1013 ways of 1024.
        check(9.0, 10.0, 0.5, 11.0 / 1024.0);
        check(10.0, 10.0, 0.5, 1.0 / 1024.0);
        check(2.0, 10.0, 0.5, 1013.0 / 1024.0);
        check(0.0, 10.0, 0.5, 1.0);
        check(1.0, 3.0, 0.25, 1.0 - 27.0 / 64.0);
        check(3.0, 3.0, 1.0, 1.0);
        check(1.0, 3.0, 0.0, 0.0);
        // What underflows from the wrong side.
        check(10.0, 5000.0, 0.5, 1.0);
    }
}
