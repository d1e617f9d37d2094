//! Two numbers at once: which answer holds where, and the line between.

use serde::{Deserialize, Serialize};

use super::criterion::{Criterion, Margins};
use super::line::{Fineness, Search, Track, refine};
use super::search_variable::SearchVariable;
use super::{Flipped, margins};
use crate::scenario::Changes;
use crate::study::{Experiment, NoAnswer, StudyError, Watch};

/// Which answer holds where, over two numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frontier {
    /// The first number, and the second.
    pub pair: [SearchVariable; 2],
    /// The scenario as it stands; `None` where the measure has no value there.
    pub base: Option<Margins>,
    /// The first number's positions, rising, and what there is at each.
    pub columns: Vec<Column>,
    /// Whether margins have a Monte Carlo error.
    pub uncertain: bool,
    /// Points that were looked at.
    pub points: usize,
    /// Why the first place without an answer has none; `None`: all have one.
    pub absent: Option<NoAnswer>,
}

/// What there is at one position of the first number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The position of the first number, in its own unit.
    pub first: f64,
    /// At each position of the second, rising.
    pub places: Vec<(f64, Option<Margins>)>,
    /// Where the answer changes, on the way up.
    pub boundaries: Vec<Boundary>,
}

/// A place where the answer changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Boundary {
    /// The second number's position there, its interval, and the answer above it.
    pub flipped: Flipped,
    /// The answer below it.
    pub below: usize,
}

impl Frontier {
    /// The answers below and above in the second number's value, of those below and above in its position.
    #[must_use]
    pub fn sides(&self, below: usize, above: usize) -> (usize, usize) {
        if self.pair[1].falls() { (above, below) } else { (below, above) }
    }
}

impl Column {
    /// The answer that holds wherever one was found; `None` where there is none.
    #[must_use]
    pub fn throughout(&self) -> Option<usize> {
        self.places.iter().find_map(|(_, found)| found.as_ref().map(Margins::answer))
    }
}

/// The second number's critical values are found to this share of its range.
const SHARE: f64 = 0.005;

/// Finds which answer holds at `points` by `points` (at least 2) positions of two variables, and the second's critical
/// values at each position of the first. What comes and goes between two positions is not seen.
///
/// # Errors
/// See [`StudyError`]; where the two numbers make the scenario unsound, there is no answer instead.
pub fn frontier(
    experiment: &Experiment<'_>,
    criterion: &Criterion,
    pair: [SearchVariable; 2],
    points: usize,
    watch: &dyn Watch,
) -> Result<Frontier, StudyError> {
    let [first, second] = &pair;
    let (columns, rows) = (first.grid(points), second.grid(points));
    let (mut looked, mut absent) = (1, None);
    let mut look = |places: &[(usize, f64)]| {
        let changes = places.iter().map(|&(column, position)| {
            let mut changes = Changes::default();
            first.turn(&mut changes, columns[column]);
            second.turn(&mut changes, position);
            changes
        });
        looked += places.len();
        let found = margins(experiment, criterion, &changes.collect::<Vec<_>>(), watch)?;
        Ok(found.into_iter().map(|found| known(found, &mut absent)).collect::<Vec<_>>())
    };
    let grid: Vec<(usize, f64)> =
        (0..columns.len()).flat_map(|column| rows.iter().map(move |&row| (column, row))).collect();
    let mut tracks = vec![Track::default(); columns.len()];
    for (&(column, row), found) in grid.iter().zip(look(&grid)?) {
        tracks[column].line.add(row, found);
    }
    let places: Vec<_> = tracks.iter().map(|track| track.line.places().to_vec()).collect();
    let helds: Vec<Vec<usize>> =
        tracks.iter_mut().map(|track| searches(track, second, experiment.is_uncertain())).collect();
    if second.entries.is_empty() {
        refine(&mut tracks, &mut look)?;
    }
    let base = margins(experiment, criterion, &[Changes::default()], watch)?.remove(0);
    let base = known(base, &mut absent);
    let columns = columns.iter().zip(tracks).zip(helds).zip(places);
    let columns = columns.map(|(((&first, track), helds), places)| {
        let found = track.searches.iter().map(|search| search.crossing(&track.line));
        let boundaries = found
            .zip(helds)
            .filter_map(|(crossing, below)| Some(Boundary { flipped: crossing?.into(), below }));
        Column { first, places, boundaries: boundaries.collect() }
    });
    let columns = columns.collect();
    Ok(Frontier { columns, base, uncertain: experiment.is_uncertain(), points: looked, absent, pair })
}

/// What is known of a place; the first reason for knowing nothing is kept.
fn known(found: Result<Option<Margins>, NoAnswer>, absent: &mut Option<NoAnswer>) -> Option<Margins> {
    found.unwrap_or_else(|why| {
        absent.get_or_insert(why);
        None
    })
}

/// Puts a search on the track for every change of the answer that the grid shows, and gives the answers below.
fn searches(track: &mut Track, second: &SearchVariable, uncertain: bool) -> Vec<usize> {
    let least = SHARE * (second.high - second.low);
    let fineness = Fineness { origin: second.start, share: 0.0, least };
    let mut helds = Vec::new();
    let mut last: Option<(f64, usize)> = None;
    let places = track.line.places().to_vec();
    for (index, (at, found)) in places.iter().enumerate() {
        let held = found.as_ref().and_then(|found| match last {
            // At the end of the range a tie is as far as it goes.
            Some((_, below)) if found.is_tied() && index + 1 == places.len() => Some(found.besides(below)),
            _ => Some(found.answer()).filter(|_| !found.is_tied()),
        });
        if let (Some((start, below)), Some(held)) = (last, held)
            && held != below
        {
            track.searches.push(Search::new(below, start, true, fineness, uncertain));
            helds.push(below);
        }
        last = held.map(|held| (*at, held)).or(last);
    }
    helds
}
