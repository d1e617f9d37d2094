//! Conditions as bits: what is active in a turn is an AND of rows.
//!
//! Every clause of every effect, payoff term and measure has a bit. An item's first clause has the bit of
//! the item's own number, and clauses beyond the first come after all items. A row says, for one owner that
//! may be so (an assignment to some variables, a turn, an actor's option), which clauses it lets through.
//! No table grows with the number of profiles.

use super::tally_layout::decode;
use crate::game::{Code, Game, VariableSet};
use crate::scenario::{Clause, IdVec, LevelId, Levels, Scenario, SeatId, VariableId};

/// Rows are looked at so many words at a time: a register of 256 bits, and every row in whole registers, so that the
/// AND has no rest to look after.
pub(crate) const BLOCK_WORDS: usize = 4;

/// Words of a row that are looked at together.
pub(crate) type WordBlock = [u64; BLOCK_WORDS];

/// Rows of bits; a row is `width` blocks: the words of effects, then those of payments, then what pads it.
#[derive(Debug)]
pub(crate) struct ConditionBits {
    /// Blocks in a row.
    pub(crate) width: usize,
    /// Words of effects, at the beginning of a row: an observer who wants no scores needs no others.
    pub(crate) effect_words: usize,
    /// For each group of variables, the rows of its assignments.
    pub(crate) groups: Vec<Vec<WordBlock>>,
    /// Where each variable stands in its group.
    pub(crate) places: IdVec<VariableId, GroupPlace>,
    /// The variables of each group.
    pub(crate) scopes: Vec<VariableSet>,
    /// A row for each turn; none where no clause asks for the turn.
    pub(crate) turns: Vec<WordBlock>,
    /// Rows of options, by where an actor's begin and the option's code.
    pub(crate) options: Vec<WordBlock>,
    /// Clauses of effects beyond the first.
    pub(crate) extra_effect_clauses: Vec<ExtraClause>,
    /// Clauses of payments beyond the first, within the words of payments.
    pub(crate) extra_payment_clauses: Vec<ExtraClause>,
    /// What rows are made from: those of options are added after all others.
    clauses: Vec<NumberedClause>,
}

/// A variable's place in its group of variables.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct GroupPlace {
    pub(crate) group: usize,
    /// What one level up adds to the group's cell.
    pub(crate) stride: usize,
}

/// A clause beyond its item's first: word and bit of the clause, and of the item.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ExtraClause {
    pub(crate) clause: (usize, u32),
    pub(crate) item: (usize, u32),
}

/// A clause with its bit, and for a payment `per` a variable the level of it that is meant.
#[derive(Debug)]
struct NumberedClause {
    bit: usize,
    clause: Clause,
    per: Option<(VariableId, LevelId)>,
}

/// Variables are looked at together as long as their assignments are no more than this. One AND for a group instead of
/// one for each variable; but the table of all assignments is to stay small.
const GROUP: usize = 1 << 12;

/// The clauses of owners that are paid or fire, by owner; and the level of a variable that is meant.
type ClauseOwners = Vec<(Vec<Clause>, Option<(VariableId, LevelId)>)>;

impl ConditionBits {
    /// The rows of a game's effects and payments. O(clauses x (assignments of groups + options)).
    pub(crate) fn new(scenario: &Scenario, game: &Game) -> Self {
        let blueprint = &game.blueprint;
        let effects = blueprint.effects.iter().map(|effect| (effect.clauses.clone(), None)).collect();
        let (mut clauses, more_effects, effect_words) = number(effects, 0);
        // Payments begin in a word of their own, so that effects and payments can be gone through apart.
        let (paying, more_payments, payment_words) = number(payments(scenario, game), effect_words * 64);
        clauses.extend(paying);
        let scopes = groups(&blueprint.levels);
        let mut places = IdVec::filled(GroupPlace::default(), blueprint.levels.len());
        for (group, scope) in scopes.iter().enumerate() {
            for (&variable, &stride) in scope.variables.iter().zip(&scope.strides) {
                places[variable] = GroupPlace { group, stride };
            }
        }
        let mut bits = Self {
            width: (effect_words + payment_words).div_ceil(BLOCK_WORDS),
            effect_words,
            groups: Vec::new(),
            places,
            scopes,
            turns: Vec::new(),
            options: Vec::new(),
            extra_effect_clauses: more_effects,
            extra_payment_clauses: more_payments,
            clauses,
        };
        bits.groups = bits.scopes.iter().map(|scope| bits.of_group(scope, &blueprint.levels)).collect();
        if bits.clauses.iter().any(|numbered| numbered.clause.turns.is_some()) {
            bits.turns = (0..blueprint.turns)
                .flat_map(|turn| {
                    bits.row(|numbered| {
                        numbered.clause.turns.as_ref().is_none_or(|turns| turns.contains(turn))
                    })
                })
                .collect();
        }
        bits
    }

    fn row(&self, holds: impl Fn(&NumberedClause) -> bool) -> Vec<WordBlock> {
        let mut row = vec![[0; BLOCK_WORDS]; self.width];
        for numbered in &self.clauses {
            row.as_flattened_mut()[numbered.bit / 64] |= u64::from(holds(numbered)) << (numbered.bit % 64);
        }
        row
    }

    fn of_group(&self, scope: &VariableSet, sizes: &IdVec<VariableId, usize>) -> Vec<WordBlock> {
        let of_level = |variable: VariableId, level: LevelId| {
            self.row(|numbered| {
                // A clause that does not name the variable does not mind where it stands.
                let named = numbered.clause.levels.iter().find(|(named, _)| *named == variable);
                named.is_none_or(|(_, set)| set.contains(level.index()))
                    && numbered.per.is_none_or(|(per, wanted)| per != variable || wanted == level)
            })
        };
        // A cell lets through what every one of its levels does, so clauses are looked at once a level, not once a cell.
        let rows: Vec<Vec<Vec<WordBlock>>> = scope
            .variables
            .iter()
            .map(|&v| (0..sizes[v]).map(|level| of_level(v, LevelId::new(level))).collect())
            .collect();
        let every = self.row(|_| true);
        let mut now = Levels::filled(LevelId::new(0), sizes.len());
        let mut all = Vec::with_capacity(scope.cells * self.width);
        for cell in scope.all_cells() {
            scope.write(cell, &mut now);
            let mut row = every.clone();
            for (&variable, rows) in scope.variables.iter().zip(&rows) {
                row.iter_mut()
                    .zip(&rows[now[variable].index()])
                    .for_each(|(block, other)| *block = and(*block, other));
            }
            all.extend(row);
        }
        all
    }

    /// Adds a row for each code of an actor's options in these seats; gives where the rows begin.
    pub(crate) fn add_options(&mut self, game: &Game, seats: &[SeatId]) -> usize {
        let at = self.options.len();
        // A row for each code, also of what is nowhere available together: then the code alone finds it.
        let moves: Vec<usize> = seats.iter().map(|&seat| game.blueprint.seats[seat].moves).collect();
        let codes: usize = moves.iter().map(|m| m + 1).product();
        for code in 0..codes {
            let made = decode(Code::new(code), &moves);
            let row = self.row(|numbered| {
                numbered.clause.moves.iter().all(|(seat, set)| {
                    let mine = seats.iter().position(|s| s == seat);
                    mine.is_none_or(|at| made[at].is_some_and(|m| set.contains(m.index())))
                })
            });
            self.options.extend(row);
        }
        at
    }
}

/// Keeps what is in both.
#[inline(always)]
pub(crate) fn and(a: WordBlock, b: &WordBlock) -> WordBlock {
    std::array::from_fn(|word| a[word] & b[word])
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

/// Gives every clause a bit, from `base` on; tells those beyond their owner's first, and the words taken.
fn number(owners: ClauseOwners, base: usize) -> (Vec<NumberedClause>, Vec<ExtraClause>, usize) {
    let (mut numbered, mut more) = (Vec::new(), Vec::new());
    let mut next = owners.len();
    for (owner, (clauses, per)) in owners.into_iter().enumerate() {
        for (at, clause) in clauses.into_iter().enumerate() {
            // So a bit that is set says by itself which effect or payment holds, and only what has several clauses has
            // to be joined.
            let bit = if at == 0 { owner } else { next };
            if at > 0 {
                more.push(ExtraClause { clause: place(bit), item: place(owner) });
                next += 1;
            }
            numbered.push(NumberedClause { bit: base + bit, clause, per });
        }
    }
    (numbered, more, next.div_ceil(64))
}

/// The word and bit of a bit.
fn place(bit: usize) -> (usize, u32) {
    #[expect(clippy::cast_possible_truncation, reason = "below 64")]
    let within = (bit % 64) as u32;
    (bit / 64, within)
}

/// The clauses of what pays: a term or measure `per` a variable is one owner for each of its levels.
fn payments(scenario: &Scenario, game: &Game) -> ClauseOwners {
    let terms = game.blueprint.terms.iter().map(|term| (term.clauses.clone(), term.per));
    let measures = scenario.measures.iter().map(|measure| {
        let per = measure.per.filter(|_| !measure.ever);
        (crate::game::fold(scenario, &measure.when, None), per)
    });
    terms
        .chain(measures)
        .flat_map(|(clauses, per)| match per {
            None => vec![(clauses, None)],
            Some(v) => {
                let levels = (0..game.blueprint.levels[v]).map(LevelId::new);
                levels.map(|level| (clauses.clone(), Some((v, level)))).collect()
            }
        })
        .collect()
}

/// Neighbouring variables in groups of few assignments; there is one group at least.
fn groups(sizes: &IdVec<VariableId, usize>) -> Vec<VariableSet> {
    let mut groups = vec![Vec::new()];
    let mut cells = 1_usize;
    for (variable, &size) in sizes.numbered() {
        cells = cells.saturating_mul(size);
        if cells > GROUP {
            groups.push(Vec::new());
            cells = size;
        }
        if let Some(group) = groups.last_mut() {
            group.push(variable);
        }
    }
    groups.into_iter().map(|group| VariableSet::new(group, sizes)).collect()
}
