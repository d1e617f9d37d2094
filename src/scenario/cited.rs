//! Which numbers rest on which claims, and which on nothing.

use super::{Because, Expression, Factor, ParameterId, ParameterKind, Reason, Scenario, Stated};

impl Scenario {
    /// The numbers that rest on a claim: parameters whose `because` cites it, then amounts of whose table the
    /// `because` does. What is derived from a parameter that cites the claim itself is not listed again: it moves
    /// with the parameter. O(amounts and parameters).
    ///
    /// `claim`: its place in [`Scenario::claims`].
    #[must_use]
    pub fn resting_on(&self, claim: usize) -> Vec<Factor> {
        let cites = |because: &Because| because.reasons.contains(&Reason::Claim(claim));
        let cited = |id: ParameterId| cites(&self.parameters[id.index()].notes.because);
        self.factors_where(
            |id| cited(id) && !self.behind(self.derivation(id)).iter().any(|&behind| cited(behind)),
            |stated| {
                stated.notes.is_some_and(|notes| cites(&notes.because))
                    && !self.behind(Some(&stated.amount.expression)).iter().any(|&behind| cited(behind))
            },
        )
    }

    /// The numbers for which no reason is given: parameters without a `because`, and amounts of whose table there
    /// is none. What is derived from parameters is none of them: its reasons are theirs. O(amounts and
    /// parameters).
    #[must_use]
    pub fn bare(&self) -> Vec<Factor> {
        let silent = |because: &Because| because.reasons.is_empty();
        self.factors_where(
            |id| {
                silent(&self.parameters[id.index()].notes.because)
                    && self.behind(self.derivation(id)).is_empty()
            },
            |stated| {
                stated.notes.is_none_or(|notes| silent(&notes.because))
                    && self.behind(Some(&stated.amount.expression)).is_empty()
            },
        )
    }

    /// The factors among parameters and among amounts that the two want.
    fn factors_where(
        &self,
        parameter: impl Fn(ParameterId) -> bool,
        amount: impl Fn(&Stated<'_>) -> bool,
    ) -> Vec<Factor> {
        let amounts: Vec<Stated<'_>> = self.amounts().into_iter().filter(Stated::can_vary).collect();
        let (parameters, others) = {
            let mut all = self.factors();
            let others = all.split_off(self.parameters.len());
            (all, others)
        };
        let parameters = parameters.into_iter().filter(|factor| factor.parameter.is_some_and(&parameter));
        // Factors list the amounts that can vary, in this order.
        let others = others.into_iter().zip(&amounts).filter(|(_, stated)| amount(stated));
        parameters.chain(others.map(|(factor, _)| factor)).collect()
    }

    /// The expression of a known parameter.
    fn derivation(&self, id: ParameterId) -> Option<&Expression> {
        match &self.parameters[id.index()].kind {
            ParameterKind::Known(expression) => Some(expression),
            ParameterKind::Uncertain(_) => None,
        }
    }

    /// All parameters on which an expression rests, directly or through others, each once.
    fn behind(&self, expression: Option<&Expression>) -> Vec<ParameterId> {
        let mut found = Vec::new();
        let mut open: Vec<&Expression> = expression.into_iter().collect();
        while let Some(next) = open.pop() {
            next.each_parameter(&mut |id| {
                if !found.contains(&id) {
                    found.push(id);
                    open.extend(self.derivation(id));
                }
            });
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::scenario;
    use super::*;

    const CITED: &str = r#"
format = 1
turns = 1
[claims.pride]
text = "North is proud."
[claims.price]
text = "War is dear."
[claims.idle]
text = "Nothing rests on this."
[parameters]
honour = { uniform = [0, 1], because = ["pride", "assumed: it is not known how much"] }
double = { value = "2 * honour", because = "pride" }
cost = { value = 3, because = "price" }
plain = 2
derived = "plain + 1"
[actors.north]
discount = 0.9
because = "pride"
[actors.south]
tremble = 0.1
[issues.talks.moves]
north = ["offer", "wait"]
south = ["accept", "refuse"]
[payoffs.moved]
pays = { north = "double", south = 1 }
because = "pride"
[payoffs.mixed]
pays = { north = "honour", south = "cost" }
because = ["price", "pride"]
[payoffs.silent]
pays = { north = "derived", south = 4 }
[payoffs.said]
pays = { north = 5 }
because = "assumed: for the sake of argument"
[outcomes.end.all]
"#;

    fn paths(factors: &[Factor]) -> Vec<&str> {
        factors.iter().map(|factor| factor.path.as_str()).collect()
    }

    #[track_caller]
    fn check(claim: usize, expected: &[&str]) {
        assert_eq!(paths(&scenario(CITED).resting_on(claim)), expected);
    }

    #[test]
    fn numbers_rest_on_a_claim_once() {
        check(
            0,
            &[
                "parameters.honour",
                "actors.north.discount",
                "payoffs.moved.pays.south",
                "payoffs.mixed.pays.south",
            ],
        );
        check(1, &["parameters.cost", "payoffs.mixed.pays.north"]);
        check(2, &[]);
    }

    #[test]
    fn what_has_no_reason_is_bare() {
        assert_eq!(
            paths(&scenario(CITED).bare()),
            ["parameters.plain", "actors.south.tremble", "payoffs.silent.pays.south"]
        );
    }

    #[test]
    fn factors_are_those_that_all_factors_list() {
        let scenario = scenario(CITED);
        let all = scenario.factors();
        let listed = scenario.resting_on(0).into_iter().chain(scenario.resting_on(1)).chain(scenario.bare());
        assert!(listed.into_iter().all(|factor| all.contains(&factor)));
    }
}
