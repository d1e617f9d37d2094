//! The same scenario under every decision model: how much of an answer rests on how the actors play.

use serde::{Deserialize, Serialize};

use crate::scenario::{Actor, Choice, Horizon, Scenario};

/// A decision model for all actors alike, as assignments over a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionModel {
    /// A short name.
    pub name: String,
    /// What it makes of the actors.
    pub says: String,
    /// `PATH=VALUE`, for every actor that it changes.
    pub sets: Vec<String>,
    /// Whether actors look one turn ahead under it, whatever the scenario says.
    pub one_turn_ahead: bool,
}

/// The models under which actors look one turn ahead: by what they are, or because the rule of choice knows no other.
const ONE_TURN_AHEAD: [&str; 3] = ["this turn", "learned", "regret"];

/// The decision models that a scenario may be asked under, as it is written first.
#[must_use]
pub fn decision_models(scenario: &Scenario) -> Vec<DecisionModel> {
    let model = |name: &str, says: &str, change: &dyn Fn(&Actor) -> Vec<String>| {
        let assign = |actor: &Actor| {
            let id = actor.id.clone();
            change(actor).into_iter().map(move |change| format!("actors.{id}.{change}")).collect::<Vec<_>>()
        };
        DecisionModel {
            name: name.to_owned(),
            says: says.to_owned(),
            sets: scenario.actors.iter().flat_map(assign).collect(),
            one_turn_ahead: ONE_TURN_AHEAD.contains(&name),
        }
    };
    let always = |changes: &'static [&'static str]| {
        move |_: &Actor| changes.iter().map(|&change| change.to_owned()).collect::<Vec<_>>()
    };
    let noise = |factor: &'static str| {
        move |actor: &Actor| match &actor.choice {
            Choice::Logit(precision) => {
                vec![format!("choice={{ logit = \"{factor} * ({})\" }}", precision.text)]
            }
            _ => Vec::new(),
        }
    };
    vec![
        model("as written", "every actor as the scenario has it", &always(&[])),
        model("random", "every actor chooses uniformly", &always(&["choice=\"uniform\""])),
        model("noisier", "half the precision of choice", &noise("0.5")),
        model("sharper", "twice the precision of choice", &noise("2")),
        model("best", "nobody errs", &always(&["choice=\"best\""])),
        model("this turn", "nobody looks beyond the turn", &always(&["horizon=1", "beyond=\"nothing\""])),
        model("further", "everybody looks a turn further", &|actor| match actor.horizon {
            Horizon::Turns(turns) => vec![format!("horizon={}", turns + 1)],
            Horizon::End => Vec::new(),
        }),
        model("level 1", "the others are taken to play naively", &always(&["beliefs={ level = 1 }"])),
        model("level 2", "the others are taken to reason at level 1", &always(&["beliefs={ level = 2 }"])),
        model("level 3", "the others are taken to reason at level 2", &always(&["beliefs={ level = 3 }"])),
        model(
            "hierarchy",
            "levels as in a cognitive hierarchy, 1.5 on average",
            &always(&["beliefs={ poisson = 1.5 }"]),
        ),
        model("equilibrium", "everybody knows how the others play", &always(&["beliefs=\"equilibrium\""])),
        model(
            "learned",
            "everybody expects what the others did so far; look-ahead 1",
            &always(&["beliefs=\"learned\"", "horizon=1"]),
        ),
        model(
            "regret",
            "everybody does more of what would have paid",
            &always(&["choice=\"regret_matching\""]),
        ),
    ]
}
