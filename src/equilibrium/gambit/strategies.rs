//! A player's reduced strategies.

/// What to do at the information sets that one's own actions do not rule out: set, action.
pub(super) type Plan = Vec<(usize, usize)>;

/// More plans of a player who forgets are refused: they are counted by being made.
pub(super) const MOST_PLANS: usize = 100_000;

/// One of a player's information sets.
pub(super) struct OwnSet {
    /// Its number.
    pub(super) set: usize,
    pub(super) actions: usize,
    /// All that its player may have done when it gets there, at least one.
    pub(super) ways: Vec<Plan>,
}

/// All plans of a player.
pub(super) enum Plans {
    /// Of one that recalls: what it has done when it gets to a set is always the same.
    Recalling(Vec<OwnSet>),
    /// Of one that forgets.
    Forgetful(Vec<Plan>),
}

impl Plans {
    pub(super) fn recalling(sets: Vec<OwnSet>) -> Self {
        Self::Recalling(sets)
    }

    /// The plans of a player who forgets, earlier sets' actions varying slowest; `None` where they are too
    /// many.
    pub(super) fn forgetful(sets: &[OwnSet]) -> Option<Self> {
        let mut plans = Vec::new();
        let mut unfinished = vec![Plan::new()];
        while let Some(plan) = unfinished.pop() {
            let follows = |way: &Plan| way.iter().all(|done| plan.contains(done));
            let decided = |set: usize| plan.iter().any(|(known, _)| *known == set);
            let next = sets.iter().find(|own| !decided(own.set) && own.ways.iter().any(follows));
            match next {
                Some(own) => {
                    let ways =
                        (0..own.actions).rev().map(|action| [plan.as_slice(), &[(own.set, action)]].concat());
                    unfinished.extend(ways);
                }
                None if plans.len() == MOST_PLANS => return None,
                None => plans.push(plan),
            }
        }
        Some(Self::Forgetful(plans))
    }

    /// How many plans there are, saturating.
    pub(super) fn count(&self) -> usize {
        match self {
            Self::Recalling(sets) => count_after(sets, &[]),
            Self::Forgetful(plans) => plans.len(),
        }
    }

    /// All plans, earlier sets' actions varying slowest. Call it where their number is known to be small.
    pub(super) fn list(&self) -> Vec<Plan> {
        match self {
            Self::Recalling(sets) => list_after(sets, &[]),
            Self::Forgetful(plans) => plans.clone(),
        }
    }
}

fn after<'s>(sets: &'s [OwnSet], history: &'s [(usize, usize)]) -> impl Iterator<Item = (usize, usize)> + 's {
    let there = move |own: &&OwnSet| own.ways.iter().any(|way| way == history);
    sets.iter().filter(there).map(|own| (own.set, own.actions))
}

fn count_after(sets: &[OwnSet], history: &[(usize, usize)]) -> usize {
    let product = |product: usize, (set, actions): (usize, usize)| {
        let ways = (0..actions).map(|action| count_after(sets, &[history, &[(set, action)]].concat()));
        product.saturating_mul(ways.fold(0, usize::saturating_add))
    };
    after(sets, history).fold(1, product)
}

fn list_after(sets: &[OwnSet], history: &[(usize, usize)]) -> Vec<Plan> {
    let mut plans: Vec<Plan> = vec![Vec::new()];
    for (set, actions) in after(sets, history) {
        let ways: Vec<Plan> = (0..actions)
            .flat_map(|action| {
                let behind = list_after(sets, &[history, &[(set, action)]].concat());
                behind.into_iter().map(move |plan| [&[(set, action)], plan.as_slice()].concat())
            })
            .collect();
        plans =
            plans.iter().flat_map(|plan| ways.iter().map(|way| [plan.as_slice(), way].concat())).collect();
    }
    plans
}
