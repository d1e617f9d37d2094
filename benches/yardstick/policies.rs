//! The level-2 logit policies at look-ahead 1, in all states.
//!
//! Before the last turn nothing lies beyond the turn itself, so that an action's value is a sum over payoff
//! terms: amount times the probability of what the term asks of the others. In the last turn the outcomes count,
//! so that the effects do; there the profiles are enumerated, and their masks of effects memoised.

use super::quartet::{
    ACTIONS, ACTORS, ALL_ACTIONS, DISCOUNT, EFFECT, FIRST, LOGIT, PAYOFFS, SEEN_BY_OUTCOMES, STATES, State,
    TREMBLE, number, outcome_pay, states, weighted,
};

/// A probability for each action of each actor, all actors' in a row.
pub(crate) type Policy = [f64; ALL_ACTIONS];

/// Which turns a policy is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Turns 1 to 11: what the turn itself pays.
    Early,
    /// Turn 12: outcomes too.
    Last,
}

/// What every term means to the one who chooses, found out once.
pub(crate) struct Model {
    /// Which rows of [`PAYOFFS`] a state lets through, as bits.
    live: Vec<u32>,
    /// The rows that matter to each actor's choice: those that name a move of its own and pay it something.
    stakes: [Vec<Stake>; ACTORS],
    states: Vec<State>,
}

/// A row of [`PAYOFFS`] through one actor's eyes.
struct Stake {
    row: u32,
    amount: f64,
    own: u8,
    /// The other actors that it names, and what it asks of them.
    others: Vec<(usize, u8)>,
}

impl Model {
    /// Finds the stakes and the live rows. O(states x terms); no part of what is timed as policies.
    pub(crate) fn new() -> Self {
        let states = states();
        let live = states
            .iter()
            .map(|state| {
                (0..PAYOFFS.len())
                    .filter(|&row| PAYOFFS[row].0.allows(*state))
                    .fold(0, |bits, row| bits | 1 << row)
            })
            .collect();
        Self { live, stakes: std::array::from_fn(stakes), states }
    }

    /// The policies of level 2 in every state, by the state's number.
    pub(crate) fn policies(&self, stage: Stage) -> Vec<Policy> {
        match stage {
            Stage::Early => (0..STATES).map(|state| self.level_two(state, None)).collect(),
            Stage::Last => {
                let ends: Vec<_> = self.states.iter().map(|state| weighted(outcome_pay(*state))).collect();
                let tails = (0..STATES).map(|state| Continuation::new(self.states[state], &ends));
                tails.enumerate().map(|(state, tail)| self.level_two(state, Some(&tail))).collect()
            }
        }
    }

    fn level_two(&self, state: usize, tail: Option<&Continuation>) -> Policy {
        let naive = std::array::from_fn(|action| 1.0 / f64::from(SIZES[action]));
        let one = self.respond(state, &naive, tail);
        self.respond(state, &one, tail)
    }

    /// Everybody's choice, each believing that the others play `believed`.
    fn respond(&self, state: usize, believed: &Policy, tail: Option<&Continuation>) -> Policy {
        let mut values = [0.0; ALL_ACTIONS];
        let live = self.live[state];
        let chances = set_chances(believed);
        for (actor, stakes) in self.stakes.iter().enumerate() {
            let own = &mut values[FIRST[actor]..FIRST[actor] + ACTIONS[actor]];
            for stake in stakes.iter().filter(|stake| live >> stake.row & 1 == 1) {
                let others = stake.others.iter().map(|&(other, set)| chances[other][usize::from(set)]);
                let expected = others.fold(stake.amount, |product, chance| product * chance);
                for (action, value) in own.iter_mut().enumerate() {
                    *value += if stake.own >> action & 1 == 1 { expected } else { 0.0 };
                }
            }
        }
        if let Some(tail) = tail {
            tail.add_expected(believed, &mut values);
        }
        logit(&values)
    }
}

/// How many actions stand beside each action, itself among them.
const SIZES: [u8; ALL_ACTIONS] = [6, 6, 6, 6, 6, 6, 4, 4, 4, 4, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6];

fn stakes(actor: usize) -> Vec<Stake> {
    let rows = (0u32..).zip(&PAYOFFS);
    rows.filter_map(|(row, (when, pays))| {
        let amount = weighted(*pays)[actor];
        let others = (0..ACTORS).filter(|&other| other != actor && when.names(other));
        (when.names(actor) && amount != 0.0).then(|| Stake {
            row,
            amount,
            own: when.actions[actor],
            others: others.map(|other| (other, when.actions[other])).collect(),
        })
    })
    .collect()
}

/// The probability of every set of an actor's actions: each set is a smaller one and its lowest action.
fn set_chances(believed: &Policy) -> [[f64; 64]; ACTORS] {
    let mut chances = [[0.0; 64]; ACTORS];
    for actor in 0..ACTORS {
        for set in 1usize..1 << ACTIONS[actor] {
            let action = FIRST[actor] + set.trailing_zeros() as usize;
            chances[actor][set] = chances[actor][set & (set - 1)] + believed[action];
        }
    }
    chances
}

/// The logit rule and its tremble, for every actor.
fn logit(values: &[f64; ALL_ACTIONS]) -> Policy {
    let mut policy = [0.0; ALL_ACTIONS];
    for actor in 0..ACTORS {
        let actions = FIRST[actor]..FIRST[actor] + ACTIONS[actor];
        let best = values[actions.clone()].iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for action in actions.clone() {
            policy[action] = libm::exp(LOGIT[actor] * (values[action] - best));
        }
        let total: f64 = policy[actions.clone()].iter().sum();
        for action in actions {
            let uniform = 1.0 / f64::from(SIZES[action]);
            policy[action] = (1.0 - TREMBLE[actor]) * policy[action] / total + TREMBLE[actor] * uniform;
        }
    }
    policy
}

/// What the outcomes are expected to pay after one more turn from a state, whatever is done in it.
struct Continuation {
    /// A row for every profile: its actions, and the actors' discounted expectations.
    profiles: Vec<([usize; ACTORS], [f64; ACTORS])>,
}

impl Continuation {
    fn new(state: State, ends: &[[f64; ACTORS]]) -> Self {
        let mut known: Vec<(u32, [f64; ACTORS])> = Vec::new();
        let profiles = profiles()
            .map(|profile| {
                let mask = holding(state, &profile) & SEEN_BY_OUTCOMES;
                let seen = known.iter().find(|(other, _)| *other == mask).map(|&(_, pay)| pay);
                let pay = seen.unwrap_or_else(|| {
                    let pay = expected_end(state, mask, ends);
                    known.push((mask, pay));
                    pay
                });
                (profile, std::array::from_fn(|actor| DISCOUNT[actor] * pay[actor]))
            })
            .collect();
        Self { profiles }
    }

    fn add_expected(&self, believed: &Policy, values: &mut [f64; ALL_ACTIONS]) {
        for (profile, pay) in &self.profiles {
            let at: [usize; ACTORS] = std::array::from_fn(|actor| FIRST[actor] + profile[actor]);
            for actor in 0..ACTORS {
                let others = (0..ACTORS).filter(|&other| other != actor);
                values[at[actor]] += others.fold(pay[actor], |product, other| product * believed[at[other]]);
            }
        }
    }
}

/// Every profile, the last actor's action fastest.
pub(crate) fn profiles() -> impl Iterator<Item = [usize; ACTORS]> {
    let count: usize = ACTIONS.iter().product();
    (0..count).map(|index| {
        let mut rest = index;
        let mut profile = [0; ACTORS];
        for actor in (0..ACTORS).rev() {
            profile[actor] = rest % ACTIONS[actor];
            rest /= ACTIONS[actor];
        }
        profile
    })
}

/// The effects that hold at a state and a profile, as bits.
fn holding(state: State, profile: &[usize; ACTORS]) -> u32 {
    let mut bits = 0;
    for (index, effect) in EFFECT.iter().enumerate() {
        let holds = effect.when.iter().any(|when| when.holds(state, profile));
        bits |= u32::from(holds) << index;
    }
    bits
}

/// The expectation of `ends` once every effect of `mask` has fired or not, in file order.
fn expected_end(state: State, mask: u32, ends: &[[f64; ACTORS]]) -> [f64; ACTORS] {
    if mask == 0 {
        return ends[number(state)];
    }
    let effect = &EFFECT[mask.trailing_zeros() as usize];
    let rest = mask & (mask - 1);
    let fired = expected_end(effect.apply(state), rest, ends);
    let quiet = expected_end(state, rest, ends);
    std::array::from_fn(|actor| effect.chance * fired[actor] + (1.0 - effect.chance) * quiet[actor])
}
