//! Files of Gambit's: games that no scenario has.

use std::path::Path;

use demarche::equilibrium::gambit;

use super::open::name_of;
use super::{files, say};

/// Whether a path, or standard input, is a file of Gambit's: by its name, or by its first word.
pub(super) fn is_gambit(path: &Path) -> bool {
    let named = |kind: &str| path.extension().is_some_and(|known| known.eq_ignore_ascii_case(kind));
    named("nfg") || named("efg") || files::read(path).is_ok_and(|text| demarche::scenario::is_gambit(&text))
}

/// Reads a file of Gambit's; `None` where it is wrong, which has been said.
pub(super) fn read_gambit(path: &Path) -> Option<gambit::Game> {
    let name = name_of(path);
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
