//! What learning actors remember of one play, and how they choose by it.

use super::actions::Choices;
use super::bits::{WordBlock, and, each_bit, join_clauses};
use super::chance::RandomWords;
use super::cumulative_rows::sample;
use super::learners::{ComponentView, Learner, LearnerKind, Learners};
use super::prepared_game::PreparedGame;
use crate::agents::{ActionId, Chooser, Experience};
use crate::game::{CellId, Code};
use crate::scenario::{ActorId, IdVec, Levels};

/// What is remembered of one play.
#[derive(Clone, Debug, Default)]
pub(crate) struct PlayMemory {
    /// For each actor, how often it took each of its actions; empty where nobody counts.
    counts: IdVec<ActorId, IdVec<ActionId, u32>>,
    /// For each learner with a rule, its experience.
    experiences: Vec<Option<Experience>>,
    /// For each learner, the probability of each of its options this turn.
    pub(crate) probabilities: Vec<Vec<f64>>,
    /// For each learner, the option it took this turn.
    taken: Vec<usize>,
    /// What is active but for what a learner does, and with it.
    others: Vec<WordBlock>,
    active: Vec<WordBlock>,
}

/// A turn of a play, before anything has come of it.
#[derive(Clone, Copy)]
pub(crate) struct TurnView<'a> {
    pub(crate) prepared: &'a PreparedGame<'a>,
    pub(crate) learners: &'a Learners,
    pub(crate) turn: usize,
    pub(crate) levels: &'a Levels,
    /// The number of the levels in each group of variables.
    pub(crate) cells: &'a [CellId],
    /// The words of all plays of the batch, and which of them this one is.
    pub(crate) words: &'a RandomWords,
    pub(crate) play: usize,
}

impl<'a> TurnView<'a> {
    /// What an actor that learns, or is learnt of, can do; `None` of others.
    fn choices_of(&self, actor: ActorId) -> Option<&'a Choices> {
        let actions = self.learners.actions_of(actor)?;
        Some(actions.at(self.prepared.policies(), self.levels, self.turn))
    }
}

impl PlayMemory {
    pub(crate) fn new(prepared: &PreparedGame<'_>) -> Self {
        let Some(learners) = &prepared.learners else { return Self::default() };
        let counted = |actor: ActorId| learners.counted.iter().flatten().any(|seen| seen.actor == actor);
        let codes = learners.actions.numbered().map(|(actor, actions)| {
            actions.as_ref().filter(|_| counted(actor)).map_or(0, |actions| actions.codes)
        });
        let experience = |learner: &Learner| match &learner.kind {
            LearnerKind::Rule(rule, _) => {
                let codes = learners.actions_of(learner.actor).map_or(0, |actions| actions.codes);
                Some(Experience::new(rule, codes))
            }
            LearnerKind::Beliefs(_) => None,
        };
        Self {
            counts: codes.map(|codes| IdVec::filled(0, codes)).collect(),
            experiences: learners.all.iter().map(experience).collect(),
            probabilities: vec![Vec::new(); learners.all.len()],
            taken: vec![0; learners.all.len()],
            others: vec![WordBlock::default(); prepared.bits.width],
            active: vec![WordBlock::default(); prepared.bits.width],
        }
    }

    /// Forgets everything: a play begins.
    pub(crate) fn forget(&mut self, learners: &Learners) {
        for counts in &mut self.counts {
            counts.as_mut_slice().fill(0);
        }
        for (experience, learner) in self.experiences.iter_mut().zip(&learners.all) {
            if let (Some(experience), LearnerKind::Rule(rule, _)) = (experience, &learner.kind) {
                experience.forget(rule);
            }
        }
    }

    /// Lets the learners choose: the code of each one's option, and its row of bits.
    pub(crate) fn choose(&mut self, now: TurnView<'_>, codes: &mut [Code], rows: &mut [usize]) {
        let policies = now.prepared.policies();
        for (at, learner) in now.learners.all.iter().enumerate() {
            let Some(choices) = now.choices_of(learner.actor) else { continue };
            let (menu, numbers) = (&choices.menu, &choices.numbers);
            let chooser = Chooser { actor: learner.actor, menu, numbers };
            let mut probabilities = std::mem::take(&mut self.probabilities[at]);
            probabilities.clear();
            probabilities.resize(menu.len(), 0.0);
            match (&learner.kind, &self.experiences[at]) {
                (LearnerKind::Rule(rule, _), Some(experience)) => {
                    let mut chosen = vec![0.0; menu.choices];
                    experience.choose(rule, &choices.actions, &mut chosen);
                    policies.choose_by_choice(chooser, &chosen, &mut probabilities);
                }
                (LearnerKind::Beliefs(views), _) => {
                    let mut values = vec![0.0; menu.len()];
                    for view in &views[now.turn] {
                        self.add_values(now, view, choices, &mut values);
                    }
                    policies.choose_by_value(chooser, &values, &mut probabilities);
                }
                (LearnerKind::Rule(..), None) => {}
            }
            let option = sample(&probabilities, now.words.at(learner.word.address, now.turn)[now.play]);
            self.probabilities[at] = probabilities;
            self.taken[at] = option;
            codes[at] = menu.codes[option];
            rows[at] = learner.bits + menu.codes[option].index() * now.prepared.bits.width;
        }
    }

    /// Adds what a learner's options are worth to it in one component of the game, under what it believes.
    fn add_values(&self, now: TurnView<'_>, view: &ComponentView, own: &Choices, values: &mut [f64]) {
        let TurnView { prepared, learners, .. } = now;
        let cell = prepared.game.components()[view.component].scope.cell(now.levels);
        let found = prepared.game.local_state(view.structure, cell);
        let mut believed = vec![0.0; found.options()];
        for (member, (actor, places)) in view.members.numbered().filter(|(member, _)| *member != view.member)
        {
            if let Some(choices) = now.choices_of(*actor) {
                self.believe(*actor, choices, places, &mut believed[found.options_of(member)]);
            }
        }
        let prospect = learners.prospect(prepared.policies(), view.component, cell);
        let worth = prepared.policies().values(prospect, view.member, &believed);
        let (_, places) = &view.members[view.member];
        for (option, value) in values.iter_mut().enumerate() {
            *value += worth[own.cut(option, places)];
        }
    }

    /// What is believed of an actor in some of its seats: how often it chose each of its available actions, one
    /// more than it did. What the script draws is known.
    fn believe(&self, actor: ActorId, choices: &Choices, places: &[usize], believed: &mut [f64]) {
        let counts = &self.counts[actor];
        let seen = |action: ActionId| f64::from(counts[action]) + 1.0;
        let all: f64 = choices.actions.iter().map(|&action| seen(action)).sum();
        let script = choices.numbers.script.as_deref();
        for (option, &choice) in choices.menu.choice_of.iter().enumerate() {
            let drawn = script.map_or(1.0, |script| script[option]);
            believed[choices.cut(option, places)] += seen(choices.actions[choice]) / all * drawn;
        }
    }

    /// Learns from what all did: `codes` and `rows` are those of all decisions, the learners' behind the others'.
    pub(crate) fn learn(&mut self, now: TurnView<'_>, codes: &[Code], rows: &[usize]) {
        let TurnView { prepared, learners, .. } = now;
        let first = rows.len() - learners.all.len();
        for (at, learner) in learners.all.iter().enumerate() {
            if let LearnerKind::Rule(rule, worth) = &learner.kind {
                self.without(now, rows, first + at);
                let Some(choices) = now.choices_of(learner.actor) else { continue };
                let taken = self.taken[at];
                let pays: Vec<f64> = choices
                    .instead_of(taken)
                    .map(|option| self.pay(prepared, learner, worth, choices.menu.codes[option]))
                    .collect();
                if let Some(experience) = &mut self.experiences[at] {
                    experience.learn(rule, &choices.actions, &pays, choices.menu.choice_of[taken]);
                }
            }
        }
        // An actor's code is the sum of what its decisions add to it; they follow no order.
        let Some(seen) = learners.counted.get(now.turn) else { return };
        for (actor, counts) in self.counts.ids().zip(&mut self.counts) {
            let Some(actions) = learners.actions_of(actor).filter(|_| !counts.is_empty()) else { continue };
            let own = seen.iter().filter(|seen| seen.actor == actor);
            let shares = own.map(|seen| learners.shares[seen.shares][codes[seen.decision].index()]);
            let code = Code::new(shares.sum());
            let choices = actions.at(prepared.policies(), now.levels, now.turn);
            counts[actions.action(choices, code)] += 1;
        }
    }

    /// Finds what is active whatever is chosen in one of the decisions.
    fn without(&mut self, now: TurnView<'_>, rows: &[usize], decision: usize) {
        let bits = &now.prepared.bits;
        for (at, others) in self.others.iter_mut().enumerate() {
            let mut block = bits.turns.get(now.turn * bits.width + at).copied().unwrap_or([u64::MAX; _]);
            for (group, cell) in bits.groups.iter().zip(now.cells) {
                block = and(block, &group[cell.index() * bits.width + at]);
            }
            for row in rows.iter().enumerate().filter(|(other, _)| *other != decision).map(|(_, row)| row) {
                block = and(block, &bits.options[row + at]);
            }
            *others = block;
        }
    }

    /// What the turn pays a learner, others' payoffs weighed in, if its option is the one of that code.
    fn pay(&mut self, prepared: &PreparedGame<'_>, learner: &Learner, worth: &[f64], code: Code) -> f64 {
        let bits = &prepared.bits;
        let row = &bits.options[learner.bits + code.index() * bits.width..][..bits.width];
        for ((active, others), own) in self.active.iter_mut().zip(&self.others).zip(row) {
            *active = and(*others, own);
        }
        let active = &mut self.active.as_flattened_mut()[bits.effect_words..];
        join_clauses(active, &bits.extra_payment_clauses);
        let mut sum = 0.0;
        // Bits of further clauses come behind all payments.
        each_bit(active, |payment| sum += worth.get(payment).copied().unwrap_or(0.0));
        sum
    }
}
