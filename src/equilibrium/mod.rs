//! Games in normal form: solution concepts, and the files of other tools.
//!
//! Takes a [`NormalForm`], or the text of a Gambit file, and gives out what game theorists ask of a game:
//! what survives dominance, its equilibria, what each player can secure. Nothing here knows scenarios,
//! files or the terminal.

mod correlated;
mod dominance;
mod extreme;
mod fraction;
pub mod gambit;
mod normal_form;
mod programme;
mod pure;
mod security;
mod solve;
mod vertices;

pub use correlated::{Correlated, correlated};
pub use dominance::{Elimination, eliminate};
pub use extreme::{Extreme, ExtremeError, extreme_equilibria};
pub use fraction::{Fraction, simplest, text_of};
pub use normal_form::{FormError, MOST_NUMBERS, MOST_PLAYERS, NormalForm, Player};
pub use pure::pure_equilibria;
pub use security::{Security, security};
pub use solve::{Solution, solve};
