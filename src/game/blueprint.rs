//! What a scenario says apart from its numbers, with the openness of issues folded into every condition.

use crate::scenario::{
    ActorId, Beliefs, Beyond, Change, Choice, ClassificationId, Clause, Condition, EffectId, Expression,
    Horizon, IdVec, IssueId, LevelId, Levels, Made, MoveId, OutcomeId, Scenario, Script, SeatId, Set, TermId,
    VariableId,
};

/// A scenario without its numbers. Two scenarios with equal blueprints share one compiled game.
#[derive(Clone, Debug, PartialEq)]
pub struct Blueprint {
    /// The number of turns.
    pub turns: usize,
    /// How many levels each variable has.
    pub levels: IdVec<VariableId, usize>,
    /// The actors.
    pub actors: IdVec<ActorId, ActorPlan>,
    /// The seats, as in the scenario.
    pub seats: IdVec<SeatId, SeatPlan>,
    /// The payoff terms, as in the scenario.
    pub terms: IdVec<TermId, TermPlan>,
    /// The effects, as in the scenario.
    pub effects: IdVec<EffectId, EffectPlan>,
    /// The classifications, as in the scenario.
    pub classes: IdVec<ClassificationId, ClassPlan>,
}

/// How an actor decides, without the numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorPlan {
    /// The choice rule.
    pub rule: Rule,
    /// What it believes of the others.
    pub beliefs: BeliefPlan,
    /// Turns of look-ahead, from 1 to the number of turns.
    pub horizon: usize,
    /// Whether it values what lies beyond as the status quo.
    pub status_quo: bool,
    /// Whether it remembers the play. What stands here of such an actor is what others take it for.
    pub learns: Option<Learns>,
}

/// What an actor makes of what it remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Learns {
    /// What it believes of the others; it chooses by its rule.
    Beliefs,
    /// What it chooses. Others take it for an actor that plays uniformly.
    Choice,
}

/// A choice rule without its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// All alike.
    Uniform,
    /// All within 1e-9 of the best, alike.
    Best,
    /// In proportion to exp(precision * value).
    Logit,
}

/// Beliefs without their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BeliefPlan {
    /// Level-k reasoning of that level.
    Level(usize),
    /// What the others do.
    Equilibrium,
    /// The cognitive hierarchy, at that level or, where `None`, drawn from the population.
    Hierarchy(Option<usize>),
}

/// A seat without its numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct SeatPlan {
    /// Whose it is.
    pub actor: ActorId,
    /// How many moves it has.
    pub moves: usize,
    /// Where its issue is open.
    pub open: Vec<Clause>,
    /// Where each move is available.
    pub available: IdVec<MoveId, Vec<Clause>>,
    /// The moves that the script leaves to choose from.
    pub narrowed: Option<Set>,
    /// The moves that the script draws among.
    pub drawn: Option<Vec<MoveId>>,
}

/// A payoff term without its numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct TermPlan {
    /// When it holds.
    pub clauses: Vec<Clause>,
    /// Times the value of that variable's level.
    pub per: Option<VariableId>,
    /// Whether any of its conditions names a move: if not, it is paid by the state alone.
    pub names_moves: bool,
}

/// An effect without its numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectPlan {
    /// When it holds.
    pub clauses: Vec<Clause>,
    /// What it does: variable, change.
    pub changes: Vec<(VariableId, Change)>,
}

/// A classification without its numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassPlan {
    /// The outcomes, in the file's order.
    pub outcomes: IdVec<OutcomeId, OutcomePlan>,
    /// The outcomes in the order in which they are tried.
    pub order: Vec<OutcomeId>,
    /// All variables that its conditions name.
    pub variables: Vec<VariableId>,
}

/// An outcome without its numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomePlan {
    /// When it holds; the one that catches the rest always does.
    pub clauses: Vec<Clause>,
    /// Whether the play stops there.
    pub ends: bool,
    /// Whether it pays anybody.
    pub pays: bool,
}

impl ClassPlan {
    /// The outcome of the state `levels`.
    #[must_use]
    pub fn outcome(&self, levels: &Levels) -> OutcomeId {
        let first = self.order.iter().find(|&&o| any_holds(&self.outcomes[o].clauses, levels, 0));
        *first.unwrap_or(&self.order[self.order.len() - 1])
    }
}

impl Blueprint {
    /// The blueprint of a scenario. O(its size).
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        Self {
            turns: scenario.turns as usize,
            levels: scenario.variables.iter().map(|v| v.levels.len()).collect(),
            actors: actors(scenario),
            seats: seats(scenario),
            terms: scenario
                .terms
                .iter()
                .map(|term| TermPlan {
                    clauses: fold(scenario, &term.when, term.issue),
                    per: term.per,
                    names_moves: term.when.names_moves(),
                })
                .collect(),
            effects: scenario
                .effects
                .iter()
                .map(|effect| EffectPlan {
                    clauses: fold(scenario, &effect.when, effect.issue),
                    changes: effect.changes.clone(),
                })
                .collect(),
            classes: classes(scenario),
        }
    }

    /// The state in which every variable stands at its first level: to be written into.
    #[must_use]
    pub fn lowest(&self) -> Levels {
        Levels::filled(LevelId::new(0), self.levels.len())
    }

    /// What a payoff term counts for in a state, as a place in a row that begins with 1 (no `per`) and goes
    /// on with the values of all levels of the first variable, of the second, and so on.
    #[must_use]
    pub fn per(&self, term: TermId, levels: &Levels) -> usize {
        let of_others = |v: VariableId| self.levels.iter().take(v.index()).sum::<usize>();
        self.terms[term].per.map_or(0, |v| 1 + of_others(v) + levels[v].index())
    }

    /// Whether the state `levels` stops a play.
    #[must_use]
    pub fn stops(&self, levels: &Levels) -> bool {
        self.classes
            .iter()
            .filter(|class| class.outcomes.iter().any(|outcome| outcome.ends))
            .any(|class| class.outcomes[class.outcome(levels)].ends)
    }
}

fn actors(scenario: &Scenario) -> IdVec<ActorId, ActorPlan> {
    let turns = scenario.turns as usize;
    let plan = |actor: &crate::scenario::Actor| ActorPlan {
        rule: match actor.choice {
            Choice::Uniform | Choice::Learning(_) => Rule::Uniform,
            Choice::Best => Rule::Best,
            Choice::Logit(_) => Rule::Logit,
        },
        beliefs: match actor.beliefs {
            _ if actor.learns() => BeliefPlan::Level(1),
            Beliefs::Learned => BeliefPlan::Level(1),
            Beliefs::Level(level) => BeliefPlan::Level(level as usize),
            Beliefs::Equilibrium => BeliefPlan::Equilibrium,
            Beliefs::Poisson(_, level) => BeliefPlan::Hierarchy(level.map(|l| l as usize)),
        },
        horizon: match actor.horizon {
            _ if actor.learns() => 1,
            Horizon::Turns(n) => (n as usize).clamp(1, turns),
            Horizon::End => turns,
        },
        status_quo: actor.beyond == Beyond::StatusQuo,
        learns: match actor.choice {
            Choice::Learning(_) => Some(Learns::Choice),
            _ => matches!(actor.beliefs, Beliefs::Learned).then_some(Learns::Beliefs),
        },
    };
    scenario.actors.iter().map(plan).collect()
}

fn seats(scenario: &Scenario) -> IdVec<SeatId, SeatPlan> {
    let plan = |seat: &crate::scenario::Seat| {
        let (narrowed, drawn) = match &seat.script {
            None => (None, None),
            Some(Script::Narrow(set)) => (Some(set.clone()), None),
            // A move that is drawn with weight zero is none of the script's.
            Some(Script::Draw(weights)) => {
                let drawn = weights.iter().filter(|(_, w)| w.expression != Expression::Number(0.0));
                (None, Some(drawn.map(|(m, _)| MoveId::new(*m)).collect()))
            }
        };
        SeatPlan {
            actor: seat.actor,
            moves: seat.moves.len(),
            open: scenario.issues[seat.issue.index()].when.any.clone(),
            available: seat.moves.iter().map(|m| m.when.any.clone()).collect(),
            narrowed,
            drawn,
        }
    };
    scenario.seats.iter().map(plan).collect()
}

fn classes(scenario: &Scenario) -> IdVec<ClassificationId, ClassPlan> {
    let plan = |class: &crate::scenario::Classification| {
        let outcomes: IdVec<OutcomeId, OutcomePlan> = class
            .outcomes
            .iter()
            .map(|outcome| OutcomePlan {
                clauses: outcome.when.clone().unwrap_or_else(Condition::always).any,
                ends: outcome.ends,
                pays: !outcome.pays.is_empty(),
            })
            .collect();
        let named = outcomes.iter().flat_map(|o| &o.clauses).flat_map(|c| &c.levels).map(|(v, _)| *v);
        let mut variables: Vec<VariableId> = named.collect();
        variables.sort_unstable();
        variables.dedup();
        ClassPlan { outcomes, order: class.trial_order().map(OutcomeId::new).collect(), variables }
    };
    scenario.classifications.iter().map(plan).collect()
}

/// The clauses of a condition, each joined with the openness of the issues that it needs open: those of
/// the moves it names, and its own. Contradictions are dropped.
pub(crate) fn fold(scenario: &Scenario, when: &Condition, own: Option<IssueId>) -> Vec<Clause> {
    let mut folded: Vec<Clause> = Vec::new();
    for clause in &when.any {
        let mut needed: Vec<IssueId> =
            clause.moves.iter().map(|(seat, _)| scenario.seats[seat.index()].issue).chain(own).collect();
        needed.sort_unstable();
        needed.dedup();
        let mut products = vec![clause.clone()];
        for issue in needed {
            let open = &scenario.issues[issue.index()].when.any;
            products = products.iter().flat_map(|p| open.iter().map(|o| both(p, o))).collect();
        }
        for product in products {
            if !contradictory(&product) && !folded.contains(&product) {
                folded.push(product);
            }
        }
    }
    folded
}

fn both(a: &Clause, b: &Clause) -> Clause {
    let mut joined = a.clone();
    for (variable, set) in &b.levels {
        match joined.levels.iter_mut().find(|(v, _)| v == variable) {
            Some((_, mine)) => *mine = mine.and(set),
            None => joined.levels.push((*variable, set.clone())),
        }
    }
    if let Some(turns) = &b.turns {
        joined.turns = Some(joined.turns.as_ref().map_or_else(|| turns.clone(), |mine| mine.and(turns)));
    }
    joined
}

fn contradictory(clause: &Clause) -> bool {
    clause.levels.iter().any(|(_, set)| set.is_empty())
        || clause.turns.as_ref().is_some_and(Set::is_empty)
        || clause.moves.iter().any(|(_, set)| set.is_empty())
}

/// Whether a clause can hold in `turn` (0-based), apart from levels and moves.
#[must_use]
pub(crate) fn in_turn(clause: &Clause, turn: usize) -> bool {
    clause.turns.as_ref().is_none_or(|turns| turns.contains(turn))
}

/// Whether the levels are as a clause wants them.
#[must_use]
pub(crate) fn at_levels(clause: &Clause, levels: &Levels) -> bool {
    clause.levels.iter().all(|(v, set)| set.contains(levels[*v].index()))
}

/// Whether any of these clauses, none of which names moves, holds in the state and turn (0-based).
#[must_use]
pub(crate) fn any_holds(clauses: &[Clause], levels: &Levels, turn: usize) -> bool {
    clauses.iter().any(|clause| in_turn(clause, turn) && at_levels(clause, levels))
}

impl TermPlan {
    /// Whether the term holds in the state and turn (0-based) where seats make these moves; `None` where
    /// an issue is closed.
    #[must_use]
    pub fn holds_after(&self, levels: &Levels, made: &Made, turn: usize) -> bool {
        any_holds_after(&self.clauses, levels, made, turn)
    }

    /// Whether a term that names no move holds in the state and turn (0-based).
    #[must_use]
    pub fn holds(&self, levels: &Levels, turn: usize) -> bool {
        any_holds(&self.clauses, levels, turn)
    }
}

impl EffectPlan {
    /// Whether the effect holds in the state and turn (0-based) where seats make these moves; `None` where
    /// an issue is closed.
    #[must_use]
    pub fn holds_after(&self, levels: &Levels, made: &Made, turn: usize) -> bool {
        any_holds_after(&self.clauses, levels, made, turn)
    }
}

fn any_holds_after(clauses: &[Clause], levels: &Levels, made: &Made, turn: usize) -> bool {
    let as_wanted = |(seat, set): &(SeatId, Set)| made[*seat].is_some_and(|made| set.contains(made.index()));
    clauses.iter().any(|clause| {
        in_turn(clause, turn) && at_levels(clause, levels) && clause.moves.iter().all(as_wanted)
    })
}
