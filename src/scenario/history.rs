//! What has been observed so far: a CSV file of moves and levels, turn by turn.

use super::cells::{Cell, rows_from};
use super::{Diagnostic, FileId, Scenario, SeatId, Sources, Span, VariableId, did_you_mean, text};

/// What has been observed of a play, in the order of turns; of one turn, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct History {
    /// What was seen.
    pub sightings: Vec<Sighting>,
}

/// One row of a history.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Sighting {
    /// The turn, 1 being the first; 0 stands for the start, of which only levels can be seen.
    pub turn: usize,
    /// What was seen.
    pub what: Seen,
    /// The row.
    pub span: Span,
}

/// What can be seen of a play.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Seen {
    /// A move was made in that turn.
    Move(SeatId, usize),
    /// A variable stands at a level after that turn.
    Level(VariableId, usize),
}

impl History {
    /// The last turn of which anything was seen.
    #[must_use]
    pub fn last_turn(&self) -> usize {
        self.sightings.last().map_or(0, |sighting| sighting.turn)
    }

    /// What was seen of a turn.
    pub fn of_turn(&self, turn: usize) -> impl Iterator<Item = &Sighting> {
        self.sightings.iter().filter(move |sighting| sighting.turn == turn)
    }

    /// Reads a history from a CSV file with the columns `turn`, then `actor`, `issue` and `move`, or `variable`
    /// and `level`, or all of them with either half of a row left empty; `because` and `source` may say where it is
    /// from. Turns and seats of which nothing was seen are left out. The first line may say in which version of the
    /// format the file is written: `# demarche history 1`.
    ///
    /// # Errors
    /// Everything that is wrong with the file, each with its place.
    pub fn read(
        name: &str,
        bytes: &[u8],
        scenario: &Scenario,
        sources: &mut Sources,
    ) -> Result<Self, Vec<Diagnostic>> {
        let file = text::add(sources, name, bytes).map_err(|error| vec![error])?;
        let text = sources.get(file).text.as_str();
        let from = after_version(text, file).map_err(|error| vec![error])?;
        let mut rows = rows_from(text, from, file).map_err(|error| vec![error])?.into_iter();
        let mut reader = Reader { scenario, errors: Vec::new() };
        let Some(header) = rows.next() else {
            let message = "the history is empty".to_owned();
            let span = Span { file, ..Span::default() };
            return Err(vec![Diagnostic::error("bad-table", span, message).help(COLUMNS)]);
        };
        let mut sightings = Vec::new();
        if let Some(columns) = reader.columns(&header) {
            sightings = rows.filter_map(|row| reader.row(&columns, &row)).collect();
            sightings.sort_by_key(|sighting: &Sighting| sighting.turn);
            reader.contradictions(&sightings);
        }
        if reader.errors.is_empty() { Ok(Self { sightings }) } else { Err(reader.errors) }
    }
}

/// The version of histories that this library reads.
pub const HISTORY_VERSION: u32 = 1;

/// What a first line begins with that says the version.
const VERSION_LINE: &str = "# demarche history";

/// Where the table begins: behind a first line that says the version, where there is one.
fn after_version(text: &str, file: FileId) -> Result<usize, Diagnostic> {
    let line = text.lines().next().unwrap_or_default();
    let Some(said) = line.strip_prefix(VERSION_LINE) else { return Ok(0) };
    // A spreadsheet fills up the line with commas.
    let version = said.trim_end_matches(',').trim();
    if version == HISTORY_VERSION.to_string() {
        return Ok(text.find('\n').map_or(text.len(), |end| end + 1));
    }
    let start = line.find(version).filter(|_| !version.is_empty()).unwrap_or(0);
    let end = if version.is_empty() { line.len() } else { start + version.len() };
    let message = if version.parse::<u64>().is_ok() {
        format!("history {version} is not read by this version, which reads history {HISTORY_VERSION}")
    } else {
        "the first line does not say which version of histories the file is written in".to_owned()
    };
    let error = Diagnostic::error("format", Span::new(file, &(start..end)), message);
    Err(error
        .help(format!("this version reads `{VERSION_LINE} {HISTORY_VERSION}`, or a table without that line")))
}

const COLUMNS: &str = "the columns are `turn`, `actor`, `issue`, `move`, `variable`, `level`";

/// The names of the columns, in the order in which a row's cells are looked at.
const NAMES: [&str; 6] = ["turn", "actor", "issue", "move", "variable", "level"];

/// Columns that say something for people.
const NOTES: [&str; 2] = ["because", "source"];

struct Reader<'s> {
    scenario: &'s Scenario,
    errors: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn error(&mut self, span: Span, message: String, near: Option<&str>) {
        let error = Diagnostic::error("bad-history", span, message);
        self.errors.push(match near {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error,
        });
    }

    /// Where each of [`NAMES`] stands.
    fn columns(&mut self, header: &[Cell]) -> Option<[Option<usize>; 6]> {
        let before = self.errors.len();
        let mut columns = [None; 6];
        for (place, cell) in header.iter().enumerate() {
            let Some(known) = NAMES.iter().position(|name| *name == cell.text) else {
                if !NOTES.contains(&cell.text.as_str()) {
                    let near = did_you_mean(&cell.text, NAMES.iter().copied());
                    let error = Diagnostic::error(
                        "unknown-column",
                        cell.span,
                        format!("unknown column `{}`", cell.text),
                    );
                    let help = near.map_or(COLUMNS.to_owned(), |near| format!("did you mean `{near}`?"));
                    self.errors.push(error.help(help));
                }
                continue;
            };
            if columns[known].replace(place).is_some() {
                self.error(cell.span, format!("column `{}` stands twice", cell.text), None);
            }
        }
        let span = header.first().map_or_else(Span::default, |cell| cell.span);
        let whole = |group: &[usize]| group.iter().all(|&at| columns[at].is_some());
        let partly = |group: &[usize]| group.iter().any(|&at| columns[at].is_some());
        let (moves, levels) = (&[1, 2, 3][..], &[4, 5][..]);
        let wanted = columns[0].is_some() && (whole(moves) || whole(levels));
        let halves = [moves, levels].iter().any(|group| partly(group) && !whole(group));
        if before == self.errors.len() && (!wanted || halves) {
            let error = Diagnostic::error("bad-table", span, "the history lacks columns");
            self.errors.push(error.help(
                "it needs `turn`, and `actor`, `issue` and `move`, or `variable` and `level`, or all of them",
            ));
        }
        (before == self.errors.len()).then_some(columns)
    }

    fn row(&mut self, columns: &[Option<usize>; 6], row: &[Cell]) -> Option<Sighting> {
        let first = row.first()?.span;
        let span = Span { end: row.last()?.span.end, ..first };
        let cell =
            |at: usize| columns[at].and_then(|place| row.get(place)).filter(|cell| !cell.text.is_empty());
        let cells: [Option<&Cell>; 6] = std::array::from_fn(cell);
        let Some(turn) = cells[0] else {
            self.error(span, "the row says no turn".to_owned(), None);
            return None;
        };
        let turns = self.scenario.n_turns();
        let number = turn.text.parse().ok().filter(|number: &usize| *number <= turns);
        if number.is_none() {
            let message =
                format!("`{}` is no turn: wanted a whole number from 0 (the start) to {turns}", turn.text);
            self.error(turn.span, message, None);
        }
        let what = match cells {
            [_, Some(actor), Some(issue), Some(made), None, None] => self.a_move(actor, issue, made),
            [_, None, None, None, Some(variable), Some(level)] => self.level(variable, level),
            _ => {
                let message = "the row says neither a move (actor, issue, move) nor where a variable stands (variable, level)";
                self.error(span, message.to_owned(), None);
                None
            }
        };
        let (turn, what) = (number?, what?);
        if turn == 0 && matches!(what, Seen::Move(..)) {
            self.error(span, "no moves are made in turn 0, which is the start".to_owned(), None);
            return None;
        }
        Some(Sighting { turn, what, span })
    }

    /// The place of a name among those there are.
    fn find<'n>(
        &mut self,
        what: &str,
        cell: &Cell,
        names: impl Iterator<Item = &'n str> + Clone,
    ) -> Option<usize> {
        let found = names.clone().position(|name| name == cell.text);
        if found.is_none() {
            let near = did_you_mean(&cell.text, names);
            self.error(cell.span, format!("there is no {what} `{}`", cell.text), near);
        }
        found
    }

    fn a_move(&mut self, actor: &Cell, issue: &Cell, made: &Cell) -> Option<Seen> {
        let scenario = self.scenario;
        let of_actor = self.find("actor", actor, scenario.actors.iter().map(|it| it.id.as_str()));
        let of_issue = self.find("issue", issue, scenario.issues.iter().map(|it| it.id.as_str()));
        let (of_actor, of_issue) = (of_actor?, of_issue?);
        let seated = scenario
            .seats
            .iter()
            .position(|seat| seat.actor.index() == of_actor && seat.issue.index() == of_issue);
        let Some(seat) = seated else {
            let message = format!("`{}` has no moves in `{}`", actor.text, issue.text);
            self.error(actor.span, message, None);
            return None;
        };
        let moves = scenario.seats[seat].moves.iter().map(|one| one.id.as_str());
        Some(Seen::Move(SeatId::new(seat), self.find("move", made, moves)?))
    }

    fn level(&mut self, variable: &Cell, level: &Cell) -> Option<Seen> {
        let scenario = self.scenario;
        let at = self.find("variable", variable, scenario.variables.iter().map(|it| it.id.as_str()))?;
        let levels = scenario.variables[at].levels.iter().map(String::as_str);
        Some(Seen::Level(VariableId::new(at), self.find("level", level, levels)?))
    }

    /// Two things that were seen at once and cannot be.
    fn contradictions(&mut self, sightings: &[Sighting]) {
        for (at, one) in sightings.iter().enumerate() {
            let earlier = sightings[..at].iter().find(|other| {
                other.turn == one.turn
                    && match (one.what, other.what) {
                        (Seen::Move(a, x), Seen::Move(b, y)) => a == b && x != y,
                        (Seen::Level(a, x), Seen::Level(b, y)) => a == b && x != y,
                        _ => false,
                    }
            });
            if let Some(other) = earlier {
                let message = "this row and another of the same turn cannot both be".to_owned();
                let error = Diagnostic::error("bad-history", one.span, message);
                self.errors.push(error.label(other.span, "the other one"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::render;
    use crate::scenario::tests_support::scenario;

    const DUEL: &str = r#"
format = 1
turns  = 3
[variables.honour]
levels = ["whole", "lost"]
[actors.first]
[actors.second]
[issues.dawn.moves]
first  = ["shoot", "wait"]
second = ["shoot", "wait"]
[issues.dusk.moves]
first = ["stay"]
[outcomes.all.same]
"#;

    fn history(text: &str) -> Result<History, String> {
        let mut sources = Sources::default();
        let read = History::read("seen.csv", text.as_bytes(), &scenario(DUEL), &mut sources);
        read.map_err(|errors| render(&errors, &sources, false))
    }

    #[test]
    fn moves_and_levels_come_in_the_order_of_turns() {
        let found = history(
            "turn,actor,issue,move,variable,level,source\n2,first,dawn,wait,,,a paper\n1,,,,honour,whole,\n",
        );
        let found: Vec<(usize, Seen)> =
            found.expect("it is sound").sightings.iter().map(|it| (it.turn, it.what)).collect();
        let expected = [(1, Seen::Level(VariableId::new(0), 0)), (2, Seen::Move(SeatId::new(0), 1))];
        assert_eq!(found, expected);
    }

    #[test]
    fn either_kind_stands_alone() {
        assert!(history("turn,variable,level\n0,honour,lost\n").is_ok());
        assert!(history("turn,actor,issue,move\n3,second,dawn,shoot\n").is_ok());
        assert!(history("turn,variable,level\n").is_ok_and(|found| found.sightings.is_empty()));
    }

    #[test]
    fn the_first_line_may_say_the_version() {
        let table = "turn,variable,level\n0,honour,lost\n";
        for line in ["# demarche history 1\n", "# demarche history 1,,\r\n"] {
            let found = history(&format!("{line}{table}")).expect("it is sound");
            assert_eq!(found.sightings.len(), 1);
        }
        check(
            &format!("# demarche history 2\n{table}"),
            &["seen.csv:1:20", "history 2 is not read by this version, which reads history 1"],
        );
        check(&format!("# demarche history\n{table}"), &["seen.csv:1:1", "does not say which version"]);
        check("# demarche history 1\nturn,variable,level\n0,honor,lost\n", &["seen.csv:3:3", "`honour`"]);
    }

    #[track_caller]
    fn check(text: &str, parts: &[&str]) {
        let found = history(text).expect_err("it is wrong");
        for part in parts {
            assert!(found.contains(part), "{part} is not in\n{found}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_at_its_place_and_all_at_once() {
        check("", &["the history is empty"]);
        check("turn,actor,isue,move\n", &["seen.csv:1:12", "unknown column `isue`", "did you mean `issue`?"]);
        check("turn,actor,move\n", &["the history lacks columns"]);
        check("turn,turn,variable,level\n", &["column `turn` stands twice"]);
        check(
            "turn,variable,level\n4,honour,whole\n1,honor,lost\n1,honour,lots\n",
            &[
                "seen.csv:2:1",
                "`4` is no turn",
                "did you mean `honour`?",
                "seen.csv:4:10",
                "did you mean `lost`?",
            ],
        );
        check("turn,actor,issue,move\n0,first,dawn,wait\n", &["no moves are made in turn 0"]);
        check("turn,actor,issue,move\n1,second,dusk,stay\n", &["`second` has no moves in `dusk`"]);
        check("turn,actor,issue,move\n1,first,dawn,\n", &["the row says neither a move"]);
        check(
            "turn,actor,issue,move\n1,first,dawn,wait\n1,first,dawn,shoot\n",
            &["seen.csv:3:1", "cannot both be", "the other one"],
        );
    }
}
