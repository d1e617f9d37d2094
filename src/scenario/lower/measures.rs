//! `[measures]`: what is counted beyond the built-in measures.

use super::Lowering;
use super::conditions::Place;
use super::fields::{Entry, join};
use crate::scenario::{Condition, DefinedMeasure, Diagnostic, Measure, Node, Notes};

impl Lowering<'_, '_> {
    pub(super) fn measures(&mut self, node: Option<&Node>) {
        let entries = self.section(node, "measures");
        let divisors: Vec<Option<&Node>> = entries.iter().map(|entry| self.measure(entry)).collect();
        // All measures are known before the first `of` is looked up.
        for (index, node) in divisors.iter().enumerate() {
            self.scenario.measures[index].of = node.and_then(|node| self.divisor(node));
        }
        self.check_divisors();
    }

    /// Adds the measure without its `of`, and gives that.
    fn measure<'t>(&mut self, entry: &Entry<'t>) -> Option<&'t Node> {
        let mut measure = DefinedMeasure {
            id: entry.id.to_owned(),
            when: Condition::always(),
            per: None,
            ever: false,
            of: None,
            notes: Notes::default(),
            span: entry.span,
        };
        let mut of = None;
        if let Some(fields) = self.fields(entry.node, join("measures", entry.id)) {
            measure.notes = self.notes(&fields);
            measure.when = self.condition(fields.take("when"), &fields.path_of("when"), Place::Play(None));
            measure.per = self.per(&fields);
            let ever = fields.take("ever");
            measure.ever = ever.and_then(|node| self.boolean(node, &fields.path_of("ever"))).unwrap_or(false);
            of = fields.take("of");
            self.finish(&fields);
            if let (Some(node), true, true) = (ever, measure.ever, measure.per.is_some()) {
                let message = format!("`{}` has `ever`, so its `per` changes nothing", fields.path);
                self.warn("useless-per", node.span, message);
            }
        }
        self.scenario.measures.push(measure);
        of
    }

    fn divisor(&mut self, node: &Node) -> Option<Measure> {
        let name = self.text(node, "of")?;
        if let Some(index) = self.scenario.measures.iter().position(|measure| measure.id == name) {
            return Some(Measure::Defined(index));
        }
        match self.scenario.measure(name) {
            Ok(measure) => Some(measure),
            Err(message) => {
                self.error("unknown-id", node.span, message);
                None
            }
        }
    }

    /// Measures that are divided, in the end, by themselves.
    fn check_divisors(&mut self) {
        let measures = &self.scenario.measures;
        let next = |index: usize| match measures[index].of {
            Some(Measure::Defined(next)) => Some(next),
            _ => None,
        };
        for (start, measure) in measures.iter().enumerate() {
            let way = std::iter::successors(next(start), |index| next(*index)).take(measures.len());
            let way: Vec<usize> = way.collect();
            // Told once, at the first measure of the circle.
            let Some(length) = way.iter().position(|index| *index == start) else { continue };
            if way[..length].iter().any(|index| *index < start) {
                continue;
            }
            let ids = way[..=length].iter().map(|index| format!("`{}`", measures[*index].id));
            let ids: Vec<String> = ids.collect();
            let message = format!("measure `{}` is divided by itself: of {}", measure.id, ids.join(", of "));
            self.errors.push(Diagnostic::error("circle", measure.span, message));
        }
    }
}
