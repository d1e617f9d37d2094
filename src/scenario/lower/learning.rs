//! Learning rules, and what their actors do not need.

use super::Lowering;
use super::fields::Fields;
use crate::scenario::{Actor, Amount, Choice, Horizon, Learning, Node};

/// Something is wrong, and was reported.
pub(super) struct Reported;

impl Lowering<'_, '_> {
    /// The learning rule among the fields of a choice, if there is one.
    pub(super) fn learning(&mut self, choice: &Fields<'_>) -> Option<Result<Learning<Amount>, Reported>> {
        let [ewa, reinforcement] = ["ewa", "reinforcement"].map(|rule| choice.take(rule));
        if let (Some(_), Some(second)) = (ewa, reinforcement) {
            let message = format!("`{}` is one rule: `ewa` or `reinforcement`", choice.path);
            self.error("two-rules", second.span, message);
            return Some(Err(Reported));
        }
        let rule = if let Some(node) = ewa {
            let numbers = self.rule_numbers(node, choice.path_of("ewa"), ["logit", "phi", "delta", "kappa"]);
            numbers.map(|[logit, phi, delta, kappa]| Learning::Ewa { logit, phi, delta, kappa })
        } else {
            let path = choice.path_of("reinforcement");
            let numbers = self.rule_numbers(reinforcement?, path, ["phi", "strength", "floor"]);
            numbers.map(|[phi, strength, floor]| Learning::Reinforcement { phi, strength, floor })
        };
        Some(rule.ok_or(Reported))
    }

    /// The numbers of a learning rule, all of which must be there.
    fn rule_numbers<const N: usize>(
        &mut self,
        node: &Node,
        path: String,
        keys: [&'static str; N],
    ) -> Option<[Amount; N]> {
        let fields = self.fields(node, path)?;
        self.notes(&fields);
        let nodes = keys.map(|key| (key, fields.take(key)));
        let errors_before = self.errors.len();
        self.finish(&fields);
        // A key that is misspelt is not missing as well.
        let spelt_right = errors_before == self.errors.len();
        let mut amounts = Vec::with_capacity(N);
        for (key, node) in nodes {
            match node {
                Some(node) => amounts.extend(self.amount(node, fields.path_of(key))),
                None if spelt_right => self.missing_number(&fields, key, &keys),
                None => {}
            }
        }
        amounts.try_into().ok()
    }

    /// Reports a number that a rule lacks. Who sets one number alone, of an actor that has another rule so far, has to
    /// set them all.
    fn missing_number(&mut self, fields: &Fields<'_>, key: &str, keys: &[&str]) {
        self.missing(fields, key);
        if !self.context.sources.is_typed(fields.span.file) {
            return;
        }
        let numbers: Vec<String> = keys.iter().map(|key| format!("{key} = ...")).collect();
        let help = format!("set the whole rule: `{}={{ {} }}`", fields.path, numbers.join(", "));
        if let Some(error) = self.errors.pop() {
            self.errors.push(error.help(help));
        }
    }

    /// Warns of what a learning actor was given and has no use for.
    pub(super) fn warn_of_idle_keys(&mut self, fields: &Fields<'_>, actor: &Actor) {
        if !actor.learns() {
            return;
        }
        let by_rule = matches!(actor.choice, Choice::Learning(_));
        let looks_ahead = actor.horizon != Horizon::Turns(1);
        let why_not = if by_rule {
            "its learning rule goes by what was paid"
        } else {
            "with learned beliefs an actor looks at the turn at hand"
        };
        for (key, idle) in [("beliefs", by_rule), ("horizon", looks_ahead), ("beyond", by_rule)] {
            if let Some(node) = fields.table.get(key).filter(|_| idle) {
                let message = format!("`{}` has no effect: {why_not}", fields.path_of(key));
                self.warn("idle-key", node.span, message);
            }
        }
    }
}
