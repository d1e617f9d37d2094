//! Games in normal form, and games that are given by their values: solution concepts, and the files of
//! other tools.
//!
//! Takes a [`NormalForm`], a [`LogitGame`], or the text of a Gambit file, and gives out what game theorists
//! ask of a game: what survives dominance, its equilibria, what each player can secure. Nothing here knows
//! a scenario or a turn, files or the terminal.

mod correlated;
mod curve;
mod dominance;
mod ends;
mod extreme;
mod form_error;
mod fraction;
pub mod gambit;
mod least;
mod lifting;
mod limit;
mod linear;
mod logit;
mod logit_game;
mod maximin;
mod names;
mod normal_form;
mod place;
mod programme;
#[cfg(test)]
mod programme_tests;
mod pure;
mod qre;
mod rational;
#[cfg(test)]
mod scale_tests;
mod security;
mod simplex;
mod solve;
mod supports;
mod table;
#[cfg(test)]
mod tests;
mod trace;
mod vertices;
mod weak;
mod whole;

pub use correlated::{Correlated, correlated};
pub use dominance::{Elimination, eliminate};
pub use extreme::{Extreme, ExtremeError, extreme_equilibria};
pub use form_error::{FormError, MOST_NUMBERS, MOST_PLAYERS};
pub(crate) use fraction::short;
pub use fraction::{Fraction, simplest};
pub use linear::Factors;
pub use logit::{Equilibrium, logit_equilibrium};
pub use logit_game::{LogitError, LogitGame};
pub use normal_form::{NormalForm, Player};
pub use pure::pure_equilibria;
pub use qre::{Quantal, quantal, quantal_at};
pub use rational::{NumberError, Rational};
pub use security::{Security, security};
pub use solve::{Solution, Solved, solve};
pub use trace::{Curve, Stuck, Tracer};
pub use weak::{WeakDominance, weakly_dominated};
