//! Which of some conditions hold, where choices are random: distributions over sets of clauses.

use crate::agents::Policies;
use crate::game::{Game, Member, PartId, PartKind};
use crate::scenario::Clause;

/// A set of clauses, one bit each.
pub(crate) type Mask = u128;

/// As many clauses as a [`Mask`] has bits.
pub(crate) const CLAUSES: usize = 128;

/// Who chooses in one part of the game.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chooser {
    pub(crate) actor: usize,
    pub(crate) part: PartId,
    /// Its place among the part's members.
    pub(crate) member: usize,
}

impl Chooser {
    pub(crate) fn member_of<'g>(&self, game: &'g Game) -> Option<&'g Member> {
        match game.parts()[self.part].kind {
            PartKind::Turn { shape, .. } => Some(&game.shape(shape).members[self.member]),
            _ => None,
        }
    }
}

/// The distribution over sets of clauses that hold, given that those of `possible` hold as far as the state
/// and the turn go, and that the choosers choose in the state `levels`. Masks ascend.
///
/// An actor whose play is a mixture chooses in all its parts by the same mode, so modes of actors with several
/// choosers are gone through one by one. O(modes x masks x classes of options), chooser by chooser.
pub(crate) fn holding(
    policies: &Policies<'_>,
    choosers: &[Chooser],
    clauses: &[&Clause],
    possible: Mask,
    levels: &[usize],
) -> Vec<(Mask, f64)> {
    let mixing: Vec<usize> = mixing(policies, choosers);
    let mut all = Vec::new();
    for (modes, weight) in combinations(policies, &mixing) {
        let mut masks = vec![(possible, weight)];
        for chooser in choosers {
            let mode = mixing.iter().position(|&actor| actor == chooser.actor).map(|at| modes[at]);
            let classes = classes(policies, *chooser, mode, clauses, levels);
            let products =
                masks.iter().flat_map(|&(mask, p)| classes.iter().map(move |&(c, q)| (mask & c, p * q)));
            masks = merged(products.collect());
        }
        all.extend(masks);
    }
    merged(all)
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

/// A chooser's options by the clauses that they let through.
fn classes(
    policies: &Policies<'_>,
    chooser: Chooser,
    mode: Option<usize>,
    clauses: &[&Clause],
    levels: &[usize],
) -> Vec<(Mask, f64)> {
    let game = policies.game();
    let part = &game.parts()[chooser.part];
    let PartKind::Turn { shape, .. } = part.kind else { return vec![(Mask::MAX, 1.0)] };
    let cell = part.scope.cell(levels);
    let play = &policies.plays(chooser.part, cell)[chooser.member];
    // Where nothing is to be chosen, nothing is mixed either: every mode plays the policy.
    let policy =
        mode.and_then(|mode| play.modes.get(mode)).filter(|row| !row.is_empty()).unwrap_or(&play.policy);
    let member = &game.shape(shape).members[chooser.member];
    let menu = &game.cell(shape, cell).menus[chooser.member];
    let asked = |(_, clause): &(usize, &&Clause)| {
        clause.moves.iter().any(|(seat, _)| member.seats.contains(&seat.index()))
    };
    let asking: Vec<(usize, &&Clause)> = clauses.iter().enumerate().filter(asked).collect();
    let let_through = |option: &[Option<usize>]| {
        let passes = |(_, clause): &&(usize, &&Clause)| !member.satisfies(option, clause);
        asking.iter().filter(passes).fold(Mask::MAX, |mask, (bit, _)| mask & !(1 << bit))
    };
    let options = menu.options.iter().zip(policy).filter(|(_, p)| **p > 0.0);
    merged(options.map(|(option, &p)| (let_through(option), p)).collect())
}

/// Equal masks made one, in ascending order.
pub(super) fn merged(mut masks: Vec<(Mask, f64)>) -> Vec<(Mask, f64)> {
    // The sort is stable, so equal masks are summed in the order in which they came.
    masks.sort_by_key(|(mask, _)| *mask);
    masks.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    masks
}
