//! Places on a curve that is followed, and lengths there.

/// Where the determinant's sign changes over a step no longer than this, branches cross: were it a turn, such
/// steps would follow it.
pub(super) const CROSSING: f64 = 1e-7;

/// A place on a curve.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) point: Vec<f64>,
    /// The direction in which the curve is followed, of length 1.
    pub(super) tangent: Vec<f64>,
    /// How much the square of each coordinate counts in lengths here.
    pub(super) metric: Vec<f64>,
    /// The longest step from here.
    pub(super) longest: f64,
    /// The sign of the determinant of the equations' derivatives over the tangent: constant along a
    /// branch, other behind a crossing.
    pub(super) sign: f64,
}

impl Place {
    /// Whether another place lies straight ahead or behind.
    pub(super) fn leads_to(&self, other: &Self) -> bool {
        let moved: Vec<f64> = other.point.iter().zip(&self.point).map(|(to, from)| to - from).collect();
        let along = dot(&self.metric, &moved, &self.tangent);
        let aside: Vec<f64> =
            moved.iter().zip(&self.tangent).map(|(by, straight)| by - along * straight).collect();
        largest(&self.metric, &aside) <= CROSSING
    }

    /// The cosine of the angle between the directions here and there, as lengths are measured here or there,
    /// whatever makes it less.
    pub(super) fn straight_to(&self, other: &Self) -> f64 {
        let cosine = |metric: &[f64]| {
            let along = dot(metric, &self.tangent, &other.tangent);
            let lengths =
                dot(metric, &self.tangent, &self.tangent) * dot(metric, &other.tangent, &other.tangent);
            // Where neither goes on in what counts, neither turns.
            if lengths > 0.0 { along / lengths.sqrt() } else { 1.0 }
        };
        cosine(&self.metric).min(cosine(&other.metric))
    }
}

/// The length of the longest coordinate.
pub(super) fn largest(metric: &[f64], vector: &[f64]) -> f64 {
    let squares = metric.iter().zip(vector).map(|(m, x)| m * x * x);
    squares.fold(0.0, |most: f64, square| if square <= most { most } else { square }).sqrt()
}

pub(super) fn dot(metric: &[f64], a: &[f64], b: &[f64]) -> f64 {
    metric.iter().zip(a.iter().zip(b)).map(|(m, (x, y))| m * x * y).sum()
}
