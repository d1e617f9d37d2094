//! What differs between two scenarios.

use super::grid::grid;
use super::numbers::{self, NOTHING};
use super::{Style, Telling};
use crate::ask::Answer;
use crate::ask::compare::CompareFindings;
use crate::stats::Estimate;
use crate::study::{Compared, Method, Quantity, Transitions};

/// The comparison: a row for each measure, shares in percent; then the plays that end otherwise.
pub(super) fn text(answer: &Answer, found: &CompareFindings, telling: &Telling<'_>) -> String {
    let style = telling.style;
    let comparison = &found.comparison;
    let changes: Vec<&str> = found.changes.iter().map(|change| change.text.as_str()).collect();
    let heading = format!("{}\nagainst {}", answer.about.title, changes.join(", "));
    let mut text = style.bold(&heading) + "\n\n";
    let header = ["measure", "here", "there", "difference", "95 % interval", "tighter"];
    let rows = comparison.measures.iter().map(|compared| row(compared, style));
    text += &grid(header.map(str::to_owned), rows, 1..6);
    for class in &comparison.transitions {
        text += &changed(class, comparison.draws, style);
    }
    text + "\n" + &footer(answer, found, telling)
}

fn row(compared: &Compared, style: Style) -> Vec<String> {
    let nothing = || NOTHING.to_owned();
    let value =
        |value: Option<f64>| value.map_or_else(nothing, |value| numbers::measure(value, compared.share));
    let signed = |value: f64| numbers::difference(value, compared.share, 1);
    let difference = compared.difference.map_or_else(nothing, |d| signed(d.value));
    let sure = compared.difference.is_some_and(|d| d.low > 0.0 || d.high < 0.0);
    let interval = |d: Estimate| format!("{} to {}", signed(d.low), signed(d.high));
    vec![
        compared.measure.clone(),
        value(compared.value),
        value(compared.against),
        if sure { style.bold(&difference) } else { difference },
        compared
            .difference
            .filter(|d| d.low < d.high && d.interval().is_some())
            .map_or_else(nothing, interval),
        compared.tighter.map_or_else(nothing, |times| format!("{times:.1} x")),
    ]
}

/// Ways of ending otherwise that are listed, at most.
const MOST: usize = 8;

fn changed(class: &Transitions, draws: u64, style: Style) -> String {
    let mut ways: Vec<(&str, &str, &Quantity)> = Vec::new();
    for (from, row) in class.outcomes.iter().zip(&class.counts) {
        let otherwise =
            class.outcomes.iter().zip(row).filter(|(to, quantity)| from != *to && quantity.hits() > 0);
        ways.extend(otherwise.map(|(to, quantity)| (from.as_str(), to.as_str(), quantity)));
    }
    ways.sort_by_key(|(_, _, quantity)| std::cmp::Reverse(quantity.hits()));
    let plays: u64 = class.counts.iter().flatten().map(Quantity::hits).sum();
    let changed = class.changed();
    let of_all = format!(
        "{} of {} plays end otherwise ({})",
        numbers::count(changed),
        numbers::count(plays),
        numbers::share(quotient(changed, plays))
    );
    let mut text = format!("\n{}: {of_all}\n", style.bold(&class.classification));
    let rows = ways.iter().take(MOST).map(|(from, to, quantity)| {
        let range = quantity
            .share_over(draws)
            .map_or_else(String::new, |e| format!("{} %", numbers::points_interval(e.low, e.high)));
        let share = quotient(quantity.hits(), quantity.trials());
        vec![
            format!(" {from}"),
            format!("-> {to}:"),
            numbers::count(quantity.hits()),
            format!("({})", numbers::share(share)),
            range,
        ]
    });
    if !ways.is_empty() {
        text += &grid(std::iter::empty(), rows, 2..4);
    }
    if ways.len() > MOST {
        text += &format!("  and {} rarer ways\n", ways.len() - MOST);
    }
    text
}

#[expect(clippy::cast_precision_loss, reason = "numbers of plays are far below 2^53")]
fn quotient(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

/// Over fewer draws than this, paired intervals are a little too narrow.
const MANY_DRAWS: u64 = 50;

fn footer(answer: &Answer, findings: &CompareFindings, telling: &Telling<'_>) -> String {
    let CompareFindings { comparison: found, paired, .. } = findings;
    let paired = *paired;
    let mut text = String::new();
    let over = match found.draws {
        0 => "every parameter at its central value".to_owned(),
        draws if paired => format!("the same {draws} draws of the uncertain parameters"),
        draws => format!("{draws} draws of the uncertain parameters each"),
    };
    let how = match found.by {
        Method::Exact => "Both computed exactly".to_owned(),
        Method::Auto | Method::Sample => {
            let chance = if paired { ", on the same chance" } else { "" };
            format!("{} plays of each{chance}", numbers::count(answer.provenance.replications))
        }
    };
    text += &format!("{how}, {over}, seed {}\n", answer.provenance.seed);
    if !found.one_sided.is_empty() {
        text += &format!("Not compared, as only one of the two has it: {}.\n", found.one_sided.join(", "));
    }
    if (1..MANY_DRAWS).contains(&found.draws) {
        text += "Of so few draws, 95 % intervals hold the truth in some 93 to 94 % of cases only.\n";
    }
    text += "The difference is there less here: what the change does; of shares, in points of a percent.\n";
    text + &telling.style.dim(&limits(findings, telling)) + "\n"
}

/// What the numbers do not say.
fn limits(findings: &CompareFindings, telling: &Telling<'_>) -> String {
    let found = &findings.comparison;
    let mut says: Vec<String> = Vec::new();
    says.push(if !findings.paired {
        "The two differ in structure, so no play of one has a counterpart in the other: they were run apart, with\n\
         random numbers of their own, and the interval is that of two independent runs."
            .to_owned()
    } else if found.transitions.is_empty() {
        format!(
            "Which plays end otherwise is not told: exact propagation finds two distributions, and no play in\n\
             either. Leave out {} for that.",
            (telling.option)("method", Some("exact"))
        )
    } else {
        "Which plays end otherwise is a matter of the chance that they share; their net is not: it is the\n\
         difference."
            .to_owned()
    });
    says.push(if found.by == Method::Exact && found.draws == 0 {
        "There is no sampling error; whether the scenario is right is another matter.".to_owned()
    } else if !findings.paired {
        "Intervals are of sampling error, not of either scenario's being right.".to_owned()
    } else {
        "Tighter: how many times wider the interval of two independent runs of the same size would be.\n\
         Intervals are of sampling error, not of either scenario's being right."
            .to_owned()
    });
    says.join("\n")
}
