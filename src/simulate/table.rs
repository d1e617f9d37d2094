//! A game under one draw, laid out for playing: conditions as bits, probabilities as thresholds.
//!
//! Every clause of every effect, payoff term and measure has a bit. What is live in a turn is the AND of
//! a row of bits for each variable's level, one for the turn, and one for each actor's option; nothing is
//! evaluated and no table grows with the number of profiles.

use crate::agents::Policies;
use crate::game::{Game, PartId, PartKind, Scope, Shelf};
use crate::scenario::{Clause, Numbers, Scenario, Slot, Slots};

use super::chance::Words;
use super::tally::Layout;

/// A game under one draw, ready to be played by any number of [`Sampler`](super::Sampler)s.
#[derive(Debug)]
pub struct Table<'g> {
    pub(crate) game: &'g Game,
    policies: Policies<'g>,
    /// Where each variable starts: cumulative thresholds over its levels, and its slot.
    pub(crate) starts: Vec<(Vec<u32>, Slot)>,
    /// Who chooses in each turn.
    pub(crate) choosers: Vec<Vec<Chooser>>,
    /// For each actor whose play is a mixture over issues: its slot, and the thresholds of its modes.
    pub(crate) mixers: Vec<Option<(usize, Vec<u32>)>>,
    /// Whether any actor's play is such a mixture.
    pub(crate) mixing: bool,
    pub(crate) bits: Bits,
    pub(crate) effects: Vec<Firing>,
    pub(crate) changes: Vec<Changing>,
    pub(crate) levels_after: Vec<usize>,
    /// The effect of each effect clause's bit.
    pub(crate) effect_of: Vec<u32>,
    /// The payment of each payment clause's bit.
    pub(crate) payment_of: Vec<u32>,
    /// What each payment adds to each lane: actors' scores, then measures.
    pub(crate) payments: Vec<f64>,
    /// Lanes: one for each actor, then one for each measure.
    pub(crate) lanes: usize,
    /// What a turn later weighs in each lane.
    pub(crate) discounts: Vec<f64>,
    pub(crate) classes: Vec<ClassTable>,
    /// `outcome_pays[class][outcome][actor]`
    pub(crate) outcome_pays: &'g [Vec<Vec<f64>>],
    pub(crate) layout: Layout,
    values: &'g [Vec<f64>],
    picks: Vec<Shelf<Picks>>,
}

/// An actor's choice in one part of the game, in one turn.
#[derive(Clone, Debug)]
pub(crate) struct Chooser {
    pub(crate) actor: usize,
    pub(crate) part: PartId,
    pub(crate) member: usize,
    /// The place of its word among the turn's.
    pub(crate) word: usize,
    /// Where the bits of its options begin.
    pub(crate) bits: usize,
    /// Its part's cell is the one that the chooser before it has found.
    pub(crate) same_part: bool,
}

/// Rows of bits; a row is `width` words: those of effects, then those of payments.
#[derive(Debug, Default)]
pub(crate) struct Bits {
    pub(crate) width: usize,
    pub(crate) effect_words: usize,
    /// `levels[first[variable] + level]` rows.
    pub(crate) levels: Vec<u64>,
    pub(crate) first: Vec<usize>,
    /// A row for each turn.
    pub(crate) turns: Vec<u64>,
    /// Rows of options, by [`Chooser::bits`] and the option's code.
    pub(crate) options: Vec<u64>,
    /// The AND of the rows of all variables' levels for each state, where there are few.
    pub(crate) states: Vec<u64>,
    /// The clauses of effects, in the order of their bits.
    clauses: Vec<Clause>,
    /// The clauses of payments, in the order of their bits.
    paying: Vec<Clause>,
}

/// An effect that can fire.
#[derive(Clone, Debug)]
pub(crate) struct Firing {
    /// It fires where its word is below.
    pub(crate) threshold: u64,
    /// The place of its word among the turn's.
    pub(crate) word: usize,
    /// Its changes, a range of [`Table::changes`].
    pub(crate) first: usize,
    pub(crate) last: usize,
}

/// What an effect does to one variable.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Changing {
    pub(crate) variable: usize,
    /// Where, in [`Table::levels_after`], the level after each level before stands.
    pub(crate) after: usize,
}

/// The outcomes of a classification, over the variables that it reads.
#[derive(Debug)]
pub(crate) struct ClassTable {
    scope: Scope,
    outcomes: Option<Vec<u16>>,
    pub(crate) ends: Vec<bool>,
    pub(crate) can_end: bool,
}

/// With more states than this, their bits are found variable by variable.
const STATES: usize = 1 << 12;

/// Classifications over more combinations than this are judged anew for each state.
const CLASS_CELLS: usize = 1 << 16;

/// How the members of a part choose in one cell: for each member, where its [`Pick`] begins, then the
/// picks, all in one piece of memory.
#[derive(Debug)]
pub(crate) struct Picks(Box<[u32]>);

/// How one member chooses: the number of options, their codes, then for each mode the last option that can
/// be chosen at all, and cumulative thresholds, one fewer than options.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pick<'p>(&'p [u32]);

impl Picks {
    fn new(members: &[Vec<u32>]) -> Self {
        let mut all: Vec<u32> = Vec::new();
        let mut begin = members.len();
        for member in members {
            all.push(u32::try_from(begin).unwrap_or(u32::MAX));
            begin += member.len();
        }
        Self(all.into_iter().chain(members.iter().flatten().copied()).collect())
    }

    #[inline]
    pub(crate) fn member(&self, member: usize) -> Pick<'_> {
        Pick(&self.0[self.0[member] as usize..])
    }
}

impl Pick<'_> {
    fn encode(codes: &[u32], modes: &[(Vec<u32>, u32)]) -> Vec<u32> {
        let mut all = vec![u32::try_from(codes.len()).unwrap_or(u32::MAX)];
        all.extend(codes);
        for (thresholds, last) in modes {
            all.push(*last);
            all.extend(thresholds);
        }
        all
    }

    /// The code of the option that a word picks, in a mode.
    #[inline]
    pub(crate) fn code(self, word: u32, mode: usize) -> u32 {
        let options = self.0[0] as usize;
        let row = &self.0[1 + options + mode * options..][..options];
        let passed: u32 = row[1..].iter().map(|&threshold| u32::from(word >= threshold)).sum();
        self.0[1 + passed.min(row[0]) as usize]
    }
}

/// The number of words, of 2^32, that a probability takes.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in [0, 2^32] by construction")]
pub(crate) fn threshold(probability: f64) -> u64 {
    (probability.clamp(0.0, 1.0) * 4_294_967_296.0).round() as u64
}

/// Cumulative thresholds, one less than there are probabilities, and the last entry that has any.
///
/// Cumulative, not alias tables: they are monotone, so that nearly equal policies pick the same option
/// from the same word.
pub(crate) fn cumulative(probabilities: &[f64]) -> (Vec<u32>, u32) {
    let last = probabilities.iter().rposition(|p| *p > 0.0).unwrap_or(0);
    let mut sum = 0.0;
    let thresholds = probabilities[..probabilities.len() - 1].iter().map(|p| {
        sum += p;
        u32::try_from(threshold(sum)).unwrap_or(u32::MAX)
    });
    (thresholds.collect(), u32::try_from(last).unwrap_or(u32::MAX))
}

impl<'g> Table<'g> {
    /// Lays a draw out for playing. Policies are made when plays reach them.
    #[must_use]
    pub fn new(scenario: &Scenario, slots: &Slots, game: &'g Game, numbers: &'g Numbers) -> Self {
        let policies = Policies::new(game, numbers);
        let seat_words = seat_words(scenario, slots);
        let mut bits = Bits::new(scenario, game);
        let choosers = choosers(game, &seat_words, &mut bits);
        let actors = scenario.actors.len();
        let (payments, payment_of) = payments(scenario, game, numbers);
        let mixer = |actor: usize| {
            policies.mixes(actor).then(|| {
                let slot = slots.turn(&format!("actors.{}", scenario.actors[actor].id)).unwrap_or(NO_SLOT);
                (Words::place(slots, slot), cumulative(&policies.modes(actor)).0)
            })
        };
        let (effects, changes, levels_after) = effects(scenario, slots, numbers);
        let start = |(v, row): (usize, &Vec<f64>)| {
            let slot = slots.start(&scenario.variables[v].id).unwrap_or(NO_SLOT);
            (start_thresholds(row), slot)
        };
        Self {
            starts: numbers.starts.iter().enumerate().map(start).collect(),
            mixing: (0..actors).any(|actor| policies.mixes(actor)),
            mixers: (0..actors).map(mixer).collect(),
            layout: Layout::new(scenario, game, &choosers),
            choosers,
            bits,
            effects,
            changes,
            levels_after,
            effect_of: owners(game.blueprint.effects.iter().map(|effect| effect.clauses.len())),
            payment_of,
            payments,
            lanes: actors + scenario.measures.len(),
            discounts: numbers
                .actors
                .iter()
                .map(|actor| actor.discount)
                .chain(scenario.measures.iter().map(|_| 1.0))
                .collect(),
            classes: game.blueprint.classes.iter().map(|class| ClassTable::new(game, class)).collect(),
            outcome_pays: &numbers.outcome_pays,
            values: &numbers.values,
            picks: game.parts().iter().map(|part| Shelf::new(part.scope.cells)).collect(),
            policies,
            game,
        }
    }

    /// The policies under this draw.
    #[must_use]
    pub fn policies(&self) -> &Policies<'g> {
        &self.policies
    }

    /// `values[variable][level]` under this draw.
    #[must_use]
    pub fn values(&self) -> &[Vec<f64>] {
        self.values
    }

    /// Where counts stand in a tally of this table's plays.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    #[inline]
    pub(crate) fn picks(&self, part: PartId, cell: usize) -> &Picks {
        self.picks[part].get(cell, || self.make_picks(part, cell))
    }

    fn make_picks(&self, part: PartId, cell: usize) -> Picks {
        let PartKind::Turn { shape, .. } = self.game.parts()[part].kind else {
            return Picks::new(&[]);
        };
        let found = self.game.cell(shape, cell);
        let plays = self.policies.plays(part, cell).iter().zip(&found.menus);
        let pick = |(play, menu): (&crate::agents::Play, &std::sync::Arc<crate::game::Menu>)| {
            let modes: Vec<&Vec<f64>> =
                if play.modes.is_empty() { vec![&play.policy] } else { play.modes.iter().collect() };
            let modes: Vec<(Vec<u32>, u32)> = modes.into_iter().map(|mode| cumulative(mode)).collect();
            Pick::encode(&menu.codes, &modes)
        };
        Picks::new(&plays.map(pick).collect::<Vec<_>>())
    }
}

/// Stands in for a slot of something that the scenario does not have.
const NO_SLOT: Slot = Slot { region: 0, index: 0 };

fn start_thresholds(row: &[f64]) -> Vec<u32> {
    let (mut thresholds, last) = cumulative(row);
    // Levels behind the last possible one are never picked: their thresholds are as good as infinite.
    thresholds.truncate(last as usize);
    thresholds
}

fn seat_words(scenario: &Scenario, slots: &Slots) -> Vec<usize> {
    let path = |seat: &crate::scenario::Seat| {
        let issue = &scenario.issues[seat.issue.index()].id;
        format!("issues.{issue}.moves.{}", scenario.actors[seat.actor.index()].id)
    };
    let slot = |seat| slots.turn(&path(seat)).unwrap_or(NO_SLOT);
    scenario.seats.iter().map(|seat| Words::place(slots, slot(seat))).collect()
}

/// The effects, with their changes and the levels that these lead to.
fn effects(
    scenario: &Scenario,
    slots: &Slots,
    numbers: &Numbers,
) -> (Vec<Firing>, Vec<Changing>, Vec<usize>) {
    let (mut effects, mut changes, mut levels_after) = (Vec::new(), Vec::new(), Vec::new());
    for (effect, chance) in scenario.effects.iter().zip(&numbers.chances) {
        let first = changes.len();
        for (variable, change) in &effect.changes {
            let levels = scenario.variables[variable.index()].levels.len();
            changes.push(Changing { variable: variable.index(), after: levels_after.len() });
            levels_after.extend((0..levels).map(|level| change.apply(level, levels)));
        }
        let slot = slots.turn(&effect.path).unwrap_or(NO_SLOT);
        effects.push(Firing {
            threshold: threshold(*chance),
            word: Words::place(slots, slot),
            first,
            last: changes.len(),
        });
    }
    (effects, changes, levels_after)
}

/// For items with these numbers of clauses: the item of each clause.
fn owners(clauses: impl Iterator<Item = usize>) -> Vec<u32> {
    (0..).zip(clauses).flat_map(|(item, count)| std::iter::repeat_n(item, count)).collect()
}

/// The clauses that pay: for a term or measure with a `per`, once for each level of that variable.
fn paying_clauses(scenario: &Scenario, game: &Game) -> Vec<(Vec<Clause>, Option<(usize, usize)>)> {
    let terms = game.blueprint.terms.iter().map(|term| (term.clauses.clone(), term.per));
    let measures = scenario.measures.iter().map(|measure| {
        let per = measure.per.filter(|_| !measure.ever).map(crate::scenario::VariableId::index);
        (crate::game::fold(scenario, &measure.when, None), per)
    });
    terms
        .chain(measures)
        .flat_map(|(clauses, per)| match per {
            None => vec![(clauses, None)],
            Some(v) => (0..game.blueprint.levels[v]).map(|l| (clauses.clone(), Some((v, l)))).collect(),
        })
        .collect()
}

/// What each payment adds to each lane, and the payment of each clause.
fn payments(scenario: &Scenario, game: &Game, numbers: &Numbers) -> (Vec<f64>, Vec<u32>) {
    let actors = scenario.actors.len();
    let lanes = actors + scenario.measures.len();
    let mut payments = Vec::new();
    for (term, plan) in game.blueprint.terms.iter().enumerate() {
        let values = plan.per.map_or_else(|| vec![1.0], |v| numbers.values[v].clone());
        for value in values {
            let row = numbers.pays[term].iter().map(|pay| pay * value);
            payments.extend(row.chain(std::iter::repeat_n(0.0, lanes - actors)));
        }
    }
    for (at, measure) in scenario.measures.iter().enumerate() {
        let per = measure.per.filter(|_| !measure.ever);
        let values = per.map_or_else(|| vec![1.0], |v| numbers.values[v.index()].clone());
        for value in values {
            payments.extend((0..lanes).map(|lane| if lane == actors + at { value } else { 0.0 }));
        }
    }
    let owners = owners(paying_clauses(scenario, game).iter().map(|(clauses, _)| clauses.len()));
    (payments, owners)
}

impl Bits {
    fn new(scenario: &Scenario, game: &Game) -> Self {
        let blueprint = &game.blueprint;
        let effects: Vec<(Clause, Option<(usize, usize)>)> =
            blueprint.effects.iter().flat_map(|e| e.clauses.iter().map(|c| (c.clone(), None))).collect();
        let payments: Vec<(Clause, Option<(usize, usize)>)> = paying_clauses(scenario, game)
            .into_iter()
            .flat_map(|(clauses, at)| clauses.into_iter().map(move |clause| (clause, at)))
            .collect();
        let effect_words = effects.len().div_ceil(64);
        let width = effect_words + payments.len().div_ceil(64);
        let mut bits = Self { width, effect_words, ..Self::default() };
        let row = |holds: &dyn Fn(&Clause, Option<(usize, usize)>) -> bool| -> Vec<u64> {
            let mut row = vec![0_u64; width];
            let all = (0..).zip(&effects).chain((effect_words * 64..).zip(&payments));
            for (bit, (clause, at)) in all {
                row[bit / 64] |= u64::from(holds(clause, *at)) << (bit % 64);
            }
            row
        };
        for (v, levels) in blueprint.levels.iter().enumerate() {
            bits.first.push(bits.levels.len());
            for level in 0..*levels {
                bits.levels.extend(row(&|clause, at| {
                    let named = clause.levels.iter().find(|(variable, _)| variable.index() == v);
                    named.is_none_or(|(_, set)| set.contains(level))
                        && at.is_none_or(|(variable, wanted)| variable != v || wanted == level)
                }));
            }
        }
        for turn in 0..blueprint.turns {
            bits.turns
                .extend(row(&|clause, _| clause.turns.as_ref().is_none_or(|turns| turns.contains(turn))));
        }
        bits.clauses = effects.into_iter().map(|(clause, _)| clause).collect();
        bits.paying = payments.into_iter().map(|(clause, _)| clause).collect();
        bits.fill_states(game);
        bits
    }

    /// Fills [`Bits::states`]: a look-up instead of an AND for each variable.
    fn fill_states(&mut self, game: &Game) {
        if game.states.cells > STATES {
            return;
        }
        let mut levels = vec![0; game.blueprint.levels.len()];
        for state in 0..game.states.cells {
            game.states.write(state, &mut levels);
            let mut row = vec![u64::MAX; self.width];
            for (&level, &first) in levels.iter().zip(&self.first) {
                let at = first + level * self.width;
                row.iter_mut().zip(&self.levels[at..at + self.width]).for_each(|(word, bits)| *word &= bits);
            }
            self.states.extend(row);
        }
    }

    /// Adds a row for each code of an actor's options in these seats; gives where the rows begin.
    fn add_options(&mut self, game: &Game, seats: &[usize]) -> usize {
        let at = self.options.len();
        let moves: Vec<usize> = seats.iter().map(|&seat| game.blueprint.seats[seat].moves).collect();
        let codes: usize = moves.iter().map(|m| m + 1).product();
        for code in 0..codes {
            let made = decode(code, &moves);
            let holds = |clause: &Clause| {
                clause.moves.iter().all(|(seat, set)| {
                    let mine = seats.iter().position(|&s| s == seat.index());
                    mine.is_none_or(|at| made[at].is_some_and(|m| set.contains(m)))
                })
            };
            let mut row = vec![0_u64; self.width];
            let all = (0..).zip(&self.clauses).chain((self.effect_words * 64..).zip(&self.paying));
            for (bit, clause) in all {
                row[bit / 64] |= u64::from(holds(clause)) << (bit % 64);
            }
            self.options.extend(row);
        }
        at
    }
}

/// The moves that a code stands for, in seats of these many moves; `None` for a closed seat.
pub(crate) fn decode(mut code: usize, moves: &[usize]) -> Vec<Option<usize>> {
    let mut made = vec![None; moves.len()];
    for (slot, moves) in made.iter_mut().zip(moves).rev() {
        let digit = code % (moves + 1);
        *slot = (digit < *moves).then_some(digit);
        code /= moves + 1;
    }
    made
}

impl ClassTable {
    fn new(game: &Game, class: &crate::game::ClassPlan) -> Self {
        let blueprint = &game.blueprint;
        let scope = Scope::new(class.variables.clone(), &blueprint.levels);
        let outcome = |cell: usize| {
            let mut levels = vec![0; blueprint.levels.len()];
            scope.write(cell, &mut levels);
            u16::try_from(class.outcome(&levels)).unwrap_or(u16::MAX)
        };
        let small = scope.cells <= CLASS_CELLS;
        Self {
            outcomes: small.then(|| (0..scope.cells).map(outcome).collect()),
            ends: class.outcomes.iter().map(|outcome| outcome.ends).collect(),
            can_end: class.outcomes.iter().any(|outcome| outcome.ends),
            scope,
        }
    }

    /// The outcome of a state.
    #[inline]
    pub(crate) fn outcome(&self, levels: &[usize], class: &crate::game::ClassPlan) -> usize {
        match &self.outcomes {
            Some(outcomes) => outcomes[self.scope.cell(levels)] as usize,
            None => class.outcome(levels),
        }
    }
}

fn choosers(game: &Game, words: &[usize], bits: &mut Bits) -> Vec<Vec<Chooser>> {
    let mut known: Vec<((usize, usize), usize)> = Vec::new();
    (0..game.blueprint.turns)
        .map(|turn| {
            let mut row: Vec<Chooser> = Vec::new();
            for actor in 0..game.blueprint.actors.len() {
                for (part, member) in game.choices(actor, turn) {
                    let PartKind::Turn { shape, .. } = game.parts()[part].kind else { continue };
                    let seats = &game.shape(shape).members[member].seats;
                    let at = known.iter().find(|(key, _)| *key == (shape, member)).map(|(_, at)| *at);
                    let at = at.unwrap_or_else(|| {
                        let at = bits.add_options(game, seats);
                        known.push(((shape, member), at));
                        at
                    });
                    let word = words[seats[0]];
                    row.push(Chooser { actor, part, member, word, bits: at, same_part: false });
                }
            }
            row.sort_by_key(|chooser| (chooser.part, chooser.member));
            for at in 1..row.len() {
                row[at].same_part = row[at].part == row[at - 1].part;
            }
            row
        })
        .collect()
}
