//! The benchmark's yardstick plays the scenario that it claims to play, and its crowds grow as they claim to.
//!
//! The yardstick's hand-copied numbers are held to the scenario's text, read here in the most naive way, and its first turn
//! to the exact answers: a kernel that is fast and wrong would measure nothing.

#[path = "../benches/crowd.rs"]
mod crowd;
#[path = "../benches/yardstick/mod.rs"]
mod yardstick;

use serde_json::Value as Json;
use toml::{Table, Value};
use yardstick::policies::{Model, Policy, Stage, profiles};
use yardstick::quartet::{
    ACTIONS, ACTORS, ALL_ACTIONS, EFFECT, FIRST, LOGIT, State, TREMBLE, number, outcome_pay, outcomes,
    starts, states, weighted,
};
use yardstick::sampler::{Kernel, Tallies};

const NAMES: [&str; ACTORS] = ["amber", "bering", "cobalt", "delta"];
const PLAYS: u32 = 200_000;

// ---- the first turn, against the exact answers ----

#[test]
fn the_last_turns_policies_are_exact() {
    let policies = Model::new().policies(Stage::Last);
    let text = Text::read();
    for row in golden()["moves"].as_array().unwrap() {
        let expected = row["probability"].as_f64().unwrap();
        let found = text.move_probability(&mean_over_starts(&policies), row);
        assert!((found - expected).abs() < 1e-13, "{row}: {found}");
    }
}

#[test]
fn the_sampled_opening_agrees_with_the_exact_one() {
    let tallies = Kernel::new(1).tallies(1, 0..u64::from(PLAYS));
    let (golden, text) = (golden(), Text::read());
    for row in golden["moves"].as_array().unwrap() {
        let shares = tallies.moves[0].map(share);
        check_share(text.move_probability(&shares, row), row);
    }
    for row in golden["turns"].as_array().unwrap() {
        let turn = usize::try_from(row["turn"].as_u64().unwrap()).unwrap();
        let (variable, level) = text.level(row["variable"].as_str().unwrap(), row["level"].as_str().unwrap());
        check_share(share(tallies.turns[turn][variable][level]), row);
    }
    for row in golden["outcomes"].as_array().unwrap() {
        let (class, outcome) =
            text.outcome(row["classification"].as_str().unwrap(), row["outcome"].as_str().unwrap());
        check_share(share(tallies.outcomes[class][outcome]), row);
    }
    for (actor, name) in NAMES.into_iter().enumerate() {
        check_score(&tallies, actor, golden["scores"][name].as_f64().unwrap());
    }
}

#[test]
fn counting_less_changes_no_play() {
    let kernel = Kernel::new(12);
    let tallies = kernel.tallies(7, 500..3_000);
    assert_eq!(kernel.outcomes(7, 500..3_000), tallies.outcomes);
    assert_ne!(kernel.outcomes(8, 500..3_000), tallies.outcomes, "another seed, another run");
    assert_eq!(tallies.lengths[12], 2_500);
    for (turn, moves) in tallies.moves.iter().enumerate() {
        assert_eq!(moves.iter().sum::<u64>(), 4 * 2_500, "turn {turn}: everybody moves");
    }
}

#[test]
fn eleven_turns_of_twelve_are_played_for_themselves() {
    let tallies = Kernel::new(12).tallies(3, 0..u64::from(PLAYS));
    let early = mean_over_starts(&Model::new().policies(Stage::Early));
    for (action, &expected) in early.iter().enumerate() {
        let found = share(tallies.moves[0][action]);
        assert!((found - expected).abs() < tolerance(expected), "action {action}: {found}, not {expected}");
    }
}

#[track_caller]
fn check_share(found: f64, row: &Json) {
    let expected = row["probability"].as_f64().unwrap();
    assert!((found - expected).abs() <= tolerance(expected), "{row}: {found}");
}

#[track_caller]
fn check_score(tallies: &Tallies, actor: usize, expected: f64) {
    let plays = f64::from(PLAYS);
    let mean = tallies.scores[actor] / plays;
    let variance = tallies.squares[actor] / plays - mean * mean;
    assert!(variance > 0.0);
    assert!(
        (mean - expected).abs() < 5.0 * (variance / plays).sqrt(),
        "{}: {mean}, not {expected}",
        NAMES[actor]
    );
}

/// Five standard errors; nothing where nothing may happen.
fn tolerance(probability: f64) -> f64 {
    5.0 * (probability * (1.0 - probability) / f64::from(PLAYS)).sqrt()
}

fn share(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap()) / f64::from(PLAYS)
}

fn mean_over_starts(policies: &[Policy]) -> Policy {
    let mut mean = [0.0; ALL_ACTIONS];
    for (state, probability) in starts() {
        for (mean, action) in mean.iter_mut().zip(policies[number(state)]) {
            *mean += probability * action;
        }
    }
    mean
}

fn golden() -> Json {
    serde_json::from_str(include_str!("golden/quartet-opening.json")).unwrap()
}

// ---- every number, against the scenario's text ----

/// Enough states to meet every condition both ways; a test of all would take minutes.
fn some_states() -> impl Iterator<Item = State> {
    states().into_iter().step_by(29)
}

#[test]
fn the_early_policies_are_the_texts() {
    let (text, policies) = (Text::read(), Model::new().policies(Stage::Early));
    for state in some_states() {
        let naive = std::array::from_fn(|action| 1.0 / f64::from(actions_beside(action)));
        let pays: Vec<_> =
            profiles().map(|profile| (profile, weighted(text.pays(state, &profile)))).collect();
        let expected = respond(&pays, &respond(&pays, &naive));
        for (action, (found, expected)) in policies[number(state)].iter().zip(expected).enumerate() {
            assert!((found - expected).abs() < 1e-13, "{state:?}, action {action}: {found}, not {expected}");
        }
    }
}

#[test]
fn the_effects_are_the_texts() {
    let text = Text::read();
    let effects = text.all("effects", "events");
    assert_eq!(effects.len(), EFFECT.len());
    for ((issue, table), effect) in effects.iter().zip(&EFFECT) {
        assert!((text.amount(&table["chance"]) - effect.chance).abs() < 1e-15, "{table}");
        for state in some_states() {
            assert_eq!(effect.apply(state), text.changed(table, state), "{table} at {state:?}");
            for profile in profiles().step_by(7) {
                let found = effect.when.iter().any(|when| when.holds(state, &profile));
                assert_eq!(
                    found,
                    text.holds(table, issue, state, &profile),
                    "{table} at {state:?} {profile:?}"
                );
            }
        }
    }
}

#[test]
fn the_outcomes_are_the_texts() {
    let text = Text::read();
    for state in states() {
        let found = outcomes(state);
        let mut pay = [0.0; ACTORS];
        for (class, name) in ["war", "commerce"].into_iter().enumerate() {
            let list: Vec<&Value> = text.root["outcomes"][name].as_table().unwrap().values().collect();
            let first = list.iter().position(|outcome| text.holds(outcome, "", state, &[0; ACTORS])).unwrap();
            assert_eq!(found[class], first, "{name} at {state:?}");
            for (sum, amount) in pay.iter_mut().zip(text.amounts(list[first])) {
                *sum += amount;
            }
        }
        for (found, expected) in outcome_pay(state).into_iter().zip(pay) {
            assert!((found - expected).abs() < 1e-15, "{state:?}");
        }
    }
}

#[test]
fn twice_the_crowd_has_twice_the_terms_and_everybody_the_same() {
    for actors in [4, 8] {
        let text: Table = crowd::crowd(actors).parse().unwrap();
        assert_eq!(text["actors"].as_table().unwrap().len(), actors);
        let terms =
            [&text["issues"]["dispute"]["payoffs"], &text["payoffs"]].map(|terms| terms.as_table().unwrap());
        assert_eq!(terms.iter().map(|terms| terms.len()).sum::<usize>(), 9 * actors);
        for actor in (0..actors).map(|actor| format!("a{actor}")) {
            let paid = terms
                .iter()
                .flat_map(|terms| terms.values())
                .filter(|term| term["pays"].get(&actor).is_some());
            assert_eq!(paid.count(), 18, "{actor} of {actors}");
        }
    }
}

/// Everybody's logit answer to `believed`, by going through all profiles.
fn respond(pays: &[([usize; ACTORS], [f64; ACTORS])], believed: &Policy) -> Policy {
    let mut values = [0.0; ALL_ACTIONS];
    for (profile, pay) in pays {
        for actor in 0..ACTORS {
            let others = (0..ACTORS).filter(|&other| other != actor);
            let chance: f64 = others.map(|other| believed[FIRST[other] + profile[other]]).product();
            values[FIRST[actor] + profile[actor]] += chance * pay[actor];
        }
    }
    std::array::from_fn(|action| {
        let actor = (0..ACTORS).rfind(|&actor| FIRST[actor] <= action).unwrap();
        let weight = |action: usize| libm::exp(LOGIT[actor] * values[action]);
        let total: f64 = (FIRST[actor]..FIRST[actor] + ACTIONS[actor]).map(weight).sum();
        (1.0 - TREMBLE[actor]) * weight(action) / total + TREMBLE[actor] / f64::from(actions_beside(action))
    })
}

fn actions_beside(action: usize) -> u8 {
    if (FIRST[1]..FIRST[2]).contains(&action) { 4 } else { 6 }
}

/// The scenario's text as a TOML table, and questions to it.
struct Text {
    root: Table,
}

impl Text {
    fn read() -> Self {
        Self { root: include_str!("golden/quartet.toml").parse().unwrap() }
    }

    /// The tables of a kind with the issue they stand in: the issues' first, then those outside.
    fn all(&self, inside: &str, outside: &str) -> Vec<(String, Value)> {
        let issues = self.root["issues"].as_table().unwrap();
        let inside = issues.iter().flat_map(|(issue, table)| {
            table[inside].as_table().unwrap().values().map(|table| (issue.clone(), table.clone()))
        });
        let outside =
            self.root[outside].as_table().unwrap().values().map(|table| (String::new(), table.clone()));
        inside.chain(outside).collect()
    }

    fn pays(&self, state: State, profile: &[usize; ACTORS]) -> [f64; ACTORS] {
        let mut sum = [0.0; ACTORS];
        for (issue, term) in self.all("payoffs", "payoffs") {
            if self.holds(&term, &issue, state, profile) {
                let scale = term.get("per").map_or(1.0, |per| self.value(per.as_str().unwrap(), state));
                for (sum, amount) in sum.iter_mut().zip(self.amounts(&term)) {
                    *sum += scale * amount;
                }
            }
        }
        sum
    }

    fn holds(&self, table: &Value, issue: &str, state: State, profile: &[usize; ACTORS]) -> bool {
        match table.get("when") {
            None => true,
            Some(Value::Array(any)) => any.iter().any(|all| self.all_hold(all, issue, state, profile)),
            Some(all) => self.all_hold(all, issue, state, profile),
        }
    }

    fn all_hold(&self, when: &Value, issue: &str, state: State, profile: &[usize; ACTORS]) -> bool {
        when.as_table().unwrap().iter().all(|(key, wanted)| {
            if let Some(variable) = self.root["variables"].get(key) {
                let level = state[self.position("variables", key)];
                return matches(&strings(&variable["levels"]), usize::from(level), wanted);
            }
            let (actor, issue) = key.split_once('.').unwrap_or((key, issue));
            let (moves, made) = self.made(actor, issue, profile);
            matches(&moves, made, wanted)
        })
    }

    /// An actor's moves in an issue, and which of them its action holds.
    fn made(&self, actor: &str, issue: &str, profile: &[usize; ACTORS]) -> (Vec<String>, usize) {
        let action = profile[self.position("actors", actor)];
        let moves =
            |issue: &str| self.root["issues"][issue]["moves"].get(actor).map(strings).unwrap_or_default();
        let trade = moves("trade").len().max(1);
        (moves(issue), if issue == "trade" { action % trade } else { action / trade })
    }

    fn changed(&self, effect: &Value, mut state: State) -> State {
        for (kind, change) in ["set", "shift"].iter().filter_map(|kind| Some((kind, effect.get(kind)?))) {
            for (variable, to) in change.as_table().unwrap() {
                let index = self.position("variables", variable);
                let levels = strings(&self.root["variables"][variable]["levels"]);
                let level = match (*kind, to) {
                    ("set", level) => levels.iter().position(|name| name == level.as_str().unwrap()).unwrap(),
                    (_, by) => usize::from(state[index])
                        .saturating_add_signed(isize::try_from(by.as_integer().unwrap()).unwrap())
                        .min(levels.len() - 1),
                };
                state[index] = u8::try_from(level).unwrap();
            }
        }
        state
    }

    fn value(&self, variable: &str, state: State) -> f64 {
        let level = state[self.position("variables", variable)];
        let values = self.root["variables"][variable].get("values");
        values.map_or(f64::from(level), |values| self.amount(&values[usize::from(level)]))
    }

    fn amounts(&self, table: &Value) -> [f64; ACTORS] {
        NAMES.map(|actor| {
            table.get("pays").and_then(|pays| pays.get(actor)).map_or(0.0, |pay| self.amount(pay))
        })
    }

    /// A number, or a sum of numbers and parameters.
    fn amount(&self, value: &Value) -> f64 {
        let summand =
            |name: &str| name.parse().unwrap_or_else(|_| self.amount(&self.root["parameters"][name]));
        match value {
            Value::String(sum) => sum.split(" + ").map(summand).sum(),
            number => number.to_string().parse().unwrap(),
        }
    }

    fn position(&self, kind: &str, key: &str) -> usize {
        self.root[kind].as_table().unwrap().keys().position(|name| name == key).unwrap()
    }

    fn level(&self, variable: &str, level: &str) -> (usize, usize) {
        let levels = strings(&self.root["variables"][variable]["levels"]);
        (self.position("variables", variable), levels.iter().position(|name| name == level).unwrap())
    }

    fn outcome(&self, class: &str, outcome: &str) -> (usize, usize) {
        let names = self.root["outcomes"][class].as_table().unwrap();
        (self.position("outcomes", class), names.keys().position(|name| name == outcome).unwrap())
    }

    /// What a row of moves asks of probabilities of actions: the sum over the actions with its move.
    fn move_probability(&self, actions: &Policy, row: &Json) -> f64 {
        let [actor, issue, wanted] = ["actor", "issue", "move"].map(|key| row[key].as_str().unwrap());
        let index = self.position("actors", actor);
        (0..ACTIONS[index])
            .filter(|&action| {
                let (moves, made) = self.made(actor, issue, &[action; ACTORS]);
                moves[made] == wanted
            })
            .map(|action| actions[FIRST[index] + action])
            .sum()
    }
}

/// Whether the name at `index` is what a condition wants: `"x"`, `"!x"`, `">=x"`, `"<x"` or a list.
fn matches(names: &[String], index: usize, wanted: &Value) -> bool {
    let Value::String(wanted) = wanted else {
        return strings(wanted).contains(&names[index]);
    };
    let at = |name: &str| names.iter().position(|other| other == name).unwrap();
    match wanted.split_at(wanted.find(char::is_alphabetic).unwrap()) {
        ("", name) => index == at(name),
        ("!", name) => index != at(name),
        (">=", name) => index >= at(name),
        ("<", name) => index < at(name),
        (other, _) => unreachable!("quartet has no {other}"),
    }
}

fn strings(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}
