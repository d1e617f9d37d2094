//! The equilibrium among those members of a component who believe of the others what these do.

use super::continuation::NodeDistribution;
use super::expectation::{Expectation, chances};
use super::findings::{Bifurcation, BranchPosition, Fault};
use super::local_solver::{LocalSolver, mix};
use super::reasoning::{Reasoner, ReasoningLevel};
use super::rules;
use super::tabulated::TabulatedContinuation;
use crate::equilibrium::{Equilibrium, LogitError, LogitGame, logit_equilibrium};
use crate::game::{
    ComponentKind, DiagramStage, EffectDiagram, LocalState, PayoffProduct, Rule, ShorterHorizon,
};

/// A member that has something to choose.
struct EquilibriumPlayer {
    member: usize,
    reasoner: Reasoner,
    /// What the others see of its choices, a row for each option: the chance that the option comes of a
    /// choice is the script's share of it, less what trembling takes.
    steadiness: f64,
    /// Where its choices begin in a profile.
    start: usize,
}

impl LocalSolver<'_> {
    /// Takes the step of those in equilibrium, and leaves in [`Thought::believed`] what everybody plays.
    pub(super) fn solve_equilibrium(&mut self, step: usize, taken: &ReasoningLevel) {
        self.believe_what_is_played();
        let players = self.players(step, taken);
        match players.as_slice() {
            [] => {}
            [alone] => {
                self.evaluate(taken, None);
                self.choose(step, alone.member);
                self.believe_chosen(step, alone.member);
            }
            _ => {
                let mut game = LocalGame::new(self, taken, &players);
                let solved = logit_equilibrium(&mut game);
                self.adopt(step, &players, solved);
            }
        }
    }

    /// The play of all who keep their own policies, into `believed`.
    fn believe_what_is_played(&mut self) {
        let (policies, options) = (self.policies, self.local.options());
        for (member, of) in self.structure.members.iter().enumerate() {
            let own = self.local.options_of(member);
            if policies.game.blueprint.actors[of.actor].horizon < self.depth {
                let played = self.played_elsewhere(member);
                self.believed[own].copy_from_slice(&played);
            } else {
                let mixture = &policies.reasoning.plays[of.actor];
                mix(self.chosen, options, mixture, own.start, &mut self.believed[own]);
            }
        }
    }

    /// What a member plays that looks less far: it chooses for itself in other components, in each of its modes
    /// independently.
    fn played_elsewhere(&self, member: usize) -> Vec<f64> {
        let (policies, game) = (self.policies, self.policies.game);
        let of = &self.structure.members[member];
        let menu = &self.local.menus[member];
        let mut levels = vec![0; game.blueprint.levels.len()];
        self.structure.scope.write(self.cell, &mut levels);
        let weights = if policies.mixes(of.actor) { policies.modes(of.actor) } else { vec![1.0] };
        let mut played = vec![0.0; menu.len()];
        for (mode, weight) in weights.iter().enumerate() {
            let mut chances = vec![*weight; menu.len()];
            for ShorterHorizon { component, .. } in
                self.shorter_horizons.iter().filter(|one| one.member == member)
            {
                let cell = game.components()[*component].scope.cell(&levels);
                let ComponentKind::Turn { structure, .. } = game.components()[*component].kind else {
                    continue;
                };
                let structure_there = game.structure(structure);
                let Some(there) = structure_there.member_of(of.actor) else { continue };
                let menu_there = &game.local_state(structure, cell).menus[there];
                let play = &policies.plays(*component, cell)[there];
                let policy = play.modes.get(mode).unwrap_or(&play.policy);
                let shared: Vec<(usize, usize)> = structure_there.members[there]
                    .seats
                    .iter()
                    .enumerate()
                    .filter_map(|(at, seat)| Some((at, of.seats.iter().position(|own| own == seat)?)))
                    .collect();
                for (chance, option) in chances.iter_mut().zip(&menu.options) {
                    let agrees = |other: &&(&Vec<Option<usize>>, &f64)| {
                        shared.iter().all(|(there, here)| other.0[*there] == option[*here])
                    };
                    *chance *= menu_there
                        .options
                        .iter()
                        .zip(policy)
                        .collect::<Vec<_>>()
                        .iter()
                        .filter(agrees)
                        .map(|(_, p)| **p)
                        .sum::<f64>();
                }
            }
            for (sum, chance) in played.iter_mut().zip(chances) {
                *sum += chance;
            }
        }
        played
    }

    /// The members in equilibrium that have more than one choice. The others' play is settled.
    fn players(&mut self, step: usize, taken: &ReasoningLevel) -> Vec<EquilibriumPlayer> {
        let (mut players, mut start) = (Vec::new(), 0);
        for mind in &taken.reasoners {
            let Some(member) = self.structure.member_of(mind.actor) else { continue };
            let menu = &self.local.menus[member];
            if menu.choices == 1 {
                self.choose(step, member);
                self.believe_chosen(step, member);
                continue;
            }
            let steadiness = 1.0 - self.policies.numbers.actors[mind.actor].tremble;
            players.push(EquilibriumPlayer { member, reasoner: *mind, steadiness, start });
            start += menu.choices;
        }
        players
    }

    fn believe_chosen(&mut self, step: usize, member: usize) {
        let own = self.local.options_of(member);
        let start = step * self.local.options() + own.start;
        self.believed[own.clone()].copy_from_slice(&self.chosen[start..start + own.len()]);
    }

    /// Makes an equilibrium what the players choose.
    fn adopt(&mut self, step: usize, players: &[EquilibriumPlayer], solved: Result<Equilibrium, LogitError>) {
        let profile = match solved {
            Ok(Equilibrium { profile, crossings }) => {
                if let Some(&first) = crossings.first() {
                    let rules = &self.policies.game.blueprint.actors;
                    let reached =
                        BranchPosition::new(first, players.iter().map(|p| rules[p.reasoner.actor].rule));
                    self.policies
                        .findings
                        .add_bifurcation(Bifurcation { point: self.decision_point(), position: reached });
                }
                self.bifurcations = crossings;
                Some(profile)
            }
            Err(error) => {
                self.policies.findings.add_fault(Fault { point: self.decision_point(), error });
                None
            }
        };
        for player in players {
            let (of, menu) = (&self.structure.members[player.member], &self.local.menus[player.member]);
            let numbers = self.policies.menu_numbers(of, menu);
            let own = self.local.options_of(player.member);
            let start = step * self.local.options() + own.start;
            let rule = &mut self.rules[start..start + own.len()];
            match &profile {
                Some(profile) => {
                    for (option, probability) in rule.iter_mut().enumerate() {
                        let drawn = numbers.script.as_ref().map_or(1.0, |script| script[option]);
                        *probability = profile[player.start + menu.choice_of[option]] * drawn;
                    }
                }
                None => rule.copy_from_slice(&numbers.uniform),
            }
            let chosen = &mut self.chosen[start..start + own.len()];
            rules::tremble_into(rule, &numbers.uniform, 1.0 - player.steadiness, chosen);
            self.believe_chosen(step, player.member);
        }
    }
}

/// A cell as the players' game: the others play what they play.
struct LocalGame<'g, 'a> {
    solver: &'g mut LocalSolver<'a>,
    level: &'g ReasoningLevel,
    players: &'g [EquilibriumPlayer],
    /// For each actor, its place among the players.
    player_of: Vec<Option<usize>>,
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
    fn new(
        thought: &'g mut LocalSolver<'a>,
        step: &'g ReasoningLevel,
        players: &'g [EquilibriumPlayer],
    ) -> Self {
        let numbers = &thought.policies.numbers.actors;
        let precision = |player: &EquilibriumPlayer| match thought.policies.game.blueprint.actors
            [player.reasoner.actor]
            .rule
        {
            Rule::Uniform => 0.0,
            Rule::Best => f64::INFINITY,
            Rule::Logit => numbers[player.reasoner.actor].logit,
        };
        let place = |actor| players.iter().position(|player| player.reasoner.actor == actor);
        let options = thought.local.options();
        let cell: &'a LocalState = thought.local;
        let lanes = thought.policies.reasoning.reasoners;
        let seated: Vec<(usize, usize)> =
            players.iter().map(|player| (player.member, player.reasoner.index)).collect();
        let (mut tables, mut untabulated) = (Vec::new(), Vec::new());
        for (number, (diagram, worth)) in cell.diagrams.iter().zip(&thought.continuation_values).enumerate() {
            let sits = |stage: &DiagramStage| seated.iter().any(|(member, _)| *member == stage.member);
            if diagram.shape.stages.iter().any(sits) {
                match TabulatedContinuation::new(diagram, cell, thought.believed, (worth, lanes), &seated) {
                    Some(table) => tables.push(table),
                    None => untabulated.push(number),
                }
            }
        }
        Self {
            tables,
            untabulated,
            actions: players.iter().map(|player| thought.local.menus[player.member].choices).collect(),
            precisions: players.iter().map(precision).collect(),
            player_of: (0..numbers.len()).map(place).collect(),
            slopes: vec![0.0; options * options],
            solver: thought,
            level: step,
            players,
        }
    }

    /// What each of the players' options is worth where everybody does as is believed.
    fn evaluate(&mut self) {
        let thought = &mut *self.solver;
        chances(thought.local, thought.believed, thought.chances);
        thought.values.fill(0.0);
        let expectation =
            Expectation { cell: thought.local, amounts: thought.amounts(), chances: thought.chances };
        expectation.add_to_options(&self.level.reasons, thought.values);
        for table in &mut self.tables {
            table.add_values(thought.believed, thought.values);
        }
        for at in 0..self.untabulated.len() {
            self.add_diagram_values(self.untabulated[at]);
        }
    }

    /// What everybody does where the players choose so.
    fn believe(&mut self, profile: &[f64]) {
        let thought = &mut *self.solver;
        for player in self.players {
            let menu = &thought.local.menus[player.member];
            let numbers = thought.policies.menu_numbers(&thought.structure.members[player.member], menu);
            let own = thought.local.options_of(player.member);
            for (option, believed) in thought.believed[own].iter_mut().enumerate() {
                let drawn = numbers.script.as_ref().map_or(1.0, |script| script[option]);
                let steady = profile[player.start + menu.choice_of[option]] * drawn;
                *believed = player.steadiness * steady + (1.0 - player.steadiness) * numbers.uniform[option];
            }
        }
    }

    /// The chance of an option, once its choice is made, by the script.
    fn drawn(&self, player: &EquilibriumPlayer) -> Option<&[f64]> {
        let thought = &*self.solver;
        let (of, menu) = (&thought.structure.members[player.member], &thought.local.menus[player.member]);
        thought.policies.menu_numbers(of, menu).script.as_deref()
    }

    /// Slopes of this turn's payoffs: of each product, by the chances of its factors, two by two.
    fn add_product(&mut self, product: &PayoffProduct) {
        let cell: &LocalState = self.solver.local;
        let (amounts, options) = (self.solver.amounts(), cell.options());
        let factors = cell.factors(product);
        for (at, factor) in factors.iter().enumerate() {
            let amount = amounts.of(product, factor.actor as usize);
            if amount == 0.0 || self.player_of[factor.actor as usize].is_none() {
                continue;
            }
            for (by, other) in factors.iter().enumerate() {
                if by == at || self.player_of[other.actor as usize].is_none() {
                    continue;
                }
                let rest = factors.iter().enumerate().filter(|(place, _)| *place != at && *place != by);
                let slope =
                    rest.fold(amount, |p, (_, factor)| p * self.solver.chances[factor.subset as usize]);
                for &option in cell.subsets.get(factor.subset) {
                    let row = &mut self.slopes[option as usize * options..][..options];
                    for &column in cell.subsets.get(other.subset) {
                        row[column as usize] += slope;
                    }
                }
            }
        }
    }

    /// Slopes of what comes after, through a diagram that is too large to be tabulated.
    fn add_diagram(&mut self, number: usize) {
        let thought = &*self.solver;
        let (cell, options) = (thought.local, thought.local.options());
        let (diagram, worth) = (&cell.diagrams[number], &thought.continuation_values[number]);
        let lanes = thought.policies.reasoning.reasoners;
        let staged = self.staged(diagram);
        let (stages, forward) =
            (&diagram.shape.stages, NodeDistribution::new(diagram, cell, thought.believed));
        for (by, other) in &staged {
            let columns = cell.options_of(other.member);
            for class in 0..stages[*by].classes {
                let given = forward.conditional_on(*by, class);
                for (at, player) in staged.iter().filter(|(at, _)| at != by) {
                    let slopes = given.by_class(*at, worth, lanes, player.reasoner);
                    for (option, own) in cell.options_of(player.member).zip(&stages[*at].class_of) {
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
        let thought = &mut *self.solver;
        let (diagram, worth) = (&thought.local.diagrams[number], &thought.continuation_values[number]);
        let forward = NodeDistribution::new(diagram, thought.local, thought.believed);
        for player in self.players {
            let mut stages = diagram.shape.stages.iter();
            let Some(stage) = stages.position(|stage| stage.member == player.member) else { continue };
            let values =
                forward.by_class(stage, worth, thought.policies.reasoning.reasoners, player.reasoner);
            let own = &mut thought.values[thought.local.options_of(player.member)];
            for (sum, class) in own.iter_mut().zip(&diagram.shape.stages[stage].class_of) {
                *sum += values[*class as usize];
            }
        }
    }

    /// The players at the stages of a diagram.
    fn staged(&self, diagram: &EffectDiagram) -> Vec<(usize, &'g EquilibriumPlayer)> {
        let player_at = |member: usize| self.players.iter().find(|player| player.member == member);
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
            let (cell, script) = (self.solver.local, self.drawn(player));
            let menu = &cell.menus[player.member];
            for (option, value) in self.solver.values[cell.options_of(player.member)].iter().enumerate() {
                let drawn = script.map_or(1.0, |script| script[option]);
                values[player.start + menu.choice_of[option]] += drawn * value;
            }
        }
    }

    fn derivatives(&mut self, profile: &[f64], derivatives: &mut [f64]) {
        self.believe(profile);
        let (cell, options) = (self.solver.local, self.solver.local.options());
        chances(cell, self.solver.believed, self.solver.chances);
        self.slopes.fill(0.0);
        for product in &cell.products {
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
            let (menu, script) = (&cell.menus[player.member], self.drawn(player));
            for (nth, option) in cell.options_of(player.member).enumerate() {
                let share = script.map_or(1.0, |script| script[nth]);
                let row = &mut derivatives[(player.start + menu.choice_of[nth]) * choices..][..choices];
                for other in self.players.iter().filter(|other| other.member != player.member) {
                    let (menu, script) = (&cell.menus[other.member], self.drawn(other));
                    let slopes = &self.slopes[option * options..][..options][cell.options_of(other.member)];
                    for (column, slope) in slopes.iter().enumerate() {
                        let seen = other.steadiness * script.map_or(1.0, |script| script[column]);
                        row[other.start + menu.choice_of[column]] += share * seen * slope;
                    }
                }
            }
        }
    }
}
