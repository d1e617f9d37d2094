//! Critical values of 95 % intervals: how many standard errors an interval reaches to either side.

use crate::math::student_quantile;

/// The 97.5 % quantile of the standard normal distribution.
const NORMAL: f64 = 1.959_963_984_540_054;

/// What lies above a two-sided 95 % interval.
const UPPER: f64 = 0.025;

/// The critical value of a 95 % interval; made once for a run, then passed to each of its intervals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Critical(f64);

impl Critical {
    /// For independent plays: the normal quantile, 1.96.
    #[must_use]
    pub fn normal() -> Self {
        Self(NORMAL)
    }

    /// For `draws` independent draws: Student's quantile with `draws - 1` degrees of freedom.
    ///
    /// With no draw or a single one, plays are the independent clusters: the normal quantile.
    ///
    /// # Examples
    /// ```
    /// use demarche::stats::Critical;
    /// assert!((Critical::for_draws(2).value() - 12.706_204_736).abs() < 1e-8);
    /// assert_eq!(Critical::for_draws(0), Critical::normal());
    /// ```
    ///
    /// # References
    /// Student (1908), The probable error of a mean, Biometrika 6(1), 1-25.
    #[must_use]
    pub fn for_draws(draws: u64) -> Self {
        if draws <= 1 {
            return Self::normal();
        }
        #[expect(clippy::cast_precision_loss, reason = "a number of draws is far below 2^53")]
        let freedom = (draws - 1) as f64;
        Self(student_quantile(freedom, UPPER))
    }

    /// The number of standard errors.
    #[must_use]
    pub fn value(self) -> f64 {
        self.0
    }

    /// Its square, in which score intervals are written.
    #[must_use]
    pub fn squared(self) -> f64 {
        self.0 * self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(draws: u64, expected: f64, tolerance: f64) {
        let value = Critical::for_draws(draws).value();
        assert!((value - expected).abs() <= tolerance, "{draws} draws: {value}, not {expected}");
    }

    /// Printed in every statistical table (here to the digits of R's `qt(0.975, df)`).
    #[test]
    fn student_quantiles_are_those_of_the_tables() {
        check(2, 12.706_204_736, 1e-8);
        check(3, 4.302_652_730, 1e-8);
        check(6, 2.570_581_836, 1e-8);
        check(11, 2.228_138_852, 1e-8);
        check(31, 2.042_272_456, 1e-8);
        check(101, 1.983_971_519, 1e-8);
        check(1001, 1.962_339_081, 1e-8);
    }

    #[test]
    fn more_draws_need_fewer_standard_errors() {
        let values: Vec<f64> = (2..400).map(|draws| Critical::for_draws(draws).value()).collect();
        assert!(values.windows(2).all(|pair| pair[1] < pair[0]));
        assert!(values.iter().all(|&value| value > NORMAL));
    }

    #[test]
    fn a_single_draw_leaves_independent_plays() {
        assert_eq!(Critical::for_draws(1), Critical::normal());
    }
}
