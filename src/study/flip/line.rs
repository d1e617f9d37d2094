//! Readings along a line, and the place on it where an answer stops to hold.

use super::criterion::{Margins, TIE};
use super::itp::Itp;
use crate::study::StudyError;

/// What was found at places along a line, from left to right; `None` where nothing can be.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    places: Vec<(f64, Option<Margins>)>,
}

/// A place where an answer stops to hold, on the way from a place where it does.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Crossing {
    /// The first place found where it does not hold.
    pub(super) at: f64,
    /// The last place before that where it does.
    pub(super) before: f64,
    /// The last place before where it holds by more than the error; `None` where it does nowhere on the line.
    pub(super) near: Option<f64>,
    /// The first place after where it fails by more than the error; `None` as above.
    pub(super) far: Option<f64>,
    /// The answer that holds instead.
    pub(super) after: usize,
}

/// How narrowly crossings are wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fineness {
    /// Where distances are measured from.
    pub(super) origin: f64,
    /// As a share of the distance from there.
    pub(super) share: f64,
    /// And never more narrowly than this.
    pub(super) least: f64,
}

/// The ends of the interval are wanted to this share of their distance from the crossing.
const OF_INTERVAL: f64 = 0.1;

/// So many rounds, at most: halving from the range to the least width takes far fewer.
const MOST_ROUNDS: usize = 200;

/// What is looked for: a lead of 0, or where the interval's ends pass it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edge {
    Value,
    Near,
    Far,
}

/// A search for the first place, from a start and in one direction, where an answer does not hold.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Search {
    held: usize,
    start: f64,
    upwards: bool,
    fineness: Fineness,
    /// Whether margins have a Monte Carlo error.
    uncertain: bool,
    steps: [Option<Itp>; 3],
}

/// The two places between which something changes, each with its number.
type Bracket = [(f64, f64); 2];

impl Line {
    /// Adds what was found at a place, once.
    pub(super) fn add(&mut self, at: f64, found: Option<Margins>) {
        let index = self.places.partition_point(|(place, _)| *place < at);
        if self.places.get(index).is_none_or(|(place, _)| *place != at) {
            self.places.insert(index, (at, found));
        }
    }

    /// What was found there.
    pub(super) fn at(&self, at: f64) -> Option<&Margins> {
        self.places.iter().find(|(place, _)| *place == at)?.1.as_ref()
    }

    /// Everything on the line.
    pub(super) fn places(&self) -> &[(f64, Option<Margins>)] {
        &self.places
    }

    /// The places, in the order in which one meets them.
    fn way(&self, upwards: bool) -> Vec<(f64, Option<&Margins>)> {
        let mut way: Vec<_> = self.places.iter().map(|(at, found)| (*at, found.as_ref())).collect();
        if !upwards {
            way.reverse();
        }
        way
    }
}

impl Search {
    /// A search for where `held`, which holds at `start`, stops to do so.
    pub(super) fn new(held: usize, start: f64, upwards: bool, fineness: Fineness, uncertain: bool) -> Self {
        Self { held, start, upwards, fineness, uncertain, steps: [None; 3] }
    }

    /// Between which places the edge lies, as far as the line shows.
    fn bracket(&self, line: &Line, edge: Edge) -> Option<Bracket> {
        let way = line.way(self.upwards);
        let start = way.iter().position(|(at, _)| *at == self.start)?;
        let lead = |index: usize| way.get(index)?.1.map(|found| found.leads[self.held]);
        let first = (start..way.len()).find(|&at| lead(at).is_none_or(|lead| lead.value <= TIE))?;
        lead(first)?;
        if first == start {
            return None;
        }
        let pair = |one: usize, value: fn(&crate::stats::Estimate) -> f64| {
            let place = |at: usize| Some((way[at].0, value(&lead(at)?)));
            Some([place(one)?, place(one + 1)?])
        };
        match edge {
            Edge::Value => pair(first - 1, |lead| lead.value),
            Edge::Near => {
                let clear = (0..first).rev().find(|&at| lead(at).is_none_or(|lead| lead.low > TIE))?;
                pair(clear, |lead| lead.low)
            }
            Edge::Far => {
                let lost = (first..way.len()).find(|&at| lead(at).is_none_or(|lead| lead.high < -TIE))?;
                lead(lost)?;
                pair(lost - 1, |lead| lead.high)
            }
        }
    }

    /// How narrow a bracket is wanted.
    fn wanted(&self, line: &Line, edge: Edge, [_, (outer, _)]: Bracket) -> Option<f64> {
        let [_, (crossing, _)] = self.bracket(line, Edge::Value)?;
        let wanted = (self.fineness.share * (crossing - self.fineness.origin).abs()).max(self.fineness.least);
        Some(match edge {
            Edge::Value => wanted,
            Edge::Near | Edge::Far => wanted.max(OF_INTERVAL * (outer - crossing).abs()),
        })
    }

    /// Where to look next; `None` where all that is wanted is known.
    fn next(&mut self, line: &Line) -> Option<f64> {
        let edges = if self.uncertain { &[Edge::Value, Edge::Near, Edge::Far][..] } else { &[Edge::Value] };
        edges.iter().find_map(|&edge| {
            let bracket = self.bracket(line, edge)?;
            let [a, b] = match edge {
                // What is measured is the lead from the side on which it is clear.
                Edge::Far => [bracket[1], bracket[0]],
                Edge::Value | Edge::Near => bracket,
            };
            let wanted = self.wanted(line, edge, [b, a])?;
            let width = (b.0 - a.0).abs();
            if width <= wanted {
                return None;
            }
            let steps = self.steps[edge as usize].get_or_insert_with(|| Itp::new(width, wanted));
            if steps.is_done(width) {
                *steps = Itp::new(width, wanted);
            }
            Some(steps.next(a, b))
        })
    }

    /// What was found: `None` where the answer holds as far as can be seen.
    pub(super) fn crossing(&self, line: &Line) -> Option<Crossing> {
        let [(before, _), (at, _)] = self.bracket(line, Edge::Value)?;
        let (near, far) = if self.uncertain {
            let near = self.bracket(line, Edge::Near).map(|[(near, _), _]| near);
            (near, self.bracket(line, Edge::Far).map(|[_, (far, _)]| far))
        } else {
            (Some(at), Some(at))
        };
        let after = line.at(at)?.besides(self.held);
        Some(Crossing { at, before, near, far, after })
    }
}

/// A line with the searches on it.
#[derive(Clone, Debug, Default)]
pub(super) struct Track {
    pub(super) line: Line,
    pub(super) searches: Vec<Search>,
    /// Whether only the crossing nearest to the origin is wanted.
    pub(super) nearest: bool,
}

impl Track {
    /// Where to look next.
    fn wanted(&mut self) -> Vec<f64> {
        let brackets: Vec<Option<(f64, f64)>> = self
            .searches
            .iter()
            .map(|search| {
                let [(near, _), (far, _)] = search.bracket(&self.line, Edge::Value)?;
                let distance = |at: f64| (at - search.fineness.origin).abs();
                Some((distance(near), distance(far)))
            })
            .collect();
        let least = brackets.iter().flatten().map(|(_, far)| *far).fold(f64::INFINITY, f64::min);
        let (line, nearest) = (&self.line, self.nearest);
        let open = self.searches.iter_mut().zip(brackets);
        let open = open.filter(|(_, bracket)| !nearest || bracket.is_some_and(|(near, _)| near < least));
        let mut wanted: Vec<f64> = open.filter_map(|(search, _)| search.next(line)).collect();
        wanted.sort_by(f64::total_cmp);
        wanted.dedup();
        wanted
    }

    /// The crossing nearest to the origin.
    pub(super) fn first(&self) -> Option<Crossing> {
        let found = self.searches.iter().filter_map(|search| {
            let crossing = search.crossing(&self.line)?;
            Some(((crossing.at - search.fineness.origin).abs(), crossing))
        });
        found.min_by(|(one, _), (other, _)| one.total_cmp(other)).map(|(_, crossing)| crossing)
    }
}

/// Looks at places, in rounds, until every search knows what it wants to. `look` gives what there is at places of
/// lines, in their order.
pub(super) fn refine(
    tracks: &mut [Track],
    mut look: impl FnMut(&[(usize, f64)]) -> Result<Vec<Option<Margins>>, StudyError>,
) -> Result<(), StudyError> {
    for _ in 0..MOST_ROUNDS {
        let places: Vec<(usize, f64)> = tracks
            .iter_mut()
            .enumerate()
            .flat_map(|(index, track)| track.wanted().into_iter().map(move |at| (index, at)))
            .collect();
        if places.is_empty() {
            break;
        }
        let found = look(&places)?;
        for ((index, at), found) in places.into_iter().zip(found) {
            tracks[index].line.add(at, found);
        }
    }
    Ok(())
}
