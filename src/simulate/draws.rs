//! Draws of the uncertain parameters.

use super::chance::Chance;
use crate::scenario::{Changes, Scenario, Slots};

/// The parameters of draw `number`: one uniform a parameter, addressed by its path, through the inverse
/// of its distribution, but for those that are changed. Derived parameters follow. O(parameters).
#[must_use]
pub fn draw(scenario: &Scenario, changes: &Changes, slots: &Slots, chance: &Chance, number: u64) -> Vec<f64> {
    scenario.parameters_at(changes, |id| {
        let name = &scenario.parameters[id.index()].id;
        slots.parameter(name).map_or(0.5, |slot| chance.uniform(number, slot.region, slot.index))
    })
}
