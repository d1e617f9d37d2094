//! Plays one replication at a time.

use super::chance::{Chance, Words};
use super::observe::{Observer, PlayEnd, Turn};
use super::table::Table;
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
    live: Vec<u64>,
    fired: Vec<u32>,
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
            words: Words::new(chance, slots, table.game.blueprint.turns),
            levels: vec![0; table.starts.len()],
            before: vec![0; table.starts.len()],
            codes: Vec::new(),
            modes: vec![0; table.mixers.len()],
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
        if O::SCORES {
            self.totals.fill(0.0);
            self.weights.fill(1.0);
        }
        observer.start(&self.levels);
        let turns = self.table.game.blueprint.turns;
        let mut turn = 0;
        while turn < turns && !self.stopped() {
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
        let lanes = if O::SCORES { self.totals.as_slice() } else { &[] };
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
        let table = self.table;
        let width = if O::SCORES { table.bits.width } else { table.bits.effect_words };
        let words = self.words.of_turn(turn);
        let row = |rows: &'t [u64], at: usize| &rows[at..at + width];
        let live = &mut self.live[..width];
        live.copy_from_slice(row(&table.bits.turns, turn * table.bits.width));
        let states = &table.game.states;
        let state = if table.bits.states.is_empty() {
            for (&level, &first) in self.levels.iter().zip(&table.bits.first) {
                and(live, row(&table.bits.levels, first + level * table.bits.width));
            }
            None
        } else {
            let state = states.cell(&self.levels);
            and(live, row(&table.bits.states, state * table.bits.width));
            Some(state)
        };
        if table.mixing {
            for (mode, mixer) in self.modes.iter_mut().zip(&table.mixers) {
                if let Some((place, thresholds)) = mixer {
                    let word = words[*place];
                    *mode = thresholds.iter().map(|&threshold| usize::from(word >= threshold)).sum();
                }
            }
        }
        self.codes.clear();
        let mut picks = None;
        for chooser in &table.choosers[turn] {
            let found = match picks {
                Some(found) if chooser.same_part => found,
                _ => {
                    let scope = &table.game.parts()[chooser.part].scope;
                    let cell = match state {
                        Some(state) if scope.variables.len() == states.variables.len() => state,
                        _ => scope.cell(&self.levels),
                    };
                    table.picks(chooser.part, cell)
                }
            };
            picks = Some(found);
            let code = found.member(chooser.member).code(words[chooser.word], self.modes[chooser.actor]);
            self.codes.push(code);
            and(live, row(&table.bits.options, chooser.bits + code as usize * table.bits.width));
        }
        self.before.copy_from_slice(&self.levels);
        if O::SCORES {
            self.pay();
        }
        self.fire(turn);
    }

    fn pay(&mut self) {
        let table = self.table;
        self.turn_sums.fill(0.0);
        let mut paid = u32::MAX;
        each_bit(&self.live[table.bits.effect_words..], |bit| {
            let payment = table.payment_of[bit];
            if payment != paid {
                paid = payment;
                let row = &table.payments[payment as usize * table.lanes..][..table.lanes];
                for (sum, amount) in self.turn_sums.iter_mut().zip(row) {
                    *sum += amount;
                }
            }
        });
        let lanes = self.totals.iter_mut().zip(&self.turn_sums).zip(self.weights.iter_mut());
        for (((total, sum), weight), discount) in lanes.zip(&table.discounts) {
            *total += *weight * sum;
            *weight *= discount;
        }
    }

    fn fire(&mut self, turn: usize) {
        let table = self.table;
        self.fired.clear();
        let mut tried = u32::MAX;
        let words = self.words.of_turn(turn);
        let (levels, fired) = (&mut self.levels, &mut self.fired);
        each_bit(&self.live[..table.bits.effect_words], |bit| {
            let effect = table.effect_of[bit];
            if effect == tried {
                return;
            }
            tried = effect;
            let firing = &table.effects[effect as usize];
            if u64::from(words[firing.word]) < firing.threshold {
                fired.push(effect);
                for change in &table.changes[firing.first..firing.last] {
                    levels[change.variable] = table.levels_after[change.after + levels[change.variable]];
                }
            }
        });
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

#[inline]
fn and(live: &mut [u64], row: &[u64]) {
    for (word, other) in live.iter_mut().zip(row) {
        *word &= other;
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
