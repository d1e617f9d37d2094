//! What learning actors remember of one play, and how they choose by it.

use super::actions::Choices;
use super::bits::{Unit, and};
use super::board::{each_bit, join};
use super::chance::Words;
use super::learners::{Kind, Learner, Learners, View};
use super::picks::pick;
use super::table::Table;
use crate::agents::Experience;

/// What is remembered of one play.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    /// For each actor, how often it took each of its actions; empty where nobody counts.
    counts: Vec<Vec<u32>>,
    /// For each learner with a rule, its experience.
    experiences: Vec<Option<Experience>>,
    /// For each learner, the probability of each of its options this turn.
    pub(crate) probabilities: Vec<Vec<f64>>,
    /// For each learner, the option it took this turn.
    taken: Vec<usize>,
    /// What is live but for what a learner does, and with it.
    others: Vec<Unit>,
    live: Vec<Unit>,
}

/// A turn of a play, before anything has come of it.
#[derive(Clone, Copy)]
pub(crate) struct Now<'a> {
    pub(crate) turn: usize,
    pub(crate) levels: &'a [usize],
    pub(crate) cells: &'a [usize],
    /// The words of all boards, and which of them this one is.
    pub(crate) words: &'a Words,
    pub(crate) board: usize,
}

impl Memory {
    pub(crate) fn new(table: &Table<'_>) -> Self {
        let Some(learners) = &table.learners else { return Self::default() };
        let counted = |actor: usize| learners.seen.iter().flatten().any(|seen| seen.actor == actor);
        let codes = learners.actions.iter().enumerate().map(|(actor, actions)| {
            actions.as_ref().filter(|_| counted(actor)).map_or(0, |actions| actions.codes)
        });
        let experience = |learner: &Learner| match &learner.kind {
            Kind::Rule(rule, _) => {
                let codes = learners.actions_of(learner.actor).map_or(0, |actions| actions.codes);
                Some(Experience::new(rule, codes))
            }
            Kind::Beliefs(_) => None,
        };
        Self {
            counts: codes.map(|codes| vec![0; codes]).collect(),
            experiences: learners.all.iter().map(experience).collect(),
            probabilities: vec![Vec::new(); learners.all.len()],
            taken: vec![0; learners.all.len()],
            others: vec![Unit::default(); table.bits.width],
            live: vec![Unit::default(); table.bits.width],
        }
    }

    /// Forgets everything: a play begins.
    pub(crate) fn forget(&mut self, learners: &Learners) {
        for counts in &mut self.counts {
            counts.fill(0);
        }
        for (experience, learner) in self.experiences.iter_mut().zip(&learners.all) {
            if let (Some(experience), Kind::Rule(rule, _)) = (experience, &learner.kind) {
                experience.forget(rule);
            }
        }
    }

    /// Lets the learners choose: the code of each one's option, and its row of bits.
    pub(crate) fn choose(
        &mut self,
        (table, learners): (&Table<'_>, &Learners),
        now: Now<'_>,
        codes: &mut [u32],
        rows: &mut [usize],
    ) {
        let policies = table.policies();
        for (at, learner) in learners.all.iter().enumerate() {
            let Some(actions) = learners.actions_of(learner.actor) else { continue };
            let choices = actions.at(policies, now.levels, now.turn);
            let (menu, numbers) = (&choices.menu, &choices.numbers);
            let mut probabilities = std::mem::take(&mut self.probabilities[at]);
            probabilities.clear();
            probabilities.resize(menu.len(), 0.0);
            match (&learner.kind, &self.experiences[at]) {
                (Kind::Rule(rule, _), Some(experience)) => {
                    let mut chosen = vec![0.0; menu.choices];
                    experience.choose(rule, &choices.actions, &mut chosen);
                    policies.choose_by_choice(learner.actor, menu, numbers, &chosen, &mut probabilities);
                }
                (Kind::Beliefs(views), _) => {
                    let mut values = vec![0.0; menu.len()];
                    for view in &views[now.turn] {
                        self.add_values((table, learners), view, now, choices, &mut values);
                    }
                    policies.choose_by_value(learner.actor, menu, numbers, &values, &mut probabilities);
                }
                (Kind::Rule(..), None) => {}
            }
            let option = pick(&probabilities, now.words.at(learner.word, now.turn)[now.board]);
            self.probabilities[at] = probabilities;
            self.taken[at] = option;
            codes[at] = menu.codes[option];
            rows[at] = learner.bits + menu.codes[option] as usize * table.bits.width;
        }
    }

    /// Adds what a learner's options are worth to it in one component of the game, under what it believes.
    fn add_values(
        &self,
        (table, learners): (&Table<'_>, &Learners),
        view: &View,
        now: Now<'_>,
        own: &Choices,
        values: &mut [f64],
    ) {
        let cell = table.game.components()[view.component].scope.cell(now.levels);
        let found = table.game.local_state(view.structure, cell);
        let mut believed = vec![0.0; found.options()];
        for (member, (actor, places)) in view.members.iter().enumerate() {
            if let Some(actions) = learners.actions_of(*actor).filter(|_| member != view.member) {
                let choices = actions.at(table.policies(), now.levels, now.turn);
                self.believe(*actor, choices, places, &mut believed[found.options_of(member)]);
            }
        }
        let prospect = learners.prospect(table.policies(), view.component, cell);
        let worth = table.policies().values(prospect, view.member, &believed);
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

    /// Learns from what all choosers did: `codes` and `rows` are theirs, the learners' from `first` on.
    pub(crate) fn learn(
        &mut self,
        (table, learners): (&Table<'_>, &Learners),
        now: Now<'_>,
        (codes, rows): (&[u32], &[usize]),
        first: usize,
    ) {
        for (at, learner) in learners.all.iter().enumerate() {
            if let Kind::Rule(rule, worth) = &learner.kind {
                self.without(table, now, rows, first + at);
                let Some(actions) = learners.actions_of(learner.actor) else { continue };
                let choices = actions.at(table.policies(), now.levels, now.turn);
                let taken = self.taken[at];
                let pays: Vec<f64> = choices
                    .instead_of(taken)
                    .map(|option| self.pay(table, learner, worth, choices.menu.codes[option]))
                    .collect();
                if let Some(experience) = &mut self.experiences[at] {
                    experience.learn(rule, &choices.actions, &pays, choices.menu.choice_of[taken]);
                }
            }
        }
        // An actor's code is the sum of what its choosers add to it; they follow no order.
        let Some(seen) = learners.seen.get(now.turn) else { return };
        for (actor, counts) in self.counts.iter_mut().enumerate() {
            let Some(actions) = learners.actions_of(actor).filter(|_| !counts.is_empty()) else { continue };
            let own = seen.iter().filter(|seen| seen.actor == actor);
            let code = own.map(|seen| learners.shares[seen.shares][codes[seen.chooser] as usize]).sum();
            let choices = actions.at(table.policies(), now.levels, now.turn);
            counts[actions.action(choices, code) as usize] += 1;
        }
    }

    /// Finds what is live whatever one of the choosers does.
    fn without(&mut self, table: &Table<'_>, now: Now<'_>, rows: &[usize], chooser: usize) {
        let bits = &table.bits;
        for (at, others) in self.others.iter_mut().enumerate() {
            let mut unit = bits.turns.get(now.turn * bits.width + at).copied().unwrap_or([u64::MAX; _]);
            for (group, cell) in bits.groups.iter().zip(now.cells) {
                unit = and(unit, &group[cell * bits.width + at]);
            }
            for row in rows.iter().enumerate().filter(|(other, _)| *other != chooser).map(|(_, row)| row) {
                unit = and(unit, &bits.options[row + at]);
            }
            *others = unit;
        }
    }

    /// What the turn pays a learner, others' payoffs weighed in, if its option is the one of that code.
    fn pay(&mut self, table: &Table<'_>, learner: &Learner, worth: &[f64], code: u32) -> f64 {
        let bits = &table.bits;
        let row = &bits.options[learner.bits + code as usize * bits.width..][..bits.width];
        for ((live, others), own) in self.live.iter_mut().zip(&self.others).zip(row) {
            *live = and(*others, own);
        }
        let live = &mut self.live.as_flattened_mut()[bits.effect_words..];
        join(live, &bits.more_payments);
        let mut sum = 0.0;
        // Bits of further clauses come behind all payments.
        each_bit(live, |payment| sum += worth.get(payment).copied().unwrap_or(0.0));
        sum
    }
}
