//! The tables of a run.

use super::schema::{
    ColumnSchema, Kind, Role, TableSchema, Thing, Unit, end, high, low, names, text, value, whole,
};
use super::table::{Cell, Table};
use crate::ask::About;
use crate::ask::run::PlayBatch;
use crate::scenario::Scenario;
use crate::study::{Posterior, Run};

pub(super) const OUTCOMES: TableSchema = TableSchema {
    name: "outcomes",
    commands: &["run"],
    doc: "One row for each outcome of each classification.",
    columns: &[
        names("classification", Thing::Classification, "the classification"),
        names("outcome", Thing::Outcome, "the outcome"),
        value("probability", Unit::Share, "the probability that a play ends so"),
        low(Unit::Share),
        high(Unit::Share),
    ],
};

pub(super) const JOINT: TableSchema = TableSchema {
    name: "joint",
    commands: &["run"],
    doc: "One row for each combination of outcomes, one of each classification.",
    columns: &[
        text("CLASSIFICATION", "the outcome in that classification"),
        value("probability", Unit::Share, "the probability that a play ends so"),
        low(Unit::Share),
        high(Unit::Share),
    ],
};

pub(super) const TURNS: TableSchema = TableSchema {
    name: "turns",
    commands: &["run"],
    doc: "Where plays stand after each turn: one row for each turn, variable and level. A play that has stopped stays \
          where it stopped.",
    columns: &[
        whole("turn", Unit::Turns, "the turn; 0 is the start"),
        names("variable", Thing::Variable, "the variable"),
        names("level", Thing::Level, "the level"),
        value("probability", Unit::Share, "the share of plays in which the variable stands there"),
        low(Unit::Share),
        high(Unit::Share),
    ],
};

pub(super) const MOVES: TableSchema = TableSchema {
    name: "moves",
    commands: &["run"],
    doc: "What actors do in each turn, among the plays that play that turn with the issue open.",
    columns: &[
        whole("turn", Unit::Turns, "the turn, from 1"),
        names("actor", Thing::Actor, "the actor"),
        names("issue", Thing::Issue, "the issue"),
        names("move", Thing::Move, "the move"),
        value("probability", Unit::Share, "the share of those plays in which the move is made"),
        low(Unit::Share),
        high(Unit::Share),
    ],
};

pub(super) const SCORES: TableSchema = TableSchema {
    name: "scores",
    commands: &["run"],
    doc: "What each actor is paid in a play, discounted and summed.",
    columns: &[
        names("actor", Thing::Actor, "the actor"),
        value("mean", Unit::Payoff, "the mean over plays"),
        low(Unit::Payoff),
        high(Unit::Payoff),
    ],
};

pub(super) const LENGTHS: TableSchema = TableSchema {
    name: "lengths",
    commands: &["run"],
    doc: "How long plays last.",
    columns: &[
        whole("turns", Unit::Turns, "the number of turns played"),
        value("probability", Unit::Share, "the share of plays of that length"),
        low(Unit::Share),
        high(Unit::Share),
    ],
};

pub(super) const DRAWS: TableSchema = TableSchema {
    name: "draws",
    commands: &["run"],
    doc: "One row for each draw of the uncertain parameters, where there are draws.",
    columns: &[
        whole("draw", Unit::None, "the draw, from 0"),
        value("PARAMETER", Unit::Own, "the value of that uncertain parameter"),
        value("CLASSIFICATION.OUTCOME", Unit::Share, "the share of the draw's plays that end so"),
    ],
};

pub(super) const MEASURES: TableSchema = TableSchema {
    name: "measures",
    commands: &["run"],
    doc: "The scenario's own measures.",
    columns: &[
        names("measure", Thing::Measure, "the measure, as `measures.NAME`"),
        value("mean", Unit::Own, "its mean over plays, or the ratio of two means"),
        low(Unit::Own),
        high(Unit::Own),
    ],
};

pub(super) const POSTERIOR: TableSchema = TableSchema {
    name: "posterior",
    commands: &["run"],
    doc: "What was observed says of each uncertain parameter; where something was observed.",
    columns: &[
        names("parameter", Thing::Parameter, "the parameter"),
        value("prior_mean", Unit::Own, "the mean of its draws"),
        end("prior_low", Role::Low, Unit::Own, "5 % of the draws lie at this or below"),
        end("prior_high", Role::High, Unit::Own, "95 % of the draws lie at this or below"),
        value("mean", Unit::Own, "the mean of its draws, weighed by what was observed"),
        end("low", Role::Low, Unit::Own, "5 % of the draws' weight lie at this or below"),
        end("high", Role::High, Unit::Own, "95 % of the draws' weight lie at this or below"),
    ],
};

pub(super) const WEIGHTS: TableSchema = TableSchema {
    name: "weights",
    commands: &["run"],
    doc: "What each draw weighs; where something was observed.",
    columns: &[
        whole("draw", Unit::None, "the draw, from 0"),
        ColumnSchema {
            name: "weight",
            role: Role::Weight,
            kind: Kind::Number,
            unit: Unit::Own,
            thing: None,
            doc: "its likelihood over the mean of all draws: 1 on average",
        },
    ],
};

pub(super) const REPLICATIONS: TableSchema = TableSchema {
    name: "replications",
    commands: &["run"],
    doc: "Every single play, where they are asked for.",
    columns: &[
        whole("replication", Unit::None, "the play, from 0"),
        whole("draw", Unit::None, "the draw that it is played under; empty where there are none"),
        whole("turns", Unit::Turns, "the number of turns played"),
        text("outcome.CLASSIFICATION", "the outcome in that classification"),
        text("end.VARIABLE", "the level at which that variable ends"),
        value("score.ACTOR", Unit::Payoff, "what that actor is paid, discounted and summed"),
        value("measure.NAME", Unit::Own, "what the play adds to that measure of the scenario's own"),
        value("parameter.NAME", Unit::Own, "the value of that parameter"),
    ],
};

/// All tables of a run but the replications.
pub(super) fn tables(about: &About, run: &Run) -> Vec<Table> {
    let mut tables = vec![
        outcomes(about, run),
        joint(about, run),
        turns(about, run),
        moves(about, run),
        scores(about, run),
        lengths(run),
    ];
    if run.draws > 0 {
        tables.push(draws(about, run));
    }
    tables.push(measures(about, run));
    if let Some(found) = &run.given {
        tables.push(posterior(about, found));
        tables.push(weights(found));
    }
    tables
}

fn outcomes(about: &About, run: &Run) -> Table {
    let mut table = Table::new(&OUTCOMES);
    for (class, row) in about.classifications.iter().zip(&run.estimates.outcomes) {
        for (outcome, estimate) in class.outcomes.iter().zip(row) {
            let names = [Cell::from(&class.id), Cell::from(&outcome.id)];
            table.push(names.into_iter().chain(Cell::interval(*estimate)));
        }
    }
    table
}

fn joint(about: &About, run: &Run) -> Table {
    let classes = &about.classifications;
    let mut table = Table::with_columns(&JOINT, &[classes.iter().map(|class| class.id.clone()).collect()]);
    for (combination, estimate) in run.estimates.joint.iter().enumerate() {
        let mut rest = combination;
        let mut outcomes: Vec<Cell> = Vec::new();
        for class in classes.iter().rev() {
            outcomes.push(Cell::from(&class.outcomes[rest % class.outcomes.len()].id));
            rest /= class.outcomes.len();
        }
        outcomes.reverse();
        table.push(outcomes.into_iter().chain(Cell::interval(*estimate)));
    }
    table
}

fn turns(about: &About, run: &Run) -> Table {
    let mut table = Table::new(&TURNS);
    for (turn, row) in run.estimates.turns.iter().enumerate() {
        for (variable, row) in about.variables.iter().zip(row) {
            for (level, estimate) in variable.levels.iter().zip(row) {
                let names = [turn.into(), Cell::from(&variable.id), Cell::from(level)];
                table.push(names.into_iter().chain(Cell::interval(*estimate)));
            }
        }
    }
    table
}

fn moves(about: &About, run: &Run) -> Table {
    let mut table = Table::new(&MOVES);
    for (turn, row) in (1_usize..).zip(&run.estimates.moves) {
        for (seat, row) in about.seats.iter().zip(row) {
            for (made, estimate) in seat.moves.iter().zip(row) {
                let Some(estimate) = estimate else { continue };
                let actor = &about.actors[seat.actor.index()].id;
                let issue = &about.issues[seat.issue.index()].id;
                let names = [turn.into(), Cell::from(actor), Cell::from(issue), Cell::from(&made.id)];
                table.push(names.into_iter().chain(Cell::interval(*estimate)));
            }
        }
    }
    table
}

fn scores(about: &About, run: &Run) -> Table {
    let mut table = Table::new(&SCORES);
    for (actor, estimate) in about.actors.iter().zip(&run.estimates.scores) {
        table.push([Cell::from(&actor.id)].into_iter().chain(Cell::interval(*estimate)));
    }
    table
}

fn lengths(run: &Run) -> Table {
    let mut table = Table::new(&LENGTHS);
    for (turns, estimate) in run.estimates.lengths.iter().enumerate() {
        table.push([turns.into()].into_iter().chain(Cell::interval(*estimate)));
    }
    table
}

fn measures(about: &About, run: &Run) -> Table {
    let mut table = Table::new(&MEASURES);
    for (measure, estimate) in about.measures.iter().zip(&run.estimates.measures) {
        table.push([Cell::from(&measure.path)].into_iter().chain(Cell::interval(*estimate)));
    }
    table
}

fn draws(about: &About, run: &Run) -> Table {
    let parameters = about.uncertain.iter().map(|&at| about.parameters[at].id.clone()).collect();
    let classes = about.classifications.iter();
    let outcomes =
        classes.flat_map(|class| class.outcomes.iter().map(move |it| format!("{}.{}", class.id, it.id)));
    let mut table = Table::with_columns(&DRAWS, &[parameters, outcomes.collect()]);
    for (number, draw) in run.estimates.draws.iter().enumerate() {
        let parameters = about.uncertain.iter().map(|&at| Cell::from(draw.parameters[at]));
        let share = |class: usize, at: usize| draw.outcomes.as_ref().map(|found| found[class][at]);
        let sizes = about.classifications.iter().map(|class| class.outcomes.len()).enumerate();
        let shares = sizes.flat_map(|(class, size)| (0..size).map(move |at| Cell::from(share(class, at))));
        table.push([number.into()].into_iter().chain(parameters).chain(shares));
    }
    table
}

fn posterior(about: &About, given: &Posterior) -> Table {
    let mut table = Table::new(&POSTERIOR);
    for found in &given.posteriors {
        let id = &about.parameters[found.parameter.index()].id;
        let numbers = [found.prior, found.posterior].map(|it| [it.mean, it.low, it.high]);
        table.push([Cell::from(id)].into_iter().chain(numbers.as_flattened().iter().map(|&n| n.into())));
    }
    table
}

fn weights(given: &Posterior) -> Table {
    let mut table = Table::new(&WEIGHTS);
    for (draw, &weight) in given.weights.iter().enumerate() {
        table.push([draw.into(), weight.into()]);
    }
    table
}

/// An empty table of single plays.
#[must_use]
pub fn replication_header(scenario: &Scenario) -> Table {
    let named = |prefix: &str, ids: &mut dyn Iterator<Item = &String>| -> Vec<String> {
        ids.map(|id| format!("{prefix}.{id}")).collect()
    };
    Table::with_columns(
        &REPLICATIONS,
        &[
            named("outcome", &mut scenario.classifications.iter().map(|it| &it.id)),
            named("end", &mut scenario.variables.iter().map(|it| &it.id)),
            named("score", &mut scenario.actors.iter().map(|it| &it.id)),
            named("measure", &mut scenario.measures.iter().map(|it| &it.id)),
            named("parameter", &mut scenario.parameters.iter().map(|it| &it.id)),
        ],
    )
}

/// Some single plays as a table.
#[must_use]
pub fn replication_batch(batch: &PlayBatch<'_>) -> Table {
    let PlayBatch { scenario, records, parameters } = *batch;
    let mut table = replication_header(scenario);
    let mut drawn: Option<(Option<u64>, Vec<f64>)> = None;
    for record in records {
        if drawn.as_ref().is_none_or(|(draw, _)| *draw != record.draw) {
            drawn = Some((record.draw, parameters(record.draw)));
        }
        let parameters = drawn.iter().flat_map(|(_, parameters)| parameters);
        let outcomes = scenario.classifications.iter().zip(&record.outcomes);
        let ends = scenario.variables.iter().zip(&record.levels);
        let first =
            [record.replication.into(), record.draw.map_or(Cell::Missing, Cell::from), record.turns.into()];
        let outcomes = outcomes.map(|(class, &outcome)| Cell::from(&class.outcomes[outcome].id));
        let ends = ends.map(|(variable, &level)| Cell::from(&variable.levels[level]));
        let numbers = record.lanes.iter().chain(parameters).map(|value| Cell::from(*value));
        table.push(first.into_iter().chain(outcomes).chain(ends).chain(numbers));
    }
    table
}
