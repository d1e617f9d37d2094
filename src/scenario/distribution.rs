//! The distributions of uncertain parameters: their checks, central values and quantiles.

use super::{Distribution, format};
use crate::math;

/// Shapes of a beta distribution beyond which its quantiles lose their digits.
const BETA_SHAPES: std::ops::RangeInclusive<f64> = 1e-3..=1e6;

/// Half the distance of the uniforms that chance gives: keeps the normal's quantiles finite at 0.
const SMALLEST_UNIFORM: f64 = f64::EPSILON / 4.0;

impl Distribution {
    /// The distribution of that name in the file with those finite numbers.
    ///
    /// # Errors
    /// Says what the numbers must be, as the end of a sentence that starts with the name.
    pub(crate) fn new(name: &str, numbers: &[f64]) -> Result<Self, String> {
        let require = |holds: bool, distribution: Self, rule: &str| {
            if holds { Ok(distribution) } else { Err(rule.to_owned()) }
        };
        match (name, numbers) {
            ("uniform", &[low, high]) => require(low < high, Self::Uniform(low, high), "needs low < high"),
            ("triangular" | "pert", &[low, mode, high]) => {
                let distribution = match name {
                    "pert" => Self::Pert(low, mode, high),
                    _ => Self::Triangular(low, mode, high),
                };
                let in_order = low <= mode && mode <= high && low < high;
                require(in_order, distribution, "needs low <= mode <= high and low < high")
            }
            ("normal", &[mean, sd]) => require(0.0 < sd, Self::Normal(mean, sd), "needs a positive sd"),
            ("lognormal", &[median, spread]) => require(
                0.0 < median && 1.0 < spread,
                Self::Lognormal(median, spread),
                "needs a positive median and a geometric sd above 1",
            ),
            ("beta", &[a, b]) => require(
                BETA_SHAPES.contains(&a) && BETA_SHAPES.contains(&b),
                Self::Beta(a, b),
                "needs shapes a and b from 0.001 to 1,000,000",
            ),
            ("oneof", entries) => {
                require(!entries.is_empty(), Self::OneOf(entries.to_vec()), "needs at least one number")
            }
            (_, numbers) => {
                let shape =
                    format::shapes().find(|(known, _)| *known == name).map_or("[...]", |(_, shape)| shape);
                Err(format!("needs {shape}, not {} {}", numbers.len(), plural(numbers.len(), "number")))
            }
        }
    }

    /// The central value: the mode of `triangular` and `pert`, the mean of `uniform`, `normal` and
    /// `beta`, the median of `lognormal`, the first entry of `oneof`.
    ///
    /// # Examples
    /// ```
    /// use demarche::scenario::Distribution;
    /// assert_eq!(Distribution::Beta(2.0, 3.0).central(), 0.4);
    /// ```
    #[must_use]
    pub fn central(&self) -> f64 {
        match *self {
            // Halves first: the sum of two large numbers may overflow.
            Self::Uniform(low, high) => low / 2.0 + high / 2.0,
            Self::Triangular(_, mode, _) | Self::Pert(_, mode, _) => mode,
            Self::Normal(mean, _) => mean,
            Self::Lognormal(median, _) => median,
            Self::Beta(a, b) => a / (a + b),
            Self::OneOf(ref entries) => entries[0],
        }
    }

    /// The value below which a share `u` of the distribution lies: the inverse of its cumulative
    /// distribution function, by which one uniform number gives one draw.
    ///
    /// ```text
    /// triangular: low + sqrt(u (high - low) (mode - low))          up to the mode
    ///             high - sqrt((1 - u) (high - low) (high - mode))  from it on
    /// pert:       low + (high - low) Beta(1 + 4 (mode - low) / (high - low),
    ///                                     1 + 4 (high - mode) / (high - low)) quantile
    /// lognormal:  median * exp(z ln(geometric sd)), z the standard normal quantile
    /// oneof:      the entry of index floor(u * entries)
    /// ```
    ///
    /// `u`: in [0, 1]; where the distribution has no bounds it is kept 2^-54 away from both ends, so
    /// that the value is finite. O(1), about half a microsecond for `beta` and `pert`.
    ///
    /// # Examples
    /// ```
    /// use demarche::scenario::Distribution;
    /// assert_eq!(Distribution::Uniform(1.0, 3.0).quantile(0.25), 1.5);
    /// ```
    ///
    /// # References
    /// Malcolm, Roseboom, Clark and Fazar (1959), Application of a technique for research and
    /// development program evaluation, Operations Research 7(5), 646-669: the PERT distribution, in
    /// the usual form with a weight of 4 for the mode.
    #[must_use]
    pub fn quantile(&self, u: f64) -> f64 {
        match *self {
            Self::Uniform(low, high) => low * (1.0 - u) + high * u,
            Self::Triangular(low, mode, high) => triangular_quantile(low, mode, high, u),
            Self::Pert(low, mode, high) => {
                let width = high - low;
                let a = 1.0 + 4.0 * (mode - low) / width;
                let b = 1.0 + 4.0 * (high - mode) / width;
                low + width * math::beta_quantile(a, b, u)
            }
            Self::Normal(mean, sd) => mean + sd * normal_quantile(u),
            Self::Lognormal(median, spread) => median * math::exp(normal_quantile(u) * math::ln(spread)),
            Self::Beta(a, b) => math::beta_quantile(a, b, u),
            Self::OneOf(ref entries) => entries[place(u, entries.len())],
        }
    }
}

fn triangular_quantile(low: f64, mode: f64, high: f64, u: f64) -> f64 {
    let width = high - low;
    if u * width < mode - low {
        low + (u * width * (mode - low)).sqrt()
    } else {
        high - ((1.0 - u) * width * (high - mode)).sqrt()
    }
}

fn normal_quantile(u: f64) -> f64 {
    math::normal_quantile(u.clamp(SMALLEST_UNIFORM, 1.0 - f64::EPSILON / 2.0))
}

/// The entry among `len` alike that `u` falls on.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "lists are far shorter than 2^53, and u is at least 0"
)]
fn place(u: f64, len: usize) -> usize {
    ((u * len as f64) as usize).min(len - 1)
}

/// `number`, or `numbers` unless there is one.
fn plural(count: usize, noun: &str) -> String {
    if count == 1 { noun.to_owned() } else { format!("{noun}s") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(name: &str, numbers: &[f64], u: f64, expected: f64) {
        let value = Distribution::new(name, numbers).expect("sound").quantile(u);
        // Published values have about seven digits.
        let error = (value - expected).abs();
        assert!(
            error <= 5e-7 * expected.abs().max(1.0),
            "{name} {numbers:?} at {u}: {value}, not {expected}"
        );
    }

    #[track_caller]
    fn check_error(name: &str, numbers: &[f64], expected: &str) {
        assert_eq!(Distribution::new(name, numbers), Err(expected.to_owned()));
    }

    #[test]
    fn quantiles_agree_with_tables() {
        // Normal and chi-square tables; a chi-square of 2 degrees is -2 ln(1 - u).
        check("normal", &[0.0, 1.0], 0.975, 1.959_964);
        check("normal", &[10.0, 2.0], 0.05, 10.0 - 2.0 * 1.644_853_6);
        check("lognormal", &[3.0, 2.0], 0.5, 3.0);
        // One geometric standard deviation above the median stands at Phi(1).
        check("lognormal", &[3.0, 2.0], 0.841_344_746, 6.0);
        // Beta(1, b): 1 - (1 - u)^(1/b). Beta(2, 2): 3x^2 - 2x^3 = u. Beta(1/2, 1/2): sin^2(pi u / 2).
        check("beta", &[1.0, 3.0], 0.488, 0.2);
        check("beta", &[2.0, 2.0], 0.156_25, 0.25);
        check("beta", &[0.5, 0.5], 1.0 / 3.0, 0.25);
        // Pert with its mode in the middle is Beta(3, 3): 10x^3 - 15x^4 + 6x^5 = u.
        check("pert", &[0.0, 1.0, 2.0], 0.103_515_625, 0.5);
        check("triangular", &[0.0, 1.0, 4.0], 0.25, 1.0);
        check("triangular", &[0.0, 1.0, 4.0], 0.0625, 0.5);
        check("triangular", &[0.0, 0.0, 1.0], 0.75, 0.5);
        check("uniform", &[-1.0, 1.0], 0.75, 0.5);
        check("oneof", &[5.0, 6.0, 7.0], 0.34, 6.0);
        check("oneof", &[5.0, 6.0, 7.0], 1.0, 7.0);
    }

    #[test]
    fn numbers_must_be_in_order() {
        check_error("uniform", &[2.0, 1.0], "needs low < high");
        check_error("uniform", &[1.0], "needs [low, high], not 1 number");
        check_error("triangular", &[0.0, 3.0, 2.0], "needs low <= mode <= high and low < high");
        check_error("pert", &[1.0, 1.0, 1.0], "needs low <= mode <= high and low < high");
        check_error("pert", &[1.0, 2.0], "needs [low, mode, high], not 2 numbers");
        check_error("normal", &[0.0, 0.0], "needs a positive sd");
        check_error("lognormal", &[1.0, 1.0], "needs a positive median and a geometric sd above 1");
        check_error("lognormal", &[0.0, 2.0], "needs a positive median and a geometric sd above 1");
        check_error("beta", &[0.0, 1.0], "needs shapes a and b from 0.001 to 1,000,000");
        check_error("oneof", &[], "needs at least one number");
    }

    fn distributions() -> impl Strategy<Value = Distribution> {
        let three = (-10.0..10.0, 0.0..5.0, 0.1..5.0);
        let ordered = three.prop_map(|(low, to_mode, to_high)| (low, low + to_mode, low + to_mode + to_high));
        prop_oneof![
            ordered.clone().prop_map(|(l, m, h)| Distribution::Triangular(l, m, h)),
            ordered.prop_map(|(l, m, h)| Distribution::Pert(l, m, h)),
            (-10.0..10.0, 0.1..5.0).prop_map(|(l, w)| Distribution::Uniform(l, l + w)),
            (-10.0..10.0, 0.1..5.0).prop_map(|(m, sd)| Distribution::Normal(m, sd)),
            (0.1..10.0, 1.1..5.0).prop_map(|(m, g)| Distribution::Lognormal(m, g)),
            (0.01..100.0, 0.01..100.0).prop_map(|(a, b)| Distribution::Beta(a, b)),
        ]
    }

    proptest! {
        #[test]
        fn quantiles_are_finite_and_rise(
            distribution in distributions(), u in 0.0..=1.0_f64, v in 0.0..=1.0_f64,
        ) {
            let (low, high) = (distribution.quantile(u.min(v)), distribution.quantile(u.max(v)));
            prop_assert!(low.is_finite() && high.is_finite());
            prop_assert!(low <= high || u == v || (u - v).abs() < 1e-13, "{low} > {high}");
        }
    }
}
