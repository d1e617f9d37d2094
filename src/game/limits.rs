//! What is too large to be computed with, found before anybody takes memory for it.

use super::blueprint::{Blueprint, Learns, at_levels};
use super::compiled::Game;
use super::component::{Component, ComponentKind, ComponentStructure, ContinuationTerm, Member};
use super::effect_diagram::CLAUSES;
use super::ids::{ComponentId, MemberId, StructureId};
use super::variable_set::VariableSet;
use crate::scenario::{ActorId, Diagnostic, IdVec, Scenario, SeatId, Span, thousands};

/// Cells of one component: beyond this, its table of cells alone would take hundreds of megabytes.
const CELLS: usize = 1 << 26;

/// Options of one actor in one component.
const OPTIONS: usize = 1 << 14;

/// What is counted of the moves that are chosen together, over all turns.
const COUNTS: usize = 1_000_000;

/// A game that cannot be computed with.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum GameError {
    /// Some component of the game reads too many variables at once.
    #[error(
        "choices and chances over {variables} hang together: {} combinations of levels, and more than {} \
         are refused",
        apart(*cells),
        apart(*limit)
    )]
    TooManyCells {
        /// The variables, in words.
        variables: String,
        /// How many combinations.
        cells: usize,
        /// How many there may be.
        limit: usize,
        /// The first of the variables.
        place: Span,
    },
    /// An actor has too many options in seats that belong together.
    #[error(
        "`{actor}` has {} combinations of moves in issues that hang together ({issues}): more than {} are \
         refused",
        apart(*options),
        apart(*limit)
    )]
    TooManyOptions {
        /// Its id.
        actor: String,
        /// The issues, in words.
        issues: String,
        /// How many combinations.
        options: usize,
        /// How many there may be.
        limit: usize,
        /// The actor.
        place: Span,
    },
    /// An actor who learns, or of whom somebody learns, has too many actions.
    #[error(
        "`{actor}` has {} combinations of moves over all its issues: more than {} cannot be kept in mind \
         where actors learn",
        apart(*actions),
        apart(*limit)
    )]
    TooManyActions {
        /// Its id.
        actor: String,
        /// How many combinations, issues that are closed among them.
        actions: usize,
        /// How many there may be.
        limit: usize,
        /// The actor.
        place: Span,
    },
    /// Too many effects couple.
    #[error(
        "effects with {} alternatives in their conditions hang together in one state: more than {} are refused",
        apart(*clauses),
        apart(*limit)
    )]
    TooManyClauses {
        /// How many alternatives.
        clauses: usize,
        /// How many there may be.
        limit: usize,
        /// The first of the effects.
        place: Span,
    },
    /// The moves of all turns are too many to be counted.
    #[error(
        "the moves that are chosen together make {} counts in all turns: more than {} are refused",
        apart(*counts),
        apart(*limit)
    )]
    TooManyCounts {
        /// How many counts.
        counts: usize,
        /// How many there may be.
        limit: usize,
        /// The actor with the most.
        place: Span,
    },
}

impl GameError {
    /// The same as a finding about the scenario's text, with what to do.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        let (place, help) = match self {
            Self::TooManyCells { place, .. } => {
                (place, "let terms, effects or outcomes name fewer variables, or look fewer turns ahead")
            }
            Self::TooManyOptions { place, .. } => {
                (place, "let terms and effects name moves in fewer issues at once, or give fewer moves")
            }
            Self::TooManyActions { place, .. } => (place, "give it fewer moves, or let nobody learn"),
            Self::TooManyClauses { place, .. } => {
                (place, "let effects that change the same variables have fewer alternatives")
            }
            Self::TooManyCounts { place, .. } => {
                (place, "play fewer turns, or let terms and effects name moves in fewer issues at once")
            }
        };
        Diagnostic::error("too-large", *place, self.to_string()).help(help)
    }
}

/// Refuses components and structures that are too large, of which no cell has been made yet.
pub(super) fn check(
    scenario: &Scenario,
    blueprint: &Blueprint,
    components: &IdVec<ComponentId, Component>,
    structures: &IdVec<StructureId, ComponentStructure>,
) -> Result<(), GameError> {
    for component in components {
        check_cells(scenario, &component.scope)?;
    }
    for structure in structures {
        for member in &structure.members {
            check_options(scenario, blueprint, member)?;
        }
        for continuation_term in &structure.continuation_terms {
            check_clauses(scenario, blueprint, continuation_term)?;
        }
    }
    Ok(())
}

/// Refuses effects of which more clauses can hold in one state than are told apart. O(cells x clauses), where clauses are
/// many.
fn check_clauses(
    scenario: &Scenario,
    blueprint: &Blueprint,
    continuation_term: &ContinuationTerm,
) -> Result<(), GameError> {
    if continuation_term.clause_count() <= CLAUSES {
        return Ok(());
    }
    let named =
        continuation_term.clauses().flat_map(|clause| clause.levels.iter().map(|(variable, _)| *variable));
    let scope = VariableSet::new(named.collect(), &blueprint.levels);
    check_cells(scenario, &scope)?;
    let mut levels = blueprint.lowest();
    for cell in scope.all_cells() {
        scope.write(cell, &mut levels);
        let clauses = continuation_term.clauses().filter(|clause| at_levels(clause, &levels)).count();
        if clauses > CLAUSES {
            let place = scenario.effects[continuation_term.effects[0].effect.index()].span;
            return Err(GameError::TooManyClauses { clauses, limit: CLAUSES, place });
        }
    }
    Ok(())
}

fn check_cells(scenario: &Scenario, scope: &VariableSet) -> Result<(), GameError> {
    if scope.cells <= CELLS {
        return Ok(());
    }
    let variables = scope.variables.iter().map(|&v| scenario.variables[v.index()].id.as_str());
    Err(GameError::TooManyCells {
        variables: format!("{} variables ({})", scope.variables.len(), some(&variables.collect::<Vec<_>>())),
        cells: scope.cells,
        limit: CELLS,
        place: scenario.variables[scope.variables[0].index()].span,
    })
}

fn check_options(scenario: &Scenario, blueprint: &Blueprint, member: &Member) -> Result<(), GameError> {
    let moves = member.seats.iter().map(|&seat| blueprint.seats[seat].moves);
    let options = moves.fold(1, usize::saturating_mul);
    if options <= OPTIONS {
        return Ok(());
    }
    let issue = |seat: &SeatId| scenario.issues[scenario.seats[seat.index()].issue.index()].id.as_str();
    let actor = &scenario.actors[member.actor.index()];
    Err(GameError::TooManyOptions {
        actor: actor.id.clone(),
        issues: some(&member.seats.iter().map(issue).collect::<Vec<_>>()),
        options,
        limit: OPTIONS,
        place: actor.span,
    })
}

/// Refuses more actions than are remembered: there is a place for each action of a learner's, and of those that
/// it learns of.
pub(super) fn check_memories(scenario: &Scenario, blueprint: &Blueprint) -> Result<(), GameError> {
    let any_watches = blueprint.actors.iter().any(|plan| plan.learns == Some(Learns::Beliefs));
    for (actor, plan) in blueprint.actors.numbered() {
        let seats = blueprint.seats.iter().filter(|seat| seat.actor == actor);
        let actions = seats.fold(1_usize, |n, seat| n.saturating_mul(seat.moves + 1));
        if actions > OPTIONS && (any_watches || plan.learns.is_some()) {
            let actor = &scenario.actors[actor.index()];
            let (actor, place) = (actor.id.clone(), actor.span);
            return Err(GameError::TooManyActions { actor, actions, limit: OPTIONS, place });
        }
    }
    Ok(())
}

/// Refuses more counts than tallies should have: one for every combination of moves, or of closed issues, of
/// every choice in every turn.
pub(super) fn check_counts(scenario: &Scenario, game: &Game) -> Result<(), GameError> {
    let codes = |(component, member): (ComponentId, MemberId)| {
        let ComponentKind::Turn { structure, .. } = game.components()[component].kind else { return 0 };
        let seats = &game.structure(structure).members[member].seats;
        seats.iter().fold(1_usize, |codes, &seat| codes.saturating_mul(game.blueprint.seats[seat].moves + 1))
    };
    let of_actor = |actor: ActorId| {
        let choices = (0..game.blueprint.turns).flat_map(|turn| game.choices(actor, turn));
        choices.map(codes).fold(0, usize::saturating_add)
    };
    let counts: IdVec<ActorId, usize> = game.blueprint.actors.ids().map(of_actor).collect();
    let all = counts.iter().copied().fold(0, usize::saturating_add);
    if all <= COUNTS {
        return Ok(());
    }
    let most = counts.ids().max_by_key(|&actor| counts[actor]);
    let place = most.map_or_else(Span::default, |actor| scenario.actors[actor.index()].span);
    Err(GameError::TooManyCounts { counts: all, limit: COUNTS, place })
}

/// A number with its thousands apart.
fn apart(number: usize) -> String {
    thousands(i128::try_from(number).unwrap_or(i128::MAX))
}

/// The first few names, and how many more there are.
fn some(names: &[&str]) -> String {
    const FEW: usize = 6;
    let quoted: Vec<String> = names.iter().take(FEW).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(FEW) {
        0 => quoted.join(", "),
        more => format!("{} and {more} more", quoted.join(", ")),
    }
}
