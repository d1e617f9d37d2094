//! Which number of the addressed chance belongs to which path of a scenario.

use super::tree::{Node, Table};

/// The address of a slot: its region, and its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slot {
    /// 0 for what the scenario file with its variants has; 1, 2, ... for what each overlay adds.
    pub region: usize,
    /// The place within the region.
    pub index: usize,
}

/// The paths that own chance, in regions: a region keeps its size whatever later overlays add, so that
/// runs with and without an overlay meet the same chance for all that they share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slots {
    /// Region by region.
    pub regions: Vec<Region>,
}

/// The slots of one layer of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Region {
    /// One slot a play: variables' starts, by the variable's id.
    pub starts: Vec<String>,
    /// One slot a turn: `issues.ISSUE.moves.ACTOR` for each actor's first seat, the path of each effect and
    /// event.
    pub turns: Vec<String>,
    /// One slot a turn for what not every scenario needs: for an actor's further seats, as above, which are
    /// idle where it decides on all its issues at once; and for what its play mixes over its issues, by the
    /// actor's id.
    pub seldom: Vec<String>,
    /// One slot a draw: parameters, by id.
    pub parameters: Vec<String>,
}

impl Slots {
    /// The slot of a variable's start.
    #[must_use]
    pub fn start(&self, variable: &str) -> Option<Slot> {
        self.find(variable, |region| &region.starts)
    }

    /// The slot, in each turn, of an actor's further seat, or of what an actor's play mixes.
    #[must_use]
    pub fn seldom(&self, path: &str) -> Option<Slot> {
        self.find(path, |region| &region.seldom)
    }

    /// The slot, in each turn, of an actor's first seat or of an effect.
    #[must_use]
    pub fn turn(&self, path: &str) -> Option<Slot> {
        self.find(path, |region| &region.turns)
    }

    /// The slot of a parameter.
    #[must_use]
    pub fn parameter(&self, id: &str) -> Option<Slot> {
        self.find(id, |region| &region.parameters)
    }

    /// Adds a region for what a tree (with the changes of its variants) has beyond the regions before: it
    /// may be empty, but keeps its number.
    pub(crate) fn add_region(&mut self, tree: &Table) {
        let mut region = Region::default();
        let table = |name: &str| tree.get(name).and_then(Node::as_table);
        let keys = |name: &str| -> Vec<String> {
            table(name)
                .map(|t| t.entries.iter().map(|(key, _)| key.name.clone()).collect())
                .unwrap_or_default()
        };
        let new = |path: &String, known: Option<Slot>, list: &mut Vec<String>| {
            if known.is_none() && !list.contains(path) {
                list.push(path.clone());
            }
        };
        for variable in keys("variables") {
            new(&variable, self.start(&variable), &mut region.starts);
        }
        let inside = |part: &str| -> Vec<String> {
            let issues = table("issues").map(|t| t.entries.as_slice()).unwrap_or_default();
            let parts = issues.iter().filter_map(|(issue, node)| {
                let entries = &node.as_table()?.get(part)?.as_table()?.entries;
                Some(entries.iter().map(move |(key, _)| format!("issues.{}.{part}.{}", issue.name, key.name)))
            });
            parts.flatten().collect()
        };
        for actor in keys("actors") {
            new(&actor, self.seldom(&actor), &mut region.seldom);
        }
        for path in inside("moves") {
            let same = |other: &String| seat_of(other).is_some() && seat_of(other) == seat_of(&path);
            let seated = self.regions.iter().chain([&region]).any(|region| region.turns.iter().any(same));
            if seated && self.turn(&path).is_none() && !region.turns.contains(&path) {
                new(&path, self.seldom(&path), &mut region.seldom);
            } else {
                new(&path, self.turn(&path), &mut region.turns);
            }
        }
        let events = keys("events").into_iter().map(|event| format!("events.{event}"));
        for path in inside("effects").into_iter().chain(events) {
            new(&path, self.turn(&path), &mut region.turns);
        }
        for parameter in keys("parameters") {
            new(&parameter, self.parameter(&parameter), &mut region.parameters);
        }
        self.regions.push(region);
    }

    fn find(&self, name: &str, list: impl Fn(&Region) -> &Vec<String>) -> Option<Slot> {
        self.regions.iter().enumerate().find_map(|(region, slots)| {
            let index = list(slots).iter().position(|path| path == name)?;
            Some(Slot { region, index })
        })
    }
}

/// The actor of a seat's path.
fn seat_of(path: &str) -> Option<&str> {
    path.split_once(".moves.").map(|(_, actor)| actor)
}
