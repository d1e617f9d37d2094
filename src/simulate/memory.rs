//! What learning actors remember of one play, and how they choose by it.

use super::actions::Choices;
use super::bits::{WordBlock, and, each_bit, join_clauses};
use super::chance::RandomWords;
use super::cumulative_rows::sample;
use super::learners::{ComponentView, Learner, LearnerKind, Learners};
use super::prepared_game::PreparedGame;
use crate::agents::Experience;

/// What is remembered of one play.
#[derive(Clone, Debug, Default)]
pub(crate) struct PlayMemory {
    /// For each actor, how often it took each of its actions; empty where nobody counts.
    counts: Vec<Vec<u32>>,
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
    pub(crate) turn: usize,
    pub(crate) levels: &'a [usize],
    pub(crate) cells: &'a [usize],
    /// The words of all plays of the batch, and which of them this one is.
    pub(crate) words: &'a RandomWords,
    pub(crate) play: usize,
}

impl PlayMemory {
    pub(crate) fn new(prepared: &PreparedGame<'_>) -> Self {
        let Some(learners) = &prepared.learners else { return Self::default() };
        let counted = |actor: usize| learners.counted.iter().flatten().any(|seen| seen.actor == actor);
        let codes = learners.actions.iter().enumerate().map(|(actor, actions)| {
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
            counts: codes.map(|codes| vec![0; codes]).collect(),
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
            counts.fill(0);
        }
        for (experience, learner) in self.experiences.iter_mut().zip(&learners.all) {
            if let (Some(experience), LearnerKind::Rule(rule, _)) = (experience, &learner.kind) {
                experience.forget(rule);
            }
        }
    }

    /// Lets the learners choose: the code of each one's option, and its row of bits.
    pub(crate) fn choose(
        &mut self,
        (prepared, learners): (&PreparedGame<'_>, &Learners),
        now: TurnView<'_>,
        codes: &mut [u32],
        rows: &mut [usize],
    ) {
        let policies = prepared.policies();
        for (at, learner) in learners.all.iter().enumerate() {
            let Some(actions) = learners.actions_of(learner.actor) else { continue };
            let choices = actions.at(policies, now.levels, now.turn);
            let (menu, numbers) = (&choices.menu, &choices.numbers);
            let mut probabilities = std::mem::take(&mut self.probabilities[at]);
            probabilities.clear();
            probabilities.resize(menu.len(), 0.0);
            match (&learner.kind, &self.experiences[at]) {
                (LearnerKind::Rule(rule, _), Some(experience)) => {
                    let mut chosen = vec![0.0; menu.choices];
                    experience.choose(rule, &choices.actions, &mut chosen);
                    policies.choose_by_choice(learner.actor, menu, numbers, &chosen, &mut probabilities);
                }
                (LearnerKind::Beliefs(views), _) => {
                    let mut values = vec![0.0; menu.len()];
                    for view in &views[now.turn] {
                        self.add_values((prepared, learners), view, now, choices, &mut values);
                    }
                    policies.choose_by_value(learner.actor, menu, numbers, &values, &mut probabilities);
                }
                (LearnerKind::Rule(..), None) => {}
            }
            let option = sample(&probabilities, now.words.at(learner.word, now.turn)[now.play]);
            self.probabilities[at] = probabilities;
            self.taken[at] = option;
            codes[at] = menu.codes[option];
            rows[at] = learner.bits + menu.codes[option] as usize * prepared.bits.width;
        }
    }

    /// Adds what a learner's options are worth to it in one component of the game, under what it believes.
    fn add_values(
        &self,
        (prepared, learners): (&PreparedGame<'_>, &Learners),
        view: &ComponentView,
        now: TurnView<'_>,
        own: &Choices,
        values: &mut [f64],
    ) {
        let cell = prepared.game.components()[view.component].scope.cell(now.levels);
        let found = prepared.game.local_state(view.structure, cell);
        let mut believed = vec![0.0; found.options()];
        for (member, (actor, places)) in view.members.iter().enumerate() {
            if let Some(actions) = learners.actions_of(*actor).filter(|_| member != view.member) {
                let choices = actions.at(prepared.policies(), now.levels, now.turn);
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
    fn believe(&self, actor: usize, choices: &Choices, places: &[usize], believed: &mut [f64]) {
        let counts = &self.counts[actor];
        let seen = |action: u32| f64::from(counts[action as usize]) + 1.0;
        let all: f64 = choices.actions.iter().map(|&action| seen(action)).sum();
        let script = choices.numbers.script.as_deref();
        for (option, &choice) in choices.menu.choice_of.iter().enumerate() {
            let drawn = script.map_or(1.0, |script| script[option]);
            believed[choices.cut(option, places)] += seen(choices.actions[choice]) / all * drawn;
        }
    }

    /// Learns from what all did: `codes` and `rows` are those of all decisions, the learners' from `first` on.
    pub(crate) fn learn(
        &mut self,
        (prepared, learners): (&PreparedGame<'_>, &Learners),
        now: TurnView<'_>,
        (codes, rows): (&[u32], &[usize]),
        first: usize,
    ) {
        for (at, learner) in learners.all.iter().enumerate() {
            if let LearnerKind::Rule(rule, worth) = &learner.kind {
                self.without(prepared, now, rows, first + at);
                let Some(actions) = learners.actions_of(learner.actor) else { continue };
                let choices = actions.at(prepared.policies(), now.levels, now.turn);
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
        for (actor, counts) in self.counts.iter_mut().enumerate() {
            let Some(actions) = learners.actions_of(actor).filter(|_| !counts.is_empty()) else { continue };
            let own = seen.iter().filter(|seen| seen.actor == actor);
            let code = own.map(|seen| learners.shares[seen.shares][codes[seen.decision] as usize]).sum();
            let choices = actions.at(prepared.policies(), now.levels, now.turn);
            counts[actions.action(choices, code) as usize] += 1;
        }
    }

    /// Finds what is active whatever is chosen in one of the decisions.
    fn without(&mut self, prepared: &PreparedGame<'_>, now: TurnView<'_>, rows: &[usize], decision: usize) {
        let bits = &prepared.bits;
        for (at, others) in self.others.iter_mut().enumerate() {
            let mut block = bits.turns.get(now.turn * bits.width + at).copied().unwrap_or([u64::MAX; _]);
            for (group, cell) in bits.groups.iter().zip(now.cells) {
                block = and(block, &group[cell * bits.width + at]);
            }
            for row in rows.iter().enumerate().filter(|(other, _)| *other != decision).map(|(_, row)| row) {
                block = and(block, &bits.options[row + at]);
            }
            *others = block;
        }
    }

    /// What the turn pays a learner, others' payoffs weighed in, if its option is the one of that code.
    fn pay(&mut self, prepared: &PreparedGame<'_>, learner: &Learner, worth: &[f64], code: u32) -> f64 {
        let bits = &prepared.bits;
        let row = &bits.options[learner.bits + code as usize * bits.width..][..bits.width];
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
