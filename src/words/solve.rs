//! What is known of games in normal form.

use std::fmt::Write;

use super::layout::{flow, widest};
use super::numbers::{self, amount};
use super::state::state;
use super::{Style, Telling, tree};
use crate::ask::solve::SolveFindings;
use crate::ask::{About, Answer};
use crate::equilibrium::{Extreme, NormalForm, Quantal, Solution, Solved};
use crate::study::StageGame;

/// A stage game and what is known of its parts.
pub(super) fn text(answer: &Answer, found: &SolveFindings, telling: &Telling<'_>) -> String {
    let names = found.names(&answer.about);
    let heading = heading(&answer.about, found, telling.style);
    let games = found.solved(&names).into_iter().map(|solved| solution(solved, telling));
    std::iter::once(heading).chain(games).collect::<Vec<_>>().join("\n")
}

/// Where a stage game is, and what its payoffs are: the lines above its solution.
fn heading(about: &About, found: &SolveFindings, style: Style) -> String {
    let SolveFindings { situation, stage, .. } = found;
    let mut text = format!("{}: the stage game of {} {}\n", about.title, about.turn, situation.turn + 1);
    if !situation.levels.is_empty() {
        text.push_str("  where ");
        flow(&mut text, &state(about, &situation.levels), 8, style.width);
    }
    text.push_str("  ");
    flow(&mut text, &payoffs(about, found), 2, style.width);
    if !stage.alike.is_empty() {
        let amounts =
            stage.alike.iter().map(|(actor, pay)| format!("{} {}", about.actors[*actor].name, amount(*pay)));
        text.push_str("  whatever is done, and in no game's payoffs: ");
        flow(&mut text, &amounts.collect::<Vec<_>>().join(", "), 6, style.width);
    }
    text
}

/// What the payoffs of a stage game are.
fn payoffs(about: &About, found: &SolveFindings) -> String {
    let parameters = match found.situation.drawn.draw {
        Some(draw) => format!("the parameters are those of draw {draw}"),
        None => "every parameter at its central value".to_owned(),
    };
    let weighted = if found.regards { ", others' payoffs added as far as they are regarded" } else { "" };
    let after = if found.stage.continuation {
        " and, discounted, what comes after, as the actors expect it at their own levels"
    } else {
        " alone"
    };
    let is_scripted = |game: &StageGame| game.scripted.iter().any(|seats| !seats.is_empty());
    let script =
        if found.stage.games.iter().any(is_scripted) { "; scripted moves are averaged over" } else { "" };
    format!("payoffs of this {}{after}{weighted}{script}; {parameters}", about.turn)
}

/// A solved game in words.
pub(super) fn solution(solved: Solved<'_>, telling: &Telling<'_>) -> String {
    let mut writer = Writer { game: solved.form, solution: solved.solution, telling, text: String::new() };
    let players = solved.form.players();
    let sizes: Vec<String> = players.iter().map(|player| player.strategies.len().to_string()).collect();
    let names: Vec<&str> = players.iter().map(|player| player.name.as_str()).collect();
    writer.flow(&format!("{}: {} ({})", solved.name, names.join(", "), sizes.join(" x ")), 2);
    writer.eliminated();
    writer.weak();
    writer.pure();
    writer.extreme();
    writer.security();
    writer.correlated();
    writer.quantal();
    if let Some(found) = solved.tree {
        tree::add(&mut writer.text, solved.form, found, telling);
    }
    writer.text
}

/// More of anything than this is counted, not listed.
pub(super) const LISTED: usize = 40;

/// A solution on its way to text.
struct Writer<'a> {
    game: &'a NormalForm,
    solution: &'a Solution,
    telling: &'a Telling<'a>,
    text: String,
}

impl<'a> Writer<'a> {
    /// Adds running text; later lines begin with so many spaces.
    fn flow(&mut self, words: &str, indent: usize) {
        flow(&mut self.text, words, indent, self.telling.style.width);
    }

    /// Says where the rest is of what is too much to be listed.
    fn more(&mut self, all: usize) {
        if all > LISTED {
            let (json, out) = self.everything();
            let _ = writeln!(self.text, "    ... and {} more: {json} and {out} give all", all - LISTED);
        }
    }

    /// The options that give everything.
    fn everything(&self) -> (String, String) {
        let option = self.telling.option;
        (option("json", None), option("out", None))
    }

    fn name(&self, player: usize) -> &'a str {
        &self.game.players()[player].name
    }

    fn strategy(&self, player: usize, strategy: usize) -> &'a str {
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
                _ => format!("{} ({})", self.strategy(player, strategy), numbers::fraction(weight)),
            })
            .collect();
        shown.join(", ")
    }

    fn eliminated(&mut self) {
        if self.solution.eliminated.is_empty() {
            self.text.push_str("\n  No strategy is strictly dominated");
        } else {
            self.text.push_str("\n  Strictly dominated, round by round");
        }
        self.text.push_str(if self.solution.mixtures_tried {
            "\n"
        } else {
            " (by pure strategies; the game is too large to try mixtures)\n"
        });
        let width = self.name_width();
        for gone in self.solution.eliminated.iter().take(LISTED) {
            let by = self.mixture(gone.player, gone.by.iter().copied());
            let _ = write!(self.text, "    {}  {:width$}  ", gone.round, self.name(gone.player));
            self.flow(&format!("{}, by {by}", self.strategy(gone.player, gone.strategy)), 9 + width);
        }
        self.more(self.solution.eliminated.len());
    }

    fn weak(&mut self) {
        let Solution { weak, weak_mixtures_tried, .. } = self.solution;
        let untried = " (by pure strategies; mixtures were not tried throughout)";
        let untried = if *weak_mixtures_tried { "" } else { untried };
        if weak.is_empty() {
            let other = if self.solution.eliminated.is_empty() { "" } else { "other " };
            let _ = writeln!(self.text, "  No {other}strategy is weakly dominated{untried}");
            return;
        }
        let _ = writeln!(self.text, "\n  Weakly dominated: never better, and sometimes worse{untried}");
        let width = self.name_width();
        for one in weak.iter().take(LISTED) {
            let by = self.mixture(one.player, one.by.iter().copied());
            let _ = write!(self.text, "    {:width$}  ", self.name(one.player));
            self.flow(&format!("{}, by {by}", self.strategy(one.player, one.strategy)), 6 + width);
        }
        self.more(weak.len());
    }

    fn pure(&mut self) {
        if self.solution.pure.is_empty() {
            self.text.push_str("\n  No equilibrium in pure strategies\n");
            return;
        }
        self.text.push_str("\n  Equilibria in pure strategies, and what they pay\n");
        for &profile in self.solution.pure.iter().take(LISTED) {
            let _ = write!(self.text, "    ");
            self.flow(&format!("{}: {}", self.profile(profile), amounts(self.game.pays(profile))), 6);
        }
        self.more(self.solution.pure.len());
    }

    fn profile(&self, profile: usize) -> String {
        let players = 0..self.game.players().len();
        let chosen = players.map(|player| self.strategy(player, self.game.digit(profile, player)));
        format!("({})", chosen.collect::<Vec<_>>().join(", "))
    }

    fn extreme(&mut self) {
        let extreme = match &self.solution.extreme {
            Ok(extreme) => extreme,
            Err(why) => {
                self.text.push_str("\n  ");
                let why = why.to_string();
                self.flow(&capitalised(&why), 4);
                return;
            }
        };
        self.text.push_str("\n  All extreme equilibria, mixed ones among them, and what they pay\n");
        let width = self.name_width();
        for (at, mixed) in extreme.equilibria.iter().take(LISTED).enumerate() {
            let (pays, _) = self.game.judge(mixed);
            for (player, own) in mixed.iter().enumerate() {
                let number = if player == 0 { (at + 1).to_string() } else { String::new() };
                let _ = write!(
                    self.text,
                    "    {number:>2}  {:width$}  {:>6}  ",
                    self.name(player),
                    amount(pays[player])
                );
                self.flow(&self.mixture(player, own.iter().copied().enumerate()), 18 + width);
            }
        }
        self.more(extreme.equilibria.len());
        self.degenerate(extreme);
    }

    fn degenerate(&mut self, extreme: &Extreme) {
        if !extreme.degenerate {
            return;
        }
        self.text.push_str("  ");
        let mut words =
            "The game is degenerate: some strategy has more best replies than strategies in it, so that \
                         equilibria may come in continua."
                .to_owned();
        let components = extreme.components.iter().max().map_or(0, |most| most + 1);
        for component in 0..components {
            let of = extreme.components.iter().enumerate().filter(|(_, own)| **own == component);
            let numbers: Vec<String> = of.map(|(at, _)| (at + 1).to_string()).collect();
            if numbers.len() > 1 {
                let one = extreme.representatives()[component] + 1;
                let _ = write!(
                    words,
                    " {} are corners of one, of which {one} may stand for all.",
                    numbers.join(", ")
                );
            }
        }
        self.flow(&words, 2);
    }

    fn security(&mut self) {
        self.text.push_str("\n  What each can secure, whatever the others do (maximin, and by it minimax)\n");
        let width = self.name_width();
        for (player, secured) in self.solution.security.iter().enumerate() {
            let _ = write!(self.text, "    {:width$}  ", self.name(player));
            match secured {
                Some(secured) => {
                    let _ = write!(self.text, "{:>6}  by ", amount(secured.value));
                    let by = self.mixture(player, secured.strategy.iter().copied().enumerate());
                    self.flow(&by, 14 + width);
                }
                None => {
                    self.text.push_str("not found: the game is too large, or its numbers too far apart\n");
                }
            }
        }
    }

    fn correlated(&mut self) {
        let Some(correlated) = &self.solution.correlated else {
            self.text.push_str(
                "\n  Correlated equilibria: not found: the game is too large, or its numbers too far apart\n",
            );
            return;
        };
        let _ = writeln!(
            self.text,
            "\n  The correlated equilibrium with the greatest sum of payoffs: pays {}",
            amounts(&correlated.pays)
        );
        for &(profile, probability) in correlated.profiles.iter().take(LISTED) {
            let _ = write!(self.text, "    {:>6}  ", numbers::fraction(probability));
            self.flow(&self.profile(profile), 12);
        }
        self.more(correlated.profiles.len());
    }
}

/// The precisions that are shown; tables have more.
pub(super) const SHOWN: [f64; 7] = [0.0, 0.01, 0.1, 1.0, 10.0, 100.0, f64::INFINITY];

/// Rows of more probabilities than this do not fit a line.
pub(super) const ACROSS: usize = 12;

impl Writer<'_> {
    fn quantal(&mut self) {
        let Some(found) = &self.solution.quantal else {
            self.text.push_str("\n  Logit equilibria: not traced: the game is too large\n");
            return;
        };
        self.text.push_str(
            "\n  Logit equilibria (quantal response), on the branch from uniform play, by precision\n",
        );
        let players = self.game.players();
        if players.iter().map(|player| player.strategies.len()).sum::<usize>() > ACROSS {
            let (json, out) = self.everything();
            let _ = writeln!(self.text, "    too wide to be shown here: {json} and {out} give them");
            return;
        }
        self.text.push_str("                ");
        let heads = players.iter().map(|player| player.strategies.join(" "));
        self.flow(&heads.collect::<Vec<_>>().join(" | "), 16);
        for at in found.iter().filter(|at| SHOWN.contains(&at.precision)) {
            let precision = if at.precision.is_finite() { amount(at.precision) } else { "limit".to_owned() };
            let row = match &at.mixed {
                Ok(mixed) => {
                    mixed.iter().map(|own| numbers::thousandths(own)).collect::<Vec<_>>().join(" | ")
                }
                Err(why) => why.to_string(),
            };
            let _ = writeln!(self.text, "    {precision:>8}    {row}");
        }
        self.continuum(found);
    }

    /// Says that a limit is one of many equilibria, and how closely it is told.
    fn continuum(&mut self, found: &[Quantal]) {
        let Some(limit) = found.last().filter(|limit| limit.continuum && limit.mixed.is_ok()) else { return };
        let mut words =
            "The limit is one of a continuum of equilibria: that to which the branch leads".to_owned();
        if limit.within > 1e-6 {
            let _ = write!(words, ", slowly: within about {:.0e} by where it was followed to", limit.within);
        }
        self.text.push_str("  ");
        self.flow(&format!("{words}."), 2);
    }
}

pub(super) fn amounts(pays: &[f64]) -> String {
    pays.iter().map(|&pay| amount(pay)).collect::<Vec<_>>().join(", ")
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
