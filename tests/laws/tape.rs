//! Random decisions, which proptest draws and makes simpler.

use std::panic::{AssertUnwindSafe, catch_unwind};

use demarche::scenario::Document;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestError, TestRunner};

use crate::draft::Draft;
use crate::engine::document;

/// Decisions that are still to be made. The first possibility is always the simplest, and an empty tape
/// always decides for it: so zeros make the simplest scenario.
pub(crate) struct Tape<'t>(pub(crate) std::slice::Iter<'t, u16>);

impl Tape<'_> {
    /// A number below `count`.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        usize::from(*self.0.next().unwrap_or(&0)) % count
    }

    /// A number from `least` to `most`.
    pub(crate) fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most + 1 - least)
    }

    /// One of these.
    pub(crate) fn of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }

    /// True in so many of a hundred cases.
    pub(crate) fn is(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    /// All of these, in some order.
    pub(crate) fn shuffled<T: Clone>(&mut self, all: &[T]) -> Vec<T> {
        let mut rest = all.to_vec();
        (0..all.len()).map(|_| rest.remove(self.below(rest.len()))).collect()
    }
}

/// Decisions for one scenario, and those for what a law wants of it; all beyond are the simplest.
const LENGTHS: (usize, usize) = (700, 60);

/// What a law says of a scenario, which it may change as its own tape decides.
pub(crate) type Law = fn(&Draft, &Document, &mut Tape<'_>) -> Result<(), String>;

/// Holds a law against `cases` scenarios drawn at random, the same ones every time, and shows a simple one
/// that breaks it.
#[track_caller]
pub(crate) fn always(cases: u32, seed: u64, law: Law) {
    // Decisions are made simpler below: proptest would do so one by one.
    let mut config = Config { failure_persistence: None, max_shrink_iters: 0, ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = cases;
    }
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(seed);
    }
    let decisions = |length| prop::collection::vec(any::<u16>(), length);
    let held = TestRunner::new(config)
        .run(&(decisions(LENGTHS.0), decisions(LENGTHS.1)), |(scenario, own)| {
            hold(law, &scenario, &own).map_err(TestCaseError::fail)
        });
    match held {
        Ok(()) => {}
        Err(TestError::Fail(_, (scenario, own))) => panic!("{}", simplest(law, scenario, &own)),
        Err(TestError::Abort(why)) => panic!("given up: {why}"),
    }
}

fn hold(law: Law, scenario: &[u16], own: &[u16]) -> Result<(), String> {
    let draft = Draft::new(&mut Tape(scenario.iter()));
    let text = draft.text();
    let judged = || document(&text, &[], &[]).and_then(|it| law(&draft, &it, &mut Tape(own.iter())));
    let held = catch_unwind(AssertUnwindSafe(judged)).unwrap_or_else(|_| Err("it panics".to_owned()));
    held.map_err(|why| format!("{why}\n{text}"))
}

/// What is wrong once as many decisions as possible are the simplest: stretches of them at first, then
/// one by one.
fn simplest(law: Law, mut scenario: Vec<u16>, own: &[u16]) -> String {
    let mut told = hold(law, &scenario, own).err().unwrap_or_default();
    let mut stretch = scenario.len();
    while stretch > 0 {
        for start in (0..scenario.len()).step_by(stretch) {
            let mut simpler = scenario.clone();
            simpler[start..(start + stretch).min(scenario.len())].fill(0);
            if simpler == scenario {
                continue;
            }
            if let Err(why) = hold(law, &simpler, own) {
                (scenario, told) = (simpler, why);
            }
        }
        stretch /= 2;
    }
    told
}
