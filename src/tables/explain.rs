//! The tables of why an actor chooses what it chooses.

use super::schema::{TableSchema, Thing, Unit, names, text, value, whole};
use super::table::{Cell, Table};
use crate::ask::About;
use crate::ask::explain::ExplainFindings;
use crate::scenario::{MoveId, SeatId};

pub(super) const OPTIONS: TableSchema = TableSchema {
    name: "options",
    commands: &["explain"],
    doc: "Every option of the actor. Issues that bear on each other are decided together.",
    columns: &[
        whole("decision", Unit::None, "the set of issues that is decided together, from 1"),
        text("option", "the moves that it consists of: `issue.move issue.move`"),
        value("probability", Unit::Share, "the probability with which it is chosen"),
        value("value", Unit::Payoff, "what the actor expects of it; nothing where it values no option"),
        value("after", Unit::Payoff, "the part of it that comes after the turn, discounted"),
    ],
};

pub(super) const TERMS: TableSchema = TableSchema {
    name: "terms",
    commands: &["explain"],
    doc: "What each payoff term adds to the value of each option.",
    columns: &[
        whole("decision", Unit::None, "the set of issues that is decided together, from 1"),
        text("option", "the moves that the option consists of"),
        names("term", Thing::Path, "the term"),
        value("chance", Unit::Share, "the probability with which the actor expects it to hold"),
        value("amount", Unit::Payoff, "what it adds"),
    ],
};

/// `options`: every option's probability and value; `terms`: what each term adds to it.
pub(super) fn tables(about: &About, found: &ExplainFindings) -> Vec<Table> {
    let (mut options, mut terms) = (Table::new(&OPTIONS), Table::new(&TERMS));
    for (number, decision) in (1_usize..).zip(found.decisions()) {
        for option in &decision.options {
            let name = Cell::Text(option_id(about, &decision.seats, &option.moves));
            let known = |value: f64| if decision.level == 0 { Cell::Missing } else { value.into() };
            let after = option.after.iter().map(|(_, amount)| amount).sum();
            let numbers = [option.probability.into(), known(option.value), known(after)];
            options.push([number.into(), name.clone()].into_iter().chain(numbers));
            for share in &option.terms {
                let path = Cell::from(&about.terms[share.term.index()].path);
                let numbers = [share.chance.into(), share.amount.into()];
                terms.push([number.into(), name.clone(), path].into_iter().chain(numbers));
            }
        }
    }
    vec![options, terms]
}

fn option_id(about: &About, seats: &[SeatId], moves: &[Option<MoveId>]) -> String {
    let moves = seats.iter().zip(moves).filter_map(|(&seat, made)| {
        let seat = &about.seats[seat.index()];
        Some(format!("{}.{}", about.issues[seat.issue.index()].id, seat.moves[(*made)?.index()].id))
    });
    moves.collect::<Vec<_>>().join(" ")
}
