//! From a scenario to a compiled game: layers of parts for every turn and depth of look-ahead.

use rustc_hash::FxHashMap;

use super::blueprint::{ActorPlan, BeliefPlan, Blueprint, SeatPlan};
use super::cell::{Cell, Menus};
use super::lattice::Form;
use super::limits::{GameError, check, check_counts, check_memories};
use super::partition::{Beside, Part, PartId, PartKind, Partitioned, Shape, partition, turn_classes};
use super::shelf::{Catalogue, Shelf};
use super::space::Scope;
use super::transition::Transitions;
use crate::scenario::Scenario;

/// A compiled game: shared by all draws, threads and variants of equal structure.
///
/// What is costly is made when it is first asked for and kept: the cells of shapes, the transitions of
/// lattices.
#[derive(Debug)]
pub struct Game {
    /// The scenario apart from its numbers.
    pub blueprint: Blueprint,
    /// All variables, in the scenario's order: cells of it are states.
    pub states: Scope,
    parts: Vec<Part>,
    shapes: Vec<Shape>,
    cells: Vec<Shelf<Cell>>,
    layers: FxHashMap<(usize, usize), Vec<PartId>>,
    menus: Menus,
    /// `forms[shape][piece]`: those of the piece's lattices.
    forms: Vec<Vec<Catalogue<Form>>>,
    /// The distributions that lattices rest on.
    pub transitions: Transitions,
    /// For each turn (0-based), the least turn in which the same conditions on the turn hold.
    pub turn_classes: Vec<usize>,
}

impl Game {
    /// Compiles a blueprint. Cost: a layer of parts for every distinct turn and depth of look-ahead;
    /// cells are left for when they are asked for.
    ///
    /// # Errors
    /// If the game is too large to be computed with.
    pub fn compile(scenario: &Scenario, blueprint: Blueprint) -> Result<Self, GameError> {
        let mut compiler = Compiler::new(blueprint);
        let turns = compiler.blueprint.turns;
        let mut depths: Vec<usize> = compiler.blueprint.actors.iter().map(|a| a.horizon).collect();
        depths.sort_unstable();
        depths.dedup();
        for turn in (0..turns).rev() {
            for &depth in &depths {
                compiler.layer(turn, depth.min(turns - turn), false);
            }
        }
        check(scenario, &compiler.blueprint, &compiler.parts, &compiler.shapes)?;
        check_memories(scenario, &compiler.blueprint)?;
        let levels = &compiler.blueprint.levels;
        let game = Self {
            states: Scope::new((0..levels.len()).collect(), levels),
            cells: compiler.shapes.iter().map(|shape| Shelf::new(shape.scope.cells)).collect(),
            forms: compiler.shapes.iter().map(forms).collect(),
            parts: compiler.parts,
            shapes: compiler.shapes,
            layers: compiler
                .layers
                .into_iter()
                .filter(|((_, _, valued), _)| !valued)
                .map(|((turn, depth, _), parts)| ((turn, depth), parts))
                .collect(),
            menus: Menus::default(),
            transitions: Transitions::default(),
            turn_classes: compiler.turn_classes,
            blueprint: compiler.blueprint,
        };
        check_counts(scenario, &game)?;
        Ok(game)
    }

    /// All parts.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The shape of that number.
    #[must_use]
    pub fn shape(&self, shape: usize) -> &Shape {
        &self.shapes[shape]
    }

    /// A cell of a shape.
    pub fn cell(&self, shape: usize, cell: usize) -> &Cell {
        self.cells[shape].get(cell, || {
            let (shape, forms) = (&self.shapes[shape], &self.forms[shape]);
            Cell::build(&self.blueprint, shape, cell, &self.menus, forms, &self.transitions)
        })
    }

    /// The depth at which an actor looks ahead in `turn` (0-based).
    #[must_use]
    pub fn depth(&self, actor: usize, turn: usize) -> usize {
        self.blueprint.actors[actor].horizon.min(self.blueprint.turns - turn)
    }

    /// Whether an actor remembers the play: what it chooses depends on more than state and turn.
    #[must_use]
    pub fn learns(&self, actor: usize) -> bool {
        self.blueprint.actors[actor].learns.is_some()
    }

    /// The parts that matter to choices in `turn` (0-based), where one looks `depth` turns ahead as some
    /// actor does there.
    #[must_use]
    pub fn layer(&self, turn: usize, depth: usize) -> &[PartId] {
        self.layers.get(&(turn, depth)).map_or(&[], Vec::as_slice)
    }

    /// Whether an actor's issues ever fall into several parts, so that it chooses in each by itself.
    #[must_use]
    pub fn is_split(&self, actor: usize) -> bool {
        (0..self.blueprint.turns).any(|turn| self.choices(actor, turn).len() > 1)
    }

    /// The parts in which an actor chooses in `turn` (0-based), with its place among their members.
    #[must_use]
    pub fn choices(&self, actor: usize, turn: usize) -> Vec<(PartId, usize)> {
        let layer = &self.layers[&(turn, self.depth(actor, turn))];
        let own = layer.iter().filter_map(|&part| {
            let PartKind::Turn { shape, .. } = self.parts[part].kind else { return None };
            let member = self.shapes[shape].member_of(actor)?;
            Some((part, member))
        });
        own.collect()
    }
}

/// Room for the forms of each piece's lattices.
fn forms(shape: &Shape) -> Vec<Catalogue<Form>> {
    shape.pieces.iter().map(|_| Catalogue::default()).collect()
}

/// A turn of a layer, its depth, and whether its value is asked for.
type LayerKey = (usize, usize, bool);

struct Compiler {
    blueprint: Blueprint,
    parts: Vec<Part>,
    part_ids: FxHashMap<Part, PartId>,
    shapes: Vec<Shape>,
    shape_ids: FxHashMap<Shape, usize>,
    layers: FxHashMap<LayerKey, Vec<PartId>>,
    /// Layers by what they are made of: class of the turn, what lies behind and beside, depth, valued.
    alike: FxHashMap<(usize, Vec<PartId>, Vec<PartId>, usize, bool), Vec<PartId>>,
    turn_classes: Vec<usize>,
    /// The variables that decide whether a play stops; empty where none can.
    stop: Vec<usize>,
}

impl Compiler {
    fn new(blueprint: Blueprint) -> Self {
        let ending = blueprint.classes.iter().filter(|class| class.outcomes.iter().any(|o| o.ends));
        Self {
            stop: ending.flat_map(|class| class.variables.iter().copied()).collect(),
            turn_classes: turn_classes(&blueprint),
            parts: Vec::new(),
            part_ids: FxHashMap::default(),
            shapes: Vec::new(),
            shape_ids: FxHashMap::default(),
            layers: FxHashMap::default(),
            alike: FxHashMap::default(),
            blueprint,
        }
    }

    fn part(&mut self, kind: PartKind, scope: Scope) -> PartId {
        let part = Part { kind, scope };
        *self.part_ids.entry(part).or_insert_with_key(|part| {
            self.parts.push(part.clone());
            self.parts.len() - 1
        })
    }

    fn shape(&mut self, shape: Shape) -> usize {
        *self.shape_ids.entry(shape).or_insert_with_key(|shape| {
            self.shapes.push(shape.clone());
            self.shapes.len() - 1
        })
    }

    /// The parts of a layer, and of all layers behind it. Layers behind are made first, from the one
    /// that lies furthest, so that a long horizon needs no deep recursion.
    fn layer(&mut self, turn: usize, depth: usize, valued: bool) {
        for ahead in (1..depth).rev() {
            self.make_layer(turn + ahead, depth - ahead, true);
        }
        self.make_layer(turn, depth, valued);
    }

    fn make_layer(&mut self, turn: usize, depth: usize, valued: bool) {
        if self.layers.contains_key(&(turn, depth, valued)) {
            return;
        }
        let behind =
            if depth == 1 { self.base(turn + 1) } else { self.layers[&(turn + 1, depth - 1, true)].clone() };
        let beside = self.beside(turn, depth);
        let ids = beside.iter().flatten().map(|(_, part, _)| *part).collect();
        let key = (self.turn_classes[turn], behind, ids, depth, valued);
        let parts = match self.alike.get(&key) {
            Some(parts) => parts.clone(),
            None => self.parts_of(key.0, &key.1, &beside, depth, valued),
        };
        self.alike.insert(key, parts.clone());
        self.layers.insert((turn, depth, valued), parts);
    }

    /// For each seat of an actor that looks less far than `depth` turns and has no equilibrium beliefs,
    /// where it chooses for itself; nothing unless some equilibrium is played so far ahead.
    fn beside(&mut self, turn: usize, depth: usize) -> Vec<Option<Beside>> {
        let meets = |actor: &ActorPlan| actor.beliefs == BeliefPlan::Equilibrium;
        let actors = &self.blueprint.actors;
        if !actors.iter().any(|actor| meets(actor) && actor.horizon >= depth) {
            return Vec::new();
        }
        let shorter = |actor: &ActorPlan| (!meets(actor) && actor.horizon < depth).then_some(actor.horizon);
        let horizons: Vec<Option<usize>> = actors.iter().map(shorter).collect();
        for horizon in horizons.iter().flatten() {
            self.layer(turn, *horizon, false);
        }
        let seat = |(seat, plan): (usize, &SeatPlan)| {
            let layer = &self.layers[&(turn, horizons[plan.actor]?, false)];
            let chosen_in = |part: &&PartId| match self.parts[**part].kind {
                PartKind::Turn { shape, .. } => {
                    self.shapes[shape].members.iter().any(|member| member.seats.contains(&seat))
                }
                _ => false,
            };
            let part = *layer.iter().find(chosen_in)?;
            Some((plan.actor, part, self.parts[part].scope.variables.clone()))
        };
        self.blueprint.seats.iter().enumerate().map(seat).collect()
    }

    fn parts_of(
        &mut self,
        turn: usize,
        behind: &[PartId],
        beside: &[Option<Beside>],
        depth: usize,
        valued: bool,
    ) -> Vec<PartId> {
        let scopes: Vec<(PartId, Scope)> =
            behind.iter().map(|&id| (id, self.parts[id].scope.clone())).collect();
        let scopes: Vec<(PartId, &Scope)> = scopes.iter().map(|(id, scope)| (*id, scope)).collect();
        let made = partition(&self.blueprint, turn, &scopes, valued, &self.stop, beside);
        let mut parts: Vec<PartId> = made
            .into_iter()
            .map(|Partitioned { shape, pieces, beside }| {
                let scope = shape.scope.clone();
                let shape = self.shape(shape);
                self.part(PartKind::Turn { shape, pieces, depth, beside, valued }, scope)
            })
            .collect();
        if valued {
            parts.extend(self.outcomes(true));
        }
        parts
    }

    /// What the state is worth before `turn` to who looks no further.
    fn base(&mut self, turn: usize) -> Vec<PartId> {
        let left = self.blueprint.turns - turn;
        if left == 0 {
            return self.outcomes(false);
        }
        let mut parts = self.outcomes(true);
        if self.blueprint.actors.iter().any(|actor| actor.status_quo) {
            parts.extend(self.status_quo(turn, left));
        }
        parts
    }

    fn outcomes(&mut self, stopped_only: bool) -> Vec<PartId> {
        if stopped_only && self.stop.is_empty() {
            return Vec::new();
        }
        let paying = |class: &usize| self.blueprint.classes[*class].outcomes.iter().any(|o| o.pays);
        let classes: Vec<usize> = (0..self.blueprint.classes.len()).filter(paying).collect();
        classes
            .into_iter()
            .map(|class| {
                let mut variables = self.blueprint.classes[class].variables.clone();
                if stopped_only {
                    variables.extend(&self.stop);
                }
                let scope = Scope::new(variables, &self.blueprint.levels);
                self.part(PartKind::Outcome { class, stopped_only }, scope)
            })
            .collect()
    }

    /// A part for each group of terms without moves, and of classifications, that read the same variables.
    fn status_quo(&mut self, turn: usize, left: usize) -> Vec<PartId> {
        let mut tables: Vec<(Vec<usize>, Vec<usize>, Vec<usize>)> = Vec::new();
        for (class, plan) in self.blueprint.classes.iter().enumerate() {
            if plan.outcomes.iter().any(|outcome| outcome.pays) {
                table_for(&mut tables, plan.variables.clone()).2.push(class);
            }
        }
        for (at, term) in self.blueprint.terms.iter().enumerate().filter(|(_, term)| !term.names_moves) {
            let levels = term.clauses.iter().flat_map(|c| c.levels.iter().map(|(v, _)| v.index()));
            table_for(&mut tables, levels.chain(term.per).collect()).1.push(at);
        }
        tables
            .into_iter()
            .map(|(variables, terms, classes)| {
                let when: Vec<Vec<bool>> = terms.iter().map(|&term| self.term_turns(term, turn)).collect();
                // Terms that hold in all turns alike make the same part whenever as many turns are left.
                let dated = when.iter().any(|turns| turns.contains(&false));
                let first = if dated { turn } else { 0 };
                let when = if dated { when } else { Vec::new() };
                let scope = Scope::new(
                    variables.into_iter().chain(self.stop.iter().copied()).collect(),
                    &self.blueprint.levels,
                );
                self.part(PartKind::StatusQuo { terms, classes, when, left, first }, scope)
            })
            .collect()
    }

    /// In which of the turns from `turn` on a term can hold.
    fn term_turns(&self, term: usize, turn: usize) -> Vec<bool> {
        let clauses = &self.blueprint.terms[term].clauses;
        let dated = clauses.iter().any(|clause| clause.turns.is_some());
        (turn..self.blueprint.turns)
            .map(|t| !dated || clauses.iter().any(|c| super::blueprint::in_turn(c, t)))
            .collect()
    }
}

/// Variables, terms and classifications of a table of the status quo.
type StatusQuoTable = (Vec<usize>, Vec<usize>, Vec<usize>);

fn table_for(tables: &mut Vec<StatusQuoTable>, variables: Vec<usize>) -> &mut StatusQuoTable {
    let covered = |a: &[usize], b: &[usize]| a.iter().all(|v| b.contains(v));
    let fits = |table: &StatusQuoTable| covered(&variables, &table.0) || covered(&table.0, &variables);
    let at = tables.iter().position(fits).unwrap_or_else(|| {
        tables.push((Vec::new(), Vec::new(), Vec::new()));
        tables.len() - 1
    });
    tables[at].0.extend(variables);
    &mut tables[at]
}
