//! `explain`: why an actor chooses what it does.

use serde::{Deserialize, Serialize};

use super::asking::Asking;
use super::decision::DecisionRule;
use super::failure::{Failure, Fault};
use super::fields::Fields;
use super::options::{Found, Options};
use super::place::{Place, find};
use crate::agents::Explanation;
use crate::scenario::ActorId;
use crate::study::{Situation, explain};

/// Whose choice is explained, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ExplainOptions {
    /// The actor.
    pub actor: String,
    /// The state.
    #[serde(flatten)]
    pub place: Place,
}

/// Why an actor chooses what it does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExplainFindings {
    /// The actor.
    pub actor: ActorId,
    /// How it decides.
    pub rule: DecisionRule,
    /// Where.
    pub situation: Situation,
    /// Its choice in each set of issues that it decides together.
    pub explained: Vec<Explanation>,
}

impl ExplainFindings {
    /// The decisions in which there is something to choose.
    pub fn decisions(&self) -> impl Iterator<Item = &Explanation> {
        let chooses = |decision: &&Explanation| {
            decision.options.iter().any(|option| option.moves.iter().any(Option::is_some))
        };
        self.explained.iter().filter(chooses)
    }
}

impl Options for ExplainOptions {
    type Findings = ExplainFindings;

    fn read(fields: &mut Fields) -> Self {
        let actor = fields.text("actor");
        Self { actor: fields.required("actor", actor).unwrap_or_default(), place: Place::read(fields) }
    }

    fn ignores(&self) -> Vec<&'static str> {
        self.place.ignores()
    }

    fn faults(&self, asking: &Asking<'_>) -> Vec<Fault> {
        self.find(asking).err().unwrap_or_default()
    }

    fn answer(&self, asking: &Asking<'_>) -> Result<Found<Self::Findings>, Failure> {
        let (actor, situation) = self.find(asking)?;
        let explained = explain(&asking.session.prepared()?, &situation, actor)?;
        let rule = DecisionRule::of(&asking.session.document().scenario.actors[actor.index()]);
        let found = ExplainFindings { actor, rule, situation, explained };
        Ok(Found::at_one_state(found, asking))
    }
}

impl ExplainOptions {
    fn find(&self, asking: &Asking<'_>) -> Result<(ActorId, Situation), Vec<Fault>> {
        let mut faults = Vec::new();
        let actors = &asking.session.document().scenario.actors;
        let actor = find(actors.iter().map(|actor| actor.id.as_str()), &self.actor, "actor");
        let actor = actor.map_err(|why| faults.push(Fault::of("actor", why)));
        let situation = self.place.find(asking, &mut faults);
        match actor {
            Ok(actor) if faults.is_empty() => Ok((ActorId::new(actor), situation)),
            _ => Err(faults),
        }
    }
}
