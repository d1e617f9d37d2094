//! Whether plays agree with the exact distribution.

use super::numbers;
use crate::ask::Answer;
use crate::ask::agree::AgreeFindings;
use crate::study::Agreement;

pub(super) fn text(answer: &Answer, found: &AgreeFindings) -> String {
    let Agreement { compared, furthest, chi_square, freedom, p_value } = &found.agreement;
    let plays = answer.provenance.replications;
    let furthest = format!(
        "{} ({} in plays, {} exactly), {} standard errors",
        if furthest.what.is_empty() { "none" } else { &furthest.what },
        numbers::precise(furthest.sampled),
        numbers::precise(furthest.exact),
        numbers::statistic(furthest.errors)
    );
    let (chi_square, p_value) = (numbers::statistic(*chi_square), numbers::fact(*p_value));
    format!(
        "{plays} plays against the exact distribution, parameters at their central values\n  \
         furthest of {compared} shares and means: {furthest}\n  \
         outcomes: chi-square {chi_square} on {freedom} degrees of freedom, p = {p_value}\n"
    )
}
