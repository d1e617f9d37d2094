//! A game under one draw, laid out for playing: conditions as bits, probabilities as thresholds.
//!
//! Takes policies and the numbers of a draw, and gives out a [`PreparedGame`] that every thread's sampler reads.
//! Nothing is evaluated while it is played: see [`ConditionBits`] for what is active in a turn, [`CumulativeRows`] for
//! what is chosen, [`EffectTable`] for what fires. A turn of a play is a few look-ups by cells, an AND of rows of bits
//! and a walk over the bits that are left; whatever costs more than that is done here, once for all plays.

use std::sync::Arc;

use crate::agents::{Play, Policies};
use crate::game::{ComponentId, ComponentKind, Game, LazyTable, Member, Menu};
use crate::scenario::{Numbers, Scenario, Slots};

use super::accumulators::{AccumulatorBlock, BLOCK, in_blocks};
use super::bits::ConditionBits;
use super::chance::{Address, Addresses};
use super::choice_group::{ChoiceGroup, Decision};
use super::cumulative_rows::{CumulativeRows, RowPosition, cumulative};
use super::effects::EffectTable;
use super::learners::{Learner, Learners};
use super::observe::Turn;
use super::outcome_table::OutcomeTable;
use super::start::StartDistribution;
use super::tally_layout::TallyLayout;

/// A game under one draw, ready to be played by any number of [`PlaySampler`](super::PlaySampler)s.
#[derive(Debug)]
pub struct PreparedGame<'g> {
    pub(crate) game: &'g Game,
    policies: Policies<'g>,
    /// Where each variable starts: cumulative thresholds over its levels, and the address of its word.
    pub(crate) starts: Vec<(Vec<u32>, Address)>,
    /// Who chooses in each turn, component by component.
    pub(crate) choice_groups: Vec<Vec<ChoiceGroup>>,
    /// How many decisions there are in each turn.
    pub(crate) decisions_in: Vec<usize>,
    /// For each actor whose play is a mixture over issues: the address of its word, and the thresholds of its modes.
    pub(crate) mixers: Vec<Option<(Address, Vec<u32>)>>,
    /// Whether any actor's play is such a mixture.
    pub(crate) mixing: bool,
    /// Whether any word of the optional stream is read: words that few scenarios need stand apart, so that the others
    /// need not make them.
    pub(crate) optional_stream: bool,
    pub(crate) bits: ConditionBits,
    pub(crate) chances: EffectTable,
    /// What each payment adds to each accumulator: actors' scores, then measures.
    pub(crate) payments: Vec<AccumulatorBlock>,
    /// How many blocks a row of accumulators takes: one accumulator for each actor, then one for each measure.
    pub(crate) accumulator_blocks: usize,
    /// Accumulators that stand for something; the others pad rows.
    pub(crate) accumulators: usize,
    /// What a turn later weighs in each accumulator.
    pub(crate) discounts: Vec<AccumulatorBlock>,
    pub(crate) classes: Vec<OutcomeTable>,
    /// Whether any outcome stops a play.
    pub(crate) can_end: bool,
    /// `outcome_pays[class][outcome][actor]`
    pub(crate) outcome_pays: &'g [Vec<Vec<f64>>],
    pub(crate) layout: TallyLayout,
    /// Where plays begin of which some turns have gone by.
    pub(crate) start: Option<StartDistribution>,
    /// Those who learn; they are in no group, and choose after all others.
    pub(crate) learners: Option<Learners>,
    values: &'g [Vec<f64>],
    /// `rows[component]`, by cell; made when a play first comes there.
    rows: Vec<LazyTable<CumulativeRows>>,
}

impl<'g> PreparedGame<'g> {
    /// Lays a draw out for playing. Policies are made when plays reach them.
    #[must_use]
    pub fn new(scenario: &Scenario, slots: &Slots, game: &'g Game, numbers: &'g Numbers) -> Self {
        let policies = Policies::new(game, numbers);
        let addresses = Addresses::new(slots, game.blueprint.turns);
        let seat_words = seat_words(scenario, slots, &addresses);
        let mut bits = ConditionBits::new(scenario, game);
        let actors = scenario.actors.len();
        let modes: Vec<usize> = (0..actors).map(|actor| policies.modes_of(actor)).collect();
        let mut groups = choice_groups(game, &modes, &seat_words, &mut bits);
        for group in groups.iter_mut().flatten() {
            group.variable_group =
                bits.scopes.iter().position(|scope| *scope == game.components()[group.component].scope);
        }
        let (payments, accumulators) =
            (payments(scenario, game, numbers), (actors + scenario.measures.len()).div_ceil(BLOCK));
        let learners = Learners::new(&policies, &seat_words, &mut bits, (&payments, accumulators), &groups);
        let all_learners = learners.as_ref().map_or(&[][..], |learners| &learners.all);
        let mixing = (0..actors).any(|actor| policies.mixes(actor));
        let mixer = |actor: usize| {
            policies.mixes(actor).then(|| {
                let slot = slots.seldom(&scenario.actors[actor].id);
                let word = slot.map_or(Address::NONE, |slot| addresses.optional(slot));
                (word, cumulative(&policies.modes(actor)).0)
            })
        };
        let start = |(v, row): (usize, &Vec<f64>)| {
            let slot = slots.start(&scenario.variables[v].id);
            (start_thresholds(row), slot.map_or(Address::NONE, |slot| addresses.start(slot)))
        };
        Self {
            starts: numbers.starts.iter().enumerate().map(start).collect(),
            mixing,
            optional_stream: mixing
                || groups.iter().flatten().any(|c| c.decisions.iter().any(|c| c.optional_stream))
                || all_learners.iter().any(|learner| learner.optional_stream),
            mixers: (0..actors).map(mixer).collect(),
            layout: TallyLayout::new(scenario, game, numbers, &seats_of(game, &groups, all_learners)),
            decisions_in: groups
                .iter()
                .map(|row| row.iter().map(|c| c.decisions.len()).sum::<usize>() + all_learners.len())
                .collect(),
            learners,
            choice_groups: groups,
            chances: EffectTable::new(scenario, (slots, &addresses), numbers, &bits.places),
            bits,
            payments,
            accumulator_blocks: accumulators,
            accumulators: actors + scenario.measures.len(),
            discounts: discounts(scenario, numbers),
            can_end: game.blueprint.classes.iter().any(|class| class.outcomes.iter().any(|o| o.ends)),
            classes: game.blueprint.classes.iter().map(|class| OutcomeTable::new(game, class)).collect(),
            outcome_pays: &numbers.outcome_pays,
            values: &numbers.values,
            rows: game.components().iter().map(|component| LazyTable::new(component.scope.cells)).collect(),
            policies,
            game,
            start: None,
        }
    }

    /// The same, with plays that begin where those may stand of which some turns have been observed.
    #[must_use]
    pub fn beginning(self, beginning: Option<StartDistribution>) -> Self {
        Self { start: beginning, ..self }
    }

    /// The policies under this draw.
    #[must_use]
    pub fn policies(&self) -> &Policies<'g> {
        &self.policies
    }

    /// The probability with which a seat of a learning actor made each of its moves in a turn; `None` for
    /// other actors. Of meaning only to observers of [`DETAILS`](super::Observer::DETAILS).
    #[must_use]
    pub fn learned(&self, turn: &Turn<'_>, seat: usize) -> Option<Vec<f64>> {
        let learners = self.learners.as_ref()?;
        let plan = &self.game.blueprint.seats[seat];
        let at = learners.all.iter().position(|learner| learner.actor == plan.actor)?;
        let actions = learners.actions_of(plan.actor)?;
        let place = actions.seats.iter().position(|&own| own == seat)?;
        let choices = actions.at(&self.policies, turn.before, turn.turn);
        let mut probabilities = vec![0.0; plan.moves];
        for (option, p) in choices.menu.options.iter().zip(&turn.learned[at]) {
            if let Some(made) = option[place] {
                probabilities[made] += p;
            }
        }
        Some(probabilities)
    }

    /// `values[variable][level]` under this draw.
    #[must_use]
    pub fn values(&self) -> &[Vec<f64>] {
        self.values
    }

    /// Where counts stand in a tally of this game's plays.
    #[must_use]
    pub fn layout(&self) -> &TallyLayout {
        &self.layout
    }

    #[inline(always)]
    pub(crate) fn rows(&self, component: ComponentId, cell: usize) -> &CumulativeRows {
        self.rows[component].get(cell, || self.make_rows(component, cell))
    }

    fn make_rows<'a>(&'a self, component: ComponentId, cell: usize) -> CumulativeRows {
        let ComponentKind::Turn { structure, .. } = self.game.components()[component].kind else {
            return CumulativeRows::new(&[]);
        };
        let found = self.game.local_state(structure, cell);
        let places = row_positions(self.game, structure, |actor| self.policies.modes_of(actor));
        let plays = self.policies.plays(component, cell).iter().zip(&found.menus);
        let members = places.into_iter().zip(&self.game.structure(structure).members).zip(plays);
        let pick = |((place, member), (play, menu)): ((RowPosition, &Member), (&'a Play, &'a Arc<Menu>))| {
            // Where nothing is to be chosen, nothing is mixed either: every mode plays the policy. Nor is
            // it for members who look less far ahead, and choose elsewhere.
            let modes = (0..self.policies.modes_of(member.actor)).map(|mode| {
                let options = play.modes.get(mode).filter(|options| !options.is_empty());
                options.unwrap_or(&play.policy).as_slice()
            });
            (place, menu.codes.as_slice(), modes.collect())
        };
        CumulativeRows::new(&members.map(pick).collect::<Vec<_>>())
    }
}

/// Where the rows of a structure's members stand.
fn row_positions(game: &Game, structure: usize, modes: impl Fn(usize) -> usize) -> Vec<RowPosition> {
    let members = game.structure(structure).members.iter().map(|member| {
        let moves = member.seats.iter().map(|&seat| game.blueprint.seats[seat].moves);
        (moves.product(), modes(member.actor))
    });
    RowPosition::all(members)
}

fn start_thresholds(row: &[f64]) -> Vec<u32> {
    let (mut thresholds, last) = cumulative(row);
    // Levels behind the last possible one are never picked: their thresholds are as good as infinite.
    thresholds.truncate(last);
    thresholds
}

/// The address of each seat's word, and whether it is one of the optional stream.
fn seat_words(scenario: &Scenario, slots: &Slots, addresses: &Addresses) -> Vec<(Address, bool)> {
    let word = |seat: &crate::scenario::Seat| {
        let issue = &scenario.issues[seat.issue.index()].id;
        let path = format!("issues.{issue}.moves.{}", scenario.actors[seat.actor.index()].id);
        match slots.turn(&path) {
            Some(slot) => (addresses.turn(slot), false),
            None => (slots.seldom(&path).map_or(Address::NONE, |slot| addresses.optional(slot)), true),
        }
    };
    scenario.seats.iter().map(word).collect()
}

/// What a later turn weighs in each accumulator; measures are not discounted.
fn discounts(scenario: &Scenario, numbers: &Numbers) -> Vec<AccumulatorBlock> {
    let actors = numbers.actors.iter().map(|actor| actor.discount);
    in_blocks(actors.chain(scenario.measures.iter().map(|_| 1.0)).collect(), 1.0)
}

/// What each payment adds to each accumulator, in the order of their bits.
fn payments(scenario: &Scenario, game: &Game, numbers: &Numbers) -> Vec<AccumulatorBlock> {
    let actors = scenario.actors.len();
    let accumulators = actors + scenario.measures.len();
    let mut payments = Vec::new();
    for (term, plan) in game.blueprint.terms.iter().enumerate() {
        let values = plan.per.map_or_else(|| vec![1.0], |v| numbers.values[v].clone());
        for value in values {
            let row = numbers.pays[term].iter().map(|pay| pay * value);
            payments
                .extend(in_blocks(row.chain(std::iter::repeat_n(0.0, accumulators - actors)).collect(), 0.0));
        }
    }
    for (at, measure) in scenario.measures.iter().enumerate() {
        let per = measure.per.filter(|_| !measure.ever);
        let values = per.map_or_else(|| vec![1.0], |v| numbers.values[v.index()].clone());
        for value in values {
            let row =
                (0..accumulators).map(|accumulator| if accumulator == actors + at { value } else { 0.0 });
            payments.extend(in_blocks(row.collect(), 0.0));
        }
    }
    payments
}

/// Who chooses in each turn: those who choose in one component of the game together, so that its row is looked up
/// once. Who learns is in none of them.
fn choice_groups(
    game: &Game,
    modes: &[usize],
    words: &[(Address, bool)],
    bits: &mut ConditionBits,
) -> Vec<Vec<ChoiceGroup>> {
    let mut known: Vec<((usize, usize), usize)> = Vec::new();
    let mut options_of = |structure: usize, member: usize| {
        let at = known.iter().find(|(key, _)| *key == (structure, member)).map(|(_, at)| *at);
        at.unwrap_or_else(|| {
            let at = bits.add_options(game, &game.structure(structure).members[member].seats);
            known.push(((structure, member), at));
            at
        })
    };
    let mut in_turn = |turn: usize| {
        let actors = (0..game.blueprint.actors.len()).filter(|&actor| !game.learns(actor));
        let mut choices: Vec<(ComponentId, usize)> = actors.flat_map(|a| game.choices(a, turn)).collect();
        choices.sort_unstable();
        let mut groups: Vec<ChoiceGroup> = Vec::new();
        for (component, member) in choices {
            let ComponentKind::Turn { structure, .. } = game.components()[component].kind else { continue };
            let Member { actor, seats } = &game.structure(structure).members[member];
            let decision = Decision {
                actor: *actor,
                member,
                rows: row_positions(game, structure, |actor| modes[actor])[member],
                word: words[seats[0]].0,
                optional_stream: words[seats[0]].1,
                bits: options_of(structure, member),
            };
            match groups.last_mut() {
                Some(group) if group.component == component => group.decisions.push(decision),
                _ => groups.push(ChoiceGroup { component, variable_group: None, decisions: vec![decision] }),
            }
        }
        groups
    };
    (0..game.blueprint.turns).map(&mut in_turn).collect()
}

/// The seats of each decision of each turn, learners last.
fn seats_of(game: &Game, groups: &[Vec<ChoiceGroup>], learners: &[Learner]) -> Vec<Vec<Vec<usize>>> {
    let of_actor = |actor: usize| {
        let seats = game.blueprint.seats.iter().enumerate();
        seats.filter(|(_, seat)| seat.actor == actor).map(|(seat, _)| seat).collect()
    };
    let of_member = |component: ComponentId, member: usize| match game.components()[component].kind {
        ComponentKind::Turn { structure, .. } => game.structure(structure).members[member].seats.clone(),
        _ => Vec::new(),
    };
    let in_turn = |row: &Vec<ChoiceGroup>| {
        let decisions =
            row.iter().flat_map(|group| group.decisions.iter().map(|one| (group.component, one.member)));
        let seats = decisions.map(|(component, member)| of_member(component, member));
        seats.chain(learners.iter().map(|learner| of_actor(learner.actor))).collect()
    };
    groups.iter().map(in_turn).collect()
}
