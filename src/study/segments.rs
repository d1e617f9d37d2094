//! A run cut into segments that are plain data, and put together again.
//!
//! [`plan`] says what is to be played, [`play`] counts one segment, and an [`Assembly`] takes what was counted, in any
//! order and merged in any way, and makes of it the run that one machine would have made, to the last byte. Threads
//! go the same way, block by block. Whatever holds a [`Part`] may write it down, send it elsewhere, or take it up
//! again later.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::equilibria::check_equilibria;
use super::error::StudyError;
use super::folding::Folding;
use super::observed::Observed;
use super::prepare::Prepared;
use super::replications::{BLOCK, Replications, Segment, blocks};
use super::run::{Counted, Run};
use super::settings::Settings;
use super::tree::{Tree, Twice};
use crate::simulate::Tally;

/// What parts are called, with the number of the form in which they are written.
const FORM: &str = "demarche part 1";

/// What was counted in some segments of a run.
///
/// Counts are whole numbers and sums are floats; both are written by `serde`, and read back to the same bits by any
/// format that keeps floats (JSON as `serde_json` writes it with `float_roundtrip`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    form: String,
    /// A digest of what was asked: the scenario, its changes, and the settings.
    question: String,
    draws: Vec<PartOfDraw>,
}

/// What was counted under one draw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct PartOfDraw {
    draw: Option<u64>,
    blocks: Tree<Tally>,
}

/// Why a part is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PartError {
    /// It is of another form.
    #[error("this is `{found}`, and what is read here is `{FORM}`")]
    Form {
        /// What it says that it is.
        found: String,
    },
    /// It belongs to another question.
    #[error("the part was counted for another scenario or with other settings")]
    Asked,
    /// Some of its replications are there already.
    #[error("some of the part's replications have been counted already")]
    Twice,
    /// It cannot be read.
    #[error("the part cannot be read: {0}")]
    Text(String),
}

impl From<Twice> for PartError {
    fn from(Twice: Twice) -> Self {
        Self::Twice
    }
}

/// Segments with more blocks than this are cut.
const MOST_BLOCKS: u64 = 16;

/// All that has to be played: segments of at most 16,384 replications, each under one draw, cut where blocks are.
#[must_use]
pub fn plan(prepared: &Prepared<'_>, settings: &Settings) -> Vec<Segment> {
    let replications = Replications { count: settings.replications, draws: prepared.draws(settings) };
    replications.each_draw().flat_map(|draw| cut(draw, replications.of(draw))).collect()
}

fn cut(draw: Option<u64>, range: std::ops::Range<u64>) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut begin = range.start;
    while begin < range.end {
        let end = ((begin / BLOCK + MOST_BLOCKS) * BLOCK).min(range.end);
        segments.push(Segment { draw, begin, end });
        begin = end;
    }
    segments
}

/// Plays a segment of the run with these settings. `prepared` has to be conditioned where they have a history.
///
/// # Errors
/// See [`StudyError`]; [`StudyError::Segment`] for one that begins or ends within a block, or outside of its draw.
pub fn play(prepared: &Prepared<'_>, settings: &Settings, segment: &Segment) -> Result<Part, StudyError> {
    let counted = Counted::new(prepared, settings)?;
    let range = fitted(counted.replications, segment).ok_or(StudyError::Segment(*segment))?;
    let numbers = prepared.numbers(settings.seed, segment.draw)?;
    let table = prepared.table(&numbers, segment.draw);
    let mut tree = Tree::new();
    for block in blocks(range) {
        let place = counted.replications.place(segment.draw, block.start);
        let (tally, _) = counted.play(&table, block, false);
        tree.add(place, tally).map_err(|Twice| StudyError::Segment(*segment))?;
    }
    check_equilibria(prepared.scenario, table.policies(), segment.draw)?;
    let draws = vec![PartOfDraw { draw: segment.draw, blocks: tree }];
    Ok(Part { form: FORM.to_owned(), question: digest(prepared, settings), draws })
}

/// The replications of a segment that is made of whole blocks of its draw.
fn fitted(replications: Replications, segment: &Segment) -> Option<std::ops::Range<u64>> {
    if !replications.each_draw().any(|draw| draw == segment.draw) {
        return None;
    }
    let whole = replications.of(segment.draw);
    let is_cut = |at: u64| at.is_multiple_of(BLOCK) || at == whole.start || at == whole.end;
    let fits = whole.start <= segment.begin && segment.begin < segment.end && segment.end <= whole.end;
    (fits && is_cut(segment.begin) && is_cut(segment.end)).then_some(segment.begin..segment.end)
}

/// A digest of all that what is counted depends on.
fn digest(prepared: &Prepared<'_>, settings: &Settings) -> String {
    let question = format!("{:?}", (FORM, prepared.scenario, prepared.slots, &prepared.changes, settings));
    Sha256::digest(question).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Part {
    /// Reads a part that was written as JSON.
    ///
    /// # Errors
    /// [`PartError::Form`] for one of another form, whatever else is in it.
    pub fn from_json(text: &str) -> Result<Self, PartError> {
        #[derive(Deserialize)]
        struct Header {
            form: String,
        }
        let read = |error: serde_json::Error| PartError::Text(error.to_string());
        let Header { form } = serde_json::from_str(text).map_err(read)?;
        if form != FORM {
            return Err(PartError::Form { found: form });
        }
        serde_json::from_str(text).map_err(read)
    }

    /// Takes up another part of the same run.
    ///
    /// # Errors
    /// If it belongs to another run, or both have some replication. What was there then stays usable; what of the
    /// other was taken by then is in it.
    pub fn merge(&mut self, other: Self) -> Result<(), PartError> {
        other.check()?;
        if other.question != self.question {
            return Err(PartError::Asked);
        }
        for part in other.draws {
            match self.draws.iter_mut().find(|known| known.draw == part.draw) {
                Some(known) => known.blocks.absorb(part.blocks)?,
                None => self.draws.push(part),
            }
        }
        Ok(())
    }

    fn check(&self) -> Result<(), PartError> {
        if self.form != FORM {
            return Err(PartError::Form { found: self.form.clone() });
        }
        if !self.draws.iter().all(|part| part.blocks.is_sound()) {
            return Err(PartError::Text("its blocks do not follow one another".to_owned()));
        }
        Ok(())
    }
}

/// A run that is put together from its parts.
pub struct Assembly<'p> {
    counted: Counted<'p>,
    question: String,
    folding: Folding<Tally, Observed>,
}

impl<'p> Assembly<'p> {
    /// Nothing there yet.
    ///
    /// # Errors
    /// If an amount is out of range.
    pub fn new(prepared: &'p Prepared<'p>, settings: &'p Settings) -> Result<Self, StudyError> {
        let counted = Counted::new(prepared, settings)?;
        let folding = counted.folding();
        Ok(Self { counted, question: digest(prepared, settings), folding })
    }

    /// Takes a part, whenever it comes.
    ///
    /// # Errors
    /// If it belongs to another run, or has been counted already.
    pub fn add(&mut self, part: Part) -> Result<(), PartError> {
        part.check()?;
        if part.question != self.question {
            return Err(PartError::Asked);
        }
        let fits = |part: &PartOfDraw| part.blocks.sums().all(|tally| self.counted.fits(tally));
        if !part.draws.iter().all(fits) {
            return Err(PartError::Text("its counts are not those of the scenario".to_owned()));
        }
        for PartOfDraw { draw, blocks } in part.draws {
            self.counted.absorb(&mut self.folding, draw, blocks)?;
        }
        Ok(())
    }

    /// What is still to be played: nothing, where the run is whole.
    #[must_use]
    pub fn missing(&self) -> Vec<Segment> {
        let replications = self.counted.replications;
        let missing = self.folding.missing().into_iter().flat_map(|(draw, missing)| {
            let whole = replications.of(draw);
            let at = |block: u64| ((whole.start / BLOCK + block) * BLOCK).clamp(whole.start, whole.end);
            cut(draw, at(missing.start)..at(missing.end))
        });
        missing.collect()
    }

    /// The run.
    ///
    /// # Errors
    /// [`StudyError::Incomplete`] where something is missing.
    pub fn finish(self) -> Result<Run, StudyError> {
        let missing = self.missing();
        if !missing.is_empty() {
            return Err(StudyError::Incomplete(missing));
        }
        let given = self.counted.prepared.summary(self.counted.settings);
        Ok(Run { given, ..self.counted.finish(self.folding)? })
    }
}
