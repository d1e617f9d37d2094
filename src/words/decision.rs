//! How an actor decides, in words.

use crate::ask::{About, BeliefRule, ChoiceRule, DecisionRule};
use crate::scenario::Learning;

/// How an actor decides, in words.
pub(super) fn decision(about: &About, rule: &DecisionRule) -> String {
    let by_rule = matches!(rule.choice, ChoiceRule::Learning(_));
    let mut words = vec![match &rule.choice {
        ChoiceRule::Uniform => "chooses blindly".to_owned(),
        ChoiceRule::Best => "takes what is best".to_owned(),
        ChoiceRule::Logit(precision) => format!("prefers what is better (logit {precision})"),
        ChoiceRule::Learning(rule) => learning(rule),
    }];
    if rule.tremble != "0" {
        words.push(format!("trembles ({})", rule.tremble));
    }
    words.extend((!by_rule).then(|| look_ahead(about, rule)));
    if !by_rule && rule.status_quo_beyond && rule.horizon.is_some() {
        words.push("takes the world to stay as it is from then on".to_owned());
    }
    words.extend((!by_rule).then(|| beliefs(&rule.beliefs)));
    if !rule.regard.is_empty() {
        let regard = rule.regard.iter();
        let regard = regard.map(|(other, weight)| format!("{}: {weight}", about.actors[other.index()].name));
        words.push(format!("weighs in what others get ({})", regard.collect::<Vec<_>>().join(", ")));
    }
    words.join(", ")
}

fn look_ahead(about: &About, rule: &DecisionRule) -> String {
    let unit = &about.turn;
    match rule.horizon {
        _ if rule.learns => format!("looks at this {unit} only"),
        Some(1) => format!("looks at this {unit} only"),
        Some(turns) => format!("looks {turns} {unit}s ahead"),
        None => "looks to the end".to_owned(),
    }
}

fn beliefs(beliefs: &BeliefRule) -> String {
    match beliefs {
        BeliefRule::Level(0) => "plays naively (level 0)".to_owned(),
        BeliefRule::Level(1) => "takes the others to play naively (level 1)".to_owned(),
        BeliefRule::Level(level) => {
            format!("takes the others to reason at level {} (level {level})", level - 1)
        }
        BeliefRule::Poisson { mean, level: None } => {
            format!("reasons at a level drawn from a population (poisson {mean})")
        }
        BeliefRule::Poisson { mean, level: Some(level) } => {
            format!("takes the others to be a population below its level {level} (poisson {mean})")
        }
        BeliefRule::Equilibrium => "takes the others to choose as they do (equilibrium)".to_owned(),
        BeliefRule::Learned => {
            "takes the others to go on as they did in the play so far (learned)".to_owned()
        }
    }
}

/// A learning rule, in words.
fn learning(rule: &Learning<String>) -> String {
    let listed = |numbers: &[(&str, &String)]| {
        let shown: Vec<String> = numbers.iter().map(|(name, text)| format!("{name} {text}")).collect();
        shown.join(", ")
    };
    match rule {
        Learning::Ewa { logit, phi, delta, kappa } => {
            let numbers = [("logit", logit), ("phi", phi), ("delta", delta), ("kappa", kappa)];
            format!("learns from what it got and could have got (ewa: {})", listed(&numbers))
        }
        Learning::RegretMatching => "learns from what it regrets (regret_matching)".to_owned(),
        Learning::Reinforcement { phi, strength, floor } => {
            let numbers = [("phi", phi), ("strength", strength), ("floor", floor)];
            format!("learns from what it got (reinforcement: {})", listed(&numbers))
        }
    }
}
