//! `again`: what an output folder says, done once more.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, ValueHint};
use demarche::ask::run::PlayBatch;
use demarche::ask::{Answer, Command, Session, ask_each};
use demarche::tables::{csv_header, csv_rows, replication_batch, replication_header, tables};

use super::arguments::{MOST_THREADS, on_threads, whole};
use super::folder::Folder;
use super::kept::{compare, kept};
use super::watch::Watching;
use super::write;
use super::{Status, failure};

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
    #[arg(long, value_name = "K",
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
