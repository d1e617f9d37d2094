//! Plays of actors that remember them, gone through again by hand: the probabilities with which a play was
//! played are those that the rules give for what had happened in it.

use std::collections::BTreeMap;

use demarche::game::{Blueprint, SeatStatus};
use demarche::math::exp;
use demarche::scenario::{Document, Learning, Levels, MoveId, Numbers};
use demarche::study::{PlayRecord, Settings, TurnOfPlay, Unwatched, run, story};

use crate::learning::scenario;
use crate::support::prepared;

/// Three actors in three issues, of which one closes and one is scripted for some; moves come and go with the
/// state; terms hold for several reasons, or times a value; two of them weigh in what others get.
pub(crate) const MEETING: &str = r#"
format = 1
turns  = 9

[variables.mood]
levels = ["sour", "mild", "sweet"]
values = [-1, 0.5, 2]
start  = { sour = 1, mild = 2 }

[variables.hall]
levels = ["open", "shut"]

[actors.ann]
CHOICE
tremble = 0.15
regard  = { bob = 0.4 }
[actors.bob]
choice  = { logit = 0.8 }
beliefs = "learned"
regard  = { eve = -0.3 }
[actors.eve]
choice  = { logit = 0.5 }
beliefs = { level = 2 }

[issues.talks]
when = { hall = "open" }
[issues.talks.moves]
ann = ["offer", { move = "press", when = { mood = "!sour" } }, "wait"]
bob = ["accept", "refuse"]
eve = ["watch", "meddle"]

[issues.gifts.moves]
ann = ["give", "keep"]
bob = ["thank", { move = "ask", when = [{ mood = "sour" }, { turn = ">=4" }] }, "frown"]

[issues.walks.moves]
ann = ["park", "shore", "hill"]
eve = ["park", "shore"]

[script]
"ann.gifts" = { give = 0.6, keep = 0.4 }
"bob.talks" = "!refuse"
"eve.walks" = { park = 0.7, shore = 0.3 }

[issues.talks.payoffs.deal]
when = { ann = "offer", bob = "accept" }
pays = { ann = 1, bob = 0.5, eve = -1 }
[issues.talks.payoffs.noise]
when = [{ eve = "meddle" }, { ann = "press", bob = "refuse" }, { ann = "press", eve = "watch" }]
pays = { ann = -0.7, bob = -0.2, eve = 0.6 }
[issues.gifts.payoffs.thanks]
when = [{ ann = "give", bob = "thank" }, { "ann.walks" = "shore", bob = "ask" }]
per  = "mood"
pays = { ann = 0.6, bob = 0.9 }
[issues.walks.payoffs.company]
when = [{ ann = "park", eve = "park" }, { ann = "shore", eve = "shore" }]
pays = { ann = 0.8, eve = 0.4 }
[payoffs.views]
when = { "ann.walks" = "hill", "bob.gifts" = "!frown" }
pays = { ann = 0.5, bob = 0.3 }

[issues.talks.effects.leaves]
when   = { eve = "meddle" }
chance = 0.3
set    = { hall = "shut" }
[issues.walks.effects.cheers]
when   = { ann = ["park", "hill"] }
chance = 0.5
shift  = { mood = 1 }
[events.calls]
when   = { hall = "shut" }
chance = 0.5
set    = { hall = "open", mood = "sour" }

[outcomes.end.over]
"#;

/// Moves in all seats of the scenario; `None` where there is none.
type Moves = Vec<Option<usize>>;

struct Again<'d> {
    document: &'d Document,
    blueprint: Blueprint,
    numbers: Numbers,
    /// How often each actor chose what, in its seats where nothing was drawn.
    seen: BTreeMap<(usize, Moves), f64>,
    scores: BTreeMap<Moves, f64>,
    weight: f64,
}

impl Again<'_> {
    fn statuses(&self, turn: &TurnOfPlay, number: usize) -> Vec<SeatStatus> {
        self.blueprint
            .seats
            .iter()
            .map(|seat| SeatStatus::of(seat, &Levels::from_numbers(&turn.before), number))
            .collect()
    }

    fn actor_of(&self, seat: usize) -> usize {
        self.document.scenario.seats[seat].actor.index()
    }

    /// All that an actor can do and the script can draw for it: moves, what it chose of them, and the
    /// probability of what is drawn.
    fn options(&self, actor: usize, statuses: &[SeatStatus]) -> Vec<(Moves, Moves, f64)> {
        let nothing = vec![None; statuses.len()];
        let mut options = vec![(nothing.clone(), nothing, 1.0)];
        for (seat, status) in statuses.iter().enumerate() {
            if self.actor_of(seat) != actor {
                continue;
            }
            let (moves, drawn) = match status {
                SeatStatus::Closed => continue,
                SeatStatus::Free(moves) => (moves, false),
                SeatStatus::Drawn(moves) => (moves, true),
            };
            let weights = &self.numbers.script[seat];
            let all: f64 = if drawn { moves.iter().map(|made| weights[made.index()]).sum() } else { 1.0 };
            let with = |(made, chosen, p): &(Moves, Moves, f64), one: usize| {
                let (mut made, mut chosen) = (made.clone(), chosen.clone());
                made[seat] = Some(one);
                if drawn {
                    (made, chosen, p * weights[one] / all)
                } else {
                    chosen[seat] = Some(one);
                    (made, chosen, *p)
                }
            };
            options = options
                .iter()
                .flat_map(|option| moves.iter().map(move |one| with(option, one.index())))
                .collect();
        }
        options
    }

    fn choices(options: &[(Moves, Moves, f64)]) -> Vec<Moves> {
        let mut choices: Vec<Moves> = options.iter().map(|option| option.1.clone()).collect();
        choices.sort();
        choices.dedup();
        choices
    }

    /// What a turn pays an actor, others' payoffs weighed in.
    fn pay(&self, actor: usize, levels: &[usize], made: &Moves, number: usize) -> f64 {
        let mut sum = 0.0;
        let levels = &Levels::from_numbers(levels);
        let made = made.iter().map(|made| made.map(MoveId::new)).collect();
        for (term, plan) in self.blueprint.terms.iter().enumerate() {
            if plan.holds_after(levels, &made, number) {
                let per = plan.per.map_or(1.0, |v| self.numbers.value(v, levels[v]));
                for (other, pay) in self.numbers.pays[term].iter().enumerate() {
                    let regard = if other == actor { 1.0 } else { self.numbers.actors[actor].regard[other] };
                    sum += regard * pay * per;
                }
            }
        }
        sum
    }

    /// The probability of each of Bob's choices, who expects of the others what they did.
    fn by_beliefs(&self, bob: usize, turn: &TurnOfPlay, number: usize) -> Vec<(Moves, f64)> {
        let statuses = self.statuses(turn, number);
        let mut profiles = vec![(vec![None; statuses.len()], 1.0)];
        for other in (0..self.blueprint.actors.len()).filter(|&other| other != bob) {
            let options = self.options(other, &statuses);
            let count =
                |choice: &Moves| self.seen.get(&(other, choice.clone())).copied().unwrap_or(0.0) + 1.0;
            let all: f64 = Self::choices(&options).iter().map(count).sum();
            profiles = profiles
                .iter()
                .flat_map(|(made, p)| {
                    options.iter().map(move |(more, chosen, drawn)| {
                        (together(made, more), p * drawn * count(chosen) / all)
                    })
                })
                .collect();
        }
        let options = self.options(bob, &statuses);
        let weight = |choice: Moves| {
            let own = options.iter().filter(|(_, chosen, _)| *chosen == choice);
            let value: f64 = own
                .flat_map(|(made, _, drawn)| {
                    profiles.iter().map(move |(others, p)| {
                        drawn * p * self.pay(bob, &turn.before, &together(others, made), number)
                    })
                })
                .sum();
            (choice, exp(self.numbers.actors[bob].logit * value))
        };
        scaled(Self::choices(&options).into_iter().map(weight).collect())
    }

    /// The probability of each of Ann's choices, who has a learning rule.
    fn by_rule(
        &self,
        ann: usize,
        rule: &Learning<f64>,
        turn: &TurnOfPlay,
        number: usize,
    ) -> Vec<(Moves, f64)> {
        let weight = |choice: Moves| {
            let score = self.score(rule, &choice);
            let weight = match rule {
                Learning::Ewa { logit, .. } => exp(logit * score),
                _ => score.max(0.0),
            };
            (choice, weight)
        };
        let options = self.options(ann, &self.statuses(turn, number));
        scaled(Self::choices(&options).into_iter().map(weight).collect())
    }

    fn score(&self, rule: &Learning<f64>, choice: &Moves) -> f64 {
        let first = if let Learning::Reinforcement { strength, .. } = rule { *strength } else { 0.0 };
        self.scores.get(choice).copied().unwrap_or(first)
    }

    fn learn(&mut self, ann: usize, rule: &Learning<f64>, turn: &TurnOfPlay, number: usize) {
        let statuses = self.statuses(turn, number);
        let mut made = vec![None; statuses.len()];
        for choice in &turn.choices {
            made[choice.seat] = Some(choice.made);
        }
        for actor in 0..self.blueprint.actors.len() {
            *self.seen.entry((actor, self.chosen(actor, &made, &statuses))).or_insert(0.0) += 1.0;
        }
        let played = self.chosen(ann, &made, &statuses);
        let choices = Self::choices(&self.options(ann, &statuses));
        let had_been = |choice: &Moves| {
            let mut instead = made.clone();
            for (seat, one) in choice.iter().enumerate().filter(|(_, one)| one.is_some()) {
                instead[seat] = *one;
            }
            self.pay(ann, &turn.before, &instead, number)
        };
        let pays: Vec<f64> = choices.iter().map(had_been).collect();
        let won = self.pay(ann, &turn.before, &made, number);
        let before = self.weight;
        if let Learning::Ewa { phi, kappa, .. } = rule {
            self.weight = phi * (1.0 - kappa) * before + 1.0;
        }
        for (choice, pay) in choices.into_iter().zip(pays) {
            let score = self.score(rule, &choice);
            let is_it = choice == played;
            let new = match rule {
                Learning::Ewa { phi, delta, .. } => {
                    (phi * before * score + if is_it { pay } else { delta * pay }) / self.weight
                }
                Learning::RegretMatching => score + pay - won,
                Learning::Reinforcement { phi, floor, .. } => {
                    (1.0 - phi) * score + if is_it { (won - floor).max(0.0) } else { 0.0 }
                }
            };
            self.scores.insert(choice, new);
        }
    }

    fn chosen(&self, actor: usize, made: &Moves, statuses: &[SeatStatus]) -> Moves {
        let own = |(seat, made): (usize, &Option<usize>)| {
            let free = matches!(statuses[seat], SeatStatus::Free(_));
            made.filter(|_| free && self.actor_of(seat) == actor)
        };
        made.iter().enumerate().map(own).collect()
    }

    /// The told probabilities of an actor's moves are those of its choices, trembling and drawn by the script.
    #[track_caller]
    fn compare(&self, actor: usize, choices: &[(Moves, f64)], turn: &TurnOfPlay, number: usize) {
        let tremble = self.numbers.actors[actor].tremble;
        let statuses = self.statuses(turn, number);
        #[expect(clippy::cast_precision_loss, reason = "a handful of choices")]
        let alike = 1.0 / choices.len() as f64;
        for told in turn.choices.iter().filter(|told| self.actor_of(told.seat) == actor) {
            let mut expected = vec![0.0; told.probabilities.len()];
            for (made, chosen, drawn) in self.options(actor, &statuses) {
                let p = choices.iter().find(|(choice, _)| *choice == chosen).expect("it is there").1;
                expected[made[told.seat].expect("open")] += drawn * ((1.0 - tremble) * p + tremble * alike);
            }
            for (told, expected) in told.probabilities.iter().zip(&expected) {
                assert!(
                    (told - expected).abs() < 1e-9,
                    "turn {number}, actor {actor}: {expected}, told {told}"
                );
            }
        }
        assert_eq!(self.document.scenario.seats.len(), statuses.len());
    }
}

fn together(some: &Moves, others: &Moves) -> Moves {
    some.iter().zip(others).map(|(one, other)| one.or(*other)).collect()
}

/// Scaled to sum to one; all alike where all are zero.
fn scaled(mut weights: Vec<(Moves, f64)>) -> Vec<(Moves, f64)> {
    let all: f64 = weights.iter().map(|(_, weight)| weight).sum();
    #[expect(clippy::cast_precision_loss, reason = "a handful of choices")]
    let alike = 1.0 / weights.len() as f64;
    for (_, weight) in &mut weights {
        *weight = if all > 0.0 { *weight / all } else { alike };
    }
    weights
}

#[track_caller]
fn check(choice: &str) {
    let document = scenario(&MEETING.replace("CHOICE", choice));
    let numbers = document.scenario.numbers(&document.scenario.central()).expect("in range");
    let rule = numbers.actors[0].learning.expect("Ann has a rule");
    let settings = Settings { seed: 5, replications: 60, draws: None, history: None };
    let mut last = Vec::new();
    for replication in 0..60 {
        let told = story(&prepared(&document), &settings, replication, &Unwatched).expect("it can be told");
        let mut again = Again {
            document: &document,
            blueprint: Blueprint::new(&document.scenario),
            numbers: numbers.clone(),
            seen: BTreeMap::new(),
            scores: BTreeMap::new(),
            weight: 1.0,
        };
        for (number, turn) in told.turns.iter().enumerate() {
            let (ann, bob) = (again.by_rule(0, &rule, turn, number), again.by_beliefs(1, turn, number));
            again.compare(0, &ann, turn, number);
            again.compare(1, &bob, turn, number);
            again.learn(0, &rule, turn, number);
        }
        last.push(told.end.clone());
    }
    last.sort();
    last.dedup();
    assert!(last.len() > 2, "plays go different ways, or little is shown: {last:?}");
}

#[test]
fn experience_weighted_attraction() {
    check("choice = { ewa = { logit = 1.5, phi = 0.9, delta = 0.4, kappa = 0.3 } }");
}

#[test]
fn regret_matching() {
    check("choice = \"regret_matching\"");
}

#[test]
fn reinforcement() {
    check("choice = { reinforcement = { phi = 0.1, strength = 0.7, floor = -0.5 } }");
}

#[test]
fn a_play_alone_is_the_play_in_a_run() {
    let document = scenario(&MEETING.replace("CHOICE", "choice = \"regret_matching\""));
    let settings = Settings { seed: 5, replications: 2_000, draws: None, history: None };
    let mut records: Vec<PlayRecord> = Vec::new();
    let mut keep = |new: &[PlayRecord]| records.extend_from_slice(new);
    run(&document, &settings, &Unwatched, Some(&mut keep)).expect("it can be played");
    for replication in [0, 7, 8, 1_023, 1_024, 1_999] {
        let told = story(&prepared(&document), &settings, replication, &Unwatched).expect("it can be told");
        let record = &records[usize::try_from(replication).expect("small")];
        assert_eq!((&record.lanes[..3], &record.levels), (&told.scores[..], &told.end), "{replication}");
    }
}
