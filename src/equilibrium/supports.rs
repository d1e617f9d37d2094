//! What can be played in an equilibrium of two players: by contradiction.
//!
//! Whoever plays a strategy that another is never worse than knows that what makes the other better is not played.
//! Where that leaves the other player nothing, the strategy is in no equilibrium, though nothing dominates it
//! strictly: so all claims of a traveller's dilemma go, from the highest down, but for the lowest. The tests are among
//! those by which Porter, Nudelman and Shoham (2008, Simple search methods for finding a Nash equilibrium, Games and
//! Economic Behavior 63(2), 642-662) prune supports.

/// The payoffs of two players, each by its own strategy and then the other's.
pub(super) struct Pair {
    pub(super) payoffs: [Vec<Vec<f64>>; 2],
    /// Payoffs that differ by no more are equal.
    pub(super) same: [f64; 2],
}

/// Which strategies may be played, and which are.
#[derive(Clone)]
struct Supports {
    may: [Vec<bool>; 2],
    must: [Vec<bool>; 2],
}

/// A strategy is supposed to be played that is not.
struct Contradiction;

impl Pair {
    /// Each player's strategies that are not shown to be outside the support of every equilibrium; those of every
    /// equilibrium are among them. O(strategies^5) at worst, and mostly O(strategies^3).
    pub(super) fn playable(&self) -> [Vec<usize>; 2] {
        let mut may = [0, 1].map(|player| vec![true; self.payoffs[player].len()]);
        let mut changed = true;
        while changed {
            changed = false;
            for player in [0, 1] {
                for strategy in 0..may[player].len() {
                    if may[player][strategy] && self.contradicts(&may, player, strategy) {
                        may[player][strategy] = false;
                        changed = true;
                    }
                }
            }
        }
        may.map(|own| (0..own.len()).filter(|&strategy| own[strategy]).collect())
    }

    /// Whether no equilibrium in what may be played has this strategy in its support.
    fn contradicts(&self, may: &[Vec<bool>; 2], player: usize, strategy: usize) -> bool {
        let must = [0, 1].map(|player| vec![false; self.payoffs[player].len()]);
        let mut supports = Supports { may: may.clone(), must };
        supports.must[player][strategy] = true;
        loop {
            match self.narrow(&mut supports) {
                Err(Contradiction) => return true,
                Ok(false) => return false,
                Ok(true) => {}
            }
        }
    }

    /// Takes out what cannot be played with what must be; whether there was any.
    fn narrow(&self, supports: &mut Supports) -> Result<bool, Contradiction> {
        let mut changed = false;
        for player in [0, 1] {
            let played: Vec<usize> =
                (0..supports.must[player].len()).filter(|&s| supports.must[player][s]).collect();
            for strategy in played {
                for other in 0..supports.may[player].len() {
                    let Some(better) = self.better(player, other, strategy, &supports.may[1 - player]) else {
                        continue;
                    };
                    for column in better {
                        if supports.must[1 - player][column] {
                            return Err(Contradiction);
                        }
                        supports.may[1 - player][column] = false;
                        changed = true;
                    }
                }
            }
            let mut left = (0..supports.may[1 - player].len()).filter(|&s| supports.may[1 - player][s]);
            match (left.next(), left.next()) {
                (None, _) => return Err(Contradiction),
                (Some(only), None) if !supports.must[1 - player][only] => {
                    supports.must[1 - player][only] = true;
                    changed = true;
                }
                _ => {}
            }
        }
        Ok(changed)
    }

    /// What the other player may do that makes a strategy better than another; `None` where something makes it worse.
    fn better(&self, player: usize, strategy: usize, than: usize, may: &[bool]) -> Option<Vec<usize>> {
        let (own, that) = (&self.payoffs[player][strategy], &self.payoffs[player][than]);
        let mut better = Vec::new();
        for column in (0..may.len()).filter(|&column| may[column]) {
            let gain = own[column] - that[column];
            if gain < -self.same[player] {
                return None;
            }
            if gain > self.same[player] {
                better.push(column);
            }
        }
        Some(better)
    }
}

#[cfg(test)]
mod tests {
    use super::Pair;

    /// The same game for both.
    fn symmetric(payoffs: &[Vec<f64>]) -> Pair {
        Pair { payoffs: [payoffs.to_vec(), payoffs.to_vec()], same: [0.0; 2] }
    }

    #[test]
    fn a_travellers_dilemma_leaves_the_lowest_claim() {
        let pay = |own: i32, other: i32| f64::from(own.min(other) + 5 * (other - own).signum());
        let claims = || (180..=300).step_by(4);
        let rows: Vec<Vec<f64>> =
            claims().map(|own| claims().map(|other| pay(own, other)).collect()).collect();
        assert_eq!(symmetric(&rows).playable(), [vec![0], vec![0]]);
    }

    #[test]
    fn what_is_in_an_equilibrium_stays() {
        let pennies = Pair {
            payoffs: [vec![vec![1.0, 0.0], vec![0.0, 1.0]], vec![vec![0.0, 1.0], vec![1.0, 0.0]]],
            same: [0.0; 2],
        };
        assert_eq!(pennies.playable(), [vec![0, 1], vec![0, 1]]);
        let hunt = symmetric(&[vec![4.0, 0.0], vec![3.0, 2.0]]);
        assert_eq!(hunt.playable(), [vec![0, 1], vec![0, 1]]);
        let dilemma = symmetric(&[vec![3.0, 0.0], vec![5.0, 1.0]]);
        assert_eq!(dilemma.playable(), [vec![1], vec![1]]);
    }
}
