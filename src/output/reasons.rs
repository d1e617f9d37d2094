//! Reasons and names, as sentences want them.

use crate::scenario::{Notes, Reason, Scenario};

/// The reasons of a thing: `c2: Taking part secures a role; assumed: ...`; empty where there are none.
#[must_use]
pub(crate) fn reasons(scenario: &Scenario, notes: &Notes) -> String {
    let said = notes.because.reasons.iter().map(|reason| match reason {
        Reason::Claim(claim) => format!("{}: {}", scenario.claims[*claim].id, scenario.claims[*claim].text),
        Reason::Text(text) => text.clone(),
    });
    said.collect::<Vec<_>>().join("; ")
}

/// The same, claims by their ids alone: `c2; assumed: ...`.
#[must_use]
pub(crate) fn short_reasons(scenario: &Scenario, notes: &Notes) -> String {
    let said = notes.because.reasons.iter().map(|reason| match reason {
        Reason::Claim(claim) => scenario.claims[*claim].id.as_str(),
        Reason::Text(text) => text.as_str(),
    });
    said.collect::<Vec<_>>().join("; ")
}

/// The claims that these things cite, in the scenario's order.
pub(crate) fn cited<'n>(notes: impl Iterator<Item = &'n Notes>) -> Vec<usize> {
    let claims = notes.flat_map(|notes| &notes.because.reasons).filter_map(|reason| match reason {
        Reason::Claim(claim) => Some(*claim),
        Reason::Text(_) => None,
    });
    let mut claims: Vec<usize> = claims.collect();
    claims.sort_unstable();
    claims.dedup();
    claims
}

/// `peacekeeping offer` for one seat's move.
#[must_use]
pub(crate) fn moves(scenario: &Scenario, seats: &[usize], made: &[Option<usize>]) -> String {
    let named = seats.iter().zip(made).filter_map(|(&seat, made)| {
        let seat = &scenario.seats[seat];
        let issue = &scenario.issues[seat.issue.index()].id;
        made.map(|made| format!("{issue} {}", seat.moves[made].id))
    });
    let text = named.collect::<Vec<_>>().join(" + ");
    if text.is_empty() { "nothing: every issue is closed".to_owned() } else { text }
}

/// `force = none, fighting = war`
#[must_use]
pub(crate) fn state(scenario: &Scenario, levels: &[usize]) -> String {
    let named = scenario.variables.iter().zip(levels);
    named.map(|(v, &level)| format!("{} = {}", v.id, v.levels[level])).collect::<Vec<_>>().join(", ")
}
