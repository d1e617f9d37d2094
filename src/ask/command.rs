//! Everything that can be asked.

use serde_json::{Map, Value};

use super::answer::Findings;
use super::asking::Asking;
use super::failure::{Advice, Failure, Fault};
use super::fields::Fields;
use super::options::{Found, Options};
use super::{
    agree, check, claims, compare, discover, explain, flip, models, play, run, sensitivity, solve, sweep,
    tables, verify,
};
use crate::scenario::did_you_mean;

macro_rules! commands {
    ($($(#[$doc:meta])* $variant:ident($options:ty) = $name:literal),* $(,)?) => {
        /// What is asked, with its options.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Command {
            $($(#[$doc])* $variant($options)),*
        }

        /// The names of everything that can be asked.
        pub const COMMANDS: &[&str] = &[$($name),*];

        impl Command {
            /// What it is called.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self { $(Self::$variant(_) => $name),* }
            }

            /// Reads the options of a command.
            pub(super) fn read(name: &str, fields: &mut Fields) -> Result<Self, Vec<Fault>> {
                match name {
                    $($name => Ok(Self::$variant(<$options as Options>::read(fields))),)*
                    unknown => Err(vec![unknown_command(unknown)]),
                }
            }

            /// Its options as keys; what is absent, empty or switched off is left out.
            pub(super) fn write(&self) -> Map<String, Value> {
                let written = match self { $(Self::$variant(options) => serde_json::to_value(options)),* };
                let Ok(Value::Object(map)) = written else { return Map::new() };
                let is_there = |value: &Value| match value {
                    Value::Null | Value::Bool(false) => false,
                    Value::Array(items) => !items.is_empty(),
                    _ => true,
                };
                map.into_iter().filter(|(_, value)| is_there(value)).collect()
            }

            /// The keys of a question, `threads` among them, that change nothing in the answer or in how it is found.
            #[must_use]
            pub fn ignores(&self) -> Vec<&'static str> {
                match self { $(Self::$variant(options) => options.ignores()),* }
            }

            pub(super) fn each_file(&mut self, visit: &mut dyn FnMut(&'static str, &mut String)) {
                match self { $(Self::$variant(options) => options.each_file(visit)),* }
            }

            pub(super) fn check(&self, asking: &Asking<'_>) -> Result<(), Failure> {
                match self { $(Self::$variant(options) => options.check(asking)),* }
            }

            #[allow(unreachable_patterns, reason = "`run` alone hands out single plays")]
            pub(super) fn answer(&self, asking: &Asking<'_>, plays: run::Plays<'_>) -> Result<Found<Findings>, Failure> {
                match self {
                    Self::Run(options) => options.answer_each(asking, plays).map(Found::into_any),
                    $(Self::$variant(options) => options.answer(asking).map(Found::into_any)),*
                }
            }
        }
    };
}

commands! {
    /// Whether the scenario is sound, and how large it is.
    Check(check::CheckOptions) = "check",
    /// The outcome distribution.
    Run(run::RunOptions) = "run",
    /// One replication, turn by turn.
    Play(play::PlayOptions) = "play",
    /// Why an actor chooses what it does.
    Explain(explain::ExplainOptions) = "explain",
    /// The payoff matrices.
    Tables(tables::TablesOptions) = "tables",
    /// Which facts hold.
    Verify(verify::VerifyOptions) = "verify",
    /// Two scenarios side by side, on the same random numbers.
    Compare(compare::CompareOptions) = "compare",
    /// Which numbers rest on which claim, and what they do.
    Claims(claims::ClaimsOptions) = "claims",
    /// What measures are wherever values stand.
    Sweep(sweep::SweepOptions) = "sweep",
    /// What flips the answer.
    Flip(flip::FlipOptions) = "flip",
    /// The scenario under every decision model.
    Models(models::ModelsOptions) = "models",
    /// Which numbers and claims a measure hangs on.
    Sensitivity(sensitivity::SensitivityOptions) = "sensitivity",
    /// Where in the uncertain parameters something happens.
    Discover(discover::DiscoverOptions) = "discover",
    /// Plays held against the exact distribution.
    Agree(agree::AgreeOptions) = "agree",
    /// The stage game of a state, solved.
    Solve(solve::SolveOptions) = "solve",
    /// The stage game of a state, for Gambit.
    Export(solve::ExportOptions) = "export",
}

fn unknown_command(name: &str) -> Fault {
    let fault = Fault::of("command", format!("there is no command `{name}`"));
    match did_you_mean(name, COMMANDS.iter().copied()) {
        Some(near) => fault.advise(Advice::Use { key: "command", value: Some(near.to_owned()) }),
        None => {
            Fault { message: format!("{}: wanted one of {}", fault.message, COMMANDS.join(", ")), ..fault }
        }
    }
}
