//! How an actor decides, in words.

use crate::scenario::{Actor, Amount, Beliefs, Beyond, Choice, Horizon, Learning, Scenario};

/// How the actor decides, in words.
pub(super) fn mind(scenario: &Scenario, actor: &Actor) -> String {
    let rule = match &actor.choice {
        Choice::Uniform => "chooses blindly".to_owned(),
        Choice::Best => "takes what is best".to_owned(),
        Choice::Logit(precision) => format!("prefers what is better (logit {})", precision.text),
        Choice::Learning(rule) => learning(rule),
    };
    let by_rule = matches!(actor.choice, Choice::Learning(_));
    let mut words = vec![rule];
    if actor.tremble.text != "0" {
        words.push(format!("trembles ({})", actor.tremble.text));
    }
    words.extend((!by_rule).then(|| look_ahead(scenario, actor)));
    if !by_rule && actor.beyond == Beyond::StatusQuo && actor.horizon != Horizon::End {
        words.push("takes the world to stay as it is from then on".to_owned());
    }
    words.extend((!by_rule).then(|| beliefs(&actor.beliefs)));
    if !actor.regard.is_empty() {
        let regard = actor.regard.iter();
        let regard =
            regard.map(|(other, weight)| format!("{}: {}", scenario.actors[other.index()].name, weight.text));
        words.push(format!("weighs in what others get ({})", regard.collect::<Vec<_>>().join(", ")));
    }
    words.join(", ")
}

fn look_ahead(scenario: &Scenario, actor: &Actor) -> String {
    match actor.horizon {
        _ if actor.learns() => format!("looks at this {} only", scenario.turn),
        Horizon::Turns(1) => format!("looks at this {} only", scenario.turn),
        Horizon::Turns(n) => format!("looks {n} {}s ahead", scenario.turn),
        Horizon::End => "looks to the end".to_owned(),
    }
}

fn beliefs(beliefs: &Beliefs) -> String {
    match beliefs {
        Beliefs::Level(0) => "plays naively (level 0)".to_owned(),
        Beliefs::Level(1) => "takes the others to play naively (level 1)".to_owned(),
        Beliefs::Level(level) => format!("takes the others to reason at level {} (level {level})", level - 1),
        Beliefs::Poisson(tau, None) => {
            format!("reasons at a level drawn from a population (poisson {})", tau.text)
        }
        Beliefs::Poisson(tau, Some(level)) => {
            format!("takes the others to be a population below its level {level} (poisson {})", tau.text)
        }
        Beliefs::Equilibrium => "takes the others to choose as they do (equilibrium)".to_owned(),
        Beliefs::Learned => "takes the others to go on as they did in the play so far (learned)".to_owned(),
    }
}

/// A learning rule, in words.
fn learning(rule: &Learning<Amount>) -> String {
    match rule {
        Learning::Ewa { logit, phi, delta, kappa } => {
            let numbers = [("logit", logit), ("phi", phi), ("delta", delta), ("kappa", kappa)];
            let numbers = numbers.map(|(name, amount)| format!("{name} {}", amount.text));
            format!("learns from what it got and could have got (ewa: {})", numbers.join(", "))
        }
        Learning::RegretMatching => "learns from what it regrets (regret_matching)".to_owned(),
        Learning::Reinforcement { phi, strength, floor } => {
            let numbers = [("phi", phi), ("strength", strength), ("floor", floor)];
            let numbers = numbers.map(|(name, amount)| format!("{name} {}", amount.text));
            format!("learns from what it got (reinforcement: {})", numbers.join(", "))
        }
    }
}
