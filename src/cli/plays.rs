//! Every single play, written as it comes: there may be more than memory holds.

use std::io::{BufWriter, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use demarche::ask::run::PlayBatch;
use demarche::ask::{Command, Question, Session};
use demarche::tables::{csv_header, csv_rows, replication_batch, replication_header};

use super::folder::Folder;

/// The file of single plays in a folder.
pub(crate) struct Plays<'d> {
    writer: BufWriter<std::fs::File>,
    failure: String,
    error: Option<std::io::Error>,
    /// Tells the run that there is an error.
    failed: &'d AtomicBool,
}

const FILE: &str = "replications.csv";

impl<'d> Plays<'d> {
    /// Begins the file, where the question asks for single plays; `failed` is set when it cannot be written.
    pub(crate) fn of(
        folder: &Folder,
        question: &Question,
        session: &Session,
        failed: &'d AtomicBool,
    ) -> anyhow::Result<Option<Self>> {
        if !matches!(&question.command, Command::Run(run) if run.each) {
            return Ok(None);
        }
        let mut made = Self {
            writer: BufWriter::new(folder.create(FILE)?),
            failure: folder.failure(FILE),
            error: None,
            failed,
        };
        made.write(&csv_header(&replication_header(&session.document().scenario)));
        Ok(Some(made))
    }

    /// Writes some plays, in their order.
    pub(crate) fn add(&mut self, batch: &PlayBatch<'_>) {
        self.write(&csv_rows(&replication_batch(batch)));
    }

    fn write(&mut self, bytes: &[u8]) {
        if self.error.is_none() {
            self.error = self.writer.write_all(bytes).err();
            self.failed.store(self.error.is_some(), Ordering::Relaxed);
        }
    }

    /// Ends the file; whatever went wrong on the way comes out here.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        let flushed = self.error.map_or_else(|| self.writer.flush(), Err);
        flushed.map_err(|error| anyhow::Error::new(error).context(self.failure))
    }
}
