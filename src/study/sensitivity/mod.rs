//! Sensitivity: how much a measure moves with the numbers on which it rests.
//!
//! All points meet the chance of the base, so that differences are paired. One number at a time
//! ([`tornado`]) and all numbers behind a claim together ([`wrong_claims`]) move away from the base, with its draws;
//! the points of [`screening`] and [`shares`] fix every number that is looked into, so that nothing is left to draw.

mod claims;
mod input_space;
mod screening;
mod shares;
mod tornado;

pub use claims::{WrongClaim, claim_points, wrong_claims};
pub use input_space::{InputPoint, InputSpace, Vary, varied};
pub use screening::{Screening, screening};
pub use shares::{ShareDesign, Shares, shares};
pub use tornado::{Evaluation, OneAtATime, RangePlace, tornado, tornado_points};

use crate::scenario::{Changes, Scenario};

/// Whether all numbers are in range with these changes, every other parameter at its central value.
fn is_legal(scenario: &Scenario, changes: &Changes) -> bool {
    scenario.numbers_under(changes, &scenario.central_under(changes)).is_ok()
}
