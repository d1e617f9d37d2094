//! Runs until an interval is narrow enough.

use serde::{Deserialize, Serialize};

use super::effort::Effort;
use super::error::StudyError;
use super::method::{Evaluating, evaluate_prepared};
use super::prepare::Prepared;
use super::run::Run;
use super::settings::{Method, Settings};

/// How narrow intervals are to be.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Precision {
    /// The largest half width that an outcome's 95 % interval may have, as a probability in (0, 0.5).
    pub half_width: f64,
    /// Plays that are not worth it any more.
    pub most_plays: u64,
    /// Draws that are not worth it any more.
    pub most_draws: u64,
}

/// A further look has so much more than what seems to be needed, so that few looks are taken.
const MARGIN: f64 = 1.1;

/// Draws of which nothing can be said are taken so many times.
const MORE_THAN_FEW: u32 = 20;

/// The distribution of a scenario from as many plays (and draws) as it takes until no outcome's 95 % interval
/// is wider than asked, and the settings that give the same run by themselves.
///
/// Begins with what the settings of the `first` look say, estimates from the widths what is needed, and goes there, as often as it
/// takes, seldom more than twice. Each look is a run of its own that begins with the plays and draws of the one
/// before it: draws grow with plays, so that each is played as often as in the first. Whether it stops depends on
/// the widths alone and not on where the intervals lie, so they keep their coverage as the number of plays in the
/// first look grows (Chow and Robbins 1965); by simulation, 94 to 96 % with first looks of 500 plays, or of 100
/// draws.
///
/// # Errors
/// [`StudyError::Precision`] if it would take more than is worth it; else see [`StudyError`].
///
/// # References
/// Chow and Robbins (1965), On the asymptotic theory of fixed-width sequential confidence intervals for the
/// mean, Annals of Mathematical Statistics 36(2), 457-462, doi:10.1214/aoms/1177700156.
pub fn evaluate_until(
    prepared: &Prepared<'_>,
    first: &Evaluating<'_>,
    precision: Precision,
) -> Result<(Run, Settings), StudyError> {
    let mut settings = first.settings.clone();
    let mut done = Effort { plays: 0, draws: 0 };
    loop {
        let run = evaluate_prepared(prepared, &Evaluating { settings: &settings, ..*first }, None)?;
        done = Effort { plays: done.plays + run.replications, draws: done.draws + run.draws };
        let width = run.estimates.half_width();
        let certain = run.by == Method::Exact && run.draws == 0;
        if width <= precision.half_width || certain {
            return Ok((run, settings));
        }
        let needed = if width.is_finite() {
            let short = width / precision.half_width;
            run.times(MARGIN * short * short)
        } else {
            // As few draws as say anything at all of how far they lie apart.
            run.times(f64::from(MORE_THAN_FEW))
        };
        if needed.plays > precision.most_plays || needed.draws > precision.most_draws {
            return Err(StudyError::Precision { half_width: precision.half_width, needed, done });
        }
        settings.draws = (needed.draws > 0).then_some(needed.draws).or(settings.draws);
        if needed.plays > 0 {
            settings.replications = needed.plays;
        } else {
            settings.replications = settings.replications.max(needed.draws);
        }
    }
}
