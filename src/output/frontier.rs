//! Which answer holds where, over two numbers: tables, and a map of letters.

use super::flip::{interval, short, stands};
use super::grid::grid;
use super::text::flow;
use super::{Cell, Table};
use crate::scenario::Scenario;
use crate::study::{Aim, Boundary, Column, Frontier, Reading};

/// One row a critical value of the second number, for each value of the first; one without where there is none.
#[must_use]
pub fn frontier_table(scenario: &Scenario, aim: &Aim, frontier: &Frontier) -> Table {
    let [first, second] = &frontier.pair;
    let answers = aim.answers(scenario);
    let name = |answer: Option<usize>| answer.map_or(Cell::Missing, |answer| answers[answer].as_str().into());
    let columns = [first.factor.path.as_str(), second.factor.path.as_str(), "low", "high", "below", "above"];
    let mut table = Table::new(&columns);
    for column in &frontier.columns {
        let at: Cell = first.value(column.first).into();
        for Boundary { flipped, below } in &column.boundaries {
            let (low, high) = interval(second, flipped);
            let critical = second.value(flipped.at);
            let (below, above) = sides(frontier, *below, flipped.after);
            let (below, above) = (name(Some(below)), name(Some(above)));
            table.rows.push(vec![at.clone(), critical.into(), low.into(), high.into(), below, above]);
        }
        if column.boundaries.is_empty() {
            let only = name(throughout(column));
            table.rows.push(vec![at, Cell::Missing, Cell::Missing, Cell::Missing, only.clone(), only]);
        }
    }
    table
}

/// One row a place that was looked at on the grid: the answer there, and by how much it leads; none where it is tied.
#[must_use]
pub fn answers_table(scenario: &Scenario, aim: &Aim, frontier: &Frontier) -> Table {
    let [first, second] = &frontier.pair;
    let answers = aim.answers(scenario);
    let columns = [&first.factor.path, &second.factor.path, "answer", "lead", "low", "high"];
    let mut table = Table::new(&columns);
    for column in &frontier.columns {
        for (at, found) in &column.places {
            let mut row = vec![first.value(column.first).into(), second.value(*at).into()];
            match found {
                Some(found) => {
                    let lead = found.leads[found.answer()];
                    let answer = answers[found.answer()].as_str();
                    row.push(if found.is_tied() { Cell::Missing } else { answer.into() });
                    row.extend([lead.value.into(), lead.low.into(), lead.high.into()]);
                }
                None => row.extend([Cell::Missing, Cell::Missing, Cell::Missing, Cell::Missing]),
            }
            table.rows.push(row);
        }
    }
    table
}

/// The answers below and above in the second number's value: its position falls where the number is negative.
fn sides(frontier: &Frontier, below: usize, above: usize) -> (usize, usize) {
    let second = &frontier.pair[1];
    if second.value(1.0) < second.value(0.0) { (above, below) } else { (below, above) }
}

/// The answer that holds wherever one was found; `None` where there is none.
fn throughout(column: &Column) -> Option<usize> {
    column.places.iter().find_map(|(_, found)| found.as_ref().map(Reading::answer))
}

/// The map and the critical values, for people.
#[must_use]
pub fn frontier_text(scenario: &Scenario, aim: &Aim, frontier: &Frontier) -> String {
    let [first, second] = &frontier.pair;
    let (across, up) = (&first.factor.path, &second.factor.path);
    let mut text = format!("Which answer holds where: {across} (across) and {up} (up)\n\n");
    if let Some(base) = &frontier.base {
        text += &stands(scenario, aim, base);
        let (first, second) = (short(first.factor.central), short(second.factor.central));
        flow(
            &mut text,
            &format!("The scenario has {across} = {first}, {up} = {second} (central values)."),
            0,
        );
    }
    text += &format!("\n{}\n", map(frontier));
    text += &legend(scenario, aim, frontier);
    text += &format!("\n{}\n", boundaries(scenario, aim, frontier));
    let (columns, rows) = (frontier.columns.len(), frontier.columns.first().map_or(0, |it| it.places.len()));
    let mut said = format!(
        "{columns} by {rows} places were looked at: what comes and goes between two of them is not seen. Critical \
         values are found to half a per cent of the range."
    );
    if frontier.uncertain {
        said += " Intervals are of sampling error: where the lead's 95 % interval holds 0; \"?\" where that does \
                 not end within the range.";
    }
    flow(&mut text, &said, 0);
    text
}

/// A letter for each place, the second number rising upwards.
fn map(frontier: &Frontier) -> String {
    let [first, second] = &frontier.pair;
    let rows = frontier.columns.first().map_or(0, |column| column.places.len());
    let label = |row: usize| short(second.value(frontier.columns[0].places[row].0));
    let width = (0..rows).map(|row| label(row).chars().count()).max().unwrap_or(0);
    let falls = |position: &crate::study::Dial| position.value(1.0) < position.value(0.0);
    let mut columns: Vec<&Column> = frontier.columns.iter().collect();
    if falls(first) {
        columns.reverse();
    }
    let mut order: Vec<usize> = (0..rows).collect();
    if !falls(second) {
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
fn letter(found: Option<&Reading>) -> String {
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

fn legend(scenario: &Scenario, aim: &Aim, frontier: &Frontier) -> String {
    let places =
        || frontier.columns.iter().flat_map(|column| &column.places).map(|(_, found)| found.as_ref());
    let mut text = String::new();
    for (answer, said) in aim.answers(scenario).iter().enumerate() {
        if places().flatten().any(|found| found.answer() == answer && !found.is_tied()) {
            text += &format!("  {}  {said}\n", name(answer));
        }
    }
    if places().flatten().any(|found| !found.is_tied() && !found.is_clear(found.answer())) {
        text += "  small letters: it leads there by no more than the sampling error\n";
    }
    if places().flatten().any(Reading::is_tied) {
        text += "  =  no answer leads\n";
    }
    if places().any(|found| found.is_none()) {
        text += "  .  some number of the scenario is out of its bounds\n";
    }
    text
}

/// The critical values of the second number.
fn boundaries(scenario: &Scenario, aim: &Aim, frontier: &Frontier) -> String {
    let table = frontier_table(scenario, aim, frontier);
    let shown = |cell: &Cell| match cell {
        Cell::Number(number) => short(*number),
        Cell::Missing => "?".to_owned(),
        other => other.field(),
    };
    let row = |cells: &Vec<Cell>| {
        let none = cells[1] == Cell::Missing;
        let critical = if none { "none".to_owned() } else { shown(&cells[1]) };
        let mut row = vec![shown(&cells[0]), critical];
        if frontier.uncertain {
            row.push(if none {
                "-".to_owned()
            } else {
                format!("{} to {}", shown(&cells[2]), shown(&cells[3]))
            });
        }
        row.extend([shown(&cells[4]), shown(&cells[5])]);
        row
    };
    let [first, second] = &frontier.pair;
    let mut header = vec![first.factor.path.as_str(), &second.factor.path, "below", "above"];
    if frontier.uncertain {
        header.insert(2, "95 % interval");
    }
    let numbers = 0..header.len() - 2;
    grid(header.into_iter().map(str::to_owned), table.rows.iter().map(row), numbers)
}
