//! Whether what was found agrees with what is exactly true.

use demarche::scenario::Scenario;
use demarche::stats::Estimate;
use demarche::study::Estimates;

use crate::oracle::{Exact, Mean};

/// How far a finding may be from the truth.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Allowance {
    /// It was computed: rounding.
    Rounding,
    /// It was sampled, in so many independent plays.
    Plays(f64),
}

/// Standard errors that a sampled finding may be off. One finding in 1.7 million is by chance, and no
/// test draws anew.
const ERRORS: f64 = 5.0;

impl Allowance {
    /// Bernstein's inequality at that many standard errors: sound for skewed numbers and few events too,
    /// where the normal approximation is not. `farthest`: how far one play can be from the mean.
    fn of(self, variance: f64, farthest: f64) -> f64 {
        match self {
            Self::Rounding => 1e-9,
            Self::Plays(plays) => {
                let tail = farthest * ERRORS * ERRORS / (3.0 * plays);
                ERRORS * (variance.max(0.0) / plays).sqrt() + if variance > 1e-18 { tail } else { 1e-9 }
            }
        }
    }

    fn of_share(self, share: f64) -> f64 {
        self.of(share * (1.0 - share), 1.0)
    }

    /// The same, where only a share of the plays counts.
    fn among(self, share: f64) -> Self {
        match self {
            Self::Rounding => self,
            // Of how many plays count, chance decides too.
            Self::Plays(plays) => Self::Plays((plays * share - ERRORS * (plays * share).sqrt()).max(1.0)),
        }
    }

    /// Whether the delta method can be believed.
    fn believes(self, mean: &Mean) -> bool {
        match self {
            Self::Rounding => mean.divisor > 1e-6,
            Self::Plays(plays) => mean.divisor * plays.sqrt() > 20.0,
        }
    }
}

/// What is wrong with the findings, if anything is.
pub(crate) fn disagreement(
    scenario: &Scenario,
    found: &Estimates,
    exact: &Exact,
    allowance: Allowance,
) -> Result<(), String> {
    let rows = |a: &[Vec<Estimate>], b: &[Vec<f64>], what: &str| {
        let mut rows = a.iter().zip(b).enumerate();
        rows.try_for_each(|(at, (a, b))| shares(a, b, allowance, &format!("{what} {at}")))
    };
    rows(&found.outcomes, &exact.outcomes, "outcomes of classification")?;
    shares(&found.joint, &exact.joint, allowance, "joint")?;
    shares(&found.lengths, &exact.lengths, allowance, "lengths")?;
    for (turn, (found, exact)) in found.turns.iter().zip(&exact.turns).enumerate() {
        rows(found, exact, &format!("after turn {turn}, variable"))?;
    }
    for (turn, (found, exact)) in found.moves.iter().zip(&exact.moves).enumerate() {
        for (seat, (found, exact)) in found.iter().zip(exact).enumerate() {
            moves(found, exact, allowance, &format!("turn {}, seat {seat}", turn + 1))?;
        }
    }
    for (at, (found, exact)) in found.scores.iter().zip(&exact.scores).enumerate() {
        mean(Some(found.value), exact, allowance, &format!("score of {}", scenario.actors[at].id))?;
    }
    for (at, (found, exact)) in found.measures.iter().zip(&exact.measures).enumerate() {
        mean(
            found.as_ref().map(|it| it.value),
            exact,
            allowance,
            &format!("measure {}", scenario.measures[at].id),
        )?;
    }
    Ok(())
}

fn shares(found: &[Estimate], exact: &[f64], allowance: Allowance, what: &str) -> Result<(), String> {
    if found.len() != exact.len() {
        return Err(format!("{what}: {} rows, not {}", found.len(), exact.len()));
    }
    for (at, (found, &exact)) in found.iter().zip(exact).enumerate() {
        near(found.value, exact, allowance.of_share(exact), &format!("{what}, {at}"))?;
    }
    Ok(())
}

fn moves(
    found: &[Option<Estimate>],
    exact: &crate::oracle::Moves,
    allowance: Allowance,
    what: &str,
) -> Result<(), String> {
    for (at, (found, made)) in found.iter().zip(&exact.made).enumerate() {
        match found {
            _ if exact.open < 1e-12 && found.is_some() => return Err(format!("{what} is never open")),
            None if matches!(allowance, Allowance::Rounding) && exact.open > 1e-12 => {
                return Err(format!("{what} is open with probability {}", exact.open));
            }
            None => {}
            Some(found) => {
                let share = made / exact.open;
                let allowed = allowance.among(exact.open).of_share(share);
                near(found.value, share, allowed, &format!("{what}, move {at}"))?;
            }
        }
    }
    Ok(())
}

fn mean(found: Option<f64>, exact: &Mean, allowance: Allowance, what: &str) -> Result<(), String> {
    match (found, exact.value) {
        _ if !allowance.believes(exact) => Ok(()),
        (Some(found), Some(value)) => {
            near(found, value, allowance.of(exact.variance, exact.farthest) + 1e-9 * value.abs(), what)
        }
        (None, None) => Ok(()),
        (found, value) => Err(format!("{what}: {found:?}, not {value:?}")),
    }
}

fn near(found: f64, exact: f64, allowed: f64, what: &str) -> Result<(), String> {
    if (found - exact).abs() <= allowed {
        return Ok(());
    }
    Err(format!("{what}: {found}, not {exact} (within {allowed})"))
}

/// The findings that an exact computation would have.
fn as_found(exact: &Exact) -> Estimates {
    let row = |row: &Vec<f64>| -> Vec<Estimate> { row.iter().copied().map(Estimate::exact).collect() };
    let made = |moves: &crate::oracle::Moves| -> Vec<Option<Estimate>> {
        let share = |p: &f64| (moves.open > 0.0).then(|| Estimate::exact(p / moves.open));
        moves.made.iter().map(share).collect()
    };
    let mean = |mean: &Mean| mean.value.map(Estimate::exact);
    Estimates {
        outcomes: exact.outcomes.iter().map(row).collect(),
        joint: row(&exact.joint),
        turns: exact.turns.iter().map(|turn| turn.iter().map(row).collect()).collect(),
        moves: exact.moves.iter().map(|turn| turn.iter().map(made).collect()).collect(),
        overall: Vec::new(),
        scores: exact.scores.iter().filter_map(mean).collect(),
        lengths: row(&exact.lengths),
        measures: exact.measures.iter().map(mean).collect(),
        draws: Vec::new(),
    }
}

/// Whatever is off by little is told.
#[test]
fn what_is_off_is_told() {
    let document = crate::engine::golden("calendar", &[]);
    let scenario = &document.scenario;
    let numbers = scenario.numbers(&scenario.central()).expect("they are in range");
    let exact = crate::oracle::Oracle::new(scenario, &numbers).exact();
    let check = |spoil: fn(&mut Estimates) -> &mut f64, by: f64, allowance, expected: bool| {
        let mut found = as_found(&exact);
        *spoil(&mut found) += by;
        assert_eq!(disagreement(scenario, &found, &exact, allowance).is_ok(), expected, "{found:?}");
    };
    let parts: [fn(&mut Estimates) -> &mut f64; 7] = [
        |found| &mut found.outcomes[0][1].value,
        |found| &mut found.joint[0].value,
        |found| &mut found.turns[2][1][0].value,
        |found| &mut found.moves[3][0][2].as_mut().expect("it is open").value,
        |found| &mut found.scores[2].value,
        |found| &mut found.lengths[5].value,
        |found| &mut found.measures[1].as_mut().expect("it happens").value,
    ];
    for part in parts {
        check(part, 0.0, Allowance::Rounding, true);
        check(part, 1e-8, Allowance::Rounding, false);
        check(part, 1e-8, Allowance::Plays(20_000.0), true);
        check(part, 0.06, Allowance::Plays(20_000.0), false);
    }
}
