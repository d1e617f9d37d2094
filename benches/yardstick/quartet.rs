//! Quartet's numbers: its states, its conditions as sets of levels and actions, what pays and what changes.
//!
//! A condition names, for every variable, a set of levels and, for every actor, a set of actions, both as bits;
//! an actor's action is its pair of moves in one number (the mission's move is the slower digit).

/// amber, bering, cobalt, delta.
pub(crate) const ACTORS: usize = 4;
/// How many actions each actor has.
pub(crate) const ACTIONS: [usize; ACTORS] = [6, 4, 6, 6];
/// Where an actor's actions start where all actors' stand in a row.
pub(crate) const FIRST: [usize; ACTORS] = [0, 6, 10, 16];
/// All actors' actions in a row.
pub(crate) const ALL_ACTIONS: usize = 22;
/// force, fighting, backing, tariffs, closeness, curbs.
pub(crate) const VARIABLES: usize = 6;
/// How many levels each variable has.
pub(crate) const LEVELS: [usize; VARIABLES] = [4, 3, 3, 3, 3, 3];
/// Every combination of levels.
pub(crate) const STATES: usize = 972;
/// The scenario's turns.
pub(crate) const TURNS: usize = 12;
/// Effects in file order: those of the mission, those of trade, the events.
pub(crate) const EFFECTS: usize = 15;

pub(crate) const LOGIT: [f64; ACTORS] = [1.5, 1.2, 2.0, 1.0];
pub(crate) const TREMBLE: [f64; ACTORS] = [0.0, 0.0, 0.0, 0.02];
pub(crate) const DISCOUNT: [f64; ACTORS] = [0.95, 0.9, 0.97, 0.9];
/// amber's regard for bering; nobody else has any.
const AMBER_FOR_BERING: f64 = 0.3;

/// A level for every variable, in the order of [`LEVELS`].
pub(crate) type State = [u8; VARIABLES];

const FORCE: usize = 0;
const FIGHTING: usize = 1;
const BACKING: usize = 2;
const TARIFFS: usize = 3;
const CLOSENESS: usize = 4;
const CURBS: usize = 5;

// Levels as bits.
const NONE: u8 = 0b0001;
const COALITION: u8 = 0b0010;
const MIXED: u8 = 0b0100;
const SOUTHERN: u8 = 0b1000;
/// war, gone, low, cold or open.
const LOW: u8 = 0b001;
/// lull, wavering, middling, cool or partial.
const MIDDLE: u8 = 0b010;
/// ceasefire, firm, high, warm or tight.
const HIGH: u8 = 0b100;

// Actions as bits: of amber (mission x trade),
const OFFER: u8 = 0b00_00_11;
const AWAIT: u8 = 0b00_11_00;
const ABSTAIN: u8 = 0b11_00_00;
const LIFT: u8 = 0b01_01_01;
const KEEP: u8 = 0b10_10_10;
// of bering (mission alone),
const ACCEPT: u8 = 0b0001;
const BARGAIN: u8 = 0b0010;
const STALL: u8 = 0b0100;
const REFUSE: u8 = 0b1000;
// of cobalt (mission x trade),
const INVITE: u8 = 0b00_00_11;
const ALONE: u8 = 0b00_11_00;
const HOLD: u8 = 0b11_00_00;
const ENGAGE: u8 = 0b01_01_01;
const DERISK: u8 = 0b10_10_10;
// and of delta (mission x trade).
const BACK: u8 = 0b000_111;
const WITHDRAW: u8 = 0b111_000;
const BROAD: u8 = 0b001_001;
const NARROW: u8 = 0b010_010;
const PAUSE: u8 = 0b100_100;

/// One alternative of a condition: holds where every level and every action is in its set.
#[derive(Clone, Copy)]
pub(crate) struct When {
    levels: [u8; VARIABLES],
    /// The sets of actions, an actor each.
    pub(crate) actions: [u8; ACTORS],
}

impl When {
    /// Holds everywhere.
    const ANY: Self =
        Self { levels: [0b1111; VARIABLES], actions: [0b11_1111, 0b1111, 0b11_1111, 0b11_1111] };

    const fn is(mut self, variable: usize, levels: u8) -> Self {
        self.levels[variable] &= levels;
        self
    }

    const fn does(mut self, actor: usize, actions: u8) -> Self {
        self.actions[actor] &= actions;
        self
    }

    const fn amber(self, actions: u8) -> Self {
        self.does(0, actions)
    }

    const fn bering(self, actions: u8) -> Self {
        self.does(1, actions)
    }

    const fn cobalt(self, actions: u8) -> Self {
        self.does(2, actions)
    }

    const fn delta(self, actions: u8) -> Self {
        self.does(3, actions)
    }

    /// Whether the state's part of the condition holds.
    pub(crate) fn allows(&self, state: State) -> bool {
        self.levels.iter().zip(state).all(|(&levels, level)| levels >> level & 1 == 1)
    }

    /// Whether the condition holds at a state and everybody's actions.
    pub(crate) fn holds(&self, state: State, profile: &[usize; ACTORS]) -> bool {
        self.allows(state) && self.actions.iter().zip(profile).all(|(set, &action)| set >> action & 1 == 1)
    }

    /// Whether the condition restricts `actor`.
    pub(crate) fn names(&self, actor: usize) -> bool {
        self.actions[actor] != Self::ANY.actions[actor]
    }
}

/// How many terms name moves; the three that only read the state are [`state_pay`].
pub(crate) const TERMS: usize = 27;

/// The terms that name moves, in file order: where each pays, and what to whom.
///
/// A row is one alternative; `stalling`, which has two with the same move, is split into parts of the state that
/// exclude each other, so that a sum over the rows is right.
#[rustfmt::skip]
pub(crate) const PAYOFFS: [(When, [f64; ACTORS]); TERMS + 1] = {
    let w = When::ANY;
    [
        (w.amber(OFFER).bering(ACCEPT).cobalt(INVITE),              [2.5, 1.0, 1.2, 0.0]),
        (w.amber(OFFER).bering(REFUSE),                             [-1.0, 0.3, 0.0, 0.0]),
        (w.amber(OFFER).cobalt(ALONE | HOLD),                       [-0.8, 0.0, -0.3, 0.0]),
        (w.amber(AWAIT).cobalt(INVITE),                             [0.6, 0.0, 0.2, 0.0]),
        (w.amber(ABSTAIN),                                          [0.3, 0.0, 0.0, 0.0]),
        (w.amber(ABSTAIN).is(FIGHTING, LOW),                        [0.2, -0.2, 0.0, 0.0]),
        (w.cobalt(ALONE).delta(BACK),                               [0.0, -0.7, 0.9, 0.1]),
        (w.cobalt(ALONE).delta(WITHDRAW),                           [0.0, 0.5, -1.1, 0.0]),
        (w.bering(ACCEPT | BARGAIN).cobalt(ALONE),                  [0.0, -0.9, 0.5, 0.0]),
        (w.bering(ACCEPT).is(FIGHTING, MIDDLE | HIGH),              [0.0, 0.6, 0.3, 0.3]),
        (w.bering(STALL).is(FIGHTING, LOW),                         [0.0, 0.5, -0.2, 0.0]),
        (w.bering(STALL).is(FIGHTING, MIDDLE | HIGH).is(BACKING, LOW), [0.0, 0.5, -0.2, 0.0]),
        (w.amber(OFFER | AWAIT).bering(BARGAIN).delta(BACK),        [0.3, 0.4, 0.0, -0.1]),
        (w.delta(BACK).is(FIGHTING, LOW),                           [0.0, 0.0, 0.4, -0.6]),
        (w.delta(BACK).is(BACKING, MIDDLE | HIGH),                  [0.0, 0.0, 0.0, 0.5]),
        (w.delta(WITHDRAW).is(FORCE, COALITION | MIXED | SOUTHERN), [0.0, 0.0, -0.4, 0.7]),
        (w.bering(REFUSE).is(FORCE, MIXED | SOUTHERN),              [-0.4, -0.8, 0.0, 0.0]),
        (w.delta(BROAD),                                            [-0.6, 0.0, -0.6, 0.8]),
        (w.delta(BROAD).is(TARIFFS, HIGH),                          [0.0, 0.0, 0.0, -0.9]),
        (w.delta(NARROW),                                           [-0.7, 0.0, 0.0, 0.5]),
        (w.cobalt(DERISK).delta(PAUSE),                             [0.0, 0.0, 0.4, 0.4]),
        (w.amber(LIFT).cobalt(ENGAGE),                              [0.9, 0.0, 0.8, -0.3]),
        (w.amber(LIFT).cobalt(DERISK),                              [-0.7, 0.0, 0.2, 0.0]),
        (w.amber(KEEP).is(TARIFFS, MIDDLE | HIGH),                  [0.4, 0.0, 0.0, 0.0]),
        (w.cobalt(ENGAGE).is(CURBS, HIGH),                          [0.0, 0.0, -0.6, 0.0]),
        (w.cobalt(ENGAGE).delta(BROAD | NARROW).is(CLOSENESS, HIGH), [0.0, 0.0, 0.5, -0.4]),
        (w.delta(WITHDRAW & BROAD),                                 [0.0, 0.0, -0.9, 0.3]),
        (w.amber((OFFER | AWAIT) & LIFT).cobalt(ENGAGE),            [0.5, 0.0, 0.4, 0.0]),
    ]
};

/// What the three terms that name no move pay in a state: peace, warmth and levies.
pub(crate) fn state_pay(state: State) -> [f64; ACTORS] {
    let peace = [0.0, 1.0, 3.0][usize::from(state[FIGHTING])];
    let warmth = f64::from(state[CLOSENESS]);
    let levies = f64::from(state[TARIFFS]);
    [
        0.1 * peace + 0.2 * warmth - 0.2 * levies,
        0.1 * peace,
        0.3 * peace + 0.1 * warmth - 0.2 * levies,
        -0.1 * warmth + 0.1 * levies,
    ]
}

/// What an effect does to one variable.
#[derive(Clone, Copy)]
enum Change {
    Set(usize, u8),
    Up(usize),
    Down(usize),
}

/// A condition's alternatives, a chance, and the changes.
pub(crate) struct Effect {
    pub(crate) when: &'static [When],
    pub(crate) chance: f64,
    changes: &'static [Change],
}

impl Effect {
    /// The state after the effect has fired.
    pub(crate) fn apply(&self, mut state: State) -> State {
        for &change in self.changes {
            match change {
                Change::Set(variable, level) => state[variable] = level,
                Change::Up(variable) => state[variable] = (state[variable] + 1).min(2),
                Change::Down(variable) => state[variable] = state[variable].saturating_sub(1),
            }
        }
        state
    }
}

const fn effect(when: &'static [When], chance: f64, changes: &'static [Change]) -> Effect {
    Effect { when, chance, changes }
}

const W: When = When::ANY;

/// The effects, in file order.
#[rustfmt::skip]
pub(crate) const EFFECT: [Effect; EFFECTS] = [
    effect(&[W.amber(OFFER).bering(ACCEPT | BARGAIN).cobalt(INVITE).is(FORCE, NONE | MIXED)],
           0.4, &[Change::Set(FORCE, 3)]),
    effect(&[W.amber(OFFER | AWAIT).bering(ACCEPT).cobalt(INVITE).is(FORCE, NONE | COALITION)],
           0.3, &[Change::Set(FORCE, 2)]),
    effect(&[W.cobalt(ALONE).delta(BACK).is(FORCE, NONE)],
           0.25, &[Change::Set(FORCE, 1)]),
    effect(&[W.bering(REFUSE).delta(WITHDRAW).is(FORCE, COALITION),
             W.bering(REFUSE).is(FIGHTING, LOW).is(FORCE, COALITION | MIXED | SOUTHERN)],
           0.15, &[Change::Set(FORCE, 0)]),
    effect(&[W.bering(ACCEPT | BARGAIN)],                           0.3,  &[Change::Up(FIGHTING)]),
    effect(&[W.bering(STALL | REFUSE).is(BACKING, LOW | MIDDLE)],   0.25, &[Change::Down(FIGHTING)]),
    effect(&[W.delta(BACK)],                                        0.2,  &[Change::Up(BACKING)]),
    effect(&[W.delta(WITHDRAW)],                                    0.35, &[Change::Down(BACKING)]),
    effect(&[W.delta(BROAD)],                                       0.5,  &[Change::Up(TARIFFS)]),
    effect(&[W.delta(PAUSE)],                                       0.45, &[Change::Down(TARIFFS)]),
    effect(&[W.amber(LIFT)],                                        0.6,  &[Change::Down(CURBS)]),
    effect(&[W.amber(KEEP).delta(BROAD | NARROW)],                  0.3,  &[Change::Up(CURBS)]),
    effect(&[W.amber(LIFT).cobalt(ENGAGE), W.cobalt(ENGAGE).is(TARIFFS, HIGH)],
           0.35, &[Change::Up(CLOSENESS)]),
    effect(&[W.amber(AWAIT | ABSTAIN).cobalt(DERISK)],              0.2,  &[Change::Down(CLOSENESS)]),
    effect(&[W.is(FIGHTING, HIGH).is(FORCE, NONE)],
           0.1, &[Change::Set(FIGHTING, 0), Change::Down(CLOSENESS)]),
];

/// The effects that outcomes can see: all but commit and desert, which move Washington's backing alone.
pub(crate) const SEEN_BY_OUTCOMES: u32 = 0b111_1111_0011_1111;

/// The final state's outcome in `war` and in `commerce`, numbered in file order.
pub(crate) fn outcomes(state: State) -> [usize; 2] {
    let war = match (state[FORCE], state[FIGHTING]) {
        (3, _) => 0,
        (2, _) => 1,
        (1, _) => 2,
        (_, 2) => 3,
        _ => 4,
    };
    let commerce = match (state[TARIFFS], state[CLOSENESS], state[CURBS]) {
        (_, 2, 0 | 1) => 0,
        (2, _, 1 | 2) => 1,
        (0, _, _) => 2,
        _ => 3,
    };
    [war, commerce]
}

/// What both outcomes of a final state pay together.
pub(crate) fn outcome_pay(state: State) -> [f64; ACTORS] {
    #[rustfmt::skip]
    const WAR: [[f64; ACTORS]; 5] = [
        [4.0, 1.0, 1.0, 0.0],
        [2.0, 0.5, 2.0, 0.0],
        [0.0, -2.0, 3.0, 1.0],
        [0.0, 1.0, 0.0, 2.0],
        [0.0; ACTORS],
    ];
    const COMMERCE: [[f64; ACTORS]; 4] =
        [[1.0, 0.0, 1.0, -1.0], [-1.0, 0.0, -1.0, -1.0], [0.5, 0.0, 0.5, 0.5], [0.0; ACTORS]];
    let [war, commerce] = outcomes(state);
    std::array::from_fn(|actor| WAR[war][actor] + COMMERCE[commerce][actor])
}

/// What actors care for, given what they are paid: their own, and their regard for others.
pub(crate) fn weighted(pay: [f64; ACTORS]) -> [f64; ACTORS] {
    [pay[0] + AMBER_FOR_BERING * pay[1], pay[1], pay[2], pay[3]]
}

/// A state's number: the last variable is the fastest digit.
pub(crate) fn number(state: State) -> usize {
    state.into_iter().zip(LEVELS).fold(0, |number, (level, levels)| number * levels + usize::from(level))
}

/// Every state, by number.
pub(crate) fn states() -> Vec<State> {
    let mut states = vec![[0; VARIABLES]];
    for (variable, levels) in LEVELS.into_iter().enumerate() {
        states = states
            .into_iter()
            .flat_map(|state| {
                (0u8..).take(levels).map(move |level| {
                    let mut next = state;
                    next[variable] = level;
                    next
                })
            })
            .collect();
    }
    states
}

/// The starts and their probabilities: war under way, no force, middling tariffs, partial curbs; backing and
/// closeness by chance.
pub(crate) fn starts() -> [(State, f64); 6] {
    let backing = [0.7, 0.3];
    let closeness = [0.2, 0.6, 0.2];
    std::array::from_fn(|i| {
        let (firm, close) = (i / 3, i % 3);
        let level = |index: usize| u8::try_from(index).expect("three levels fit");
        ([0, 0, 1 + level(firm), 1, level(close), 1], backing[firm] * closeness[close])
    })
}
