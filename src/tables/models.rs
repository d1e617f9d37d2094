//! The table of decision models.

use super::schema::{TableSchema, Thing, Unit, high, low, names, said, text, value};
use super::table::{Cell, Table};
use crate::ask::About;
use crate::ask::models::ModelsFindings;

pub(super) const MODELS: TableSchema = TableSchema {
    name: "models",
    commands: &["models"],
    doc: "One row for each decision model and outcome; a model that the scenario rules out has rows without numbers.",
    columns: &[
        text("model", "the decision model"),
        names("classification", Thing::Classification, "the classification"),
        names("outcome", Thing::Outcome, "the outcome"),
        value("probability", Unit::Share, "the probability that a play ends so"),
        low(Unit::Share),
        high(Unit::Share),
        said("why_not", "why there is no number; empty where there is one"),
    ],
};

pub(super) fn tables(about: &About, found: &ModelsFindings) -> Vec<Table> {
    let mut table = Table::new(&MODELS);
    for result in &found.models {
        for (class, classification) in about.classifications.iter().enumerate() {
            for (at, outcome) in classification.outcomes.iter().enumerate() {
                let names = [
                    Cell::from(result.model.name.as_str()),
                    Cell::from(&classification.id),
                    Cell::from(&outcome.id),
                ];
                let estimate = result.run.as_ref().ok().map(|run| run.estimates.outcomes[class][at]);
                let why = result.run.as_ref().err().map_or(Cell::Missing, Cell::from);
                table.push(names.into_iter().chain(Cell::interval(estimate)).chain([why]));
            }
        }
    }
    vec![table]
}
