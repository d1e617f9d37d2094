//! How text may look.

/// How text may look, and how wide it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether bold and dim may be used.
    pub colour: bool,
    /// The width, in characters, that running text is broken to.
    pub width: usize,
}

/// The width of a terminal of which nothing is known.
pub const USUAL_WIDTH: usize = 80;

impl Style {
    /// Neither colour nor anything known of the terminal.
    #[must_use]
    pub const fn plain() -> Self {
        Self { colour: false, width: USUAL_WIDTH }
    }

    /// The text, bold where that may be.
    #[must_use]
    pub fn bold(self, text: &str) -> String {
        if self.colour { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// The text, dim where that may be.
    #[must_use]
    pub fn dim(self, text: &str) -> String {
        if self.colour { format!("\x1b[2m{text}\x1b[0m") } else { text.to_owned() }
    }
}
