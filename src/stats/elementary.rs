//! Elementary effects: how much a quantity moves where one number at a time takes a large step.

use serde::{Deserialize, Serialize};

use super::{Critical, Estimate};

/// The effects of one number, over all trajectories.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ElementaryEffects {
    /// The mean effect, in the unit of the values; so are the other three.
    pub mu: f64,
    /// The mean size of an effect, with the interval of the trajectories' choice.
    pub mu_star: Estimate,
    /// The standard deviation of the effects: large where the number's effect depends on the others, or on where
    /// it stands.
    pub sigma: f64,
    /// The standard error that chance gives to one effect; 0 where the values have no noise.
    pub noise: f64,
}

/// A step of a trajectory: the number that moves, and by how much.
pub type Step = (usize, f64);

/// The elementary effects of each of `numbers` numbers, each of which moves once in every trajectory.
///
/// ```text
/// effect = (y after the step - y before it) / step
/// mu     = mean(effect)        mu* = mean(|effect|) ± t sd(|effect|) / sqrt(r)        sigma = sd(effect)
/// ```
///
/// with Student's t of `r - 1` degrees of freedom over `r` trajectories; mu* is cut at 0.
///
/// `trajectories[t]`: its steps; `values[point]`: a trajectory has one point more than steps, and they come one
/// after the other. `clusters[k][point]`: the values in each cluster of chance, of which the values are the means;
/// empty where the values have no noise. Nothing is taken off for noise: mu* and sigma of a number that does nothing
/// are as large as `noise`. O(values x clusters).
///
/// # Examples
/// ```
/// use demarche::stats::elementary_effects;
/// let there_and_back = [vec![(0, 0.5), (1, 0.5)], vec![(1, -0.5), (0, -0.5)]];
/// let y = [0.0, 1.0, 1.5, 1.5, 1.0, 0.0];              // y = 2 x1 + x2
/// let found = elementary_effects(2, &there_and_back, &y, &[]);
/// assert_eq!((found[0].mu, found[1].mu_star.value), (2.0, 1.0));
/// ```
///
/// # References
/// Morris (1991), Factorial sampling plans for preliminary computational experiments, Technometrics 33(2),
/// 161-174; Campolongo, Cariboni and Saltelli (2007), An effective screening design for sensitivity analysis of
/// large models, Environmental Modelling and Software 22(10), 1509-1518, for mu*.
#[must_use]
pub fn elementary_effects(
    numbers: usize,
    trajectories: &[Vec<Step>],
    values: &[f64],
    clusters: &[Vec<f64>],
) -> Vec<ElementaryEffects> {
    let effects = by_number(numbers, trajectories, values);
    let mut variances = vec![0.0; numbers];
    for cluster in clusters {
        let deviations: Vec<f64> = cluster.iter().zip(values).map(|(value, mean)| value - mean).collect();
        for (sum, own) in variances.iter_mut().zip(by_number(numbers, trajectories, &deviations)) {
            *sum += mean(own.iter().map(|effect| effect * effect));
        }
    }
    let pairs = count(clusters.len()) * (count(clusters.len()) - 1.0);
    let noise = variances.iter().map(|sum| if pairs > 0.0 { (sum / pairs).sqrt() } else { 0.0 });
    effects.iter().zip(noise).map(|(effects, noise)| summed_up(effects, noise)).collect()
}

fn summed_up(effects: &[f64], noise: f64) -> ElementaryEffects {
    let sizes: Vec<f64> = effects.iter().map(|effect| effect.abs()).collect();
    let (size, r) = (mean(sizes.iter().copied()), count(sizes.len()));
    let reach = Critical::for_draws(sizes.len() as u64).value() * deviation(&sizes) / r.sqrt();
    ElementaryEffects {
        mu: mean(effects.iter().copied()),
        mu_star: Estimate { value: size, low: (size - reach).max(0.0), high: size + reach },
        sigma: deviation(effects),
        noise,
    }
}

/// The effects of each number, in the order of the trajectories.
fn by_number(numbers: usize, trajectories: &[Vec<Step>], values: &[f64]) -> Vec<Vec<f64>> {
    let mut effects = vec![Vec::new(); numbers];
    let mut rest = values;
    for steps in trajectories {
        let (own, others) = rest.split_at((steps.len() + 1).min(rest.len()));
        for ((number, step), pair) in steps.iter().zip(own.windows(2)) {
            effects[*number].push((pair[1] - pair[0]) / step);
        }
        rest = others;
    }
    effects
}

fn mean(numbers: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = count(numbers.len());
    numbers.sum::<f64>() / n
}

/// The standard deviation, over one less than their number; 0 for fewer than two.
fn deviation(numbers: &[f64]) -> f64 {
    if numbers.len() < 2 {
        return 0.0;
    }
    let centre = mean(numbers.iter().copied());
    let squares: f64 = numbers.iter().map(|number| (number - centre) * (number - centre)).sum();
    (squares / (count(numbers.len()) - 1.0)).sqrt()
}

#[expect(clippy::cast_precision_loss, reason = "numbers of points are far below 2^53")]
fn count(items: usize) -> f64 {
    items as f64
}

#[cfg(test)]
#[path = "elementary_tests.rs"]
mod tests;
