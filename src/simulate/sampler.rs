//! Plays one replication at a time.

use super::chance::{Chance, Words};
use super::observe::{Observer, PlayEnd, Turn};
use super::table::{LANES, Table};
use crate::scenario::Slots;

/// Plays replications of a [`Table`]; one for each thread.
#[derive(Debug)]
pub struct Sampler<'t> {
    table: &'t Table<'t>,
    words: Words,
    levels: Vec<usize>,
    before: Vec<usize>,
    codes: Vec<u32>,
    modes: Vec<usize>,
    /// Where the levels stand in each group of variables.
    cells: Vec<usize>,
    /// The rows of the options that were chosen.
    rows: Vec<usize>,
    live: Vec<u64>,
    fired: Vec<usize>,
    totals: Vec<f64>,
    turn_sums: Vec<f64>,
    weights: Vec<f64>,
    outcomes: Vec<usize>,
}

impl<'t> Sampler<'t> {
    /// A sampler of the plays of one seed.
    #[must_use]
    pub fn new(table: &'t Table<'t>, slots: &Slots, chance: &Chance) -> Self {
        Self {
            words: Words::new(chance, slots, table.game.blueprint.turns, table.mixing),
            levels: vec![0; table.starts.len()],
            before: vec![0; table.starts.len()],
            codes: Vec::new(),
            modes: vec![0; table.mixers.len()],
            cells: vec![0; table.bits.groups.len()],
            rows: Vec::new(),
            live: vec![0; table.bits.width],
            fired: Vec::new(),
            totals: vec![0.0; table.lanes],
            turn_sums: vec![0.0; table.lanes],
            weights: vec![1.0; table.lanes],
            outcomes: vec![0; table.classes.len()],
            table,
        }
    }

    /// Plays one replication from start to end.
    pub fn play<O: Observer>(&mut self, replication: u64, observer: &mut O) {
        self.words.replication(replication);
        for (level, (thresholds, slot)) in self.levels.iter_mut().zip(&self.table.starts) {
            *level = if thresholds.is_empty() {
                0
            } else {
                let word = self.words.start(*slot);
                thresholds.iter().map(|&threshold| usize::from(word >= threshold)).sum()
            };
        }
        for (cell, scope) in self.cells.iter_mut().zip(&self.table.bits.scopes) {
            *cell = scope.cell(&self.levels);
        }
        if O::SCORES {
            self.totals.fill(0.0);
            self.weights.fill(1.0);
        }
        observer.start(&self.levels);
        let turns = self.table.game.blueprint.turns;
        let mut turn = 0;
        while turn < turns && !(self.table.can_end && self.stopped()) {
            self.play_turn::<O>(turn);
            observer.turn(&Turn {
                turn,
                before: &self.before,
                after: &self.levels,
                codes: &self.codes,
                fired: &self.fired,
            });
            turn += 1;
        }
        self.finish::<O>();
        let lanes = if O::SCORES { &self.totals[..self.table.lanes_used] } else { &[] };
        observer.end(&PlayEnd { turns: turn, levels: &self.levels, outcomes: &self.outcomes, lanes });
    }

    fn stopped(&self) -> bool {
        let classes = self.table.classes.iter().zip(&self.table.game.blueprint.classes);
        classes
            .filter(|(table, _)| table.can_end)
            .any(|(table, plan)| table.ends[table.outcome(&self.levels, plan)])
    }

    #[inline]
    fn play_turn<O: Observer>(&mut self, turn: usize) {
        if O::DETAILS {
            self.before.copy_from_slice(&self.levels);
        }
        self.choose(turn);
        self.find_live(turn, if O::SCORES { self.table.bits.width } else { self.table.bits.effect_words });
        if O::SCORES {
            self.pay();
        }
        self.fire::<O>(turn);
    }

    /// Lets every actor choose: [`Sampler::codes`] and [`Sampler::rows`].
    #[inline]
    fn choose(&mut self, turn: usize) {
        let table = self.table;
        let words = self.words.of_turn(turn);
        if table.mixing {
            for (mode, mixer) in self.modes.iter_mut().zip(&table.mixers) {
                if let Some((place, thresholds)) = mixer {
                    let word = words[*place];
                    *mode = thresholds.iter().map(|&threshold| usize::from(word >= threshold)).sum();
                }
            }
        }
        self.codes.clear();
        self.rows.clear();
        let mut picks = None;
        for chooser in &table.choosers[turn] {
            let found = match picks {
                Some(found) if chooser.same_part => found,
                _ => {
                    let cell = chooser.group.map_or_else(
                        || table.game.parts()[chooser.part].scope.cell(&self.levels),
                        |group| self.cells[group],
                    );
                    table.picks(chooser.part, cell)
                }
            };
            picks = Some(found);
            let code = found.code(chooser.place, self.modes[chooser.actor], words[chooser.word]);
            self.codes.push(code);
            self.rows.push(chooser.bits + code as usize * table.bits.width);
        }
    }

    /// Finds the first `width` words of what is live: [`Sampler::live`].
    #[inline]
    fn find_live(&mut self, turn: usize, width: usize) {
        let bits = &self.table.bits;
        let live = &mut self.live[..width];
        for (at, live) in live.iter_mut().enumerate() {
            let mut word = bits.turns.get(turn * bits.width + at).copied().unwrap_or(u64::MAX);
            for (group, cell) in bits.groups.iter().zip(&self.cells) {
                word &= group[cell * bits.width + at];
            }
            for row in &self.rows {
                word &= bits.options[row + at];
            }
            *live = word;
        }
        let (effects, payments) = live.split_at_mut(bits.effect_words);
        join(effects, &bits.more_effects);
        if !payments.is_empty() {
            join(payments, &bits.more_payments);
        }
    }

    fn pay(&mut self) {
        let table = self.table;
        self.turn_sums.fill(0.0);
        each_bit(&self.live[table.bits.effect_words..], |payment| {
            // Bits of further clauses come behind all payments, and pay nothing of their own.
            if let Some(row) = table.payments.get(payment * table.lanes..(payment + 1) * table.lanes) {
                // Whole lanes at a time, so that the compiler adds them at once.
                let amounts = row.as_chunks::<LANES>().0;
                for (sums, amounts) in self.turn_sums.as_chunks_mut::<LANES>().0.iter_mut().zip(amounts) {
                    for (sum, amount) in sums.iter_mut().zip(amounts) {
                        *sum += amount;
                    }
                }
            }
        });
        let lanes = self.totals.iter_mut().zip(&self.turn_sums).zip(self.weights.iter_mut());
        for (((total, sum), weight), discount) in lanes.zip(&table.discounts) {
            *total += *weight * sum;
            *weight *= discount;
        }
    }

    #[inline]
    fn fire<O: Observer>(&mut self, turn: usize) {
        let chances = &self.table.chances;
        let words = self.words.of_turn(turn);
        if O::DETAILS {
            self.fired.clear();
        }
        for at in 0..chances.words() {
            let mut left = self.live[at] & chances.lucky(at, words);
            while left != 0 {
                let effect = at * 64 + left.trailing_zeros() as usize;
                left &= left - 1;
                chances.apply(effect, &mut self.levels, &mut self.cells);
                if O::DETAILS {
                    self.fired.push(effect);
                }
            }
        }
    }

    /// Finds the outcomes, and pays what they pay.
    fn finish<O: Observer>(&mut self) {
        let table = self.table;
        let classes = table.classes.iter().zip(&table.game.blueprint.classes).zip(table.outcome_pays);
        for (at, ((class, plan), pays)) in classes.enumerate() {
            let outcome = class.outcome(&self.levels, plan);
            self.outcomes[at] = outcome;
            if O::SCORES {
                let lanes = self.totals.iter_mut().zip(&pays[outcome]).zip(&self.weights);
                for ((total, pay), weight) in lanes {
                    *total += weight * pay;
                }
            }
        }
    }
}

/// Makes an item live whose further clauses are.
#[inline]
fn join(live: &mut [u64], more: &[(u32, u32)]) {
    for (bit, item) in more {
        let holds = live[(bit / 64) as usize] >> (bit % 64) & 1;
        live[(item / 64) as usize] |= holds << (item % 64);
    }
}

/// Calls `visit` with the number of every bit that is set, ascending.
#[inline]
fn each_bit(words: &[u64], mut visit: impl FnMut(usize)) {
    for (at, &word) in words.iter().enumerate() {
        let mut left = word;
        while left != 0 {
            visit(at * 64 + left.trailing_zeros() as usize);
            left &= left - 1;
        }
    }
}
