//! What moves a measure, for people.

use super::grid::grid;
use super::layout::flow;
use super::{Telling, numbers};
use crate::ask::sensitivity::{GroupedShares, SensitivityFindings};
use crate::ask::{About, Answer};
use crate::stats::{Estimate, SobolIndices};
use crate::study::sensitivity::{Evaluation, OneAtATime, Screening, WrongClaim};
use crate::study::{MeasuredChange, Method};

/// Rows of a table that are shown, at most; the files have all.
const MOST: usize = 30;

/// Half the width of the bars.
const BAR: usize = 10;

/// The study: for each measure, what was found by each method.
pub(super) fn text(answer: &Answer, found: &SensitivityFindings, telling: &Telling<'_>) -> String {
    let mut text = telling.style.bold(&answer.about.title) + "\n";
    let how = how(answer, found);
    for (at, measured) in found.measures.iter().enumerate() {
        let about = &answer.about;
        text += &Shown { about, found, telling, at, share: measured.is_share, how: &how }.text();
    }
    let share = numbers::percent(found.off_by);
    let range = format!(
        "Known numbers may be off by {share} either way ({}); uncertain ones go through their distributions.",
        (telling.option)("off_by", None)
    );
    text.push('\n');
    flow(&mut text, &range, 0, telling.style.width);
    text
}

/// How the base was found.
fn how(answer: &Answer, found: &SensitivityFindings) -> String {
    let draws = match found.draws {
        0 => "every parameter at its central value".to_owned(),
        draws => format!("{draws} draws"),
    };
    match answer.provenance.method {
        Method::Exact => format!("{draws}, found exactly"),
        Method::Sample | Method::Auto => format!("{} plays, {draws}", answer.provenance.replications),
    }
}

/// One measure on its way to text.
struct Shown<'a> {
    about: &'a About,
    found: &'a SensitivityFindings,
    telling: &'a Telling<'a>,
    at: usize,
    share: bool,
    how: &'a str,
}

impl Shown<'_> {
    fn text(&self) -> String {
        let name = &self.found.measures[self.at].path;
        let base = self.found.base[self.at].map_or_else(|| "no value".to_owned(), |base| self.value(base));
        let mut text = format!("{}  {base}, {}\n", self.telling.style.bold(name), self.how);
        let SensitivityFindings { one_at_a_time, claims, screening, shares, .. } = self.found;
        text += &one_at_a_time.as_ref().map_or_else(String::new, |one_at_a_time| self.tornado(one_at_a_time));
        text += &claims.as_ref().map_or_else(String::new, |claims| self.claims(claims));
        text += &screening.as_ref().map_or_else(String::new, |screening| self.screening(screening));
        text + &shares.as_ref().map_or_else(String::new, |shares| self.shares(shares))
    }

    fn tornado(&self, one_at_a_time: &[OneAtATime]) -> String {
        let mut ordered: Vec<&OneAtATime> = one_at_a_time.iter().collect();
        ordered.sort_by(|one, other| other.size(self.at).total_cmp(&one.size(self.at)));
        let all = ordered.iter().flat_map(|swing| &swing.points);
        let sizes =
            all.filter_map(|at| self.difference(&at.measures)).map(|difference| difference.value.abs());
        let most = sizes.fold(0.0, f64::max);
        let rows = ordered.iter().take(MOST).map(|swing| self.swing(swing, most));
        let mut text = self.heading("One number at a time, through its range");
        text += &grid(["", "range", "low end", "high end", "swing", ""].map(str::to_owned), rows, 1..5);
        text += &self.left_out(one_at_a_time.len());
        if one_at_a_time.is_empty() {
            text += &format!(
                "  No number has a range: {} or {} takes those that are known.\n",
                self.option("over", "parameters"),
                self.option("over", "payoffs")
            );
        }
        if one_at_a_time.iter().any(|swing| swing.turns[self.at]) {
            text += "  ~ rises and falls on the way, so its ends do not tell all: sensitivity.csv has the points.\n";
        }
        text + &format!(
            "  Differences from the base on the same chance, with half their 95 % interval. Numbers that\n  \
             matter only together do not show here: {}.\n",
            self.option("by", "sobol")
        )
    }

    fn swing(&self, swing: &OneAtATime, most: f64) -> Vec<String> {
        let end =
            |at: Option<&Evaluation>| at.map_or_else(nothing, |at| self.shift(self.difference(&at.measures)));
        let mark = if swing.turns[self.at] { "~" } else { " " };
        vec![
            format!(" {mark}{}", short(&swing.factor.path)),
            format!("{} to {}", brief(swing.range.low), brief(swing.range.high)),
            end(swing.points.first()),
            end(swing.points.last()),
            self.amount(swing.size(self.at)),
            self.bar(swing, most),
        ]
    }

    /// The differences of a swing to either side of the base.
    fn bar(&self, swing: &OneAtATime, most: f64) -> String {
        let differences = swing.points.iter().filter_map(|at| self.difference(&at.measures));
        let (low, high) = differences.fold((0.0_f64, 0.0_f64), |(low, high), difference| {
            (low.min(difference.value), high.max(difference.value))
        });
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a share of ten characters"
        )]
        let length = |size: f64| if most > 0.0 { (size / most * BAR as f64).round() as usize } else { 0 };
        let (left, right) = (length(-low), length(high));
        format!("{}{}│{}", " ".repeat(BAR - left), "█".repeat(left), "█".repeat(right))
    }

    fn claims(&self, claims: &[WrongClaim]) -> String {
        let mut ordered: Vec<&WrongClaim> = claims.iter().filter(|claim| !claim.factors.is_empty()).collect();
        ordered.sort_by(|one, other| other.size(self.at).total_cmp(&one.size(self.at)));
        let rows = ordered.iter().take(MOST).map(|wrong| {
            let claim = &self.about.claims[wrong.claim];
            let end = |end: usize| match &wrong.ends[end] {
                Some(measures) => self.shift(self.difference(measures)),
                None => "out of range".to_owned(),
            };
            let numbers = wrong.factors.len().to_string();
            vec![format!("  {}", claim.id), numbers, end(0), end(1), cut(&claim.text, 36)]
        });
        let mut text = self.heading("If a claim is wrong: all numbers that rest on it, together");
        text += &grid(["", "numbers", "low ends", "high ends", ""].map(str::to_owned), rows, 1..4);
        text += &self.left_out(ordered.len());
        let idle: Vec<&str> = claims
            .iter()
            .filter(|claim| claim.factors.is_empty())
            .map(|claim| self.about.claims[claim.claim].id.as_str())
            .collect();
        match idle.len() {
            0 if claims.is_empty() => text += "  The scenario makes no claims.\n",
            0 => {}
            _ => text += &format!("  No number rests on {}.\n", idle.join(", ")),
        }
        text += "  What has a structure instead of a number (a condition, a move) is not doubted here.\n";
        text
    }

    fn screening(&self, screening: &Screening) -> String {
        let mut text = self.heading("Elementary effects (Morris)");
        let Some(effects) = &screening.effects[self.at] else {
            return text + "  The measure has no value at some of the points.\n";
        };
        let mut ordered: Vec<_> = self.found.factors.iter().zip(effects).collect();
        ordered.sort_by(|one, other| other.1.mu_star.value.total_cmp(&one.1.mu_star.value));
        let rows = ordered.iter().take(MOST).map(|(factor, effect)| {
            let interval =
                format!("{} to {}", self.amount(effect.mu_star.low), self.amount(effect.mu_star.high));
            let mut row =
                vec![format!("  {}", short(&factor.path)), self.amount(effect.mu_star.value), interval];
            row.extend([self.signed(effect.mu), self.amount(effect.sigma), self.amount(effect.noise)]);
            row
        });
        text += &grid(["", "mu*", "95 % interval", "mu", "sigma", "noise"].map(str::to_owned), rows, 1..6);
        text += &self.left_out(ordered.len());
        text += "  What a step through two thirds of a number's range does wherever the others stand, for the whole\n  \
                 range: mu* the mean size, mu with its sign. A mu* no larger than the noise of chance is nothing; a\n  \
                 sigma as large as mu* says that the effect depends on the others. Intervals are those of the walks\n  \
                 that were taken, by Student's t.\n";
        text
    }

    fn shares(&self, grouped: &GroupedShares) -> String {
        let GroupedShares { shares, groups } = grouped;
        let mut text = format!("\n{}\n", self.telling.style.bold("Shares of the variance (Sobol)"));
        let Some(indices) = &shares.indices[self.at] else {
            let plays = (self.telling.option)("plays", None);
            let why = if shares.has_values[self.at] {
                format!(
                    "The measure does not vary over the points, or by no more than chance: more {plays} may tell."
                )
            } else {
                "The measure has no value at some of the points.".to_owned()
            };
            return text + &format!("  {why}\n");
        };
        let singles = self.found.factors.len();
        let names: Vec<String> =
            self.found.factors.iter().map(|factor| short(&factor.path).to_owned()).collect();
        let mut ordered: Vec<usize> = (0..singles).collect();
        let by_total =
            |one: &usize, other: &usize| indices.total[*other].value.total_cmp(&indices.total[*one].value);
        ordered.sort_by(by_total);
        let mut grouped: Vec<usize> = (singles..singles + groups.len()).collect();
        grouped.sort_by(by_total);
        let row = |at: &usize| {
            let name = names.get(*at).unwrap_or_else(|| &groups[*at - singles].name);
            vec![format!("  {name}"), part(indices.first[*at]), part(indices.total[*at])]
        };
        let header = ["", "alone", "in all"].map(str::to_owned);
        text += &grid(header, ordered.iter().take(MOST).chain(&grouped).map(row), 1..3);
        text += &self.left_out(singles);
        text + &self.said_of(indices, singles, !groups.is_empty())
    }

    fn said_of(&self, indices: &SobolIndices, singles: usize, groups: bool) -> String {
        let alone: f64 = indices.first[..singles].iter().map(|index| index.value).sum();
        let deviation = self.amount(indices.variance.sqrt());
        let mut text = format!(
            "  In percent of the variance, with half the 95 % interval, by resampling the design's rows. The\n  \
             numbers alone explain {:.0} %, the rest is what they do together. Standard deviation {deviation}.\n",
            100.0 * alone
        );
        if groups {
            text += "  A claim's share is that of all uncertain numbers that rest on it.\n";
        }
        if indices.noise > 0.0 {
            text += &format!(
                "  Chance made {:.1} % of the variance that was seen; it is taken off. What it adds to the error\n  \
                 is not in the intervals.\n",
                100.0 * indices.noise
            );
        }
        text
    }

    /// An option with a value, as whoever asked spells it.
    fn option(&self, key: &str, value: &str) -> String {
        (self.telling.option)(key, Some(value))
    }

    /// Says that not all is shown.
    fn left_out(&self, count: usize) -> String {
        if count <= MOST {
            return String::new();
        }
        let [out, json] = ["out", "json"].map(|key| (self.telling.option)(key, None));
        format!("  ... and {} more that do less; {out} and {json} have all.\n", count - MOST)
    }

    fn difference(&self, measures: &[MeasuredChange]) -> Option<Estimate> {
        measures[self.at].difference
    }

    /// A difference with half its interval.
    fn shift(&self, difference: Option<Estimate>) -> String {
        let Some(difference) = difference else { return nothing() };
        let reach = (difference.high - difference.low) / 2.0;
        if reach == 0.0 {
            return self.signed(difference.value);
        }
        format!("{} \u{b1}{}", self.signed(difference.value), self.amount(reach))
    }

    fn value(&self, estimate: Estimate) -> String {
        let unit = if self.share { " %" } else { "" };
        let value = format!("{}{unit}", self.amount(estimate.value));
        if estimate.low == estimate.high {
            return value;
        }
        format!("{value} ({} to {})", self.amount(estimate.low), self.amount(estimate.high))
    }

    /// A number in the measure's unit: percent for shares.
    fn amount(&self, value: f64) -> String {
        numbers::bare_measure(value, self.share)
    }

    fn signed(&self, value: f64) -> String {
        numbers::difference(value, self.share, 0)
    }

    fn heading(&self, heading: &str) -> String {
        let unit = if self.share { ", in percentage points" } else { "" };
        format!("\n{}{unit}\n", self.telling.style.bold(heading))
    }
}

/// A share of the variance in percent, with half its interval.
fn part(index: Estimate) -> String {
    let positive = |value: f64| if value.abs() < 0.05 { 0.0 } else { value };
    let (value, reach) = (100.0 * index.value, 50.0 * (index.high - index.low));
    format!("{:.1} \u{b1}{reach:.1}", positive(value))
}

fn nothing() -> String {
    "-".to_owned()
}

/// A parameter by its name, anything else by its path.
fn short(path: &str) -> &str {
    path.strip_prefix("parameters.").unwrap_or(path)
}

/// A number with few digits.
fn brief(value: f64) -> String {
    numbers::few(value)
}

/// The beginning of a text.
fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width - 1).collect();
    format!("{}…", kept.trim_end())
}
