//! One play in progress: where it stands, and the steps of a turn.

use super::bits::{More, UNIT, Unit, and};
use super::chance::Words;
use super::effects::Lucky;
use super::learners::Learners;
use super::memory::{Memory, Now};
use super::observe::Observer;
use super::table::{LANES, Lanes, Table};

/// One play in progress.
#[derive(Clone, Debug)]
pub(crate) struct Board {
    pub(crate) levels: Vec<usize>,
    /// The levels before the turn, where an observer wants them.
    pub(crate) before: Vec<usize>,
    /// The code of each chooser's option.
    pub(crate) codes: Vec<u32>,
    /// The effects that fired, where an observer wants them.
    pub(crate) fired: Vec<usize>,
    /// What each lane has gathered.
    pub(crate) totals: Vec<Lanes>,
    pub(crate) outcomes: Vec<usize>,
    /// The number of turns played.
    pub(crate) turns: usize,
    /// Whether it is still being played.
    pub(crate) going: bool,
    /// What learning actors remember of the play.
    pub(crate) memory: Memory,
    /// The part of each actor's mixed play that it plays this turn.
    modes: Vec<usize>,
    /// Where the levels stand in each group of variables.
    cells: Vec<usize>,
    /// The rows of the options that were chosen.
    rows: Vec<usize>,
    live: Vec<Unit>,
    /// What the present turn weighs in each lane.
    weights: Vec<Lanes>,
}

impl Board {
    pub(crate) fn new(table: &Table<'_>) -> Self {
        let choosers = table.choosers_in.iter().copied().max().unwrap_or(0);
        Self {
            levels: vec![0; table.starts.len()],
            before: vec![0; table.starts.len()],
            codes: vec![0; choosers],
            fired: Vec::new(),
            totals: vec![[0.0; LANES]; table.lanes],
            outcomes: vec![0; table.classes.len()],
            turns: 0,
            going: false,
            memory: Memory::new(table),
            modes: vec![0; table.mixers.len()],
            cells: vec![0; table.bits.groups.len()],
            rows: vec![0; choosers],
            live: vec![[0; UNIT]; table.bits.width],
            weights: vec![[1.0; LANES]; table.lanes],
        }
    }

    /// Puts everything where the play starts; `number` is the board's.
    pub(crate) fn start(&mut self, table: &Table<'_>, words: &Words, number: usize) {
        self.totals.fill([0.0; LANES]);
        self.weights.fill([1.0; LANES]);
        if let Some(learners) = &table.learners {
            self.memory.forget(learners);
        }
        match &table.beginning {
            Some(beginning) => self.begin(table, beginning, words, number),
            None => self.start_anew(table, words, number),
        }
        for (cell, scope) in self.cells.iter_mut().zip(&table.bits.scopes) {
            *cell = scope.cell(&self.levels);
        }
    }

    fn start_anew(&mut self, table: &Table<'_>, words: &Words, number: usize) {
        for (level, (thresholds, address)) in self.levels.iter_mut().zip(&table.starts) {
            *level = if thresholds.is_empty() {
                0
            } else {
                let word = words.at(*address, 0)[number];
                thresholds.iter().map(|&threshold| usize::from(word >= threshold)).sum()
            };
        }
        self.turns = 0;
        self.going = table.game.blueprint.turns > 0;
        self.stop_if_over(table);
    }

    /// Stops the play where an outcome ends it.
    #[inline(always)]
    pub(crate) fn stop_if_over(&mut self, table: &Table<'_>) {
        if table.can_end {
            let classes = table.classes.iter().zip(&table.game.blueprint.classes);
            let ended = classes
                .filter(|(class, _)| class.can_end)
                .any(|(class, plan)| class.ends[class.outcome(&self.levels, plan)]);
            self.going &= !ended;
        }
    }

    /// Lets every actor choose: [`Board::codes`].
    #[inline(always)]
    pub(crate) fn choose(&mut self, table: &Table<'_>, words: &Words, number: usize, turn: usize) {
        if table.mixing {
            for (mode, mixer) in self.modes.iter_mut().zip(&table.mixers) {
                if let Some((address, thresholds)) = mixer {
                    let word = words.at(*address, turn)[number];
                    *mode = thresholds.iter().map(|&threshold| usize::from(word >= threshold)).sum();
                }
            }
        }
        let mut chosen = self.codes.iter_mut().zip(&mut self.rows);
        for crowd in &table.crowds[turn] {
            let cell = crowd.group.map_or_else(
                || table.game.components()[crowd.component].scope.cell(&self.levels),
                |group| self.cells[group],
            );
            let picks = table.picks(crowd.component, cell);
            for (chooser, (slot, row)) in crowd.choosers.iter().zip(&mut chosen) {
                let mode = if table.mixing { self.modes[chooser.actor] } else { 0 };
                let code = picks.code(chooser.place, mode, words.at(chooser.word, turn)[number]);
                *slot = code;
                *row = chooser.bits + code as usize * table.bits.width;
            }
        }
    }

    /// Lets those who learn choose, after all others, and then learn from what all did.
    #[cold]
    pub(crate) fn choose_and_learn(
        &mut self,
        (table, learners): (&Table<'_>, &Learners),
        words: &Words,
        board: usize,
        turn: usize,
    ) {
        let choosers = table.choosers_in[turn];
        let first = choosers - learners.all.len();
        let Self { levels, cells, codes, rows, memory, .. } = self;
        let now = Now { turn, levels, cells, words, board };
        memory.choose((table, learners), now, &mut codes[first..choosers], &mut rows[first..choosers]);
        memory.learn((table, learners), now, (&codes[..choosers], &rows[..choosers]), first);
    }

    /// Finds the first `units` of what is live.
    #[inline(always)]
    pub(crate) fn find_live(&mut self, table: &Table<'_>, turn: usize, units: usize) {
        let bits = &table.bits;
        let rows = &self.rows[..table.choosers_in[turn]];
        for (at, live) in self.live[..units].iter_mut().enumerate() {
            let mut unit = bits.turns.get(turn * bits.width + at).copied().unwrap_or([u64::MAX; UNIT]);
            for (group, cell) in bits.groups.iter().zip(&self.cells) {
                unit = and(unit, &group[cell * bits.width + at]);
            }
            for row in rows {
                unit = and(unit, &bits.options[row + at]);
            }
            *live = unit;
        }
        join(self.live.as_flattened_mut(), &table.bits.more_effects);
    }

    /// Pays what is live.
    #[inline(always)]
    pub(crate) fn pay(&mut self, table: &Table<'_>) {
        let live = &mut self.live.as_flattened_mut()[table.bits.effect_words..];
        join(live, &table.bits.more_payments);
        let payments = table.payments.as_slice();
        let lanes = self.totals.iter_mut().zip(&mut self.weights).zip(&table.discounts).enumerate();
        for (at, ((totals, weights), discounts)) in lanes {
            let mut sums = [0.0; LANES];
            each_bit(live, |payment| {
                // Bits of further clauses come behind all payments, and pay nothing of their own.
                if let Some(amounts) = payments.get(payment * table.lanes + at) {
                    sums = std::array::from_fn(|lane| sums[lane] + amounts[lane]);
                }
            });
            *totals = std::array::from_fn(|lane| totals[lane] + weights[lane] * sums[lane]);
            *weights = std::array::from_fn(|lane| weights[lane] * discounts[lane]);
        }
    }

    /// Lets a turn go by unpaid: what is paid from now on is discounted once more.
    pub(super) fn weigh_down(&mut self, table: &Table<'_>) {
        for (weights, discounts) in self.weights.iter_mut().zip(&table.discounts) {
            *weights = std::array::from_fn(|lane| weights[lane] * discounts[lane]);
        }
    }

    /// Lets the effects that are live fire where chance says so; `lucky` says where, for all boards.
    #[inline(always)]
    pub(crate) fn fire<O: Observer>(&mut self, table: &Table<'_>, lucky: &[Lucky], number: usize) {
        if O::DETAILS {
            self.before.copy_from_slice(&self.levels);
            self.fired.clear();
        }
        for (at, (live, lucky)) in self.live.as_flattened().iter().zip(lucky).enumerate() {
            let mut left = live & lucky[number];
            while left != 0 {
                let effect = at * 64 + left.trailing_zeros() as usize;
                left &= left - 1;
                table.chances.apply(effect, &mut self.levels, &mut self.cells);
                if O::DETAILS {
                    self.fired.push(effect);
                }
            }
        }
        self.turns += 1;
    }

    /// Finds the outcomes, and pays what they pay.
    pub(crate) fn finish<O: Observer>(&mut self, table: &Table<'_>) {
        let classes = table.classes.iter().zip(&table.game.blueprint.classes).zip(table.outcome_pays);
        for (at, ((class, plan), pays)) in classes.enumerate() {
            let outcome = class.outcome(&self.levels, plan);
            self.outcomes[at] = outcome;
            if O::SCORES {
                let totals = self.totals.as_flattened_mut().iter_mut();
                let lanes = totals.zip(&pays[outcome]).zip(self.weights.as_flattened());
                for ((total, pay), weight) in lanes {
                    *total += weight * pay;
                }
            }
        }
    }
}

/// Makes an item live whose further clauses are.
#[inline(always)]
pub(crate) fn join(live: &mut [u64], more: &[More]) {
    for more in more {
        let holds = live[more.clause.0] >> more.clause.1 & 1;
        live[more.item.0] |= holds << more.item.1;
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
