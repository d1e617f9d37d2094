//! The vertices of a polytope `{ x >= 0, M x <= 1 }`, exactly: from basis to neighbouring basis, over
//! tableaus of whole numbers, so that what is degenerate is known to be.

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};
use rustc_hash::FxHashSet;

/// A vertex other than the origin.
#[derive(Clone, Debug)]
pub(crate) struct Vertex {
    /// What is tight at it, a bit each: `x[i] = 0` is bit i, row j is bit `columns + j`.
    pub(crate) tight: u128,
    /// Its coordinates, all times the same positive number.
    pub(crate) point: Vec<BigInt>,
}

/// More bases than this are not visited.
pub(crate) const MOST_BASES: usize = 100_000;

/// The vertices but for the origin, in the order in which they are met; `None` where there are too many
/// bases. `rows` has whole numbers above zero, and rows and columns are at most 128 together.
pub(crate) fn vertices(rows: &[Vec<BigInt>]) -> Option<Vec<Vertex>> {
    let mut walk =
        Walk { tableau: Tableau::new(rows), bases: FxHashSet::default(), known: FxHashSet::default() };
    let mut found = Vec::new();
    let mut steps = vec![walk.arrive(&mut found)];
    let mut came: Vec<(usize, usize)> = Vec::new();
    while let Some(step) = steps.last_mut() {
        if let Some((row, column)) = step.pop() {
            if walk.bases.insert(walk.tableau.basis_after(row, column)) {
                walk.tableau.pivot(row, column);
                came.push((row, column));
                steps.push(walk.arrive(&mut found));
            }
        } else {
            steps.pop();
            // Back to where this basis was reached from: a pivot is its own inverse.
            if let Some((row, column)) = came.pop() {
                walk.tableau.pivot(row, column);
            }
        }
        if walk.bases.len() > MOST_BASES {
            return None;
        }
    }
    Some(found)
}

struct Walk {
    tableau: Tableau,
    bases: FxHashSet<u128>,
    known: FxHashSet<u128>,
}

impl Walk {
    /// Notes the vertex of the basis at hand; the pivots that lead on from it.
    fn arrive(&mut self, found: &mut Vec<Vertex>) -> Vec<(usize, usize)> {
        self.bases.insert(self.tableau.nonbasic_bits());
        let vertex = self.tableau.vertex();
        if vertex.point.iter().any(|x| !x.is_zero()) && self.known.insert(vertex.tight) {
            found.push(vertex);
        }
        (0..self.tableau.nonbasic.len()).flat_map(|column| self.tableau.leaving(column)).collect()
    }
}

/// A dictionary: `determinant * basic[r] = bounds[r] - sum of cells[r][c] * nonbasic[c]`.
struct Tableau {
    cells: Vec<Vec<BigInt>>,
    bounds: Vec<BigInt>,
    determinant: BigInt,
    /// Variables: the coordinates, then the slacks of the rows.
    basic: Vec<usize>,
    nonbasic: Vec<usize>,
}

impl Tableau {
    fn new(rows: &[Vec<BigInt>]) -> Self {
        let columns = rows.first().map_or(0, Vec::len);
        Self {
            cells: rows.to_vec(),
            bounds: vec![BigInt::one(); rows.len()],
            determinant: BigInt::one(),
            basic: (columns..columns + rows.len()).collect(),
            nonbasic: (0..columns).collect(),
        }
    }

    fn nonbasic_bits(&self) -> u128 {
        self.nonbasic.iter().fold(0, |bits, &variable| bits | 1 << variable)
    }

    fn basis_after(&self, row: usize, column: usize) -> u128 {
        self.nonbasic_bits() & !(1 << self.nonbasic[column]) | 1 << self.basic[row]
    }

    /// The rows whose variable can leave where a column's enters: all that bound it first.
    fn leaving(&self, column: usize) -> Vec<(usize, usize)> {
        let mut first: Vec<usize> = Vec::new();
        for row in (0..self.basic.len()).filter(|&row| self.cells[row][column].is_positive()) {
            let order = first.first().map(|&best| {
                (&self.bounds[row] * &self.cells[best][column])
                    .cmp(&(&self.bounds[best] * &self.cells[row][column]))
            });
            match order {
                Some(std::cmp::Ordering::Greater) => {}
                Some(std::cmp::Ordering::Equal) => first.push(row),
                Some(std::cmp::Ordering::Less) | None => first = vec![row],
            }
        }
        first.into_iter().map(|row| (row, column)).collect()
    }

    /// Swaps a basic and a nonbasic variable; all divisions are exact (Edmonds 1967, Bareiss 1968).
    fn pivot(&mut self, row: usize, column: usize) {
        let pivot = self.cells[row][column].clone();
        let (pivot_row, pivot_bound) = (self.cells[row].clone(), self.bounds[row].clone());
        for other in (0..self.cells.len()).filter(|&other| other != row) {
            let factor = self.cells[other][column].clone();
            for (at, cell) in self.cells[other].iter_mut().enumerate().filter(|(at, _)| *at != column) {
                *cell = (&*cell * &pivot - &factor * &pivot_row[at]) / &self.determinant;
            }
            let bound = &mut self.bounds[other];
            *bound = (&*bound * &pivot - &factor * &pivot_bound) / &self.determinant;
            self.cells[other][column] = -factor;
        }
        self.cells[row][column] = std::mem::replace(&mut self.determinant, pivot);
        std::mem::swap(&mut self.basic[row], &mut self.nonbasic[column]);
    }

    fn vertex(&self) -> Vertex {
        let mut point = vec![BigInt::zero(); self.nonbasic.len()];
        let mut tight = self.nonbasic_bits();
        for (&variable, bound) in self.basic.iter().zip(&self.bounds) {
            if bound.is_zero() {
                tight |= 1 << variable;
            } else if let Some(x) = point.get_mut(variable) {
                x.clone_from(bound);
            }
        }
        Vertex { tight, point }
    }
}
