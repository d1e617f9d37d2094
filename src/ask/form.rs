//! The version of what is written.

/// The version of the form in which questions, manifests and sources are written; a foreign one is refused by name.
pub const FORM: u32 = 1;
