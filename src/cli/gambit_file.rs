//! Files of Gambit's: games that no scenario has.

use std::path::Path;

use demarche::equilibrium::{NormalForm, gambit};

use super::{files, say};

/// Whether a path is that of a file of Gambit's.
pub(super) fn is_gambit(path: &Path) -> bool {
    path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("nfg") || kind.eq_ignore_ascii_case("efg"))
}

/// Reads a file of Gambit's; `None` where it is wrong, which has been said.
pub(super) fn read_gambit(path: &Path) -> Option<NormalForm> {
    let name = path.display();
    let text = match files::read(path) {
        Ok(text) => text,
        Err(why) => {
            say(&format!("{name}:1:1: error: the file {why}"));
            return None;
        }
    };
    match gambit::read(&text) {
        Ok(game) => Some(game),
        Err(error) => {
            say(&format!("{name}:{}:{}: error: {}", error.line, error.column, error.message));
            None
        }
    }
}
