//! Why an actor chooses what it chooses: the value of each of its options, taken apart.

use super::continuation::{Addition, Forward, addition};
use super::minds::Mind;
use super::policies::Policies;
use super::row::{Room, Thought};
use crate::game::Learns;

/// An actor's choice in the issues of one part, taken apart.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Explanation {
    /// The seats that are chosen in together.
    pub seats: Vec<usize>,
    /// Its options.
    pub options: Vec<ExplainedOption>,
    /// What it believes of the others in this part: actor, their seats, and each option's moves with its
    /// probability.
    pub believed: Vec<(usize, Vec<usize>, Vec<(Moves, f64)>)>,
    /// The level at which it reasons here; the weightiest, where it is a mixture. 0 values nothing.
    pub step: usize,
    /// Where it is an equilibrium: shares of the precisions at which other equilibria branch off the one
    /// that was followed.
    pub crossings: Vec<f64>,
}

/// A move for each seat; `None` where the issue is closed.
pub type Moves = Vec<Option<usize>>;

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
    pub after: Vec<(Vec<usize>, f64)>,
}

/// What a payoff term adds to an option's value.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct TermShare {
    /// The term.
    pub term: usize,
    /// The believed probability that it holds.
    pub chance: f64,
    /// Its expected payment.
    pub amount: f64,
}

impl Policies<'_> {
    /// Why `actor` chooses what it does in the state `levels` in `turn` (0-based): one explanation for
    /// each part of the game in which it has an open issue.
    #[must_use]
    pub fn explain(&self, actor: usize, levels: &[usize], turn: usize) -> Vec<Explanation> {
        let parts = self.game.choices(actor, turn).into_iter();
        let explained = parts.filter_map(|(part, member)| {
            let cell = self.game.parts()[part].scope.cell(levels);
            let mut room = Room::new();
            let mut thought = Thought::new(self, part, cell, &mut room)?;
            if let Some(learns) = self.game.blueprint.actors[actor].learns {
                return Some(self.explain_beginning(&thought, member, learns));
            }
            thought.think(None);
            // Of a mixture, its weightiest level above naive play, which values nothing.
            let weight = |&(step, weight): &(usize, f64)| if step == 0 { 0.0 } else { weight };
            let weightiest = self.minds.plays[actor].iter().max_by(|a, b| weight(a).total_cmp(&weight(b)));
            let step = weightiest.map_or(0, |(step, _)| *step);
            Some(self.take_apart(&thought, member, step))
        });
        explained.collect()
    }

    fn take_apart(&self, thought: &Thought<'_>, member: usize, step: usize) -> Explanation {
        let actor = thought.shape.members[member].actor;
        let menu = &thought.cell.menus[member];
        let play = thought.play(member);
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
        if let Some(taken) = step.checked_sub(1).and_then(|at| self.minds.steps(thought.depth).get(at)) {
            let mixed = thought.believed(taken);
            let mind = taken.minds.iter().find(|mind| mind.actor == actor);
            if let Some(mind) = mind {
                add_terms(thought, &mixed, member, &mut options);
                self.add_after(thought, &mixed, member, *mind, &mut options);
            }
            believed = beliefs(thought, &mixed, member);
        }
        sum_up(&mut options);
        Explanation {
            seats: thought.shape.members[member].seats.clone(),
            options,
            believed,
            step,
            crossings: thought.crossings.clone(),
        }
    }

    /// What an actor that learns chooses before it has learned anything.
    fn explain_beginning(&self, thought: &Thought<'_>, member: usize, learns: Learns) -> Explanation {
        let (of, menu) = (&thought.shape.members[member], &thought.cell.menus[member]);
        let numbers = self.menu_numbers(of, menu);
        let option = |(moves, &probability): (&Moves, &f64)| ExplainedOption {
            moves: moves.clone(),
            probability,
            value: 0.0,
            terms: Vec::new(),
            after: Vec::new(),
        };
        let mut explanation = Explanation {
            crossings: Vec::new(),
            seats: of.seats.clone(),
            options: menu.options.iter().zip(&numbers.uniform).map(option).collect(),
            believed: Vec::new(),
            step: 0,
        };
        let Some(mind) = self.own_mind(of.actor).filter(|_| learns == Learns::Beliefs) else {
            return explanation;
        };
        // One more than nothing for each action: any is as likely as any other.
        let members = thought.shape.members.iter().zip(&thought.cell.menus);
        let believed: Vec<f64> =
            members.flat_map(|(of, menu)| self.menu_numbers(of, menu).uniform.iter().copied()).collect();
        let options = &mut explanation.options;
        add_terms(thought, &believed, member, options);
        self.add_after(thought, &believed, member, mind, options);
        sum_up(options);
        let values: Vec<f64> = options.iter().map(|option| option.value).collect();
        let mut probabilities = vec![0.0; values.len()];
        self.choose_by_value(of.actor, menu, numbers, &values, &mut probabilities);
        for (option, probability) in options.iter_mut().zip(probabilities) {
            option.probability = probability;
        }
        explanation.believed = beliefs(thought, &believed, member);
        explanation.step = 1;
        explanation
    }

    /// Adds what each piece of the continuation is worth after each option.
    fn add_after(
        &self,
        thought: &Thought<'_>,
        mixed: &[f64],
        member: usize,
        mind: Mind,
        options: &mut [ExplainedOption],
    ) {
        let pieces = thought.shape.pieces.iter().zip(&thought.cell.lattices).zip(&thought.worth);
        for ((piece, lattice), worth) in pieces {
            let forward = Forward::new(lattice, thought.cell, mixed);
            let added = addition(&forward, worth, self.minds.lanes, mind, Some(member));
            for (option, explained) in options.iter_mut().enumerate() {
                let amount = match &added {
                    Addition::Constant(amount) => *amount,
                    Addition::ByClass(stage, values) => {
                        values[lattice.form.stages[*stage].class_of[option] as usize]
                    }
                };
                match explained.after.iter_mut().find(|(over, _)| *over == piece.scope.variables) {
                    Some((_, sum)) => *sum += amount,
                    None => explained.after.push((piece.scope.variables.clone(), amount)),
                }
            }
        }
    }
}

/// What each option is worth: its terms' shares and what comes after.
fn sum_up(options: &mut [ExplainedOption]) {
    for option in options {
        let parts = option.terms.iter().map(|t| t.amount).chain(option.after.iter().map(|a| a.1));
        option.value = parts.sum();
    }
}

/// Adds each term's expected payment to each option.
fn add_terms(thought: &Thought<'_>, mixed: &[f64], member: usize, options: &mut [ExplainedOption]) {
    let (amounts, actor) = (thought.amounts(), thought.shape.members[member].actor);
    let first = thought.cell.options_of(member).start;
    for product in &thought.cell.products {
        let amount = amounts.of(product, actor);
        if amount == 0.0 {
            continue;
        }
        let mut others = 1.0;
        let mut own = None;
        for factor in thought.cell.factors(product) {
            let subset = thought.cell.subsets.get(factor.subset);
            if factor.actor as usize == actor {
                own = Some(subset);
            } else {
                others *= subset.iter().map(|&o| mixed[o as usize]).sum::<f64>();
            }
        }
        for (option, explained) in options.iter_mut().enumerate() {
            if own.is_none_or(|subset| subset.iter().any(|&o| o as usize == first + option)) {
                explained.add(product.term as usize, product.sign * others, amount * others);
            }
        }
    }
}

impl ExplainedOption {
    fn add(&mut self, term: usize, chance: f64, amount: f64) {
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
    thought: &Thought<'_>,
    mixed: &[f64],
    member: usize,
) -> Vec<(usize, Vec<usize>, Vec<(Moves, f64)>)> {
    let others = thought.shape.members.iter().enumerate().filter(|(at, _)| *at != member);
    others
        .map(|(at, other)| {
            let believed = mixed[thought.cell.options_of(at)].iter().copied();
            let options = thought.cell.menus[at].options.iter().cloned().zip(believed);
            (other.actor, other.seats.clone(), options.collect())
        })
        .collect()
}
