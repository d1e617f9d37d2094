//! What is known of a game in normal form, for people.

use std::fmt::Write;

use super::text::{flow, plain, state, widest};
use crate::equilibrium::{Extreme, NormalForm, Solution, simplest};
use crate::scenario::Scenario;
use crate::study::{Drawn, Stage, StageGame};

/// A game that was solved.
#[derive(Clone, Copy, Debug)]
pub struct Solved<'a> {
    /// What it is called: the issues of a stage game, or the title of a file.
    pub name: &'a str,
    /// The game.
    pub form: &'a NormalForm,
    /// What is known of it.
    pub solution: &'a Solution,
}

/// Where a stage game is, and what its payoffs are: the lines above its solution.
#[must_use]
pub fn stage_heading(
    scenario: &Scenario,
    stage: &Stage,
    drawn: Drawn,
    levels: &[usize],
    turn: usize,
) -> String {
    let mut text = format!("{}: the stage game of {} {}\n", scenario.title, scenario.turn, turn + 1);
    if !levels.is_empty() {
        text.push_str("  where ");
        flow(&mut text, &state(scenario, levels), 8);
    }
    text.push_str("  ");
    flow(&mut text, &says(scenario, stage, drawn), 2);
    if !stage.alike.is_empty() {
        let amounts = stage
            .alike
            .iter()
            .map(|(actor, amount)| format!("{} {}", scenario.actors[*actor].name, plain(*amount)));
        text.push_str("  whatever is done, and in no game's payoffs: ");
        flow(&mut text, &amounts.collect::<Vec<_>>().join(", "), 6);
    }
    text
}

fn says(scenario: &Scenario, stage: &Stage, drawn: Drawn) -> String {
    let parameters = match drawn.draw {
        Some(draw) => format!("the parameters are those of draw {draw}"),
        None => "every parameter at its central value".to_owned(),
    };
    let regards = scenario.actors.iter().any(|actor| !actor.regard.is_empty());
    let weighted = if regards { ", others' payoffs added as far as they are regarded" } else { "" };
    let after = if stage.continuation {
        " and, discounted, what comes after, as the actors expect it at their own levels"
    } else {
        " alone"
    };
    let script = if stage.games.iter().any(|game| game.scripted.iter().any(|seats| !seats.is_empty())) {
        "; scripted moves are averaged over"
    } else {
        ""
    };
    format!("payoffs of this {}{after}{weighted}{script}; {parameters}", scenario.turn)
}

/// What a stage game's part is called: its issues.
#[must_use]
pub fn stage_name(scenario: &Scenario, game: &StageGame) -> String {
    let issues = game.issues.iter().map(|&issue| scenario.issues[issue].id.as_str());
    issues.collect::<Vec<_>>().join(" + ")
}

/// A solved game in words.
#[must_use]
pub fn solution(solved: Solved<'_>) -> String {
    let telling = Telling { game: solved.form, solution: solved.solution };
    let players = solved.form.players();
    let sizes: Vec<String> = players.iter().map(|player| player.strategies.len().to_string()).collect();
    let names: Vec<&str> = players.iter().map(|player| player.name.as_str()).collect();
    let mut text = String::new();
    flow(&mut text, &format!("{}: {} ({})", solved.name, names.join(", "), sizes.join(" x ")), 2);
    telling.eliminated(&mut text);
    telling.pure(&mut text);
    telling.extreme(&mut text);
    telling.security(&mut text);
    telling.correlated(&mut text);
    telling.quantal(&mut text);
    text
}

/// More of anything than this is counted, not listed.
const LISTED: usize = 40;

struct Telling<'a> {
    game: &'a NormalForm,
    solution: &'a Solution,
}

impl Telling<'_> {
    fn name(&self, player: usize) -> &str {
        &self.game.players()[player].name
    }

    fn strategy(&self, player: usize, strategy: usize) -> &str {
        &self.game.players()[player].strategies[strategy]
    }

    fn name_width(&self) -> usize {
        widest(self.game.players().iter().map(|player| player.name.as_str()))
    }

    fn mixture(&self, player: usize, weights: impl Iterator<Item = (usize, f64)>) -> String {
        let shown: Vec<String> = weights
            .filter(|(_, weight)| *weight > 0.0)
            .map(|(strategy, weight)| match weight {
                1.0 => self.strategy(player, strategy).to_owned(),
                _ => format!("{} ({})", self.strategy(player, strategy), share(weight)),
            })
            .collect();
        shown.join(", ")
    }

    fn eliminated(&self, text: &mut String) {
        if self.solution.eliminated.is_empty() {
            text.push_str("\n  No strategy is strictly dominated");
        } else {
            text.push_str("\n  Strictly dominated, round by round");
        }
        text.push_str(if self.solution.mixtures_tried {
            "\n"
        } else {
            " (by pure strategies; the game is too large to try mixtures)\n"
        });
        let width = self.name_width();
        for gone in self.solution.eliminated.iter().take(LISTED) {
            let by = self.mixture(gone.player, gone.by.iter().copied());
            let _ = write!(text, "    {}  {:width$}  ", gone.round, self.name(gone.player));
            flow(text, &format!("{}, by {by}", self.strategy(gone.player, gone.strategy)), 9 + width);
        }
        more(text, self.solution.eliminated.len());
    }

    fn pure(&self, text: &mut String) {
        if self.solution.pure.is_empty() {
            text.push_str("\n  No equilibrium in pure strategies\n");
            return;
        }
        text.push_str("\n  Equilibria in pure strategies, and what they pay\n");
        for &profile in self.solution.pure.iter().take(LISTED) {
            let _ = write!(text, "    ");
            flow(text, &format!("{}: {}", self.profile(profile), amounts(self.game.pays(profile))), 6);
        }
        more(text, self.solution.pure.len());
    }

    fn profile(&self, profile: usize) -> String {
        let players = 0..self.game.players().len();
        let chosen = players.map(|player| self.strategy(player, self.game.digit(profile, player)));
        format!("({})", chosen.collect::<Vec<_>>().join(", "))
    }

    fn extreme(&self, text: &mut String) {
        let extreme = match &self.solution.extreme {
            Ok(extreme) => extreme,
            Err(why) => {
                text.push_str("\n  ");
                let why = why.to_string();
                flow(text, &capitalised(&why), 4);
                return;
            }
        };
        text.push_str("\n  All extreme equilibria, mixed ones among them, and what they pay\n");
        let width = self.name_width();
        for (at, mixed) in extreme.equilibria.iter().take(LISTED).enumerate() {
            let (pays, _) = self.game.judge(mixed);
            for (player, own) in mixed.iter().enumerate() {
                let number = if player == 0 { (at + 1).to_string() } else { String::new() };
                let _ = write!(
                    text,
                    "    {number:>2}  {:width$}  {:>6}  ",
                    self.name(player),
                    plain(pays[player])
                );
                flow(text, &self.mixture(player, own.iter().copied().enumerate()), 18 + width);
            }
        }
        more(text, extreme.equilibria.len());
        degenerate(text, extreme);
    }

    fn security(&self, text: &mut String) {
        text.push_str("\n  What each can secure, whatever the others do (maximin, and by it minimax)\n");
        let width = self.name_width();
        for (player, secured) in self.solution.security.iter().enumerate() {
            let _ = write!(text, "    {:width$}  ", self.name(player));
            match secured {
                Some(secured) => {
                    let _ = write!(text, "{:>6}  by ", plain(secured.value));
                    let by = self.mixture(player, secured.strategy.iter().copied().enumerate());
                    flow(text, &by, 14 + width);
                }
                None => text.push_str("not found: the game is too large, or its numbers too far apart\n"),
            }
        }
    }

    fn correlated(&self, text: &mut String) {
        let Some(correlated) = &self.solution.correlated else {
            text.push_str(
                "\n  Correlated equilibria: not found: the game is too large, or its numbers too far apart\n",
            );
            return;
        };
        let _ = writeln!(
            text,
            "\n  The correlated equilibrium with the greatest sum of payoffs: pays {}",
            amounts(&correlated.pays)
        );
        for &(profile, probability) in correlated.profiles.iter().take(LISTED) {
            let _ = write!(text, "    {:>6}  ", share(probability));
            flow(text, &self.profile(profile), 12);
        }
        more(text, correlated.profiles.len());
    }
}

/// The precisions that are shown; tables have more.
const SHOWN: [f64; 7] = [0.0, 0.01, 0.1, 1.0, 10.0, 100.0, f64::INFINITY];

/// Rows of more probabilities than this do not fit a line.
const ACROSS: usize = 12;

impl Telling<'_> {
    fn quantal(&self, text: &mut String) {
        let Some(found) = &self.solution.quantal else {
            text.push_str("\n  Logit equilibria: not traced: the game is too large\n");
            return;
        };
        text.push_str(
            "\n  Logit equilibria (quantal response), on the branch from uniform play, by precision\n",
        );
        let players = self.game.players();
        if players.iter().map(|player| player.strategies.len()).sum::<usize>() > ACROSS {
            text.push_str("    too wide to be shown here: --json and --out give them\n");
            return;
        }
        text.push_str("                ");
        let heads = players.iter().map(|player| player.strategies.join(" "));
        flow(text, &heads.collect::<Vec<_>>().join(" | "), 16);
        for at in found.iter().filter(|at| SHOWN.contains(&at.precision)) {
            let precision = if at.precision.is_finite() { plain(at.precision) } else { "limit".to_owned() };
            let row = match &at.mixed {
                Ok(mixed) => mixed.iter().map(|own| thousandths(own)).collect::<Vec<_>>().join(" | "),
                Err(why) => why.to_string(),
            };
            let _ = writeln!(text, "    {precision:>8}    {row}");
        }
    }
}

fn thousandths(own: &[f64]) -> String {
    own.iter().map(|p| format!("{p:.3}")).collect::<Vec<_>>().join(" ")
}

fn degenerate(text: &mut String, extreme: &Extreme) {
    if !extreme.degenerate {
        return;
    }
    text.push_str("  ");
    let mut words =
        "The game is degenerate: some strategy has more best replies than strategies in it, so that \
                     equilibria may come in continua."
            .to_owned();
    let components = extreme.components.iter().max().map_or(0, |most| most + 1);
    for component in 0..components {
        let of = extreme.components.iter().enumerate().filter(|(_, own)| **own == component);
        let numbers: Vec<String> = of.map(|(at, _)| (at + 1).to_string()).collect();
        if numbers.len() > 1 {
            let _ = write!(words, " {} are corners of one.", numbers.join(", "));
        }
    }
    flow(text, &words, 2);
}

fn amounts(pays: &[f64]) -> String {
    pays.iter().map(|&pay| plain(pay)).collect::<Vec<_>>().join(", ")
}

fn more(text: &mut String, all: usize) {
    if all > LISTED {
        let _ = writeln!(text, "    ... and {} more: --json and --out give all", all - LISTED);
    }
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A probability: as a fraction where that is short.
fn share(probability: f64) -> String {
    let fraction = simplest(probability, 1e-12);
    match fraction.denominator {
        1 => fraction.numerator.to_string(),
        ..1000 => format!("{}/{}", fraction.numerator, fraction.denominator),
        _ if probability < 0.000_05 => format!("{probability:.1e}"),
        _ => format!("{probability:.4}"),
    }
}
