//! Following a curve that is given by equations: from a point on it, step by step, around folds and
//! straight on through crossings.
//!
//! # References
//! Allgower and Georg (1990), Numerical Continuation Methods: predictor and corrector steps along the
//! curve's own length, and crossings of branches told by the sign of a determinant.

use super::linear::Factors;
use super::place::{CROSSING, Place, dot, largest};

/// Equations whose solutions form a curve: as many as unknowns, and a parameter beside these.
pub trait Curve {
    /// How many equations and unknowns.
    fn dimension(&self) -> usize;

    /// How far the equations are from holding at `point` (the unknowns, then the parameter), and how that
    /// changes: a row for each equation with a column for each coordinate of `point`.
    fn evaluate(&mut self, point: &[f64], residual: &mut [f64], jacobian: &mut [f64]);

    /// How much the square of each coordinate counts in lengths near the point that was last evaluated, which is
    /// `point` or near it.
    fn metric(&self, point: &[f64], metric: &mut [f64]);

    /// Whether equations that fail so far at the point last evaluated do so by rounding alone.
    fn holds(&self, residual: &[f64]) -> bool;

    /// The longest step from the point last evaluated on which no coordinate that does not count there comes to
    /// count unawares.
    fn longest(&self, direction: &[f64]) -> f64;

    /// By which choice of coordinates points are told.
    fn base(&self) -> Vec<usize>;

    /// Goes back to such a choice.
    fn restore(&mut self, base: &[usize]);

    /// Chooses coordinates that suit a point, and tells the point and a direction by them. Whether they are other
    /// ones than before.
    fn rebase(&mut self, point: &mut [f64], direction: &mut [f64]) -> bool;
}

/// The curve could not be followed beyond a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stuck {
    /// The parameter there, in the curve's own unit.
    pub parameter: f64,
    /// Whether it goes on, but turns back so often that no more steps are taken.
    pub winds: bool,
}

/// The parameter grows by no more than this share of itself (or of 1) in a step, lest crossings that come
/// in pairs be stepped over unseen.
const GROWTH: f64 = 0.6;
/// Steps are as long as lets the first correction have about this length.
const CORRECTION: f64 = 0.1;
/// A first correction of more than that means that the step was too long.
const MOST_CORRECTION: f64 = 0.5;
/// The cosine of the largest angle between the directions at the two ends of a step.
const STRAIGHT: f64 = 0.9;
/// Corrections end where one is shorter than this: the error left is its square.
const CLOSE: f64 = 1e-8;
/// Where equations hold as closely as they can be told, corrections of that length say nothing.
const ROUGH: f64 = 1e-3;
/// Corrections of one step, at most.
const CORRECTIONS: usize = 12;
/// A curve is followed for so many steps, at most,
const STEPS: usize = 50_000;
/// and fewer where each, as the cube of the unknowns, takes longer: all of them together take about ten seconds.
const WORK: usize = 4_000_000_000;
/// A step that would lead so nearly to the target is stretched to end there.
const NEARLY: f64 = 1.25;
/// The shortest step.
const SHORTEST: f64 = 1e-11;
/// Directions are clear at the end of steps at least this long. At a distance d from a crossing, rounding turns
/// them by about its share over d^2: nearer than its root, they are noise.
const CLEAR: f64 = 1e-5;
/// So often, at most, is the way to a target tried, each time with other steps: where one of them happens
/// to end in the noise at a crossing, those of the next do not.
const ATTEMPTS: usize = 6;
/// The first step of an attempt, as a share of that of the one before.
const SHORTER: f64 = 0.7;

/// Where a step led.
struct Step {
    place: Place,
    /// The length of the first correction.
    correction: f64,
}

/// A step over which the sign changed, kept until it is clear whether branches cross there.
struct Leap {
    place: Place,
    /// The last place before it of which the direction is clear.
    before: Place,
    length: f64,
    /// How much of the step has been taken in shorter ones since.
    walked: f64,
}

/// Follows a curve.
#[derive(Debug)]
pub struct Tracer {
    at: Place,
    length: f64,
    /// Steps that may still be taken.
    left: usize,
    /// Parameters, in the curve's own unit, where other branches cross the one that was followed.
    pub crossings: Vec<f64>,
    factors: Factors,
    residual: Vec<f64>,
    jacobian: Vec<f64>,
    side: Vec<f64>,
    metric: Vec<f64>,
}

impl Tracer {
    /// Starts on a curve at `point`, in the direction in which the parameter grows.
    ///
    /// # Errors
    /// If the curve has no such direction there.
    pub fn new(curve: &mut impl Curve, point: Vec<f64>) -> Result<Self, Stuck> {
        let n = curve.dimension();
        let mut upwards = vec![0.0; n + 1];
        upwards[n] = 1.0;
        let metric = vec![1.0; n + 1];
        let at = Place { point, tangent: upwards.clone(), metric: metric.clone(), longest: 1.0, sign: 1.0 };
        let mut tracer = Self {
            at,
            length: 1.0,
            left: STEPS.min(WORK / (n + 1).saturating_pow(3)),
            crossings: Vec::new(),
            factors: Factors::new(n + 1),
            residual: vec![0.0; n],
            jacobian: vec![0.0; n * (n + 1)],
            side: vec![0.0; n + 1],
            metric,
        };
        let at = tracer.at.point.clone();
        curve.evaluate(&at, &mut tracer.residual, &mut tracer.jacobian);
        if !tracer.factor(&upwards) {
            return Err(Stuck { parameter: at[n], winds: false });
        }
        tracer.at = tracer.placed(curve, at, &upwards);
        Ok(tracer)
    }

    /// The place reached: the unknowns, then the parameter.
    #[must_use]
    pub fn point(&self) -> &[f64] {
        &self.at.point
    }

    /// The direction in which the curve goes on there.
    #[must_use]
    pub fn direction_here(&self) -> &[f64] {
        &self.at.tangent
    }

    /// Follows the curve until its parameter first reaches `target`, from below.
    ///
    /// # Errors
    /// If the curve cannot be followed so far.
    pub fn reach(&mut self, curve: &mut impl Curve, target: f64) -> Result<(), Stuck> {
        let (start, base, mut length, crossings) =
            (self.at.clone(), curve.base(), self.length, self.crossings.len());
        let mut reached = self.attempt(curve, target);
        for _ in 1..ATTEMPTS {
            if reached.is_ok() || self.left == 0 {
                break;
            }
            self.at = start.clone();
            curve.restore(&base);
            length *= SHORTER;
            self.length = length;
            self.crossings.truncate(crossings);
            reached = self.attempt(curve, target);
        }
        reached
    }

    fn attempt(&mut self, curve: &mut impl Curve, target: f64) -> Result<(), Stuck> {
        let n = curve.dimension();
        let mut leap: Option<Leap> = None;
        while self.left > 0 {
            self.left -= 1;
            if leap.is_none() && curve.rebase(&mut self.at.point, &mut self.at.tangent) {
                self.measure(curve);
            }
            let parameter = self.at.point[n];
            let (length, lands) = self.stride(parameter, self.at.tangent[n], target);
            let step = self.step(curve, length, lands.then_some(target));
            // Where the curve bends towards the target, a step may pass it unawares.
            let step = step.filter(|step| lands || step.place.point[n] < target);
            match step {
                // Where it lands on a crossing itself, the sign is noise, and nobody goes on from there.
                Some(step) if step.place.sign == self.at.sign || (lands && step.place.sign == 0.0) => {
                    self.take(step, length, lands, &mut leap);
                    if lands {
                        return Ok(());
                    }
                }
                step if length > CROSSING => {
                    self.length = length / 2.0;
                    if let Some(Step { place, .. }) = step {
                        let before = self.at.clone();
                        leap.get_or_insert(Leap { place, before, length, walked: 0.0 });
                    }
                }
                None if leap.is_none() && length > SHORTEST => self.length = length / 2.0,
                _ => {
                    let over = leap
                        .take()
                        .filter(|over| self.goes_on(over))
                        .ok_or(Stuck { parameter, winds: false })?;
                    self.crossings.push(parameter);
                    self.length = over.length;
                    self.at = over.place;
                    if self.at.point[n] == target {
                        return Ok(());
                    }
                }
            }
        }
        Err(Stuck { parameter: self.at.point[n], winds: true })
    }

    /// Measures lengths anew where coordinates are other ones.
    fn measure(&mut self, curve: &mut impl Curve) {
        let at = &mut self.at;
        curve.evaluate(&at.point, &mut self.residual, &mut self.jacobian);
        curve.metric(&at.point, &mut at.metric);
        let length = dot(&at.metric, &at.tangent, &at.tangent).sqrt();
        at.tangent.iter_mut().for_each(|coordinate| *coordinate /= length);
        at.longest = curve.longest(&at.tangent);
    }

    /// How long the next step should be, and whether it should end at the target.
    fn stride(&self, parameter: f64, rising: f64, target: f64) -> (f64, bool) {
        let length = self.length.min(self.at.longest);
        if rising <= 0.0 {
            return (length, false);
        }
        let length = length.min(GROWTH * parameter.max(1.0) / rising);
        let lands = parameter + NEARLY * length * rising >= target;
        (if lands { (target - parameter) / rising } else { length }, lands)
    }

    fn take(&mut self, step: Step, length: f64, lands: bool, leap: &mut Option<Leap>) {
        self.at = step.place;
        let growth = (CORRECTION / step.correction.max(1e-3 * CORRECTION)).sqrt().max(0.5);
        match leap {
            // Short steps to a target say nothing of how long they might be.
            None if lands => self.length = self.length.max(length * growth.min(3.0)),
            None => self.length = length * growth.min(3.0),
            Some(over) => {
                over.walked += length;
                if length >= CLEAR {
                    over.before = self.at.clone();
                }
                self.length = length * growth.min(1.2);
                if over.walked > over.length {
                    *leap = None;
                }
            }
        }
    }

    /// Whether the branch goes smoothly on to the far end of a step over a crossing: it has not turned
    /// since its direction was last clear, and has the same one there.
    fn goes_on(&self, over: &Leap) -> bool {
        over.before.leads_to(&self.at) && over.before.straight_to(&over.place) >= STRAIGHT
    }

    /// A step of that length, to a point on the curve at right angles to the direction, or, where it
    /// lands, to a point of that parameter. `None` where it would be too long.
    fn step(&mut self, curve: &mut impl Curve, length: f64, landing: Option<f64>) -> Option<Step> {
        let n = curve.dimension();
        let along = |(at, by): (&f64, &f64)| at + length * by;
        let mut point: Vec<f64> = self.at.point.iter().zip(&self.at.tangent).map(along).collect();
        let mut row: Vec<f64> = self.at.tangent.iter().zip(&self.at.metric).map(|(by, m)| by * m).collect();
        if let Some(target) = landing {
            row.fill(0.0);
            row[n] = 1.0;
            point[n] = target;
        }
        let (mut first, mut last) = (0.0, f64::INFINITY);
        for correction in 0..CORRECTIONS {
            curve.evaluate(&point, &mut self.residual, &mut self.jacobian);
            let holds = curve.holds(&self.residual);
            if !self.factor(&row) {
                // The one place where nothing need be solved: the equations hold already.
                let place = Place { point, sign: 0.0, ..self.at.clone() };
                return (landing.is_some() && holds).then_some(Step { place, correction: first });
            }
            for (side, residual) in self.side.iter_mut().zip(&self.residual) {
                *side = -residual;
            }
            self.side[n] = 0.0;
            self.factors.solve(&mut self.side);
            curve.metric(&point, &mut self.metric);
            for (here, there) in self.metric.iter_mut().zip(&self.at.metric) {
                *here = here.max(*there);
            }
            for (at, by) in point.iter_mut().zip(&self.side) {
                *at += by;
            }
            let moved = largest(&self.metric, &self.side);
            if correction == 0 {
                first = dot(&self.metric, &self.side, &self.side).sqrt();
            }
            let settled = landing.is_none() || moved >= last / 2.0 || moved <= f64::EPSILON;
            // Close to a crossing, corrections magnify the rounding of equations that hold already.
            // What cannot be told more closely is not.
            let still = moved > last / 2.0 && moved <= ROUGH;
            let holds = holds && (landing.is_none() || still);
            if moved <= CLOSE && settled || holds && (first <= length || still) {
                let place = self.placed(curve, point, &row);
                let place = self.straight(place, landing.is_some(), length)?;
                return Some(Step { place, correction: first });
            }
            let too_far = first > MOST_CORRECTION || first > length.max(CLOSE);
            if too_far || !moved.is_finite() || moved > last / 2.0 {
                return None;
            }
            last = moved;
        }
        None
    }

    /// The place at a point of the curve, near where the derivatives over `row` have just been taken apart.
    fn placed(&self, curve: &impl Curve, point: Vec<f64>, row: &[f64]) -> Place {
        let mut metric = vec![0.0; point.len()];
        curve.metric(&point, &mut metric);
        let (tangent, sign) = self.direction(row, &metric);
        let longest = curve.longest(&tangent);
        Place { point, tangent, metric, longest, sign }
    }

    /// A step's end, unless the curve has turned too much there. Where a short step lands straight ahead,
    /// it is at a crossing, of which the directions are noise.
    fn straight(&self, mut place: Place, lands: bool, length: f64) -> Option<Place> {
        if self.at.straight_to(&place) >= STRAIGHT {
            return Some(place);
        }
        place.tangent.clone_from(&self.at.tangent);
        place.sign = 0.0;
        (lands && length <= CLEAR && self.at.leads_to(&place)).then_some(place)
    }

    /// Takes apart the equations' derivatives with one more row below them.
    fn factor(&mut self, row: &[f64]) -> bool {
        let matrix = self.factors.matrix();
        let (above, below) = matrix.split_at_mut(self.jacobian.len());
        above.copy_from_slice(&self.jacobian);
        below.copy_from_slice(row);
        self.factors.factor()
    }

    /// The direction of the curve where the derivatives over `row` have just been taken apart, on the side of
    /// the direction at hand; and the sign of their determinant over that direction.
    fn direction(&self, row: &[f64], metric: &[f64]) -> (Vec<f64>, f64) {
        let mut tangent = vec![0.0; row.len()];
        tangent[row.len() - 1] = 1.0;
        self.factors.solve(&mut tangent);
        let length = dot(metric, &tangent, &tangent).sqrt();
        let behind = dot(&self.at.metric, &tangent, &self.at.tangent) < 0.0;
        let length = if behind { -length } else { length };
        for coordinate in &mut tangent {
            *coordinate /= length;
        }
        // The determinant over a row is that over the direction, times the row's share of it.
        let share: f64 = row.iter().zip(&tangent).map(|(x, y)| x * y).sum();
        (tangent, self.factors.sign() * share.signum())
    }
}
