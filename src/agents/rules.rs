//! Choice rules: from what each choice is worth to the probability of each.

use crate::math;

/// Choices whose values differ by no more than this, in payoff units, are equally good.
pub const TIE: f64 = 1e-9;

/// All choices alike.
#[must_use]
pub fn uniform(choices: usize) -> Vec<f64> {
    let mut probabilities = vec![0.0; choices];
    uniform_into(&mut probabilities);
    probabilities
}

/// Writes [`uniform`] where there is room for it.
pub(crate) fn uniform_into(probabilities: &mut [f64]) {
    #[expect(clippy::cast_precision_loss, reason = "menus are far smaller than 2^52")]
    let share = 1.0 / probabilities.len() as f64;
    probabilities.fill(share);
}

/// The best choices, alike: all within [`TIE`] of the greatest value. O(choices).
///
/// # Examples
/// ```
/// assert_eq!(demarche::agents::best(&[1.0, 3.0, 3.0]), [0.0, 0.5, 0.5]);
/// ```
#[must_use]
pub fn best(values: &[f64]) -> Vec<f64> {
    let mut probabilities = vec![0.0; values.len()];
    best_into(values, &mut probabilities);
    probabilities
}

/// Writes [`best`] where there is room for it.
pub(crate) fn best_into(values: &[f64], probabilities: &mut [f64]) {
    let top = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    for (probability, value) in probabilities.iter_mut().zip(values) {
        *probability = f64::from(u8::from(*value >= top - TIE));
    }
    scale(probabilities);
}

/// Choice probabilities under the logit rule.
///
/// ```text
/// p[a] = exp(precision * values[a]) / sum over b of exp(precision * values[b])
/// ```
///
/// `values`: one expected payoff per choice, in payoff units; `precision`: per payoff unit, at least 0
/// (0 plays uniformly). The largest value is taken off first, so nothing overflows. O(choices).
///
/// # Examples
/// ```
/// let p = demarche::agents::logit(&[0.0, 2.0_f64.ln()], 1.0);
/// assert!((p[1] - 2.0 / 3.0).abs() < 1e-15);
/// ```
///
/// # References
/// `McKelvey` and Palfrey (1995), Quantal response equilibria for normal form games, Games and Economic
/// Behavior 10(1), 6-38, doi:10.1006/game.1995.1023: their logit response function.
#[must_use]
pub fn logit(values: &[f64], precision: f64) -> Vec<f64> {
    let mut probabilities = vec![0.0; values.len()];
    logit_into(values, precision, &mut probabilities);
    probabilities
}

/// Writes [`logit`] where there is room for it.
pub(crate) fn logit_into(values: &[f64], precision: f64, probabilities: &mut [f64]) {
    let top = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    for (probability, value) in probabilities.iter_mut().zip(values) {
        *probability = math::exp(precision * (value - top));
    }
    scale(probabilities);
}

/// Mixes uniform play into a rule's probabilities: `(1 - e) * p + e * uniform`.
#[must_use]
pub fn tremble(probabilities: &[f64], uniform: &[f64], e: f64) -> Vec<f64> {
    let mut mixed = vec![0.0; probabilities.len()];
    tremble_into(probabilities, uniform, e, &mut mixed);
    mixed
}

/// Writes [`tremble`] where there is room for it.
pub(crate) fn tremble_into(probabilities: &[f64], uniform: &[f64], e: f64, mixed: &mut [f64]) {
    if e == 0.0 {
        mixed.copy_from_slice(probabilities);
        return;
    }
    for ((mixed, p), u) in mixed.iter_mut().zip(probabilities).zip(uniform) {
        *mixed = (1.0 - e) * p + e * u;
    }
}

/// Divides weights, of which some is positive, by their sum.
pub(crate) fn scale(weights: &mut [f64]) {
    let sum: f64 = weights.iter().sum();
    for weight in weights {
        *weight /= sum;
    }
}
