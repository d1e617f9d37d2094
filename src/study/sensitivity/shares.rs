//! Sobol's shares: how much of a measure's variance each number explains.

use serde::{Deserialize, Serialize};

use rand::Rng;

use super::super::designs::saltelli;
use super::super::error::StudyError;
use super::super::experiment::Experiment;
use super::super::watch::Watch;
use super::input_space::{InputPoint, InputSpace};
use crate::scenario::Changes;
use crate::simulate::Chance;
use crate::stats::{SobolIndices, sobol_indices};

/// Samples of the rows from which an interval is made.
const RESAMPLES: usize = 1000;

/// The indices of numbers, and of groups of them, for each measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shares {
    /// For each measure, a column a number, then one a group; `None` where the measure does not vary, or by no more
    /// than chance, or has no value at some point.
    pub indices: Vec<Option<SobolIndices>>,
    /// For each measure, whether it had a value at every point.
    pub has_values: Vec<bool>,
    /// All points: samples A and B, then A with each column from B.
    pub points: Vec<InputPoint>,
}

/// From which points indices are estimated.
#[derive(Clone, Copy, Debug)]
pub struct ShareDesign<'a> {
    /// Groups of numbers, by their places in the space, of which each gets an index too.
    pub groups: &'a [(String, Vec<usize>)],
    /// Rows of the two samples; at least 1.
    pub rows: usize,
    /// The seed of the points.
    pub seed: u64,
}

/// First and total indices of all numbers of a space, and of groups of them. The experiment needs to be one without
/// draws, and the space one of at most half of [`MOST_DIMENSIONS`](super::super::designs::sobol::MOST_DIMENSIONS)
/// numbers.
///
/// # Errors
/// See [`StudyError`].
pub fn shares(
    experiment: &Experiment<'_>,
    space: &InputSpace<'_>,
    design: &ShareDesign<'_>,
    watch: &dyn Watch,
) -> Result<Shares, StudyError> {
    let ShareDesign { groups, rows, seed } = *design;
    let singles = space.factors.iter().enumerate().map(|(at, factor)| (factor.path.clone(), vec![at]));
    let (names, columns): (Vec<String>, Vec<Vec<usize>>) = singles.chain(groups.iter().cloned()).unzip();
    let places = saltelli(space.factors.len(), &columns, rows, seed);
    let found = evaluated(experiment, space, &places, watch)?;
    let indices = found.measures.iter().map(|measure| {
        let (values, clusters) = measure.as_ref()?;
        let mut words = Chance::of_designs(seed).generator();
        // A stream that no design uses.
        words.set_stream((1 << 63) | (1 << 62));
        let mut pick = |rows: usize| {
            let place = (u64::from(words.next_u32()) * rows as u64) >> 32;
            usize::try_from(place).unwrap_or(0)
        };
        sobol_indices(rows, values, clusters, RESAMPLES, &mut pick)
    });
    let part = |at: usize| {
        let name = match at / rows {
            0 => "a",
            1 => "b",
            column => &names[column - 2],
        };
        (name.to_owned(), at % rows)
    };
    Ok(Shares {
        indices: indices.collect(),
        has_values: found.measures.iter().map(Option::is_some).collect(),
        points: found.points(places, part),
    })
}

/// What was found at the points of a design.
pub(super) struct Evaluated {
    /// For each measure its value at every point, and in each cluster; none of the latter where nothing is left to
    /// chance.
    pub(super) measures: Vec<Option<(Vec<f64>, Vec<Vec<f64>>)>>,
}

/// Evaluates a space's points.
pub(super) fn evaluated(
    experiment: &Experiment<'_>,
    space: &InputSpace<'_>,
    places: &[Vec<f64>],
    watch: &dyn Watch,
) -> Result<Evaluated, StudyError> {
    let points: Vec<Changes> = places.iter().map(|place| space.changes(place)).collect();
    let found = experiment.answered(&points, watch)?;
    let of = |at: usize| {
        let known = || found.iter().map(|found| found.as_ref().ok());
        let values: Vec<f64> = known().map(|found| found?.value(at)).collect::<Option<_>>()?;
        let by_point: Vec<Vec<f64>> = known().map(|found| found?.by_cluster(at)).collect::<Option<_>>()?;
        let n_clusters = if experiment.is_uncertain() { by_point.first().map_or(0, Vec::len) } else { 0 };
        let clusters =
            (0..n_clusters).map(|cluster| by_point.iter().map(|point| point[cluster]).collect()).collect();
        Some((values, clusters))
    };
    Ok(Evaluated { measures: (0..experiment.measures().len()).map(of).collect() })
}

impl Evaluated {
    /// The points, each with its part of the design and its place there.
    pub(super) fn points(
        &self,
        places: Vec<Vec<f64>>,
        part: impl Fn(usize) -> (String, usize),
    ) -> Vec<InputPoint> {
        let values = |at: usize| {
            self.measures.iter().map(move |measure| measure.as_ref().map(|(values, _)| values[at]))
        };
        let point = |(at, place)| {
            let (part, row) = part(at);
            InputPoint { part, row, place, values: values(at).collect() }
        };
        places.into_iter().enumerate().map(point).collect()
    }
}
