//! Components: the independent parts of the actors' decision problem, and what they are made of.
//!
//! Data only: [`super::partition`] finds them.

use super::ids::{ComponentId, MemberId, StructureId};
use super::transition::ChangedVariable;
use super::variable_set::VariableSet;
use crate::scenario::{
    ActorId, ClassificationId, Clause, EffectId, IdVec, Levels, MoveId, SeatId, TermId, VariableId,
};

/// One independent component of the decision problem at some turn and depth of look-ahead, or of what lies
/// beyond the last turn looked at.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Component {
    /// What it is worth, and why.
    pub kind: ComponentKind,
    /// The variables on which its value and the choices in it depend.
    pub scope: VariableSet,
}

/// The kinds of component.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ComponentKind {
    /// A turn is played.
    Turn {
        /// Its [`ComponentStructure`].
        structure: StructureId,
        /// The components that the structure's continuation terms stand for.
        continuation_terms: Vec<ComponentId>,
        /// How many turns are looked at, capped where all that look further are alike.
        depth: usize,
        /// Members that look less far than `depth` turns and are no part of an equilibrium: where it is
        /// played so far ahead, the components in which they choose for themselves.
        shorter_horizons: Vec<ShorterHorizon>,
        /// Whether anybody asks for its value; if not, only for the choices in it.
        valued: bool,
    },
    /// What a classification's outcomes pay.
    Outcome {
        /// The classification.
        class: ClassificationId,
        /// Only in states that stop the play; elsewhere nothing.
        stopped_only: bool,
    },
    /// What the state pays if it stays as it is, to actors that value the status quo.
    StatusQuo(StatusQuo),
}

/// A state that stays as it is until the end.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StatusQuo {
    /// The terms that name no move.
    pub terms: Vec<TermId>,
    /// The classifications whose outcomes are paid at the end.
    pub classes: Vec<ClassificationId>,
    /// For each term, whether it can hold in each of the turns left; empty where all can in all of them.
    pub when: Vec<Vec<bool>>,
    /// The turns left.
    pub left: usize,
    /// The first of these turns (0-based); 0 where terms hold in all of them.
    pub first: usize,
}

/// The structure of a component in which a turn is played; shared by all components that differ only in what lies
/// behind them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ComponentStructure {
    /// The variables that it reads.
    pub scope: VariableSet,
    /// The actors that have seats in it.
    pub members: IdVec<MemberId, Member>,
    /// The payoff terms that can hold in the turn.
    pub terms: Vec<ActiveTerm>,
    /// The continuation terms.
    pub continuation_terms: Vec<ContinuationTerm>,
    /// The turn (0-based) whose conditions hold; the least of those that are alike.
    pub turn: usize,
}

impl ComponentStructure {
    /// An actor's place among the members.
    #[must_use]
    pub fn member_of(&self, actor: ActorId) -> Option<MemberId> {
        self.members.position(|member| member.actor == actor)
    }
}

/// An actor with its seats in a component.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Member {
    /// The actor.
    pub actor: ActorId,
    /// Its seats in the component, ascending.
    pub seats: Vec<SeatId>,
}

impl Member {
    /// Whether an option (a move per seat) is as a clause wants this member's moves.
    #[must_use]
    pub fn satisfies(&self, option: &[Option<MoveId>], clause: &Clause) -> bool {
        clause.moves.iter().all(|(seat, set)| {
            let mine = self.seats.iter().position(|s| s == seat);
            mine.is_none_or(|at| option[at].is_some_and(|m| set.contains(m.index())))
        })
    }
}

/// A payoff term as it stands in some turn.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ActiveTerm {
    /// The term.
    pub term: TermId,
    /// Its clauses that can hold in the turn.
    pub clauses: Vec<Clause>,
}

/// A continuation term: a table over some variables, and the effects that write them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ContinuationTerm {
    /// What the table is over.
    pub scope: VariableSet,
    /// The effects that can change a variable of the scope in this turn, in file order.
    pub effects: Vec<ActiveEffect>,
    /// The scope's variables that effects change, in groups that share no effect.
    pub groups: Vec<ChangeGroup>,
}

/// An effect as it stands in some turn.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ActiveEffect {
    /// The effect.
    pub effect: EffectId,
    /// Its clauses that can hold in the turn.
    pub clauses: Vec<Clause>,
}

/// A member that looks less far than others do, and chooses for itself in a component of its own depth.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ShorterHorizon {
    /// Its place among the members here.
    pub member: MemberId,
    /// Where it chooses.
    pub component: ComponentId,
}

impl ContinuationTerm {
    pub(super) fn clauses(&self) -> impl Iterator<Item = &Clause> {
        self.effects.iter().flat_map(|effect| &effect.clauses)
    }

    /// How many clauses its effects have.
    #[must_use]
    pub fn clause_count(&self) -> usize {
        self.clauses().count()
    }
}

/// Variables of a continuation term that some effects change together, and those effects.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ChangeGroup {
    /// The variables, ascending.
    pub variables: Vec<VariableId>,
    /// The effects, by their place in the continuation term's list, in file order.
    pub effects: Vec<usize>,
}

impl ChangeGroup {
    /// The variables as they stand in the state `levels`.
    pub(super) fn changed(&self, scope: &VariableSet, levels: &Levels) -> Vec<ChangedVariable> {
        let described = scope.variables.iter().zip(&scope.sizes).zip(&scope.strides);
        described
            .filter(|((v, _), _)| self.variables.contains(v))
            .map(|((&v, &size), &stride)| ChangedVariable {
                variable: v,
                before: levels[v],
                levels: size,
                stride,
            })
            .collect()
    }
}
