//! Somebody wants to know what an outcome hangs on, in a scenario of which theory knows it.

use std::path::Path;

use serde_json::Value;

use crate::support::{demarche, told};

/// The outcome `both` has the probability `p * q`, `bent` that of `x * (1 - x)`; `idle` does nothing. `both` rests on
/// the claims as `p` and `q` do.
const PRODUCT: &str = r#"
format = 1
turns = 1
[claims.pair]
text = "p and q are what they are."
[claims.first]
text = "p is what it is."
[claims.none]
text = "Nothing rests on this."
[parameters]
p = { uniform = [0.2, 0.6], because = ["pair", "first"] }
q = { uniform = [0.1, 0.9], because = "pair" }
x = { uniform = [0, 1] }
idle = { normal = [0, 1] }
bonus = 2
[variables.both]
levels = ["no", "yes"]
[variables.bent]
levels = ["no", "yes"]
[actors.only]
[issues.day.moves]
only = ["sit"]
[issues.day.payoffs.sitting]
pays = { only = "idle + bonus" }
[events.both]
chance = "p * q"
set = { both = "yes" }
[events.bent]
chance = "x * (1 - x)"
set = { bent = "yes" }
[outcomes.pq.both]
when = { both = "yes" }
[outcomes.pq.other]
[outcomes.xx.bent]
when = { bent = "yes" }
[outcomes.xx.straight]
[measures.unknown]
when = { both = "yes" }
of = "measures.never"
[measures.never]
when = { both = "yes", turn = 1, bent = "no" }
"#;

fn study(arguments: &str) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    let output = run(folder.path(), &format!("{arguments} --json --quiet"));
    assert!(output.status.success(), "{}", told(&output));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn run(folder: &Path, arguments: &str) -> std::process::Output {
    std::fs::write(folder.join("product.toml"), PRODUCT).expect("it can be written");
    let typed = format!("sensitivity product.toml {arguments}");
    demarche(folder, &typed.split_whitespace().collect::<Vec<_>>())
}

/// The rows of a table in which some columns say this.
fn rows<'v>(found: &'v Value, table: &str, wanted: &[(&str, &str)]) -> Vec<&'v Value> {
    let all = found[table].as_array().unwrap_or_else(|| panic!("no table {table}"));
    all.iter().filter(|row| wanted.iter().all(|(column, text)| row[*column] == *text)).collect()
}

#[track_caller]
fn number(row: &Value, column: &str) -> f64 {
    row[column].as_f64().unwrap_or_else(|| panic!("{row} has no {column}"))
}

#[track_caller]
fn check(found: &Value, wanted: &[(&str, &str)], column: &str, expected: &[f64]) {
    let values: Vec<f64> = rows(found, "sensitivity", wanted).iter().map(|row| number(row, column)).collect();
    let near = values.len() == expected.len()
        && values.iter().zip(expected).all(|(value, expected)| (value - expected).abs() < 1e-12);
    assert!(near, "{wanted:?}: {values:?}, not {expected:?}");
}

#[test]
fn one_number_at_a_time() {
    let found = study("--of outcomes.pq.both --of outcomes.xx.bent --draws 0 --method exact");
    let both = ("measure", "outcomes.pq.both");
    check(&found, &[("method", "base"), both], "value", &[0.2]);
    check(&found, &[("factor", "parameters.p"), both], "number", &[0.2, 0.3, 0.4, 0.5, 0.6]);
    check(&found, &[("factor", "parameters.p"), both], "difference", &[-0.1, -0.05, 0.0, 0.05, 0.1]);
    check(&found, &[("factor", "parameters.q"), both], "value", &[0.04, 0.12, 0.2, 0.28, 0.36]);
    check(&found, &[("factor", "parameters.idle"), both], "difference", &[0.0; 5]);
    let bent = ("measure", "outcomes.xx.bent");
    check(&found, &[("factor", "parameters.x"), bent], "value", &[0.0, 0.1875, 0.25, 0.1875, 0.0]);
    assert_eq!(rows(&found, "sensitivity", &[("factor", "parameters.bonus")]).len(), 0);
}

#[test]
fn claims_that_are_wrong() {
    let found = study("--of outcomes.pq.both --draws 0 --method exact --by claim");
    check(&found, &[("factor", "claims.pair")], "difference", &[0.02 - 0.2, 0.54 - 0.2]);
    check(&found, &[("factor", "claims.first")], "difference", &[-0.1, 0.1]);
    assert_eq!(rows(&found, "sensitivity", &[("factor", "claims.none")]).len(), 0);
}

/// What is drawn goes on being drawn: at a fixed p the base's q are met again.
#[test]
fn all_else_is_drawn_as_in_the_base() {
    let found = study("--of outcomes.pq.both --draws 400 --method exact --by tornado");
    let at = rows(&found, "sensitivity", &[("factor", "parameters.p")]);
    let mean_q = number(at[0], "value") / 0.2;
    for (row, p) in at.iter().zip([0.2, 0.3, 0.4, 0.5, 0.6]) {
        assert!((number(row, "value") - p * mean_q).abs() < 1e-12, "{row}");
    }
    // q's standard deviation is 0.23, so that of 400 draws' mean 0.0116.
    assert!((mean_q - 0.5).abs() < 4.0 * 0.0116, "{mean_q}");
}

/// V(pq) = q^2 V(p) + p^2 V(q) + V(p) V(q).
fn check_indices(found: &Value, tolerance: f64) {
    let (vp, vq) = (0.16 / 12.0, 0.64 / 12.0);
    let (alone_p, alone_q, together) = (0.25 * vp, 0.16 * vq, vp * vq);
    let all = alone_p + alone_q + together;
    let expected = [
        ("parameters.p", alone_p, alone_p + together),
        ("parameters.q", alone_q, alone_q + together),
        ("parameters.x", 0.0, 0.0),
        ("parameters.idle", 0.0, 0.0),
        ("claims.pair", all, all),
    ];
    for (factor, first, total) in expected {
        let row = rows(found, "indices", &[("factor", factor)])[0];
        assert!((number(row, "first") - first / all).abs() < tolerance, "{row}, not {}", first / all);
        assert!((number(row, "total") - total / all).abs() < tolerance, "{row}, not {}", total / all);
    }
    assert_eq!(rows(found, "indices", &[]).len(), expected.len());
    let variance = number(&found["variances"][0], "variance");
    assert!((variance / all - 1.0).abs() < 2.0 * tolerance, "{variance}, not {all}");
}

#[test]
fn shares_of_the_variance() {
    let found = study("--of outcomes.pq.both --method exact --by sobol --rows 4096");
    assert_eq!(number(&found["variances"][0], "noise"), 0.0);
    check_indices(&found, 0.01);
}

/// Points that are played have noise, and the same indices.
#[test]
fn shares_of_the_variance_by_plays() {
    let found = study("--of outcomes.pq.both --method sample --by sobol --rows 512 --plays 4000");
    let noise = number(&found["variances"][0], "noise");
    assert!(noise > 0.0, "{noise}");
    check_indices(&found, 0.08);
}

/// The effect of p on p * q, over its whole range of 0.4, is 0.4 q; q's levels are 0.1, 0.3667, 0.6333 and 0.9.
#[test]
fn elementary_effects() {
    let found = study("--of outcomes.pq.both --method exact --by morris --walks 400");
    let effect = |factor: &str| rows(&found, "effects", &[("factor", factor)])[0].clone();
    let (p, q) = (effect("parameters.p"), effect("parameters.q"));
    // Deviations of the levels: q's 0.298, p's 0.149; four standard errors of 400.
    let spread = [0.4 * 0.298_142, 0.8 * 0.149_071];
    for (row, (mu, sigma)) in [&p, &q].into_iter().zip([(0.4 * 0.5, spread[0]), (0.8 * 0.4, spread[1])]) {
        assert!((number(row, "mu") - mu).abs() < 4.0 * sigma / 20.0, "{row}, not {mu}");
        assert_eq!(number(row, "mu"), number(row, "mu_star"));
        assert!((number(row, "sigma") / sigma - 1.0).abs() < 0.1, "{row}, not {sigma}");
    }
    assert_eq!(number(&effect("parameters.idle"), "mu_star"), 0.0);
}

#[test]
fn known_numbers_are_varied_where_asked() {
    let found = study("--of scores.only --over payoffs --off-by 0.5 --draws 0 --method exact --by tornado");
    check(&found, &[("factor", "parameters.bonus")], "number", &[1.0, 1.5, 2.0, 2.5, 3.0]);
    check(&found, &[("factor", "parameters.bonus")], "difference", &[-1.0, -0.5, 0.0, 0.5, 1.0]);
    check(
        &found,
        &[("factor", "issues.day.payoffs.sitting.pays.only")],
        "number",
        &[1.0, 1.5, 2.0, 2.5, 3.0],
    );
}

/// A ratio whose denominator is 0 at some point: that is said, and nothing made up.
#[test]
fn what_has_no_value_is_not_made_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = run(folder.path(), "--of measures.unknown -n 20 --by sobol,morris --rows 8 --quiet");
    assert!(output.status.success(), "{}", told(&output));
    let text = String::from_utf8(output.stdout).expect("text");
    assert_eq!(text.matches("The measure has no value at some of the points.").count(), 2, "{text}");
}

#[test]
fn the_summary_for_people() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = run(
        folder.path(),
        "--of outcomes.xx.bent --draws 0 --method exact --by tornado,claim,morris,sobol --walks 4 --rows 64",
    );
    insta::assert_snapshot!(told(&output), @r#"
    status: 0
    --- out
    product.toml
    outcomes.xx.bent  25.0 %, every parameter at its central value, found exactly

    One number at a time, through its range, in percentage points
                       range  low end  high end  swing
      ~x              0 to 1    -25.0     -25.0   25.0  ██████████│
       p          0.2 to 0.6      0.0       0.0    0.0            │
       q          0.1 to 0.9      0.0       0.0    0.0            │
       idle  -2.326 to 2.326      0.0       0.0    0.0            │
      ~ rises and falls on the way, so its ends do not tell all: sensitivity.csv has the points.
      Differences from the base on the same chance, with half their 95 % interval. Numbers that
      matter only together do not show here: --by sobol.

    If a claim is wrong: all numbers that rest on it, together, in percentage points
              numbers  low ends  high ends
       pair         2       0.0        0.0  p and q are what they are.
       first        1       0.0        0.0  p is what it is.
      No number rests on none.
      What has a structure instead of a number (a condition, a move) is not doubted here.

    Elementary effects (Morris), in percentage points
              mu*  95 % interval   mu  sigma  noise
       x     33.3   33.3 to 33.3  0.0   38.5    0.0
       q      0.0     0.0 to 0.0  0.0    0.0    0.0
       p      0.0     0.0 to 0.0  0.0    0.0    0.0
       idle   0.0     0.0 to 0.0  0.0    0.0    0.0
      What a step through two thirds of a number's range does wherever the others stand, for the whole
      range: mu* the mean size, mu with its sign. A mu* no larger than the noise of chance is nothing; a
      sigma as large as mu* says that the effect depends on the others. Intervals are those of the walks
      that were taken, by Student's t.

    Shares of the variance (Sobol)
                         alone      in all
       x            88.2 ±29.3  90.6 ±26.0
       q              0.0 ±0.0    0.0 ±0.0
       p              0.0 ±0.0    0.0 ±0.0
       idle           0.0 ±0.0    0.0 ±0.0
       claims.pair    0.0 ±0.0    0.0 ±0.0
      In percent of the variance, with half the 95 % interval, by resampling the design's rows. The
      numbers alone explain 88 %, the rest is what they do together. Standard deviation 7.4.
      A claim's share is that of all uncertain numbers that rest on it.

    Known numbers may be off by 50 % either way (--off-by); uncertain ones go
    through their distributions.
    --- err
    product.toml:8:9: warning: nobody cites the claim `none`
      |
    8 | [claims.none]
      |         ^^^^
      help: say `because = "none"` where a number rests on it
    tornado: 20 points, found exactly
    claim: 4 points, found exactly
    morris: 20 points, found exactly
    sobol: 448 points, found exactly
    "#);
}

#[test]
fn the_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = run(
        folder.path(),
        "--of turns --of outcomes.pq.both --by tornado,morris,sobol --walks 2 --rows 4 --each --out out -n 400",
    );
    assert!(output.status.success(), "{}", told(&output));
    let lines = |name: &str| {
        let text = std::fs::read_to_string(folder.path().join("out").join(name)).expect("it was written");
        (text.lines().next().unwrap_or_default().to_owned(), text.lines().count() - 1)
    };
    assert_eq!(
        lines("sensitivity.csv"),
        ("method,factor,measure,point,number,value,difference,low,high,why_not".to_owned(), 2 + 2 * 4 * 5)
    );
    assert_eq!(
        lines("effects.csv"),
        ("factor,measure,mu,mu_star,mu_star_low,mu_star_high,sigma,noise".to_owned(), 2 * 4)
    );
    // That plays take one turn explains nothing.
    assert_eq!(
        lines("indices.csv"),
        ("factor,measure,first,first_low,first_high,total,total_low,total_high".to_owned(), 5)
    );
    assert_eq!(lines("variances.csv").1, 2);
    assert_eq!(lines("points.csv").1, 2 * (2 * 5 + 4 * (2 + 4 + 1)));
}

#[track_caller]
fn refused(arguments: &str, expected: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let output = run(folder.path(), arguments);
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    let said = String::from_utf8(output.stderr).expect("text");
    assert!(said.contains(expected), "{said}");
    assert!(output.stdout.is_empty());
}

#[test]
fn slips_are_answered() {
    refused(
        "--of outcomes.pq.bot --of scores.olny",
        "error: --of: no measure is called `outcomes.pq.bot`; did you mean `outcomes.pq.both`?\n\
         error: --of: no measure is called `scores.olny`; did you mean `scores.only`?\n",
    );
    refused("--of turns --off-by 0", "wanted a number above 0");
    refused("--of turns --off-by -1", "wanted a number above 0");
    refused("--of turns --rows 3", "wanted a whole number from 4 to");
    refused("--of turns --walks 1", "wanted a whole number from 2 to");
    refused("--of turns --by tornados", "tornado");
    refused("", "--of <MEASURE>");
}
