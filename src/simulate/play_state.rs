//! One play in progress: where it stands, and the steps of a turn.

use super::bits::{BLOCK_WORDS, ExtraClause, WordBlock, and};
use super::chance::RandomWords;
use super::effects::FiringMask;
use super::learners::Learners;
use super::memory::{PlayMemory, TurnView};
use super::observe::Observer;
use super::prepared_game::{AccumulatorBlock, BLOCK, PreparedGame};

/// One play in progress.
#[derive(Clone, Debug)]
pub(crate) struct PlayState {
    pub(crate) levels: Vec<usize>,
    /// The levels before the turn, where an observer wants them.
    pub(crate) before: Vec<usize>,
    /// The code of each decision's option.
    pub(crate) codes: Vec<u32>,
    /// The effects that fired, where an observer wants them.
    pub(crate) fired: Vec<usize>,
    /// What each accumulator has gathered.
    pub(crate) totals: Vec<AccumulatorBlock>,
    pub(crate) outcomes: Vec<usize>,
    /// The number of turns played.
    pub(crate) turns: usize,
    /// Whether it is still being played.
    pub(crate) active: bool,
    /// What learning actors remember of the play.
    pub(crate) memory: PlayMemory,
    /// The part of each actor's mixed play that it plays this turn.
    modes: Vec<usize>,
    /// Where the levels stand in each group of variables.
    cells: Vec<usize>,
    /// The rows of the options that were chosen.
    rows: Vec<usize>,
    active_bits: Vec<WordBlock>,
    /// What the present turn weighs in each accumulator.
    weights: Vec<AccumulatorBlock>,
}

impl PlayState {
    pub(crate) fn new(prepared: &PreparedGame<'_>) -> Self {
        let decisions = prepared.decisions_in.iter().copied().max().unwrap_or(0);
        Self {
            levels: vec![0; prepared.starts.len()],
            before: vec![0; prepared.starts.len()],
            codes: vec![0; decisions],
            fired: Vec::new(),
            totals: vec![[0.0; BLOCK]; prepared.accumulator_blocks],
            outcomes: vec![0; prepared.classes.len()],
            turns: 0,
            active: false,
            memory: PlayMemory::new(prepared),
            modes: vec![0; prepared.mixers.len()],
            cells: vec![0; prepared.bits.groups.len()],
            rows: vec![0; decisions],
            active_bits: vec![[0; BLOCK_WORDS]; prepared.bits.width],
            weights: vec![[1.0; BLOCK]; prepared.accumulator_blocks],
        }
    }

    /// Puts everything where the play starts; `number` is the play's.
    pub(crate) fn start(&mut self, prepared: &PreparedGame<'_>, words: &RandomWords, number: usize) {
        self.totals.fill([0.0; BLOCK]);
        self.weights.fill([1.0; BLOCK]);
        if let Some(learners) = &prepared.learners {
            self.memory.forget(learners);
        }
        match &prepared.start {
            Some(beginning) => self.begin(prepared, beginning, words, number),
            None => self.start_anew(prepared, words, number),
        }
        for (cell, scope) in self.cells.iter_mut().zip(&prepared.bits.scopes) {
            *cell = scope.cell(&self.levels);
        }
    }

    fn start_anew(&mut self, prepared: &PreparedGame<'_>, words: &RandomWords, number: usize) {
        for (level, (thresholds, address)) in self.levels.iter_mut().zip(&prepared.starts) {
            *level = if thresholds.is_empty() {
                0
            } else {
                let word = words.at(*address, 0)[number];
                thresholds.iter().map(|&threshold| usize::from(word >= threshold)).sum()
            };
        }
        self.turns = 0;
        self.active = prepared.game.blueprint.turns > 0;
        self.stop_if_over(prepared);
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

    /// Lets every actor choose: [`Board::codes`].
    #[inline(always)]
    pub(crate) fn choose(
        &mut self,
        prepared: &PreparedGame<'_>,
        words: &RandomWords,
        number: usize,
        turn: usize,
    ) {
        if prepared.mixing {
            for (mode, mixer) in self.modes.iter_mut().zip(&prepared.mixers) {
                if let Some((address, thresholds)) = mixer {
                    let word = words.at(*address, turn)[number];
                    *mode = thresholds.iter().map(|&threshold| usize::from(word >= threshold)).sum();
                }
            }
        }
        let mut chosen = self.codes.iter_mut().zip(&mut self.rows);
        for group in &prepared.choice_groups[turn] {
            let cell = group.variable_group.map_or_else(
                || prepared.game.components()[group.component].scope.cell(&self.levels),
                |group| self.cells[group],
            );
            let rows = prepared.rows(group.component, cell);
            for (decision, (slot, row)) in group.decisions.iter().zip(&mut chosen) {
                let mode = if prepared.mixing { self.modes[decision.actor] } else { 0 };
                let code = rows.code(decision.rows, mode, words.at(decision.word, turn)[number]);
                *slot = code;
                *row = decision.bits + code as usize * prepared.bits.width;
            }
        }
    }

    /// Lets those who learn choose, after all others, and then learn from what all did.
    #[cold]
    pub(crate) fn choose_and_learn(
        &mut self,
        (prepared, learners): (&PreparedGame<'_>, &Learners),
        words: &RandomWords,
        play: usize,
        turn: usize,
    ) {
        let decisions = prepared.decisions_in[turn];
        let first = decisions - learners.all.len();
        let Self { levels, cells, codes, rows, memory, .. } = self;
        let now = TurnView { turn, levels, cells, words, play };
        memory.choose((prepared, learners), now, &mut codes[first..decisions], &mut rows[first..decisions]);
        memory.learn((prepared, learners), now, (&codes[..decisions], &rows[..decisions]), first);
    }

    /// Finds the first `blocks` of what is active.
    #[inline(always)]
    pub(crate) fn find_active(&mut self, prepared: &PreparedGame<'_>, turn: usize, blocks: usize) {
        let bits = &prepared.bits;
        let rows = &self.rows[..prepared.decisions_in[turn]];
        for (at, active) in self.active_bits[..blocks].iter_mut().enumerate() {
            let mut block =
                bits.turns.get(turn * bits.width + at).copied().unwrap_or([u64::MAX; BLOCK_WORDS]);
            for (group, cell) in bits.groups.iter().zip(&self.cells) {
                block = and(block, &group[cell * bits.width + at]);
            }
            for row in rows {
                block = and(block, &bits.options[row + at]);
            }
            *active = block;
        }
        join_clauses(self.active_bits.as_flattened_mut(), &prepared.bits.extra_effect_clauses);
    }

    /// Pays what is active.
    #[inline(always)]
    pub(crate) fn pay(&mut self, prepared: &PreparedGame<'_>) {
        let active = &mut self.active_bits.as_flattened_mut()[prepared.bits.effect_words..];
        join_clauses(active, &prepared.bits.extra_payment_clauses);
        let payments = prepared.payments.as_slice();
        let accumulators = self.totals.iter_mut().zip(&mut self.weights).zip(&prepared.discounts).enumerate();
        for (at, ((totals, weights), discounts)) in accumulators {
            let mut sums = [0.0; BLOCK];
            each_bit(active, |payment| {
                // Bits of further clauses come behind all payments, and pay nothing of their own.
                if let Some(amounts) = payments.get(payment * prepared.accumulator_blocks + at) {
                    sums = std::array::from_fn(|accumulator| sums[accumulator] + amounts[accumulator]);
                }
            });
            *totals = std::array::from_fn(|accumulator| {
                totals[accumulator] + weights[accumulator] * sums[accumulator]
            });
            *weights = std::array::from_fn(|accumulator| weights[accumulator] * discounts[accumulator]);
        }
    }

    /// Lets a turn go by unpaid: what is paid from now on is discounted once more.
    pub(super) fn discount(&mut self, prepared: &PreparedGame<'_>) {
        for (weights, discounts) in self.weights.iter_mut().zip(&prepared.discounts) {
            *weights = std::array::from_fn(|accumulator| weights[accumulator] * discounts[accumulator]);
        }
    }

    /// Lets the effects that are active fire where chance says so; `lucky` says where, for all plays.
    #[inline(always)]
    pub(crate) fn fire<O: Observer>(
        &mut self,
        prepared: &PreparedGame<'_>,
        firing_masks: &[FiringMask],
        number: usize,
    ) {
        if O::DETAILS {
            self.before.copy_from_slice(&self.levels);
            self.fired.clear();
        }
        for (at, (active, firing_masks)) in
            self.active_bits.as_flattened().iter().zip(firing_masks).enumerate()
        {
            let mut left = active & firing_masks[number];
            while left != 0 {
                let effect = at * 64 + left.trailing_zeros() as usize;
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
        for (at, ((class, plan), pays)) in classes.enumerate() {
            let outcome = class.outcome(&self.levels, plan);
            self.outcomes[at] = outcome;
            if O::SCORES {
                let totals = self.totals.as_flattened_mut().iter_mut();
                let accumulators = totals.zip(&pays[outcome]).zip(self.weights.as_flattened());
                for ((total, pay), weight) in accumulators {
                    *total += weight * pay;
                }
            }
        }
    }
}

/// Makes an item active whose further clauses are.
#[inline(always)]
pub(crate) fn join_clauses(active: &mut [u64], more: &[ExtraClause]) {
    for more in more {
        let holds = active[more.clause.0] >> more.clause.1 & 1;
        active[more.item.0] |= holds << more.item.1;
    }
}

/// Calls `visit` with the number of every bit that is set, ascending.
#[inline(always)]
pub(crate) fn each_bit(words: &[u64], mut visit: impl FnMut(usize)) {
    for (at, &word) in words.iter().enumerate() {
        let mut left = word;
        while left != 0 {
            visit(at * 64 + left.trailing_zeros() as usize);
            left &= left - 1;
        }
    }
}
