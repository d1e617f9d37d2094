//! From a scenario to a compiled game: layers of components for every turn and depth of look-ahead.

use rustc_hash::FxHashMap;

use super::blueprint::{ActorPlan, BeliefPlan, Blueprint, SeatPlan};
use super::compiled::Game;
use super::component::{Component, ComponentKind, ComponentStructure, StatusQuo};
use super::effect_diagram::DiagramShape;
use super::ids::{ComponentId, StructureId};
use super::lazy_table::{Interner, LazyTable};
use super::limits::{GameError, check, check_counts, check_memories};
use super::local_state::MenuInterner;
use super::partition::{Partitioned, SeatElsewhere, TurnLayer, partition, turn_classes};
use super::transition::TransitionTable;
use super::variable_set::VariableSet;
use crate::scenario::{ActorId, ClassificationId, IdVec, Scenario, SeatId, TermId, VariableId};

impl Game {
    /// Compiles a blueprint. Cost: a layer of components for every distinct turn and depth of look-ahead;
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
                compiler.layer(LayerKey { turn, depth: depth.min(turns - turn), valued: false });
            }
        }
        check(scenario, &compiler.blueprint, &compiler.components, &compiler.structures)?;
        check_memories(scenario, &compiler.blueprint)?;
        let levels = &compiler.blueprint.levels;
        let game = Self {
            states: VariableSet::new(levels.ids().collect(), levels),
            local_states: compiler
                .structures
                .iter()
                .map(|structure| LazyTable::new(structure.scope.cells))
                .collect(),
            diagram_shapes: compiler.structures.iter().map(diagram_shapes).collect(),
            components: compiler.components,
            structures: compiler.structures,
            layers: compiler
                .layers
                .into_iter()
                .filter(|(key, _)| !key.valued)
                .map(|(key, components)| ((key.turn, key.depth), components))
                .collect(),
            menus: MenuInterner::default(),
            transitions: TransitionTable::default(),
            turn_classes: compiler.turn_classes,
            blueprint: compiler.blueprint,
        };
        check_counts(scenario, &game)?;
        Ok(game)
    }
}

/// A place for the shapes of each continuation term's diagrams.
fn diagram_shapes(structure: &ComponentStructure) -> Vec<Interner<DiagramShape>> {
    structure.continuation_terms.iter().map(|_| Interner::default()).collect()
}

/// A layer: the components at one turn and depth of look-ahead.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct LayerKey {
    /// The turn (0-based).
    turn: usize,
    /// How many turns are looked at, this one included.
    depth: usize,
    /// Whether somebody asks what its states are worth; if not, only what is chosen there.
    valued: bool,
}

/// All that a layer depends on: layers of equal content are one.
#[derive(Clone, PartialEq, Eq, Hash)]
struct LayerContent {
    /// The least turn in which the same conditions on the turn hold.
    turn_class: usize,
    /// The components of the layer behind, or what the state is worth where nobody looks further.
    behind: Vec<ComponentId>,
    /// The components in which actors of shorter horizons choose for themselves.
    shorter_horizons: Vec<ComponentId>,
    depth: usize,
    valued: bool,
}

struct Compiler {
    blueprint: Blueprint,
    components: IdVec<ComponentId, Component>,
    component_ids: FxHashMap<Component, ComponentId>,
    structures: IdVec<StructureId, ComponentStructure>,
    structure_ids: FxHashMap<ComponentStructure, StructureId>,
    layers: FxHashMap<LayerKey, Vec<ComponentId>>,
    layers_by_content: FxHashMap<LayerContent, Vec<ComponentId>>,
    turn_classes: Vec<usize>,
    /// The variables that decide whether a play stops; empty where none can.
    stop: Vec<VariableId>,
}

impl Compiler {
    fn new(blueprint: Blueprint) -> Self {
        let ending = blueprint.classes.iter().filter(|class| class.outcomes.iter().any(|o| o.ends));
        Self {
            stop: ending.flat_map(|class| class.variables.iter().copied()).collect(),
            turn_classes: turn_classes(&blueprint),
            components: IdVec::new(),
            component_ids: FxHashMap::default(),
            structures: IdVec::new(),
            structure_ids: FxHashMap::default(),
            layers: FxHashMap::default(),
            layers_by_content: FxHashMap::default(),
            blueprint,
        }
    }

    fn component(&mut self, kind: ComponentKind, scope: VariableSet) -> ComponentId {
        let component = Component { kind, scope };
        *self
            .component_ids
            .entry(component)
            .or_insert_with_key(|component| self.components.push(component.clone()))
    }

    fn structure(&mut self, structure: ComponentStructure) -> StructureId {
        *self
            .structure_ids
            .entry(structure)
            .or_insert_with_key(|structure| self.structures.push(structure.clone()))
    }

    /// The components of a layer, and of all layers behind it. Layers behind are made first, from the one
    /// that lies furthest, so that a long horizon needs no deep recursion.
    fn layer(&mut self, key: LayerKey) {
        let LayerKey { turn, depth, .. } = key;
        for ahead in (1..depth).rev() {
            self.make_layer(LayerKey { turn: turn + ahead, depth: depth - ahead, valued: true });
        }
        self.make_layer(key);
    }

    /// The same of one layer, where those behind it have been made.
    fn make_layer(&mut self, key: LayerKey) {
        if self.layers.contains_key(&key) {
            return;
        }
        let LayerKey { turn, depth, valued } = key;
        let behind = if depth == 1 {
            self.base(turn + 1)
        } else {
            self.layers[&LayerKey { turn: turn + 1, depth: depth - 1, valued: true }].clone()
        };
        let elsewhere = self.elsewhere(turn, depth);
        let shorter_horizons = elsewhere.iter().flatten().map(|seat| seat.component).collect();
        let turn_class = self.turn_classes[turn];
        let content = LayerContent { turn_class, behind, shorter_horizons, depth, valued };
        let components = match self.layers_by_content.get(&content) {
            Some(components) => components.clone(),
            None => self.components_of(&content, &elsewhere),
        };
        self.layers_by_content.insert(content, components.clone());
        self.layers.insert(key, components);
    }

    /// For each seat of an actor that looks less far than `depth` turns and has no equilibrium beliefs,
    /// where it chooses for itself; nothing unless some equilibrium is played so far ahead.
    fn elsewhere(&mut self, turn: usize, depth: usize) -> IdVec<SeatId, Option<SeatElsewhere>> {
        let in_equilibrium = |actor: &ActorPlan| actor.beliefs == BeliefPlan::Equilibrium;
        let actors = &self.blueprint.actors;
        if !actors.iter().any(|actor| in_equilibrium(actor) && actor.horizon >= depth) {
            return IdVec::new();
        }
        let shorter =
            |actor: &ActorPlan| (!in_equilibrium(actor) && actor.horizon < depth).then_some(actor.horizon);
        let horizons: IdVec<ActorId, Option<usize>> = actors.iter().map(shorter).collect();
        for &depth in horizons.iter().flatten() {
            self.layer(LayerKey { turn, depth, valued: false });
        }
        let seat = |(seat, plan): (SeatId, &SeatPlan)| {
            let layer = &self.layers[&LayerKey { turn, depth: horizons[plan.actor]?, valued: false }];
            let chosen_in = |component: &&ComponentId| match self.components[**component].kind {
                ComponentKind::Turn { structure, .. } => {
                    self.structures[structure].members.iter().any(|member| member.seats.contains(&seat))
                }
                _ => false,
            };
            let component = *layer.iter().find(chosen_in)?;
            let variables = self.components[component].scope.variables.clone();
            Some(SeatElsewhere { actor: plan.actor, component, variables })
        };
        self.blueprint.seats.numbered().map(seat).collect()
    }

    /// The components of a layer of that content.
    fn components_of(
        &mut self,
        content: &LayerContent,
        elsewhere: &IdVec<SeatId, Option<SeatElsewhere>>,
    ) -> Vec<ComponentId> {
        let &LayerContent { turn_class: turn, depth, valued, .. } = content;
        let behind: Vec<(ComponentId, &VariableSet)> =
            content.behind.iter().map(|&id| (id, &self.components[id].scope)).collect();
        let (blueprint, stop) = (&self.blueprint, self.stop.as_slice());
        let layer = TurnLayer { blueprint, turn, behind: &behind, valued, stop, elsewhere };
        let made = partition(&layer);
        let mut components: Vec<ComponentId> = made
            .into_iter()
            .map(|Partitioned { structure, continuation_terms, shorter_horizons }| {
                let scope = structure.scope.clone();
                let structure = self.structure(structure);
                self.component(
                    ComponentKind::Turn { structure, continuation_terms, depth, shorter_horizons, valued },
                    scope,
                )
            })
            .collect();
        if valued {
            components.extend(self.outcomes(true));
        }
        components
    }

    /// What the state is worth before `turn` to who looks no further.
    fn base(&mut self, turn: usize) -> Vec<ComponentId> {
        let left = self.blueprint.turns - turn;
        if left == 0 {
            return self.outcomes(false);
        }
        let mut components = self.outcomes(true);
        if self.blueprint.actors.iter().any(|actor| actor.status_quo) {
            components.extend(self.status_quo(turn, left));
        }
        components
    }

    fn outcomes(&mut self, stopped_only: bool) -> Vec<ComponentId> {
        if stopped_only && self.stop.is_empty() {
            return Vec::new();
        }
        let paying =
            |class: &ClassificationId| self.blueprint.classes[*class].outcomes.iter().any(|o| o.pays);
        let classes: Vec<ClassificationId> = self.blueprint.classes.ids().filter(paying).collect();
        classes
            .into_iter()
            .map(|class| {
                let mut variables = self.blueprint.classes[class].variables.clone();
                if stopped_only {
                    variables.extend(&self.stop);
                }
                let scope = VariableSet::new(variables, &self.blueprint.levels);
                self.component(ComponentKind::Outcome { class, stopped_only }, scope)
            })
            .collect()
    }

    /// A component for each group of terms without moves, and of classifications, that read the same variables.
    fn status_quo(&mut self, turn: usize, left: usize) -> Vec<ComponentId> {
        let mut tables: Vec<StatusQuoTable> = Vec::new();
        for (class, plan) in self.blueprint.classes.numbered() {
            if plan.outcomes.iter().any(|outcome| outcome.pays) {
                table_for(&mut tables, plan.variables.clone()).classes.push(class);
            }
        }
        for (at, term) in self.blueprint.terms.numbered().filter(|(_, term)| !term.names_moves) {
            let levels = term.clauses.iter().flat_map(|c| c.levels.iter().map(|(v, _)| *v));
            table_for(&mut tables, levels.chain(term.per).collect()).terms.push(at);
        }
        tables
            .into_iter()
            .map(|StatusQuoTable { variables, terms, classes }| {
                let when: Vec<Vec<bool>> = terms.iter().map(|&term| self.term_turns(term, turn)).collect();
                // Terms that hold in all turns make the same component whenever as many turns are left.
                let dated = when.iter().any(|turns| turns.contains(&false));
                let first = if dated { turn } else { 0 };
                let when = if dated { when } else { Vec::new() };
                let scope = VariableSet::new(
                    variables.into_iter().chain(self.stop.iter().copied()).collect(),
                    &self.blueprint.levels,
                );
                let status_quo = StatusQuo { terms, classes, when, left, first };
                self.component(ComponentKind::StatusQuo(status_quo), scope)
            })
            .collect()
    }

    /// In which of the turns from `turn` on a term can hold.
    fn term_turns(&self, term: TermId, turn: usize) -> Vec<bool> {
        let clauses = &self.blueprint.terms[term].clauses;
        let dated = clauses.iter().any(|clause| clause.turns.is_some());
        (turn..self.blueprint.turns)
            .map(|t| !dated || clauses.iter().any(|c| super::blueprint::in_turn(c, t)))
            .collect()
    }
}

/// Terms and classifications whose payments stand in one table of the status quo, and the variables that they
/// read.
#[derive(Default)]
struct StatusQuoTable {
    variables: Vec<VariableId>,
    terms: Vec<TermId>,
    classes: Vec<ClassificationId>,
}

/// The table that covers these variables or is covered by them, a new one if there is none.
fn table_for(tables: &mut Vec<StatusQuoTable>, variables: Vec<VariableId>) -> &mut StatusQuoTable {
    let covered = |a: &[VariableId], b: &[VariableId]| a.iter().all(|v| b.contains(v));
    let fits = |table: &StatusQuoTable| {
        covered(&variables, &table.variables) || covered(&table.variables, &variables)
    };
    let at = tables.iter().position(fits).unwrap_or_else(|| {
        tables.push(StatusQuoTable::default());
        tables.len() - 1
    });
    tables[at].variables.extend(variables);
    &mut tables[at]
}
