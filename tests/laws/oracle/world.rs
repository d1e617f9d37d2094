//! Sections 2 and 3 of the design: conditions, what can be done, what it pays, where it leads.

use std::rc::Rc;

use demarche::scenario::{Change, Condition, IssueId, Script};

use super::{Action, Oracle, Policy, Profile, State, Step};

/// One way of choosing: what the actor does where it is free, mixed over what the script draws elsewhere.
pub(crate) type Choice = Policy;

/// What a seat can do.
enum Seating {
    Closed,
    /// It chooses among these.
    Free(Vec<usize>),
    /// The script draws among these.
    Drawn(Vec<(usize, f64)>),
}

impl Oracle<'_> {
    pub(crate) fn is_open(&self, issue: IssueId, turn: usize, state: &[usize]) -> bool {
        holds(&self.scenario.issues[issue.index()].when, turn, state, &[])
    }

    /// Whether something of an issue, or of none, holds.
    fn holds_in(
        &self,
        issue: Option<IssueId>,
        when: &Condition,
        turn: usize,
        state: &[usize],
        profile: &[Option<usize>],
    ) -> bool {
        issue.is_none_or(|issue| self.is_open(issue, turn, state)) && holds(when, turn, state, profile)
    }

    fn seating(&self, seat: usize, turn: usize, state: &[usize]) -> Seating {
        let place = &self.scenario.seats[seat];
        if !self.is_open(place.issue, turn, state) {
            return Seating::Closed;
        }
        let available = |at: &usize| holds(&place.moves[*at].when, turn, state, &[]);
        let available: Vec<usize> = (0..place.moves.len()).filter(available).collect();
        match &place.script {
            Some(Script::Narrow(left)) => {
                let narrowed: Vec<usize> = available.iter().copied().filter(|m| left.contains(*m)).collect();
                Seating::Free(if narrowed.is_empty() { available } else { narrowed })
            }
            Some(Script::Draw(_)) => {
                let weights = &self.numbers.script[seat];
                let drawn = available.iter().map(|&m| (m, weights[m])).filter(|(_, weight)| *weight > 0.0);
                let drawn: Vec<(usize, f64)> = drawn.collect();
                let total: f64 = drawn.iter().map(|(_, weight)| weight).sum();
                if drawn.is_empty() {
                    return Seating::Free(available);
                }
                Seating::Drawn(drawn.into_iter().map(|(m, weight)| (m, weight / total)).collect())
            }
            None => Seating::Free(available),
        }
    }

    /// What an actor may choose: every combination of moves where it is free.
    pub(crate) fn choices(&self, actor: usize, turn: usize, state: &[usize]) -> Vec<Choice> {
        let mut choices: Vec<Choice> = vec![vec![(Vec::new(), 1.0)]];
        for seat in self.seats_of(actor) {
            match self.seating(seat, turn, state) {
                Seating::Closed => {}
                Seating::Free(moves) => {
                    let with = |choice: &Choice| -> Vec<Choice> {
                        moves.iter().map(|&made| extended(choice, seat, &[(made, 1.0)])).collect()
                    };
                    choices = choices.iter().flat_map(with).collect();
                }
                Seating::Drawn(moves) => {
                    choices = choices.iter().map(|choice| extended(choice, seat, &moves)).collect();
                }
            }
        }
        choices
    }

    /// Naive play: in proportion to the product of the moves' salience; scripted issues as scripted.
    pub(crate) fn naive(&self, actor: usize, turn: usize, state: &[usize]) -> Policy {
        let salience = |choice: &Choice| -> f64 {
            let free = choice[0]
                .0
                .iter()
                .filter(|(seat, _)| matches!(self.seating(*seat, turn, state), Seating::Free(_)));
            free.map(|&(seat, made)| self.numbers.salience[seat][made]).product()
        };
        let choices = self.choices(actor, turn, state);
        let weights: Vec<f64> = choices.iter().map(salience).collect();
        let total: f64 = weights.iter().sum();
        mixed(choices.iter().zip(weights.iter().map(|weight| weight / total)))
    }

    fn seats_of(&self, actor: usize) -> impl Iterator<Item = usize> {
        (0..self.scenario.seats.len()).filter(move |&seat| self.scenario.seats[seat].actor.index() == actor)
    }

    /// Every profile with its probability, where actors act by these policies.
    pub(crate) fn profiles(&self, policies: &[&Policy]) -> Vec<(Profile, f64)> {
        let mut profiles = vec![(vec![None; self.scenario.seats.len()], 1.0)];
        for policy in policies {
            let with = |(profile, p): &(Profile, f64)| -> Vec<(Profile, f64)> {
                policy.iter().map(|(action, q)| (with_action(profile, action), p * q)).collect()
            };
            profiles = profiles.iter().flat_map(with).filter(|(_, p)| *p > 0.0).collect();
        }
        profiles
    }

    /// What a profile pays and where it leads.
    pub(crate) fn step(&self, turn: usize, state: &[usize], profile: &Profile) -> Rc<Step> {
        let key = (turn, state.to_vec(), profile.clone());
        if let Some(known) = self.steps.borrow().get(&key) {
            return Rc::clone(known);
        }
        let step =
            Rc::new(Step { pays: self.pays(turn, state, profile), next: self.next(turn, state, profile) });
        self.steps.borrow_mut().insert(key, Rc::clone(&step));
        step
    }

    fn pays(&self, turn: usize, state: &[usize], profile: &Profile) -> Vec<f64> {
        let mut pays = vec![0.0; self.scenario.actors.len()];
        for (term, amounts) in self.scenario.terms.iter().zip(&self.numbers.pays) {
            if self.holds_in(term.issue, &term.when, turn, state, profile) {
                let per = term.per.map_or(1.0, |v| self.numbers.values[v.index()][state[v.index()]]);
                for (sum, amount) in pays.iter_mut().zip(amounts) {
                    *sum += per * amount;
                }
            }
        }
        pays
    }

    /// What the state alone pays: the terms that name no move, in open issues or in none.
    pub(crate) fn standing_pays(&self, turn: usize, state: &[usize]) -> Vec<f64> {
        let mut pays = vec![0.0; self.scenario.actors.len()];
        for (term, amounts) in self.scenario.terms.iter().zip(&self.numbers.pays) {
            let names_a_move = term.when.any.iter().any(|clause| !clause.moves.is_empty());
            if !names_a_move && self.holds_in(term.issue, &term.when, turn, state, &[]) {
                let per = term.per.map_or(1.0, |v| self.numbers.values[v.index()][state[v.index()]]);
                for (sum, amount) in pays.iter_mut().zip(amounts) {
                    *sum += per * amount;
                }
            }
        }
        pays
    }

    /// Goes through every set of the effects that hold: those in it fire, the others do not.
    fn next(&self, turn: usize, state: &[usize], profile: &Profile) -> Vec<(State, f64)> {
        let effects = self.scenario.effects.iter().enumerate();
        let holding = effects
            .filter(|(_, effect)| self.holds_in(effect.issue, &effect.when, turn, state, profile))
            .map(|(number, _)| number);
        let holding: Vec<usize> = holding.collect();
        let mut next: Vec<(State, f64)> = Vec::new();
        for fired in 0..1_u32 << holding.len() {
            let (mut after, mut probability) = (state.to_vec(), 1.0);
            for (at, &effect) in holding.iter().enumerate() {
                let chance = self.numbers.chances[effect];
                if fired >> at & 1 == 1 {
                    probability *= chance;
                    self.apply(effect, &mut after);
                } else {
                    probability *= 1.0 - chance;
                }
            }
            match next.iter_mut().find(|(known, _)| *known == after) {
                _ if probability == 0.0 => {}
                Some((_, sum)) => *sum += probability,
                None => next.push((after, probability)),
            }
        }
        next
    }

    /// Lets an effect fire.
    pub(crate) fn apply(&self, effect: usize, state: &mut State) {
        for (variable, change) in &self.scenario.effects[effect].changes {
            let levels = self.scenario.variables[variable.index()].levels.len();
            let level = &mut state[variable.index()];
            *level = match change {
                Change::Set(to) => *to,
                Change::Shift(by) if *by < 0 => {
                    level.saturating_sub(usize::try_from(-by).expect("shifts are small"))
                }
                Change::Shift(by) => {
                    (*level + usize::try_from(*by).expect("shifts are small")).min(levels - 1)
                }
            };
        }
    }

    /// The outcome of a state in a classification: the first that holds, the one without a `when` last.
    pub(crate) fn outcome(&self, class: usize, state: &[usize]) -> usize {
        let outcomes = &self.scenario.classifications[class].outcomes;
        let holding = outcomes
            .iter()
            .position(|outcome| outcome.when.as_ref().is_some_and(|when| holds(when, 1, state, &[])));
        let rest = outcomes.iter().position(|outcome| outcome.when.is_none());
        holding.or(rest).expect("every classification has an outcome that catches the rest")
    }

    pub(crate) fn outcomes(&self, state: &[usize]) -> Vec<usize> {
        (0..self.scenario.classifications.len()).map(|class| self.outcome(class, state)).collect()
    }

    /// Whether a play stops where it comes to this state.
    pub(crate) fn stops(&self, state: &[usize]) -> bool {
        let outcomes = self.outcomes(state);
        self.scenario.classifications.iter().zip(outcomes).any(|(class, at)| class.outcomes[at].ends)
    }

    /// What a play that ends in this state pays at its end, not discounted and not weighted.
    pub(crate) fn outcome_pays(&self, state: &[usize]) -> Vec<f64> {
        let mut pays = vec![0.0; self.scenario.actors.len()];
        for (class, outcome) in self.outcomes(state).into_iter().enumerate() {
            for (sum, amount) in pays.iter_mut().zip(&self.numbers.outcome_pays[class][outcome]) {
                *sum += amount;
            }
        }
        pays
    }

    /// U of an actor, of payoffs u.
    pub(crate) fn weighted(&self, actor: usize, pays: &[f64]) -> f64 {
        let regard = &self.numbers.actors[actor].regard;
        let others = (0..pays.len()).filter(|&other| other != actor);
        pays[actor] + others.map(|other| regard[other] * pays[other]).sum::<f64>()
    }

    /// Whether each effect holds.
    pub(crate) fn holding_effects(&self, turn: usize, state: &[usize], profile: &Profile) -> Vec<bool> {
        let effects = self.scenario.effects.iter();
        effects.map(|effect| self.holds_in(effect.issue, &effect.when, turn, state, profile)).collect()
    }
}

/// Whether a condition holds in the state, turn and profile; no profile, no moves.
pub(crate) fn holds(when: &Condition, turn: usize, state: &[usize], profile: &[Option<usize>]) -> bool {
    when.any.iter().any(|clause| {
        clause.turns.as_ref().is_none_or(|turns| turns.contains(turn - 1))
            && clause.levels.iter().all(|(variable, levels)| levels.contains(state[variable.index()]))
            && clause.moves.iter().all(|(seat, moves)| {
                let made = profile.get(seat.index()).copied().flatten();
                made.is_some_and(|made| moves.contains(made))
            })
    })
}

/// A choice with a seat more.
fn extended(choice: &Choice, seat: usize, moves: &[(usize, f64)]) -> Choice {
    let with = |(action, p): &(Action, f64)| -> Policy {
        let longer = |made: usize| [action.as_slice(), &[(seat, made)]].concat();
        moves.iter().map(|&(made, q)| (longer(made), p * q)).collect()
    };
    choice.iter().flat_map(with).collect()
}

/// The actions of choices that are made with these probabilities.
pub(crate) fn mixed<'a>(choices: impl Iterator<Item = (&'a Choice, f64)>) -> Policy {
    choices.flat_map(|(choice, p)| choice.iter().map(move |(action, q)| (action.clone(), p * q))).collect()
}

pub(crate) fn with_action(profile: &Profile, action: &Action) -> Profile {
    let mut profile = profile.clone();
    for &(seat, made) in action {
        profile[seat] = Some(made);
    }
    profile
}
