//! What people do with demarche, and what they must find. A module for each story.

mod chance;
mod claims;
mod classics;
mod compare;
mod constants;
mod counted;
mod coverage;
mod discovering;
mod equilibrium;
mod flips;
mod games;
mod goldens;
mod language;
mod learning;
mod memories;
mod observed;
mod points;
mod readme;
mod seeds;
mod sensitivity;
mod shipped;
mod support;
mod sweeping;
mod tables;
mod told;
mod writing;
