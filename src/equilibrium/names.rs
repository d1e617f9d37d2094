//! Names that can be told apart.

/// The names, each different from all others and none of them blank: what has no name gets its number, and
/// who bears a name that is taken gets a number behind it, `up (2)`.
pub(super) fn told_apart(names: Vec<String>, nameless: &str) -> Vec<String> {
    let given: rustc_hash::FxHashSet<String> = names.iter().cloned().collect();
    let mut taken = rustc_hash::FxHashSet::default();
    let mut made = Vec::with_capacity(names.len());
    for (at, name) in names.into_iter().enumerate() {
        let blank = name.trim().is_empty();
        let wanted = if blank { format!("{nameless}{}", at + 1) } else { name };
        let is_free = |name: &String| !taken.contains(name);
        let name = if is_free(&wanted) && !(blank && given.contains(&wanted)) {
            wanted
        } else {
            let mut others = (2..).map(|number| format!("{wanted} ({number})"));
            others.find(|other| is_free(other) && !given.contains(other)).unwrap_or(wanted)
        };
        taken.insert(name.clone());
        made.push(name);
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(names: &[&str], expected: &[&str]) {
        assert_eq!(told_apart(names.iter().map(ToString::to_string).collect(), "player "), expected);
    }

    #[test]
    fn no_two_names_are_the_same_and_none_is_blank() {
        check(&["a", "b"], &["a", "b"]);
        check(&["", "a", " "], &["player 1", "a", "player 3"]);
        check(&["a", "a", "a"], &["a", "a (2)", "a (3)"]);
        check(&["a", "a", "a (2)"], &["a", "a (3)", "a (2)"]);
        check(&["", "player 1"], &["player 1 (2)", "player 1"]);
    }
}
