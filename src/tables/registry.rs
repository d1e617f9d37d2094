//! Every table of every answer.

use super::schema::TableSchema;
use super::{
    agree, check, claims, compare, discover, explain, flip, models, payoffs, play, run, sensitivity, solve,
    sweep, tree, verify,
};

/// Every table, in the order of the commands.
pub static TABLES: &[&TableSchema] = &[
    &check::SIZES,
    &run::OUTCOMES,
    &run::JOINT,
    &run::TURNS,
    &run::MOVES,
    &run::SCORES,
    &run::LENGTHS,
    &run::DRAWS,
    &run::MEASURES,
    &run::POSTERIOR,
    &run::WEIGHTS,
    &run::REPLICATIONS,
    &play::CHOICES,
    &play::PAYMENTS,
    &play::EFFECTS,
    &play::LEVELS,
    &play::ENDING,
    &play::TOTALS,
    &explain::OPTIONS,
    &explain::TERMS,
    &payoffs::PAYOFFS,
    &verify::FACTS,
    &compare::AGAINST,
    &compare::DIFFERENCES,
    &compare::TRANSITIONS,
    &claims::CLAIMS,
    &claims::CITED,
    &claims::BARE,
    &models::MODELS,
    &sensitivity::SENSITIVITY,
    &sensitivity::EFFECTS,
    &sensitivity::INDICES,
    &sensitivity::VARIANCES,
    &sensitivity::POINTS,
    &discover::BOXES,
    &discover::TRAJECTORY,
    &discover::SAMPLE,
    &agree::AGREEMENT,
    &sweep::SWEEP,
    &flip::FLIPS,
    &flip::FRONTIER,
    &flip::ANSWERS,
    &solve::CELLS,
    &solve::ELIMINATED,
    &solve::WEAK,
    &solve::EQUILIBRIA,
    &solve::SECURITY,
    &solve::CORRELATED,
    &solve::QUANTAL,
    &tree::SUBGAME_PERFECT,
    &tree::AGENT_QUANTAL,
];

/// Files of an output folder that are no tables.
pub const FILES: [&str; 4] = ["scenario.toml", "source.json", "game.nfg", "manifest.json"];

/// The names of all files that an output folder may hold.
pub fn file_names() -> impl Iterator<Item = String> {
    let tables = TABLES.iter().map(|table| format!("{}.csv", table.name));
    tables.chain(FILES.map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_command_has_two_tables_of_one_name() {
        for (at, one) in TABLES.iter().enumerate() {
            for other in &TABLES[at + 1..] {
                let shared = one.commands.iter().any(|command| other.commands.contains(command));
                assert!(one.name != other.name || !shared, "{}", one.name);
            }
        }
    }

    #[test]
    fn columns_of_a_table_have_names_of_their_own() {
        for table in TABLES {
            for (at, column) in table.columns.iter().enumerate() {
                let again = table.columns[at + 1..].iter().any(|other| other.name == column.name);
                assert!(!again, "{}.{}", table.name, column.name);
            }
        }
    }
}
