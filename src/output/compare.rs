//! What differs between two scenarios, as tables and for people.

use super::grid::grid;
use super::text::unsigned_zero;
use super::{Cell, Style, Table};
use crate::scenario::thousands;
use crate::stats::Estimate;
use crate::study::{Compared, Comparison, Method, Transitions};

/// What was compared with what.
#[derive(Clone, Copy, Debug)]
pub struct Versus<'a> {
    /// The scenario's title.
    pub title: &'a str,
    /// What makes the other scenario of it, each with what it is: `("assignment", "turns=3")`.
    pub changes: &'a [(&'static str, String)],
    /// What was found.
    pub found: &'a Comparison,
    /// Plays of each.
    pub replications: u64,
    /// The seed.
    pub seed: u64,
}

/// The tables of a comparison, named as their files are: against.csv, differences.csv, and transitions.csv where
/// there were plays.
#[must_use]
pub fn comparison_tables(versus: &Versus<'_>) -> Vec<(String, Table)> {
    let mut against = Table::new(&["kind", "change"]);
    against.rows =
        versus.changes.iter().map(|(kind, text)| vec![(*kind).into(), text.as_str().into()]).collect();
    let mut tables = vec![("against", against), ("differences", differences(&versus.found.measures))];
    if versus.found.by != Method::Exact {
        tables.push(("transitions", transitions(versus.found)));
    }
    tables.into_iter().map(|(name, table)| (name.to_owned(), table)).collect()
}

fn differences(measures: &[Compared]) -> Table {
    let mut table = Table::new(&["measure", "value", "against", "difference", "low", "high", "tighter"]);
    for compared in measures {
        let mut row: Vec<Cell> =
            vec![compared.measure.as_str().into(), compared.value.into(), compared.against.into()];
        row.extend(Cell::interval(compared.difference));
        row.push(compared.tighter.into());
        table.rows.push(row);
    }
    table
}

fn transitions(found: &Comparison) -> Table {
    let mut table = Table::new(&["classification", "from", "to", "plays", "share", "low", "high"]);
    for class in &found.transitions {
        for (from, row) in class.outcomes.iter().zip(&class.counts) {
            for (to, quantity) in class.outcomes.iter().zip(row) {
                let mut row: Vec<Cell> =
                    vec![class.classification.as_str().into(), from.as_str().into(), to.as_str().into()];
                row.push(quantity.hits().into());
                row.extend(Cell::interval(quantity.share_over(found.draws)));
                table.rows.push(row);
            }
        }
    }
    table
}

/// The comparison for people: a row for each measure, shares in percent; then the plays that end otherwise.
#[must_use]
pub fn comparison_text(versus: &Versus<'_>, style: Style) -> String {
    let Versus { found, .. } = versus;
    let changes: Vec<&str> = versus.changes.iter().map(|(_, text)| text.as_str()).collect();
    let mut text = style.bold(&format!("{}\nagainst {}", versus.title, changes.join(", "))) + "\n\n";
    let header = ["measure", "here", "there", "difference", "95 % interval", "tighter"];
    let rows = found.measures.iter().map(|compared| row(compared, style));
    text += &grid(header.map(str::to_owned), rows, 1..6);
    for class in &found.transitions {
        text += &changed(class, found.draws, style);
    }
    text + "\n" + &footer(versus, style)
}

fn row(compared: &Compared, style: Style) -> Vec<String> {
    let nothing = || "-".to_owned();
    let value = |value: Option<f64>| {
        value.map_or_else(nothing, |value| {
            if compared.share { format!("{:.1} %", 100.0 * value) } else { format!("{value:.3}") }
        })
    };
    let signed = |value: f64| {
        if compared.share {
            unsigned_zero(&format!("{:+.2}", 100.0 * value))
        } else {
            unsigned_zero(&format!("{value:+.4}"))
        }
    };
    let difference = compared.difference.map_or_else(nothing, |d| signed(d.value));
    let sure = compared.difference.is_some_and(|d| d.low > 0.0 || d.high < 0.0);
    let interval = |d: Estimate| format!("{} to {}", signed(d.low), signed(d.high));
    vec![
        compared.measure.clone(),
        value(compared.value),
        value(compared.against),
        if sure { style.bold(&difference) } else { difference },
        compared.difference.filter(|d| d.low < d.high).map_or_else(nothing, interval),
        compared.tighter.map_or_else(nothing, |times| format!("{times:.1} x")),
    ]
}

/// Ways of ending otherwise that are listed, at most.
const MOST: usize = 8;

fn changed(class: &Transitions, draws: u64, style: Style) -> String {
    let mut ways: Vec<(&str, &str, &crate::study::Quantity)> = Vec::new();
    for (from, row) in class.outcomes.iter().zip(&class.counts) {
        let otherwise =
            class.outcomes.iter().zip(row).filter(|(to, quantity)| from != *to && quantity.hits() > 0);
        ways.extend(otherwise.map(|(to, quantity)| (from.as_str(), to.as_str(), quantity)));
    }
    ways.sort_by_key(|(_, _, quantity)| std::cmp::Reverse(quantity.hits()));
    let plays: u64 = class.counts.iter().flatten().map(crate::study::Quantity::hits).sum();
    let changed = class.changed();
    #[expect(clippy::cast_precision_loss, reason = "numbers of plays are far below 2^53")]
    let share = 100.0 * changed as f64 / plays as f64;
    let of_all = format!(
        "{} of {} plays end otherwise ({share:.1} %)",
        thousands(changed.into()),
        thousands(plays.into())
    );
    let mut text = format!("\n{}: {of_all}\n", style.bold(&class.classification));
    let rows = ways.iter().take(MOST).map(|(from, to, quantity)| {
        let range = quantity
            .share_over(draws)
            .map_or_else(String::new, |e| format!("{:.1} to {:.1} %", 100.0 * e.low, 100.0 * e.high));
        #[expect(clippy::cast_precision_loss, reason = "numbers of plays are far below 2^53")]
        let share = 100.0 * quantity.hits() as f64 / quantity.trials() as f64;
        vec![
            format!(" {from}"),
            format!("-> {to}:"),
            thousands(quantity.hits().into()),
            format!("({share:.1} %)"),
            range,
        ]
    });
    if !ways.is_empty() {
        text += grid(std::iter::empty(), rows, 2..4).trim_start_matches('\n');
    }
    if ways.len() > MOST {
        text += &format!("  and {} rarer ways\n", ways.len() - MOST);
    }
    text
}

/// Over fewer draws than this, paired intervals are a little too narrow.
const MANY_DRAWS: u64 = 50;

fn footer(versus: &Versus<'_>, style: Style) -> String {
    let Versus { found, .. } = versus;
    let mut text = String::new();
    let over = match found.draws {
        0 => "every parameter at its central value".to_owned(),
        draws => format!("the same {draws} draws of the uncertain parameters"),
    };
    let how = match found.by {
        Method::Exact => "Both computed exactly".to_owned(),
        Method::Auto | Method::Sample => {
            format!("{} plays of each, on the same chance", thousands(versus.replications.into()))
        }
    };
    text += &format!("{how}, {over}, seed {}\n", versus.seed);
    if !found.one_sided.is_empty() {
        text += &format!("Not compared, as only one of the two has it: {}.\n", found.one_sided.join(", "));
    }
    if (1..MANY_DRAWS).contains(&found.draws) {
        text += "Of so few draws, 95 % intervals hold the truth in some 93 to 94 % of cases only.\n";
    }
    text += "The difference is there less here: what the change does; of shares, in points of a percent.\n";
    let mut says: Vec<&str> = Vec::new();
    if found.by == Method::Exact {
        says.push(
            "Which plays end otherwise is not told: exact propagation finds two distributions, and no play in\n\
             either. Leave out --method exact for that.",
        );
    } else {
        says.push(
            "Which plays end otherwise is a matter of the chance that they share; their net is not: it is the\n\
             difference.",
        );
    }
    if found.by == Method::Exact && found.draws == 0 {
        says.push("There is no sampling error; whether the scenario is right is another matter.");
    } else {
        says.push(
            "Tighter: how many times wider the interval of two independent runs of the same size would be.\n\
             Intervals are of sampling error, not of either scenario's being right.",
        );
    }
    text + &style.dim(&says.join("\n")) + "\n"
}
