//! What people do with demarche, and what they must find. A module for each story.

mod chance;
mod goldens;
mod learning;
mod memories;
mod readme;
mod shipped;
mod support;
mod writing;
