//! The patient rule induction method (PRIM): boxes in which something happens more often than elsewhere.
//!
//! Takes points with a mark each, and gives out a row of ever denser boxes, from everything to the densest, from which
//! people choose. Pure numerics: nothing here knows what a column stands for.
//!
//! The method is greedy and patient: each step cuts off little, so that a cut that looks good by chance costs few
//! points, and what was cut too far is taken back at the end. Which of equal cuts is made is settled by an order that
//! depends on nothing but columns, so that the same points give the same boxes.

mod binomial;
#[cfg(test)]
mod tests;

use binomial::at_least;

/// Points, and at which of them that happens for which boxes are sought.
///
/// # Examples
/// ```
/// use demarche::stats::prim::{Cases, Peeling};
/// let points: Vec<Vec<f64>> = (0..100).map(|point| vec![f64::from(point), f64::from(point % 7)]).collect();
/// let hits: Vec<f64> = (0..100).map(|point| if point < 40 { 1.0 } else { 0.0 }).collect();
/// let cases = Cases { points: &points, hits: &hits };
/// let everything: Vec<usize> = (0..100).collect();
/// let steps = cases.trajectory(&everything, &Peeling::default());
/// let last = steps.last().unwrap();
/// assert_eq!((last.coverage, last.density, last.restricted), (0.975, 1.0, 1));
/// assert_eq!(last.limits, [(0.0, 38.5), (0.0, 6.0)]);
/// ```
///
/// # References
/// Friedman and Fisher (1999), Bump hunting in high-dimensional data, Statistics and Computing 9(2), 123-143.
/// Bryant and Lempert (2010), Thinking inside the box: a participatory, computer-assisted approach to scenario
/// discovery, Technological Forecasting and Social Change 77(1), 34-49, for coverage, density and the
/// significance of limits. What is gained for each point that is given up (14.6 of the first), and limits between
/// points, as in Kwakkel's EMA Workbench (2017), Environmental Modelling and Software 96, 239-250.
#[derive(Clone, Copy, Debug)]
pub struct Cases<'a> {
    /// `points[point][column]`: finite numbers, in any units. All have as many columns.
    pub points: &'a [Vec<f64>],
    /// For each point, 1 where it is a hit, 0 where it is none, or a number between.
    pub hits: &'a [f64],
}

/// How boxes are cut down and widened again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Peeling {
    /// The share of a box's points that is cut off in a step; above 0, below 0.5.
    pub peel: f64,
    /// The share of the points beyond a limit that is taken back in a step; above 0, below 0.5.
    pub paste: f64,
    /// The least share of all points that a box holds.
    pub least_mass: f64,
}

impl Default for Peeling {
    fn default() -> Self {
        Self { peel: 0.05, paste: 0.05, least_mass: 0.05 }
    }
}

/// A box on the way from everything to the densest.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The least and the greatest number of each column, both within.
    pub limits: Vec<(f64, f64)>,
    /// The points that it holds.
    pub inside: Vec<usize>,
    /// The share of all hits that it holds.
    pub coverage: f64,
    /// The share of its points that are hits.
    pub density: f64,
    /// The share of all points that it holds.
    pub mass: f64,
    /// How many columns it limits.
    pub restricted: usize,
}

/// The ends of a column at which a box may limit it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// The lower one.
    Low,
    /// The upper one.
    High,
    /// Both.
    Both,
}

/// A box that a step may lead to.
struct Candidate {
    limits: Vec<(f64, f64)>,
    inside: Vec<usize>,
    restricted: usize,
    /// What the mean gains for each point that is given up or taken in.
    gain: f64,
}

impl Cases<'_> {
    /// The least and the greatest number of each column.
    #[must_use]
    pub fn ranges(&self) -> Vec<(f64, f64)> {
        let columns = self.points.first().map_or(0, Vec::len);
        let range = |column: usize| {
            let numbers = self.points.iter().map(|point| point[column]);
            numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), number| {
                (low.min(number), high.max(number))
            })
        };
        (0..columns).map(range).collect()
    }

    /// The boxes from everything to the densest: of the points in `left`, first by peeling, then by pasting.
    ///
    /// A peel cuts a share of the box's points off at one end of one column; of all such cuts that one is made
    /// whose box gains most in density for each point that it loses; of equally good ones that which limits fewer
    /// columns, then the first. Peeling ends where none gains, or where the box would be too small. A paste moves
    /// a limit back by a share of the points beyond it, as long as that makes the box denser. Points that are
    /// alike in a column stay together. The first step holds all of `left`; coverage and mass are shares of all
    /// hits and points. Empty where `left` is. O(steps x columns x points log points).
    #[must_use]
    pub fn trajectory(&self, left: &[usize], how: &Peeling) -> Vec<Step> {
        if left.is_empty() {
            return Vec::new();
        }
        let ranges = self.ranges();
        let mut steps = vec![self.step(ranges.clone(), left.to_vec(), 0)];
        // All peels first, then all pastes: a box is widened only once nothing is gained by cutting.
        for pasting in [false, true] {
            loop {
                let last = &steps[steps.len() - 1];
                let candidates = if pasting {
                    self.pastes(last, left, &ranges, how)
                } else {
                    self.peels(last, &ranges, how)
                };
                let Some(best) = best(candidates) else { break };
                let next = self.step(best.limits, best.inside, best.restricted);
                // Points alike in a column stay together, so a cut may leave the box as it was: then the way ends.
                let moves = (next.inside.len() > last.inside.len()) == pasting;
                if !moves || best.gain <= 0.0 || next.mass < how.least_mass {
                    break;
                }
                steps.push(next);
            }
        }
        steps
    }

    /// How likely a box without one of its limits would give as many hits as it has with it, or more, by chance
    /// alone: the tail of the binomial distribution with as many trials as the box has points, and the density
    /// without the limit (the quasi-p-value of Bryant and Lempert 2010). It does not know that the limit was
    /// chosen among many, so it is too small, as a rule; a large one says that the limit may as well be dropped.
    ///
    /// `left` as the box was sought in. Nothing where there is no such limit, or where hits are no counts.
    #[must_use]
    pub fn p_value(&self, left: &[usize], step: &Step, column: usize, ends: Ends) -> Option<f64> {
        let range = self.ranges()[column];
        let mut limits = step.limits.clone();
        let (low, high) = limits[column];
        limits[column] = match ends {
            Ends::Low => (range.0, high),
            Ends::High => (low, range.1),
            Ends::Both => range,
        };
        // The binomial distribution counts hits: shares of a hit have no such tail.
        let counts = left.iter().all(|&point| self.hits[point] == 0.0 || self.hits[point] == 1.0);
        if limits[column] == (low, high) || !counts {
            return None;
        }
        let without = self.within(left, &limits);
        let hits = self.hits_of(&step.inside);
        Some(at_least(hits, number(step.inside.len()), self.hits_of(&without) / number(without.len())))
    }

    /// A step's box without its limits of one column.
    #[must_use]
    pub fn without(&self, left: &[usize], step: &Step, column: usize) -> Step {
        let ranges = self.ranges();
        let mut limits = step.limits.clone();
        let freed = usize::from(limits[column] != ranges[column]);
        limits[column] = ranges[column];
        let inside = self.within(left, &limits);
        self.step(limits, inside, step.restricted - freed)
    }

    fn step(&self, limits: Vec<(f64, f64)>, inside: Vec<usize>, restricted: usize) -> Step {
        let hits = self.hits_of(&inside);
        let all: f64 = self.hits.iter().sum();
        Step {
            coverage: if all > 0.0 { hits / all } else { 0.0 },
            density: hits / number(inside.len()),
            mass: number(inside.len()) / number(self.points.len()),
            restricted,
            limits,
            inside,
        }
    }

    fn hits_of(&self, points: &[usize]) -> f64 {
        points.iter().map(|&point| self.hits[point]).sum()
    }

    /// The points among `left` that a box holds.
    fn within(&self, left: &[usize], limits: &[(f64, f64)]) -> Vec<usize> {
        let holds = |point: &&usize| {
            let numbers = self.points[**point].iter().zip(limits);
            numbers.into_iter().all(|(number, (low, high))| (*low..=*high).contains(number))
        };
        left.iter().filter(holds).copied().collect()
    }

    /// Every cut at an end of a column: the upper end first.
    fn peels(&self, last: &Step, ranges: &[(f64, f64)], how: &Peeling) -> Vec<Candidate> {
        let cut = |column: usize, ends: Ends| {
            // A share of the points that the box still holds, not of its width: empty space costs no peel.
            let sorted = self.sorted(&last.inside, column);
            let mut limits = last.limits.clone();
            match ends {
                Ends::Low => limits[column].0 = between(&sorted, how.peel),
                Ends::High | Ends::Both => limits[column].1 = between(&sorted, 1.0 - how.peel),
            }
            let inside = self.within(&last.inside, &limits);
            self.candidate(last, limits, inside, ranges)
        };
        (0..ranges.len()).flat_map(|column| [Ends::High, Ends::Low].map(|ends| cut(column, ends))).collect()
    }

    /// Every limit of a column that is limited, moved outwards: the lower end first.
    fn pastes(&self, last: &Step, left: &[usize], ranges: &[(f64, f64)], how: &Peeling) -> Vec<Candidate> {
        let widen = |column: usize, ends: Ends| {
            // Points beyond this limit alone: those that the other columns' limits keep in.
            let (low, high) = last.limits[column];
            let (least, most) = ranges[column];
            let mut beyond = last.limits.clone();
            beyond[column] = if ends == Ends::Low { (least, low) } else { (high, most) };
            let sorted = self.sorted(&self.within(left, &beyond), column);
            let mut limits = last.limits.clone();
            match ends {
                Ends::Low if sorted.is_empty() => limits[column].0 = least,
                Ends::Low => limits[column].0 = between(&sorted, 1.0 - how.paste),
                Ends::High | Ends::Both if sorted.is_empty() => limits[column].1 = most,
                Ends::High | Ends::Both => limits[column].1 = between(&sorted, how.paste),
            }
            let inside = self.within(left, &limits);
            self.candidate(last, limits, inside, ranges)
        };
        let limited = (0..ranges.len()).filter(|&column| last.limits[column] != ranges[column]);
        limited.flat_map(|column| [Ends::Low, Ends::High].map(|ends| widen(column, ends))).collect()
    }

    fn candidate(
        &self,
        last: &Step,
        limits: Vec<(f64, f64)>,
        inside: Vec<usize>,
        ranges: &[(f64, f64)],
    ) -> Candidate {
        let density = self.hits_of(&inside) / number(inside.len());
        let points = number(inside.len().abs_diff(last.inside.len()));
        let gain = if points > 0.0 { (density - last.density) / points } else { 0.0 };
        let restricted = limits.iter().zip(ranges).filter(|(limits, range)| limits != range).count();
        Candidate { limits, inside, restricted, gain }
    }

    fn sorted(&self, points: &[usize], column: usize) -> Vec<f64> {
        let mut numbers: Vec<f64> = points.iter().map(|&point| self.points[point][column]).collect();
        numbers.sort_unstable_by(f64::total_cmp);
        numbers
    }
}

/// The candidate that gains most; of equals that which limits fewer columns, then the first.
fn best(candidates: Vec<Candidate>) -> Option<Candidate> {
    candidates.into_iter().reduce(|best, next| {
        let better = next.gain > best.gain || (next.gain == best.gain && next.restricted < best.restricted);
        if better { next } else { best }
    })
}

/// A number halfway between the two of a sorted list between which a share of it ends. Where they are equal, the
/// end that lies towards the middle of the list stays, and the other moves on to the next number that differs.
fn between(sorted: &[f64], share: f64) -> f64 {
    let place = number(sorted.len() - 1) * share;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in the list")]
    let (mut low, mut high) = (place.floor() as usize, place.ceil() as usize);
    if share > 0.5 {
        while sorted[low] == sorted[high] && low > 0 {
            low -= 1;
        }
    } else {
        while sorted[low] == sorted[high] && high < sorted.len() - 1 {
            high += 1;
        }
    }
    f64::midpoint(sorted[low], sorted[high])
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn number(count: usize) -> f64 {
    count as f64
}
