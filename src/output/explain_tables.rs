//! Why an actor chooses what it chooses, as tables.

use super::explain::{Chooser, decisions};
use super::{Cell, Table};
use crate::agents::Explanation;
use crate::scenario::Scenario;

/// `options`: every option's probability and value; `terms`: what each term adds to it. A combination of
/// moves is written `issue.move issue.move`.
#[must_use]
pub fn explanation_tables(chooser: Chooser<'_>, explained: &[Explanation]) -> Vec<(String, Table)> {
    let scenario = chooser.scenario;
    let mut options = Table::new(&["decision", "option", "probability", "value", "after"]);
    let mut terms = Table::new(&["decision", "option", "term", "chance", "amount"]);
    for (number, part) in (1_usize..).zip(decisions(explained)) {
        for option in &part.options {
            let name = Cell::Text(option_id(scenario, &part.seats, &option.moves));
            let known = |value: f64| if part.level == 0 { Cell::Missing } else { value.into() };
            let after = option.after.iter().map(|(_, amount)| amount).sum();
            let row = vec![number.into(), name.clone(), option.probability.into()];
            options.rows.push(row.into_iter().chain([known(option.value), known(after)]).collect());
            for share in &option.terms {
                let path = scenario.terms[share.term].path.as_str().into();
                let numbers = [share.chance.into(), share.amount.into()];
                let row = vec![number.into(), name.clone(), path];
                terms.rows.push(row.into_iter().chain(numbers).collect());
            }
        }
    }
    vec![("options".to_owned(), options), ("terms".to_owned(), terms)]
}

fn option_id(scenario: &Scenario, seats: &[usize], moves: &[Option<usize>]) -> String {
    let moves = seats.iter().zip(moves).filter_map(|(&seat, made)| {
        let seat = &scenario.seats[seat];
        Some(format!("{}.{}", scenario.issues[seat.issue.index()].id, seat.moves[(*made)?].id))
    });
    moves.collect::<Vec<_>>().join(" ")
}
