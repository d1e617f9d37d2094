//! Changes a payoff and says what that does, paired on the same random numbers.
//!
//! ```sh
//! cargo run --release --example compare
//! ```

use std::error::Error;
use std::fs;

use demarche::ask::{Findings, Question, Session, Source, ask};
use demarche::study::Unwatched;

fn main() -> Result<(), Box<dyn Error>> {
    let question: Question = serde_json::from_str(
        r#"{ "command": "compare", "against": ["parameters.resolve=3"], "of": ["outcomes.crisis.war"] }"#,
    )?;
    let read = |path: &str| fs::read(path).map_err(|why| why.to_string());
    let scenario = "scenarios/deterrence.toml";
    let session = Session::gather(Source::new(scenario, read(scenario)?), &question, &read)?;
    let answer = ask(&session, &question, &Unwatched)?;
    let Findings::Compare(found) = &answer.findings else { return Err("a comparison was asked for".into()) };
    for compared in &found.comparison.measures {
        let points = |share: Option<f64>| share.map_or(f64::NAN, |share| 100.0 * share);
        println!(
            "{}: {:.1} % here, {:.1} % with more resolve",
            compared.measure,
            points(compared.value),
            points(compared.against)
        );
    }
    Ok(())
}
