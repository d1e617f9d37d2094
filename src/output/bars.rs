//! Bars of characters, an eighth of a character fine.

/// A bar that fills `share` of `width` characters.
#[must_use]
pub(crate) fn bar(share: f64, width: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share of a terminal's width"
    )]
    let eighths = (share.clamp(0.0, 1.0) * width as f64 * 8.0).round() as usize;
    let text = "█".repeat(eighths / 8) + EIGHTHS[eighths % 8];
    let shown = eighths.div_ceil(8);
    text + &" ".repeat(width.saturating_sub(shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_always_as_wide_as_asked() {
        for share in [0.0, 0.01, 0.33, 0.5, 0.999, 1.0] {
            assert_eq!(bar(share, 20).chars().count(), 20, "{share}");
        }
    }
}
