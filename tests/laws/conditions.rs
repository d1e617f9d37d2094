//! What a drawn scenario's conditions and amounts can name.

use crate::tape::Tape;

/// What there is: actors, variables with their levels, issues with their seats.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    pub(crate) turns: usize,
    pub(crate) actors: Vec<String>,
    pub(crate) variables: Vec<(String, Vec<String>)>,
    pub(crate) issues: Vec<(String, Vec<(String, Vec<String>)>)>,
}

/// A number, or an expression of the parameters.
pub(crate) fn amount(tape: &mut Tape<'_>) -> String {
    tape.of(&["1", "-1", "0.5", "2", "-0.75", "3", "\"stake\"", "\"twice - 0.5\"", "\"-stake * odds\""])
        .to_owned()
}

/// Weights of some of these.
pub(crate) fn numbers(tape: &mut Tape<'_>, names: &[String]) -> String {
    let count = tape.between(1, names.len());
    let drawn = tape.shuffled(names);
    let weights =
        drawn[..count].iter().map(|name| format!("{name} = {}", tape.of(&["0.5", "1", "\"odds\""])));
    format!("{{ {} }}", weights.collect::<Vec<_>>().join(", "))
}

/// Where a condition stands, which decides what it may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Of an outcome: variables.
    Outcome,
    /// Of an issue or a move: the turn too.
    Gate,
    /// Of all else, in an issue or in none: moves too.
    Play(Option<usize>),
}

/// The line of a `when`; for plays it may be left out.
pub(crate) fn condition(tape: &mut Tape<'_>, places: &Places, place: Place) -> String {
    match (tape.below(5), place) {
        (0, Place::Play(_)) => String::new(),
        (4, _) => {
            let alternatives = [clause(tape, places, place), clause(tape, places, place)];
            format!("when = [{}]", alternatives.join(", "))
        }
        _ => format!("when = {}", clause(tape, places, place)),
    }
}

fn clause(tape: &mut Tape<'_>, places: &Places, place: Place) -> String {
    let mut keys: Vec<Vec<String>> = Vec::new();
    if let Place::Play(own) = place {
        for (at, (issue, seats)) in places.issues.iter().enumerate() {
            let named = |(actor, moves): &(String, Vec<String>)| {
                let key = if own == Some(at) { actor.clone() } else { format!("\"{actor}.{issue}\"") };
                [vec![key, "move".to_owned()], moves.clone()].concat()
            };
            keys.extend(seats.iter().map(named));
        }
    }
    for (variable, levels) in &places.variables {
        keys.push([vec![variable.clone(), "level".to_owned()], levels.clone()].concat());
    }
    if place != Place::Outcome {
        let turns = (1..=places.turns).map(|turn| turn.to_string());
        keys.push(["turn", "turn"].map(str::to_owned).into_iter().chain(turns).collect());
    }
    let count = tape.of(&[1, 2, 1, 2, 3]);
    let named = tape.shuffled(&keys);
    let parts =
        named.iter().take(count).map(|key| format!("{} = {}", key[0], value(tape, &key[1], &key[2..])));
    format!("{{ {} }}", parts.collect::<Vec<_>>().join(", "))
}

/// What a condition wants of a variable, the turn or a move.
fn value(tape: &mut Tape<'_>, kind: &str, names: &[String]) -> String {
    let (one, other) = (tape.of(names), tape.of(names));
    let order = tape.of(&[">=", "<=", ">", "<"]);
    match (tape.below(5), kind) {
        (0, "turn") => one,
        (1, _) => format!("\"!{one}\""),
        (2, "turn") => format!("[{one}, \"{order}{other}\"]"),
        (2, _) => format!("[{one:?}, {other:?}]"),
        (3 | 4, "level" | "turn") => format!("\"{order}{one}\""),
        _ => format!("{one:?}"),
    }
}
