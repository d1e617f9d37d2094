//! `solve` and `export`: the stage game of a state, solved or written for Gambit.

use serde::{Deserialize, Serialize};

use super::about::About;
use super::asking::Asking;
use super::failure::{Advice, Failure, Fault};
use super::fields::Fields;
use super::options::{Found, Options};
use super::place::{self, Place};
use crate::equilibrium::{Solution, Solved, gambit, solve};
use crate::study::{Situation, Stage, StageRequest, stage};

/// Which stage game.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StageOptions {
    /// The state.
    #[serde(flatten)]
    pub place: Place,
    /// Only this issue, with those that payoffs tie to it.
    pub issue: Option<String>,
    /// Whether what comes after the turn is added, as the actors expect it.
    pub continuation: bool,
    /// Whether all open issues are one game, though they may not bear on each other.
    pub whole: bool,
}

/// Which stage game is solved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SolveOptions {
    /// Which.
    #[serde(flatten)]
    pub stage: StageOptions,
}

/// Which stage game is written; all open issues are one game, unless one of them is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ExportOptions {
    /// Which.
    #[serde(flatten)]
    pub stage: StageOptions,
}

/// A stage game and what is known of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SolveFindings {
    /// Where.
    pub situation: Situation,
    /// The stage game, in parts that do not bear on each other.
    pub stage: Stage,
    /// What is known of each part.
    pub solutions: Vec<Solution>,
    /// Whether some actor regards another's payoffs.
    pub regards: bool,
}

/// A stage game as a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportFindings {
    /// The text of a `.nfg` file.
    pub text: String,
}

impl SolveFindings {
    /// What each part is called: its issues.
    #[must_use]
    pub fn names(&self, about: &About) -> Vec<String> {
        let name = |issues: &[usize]| {
            let ids: Vec<&str> = issues.iter().map(|&issue| about.issues[issue].id.as_str()).collect();
            ids.join(" + ")
        };
        self.stage.games.iter().map(|game| name(&game.issues)).collect()
    }

    /// The parts, under their names.
    #[must_use]
    pub fn solved<'a>(&'a self, names: &'a [String]) -> Vec<Solved<'a>> {
        let games = self.stage.games.iter().zip(&self.solutions).zip(names);
        games
            .map(|((game, solution), name)| Solved { name, form: &game.form, solution, tree: None })
            .collect()
    }
}

impl StageOptions {
    fn read(fields: &mut Fields) -> Self {
        Self {
            place: Place::read(fields),
            issue: fields.text("issue"),
            continuation: fields.flag("continuation"),
            whole: fields.flag("whole"),
        }
    }

    fn find(&self, asking: &Asking<'_>) -> Result<(Situation, StageRequest), Vec<Fault>> {
        let mut faults = Vec::new();
        let issue = self.issue.as_ref().and_then(|name| place::issue(asking, name, &mut faults));
        if self.whole && self.issue.is_some() {
            let fault = Fault::of("whole", "all issues are one game, or one of them is looked at");
            faults.push(fault.advise(Advice::LeaveOut("issue")));
        }
        let situation = self.place.find(asking, &mut faults);
        let request =
            StageRequest { whole: self.whole, issue, continuation: self.continuation, titled: false };
        if faults.is_empty() { Ok((situation, request)) } else { Err(faults) }
    }
}

impl Options for SolveOptions {
    type Findings = SolveFindings;

    fn read(fields: &mut Fields) -> Self {
        Self { stage: StageOptions::read(fields) }
    }

    fn ignores(&self) -> Vec<&'static str> {
        self.stage.place.ignores()
    }

    fn faults(&self, asking: &Asking<'_>) -> Vec<Fault> {
        self.stage.find(asking).err().unwrap_or_default()
    }

    fn answer(&self, asking: &Asking<'_>) -> Result<Found<Self::Findings>, Failure> {
        let (situation, request) = self.stage.find(asking)?;
        let stage = stage(&asking.session.prepared()?, &situation, request)?;
        let solutions = stage.games.iter().map(|game| solve(&game.form)).collect();
        let actors = &asking.session.document().scenario.actors;
        let regards = actors.iter().any(|actor| !actor.regard.is_empty());
        let found = SolveFindings { situation, stage, solutions, regards };
        Ok(Found::at_one_state(found, asking))
    }
}

impl Options for ExportOptions {
    type Findings = ExportFindings;

    fn read(fields: &mut Fields) -> Self {
        Self { stage: StageOptions::read(fields) }
    }

    fn ignores(&self) -> Vec<&'static str> {
        self.stage.place.ignores()
    }

    fn faults(&self, asking: &Asking<'_>) -> Vec<Fault> {
        self.stage.find(asking).err().unwrap_or_default()
    }

    fn answer(&self, asking: &Asking<'_>) -> Result<Found<Self::Findings>, Failure> {
        let (situation, request) = self.stage.find(asking)?;
        // One issue, or all as one: one game, in which moves are called as people call them.
        let request = StageRequest { whole: request.issue.is_none(), titled: true, ..request };
        let stage = stage(&asking.session.prepared()?, &situation, request)?;
        let text = stage.games.iter().map(|game| gambit::nfg(&game.form)).collect();
        Ok(Found::at_one_state(ExportFindings { text }, asking))
    }
}
