//! What is varied, and at which points.

use serde::{Deserialize, Serialize};

use crate::scenario::{Scenario, Span};

/// A value that a path can have: a number, or anything else that TOML can write.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// As it is written.
    pub text: String,
    /// The number, in its own unit, where it is one.
    pub number: Option<f64>,
    /// Where it is written.
    #[serde(skip)]
    pub span: Span,
}

/// A path with the values that it has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The path.
    pub path: String,
    /// Where it is written.
    #[serde(skip)]
    pub span: Span,
    /// Its values, each once.
    pub values: Vec<Value>,
}

/// Points: a value for each of some paths.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Design {
    /// What is varied.
    pub columns: Vec<Column>,
    /// `points[point][column]`: which of the column's values.
    pub points: Vec<Vec<usize>>,
    /// Whether the points are spread as the parameters' distributions are, so that shares of the points are
    /// probabilities.
    pub sampled: bool,
}

/// Nobody means more points than this.
pub const MOST_POINTS: usize = 10_000_000;

impl Value {
    /// A number.
    #[must_use]
    pub fn of(number: f64, span: Span) -> Self {
        Self { text: written(number), number: Some(number), span }
    }
}

/// A number as TOML reads it: a whole one without a point.
fn written(number: f64) -> String {
    if number.abs() < 1e15 { number.to_string() } else { format!("{number:?}") }
}

impl Design {
    /// All combinations of the columns' values, the first column's changing slowest.
    ///
    /// # Errors
    /// If there are more than [`MOST_POINTS`].
    pub fn grid(columns: Vec<Column>) -> Result<Self, String> {
        let count = columns.iter().try_fold(1_usize, |count, column| count.checked_mul(column.values.len()));
        let Some(count) = count.filter(|count| *count <= MOST_POINTS) else {
            let sizes: Vec<String> = columns.iter().map(|column| column.values.len().to_string()).collect();
            return Err(format!("{} points are more than anybody can wait for", sizes.join(" x ")));
        };
        let point = |mut number: usize| {
            let mut point = vec![0; columns.len()];
            for (place, column) in point.iter_mut().zip(&columns).rev() {
                *place = number % column.values.len();
                number /= column.values.len();
            }
            point
        };
        let points = (0..count).map(point).collect();
        Ok(Self { columns, points, sampled: false })
    }

    /// A point of `cube` (`[point][parameter]`, in [0, 1)) through the inverse distribution of each uncertain
    /// parameter, in the scenario's order. `span` is where it was asked for.
    #[must_use]
    pub fn through_distributions(scenario: &Scenario, cube: &[Vec<f64>], span: Span) -> Self {
        let mut design = Self { sampled: true, ..Self::default() };
        design.points = vec![Vec::new(); cube.len()];
        for (at, id) in scenario.uncertain().into_iter().enumerate() {
            let Some(distribution) = scenario.distribution(id) else { continue };
            let quantile = |point: &Vec<f64>| distribution.quantile(point[at]);
            let numbers: Vec<f64> = cube.iter().map(quantile).collect();
            let mut distinct = numbers.clone();
            distinct.sort_by(f64::total_cmp);
            distinct.dedup();
            let values = distinct.iter().map(|number| Value::of(*number, span)).collect();
            for (point, number) in design.points.iter_mut().zip(&numbers) {
                point.push(distinct.partition_point(|known| known < number));
            }
            let path = format!("parameters.{}", scenario.parameters[id.index()].id);
            design.columns.push(Column { path, span, values });
        }
        design
    }

    /// The same without the places where its parts are written, for whoever does not have the texts.
    #[must_use]
    pub fn without_places(mut self) -> Self {
        for column in &mut self.columns {
            column.span = Span::default();
            column.values.iter_mut().for_each(|value| value.span = Span::default());
        }
        self
    }

    /// The value of a column at a point.
    #[must_use]
    pub fn value(&self, point: usize, column: usize) -> &Value {
        &self.columns[column].values[self.points[point][column]]
    }

    /// Where a point stands: `parameters.a = 1, parameters.b = 2`.
    #[must_use]
    pub fn place(&self, point: usize) -> String {
        let one =
            |(at, column): (usize, &Column)| format!("{} = {}", column.path, self.value(point, at).text);
        self.columns.iter().enumerate().map(one).collect::<Vec<_>>().join(", ")
    }
}
