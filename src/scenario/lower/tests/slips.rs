//! Whatever slips people make in sound scenarios, reading them ends with a scenario or with errors.

use proptest::prelude::*;

use super::*;

/// A golden with some of its words replaced by others of its own, numbers by numbers.
fn slipped(text: &str, slips: &[(prop::sample::Index, prop::sample::Index)]) -> String {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut parts: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| is_word(c) != is_word(first)).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        parts.push(part);
        rest = after;
    }
    let starts = |part: &str, holds: fn(&char) -> bool| part.chars().next().is_some_and(|c| holds(&c));
    let numbers =
        |parts: &[&str]| (0..parts.len()).filter(|at| starts(parts[*at], char::is_ascii_digit)).collect();
    let words =
        |parts: &[&str]| (0..parts.len()).filter(|at| starts(parts[*at], char::is_ascii_lowercase)).collect();
    for (from, to) in slips {
        let place: Vec<usize> = if from.index(4) == 0 { numbers(&parts) } else { words(&parts) };
        parts[place[to.index(place.len())]] = parts[place[from.index(place.len())]];
    }
    parts.concat()
}

fn goldens() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just(include_str!("../../../../tests/golden/small.toml")),
        Just(include_str!("../../../../tests/golden/ladder.toml")),
        Just(include_str!("../../../../tests/golden/calendar.toml")),
        Just(include_str!("../../../../tests/golden/quartet.toml")),
    ]
}

proptest! {
    #[test]
    fn slips_never_panic(
        golden in goldens(),
        slips in prop::collection::vec(any::<(prop::sample::Index, prop::sample::Index)>(), 1..4),
    ) {
        let text = slipped(golden, &slips);
        let mut sources = Sources::default();
        let file = sources.add("s.toml", text.as_str());
        if tree::parse(&sources, file, &mut Vec::new()).is_none() {
            return Ok(());
        }
        let table = include_bytes!("../../../../tests/golden/ladder.csv").to_vec();
        // Asserts that there is a scenario iff there is no error.
        lower_text(&text, &Shelf(BTreeMap::from([("ladder.csv", table)])));
    }
}
