//! Gambit's files: games in normal form (`.nfg`) and extensive form (`.efg`), read and written.
//!
//! The formats are documented at <https://gambitproject.readthedocs.io/en/latest/formats.html>.

mod extensive;
mod nfg;
mod scenario;
mod strategies;
mod tree;
mod words;
mod write;

pub use nfg::read_nfg;
pub use scenario::{MOST_CELLS, scenario_text};
pub use tree::read_efg;
pub use words::FileError;
pub use write::nfg;

#[cfg(test)]
mod tests;

use super::NormalForm;

/// Reads a file of either kind, which its first word tells.
///
/// # Errors
/// Says what is wrong with it, and where.
pub fn read(text: &[u8]) -> Result<NormalForm, FileError> {
    let text = words::decode(text)?;
    match words::Words::new(text).peek_word() {
        Some("EFG") => read_efg(text),
        _ => read_nfg(text),
    }
}
