//! Two pieces of work timed in alternation, so that what disturbs the machine disturbs both.

use std::time::{Duration, Instant};

/// A piece of work that can be done again and again; what it makes goes through `black_box` inside.
pub(crate) type Work = Box<dyn FnMut()>;

/// Rounds a pair is timed for: odd, so that the median is one of them.
const ROUNDS: usize = 7;
/// A side repeats its work in each round until so much time has passed: short work is timed many times over.
const ROUND: Duration = Duration::from_millis(60);

/// What a ratio must keep to.
#[derive(Clone, Copy)]
pub(crate) enum Bound {
    /// The subject takes at most so many times as long as what it is held against.
    AtMost(f64),
    /// The subject is at least so many times as fast.
    Faster(f64),
    /// Nothing is asked; the number is for people.
    Open,
}

/// A subject and what it is held against; either may be missing.
pub(crate) struct Pair {
    pub(crate) what: &'static str,
    pub(crate) subject: Option<Work>,
    pub(crate) against: Option<Work>,
    pub(crate) bound: Bound,
    /// How many of what one piece of work does, to tell the time of one.
    pub(crate) unit: Option<(f64, &'static str)>,
}

/// Medians over the rounds.
pub(crate) struct Timing {
    /// Seconds a piece of work, where it was measured.
    pub(crate) subject: Option<f64>,
    pub(crate) against: Option<f64>,
    /// The subject's time in units of the other's, round by round; of the two sides' medians it may differ.
    pub(crate) ratio: Option<f64>,
}

impl Pair {
    /// Times both sides, after one round that warms up and does not count.
    pub(crate) fn time(&mut self) -> Timing {
        let mut rounds = Vec::with_capacity(ROUNDS);
        for round in 0..=ROUNDS {
            // Who goes first changes, lest one side always find the other's leavings in the cache.
            let (subject, against);
            if round % 2 == 0 {
                subject = self.subject.as_mut().map(seconds);
                against = self.against.as_mut().map(seconds);
            } else {
                against = self.against.as_mut().map(seconds);
                subject = self.subject.as_mut().map(seconds);
            }
            if round > 0 {
                rounds.push((subject, against));
            }
        }
        Timing {
            subject: median(rounds.iter().filter_map(|&(subject, _)| subject)),
            against: median(rounds.iter().filter_map(|&(_, against)| against)),
            ratio: median(rounds.iter().filter_map(|&(subject, against)| Some(subject? / against?))),
        }
    }
}

/// Seconds that one piece of work takes, on the mean of as many as fit a round.
fn seconds(work: &mut Work) -> f64 {
    let start = Instant::now();
    let mut done = 0_u32;
    loop {
        work();
        done += 1;
        let elapsed = start.elapsed();
        if elapsed >= ROUND {
            return elapsed.as_secs_f64() / f64::from(done);
        }
    }
}

/// The middle value, the lower one of two; nothing of nothing.
pub(crate) fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len().saturating_sub(1) / 2).copied()
}
