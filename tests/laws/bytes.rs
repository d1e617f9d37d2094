//! What changes nothing changes no byte of what a run writes.

use demarche::ask::About;
use demarche::ask::run::PlayBatch;
use demarche::game::{ComponentId, ComponentKind, MemberId};
use demarche::scenario::{Amount, Beliefs, Choice, Document, Expression, Scenario, SeatId};
use demarche::study::{Settings, Shared};
use demarche::tables::{csv, replication_batch, run_tables};

use crate::draft::{Draft, effect};
use crate::engine::{document, recorded};
use crate::tape::{Tape, always};

/// More than two blocks of plays, in draws that do not end where blocks do.
const SETTINGS: Settings = Settings { seed: 5, replications: 2100, draws: Some(3), history: None };

/// Every file of a run, by its name.
fn files(document: &Document, settings: &Settings) -> Result<Vec<(String, String)>, String> {
    let (run, records) = recorded(document, settings)?;
    let scenario = &document.scenario;
    let mut tables = run_tables(&About::new(scenario), &run);
    let prepared = Shared::default().prepare(scenario, &document.slots).map_err(|why| why.to_string())?;
    let parameters = |draw| prepared.parameters(settings.seed, draw);
    tables.push(replication_batch(&PlayBatch { scenario, records: &records, parameters: &parameters }));
    let file = |table: &demarche::tables::Table| {
        (table.name().to_owned(), String::from_utf8_lossy(&csv(table)).into_owned())
    };
    Ok(tables.iter().map(file).collect())
}

/// Whether a changed scenario writes the same, as far as `counts` says that a file counts.
fn same(document: &Document, changed: &Document, counts: fn(&str) -> bool) -> Result<(), String> {
    let (one, other) = (files(document, &SETTINGS)?, files(changed, &SETTINGS)?);
    for (one, other) in one.iter().zip(&other).filter(|(one, _)| counts(&one.0)) {
        if one != other {
            let line = one.1.lines().zip(other.1.lines()).find(|(one, other)| one != other);
            return Err(format!("{} differs: {line:?}", one.0));
        }
    }
    if one.len() == other.len() { Ok(()) } else { Err("there are more files".to_owned()) }
}

fn empty_overlay(draft: &Draft, base: &Document, _: &mut Tape<'_>) -> Result<(), String> {
    same(base, &document(&draft.text(), &["", "[parameters]\n[actors.north]\n"], &[])?, |_| true)
}

#[test]
fn an_empty_overlay_changes_no_byte() {
    always(40, 11, empty_overlay);
}

/// Amounts that an assignment can reach, those that the file leaves out among them.
fn amounts(scenario: &Scenario) -> Vec<&Amount> {
    let mut amounts: Vec<&Amount> = Vec::new();
    for actor in &scenario.actors {
        amounts.extend([&actor.tremble, &actor.discount]);
        amounts.extend(actor.regard.iter().map(|(_, amount)| amount));
        if let Choice::Logit(amount) = &actor.choice {
            amounts.push(amount);
        }
        if let Beliefs::Poisson(amount, _) = &actor.beliefs {
            amounts.push(amount);
        }
    }
    // Rows of tables are changed where they stand.
    let terms = scenario.terms.iter().filter(|term| !term.path.contains(".table."));
    amounts.extend(terms.flat_map(|term| term.pays.iter().map(|(_, amount)| amount)));
    amounts.extend(scenario.effects.iter().filter_map(|effect| effect.chance.as_ref()));
    let outcomes = scenario.classifications.iter().flat_map(|class| &class.outcomes);
    amounts.extend(outcomes.flat_map(|outcome| outcome.pays.iter().map(|(_, amount)| amount)));
    amounts
}

fn set_to_itself(draft: &Draft, base: &Document, tape: &mut Tape<'_>) -> Result<(), String> {
    let mut sets = vec![format!("turns={}", draft.places.turns)];
    for amount in amounts(&base.scenario) {
        let literal = matches!(amount.expression, Expression::Number(_));
        let value = if literal { amount.text.clone() } else { format!("{:?}", amount.text) };
        if tape.is(50) {
            sets.push(format!("{}={value}", amount.path));
        }
    }
    same(base, &document(&draft.text(), &[], &sets)?, |_| true).map_err(|why| format!("{why}\n{sets:?}"))
}

#[test]
fn setting_values_to_themselves_changes_no_byte() {
    always(40, 12, set_to_itself);
}

fn threads(_: &Draft, base: &Document, _: &mut Tape<'_>) -> Result<(), String> {
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| files(base, &SETTINGS))
    };
    if with(1)? == with(3)? { Ok(()) } else { Err("threads make a difference".to_owned()) }
}

#[test]
fn one_thread_and_three_write_the_same_bytes() {
    always(25, 13, threads);
}

/// Adds an effect that never fires: everybody chooses as before, and meets the same chance, as long as
/// nobody decides issues together that were decided apart: then one number decides, where two did.
fn idle_effect(draft: &Draft, base: &Document, tape: &mut Tape<'_>) -> Result<(), String> {
    let issue = tape.below(draft.issues.len() + 1).checked_sub(1);
    let mut added = effect(tape, "idle", issue, &draft.places);
    added.lines.retain(|line| !line.starts_with("chance"));
    let section = issue.map_or("events".to_owned(), |at| format!("issues.{}.effects", draft.issues[at].name));
    let overlay = format!("[{section}.idle]\nchance = 0\n{}\n", added.lines.join("\n"));
    let changed = document(&draft.text(), &[&overlay], &[])?;
    if decided_together(base)? != decided_together(&changed)? {
        return Ok(());
    }
    same(base, &changed, |file| file == "outcomes").map_err(|why| format!("{why}\n{overlay}"))
}

/// For each turn and actor, the issues that it decides together.
fn decided_together(document: &Document) -> Result<Vec<Vec<Vec<SeatId>>>, String> {
    let mut shared = Shared::default();
    let prepared = shared.prepare(&document.scenario, &document.slots).map_err(|error| error.to_string())?;
    let game = &prepared.game;
    let seats = |(part, member): (ComponentId, MemberId)| match game.components()[part].kind {
        ComponentKind::Turn { structure: shape, .. } => game.structure(shape).members[member].seats.clone(),
        _ => Vec::new(),
    };
    let turns = 0..game.blueprint.turns;
    let actors = |turn| game.blueprint.actors.ids().map(move |actor| (actor, turn));
    let together = turns.flat_map(actors).map(|(actor, turn)| {
        let mut together: Vec<Vec<SeatId>> = game.choices(actor, turn).into_iter().map(seats).collect();
        together.sort_unstable();
        together
    });
    Ok(together.collect())
}

#[test]
fn an_effect_that_never_fires_changes_no_byte_of_the_outcomes() {
    always(100, 14, idle_effect);
}
