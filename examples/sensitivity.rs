//! Which numbers a probability hangs on: one at a time, each through its range, the largest swing first.
//!
//! ```sh
//! cargo run --release --example sensitivity
//! ```

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;

use demarche::ask::{Question, Session, Source, ask};
use demarche::study::Unwatched;
use demarche::tables::tables;

fn main() -> Result<(), Box<dyn Error>> {
    let question: Question = serde_json::from_str(
        r#"{ "command": "sensitivity", "of": "outcomes.crisis.war", "by": "tornado", "over": "parameters" }"#,
    )?;
    let read = |path: &str| fs::read(path).map_err(|why| why.to_string());
    let scenario = "scenarios/deterrence.toml";
    let session = Session::gather(Source::new(scenario, read(scenario)?), &question, &read)?;
    let answer = ask(&session, &question, &Unwatched)?;
    let table = &tables(&answer)[0];
    let mut ends: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for row in 0..table.rows() {
        if let (Some(factor), Some(value)) = (table.text("factor", row), table.number("value", row)) {
            let end = ends.entry(factor).or_insert((value, value));
            *end = (end.0.min(value), end.1.max(value));
        }
    }
    let mut swings: Vec<_> =
        ends.into_iter().map(|(factor, (low, high))| (high - low, low, high, factor)).collect();
    swings.sort_by(|one, other| other.0.total_cmp(&one.0));
    for (_, low, high, factor) in swings {
        println!("{low:.3} to {high:.3}  {factor}");
    }
    Ok(())
}
