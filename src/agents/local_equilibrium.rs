//! The equilibrium among those members of a component who believe of the others what these do.
//!
//! Takes a [`LocalSolver`] in which all other levels are solved, and writes into it what the players choose. The
//! local state is shown to [`logit_equilibrium`] as a [`LocalGame`]; nothing here knows how an equilibrium is followed.
//!
//! Everybody but the players is settled before: those at levels of reasoning play their mixtures of levels, and
//! members who look less far have chosen in components of their own. Their play enters only as what is believed of
//! them, so it is looked up once, and the values are multilinear in the players' probabilities alone.

use super::equilibrium_player::EquilibriumPlayer;
use super::findings::{Bifurcation, BranchPosition, Fault};
use super::ids::LevelNumber;
use super::local_game::LocalGame;
use super::local_solver::{LocalSolver, mix};
use super::reasoning::ReasoningLevel;
use super::rules;
use super::solution::Play;
use crate::equilibrium::{Equilibrium, LogitError, logit_equilibrium};
use crate::game::{ComponentKind, MemberId, Menu, ShorterHorizon};
use crate::scenario::{Levels, MoveId};

impl LocalSolver<'_> {
    /// Solves the level of those in equilibrium, and leaves in [`LocalSolver::believed`] what everybody plays.
    pub(super) fn solve_equilibrium(&mut self, level_number: LevelNumber, level: &ReasoningLevel) {
        self.believe_what_is_played();
        let players = self.players(level_number, level);
        match players.as_slice() {
            [] => {}
            // One player is in equilibrium with itself: a single choice against settled play.
            [alone] => {
                self.evaluate(level, None);
                self.choose(level_number, alone.member);
                self.believe_chosen(level_number, alone.member);
            }
            _ => {
                let mut game = LocalGame::new(self, level, &players);
                let solved = logit_equilibrium(&mut game);
                self.adopt(level_number, &players, solved);
            }
        }
    }

    /// The play of all who keep their own policies, into `believed`.
    fn believe_what_is_played(&mut self) {
        let (policies, options) = (self.policies, self.local.options());
        for (member, of) in self.structure.members.numbered() {
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
    fn played_elsewhere(&self, member: MemberId) -> Vec<f64> {
        let (policies, game) = (self.policies, self.policies.game);
        let of = &self.structure.members[member];
        let menu = &self.local.menus[member];
        let mut levels = game.blueprint.lowest();
        self.structure.scope.write(self.cell, &mut levels);
        let elsewhere: Vec<ChoiceElsewhere<'_>> = self
            .shorter_horizons
            .iter()
            .filter(|one| one.member == member)
            .filter_map(|one| self.choice_elsewhere(one, &levels))
            .collect();
        let weights = if policies.mixes(of.actor) { policies.modes(of.actor) } else { vec![1.0] };
        let mut played = vec![0.0; menu.len()];
        for (mode, weight) in weights.iter().enumerate() {
            let mut chances = vec![*weight; menu.len()];
            for choice in &elsewhere {
                for (chance, option) in chances.iter_mut().zip(&menu.options) {
                    *chance *= choice.chance(mode, option);
                }
            }
            for (sum, chance) in played.iter_mut().zip(chances) {
                *sum += chance;
            }
        }
        played
    }

    /// How a member chooses in a component of its own depth, where the state is `levels`.
    fn choice_elsewhere(&self, one: &ShorterHorizon, levels: &Levels) -> Option<ChoiceElsewhere<'_>> {
        let game = self.policies.game;
        let of = &self.structure.members[one.member];
        let component = &game.components()[one.component];
        let ComponentKind::Turn { structure, .. } = component.kind else { return None };
        let cell = component.scope.cell(levels);
        let structure_there = game.structure(structure);
        let there = structure_there.member_of(of.actor)?;
        let seats = structure_there.members[there].seats.iter().enumerate();
        let here = |(at, seat)| Some((at, of.seats.iter().position(|own| own == seat)?));
        Some(ChoiceElsewhere {
            menu: &game.local_state(structure, cell).menus[there],
            play: &self.policies.plays(one.component, cell)[there],
            shared: seats.filter_map(here).collect(),
        })
    }

    /// The members in equilibrium that have more than one choice. Who has one only makes it here: it would add a
    /// dimension to the profile in which nothing can move.
    fn players(&mut self, level_number: LevelNumber, level: &ReasoningLevel) -> Vec<EquilibriumPlayer> {
        let (mut players, mut start) = (Vec::new(), 0);
        for reasoner in &level.reasoners {
            let Some(member) = self.structure.member_of(reasoner.actor) else { continue };
            let menu = &self.local.menus[member];
            if menu.choices == 1 {
                // The script may still draw among several options of the one choice.
                self.choose(level_number, member);
                self.believe_chosen(level_number, member);
                continue;
            }
            let steadiness = 1.0 - self.policies.numbers.actor(reasoner.actor).tremble;
            players.push(EquilibriumPlayer { member, reasoner: *reasoner, steadiness, start });
            start += menu.choices;
        }
        players
    }

    fn believe_chosen(&mut self, level_number: LevelNumber, member: MemberId) {
        let own = self.local.options_of(member);
        let start = level_number.index() * self.local.options() + own.start;
        self.believed[own.clone()].copy_from_slice(&self.chosen[start..start + own.len()]);
    }

    /// Makes an equilibrium what the players choose. Where none was found they play uniformly, so that evaluation
    /// can go on: the fault that is noted says that nothing computed from these policies may be used.
    fn adopt(
        &mut self,
        level_number: LevelNumber,
        players: &[EquilibriumPlayer],
        solved: Result<Equilibrium, LogitError>,
    ) {
        let profile = self.noted(players, solved);
        for player in players {
            let (of, menu) = (&self.structure.members[player.member], &self.local.menus[player.member]);
            let numbers = self.policies.menu_numbers(of, menu);
            let own = self.local.options_of(player.member);
            let start = level_number.index() * self.local.options() + own.start;
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
            self.believe_chosen(level_number, player.member);
        }
    }

    /// The profile that was found, if one was. Whoever uses the policies has to know of a fault, and of bifurcations.
    fn noted(
        &mut self,
        players: &[EquilibriumPlayer],
        solved: Result<Equilibrium, LogitError>,
    ) -> Option<Vec<f64>> {
        let findings = &self.policies.findings;
        match solved {
            Ok(Equilibrium { profile, crossings }) => {
                if let Some(&first) = crossings.first() {
                    let actors = &self.policies.game.blueprint.actors;
                    let rules = players.iter().map(|player| actors[player.reasoner.actor].rule);
                    let position = BranchPosition::new(first, rules);
                    findings.add_bifurcation(Bifurcation { point: self.decision_point(), position });
                }
                self.bifurcations = crossings;
                Some(profile)
            }
            Err(error) => {
                findings.add_fault(Fault { point: self.decision_point(), error });
                None
            }
        }
    }
}

/// A member's choice in a component in which it looks less far.
struct ChoiceElsewhere<'a> {
    menu: &'a Menu,
    play: &'a Play,
    /// The seats that are in both components: their places there and here.
    shared: Vec<(usize, usize)>,
}

impl ChoiceElsewhere<'_> {
    /// The chance, in a mode, that an option is chosen that agrees with this one of the component here.
    fn chance(&self, mode: usize, option: &[Option<MoveId>]) -> f64 {
        let policy = self.play.modes.get(mode).unwrap_or(&self.play.policy);
        let agrees =
            |other: &[Option<MoveId>]| self.shared.iter().all(|(there, here)| other[*there] == option[*here]);
        let options = self.menu.options.iter().zip(policy);
        options.filter(|(other, _)| agrees(other)).map(|(_, p)| *p).sum::<f64>()
    }
}
