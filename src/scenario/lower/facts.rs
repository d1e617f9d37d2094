//! `[facts]`: what a run must show.

use super::Lowering;
use super::fields::{Entry, Fields, join};
use crate::scenario::{Diagnostic, Fact, FactTest, Limit, Node, Scenario, Span};

impl Lowering<'_, '_> {
    pub(super) fn facts(&mut self, node: Option<&Node>) {
        for entry in self.section(node, "facts") {
            if let Some(fact) = self.fact(&entry) {
                self.scenario.facts.push(fact);
            }
        }
    }

    fn fact(&mut self, entry: &Entry<'_>) -> Option<Fact> {
        let fields = self.fields(entry.node, join("facts", entry.id))?;
        let notes = self.notes(&fields);
        let variant = self.variant(&fields, "variant");
        let mut measures = Vec::new();
        let tests = ["raises", "lowers", "measure"].map(|key| fields.take(key).map(|node| (key, node)));
        let tests: Vec<_> = tests.into_iter().flatten().collect();
        let errors_before = self.errors.len();
        self.finish(&fields);
        let test = match tests[..] {
            [("measure", node)] => self.bound(&fields, node, &mut measures),
            [(key, _)] => self.compare(&fields, key, variant.as_deref(), &mut measures),
            [] => {
                if errors_before == self.errors.len() {
                    let message = format!("`{}` needs `raises`, `lowers` or `measure`", fields.path);
                    self.error("missing-key", fields.span, message);
                }
                None
            }
            [(first, _), (second, node), ..] => {
                let message =
                    format!("`{}` has both `{first}` and `{second}`: it can be only one", fields.path);
                self.error("conflicting-keys", node.span, message);
                None
            }
        };
        let id = entry.id.to_owned();
        Some(Fact { id, variant, test: test?, measures, notes, span: entry.span })
    }

    fn compare(
        &mut self,
        fields: &Fields<'_>,
        key: &str,
        variant: Option<&str>,
        measures: &mut Vec<(String, Span)>,
    ) -> Option<FactTest> {
        self.refuse(fields, &["above", "below"], "goes with `measure`");
        let measure = self.measure_path(fields.take(key)?, &fields.path_of(key), measures)?;
        let against = self.variant(fields, "against");
        if against.as_deref() == variant {
            let message = format!("`{}` compares a run with itself", fields.path);
            let error = Diagnostic::error("missing-key", fields.span, message);
            self.errors.push(error.help("give it a `variant`, or another one in `against`"));
        }
        let by = fields.take("by").map(|node| self.at_least_zero(node, &fields.path_of("by")));
        Some(FactTest::Compare { against, raises: key == "raises", measure, by: by.unwrap_or(Some(0.0))? })
    }

    fn bound(
        &mut self,
        fields: &Fields<'_>,
        node: &Node,
        measures: &mut Vec<(String, Span)>,
    ) -> Option<FactTest> {
        self.refuse(fields, &["against", "by"], "goes with `raises` or `lowers`");
        let measure = self.measure_path(node, &fields.path_of("measure"), measures);
        let mut limits = Vec::new();
        for key in ["above", "below"] {
            let node = fields.take(key);
            limits.push(node.map(|node| self.limit(node, &fields.path_of(key), measures)));
        }
        if limits.iter().all(Option::is_none) {
            let message = format!("`{}` needs `above` or `below`, or both", fields.path);
            self.error("missing-key", fields.span, message);
        }
        let (below, above) = (limits.pop()?, limits.pop()?);
        Some(FactTest::Bound { measure: measure?, above: above.flatten(), below: below.flatten() })
    }

    /// Reports keys that belong to the other kind of fact.
    fn refuse(&mut self, fields: &Fields<'_>, refused: &[&str], why: &str) {
        for key in refused {
            if let Some(node) = fields.take(key) {
                self.error("conflicting-keys", node.span, format!("`{}` {why}", fields.path_of(key)));
            }
        }
    }

    fn limit(&mut self, node: &Node, path: &str, measures: &mut Vec<(String, Span)>) -> Option<Limit> {
        if node.as_str().is_some() {
            return self.measure_path(node, path, measures).map(Limit::Measure);
        }
        self.literal(node, path).map(Limit::Number)
    }

    fn at_least_zero(&mut self, node: &Node, path: &str) -> Option<f64> {
        let value = self.literal(node, path)?;
        if value < 0.0 {
            self.error("bad-number", node.span, format!("`{path}` must be at least 0, not {value}"));
            return None;
        }
        Some(value)
    }

    /// A measure's path, which is looked up when every scenario that the fact runs is known.
    fn measure_path(
        &mut self,
        node: &Node,
        path: &str,
        measures: &mut Vec<(String, Span)>,
    ) -> Option<String> {
        let measure = self.text(node, path)?.trim().to_owned();
        measures.push((measure.clone(), node.span));
        Some(measure)
    }

    fn variant(&mut self, fields: &Fields<'_>, key: &str) -> Option<String> {
        let node = fields.take(key)?;
        let name = self.text(node, &fields.path_of(key))?;
        if !self.scenario.variants.iter().any(|known| known == name) {
            let known = self.scenario.variants.clone();
            self.unknown("variant", name, node.span, known.iter().map(String::as_str));
        }
        Some(name.to_owned())
    }
}

/// Looks up the measures that a scenario's facts name, in each scenario that the fact runs. `variant`
/// gives the variant of a name; where it has none, that was reported already.
pub(crate) fn check_measures<'s>(
    scenario: &'s Scenario,
    variant: impl Fn(&str) -> Option<&'s Scenario>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let run = |name: Option<&str>| name.map_or(Some(scenario), &variant);
    for fact in &scenario.facts {
        let mut names = vec![fact.variant.as_deref()];
        if let FactTest::Compare { against, .. } = &fact.test {
            names.push(against.as_deref());
        }
        for (path, span) in &fact.measures {
            let wrong = names.iter().find_map(|name| Some((name, run(*name)?.measure(path).err()?)));
            let Some((name, message)) = wrong else { continue };
            let error = Diagnostic::error("unknown-id", *span, message);
            diagnostics.push(match name {
                Some(name) => error.label(fact.span, format!("in the variant `{name}`")),
                None => error,
            });
        }
    }
}
