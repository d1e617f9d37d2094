//! Linear equations in whole numbers, solved exactly.
//!
//! The matrix is inverted modulo a prime, the solution found digit by digit to that base, and read as fractions
//! (Dixon 1982, Exact solution of linear equations using p-adic expansions, Numerische Mathematik 40, 137-141).
//! Fractions are put into the equations before they are believed.

use num_bigint::{BigInt, Sign};
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::whole::Whole;

/// The prime, 2^61 - 1: remainders are a shift and a sum.
const PRIME: u64 = (1 << 61) - 1;

/// Entries other than zero, with their columns.
pub(crate) type Row = Vec<(usize, BigInt)>;

/// A square matrix that can be solved with, and its transpose.
#[derive(Debug)]
pub(crate) struct Equations {
    rows: Vec<Row>,
    columns: Vec<Row>,
    /// The inverse modulo the prime, row by row.
    inverse: Vec<u64>,
}

/// Which matrix the unknowns are multiplied by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Matrix,
    Transpose,
}

impl Equations {
    /// `None` where the matrix has no inverse, or none modulo the prime. O(order^3).
    pub(crate) fn new(rows: Vec<Row>) -> Option<Self> {
        let inverse = if rows.is_empty() { Vec::new() } else { inverted(&rows)? };
        let mut columns = vec![Row::new(); rows.len()];
        for (number, row) in rows.iter().enumerate() {
            for (column, entry) in row {
                columns[*column].push((number, entry.clone()));
            }
        }
        Some(Self { rows, columns, inverse })
    }

    fn order(&self) -> usize {
        self.rows.len()
    }

    /// The solution. O(order^2) for each 61 binary digits of numerators and the denominator.
    pub(crate) fn solve(&self, side: Side, right: &[BigInt]) -> Whole {
        if self.rows.is_empty() {
            return Whole { numerators: Vec::new(), denominator: BigInt::one() };
        }
        let rows = if side == Side::Matrix { &self.rows } else { &self.columns };
        let (mut left_over, mut found) = (right.to_vec(), vec![BigInt::zero(); self.order()]);
        let (mut modulus, mut digits, mut next_look) = (BigInt::one(), 0_u32, 1_u32);
        loop {
            let digit = self.digit(side, &left_over);
            for (unknown, &digit) in found.iter_mut().zip(&digit) {
                *unknown += &modulus * digit;
            }
            for (rest, row) in left_over.iter_mut().zip(rows) {
                for (column, entry) in row {
                    *rest -= entry * digit[*column];
                }
                *rest /= PRIME;
            }
            modulus *= PRIME;
            digits += 1;
            if digits == next_look {
                if let Some(solution) = fractions(&found, &modulus)
                    && solves(rows, &solution, right)
                {
                    return solution;
                }
                next_look += digits / 2 + 1;
            }
        }
    }

    /// The solution for what is left over, modulo the prime.
    fn digit(&self, side: Side, left_over: &[BigInt]) -> Vec<u64> {
        let right: Vec<u64> = left_over.iter().map(remainder).collect();
        let order = self.order();
        let mut digit = vec![0; order];
        if side == Side::Matrix {
            for (sum, row) in digit.iter_mut().zip(self.inverse.chunks_exact(order)) {
                *sum = row.iter().zip(&right).fold(0, |sum, (&entry, &x)| plus(sum, times(entry, x)));
            }
        } else {
            for (row, &x) in self.inverse.chunks_exact(order).zip(&right) {
                for (sum, &entry) in digit.iter_mut().zip(row) {
                    *sum = plus(*sum, times(entry, x));
                }
            }
        }
        digit
    }
}

fn solves(rows: &[Row], solution: &Whole, right: &[BigInt]) -> bool {
    rows.iter().zip(right).all(|(row, right)| {
        let sum: BigInt = row.iter().map(|(column, entry)| entry * &solution.numerators[*column]).sum();
        sum == right * &solution.denominator
    })
}

/// The fractions with a common denominator that are these numbers modulo `modulus`, if there are short ones.
fn fractions(found: &[BigInt], modulus: &BigInt) -> Option<Whole> {
    let most: BigInt = BigInt::one() << ((modulus.bits() - 1) / 2);
    let mut denominator = BigInt::one();
    for number in found {
        let scaled = centred(number * &denominator, modulus);
        if scaled.abs() > most {
            denominator *= denominator_of(&scaled, modulus, &most);
            if denominator > most {
                return None;
            }
        }
    }
    let numerators = found.iter().map(|number| centred(number * &denominator, modulus)).collect();
    Some(Whole { numerators, denominator })
}

/// The remainder that is nearest to zero.
fn centred(number: BigInt, modulus: &BigInt) -> BigInt {
    let rest = number % modulus;
    if &rest + &rest > *modulus {
        rest - modulus
    } else if &rest + &rest < -modulus {
        rest + modulus
    } else {
        rest
    }
}

/// The denominator of the fraction that is `number` modulo `modulus` and whose numerator is at most `most`, by
/// Euclid's algorithm stopped half-way.
fn denominator_of(number: &BigInt, modulus: &BigInt, most: &BigInt) -> BigInt {
    let (mut greater, mut less) = (modulus.clone(), number.abs());
    let (mut before, mut last) = (BigInt::zero(), BigInt::one());
    while less > *most {
        let times = &greater / &less;
        let rest = &greater - &times * &less;
        let next = &before - &times * &last;
        (greater, less) = (less, rest);
        (before, last) = (last, next);
    }
    last.abs()
}

fn inverted(rows: &[Row]) -> Option<Vec<u64>> {
    let order = rows.len();
    let width = 2 * order;
    // The matrix and the unit matrix side by side.
    let mut cells = vec![0_u64; order * width];
    for (number, row) in rows.iter().enumerate() {
        for (column, entry) in row {
            cells[number * width + column] = remainder(entry);
        }
        cells[number * width + order + number] = 1;
    }
    for k in 0..order {
        let pivot = (k..order).find(|row| cells[row * width + k] != 0)?;
        if pivot != k {
            let (above, below) = cells.split_at_mut(pivot * width);
            above[k * width..(k + 1) * width].swap_with_slice(&mut below[..width]);
        }
        let scale = reciprocal(cells[k * width + k]);
        let row = &mut cells[k * width..(k + 1) * width];
        for cell in &mut *row {
            *cell = times(*cell, scale);
        }
        let row = row.to_vec();
        for (number, other) in cells.chunks_exact_mut(width).enumerate() {
            let by = other[k];
            if number != k && by != 0 {
                for (cell, &from) in other.iter_mut().zip(&row) {
                    *cell = plus(*cell, times(PRIME - by, from));
                }
            }
        }
    }
    Some(cells.chunks_exact(width).flat_map(|row| row[order..].iter().copied()).collect())
}

fn plus(a: u64, b: u64) -> u64 {
    let sum = a + b;
    if sum >= PRIME { sum - PRIME } else { sum }
}

fn times(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    // Both halves are below the prime: the product is below its square.
    #[expect(clippy::cast_possible_truncation, reason = "the low half, and a high one of 61 digits")]
    let (low, high) = ((product as u64) & PRIME, (product >> 61) as u64);
    plus(low, high)
}

/// By Fermat: the number to the power of the prime less two.
fn reciprocal(number: u64) -> u64 {
    let (mut power, mut result, mut exponent) = (number, 1, PRIME - 2);
    while exponent > 0 {
        if exponent % 2 == 1 {
            result = times(result, power);
        }
        power = times(power, power);
        exponent /= 2;
    }
    result
}

/// From 0 to the prime less one.
fn remainder(number: &BigInt) -> u64 {
    let rest = (number % PRIME).magnitude().to_u64().unwrap_or(0);
    if number.sign() == Sign::Minus && rest != 0 { PRIME - rest } else { rest }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn equations(cells: &[i64], order: usize) -> Option<Equations> {
        let row = |row: &[i64]| row.iter().map(|&cell| BigInt::from(cell)).enumerate().collect();
        Equations::new(cells.chunks(order).map(row).collect())
    }

    #[track_caller]
    fn check(cells: &[i64], side: Side, right: &[i64], numerators: &[i64], denominator: i64) {
        let right: Vec<BigInt> = right.iter().map(|&x| x.into()).collect();
        let found = equations(cells, right.len()).expect("it has an inverse").solve(side, &right);
        let scaled = |x: &i64| BigInt::from(*x) * &found.denominator;
        let expected: Vec<BigInt> = numerators.iter().map(scaled).collect();
        let found: Vec<BigInt> = found.numerators.iter().map(|x| x * denominator).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn solutions_are_exact() {
        check(&[3], Side::Matrix, &[-2], &[-2], 3);
        check(&[0, 2, 5, 1], Side::Matrix, &[1, 1], &[1, 5], 10);
        check(&[0, 2, 5, 1], Side::Transpose, &[1, 1], &[4, 2], 10);
        // Numbers that have no end modulo the prime.
        check(&[1 << 62, 1, 1, 1 << 62], Side::Matrix, &[(1 << 62) + 1, (1 << 62) + 1], &[1, 1], 1);
    }

    #[test]
    fn a_hilbert_matrix_is_no_harder_than_another() {
        // Times the least common multiple of 1 to 15: 360360. The solution for a right side of ones is known.
        let order = 8_i64;
        let cells: Vec<i64> =
            (0..order).flat_map(|i| (0..order).map(move |j| 360_360 / (i + j + 1))).collect();
        let right = vec![360_360; 8];
        let expected = [-8, 504, -7_560, 46_200, -138_600, 216_216, -168_168, 51_480];
        check(&cells, Side::Matrix, &right, &expected, 1);
    }

    #[test]
    fn what_has_no_inverse_is_refused() {
        assert!(equations(&[1, 2, 2, 4], 2).is_none());
        assert!(equations(&[], 1).is_some_and(|none| none.solve(Side::Matrix, &[]).numerators.is_empty()));
    }
}
