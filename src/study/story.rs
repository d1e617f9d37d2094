//! One replication turn by turn: what stood, who chose what with which probability, what it paid and changed.

use serde::{Deserialize, Serialize};

use super::equilibria::{Bifurcation, bifurcation, check_equilibria};
use super::error::StudyError;
use super::prepare::Prepared;
use super::replications::draw_of;
use super::settings::Settings;
use super::watch::Watch;
use crate::game::ComponentKind;
use crate::scenario::{Levels, Made, Numbers, SeatId};
use crate::simulate::{Chance, Observer, PlayEnd, PlaySampler, PreparedGame, Turn};

/// A play, turn by turn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// The number of the replication.
    pub replication: u64,
    /// The draw that it is played under; `None`: central values.
    pub draw: Option<u64>,
    /// Every parameter, in the scenario's order, each in its own unit.
    pub parameters: Vec<f64>,
    /// How many turns were observed before it goes on.
    pub observed: usize,
    /// The level at which each variable starts.
    pub start: Vec<usize>,
    /// The turns that are played.
    pub turns: Vec<TurnOfPlay>,
    /// The outcome in each classification, with what it pays each actor, in payoff units.
    pub outcomes: Vec<(usize, Vec<f64>)>,
    /// Each actor's score, in payoff units, discounted by its own factor.
    pub scores: Vec<f64>,
    /// The level at which each variable ends.
    pub end: Vec<usize>,
    /// Where other equilibria leave the branch of one that is played.
    pub branching: Option<Bifurcation>,
}

/// A turn of a play.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TurnOfPlay {
    /// Who made which move, in the scenario's order of seats.
    pub choices: Vec<MoveInPlay>,
    /// The payoff terms that held, in file order.
    pub payments: Vec<PaymentInPlay>,
    /// The effects that held, in file order.
    pub effects: Vec<EffectInPlay>,
    /// The levels before it.
    pub before: Vec<usize>,
    /// The levels after it.
    pub after: Vec<usize>,
}

/// A move that was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MoveInPlay {
    /// The seat.
    pub seat: usize,
    /// The move.
    pub made: usize,
    /// The probability of each move of the seat; they add up to 1.
    pub probabilities: Vec<f64>,
}

/// A payoff term that held.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaymentInPlay {
    /// The term.
    pub term: usize,
    /// Whether it hangs on moves; if not, the state alone pays it.
    pub names_moves: bool,
    /// What it pays each actor, in payoff units, not discounted.
    pub pays: Vec<f64>,
}

/// An effect that held.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct EffectInPlay {
    /// The effect.
    pub effect: usize,
    /// The probability that it fires.
    pub chance: f64,
    /// Whether it did.
    pub fired: bool,
}

/// Plays one replication, as a run with these settings would.
///
/// # Errors
/// If a run with these settings has no such replication; otherwise see [`StudyError`].
pub fn story(
    prepared: &Prepared<'_>,
    settings: &Settings,
    replication: u64,
    watch: &dyn Watch,
) -> Result<Story, StudyError> {
    if replication >= settings.replications {
        return Err(StudyError::Replication { number: replication, replications: settings.replications });
    }
    let prepared = prepared.conditioned(settings, watch)?;
    let draws = settings.draws_of(!prepared.scenario.uncertain().is_empty());
    let draw = (draws > 0).then(|| draw_of(replication, draws, settings.replications));
    let numbers = prepared.numbers(settings.seed, draw)?;
    let table = prepared.table(&numbers, draw);
    let mut recorder = Recorder {
        prepared: &prepared,
        numbers: &numbers,
        table: &table,
        story: Story {
            replication,
            draw,
            parameters: prepared.parameters(settings.seed, draw),
            observed: 0,
            start: Vec::new(),
            turns: Vec::new(),
            outcomes: Vec::new(),
            scores: Vec::new(),
            end: Vec::new(),
            branching: None,
        },
    };
    PlaySampler::new(&table, prepared.slots, &Chance::of_plays(settings.seed))
        .play(replication..replication + 1, &mut recorder);
    check_equilibria(prepared.scenario, table.policies(), draw)?;
    recorder.story.branching = bifurcation(prepared.scenario, table.policies(), draw);
    Ok(recorder.story)
}

struct Recorder<'a> {
    prepared: &'a Prepared<'a>,
    numbers: &'a Numbers,
    table: &'a PreparedGame<'a>,
    story: Story,
}

impl Recorder<'_> {
    /// The probability with which a seat makes each of its moves in a state, by itself.
    fn probabilities(&self, seat: SeatId, levels: &Levels, turn: usize) -> Vec<f64> {
        let game = &self.prepared.game;
        let plan = &game.blueprint.seats[seat];
        let mut probabilities = vec![0.0; plan.moves];
        for (component, member) in game.choices(plan.actor, turn) {
            let ComponentKind::Turn { structure, .. } = game.components()[component].kind else { continue };
            let seats = &game.structure(structure).members[member].seats;
            let Some(at) = seats.iter().position(|&s| s == seat) else { continue };
            let cell = game.components()[component].scope.cell(levels);
            let menu = &game.local_state(structure, cell).menus[member];
            let policy = &self.table.policies().plays(component, cell)[member].policy;
            for (option, p) in menu.options.iter().zip(policy) {
                if let Some(made) = option[at] {
                    probabilities[made.index()] += p;
                }
            }
        }
        probabilities
    }

    /// The terms that hold, with what each pays each actor.
    fn payments(&self, made: &Made, levels: &Levels, turn: usize) -> Vec<PaymentInPlay> {
        let terms = self.prepared.game.blueprint.terms.numbered();
        let holding = terms.filter(|(_, term)| term.holds_after(levels, made, turn));
        holding
            .map(|(at, term)| {
                let per = term.per.map_or(1.0, |v| self.numbers.value(v, levels[v]));
                let pays = self.numbers.pays_of(at).iter().map(|pay| pay * per).collect();
                PaymentInPlay { term: at.index(), names_moves: term.names_moves, pays }
            })
            .collect()
    }

    /// The effects that hold, and which of them fired.
    fn effects(&self, made: &Made, turn: &Turn<'_>) -> Vec<EffectInPlay> {
        let effects = self.prepared.game.blueprint.effects.numbered();
        let holding = effects.filter(|(_, plan)| plan.holds_after(turn.before, made, turn.turn));
        holding
            .map(|(effect, _)| EffectInPlay {
                effect: effect.index(),
                chance: self.numbers.chance(effect),
                fired: turn.fired.contains(&effect),
            })
            .collect()
    }
}

impl Observer for Recorder<'_> {
    const DETAILS: bool = true;
    const SCORES: bool = true;

    fn start(&mut self, _: usize, turns: usize, levels: &Levels) {
        self.story.observed = turns;
        self.story.start = levels.to_numbers();
    }

    fn turn(&mut self, turn: &Turn<'_>) {
        let seats = self.prepared.game.blueprint.seats.ids();
        let made: Made = seats.map(|seat| self.table.layout().made(turn, seat)).collect();
        let choices = made.numbered().filter_map(|(seat, made)| {
            let learned = || self.table.learned(turn, seat);
            let probabilities =
                || learned().unwrap_or_else(|| self.probabilities(seat, turn.before, turn.turn));
            made.map(|made| MoveInPlay {
                seat: seat.index(),
                made: made.index(),
                probabilities: probabilities(),
            })
        });
        let played = TurnOfPlay {
            choices: choices.collect(),
            payments: self.payments(&made, turn.before, turn.turn),
            effects: self.effects(&made, turn),
            before: turn.before.to_numbers(),
            after: turn.after.to_numbers(),
        };
        self.story.turns.push(played);
    }

    fn end(&mut self, end: &PlayEnd<'_>) {
        let outcomes = end.outcomes.iter().zip(&self.numbers.outcome_pays);
        self.story.outcomes =
            outcomes.map(|(&outcome, pays)| (outcome.index(), pays[outcome.index()].clone())).collect();
        self.story.end = end.levels.to_numbers();
        self.story.scores = end.accumulated[..self.prepared.scenario.actors.len()].to_vec();
    }
}
