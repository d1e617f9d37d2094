//! The names and titles of what an answer is about.

use serde::{Deserialize, Serialize};

use crate::scenario::{ActorId, Change, IssueId, Notes, Scenario, VariableId};

/// What a scenario calls its things, in its order: enough to write every table and text of an answer without the
/// scenario. Indices of an answer point into these lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// The scenario's title.
    pub title: String,
    /// The number of turns.
    pub turns: u32,
    /// What one turn stands for: `month`.
    pub turn: String,
    /// The parameters, uncertain or not.
    pub parameters: Vec<Named>,
    /// The places of the uncertain ones among them.
    pub uncertain: Vec<usize>,
    /// The variables.
    pub variables: Vec<AboutVariable>,
    /// The actors.
    pub actors: Vec<AboutActor>,
    /// The issues.
    pub issues: Vec<Named>,
    /// Every actor's place in every issue.
    pub seats: Vec<AboutSeat>,
    /// The payoff terms; their ids are paths.
    pub terms: Vec<Named>,
    /// The effects and events.
    pub effects: Vec<AboutEffect>,
    /// The classifications of final states.
    pub classifications: Vec<AboutClassification>,
    /// The scenario's own measures.
    pub measures: Vec<Named>,
    /// The claims.
    pub claims: Vec<AboutClaim>,
}

/// Something with an id, and perhaps a title and reasons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its path in the scenario file: `parameters.prestige`.
    pub path: String,
    /// Title and reasons.
    pub notes: Notes,
}

/// A variable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AboutVariable {
    /// Its id.
    pub id: String,
    /// Its levels, in order.
    pub levels: Vec<String>,
    /// Title and reasons.
    pub notes: Notes,
}

/// An actor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AboutActor {
    /// Its id.
    pub id: String,
    /// Its name; the id where it has none.
    pub name: String,
}

/// An actor's place in an issue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AboutSeat {
    /// Who.
    pub actor: ActorId,
    /// Where.
    pub issue: IssueId,
    /// The moves.
    pub moves: Vec<Named>,
}

/// A classification.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AboutClassification {
    /// Its id.
    pub id: String,
    /// Its outcomes.
    pub outcomes: Vec<AboutOutcome>,
}

/// An outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AboutOutcome {
    /// Its id.
    pub id: String,
    /// Title and reasons.
    pub notes: Notes,
}

/// An effect or event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AboutEffect {
    /// Its id.
    pub id: String,
    /// Its path.
    pub path: String,
    /// The changes that it makes.
    pub changes: Vec<(VariableId, Change)>,
    /// Title and reasons.
    pub notes: Notes,
}

/// A claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AboutClaim {
    /// Its id.
    pub id: String,
    /// What it says.
    pub text: String,
    /// Where it is said.
    pub source: Option<String>,
}

impl About {
    /// The names of a scenario. O(the scenario's size).
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let named = |kind: &str, id: &str, notes: &Notes| Named {
            id: id.to_owned(),
            path: format!("{kind}.{id}"),
            notes: notes.clone(),
        };
        Self {
            title: scenario.title.clone(),
            turns: scenario.turns,
            turn: scenario.turn.clone(),
            parameters: scenario.parameters.iter().map(|it| named("parameters", &it.id, &it.notes)).collect(),
            uncertain: scenario.uncertain().into_iter().map(crate::scenario::ParameterId::index).collect(),
            variables: scenario.variables.iter().map(variable).collect(),
            actors: scenario
                .actors
                .iter()
                .map(|it| AboutActor { id: it.id.clone(), name: it.name.clone() })
                .collect(),
            issues: scenario.issues.iter().map(|it| named("issues", &it.id, &it.notes)).collect(),
            seats: scenario
                .seats
                .iter()
                .map(|seat| AboutSeat {
                    actor: seat.actor,
                    issue: seat.issue,
                    moves: seat.moves.iter().map(|it| named("moves", &it.id, &it.notes)).collect(),
                })
                .collect(),
            terms: scenario
                .terms
                .iter()
                .map(|it| Named { id: it.id.clone(), path: it.path.clone(), notes: it.notes.clone() })
                .collect(),
            effects: scenario
                .effects
                .iter()
                .map(|it| AboutEffect {
                    id: it.id.clone(),
                    path: it.path.clone(),
                    changes: it.changes.clone(),
                    notes: it.notes.clone(),
                })
                .collect(),
            classifications: scenario.classifications.iter().map(classification).collect(),
            measures: scenario.measures.iter().map(|it| named("measures", &it.id, &it.notes)).collect(),
            claims: scenario
                .claims
                .iter()
                .map(|it| AboutClaim { id: it.id.clone(), text: it.text.clone(), source: it.source.clone() })
                .collect(),
        }
    }
}

fn variable(it: &crate::scenario::Variable) -> AboutVariable {
    AboutVariable { id: it.id.clone(), levels: it.levels.clone(), notes: it.notes.clone() }
}

fn classification(class: &crate::scenario::Classification) -> AboutClassification {
    let outcome = |it: &crate::scenario::Outcome| AboutOutcome { id: it.id.clone(), notes: it.notes.clone() };
    AboutClassification { id: class.id.clone(), outcomes: class.outcomes.iter().map(outcome).collect() }
}

impl Named {
    /// Its title; the id where it has none.
    #[must_use]
    pub fn title(&self) -> &str {
        self.notes.title.as_deref().unwrap_or(&self.id)
    }
}
