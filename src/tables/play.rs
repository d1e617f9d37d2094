//! The tables of one play.

use super::schema::{TableSchema, Thing, Unit, counted, names, value, whole};
use super::table::{Cell, Table};
use crate::ask::About;
use crate::ask::play::PlayFindings;
use crate::study::{Story, TurnOfPlay};

pub(super) const CHOICES: TableSchema = TableSchema {
    name: "choices",
    commands: &["play"],
    doc: "Every move that was made.",
    columns: &[
        whole("turn", Unit::Turns, "the turn, from 1"),
        names("actor", Thing::Actor, "who moved"),
        names("issue", Thing::Issue, "where"),
        names("move", Thing::Move, "what"),
        value("probability", Unit::Share, "the probability with which it was made"),
    ],
};

pub(super) const PAYMENTS: TableSchema = TableSchema {
    name: "payments",
    commands: &["play"],
    doc: "What each payoff term that held paid each actor, not discounted; nothing where it paid nothing.",
    columns: &[
        whole("turn", Unit::Turns, "the turn, from 1"),
        names("term", Thing::Path, "the term"),
        names("actor", Thing::Actor, "who was paid"),
        value("amount", Unit::Payoff, "how much"),
    ],
};

pub(super) const EFFECTS: TableSchema = TableSchema {
    name: "effects",
    commands: &["play"],
    doc: "The effects and events whose conditions held.",
    columns: &[
        whole("turn", Unit::Turns, "the turn, from 1"),
        names("effect", Thing::Path, "the effect or event"),
        value("chance", Unit::Share, "the chance that it happens"),
        counted("fired", "1 where it happened, 0 where it did not"),
    ],
};

pub(super) const LEVELS: TableSchema = TableSchema {
    name: "levels",
    commands: &["play"],
    doc: "Where every variable stood after each turn.",
    columns: &[
        whole(
            "turn",
            Unit::Turns,
            "the turn; 0 is the start, a later one where turns before it were observed",
        ),
        names("variable", Thing::Variable, "the variable"),
        names("level", Thing::Level, "its level"),
    ],
};

pub(super) const ENDING: TableSchema = TableSchema {
    name: "ending",
    commands: &["play"],
    doc: "The outcome in each classification.",
    columns: &[
        names("classification", Thing::Classification, "the classification"),
        names("outcome", Thing::Outcome, "the outcome"),
    ],
};

pub(super) const TOTALS: TableSchema = TableSchema {
    name: "totals",
    commands: &["play"],
    doc: "What each actor was paid in all.",
    columns: &[
        names("actor", Thing::Actor, "the actor"),
        value("score", Unit::Payoff, "its payoffs, discounted and summed, with those of outcomes"),
    ],
};

pub(super) fn tables(about: &About, found: &PlayFindings) -> Vec<Table> {
    let story = &found.story;
    let mut tables = [&CHOICES, &PAYMENTS, &EFFECTS, &LEVELS].map(Table::new);
    let [choices, payments, effects, levels] = &mut tables;
    push_levels(levels, about, story.observed, &story.start);
    for (number, turn) in (story.observed + 1..).zip(&story.turns) {
        push_choices(choices, about, number, turn);
        push_payments(payments, about, number, turn);
        for one in &turn.effects {
            let path = Cell::from(&about.effects[one.effect].path);
            effects.push([number.into(), path, one.chance.into(), u64::from(one.fired).into()]);
        }
        push_levels(levels, about, number, &turn.after);
    }
    tables.into_iter().chain([ending(about, story), totals(about, story)]).collect()
}

fn push_choices(table: &mut Table, about: &About, number: usize, turn: &TurnOfPlay) {
    for one in &turn.choices {
        let seat = &about.seats[one.seat];
        table.push([
            number.into(),
            Cell::from(&about.actors[seat.actor.index()].id),
            Cell::from(&about.issues[seat.issue.index()].id),
            Cell::from(&seat.moves[one.made].id),
            one.probabilities[one.made].into(),
        ]);
    }
}

fn push_payments(table: &mut Table, about: &About, number: usize, turn: &TurnOfPlay) {
    for paid in &turn.payments {
        for (actor, pay) in about.actors.iter().zip(&paid.pays).filter(|(_, pay)| **pay != 0.0) {
            let names = [Cell::from(&about.terms[paid.term].path), Cell::from(&actor.id)];
            table.push([number.into()].into_iter().chain(names).chain([(*pay).into()]));
        }
    }
}

fn push_levels(table: &mut Table, about: &About, turn: usize, levels: &[usize]) {
    for (variable, &level) in about.variables.iter().zip(levels) {
        table.push([turn.into(), Cell::from(&variable.id), Cell::from(&variable.levels[level])]);
    }
}

fn ending(about: &About, story: &Story) -> Table {
    let mut table = Table::new(&ENDING);
    for (class, (outcome, _)) in about.classifications.iter().zip(&story.outcomes) {
        table.push([Cell::from(&class.id), Cell::from(&class.outcomes[*outcome].id)]);
    }
    table
}

fn totals(about: &About, story: &Story) -> Table {
    let mut table = Table::new(&TOTALS);
    for (actor, score) in about.actors.iter().zip(&story.scores) {
        table.push([Cell::from(&actor.id), (*score).into()]);
    }
    table
}
