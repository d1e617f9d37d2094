//! What people do with demarche, and what they must find. A module for each story.

mod chance;
mod equilibrium;
mod goldens;
mod readme;
mod shipped;
mod support;
mod writing;
