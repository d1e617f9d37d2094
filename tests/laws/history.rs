//! What is observed is weighed as the rules say: the filter held to a forward pass over everything that a play
//! can be.

use std::collections::BTreeMap;

use demarche::agents::Policies;
use demarche::exact::{BeliefState, FilterError, Propagation, filter};
use demarche::game::{Blueprint, Game};
use demarche::scenario::{Document, History, SeatId, Seen, Sighting, Span, VariableId};

use crate::draft::Draft;
use crate::oracle::{Oracle, Policy, Profile, State};
use crate::tape::{Tape, always};

/// State, turns played, whether the play has stopped.
type Where = (State, usize, bool);

fn profiles(oracle: &Oracle<'_>, turn: usize, state: &State) -> Vec<(Profile, f64)> {
    let actors = 0..oracle.scenario.actors.len();
    let policies: Vec<Policy> = actors.map(|actor| oracle.play(actor, turn, state)).collect();
    let all = oracle.profiles(&policies.iter().collect::<Vec<_>>());
    all.into_iter().filter(|(_, p)| *p > 0.0).collect()
}

/// What somebody sees of a play who misses much.
fn seen_of_a_play(oracle: &Oracle<'_>, tape: &mut Tape<'_>) -> History {
    let mut history = History::default();
    let possible: Vec<State> = oracle
        .states()
        .into_iter()
        .filter(|state| state.iter().enumerate().all(|(v, &level)| oracle.numbers.starts[v][level] > 0.0))
        .collect();
    let mut state = tape.of(&possible);
    let turns = tape.between(0, oracle.turns());
    for turn in 0..=turns {
        if turn > 0 && !oracle.stops(&state) {
            let (profile, _) = tape.of(&profiles(oracle, turn, &state));
            for (seat, made) in profile.iter().enumerate() {
                if let (Some(made), true) = (made, tape.is(50)) {
                    history.sightings.push(sighting(turn, Seen::Move(SeatId::new(seat), *made)));
                }
            }
            state = tape.of(&oracle.step(turn, &state, &profile).next).0;
        }
        for (v, &level) in state.iter().enumerate() {
            if tape.is(30) {
                history.sightings.push(sighting(turn, Seen::Level(VariableId::new(v), level)));
            }
        }
    }
    history
}

fn sighting(turn: usize, what: Seen) -> Sighting {
    Sighting { turn, what, span: Span::default() }
}

/// The probabilities of what was seen and where plays then stand.
fn naive(oracle: &Oracle<'_>, history: &History) -> BTreeMap<Where, f64> {
    let agrees = |turn: usize, state: &State| {
        history.of_turn(turn).all(|it| match it.what {
            Seen::Level(v, level) => state[v.index()] == level,
            Seen::Move(..) => true,
        })
    };
    let made = |turn: usize, profile: &Profile| {
        history.of_turn(turn).all(|it| match it.what {
            Seen::Move(seat, made) => profile[seat.index()] == Some(made),
            Seen::Level(..) => true,
        })
    };
    let moves = |turn: usize| history.of_turn(turn).any(|it| matches!(it.what, Seen::Move(..)));
    let mut now: BTreeMap<Where, f64> = BTreeMap::new();
    for state in oracle.states().into_iter().filter(|state| agrees(0, state)) {
        let p: f64 = state.iter().enumerate().map(|(v, &level)| oracle.numbers.starts[v][level]).product();
        let stopped = oracle.stops(&state);
        *now.entry((state, 0, stopped)).or_default() += p;
    }
    for turn in 1..=history.last_turn() {
        let mut next = BTreeMap::new();
        for ((state, played, stopped), p) in now {
            if stopped {
                if !moves(turn) && agrees(turn, &state) {
                    *next.entry((state, played, true)).or_default() += p;
                }
                continue;
            }
            for (profile, q) in profiles(oracle, turn, &state).into_iter().filter(|(it, _)| made(turn, it)) {
                for (after, r) in &oracle.step(turn, &state, &profile).next {
                    if agrees(turn, after) {
                        let stops = oracle.stops(after);
                        *next.entry((after.clone(), turn, stops)).or_default() += p * q * r;
                    }
                }
            }
        }
        now = next;
    }
    now.retain(|_, p| *p > 0.0);
    now
}

fn filtered(document: &Document, history: &History) -> Result<Result<BeliefState, Sighting>, String> {
    let scenario = &document.scenario;
    let numbers = scenario.numbers(&scenario.central()).map_err(|errors| format!("{errors:?}"))?;
    let game = Game::compile(scenario, Blueprint::new(scenario)).map_err(|error| error.to_string())?;
    let policies = Policies::new(&game, &numbers);
    let how = Propagation { tolerance: 0.0, go_on: &|_, _| true };
    match filter(scenario, &policies, how, history) {
        Ok(found) => Ok(Ok(found)),
        Err(FilterError::Impossible(row)) => Ok(Err(row)),
        Err(FilterError::Exact(error)) => Err(error.to_string()),
    }
}

fn law(_: &Draft, document: &Document, tape: &mut Tape<'_>) -> Result<(), String> {
    let scenario = &document.scenario;
    let numbers = scenario.numbers(&scenario.central()).map_err(|errors| format!("{errors:?}"))?;
    let oracle = Oracle::new(scenario, &numbers);
    let history = seen_of_a_play(&oracle, tape);
    let expected = naive(&oracle, &history);
    let likelihood: f64 = expected.values().sum();
    let found = filtered(document, &history)?.map_err(|row| format!("{row:?} is said to be impossible"))?;
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-11 * b.max(1e-3);
    if !near(found.likelihood, likelihood) {
        return Err(format!("a likelihood of {} and not of {likelihood}: {history:?}", found.likelihood));
    }
    let stands: BTreeMap<Where, f64> = found
        .states
        .iter()
        .map(|it| ((it.levels.to_numbers(), it.turns, it.ended), it.probability))
        .collect();
    for place in expected.keys().chain(stands.keys()) {
        let p = expected.get(place).map_or(0.0, |p| p / likelihood);
        let q = stands.get(place).copied().unwrap_or(0.0);
        if !near(q, p) {
            return Err(format!("{place:?} has {q} and not {p}: {history:?}"));
        }
    }
    Ok(())
}

#[test]
fn what_was_seen_is_weighed_as_the_rules_say() {
    always(120, 17, law);
}

/// Appends to what was seen that some variable stands elsewhere at the same time.
fn impossible(_: &Draft, document: &Document, tape: &mut Tape<'_>) -> Result<(), String> {
    let scenario = &document.scenario;
    let numbers = scenario.numbers(&scenario.central()).map_err(|errors| format!("{errors:?}"))?;
    let oracle = Oracle::new(scenario, &numbers);
    let mut history = seen_of_a_play(&oracle, tape);
    let turn = history.last_turn();
    let seen = history.of_turn(turn).find_map(|it| match it.what {
        Seen::Level(v, level) => Some((v, level)),
        Seen::Move(..) => None,
    });
    let Some((v, level)) = seen else { return Ok(()) };
    let levels = scenario.variables[v.index()].levels.len();
    if levels == 1 {
        return Ok(());
    }
    let wrong = sighting(turn, Seen::Level(v, (level + 1) % levels));
    history.sightings.push(wrong.clone());
    match filtered(document, &history)? {
        Err(row) if row == wrong => Ok(()),
        other => Err(format!("{other:?}, where {wrong:?} is impossible")),
    }
}

#[test]
fn the_row_is_named_that_cannot_be() {
    always(60, 18, impossible);
}
