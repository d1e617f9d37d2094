//! A run is the same whoever plays its parts, however they are cut, and whenever they arrive.

use demarche::scenario::Document;
use demarche::study::{Assembly, Part, Prepared, Segment, Settings, Shared, Unwatched, plan, play, run};

use crate::draft::Draft;
use crate::tape::{Tape, always};

/// Sums of fractions are made over blocks of so many plays; parts are made of whole blocks.
const BLOCK: u64 = 1024;

/// Cuts segments wherever the tape says.
fn cut(segments: &[Segment], tape: &mut Tape<'_>) -> Vec<Segment> {
    let mut pieces = Vec::new();
    for segment in segments {
        let mut begin = segment.begin;
        for at in (segment.begin / BLOCK + 1)..segment.end.div_ceil(BLOCK) {
            if tape.is(40) {
                pieces.push(Segment { begin, end: at * BLOCK, ..*segment });
                begin = at * BLOCK;
            }
        }
        pieces.push(Segment { begin, ..*segment });
    }
    pieces
}

/// In some other order.
fn shuffled<T>(mut items: Vec<T>, tape: &mut Tape<'_>) -> Vec<T> {
    for at in (1..items.len()).rev() {
        items.swap(at, tape.below(at + 1));
    }
    items
}

/// Written down and read back.
fn carried(part: &Part) -> Result<Part, String> {
    let text = serde_json::to_string(part).map_err(|why| why.to_string())?;
    Part::from_json(&text).map_err(|why| why.to_string())
}

fn assembled(prepared: &Prepared<'_>, settings: &Settings, tape: &mut Tape<'_>) -> Result<String, String> {
    let pieces = shuffled(cut(&plan(prepared, settings), tape), tape);
    let mut groups: Vec<Option<Part>> = vec![None, None, None];
    for piece in &pieces {
        let part = carried(&play(prepared, settings, piece).map_err(|why| why.to_string())?)?;
        let group = &mut groups[tape.below(3)];
        match group {
            Some(known) => known.merge(part).map_err(|why| why.to_string())?,
            None => *group = Some(part),
        }
    }
    let mut assembly = Assembly::new(prepared, settings).map_err(|why| why.to_string())?;
    for part in shuffled(groups.into_iter().flatten().collect(), tape) {
        assembly.add(carried(&part)?).map_err(|why| why.to_string())?;
    }
    written(&assembly.finish().map_err(|why| why.to_string())?)
}

/// Every bit of a run.
fn written(run: &demarche::study::Run) -> Result<String, String> {
    serde_json::to_string(run).map_err(|why| why.to_string())
}

fn partition(_: &Draft, base: &Document, tape: &mut Tape<'_>) -> Result<(), String> {
    let settings = Settings { seed: 9, replications: 7_000, draws: Some(tape.of(&[0, 3])), history: None };
    let prepared = Shared::default().prepare(&base.scenario, &base.slots).map_err(|why| why.to_string())?;
    let whole = written(&run(base, &settings, &Unwatched, None).map_err(|why| why.to_string())?)?;
    if assembled(&prepared, &settings, tape)? == whole {
        Ok(())
    } else {
        Err("parts make a difference".to_owned())
    }
}

#[test]
fn any_partition_in_any_order_gives_the_bytes_of_the_whole() {
    always(25, 31, partition);
}
