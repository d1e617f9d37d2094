//! A question on its way to an answer.

use super::session::Session;
use super::settings::Settings;
use crate::study::{self, Watch};

/// What every kind of question works with.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    /// The scenario, as the question changes it.
    pub session: &'a Session,
    /// How it is evaluated.
    pub settings: &'a Settings,
    /// What studies take of that, with what has been observed.
    pub sampling: &'a study::Settings,
    /// Who hears of progress.
    pub watch: &'a dyn Watch,
}
