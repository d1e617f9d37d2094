//! Linear equations of any number, over any number of unknowns: the smallest solution.

/// Equations with their right-hand sides, each scaled to a largest coefficient of 1.
pub(super) struct Equations {
    columns: usize,
    rows: Vec<f64>,
    sides: Vec<f64>,
}

/// Pivots smaller than this are none.
const NOTHING: f64 = 1e-9;
/// Corrections of a smallest solution.
const CORRECTIONS: usize = 3;

impl Equations {
    pub(super) fn new(columns: usize) -> Self {
        Self { columns, rows: Vec::new(), sides: Vec::new() }
    }

    /// Adds an equation, unless it has no unknowns.
    pub(super) fn add(&mut self, row: impl Iterator<Item = f64>, side: f64) {
        let start = self.rows.len();
        self.rows.extend(row);
        let size = self.rows[start..].iter().fold(0.0, |most: f64, entry| most.max(entry.abs()));
        if size == 0.0 {
            self.rows.truncate(start);
            return;
        }
        self.rows[start..].iter_mut().for_each(|entry| *entry /= size);
        self.sides.push(side / size);
    }

    /// The smallest solution, and whether it is the only one; `None` where coefficients are no numbers. Equations that
    /// contradict others are left out. O(equations x unknowns x the lesser).
    pub(super) fn least(&self) -> Option<(Vec<f64>, bool)> {
        let (solution, rank) = eliminated(self.rows.clone(), self.columns, self.sides.clone())?;
        if rank == self.columns {
            return Some((solution, true));
        }
        let mut least = vec![0.0; self.columns];
        for _ in 0..CORRECTIONS {
            let left: Vec<f64> =
                self.sides.iter().zip(self.each()).map(|(side, row)| side - product(row, &least)).collect();
            let squares = self.each().flat_map(|row| self.each().map(|other| product(row, other))).collect();
            let (weights, _) = eliminated(squares, self.sides.len(), left)?;
            for (row, weight) in self.each().zip(weights) {
                least.iter_mut().zip(row).for_each(|(x, entry)| *x += weight * entry);
            }
        }
        Some((least, false))
    }

    fn each(&self) -> impl Iterator<Item = &[f64]> {
        self.rows.chunks_exact(self.columns)
    }
}

fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// A solution by elimination with full pivoting, with 0 for what is left free; and the rank.
fn eliminated(mut rows: Vec<f64>, columns: usize, mut sides: Vec<f64>) -> Option<(Vec<f64>, usize)> {
    let count = sides.len();
    let mut order: Vec<usize> = (0..columns).collect();
    let mut rank = 0;
    while rank < count.min(columns) {
        let mut best = (0.0, rank, rank);
        for row in rank..count {
            for at in rank..columns {
                let size = rows[row * columns + order[at]].abs();
                if size.is_nan() {
                    return None;
                }
                if size > best.0 {
                    best = (size, row, at);
                }
            }
        }
        if best.0 <= NOTHING {
            break;
        }
        for column in 0..columns {
            rows.swap(rank * columns + column, best.1 * columns + column);
        }
        sides.swap(rank, best.1);
        order.swap(rank, best.2);
        let pivot = order[rank];
        for row in rank + 1..count {
            let by = rows[row * columns + pivot] / rows[rank * columns + pivot];
            if by != 0.0 {
                for &column in &order[rank..] {
                    rows[row * columns + column] -= by * rows[rank * columns + column];
                }
                sides[row] -= by * sides[rank];
            }
        }
        rank += 1;
    }
    let mut solution = vec![0.0; columns];
    for at in (0..rank).rev() {
        let known: f64 =
            order[at + 1..rank].iter().map(|&column| rows[at * columns + column] * solution[column]).sum();
        solution[order[at]] = (sides[at] - known) / rows[at * columns + order[at]];
    }
    Some((solution, rank))
}
