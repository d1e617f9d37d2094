//! The table of payoff matrices.

use super::schema::{ColumnSchema, Kind, Role, TableSchema, Thing, Unit, names, value};
use super::table::{Cell, Table};
use crate::ask::About;
use crate::ask::tables::TablesFindings;

pub(super) const PAYOFFS: TableSchema = TableSchema {
    name: "payoffs",
    commands: &["tables"],
    doc: "One row for each combination of moves in each open issue.",
    columns: &[
        names("issue", Thing::Issue, "the issue"),
        ColumnSchema {
            name: "ACTOR",
            role: Role::Key,
            kind: Kind::Text,
            unit: Unit::None,
            thing: Some(Thing::Move),
            doc: "the actor's move; nothing where it has no seat in the issue",
        },
        value(
            "pays.ACTOR",
            Unit::Payoff,
            "what the actor is paid; nothing where it has no seat in the issue",
        ),
    ],
};

pub(super) fn tables(about: &About, found: &TablesFindings) -> Vec<Table> {
    let ids: Vec<String> = about.actors.iter().map(|actor| actor.id.clone()).collect();
    let pays = ids.iter().map(|id| format!("pays.{id}")).collect();
    let mut table = Table::with_columns(&PAYOFFS, &[ids, pays]);
    for (issue, matrices) in &found.issues {
        let Some(matrices) = matrices else { continue };
        for (n, payoffs) in matrices.payoffs.iter().enumerate() {
            let mut moves = vec![Cell::Missing; about.actors.len()];
            let mut pays = moves.clone();
            for (at, (made, payoff)) in matrices.digits(n).into_iter().zip(payoffs).enumerate() {
                let seat = &about.seats[matrices.seats[at]];
                moves[seat.actor.index()] = Cell::from(&seat.moves[matrices.moves[at][made]].id);
                pays[seat.actor.index()] = (*payoff).into();
            }
            let issue = [Cell::from(&about.issues[issue.index()].id)];
            table.push(issue.into_iter().chain(moves).chain(pays));
        }
    }
    vec![table]
}
