//! Games in extensive form: `.efg`, as a tree.

use super::Game;
use super::extensive::{InformationSet, Kind, Node, Tree};
use super::nfg::{pays, players, prologue};
use super::words::{FileError, Word, Words};
use crate::equilibrium::Rational;
use crate::equilibrium::names::told_apart;
use rustc_hash::FxHashMap;

/// Larger trees are refused.
const MOST_NODES: usize = 20_000;

/// Deeper trees are refused.
const DEEPEST: usize = 500;

/// Chances may miss one by rounding, and are then scaled to it.
const CHANCE_SLACK: f64 = 1e-9;

/// Reads a game in Gambit's extensive-form format, and converts it to its reduced normal form: a
/// strategy says what a player does at each of its information sets that its own actions do not rule out.
///
/// # Errors
/// Says what is wrong, and where: also where the normal form is too large.
pub fn read_efg(text: &str) -> Result<Game, FileError> {
    let mut words = Words::new(text);
    let title = prologue(&mut words, "EFG", "2")?;
    let names = players(&mut words)?;
    words.text_if()?;
    let mut reading = Reading { players: names.len(), outcomes: FxHashMap::default(), ..Reading::default() };
    reading.nodes(&mut words)?;
    match words.next()? {
        Word::End => {}
        other => return Err(words.unexpected("the end of the file: the tree is complete", &other)),
    }
    let tree = Tree {
        title,
        sets: told_apart_by_player(names.len(), reading.sets),
        players: names,
        nodes: reading.nodes,
    };
    let form = tree.normal_form();
    let form = form.map_err(|why| reading.places[0].error(format!("in reduced normal form {why}")))?;
    Ok(Game { form, tree: Some(tree) })
}

/// Information sets whose names no player confuses.
fn told_apart_by_player(players: usize, mut sets: Vec<InformationSet>) -> Vec<InformationSet> {
    for player in 0..players {
        let own = || sets.iter().filter(|set| set.player == player);
        let names = told_apart(own().map(|set| set.name.clone()).collect(), "");
        let own = sets.iter_mut().filter(|set| set.player == player);
        own.zip(names).for_each(|(set, name)| set.name = name);
    }
    sets
}

/// A tree that is being read.
#[derive(Default)]
struct Reading<'t> {
    players: usize,
    sets: Vec<InformationSet>,
    /// By player and number.
    set_numbers: FxHashMap<(usize, usize), usize>,
    /// Chance's sets by number: the chances of their actions.
    chances: FxHashMap<usize, Vec<Rational>>,
    outcomes: FxHashMap<usize, Vec<Rational>>,
    nodes: Vec<Node>,
    /// For each node, the text at it.
    places: Vec<Words<'t>>,
}

impl<'t> Reading<'t> {
    /// Nodes in the order of the file: each before its children.
    fn nodes(&mut self, words: &mut Words<'t>) -> Result<(), FileError> {
        // Nodes that have children to come: node, how many.
        let mut open: Vec<(usize, usize)> = Vec::new();
        loop {
            let number = self.nodes.len();
            if number == MOST_NODES {
                return Err(words.error(format!("more than {MOST_NODES} nodes are refused")));
            }
            let (node, place) = self.node(words)?;
            let children = node.kind.children(&self.sets);
            self.nodes.push(node);
            self.places.push(place);
            if let Some((parent, left)) = open.last_mut() {
                self.nodes[*parent].children.push(number);
                *left -= 1;
            }
            if children > 0 {
                open.push((number, children));
            }
            if open.len() > DEEPEST {
                return Err(words.error(format!("more than {DEEPEST} nodes one after another are refused")));
            }
            while open.last().is_some_and(|(_, left)| *left == 0) {
                open.pop();
            }
            if open.is_empty() {
                return Ok(());
            }
        }
    }

    fn node(&mut self, words: &mut Words<'t>) -> Result<(Node, Words<'t>), FileError> {
        let word = words.next()?;
        let place = words.clone();
        let Word::Bare(kind @ ("c" | "p" | "t")) = word else {
            return Err(words.unexpected("a node: `c`, `p` or `t`", &word));
        };
        words.text("the node's name")?;
        let kind = match kind {
            "c" => Kind::Chance(self.chance(words)?),
            "p" => Kind::Choice(self.choice(words)?),
            _ => Kind::End,
        };
        let pays = self.outcome(words)?;
        Ok((Node { kind, pays, children: Vec::new() }, place))
    }

    fn chance(&mut self, words: &mut Words<'t>) -> Result<Vec<Rational>, FileError> {
        let number = words.whole("the number of chance's information set")?;
        let place = words.clone();
        words.text_if()?;
        if words.peek()? != Word::Open {
            return self.chances.get(&number).cloned().ok_or_else(|| {
                place.error(format!("chance's information set {number} is used before it says its actions"))
            });
        }
        words.open("actions with their chances")?;
        let mut chances = Vec::new();
        while !words.closes()? {
            words.text("an action's name")?;
            let chance = words.number("the action's chance")?;
            if !(0.0..=1.0).contains(&chance.value()) {
                return Err(words.error(format!("a chance of {chance} is not between 0 and 1")));
            }
            chances.push(chance);
        }
        let sum = Rational::sum(&chances);
        if (sum.value() - 1.0).abs() > CHANCE_SLACK {
            return Err(place.error(format!("the chances of chance's information set {number} sum to {sum}")));
        }
        let chances: Vec<Rational> = chances.iter().filter_map(|chance| chance.over(&sum)).collect();
        let known = self.chances.entry(number).or_insert_with(|| chances.clone());
        if *known != chances {
            return Err(place.error(format!("chance's information set {number} had other chances before")));
        }
        Ok(chances)
    }

    /// The number of the information set at which somebody chooses.
    fn choice(&mut self, words: &mut Words<'t>) -> Result<usize, FileError> {
        let player = words.whole("the number of the player")?;
        if !(1..=self.players).contains(&player) {
            return Err(words.error(format!("there is no player {player}: there are {}", self.players)));
        }
        let number = words.whole("the number of the information set")?;
        let place = words.clone();
        let name = words.text_if()?.unwrap_or_default();
        let known = self.set_numbers.get(&(player, number)).copied();
        if words.peek()? != Word::Open {
            return known.ok_or_else(|| {
                let message =
                    format!("player {player}'s information set {number} is used before it says its actions");
                place.error(message)
            });
        }
        words.open("the names of actions")?;
        let mut actions = Vec::new();
        while !words.closes()? {
            actions.push(words.text("an action's name")?);
        }
        if actions.is_empty() {
            return Err(words.error("an information set needs an action"));
        }
        let actions = told_apart(actions, "");
        let set = known.unwrap_or_else(|| {
            let name = if name.trim().is_empty() { number.to_string() } else { name };
            self.sets.push(InformationSet { player: player - 1, name, actions: actions.clone() });
            self.set_numbers.insert((player, number), self.sets.len() - 1);
            self.sets.len() - 1
        });
        if self.sets[set].actions != actions {
            let message = format!("player {player}'s information set {number} had other actions before");
            return Err(place.error(message));
        }
        Ok(set)
    }

    /// What the outcome at a node pays, if there is one.
    fn outcome(&mut self, words: &mut Words<'t>) -> Result<Option<Vec<Rational>>, FileError> {
        let number = words.whole("the number of the outcome")?;
        let place = words.clone();
        words.text_if()?;
        if words.peek()? != Word::Open {
            return if number == 0 {
                Ok(None)
            } else {
                let known = self.outcomes.get(&number).cloned().map(Some);
                known.ok_or_else(|| {
                    place.error(format!("outcome {number} is used before it says its payoffs"))
                })
            };
        }
        words.open("payoffs")?;
        let pays = pays(words, self.players)?;
        if number == 0 {
            return Err(place.error("outcome 0 pays nothing: number outcomes from 1"));
        }
        let known = self.outcomes.entry(number).or_insert_with(|| pays.clone());
        if *known != pays {
            return Err(place.error(format!("outcome {number} paid otherwise before")));
        }
        Ok(Some(pays))
    }
}
