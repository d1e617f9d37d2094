//! The tables of a run, as `run --out` writes them and `--json` prints them.

use super::{Cell, Table, given};
use crate::scenario::Scenario;
use crate::study::{PlayRecord, Run};

/// All tables of a run but the replications, named as their files are.
#[must_use]
pub fn run_tables(scenario: &Scenario, run: &Run) -> Vec<(String, Table)> {
    let mut tables = vec![
        ("outcomes", outcomes(scenario, run)),
        ("joint", joint(scenario, run)),
        ("turns", turns(scenario, run)),
        ("moves", moves(scenario, run)),
        ("scores", scores(scenario, run)),
        ("lengths", lengths(run)),
    ];
    if run.draws > 0 {
        tables.push(("draws", draws(scenario, run)));
    }
    tables.push(("measures", measures(scenario, run)));
    if let Some(found) = &run.given {
        tables.push(("posterior", given::posterior(scenario, found)));
        tables.push(("weights", given::weights(found)));
    }
    tables.into_iter().map(|(name, table)| (name.to_owned(), table)).collect()
}

fn outcomes(scenario: &Scenario, run: &Run) -> Table {
    let mut table = Table::new(&["classification", "outcome", "probability", "low", "high"]);
    for (class, row) in scenario.classifications.iter().zip(&run.estimates.outcomes) {
        for (outcome, estimate) in class.outcomes.iter().zip(row) {
            let names = [class.id.as_str().into(), outcome.id.as_str().into()];
            table.rows.push(names.into_iter().chain(Cell::interval(*estimate)).collect());
        }
    }
    table
}

fn joint(scenario: &Scenario, run: &Run) -> Table {
    let classes = &scenario.classifications;
    let names = classes.iter().map(|class| class.id.as_str());
    let mut table = Table::new(&names.chain(["probability", "low", "high"]).collect::<Vec<_>>());
    for (combination, estimate) in run.estimates.joint.iter().enumerate() {
        let mut rest = combination;
        let mut outcomes: Vec<Cell> = Vec::new();
        for class in classes.iter().rev() {
            outcomes.push(class.outcomes[rest % class.outcomes.len()].id.as_str().into());
            rest /= class.outcomes.len();
        }
        outcomes.reverse();
        outcomes.extend(Cell::interval(*estimate));
        table.rows.push(outcomes);
    }
    table
}

fn turns(scenario: &Scenario, run: &Run) -> Table {
    let mut table = Table::new(&["turn", "variable", "level", "probability", "low", "high"]);
    for (turn, row) in run.estimates.turns.iter().enumerate() {
        for (variable, row) in scenario.variables.iter().zip(row) {
            for (level, estimate) in variable.levels.iter().zip(row) {
                let names = [turn.into(), variable.id.as_str().into(), level.as_str().into()];
                table.rows.push(names.into_iter().chain(Cell::interval(*estimate)).collect());
            }
        }
    }
    table
}

fn moves(scenario: &Scenario, run: &Run) -> Table {
    let mut table = Table::new(&["turn", "actor", "issue", "move", "probability", "low", "high"]);
    for (turn, row) in (1_usize..).zip(&run.estimates.moves) {
        for (seat, row) in scenario.seats.iter().zip(row) {
            for (made, estimate) in seat.moves.iter().zip(row) {
                let Some(estimate) = estimate else { continue };
                let actor = scenario.actors[seat.actor.index()].id.as_str();
                let issue = scenario.issues[seat.issue.index()].id.as_str();
                let names = [turn.into(), actor.into(), issue.into(), made.id.as_str().into()];
                table.rows.push(names.into_iter().chain(Cell::interval(*estimate)).collect());
            }
        }
    }
    table
}

fn scores(scenario: &Scenario, run: &Run) -> Table {
    let mut table = Table::new(&["actor", "mean", "low", "high"]);
    for (actor, estimate) in scenario.actors.iter().zip(&run.estimates.scores) {
        table.rows.push([actor.id.as_str().into()].into_iter().chain(Cell::interval(*estimate)).collect());
    }
    table
}

fn lengths(run: &Run) -> Table {
    let mut table = Table::new(&["turns", "probability", "low", "high"]);
    for (turns, estimate) in run.estimates.lengths.iter().enumerate() {
        table.rows.push([turns.into()].into_iter().chain(Cell::interval(*estimate)).collect());
    }
    table
}

fn measures(scenario: &Scenario, run: &Run) -> Table {
    let mut table = Table::new(&["measure", "mean", "low", "high"]);
    for (measure, estimate) in scenario.measures.iter().zip(&run.estimates.measures) {
        let name = [Cell::Text(format!("measures.{}", measure.id))];
        table.rows.push(name.into_iter().chain(Cell::interval(*estimate)).collect());
    }
    table
}

fn draws(scenario: &Scenario, run: &Run) -> Table {
    let uncertain = scenario.uncertain();
    let parameters = uncertain.iter().map(|id| scenario.parameters[id.index()].id.clone());
    let outcomes = scenario
        .classifications
        .iter()
        .flat_map(|class| class.outcomes.iter().map(move |outcome| format!("{}.{}", class.id, outcome.id)));
    let columns: Vec<String> = std::iter::once("draw".to_owned()).chain(parameters).chain(outcomes).collect();
    let mut table = Table::new(&columns);
    for (number, draw) in run.estimates.draws.iter().enumerate() {
        let parameters = uncertain.iter().map(|id| Cell::from(draw.parameters[id.index()]));
        let share = |class: usize, outcome: usize| draw.outcomes.as_ref().map(|found| found[class][outcome]);
        let outcomes = scenario.classifications.iter().enumerate();
        let places =
            outcomes.flat_map(|(at, class)| (0..class.outcomes.len()).map(move |outcome| (at, outcome)));
        let shares = places.map(|(class, outcome)| Cell::from(share(class, outcome)));
        table.rows.push(std::iter::once(number.into()).chain(parameters).chain(shares).collect());
    }
    table
}

/// The columns of replications.csv.
#[must_use]
pub fn replication_columns(scenario: &Scenario) -> Vec<String> {
    let classes = scenario.classifications.iter().map(|class| format!("outcome.{}", class.id));
    let ends = scenario.variables.iter().map(|variable| format!("end.{}", variable.id));
    let scores = scenario.actors.iter().map(|actor| format!("score.{}", actor.id));
    let measures = scenario.measures.iter().map(|measure| format!("measure.{}", measure.id));
    let parameters = scenario.parameters.iter().map(|parameter| format!("parameter.{}", parameter.id));
    ["replication", "draw", "turns"]
        .map(str::to_owned)
        .into_iter()
        .chain(classes)
        .chain(ends)
        .chain(scores)
        .chain(measures)
        .chain(parameters)
        .collect()
}

/// A row of replications.csv; `parameters` are those of the play's draw.
#[must_use]
pub fn replication_row(scenario: &Scenario, record: &PlayRecord, parameters: &[f64]) -> Vec<Cell> {
    let outcomes = scenario.classifications.iter().zip(&record.outcomes);
    let ends = scenario.variables.iter().zip(&record.levels);
    let mut row =
        vec![record.replication.into(), record.draw.map_or(Cell::Missing, Cell::from), record.turns.into()];
    row.extend(outcomes.map(|(class, &outcome)| Cell::from(class.outcomes[outcome].id.as_str())));
    row.extend(ends.map(|(variable, &level)| Cell::from(variable.levels[level].as_str())));
    row.extend(record.lanes.iter().chain(parameters).map(|value| Cell::from(*value)));
    row
}
