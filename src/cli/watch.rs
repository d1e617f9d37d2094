//! Progress on a terminal, Ctrl-C, what has to be said of the way to a result, and what would take too long.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Instant;

use demarche::ask::{Command, Question};
use demarche::scenario::{Diagnostic, Sources};
use demarche::study::{Bifurcation, Method, Points, Watch};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::open::tell;
use super::say;

/// Set by Ctrl-C.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// How long a command may take without being told that it may.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// What takes that long: `sweep`.
    pub(crate) what: &'static str,
    /// More points than this are likely to be a slip.
    pub(crate) points: usize,
    /// A longer time too, in seconds.
    pub(crate) seconds: f64,
}

impl Patience {
    /// That for a question, unless somebody has said `yes` to whatever it takes.
    pub(crate) fn of(question: &Question, yes: bool) -> Option<Self> {
        match &question.command {
            Command::Sweep(_) if !yes => Some(Self { what: "sweep", points: 100_000, seconds: 2.0 * 3600.0 }),
            _ => None,
        }
    }
}

/// A progress bar on standard error, where that is a terminal; stops at Ctrl-C.
#[derive(Debug)]
pub(crate) struct Watching {
    bar: ProgressBar,
    quiet: bool,
    /// The first one that was told: there may be one in every draw.
    branching: OnceLock<Bifurcation>,
    patience: Option<Patience>,
    /// The points that are under way, and since when.
    under_way: Mutex<Option<(usize, Instant)>>,
    /// Why it was refused to go on.
    refused: OnceLock<String>,
}

impl Watching {
    /// Starts to watch.
    pub(crate) fn new(quiet: bool, patience: Option<Patience>) -> Self {
        // A second handler cannot be set; the first does the same.
        let _ = ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::Relaxed));
        let bar = ProgressBar::new(0);
        let hidden = quiet || !std::io::stderr().is_terminal();
        bar.set_draw_target(if hidden { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() });
        if let Ok(style) =
            ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} plays, {eta} left")
        {
            bar.set_style(style);
        }
        Self {
            bar,
            quiet,
            branching: OnceLock::new(),
            patience,
            under_way: Mutex::new(None),
            refused: OnceLock::new(),
        }
    }

    /// Takes the bar away, and says what has to be said.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
        if let Some(branching) = self.branching.get().filter(|_| !self.quiet) {
            say(&format!("warning: {branching}"));
        }
    }

    /// Why it was refused to go on, where it was.
    pub(crate) fn refused(&self) -> Option<String> {
        self.refused.get().cloned()
    }

    /// The same, which also stops where something has failed.
    pub(crate) fn until<'w>(&'w self, failed: &'w AtomicBool) -> UntilFailed<'w> {
        UntilFailed { watching: self, failed }
    }

    /// Refuses what would surely take longer than anybody meant, once enough of it is over to tell.
    fn weigh(&self, done: u64, total: u64) {
        let Some(patience) = self.patience else { return };
        let under_way = *self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((points, begun)) = under_way.filter(|_| done > 0) else { return };
        let elapsed = begun.elapsed().as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "an estimate of time")]
        let whole = elapsed * total as f64 / done as f64;
        let many = points > patience.points;
        if many || (whole > patience.seconds && elapsed > ENOUGH_SECONDS) {
            let long = demarche::words::duration(whole);
            self.refused.get_or_init(|| {
                let what = patience.what;
                let long = if long.starts_with("about") { long } else { format!("about {long}") };
                format!(
                    "error: this {what} has {points} points and would take {long}: add --yes if that is meant"
                )
            });
        }
    }
}

/// After so many seconds an estimate of the whole is worth something.
const ENOUGH_SECONDS: f64 = 2.0;

impl Watch for Watching {
    fn progress(&self, done: u64, total: u64) {
        self.bar.set_length(total);
        self.bar.set_position(done);
        self.weigh(done, total);
    }

    fn stopped(&self) -> bool {
        INTERRUPTED.load(Ordering::Relaxed) || self.refused.get().is_some()
    }

    fn branches(&self, branching: &Bifurcation) {
        self.branching.get_or_init(|| branching.clone());
    }

    fn begins(&self, points: &Points) {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        *under_way = Some((points.count, Instant::now()));
        if !self.quiet && !points.what.is_empty() {
            self.bar.suspend(|| say(&announcement(points)));
        }
    }

    fn warns(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        if !self.quiet {
            self.bar.suspend(|| tell(diagnostics, sources));
        }
    }
}

/// What is to come, as it may take long.
fn announcement(points: &Points) -> String {
    let plays = points.plays;
    let each = match (points.method, points.draws) {
        (Method::Exact, 0) => "found exactly".to_owned(),
        (Method::Exact, draws) => format!("each found exactly under {draws} draws"),
        (_, 0) => format!("of {plays} plays each"),
        (_, draws) => format!("of {plays} plays and {draws} draws each"),
    };
    format!("{}: {} points, {each}", points.what, points.count)
}

/// Watches work that makes no sense any more once something has failed.
pub(crate) struct UntilFailed<'w> {
    watching: &'w Watching,
    failed: &'w AtomicBool,
}

impl Watch for UntilFailed<'_> {
    fn progress(&self, done: u64, total: u64) {
        self.watching.progress(done, total);
    }

    fn stopped(&self) -> bool {
        self.failed.load(Ordering::Relaxed) || self.watching.stopped()
    }

    fn branches(&self, branching: &Bifurcation) {
        self.watching.branches(branching);
    }

    fn begins(&self, points: &Points) {
        self.watching.begins(points);
    }

    fn warns(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        self.watching.warns(diagnostics, sources);
    }
}
