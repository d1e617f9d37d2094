//! A scenario for any even number of actors, to see what more of them cost.
//!
//! Everybody has six actions and three partners, with each of whom it shares the same terms, and the world is the
//! same for every number: twice the actors have twice the terms. Whoever scales with terms times actors takes four
//! times as long for eight actors as for four, and whoever scales with profiles, 1,296 times.

use std::fmt::Write as _;

/// Three moves in one issue and two in the other.
const MOVES: [&str; 3] = ["press", "wait", "yield"];
/// What a pair shares, as the two moves and the two amounts.
const SHARED: [([&str; 2], [&str; 2]); 5] = [
    (["press", "press"], ["-0.8", "-0.6"]),
    (["press", "yield"], ["0.9", "-0.3"]),
    (["yield", "press"], ["-0.4", "0.7"]),
    (["wait", "!press"], ["0.3", "0.2"]),
    (["yield", "yield"], ["0.5", "0.5"]),
];
/// The world's variables, of three levels each.
const VARIABLES: usize = 6;

/// The text of the scenario with so many actors (an even number, at least four).
pub(crate) fn crowd(actors: usize) -> String {
    let mut text = format!("format = 1\ntitle = \"A crowd of {actors}\"\nturns = 12\n");
    write(&mut text, actors).expect("a string takes everything");
    text
}

fn write(text: &mut String, actors: usize) -> std::fmt::Result {
    for variable in 0..VARIABLES {
        writeln!(
            text,
            "\n[variables.v{variable}]\nlevels = [\"low\", \"middle\", \"high\"]\nstart = \"middle\""
        )?;
        writeln!(text, "\n[events.drift{variable}]\nchance = 0.1\nshift = {{ v{variable} = 1 }}")?;
    }
    for actor in 0..actors {
        writeln!(text, "\n[actors.a{actor}]\nchoice = {{ logit = 1.2 }}\nbeliefs = {{ level = 2 }}")?;
    }
    for (issue, moves) in [("dispute", &MOVES[..]), ("trade", &MOVES[..2])] {
        writeln!(text, "\n[issues.{issue}.moves]")?;
        for actor in 0..actors {
            writeln!(text, "a{actor} = {moves:?}")?;
        }
    }
    for (one, other) in partners(actors) {
        for (index, (moves, pays)) in SHARED.iter().enumerate() {
            let variable = (one + other + index) % VARIABLES;
            writeln!(text, "\n[issues.dispute.payoffs.t{one}_{other}_{index}]")?;
            writeln!(
                text,
                "when = {{ a{one} = \"{}\", a{other} = \"{}\", v{variable} = \">=middle\" }}",
                moves[0], moves[1]
            )?;
            writeln!(text, "pays = {{ a{one} = {}, a{other} = {} }}", pays[0], pays[1])?;
        }
        // What ties the issues to each other, so that nobody's moves in one can be chosen apart.
        writeln!(text, "\n[payoffs.link{one}_{other}]")?;
        writeln!(text, "when = {{ \"a{one}.trade\" = \"press\", \"a{other}.dispute\" = \"yield\" }}")?;
        writeln!(text, "pays = {{ a{one} = 0.4, a{other} = -0.2 }}")?;
    }
    writeln!(text, "\n[outcomes.end.high]\nwhen = {{ v0 = \"high\" }}\n\n[outcomes.end.rest]")
}

/// The pairs that share terms: neighbours on a ring, and those who face each other across it.
fn partners(actors: usize) -> impl Iterator<Item = (usize, usize)> {
    let neighbours = (0..actors).map(move |actor| (actor, (actor + 1) % actors));
    neighbours.chain((0..actors / 2).map(move |actor| (actor, actor + actors / 2)))
}
