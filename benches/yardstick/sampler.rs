//! The plain Rust kernel: plays as thresholds, masks and a loop over the effects that fire.
//!
//! A replication's words are made in one go, 20 a turn: one for the start (idle after the first turn), one for
//! each actor's action, one for each effect. What holds at a state and a profile is an AND of five masks.

use std::ops::Range;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::policies::{Model, Policy, Stage};
use super::quartet::{
    ACTIONS, ACTORS, ALL_ACTIONS, DISCOUNT, EFFECT, EFFECTS, FIRST, PAYOFFS, STATES, State, TURNS, When,
    number, outcome_pay, outcomes, starts, state_pay, states,
};

/// Words of chance a turn: the start's, the actors', the effects'.
const WORDS: usize = 1 + ACTORS + EFFECTS;
/// Sums of fractions are made over so many replications, and the sums added in their order.
const BLOCK: u64 = 1024;

/// Two effects have a second alternative, whose bits follow the effects' own.
const SECOND: [usize; 2] = [3, 12];
/// The first bit of the payoff terms.
const TERMS_FROM: usize = EFFECTS + SECOND.len();
const EFFECT_BITS: u32 = (1 << EFFECTS) - 1;

/// Cumulative thresholds of an action each but the last, actor by actor, and what the state lets through.
#[derive(Clone)]
struct Row {
    live: u64,
    amber: [u32; 5],
    bering: [u32; 3],
    cobalt: [u32; 5],
    delta: [u32; 5],
}

/// Everything that a play looks up, for a scenario of so many turns.
pub(crate) struct Kernel {
    turns: usize,
    starts: [(u32, u16); 6],
    early: Vec<Row>,
    last: Vec<Row>,
    /// What each action lets through.
    moves: [[u64; 6]; ACTORS],
    chances: [u32; EFFECTS],
    /// The state after an effect, by state and effect.
    next: Vec<[u16; 16]>,
    amounts: [[f64; ACTORS]; PAYOFFS.len()],
    state_pays: Vec<[f64; ACTORS]>,
    /// What the final state pays, discounted.
    end_pays: Vec<[f64; ACTORS]>,
    /// Every turn's discount factors.
    factors: Vec<[f64; ACTORS]>,
    outcomes: Vec<[usize; 2]>,
    states: Vec<State>,
}

/// How often each outcome came, in `war` and in `commerce`.
pub(crate) type Outcomes = [[u64; 5]; 2];

/// Everything that a run tells.
#[allow(dead_code, reason = "what the benchmark throws away the tests read")]
pub(crate) struct Tallies {
    pub(crate) outcomes: Outcomes,
    /// `turns[t][variable][level]`: where the plays stood after turn t, 0 being the start.
    pub(crate) turns: Vec<[[u64; 4]; 6]>,
    /// `moves[t][action]`: in the turn after t, all actors' actions in a row.
    pub(crate) moves: Vec<[u64; ALL_ACTIONS]>,
    /// Plays by the turns they lasted.
    pub(crate) lengths: Vec<u64>,
    /// Sums over plays of the actors' discounted scores.
    pub(crate) scores: [f64; ACTORS],
    /// Sums of their squares.
    pub(crate) squares: [f64; ACTORS],
}

impl Kernel {
    /// Solves the policies and lays the tables out, for `turns` up to twelve.
    pub(crate) fn new(turns: usize) -> Self {
        assert!((1..=TURNS).contains(&turns), "quartet has one to twelve turns, not {turns}");
        let states = states();
        let model = Model::new();
        let rows = |stage| -> Vec<Row> {
            let policies = model.policies(stage);
            states.iter().zip(&policies).map(|(state, policy)| Row::new(*state, policy)).collect()
        };
        let factors: Vec<[f64; ACTORS]> =
            std::iter::successors(Some([1.0; ACTORS]), |factor| Some(times(factor, &DISCOUNT)))
                .take(turns + 1)
                .collect();
        Self {
            turns,
            starts: start_thresholds(),
            early: rows(Stage::Early),
            last: rows(Stage::Last),
            moves: std::array::from_fn(|actor| std::array::from_fn(|action| move_bits(actor, action))),
            chances: std::array::from_fn(|effect| threshold(EFFECT[effect].chance)),
            next: states.iter().copied().map(successors).collect(),
            amounts: std::array::from_fn(|row| PAYOFFS[row].1),
            state_pays: states.iter().copied().map(state_pay).collect(),
            end_pays: states.iter().map(|state| times(&factors[turns], &outcome_pay(*state))).collect(),
            factors,
            outcomes: states.iter().copied().map(outcomes).collect(),
            states,
        }
    }

    /// Plays the replications and counts outcomes alone.
    pub(crate) fn outcomes(&self, seed: u64, replications: Range<u64>) -> Outcomes {
        let mut chance = Chance::new(seed);
        let mut ends = vec![0; STATES];
        for replication in replications {
            chance.turn_to(replication);
            let mut state = self.start(chance.word());
            for turn in 0..self.turns {
                let words = chance.words(turn);
                state = self.step(state, self.turn(turn, state, words).1, words);
            }
            ends[state] += 1;
        }
        self.outcome_counts(&ends)
    }

    /// Plays the replications and counts and sums all there is.
    pub(crate) fn tallies(&self, seed: u64, replications: Range<u64>) -> Tallies {
        let mut chance = Chance::new(seed);
        let mut counts = Counts::new(self.turns);
        let mut first = replications.start;
        while first < replications.end {
            let next = (first / BLOCK + 1).saturating_mul(BLOCK).min(replications.end);
            self.block(&mut chance, first..next, &mut counts);
            first = next;
        }
        self.told(counts)
    }

    fn block(&self, chance: &mut Chance, replications: Range<u64>, counts: &mut Counts) {
        let (mut scores, mut squares) = ([0.0; ACTORS], [0.0; ACTORS]);
        for replication in replications {
            chance.turn_to(replication);
            let score = self.play(chance, counts);
            for actor in 0..ACTORS {
                scores[actor] += score[actor];
                squares[actor] += score[actor] * score[actor];
            }
        }
        for actor in 0..ACTORS {
            counts.scores[actor] += scores[actor];
            counts.squares[actor] += squares[actor];
        }
    }

    /// One play, counted; its scores.
    fn play(&self, chance: &Chance, counts: &mut Counts) -> [f64; ACTORS] {
        let mut state = self.start(chance.word());
        let mut score = [0.0; ACTORS];
        counts.states[0][state] += 1;
        for turn in 0..self.turns {
            let words = chance.words(turn);
            let (profile, live) = self.turn(turn, state, words);
            for (actor, action) in profile.into_iter().enumerate() {
                counts.moves[turn][actor][action] += 1;
            }
            let pay = self.pay(state, live);
            let factor = &self.factors[turn];
            for actor in 0..ACTORS {
                score[actor] += factor[actor] * pay[actor];
            }
            state = self.step(state, live, words);
            counts.states[turn + 1][state] += 1;
        }
        counts.lengths[self.turns] += 1;
        for (score, pay) in score.iter_mut().zip(&self.end_pays[state]) {
            *score += pay;
        }
        score
    }

    fn start(&self, word: u32) -> usize {
        let later = self.starts.iter().find(|(threshold, _)| word < *threshold);
        usize::from(later.unwrap_or(&self.starts[5]).1)
    }

    /// What the actors do, and what holds then.
    #[inline]
    fn turn(&self, turn: usize, state: usize, words: &[u32; WORDS]) -> ([usize; ACTORS], u64) {
        let rows = if turn + 1 == self.turns { &self.last } else { &self.early };
        let row = &rows[state];
        let profile = [
            pick(&row.amber, words[1]),
            pick(&row.bering, words[2]),
            pick(&row.cobalt, words[3]),
            pick(&row.delta, words[4]),
        ];
        let live =
            profile.iter().zip(&self.moves).fold(row.live, |live, (&action, moves)| live & moves[action]);
        (profile, live)
    }

    /// The state after the effects that hold and fire, in file order.
    #[inline]
    fn step(&self, mut state: usize, live: u64, words: &[u32; WORDS]) -> usize {
        #[expect(clippy::cast_possible_truncation, reason = "the effects' bits are the lowest")]
        let low = live as u32;
        let second = (low >> EFFECTS & 1) << SECOND[0] | (low >> (EFFECTS + 1) & 1) << SECOND[1];
        let mut fire = 0;
        for (effect, chance) in self.chances.iter().enumerate() {
            fire |= u32::from(words[1 + ACTORS + effect] < *chance) << effect;
        }
        fire &= (low | second) & EFFECT_BITS;
        while fire != 0 {
            state = usize::from(self.next[state][fire.trailing_zeros() as usize]);
            fire &= fire - 1;
        }
        state
    }

    /// What the turn pays.
    #[inline]
    fn pay(&self, state: usize, live: u64) -> [f64; ACTORS] {
        let mut pay = self.state_pays[state];
        let mut terms = live >> TERMS_FROM;
        while terms != 0 {
            let amounts = &self.amounts[terms.trailing_zeros() as usize];
            for actor in 0..ACTORS {
                pay[actor] += amounts[actor];
            }
            terms &= terms - 1;
        }
        pay
    }

    fn outcome_counts(&self, ends: &[u64]) -> Outcomes {
        let mut counts = [[0; 5]; 2];
        for (outcome, count) in self.outcomes.iter().zip(ends) {
            counts[0][outcome[0]] += count;
            counts[1][outcome[1]] += count;
        }
        counts
    }

    fn told(&self, counts: Counts) -> Tallies {
        let marginals = |ends: &Vec<u64>| {
            let mut levels = [[0; 4]; 6];
            for (state, count) in self.states.iter().zip(ends) {
                for (variable, &level) in state.iter().enumerate() {
                    levels[variable][usize::from(level)] += count;
                }
            }
            levels
        };
        let in_a_row = |moves: &[[u64; 6]; ACTORS]| {
            let mut row = [0; ALL_ACTIONS];
            for actor in 0..ACTORS {
                row[FIRST[actor]..][..ACTIONS[actor]].copy_from_slice(&moves[actor][..ACTIONS[actor]]);
            }
            row
        };
        Tallies {
            outcomes: self.outcome_counts(&counts.states[self.turns]),
            turns: counts.states.iter().map(marginals).collect(),
            moves: counts.moves.iter().map(in_a_row).collect(),
            lengths: counts.lengths,
            scores: counts.scores,
            squares: counts.squares,
        }
    }
}

impl Row {
    fn new(state: State, policy: &Policy) -> Self {
        let mut live = 0;
        for (bit, when) in conditions() {
            live |= u64::from(when.allows(state)) << bit;
        }
        Self {
            live,
            amber: thresholds(policy, 0),
            bering: thresholds(policy, 1),
            cobalt: thresholds(policy, 2),
            delta: thresholds(policy, 3),
        }
    }
}

/// The kernel's counts while it runs: of states rather than levels, which is one increment a turn.
struct Counts {
    states: Vec<Vec<u64>>,
    moves: Vec<[[u64; 6]; ACTORS]>,
    lengths: Vec<u64>,
    scores: [f64; ACTORS],
    squares: [f64; ACTORS],
}

impl Counts {
    fn new(turns: usize) -> Self {
        Self {
            states: vec![vec![0; STATES]; turns + 1],
            moves: vec![[[0; 6]; ACTORS]; turns],
            lengths: vec![0; turns + 1],
            scores: [0.0; ACTORS],
            squares: [0.0; ACTORS],
        }
    }
}

/// A replication's words: the seed is the key, the replication the stream.
struct Chance {
    generator: ChaCha8Rng,
    bytes: [u8; 4 * WORDS * TURNS],
    words: [[u32; WORDS]; TURNS],
}

impl Chance {
    fn new(seed: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        Self {
            generator: ChaCha8Rng::from_seed(key),
            bytes: [0; 4 * WORDS * TURNS],
            words: [[0; WORDS]; TURNS],
        }
    }

    fn turn_to(&mut self, replication: u64) {
        self.generator.set_stream(replication);
        self.generator.set_word_pos(0);
        self.generator.fill_bytes(&mut self.bytes);
        for (word, bytes) in self.words.as_flattened_mut().iter_mut().zip(self.bytes.as_chunks().0) {
            *word = u32::from_le_bytes(*bytes);
        }
    }

    /// The start's word.
    fn word(&self) -> u32 {
        self.words[0][0]
    }

    fn words(&self, turn: usize) -> &[u32; WORDS] {
        &self.words[turn]
    }
}

/// The first action whose threshold lies above the word: how many do not.
#[inline]
fn pick<const N: usize>(thresholds: &[u32; N], word: u32) -> usize {
    thresholds.iter().map(|&threshold| usize::from(word >= threshold)).sum()
}

/// A probability as the number of words, of 2^32, that lie below.
fn threshold(probability: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in 0..=1, and 1 saturates")]
    let words = (probability * 4_294_967_296.0) as u32;
    words
}

fn thresholds<const N: usize>(policy: &Policy, actor: usize) -> [u32; N] {
    let mut total = 0.0;
    std::array::from_fn(|action| {
        total += policy[FIRST[actor] + action];
        threshold(total)
    })
}

fn start_thresholds() -> [(u32, u16); 6] {
    let mut total = 0.0;
    starts().map(|(state, probability)| {
        total += probability;
        (threshold(total), narrow(number(state)))
    })
}

/// Every alternative's bit: the effects' first ones, their second ones, the payoff terms.
fn conditions() -> impl Iterator<Item = (usize, When)> {
    let first = EFFECT.iter().map(|effect| effect.when[0]);
    let second = SECOND.iter().map(|&effect| EFFECT[effect].when[1]);
    let terms = PAYOFFS.iter().map(|(when, _)| *when);
    first.chain(second).chain(terms).enumerate()
}

fn move_bits(actor: usize, action: usize) -> u64 {
    conditions().fold(0, |bits, (bit, when)| bits | u64::from(when.actions[actor] >> action & 1) << bit)
}

fn successors(state: State) -> [u16; 16] {
    std::array::from_fn(|effect| {
        let after = EFFECT.get(effect).map_or(state, |effect| effect.apply(state));
        narrow(number(after))
    })
}

fn narrow(state: usize) -> u16 {
    u16::try_from(state).expect("972 states fit")
}

fn times(a: &[f64; ACTORS], b: &[f64; ACTORS]) -> [f64; ACTORS] {
    std::array::from_fn(|actor| a[actor] * b[actor])
}
