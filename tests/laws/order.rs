//! The order in which a file names things changes the order of what is told, and nothing else.

use demarche::agents::Policies;
use demarche::game::Game;
use demarche::scenario::{Document, Scenario};
use demarche::study::Shared;

use crate::draft::{Draft, Issue};
use crate::engine::{document, play};
use crate::oracle::{Oracle, State};
use crate::policies::same;
use crate::tape::{Tape, always};

/// The same scenario in another order, as far as order does not count: that of effects does, and that of
/// outcomes, but for the one that catches the rest.
fn reordered(draft: &Draft, scenario: &Scenario, tape: &mut Tape<'_>) -> Draft {
    let mut other = draft.clone();
    other.variables = tape.shuffled(&draft.variables);
    other.actors = tape.shuffled(&draft.actors);
    other.terms = tape.shuffled(&draft.terms);
    other.parameters = tape.shuffled(&draft.parameters);
    other.measures = tape.shuffled(&draft.measures);
    other.classes = tape.shuffled(&draft.classes);
    for (_, outcomes) in &mut other.classes {
        let rest = outcomes.iter().position(|outcome| !outcome.lines.iter().any(|l| l.starts_with("when")));
        let rest = outcomes.remove(rest.expect("one catches the rest"));
        outcomes.insert(tape.below(outcomes.len() + 1), rest);
    }
    for issue in &mut other.issues {
        issue.terms = tape.shuffled(&issue.terms);
        issue.moves = tape.shuffled(&issue.moves);
        for (_, moves) in &mut issue.moves {
            *moves = tape.shuffled(moves);
        }
    }
    if effects_commute(scenario) {
        other.issues = tape.shuffled::<Issue>(&other.issues);
    }
    other
}

/// Whether no two issues have effects on the same variable.
fn effects_commute(scenario: &Scenario) -> bool {
    let changed = scenario.effects.iter().flat_map(|effect| {
        effect.issue.into_iter().flat_map(|issue| effect.changes.iter().map(move |(v, _)| (*v, issue)))
    });
    let changed: Vec<_> = changed.collect();
    changed.iter().all(|(v, issue)| changed.iter().all(|(other, theirs)| v != other || issue == theirs))
}

/// An action by the names of its moves.
fn named(scenario: &Scenario, policy: Vec<(Vec<(usize, usize)>, f64)>) -> Vec<(Vec<String>, f64)> {
    let name = |(seat, made): (usize, usize)| {
        let seat = &scenario.seats[seat];
        format!("{} {}", scenario.issues[seat.issue.index()].id, seat.moves[made].id)
    };
    let names = policy.into_iter().map(|(action, p)| {
        let mut names: Vec<String> = action.into_iter().map(name).collect();
        names.sort_unstable();
        (names, p)
    });
    names.collect()
}

/// The state of another order of the same variables.
fn translated(from: &Scenario, to: &Scenario, state: &[usize]) -> State {
    let level = |id: &str| from.variables.iter().position(|other| other.id == id).map(|at| state[at]);
    to.variables.iter().map(|variable| level(&variable.id).expect("it has the same variables")).collect()
}

struct Side<'a> {
    scenario: &'a Scenario,
    game: &'a Game,
    policies: Policies<'a>,
    oracle: Oracle<'a>,
}

impl Side<'_> {
    fn outcomes(&self) -> Vec<(String, f64)> {
        let plays = |actor, turn, state: &[usize]| play(&self.policies, self.game, actor, turn, state);
        let exact = self.oracle.exact_with(&plays).outcomes;
        let classes = self.scenario.classifications.iter().zip(exact);
        let mut named: Vec<(String, f64)> = classes
            .flat_map(|(class, row)| {
                let outcomes = class.outcomes.iter().zip(row);
                outcomes.map(|(outcome, p)| (format!("{}.{}", class.id, outcome.id), p)).collect::<Vec<_>>()
            })
            .collect();
        named.sort_by(|one, other| one.0.cmp(&other.0));
        named
    }
}

fn law(draft: &Draft, base: &Document, tape: &mut Tape<'_>) -> Result<(), String> {
    let text = reordered(draft, &base.scenario, tape).text();
    let changed = document(&text, &[], &[])?;
    let mut shared = Shared::default();
    let mut prepare = |document| {
        let document: &Document = document;
        shared.prepare(&document.scenario, &document.slots).map_err(|error| error.to_string())
    };
    let (one, other) = (prepare(base)?, prepare(&changed)?);
    let numbers = [&one, &other].map(|prepared| prepared.numbers(1, None).expect("they are in range"));
    let side = |at: usize| {
        let prepared = [&one, &other][at];
        Side {
            scenario: prepared.scenario,
            game: &prepared.game,
            policies: Policies::new(&prepared.game, &numbers[at]),
            oracle: Oracle::new(prepared.scenario, &numbers[at]),
        }
    };
    agree(&side(0), &side(1)).map_err(|why| format!("{why}\n--- and in another order\n{text}\n---"))
}

fn agree(one: &Side<'_>, other: &Side<'_>) -> Result<(), String> {
    for state in one.oracle.states().into_iter().filter(|state| !one.oracle.stops(state)) {
        let theirs = translated(one.scenario, other.scenario, &state);
        for (actor, who) in one.scenario.actors.iter().enumerate() {
            let them = other.scenario.actors.iter().position(|it| it.id == who.id).expect("it has the same");
            for turn in 1..=one.oracle.turns() {
                let found = play(&other.policies, other.game, them, turn, &theirs);
                let expected = play(&one.policies, one.game, actor, turn, &state);
                same(&named(other.scenario, found), &named(one.scenario, expected), 1e-12)
                    .map_err(|why| format!("{} in turn {turn} at {state:?}: {why}", who.id))?;
            }
        }
    }
    let (found, expected) = (other.outcomes(), one.outcomes());
    for (found, expected) in found.iter().zip(&expected) {
        if found.0 != expected.0 || (found.1 - expected.1).abs() > 1e-12 {
            return Err(format!("{found:?}, not {expected:?}"));
        }
    }
    Ok(())
}

#[test]
fn order_changes_nothing_but_order() {
    always(80, 21, law);
}
