//! A local state as the game of those in equilibrium.
//!
//! Takes a [`LocalSolver`] in which everybody but the players is settled, and shows it as a [`LogitGame`]: what each
//! choice is worth under a profile, and how that changes with the profile. Values are multilinear in the players'
//! probabilities, so slopes are what values are, with one more factor left out. Nothing here knows how an equilibrium
//! is followed.

use super::continuation::NodeDistribution;
use super::equilibrium_player::EquilibriumPlayer;
use super::expectation::{Expectation, chances};
use super::local_solver::LocalSolver;
use super::reasoning::ReasoningLevel;
use super::tabulated::TabulatedContinuation;
use crate::equilibrium::LogitGame;
use crate::game::{DiagramStage, EffectDiagram, LocalState, MemberId, PayoffProduct, Rule};
use crate::scenario::{ActorId, IdVec};

/// A cell as the players' game: the others play what they play.
pub(super) struct LocalGame<'g, 'a> {
    solver: &'g mut LocalSolver<'a>,
    level: &'g ReasoningLevel,
    players: &'g [EquilibriumPlayer],
    /// For each actor, its place among the players.
    player_of: IdVec<ActorId, Option<usize>>,
    actions: Vec<usize>,
    precisions: Vec<f64>,
    /// What comes after, for diagrams with a player at some stage.
    tables: Vec<TabulatedContinuation<'a>>,
    /// The diagrams that are too large for that.
    untabulated: Vec<usize>,
    /// `slopes[option * options + other]`: how an option's value changes with another's probability.
    slopes: Vec<f64>,
}

impl<'g, 'a> LocalGame<'g, 'a> {
    pub(super) fn new(
        solver: &'g mut LocalSolver<'a>,
        level: &'g ReasoningLevel,
        players: &'g [EquilibriumPlayer],
    ) -> Self {
        let (actors, numbers) = (&solver.policies.game.blueprint.actors, solver.policies.numbers);
        let precision = |player: &EquilibriumPlayer| match actors[player.reasoner.actor].rule {
            Rule::Uniform => 0.0,
            Rule::Best => f64::INFINITY,
            Rule::Logit => numbers.actor(player.reasoner.actor).logit,
        };
        let place = |actor| players.iter().position(|player| player.reasoner.actor == actor);
        let options = solver.local.options();
        let local: &'a LocalState = solver.local;
        let (mut tables, mut untabulated) = (Vec::new(), Vec::new());
        for (number, (diagram, values)) in local.diagrams.iter().zip(&solver.continuation_values).enumerate()
        {
            let plays = |stage: &DiagramStage| players.iter().any(|player| player.member == stage.member);
            if diagram.shape.stages.iter().any(plays) {
                match TabulatedContinuation::new(diagram, local, solver.believed, values, players) {
                    Some(table) => tables.push(table),
                    None => untabulated.push(number),
                }
            }
        }
        Self {
            tables,
            untabulated,
            actions: players.iter().map(|player| solver.local.menus[player.member].choices).collect(),
            precisions: players.iter().map(precision).collect(),
            player_of: actors.ids().map(place).collect(),
            slopes: vec![0.0; options * options],
            solver,
            level,
            players,
        }
    }

    /// What each of the players' options is worth where everybody does as is believed.
    fn evaluate(&mut self) {
        let solver = &mut *self.solver;
        chances(solver.local, solver.believed, solver.chances);
        solver.values.fill(0.0);
        let expectation =
            Expectation { local: solver.local, amounts: solver.amounts(), chances: solver.chances };
        expectation.add_to_options(&self.level.reasons, solver.values);
        for table in &mut self.tables {
            table.add_values(solver.believed, solver.values);
        }
        for at in 0..self.untabulated.len() {
            self.add_diagram_values(self.untabulated[at]);
        }
    }

    /// What everybody does where the players choose so: a profile is of choices under the rules, what others see
    /// is options, after script and tremble.
    fn believe(&mut self, profile: &[f64]) {
        let solver = &mut *self.solver;
        for player in self.players {
            let menu = &solver.local.menus[player.member];
            let numbers = solver.policies.menu_numbers(&solver.structure.members[player.member], menu);
            let own = solver.local.options_of(player.member);
            for (option, believed) in solver.believed[own].iter_mut().enumerate() {
                let drawn = numbers.script.as_ref().map_or(1.0, |script| script[option]);
                let steady = profile[player.start + menu.choice_of[option]] * drawn;
                *believed = player.steadiness * steady + (1.0 - player.steadiness) * numbers.uniform[option];
            }
        }
    }

    /// The chance of an option, once its choice is made, by the script.
    fn drawn(&self, player: &EquilibriumPlayer) -> Option<&[f64]> {
        let solver = &*self.solver;
        let (of, menu) = (&solver.structure.members[player.member], &solver.local.menus[player.member]);
        solver.policies.menu_numbers(of, menu).script.as_deref()
    }

    /// Slopes of this turn's payoffs. A product pays by the product of its factors' chances, so the value of one
    /// member's option changes with another's probability by the product of all factors but these two.
    fn add_product(&mut self, product: &PayoffProduct) {
        let local: &LocalState = self.solver.local;
        let (amounts, options) = (self.solver.amounts(), local.options());
        let factors = local.factors(product);
        for (at, factor) in factors.iter().enumerate() {
            let amount = amounts.of(product, factor.actor);
            // Only players' values are asked for, and only players' probabilities move.
            if amount == 0.0 || self.player_of[factor.actor].is_none() {
                continue;
            }
            for (by, other) in factors.iter().enumerate() {
                if by == at || self.player_of[other.actor].is_none() {
                    continue;
                }
                let rest = factors.iter().enumerate().filter(|(place, _)| *place != at && *place != by);
                let slope =
                    rest.fold(amount, |p, (_, factor)| p * self.solver.chances[factor.subset.index()]);
                for &option in local.subsets.get(factor.subset) {
                    let row = &mut self.slopes[option as usize * options..][..options];
                    for &column in local.subsets.get(other.subset) {
                        row[column as usize] += slope;
                    }
                }
            }
        }
    }

    /// Slopes of what comes after, through a diagram that is too large to be tabulated: the diagram is passed
    /// through once for each class of options of each player, as if that player were known to pick it.
    fn add_diagram(&mut self, number: usize) {
        let solver = &*self.solver;
        let (local, options) = (solver.local, solver.local.options());
        let (diagram, values_after) = (&local.diagrams[number], &solver.continuation_values[number]);
        let staged = self.staged(diagram);
        let (stages, nodes) = (&diagram.shape.stages, NodeDistribution::new(diagram, local, solver.believed));
        for (by, other) in &staged {
            let columns = local.options_of(other.member);
            for class in 0..stages[*by].classes {
                let given = nodes.conditional_on(*by, class);
                for (at, player) in staged.iter().filter(|(at, _)| at != by) {
                    let slopes = given.by_class(*at, values_after, player.reasoner);
                    for (option, own) in local.options_of(player.member).zip(&stages[*at].class_of) {
                        let row = &mut self.slopes[option * options..][..options][columns.clone()];
                        for (entry, known) in row.iter_mut().zip(&stages[*by].class_of) {
                            if *known as usize == class {
                                *entry += slopes[*own as usize];
                            }
                        }
                    }
                }
            }
        }
    }

    /// The values that go through such a diagram.
    fn add_diagram_values(&mut self, number: usize) {
        let solver = &mut *self.solver;
        let (diagram, values_after) = (&solver.local.diagrams[number], &solver.continuation_values[number]);
        let nodes = NodeDistribution::new(diagram, solver.local, solver.believed);
        for player in self.players {
            let mut stages = diagram.shape.stages.iter();
            let Some(stage) = stages.position(|stage| stage.member == player.member) else { continue };
            let values = nodes.by_class(stage, values_after, player.reasoner);
            let own = &mut solver.values[solver.local.options_of(player.member)];
            for (sum, class) in own.iter_mut().zip(&diagram.shape.stages[stage].class_of) {
                *sum += values[*class as usize];
            }
        }
    }

    /// The players at the stages of a diagram.
    fn staged(&self, diagram: &EffectDiagram) -> Vec<(usize, &'g EquilibriumPlayer)> {
        let player_at = |member: MemberId| self.players.iter().find(|player| player.member == member);
        let stages = diagram.shape.stages.iter().enumerate();
        stages.filter_map(|(at, stage)| Some((at, player_at(stage.member)?))).collect()
    }
}

impl LogitGame for LocalGame<'_, '_> {
    fn actions(&self) -> &[usize] {
        &self.actions
    }

    fn precisions(&self) -> &[f64] {
        &self.precisions
    }

    fn values(&mut self, profile: &[f64], values: &mut [f64]) {
        self.believe(profile);
        self.evaluate();
        values.fill(0.0);
        for player in self.players {
            let (local, script) = (self.solver.local, self.drawn(player));
            let menu = &local.menus[player.member];
            for (option, value) in self.solver.values[local.options_of(player.member)].iter().enumerate() {
                let drawn = script.map_or(1.0, |script| script[option]);
                values[player.start + menu.choice_of[option]] += drawn * value;
            }
        }
    }

    fn derivatives(&mut self, profile: &[f64], derivatives: &mut [f64]) {
        self.believe(profile);
        let (local, options) = (self.solver.local, self.solver.local.options());
        chances(local, self.solver.believed, self.solver.chances);
        self.slopes.fill(0.0);
        for product in &local.products {
            self.add_product(product);
        }
        for table in &mut self.tables {
            table.add_slopes(self.solver.believed, options, &mut self.slopes);
        }
        for at in 0..self.untabulated.len() {
            self.add_diagram(self.untabulated[at]);
        }
        derivatives.fill(0.0);
        let choices = profile.len();
        for player in self.players {
            let (menu, script) = (&local.menus[player.member], self.drawn(player));
            for (nth, option) in local.options_of(player.member).enumerate() {
                let share = script.map_or(1.0, |script| script[nth]);
                let row = &mut derivatives[(player.start + menu.choice_of[nth]) * choices..][..choices];
                for other in self.players.iter().filter(|other| other.member != player.member) {
                    let (menu, script) = (&local.menus[other.member], self.drawn(other));
                    let slopes = &self.slopes[option * options..][..options][local.options_of(other.member)];
                    for (column, slope) in slopes.iter().enumerate() {
                        let seen = other.steadiness * script.map_or(1.0, |script| script[column]);
                        row[other.start + menu.choice_of[column]] += share * seen * slope;
                    }
                }
            }
        }
    }
}
