//! Why an actor chooses what it chooses: the value of each of its options, taken apart.

use super::choosing::Chooser;
use super::continuation::{Contribution, NodeDistribution, contribution};
use super::ids::LevelNumber;
use super::local_solver::{LocalSolver, Workspace};
use super::policies::Policies;
use super::reasoning::Reasoner;
use crate::game::{Learns, MemberId};
use crate::scenario::{ActorId, Levels, MoveId, SeatId, TermId, VariableId};

/// An actor's choice in the issues of one component, taken apart.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Explanation {
    /// The seats that are chosen in together.
    pub seats: Vec<SeatId>,
    /// Its options.
    pub options: Vec<ExplainedOption>,
    /// What it believes of the others in this component: actor, their seats, and each option's moves with its
    /// probability.
    pub believed: Vec<(ActorId, Vec<SeatId>, Vec<(Moves, f64)>)>,
    /// The level at which it reasons here; the weightiest, where it is a mixture. 0 values nothing.
    pub level: usize,
    /// Where it is an equilibrium: shares of the precisions at which other equilibria branch off the one
    /// that was followed.
    pub bifurcations: Vec<f64>,
}

/// A move for each seat; `None` where the issue is closed.
pub type Moves = Vec<Option<MoveId>>;

/// One option and what it is worth.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct ExplainedOption {
    /// A move for each seat.
    pub moves: Moves,
    /// The probability with which it is chosen.
    pub probability: f64,
    /// What it is worth: the sum of the terms' shares and what comes after.
    pub value: f64,
    /// Expected payments of the turn, weighted by regard; terms that pay it nothing are left out.
    pub terms: Vec<TermShare>,
    /// Expected worth of what comes after, discounted: variables that it is a table over, amount.
    pub after: Vec<(Vec<VariableId>, f64)>,
}

/// What a payoff term adds to an option's value.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct TermShare {
    /// The term.
    pub term: TermId,
    /// The believed probability that it holds.
    pub chance: f64,
    /// Its expected payment.
    pub amount: f64,
}

impl Policies<'_> {
    /// Why `actor` chooses what it does in the state `levels` in `turn` (0-based): one explanation for
    /// each component of the game in which it has an open issue.
    #[must_use]
    pub fn explain(&self, actor: ActorId, levels: &Levels, turn: usize) -> Vec<Explanation> {
        let components = self.game.choices(actor, turn).into_iter();
        let explained = components.filter_map(|(component, member)| {
            let cell = self.game.components()[component].scope.cell(levels);
            let mut workspace = Workspace::new();
            let mut solver = LocalSolver::new(self, component, cell, &mut workspace)?;
            if let Some(learns) = self.game.blueprint.actors[actor].learns {
                return Some(self.explain_beginning(&solver, member, learns));
            }
            solver.solve(None);
            // Of a mixture, its weightiest level above naive play, which values nothing.
            let weight = |&(level_number, weight): &(LevelNumber, f64)| {
                if level_number == LevelNumber::NAIVE { 0.0 } else { weight }
            };
            let weightiest =
                self.reasoning.plays[actor].iter().max_by(|a, b| weight(a).total_cmp(&weight(b)));
            let level_number = weightiest.map_or(LevelNumber::NAIVE, |(level_number, _)| *level_number);
            Some(self.decompose(&solver, member, level_number))
        });
        explained.collect()
    }

    fn decompose(
        &self,
        solver: &LocalSolver<'_>,
        member: MemberId,
        level_number: LevelNumber,
    ) -> Explanation {
        let actor = solver.structure.members[member].actor;
        let menu = &solver.local.menus[member];
        let play = solver.play(member);
        let mut options: Vec<ExplainedOption> = (0..menu.len())
            .map(|option| ExplainedOption {
                moves: menu.options[option].clone(),
                probability: play.policy[option],
                value: 0.0,
                terms: Vec::new(),
                after: Vec::new(),
            })
            .collect();
        let mut believed = Vec::new();
        if let Some(level) = self.reasoning.level(solver.depth, level_number) {
            let mixed = solver.believed(level);
            let reasoner = level.reasoners.iter().find(|reasoner| reasoner.actor == actor);
            if let Some(reasoner) = reasoner {
                add_terms(solver, &mixed, member, &mut options);
                add_after(solver, &mixed, member, *reasoner, &mut options);
            }
            believed = beliefs(solver, &mixed, member);
        }
        sum_up(&mut options);
        Explanation {
            seats: solver.structure.members[member].seats.clone(),
            options,
            believed,
            level: level_number.index(),
            bifurcations: solver.bifurcations.clone(),
        }
    }

    /// What an actor that learns chooses before it has learned anything.
    fn explain_beginning(&self, solver: &LocalSolver<'_>, member: MemberId, learns: Learns) -> Explanation {
        let (of, menu) = (&solver.structure.members[member], &solver.local.menus[member]);
        let numbers = self.menu_numbers(of, menu);
        let option = |(moves, &probability): (&Moves, &f64)| ExplainedOption {
            moves: moves.clone(),
            probability,
            value: 0.0,
            terms: Vec::new(),
            after: Vec::new(),
        };
        let mut explanation = Explanation {
            bifurcations: Vec::new(),
            seats: of.seats.clone(),
            options: menu.options.iter().zip(&numbers.uniform).map(option).collect(),
            believed: Vec::new(),
            level: 0,
        };
        let Some(reasoner) = self.own_reasoner(of.actor).filter(|_| learns == Learns::Beliefs) else {
            return explanation;
        };
        // One more than nothing for each action: any is as likely as any other.
        let members = solver.structure.members.iter().zip(&solver.local.menus);
        let believed: Vec<f64> =
            members.flat_map(|(of, menu)| self.menu_numbers(of, menu).uniform.iter().copied()).collect();
        let options = &mut explanation.options;
        add_terms(solver, &believed, member, options);
        add_after(solver, &believed, member, reasoner, options);
        sum_up(options);
        let values: Vec<f64> = options.iter().map(|option| option.value).collect();
        let mut probabilities = vec![0.0; values.len()];
        self.choose_by_value(Chooser { actor: of.actor, menu, numbers }, &values, &mut probabilities);
        for (option, probability) in options.iter_mut().zip(probabilities) {
            option.probability = probability;
        }
        explanation.believed = beliefs(solver, &believed, member);
        explanation.level = 1;
        explanation
    }
}

/// What each option is worth: its terms' shares and what comes after.
fn sum_up(options: &mut [ExplainedOption]) {
    for option in options {
        let components = option.terms.iter().map(|t| t.amount).chain(option.after.iter().map(|a| a.1));
        option.value = components.sum();
    }
}

/// Adds each term's expected payment to each option.
fn add_terms(solver: &LocalSolver<'_>, mixed: &[f64], member: MemberId, options: &mut [ExplainedOption]) {
    let (amounts, actor) = (solver.amounts(), solver.structure.members[member].actor);
    let first = solver.local.options_of(member).start;
    for product in &solver.local.products {
        let amount = amounts.of(product, actor);
        if amount == 0.0 {
            continue;
        }
        let mut others = 1.0;
        let mut own = None;
        for factor in solver.local.factors(product) {
            let subset = solver.local.subsets.get(factor.subset);
            if factor.actor == actor {
                own = Some(subset);
            } else {
                others *= subset.iter().map(|&o| mixed[o as usize]).sum::<f64>();
            }
        }
        for (option, explained) in options.iter_mut().enumerate() {
            if own.is_none_or(|subset| subset.iter().any(|&o| o as usize == first + option)) {
                explained.add(product.term, product.sign * others, amount * others);
            }
        }
    }
}

impl ExplainedOption {
    fn add(&mut self, term: TermId, chance: f64, amount: f64) {
        match self.terms.iter_mut().find(|share| share.term == term) {
            Some(share) => {
                share.chance += chance;
                share.amount += amount;
            }
            None => self.terms.push(TermShare { term, chance, amount }),
        }
    }
}

fn beliefs(
    solver: &LocalSolver<'_>,
    mixed: &[f64],
    member: MemberId,
) -> Vec<(ActorId, Vec<SeatId>, Vec<(Moves, f64)>)> {
    let others = solver.structure.members.numbered().filter(|(at, _)| *at != member);
    others
        .map(|(at, other)| {
            let believed = mixed[solver.local.options_of(at)].iter().copied();
            let options = solver.local.menus[at].options.iter().cloned().zip(believed);
            (other.actor, other.seats.clone(), options.collect())
        })
        .collect()
}

/// Adds what each continuation term is worth after each option.
fn add_after(
    solver: &LocalSolver<'_>,
    mixed: &[f64],
    member: MemberId,
    reasoner: Reasoner,
    options: &mut [ExplainedOption],
) {
    let continuation_terms = solver
        .structure
        .continuation_terms
        .iter()
        .zip(&solver.local.diagrams)
        .zip(&solver.continuation_values);
    for ((continuation_term, diagram), values) in continuation_terms {
        let nodes = NodeDistribution::new(diagram, solver.local, mixed);
        let added = contribution(&nodes, values, reasoner, Some(member));
        for (option, explained) in options.iter_mut().enumerate() {
            let amount = match &added {
                Contribution::Constant(amount) => *amount,
                Contribution::ByClass(stage, values) => {
                    values[diagram.shape.stages[*stage].class_of[option] as usize]
                }
            };
            match explained.after.iter_mut().find(|(over, _)| *over == continuation_term.scope.variables) {
                Some((_, sum)) => *sum += amount,
                None => explained.after.push((continuation_term.scope.variables.clone(), amount)),
            }
        }
    }
}
