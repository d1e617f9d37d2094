//! What comes after, tabulated over what the players of an equilibrium can do: the others' play is settled,
//! so a diagram is passed through once for all the profiles that are tried.

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
    reasoner: usize,
}

/// The worth of a diagram to the players at its stages, for each combination of classes of their options.
pub(super) struct TabulatedContinuation<'a> {
    diagram: &'a EffectDiagram,
    players: Vec<PlayerStage>,
    /// `worth[combination * seats + seat]`; the last seat's class runs fastest.
    values: Vec<f64>,
    /// The chance of each class, seat after seat.
    chances: Vec<f64>,
    /// By seat and, for slopes, another seat: sums for their classes.
    sums: Vec<f64>,
}

impl<'a> TabulatedContinuation<'a> {
    /// The table of a diagram whose sets are worth `worth[set * lanes + lane]`, where members other than
    /// the players do as is believed. `players`: member and lane of each. `None` if no player is at any
    /// stage, or there are too many combinations.
    pub(super) fn new(
        diagram: &'a EffectDiagram,
        cell: &LocalState,
        believed: &[f64],
        (worth, lanes): (&[f64], usize),
        players: &[(usize, usize)],
    ) -> Option<Self> {
        let seat = |(at, stage): (usize, &DiagramStage)| {
            let (member, lane) = *players.iter().find(|(member, _)| *member == stage.member)?;
            let first_option = cell.options_of(member).start;
            Some(PlayerStage { stage: at, first_option, classes: stage.classes, reasoner: lane })
        };
        let seats: Vec<PlayerStage> = diagram.shape.stages.iter().enumerate().filter_map(seat).collect();
        let combinations = seats.iter().try_fold(1_usize, |n, seat| n.checked_mul(seat.classes))?;
        if seats.is_empty() || combinations > MOST {
            return None;
        }
        let classes: usize = seats.iter().map(|seat| seat.classes).sum();
        let table = Vec::with_capacity(combinations * seats.len());
        let (chances, sums) = (vec![0.0; classes], Vec::new());
        let mut made = Self { diagram, players: seats, values: table, chances, sums };
        made.pass(0, &[1.0], cell, believed, (worth, lanes));
        Some(made)
    }

    /// Goes on from the nodes before a stage, which are reached with these chances, to the sets.
    fn pass(
        &mut self,
        at: usize,
        reach: &[f64],
        cell: &LocalState,
        believed: &[f64],
        worth: (&[f64], usize),
    ) {
        let Some(stage) = self.diagram.shape.stages.get(at) else {
            let expected = |seat: &PlayerStage| -> f64 {
                reach.iter().enumerate().map(|(set, p)| p * worth.0[set * worth.1 + seat.reasoner]).sum()
            };
            self.values.extend(self.players.iter().map(expected));
            return;
        };
        let after =
            self.diagram.shape.stages.get(at + 1).map_or(self.diagram.shape.sets.len(), DiagramStage::nodes);
        let mut next = vec![0.0; after];
        if self.players.iter().any(|seat| seat.stage == at) {
            for class in 0..stage.classes {
                next.fill(0.0);
                for (chance, row) in reach.iter().zip(stage.next.chunks_exact(stage.classes)) {
                    next[row[class] as usize] += chance;
                }
                self.pass(at + 1, &next, cell, believed, worth);
            }
            return;
        }
        let mut classes = vec![0.0; stage.classes];
        for (class, chance) in stage.class_of.iter().zip(&believed[cell.options_of(stage.member)]) {
            classes[*class as usize] += chance;
        }
        for (chance, row) in reach.iter().zip(stage.next.chunks_exact(stage.classes)) {
            for (node, class) in row.iter().zip(&classes) {
                next[*node as usize] += chance * class;
            }
        }
        self.pass(at + 1, &next, cell, believed, worth);
    }

    /// Takes the chances of classes from what is believed of options.
    fn believe(&mut self, believed: &[f64]) {
        self.chances.fill(0.0);
        let mut first = 0;
        for seat in &self.players {
            let classes = &mut self.chances[first..first + seat.classes];
            let options = &believed[seat.first_option..];
            for (class, chance) in self.diagram.shape.stages[seat.stage].class_of.iter().zip(options) {
                classes[*class as usize] += chance;
            }
            first += seat.classes;
        }
    }

    /// For the combinations in their order: where a seat's class stands among all chances.
    fn places(&self, mut combination: usize, places: &mut [usize]) {
        let mut end = self.chances.len();
        for (seat, place) in self.players.iter().zip(places).rev() {
            end -= seat.classes;
            *place = end + combination % seat.classes;
            combination /= seat.classes;
        }
    }

    /// Adds what the players' options are worth: `values[option]`. O(combinations x seats^2).
    pub(super) fn add_values(&mut self, believed: &[f64], values: &mut [f64]) {
        self.believe(believed);
        let seats = self.players.len();
        let mut places = vec![0; seats];
        self.sums.clear();
        self.sums.resize(self.chances.len(), 0.0);
        for (combination, worth) in self.values.chunks_exact(seats).enumerate() {
            self.places(combination, &mut places);
            for (seat, worth) in worth.iter().enumerate() {
                let others = places.iter().enumerate().filter(|(other, _)| *other != seat);
                self.sums[places[seat]] += others.fold(*worth, |p, (_, place)| p * self.chances[*place]);
            }
        }
        let mut first = 0;
        for seat in &self.players {
            let classes = &self.diagram.shape.stages[seat.stage].class_of;
            for (class, value) in classes.iter().zip(&mut values[seat.first_option..]) {
                *value += self.sums[first + *class as usize];
            }
            first += seat.classes;
        }
    }

    /// Adds how the value of each of the players' options changes with the chance of another's:
    /// `slopes[option * options + other]`. O(combinations x seats^3 + options^2).
    pub(super) fn add_slopes(&mut self, believed: &[f64], options: usize, slopes: &mut [f64]) {
        let seats = self.players.len();
        if seats < 2 {
            return;
        }
        self.believe(believed);
        let all = self.chances.len();
        let mut places = vec![0; seats];
        self.sums.clear();
        self.sums.resize(all * all, 0.0);
        for (combination, worth) in self.values.chunks_exact(seats).enumerate() {
            self.places(combination, &mut places);
            for (seat, worth) in worth.iter().enumerate() {
                for by in (0..seats).filter(|by| *by != seat) {
                    let rest = places.iter().enumerate().filter(|(other, _)| *other != seat && *other != by);
                    let slope = rest.fold(*worth, |p, (_, place)| p * self.chances[*place]);
                    self.sums[places[seat] * all + places[by]] += slope;
                }
            }
        }
        let mut first = 0;
        for seat in &self.players {
            for (own, class) in self.diagram.shape.stages[seat.stage].class_of.iter().enumerate() {
                let sums = &self.sums[(first + *class as usize) * all..][..all];
                let row = &mut slopes[(seat.first_option + own) * options..][..options];
                self.spread(seat.stage, sums, row);
            }
            first += seat.classes;
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
