//! Linear programmes in whole numbers, solved exactly.
//!
//! Floats find where the optimum probably is: which variables are not zero there. What these are, and whether any
//! other variable would raise the objective, is then computed exactly. Where floats were wrong, the simplex method
//! goes on in exact arithmetic: from what they found if that is allowed at all, else from the start, but trying
//! first what they had chosen.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::lifting::{Equations, Row, Side};
use super::simplex::{Floats, likely_basis};
use super::whole::Whole;

/// The most of `objective * z` where `columns * z <= bounds` and `z >= 0`. No bound is below zero, so there is
/// something to start from: `z = 0`.
#[derive(Clone, Debug)]
pub(crate) struct Programme {
    /// Of each unknown, its entries other than zero, with their rows.
    pub(crate) columns: Vec<Row>,
    pub(crate) bounds: Vec<BigInt>,
    pub(crate) objective: Vec<BigInt>,
}

/// What is best.
#[derive(Clone, Debug)]
pub(crate) struct Optimum {
    /// The unknowns.
    pub(crate) values: Whole,
    /// By how much the objective would grow with the bound of each row: the solution of the dual programme.
    pub(crate) prices: Whole,
}

/// More exact pivots than this are not made.
const MOST_PIVOTS: usize = 1_000;

/// After so many pivots that lead nowhere, variables are chosen in a way that cannot go in circles (Bland 1977, New
/// finite pivoting rules for the simplex method, Mathematics of Operations Research 2, 103-107).
const PATIENCE: usize = 20;

impl Programme {
    /// An optimum; `None` where there is no bound to the objective, or after too many pivots.
    pub(crate) fn solve(&self) -> Option<Optimum> {
        let likely = Basis::new(self, &likely_basis(self.floats()));
        let mut hints = vec![false; self.columns.len()];
        likely.unknowns.iter().for_each(|&unknown| hints[unknown] = true);
        let mut vertex = match Vertex::new(self, likely) {
            Some(vertex) if vertex.is_allowed() => vertex,
            _ => Vertex::new(self, Basis::default())?,
        };
        let mut stalled = 0;
        for _ in 0..MOST_PIVOTS {
            let Some(entering) = vertex.entering(&hints, stalled > PATIENCE) else {
                return Some(vertex.optimum());
            };
            let (leaving, moves) = vertex.leaving(entering)?;
            stalled = if moves { 0 } else { stalled + 1 };
            let mut basis = vertex.basis;
            basis.exchange(self, leaving, entering);
            vertex = Vertex::new(self, basis)?;
        }
        None
    }

    /// The same in floats, each column and the bounds scaled into range.
    fn floats(&self) -> Floats {
        let (width, height) = (self.columns.len(), self.bounds.len());
        let mut cells = vec![0.0; width * height];
        let most = |numbers: &mut dyn Iterator<Item = &BigInt>| numbers.map(BigInt::bits).max().unwrap_or(0);
        let mut objective = Vec::with_capacity(width);
        let gain_bits = most(&mut self.objective.iter());
        for (number, column) in self.columns.iter().enumerate() {
            let bits = largest_bits(column);
            for (row, entry) in column {
                cells[row * width + number] = float(entry, bits);
            }
            // A column that is divided has its gain divided too; both are in range, and so is their product.
            let shift = i32::try_from(bits).unwrap_or(i32::MAX).min(900);
            objective.push(libm::scalbn(float(&self.objective[number], gain_bits), -shift));
        }
        let bits = most(&mut self.bounds.iter());
        Floats { cells, bounds: self.bounds.iter().map(|bound| float(bound, bits)).collect(), objective }
    }
}

/// A whole number over 2 to the power of `bits`, near enough.
fn float(number: &BigInt, bits: u64) -> f64 {
    let spare = number.bits().saturating_sub(64);
    let shift = i32::try_from(bits - spare.min(bits)).unwrap_or(i32::MAX);
    libm::scalbn((number >> spare).to_f64().unwrap_or(0.0), -shift)
}

/// The unknowns that may differ from zero, and as many rows that use up their bounds.
#[derive(Clone, Debug, Default)]
struct Basis {
    unknowns: Vec<usize>,
    rows: Vec<usize>,
}

impl Basis {
    /// From variables that are not zero: unknowns, and on from their number what rows leave.
    fn new(programme: &Programme, variables: &[usize]) -> Self {
        let width = programme.columns.len();
        let mut left_over = vec![false; programme.bounds.len()];
        for row in variables.iter().filter_map(|variable| variable.checked_sub(width)) {
            left_over[row] = true;
        }
        let mut unknowns: Vec<usize> = variables.iter().copied().filter(|&v| v < width).collect();
        unknowns.sort_unstable();
        Self { unknowns, rows: (0..left_over.len()).filter(|&row| !left_over[row]).collect() }
    }

    /// What rows leave of `bounds` where the unknowns of the basis have these values, times their denominator;
    /// nothing in its rows.
    fn left_over(&self, programme: &Programme, values: &Whole, bounds: &[BigInt]) -> Vec<BigInt> {
        let mut left: Vec<BigInt> = bounds.iter().map(|bound| bound * &values.denominator).collect();
        for (&unknown, value) in self.unknowns.iter().zip(&values.numerators) {
            if !value.is_zero() {
                for (row, entry) in &programme.columns[unknown] {
                    left[*row] -= entry * value;
                }
            }
        }
        left
    }

    /// One variable leaves the basis, another enters it.
    fn exchange(&mut self, programme: &Programme, leaving: usize, entering: usize) {
        let width = programme.columns.len();
        match leaving.checked_sub(width) {
            None => self.unknowns.retain(|&unknown| unknown != leaving),
            Some(row) => self.rows.push(row),
        }
        match entering.checked_sub(width) {
            None => self.unknowns.push(entering),
            Some(row) => self.rows.retain(|&other| other != row),
        }
    }
}

/// For each of so many, its place in the list, if it is there.
fn places(length: usize, list: &[usize]) -> Vec<Option<usize>> {
    let mut places = vec![None; length];
    for (place, &member) in list.iter().enumerate() {
        places[member] = Some(place);
    }
    places
}

/// Where a basis leads.
struct Vertex<'p> {
    programme: &'p Programme,
    basis: Basis,
    equations: Equations,
    /// The unknowns of the basis, those of its rows all used up.
    values: Whole,
    /// What rows leave of their bounds, times the denominator of the values.
    left_over: Vec<BigInt>,
    /// The prices of the rows at which the unknowns of the basis are worth what they take.
    prices: Whole,
    /// For each row, its place in the basis.
    place: Vec<Option<usize>>,
}

impl<'p> Vertex<'p> {
    /// `None` where the rows do not determine the unknowns.
    fn new(programme: &'p Programme, basis: Basis) -> Option<Self> {
        let mut rows = vec![Row::new(); basis.rows.len()];
        let place = places(programme.bounds.len(), &basis.rows);
        for (at, &unknown) in basis.unknowns.iter().enumerate() {
            for (row, entry) in &programme.columns[unknown] {
                if let Some(row) = place[*row] {
                    rows[row].push((at, entry.clone()));
                }
            }
        }
        let equations = Equations::new(rows)?;
        let bounds: Vec<BigInt> = basis.rows.iter().map(|&row| programme.bounds[row].clone()).collect();
        let gains: Vec<BigInt> = basis.unknowns.iter().map(|&z| programme.objective[z].clone()).collect();
        let values = equations.solve(Side::Matrix, &bounds);
        let prices = equations.solve(Side::Transpose, &gains);
        let left_over = basis.left_over(programme, &values, &programme.bounds);
        Some(Self { programme, basis, equations, values, left_over, prices, place })
    }

    /// Whether nothing is below zero.
    fn is_allowed(&self) -> bool {
        !self.values.numerators.iter().chain(&self.left_over).any(Signed::is_negative)
    }

    /// The variable outside the basis that raises the objective by most for its size, those of the hints first; with
    /// care, the first that does at all.
    fn entering(&self, hints: &[bool], carefully: bool) -> Option<usize> {
        let width = hints.len();
        let mut best: Option<(bool, f64, usize)> = None;
        for variable in 0..width + self.place.len() {
            let gain = self.gain(variable);
            if !gain.is_positive() {
                continue;
            }
            if carefully {
                return Some(variable);
            }
            let hinted = hints.get(variable).copied().unwrap_or(false);
            let largest = self.programme.columns.get(variable).map_or(1, largest_bits);
            let size = float(&gain, largest + self.prices.denominator.bits());
            if best.is_none_or(|(other, most, _)| (hinted, size) > (other, most)) {
                best = Some((hinted, size, variable));
            }
        }
        best.map(|(.., variable)| variable)
    }

    /// By how much the objective rises with a variable outside the basis, times the denominator of the prices.
    fn gain(&self, variable: usize) -> BigInt {
        let prices = &self.prices.numerators;
        let Some(row) = variable.checked_sub(self.programme.columns.len()) else {
            let cost: BigInt = self.programme.columns[variable]
                .iter()
                .filter_map(|(row, entry)| self.place[*row].map(|at| entry * &prices[at]))
                .sum();
            return &self.programme.objective[variable] * &self.prices.denominator - cost;
        };
        self.place[row].map_or_else(BigInt::zero, |at| -&prices[at])
    }

    /// The variable of the basis that is the first to reach zero as another rises, the first of several, and whether
    /// that one rises at all; `None` where nothing bounds it.
    fn leaving(&self, entering: usize) -> Option<(usize, bool)> {
        let mut column = vec![BigInt::zero(); self.programme.bounds.len()];
        match entering.checked_sub(self.programme.columns.len()) {
            Some(row) => column[row] = BigInt::one(),
            None => {
                for (row, entry) in &self.programme.columns[entering] {
                    column[*row].clone_from(entry);
                }
            }
        }
        let right: Vec<BigInt> = self.basis.rows.iter().map(|&row| column[row].clone()).collect();
        let falls = self.equations.solve(Side::Matrix, &right);
        let falls_over = self.basis.left_over(self.programme, &falls, &column);
        let unknowns = self.values.numerators.iter().zip(&falls.numerators);
        let unknowns = unknowns.zip(&self.basis.unknowns).map(|(pair, &unknown)| (pair, unknown));
        let rows = self.left_over.iter().zip(&falls_over).zip(self.programme.columns.len()..);
        let mut first: Option<((&BigInt, &BigInt), usize)> = None;
        for ((value, fall), variable) in unknowns.chain(rows).filter(|((_, fall), _)| fall.is_positive()) {
            let order = first
                .map(|((least, by), other)| (value * by).cmp(&(least * fall)).then(variable.cmp(&other)));
            if order.is_none_or(Ordering::is_lt) {
                first = Some(((value, fall), variable));
            }
        }
        first.map(|((value, _), variable)| (variable, value.is_positive()))
    }

    fn optimum(self) -> Optimum {
        let spread = |length: usize, places: &[usize], of: Whole| {
            let mut numerators = vec![BigInt::zero(); length];
            for (&place, number) in places.iter().zip(of.numerators) {
                numerators[place] = number;
            }
            Whole { numerators, denominator: of.denominator }
        };
        Optimum {
            values: spread(self.programme.columns.len(), &self.basis.unknowns, self.values),
            prices: spread(self.programme.bounds.len(), &self.basis.rows, self.prices),
        }
    }
}

fn largest_bits(column: &Row) -> u64 {
    column.iter().map(|(_, entry)| entry.bits()).max().unwrap_or(0)
}
