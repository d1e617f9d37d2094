//! The exact distribution of plays, by going forward over all that a play can be.

use std::collections::BTreeMap;

use demarche::scenario::{Measure, SeatId, VariableId};

use super::world::holds;
use super::{Oracle, Policy, Profile, State};

/// What is exactly true of a scenario's plays, everything in the scenario's order.
#[derive(Clone, Debug)]
pub(crate) struct Exact {
    /// `outcomes[classification][outcome]`
    pub(crate) outcomes: Vec<Vec<f64>>,
    /// Combinations of outcomes; the last classification varies fastest.
    pub(crate) joint: Vec<f64>,
    /// `turns[turn][variable][level]`, 0 being the start.
    pub(crate) turns: Vec<Vec<Vec<f64>>>,
    /// `moves[turn][seat]`, turn 1 at index 0.
    pub(crate) moves: Vec<Vec<Moves>>,
    /// `lengths[turns]`
    pub(crate) lengths: Vec<f64>,
    /// One for each actor.
    pub(crate) scores: Vec<Mean>,
    /// One for each defined measure.
    pub(crate) measures: Vec<Mean>,
}

/// What happens in a seat in some turn.
#[derive(Clone, Debug)]
pub(crate) struct Moves {
    /// The probability that the turn is played with the issue open.
    pub(crate) open: f64,
    /// The probability that it is, and that the move is made.
    pub(crate) made: Vec<f64>,
}

/// The mean of a number that a play has, or a ratio of such means.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mean {
    /// Nothing where a mean that divides is 0.
    pub(crate) value: Option<f64>,
    /// Of one play; of a ratio, to the first order.
    pub(crate) variance: f64,
    /// How far a play can be from the mean.
    pub(crate) farthest: f64,
    /// The least mean that divides, in its own standard deviations; infinite where none does.
    pub(crate) divisor: f64,
}

/// A number that a play has.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Lane {
    Score(usize),
    Sum(usize),
    Ever(usize),
    Outcome(usize, usize),
    FinalLevel(VariableId, usize),
    FinalValue(VariableId),
    Turns,
    Made(SeatId, usize),
    Open(SeatId),
}

/// A state, and which `ever` measures have happened.
type World = (State, Vec<bool>);

/// The part of all plays that come to some world: their probability, and the sums over them of every
/// lane so far, of the products of every two lanes, and the least and the most that a lane can be.
#[derive(Clone)]
struct Share {
    p: f64,
    sums: Vec<f64>,
    products: Vec<Vec<f64>>,
    least: Vec<f64>,
    most: Vec<f64>,
}

impl Share {
    fn none(lanes: usize) -> Self {
        Self {
            p: 0.0,
            sums: vec![0.0; lanes],
            products: vec![vec![0.0; lanes]; lanes],
            least: vec![f64::INFINITY; lanes],
            most: vec![f64::NEG_INFINITY; lanes],
        }
    }

    /// Adds the part `p` of another share, whose plays get these numbers on top.
    fn add(&mut self, other: &Self, p: f64, more: &[f64]) {
        self.p += p * other.p;
        for a in 0..more.len() {
            self.sums[a] += p * (other.sums[a] + other.p * more[a]);
            self.least[a] = self.least[a].min(other.least[a] + more[a]);
            self.most[a] = self.most[a].max(other.most[a] + more[a]);
            for b in 0..more.len() {
                let crossed = other.sums[a] * more[b] + other.sums[b] * more[a];
                self.products[a][b] += p * (other.products[a][b] + crossed + other.p * more[a] * more[b]);
            }
        }
    }
}

/// How an actor plays in a turn and state.
type Plays<'a> = &'a dyn Fn(usize, usize, &[usize]) -> Policy;

impl Oracle<'_> {
    /// The distribution of plays where actors play as the design says.
    pub(crate) fn exact(&self) -> Exact {
        self.exact_with(&|actor, turn, state| self.play(actor, turn, state))
    }

    /// The distribution of plays where actors play as `plays` says: actor, turn (from 1), state.
    pub(crate) fn exact_with(&self, plays: Plays<'_>) -> Exact {
        Forward::new(self).run(plays)
    }

    fn starts(&self) -> Vec<(State, f64)> {
        let probability = |state: &State| -> f64 {
            state.iter().enumerate().map(|(v, &level)| self.numbers.starts[v][level]).product()
        };
        self.states()
            .into_iter()
            .map(|state| (state.clone(), probability(&state)))
            .filter(|s| s.1 > 0.0)
            .collect()
    }
}

struct Forward<'o> {
    oracle: &'o Oracle<'o>,
    lanes: Vec<Lane>,
    /// For each defined measure, the lanes whose means are multiplied, and those that divide.
    ratios: Vec<(Vec<usize>, Vec<usize>)>,
    exact: Exact,
    /// Everything that is over.
    over: Share,
}

impl<'o> Forward<'o> {
    fn new(oracle: &'o Oracle<'o>) -> Self {
        let scenario = oracle.scenario;
        let mut lanes: Vec<Lane> = (0..scenario.actors.len()).map(Lane::Score).collect();
        let ratios = (0..scenario.measures.len()).map(|at| oracle.ratio(Measure::Defined(at)));
        let ratios =
            ratios.map(|(above, below)| (placed(&mut lanes, &above), placed(&mut lanes, &below))).collect();
        // Whether an `ever` has happened, worlds know in any case.
        let by_class: Vec<Vec<f64>> =
            scenario.classifications.iter().map(|class| vec![0.0; class.outcomes.len()]).collect();
        let by_level: Vec<Vec<f64>> =
            scenario.variables.iter().map(|variable| vec![0.0; variable.levels.len()]).collect();
        let unmoved =
            |seat: &demarche::scenario::Seat| Moves { open: 0.0, made: vec![0.0; seat.moves.len()] };
        Self {
            exact: Exact {
                joint: vec![0.0; by_class.iter().map(Vec::len).product()],
                outcomes: by_class,
                turns: vec![by_level; oracle.turns() + 1],
                moves: vec![scenario.seats.iter().map(unmoved).collect(); oracle.turns()],
                lengths: vec![0.0; oracle.turns() + 1],
                scores: Vec::new(),
                measures: Vec::new(),
            },
            over: Share::none(lanes.len()),
            oracle,
            lanes,
            ratios,
        }
    }

    fn run(mut self, plays: Plays<'_>) -> Exact {
        let oracle = self.oracle;
        let nothing = vec![0.0; self.lanes.len()];
        let mut first = Share::none(self.lanes.len());
        (first.p, first.least, first.most) = (1.0, nothing.clone(), nothing.clone());
        let mut now: BTreeMap<World, Share> = BTreeMap::new();
        for (state, p) in oracle.starts() {
            let world = (state, vec![false; oracle.scenario.measures.len()]);
            now.entry(world).or_insert_with(|| Share::none(nothing.len())).add(&first, p, &nothing);
        }
        for turn in 0..=oracle.turns() {
            let mut next = BTreeMap::new();
            for (world, share) in now {
                let last = turn == oracle.turns() || oracle.stops(&world.0);
                let stays = if last { turn..=oracle.turns() } else { turn..=turn };
                for turn in stays {
                    for (levels, &level) in self.exact.turns[turn].iter_mut().zip(&world.0) {
                        levels[level] += share.p;
                    }
                }
                if last {
                    self.end(turn, &world, &share);
                } else {
                    self.turn(turn + 1, &world, &share, plays, &mut next);
                }
            }
            now = next;
        }
        self.finish()
    }

    fn turn(
        &mut self,
        turn: usize,
        world: &World,
        share: &Share,
        plays: Plays<'_>,
        next: &mut BTreeMap<World, Share>,
    ) {
        let (state, happened) = world;
        let actors = 0..self.oracle.scenario.actors.len();
        let policies: Vec<Policy> = actors.map(|actor| plays(actor, turn, state)).collect();
        for (profile, p) in self.oracle.profiles(&policies.iter().collect::<Vec<_>>()) {
            for (moves, made) in self.exact.moves[turn - 1].iter_mut().zip(&profile) {
                if let Some(made) = made {
                    moves.open += p * share.p;
                    moves.made[*made] += p * share.p;
                }
            }
            let step = self.oracle.step(turn, state, &profile);
            let more = self.in_turn(turn, state, &profile, &step.pays);
            let holds = |(measure, known): (&demarche::scenario::DefinedMeasure, &bool)| {
                *known || (measure.ever && holds(&measure.when, turn, state, &profile))
            };
            let happened: Vec<bool> = self.oracle.scenario.measures.iter().zip(happened).map(holds).collect();
            for (after, q) in &step.next {
                let world = (after.clone(), happened.clone());
                let none = || Share::none(more.len());
                next.entry(world).or_insert_with(none).add(share, p * q, &more);
            }
        }
    }

    /// What a turn adds to every lane.
    fn in_turn(&self, turn: usize, state: &[usize], profile: &Profile, pays: &[f64]) -> Vec<f64> {
        let numbers = self.oracle.numbers;
        let add = |lane: &Lane| match *lane {
            Lane::Score(actor) => {
                libm::pow(numbers.actors[actor].discount, as_number(turn - 1)) * pays[actor]
            }
            Lane::Sum(at) => {
                let measure = &self.oracle.scenario.measures[at];
                let per = measure.per.map_or(1.0, |v| numbers.values[v.index()][state[v.index()]]);
                if holds(&measure.when, turn, state, profile) { per } else { 0.0 }
            }
            Lane::Made(seat, wanted) => truth(profile[seat.index()] == Some(wanted)),
            Lane::Open(seat) => truth(profile[seat.index()].is_some()),
            _ => 0.0,
        };
        self.lanes.iter().map(add).collect()
    }

    /// What the end adds to every lane.
    fn at_end(&self, turns: usize, world: &World) -> Vec<f64> {
        let (state, happened) = world;
        let numbers = self.oracle.numbers;
        let pays = self.oracle.outcome_pays(state);
        let add = |lane: &Lane| match *lane {
            Lane::Score(actor) => libm::pow(numbers.actors[actor].discount, as_number(turns)) * pays[actor],
            Lane::Ever(at) => truth(happened[at]),
            Lane::Outcome(class, outcome) => truth(self.oracle.outcome(class, state) == outcome),
            Lane::FinalLevel(v, level) => truth(state[v.index()] == level),
            Lane::FinalValue(v) => numbers.values[v.index()][state[v.index()]],
            Lane::Turns => as_number(turns),
            Lane::Sum(_) | Lane::Made(..) | Lane::Open(_) => 0.0,
        };
        self.lanes.iter().map(add).collect()
    }

    fn end(&mut self, turns: usize, world: &World, share: &Share) {
        self.exact.lengths[turns] += share.p;
        let mut joint = 0;
        for (class, outcome) in self.oracle.outcomes(&world.0).into_iter().enumerate() {
            joint = joint * self.exact.outcomes[class].len() + outcome;
            self.exact.outcomes[class][outcome] += share.p;
        }
        self.exact.joint[joint] += share.p;
        let more = self.at_end(turns, world);
        self.over.add(share, 1.0, &more);
    }

    fn finish(mut self) -> Exact {
        let score = |actor| self.mean(&[actor], &[]);
        self.exact.scores = (0..self.oracle.scenario.actors.len()).map(score).collect();
        self.exact.measures = self.ratios.iter().map(|(above, below)| self.mean(above, below)).collect();
        self.exact
    }

    /// The product of the means of some lanes over that of others, with its variance by the delta method.
    /// Behind the first, those above divide too: a divisor's divisor.
    fn mean(&self, above: &[usize], below: &[usize]) -> Mean {
        let mean = |&lane: &usize| self.over.sums[lane];
        let divisor =
            above.iter().skip(1).chain(below).map(|&l| self.certainty(l)).fold(f64::INFINITY, f64::min);
        if above.iter().skip(1).chain(below).any(|lane| mean(lane).abs() < 1e-12) {
            return Mean { value: None, variance: 0.0, farthest: 0.0, divisor };
        }
        let over = below.iter().map(mean).product::<f64>();
        let value = above.iter().map(mean).product::<f64>() / over;
        let mut slopes = vec![0.0; self.lanes.len()];
        for (at, &lane) in above.iter().enumerate() {
            let others = above.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, l)| mean(l));
            slopes[lane] += others.product::<f64>() / over;
        }
        for &lane in below {
            slopes[lane] -= value / mean(&lane);
        }
        let mut variance = 0.0;
        for (a, slope) in slopes.iter().enumerate() {
            for (b, other) in slopes.iter().enumerate() {
                variance +=
                    slope * other * (self.over.products[a][b] - self.over.sums[a] * self.over.sums[b]);
            }
        }
        let farthest = |lane: usize| slopes[lane].abs() * (self.over.most[lane] - self.over.least[lane]);
        Mean {
            value: Some(value),
            variance: variance.max(0.0),
            farthest: (0..slopes.len()).filter(|&lane| slopes[lane] != 0.0).map(farthest).sum(),
            divisor,
        }
    }

    /// How many of its standard deviations a lane's mean is from 0; infinite where it is the same in all
    /// plays, be it 0.
    fn certainty(&self, lane: usize) -> f64 {
        if self.over.most[lane] - self.over.least[lane] < 1e-12 {
            return f64::INFINITY;
        }
        let (mean, square) = (self.over.sums[lane], self.over.products[lane][lane]);
        mean.abs() / (square - mean * mean).max(1e-12).sqrt()
    }
}

impl Oracle<'_> {
    /// A measure as a product of means over a product of means. Behind the first, what is multiplied
    /// divides a divisor.
    fn ratio(&self, measure: Measure) -> (Vec<Lane>, Vec<Lane>) {
        let one = |lane| (vec![lane], Vec::new());
        match measure {
            Measure::Outcome(class, outcome) => one(Lane::Outcome(class, outcome)),
            Measure::FinalLevel(variable, level) => one(Lane::FinalLevel(variable, level)),
            Measure::FinalValue(variable) => one(Lane::FinalValue(variable)),
            Measure::Score(actor) => one(Lane::Score(actor.index())),
            Measure::Turns => one(Lane::Turns),
            Measure::Move(seat, made) => (vec![Lane::Made(seat, made)], vec![Lane::Open(seat)]),
            Measure::Defined(at) => {
                let measure = &self.scenario.measures[at];
                let own = if measure.ever { Lane::Ever(at) } else { Lane::Sum(at) };
                let (above, below) = measure.of.map_or_else(Default::default, |of| self.ratio(of));
                ([vec![own], below].concat(), above)
            }
        }
    }
}

/// Where lanes stand in the list, which they are added to.
fn placed(lanes: &mut Vec<Lane>, wanted: &[Lane]) -> Vec<usize> {
    let place = |lane: &Lane| {
        lanes.iter().position(|known| known == lane).unwrap_or_else(|| {
            lanes.push(*lane);
            lanes.len() - 1
        })
    };
    wanted.iter().map(place).collect()
}

fn truth(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

fn as_number(turns: usize) -> f64 {
    f64::from(u32::try_from(turns).expect("turns are few"))
}
