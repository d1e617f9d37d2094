//! Who chooses what in a turn, as far as the game decides that: the same for all plays.

use super::chance::Address;
use super::cumulative_rows::RowPosition;
use crate::game::ComponentId;

/// Who chooses in one component of the game, in one turn.
#[derive(Clone, Debug)]
pub(crate) struct ChoiceGroup {
    pub(crate) component: ComponentId,
    /// The group of variables that the component's cells number too, if one does.
    pub(crate) variable_group: Option<usize>,
    pub(crate) decisions: Vec<Decision>,
}

/// An actor's choice in one component of the game, in one turn.
#[derive(Clone, Debug)]
pub(crate) struct Decision {
    pub(crate) actor: usize,
    pub(crate) member: usize,
    /// Its rows among the component's.
    pub(crate) rows: RowPosition,
    /// The address of its word.
    pub(crate) word: Address,
    /// Whether that word is one of the optional stream.
    pub(crate) optional_stream: bool,
    /// Where the bits of its options begin.
    pub(crate) bits: usize,
}
