//! Plays replications, several side by side.
//!
//! Takes a [`PreparedGame`] and a seed's chance, and gives what happens to an [`Observer`]. Knows neither how many
//! replications there are in all nor on which thread it is.
//!
//! A play is a chain of look-ups, each of which waits for the one before; plays are independent, so a
//! processor that works on several at a time waits less. Nothing of this shows in what comes out: every play
//! has its own chance, and observers hear of the ends of plays in their order.

use std::ops::Range;

use super::bits::BLOCK_WORDS;
use super::chance::{Chance, TURNS_AT_HAND, WordSource};
use super::effects::FiringMask;
use super::observe::{BATCH, Observer, PlayEnd, Turn};
use super::play_state::{BatchTurn, PlayState};
use super::prepared_game::PreparedGame;
use super::width;
use crate::scenario::Slots;

/// Plays replications of a [`PreparedGame`]; one for each thread.
#[derive(Debug)]
pub struct PlaySampler<'t> {
    prepared: &'t PreparedGame<'t>,
    word_source: WordSource,
    plays: Vec<PlayState>,
    firing_masks: Vec<FiringMask>,
}

/// Some replications to be played: what [`pulp`] compiles once for every width that machines may have.
struct BatchJob<'p, 't, O> {
    sampler: &'p mut PlaySampler<'t>,
    replications: Range<u64>,
    observer: &'p mut O,
}

impl<O: Observer> pulp::WithSimd for BatchJob<'_, '_, O> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        let Range { start, end } = self.replications;
        for first in (start..end).step_by(BATCH) {
            self.sampler.play_batch(first..end.min(first + BATCH as u64), self.observer);
        }
    }
}

impl<'t> PlaySampler<'t> {
    /// A sampler of the plays of one seed.
    #[must_use]
    pub fn new(prepared: &'t PreparedGame<'t>, slots: &Slots, chance: &Chance) -> Self {
        let word_source =
            WordSource::new(chance, slots, prepared.game.blueprint.turns, prepared.optional_stream);
        let firing_masks = vec![[0; BATCH]; prepared.chances.words()];
        Self { plays: vec![PlayState::new(prepared); BATCH], firing_masks, word_source, prepared }
    }

    /// Plays the replications from start to end, as wide as the machine computes.
    pub fn play<O: Observer>(&mut self, replications: Range<u64>, observer: &mut O) {
        width::dispatch(BatchJob { sampler: self, replications, observer });
    }

    /// Plays a batch of replications: [`BATCH`] of them, or fewer at the end.
    #[inline(always)]
    fn play_batch<O: Observer>(&mut self, replications: Range<u64>, observer: &mut O) {
        let Self { prepared, word_source, plays, firing_masks } = self;
        word_source.start(replications.start);
        #[expect(clippy::cast_possible_truncation, reason = "at most a batch")]
        let plays = &mut plays[..(replications.end - replications.start) as usize];
        for (number, play) in plays.iter_mut().enumerate() {
            play.start(prepared, word_source.words(), number);
            observer.start(number, play.turns, &play.levels);
        }
        let blocks =
            if O::SCORES { prepared.bits.width } else { prepared.bits.effect_words.div_ceil(BLOCK_WORDS) };
        let first_turn = prepared.start.as_ref().map_or(0, |beginning| beginning.turns);
        for turn in 0..prepared.game.blueprint.turns {
            if !plays.iter().any(|play| play.active) {
                break;
            }
            if turn > 0 && turn % TURNS_AT_HAND == 0 {
                word_source.advance(turn);
            }
            if first_turn <= turn {
                prepared.chances.find_firing_masks(word_source.words(), turn, firing_masks);
                let words = word_source.words();
                play_turn(&BatchTurn { prepared, words, firing_masks, turn, blocks }, plays, observer);
            }
        }
        for (number, play) in plays.iter_mut().enumerate() {
            play.finish::<O>(prepared);
            let accumulators =
                if O::SCORES { &play.totals.as_flattened()[..prepared.accumulators.len()] } else { &[] };
            observer.end(&PlayEnd {
                play: number,
                turns: play.turns,
                levels: &play.levels,
                outcomes: &play.outcomes,
                accumulated: accumulators,
            });
        }
    }
}

/// Plays a turn of all plays of a batch: each step on all of them before the next, see [`PlayState`].
#[inline(always)]
fn play_turn<O: Observer>(now: &BatchTurn<'_>, plays: &mut [PlayState], observer: &mut O) {
    let &BatchTurn { prepared, turn, .. } = now;
    let decisions = prepared.decisions_in[turn];
    for (number, play) in plays.iter_mut().enumerate().filter(|(_, play)| play.active) {
        play.choose(now, number);
    }
    if let Some(learners) = &prepared.learners {
        for (number, play) in plays.iter_mut().enumerate().filter(|(_, play)| play.active) {
            play.choose_and_learn(now, learners, number);
        }
    }
    for play in plays.iter_mut().filter(|play| play.active) {
        play.find_active(now);
    }
    for (number, play) in plays.iter_mut().enumerate().filter(|(_, play)| play.active) {
        if O::SCORES {
            play.pay(prepared);
        }
        play.fire::<O>(now, number);
        play.stop_if_over(prepared);
        observer.turn(&Turn {
            play: number,
            turn,
            before: &play.before,
            after: &play.levels,
            codes: &play.codes[..decisions],
            fired: &play.fired,
            learned: &play.memory.probabilities,
        });
    }
}
