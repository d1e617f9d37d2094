//! A play that is told is the play that the run counted, and one that the rules allow.

use demarche::scenario::Document;
use demarche::study::{PlayRecord, Settings, Shared, Story, TurnOfPlay, Unwatched, story};

use crate::draft::Draft;
use crate::engine::recorded;
use crate::oracle::{Oracle, Profile};
use crate::tape::{Tape, always};

fn law(_: &Draft, document: &Document, tape: &mut Tape<'_>) -> Result<(), String> {
    let settings = Settings { seed: 8, replications: 40, draws: Some(tape.of(&[0, 3])), history: None };
    let (_, records) = recorded(document, &settings)?;
    if (0..40).zip(&records).any(|(at, record)| record.replication != at) || records.len() != 40 {
        return Err("plays are missing".to_owned());
    }
    for _ in 0..4 {
        let record = tape.of(&records);
        let told = Shared::default()
            .prepare(&document.scenario, &document.slots)
            .and_then(|prepared| story(&prepared, &settings, record.replication, &Unwatched))
            .map_err(|error| error.to_string())?;
        is_record(&told, &record).map_err(|why| format!("{why}: {told:#?}, not {record:?}"))?;
        is_allowed(document, &told).map_err(|why| format!("{why}: {told:#?}"))?;
    }
    Ok(())
}

/// Whether the play that is told is the one that was recorded, to the last bit.
fn is_record(told: &Story, record: &PlayRecord) -> Result<(), String> {
    let outcomes: Vec<usize> = told.outcomes.iter().map(|(outcome, _)| *outcome).collect();
    let parts = [
        (told.draw == record.draw, "draw"),
        (told.turns.len() == record.turns, "turns"),
        (outcomes == record.outcomes, "outcomes"),
        (told.end == record.levels, "levels"),
        (told.scores == record.lanes[..told.scores.len()], "scores"),
    ];
    parts.iter().try_for_each(|(holds, what)| if *holds { Ok(()) } else { Err((*what).to_owned()) })
}

/// Whether everything that is told can happen, with the chances that are told.
fn is_allowed(document: &Document, told: &Story) -> Result<(), String> {
    let scenario = &document.scenario;
    let numbers = scenario.numbers(&told.parameters).map_err(|errors| format!("{errors:?}"))?;
    let oracle = Oracle::new(scenario, &numbers);
    let mut state = told.start.clone();
    let mut scores = vec![0.0; scenario.actors.len()];
    let mut weights = scores.clone();
    weights.fill(1.0);
    for (turn, played) in (1..).zip(&told.turns) {
        if oracle.stops(&state) || played.before != state {
            return Err(format!("turn {turn} is not played there"));
        }
        let profile = profile(&oracle, turn, played)?;
        for (actor, pay) in oracle.step(turn, &state, &profile).pays.iter().enumerate() {
            let paid: f64 = played.payments.iter().map(|payment| payment.pays[actor]).sum();
            near(paid, *pay, &format!("payments of turn {turn}"))?;
            scores[actor] += weights[actor] * pay;
            weights[actor] *= numbers.actors[actor].discount;
        }
        for (number, holds) in oracle.holding_effects(turn, &state, &profile).into_iter().enumerate() {
            let told = played.effects.iter().find(|told| told.effect == number);
            if told.is_some() != holds || told.is_some_and(|told| told.fired && told.chance == 0.0) {
                return Err(format!("effect {number} in turn {turn}"));
            }
            if told.is_some_and(|told| told.fired) {
                oracle.apply(number, &mut state);
            }
        }
        if played.after != state {
            return Err(format!("turn {turn} leads to {state:?}"));
        }
    }
    if state != told.end || !(oracle.stops(&state) || told.turns.len() == oracle.turns()) {
        return Err(format!("the play does not end at {state:?}"));
    }
    for (actor, pay) in oracle.outcome_pays(&state).iter().enumerate() {
        near(told.scores[actor], scores[actor] + weights[actor] * pay, "scores")?;
    }
    Ok(())
}

/// The profile of a turn, whose moves must have the chances that are told, and some chance.
fn profile(oracle: &Oracle<'_>, turn: usize, played: &TurnOfPlay) -> Result<Profile, String> {
    let mut profile: Profile = vec![None; oracle.scenario.seats.len()];
    for choice in &played.choices {
        profile[choice.seat] = Some(choice.made);
        let policy = oracle.play(oracle.scenario.seats[choice.seat].actor.index(), turn, &played.before);
        for (made, told) in choice.probabilities.iter().enumerate() {
            let with = policy.iter().filter(|(action, _)| action.contains(&(choice.seat, made)));
            near(*told, with.map(|(_, p)| p).sum(), &format!("seat {} in turn {turn}", choice.seat))?;
        }
        if choice.probabilities[choice.made] == 0.0 {
            return Err(format!("seat {} in turn {turn} makes a move of no chance", choice.seat));
        }
    }
    for (seat, made) in profile.iter().enumerate() {
        let open = oracle.is_open(oracle.scenario.seats[seat].issue, turn, &played.before);
        if made.is_some() != open {
            return Err(format!("seat {seat} in turn {turn}"));
        }
    }
    Ok(profile)
}

fn near(found: f64, expected: f64, what: &str) -> Result<(), String> {
    if (found - expected).abs() < 1e-9 { Ok(()) } else { Err(format!("{what}: {found}, not {expected}")) }
}

#[test]
fn a_play_told_is_the_one_that_was_counted_and_follows_the_rules() {
    always(50, 41, law);
}
