//! What a question lays over the scenario before it is asked: overlays, variants, assignments.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::fields::Fields;

/// What is merged over a scenario: overlays and variants in their order, then assignments.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layers {
    /// Overlays and variants, in the order in which they are merged.
    pub layers: Vec<LayerName>,
    /// Assignments `PATH=VALUE`, made last.
    pub set: Vec<String>,
}

/// One layer, by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LayerName {
    /// The path of a file.
    Overlay(String),
    /// A variant that the scenario names.
    Variant(String),
}

impl Layers {
    /// Whether nothing is changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.layers.is_empty() && self.set.is_empty()
    }

    /// Takes `overlay`, `variant` and `set` from a question. Overlays come before variants, unless `variant` stands
    /// before `overlay`; `layers` spells any other order.
    pub(super) fn read(fields: &mut Fields) -> Self {
        let variants_first = fields.place("variant") < fields.place("overlay");
        let overlays = fields.texts("overlay").into_iter().map(LayerName::Overlay);
        let variants = fields.texts("variant").into_iter().map(LayerName::Variant);
        let mut layers: Vec<LayerName> = if variants_first {
            variants.chain(overlays).collect()
        } else {
            overlays.chain(variants).collect()
        };
        if let Some(spelt) = fields.any("layers") {
            match serde_json::from_value::<Vec<LayerName>>(spelt) {
                Ok(spelt) => layers.extend(spelt),
                Err(_) => fields
                    .fault("layers", "wanted a list of { overlay = \"FILE\" } and { variant = \"NAME\" }"),
            }
        }
        Self { layers, set: fields.texts("set") }
    }

    /// Adds itself to the JSON of a question.
    pub(super) fn write(&self, map: &mut Map<String, Value>) {
        let is_overlay = |layer: &LayerName| matches!(layer, LayerName::Overlay(_));
        let changes =
            self.layers.windows(2).filter(|pair| is_overlay(&pair[0]) != is_overlay(&pair[1])).count();
        if changes > 1 {
            map.insert("layers".to_owned(), serde_json::to_value(&self.layers).unwrap_or_default());
        } else {
            for layer in &self.layers {
                let (key, name) = match layer {
                    LayerName::Overlay(name) => ("overlay", name),
                    LayerName::Variant(name) => ("variant", name),
                };
                if let Value::Array(names) = map.entry(key).or_insert_with(|| Value::Array(Vec::new())) {
                    names.push(Value::String(name.clone()));
                }
            }
        }
        if !self.set.is_empty() {
            map.insert("set".to_owned(), self.set.clone().into());
        }
    }
}
