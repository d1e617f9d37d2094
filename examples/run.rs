//! Runs a scenario and prints what a plot needs: for each turn, the probability that a China-led force stands, with its
//! 95 % interval.
//!
//! ```sh
//! cargo run --release --example run
//! ```

use std::error::Error;
use std::fs;

use demarche::ask::{Question, Session, Source, ask};
use demarche::study::Unwatched;
use demarche::tables::tables;

fn main() -> Result<(), Box<dyn Error>> {
    let question: Question = serde_json::from_str(r#"{ "command": "run", "replications": 2000 }"#)?;
    let read = |path: &str| fs::read(path).map_err(|why| why.to_string());
    let scenario = "scenarios/peacekeepers.toml";
    let session = Session::gather(Source::new(scenario, read(scenario)?), &question, &read)?;
    let answer = ask(&session, &question, &Unwatched)?;
    let tables = tables(&answer);
    let turns = tables.iter().find(|table| table.name() == "turns").ok_or("a run has turns")?;
    println!("{}\nmonth  probability  low     high", answer.about.title);
    for row in 0..turns.rows() {
        if turns.text("variable", row) == Some("force") && turns.text("level", row) == Some("china_led") {
            let number = |column| turns.number(column, row).unwrap_or(f64::NAN);
            println!(
                "{:5}  {:.4}       {:.4}  {:.4}",
                number("turn"),
                number("probability"),
                number("low"),
                number("high")
            );
        }
    }
    Ok(())
}
