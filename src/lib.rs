//! demarche, a strategic-scenario simulator: who can do what each turn, what it pays, and where it ends.
//!
//! A scenario file says who the actors are, what each can do in a turn, what every combination of moves pays to whom,
//! and which final states count as which outcome. The library reads it ([`scenario`]), compiles it to a finite
//! stochastic game ([`game`]), lets decision models choose ([`agents`]), plays it or propagates its distribution
//! exactly ([`simulate`], [`exact`]), and answers questions about it ([`study`], [`ask`]).
//!
//! # Read, ask, print
//!
//! ```
//! use demarche::ask::{Layers, Question, Session, Source, ask};
//! use demarche::study::Unwatched;
//!
//! let text = r#"
//! format = 1
//! title  = "A standoff"
//! turns  = 1
//!
//! [parameters]
//! stake = 2.0
//!
//! [variables.clash]
//! levels = ["no", "yes"]
//!
//! [actors.north]
//! choice = { logit = 1 }
//! [actors.south]
//! choice = { logit = 1 }
//!
//! [issues.border.moves]
//! north = ["press", "yield"]
//! south = ["press", "yield"]
//!
//! [issues.border.payoffs.both]
//! when = { north = "press", south = "press" }
//! pays = { north = "-stake", south = "-stake" }
//!
//! [issues.border.effects.clash]
//! when = { north = "press", south = "press" }
//! set  = { clash = "yes" }
//!
//! [outcomes.end.clash]
//! when = { clash = "yes" }
//! [outcomes.end.calm]
//! "#;
//! let session = Session::open(Source::new("standoff.toml", text), &Layers::default())?;
//! let question: Question = serde_json::from_str(r#"{ "command": "run" }"#).unwrap();
//! let answer = ask(&session, &question, &Unwatched)?;
//!
//! // Whoever takes the other to press or yield alike presses with probability 1 / (1 + e), and both are needed.
//! let tables = demarche::tables::tables(&answer);
//! let clash = tables[0].number("probability", 0).unwrap();
//! assert!((clash - 0.072_329_488_128_512_65).abs() < 1e-12);
//!
//! // The same question with another payoff, on the same random numbers.
//! let question: Question =
//!     serde_json::from_str(r#"{ "command": "run", "set": ["parameters.stake=0"] }"#).unwrap();
//! let calmer = ask(&session, &question, &Unwatched)?;
//! assert_eq!(demarche::tables::tables(&calmer)[0].number("probability", 0), Some(0.25));
//! # Ok::<(), demarche::ask::Failure>(())
//! ```
//!
//! `examples/` has five programs: any question given as JSON, a run and its data for a plot, a comparison, a sweep, a
//! sensitivity study.
//!
//! # Floors
//!
//! Data flows one way, and nothing lower knows anything higher:
//!
//! ```text
//! text -> scenario -> game -> agents -> simulate | exact -> stats -> study -> ask -> tables -> words -> cli
//! ```
//!
//! The library opens no file, reads no clock, makes no thread (it runs on those of the rayon pool that is installed),
//! and knows no terminal; without the feature `cli` it depends on nothing of a terminal either.
pub mod agents;
pub mod ask;
pub mod equilibrium;
pub mod exact;
pub mod game;
pub mod math;
pub mod scenario;
pub mod simulate;
pub mod stats;
pub mod study;
pub mod tables;
pub mod words;
