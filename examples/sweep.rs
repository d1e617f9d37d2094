//! Moves a number through its range and prints the probability of war at each place.
//!
//! ```sh
//! cargo run --release --example sweep
//! ```

use std::error::Error;
use std::fs;

use demarche::ask::{Question, Session, Source, ask};
use demarche::study::Unwatched;
use demarche::tables::tables;

fn main() -> Result<(), Box<dyn Error>> {
    let path = "parameters.resolve";
    let question: Question = serde_json::from_str(
        r#"{ "command": "sweep", "vary": "parameters.resolve=-3..3:7", "of": "outcomes.crisis.war" }"#,
    )?;
    let read = |path: &str| fs::read(path).map_err(|why| why.to_string());
    let scenario = "scenarios/deterrence.toml";
    let session = Session::gather(Source::new(scenario, read(scenario)?), &question, &read)?;
    let answer = ask(&session, &question, &Unwatched)?;
    let sweep = &tables(&answer)[0];
    for row in 0..sweep.rows() {
        let number = |column| sweep.number(column, row).unwrap_or(f64::NAN);
        println!("{path} = {:4.1}: war {:.3}", number(path), number("value"));
    }
    Ok(())
}
