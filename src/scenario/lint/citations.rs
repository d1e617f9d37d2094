//! Claims that nobody cites, and numbers that alone among their neighbours give no reason.

use std::collections::BTreeMap;

use crate::scenario::lower::Mentions;
use crate::scenario::{Diagnostic, Notes, Reason, Scenario, Span};

pub(super) fn cited_nowhere(scenario: &Scenario, mentions: &Mentions, warnings: &mut Vec<Diagnostic>) {
    let cited_in_tables: Vec<usize> = scenario
        .terms
        .iter()
        .flat_map(|term| &term.notes.because.reasons)
        .filter_map(|reason| if let Reason::Claim(claim) = reason { Some(*claim) } else { None })
        .collect();
    for (index, claim) in scenario.claims.iter().enumerate() {
        if !mentions.reasons.contains(&claim.id) && !cited_in_tables.contains(&index) {
            let message = format!("nobody cites the claim `{}`", claim.id);
            let warning = Diagnostic::warning("uncited", claim.span, message);
            warnings
                .push(warning.help(format!("say `because = \"{}\"` where a number rests on it", claim.id)));
        }
    }
}

/// Something with a number, among its neighbours.
struct Item<'s> {
    path: String,
    notes: &'s Notes,
    span: Span,
}

pub(super) fn without_because(scenario: &Scenario, warnings: &mut Vec<Diagnostic>) {
    for neighbours in neighbourhoods(scenario) {
        let silent: Vec<&Item<'_>> =
            neighbours.iter().filter(|item| item.notes.because.reasons.is_empty()).collect();
        if neighbours.len() <= 2 * silent.len() {
            continue;
        }
        for item in silent {
            let message = format!("`{}` has no `because`, where its neighbours have one", item.path);
            warnings.push(Diagnostic::warning("no-because", item.span, message));
        }
    }
}

/// Parameters, variables, and the terms, effects and outcomes of one table of the file.
fn neighbourhoods(scenario: &Scenario) -> Vec<Vec<Item<'_>>> {
    let own_parameters = scenario.parameters.iter().filter(|parameter| !parameter.kind.is_derived());
    let parameters = own_parameters.map(|it| item(format!("parameters.{}", it.id), &it.notes, it.span));
    let variables =
        scenario.variables.iter().map(|it| item(format!("variables.{}", it.id), &it.notes, it.span));
    let terms = scenario.terms.iter().map(|it| item(it.path.clone(), &it.notes, it.span));
    let effects = scenario.effects.iter().map(|it| item(it.path.clone(), &it.notes, it.span));
    let outcomes = scenario.classifications.iter().flat_map(|class| {
        let paying = class.outcomes.iter().filter(|outcome| !outcome.pays.is_empty());
        paying.map(|it| item(format!("outcomes.{}.{}", class.id, it.id), &it.notes, it.span))
    });
    let mut tables: BTreeMap<String, Vec<Item<'_>>> = BTreeMap::new();
    for item in parameters.chain(variables).chain(terms).chain(effects).chain(outcomes) {
        let table = item.path.rsplit_once('.').map_or("", |(table, _)| table);
        tables.entry(table.to_owned()).or_default().push(item);
    }
    tables.into_values().collect()
}

fn item(path: String, notes: &Notes, span: Span) -> Item<'_> {
    Item { path, notes, span }
}
