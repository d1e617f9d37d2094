//! Which answer holds where, over two numbers: a map of letters, and the critical values.

use super::Style;
use super::flip::{known, no_answer, stands};
use super::grid::grid;
use super::layout::flow;
use super::numbers::{NOTHING, significant as short};
use crate::ask::About;
use crate::ask::flip::FlipFindings;
use crate::study::{Boundary, Column, Frontier, Margins};

/// The map and the critical values, for people.
pub(super) fn text(about: &About, found: &FlipFindings, frontier: &Frontier, style: Style) -> String {
    let [first, second] = &frontier.pair;
    let (across, up) = (&first.factor.path, &second.factor.path);
    let mut text = format!("Which answer holds where: {across} (across) and {up} (up)\n\n");
    if let Some(base) = &frontier.base {
        text += &stands(about, found, base, style);
        let (first, second) = (short(first.factor.central), short(second.factor.central));
        flow(
            &mut text,
            &format!("The scenario has {across} = {first}, {up} = {second} (central values)."),
            0,
            style.width,
        );
    }
    text += &format!("\n{}\n", map(frontier));
    text += &legend(found, frontier);
    text += &format!("\n{}\n", boundaries(found, frontier));
    let (columns, rows) = (frontier.columns.len(), frontier.columns.first().map_or(0, |it| it.places.len()));
    let mut said = format!(
        "{columns} by {rows} places were looked at: what comes and goes between two of them is not seen. Critical \
         values are found to half a per cent of the range. Uncertain parameters were looked at over their \
         distributions, known numbers {}.",
        known(found.off_by)
    );
    if frontier.uncertain {
        said += " Intervals are of sampling error: where the lead's 95 % interval holds 0; \"?\" where that does \
                 not end within the range.";
    }
    flow(&mut text, &said, 0, style.width);
    text
}

/// A letter for each place, the second number rising upwards.
fn map(frontier: &Frontier) -> String {
    let [first, second] = &frontier.pair;
    let rows = frontier.columns.first().map_or(0, |column| column.places.len());
    let label = |row: usize| short(second.value(frontier.columns[0].places[row].0));
    let width = (0..rows).map(|row| label(row).chars().count()).max().unwrap_or(0);
    let mut columns: Vec<&Column> = frontier.columns.iter().collect();
    if first.falls() {
        columns.reverse();
    }
    let mut order: Vec<usize> = (0..rows).collect();
    if !second.falls() {
        order.reverse();
    }
    let mut text = String::new();
    for row in order {
        let letters: Vec<String> =
            columns.iter().map(|column| letter(column.places[row].1.as_ref())).collect();
        text += &format!("  {:>width$}  {}\n", label(row), letters.join("  "));
    }
    let low = short(first.value(columns[0].first));
    let high = short(first.value(columns[columns.len() - 1].first));
    let room = (3 * columns.len()).saturating_sub(2 + low.chars().count());
    text + &format!("  {:width$}  {low}{high:>room$}\n", "")
}

/// The answer's letter: small where it leads by no more than the error, `=` where none leads, `.` where nothing can
/// be found.
fn letter(found: Option<&Margins>) -> String {
    let Some(found) = found else { return ".".to_owned() };
    let answer = found.answer();
    let letter = name(answer);
    match (found.is_tied(), found.is_clear(answer)) {
        (true, _) => "=".to_owned(),
        (_, true) => letter.to_string(),
        _ => letter.to_lowercase().to_string(),
    }
}

/// A to Z; whatever comes after shares a sign.
fn name(answer: usize) -> char {
    u8::try_from(answer).ok().filter(|answer| *answer < 26).map_or('*', |answer| char::from(b'A' + answer))
}

fn legend(findings: &FlipFindings, frontier: &Frontier) -> String {
    let places =
        || frontier.columns.iter().flat_map(|column| &column.places).map(|(_, found)| found.as_ref());
    let mut text = String::new();
    for (answer, said) in findings.answers.iter().enumerate() {
        if places().flatten().any(|found| found.answer() == answer && !found.is_tied()) {
            text += &format!("  {}  {said}\n", name(answer));
        }
    }
    if places().flatten().any(|found| !found.is_tied() && !found.is_clear(found.answer())) {
        text += "  small letters: it leads there by no more than the sampling error\n";
    }
    if places().flatten().any(Margins::is_tied) {
        text += "  =  no answer leads\n";
    }
    if places().any(|found| found.is_none()) {
        text += &format!("  .  {}\n", no_answer(frontier.absent.iter()));
    }
    text
}

/// The critical values of the second number.
fn boundaries(found: &FlipFindings, frontier: &Frontier) -> String {
    let [first, second] = &frontier.pair;
    let shown = |number: Option<f64>| number.map_or_else(|| "?".to_owned(), short);
    let row = |column: &Column, boundary: Option<&Boundary>| {
        let mut row = vec![short(first.value(column.first))];
        let (below, above) = if let Some(Boundary { flipped, below }) = boundary {
            row.push(short(second.value(flipped.at)));
            if frontier.uncertain {
                let (low, high) = second.interval(flipped);
                row.push(format!("{} to {}", shown(low), shown(high)));
            }
            let (below, above) = frontier.sides(*below, flipped.after);
            (Some(below), Some(above))
        } else {
            row.push("none".to_owned());
            if frontier.uncertain {
                row.push(NOTHING.to_owned());
            }
            (column.throughout(), column.throughout())
        };
        let name =
            |answer: Option<usize>| answer.map_or_else(|| "?".to_owned(), |it| found.answers[it].clone());
        row.extend([name(below), name(above)]);
        row
    };
    let rows = frontier.columns.iter().flat_map(|column| {
        let none = column.boundaries.is_empty().then(|| row(column, None));
        let some = column.boundaries.iter().map(move |boundary| row(column, Some(boundary)));
        none.into_iter().chain(some.collect::<Vec<_>>())
    });
    let mut header = vec![first.factor.path.as_str(), &second.factor.path, "below", "above"];
    if frontier.uncertain {
        header.insert(2, "95 % interval");
    }
    let numbers = 0..header.len() - 2;
    grid(header.into_iter().map(str::to_owned), rows, numbers)
}
