//! The stage game of a state: what everybody can do in one turn, and what every combination pays.

use serde::{Deserialize, Serialize};

use super::error::StudyError;
use super::prepare::Prepared;
use super::situation::Situation;
use crate::agents::{Policies, StageContinuation};
use crate::equilibrium::{FormError, MOST_NUMBERS, NormalForm, Player, Rational};
use crate::game::{Blueprint, Menu, MenuId, SeatStatus, at_levels, in_turn};
use crate::scenario::{
    ActorId, Expression, IdVec, IssueId, Levels, Made, Notes, Numbers, Scenario, SeatId, TermId,
};

/// The stage game of a state, in parts that do not bear on each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    /// The parts: issues that a payoff term (or what comes after) ties together.
    pub games: Vec<StageGame>,
    /// What the turn pays each actor whatever is done, in payoff units, weighted by regard, where it is in no game's
    /// payoffs, because there are several: actors with amounts other than 0.
    pub alike: Vec<(usize, f64)>,
    /// Whether payoffs have in them what comes after.
    pub continuation: bool,
}

/// A part of a stage game.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StageGame {
    /// Its issues.
    pub issues: Vec<usize>,
    /// For each player, its actor.
    pub actors: Vec<usize>,
    /// For each player, the seats in which the script draws its move: payoffs are means over the script.
    pub scripted: Vec<Vec<usize>>,
    /// The game. Payoffs are U: an actor's own and, as far as it regards them, the others'.
    pub form: NormalForm,
}

/// What a stage game is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageRequest {
    /// Whether all open issues make one game, though they may not bear on each other.
    pub whole: bool,
    /// Only the part in which this issue is.
    pub issue: Option<IssueId>,
    /// Whether what comes after is added: discounted, at the depth at which the actors look ahead, as they
    /// expect it at their own levels; as far as it depends on what is done.
    pub continuation: bool,
    /// Whether strategies are called by the titles of moves and issues, rather than by their ids.
    pub titled: bool,
}

/// The stage game of a situation.
///
/// # Errors
/// If no issue is open there, or the game is too large; otherwise see [`StudyError`].
pub fn stage(
    prepared: &Prepared<'_>,
    situation: &Situation,
    request: StageRequest,
) -> Result<Stage, StudyError> {
    let (scenario, turn) = (prepared.scenario, situation.turn);
    let levels = &Levels::from_numbers(&situation.levels);
    let numbers = situation.numbers(prepared)?;
    let policies = request.continuation.then(|| Policies::new(&prepared.game, &numbers));
    let blueprint = &prepared.game.blueprint;
    let seats = blueprint.seats.iter().map(|seat| SeatStatus::of(seat, levels, turn));
    let after = policies.as_ref().map(|policies| policies.after(levels, turn));
    let titled = request.titled;
    let laying = Laying {
        scenario,
        blueprint,
        numbers: &numbers,
        levels,
        turn,
        seats: seats.collect(),
        after,
        titled,
    };
    laying.stage(request)
}

/// A stage game that is being laid out.
struct Laying<'a> {
    scenario: &'a Scenario,
    blueprint: &'a Blueprint,
    numbers: &'a Numbers,
    levels: &'a Levels,
    turn: usize,
    seats: IdVec<SeatId, SeatStatus>,
    after: Option<StageContinuation<'a>>,
    titled: bool,
}

/// One player: its actor, its seats, what it can do in them.
struct Chooser {
    actor: ActorId,
    seats: Vec<SeatId>,
    menu: Menu,
    /// The probability of what each option has in drawn seats.
    script: Vec<f64>,
}

impl Laying<'_> {
    fn stage(&self, request: StageRequest) -> Result<Stage, StudyError> {
        let mut groups = self.groups(request.whole);
        if groups.is_empty() {
            return Err(StudyError::Closed);
        }
        let (live, alike) = self.terms();
        let several = groups.len() > 1;
        if let Some(issue) = request.issue {
            groups.retain(|group| group.contains(&issue.index()));
        }
        let games: Result<Vec<StageGame>, StudyError> = groups
            .into_iter()
            .map(|group| self.game(group, &live, if several { &[] } else { &alike }))
            .collect();
        let games = games?;
        if games.is_empty() {
            return Err(StudyError::Closed);
        }
        let mut paid = vec![0.0; self.blueprint.actors.len()];
        if several {
            self.add(&alike, &mut paid);
        }
        let alike = paid.into_iter().enumerate().filter(|(_, amount)| *amount != 0.0).collect();
        Ok(Stage { games, alike, continuation: self.after.is_some() })
    }

    /// The terms that can hold here: those that name moves, and those that pay whatever is done.
    fn terms(&self) -> (Vec<TermId>, Vec<TermId>) {
        let here = |&term: &TermId| {
            let mut clauses = self.blueprint.terms[term].clauses.iter();
            clauses.any(|clause| in_turn(clause, self.turn) && at_levels(clause, self.levels))
        };
        let live = self.blueprint.terms.ids().filter(here);
        live.partition(|&term| self.blueprint.terms[term].names_moves)
    }

    /// The open issues, in groups that do not bear on each other.
    fn groups(&self, whole: bool) -> Vec<Vec<usize>> {
        let issue_of = |seat: SeatId| self.scenario.seats[seat.index()].issue.index();
        let open = |&issue: &usize| {
            self.scenario.issues[issue].seats.iter().any(|s| self.seats[*s] != SeatStatus::Closed)
        };
        let mut groups: Vec<Vec<usize>> =
            (0..self.scenario.issues.len()).filter(open).map(|issue| vec![issue]).collect();
        let mut join = |seats: &[SeatId]| {
            let tied = |group: &Vec<usize>| seats.iter().any(|&seat| group.contains(&issue_of(seat)));
            let Some(first) = groups.iter().position(tied) else { return };
            for later in (first + 1..groups.len()).rev() {
                if tied(&groups[later]) {
                    let group = groups.remove(later);
                    groups[first].extend(group);
                }
            }
            groups[first].sort_unstable();
        };
        for term in self.terms().0 {
            let clauses = self.blueprint.terms[term].clauses.iter();
            let here = clauses.filter(|clause| in_turn(clause, self.turn) && at_levels(clause, self.levels));
            let named: Vec<SeatId> = here.flat_map(|clause| &clause.moves).map(|(s, _)| *s).collect();
            join(&named);
        }
        self.after.iter().flat_map(StageContinuation::groups).for_each(|seats| join(&seats));
        if whole && !groups.is_empty() { vec![groups.concat()] } else { groups }
    }

    fn game(&self, issues: Vec<usize>, live: &[TermId], alike: &[TermId]) -> Result<StageGame, StudyError> {
        let choosers = self.choosers(&issues)?;
        let ours: Vec<SeatId> = choosers.iter().flat_map(|chooser| chooser.seats.clone()).collect();
        let names_ours = |&term: &TermId| {
            let clauses = self.blueprint.terms[term].clauses.iter();
            clauses.flat_map(|clause| &clause.moves).any(|(seat, _)| ours.contains(seat))
        };
        let terms: Vec<TermId> =
            live.iter().copied().filter(names_ours).chain(alike.iter().copied()).collect();
        let payoffs = self.payoffs(&choosers, &terms, &ours);
        let written = self.written(&choosers, &terms);
        let drawn = |chooser: &Chooser| -> Vec<usize> {
            let seats = chooser.seats.iter();
            let drawn = seats.filter(|&&seat| matches!(self.seats[seat], SeatStatus::Drawn(_)));
            drawn.map(|seat| seat.index()).collect()
        };
        let players = choosers.iter().map(|chooser| self.player(chooser)).collect();
        Ok(StageGame {
            issues,
            actors: choosers.iter().map(|chooser| chooser.actor.index()).collect(),
            scripted: choosers.iter().map(drawn).collect(),
            form: NormalForm::partly_written(&self.scenario.title, players, &payoffs, |at| {
                written.get(at).cloned().flatten()
            })?,
        })
    }

    /// The actors that have an open seat in these issues.
    fn choosers(&self, issues: &[usize]) -> Result<Vec<Chooser>, StudyError> {
        let mut choosers: Vec<(ActorId, Vec<SeatId>)> = Vec::new();
        for (seat, status) in self.seats.numbered() {
            let issue = self.scenario.seats[seat.index()].issue.index();
            if *status == SeatStatus::Closed || !issues.contains(&issue) {
                continue;
            }
            let actor = self.blueprint.seats[seat].actor;
            match choosers.iter_mut().find(|(known, _)| *known == actor) {
                Some((_, seats)) => seats.push(seat),
                None => choosers.push((actor, vec![seat])),
            }
        }
        choosers.sort_unstable();
        let options = choosers.iter().flat_map(|(_, seats)| seats).map(|&seat| match &self.seats[seat] {
            SeatStatus::Closed => 1,
            SeatStatus::Free(moves) | SeatStatus::Drawn(moves) => moves.len() as u128,
        });
        let all = options.fold(choosers.len() as u128, u128::saturating_mul);
        if all > MOST_NUMBERS as u128 {
            return Err(FormError::Payoffs(all).into());
        }
        Ok(choosers.into_iter().map(|(actor, seats)| self.chooser(actor, seats)).collect())
    }

    fn chooser(&self, actor: ActorId, seats: Vec<SeatId>) -> Chooser {
        let statuses = seats.iter().map(|&seat| self.seats[seat].clone()).collect();
        let moves: Vec<usize> = seats.iter().map(|&seat| self.blueprint.seats[seat].moves).collect();
        let menu = Menu::new(MenuId::new(0), statuses, &moves);
        let mut script = vec![1.0; menu.len()];
        for (at, &seat) in seats.iter().enumerate() {
            let SeatStatus::Drawn(drawn) = &self.seats[seat] else { continue };
            let weights = &self.numbers.script[seat.index()];
            let sum: f64 = drawn.iter().map(|made| weights[made.index()]).sum();
            #[expect(clippy::cast_precision_loss, reason = "moves are few")]
            let alike = 1.0 / drawn.len() as f64;
            for (chance, option) in script.iter_mut().zip(&menu.options) {
                *chance *= option[at]
                    .map_or(1.0, |made| if sum > 0.0 { weights[made.index()] / sum } else { alike });
            }
        }
        Chooser { actor, seats, menu, script }
    }

    /// What every combination of choices pays every player: `payoffs[profile * players + player]`.
    fn payoffs(&self, choosers: &[Chooser], terms: &[TermId], seats: &[SeatId]) -> Vec<f64> {
        let players = choosers.len();
        let profiles: usize = choosers.iter().map(|chooser| chooser.menu.choices).product();
        let mut payoffs = vec![0.0; profiles * players];
        let mut made = Made::filled(None, self.seats.len());
        let mut paid = vec![0.0; self.blueprint.actors.len()];
        let combinations: usize = choosers.iter().map(|chooser| chooser.menu.len()).product();
        for combination in 0..combinations {
            let (profile, chance) = play(choosers, combination, &mut made);
            paid.fill(0.0);
            self.add(&self.holding(terms, &made), &mut paid);
            if let Some(after) = &self.after {
                for (sum, worth) in paid.iter_mut().zip(after.of(&made, seats)) {
                    *sum += worth;
                }
            }
            let row = payoffs[profile * players..][..players].iter_mut();
            row.zip(choosers).for_each(|(sum, chooser)| *sum += chance * paid[chooser.actor.index()]);
        }
        payoffs
    }

    /// The terms that hold where these moves are made.
    fn holding(&self, terms: &[TermId], made: &Made) -> Vec<TermId> {
        let holds = |&term: &TermId| self.blueprint.terms[term].holds_after(self.levels, made, self.turn);
        terms.iter().copied().filter(holds).collect()
    }

    /// The payoffs that are a single number of the scenario, exactly as it is written there, by their place;
    /// nothing where payoffs are means over a script or have in them what comes after.
    fn written(&self, choosers: &[Chooser], terms: &[TermId]) -> Vec<Option<Rational>> {
        let scripted = choosers.iter().any(|chooser| chooser.menu.len() != chooser.menu.choices);
        if self.after.is_some() || scripted {
            return Vec::new();
        }
        let profiles: usize = choosers.iter().map(|chooser| chooser.menu.choices).product();
        let mut written = vec![None; profiles * choosers.len()];
        let mut made = Made::filled(None, self.seats.len());
        for combination in 0..profiles {
            let (profile, _) = play(choosers, combination, &mut made);
            let holding = self.holding(terms, &made);
            for (player, chooser) in choosers.iter().enumerate() {
                let regard = &self.numbers.actors[chooser.actor.index()].regard;
                let pays = |&&term: &&TermId| {
                    let pays = self.numbers.pays_of(term);
                    pays[chooser.actor.index()] != 0.0
                        || regard.iter().zip(pays).any(|(r, pay)| r * pay != 0.0)
                };
                let mut paying = holding.iter().filter(pays);
                if let (Some(&term), None) = (paying.next(), paying.next()) {
                    written[profile * choosers.len() + player] = self.as_written(term, chooser.actor);
                }
            }
        }
        written
    }

    /// What a term pays an actor, where that is a number or a fraction of numbers, and nothing is done to it.
    fn as_written(&self, term: TermId, actor: ActorId) -> Option<Rational> {
        let stated = &self.scenario.terms[term.index()];
        let pays = self.numbers.pays_of(term);
        let paid = pays[actor.index()];
        let regards = self.numbers.actors[actor.index()].regard.iter().zip(pays);
        if stated.per.is_some() || regards.map(|(r, pay)| r * pay).any(|pay| pay != 0.0) {
            return None;
        }
        let (_, amount) = stated.pays.iter().find(|(id, _)| *id == actor)?;
        // A number that was set in another way is not the one that is written.
        literal(&amount.expression).filter(|exact| exact.value().to_bits() == paid.to_bits())
    }

    /// Adds what terms pay, weighted by regard, to each actor's sum.
    fn add(&self, terms: &[TermId], sums: &mut [f64]) {
        for &term in terms {
            let per = self.blueprint.terms[term].per.map_or(1.0, |v| self.numbers.value(v, self.levels[v]));
            let pays = self.numbers.pays_of(term);
            for (actor, sum) in sums.iter_mut().enumerate() {
                let regard = self.numbers.actors[actor].regard.iter().zip(pays).map(|(r, pay)| r * pay);
                *sum += per * (pays[actor] + regard.sum::<f64>());
            }
        }
    }

    /// The title of something, where titles are wanted and it has one, or its id.
    fn called<'n>(&self, notes: &'n Notes, id: &'n str) -> &'n str {
        notes.title.as_deref().filter(|_| self.titled).unwrap_or(id)
    }

    /// A player with the names of its choices: a move, or `issue.move` for each issue in which it chooses; or
    /// their titles.
    fn player(&self, chooser: &Chooser) -> Player {
        let free: Vec<usize> = (0..chooser.seats.len())
            .filter(|&at| matches!(self.seats[chooser.seats[at]], SeatStatus::Free(_)))
            .collect();
        let mut strategies = vec![String::new(); chooser.menu.choices];
        for (option, &choice) in chooser.menu.options.iter().zip(&chooser.menu.choice_of) {
            let moves = free.iter().filter_map(|&at| {
                let seat = &self.scenario.seats[chooser.seats[at].index()];
                let made = &seat.moves[option[at]?.index()];
                let issue = &self.scenario.issues[seat.issue.index()];
                let (made, issue) =
                    (self.called(&made.notes, &made.id), self.called(&issue.notes, &issue.id));
                let joint = if self.titled { ": " } else { "." };
                Some(if free.len() == 1 { made.to_owned() } else { format!("{issue}{joint}{made}") })
            });
            strategies[choice] = moves.collect::<Vec<_>>().join(if self.titled { ", " } else { " " });
        }
        if free.is_empty() {
            strategies = vec!["scripted".to_owned()];
        }
        Player { name: self.scenario.actors[chooser.actor.index()].name.clone(), strategies }
    }
}

/// Makes the moves of a combination of options; gives the profile of choices that it belongs to, and the
/// probability of what the script draws in it.
fn play(choosers: &[Chooser], combination: usize, made: &mut Made) -> (usize, f64) {
    let (mut rest, mut profile, mut stride, mut chance) = (combination, 0, 1, 1.0);
    for chooser in choosers.iter().rev() {
        let option = rest % chooser.menu.len();
        rest /= chooser.menu.len();
        profile += chooser.menu.choice_of[option] * stride;
        stride *= chooser.menu.choices;
        chance *= chooser.script[option];
        for (seat, chosen) in chooser.seats.iter().zip(&chooser.menu.options[option]) {
            made[*seat] = *chosen;
        }
    }
    (profile, chance)
}

/// A number, or a fraction of two, as it is written.
fn literal(expression: &Expression) -> Option<Rational> {
    match expression {
        Expression::Number(number) => Some(Rational::written(*number)),
        Expression::Negative(inner) => literal(inner).map(|number| number.negated()),
        Expression::Quotient(above, below) => literal(above)?.over(&literal(below)?),
        _ => None,
    }
}
