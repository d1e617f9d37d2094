//! The distribution of states given what has been observed so far.

use super::belief::{BeliefState, PossibleState};
use super::error::ExactError;
use super::propagator::{Propagation, Propagator};
use super::turn_structure::{TurnStructure, key};
use crate::agents::Policies;
use crate::game::{CellId, SeatStatus};
use crate::scenario::{Clause, History, LevelId, Levels, Scenario, SeatId, Seen, Set, Sighting, VariableId};

/// Carries the distribution of states through the turns of a history, exactly: of each turn, what is at odds with
/// what was observed is left out (the forward algorithm of a hidden Markov model, Rabiner 1989, equations 19 and
/// 20). O(states reached x their successors) for each turn.
///
/// # Errors
/// If the scenario cannot be propagated exactly; [`FilterError::Impossible`] with the first row, in the order of
/// turns, that has probability zero given those before it.
///
/// # References
/// Rabiner (1989), A tutorial on hidden Markov models, Proceedings of the IEEE 77(2), 257-286,
/// doi:10.1109/5.18626.
pub fn filter(
    scenario: &Scenario,
    policies: &Policies<'_>,
    how: Propagation<'_>,
    history: &History,
) -> Result<BeliefState, FilterError> {
    let propagator = Propagator::new(scenario, policies, how)?;
    let filter = HistoryFilter { scenario, propagator: &propagator, policies };
    let mut plays = FilteredPlays { alive: propagator.start(), ended: Vec::new() };
    let seen: Vec<&Sighting> = history.of_turn(0).collect();
    filter.begin(&mut plays, &seen)?;
    filter.stop(&mut plays, 0);
    let turns = history.last_turn();
    for turn in 0..turns {
        let seen: Vec<&Sighting> = history.of_turn(turn + 1).collect();
        plays = filter.turn(&plays, &seen, turn)?;
        if !(how.go_on)(turn + 1, turns) {
            return Err(ExactError::Stopped.into());
        }
    }
    Ok(filter.belief_state(&plays, turns))
}

/// Why a history tells nothing.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FilterError {
    /// The scenario cannot be propagated.
    #[error(transparent)]
    Exact(#[from] ExactError),
    /// The scenario gives what was observed probability zero.
    #[error("the scenario gives this probability zero after the rows before it")]
    Impossible(Sighting),
}

/// Probabilities of what was observed and that plays stand so.
#[derive(Clone)]
struct FilteredPlays {
    /// Of each state, of plays that go on.
    alive: Vec<f64>,
    /// Turns played, state and probability of plays that have stopped.
    ended: Vec<(usize, CellId, f64)>,
}

impl FilteredPlays {
    fn total(&self) -> f64 {
        self.alive.iter().sum::<f64>() + self.ended.iter().map(|(_, _, p)| p).sum::<f64>()
    }
}

struct HistoryFilter<'a> {
    scenario: &'a Scenario,
    propagator: &'a Propagator<'a>,
    policies: &'a Policies<'a>,
}

impl HistoryFilter<'_> {
    /// One turn (0-based), of which so much was seen.
    fn turn(
        &self,
        before: &FilteredPlays,
        seen: &[&Sighting],
        turn: usize,
    ) -> Result<FilteredPlays, FilterError> {
        let after = self.possible(before, seen, turn)?;
        if after.total() > 0.0 {
            return Ok(after);
        }
        // Row by row, to find the first that cannot be.
        for rows in 1..=seen.len() {
            if self.possible(before, &seen[..rows], turn)?.total() <= 0.0 {
                return Err(FilterError::Impossible(seen[rows - 1].clone()));
            }
        }
        Ok(after)
    }

    /// The plays after a turn that agree with what was seen of it.
    fn possible(
        &self,
        before: &FilteredPlays,
        seen: &[&Sighting],
        turn: usize,
    ) -> Result<FilteredPlays, FilterError> {
        let mut plays = before.clone();
        let others = self.only_who_moved(&mut plays, seen, turn);
        let (_, decisions) = key(self.scenario, self.policies.game(), turn);
        let stage = TurnStructure::new(self.scenario, self.policies, turn, decisions, Some(&others))?;
        plays.alive = self.propagator.step(&stage, &plays.alive).0;
        self.keep_seen_levels(&mut plays, seen);
        self.stop(&mut plays, turn + 1);
        Ok(plays)
    }

    /// Takes out the plays in which somebody who was seen to move could not, and gives the conditions under which
    /// somebody moves otherwise.
    fn only_who_moved(&self, plays: &mut FilteredPlays, seen: &[&Sighting], turn: usize) -> Vec<Clause> {
        let moved = seen.iter().filter_map(|sighting| match sighting.what {
            Seen::Move(seat, made) => Some((seat, made)),
            Seen::Level(..) => None,
        });
        let moved: Vec<_> = moved.collect();
        if moved.is_empty() {
            return Vec::new();
        }
        // Who has stopped moves no more.
        plays.ended.clear();
        let seats = &self.policies.game().blueprint.seats;
        self.keep(&mut plays.alive, |levels| {
            let open = |seat: SeatId| SeatStatus::of(&seats[seat], levels, turn) != SeatStatus::Closed;
            moved.iter().all(|(seat, _)| open(*seat))
        });
        let otherwise = moved.iter().map(|&(seat, made)| {
            let others = Set::new(seats[seat].moves, |other| other != made);
            Clause { levels: Vec::new(), turns: None, moves: vec![(seat, others)] }
        });
        otherwise.collect()
    }

    /// Takes out the plays that stand elsewhere than was seen, before the first turn.
    fn begin(&self, plays: &mut FilteredPlays, seen: &[&Sighting]) -> Result<(), FilterError> {
        for at in 0..seen.len() {
            self.keep_seen_levels(plays, &seen[at..=at]);
            if plays.total() <= 0.0 {
                return Err(FilterError::Impossible(seen[at].clone()));
            }
        }
        Ok(())
    }

    fn keep_seen_levels(&self, plays: &mut FilteredPlays, seen: &[&Sighting]) {
        let filtered = seen.iter().filter_map(|sighting| match sighting.what {
            Seen::Level(variable, level) => Some((variable, LevelId::new(level))),
            Seen::Move(..) => None,
        });
        let filtered: Vec<(VariableId, LevelId)> = filtered.collect();
        if filtered.is_empty() {
            return;
        }
        let agrees = |levels: &Levels| filtered.iter().all(|&(v, level)| levels[v] == level);
        self.keep(&mut plays.alive, agrees);
        let mut levels = self.policies.game().blueprint.lowest();
        plays.ended.retain(|(_, state, _)| {
            self.propagator.states.write(*state, &mut levels);
            agrees(&levels)
        });
    }

    fn keep(&self, alive: &mut [f64], agrees: impl Fn(&Levels) -> bool) {
        let mut levels = self.policies.game().blueprint.lowest();
        for (state, p) in alive.iter_mut().enumerate().filter(|(_, p)| **p > 0.0) {
            self.propagator.states.write(CellId::new(state), &mut levels);
            if !agrees(&levels) {
                *p = 0.0;
            }
        }
    }

    /// Moves the plays that stop to those that have ended.
    fn stop(&self, plays: &mut FilteredPlays, turns: usize) {
        for (state, stops) in self.propagator.stops.iter().enumerate() {
            if *stops && plays.alive[state] > 0.0 {
                plays.ended.push((turns, CellId::new(state), std::mem::take(&mut plays.alive[state])));
            }
        }
    }

    fn belief_state(&self, plays: &FilteredPlays, turns: usize) -> BeliefState {
        let likelihood = plays.total();
        let possible = |(played, state, p, ended): (usize, CellId, f64, bool)| {
            let mut levels = self.policies.game().blueprint.lowest();
            self.propagator.states.write(state, &mut levels);
            PossibleState { levels, turns: played, ended, probability: p / likelihood }
        };
        let alive = plays.alive.iter().enumerate().filter(|(_, p)| **p > 0.0);
        let alive = alive.map(|(state, p)| (turns, CellId::new(state), *p, false));
        let ended = plays.ended.iter().map(|&(played, state, p)| (played, state, p, true));
        BeliefState { likelihood, turns, states: alive.chain(ended).map(possible).collect() }
    }
}
