//! Sums over one cluster.

use serde::{Deserialize, Serialize};

/// A numerator and a denominator, summed over the plays of one cluster; the numerator about a shift, as in
/// [`RatioMoments`](super::RatioMoments).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RatioSum {
    shift: f64,
    n: f64,
    d: f64,
}

impl RatioSum {
    /// A numerator that is `n` more than `shift` times the denominator.
    #[must_use]
    pub fn about(shift: f64, n: f64, d: f64) -> Self {
        Self { shift, n, d }
    }

    /// Adds a play's numerator and denominator; `real` ones may be far from 0, and the first of them is what the others
    /// are held against.
    pub fn push(&mut self, (n, d): (f64, f64), real: bool) {
        if real && self.n == 0.0 && self.d == 0.0 && d != 0.0 {
            self.shift = n / d;
        }
        self.n += n - self.shift * d;
        self.d += d;
    }

    /// Adds the sums of other plays.
    pub fn merge(&mut self, other: &Self) {
        if self.n == 0.0 && self.d == 0.0 {
            self.shift = other.shift;
        }
        self.n += other.n + (other.shift - self.shift) * other.d;
        self.d += other.d;
    }

    /// As often as that.
    #[must_use]
    pub fn weighed(self, weight: f64) -> Self {
        Self { n: weight * self.n, d: weight * self.d, ..self }
    }

    /// The sum of the numerators.
    #[must_use]
    pub fn numerator(&self) -> f64 {
        self.n + self.shift * self.d
    }

    /// The sum of the denominators.
    #[must_use]
    pub fn denominator(&self) -> f64 {
        self.d
    }

    /// The ratio of the sums; nothing where the denominators sum to 0.
    #[must_use]
    pub fn ratio(&self) -> Option<f64> {
        (self.d != 0.0).then(|| self.shift + self.n / self.d)
    }

    /// What the numerator is held against, over the denominator.
    pub(super) fn shift(&self) -> f64 {
        self.shift
    }

    /// The numerator less that many times the denominator.
    pub(super) fn excess(&self, shift: f64) -> f64 {
        self.n + (self.shift - shift) * self.d
    }

    /// Numerator and denominator.
    pub(super) fn ends(&self) -> (f64, f64) {
        (self.numerator(), self.d)
    }

    /// The numerator less the denominator times the ratio of `all`, of which these are some.
    #[must_use]
    pub fn residual(&self, all: &Self) -> f64 {
        self.excess(all.shift) - all.n / all.d * self.d
    }
}
