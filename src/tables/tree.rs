//! What is known of games in extensive form, as tables.

use super::schema::{ColumnSchema, TableSchema, Unit, text, value, varied, whole};
use super::table::{Cell, Table};
use crate::equilibrium::Solved;
use crate::equilibrium::gambit::TreeSolution;

const GAME: ColumnSchema = text("game", "the title of the file");
const PLAYER: ColumnSchema = text("player", "the player");
const SET: ColumnSchema =
    text("information_set", "the information set: its label, or its number where it has none");

pub(super) const SUBGAME_PERFECT: TableSchema = TableSchema {
    name: "subgame_perfect",
    commands: &["solve"],
    doc: "Subgame-perfect equilibria in pure strategies, of a tree with perfect information: a row for each information set.",
    columns: &[
        GAME,
        whole("equilibrium", Unit::None, "the equilibrium, from 1"),
        PLAYER,
        SET,
        text("action", "what the player does there"),
        value("payoff", Unit::Payoff, "what the equilibrium pays the player"),
    ],
};

pub(super) const AGENT_QUANTAL: TableSchema = TableSchema {
    name: "agent_quantal",
    commands: &["solve"],
    doc: "Agent quantal response equilibria of a tree, on the branch from uniform play, by precision; those that could not be told are left out.",
    columns: &[
        GAME,
        varied("precision", "the precision, per unit of payoff; `inf` for the limit"),
        PLAYER,
        SET,
        text("action", "the action"),
        value("probability", Unit::Share, "the probability with which it is taken there"),
    ],
};

/// What is known of the trees of games; nothing where none has one.
pub(super) fn tables(games: &[Solved<'_>]) -> Vec<Table> {
    let mut tables = [&SUBGAME_PERFECT, &AGENT_QUANTAL].map(Table::new);
    let [subgame_perfect, agent_quantal] = &mut tables;
    let mut trees =
        games.iter().filter_map(|solved| Some(Rows { solved: *solved, tree: solved.tree? })).peekable();
    if trees.peek().is_none() {
        return Vec::new();
    }
    for rows in trees {
        rows.subgame_perfect(subgame_perfect);
        rows.agent_quantal(agent_quantal);
    }
    tables.into()
}

struct Rows<'a> {
    solved: Solved<'a>,
    tree: &'a TreeSolution,
}

impl Rows<'_> {
    /// Game, player, information set.
    fn place(&self, set: usize) -> [Cell; 3] {
        let known = &self.tree.sets[set];
        let player = &self.solved.form.players()[known.player];
        [self.solved.name.into(), player.name.as_str().into(), known.name.as_str().into()]
    }

    fn action(&self, set: usize, action: usize) -> Cell {
        self.tree.sets[set].actions[action].as_str().into()
    }

    fn subgame_perfect(&self, table: &mut Table) {
        let found = self.tree.subgame_perfect.iter().flat_map(|found| &found.equilibria);
        for (number, equilibrium) in (1_usize..).zip(found) {
            for (set, &action) in equilibrium.actions.iter().enumerate() {
                let [game, player, name] = self.place(set);
                let pay = equilibrium.pays[self.tree.sets[set].player];
                table.push([game, number.into(), player, name, self.action(set, action), pay.into()]);
            }
        }
    }

    fn agent_quantal(&self, table: &mut Table) {
        for at in self.tree.agent_quantal.iter().flatten() {
            let Ok(behaviour) = &at.behaviour else { continue };
            for (set, own) in behaviour.iter().enumerate() {
                for (action, &probability) in own.iter().enumerate() {
                    let precision = if at.precision.is_finite() { at.precision.into() } else { "inf".into() };
                    let [game, player, name] = self.place(set);
                    let action = self.action(set, action);
                    table.push([game, precision, player, name, action, probability.into()]);
                }
            }
        }
    }
}
