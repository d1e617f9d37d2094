//! Boxes in the uncertain parameters.

use super::Telling;
use super::grid::grid;
use super::layout::flow;
use super::numbers::{self, percent};
use crate::ask::discover::DiscoverFindings;
use crate::ask::{About, Answer};
use crate::study::Method;
use crate::study::discover::{Bound, Discovery, FoundBox, LEVEL, Limit, short};

/// A discovery on its way to text.
struct Discovered<'a> {
    about: &'a About,
    measure: &'a str,
    bound: Bound,
    plays: u64,
    discovery: &'a Discovery,
    telling: &'a Telling<'a>,
}

/// Steps of a trajectory that are shown, beside the one that was taken.
const STEPS: usize = 12;

/// Characters of a range.
const RANGE: usize = 20;

/// The boxes, each with its trade-off and in a sentence.
pub(super) fn text(answer: &Answer, findings: &DiscoverFindings, telling: &Telling<'_>) -> String {
    let DiscoverFindings { measure, bound, plays, discovery } = findings;
    let found =
        Discovered { about: &answer.about, measure, bound: *bound, plays: *plays, discovery, telling };
    let (style, width) = (telling.style, telling.style.width);
    let mut text = format!("{}\n{}", style.bold(&found.about.title), found.heading());
    for (number, one) in (1_usize..).zip(&found.discovery.boxes) {
        let last = one.steps.len().saturating_sub(1);
        let dropped = match one.dropped {
            0 => String::new(),
            1 => "; the last drops a limit that may be chance".to_owned(),
            many => format!("; the last {many} drop limits that may be chance"),
        };
        text +=
            &format!("\n{}{dropped}\n", style.bold(&format!("Box {number}: step {} of {last}", one.chosen)));
        text += &found.limits(one);
        text.push('\n');
        text += &steps(one);
        text.push('\n');
        flow(&mut text, &found.sentence(number, one), 0, width);
    }
    text.push('\n');
    flow(&mut text, &limits(telling), 0, width);
    text
}

/// What the numbers do not say.
fn limits(telling: &Telling<'_>) -> String {
    let option = telling.option;
    format!(
        "{LIMITS} another {} shows what of it stays. Points lie where the distributions put them, so shares rest on \
         those. A box says where, not why. {} N takes another step, for more coverage or more density; {} drops limits \
         that may be chance.",
        option("seed", None),
        option("box", None),
        option("sure", None)
    )
}

/// What the numbers mean.
const LIMITS: &str = "coverage: the share of the points that are in which the box holds; density: the share of the \
     box's points that are in; mass: the share of all points that it holds; p: how likely the box would be as dense \
     without the limit by chance, which is too kind to limits, as they were chosen among many. A box is found and \
     judged on the same points:";

impl Discovered<'_> {
    fn name(&self, parameter: usize) -> &str {
        &self.about.parameters[self.discovery.parameters[parameter].index()].id
    }

    /// What was looked for, and at how many points it is.
    fn heading(&self) -> String {
        let Discovery { parameters, points, near, method, bound, .. } = self.discovery;
        let measure = self.measure;
        let quarter = if self.bound == Bound::Quarter { ", its highest quarter over the points" } else { "" };
        let mut text = format!("Where {measure} is {bound}{quarter}\n  ");
        let each = match method {
            Method::Exact => "found exactly at each".to_owned(),
            Method::Sample | Method::Auto => format!("{} plays at each", large(self.plays)),
        };
        let inside = points.iter().filter(|point| point.inside).count();
        let missing = points.iter().filter(|point| point.estimate.is_none()).count();
        let (uncertain, s) = (parameters.len(), if parameters.len() == 1 { "" } else { "s" });
        let mut words = format!(
            "{} points of a Latin hypercube over {uncertain} uncertain parameter{s}, {each}; {} are in ({}).",
            large(points.len() as u64),
            large(inside as u64),
            percent(share(inside, points.len() - missing)),
        );
        if missing > 0 {
            words += &format!(" {} have no value and are left out.", large(missing as u64));
            if let Some((_, why)) = self.discovery.absent.first() {
                words += &format!(" The first of them: {why}.");
            }
        }
        if *near > 0 {
            words += &format!(
                " {} lie within their 95 % interval of the bound and may belong on its other side: more {} tell.",
                large(*near as u64),
                (self.telling.option)("plays", None)
            );
        }
        flow(&mut text, &words, 2, self.telling.style.width);
        text
    }

    /// The limits of a box, the surest first.
    fn limits(&self, one: &FoundBox) -> String {
        if one.limits.is_empty() {
            return "  No limit: everything is in it.\n".to_owned();
        }
        let mut ordered: Vec<&Limit> = one.limits.iter().collect();
        let p = |limit: &Limit| limit.p_value.unwrap_or(1.0);
        ordered.sort_by(|one, other| p(one).total_cmp(&p(other)));
        let rows = ordered.into_iter().map(|limit| {
            let (from, to) = limit.range;
            vec![
                format!("  {}", self.name(limit.parameter)),
                words(limit),
                range(limit),
                format!("of {} to {}", digits(from, limit), digits(to, limit)),
                limit.p_value.map_or_else(String::new, significance),
                if p(limit) > LEVEL { "may be chance".to_owned() } else { String::new() },
            ]
        });
        grid(["", "limits", "", "", "p", ""].map(str::to_owned), rows, 4..5)
    }

    /// The box in words.
    fn sentence(&self, number: usize, one: &FoundBox) -> String {
        let step = one.steps[one.chosen];
        let all: Vec<f64> =
            self.discovery.points.iter().filter_map(|point| Some(point.estimate?.value)).collect();
        let inside = self.discovery.points.iter().filter(|point| point.inside).count();
        let overall = all.iter().sum::<f64>() / share(all.len(), 1);
        let name = self.measure;
        let bound = self.discovery.bound;
        let base = percent(share(inside, all.len()));
        if one.limits.is_empty() {
            return format!("No box tells where {name} is {bound} any better than all points do ({base}).");
        }
        let mut limits: Vec<&Limit> =
            one.limits.iter().filter(|limit| limit.p_value <= Some(LEVEL)).collect();
        let weak = one.limits.len() - limits.len();
        if limits.is_empty() {
            limits = one.limits.iter().collect();
        }
        let conditions: Vec<String> = limits
            .iter()
            .map(|limit| format!("{} is {}", self.name(limit.parameter), words(limit)))
            .collect();
        let further = match weak {
            0 => String::new(),
            _ if weak == one.limits.len() => " (each of which may be chance)".to_owned(),
            1 => " (and within one limit more, which may be chance)".to_owned(),
            _ => format!(" (and within {weak} limits more, which may be chance)"),
        };
        let left = if number > 1 { "of what the boxes before have left, " } else { "" };
        format!(
            "In words: {left}where {}{further}, {name} is {bound} at {} of the points, against {base} of all; its \
             mean there is {}, against {}. That is {} of the points, and holds {} of those that are in.",
            listed(&conditions),
            percent(step.density),
            short(step.mean),
            short(overall),
            percent(step.mass),
            percent(step.coverage),
        )
    }
}

/// The trade-off: some steps of the trajectory, and the one that was taken.
fn steps(one: &FoundBox) -> String {
    let last = one.steps.len().saturating_sub(1);
    let mut shown: Vec<usize> = (0..STEPS).map(|part| part * last / (STEPS - 1)).collect();
    shown.push(one.chosen);
    shown.sort_unstable();
    shown.dedup();
    let rows = shown.into_iter().map(|at| {
        let step = one.steps[at];
        vec![
            format!("{} {at}", if at == one.chosen { ">" } else { " " }),
            percent(step.coverage),
            percent(step.density),
            percent(step.mass),
            format!("{:.3}", step.mean),
            step.restricted.to_string(),
        ]
    });
    let header = ["  step", "coverage", "density", "mass", "mean", "limits"];
    grid(header.map(str::to_owned), rows, 0..6)
}

/// `0.2 or more`, `0.1 to 0.2`.
fn words(limit: &Limit) -> String {
    match (limit.low, limit.high) {
        (Some(low), Some(high)) => format!("{} to {}", digits(low, limit), digits(high, limit)),
        (Some(low), None) => format!("{} or more", digits(low, limit)),
        (None, Some(high)) => format!("{} or less", digits(high, limit)),
        (None, None) => "anything".to_owned(),
    }
}

/// What of a parameter's range a box holds.
fn range(limit: &Limit) -> String {
    let (from, to) = limit.range;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a place on a line of twenty characters"
    )]
    let place = |value: f64| ((value - from) / (to - from) * RANGE as f64).round().max(0.0) as usize;
    let start = limit.low.map_or(0, place).min(RANGE - 1);
    let end = limit.high.map_or(RANGE, place).clamp(start + 1, RANGE);
    format!("{}{}{}", "·".repeat(start), "█".repeat(end - start), "·".repeat(RANGE - end))
}

/// A number with as many decimals as three digits of its parameter's range have.
fn digits(value: f64, limit: &Limit) -> String {
    let (mut width, mut decimals) = (limit.range.1 - limit.range.0, 0);
    while width < 100.0 && decimals < 9 {
        width *= 10.0;
        decimals += 1;
    }
    let text = format!("{value:.decimals$}");
    // What rounds to zero has no sign.
    text.strip_prefix('-')
        .filter(|rest| !rest.contains(|c| ('1'..='9').contains(&c)))
        .map_or(text.clone(), str::to_owned)
}

fn significance(p: f64) -> String {
    if p < 0.001 { "<0.001".to_owned() } else { format!("{p:.3}") }
}

/// `a`, `a and b`, `a, b and c`.
fn listed(parts: &[String]) -> String {
    match parts.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

fn large(count: u64) -> String {
    numbers::count(count)
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}
