//! One play in progress: where it stands, and the steps of a turn.
//!
//! Takes a [`PreparedGame`] and the words of chance of its batch, and changes the state of one play. What a turn does
//! to a play is cut into steps (choose, find what is active, pay, fire, stop), so that the sampler can take each step
//! on all plays of a batch before the next: the look-ups of one play wait for each other, those of eight plays do
//! not. Nothing here knows who observes, but for what it asks to be kept.
//!
//! Invariant: `cells` always number the levels of each group of variables. Whoever changes a level adds to its
//! group's cell what the change adds, so that no turn multiplies strides again.

use super::accumulators::{AccumulatorBlock, BLOCK};
use super::bits::{BLOCK_WORDS, WordBlock, and, each_bit, join_clauses};
use super::chance::RandomWords;
use super::effects::FiringMask;
use super::learners::Learners;
use super::memory::{PlayMemory, TurnView};
use super::observe::Observer;
use super::prepared_game::PreparedGame;
use super::start::StartDistribution;
use crate::game::{CellId, Code};
use crate::scenario::{ActorId, ClassificationId, EffectId, IdVec, LevelId, Levels, OutcomeId};

/// One play in progress.
#[derive(Clone, Debug)]
pub(crate) struct PlayState {
    pub(crate) levels: Levels,
    /// The levels before the turn, where an observer wants them.
    pub(crate) before: Levels,
    /// The code of each decision's option.
    pub(crate) codes: Vec<Code>,
    /// The effects that fired, where an observer wants them.
    pub(crate) fired: Vec<EffectId>,
    /// What each accumulator has gathered.
    pub(crate) totals: Vec<AccumulatorBlock>,
    pub(crate) outcomes: IdVec<ClassificationId, OutcomeId>,
    /// The number of turns played.
    pub(crate) turns: usize,
    /// Whether it is still being played.
    pub(crate) active: bool,
    /// What learning actors remember of the play.
    pub(crate) memory: PlayMemory,
    /// The mode of each actor whose play is a mixture, this turn: one for all its issues, so that what it does in
    /// one is tied to what it does in another.
    modes: IdVec<ActorId, usize>,
    /// The number of the levels in each group of variables.
    cells: Vec<CellId>,
    /// Where the bits of the chosen options begin among those of all options.
    rows: Vec<usize>,
    /// Which clauses hold, and after joining, which effects and payments do.
    active_bits: Vec<WordBlock>,
    /// What the present turn weighs in each accumulator.
    weights: Vec<AccumulatorBlock>,
}

/// A turn of the plays of a batch.
#[derive(Clone, Copy)]
pub(crate) struct BatchTurn<'a> {
    pub(crate) prepared: &'a PreparedGame<'a>,
    /// The words of all plays.
    pub(crate) words: &'a RandomWords,
    /// Which effects chance lets fire, in all plays.
    pub(crate) firing_masks: &'a [FiringMask],
    /// The turn, 0-based.
    pub(crate) turn: usize,
    /// How much of what is active is asked for: so many blocks.
    pub(crate) blocks: usize,
}

impl PlayState {
    pub(crate) fn new(prepared: &PreparedGame<'_>) -> Self {
        let decisions = prepared.decisions_in.iter().copied().max().unwrap_or(0);
        Self {
            levels: prepared.game.blueprint.lowest(),
            before: prepared.game.blueprint.lowest(),
            codes: vec![Code::from_u32(0); decisions],
            fired: Vec::new(),
            totals: vec![[0.0; BLOCK]; prepared.payments.blocks],
            outcomes: IdVec::filled(OutcomeId::from_u32(0), prepared.classes.len()),
            turns: 0,
            active: false,
            memory: PlayMemory::new(prepared),
            modes: IdVec::filled(0, prepared.mixers.len()),
            cells: vec![CellId::new(0); prepared.bits.groups.len()],
            rows: vec![0; decisions],
            active_bits: vec![[0; BLOCK_WORDS]; prepared.bits.width],
            weights: vec![[1.0; BLOCK]; prepared.payments.blocks],
        }
    }

    /// Puts everything where the play starts; `number` is its place in the batch.
    pub(crate) fn start(&mut self, prepared: &PreparedGame<'_>, words: &RandomWords, number: usize) {
        self.totals.fill([0.0; BLOCK]);
        self.weights.fill([1.0; BLOCK]);
        if let Some(learners) = &prepared.learners {
            self.memory.forget(learners);
        }
        match &prepared.start {
            Some(start) => self.go_on_from(prepared, start, words, number),
            None => self.start_anew(prepared, words, number),
        }
        for (cell, scope) in self.cells.iter_mut().zip(&prepared.bits.scopes) {
            *cell = scope.cell(&self.levels);
        }
    }

    fn start_anew(&mut self, prepared: &PreparedGame<'_>, words: &RandomWords, number: usize) {
        for (level, (thresholds, address)) in self.levels.iter_mut().zip(&prepared.starts) {
            *level = LevelId::from_u32(if thresholds.is_empty() {
                0
            } else {
                let word = words.at(*address, 0)[number];
                thresholds.iter().map(|&threshold| u32::from(word >= threshold)).sum()
            });
        }
        self.turns = 0;
        self.active = prepared.game.blueprint.turns > 0;
        self.stop_if_over(prepared);
    }

    /// Puts the play where it goes on from, by the word of the first variable's start.
    fn go_on_from(
        &mut self,
        prepared: &PreparedGame<'_>,
        start: &StartDistribution,
        words: &RandomWords,
        number: usize,
    ) {
        let word = prepared.starts.first().map_or(0, |(_, address)| words.at(*address, 0)[number]);
        let state = start.state(word);
        self.levels.as_mut_slice().copy_from_slice(state.levels.as_slice());
        self.turns = state.turns;
        self.active = !state.ended && state.turns < prepared.game.blueprint.turns;
        // Nothing is paid of what has gone by, but what is paid from now on is discounted by as many turns.
        for _ in 0..state.turns {
            self.discount(prepared);
        }
    }

    /// Stops the play where an outcome ends it.
    #[inline(always)]
    pub(crate) fn stop_if_over(&mut self, prepared: &PreparedGame<'_>) {
        if prepared.can_end {
            let classes = prepared.classes.iter().zip(&prepared.game.blueprint.classes);
            let ended = classes
                .filter(|(class, _)| class.can_end)
                .any(|(class, plan)| class.ends[class.outcome(&self.levels, plan)]);
            self.active &= !ended;
        }
    }

    /// Lets every actor choose but those who learn: [`PlayState::codes`].
    #[inline(always)]
    pub(crate) fn choose(&mut self, now: &BatchTurn<'_>, number: usize) {
        let &BatchTurn { prepared, words, turn, .. } = now;
        if prepared.mixing {
            for (mode, mixer) in self.modes.iter_mut().zip(&prepared.mixers) {
                if let Some((address, thresholds)) = mixer {
                    let word = words.at(*address, turn)[number];
                    *mode = thresholds.iter().map(|&threshold| usize::from(word >= threshold)).sum();
                }
            }
        }
        // Decisions are numbered through all groups of a turn, in the order in which a tally's layout has them.
        let mut chosen = self.codes.iter_mut().zip(&mut self.rows);
        for group in &prepared.choice_groups[turn] {
            // Where the component reads exactly the variables of a group, the cell is at hand.
            let cell = group.variable_group.map_or_else(
                || prepared.game.components()[group.component].scope.cell(&self.levels),
                |group| self.cells[group],
            );
            let rows = prepared.rows(group.component, cell);
            for (decision, (slot, row)) in group.decisions.iter().zip(&mut chosen) {
                let mode = if prepared.mixing { self.modes[decision.actor] } else { 0 };
                let code = rows.code(decision.rows, mode, words.at(decision.word.address, turn)[number]);
                *slot = code;
                *row = decision.bits + code.index() * prepared.bits.width;
            }
        }
    }

    /// Lets those who learn choose, after all others, and then learn from what all did.
    #[cold]
    pub(crate) fn choose_and_learn(&mut self, now: &BatchTurn<'_>, learners: &Learners, play: usize) {
        let &BatchTurn { prepared, words, turn, .. } = now;
        let decisions = prepared.decisions_in[turn];
        let first = decisions - learners.all.len();
        let Self { levels, cells, codes, rows, memory, .. } = self;
        let now = TurnView { prepared, learners, turn, levels, cells, words, play };
        memory.choose(now, &mut codes[first..decisions], &mut rows[first..decisions]);
        memory.learn(now, &codes[..decisions], &rows[..decisions]);
    }

    /// Finds what is active, as far as it is asked for: a clause holds where the turn, the levels of every group and every
    /// option that was chosen let it through, so the row is the AND of theirs.
    #[inline(always)]
    pub(crate) fn find_active(&mut self, now: &BatchTurn<'_>) {
        let &BatchTurn { prepared, turn, blocks, .. } = now;
        let bits = &prepared.bits;
        let rows = &self.rows[..prepared.decisions_in[turn]];
        for (at, active) in self.active_bits[..blocks].iter_mut().enumerate() {
            // Where no clause names a turn there are no rows of turns, and every turn lets everything through.
            let mut block =
                bits.turns.get(turn * bits.width + at).copied().unwrap_or([u64::MAX; BLOCK_WORDS]);
            for (group, cell) in bits.groups.iter().zip(&self.cells) {
                block = and(block, &group[cell.index() * bits.width + at]);
            }
            for row in rows {
                block = and(block, &bits.options[row + at]);
            }
            *active = block;
        }
        join_clauses(self.active_bits.as_flattened_mut(), &prepared.bits.extra_effect_clauses);
    }

    /// Pays what is active. Payments are gone through once for each block of accumulators, so that its sums stay in
    /// a register; each accumulator is summed in the order of payments, whatever the width of the machine.
    #[inline(always)]
    pub(crate) fn pay(&mut self, prepared: &PreparedGame<'_>) {
        let active = &mut self.active_bits.as_flattened_mut()[prepared.bits.effect_words..];
        join_clauses(active, &prepared.bits.extra_payment_clauses);
        let payments = prepared.payments.amounts.as_slice();
        let accumulators = self.totals.iter_mut().zip(&mut self.weights).zip(&prepared.discounts).enumerate();
        for (at, ((totals, weights), discounts)) in accumulators {
            let mut sums = [0.0; BLOCK];
            each_bit(active, |payment| {
                // Bits of further clauses come behind all payments, and pay nothing of their own.
                if let Some(amounts) = payments.get(payment * prepared.payments.blocks + at) {
                    sums = std::array::from_fn(|at| sums[at] + amounts[at]);
                }
            });
            *totals = std::array::from_fn(|at| totals[at] + weights[at] * sums[at]);
            *weights = std::array::from_fn(|at| weights[at] * discounts[at]);
        }
    }

    /// Lets a turn go by unpaid: what is paid from now on is discounted once more.
    pub(super) fn discount(&mut self, prepared: &PreparedGame<'_>) {
        for (weights, discounts) in self.weights.iter_mut().zip(&prepared.discounts) {
            *weights = std::array::from_fn(|at| weights[at] * discounts[at]);
        }
    }

    /// Lets the effects that are active fire where chance says so; the masks say where, for all plays of the batch.
    /// In file order, each changing what those before it left: the lowest bit first.
    #[inline(always)]
    pub(crate) fn fire<O: Observer>(&mut self, now: &BatchTurn<'_>, number: usize) {
        let &BatchTurn { prepared, firing_masks, .. } = now;
        if O::DETAILS {
            self.before.as_mut_slice().copy_from_slice(self.levels.as_slice());
            self.fired.clear();
        }
        for (word, (active, mask)) in (0..).zip(self.active_bits.as_flattened().iter().zip(firing_masks)) {
            let mut left = active & mask[number];
            while left != 0 {
                let effect = EffectId::from_u32(word * 64 + left.trailing_zeros());
                left &= left - 1;
                prepared.chances.apply(effect, &mut self.levels, &mut self.cells);
                if O::DETAILS {
                    self.fired.push(effect);
                }
            }
        }
        self.turns += 1;
    }

    /// Finds the outcomes, and pays what they pay.
    pub(crate) fn finish<O: Observer>(&mut self, prepared: &PreparedGame<'_>) {
        let classes =
            prepared.classes.iter().zip(&prepared.game.blueprint.classes).zip(prepared.outcome_pays);
        for (((class, plan), pays), found) in classes.zip(&mut self.outcomes) {
            let outcome = class.outcome(&self.levels, plan);
            *found = outcome;
            if O::SCORES {
                let totals = self.totals.as_flattened_mut().iter_mut();
                let accumulators = totals.zip(&pays[outcome.index()]).zip(self.weights.as_flattened());
                for ((total, pay), weight) in accumulators {
                    *total += weight * pay;
                }
            }
        }
    }
}
