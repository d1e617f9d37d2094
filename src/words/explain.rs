//! Why an actor chooses what it chooses.

use std::fmt::Write;

use super::Style;
use super::cited::Cited;
use super::decision::decision;
use super::layout::flow;
use super::numbers::{percent, signed_amount as signed};
use super::state::state;
use crate::agents::{ExplainedOption, Explanation, TermShare};
use crate::ask::explain::ExplainFindings;
use crate::ask::{About, Answer, ChoiceRule};
use crate::equilibrium::short;
use crate::scenario::{MoveId, SeatId, VariableId};

/// Options that are taken apart term by term, at most, likeliest first.
const TAKEN_APART: usize = 6;

/// Shares smaller than this are summed up, in payoff units.
const SMALL: f64 = 0.005;

/// The explanation as text.
pub(super) fn text(answer: &Answer, found: &ExplainFindings, style: Style) -> String {
    let about = &answer.about;
    let mut writer = Writer { about, found, style, text: String::new(), cited: Cited::default() };
    writer.opening();
    for part in found.decisions() {
        writer.decision(part);
    }
    if found.decisions().next().is_none() {
        writer.text.push_str("\nThere is nothing to choose: none of its issues is open here.\n");
    }
    let Writer { mut text, cited, .. } = writer;
    cited.spell_out(&mut text, about, style);
    text
}

/// An explanation on its way to text.
struct Writer<'s> {
    about: &'s About,
    found: &'s ExplainFindings,
    style: Style,
    text: String,
    cited: Cited,
}

impl<'s> Writer<'s> {
    /// Adds running text; later lines begin with so many spaces.
    fn flow(&mut self, words: &str, indent: usize) {
        flow(&mut self.text, words, indent, self.style.width);
    }

    fn opening(&mut self) {
        let ExplainFindings { actor, rule, situation, .. } = self.found;
        let actor = &self.about.actors[actor.index()].name;
        let heading = format!("Why {actor} chooses as it does in {} {}", self.about.turn, situation.turn + 1);
        let _ = writeln!(self.text, "{}", self.style.bold(&heading));
        self.text.push_str("  where ");
        self.flow(&state(self.about, &situation.levels), 8);
        self.text.push_str("  it ");
        self.flow(&decision(self.about, rule), 5);
        if rule.learns {
            self.text.push_str("  it has learned nothing yet: what follows is how a play begins\n");
        }
    }

    fn decision(&mut self, part: &Explanation) {
        let about: &'s About = self.about;
        let issues = part.seats.iter().map(|&seat| {
            let seat = &about.seats[seat.index()];
            about.issues[seat.issue.index()].id.as_str()
        });
        let issues: Vec<&str> = issues.collect();
        let _ = writeln!(self.text, "\n{}", self.style.bold(&issues.join(" and ")));
        if part.level == 0 {
            let learns = self.found.rule.learns;
            self.text.push_str(if learns {
                "  Before anything was paid, any choice is as good as any other.\n"
            } else {
                "  It plays naively: moves in proportion to their salience.\n"
            });
        }
        for (other, seats, options) in &part.believed {
            let name = &about.actors[other.index()].name;
            for (place, &seat) in seats.iter().enumerate() {
                self.belief(name, seat, options.iter().map(|(moves, p)| (moves[place], *p)));
            }
        }
        self.crossings(&part.bifurcations);
        let mut order: Vec<&ExplainedOption> = part.options.iter().collect();
        order.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        for (nth, option) in order.into_iter().enumerate() {
            self.option(part, option, nth < TAKEN_APART);
        }
        self.common(part);
    }

    /// Where the equilibrium is not the only one in reach.
    fn crossings(&mut self, shares: &[f64]) {
        if shares.is_empty() {
            return;
        }
        let logit = matches!(self.found.rule.choice, ChoiceRule::Logit(_));
        let shares: Vec<String> = shares.iter().copied().map(short).collect();
        let place =
            if logit { format!(", at {} times their logit", shares.join(", ")) } else { String::new() };
        let line = format!("Other equilibria leave the branch that this one lies on{place}.");
        self.text.push_str("  ");
        self.flow(&line, 4);
    }

    /// What it believes of a seat.
    fn belief(&mut self, name: &str, seat: SeatId, believed: impl Iterator<Item = (Option<MoveId>, f64)>) {
        let seat = &self.about.seats[seat.index()];
        let mut shares = vec![0.0; seat.moves.len()];
        for (made, p) in believed {
            if let Some(made) = made {
                shares[made.index()] += p;
            }
        }
        let shares = seat.moves.iter().zip(shares).filter(|(_, share)| *share > 0.0);
        let shares: Vec<String> =
            shares.map(|(made, share)| format!("{} {}", made.id, percent(share))).collect();
        if !shares.is_empty() {
            let issue = &self.about.issues[seat.issue.index()].id;
            self.text.push_str("  believes of ");
            self.flow(&format!("{name}, {issue}: {}", shares.join(", ")), 6);
        }
    }

    fn option(&mut self, part: &Explanation, option: &ExplainedOption, apart: bool) {
        let about: &'s About = self.about;
        let moves = part.seats.iter().zip(&option.moves);
        let moves = moves
            .filter_map(|(&seat, made)| Some(about.seats[seat.index()].moves[(*made)?.index()].id.as_str()));
        let name = self.style.bold(&moves.collect::<Vec<_>>().join(" and "));
        let probability = percent(option.probability);
        if part.level == 0 {
            let _ = writeln!(self.text, "  {name}  {probability}");
            return;
        }
        let worth = signed(option.value);
        let _ = writeln!(self.text, "\n  {name}  {probability}, worth {}", worth.trim());
        if apart {
            let own = option.terms.iter().filter(|share| !everywhere(part, share));
            self.shares(own.copied().collect());
            self.after(option.after.iter().filter(|(over, amount)| !always(part, over, *amount)));
        }
    }

    /// What comes with every option alike.
    fn common(&mut self, part: &Explanation) {
        let Some(first) = part.options.first().filter(|_| part.options.len() > 1) else { return };
        let terms: Vec<TermShare> =
            first.terms.iter().filter(|share| everywhere(part, share)).copied().collect();
        let after: Vec<&(Vec<VariableId>, f64)> = first
            .after
            .iter()
            .filter(|(over, amount)| *amount != 0.0 && always(part, over, *amount))
            .collect();
        let amounts = terms.iter().map(|share| share.amount).chain(after.iter().map(|(_, amount)| *amount));
        if amounts.into_iter().all(|amount| amount.abs() < SMALL) {
            return;
        }
        self.text.push_str("\n  in each of these values, whatever it does\n");
        self.shares(terms);
        self.after(after.into_iter());
    }

    /// Terms' shares, the weightiest first, small ones summed up.
    fn shares(&mut self, mut shares: Vec<TermShare>) {
        shares.sort_by(|a, b| b.amount.abs().total_cmp(&a.amount.abs()));
        let (shown, small): (Vec<TermShare>, Vec<TermShare>) =
            shares.into_iter().partition(|share| share.amount.abs() >= SMALL);
        for share in shown {
            let term = &self.about.terms[share.term.index()];
            let reasons = self.cited.reasons(self.about, &term.notes.because);
            let chance =
                if share.chance < 1.0 { format!(" ({})", percent(share.chance)) } else { String::new() };
            // The id stays beside the title: it is what assignments name.
            let title = term.notes.title.as_ref();
            let title = title.map_or_else(|| term.id.clone(), |title| format!("{title} [{}]", term.id));
            let _ = write!(self.text, "    {:>7}  ", signed(share.amount));
            self.flow(&format!("{title}{chance}{reasons}"), 13);
        }
        if !small.is_empty() {
            let sum = small.iter().map(|share| share.amount).sum();
            let ids: Vec<&str> =
                small.iter().map(|share| self.about.terms[share.term.index()].id.as_str()).collect();
            let _ = write!(self.text, "    {:>7}  ", signed(sum));
            self.flow(&format!("small ones together: {}", ids.join(", ")), 13);
        }
    }

    /// What comes after this turn, variable by variable.
    fn after<'p>(&mut self, pieces: impl Iterator<Item = &'p (Vec<VariableId>, f64)>) {
        let about = self.about;
        for (over, amount) in pieces.filter(|(_, amount)| amount.abs() >= SMALL) {
            let names: Vec<&str> = over.iter().map(|&v| about.variables[v.index()].id.as_str()).collect();
            let _ = write!(self.text, "    {:>7}  ", signed(*amount));
            let through =
                if names.is_empty() { String::new() } else { format!(" through {}", names.join(", ")) };
            self.flow(&format!("what comes after this {}{through}", about.turn), 13);
        }
    }
}

/// Rounding differs by less than this between equal shares.
const ALIKE: f64 = 1e-12;

/// Whether a term adds the same to every option of a part.
fn everywhere(part: &Explanation, share: &TermShare) -> bool {
    part.options.len() > 1
        && part.options.iter().all(|option| {
            let same = |other: &TermShare| {
                other.term == share.term && (other.amount - share.amount).abs() <= ALIKE * share.amount.abs()
            };
            option.terms.iter().any(same)
        })
}

/// Whether what comes after, over these variables, is the same for every option of a part.
fn always(part: &Explanation, over: &[VariableId], amount: f64) -> bool {
    part.options.len() > 1
        && part.options.iter().all(|option| {
            let same = |(other, value): &(Vec<VariableId>, f64)| {
                other == over && (value - amount).abs() <= ALIKE * amount.abs().max(1.0)
            };
            option.after.iter().any(same)
        })
}

#[cfg(test)]
mod tests {
    use super::super::examples::{CERTAIN, answered, said};
    use crate::ask::Findings;

    #[test]
    fn a_choice_is_explained_down_to_the_claims() {
        let question = r#"{ "command": "explain", "actor": "guest" }"#;
        insta::assert_snapshot!(said(CERTAIN, question), @r#"
        Why guest chooses as it does in day 1
          where gate shut, mood calm
          it takes what is best, looks at this day only, takes the others to play
             naively (level 1)

        crossing
          believes of The guard, crossing: yield 100 %

          ask  100 %, worth +1.50
              +2.00  Passage for a toll [passage] -- c1; assumed: the size
              -0.50  asking -- asking costs face

          wait  0 %, worth 0.00

        What the claims say
          c1  Who pays is let through. (an old song)
        "#);
        let tables = crate::tables::tables(&answered(CERTAIN, question));
        insta::assert_snapshot!(String::from_utf8_lossy(&crate::tables::csv(&tables[1])), @r#"
        decision,option,term,chance,amount
        1,crossing.ask,issues.crossing.payoffs.asking,1.0,-0.5
        1,crossing.ask,issues.crossing.payoffs.passage,1.0,2.0
        "#);
    }

    #[test]
    fn it_is_told_where_other_equilibria_branch_off() {
        let road = r#"
format = 1
turns  = 1
[actors.left]
choice  = { logit = 4 }
beliefs = "equilibrium"
[actors.right]
choice  = { logit = 4 }
beliefs = "equilibrium"
[issues.road.moves]
left  = ["inside", "outside"]
right = ["inside", "outside"]
[issues.road.payoffs.inside]
when = { left = "inside", right = "inside" }
pays = { left = 1, right = 1 }
[issues.road.payoffs.outside]
when = { left = "outside", right = "outside" }
pays = { left = 1, right = 1 }
[outcomes.end.any]
"#;
        let text = said(road, r#"{ "command": "explain", "actor": "left" }"#);
        assert!(text.contains("this one lies on, at 0.5 times their\n"), "{text}");
        assert!(text.contains("inside  50 %"), "{text}");
    }

    #[test]
    fn the_values_are_those_that_the_choice_rests_on() {
        let noisy = CERTAIN.replace("choice = \"best\"", "choice = { logit = 1.5 }");
        let answer = answered(&noisy, r#"{ "command": "explain", "actor": "guest", "turn": 2 }"#);
        let Findings::Explain(found) = answer.findings else { panic!("{:?}", answer.findings) };
        let options = &found.explained[0].options;
        let odds = options[0].probability / options[1].probability;
        let expected = crate::math::exp(1.5 * (options[0].value - options[1].value));
        assert!((odds / expected - 1.0).abs() < 1e-12, "{odds} {expected}");
        assert!(odds > 9.0, "asking is worth 1.5 more than waiting: {odds}");
    }

    /// How the guest's choice is explained where it decides otherwise.
    fn beginning(rule: &str) -> String {
        let changed = CERTAIN.replace("choice = \"best\"", rule);
        said(&changed, r#"{ "command": "explain", "actor": "guest", "turn": 3 }"#)
    }

    #[test]
    fn who_learns_is_explained_as_it_begins() {
        insta::assert_snapshot!(beginning("choice = \"best\"\nbeliefs = \"learned\""), @"
        Why guest chooses as it does in day 3
          where gate shut, mood calm
          it takes what is best, looks at this day only, takes the others to go on as
             they did in the play so far (learned)
          it has learned nothing yet: what follows is how a play begins

        crossing
          believes of The guard, crossing: yield 100 %

          ask  100 %, worth +1.50
              +2.00  Passage for a toll [passage] -- c1; assumed: the size
              -0.50  asking -- asking costs face

          wait  0 %, worth 0.00

        What the claims say
          c1  Who pays is let through. (an old song)
        ");
        let ewa = "choice = { ewa = { logit = \"toll\", phi = 0.9, delta = 0.5, kappa = 0 } }";
        insta::assert_snapshot!(beginning(ewa), @"
        Why guest chooses as it does in day 3
          where gate shut, mood calm
          it learns from what it got and could have got (ewa: logit toll, phi 0.9, delta
             0.5, kappa 0)
          it has learned nothing yet: what follows is how a play begins

        crossing
          Before anything was paid, any choice is as good as any other.
          ask  50 %
          wait  50 %
        ");
    }
}
