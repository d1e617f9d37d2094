//! One replication, told: what stood, who chose what with which probability, what it paid and changed.

use super::prepare::{Prepared, Shared};
use super::runner::{Settings, StudyError, draw_of};
use crate::game::PartKind;
use crate::scenario::{Document, Numbers};
use crate::simulate::{Chance, Observer, PlayEnd, Sampler, Table, Turn};

/// A play, told.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// The number of the replication.
    pub replication: u64,
    /// The draw that it is played under; `None`: central values.
    pub draw: Option<u64>,
    /// Every parameter, in the scenario's order.
    pub parameters: Vec<f64>,
    /// The level at which each variable starts.
    pub start: Vec<usize>,
    /// The turns.
    pub turns: Vec<ToldTurn>,
    /// The outcome in each classification.
    pub outcomes: Vec<usize>,
    /// Each actor's score.
    pub scores: Vec<f64>,
}

/// A turn, told.
#[derive(Clone, Debug, PartialEq)]
pub struct ToldTurn {
    /// Who made which move: seat, move, probability.
    pub choices: Vec<(usize, usize, f64)>,
    /// What was paid: term, and the amount for each actor.
    pub payments: Vec<(usize, Vec<f64>)>,
    /// The effects that fired, in file order.
    pub fired: Vec<usize>,
    /// The levels after it.
    pub after: Vec<usize>,
}

/// Plays one replication, as a run with these settings would.
///
/// # Errors
/// See [`StudyError`].
pub fn story(document: &Document, settings: &Settings, replication: u64) -> Result<Story, StudyError> {
    let prepared = Shared::default().prepare(&document.scenario, &document.slots)?;
    let draws = settings.draws_of(!document.scenario.uncertain().is_empty());
    let draw = (draws > 0).then(|| draw_of(replication, draws, settings.replications));
    let numbers = prepared.numbers(settings.seed, draw)?;
    let table = Table::new(prepared.scenario, prepared.slots, &prepared.game, &numbers);
    let mut teller = Teller {
        prepared: &prepared,
        numbers: &numbers,
        table: &table,
        story: Story {
            replication,
            draw,
            parameters: prepared.parameters(settings.seed, draw),
            start: Vec::new(),
            turns: Vec::new(),
            outcomes: Vec::new(),
            scores: Vec::new(),
        },
    };
    Sampler::new(&table, prepared.slots, &Chance::of_plays(settings.seed)).play(replication, &mut teller);
    Ok(teller.story)
}

struct Teller<'a> {
    prepared: &'a Prepared<'a>,
    numbers: &'a Numbers,
    table: &'a Table<'a>,
    story: Story,
}

impl Teller<'_> {
    /// The probability with which a seat makes each of its moves in a state, by itself.
    fn probability(&self, seat: usize, made: usize, levels: &[usize], turn: usize) -> f64 {
        let game = &self.prepared.game;
        let actor = game.blueprint.seats[seat].actor;
        for (part, member) in game.choices(actor, turn) {
            let PartKind::Turn { shape, .. } = game.parts()[part].kind else { continue };
            let seats = &game.shape(shape).members[member].seats;
            if let Some(at) = seats.iter().position(|&s| s == seat) {
                let cell = game.parts()[part].scope.cell(levels);
                let menu = &game.cell(shape, cell).menus[member];
                let policy = &self.table.policies().plays(part, cell)[member].policy;
                let with = menu.options.iter().zip(policy).filter(|(option, _)| option[at] == Some(made));
                return with.map(|(_, p)| p).sum();
            }
        }
        0.0
    }

    /// The terms that hold, with what each pays each actor.
    fn payments(&self, made: &[Option<usize>], levels: &[usize], turn: usize) -> Vec<(usize, Vec<f64>)> {
        let terms = self.prepared.game.blueprint.terms.iter().enumerate();
        let holding = terms.filter(|(_, term)| term.holds_after(levels, made, turn));
        holding
            .map(|(at, term)| {
                let per = term.per.map_or(1.0, |v| self.numbers.values[v][levels[v]]);
                (at, self.numbers.pays[at].iter().map(|pay| pay * per).collect())
            })
            .collect()
    }
}

impl Observer for Teller<'_> {
    const SCORES: bool = true;

    fn start(&mut self, levels: &[usize]) {
        self.story.start = levels.to_vec();
    }

    fn turn(&mut self, turn: &Turn<'_>) {
        let seats = self.prepared.scenario.seats.len();
        let made: Vec<Option<usize>> = (0..seats).map(|seat| self.table.layout().made(turn, seat)).collect();
        let choices = made.iter().enumerate().filter_map(|(seat, made)| {
            made.map(|made| (seat, made, self.probability(seat, made, turn.before, turn.turn)))
        });
        let told = ToldTurn {
            choices: choices.collect(),
            payments: self.payments(&made, turn.before, turn.turn),
            fired: turn.fired.iter().map(|&effect| effect as usize).collect(),
            after: turn.after.to_vec(),
        };
        self.story.turns.push(told);
    }

    fn end(&mut self, end: &PlayEnd<'_>) {
        self.story.outcomes = end.outcomes.to_vec();
        self.story.scores = end.lanes[..self.prepared.scenario.actors.len()].to_vec();
    }
}
