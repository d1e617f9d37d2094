//! Terms, effects and measures that can never hold, and scripted moves that can be unavailable.

use crate::scenario::worlds::Worlds;
use crate::scenario::{
    Clause, Condition, Diagnostic, IssueId, Scenario, Script, Seat, SeatId, Set, Span, VariableId,
};

/// Combinations of levels that a warning is worth looking through.
pub(super) const MAX_WORLDS: u128 = 100_000;

pub(super) fn never_holds(scenario: &Scenario, warnings: &mut Vec<Diagnostic>) {
    for term in &scenario.terms {
        let name = format!("term `{}`", term.path);
        let conditional = Conditional { when: &term.when, issue: term.issue, name, span: term.span };
        warnings.extend(conditional.warning(scenario));
    }
    for effect in &scenario.effects {
        let what = if effect.issue.is_some() { "effect" } else { "event" };
        let name = format!("{what} `{}`", effect.path);
        let conditional = Conditional { when: &effect.when, issue: effect.issue, name, span: effect.span };
        warnings.extend(conditional.warning(scenario));
    }
    for measure in &scenario.measures {
        let name = format!("measure `measures.{}`", measure.id);
        let conditional = Conditional { when: &measure.when, issue: None, name, span: measure.span };
        warnings.extend(conditional.warning(scenario));
    }
    for issue in &scenario.issues {
        if !issue.when.any.iter().any(is_possible) {
            let message = format!("issue `{}` is never open", issue.id);
            warnings.push(Diagnostic::warning("never", issue.span, message));
        }
    }
}

/// Something that has a condition.
struct Conditional<'s> {
    when: &'s Condition,
    /// The issue to which it belongs.
    issue: Option<IssueId>,
    /// What it is called.
    name: String,
    span: Span,
}

impl Conditional<'_> {
    /// The warning that it, or one of the alternatives of its condition, can never hold.
    fn warning(&self, scenario: &Scenario) -> Option<Diagnostic> {
        let clauses = self.when.any.iter();
        let reasons: Vec<Option<String>> =
            clauses.map(|clause| contradiction(scenario, clause, self.issue)).collect();
        let (name, first) = (&self.name, reasons.iter().position(Option::is_some));
        let message = match first.and_then(|at| Some((at, reasons[at].as_ref()?))) {
            Some((_, reason)) if reasons.iter().all(Option::is_some) => {
                format!("{name} can never hold: {reason}")
            }
            Some((at, reason)) => format!("alternative {} of {name} can never hold: {reason}", at + 1),
            None if reasons.is_empty() => format!("{name} can never hold: it has no alternative"),
            None => return None,
        };
        Some(Diagnostic::warning("never", self.span, message))
    }
}

/// Why a clause can never hold, judged against each condition that it needs by itself.
fn contradiction(scenario: &Scenario, clause: &Clause, issue: Option<IssueId>) -> Option<String> {
    if let Some(reason) = own_contradiction(scenario, clause) {
        return Some(reason);
    }
    let seats = clause.moves.iter().map(|(seat, _)| scenario.seats[seat.index()].issue);
    for issue in issue.into_iter().chain(seats) {
        let issue = &scenario.issues[issue.index()];
        if !issue.when.any.iter().any(|open| are_compatible(clause, open)) {
            return Some(format!("issue `{}` is closed then", issue.id));
        }
    }
    for (id, set) in &clause.moves {
        let seat = &scenario.seats[id.index()];
        let available = |one: usize| seat.moves[one].when.any.iter().any(|open| are_compatible(clause, open));
        if !set.members().any(available) {
            return Some(format!("{} is not available then", list_moves(seat, set)));
        }
    }
    None
}

fn own_contradiction(scenario: &Scenario, clause: &Clause) -> Option<String> {
    if let Some((variable, _)) = clause.levels.iter().find(|(_, set)| set.is_empty()) {
        return Some(format!("no level of `{}` will do", scenario.variables[variable.index()].id));
    }
    if let Some((seat, _)) = clause.moves.iter().find(|(_, set)| set.is_empty()) {
        let actor = scenario.seats[seat.index()].actor;
        return Some(format!("no move of `{}` will do", scenario.actors[actor.index()].id));
    }
    let no_turn = clause.turns.as_ref().is_some_and(Set::is_empty);
    no_turn.then(|| match scenario.turns {
        1 => "there is only 1 turn".to_owned(),
        turns => format!("there are only {turns} turns"),
    })
}

fn list_moves(seat: &Seat, moves: &Set) -> String {
    let names: Vec<String> = moves.members().map(|one| format!("`{}`", seat.moves[one].id)).collect();
    names.join(" or ")
}

fn is_possible(clause: &Clause) -> bool {
    are_compatible(clause, &Clause::default())
}

/// Whether two clauses can hold together, as far as each variable, seat and the turn by itself tell.
pub(super) fn are_compatible(one: &Clause, other: &Clause) -> bool {
    let turns = match (&one.turns, &other.turns) {
        (Some(one), Some(other)) => one.and(other).is_empty(),
        (Some(turns), None) | (None, Some(turns)) => turns.is_empty(),
        (None, None) => false,
    };
    !turns
        && sets_meet::<VariableId>(&one.levels, &other.levels)
        && sets_meet::<SeatId>(&one.moves, &other.moves)
}

fn sets_meet<Id: PartialEq>(one: &[(Id, Set)], other: &[(Id, Set)]) -> bool {
    let meets = |(id, set): &(Id, Set)| match other.iter().find(|(known, _)| known == id) {
        Some((_, known)) => !set.and(known).is_empty(),
        None => !set.is_empty(),
    };
    one.iter().all(meets) && other.iter().all(|(_, set)| !set.is_empty())
}

/// Scripted moves that are not available somewhere where the issue is open: the script is scaled to the
/// others there, or falls silent.
pub(super) fn scripted_but_unavailable(scenario: &Scenario, warnings: &mut Vec<Diagnostic>) {
    for seat in &scenario.seats {
        let Some(Script::Draw(weights)) = &seat.script else { continue };
        let issue = &scenario.issues[seat.issue.index()];
        for (place, amount) in weights {
            let one = &seat.moves[*place];
            let worlds = Worlds::named_by(scenario, [&issue.when, &one.when].into_iter());
            if one.when.always_holds() || MAX_WORLDS < worlds.count() {
                continue;
            }
            let missing = worlds.find(|world| world.satisfies(&issue.when) && !world.satisfies(&one.when));
            if let Some(world) = missing {
                let place = world.describe(scenario);
                let message = format!("the scripted move `{}` is not available at {place}", one.id);
                warnings.push(Diagnostic::warning("script-unavailable", amount.span, message));
            }
        }
    }
}
