//! Statistics: from sums over plays to estimates with honest intervals.
//!
//! Everything that a sampled run reports is a ratio of means, `R = sum(n) / sum(d)`, over independent
//! clusters: a cluster is one play where no parameter is uncertain, and one draw with all its plays
//! where one is (plays under one draw share their parameters, so they are not independent).
//! [`RatioMoments`] and [`PairedMoments`] are such sums, merged in any grouping; [`proportion`],
//! [`count`], [`mean`] and the paired differences turn them into an [`Estimate`] at the 95 % level.
//! What is divided by a ratio is a product of ratios, `sum(n1) / sum(d1) * sum(n2) / sum(d2)`:
//! [`ProductMoments`] and [`PairedProducts`] are for those, and for nothing that the others can do.
//!
//! What must not be here: plain numbers come in and go out. Nothing on this floor knows a scenario, a
//! game, a play or a file, holds a clock, or draws a random number (its tests do).
//!
//! # What the intervals promise
//!
//! They bound the Monte Carlo error and nothing else. Four rules keep their coverage where the usual
//! normal interval loses it:
//!
//! - Shares and counts are bounded by score intervals, which stay honest near the ends of their range.
//! - Over draws the critical value is Student's, with one degree of freedom fewer than there are draws.
//! - A variance is believed only as far as there were events to show it. As long as something has
//!   happened in no cluster, or in very few, what happens within a cluster is taken to correlate more
//!   than was seen; that doubt fades with the square of the number of clusters in which it happened.
//! - Nothing has width 0 because all clusters were alike.
//!
//! Their limit is that of all sampling: what happens in fewer than about one draw in `clusters / 3`,
//! and then often, is likely not to be met at all. An interval around what *was* met cannot know of it.

mod critical;
mod elementary;
pub(crate) mod floats;
mod interval;
mod joint;
mod moments;
mod paired;
pub mod prim;
mod product;
#[cfg(test)]
mod sampling;
mod sobol_indices;
mod sum;

pub use critical::Critical;
pub use elementary::{ElementaryEffects, Step, elementary_effects};
pub use interval::{Estimate, binomial, count, mean, proportion, share};
pub use moments::RatioMoments;
pub use paired::PairedMoments;
pub use product::{Pair, PairedProducts, ProductMoments};
pub use sobol_indices::{SobolIndices, sobol_indices};
pub use sum::RatioSum;
