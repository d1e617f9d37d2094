//! Gambit's files: games in normal form (`.nfg`) and extensive form (`.efg`), read and written.
//!
//! The formats are documented at <https://gambitproject.readthedocs.io/en/latest/formats.html>.

mod agents;
mod backward;
mod expected;
mod extensive;
mod nfg;
mod scenario;
mod solution;
mod strategies;
mod tree;
mod words;
mod write;

pub use agents::AgentQuantal;
pub use backward::{SubgameEquilibrium, SubgamePerfect};
pub use extensive::{InformationSet, Tree};
pub use nfg::read_nfg;
pub use scenario::{ImportError, Imported, MOST_CELLS, scenario_text};
pub use solution::{TreeSolution, solve_tree};
pub use tree::read_efg;
pub use words::FileError;
pub use write::nfg;

#[cfg(test)]
mod tests;

use super::NormalForm;

/// A game in a file.
pub struct Game {
    /// The game in normal form; of a tree, its reduced one.
    pub form: NormalForm,
    /// The tree, where the file has one.
    pub tree: Option<Tree>,
}

/// Reads a file of either kind, which its first word tells.
///
/// # Errors
/// Says what is wrong with it, and where.
pub fn read(text: &[u8]) -> Result<Game, FileError> {
    let text = words::decode(text)?;
    match words::Words::new(text).peek_word() {
        Some("EFG") => read_efg(text),
        _ => read_nfg(text).map(|form| Game { form, tree: None }),
    }
}
