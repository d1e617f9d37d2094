//! What is known of games in normal form, as tables.

use super::schema::{ColumnSchema, TableSchema, Unit, counted, said, text, value, varied, whole};
use super::table::{Cell, Table};
use super::tree;
use crate::equilibrium::Solved;

/// The columns that say whose strategy a row is about.
const GAME: ColumnSchema = text("game", "the game: its issues, or the title of its file");
const PLAYER: ColumnSchema = text("player", "the player");
const STRATEGY: ColumnSchema = text("strategy", "the strategy");

pub(super) const CELLS: TableSchema = TableSchema {
    name: "cells",
    commands: &["solve"],
    doc: "What every combination of strategies pays: a row for each player.",
    columns: &[
        GAME,
        whole("cell", Unit::None, "the combination, from 1"),
        PLAYER,
        text("strategy", "its strategy there"),
        value("payoff", Unit::Payoff, "what it is paid"),
    ],
};

pub(super) const ELIMINATED: TableSchema = TableSchema {
    name: "eliminated",
    commands: &["solve"],
    doc: "What iterated strict dominance eliminates: a row for each strategy of what does better.",
    columns: &[
        GAME,
        whole("round", Unit::None, "the round, from 1"),
        PLAYER,
        text("strategy", "the strategy that goes"),
        text("by", "a strategy of the mixture that does better, whatever the others do"),
        value("weight", Unit::Share, "its probability in that mixture"),
    ],
};

pub(super) const WEAK: TableSchema = TableSchema {
    name: "weakly_dominated",
    commands: &["solve"],
    doc: "What is weakly, but not strictly, dominated in the game as it is: a row for each strategy of what is never worse, and sometimes better.",
    columns: &[
        GAME,
        PLAYER,
        text("strategy", "the strategy that is dominated"),
        text("by", "a strategy of the mixture that dominates it"),
        value("weight", Unit::Share, "its probability in that mixture"),
    ],
};

pub(super) const EQUILIBRIA: TableSchema = TableSchema {
    name: "equilibria",
    commands: &["solve"],
    doc: "The extreme equilibria where they are known, else those in pure strategies.",
    columns: &[
        GAME,
        whole("equilibrium", Unit::None, "the equilibrium, from 1"),
        said("kind", "`pure` or `mixed`"),
        counted(
            "component",
            "the connected set of equilibria in which it lies, from 1; nothing where not known",
        ),
        PLAYER,
        STRATEGY,
        value("probability", Unit::Share, "the probability with which it is played"),
        value("payoff", Unit::Payoff, "what the equilibrium pays the player"),
        said(
            "representative",
            "`yes` for one equilibrium of each component, a pure one where there is one; else `no`",
        ),
    ],
};

pub(super) const SECURITY: TableSchema = TableSchema {
    name: "security",
    commands: &["solve"],
    doc: "What each player can secure, whatever the others do.",
    columns: &[
        GAME,
        PLAYER,
        value("value", Unit::Payoff, "how much"),
        STRATEGY,
        value("probability", Unit::Share, "its probability in the mixture that secures it"),
    ],
};

pub(super) const CORRELATED: TableSchema = TableSchema {
    name: "correlated",
    commands: &["solve"],
    doc: "The correlated equilibrium with the greatest sum of payoffs: a row for each player of each draw.",
    columns: &[
        GAME,
        whole("draw", Unit::None, "the combination that may be drawn, from 1"),
        value("probability", Unit::Share, "the probability that it is"),
        PLAYER,
        text("strategy", "its strategy there"),
        value("payoff", Unit::Payoff, "what it is paid there"),
    ],
};

pub(super) const QUANTAL: TableSchema = TableSchema {
    name: "quantal",
    commands: &["solve"],
    doc: "Logit equilibria on the branch from uniform play, by precision; those that could not be told are left out.",
    columns: &[
        GAME,
        varied("precision", "the precision, per unit of payoff; `inf` for the limit"),
        PLAYER,
        STRATEGY,
        value("probability", Unit::Share, "the probability with which it is played"),
    ],
};

/// `cells`: what every cell pays; the rest: the solution. Of trees, where there is one, what is known of them.
pub(super) fn tables(games: &[Solved<'_>]) -> Vec<Table> {
    let schemas = [&CELLS, &ELIMINATED, &WEAK, &EQUILIBRIA, &SECURITY, &CORRELATED, &QUANTAL];
    let mut tables = schemas.map(Table::new);
    let [cells, eliminated, weak, equilibria, security, correlated, quantal] = &mut tables;
    for solved in games {
        let rows = Rows { solved: *solved };
        rows.cells(cells);
        rows.eliminated(eliminated);
        rows.weak(weak);
        rows.equilibria(equilibria);
        rows.security(security);
        rows.correlated(correlated);
        rows.quantal(quantal);
    }
    tables.into_iter().chain(tree::tables(games)).collect()
}

struct Rows<'a> {
    solved: Solved<'a>,
}

impl Rows<'_> {
    fn game(&self) -> Cell {
        self.solved.name.into()
    }

    fn player(&self, player: usize) -> Cell {
        self.solved.form.players()[player].name.as_str().into()
    }

    fn strategy(&self, player: usize, strategy: usize) -> Cell {
        self.solved.form.players()[player].strategies[strategy].as_str().into()
    }

    fn cells(&self, table: &mut Table) {
        let form = self.solved.form;
        for profile in 0..form.profiles() {
            for player in 0..form.players().len() {
                let strategy = self.strategy(player, form.digit(profile, player));
                let pays = form.payoff(profile, player).into();
                table.push([self.game(), (profile + 1).into(), self.player(player), strategy, pays]);
            }
        }
    }

    fn eliminated(&self, table: &mut Table) {
        for gone in &self.solved.solution.eliminated {
            for &(by, weight) in &gone.by {
                let strategy = self.strategy(gone.player, gone.strategy);
                let by = self.strategy(gone.player, by);
                let (round, player) = (gone.round.into(), self.player(gone.player));
                table.push([self.game(), round, player, strategy, by, weight.into()]);
            }
        }
    }

    fn weak(&self, table: &mut Table) {
        for one in &self.solved.solution.weak {
            for &(by, weight) in &one.by {
                let strategy = self.strategy(one.player, one.strategy);
                let by = self.strategy(one.player, by);
                table.push([self.game(), self.player(one.player), strategy, by, weight.into()]);
            }
        }
    }

    /// The extreme equilibria where they are known, else those in pure strategies.
    fn equilibria(&self, table: &mut Table) {
        let (form, solution) = (self.solved.form, self.solved.solution);
        match &solution.extreme {
            Ok(extreme) => {
                let representatives = extreme.representatives();
                for (at, mixed) in extreme.equilibria.iter().enumerate() {
                    let component = Some(extreme.components[at] + 1);
                    self.equilibrium(table, at, mixed, component, representatives.contains(&at));
                }
            }
            Err(_) => {
                for (at, &profile) in solution.pure.iter().enumerate() {
                    let pure = |player: usize| {
                        let mut own = vec![0.0; form.strategies(player)];
                        own[form.digit(profile, player)] = 1.0;
                        own
                    };
                    let mixed: Vec<Vec<f64>> = (0..form.players().len()).map(pure).collect();
                    self.equilibrium(table, at, &mixed, None, true);
                }
            }
        }
    }

    fn equilibrium(
        &self,
        table: &mut Table,
        at: usize,
        mixed: &[Vec<f64>],
        component: Option<usize>,
        represents: bool,
    ) {
        let (pays, _) = self.solved.form.judge(mixed);
        let pure = mixed.iter().all(|own| own.contains(&1.0));
        for (player, own) in mixed.iter().enumerate() {
            for (strategy, &probability) in own.iter().enumerate() {
                table.push([
                    self.game(),
                    (at + 1).into(),
                    if pure { "pure" } else { "mixed" }.into(),
                    component.map_or(Cell::Missing, Cell::from),
                    self.player(player),
                    self.strategy(player, strategy),
                    probability.into(),
                    pays[player].into(),
                    if represents { "yes" } else { "no" }.into(),
                ]);
            }
        }
    }

    fn security(&self, table: &mut Table) {
        for (player, secured) in self.solved.solution.security.iter().enumerate() {
            for (strategy, &probability) in secured.iter().flat_map(|it| it.strategy.iter().enumerate()) {
                let value = secured.as_ref().map(|secured| secured.value).into();
                let strategy = self.strategy(player, strategy);
                table.push([self.game(), self.player(player), value, strategy, probability.into()]);
            }
        }
    }

    fn correlated(&self, table: &mut Table) {
        let Some(correlated) = &self.solved.solution.correlated else { return };
        let form = self.solved.form;
        for (at, &(profile, probability)) in correlated.profiles.iter().enumerate() {
            for player in 0..form.players().len() {
                let strategy = self.strategy(player, form.digit(profile, player));
                table.push([
                    self.game(),
                    (at + 1).into(),
                    probability.into(),
                    self.player(player),
                    strategy,
                    form.payoff(profile, player).into(),
                ]);
            }
        }
    }

    /// The limit's precision is written `inf`; rows that could not be told are left out.
    fn quantal(&self, table: &mut Table) {
        for at in self.solved.solution.quantal.iter().flatten() {
            let Ok(mixed) = &at.mixed else { continue };
            for (player, own) in mixed.iter().enumerate() {
                for (strategy, &probability) in own.iter().enumerate() {
                    let finite = at.precision.is_finite();
                    let precision = if finite { at.precision.into() } else { "inf".into() };
                    let strategy = self.strategy(player, strategy);
                    table.push([self.game(), precision, self.player(player), strategy, probability.into()]);
                }
            }
        }
    }
}
