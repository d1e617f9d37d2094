//! Asks any question, given as JSON, of a scenario file, and writes the tables of the answer into a folder:
//!
//! ```sh
//! cargo run --release --example ask -- scenarios/deterrence.toml \
//!     '{ "command": "sweep", "vary": "parameters.resolve=-3..3:7" }' out/asked
//! ```

use std::{env, error::Error, fs};

use demarche::ask::{Question, Session, Source, ask};
use demarche::study::Unwatched;
use demarche::tables::{csv, tables};

fn main() -> Result<(), Box<dyn Error>> {
    let [scenario, question, out] = &env::args().skip(1).collect::<Vec<_>>()[..] else {
        return Err("wanted a scenario, a question as JSON, and a folder".into());
    };
    let question: Question = serde_json::from_str(question)?;
    let read = |path: &str| fs::read(path).map_err(|why| why.to_string());
    let session = Session::gather(Source::new(scenario, read(scenario)?), &question, &read)?;
    fs::create_dir_all(out)?;
    for table in tables(&ask(&session, &question, &Unwatched)?) {
        fs::write(format!("{out}/{}.csv", table.name()), csv(&table))?;
    }
    Ok(())
}
