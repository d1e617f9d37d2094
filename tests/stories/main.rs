//! What people do with demarche, and what they must find. A module for each story.

mod chance;
mod classics;
mod counted;
mod coverage;
mod discovering;
mod equilibrium;
mod games;
mod goldens;
mod learning;
mod memories;
mod points;
mod readme;
mod shipped;
mod support;
mod told;
mod writing;
