//! The paths of measures: `outcomes.war.led`, `final.force`, `moves.moscow.peacekeeping.accept`, ...

use super::suggest::did_you_mean;
use super::{ActorId, IssueId, Measure, Scenario, SeatId, VariableId};

impl Scenario {
    /// The measure that a path names: `outcomes.CLASS.OUTCOME`, `final.VARIABLE.LEVEL`,
    /// `final.VARIABLE`, `scores.ACTOR`, `turns`, `moves.ACTOR.ISSUE.MOVE` or `measures.NAME`.
    ///
    /// # Errors
    /// A message that names the path, and the nearest one that exists where one is near.
    pub fn measure(&self, path: &str) -> Result<Measure, String> {
        let parts: Vec<&str> = path.split('.').collect();
        self.find_measure(&parts).ok_or_else(|| {
            let known = self.measures_there_are();
            let names: Vec<String> = known.into_iter().map(|measure| self.measure_name(measure)).collect();
            match did_you_mean(path, names.iter().map(String::as_str)) {
                Some(meant) => format!("no measure is called `{path}`; did you mean `{meant}`?"),
                None => format!("no measure is called `{path}`"),
            }
        })
    }

    /// The measures that paths name.
    ///
    /// # Errors
    /// What is wrong with each path that names none: see [`Scenario::measure`].
    pub fn measures_at(&self, paths: &[String]) -> Result<Vec<Measure>, Vec<String>> {
        let found: Vec<Result<Measure, String>> = paths.iter().map(|path| self.measure(path)).collect();
        let wrong: Vec<String> = found.iter().filter_map(|one| one.as_ref().err()).cloned().collect();
        if wrong.is_empty() { Ok(found.into_iter().flatten().collect()) } else { Err(wrong) }
    }

    /// The path of a measure of this scenario.
    #[must_use]
    pub fn measure_name(&self, measure: Measure) -> String {
        match measure {
            Measure::Outcome(class, outcome) => {
                let class = &self.classifications[class];
                format!("outcomes.{}.{}", class.id, class.outcomes[outcome].id)
            }
            Measure::FinalLevel(variable, level) => {
                let variable = &self.variables[variable.index()];
                format!("final.{}.{}", variable.id, variable.levels[level])
            }
            Measure::FinalValue(variable) => format!("final.{}", self.variables[variable.index()].id),
            Measure::Score(actor) => format!("scores.{}", self.actors[actor.index()].id),
            Measure::Turns => "turns".to_owned(),
            Measure::Move(seat, one) => {
                let seat = &self.seats[seat.index()];
                let (actor, issue) =
                    (&self.actors[seat.actor.index()].id, &self.issues[seat.issue.index()].id);
                format!("moves.{actor}.{issue}.{}", seat.moves[one].id)
            }
            Measure::Defined(index) => format!("measures.{}", self.measures[index].id),
        }
    }

    /// The seat of an actor in an issue, where it has one.
    #[must_use]
    pub fn seat(&self, actor: ActorId, issue: IssueId) -> Option<SeatId> {
        let found = self.seats.iter().position(|seat| seat.actor == actor && seat.issue == issue);
        found.map(SeatId::new)
    }

    fn find_measure(&self, parts: &[&str]) -> Option<Measure> {
        match *parts {
            ["turns"] => Some(Measure::Turns),
            ["outcomes", class, outcome] => {
                let class = self.classifications.iter().position(|it| it.id == class)?;
                let outcomes = &self.classifications[class].outcomes;
                Some(Measure::Outcome(class, outcomes.iter().position(|it| it.id == outcome)?))
            }
            ["final", variable] => Some(Measure::FinalValue(self.variable_of(variable)?)),
            ["final", variable, level] => {
                let variable = self.variable_of(variable)?;
                let levels = &self.variables[variable.index()].levels;
                Some(Measure::FinalLevel(variable, levels.iter().position(|it| it == level)?))
            }
            ["scores", actor] => Some(Measure::Score(self.actor_of(actor)?)),
            ["moves", actor, issue, one] => {
                let issue = self.issues.iter().position(|it| it.id == issue).map(IssueId::new)?;
                let seat = self.seat(self.actor_of(actor)?, issue)?;
                let moves = &self.seats[seat.index()].moves;
                Some(Measure::Move(seat, moves.iter().position(|it| it.id == one)?))
            }
            ["measures", name] => {
                self.measures.iter().position(|measure| measure.id == name).map(Measure::Defined)
            }
            _ => None,
        }
    }

    fn variable_of(&self, id: &str) -> Option<VariableId> {
        self.variables.iter().position(|variable| variable.id == id).map(VariableId::new)
    }

    fn actor_of(&self, id: &str) -> Option<ActorId> {
        self.actors.iter().position(|actor| actor.id == id).map(ActorId::new)
    }

    /// Every measure that the scenario has.
    fn measures_there_are(&self) -> Vec<Measure> {
        let mut all = vec![Measure::Turns];
        for (class, classification) in self.classifications.iter().enumerate() {
            all.extend((0..classification.outcomes.len()).map(|outcome| Measure::Outcome(class, outcome)));
        }
        for (index, variable) in self.variables.iter().enumerate() {
            let id = VariableId::new(index);
            all.push(Measure::FinalValue(id));
            all.extend((0..variable.levels.len()).map(|level| Measure::FinalLevel(id, level)));
        }
        all.extend((0..self.actors.len()).map(|index| Measure::Score(ActorId::new(index))));
        for (index, seat) in self.seats.iter().enumerate() {
            all.extend((0..seat.moves.len()).map(|one| Measure::Move(SeatId::new(index), one)));
        }
        all.extend((0..self.measures.len()).map(Measure::Defined));
        all
    }
}
