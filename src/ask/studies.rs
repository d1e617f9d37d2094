//! Questions that a scenario keeps: what `[studies.NAME]` asks, and what is wrong with it.

use std::path::Path;

use super::asking::Asking;
use super::failure::{Advice, Failure, Fault};
use super::layers::Layers;
use super::question::Question;
use super::session::Session;
use crate::scenario::{Diagnostic, Severity, Source, Span, Study, beside, did_you_mean};
use crate::study::Unwatched;

/// The commands of which a scenario may keep a study: those that come to results from the whole scenario.
pub const STUDY_COMMANDS: [&str; 11] = [
    "run",
    "verify",
    "compare",
    "claims",
    "models",
    "agree",
    "sweep",
    "sensitivity",
    "flip",
    "discover",
    "tables",
];

impl Question {
    /// The question that a study of a scenario keeps. The files that it names lie in the scenario's folder.
    ///
    /// # Errors
    /// Everything that is wrong with its keys; see [`place_faults`].
    pub fn of_study(study: &Study, session: &Session) -> Result<Self, Vec<Fault>> {
        let name = study.command.name.as_str();
        if !STUDY_COMMANDS.contains(&name) {
            let fault = Fault::of("command", format!("a study cannot be of the command `{name}`"));
            let near = did_you_mean(name, STUDY_COMMANDS.into_iter()).map(str::to_owned);
            return Err(vec![fault.advise(Advice::Use { key: "command", value: near })]);
        }
        let mut question = Self::read(study.values())?;
        let variants = &session.document().scenario.variants;
        question.each_file(&mut |key, file| {
            let is_variant = key == "against" && variants.contains(file);
            if !is_variant && !Path::new(file).is_absolute() {
                *file = beside(&session.source().name, file);
            }
        });
        Ok(question)
    }
}

/// What is wrong with a study, as far as can be said without running it, at its place in the scenario's text. The files
/// that it names are to be among the texts of the session; see [`Session::add_file`].
#[must_use]
pub fn study_faults(session: &Session, study: &Study) -> Vec<Diagnostic> {
    let question = match Question::of_study(study, session) {
        Ok(question) => question,
        Err(faults) => return place_faults(study, &faults),
    };
    let missing = missing_files(session, study, &question);
    if !missing.is_empty() {
        return missing;
    }
    faults_of(session, study, &question).unwrap_or_else(|unreadable| unreadable)
}

/// The files that a study names and nobody has. (What `against` names may be a variant, and is looked at as such.)
fn missing_files(session: &Session, study: &Study, question: &Question) -> Vec<Diagnostic> {
    let files = question.files().into_iter();
    files
        .filter(|(key, name)| *key != "against" && session.source().file(name).is_none())
        .map(|(key, name)| {
            let message = format!("the file `{name}` is not there, or cannot be read");
            Diagnostic::error("no-file", study.value_span(key), message)
        })
        .collect()
}

/// The faults of a study's question; or why the scenario cannot be read as the question wants it.
fn faults_of(
    session: &Session,
    study: &Study,
    question: &Question,
) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let changes = layers_span(study, &question.layers);
    let session = session.under(&question.layers).map_err(|why| unreadable(changes, why))?;
    let given = question.settings.given.as_deref();
    let history = given.map(|name| session.history(name).map(|(history, _)| history)).transpose();
    let history = history.map_err(|why| unreadable(study.value_span("given"), why))?;
    let asking = Asking {
        session: &session,
        settings: &question.settings,
        sampling: &question.settings.sampling(history),
        watch: &Unwatched,
    };
    let wrong = question.command.check(&asking).err().map(by_key).unwrap_or_default();
    Ok(place_faults(study, &wrong))
}

/// What is wrong with a question, by its keys.
fn by_key(failure: Failure) -> Vec<Fault> {
    let (diagnostics, sources) = match failure {
        Failure::Text { diagnostics, sources } => (diagnostics, sources),
        Failure::Question(faults) => return faults,
        other => return vec![Fault::whole(other.to_string())],
    };
    let fault = |diagnostic: Diagnostic| {
        let Source { name, typed, .. } = sources.get(diagnostic.span.file);
        // What is part of the question is called after its key: `vary 1`.
        if let Some(key) = name.split(' ').next().filter(|_| *typed) {
            return Fault::of(key, diagnostic.message);
        }
        let (line, column) = sources.line_column(diagnostic.span.file, diagnostic.span.start);
        Fault::whole(format!("{name}:{line}:{column}: {}", diagnostic.message))
    };
    diagnostics.into_iter().filter(|diagnostic| diagnostic.severity == Severity::Error).map(fault).collect()
}

/// Where a study says what it lays over the scenario.
fn layers_span(study: &Study, layers: &Layers) -> Span {
    let keys = ["set", "variant", "overlay", "layers"];
    let stated =
        keys.into_iter().find(|key| study.values().contains_key(*key)).filter(|_| !layers.is_empty());
    stated.map_or(study.span, |key| study.value_span(key))
}

/// Texts that cannot be read, reported at the key that wants them read: their own places are in other texts.
fn unreadable(span: Span, failure: Failure) -> Vec<Diagnostic> {
    let Failure::Text { diagnostics, .. } = failure else {
        return vec![Diagnostic::error("bad-value", span, failure.to_string())];
    };
    let errors = diagnostics.into_iter().filter(|it| it.severity == Severity::Error);
    errors.map(|error| Diagnostic { span, labels: Vec::new(), ..error }).collect()
}

/// What is wrong with a study's question, at its places in the scenario's text.
#[must_use]
pub fn place_faults(study: &Study, faults: &[Fault]) -> Vec<Diagnostic> {
    faults.iter().map(|fault| placed(study, fault)).collect()
}

/// A fault at its place.
fn placed(study: &Study, fault: &Fault) -> Diagnostic {
    let (id, span) = match fault.key.as_deref() {
        Some("command") => ("unknown-word", study.command.span),
        Some(key) if fault.is_unknown_key => ("unknown-key", study.key_span(key)),
        Some(key) => ("bad-value", study.value_span(key)),
        None => ("bad-value", study.span),
    };
    let value = fault.value.as_ref().map_or_else(String::new, |value| format!("`{value}`: "));
    let error = Diagnostic::error(id, span, format!("{value}{}", fault.message));
    match &fault.advice {
        Some(Advice::Rename(near)) => error.help(format!("did you mean `{near}`?")),
        Some(Advice::Use { key: "command", value: Some(near) }) => {
            error.help(format!("did you mean `{near}`?"))
        }
        Some(Advice::Use { key: "command", value: None }) => {
            error.help(format!("commands of studies are {}", STUDY_COMMANDS.join(", ")))
        }
        Some(Advice::Use { key, value: Some(value) }) => error.help(format!("use `{key} = {value}`")),
        Some(Advice::Use { key, value: None }) => error.help(format!("give `{key}` a value")),
        Some(Advice::LeaveOut(key)) => error.help(format!("leave out `{key}`")),
        None => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::Source;

    const SCENARIO: &str = r#"
format = 1
turns = 1
[actors.a]
[issues.i.moves]
a = ["x", "y"]
[outcomes.end.any]
[variants.meek]
turns = 2
"#;

    fn session(study: &str) -> Session {
        let source = Source::new("folder/s.toml", format!("{SCENARIO}[studies.s]\n{study}"));
        Session::open(source, &Layers::default()).unwrap_or_else(|why| panic!("{why}"))
    }

    /// What is reported of a study: the place's text and the message.
    #[track_caller]
    fn check(study: &str, expected: &[(&str, &str)]) {
        let session = session(study);
        let found = study_faults(&session, &session.document().scenario.studies[0]);
        let text = format!("{SCENARIO}[studies.s]\n{study}");
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|it| (&text[it.span.start as usize..it.span.end as usize], it.message.as_str()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_wrong_is_told_at_its_place() {
        check("command = \"run\"\nseed = 3\njson = true\n", &[]);
        check("command = \"rum\"\n", &[("\"rum\"", "a study cannot be of the command `rum`")]);
        check("command = \"run\"\nsede = 3\n", &[("sede", "`run` has no option `sede`")]);
        check("command = \"run\"\nseed = -1\n", &[("-1", "wanted a whole number, at least 0, not `-1`")]);
        check(
            "command = \"run\"\ngiven = \"seen.csv\"\n",
            &[("\"seen.csv\"", "the file `folder/seen.csv` is not there, or cannot be read")],
        );
        check("command = \"run\"\nvariant = \"mek\"\n", &[("\"mek\"", "the scenario has no variant `mek`")]);
        check("command = \"compare\"\nagainst = \"meek\"\n", &[]);
    }

    #[test]
    fn files_lie_in_the_folder_of_the_scenario() {
        let mut session = session("command = \"compare\"\nagainst = [\"meek\", \"o.toml\", \"turns=3\"]\n");
        session.add_file("folder/o.toml", "turns = 4\n");
        let study = session.document().scenario.studies[0].clone();
        let question = Question::of_study(&study, &session).expect("it is sound");
        let super::super::command::Command::Compare(compare) = &question.command else {
            panic!("{question:?}")
        };
        assert_eq!(compare.against, ["meek", "folder/o.toml", "turns=3"]);
        assert_eq!(study_faults(&session, &study), []);
    }
}
