//! What comes after, tabulated over what the players of an equilibrium can do: the others' play is settled,
//! so a diagram is passed through once for all the profiles that are tried.

use super::continuation::SetValues;
use super::equilibrium_player::EquilibriumPlayer;
use super::reasoning::Reasoner;
use crate::game::{DiagramStage, EffectDiagram, LocalState};

/// Combinations of classes that are tabulated, at most: further ones take more room than passes take time.
const MOST: usize = 1 << 16;

/// A player at one stage of a diagram.
#[derive(Clone, Copy)]
struct PlayerStage {
    stage: usize,
    /// Where the player's options stand in the row of all members' options.
    first_option: usize,
    classes: usize,
    reasoner: Reasoner,
}

/// The values of a diagram to the players at its stages, for each combination of classes of their options.
pub(super) struct TabulatedContinuation<'a> {
    diagram: &'a EffectDiagram,
    players: Vec<PlayerStage>,
    /// `values[combination * players + player]`; the last player's class runs fastest.
    values: Vec<f64>,
    /// The chance of each class, player after player.
    chances: Vec<f64>,
    /// By player and, for slopes, another player: sums for their classes.
    sums: Vec<f64>,
}

/// What a pass through a diagram needs to know at every stage.
struct PassContext<'c> {
    local: &'c LocalState,
    /// What is believed of everybody's options.
    believed: &'c [f64],
    values: &'c SetValues,
}

impl<'a> TabulatedContinuation<'a> {
    /// The table of a diagram whose sets have these values, where members other than the players do as is believed.
    /// `None` if no player is at any stage, or there are too many combinations.
    pub(super) fn new(
        diagram: &'a EffectDiagram,
        local: &LocalState,
        believed: &[f64],
        values: &SetValues,
        players: &[EquilibriumPlayer],
    ) -> Option<Self> {
        let player = |(at, stage): (usize, &DiagramStage)| {
            let player = players.iter().find(|player| player.member == stage.member)?;
            let first_option = local.options_of(player.member).start;
            let (classes, reasoner) = (stage.classes, player.reasoner);
            Some(PlayerStage { stage: at, first_option, classes, reasoner })
        };
        let players: Vec<PlayerStage> = diagram.shape.stages.iter().enumerate().filter_map(player).collect();
        let combinations = players.iter().try_fold(1_usize, |n, player| n.checked_mul(player.classes))?;
        if players.is_empty() || combinations > MOST {
            return None;
        }
        let classes: usize = players.iter().map(|player| player.classes).sum();
        let table = Vec::with_capacity(combinations * players.len());
        let (chances, sums) = (vec![0.0; classes], Vec::new());
        let mut made = Self { diagram, players, values: table, chances, sums };
        let context = PassContext { local, believed, values };
        made.pass(0, &[1.0], &context);
        Some(made)
    }

    /// Goes on from the nodes before a stage, which are reached with these chances, to the sets.
    fn pass(&mut self, at: usize, reach: &[f64], context: &PassContext<'_>) {
        let Some(stage) = self.diagram.shape.stages.get(at) else {
            let expected = |player: &PlayerStage| -> f64 {
                reach.iter().enumerate().map(|(set, p)| p * context.values.of(set, player.reasoner)).sum()
            };
            self.values.extend(self.players.iter().map(expected));
            return;
        };
        let after =
            self.diagram.shape.stages.get(at + 1).map_or(self.diagram.shape.sets.len(), DiagramStage::nodes);
        let mut next = vec![0.0; after];
        if self.players.iter().any(|player| player.stage == at) {
            for class in 0..stage.classes {
                next.fill(0.0);
                for (chance, row) in reach.iter().zip(stage.next.chunks_exact(stage.classes)) {
                    next[row[class] as usize] += chance;
                }
                self.pass(at + 1, &next, context);
            }
            return;
        }
        let mut classes = vec![0.0; stage.classes];
        for (class, chance) in
            stage.class_of.iter().zip(&context.believed[context.local.options_of(stage.member)])
        {
            classes[*class as usize] += chance;
        }
        for (chance, row) in reach.iter().zip(stage.next.chunks_exact(stage.classes)) {
            for (node, class) in row.iter().zip(&classes) {
                next[*node as usize] += chance * class;
            }
        }
        self.pass(at + 1, &next, context);
    }

    /// Takes the chances of classes from what is believed of options.
    fn believe(&mut self, believed: &[f64]) {
        self.chances.fill(0.0);
        let mut first = 0;
        for player in &self.players {
            let classes = &mut self.chances[first..first + player.classes];
            let options = &believed[player.first_option..];
            for (class, chance) in self.diagram.shape.stages[player.stage].class_of.iter().zip(options) {
                classes[*class as usize] += chance;
            }
            first += player.classes;
        }
    }

    /// For the combinations in their order: where a player's class stands among all chances.
    fn places(&self, mut combination: usize, places: &mut [usize]) {
        let mut end = self.chances.len();
        for (player, place) in self.players.iter().zip(places).rev() {
            end -= player.classes;
            *place = end + combination % player.classes;
            combination /= player.classes;
        }
    }

    /// Adds what the players' options are worth: `values[option]`. O(combinations x players^2).
    pub(super) fn add_values(&mut self, believed: &[f64], values: &mut [f64]) {
        self.believe(believed);
        let players = self.players.len();
        let mut places = vec![0; players];
        self.sums.clear();
        self.sums.resize(self.chances.len(), 0.0);
        for (combination, row) in self.values.chunks_exact(players).enumerate() {
            self.places(combination, &mut places);
            for (player, value) in row.iter().enumerate() {
                let others = places.iter().enumerate().filter(|(other, _)| *other != player);
                self.sums[places[player]] += others.fold(*value, |p, (_, place)| p * self.chances[*place]);
            }
        }
        let mut first = 0;
        for player in &self.players {
            let classes = &self.diagram.shape.stages[player.stage].class_of;
            for (class, value) in classes.iter().zip(&mut values[player.first_option..]) {
                *value += self.sums[first + *class as usize];
            }
            first += player.classes;
        }
    }

    /// Adds how the value of each of the players' options changes with the chance of another's:
    /// `slopes[option * options + other]`. O(combinations x players^3 + options^2).
    pub(super) fn add_slopes(&mut self, believed: &[f64], options: usize, slopes: &mut [f64]) {
        let players = self.players.len();
        if players < 2 {
            return;
        }
        self.believe(believed);
        let all = self.chances.len();
        let mut places = vec![0; players];
        self.sums.clear();
        self.sums.resize(all * all, 0.0);
        for (combination, row) in self.values.chunks_exact(players).enumerate() {
            self.places(combination, &mut places);
            for (player, value) in row.iter().enumerate() {
                for by in (0..players).filter(|by| *by != player) {
                    let rest =
                        places.iter().enumerate().filter(|(other, _)| *other != player && *other != by);
                    let slope = rest.fold(*value, |p, (_, place)| p * self.chances[*place]);
                    self.sums[places[player] * all + places[by]] += slope;
                }
            }
        }
        let mut first = 0;
        for player in &self.players {
            for (own, class) in self.diagram.shape.stages[player.stage].class_of.iter().enumerate() {
                let sums = &self.sums[(first + *class as usize) * all..][..all];
                let row = &mut slopes[(player.first_option + own) * options..][..options];
                self.spread(player.stage, sums, row);
            }
            first += player.classes;
        }
    }

    /// Adds sums by the others' classes to their options.
    fn spread(&self, own: usize, sums: &[f64], row: &mut [f64]) {
        let mut first = 0;
        for other in &self.players {
            if other.stage != own {
                let classes = &self.diagram.shape.stages[other.stage].class_of;
                for (class, entry) in classes.iter().zip(&mut row[other.first_option..]) {
                    *entry += sums[first + *class as usize];
                }
            }
            first += other.classes;
        }
    }
}
