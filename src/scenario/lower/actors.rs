//! `[actors]`: who decides, and how.

use super::Lowering;
use super::fields::{Entry, Fields, join};
use crate::scenario::format::{self, Branch};
use crate::scenario::{
    Actor, ActorId, Amount, Beliefs, Beyond, Choice, Diagnostic, Horizon, Learning, Node, Notes, Span, Value,
    decimal_comma,
};

impl Lowering<'_, '_> {
    pub(super) fn actors(&mut self, node: Option<&Node>) {
        let entries = self.section(node, "actors");
        // All names are known before the first `regard` is read.
        for entry in &entries {
            self.check_actor_name(entry);
            self.scenario.actors.push(bare_actor(entry));
        }
        for (index, entry) in entries.iter().enumerate() {
            let Some(fields) = self.fields(entry.node, join("actors", entry.id)) else { continue };
            self.scenario.actors[index] = self.actor(&fields, entry);
            self.finish(&fields);
        }
    }

    fn check_actor_name(&mut self, entry: &Entry<'_>) {
        if entry.id == "turn" {
            self.error("reserved-id", entry.span, "`turn` cannot be an actor: it is the turn being played");
        }
        if let Some(variable) = self.scenario.variables.iter().find(|variable| variable.id == entry.id) {
            let message =
                format!("`{}` is an actor and a variable: conditions could not tell them apart", entry.id);
            let error = Diagnostic::error("repeated", entry.span, message);
            self.errors.push(error.label(variable.span, "the variable"));
        }
    }

    fn actor(&mut self, fields: &Fields<'_>, entry: &Entry<'_>) -> Actor {
        let mut actor = bare_actor(entry);
        actor.notes = self.notes(fields);
        if let Some(name) = fields.take("name").and_then(|node| self.text(node, &fields.path_of("name"))) {
            name.clone_into(&mut actor.name);
        }
        if let Some(choice) =
            fields.take("choice").and_then(|node| self.choice(node, fields.path_of("choice")))
        {
            actor.choice = choice;
        }
        if let Some(beliefs) =
            fields.take("beliefs").and_then(|node| self.beliefs(node, fields.path_of("beliefs")))
        {
            actor.beliefs = beliefs;
        }
        if let Some(horizon) =
            fields.take("horizon").and_then(|node| self.horizon(node, &fields.path_of("horizon")))
        {
            actor.horizon = horizon;
        }
        if let Some(beyond) =
            fields.take("beyond").and_then(|node| self.beyond(node, &fields.path_of("beyond")))
        {
            actor.beyond = beyond;
        }
        for (key, default, amount) in
            [("tremble", 0, &mut actor.tremble), ("discount", 1, &mut actor.discount)]
        {
            *amount = self.amount_or(fields.take(key), default, fields.path_of(key), entry.span);
        }
        if let Some(node) = fields.take("regard") {
            actor.regard = self.regard(node, &fields.path_of("regard"), entry.id);
        }
        self.warn_of_idle_keys(fields, &actor);
        actor
    }

    fn choice(&mut self, node: &Node, path: String) -> Option<Choice> {
        match &node.value {
            Value::String(word) => match word.as_str() {
                "uniform" => Some(Choice::Uniform),
                "best" => Some(Choice::Best),
                "regret_matching" => Some(Choice::Learning(Box::new(Learning::RegretMatching))),
                "logit" => {
                    let message = format!("`{path}` needs a precision with `logit`");
                    let error = Diagnostic::error("unknown-word", node.span, message);
                    self.errors.push(error.help("write `{ logit = 1 }`"));
                    None
                }
                word => self.unknown_word(word, &path, node.span),
            },
            Value::Table(_) => {
                let fields = self.fields(node, path)?;
                self.notes(&fields);
                let logit = fields.take("logit").map(|node| self.amount(node, fields.path_of("logit")));
                let learning = self.learning(&fields);
                let errors_before = self.errors.len();
                self.finish(&fields);
                match (logit, learning) {
                    (Some(logit), None) => logit.map(Choice::Logit),
                    (None, Some(rule)) => rule.ok().map(|rule| Choice::Learning(Box::new(rule))),
                    (Some(_), Some(_)) => {
                        let message = format!("`{}` is one rule: `logit` or a learning rule", fields.path);
                        self.error("two-rules", node.span, message);
                        None
                    }
                    (None, None) => {
                        if errors_before == self.errors.len() {
                            self.missing(&fields, "logit");
                        }
                        None
                    }
                }
            }
            _ => self.wrong_kind(node, &path, "`\"uniform\"`, `\"best\"` or `{ logit = 1 }`"),
        }
    }

    fn beliefs(&mut self, node: &Node, path: String) -> Option<Beliefs> {
        match &node.value {
            Value::String(word) => match word.as_str() {
                "uniform" => Some(Beliefs::Level(1)),
                "equilibrium" => Some(Beliefs::Equilibrium),
                "learned" => Some(Beliefs::Learned),
                word => self.unknown_word(word, &path, node.span),
            },
            Value::Table(_) => {
                let fields = self.fields(node, path)?;
                self.notes(&fields);
                let level = fields.take("level").map(|node| self.belief_level(node, &fields));
                let tau = fields.take("poisson").map(|node| self.amount(node, fields.path_of("poisson")));
                let errors_before = self.errors.len();
                self.finish(&fields);
                match (tau, level) {
                    (Some(tau), None) => Some(Beliefs::Poisson(tau?, None)),
                    (Some(tau), Some(level)) => Some(Beliefs::Poisson(tau?, Some(level?))),
                    (None, Some(level)) => Some(Beliefs::Level(level?)),
                    (None, None) => {
                        if errors_before == self.errors.len() {
                            let message = format!("`{}` needs a `level` or `poisson`", fields.path);
                            self.error("missing-key", node.span, message);
                        }
                        None
                    }
                }
            }
            _ => self.wrong_kind(node, &path, "`\"uniform\"`, `{ level = 2 }` or `{ poisson = 1.5 }`"),
        }
    }

    fn belief_level(&mut self, node: &Node, fields: &Fields<'_>) -> Option<u32> {
        self.whole(node, &fields.path_of("level")).map(i32::unsigned_abs)
    }

    fn horizon(&mut self, node: &Node, path: &str) -> Option<Horizon> {
        match node.as_str() {
            Some("end") => Some(Horizon::End),
            Some(word) => self.unknown_word(word, path, node.span),
            None => self.whole(node, path).map(|turns| Horizon::Turns(turns.unsigned_abs())),
        }
    }

    fn beyond(&mut self, node: &Node, path: &str) -> Option<Beyond> {
        match self.text(node, path)? {
            "nothing" => Some(Beyond::Nothing),
            "status_quo" => Some(Beyond::StatusQuo),
            word => self.unknown_word(word, path, node.span),
        }
    }

    fn regard(&mut self, node: &Node, path: &str, whose: &str) -> Vec<(ActorId, Amount)> {
        let weights = self.actor_amounts(node, path);
        if let Some((own, amount)) =
            weights.iter().find(|(id, _)| self.scenario.actors[id.index()].id == whose)
        {
            let name = &self.scenario.actors[own.index()].id;
            let message = format!("`{path}` weighs `{name}`'s own payoffs: they always count once");
            self.errors.push(Diagnostic::error("own-regard", amount.span, message));
        }
        weights
    }

    /// A table of amounts by actor: `regard`, `pays`.
    pub(super) fn actor_amounts(&mut self, node: &Node, path: &str) -> Vec<(ActorId, Amount)> {
        let mut amounts = Vec::new();
        for entry in self.mapping(node, path) {
            let actor = self.actor_named(entry.id, entry.span);
            let amount = self.amount(entry.node, join(path, entry.id));
            amounts.extend(actor.zip(amount));
        }
        amounts
    }

    pub(super) fn actor_named(&mut self, name: &str, span: Span) -> Option<ActorId> {
        let actors = &self.scenario.actors;
        if let Some(index) = actors.iter().position(|actor| actor.id == name) {
            return Some(ActorId::new(index));
        }
        let known: Vec<String> = actors.iter().map(|actor| actor.id.clone()).collect();
        self.unknown("actor", name, span, known.iter().map(String::as_str));
        None
    }

    /// Reports a text that must be one of a few words, or a key of the table that may stand in its place.
    fn unknown_word<T>(&mut self, word: &str, path: &str, span: Span) -> Option<T> {
        let keys = format::of_path(path).map_or(&[][..], Branch::alternatives);
        let known = format::words(path).iter().chain(keys).copied();
        let message = format!("`{path}` cannot be `{word}`");
        let error = Diagnostic::error("unknown-word", span, message);
        match decimal_comma(word) {
            Some(help) => self.errors.push(error.help(help)),
            None => self.push_with_suggestion(error, word, known),
        }
        None
    }
}

/// An actor of whom the file says nothing.
fn bare_actor(entry: &Entry<'_>) -> Actor {
    let path = |key: &str| format!("actors.{}.{key}", entry.id);
    let default = |value, key| Lowering::default_amount(value, path(key), entry.span);
    Actor {
        id: entry.id.to_owned(),
        name: entry.id.to_owned(),
        choice: Choice::Logit(default(1, "choice.logit")),
        tremble: default(0, "tremble"),
        beliefs: Beliefs::Level(1),
        horizon: Horizon::Turns(1),
        beyond: Beyond::Nothing,
        discount: default(1, "discount"),
        regard: Vec::new(),
        notes: Notes::default(),
        span: entry.span,
    }
}
