//! Every kind of question, asked as the library is asked: JSON in, tables and words out.

use super::{Answer, COMMANDS, Layers, Question, Session, Source, ask};
use crate::study::Unwatched;
use crate::tables::{TABLES, csv, tables};
use crate::words::examples::DUEL;
use crate::words::{Style, Telling, text};

/// A question of each kind, several of those that have several kinds of answers.
const QUESTIONS: &[&str] = &[
    r#"{ "command": "check" }"#,
    r#"{ "command": "play", "replication": 7, "given": "seen.csv" }"#,
    r#"{ "command": "explain", "actor": "first", "turn": 2, "at": ["honour=kept"], "draw": 3 }"#,
    r#"{ "command": "tables", "issue": "dawn" }"#,
    r#"{ "command": "verify", "replications": 200, "draws": 4 }"#,
    r#"{ "command": "agree", "replications": 200 }"#,
    r#"{ "command": "solve", "continuation": true, "turn": 3 }"#,
    r#"{ "command": "export", "issue": "dawn" }"#,
    r#"{ "command": "run", "replications": 200, "draws": 4 }"#,
    r#"{ "command": "run", "replications": 200, "method": "exact", "given": "seen.csv" }"#,
    r#"{ "command": "compare", "against": ["meek"], "replications": 200, "draws": 4 }"#,
    r#"{ "command": "verify", "replications": 200 }"#,
    r#"{ "command": "agree", "replications": 200 }"#,
    r#"{ "command": "discover", "of": "outcomes.end.reconciled", "points": 100, "method": "exact" }"#,
    r#"{ "command": "claims", "replications": 200, "draws": 4 }"#,
    r#"{ "command": "sensitivity", "of": "outcomes.end.reconciled", "by": "tornado,claim,morris,sobol", "over": "all",
         "rows": 8, "walks": 3, "replications": 200, "draws": 4, "each": true }"#,
    r#"{ "command": "models", "replications": 200, "draws": 0 }"#,
    r#"{ "command": "sweep", "vary": "turns=1,2", "replications": 200, "draws": 4 }"#,
    r#"{ "command": "flip", "of": "end", "replications": 200, "draws": 4 }"#,
];

const SEEN: &str = "turn,actor,issue,move\n1,first,dawn,spare\n";

fn session() -> Session {
    let mut source = Source::new("duel.toml", DUEL);
    source.add("seen.csv", SEEN);
    Session::open(source, &Layers::default()).unwrap_or_else(|why| panic!("{why}"))
}

#[track_caller]
fn answered(question: &str) -> (Question, Answer) {
    let question: Question = serde_json::from_str(question).unwrap_or_else(|why| panic!("{question}: {why}"));
    let answer = ask(&session(), &question, &Unwatched).unwrap_or_else(|why| panic!("{question:?}: {why}"));
    (question, answer)
}

#[test]
fn every_command_is_asked() {
    let asked =
        |name: &&&str| QUESTIONS.iter().any(|json| json.contains(&format!("\"command\": \"{name}\"")));
    let missing: Vec<_> = COMMANDS.iter().filter(|name| !asked(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_question_reads_back_as_it_was_written() {
    for json in QUESTIONS {
        let question: Question = serde_json::from_str(json).unwrap_or_else(|why| panic!("{json}: {why}"));
        let written = serde_json::to_string(&question).expect("it can be written");
        let again: Question = serde_json::from_str(&written).unwrap_or_else(|why| panic!("{written}: {why}"));
        assert_eq!(again, question, "{written}");
    }
}

#[test]
fn an_answer_is_data_to_the_last_bit() {
    for json in QUESTIONS {
        let (_, answer) = answered(json);
        let written = serde_json::to_string(&answer).unwrap_or_else(|why| panic!("{json}: {why}"));
        let again: Answer = serde_json::from_str(&written).unwrap_or_else(|why| panic!("{json}: {why}"));
        let bytes = |answer: &Answer| tables(answer).iter().flat_map(csv).collect::<Vec<u8>>();
        assert_eq!(bytes(&again), bytes(&answer), "{json}");
        assert_eq!(serde_json::to_string(&again).ok(), Some(written), "{json}");
    }
}

#[test]
fn every_table_is_in_the_registry_under_its_command() {
    for json in QUESTIONS {
        let (question, answer) = answered(json);
        for table in tables(&answer) {
            let known = TABLES
                .iter()
                .any(|known| *known == table.schema() && known.commands.contains(&question.command.name()));
            assert!(known, "{json}: {}", table.name());
        }
    }
}

#[test]
fn words_leave_the_spelling_of_options_to_whoever_prints_them() {
    let option = |key: &str, _: Option<&str>| format!("<{key}>");
    let telling = Telling { style: Style::plain(), seconds: None, folder: None, option: &option };
    for json in QUESTIONS {
        let (_, answer) = answered(json);
        let told = text(&answer, &telling);
        let spelt = told.split_whitespace().find(|word| word.starts_with("--") && word.len() > 2);
        assert_eq!(spelt, None, "{json}:\n{told}");
    }
}

#[test]
fn a_session_answers_under_other_layers_from_its_own_texts() {
    let session = session();
    let probability = |json: &str| {
        let question: Question = serde_json::from_str(json).expect("a question");
        let answer = ask(&session, &question, &Unwatched).unwrap_or_else(|why| panic!("{why}"));
        tables(&answer)[0].number("probability", 0).expect("a number")
    };
    let base = probability(r#"{ "command": "run", "draws": 0, "method": "exact" }"#);
    let meek = probability(r#"{ "command": "run", "draws": 0, "method": "exact", "variant": "meek" }"#);
    let fierce = probability(
        r#"{ "command": "run", "draws": 0, "method": "exact", "variant": "meek", "set": ["script.first.dawn=shoot"] }"#,
    );
    assert!(fierce < base && base < meek, "{fierce} {base} {meek}");
    assert_eq!(fierce, 0.0);
}

#[test]
fn everything_that_is_wrong_with_a_question_is_told_at_once() {
    let wrong = serde_json::from_str::<Question>(
        r#"{ "command": "run", "replications": 0, "methd": "exact", "precision": 2 }"#,
    );
    insta::assert_snapshot!(wrong.expect_err("it is wrong").to_string(), @"`replications`: wanted a whole number, at least 1, not `0`; `precision`: wanted half the width of an interval, above 0 and below 0.5, not `2`; `methd`: `run` has no option `methd`");
    let unknown = serde_json::from_str::<Question>(r#"{ "command": "rum" }"#).expect_err("it is wrong");
    assert!(unknown.to_string().contains("there is no command `rum`"), "{unknown}");
    let foreign =
        serde_json::from_str::<Question>(r#"{ "command": "run", "form": 7 }"#).expect_err("it is foreign");
    assert!(foreign.to_string().contains("questions of form 7 are not known"), "{foreign}");
    let text = r#"{ "form": 9, "name": "s.toml", "text": "", "files": {} }"#;
    let foreign = serde_json::from_str::<Source>(text).expect_err("it is foreign");
    assert!(foreign.to_string().contains("a source of form 9 is not known"), "{foreign}");
}
