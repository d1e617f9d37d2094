//! What a sweep found: a list of one path's values, a matrix of two paths', or the extremes.

use super::Telling;
use super::grid::grid;
use super::layout::flow;
use super::numbers::{self, NOTHING};
use crate::ask::sweep::SweepFindings;
use crate::ask::{About, AboutClassification, Answer, Command};
use crate::stats::Estimate;
use crate::study::Method;
use crate::study::sweep::{Design, SweepResult, Value};

/// A row for each value of one path, a matrix of two, or the extremes.
pub(super) fn text(answer: &Answer, found: &SweepFindings, telling: &Telling<'_>) -> String {
    let view = View { about: &answer.about, found, design: &found.design, swept: &found.swept, telling };
    let mut text = view.title();
    match found.design.columns.len() {
        1 if !found.design.sampled => view.list(&mut text),
        2 if view.is_grid() => view.matrix(&mut text),
        _ => view.ranges(&mut text),
    }
    view.closing(&mut text);
    if let Command::Sweep(options) = &answer.provenance.question.command {
        text += &power_of_two(options.sobol);
    }
    text
}

/// Rows and columns of a matrix that are shown, at most.
const MOST_ROWS: usize = 25;
const MOST_COLUMNS: usize = 8;

/// Values nearer than this are the same but for rounding.
const SAME: f64 = 1e-12;

struct View<'a> {
    about: &'a About,
    found: &'a SweepFindings,
    design: &'a Design,
    swept: &'a SweepResult,
    telling: &'a Telling<'a>,
}

/// Where a measure is least and most, and which estimates these are.
struct Extremes {
    least: (usize, f64),
    most: (usize, f64),
}

impl View<'_> {
    fn title(&self) -> String {
        let count = self.design.points.len();
        let columns = &self.design.columns;
        let points = if columns.len() == 1 && !self.design.sampled { "value" } else { "point" };
        let points = if count == 1 { points.to_owned() } else { format!("{points}s") };
        let over = match columns.len() {
            1..=3 => columns.iter().map(|column| column.path.as_str()).collect::<Vec<_>>().join(" and "),
            more => format!("{more} paths"),
        };
        format!("{}: {count} {points} of {over}\n\n", self.about.title)
    }

    /// Whether the points are all combinations of two columns' values, as a grid has them.
    fn is_grid(&self) -> bool {
        let [rows, columns] = &self.design.columns[..] else { return false };
        let (rows, columns) = (rows.values.len(), columns.values.len());
        self.design.points.len() == rows * columns
            && self.design.points.iter().enumerate().all(|(at, point)| *point == [at / columns, at % columns])
    }

    /// A table for each classification, or of the measures that were asked for: a row for each value.
    fn list(&self, text: &mut String) {
        let path = &self.design.columns[0].path;
        for (name, measures) in self.tables() {
            let corner = if name.is_empty() { path.clone() } else { format!("{path} \\ {name}") };
            let headers = measures.iter().map(|&at| self.short(at, &name));
            let header: Vec<String> = [corner].into_iter().chain(headers).collect();
            let shown = picked(self.design.points.len(), MOST_ROWS);
            let rows = shown.iter().map(|&point| {
                let cells = measures.iter().map(|&at| self.shown(point, at));
                [short(self.design.value(point, 0))].into_iter().chain(cells).collect()
            });
            *text += &grid(header, rows, 0..measures.len() + 1);
            text.push('\n');
        }
        self.left_out(text, self.design.points.len().min(MOST_ROWS), self.design.points.len(), "values");
        self.change(text);
    }

    /// What changes most from the first value to the last.
    fn change(&self, text: &mut String) {
        let Some(at) = self.most_telling() else { return };
        let Some(Extremes { least, most }) = self.extremes(at) else { return };
        if most.1 - least.1 < SAME {
            *text += "Nothing varies.\n\n";
            return;
        }
        let place = |point: usize| format!("at {}", short(self.design.value(point, 0)));
        let words = format!(
            "{} varies most: {} {} and {} {}.",
            self.found.measures[at],
            self.shown(least.0, at),
            place(least.0),
            self.shown(most.0, at),
            place(most.0)
        );
        flow(text, &words, 0, self.telling.style.width);
        text.push('\n');
    }

    /// A matrix for each measure that was asked for, or for the one that varies most.
    fn matrix(&self, text: &mut String) {
        let all: Vec<usize> = (0..self.found.measures.len()).collect();
        let telling: Vec<usize> = self.most_telling().into_iter().collect();
        let [rows, columns] = &self.design.columns[..] else { return };
        let (n_rows, n_columns) = (rows.values.len(), columns.values.len());
        // Wide matrices lie on their side.
        let turned = n_columns > n_rows;
        let (down, across) = if turned { (columns, rows) } else { (rows, columns) };
        let point = |row: usize, column: usize| {
            if turned { column * n_columns + row } else { row * n_columns + column }
        };
        for &at in if self.found.named { &all } else { &telling } {
            *text += &format!("{}, {} down, {} across\n", self.found.measures[at], down.path, across.path);
            let shown = picked(across.values.len(), MOST_COLUMNS);
            let header = shown.iter().map(|&column| short(&across.values[column]));
            let header: Vec<String> = [String::new()].into_iter().chain(header).collect();
            let rows = picked(down.values.len(), MOST_ROWS).into_iter().map(|row| {
                let cells = shown.iter().map(|&column| self.shown(point(row, column), at));
                [short(&down.values[row])].into_iter().chain(cells).collect()
            });
            *text += &grid(header, rows, 0..shown.len() + 1);
            text.push('\n');
        }
        let (n_down, n_across) = (down.values.len(), across.values.len());
        self.left_out(text, n_down.min(MOST_ROWS) * n_across.min(MOST_COLUMNS), n_down * n_across, "points");
        for &at in &telling {
            self.sentence(text, at);
        }
    }

    /// Where a measure is least and most, in words.
    fn sentence(&self, text: &mut String, at: usize) {
        let Some(Extremes { least, most }) = self.extremes(at) else { return };
        if most.1 - least.1 < SAME {
            *text += "Nothing varies.\n\n";
            return;
        }
        *text += &format!("{} varies most:\n", self.found.measures[at]);
        for (word, point) in [("least", least.0), ("most", most.0)] {
            *text += &format!("  {word} {} where {}\n", self.shown(point, at), self.design.place(point));
        }
        text.push('\n');
    }

    /// For each measure its range, and where its ends are.
    fn ranges(&self, text: &mut String) {
        let header = ["", "least", "at point", "median", "most", "at point"].map(str::to_owned);
        let rows = (0..self.found.measures.len()).filter_map(|at| {
            let Extremes { least, most } = self.extremes(at)?;
            Some(vec![
                self.found.measures[at].clone(),
                self.shown(least.0, at),
                (least.0 + 1).to_string(),
                self.number(at, self.median(at)),
                self.shown(most.0, at),
                (most.0 + 1).to_string(),
            ])
        });
        *text += &grid(header, rows, 1..6);
        text.push('\n');
        let Some(at) = self.most_telling() else { return };
        let Some(Extremes { least, most }) = self.extremes(at) else { return };
        let header =
            [format!("{} is", self.found.measures[at]), "least where".to_owned(), "most where".to_owned()];
        let rows = (0..self.design.columns.len()).map(|column| {
            let value = |point: usize| short(self.design.value(point, column));
            vec![self.design.columns[column].path.clone(), value(least.0), value(most.0)]
        });
        *text += &grid(header, rows, 1..3);
        text.push('\n');
    }

    /// The value in the middle, where it has one.
    fn median(&self, at: usize) -> f64 {
        let mut values: Vec<f64> = self.values(at).map(|(_, value)| value).collect();
        values.sort_by(f64::total_cmp);
        let middle = values.len() / 2;
        if values.len().is_multiple_of(2) {
            f64::midpoint(values[middle - 1], values[middle])
        } else {
            values[middle]
        }
    }

    /// What the numbers are, and what they are not.
    fn closing(&self, text: &mut String) {
        let percent =
            if self.swept.shares.iter().any(|share| *share) { "Probabilities in percent. " } else { "" };
        let certain = self.swept.draws == 0 && self.swept.method == Method::Exact;
        let error = if certain {
            "Every point is exact: nothing was drawn."
        } else {
            "After \u{b1} stands half the width of the 95 % interval of the Monte Carlo error. All points meet the \
             same chance, so that two of them differ by what was varied, and more surely than their intervals say."
        };
        let sampled = if self.design.sampled {
            " The points are spread as the parameters' distributions are: the median is that of what is not known."
        } else {
            ""
        };
        let extremes = if self.design.columns.len() > 1 && !certain {
            " The least and the most of many points are a little further out than they would be without that error."
        } else {
            ""
        };
        let absent = self.absent();
        flow(text, &format!("{percent}{error}{sampled}{extremes}{absent}"), 0, self.telling.style.width);
    }

    /// Points that have no answer, and why the first of them has none.
    fn absent(&self) -> String {
        let Some((first, why)) = self.swept.absent.first() else { return String::new() };
        let place = first + 1;
        match self.swept.absent.len() {
            1 => format!(" Point {place} has no answer: {why}."),
            many => format!(
                " {} points have no answer, the first of them {place}: {why}.",
                numbers::count(many as u64)
            ),
        }
    }

    /// Measures that stand side by side, with what they have in common.
    fn tables(&self) -> Vec<(String, Vec<usize>)> {
        if self.found.named {
            return vec![(String::new(), (0..self.found.measures.len()).collect())];
        }
        let mut first = 0;
        let table = |class: &AboutClassification| {
            let measures = (first..first + class.outcomes.len()).collect();
            first += class.outcomes.len();
            (class.id.clone(), measures)
        };
        self.about.classifications.iter().map(table).collect()
    }

    /// A measure's name under what its table has in common.
    fn short(&self, at: usize, class: &str) -> String {
        let path = &self.found.measures[at];
        let outcome = path.strip_prefix(&format!("outcomes.{class}."));
        outcome.unwrap_or(path).to_owned()
    }

    /// Points at which a measure has a value.
    fn values(&self, at: usize) -> impl Iterator<Item = (usize, f64)> {
        let rows = self.swept.estimates.iter().enumerate();
        rows.filter_map(move |(point, row)| Some((point, row.get(at)?.as_ref()?.value)))
    }

    /// The first points at which a measure is least and most.
    fn extremes(&self, at: usize) -> Option<Extremes> {
        let mut values = self.values(at);
        let first = values.next()?;
        Some(values.fold(Extremes { least: first, most: first }, |found, (point, value)| Extremes {
            least: if value < found.least.1 - SAME { (point, value) } else { found.least },
            most: if value > found.most.1 + SAME { (point, value) } else { found.most },
        }))
    }

    /// The measure that varies most, shares before others: these have units of their own.
    fn most_telling(&self) -> Option<usize> {
        let reach = |at: usize| self.extremes(at).map_or(0.0, |it| it.most.1 - it.least.1);
        let shares = (0..self.found.measures.len()).filter(|&at| self.swept.shares[at]);
        // Of two that vary alike, as the only outcomes of a classification do, the first.
        let of_shares = shares.reduce(|kept, at| if reach(at) > reach(kept) + 1e-9 { at } else { kept });
        of_shares.or((!self.found.measures.is_empty()).then_some(0))
    }

    /// An estimate with half the width of its interval, where it has one.
    fn shown(&self, point: usize, at: usize) -> String {
        let Some(Estimate { value, low, high }) = self.swept.estimates[point][at] else {
            return NOTHING.to_owned();
        };
        let number = self.number(at, value);
        if low == high { number } else { format!("{number} \u{b1}{}", self.number(at, (high - low) / 2.0)) }
    }

    /// A probability in percent, anything else as it is.
    fn number(&self, at: usize, value: f64) -> String {
        numbers::unsigned(value, self.swept.shares[at])
    }

    /// Says that not all is shown.
    fn left_out(&self, text: &mut String, shown: usize, all: usize, what: &str) {
        if shown < all {
            let out = (self.telling.option)("out", None);
            *text += &format!("{shown} of {all} {what} are shown, spread evenly; {out} writes all.\n");
        }
    }
}

/// A value with as many digits as people read.
fn short(value: &Value) -> String {
    match value.number {
        Some(number) if value.text.len() > 8 => numbers::value(number),
        _ => value.text.clone(),
    }
}

/// At most so many of `count` places, spread evenly, the ends among them.
fn picked(count: usize, most: usize) -> Vec<usize> {
    if count <= most {
        return (0..count).collect();
    }
    (0..most).map(|at| at * (count - 1) / (most - 1)).collect()
}

/// What to say of a number of Sobol points that is no power of two.
fn power_of_two(count: Option<usize>) -> String {
    match count {
        Some(count) if !count.is_power_of_two() => {
            let above = count.next_power_of_two();
            format!(
                "Sobol points are spread most evenly where their number is a power of two: {} or {above}.\n",
                above / 2
            )
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_power_of_two_needs_no_word() {
        assert_eq!(power_of_two(None) + &power_of_two(Some(64)), "");
        assert!(power_of_two(Some(100)).ends_with("a power of two: 64 or 128.\n"));
    }
}
