//! States in words.

use crate::ask::About;

/// Every variable with its level: `force none, fighting war`.
pub(crate) fn state(about: &About, levels: &[usize]) -> String {
    let variables = about.variables.iter().zip(levels);
    let shown: Vec<String> =
        variables.map(|(it, &level)| format!("{} {}", it.id, it.levels[level])).collect();
    shown.join(", ")
}
