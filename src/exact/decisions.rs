//! Which of some conditions hold, where choices are random: distributions over sets of clauses.

use super::clause_diagram::{ClauseDiagram, ClauseSet, NARROW, WideSet};
use crate::agents::{Play, Policies};
use crate::game::{CellId, ComponentId, ComponentKind, Game, LocalState, Member, MemberId};
use crate::scenario::{ActorId, Clause, Levels, MoveId};

/// Who chooses in one component of the game.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DecisionRef {
    pub(crate) actor: ActorId,
    pub(crate) component: ComponentId,
    /// Its place among the component's members.
    pub(crate) member: MemberId,
}

impl DecisionRef {
    pub(crate) fn member_of<'g>(&self, game: &'g Game) -> Option<&'g Member> {
        match game.components()[self.component].kind {
            ComponentKind::Turn { structure, .. } => Some(&game.structure(structure).members[self.member]),
            _ => None,
        }
    }

    /// The cell of its component where the state is `levels`, and the cell's number.
    fn local_state<'g>(&self, game: &'g Game, levels: &Levels) -> Option<(&'g LocalState, CellId)> {
        let component = &game.components()[self.component];
        let ComponentKind::Turn { structure, .. } = component.kind else { return None };
        let cell = component.scope.cell(levels);
        Some((game.local_state(structure, cell), cell))
    }
}

/// Choosers on whose moves some conditions depend.
///
/// An actor whose play is a mixture chooses in all its components by the same mode, so modes of actors with several
/// decisions are gone through one by one.
#[derive(Debug)]
pub(crate) struct CoupledDecisions {
    all: Vec<DecisionRef>,
    /// Every combination of modes, with its probability: for each decision the mode, where it has one.
    combinations: Vec<(Vec<Option<usize>>, f64)>,
}

impl CoupledDecisions {
    pub(crate) fn new(policies: &Policies<'_>, all: Vec<DecisionRef>) -> Self {
        let mixing = mixing(policies, &all);
        let of_choosers = |(modes, weight): (Vec<usize>, f64)| {
            let place = |decision: &DecisionRef| mixing.iter().position(|&actor| actor == decision.actor);
            (all.iter().map(|decision| place(decision).map(|at| modes[at])).collect(), weight)
        };
        let combinations = combinations(policies, &mixing).into_iter().map(of_choosers).collect();
        Self { all, combinations }
    }

    /// What tells the diagrams apart of the decisions in different states: which of `clauses` clauses hold as far as state
    /// and turn go, and the decisions' menus.
    pub(crate) fn key(&self, game: &Game, clauses: usize, possible: &[usize], levels: &Levels) -> Vec<u64> {
        let mut key = vec![0; clauses.div_ceil(64)];
        for clause in possible {
            key[clause / 64] |= 1 << (clause % 64);
        }
        let menu = |decision: &DecisionRef| {
            Some(decision.local_state(game, levels)?.0.menus[decision.member].id.index() as u64)
        };
        key.extend(self.all.iter().map(|decision| menu(decision).unwrap_or(u64::MAX)));
        key
    }

    /// The diagram of sets of clauses in the state `levels`, in which all of `possible` hold as far as the state and the
    /// turn go, and the sets in which its walks end, each as places in `possible`.
    pub(crate) fn diagram(
        &self,
        game: &Game,
        possible: &[&Clause],
        levels: &Levels,
    ) -> (ClauseDiagram, Vec<Vec<usize>>) {
        if possible.len() <= NARROW {
            self.diagram_over::<u128>(game, possible, levels)
        } else {
            self.diagram_over::<WideSet>(game, possible, levels)
        }
    }

    fn diagram_over<S: ClauseSet>(
        &self,
        game: &Game,
        possible: &[&Clause],
        levels: &Levels,
    ) -> (ClauseDiagram, Vec<Vec<usize>>) {
        let all = S::all(possible.len());
        let let_through =
            |decision: &DecisionRef| match (decision.member_of(game), decision.local_state(game, levels)) {
                (Some(member), Some((local, _))) => {
                    let through = |option: &Vec<Option<MoveId>>| {
                        let mut set = all.clone();
                        set.retain(|clause| member.satisfies(option, possible[clause]));
                        set
                    };
                    local.menus[decision.member].options.iter().map(through).collect()
                }
                _ => vec![all.clone()],
            };
        let (diagram, sets) = ClauseDiagram::new(possible.len(), self.all.iter().map(let_through));
        (diagram, sets.iter().map(S::members).collect())
    }

    /// The number of profiles of the decisions' options in the state `levels`.
    pub(crate) fn profiles(&self, game: &Game, levels: &Levels) -> usize {
        let options = |decision: &DecisionRef| {
            decision
                .local_state(game, levels)
                .map_or(1, |(local, _)| local.menus[decision.member].options.len())
        };
        self.all.iter().map(options).fold(1, usize::saturating_mul)
    }

    /// The probability of each set of clauses of their diagram in the state `levels`. O(combinations of modes x size
    /// of the diagram).
    pub(crate) fn chances(
        &self,
        policies: &Policies<'_>,
        diagram: &ClauseDiagram,
        levels: &Levels,
    ) -> Vec<f64> {
        let play = |decision: &DecisionRef| -> Option<&Play> {
            let (_, cell) = decision.local_state(policies.game(), levels)?;
            Some(&policies.plays(decision.component, cell)[decision.member])
        };
        let mut chances = vec![0.0; diagram.ends()];
        for (modes, weight) in &self.combinations {
            let rows = self.all.iter().zip(modes).map(|(decision, mode)| {
                play(decision).map_or(&[1.0][..], |play| {
                    // Where nothing is to be chosen, nothing is mixed either: every mode plays the policy.
                    let mixed = mode.and_then(|mode| play.modes.get(mode)).filter(|row| !row.is_empty());
                    mixed.unwrap_or(&play.policy)
                })
            });
            for (sum, p) in chances.iter_mut().zip(diagram.chances(*weight, rows)) {
                *sum += p;
            }
        }
        chances
    }
}

/// Actors that choose in several of these places by one mode of their mixture.
fn mixing(policies: &Policies<'_>, decisions: &[DecisionRef]) -> Vec<ActorId> {
    let mut actors: Vec<ActorId> = decisions.iter().map(|decision| decision.actor).collect();
    actors.sort_unstable();
    actors.dedup();
    let several = |actor: &ActorId| decisions.iter().filter(|decision| decision.actor == *actor).count() > 1;
    actors.retain(|actor| several(actor) && policies.mixes(*actor));
    actors
}

/// Every combination of these actors' modes, with its probability.
fn combinations(policies: &Policies<'_>, actors: &[ActorId]) -> Vec<(Vec<usize>, f64)> {
    let mut all = vec![(Vec::new(), 1.0)];
    for &actor in actors {
        let weights = policies.modes(actor);
        let longer = all.iter().flat_map(|(modes, p)| {
            weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0).map(move |(mode, weight)| {
                let modes: Vec<usize> = modes.iter().copied().chain([mode]).collect();
                (modes, p * weight)
            })
        });
        all = longer.collect();
    }
    all
}
