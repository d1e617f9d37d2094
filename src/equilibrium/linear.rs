//! Dense linear equations, solved the same way on every machine.

/// A square matrix taken apart by elimination with partial pivoting.
///
/// The room is kept between matrices, so that factoring many of one size makes no lists.
#[derive(Clone, Debug)]
pub struct Factors {
    order: usize,
    /// The factors in a row, one below the diagonal (its ones left out), one on and above it.
    rows: Vec<f64>,
    /// `pivots[k]`: the row that was swapped with row k.
    pivots: Vec<usize>,
    /// The sign of the determinant: -1, 0 or 1.
    sign: f64,
}

impl Factors {
    /// Room for matrices of that order; holds none yet.
    #[must_use]
    pub fn new(order: usize) -> Self {
        Self { order, rows: vec![0.0; order * order], pivots: vec![0; order], sign: 0.0 }
    }

    /// Where the matrix goes, row by row, before [`factor`](Self::factor).
    pub fn matrix(&mut self) -> &mut [f64] {
        &mut self.rows
    }

    /// Takes the matrix apart. O(order^3); returns whether it can be solved with.
    pub fn factor(&mut self) -> bool {
        let n = self.order;
        self.sign = 1.0;
        for k in 0..n {
            let pivot = self.largest_below(k);
            self.pivots[k] = pivot;
            if pivot != k {
                let (above, below) = self.rows.split_at_mut(pivot * n);
                above[k * n..(k + 1) * n].swap_with_slice(&mut below[..n]);
                self.sign = -self.sign;
            }
            let value = self.rows[k * n + k];
            if value == 0.0 || !value.is_finite() {
                self.sign = 0.0;
                return false;
            }
            if value < 0.0 {
                self.sign = -self.sign;
            }
            let (done, left) = self.rows.split_at_mut((k + 1) * n);
            let above = &done[k * n + k + 1..];
            for row in left.chunks_exact_mut(n) {
                if row[k] != 0.0 {
                    let by = row[k] / value;
                    row[k] = by;
                    for (entry, from) in row[k + 1..].iter_mut().zip(above) {
                        *entry -= by * from;
                    }
                }
            }
        }
        true
    }

    /// The row, from `k` on, whose entry in column `k` is largest; the first of them.
    fn largest_below(&self, k: usize) -> usize {
        let mut best = k;
        for row in k + 1..self.order {
            if self.rows[row * self.order + k].abs() > self.rows[best * self.order + k].abs() {
                best = row;
            }
        }
        best
    }

    /// The sign of the determinant of the matrix last factored.
    #[must_use]
    pub fn sign(&self) -> f64 {
        self.sign
    }

    /// Replaces the right-hand side by the solution. O(order^2).
    pub fn solve(&self, side: &mut [f64]) {
        let n = self.order;
        for k in 0..n {
            side.swap(k, self.pivots[k]);
        }
        for k in 1..n {
            let row = &self.rows[k * n..k * n + k];
            let known: f64 = row.iter().zip(&*side).map(|(entry, x)| entry * x).sum();
            side[k] -= known;
        }
        for k in (0..n).rev() {
            let row = &self.rows[k * n..(k + 1) * n];
            let known: f64 = row[k + 1..].iter().zip(&side[k + 1..]).map(|(entry, x)| entry * x).sum();
            side[k] = (side[k] - known) / row[k];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Factors;

    #[track_caller]
    fn check(matrix: &[f64], solution: &[f64], sign: f64) {
        let n = solution.len();
        let mut side: Vec<f64> =
            matrix.chunks(n).map(|row| row.iter().zip(solution).map(|(a, x)| a * x).sum()).collect();
        let mut factors = Factors::new(n);
        factors.matrix().copy_from_slice(matrix);
        assert!(factors.factor());
        assert_eq!(factors.sign(), sign);
        factors.solve(&mut side);
        for (found, wanted) in side.iter().zip(solution) {
            assert!((found - wanted).abs() < 1e-13, "{side:?}");
        }
    }

    #[test]
    fn equations_are_solved_and_determinants_have_their_signs() {
        check(&[2.0], &[3.0], 1.0);
        check(&[0.0, 1.0, 1.0, 0.0], &[4.0, -5.0], -1.0);
        // Determinants -2 and, by Sarrus, 2 * (9 - 10) - 1 * (3 + 2) + 4 * (5 + 3) = 25.
        check(&[1.0, 2.0, 3.0, 4.0], &[0.25, 7.0], -1.0);
        check(&[2.0, 1.0, 4.0, 1.0, 3.0, 2.0, -1.0, 5.0, 3.0], &[1.0, -2.0, 0.5], 1.0);
    }

    #[test]
    fn a_singular_matrix_is_told() {
        let mut factors = Factors::new(2);
        factors.matrix().copy_from_slice(&[1.0, 2.0, 2.0, 4.0]);
        assert!(!factors.factor());
        assert_eq!(factors.sign(), 0.0);
    }
}
