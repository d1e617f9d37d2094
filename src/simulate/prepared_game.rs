//! A game under one draw, laid out for playing: conditions as bits, probabilities as thresholds.
//!
//! Takes policies and the numbers of a draw, and gives out a [`PreparedGame`] that every thread's sampler reads.
//! Nothing is evaluated while it is played: see [`ConditionBits`] for what is active in a turn, [`CumulativeRows`] for
//! what is chosen, [`EffectTable`] for what fires. A turn of a play is a few look-ups by cells, an AND of rows of bits
//! and a walk over the bits that are left; whatever costs more than that is done here, once for all plays.

use std::sync::Arc;

use crate::agents::{Play, Policies};
use crate::game::{CellId, ComponentId, ComponentKind, Game, LazyTable, Member, Menu};
use crate::scenario::{ActorId, ClassificationId, IdVec, Numbers, Scenario, SeatId, Slots, Variable};

use super::accumulators::{AccumulatorBlock, Accumulators};
use super::bits::ConditionBits;
use super::chance::{Address, Addresses, SeatWord};
use super::choice_group::{ChoiceGroup, choice_groups, row_positions, seats_of};
use super::cumulative_rows::{CumulativeRows, RowPosition, cumulative};
use super::effects::EffectTable;
use super::learners::Learners;
use super::observe::Turn;
use super::outcome_table::OutcomeTable;
use super::payments::{Payments, discounts};
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
    pub(crate) mixers: IdVec<ActorId, Option<(Address, Vec<u32>)>>,
    /// Whether any actor's play is such a mixture.
    pub(crate) mixing: bool,
    /// Whether any word of the optional stream is read: words that few scenarios need stand apart, so that the others
    /// need not make them.
    pub(crate) optional_stream: bool,
    pub(crate) bits: ConditionBits,
    pub(crate) chances: EffectTable,
    pub(crate) payments: Payments,
    pub(crate) accumulators: Accumulators,
    /// What a turn later weighs in each accumulator.
    pub(crate) discounts: Vec<AccumulatorBlock>,
    pub(crate) classes: IdVec<ClassificationId, OutcomeTable>,
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
    /// Made when a play first comes there.
    rows: IdVec<ComponentId, LazyTable<CellId, CumulativeRows>>,
}

impl<'g> PreparedGame<'g> {
    /// Lays a draw out for playing. Policies are made when plays reach them.
    #[must_use]
    pub fn new(scenario: &Scenario, slots: &Slots, game: &'g Game, numbers: &'g Numbers) -> Self {
        let policies = Policies::new(game, numbers);
        let addresses = Addresses::new(slots, game.blueprint.turns);
        let seat_words = seat_words(scenario, slots, &addresses);
        let mut bits = ConditionBits::new(scenario, game);
        let groups = choice_groups(&policies, &seat_words, &mut bits);
        let accumulators = Accumulators::new(scenario);
        let payments = Payments::new(scenario, game, numbers, accumulators);
        let learners = Learners::new(&policies, &seat_words, &mut bits, &payments, &groups);
        let all_learners = learners.as_ref().map_or(&[][..], |learners| &learners.all);
        let mixers = mixers(scenario, slots, &addresses, &policies);
        let mixing = mixers.iter().any(Option::is_some);
        let decisions = || groups.iter().flatten().flat_map(|group| &group.decisions);
        Self {
            starts: starts(scenario, slots, &addresses, numbers),
            optional_stream: mixing
                || decisions().any(|decision| decision.word.optional)
                || all_learners.iter().any(|learner| learner.word.optional),
            mixing,
            mixers,
            layout: TallyLayout::new(scenario, game, numbers, &seats_of(game, &groups, all_learners)),
            decisions_in: groups.iter().map(|row| decisions_of(row) + all_learners.len()).collect(),
            learners,
            choice_groups: groups,
            chances: EffectTable::new(scenario, slots, &addresses, numbers, &bits.places),
            bits,
            payments,
            accumulators,
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
    pub fn learned(&self, turn: &Turn<'_>, seat: SeatId) -> Option<Vec<f64>> {
        let learners = self.learners.as_ref()?;
        let plan = &self.game.blueprint.seats[seat];
        let at = learners.all.iter().position(|learner| learner.actor == plan.actor)?;
        let actions = learners.actions_of(plan.actor)?;
        let place = actions.seats.iter().position(|&own| own == seat)?;
        let choices = actions.at(&self.policies, turn.before, turn.turn);
        let mut probabilities = vec![0.0; plan.moves];
        for (option, p) in choices.menu.options.iter().zip(&turn.learned[at]) {
            if let Some(made) = option[place] {
                probabilities[made.index()] += p;
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
    pub(crate) fn rows(&self, component: ComponentId, cell: CellId) -> &CumulativeRows {
        self.rows[component].get(cell, || self.make_rows(component, cell))
    }

    fn make_rows<'a>(&'a self, component: ComponentId, cell: CellId) -> CumulativeRows {
        let ComponentKind::Turn { structure, .. } = self.game.components()[component].kind else {
            return CumulativeRows::new(&[]);
        };
        let found = self.game.local_state(structure, cell);
        let places = row_positions(&self.policies, structure);
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

/// How many decisions some groups make together.
fn decisions_of(groups: &[ChoiceGroup]) -> usize {
    groups.iter().map(|group| group.decisions.len()).sum()
}

/// Where each variable starts: thresholds of its levels, and the address of its word.
fn starts(
    scenario: &Scenario,
    slots: &Slots,
    addresses: &Addresses,
    numbers: &Numbers,
) -> Vec<(Vec<u32>, Address)> {
    let start = |(variable, row): (&Variable, &Vec<f64>)| {
        let slot = slots.start(&variable.id);
        (start_thresholds(row), slot.map_or(Address::NONE, |slot| addresses.start(slot)))
    };
    scenario.variables.iter().zip(&numbers.starts).map(start).collect()
}

/// For each actor whose play is a mixture over issues: the address of its word, and the thresholds of its modes.
fn mixers(
    scenario: &Scenario,
    slots: &Slots,
    addresses: &Addresses,
    policies: &Policies<'_>,
) -> IdVec<ActorId, Option<(Address, Vec<u32>)>> {
    let mixer = |actor: ActorId| {
        policies.mixes(actor).then(|| {
            let slot = slots.seldom(&scenario.actors[actor.index()].id);
            let word = slot.map_or(Address::NONE, |slot| addresses.optional(slot));
            (word, cumulative(&policies.modes(actor)).0)
        })
    };
    policies.game.blueprint.actors.ids().map(mixer).collect()
}

fn start_thresholds(row: &[f64]) -> Vec<u32> {
    let (mut thresholds, last) = cumulative(row);
    // Levels behind the last possible one are never picked: their thresholds are as good as infinite.
    thresholds.truncate(last);
    thresholds
}

/// The word of each seat.
fn seat_words(scenario: &Scenario, slots: &Slots, addresses: &Addresses) -> IdVec<SeatId, SeatWord> {
    let word = |seat: &crate::scenario::Seat| {
        let issue = &scenario.issues[seat.issue.index()].id;
        let path = format!("issues.{issue}.moves.{}", scenario.actors[seat.actor.index()].id);
        if let Some(slot) = slots.turn(&path) {
            return SeatWord { address: addresses.turn(slot), optional: false };
        }
        let address = slots.seldom(&path).map_or(Address::NONE, |slot| addresses.optional(slot));
        SeatWord { address, optional: true }
    };
    scenario.seats.iter().map(word).collect()
}
