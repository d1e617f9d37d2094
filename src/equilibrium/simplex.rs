//! The simplex method in floats: where the optimum of a linear programme probably is.

/// A linear programme in floats: the most of `objective * z` where `cells * z <= bounds` and `z >= 0`, with no
/// bound below zero.
pub(super) struct Floats {
    /// Row by row.
    pub(super) cells: Vec<f64>,
    pub(super) bounds: Vec<f64>,
    pub(super) objective: Vec<f64>,
}

/// What is smaller is taken for rounding. Numbers are scaled to at most 1.
const SMALL: f64 = 1e-9;

/// After so many steps that lead nowhere, variables are chosen in a way that cannot go in circles (Bland 1977).
const PATIENCE: usize = 40;

/// The variables that are not zero where the optimum is thought to be: unknowns first, then what rows leave of their
/// bounds, numbered on.
pub(super) fn likely_basis(programme: Floats) -> Vec<usize> {
    let mut dictionary = Dictionary::new(programme);
    let most = 50 * (dictionary.basic.len() + dictionary.nonbasic.len());
    let mut stalled = 0;
    for _ in 0..most {
        let Some((row, column)) = dictionary.choose(stalled > PATIENCE) else { break };
        stalled = if dictionary.bounds[row] > SMALL * SMALL { 0 } else { stalled + 1 };
        dictionary.pivot(row, column);
    }
    dictionary.basic
}

/// `basic[r] = bounds[r] - sum of cells[r][c] * nonbasic[c]`; the objective grows by `gains[c] * nonbasic[c]`.
struct Dictionary {
    width: usize,
    cells: Vec<f64>,
    bounds: Vec<f64>,
    gains: Vec<f64>,
    basic: Vec<usize>,
    nonbasic: Vec<usize>,
}

impl Dictionary {
    fn new(programme: Floats) -> Self {
        let (width, height) = (programme.objective.len(), programme.bounds.len());
        let mut made = Self {
            width,
            cells: programme.cells,
            bounds: programme.bounds,
            gains: programme.objective,
            basic: (width..width + height).collect(),
            nonbasic: (0..width).collect(),
        };
        made.scale();
        made
    }

    /// Makes the largest number of each row and column about 1; which variables are zero does not depend on it.
    fn scale(&mut self) {
        for _ in 0..3 {
            for (row, bound) in self.cells.chunks_exact_mut(self.width).zip(&mut self.bounds) {
                let by = 1.0 / largest(row.iter());
                multiply(row, by);
                *bound *= by;
            }
            for (column, gain) in self.gains.iter_mut().enumerate() {
                let by = 1.0 / largest(self.cells[column..].iter().step_by(self.width));
                for cell in self.cells[column..].iter_mut().step_by(self.width) {
                    *cell *= by;
                }
                *gain *= by;
            }
        }
        for numbers in [&mut self.bounds, &mut self.gains] {
            let by = 1.0 / largest(numbers.iter());
            multiply(numbers, by);
        }
    }

    /// The row that leaves and the column that enters; none where nothing is to be gained.
    fn choose(&self, carefully: bool) -> Option<(usize, usize)> {
        let gaining = (0..self.width).filter(|&column| self.gains[column] > SMALL);
        if carefully {
            let column = gaining.min_by_key(|&column| self.nonbasic[column])?;
            return Some((self.leaving(column, carefully)?, column));
        }
        let column = gaining.max_by(|&a, &b| self.gains[a].total_cmp(&self.gains[b]))?;
        Some((self.leaving(column, carefully)?, column))
    }

    /// The row that bounds a column first; of several the one that divides by most, or of the first variable.
    fn leaving(&self, column: usize, carefully: bool) -> Option<usize> {
        let mut best: Option<(usize, f64)> = None;
        for (row, cells) in self.cells.chunks_exact(self.width).enumerate() {
            let by = cells[column];
            if by <= SMALL {
                continue;
            }
            let ratio = self.bounds[row].max(0.0) / by;
            let better = match best {
                None => true,
                Some((other, least)) if (ratio - least).abs() <= SMALL * SMALL => {
                    if carefully {
                        self.basic[row] < self.basic[other]
                    } else {
                        by > self.cells[other * self.width + column]
                    }
                }
                Some((_, least)) => ratio < least,
            };
            if better {
                best = Some((row, ratio));
            }
        }
        best.map(|(row, _)| row)
    }

    fn pivot(&mut self, row: usize, column: usize) {
        let width = self.width;
        let by = 1.0 / self.cells[row * width + column];
        let own = &mut self.cells[row * width..(row + 1) * width];
        own[column] = 1.0;
        multiply(own, by);
        self.bounds[row] *= by;
        let (own, bound) = (own.to_vec(), self.bounds[row]);
        let others = self.cells.chunks_exact_mut(width).zip(&mut self.bounds).enumerate();
        for (_, (cells, other)) in others.filter(|(number, _)| *number != row) {
            let times = cells[column];
            if times != 0.0 {
                cells[column] = 0.0;
                subtract(cells, times, &own);
                *other -= times * bound;
            }
        }
        let times = self.gains[column];
        self.gains[column] = 0.0;
        subtract(&mut self.gains, times, &own);
        std::mem::swap(&mut self.basic[row], &mut self.nonbasic[column]);
    }
}

fn largest<'n>(numbers: impl Iterator<Item = &'n f64>) -> f64 {
    let most = numbers.fold(0.0, |most: f64, number| most.max(number.abs()));
    if most > 0.0 { most } else { 1.0 }
}

fn multiply(numbers: &mut [f64], by: f64) {
    for number in numbers {
        *number *= by;
    }
}

fn subtract(from: &mut [f64], times: f64, row: &[f64]) {
    for (cell, own) in from.iter_mut().zip(row) {
        *cell -= times * own;
    }
}
