//! Two measures over the same plays: what is summed, and what their difference is.

use std::ops::Range;

use super::clusters::Clusters;
use super::measure::{Kind, MeasureObserver, PlannedMeasure};
use super::prepare::Prepared;
use super::runner::Block;
use super::tree::Merge;
use crate::scenario::Ratio;
use crate::simulate::{Chance, PlaySampler};
use crate::stats::{Estimate, PairedMoments, PairedProducts, ProductMoments};

/// A numerator and a denominator.
type Sums = (f64, f64);

/// A measure of one of several scenarios that are played side by side.
#[derive(Clone, Debug)]
pub(crate) struct MeasureRef {
    /// Which of the scenarios.
    pub(crate) side: usize,
    /// What it needs.
    pub(crate) planned: PlannedMeasure,
    /// Which of the factors that the scenario's plays are asked for are its own.
    place: Range<usize>,
}

/// A measure, and what it is held against.
#[derive(Clone, Debug)]
pub(crate) struct MeasurePair {
    /// `None`: what can never happen in its scenario.
    pub(crate) first: Option<MeasureRef>,
    /// `None`: what can never happen; of a measure that is held against nothing, it is not read.
    pub(crate) second: Option<MeasureRef>,
    /// Whether it is held against nothing, or a number.
    pub(crate) alone: bool,
    /// What the values of both are like.
    pub(crate) kind: Kind,
}

/// Everything that the plays of several scenarios, side by side, are asked for.
#[derive(Clone, Debug)]
pub(crate) struct SideBySide {
    /// `factors[side]`
    factors: Vec<Vec<Ratio>>,
    pub(crate) pairs: Vec<MeasurePair>,
}

impl SideBySide {
    /// Nothing yet, of so many scenarios.
    pub(crate) fn new(sides: usize) -> Self {
        Self { factors: vec![Vec::new(); sides], pairs: Vec::new() }
    }

    /// Asks a side for a measure.
    pub(crate) fn measure(&mut self, side: usize, planned: PlannedMeasure) -> MeasureRef {
        let factors = &mut self.factors[side];
        let begin = factors.len();
        factors.extend_from_slice(&planned.factors);
        MeasureRef { side, place: begin..factors.len(), planned }
    }

    /// Nothing summed yet.
    pub(crate) fn nothing(&self) -> Vec<PairedSums> {
        self.pairs.iter().map(PairedSums::new).collect()
    }

    /// What the plays of one side are asked for.
    pub(crate) fn factors(&self, side: usize) -> &[Ratio] {
        &self.factors[side]
    }

    /// Adds a play of all sides, or another cluster: `rows[side][factor]`.
    pub(crate) fn push(&self, sums: &mut [PairedSums], rows: &[&[Sums]]) {
        for (sums, pair) in sums.iter_mut().zip(&self.pairs) {
            let real = matches!(pair.kind, Kind::Real { .. });
            sums.push(pair.first_of(rows), pair.second_of(rows), real);
        }
    }

    /// A block of plays of all sides.
    pub(crate) fn play(&self, runs: &[Prepared<'_>], block: &Block<'_>, chance: &Chance) -> Vec<PairedSums> {
        let rows: Vec<Vec<Sums>> = (0..runs.len())
            .map(|side| {
                let table = &block.tables[side];
                let mut observer = MeasureObserver::new(table.layout(), &self.factors[side]);
                PlaySampler::new(table, runs[side].slots, chance)
                    .play(block.replications.clone(), &mut observer);
                observer.rows
            })
            .collect();
        self.sum(&rows, block)
    }

    /// The sums over a block's plays: `rows[side][play * factors + factor]`.
    pub(crate) fn sum(&self, rows: &[Vec<Sums>], block: &Block<'_>) -> Vec<PairedSums> {
        let mut sums = self.nothing();
        let plays = usize::try_from(block.replications.end - block.replications.start).unwrap_or(0);
        for play in 0..plays {
            let of_side = |(rows, factors): (_, &Vec<Ratio>)| -> &[Sums] {
                let rows: &Vec<Sums> = rows;
                &rows[play * factors.len()..][..factors.len()]
            };
            let rows: Vec<&[Sums]> = rows.iter().zip(&self.factors).map(of_side).collect();
            self.push(&mut sums, &rows);
        }
        sums
    }

    /// A draw's sums as one cluster, each side as often as the draw weighs there; where there are no draws, each play
    /// stays a cluster of its own.
    pub(crate) fn of_draw(&self, draw: Option<u64>, sums: &[PairedSums], weights: &[f64]) -> Vec<PairedSums> {
        if draw.is_none() {
            return sums.to_vec();
        }
        let mut clusters = self.nothing();
        for ((cluster, sums), pair) in clusters.iter_mut().zip(sums).zip(&self.pairs) {
            cluster.push_sum(sums, pair.weights(weights));
        }
        clusters
    }
}

/// What never happens: 0 of every play.
const NEVER: &[Sums] = &[(0.0, 1.0)];

impl MeasurePair {
    fn first_of<'r>(&self, rows: &[&'r [Sums]]) -> &'r [Sums] {
        self.first.as_ref().map_or(NEVER, |first| &rows[first.side][first.place.clone()])
    }

    fn second_of<'r>(&self, rows: &[&'r [Sums]]) -> &'r [Sums] {
        self.second.as_ref().map_or(NEVER, |second| &rows[second.side][second.place.clone()])
    }

    /// What a draw weighs for the first and for the second; each is the other's where one never happens.
    fn weights(&self, weights: &[f64]) -> (f64, f64) {
        let of = |measure: &Option<MeasureRef>| measure.as_ref().map(|measure| weights[measure.side]);
        let (first, second) = (of(&self.first), of(&self.second));
        (first.or(second).unwrap_or(1.0), second.or(first).unwrap_or(1.0))
    }

    /// The first, alone, with its own interval.
    pub(crate) fn alone(&self, sums: &PairedSums, plays: f64, clusters: Clusters) -> Option<Estimate> {
        let planned = &self.first.as_ref()?.planned;
        match sums {
            PairedSums::Ratios(pair) => {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
                let trials = pair.first.denominator() as u64;
                planned.kind.of_plays(&pair.first, trials, clusters)
            }
            PairedSums::Product(product) => clusters
                .judge(product.value(), |critical| product.estimate(&planned.farthest(plays), critical)),
            PairedSums::Products(_) => None,
        }
    }

    /// The first less the second, with its paired interval; `exactly`: see [`Kind::difference`].
    pub(crate) fn difference(
        &self,
        sums: &PairedSums,
        exactly: bool,
        (plays, clusters): (f64, Clusters),
    ) -> Option<Estimate> {
        match sums {
            PairedSums::Ratios(pair) => self.kind.difference(pair, exactly, clusters),
            PairedSums::Product(_) => None,
            PairedSums::Products(products) => {
                let value = products.first()? - products.second()?;
                if exactly && clusters.draws == 0 {
                    return Some(Estimate::exact(value));
                }
                let farthest = |measure: &Option<MeasureRef>| {
                    measure.as_ref().map_or_else(|| vec![(0.0, 0.0)], |one| one.planned.farthest(plays))
                };
                let (one, other) = (farthest(&self.first), farthest(&self.second));
                clusters.judge(Some(value), |critical| products.difference(&one, &other, critical))
            }
        }
    }
}

/// The sums of a measure and of what it is held against, another or nothing, over draws or over plays.
#[derive(Clone, Debug)]
pub(crate) enum PairedSums {
    /// Both are ratios of means.
    Ratios(PairedMoments),
    /// A product of ratios, held against nothing.
    Product(ProductMoments),
    /// One of the two is a product of ratios.
    Products(PairedProducts),
}

impl PairedSums {
    /// Nothing yet.
    fn new(pair: &MeasurePair) -> Self {
        let factors = |measure: &Option<MeasureRef>| {
            measure.as_ref().map_or(1, |measure| measure.planned.factors.len())
        };
        match (factors(&pair.first), factors(&pair.second)) {
            (1, 1) => Self::Ratios(PairedMoments::default()),
            (factors, _) if pair.alone => Self::Product(ProductMoments::new(factors)),
            (first, second) => Self::Products(PairedProducts::new(first, second)),
        }
    }

    /// Adds a cluster: numerators and denominators of the first's factors, and of the second's; `real` ones may be far
    /// from 0.
    fn push(&mut self, first: &[Sums], second: &[Sums], real: bool) {
        match self {
            Self::Ratios(pair) if real => pair.push_near(first[0], second[0]),
            Self::Ratios(pair) => pair.push(first[0], second[0]),
            Self::Product(product) => product.push_near(first),
            Self::Products(products) => products.push_near(first, second),
        }
    }

    /// Adds all clusters of another, taken together, as one cluster.
    fn push_sum(&mut self, inner: &Self, weights: (f64, f64)) {
        match (self, inner) {
            (Self::Ratios(mine), Self::Ratios(inner)) => mine.push_sum(inner, weights),
            (Self::Product(mine), Self::Product(inner)) => mine.push_sum(inner, weights.0),
            (Self::Products(mine), Self::Products(inner)) => mine.push_sum(inner, weights),
            _ => {}
        }
    }

    /// The first measure.
    pub(crate) fn value(&self) -> Option<f64> {
        match self {
            Self::Ratios(pair) => pair.first.ratio(),
            Self::Product(product) => product.value(),
            Self::Products(products) => products.first(),
        }
    }

    /// The second measure.
    pub(crate) fn against(&self) -> Option<f64> {
        match self {
            Self::Ratios(pair) => pair.second.ratio(),
            Self::Product(_) => None,
            Self::Products(products) => products.second(),
        }
    }

    /// How many times wider the interval of two independent runs would be.
    pub(crate) fn tighter(&self, paired: &Estimate, clusters: Clusters) -> Option<f64> {
        paired.interval()?;
        match self {
            Self::Ratios(pair) => pair.tighter(paired, clusters.critical()),
            Self::Product(_) => None,
            Self::Products(products) => products.tighter(paired, clusters.critical()),
        }
    }
}

impl Merge for PairedSums {
    fn merge(&mut self, other: &Self) {
        match (self, other) {
            (Self::Ratios(mine), Self::Ratios(theirs)) => mine.merge(theirs),
            (Self::Product(mine), Self::Product(theirs)) => mine.merge(theirs),
            (Self::Products(mine), Self::Products(theirs)) => mine.merge(theirs),
            _ => {}
        }
    }
}
