//! Morris' trajectories: walks through a grid, one coordinate at a time.

use rand::Rng;

use crate::simulate::Chance;

/// A walk: where it starts, and the coordinate and size of each step. Every coordinate takes one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectory {
    /// The first point, each coordinate in [0, 1].
    pub start: Vec<f64>,
    /// Coordinate, and by how much it moves.
    pub steps: Vec<(usize, f64)>,
}

/// The levels of the grid: 0, 1/3, 2/3, 1.
const LEVELS: u32 = 4;

/// Half the levels, so that all are met alike: 2/3.
const STEP: f64 = 2.0 / 3.0;

/// Random walks through the grid of four levels in the unit cube: each coordinate steps once, by 2/3 up or down, in
/// random order. The first walks are the same however many there are. O(`count` x `dimensions`).
///
/// # Examples
/// ```
/// use demarche::study::designs::trajectories;
/// let walk = &trajectories(3, 1, 7)[0];
/// let points = walk.points();
/// assert_eq!(points.len(), 4);
/// assert!(points[3].iter().zip(&points[0]).all(|(end, start)| ((end - start).abs() - 2.0 / 3.0).abs() < 1e-15));
/// ```
///
/// # References
/// Morris (1991), Factorial sampling plans for preliminary computational experiments, Technometrics 33(2), 161-174.
#[must_use]
pub fn trajectories(dimensions: usize, count: usize, seed: u64) -> Vec<Trajectory> {
    let chance = Chance::of_designs(seed);
    let walk = |number: usize| {
        let mut words = chance.generator();
        // Streams of their own, far from those of the other designs of a seed.
        words.set_stream((1 << 62) | number as u64);
        let mut start = Vec::with_capacity(dimensions);
        let mut steps: Vec<(usize, f64)> = Vec::with_capacity(dimensions);
        for dimension in 0..dimensions {
            let word = words.next_u32();
            let low = f64::from((word >> 1) % (LEVELS / 2)) / f64::from(LEVELS - 1);
            let up = word & 1 == 1;
            start.push(if up { low } else { low + STEP });
            steps.push((dimension, if up { STEP } else { -STEP }));
        }
        for last in (1..dimensions).rev() {
            let place = (u64::from(words.next_u32()) * (last as u64 + 1)) >> 32;
            steps.swap(last, usize::try_from(place).unwrap_or(0));
        }
        Trajectory { start, steps }
    };
    (0..count).map(walk).collect()
}

impl Trajectory {
    /// Its points, one more than steps.
    #[must_use]
    pub fn points(&self) -> Vec<Vec<f64>> {
        let mut points = vec![self.start.clone()];
        let mut at = self.start.clone();
        for (dimension, step) in &self.steps {
            // Levels are thirds: what rounding adds to a step is taken off again.
            at[*dimension] = ((at[*dimension] + step) * 3.0).round() / 3.0;
            points.push(at.clone());
        }
        points
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_coordinate_steps_once_and_stays_on_the_grid() {
        let walks = trajectories(7, 50, 3);
        for walk in &walks {
            let mut moved: Vec<usize> = walk.steps.iter().map(|(dimension, _)| *dimension).collect();
            moved.sort_unstable();
            assert_eq!(moved, [0, 1, 2, 3, 4, 5, 6]);
            for coordinate in walk.points().concat() {
                assert!([0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0].contains(&coordinate), "{coordinate}");
            }
        }
        let orders: std::collections::BTreeSet<Vec<usize>> =
            walks.iter().map(|walk| walk.steps.iter().map(|(dimension, _)| *dimension).collect()).collect();
        assert!(orders.len() > 45, "orders are random: {}", orders.len());
    }

    #[test]
    fn all_levels_are_met_alike() {
        let mut met = [0.0; 4];
        for walk in trajectories(5, 2000, 11) {
            for coordinate in walk.start {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 3")]
                let level = (coordinate * 3.0).round() as usize;
                met[level] += 1.0 / 10_000.0;
            }
        }
        // Four standard errors of a quarter of 10,000.
        assert!(met.iter().all(|share| (share - 0.25_f64).abs() < 4.0 * 0.004_33), "{met:?}");
    }

    #[test]
    fn more_walks_begin_with_the_same() {
        assert_eq!(trajectories(3, 5, 1), trajectories(3, 9, 1)[..5]);
        assert_ne!(trajectories(3, 5, 1), trajectories(3, 5, 2));
    }
}
