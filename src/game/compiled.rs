//! A compiled game, and what can be looked up in it.

use rustc_hash::FxHashMap;

use super::blueprint::Blueprint;
use super::component::{Component, ComponentKind, ComponentStructure};
use super::effect_diagram::DiagramShape;
use super::ids::{CellId, ComponentId, MemberId, StructureId};
use super::lazy_table::{Interner, LazyTable};
use super::local_state::{LocalState, MenuInterner, SharedParts};
use super::transition::TransitionTable;
use super::variable_set::VariableSet;
use crate::scenario::{ActorId, IdVec};

/// A compiled game: shared by all draws, threads and variants of equal structure.
///
/// What is costly is made when it is first asked for and kept: the local states of structures, the transitions of
/// diagrams.
#[derive(Debug)]
pub struct Game {
    /// The scenario apart from its numbers.
    pub blueprint: Blueprint,
    /// All variables, in the scenario's order: cells of it are states.
    pub states: VariableSet,
    pub(super) components: IdVec<ComponentId, Component>,
    pub(super) structures: IdVec<StructureId, ComponentStructure>,
    pub(super) local_states: IdVec<StructureId, LazyTable<CellId, LocalState>>,
    pub(super) layers: FxHashMap<(usize, usize), Vec<ComponentId>>,
    pub(super) menus: MenuInterner,
    /// `diagram_shapes[structure][continuation term]`: those of the continuation term's diagrams.
    pub(super) diagram_shapes: IdVec<StructureId, Vec<Interner<DiagramShape>>>,
    /// The distributions that diagrams rest on.
    pub transitions: TransitionTable,
    /// For each turn (0-based), the least turn in which the same conditions on the turn hold.
    pub turn_classes: Vec<usize>,
}

impl Game {
    /// All components.
    #[must_use]
    pub fn components(&self) -> &IdVec<ComponentId, Component> {
        &self.components
    }

    /// The structure of that number.
    #[must_use]
    pub fn structure(&self, structure: StructureId) -> &ComponentStructure {
        &self.structures[structure]
    }

    /// A cell of a structure.
    pub fn local_state(&self, structure: StructureId, cell: CellId) -> &LocalState {
        self.local_states[structure].get(cell, || {
            let shared = SharedParts {
                blueprint: &self.blueprint,
                structure: &self.structures[structure],
                menus: &self.menus,
                diagram_shapes: &self.diagram_shapes[structure],
                transitions: &self.transitions,
            };
            LocalState::build(&shared, cell)
        })
    }

    /// The depth at which an actor looks ahead in `turn` (0-based).
    #[must_use]
    pub fn depth(&self, actor: ActorId, turn: usize) -> usize {
        self.blueprint.actors[actor].horizon.min(self.blueprint.turns - turn)
    }

    /// Whether an actor remembers the play: what it chooses depends on more than state and turn.
    #[must_use]
    pub fn learns(&self, actor: ActorId) -> bool {
        self.blueprint.actors[actor].learns.is_some()
    }

    /// The components that matter to choices in `turn` (0-based), where one looks `depth` turns ahead as some
    /// actor does there.
    #[must_use]
    pub fn layer(&self, turn: usize, depth: usize) -> &[ComponentId] {
        self.layers.get(&(turn, depth)).map_or(&[], Vec::as_slice)
    }

    /// Whether an actor's issues ever fall into several components, so that it chooses in each by itself.
    #[must_use]
    pub fn is_split(&self, actor: ActorId) -> bool {
        (0..self.blueprint.turns).any(|turn| self.choices(actor, turn).len() > 1)
    }

    /// The components in which an actor chooses in `turn` (0-based), with its place among their members.
    #[must_use]
    pub fn choices(&self, actor: ActorId, turn: usize) -> Vec<(ComponentId, MemberId)> {
        let layer = &self.layers[&(turn, self.depth(actor, turn))];
        let own = layer.iter().filter_map(|&component| {
            let ComponentKind::Turn { structure, .. } = self.components[component].kind else { return None };
            let member = self.structures[structure].member_of(actor)?;
            Some((component, member))
        });
        own.collect()
    }
}
