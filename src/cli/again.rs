//! `again`: what an output folder says, done once more.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueHint};
use demarche::ask::run::PlayBatch;
use demarche::ask::{Answer, Command, FORM, Session, Source, ask_each};
use demarche::tables::{csv_header, csv_rows, replication_batch, replication_header, tables};

use super::arguments::{MOST_THREADS, on_threads, whole};
use super::folder::Folder;
use super::watch::Watching;
use super::write::{self, Manifest};
use super::{Status, failure, print};

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche run scenarios/deterrence.toml --out out/base
  demarche again out/base
  demarche again out/base --out out/repeated";

/// Repeat what an output folder says, and say whether the bytes are the same
///
/// A folder that demarche wrote holds its question (manifest.json) and every text that it was asked of (source.json).
/// The question is asked once more of these texts, and every file compared. The exit status is 1 where a file differs.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The folder
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    folder: PathBuf,

    /// Also write the answer into this folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    out: Option<PathBuf>,

    /// Threads to run on [default: one for each core]
    #[arg(long, value_name = "K", allow_negative_numbers = true,
          value_parser = |text: &str| whole(text, 1, MOST_THREADS))]
    threads: Option<u64>,

    /// No progress and no warnings
    #[arg(long)]
    quiet: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Status> {
    let (manifest, source) = kept(&arguments.folder)?;
    let folder = arguments.out.as_deref().map(Folder::prepare).transpose()?;
    let session = match Session::open(source, &manifest.question.layers) {
        Ok(session) => session,
        Err(error) => return Ok(failure::tell(&error)),
    };
    let watching = Watching::new(arguments.quiet, None);
    let mut plays = match &manifest.question.command {
        Command::Run(run) if run.each => csv_header(&replication_header(&session.document().scenario)),
        _ => Vec::new(),
    };
    let answer = on_threads(arguments.threads, || {
        let mut add = |batch: &PlayBatch<'_>| plays.extend(csv_rows(&replication_batch(batch)));
        ask_each(&session, &manifest.question, &watching, Some(&mut add))
    })?;
    watching.finish();
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) => return Ok(failure::tell_after(&error, session.sources(), 0.0)),
    };
    let files = files(&answer, &session, plays)?;
    if let Some(folder) = folder {
        for (name, bytes) in &files {
            folder.write(name, bytes)?;
        }
        folder.commit()?;
    }
    compare(&arguments.folder, &files, &manifest)
}

/// All files that the answer makes; single plays too, where the question asks for them.
fn files(answer: &Answer, session: &Session, plays: Vec<u8>) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = write::files(answer, &tables(answer), session.source())?;
    if !plays.is_empty() {
        files.insert("replications.csv".to_owned(), plays);
    }
    Ok(files)
}

/// The question and the texts that a folder holds.
fn kept(folder: &Path) -> anyhow::Result<(Manifest, Source)> {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path).with_context(|| format!("could not read {}", path.display()))
    };
    let written = read("manifest.json")?;
    let any: serde_json::Value = serde_json::from_slice(&written)
        .with_context(|| format!("{} is no manifest", folder.join("manifest.json").display()))?;
    match any.get("form").and_then(serde_json::Value::as_u64) {
        Some(form) if form == u64::from(FORM) => {}
        Some(form) => bail!(
            "{} has a manifest of form {form}, which this demarche does not know: it reads form {FORM}",
            folder.display()
        ),
        None => bail!(
            "{} has a manifest that says no question: it was written before folders could be repeated",
            folder.display()
        ),
    }
    let manifest = serde_json::from_value(any)
        .with_context(|| format!("{} cannot be used", folder.join("manifest.json").display()))?;
    let source = serde_json::from_slice(&read("source.json")?)
        .with_context(|| format!("{} cannot be used", folder.join("source.json").display()))?;
    Ok((manifest, source))
}

/// Says which files of a folder are the same.
fn compare(folder: &Path, files: &BTreeMap<String, Vec<u8>>, manifest: &Manifest) -> anyhow::Result<Status> {
    let mut text = String::new();
    let mut differing = 0;
    for (name, bytes) in files {
        let word = match std::fs::read(folder.join(name)) {
            Ok(kept) if kept == *bytes => "the same",
            Ok(_) => "differs",
            Err(_) => "is missing",
        };
        differing += usize::from(word != "the same");
        text += &format!("  {name:<18} {word}\n");
    }
    let version = env!("CARGO_PKG_VERSION");
    text += &match differing {
        0 => format!("{} says the same, byte for byte: {} files\n", folder.display(), files.len()),
        1 => format!("1 of {} files is not the same\n", files.len()),
        _ => format!("{differing} of {} files are not the same\n", files.len()),
    };
    if differing > 0 && manifest.version != version {
        text += &format!("It was written by demarche {}; this is {version}.\n", manifest.version);
    }
    print(&text)?;
    Ok(if differing == 0 { Status::Done } else { Status::Failed })
}
