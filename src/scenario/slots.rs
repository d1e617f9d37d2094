//! Which number of the addressed chance belongs to which path of a scenario.

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
    /// One slot a turn: `issues.ISSUE.moves.ACTOR` for each seat, `actors.ACTOR` for what an actor's play
    /// mixes, the path of each effect and event.
    pub turns: Vec<String>,
    /// One slot a draw: parameters, by id.
    pub parameters: Vec<String>,
}

impl Slots {
    /// The slot of a variable's start.
    #[must_use]
    pub fn start(&self, variable: &str) -> Option<Slot> {
        self.find(variable, |region| &region.starts)
    }

    /// The slot, in each turn, of a seat, an actor or an effect.
    #[must_use]
    pub fn turn(&self, path: &str) -> Option<Slot> {
        self.find(path, |region| &region.turns)
    }

    /// The slot of a parameter.
    #[must_use]
    pub fn parameter(&self, id: &str) -> Option<Slot> {
        self.find(id, |region| &region.parameters)
    }

    fn find(&self, name: &str, list: impl Fn(&Region) -> &Vec<String>) -> Option<Slot> {
        self.regions.iter().enumerate().find_map(|(region, slots)| {
            let index = list(slots).iter().position(|path| path == name)?;
            Some(Slot { region, index })
        })
    }
}
