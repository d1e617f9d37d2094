//! Which of some conditions hold, where choices are random: distributions over sets of clauses.

use super::net::{Mask, Net};
use crate::agents::{Play, Policies};
use crate::game::{ComponentId, ComponentKind, Game, LocalState, Member};
use crate::scenario::Clause;

/// Who chooses in one component of the game.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chooser {
    pub(crate) actor: usize,
    pub(crate) component: ComponentId,
    /// Its place among the component's members.
    pub(crate) member: usize,
}

impl Chooser {
    pub(crate) fn member_of<'g>(&self, game: &'g Game) -> Option<&'g Member> {
        match game.components()[self.component].kind {
            ComponentKind::Turn { structure, .. } => Some(&game.structure(structure).members[self.member]),
            _ => None,
        }
    }

    /// The cell of its component where the state is `levels`, and the cell's number.
    fn cell<'g>(&self, game: &'g Game, levels: &[usize]) -> Option<(&'g LocalState, usize)> {
        let component = &game.components()[self.component];
        let ComponentKind::Turn { structure, .. } = component.kind else { return None };
        let cell = component.scope.cell(levels);
        Some((game.local_state(structure, cell), cell))
    }
}

/// Choosers on whose moves some conditions depend.
///
/// An actor whose play is a mixture chooses in all its components by the same mode, so modes of actors with several
/// choosers are gone through one by one.
#[derive(Debug)]
pub(crate) struct Choosers {
    all: Vec<Chooser>,
    /// Every combination of modes, with its probability: for each chooser the mode, where it has one.
    combinations: Vec<(Vec<Option<usize>>, f64)>,
}

impl Choosers {
    pub(crate) fn new(policies: &Policies<'_>, all: Vec<Chooser>) -> Self {
        let mixing = mixing(policies, &all);
        let of_choosers = |(modes, weight): (Vec<usize>, f64)| {
            let place = |chooser: &Chooser| mixing.iter().position(|&actor| actor == chooser.actor);
            (all.iter().map(|chooser| place(chooser).map(|at| modes[at])).collect(), weight)
        };
        let combinations = combinations(policies, &mixing).into_iter().map(of_choosers).collect();
        Self { all, combinations }
    }

    /// What tells the nets apart that the choosers make in different states: those of the clauses that hold as
    /// far as state and turn go, and the choosers' menus.
    pub(crate) fn key(&self, game: &Game, possible: Mask, levels: &[usize]) -> Vec<u64> {
        let mut key = Vec::with_capacity(self.all.len() + 2);
        #[expect(clippy::cast_possible_truncation, reason = "half of it at a time")]
        key.extend([possible as u64, (possible >> 64) as u64]);
        let menu = |chooser: &Chooser| Some(chooser.cell(game, levels)?.0.menus[chooser.member].id as u64);
        key.extend(self.all.iter().map(|chooser| menu(chooser).unwrap_or(u64::MAX)));
        key
    }

    /// The net of sets of clauses in the state `levels`, where those of `possible` hold as far as the state and
    /// the turn go.
    pub(crate) fn net(&self, game: &Game, clauses: &[&Clause], possible: Mask, levels: &[usize]) -> Net {
        let let_through = |chooser: &Chooser| match (chooser.member_of(game), chooser.cell(game, levels)) {
            (Some(member), Some((cell, _))) => {
                let options = &cell.menus[chooser.member].options;
                options.iter().map(|option| let_through(member, option, clauses)).collect()
            }
            _ => vec![Mask::MAX],
        };
        Net::new(possible, self.all.iter().map(let_through))
    }

    /// The probability of each set of clauses of their net in the state `levels`. O(combinations of modes x size
    /// of the net).
    pub(crate) fn chances(&self, policies: &Policies<'_>, net: &Net, levels: &[usize]) -> Vec<f64> {
        let play = |chooser: &Chooser| -> Option<&Play> {
            let (_, cell) = chooser.cell(policies.game(), levels)?;
            Some(&policies.plays(chooser.component, cell)[chooser.member])
        };
        let mut chances = vec![0.0; net.masks.len()];
        for (modes, weight) in &self.combinations {
            let rows = self.all.iter().zip(modes).map(|(chooser, mode)| {
                play(chooser).map_or(&[1.0][..], |play| {
                    // Where nothing is to be chosen, nothing is mixed either: every mode plays the policy.
                    let mixed = mode.and_then(|mode| play.modes.get(mode)).filter(|row| !row.is_empty());
                    mixed.unwrap_or(&play.policy)
                })
            });
            for (sum, p) in chances.iter_mut().zip(net.chances(*weight, rows)) {
                *sum += p;
            }
        }
        chances
    }
}

/// Actors that choose in several of these places by one mode of their mixture.
fn mixing(policies: &Policies<'_>, choosers: &[Chooser]) -> Vec<usize> {
    let mut actors: Vec<usize> = choosers.iter().map(|chooser| chooser.actor).collect();
    actors.sort_unstable();
    actors.dedup();
    let several = |actor: &usize| choosers.iter().filter(|chooser| chooser.actor == *actor).count() > 1;
    actors.retain(|actor| several(actor) && policies.mixes(*actor));
    actors
}

/// Every combination of these actors' modes, with its probability.
fn combinations(policies: &Policies<'_>, actors: &[usize]) -> Vec<(Vec<usize>, f64)> {
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

/// The clauses that an option of a member lets through.
fn let_through(member: &Member, option: &[Option<usize>], clauses: &[&Clause]) -> Mask {
    let stopped = clauses.iter().enumerate().filter(|(_, clause)| !member.satisfies(option, clause));
    stopped.fold(Mask::MAX, |mask, (bit, _)| mask & !(1 << bit))
}
