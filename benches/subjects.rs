//! The engine's side of the benchmark: each function makes one piece of work ready and hands it over.
//!
//! What is made ready here is not timed. A subject that the engine cannot do yet is `None`, and its row says "not
//! measured".

use std::hint::black_box;
use std::path::PathBuf;

use demarche::agents::Policies;
use demarche::game::{Blueprint, Game};
use demarche::scenario::{Document, Library, Numbers, Request, read};
use demarche::simulate::{Chance, Counting, OutcomeCounter, PlaySampler, PreparedGame};
use demarche::study::{Settings, Unwatched, propagate, run};

use crate::harness::pair::Work;

/// A scenario, and where it stands (which says where what it extends is to be found).
pub(crate) struct Scenario {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

/// Files beside the scenario.
struct Beside;

impl Library for Beside {
    fn read(&self, from: &str, path: &str) -> Result<Vec<u8>, String> {
        let folder = PathBuf::from(from).parent().map(PathBuf::from).unwrap_or_default();
        std::fs::read(folder.join(path)).map_err(|error| error.to_string())
    }
}

/// A document that lives as long as the benchmark: pieces of work borrow from it.
fn document(scenario: &Scenario) -> Option<&'static Document> {
    let name = scenario.path.display().to_string();
    let request = Request {
        name: &name,
        text: scenario.text.as_bytes(),
        changes: Vec::new(),
        sets: Vec::new(),
        library: &Beside,
    };
    Some(Box::leak(Box::new(read(&request).document?)))
}

/// A scenario made ready for one draw: its document, compiled game and numbers.
struct Ready {
    document: &'static Document,
    game: &'static Game,
    numbers: &'static Numbers,
}

fn ready(scenario: &Scenario) -> Option<Ready> {
    let document = document(scenario)?;
    let game = Game::compile(&document.scenario, Blueprint::new(&document.scenario)).ok()?;
    let numbers = document.scenario.numbers(&document.scenario.central()).ok()?;
    Some(Ready { document, game: Box::leak(Box::new(game)), numbers: Box::leak(Box::new(numbers)) })
}

/// Every policy of the first turn, in every state.
fn all_policies(game: &Game, policies: &Policies<'_>) {
    for actor in game.blueprint.actors.ids() {
        for (part, _) in game.choices(actor, 0) {
            for cell in game.components()[part].scope.all_cells() {
                black_box(policies.plays(part, cell));
            }
        }
    }
}

/// Samples on one thread and counts outcomes alone: no turns, no moves, no scores. Policies are made ready.
pub(crate) fn sampler_outcomes(scenario: &Scenario, replications: u64) -> Option<Work> {
    let Ready { document, game, numbers } = ready(scenario)?;
    let table: &'static PreparedGame<'static> =
        Box::leak(Box::new(PreparedGame::new(&document.scenario, &document.slots, game, numbers)));
    Some(Box::new(move || {
        let mut outcomes = OutcomeCounter {
            counts: game.blueprint.classes.iter().map(|class| vec![0; class.outcomes.len()]).collect(),
        };
        let mut sampler = PlaySampler::new(table, &document.slots, &Chance::of_plays(1));
        sampler.play(0..replications, &mut outcomes);
        black_box(outcomes);
    }))
}

/// Samples on so many threads with all tallies and scores. Policies are made ready on one thread; on several
/// a whole run is timed, policies included, which a million plays outweigh.
pub(crate) fn sampler_all(scenario: &Scenario, replications: u64, threads: usize) -> Option<Work> {
    let Ready { document, game, numbers } = ready(scenario)?;
    if replications >= 1_000_000 {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().ok()?;
        let settings = Settings { seed: 1, replications, draws: Some(0), history: None };
        return Some(Box::new(move || {
            black_box(pool.install(|| run(document, &settings, &Unwatched, None)).ok());
        }));
    }
    let table: &'static PreparedGame<'static> =
        Box::leak(Box::new(PreparedGame::new(&document.scenario, &document.slots, game, numbers)));
    Some(Box::new(move || {
        let mut counting = Counting::new(table.layout());
        let mut sampler = PlaySampler::new(table, &document.slots, &Chance::of_plays(1));
        sampler.play(0..replications, &mut counting);
        black_box(counting.tally);
    }))
}

/// The policies of the first turn in all states, on one thread, whatever depends on conditions alone made ready.
pub(crate) fn policies(scenario: &Scenario) -> Option<Work> {
    let Ready { game, numbers, .. } = ready(scenario)?;
    all_policies(game, &Policies::new(game, numbers));
    Some(Box::new(move || all_policies(game, &Policies::new(game, numbers))))
}

/// From the checked scenario to its first policies in all states: with all that is made once for a scenario.
pub(crate) fn first_draw(scenario: &Scenario) -> Option<Work> {
    let Ready { document, numbers, .. } = ready(scenario)?;
    Some(Box::new(move || {
        let game = Game::compile(&document.scenario, Blueprint::new(&document.scenario));
        if let Ok(game) = game {
            all_policies(&game, &Policies::new(&game, numbers));
        }
    }))
}

/// Another draw of the same scenario: amounts and chances change, and conditions do not.
pub(crate) fn further_draw(scenario: &Scenario) -> Option<Work> {
    let Ready { document, game, numbers } = ready(scenario)?;
    all_policies(game, &Policies::new(game, numbers));
    Some(Box::new(move || {
        let numbers = document.scenario.numbers(&document.scenario.central());
        if let Ok(numbers) = numbers {
            all_policies(game, &Policies::new(game, &numbers));
        }
    }))
}

/// From the checked scenario to its exact table of outcomes, on one thread.
pub(crate) fn exact(scenario: &Scenario) -> Option<Work> {
    let document = document(scenario)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().ok()?;
    let settings = Settings { draws: Some(0), ..Settings::default() };
    Some(Box::new(move || {
        black_box(pool.install(|| propagate(document, &settings, 0.0, &Unwatched)).ok());
    }))
}
