//! Every single play, written as it comes.

use std::io::{BufWriter, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use demarche::output;
use demarche::scenario::Document;
use demarche::study::{Branching, PlayRecord, Settings, Watch, draw_parameters};

use super::folder::Folder;
use super::watch::Watching;

/// Watches a run that makes no sense any more once its plays cannot be written.
pub(crate) struct UntilFailed<'w> {
    pub(crate) watching: &'w Watching,
    pub(crate) failed: &'w AtomicBool,
}

impl Watch for UntilFailed<'_> {
    fn progress(&self, done: u64, total: u64) {
        self.watching.progress(done, total);
    }

    fn stopped(&self) -> bool {
        self.failed.load(Ordering::Relaxed) || self.watching.stopped()
    }

    fn branches(&self, branching: &Branching) {
        self.watching.branches(branching);
    }
}

/// Writes every play as it comes: there may be more than memory holds.
pub(crate) struct Each<'d> {
    document: &'d Document,
    settings: &'d Settings,
    writer: BufWriter<std::fs::File>,
    failure: String,
    error: Option<std::io::Error>,
    /// Tells the run that there is an error.
    failed: &'d AtomicBool,
    /// The parameters of the draw that is being played.
    parameters: Option<(Option<u64>, Vec<f64>)>,
}

impl<'d> Each<'d> {
    /// Begins the file of a folder; `failed` is told when it cannot be written.
    pub(crate) fn new(
        folder: &Folder,
        document: &'d Document,
        settings: &'d Settings,
        failed: &'d AtomicBool,
    ) -> anyhow::Result<Self> {
        let mut made = Self {
            document,
            settings,
            writer: BufWriter::new(folder.create("replications.csv")?),
            failure: folder.failure("replications.csv"),
            error: None,
            failed,
            parameters: None,
        };
        let columns = output::replication_columns(&document.scenario);
        made.line(&output::Table { columns, rows: Vec::new() });
        Ok(made)
    }

    /// Writes some plays, in their order.
    pub(crate) fn add(&mut self, records: &[PlayRecord]) {
        let scenario = &self.document.scenario;
        let mut rows = Vec::with_capacity(records.len());
        for record in records {
            if self.parameters.as_ref().is_none_or(|(draw, _)| *draw != record.draw) {
                let drawn = draw_parameters(self.document, self.settings.seed, record.draw);
                self.parameters = Some((record.draw, drawn));
            }
            let parameters = self.parameters.as_ref().map_or(&[][..], |(_, parameters)| parameters);
            rows.push(output::replication_row(scenario, record, parameters));
        }
        self.line(&output::Table { columns: Vec::new(), rows });
    }

    /// Writes what a table has, header or rows.
    fn line(&mut self, table: &output::Table) {
        if self.error.is_none() {
            self.error = self.writer.write_all(&output::csv(table)).err();
            self.failed.store(self.error.is_some(), Ordering::Relaxed);
        }
    }

    /// Ends the file; whatever went wrong on the way comes out here.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        let flushed = self.error.map_or_else(|| self.writer.flush(), Err);
        flushed.map_err(|error| anyhow::Error::new(error).context(self.failure))
    }
}
