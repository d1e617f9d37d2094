//! A player's reduced strategies in a game of perfect recall.

/// What to do at the information sets that one's own actions do not rule out: set, action.
pub(super) type Plan = Vec<(usize, usize)>;

/// The information sets of one player: number, actions, what it has done when it gets there.
pub(super) struct Plans {
    sets: Vec<(usize, usize, Plan)>,
}

impl Plans {
    pub(super) fn new(sets: Vec<(usize, usize, Plan)>) -> Self {
        Self { sets }
    }

    /// How many plans there are, saturating.
    pub(super) fn count(&self) -> usize {
        self.count_after(&[])
    }

    fn after<'s>(&'s self, history: &'s [(usize, usize)]) -> impl Iterator<Item = (usize, usize)> + 's {
        self.sets.iter().filter(move |(.., own)| own == history).map(|(set, actions, _)| (*set, *actions))
    }

    fn count_after(&self, history: &[(usize, usize)]) -> usize {
        let product = |product: usize, (set, actions): (usize, usize)| {
            let ways = (0..actions).map(|action| self.count_after(&[history, &[(set, action)]].concat()));
            product.saturating_mul(ways.fold(0, usize::saturating_add))
        };
        self.after(history).fold(1, product)
    }

    /// All plans, earlier sets' actions varying slowest. Call it where their number is known to be small.
    pub(super) fn list(&self) -> Vec<Plan> {
        self.list_after(&[])
    }

    fn list_after(&self, history: &[(usize, usize)]) -> Vec<Plan> {
        let mut plans: Vec<Plan> = vec![Vec::new()];
        for (set, actions) in self.after(history) {
            let ways: Vec<Plan> = (0..actions)
                .flat_map(|action| {
                    let behind = self.list_after(&[history, &[(set, action)]].concat());
                    behind.into_iter().map(move |plan| [&[(set, action)], plan.as_slice()].concat())
                })
                .collect();
            plans = plans
                .iter()
                .flat_map(|plan| ways.iter().map(|way| [plan.as_slice(), way].concat()))
                .collect();
        }
        plans
    }
}
