//! Samples with known means, and the coverage of intervals over many of them: for tests only.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::Estimate;
use crate::math;

/// How many data sets a coverage is measured on; its own standard error is then half a percent.
const DATA_SETS: u64 = 2_000;

/// A source of samples.
pub(super) struct Sampler(ChaCha8Rng);

impl Sampler {
    /// Uniform in the open interval from 0 to 1.
    pub(super) fn uniform(&mut self) -> f64 {
        (f64::from(self.0.next_u32()) + 0.5) / 4_294_967_296.0
    }

    /// 1 with the chance, else 0.
    pub(super) fn indicator(&mut self, chance: f64) -> f64 {
        f64::from(u8::from(self.uniform() < chance))
    }

    /// Successes among `trials`, by inversion.
    pub(super) fn binomial(&mut self, trials: u32, chance: f64) -> f64 {
        if chance > 0.5 {
            return f64::from(trials) - self.binomial(trials, 1.0 - chance);
        }
        let (odds, mut left) = (chance / (1.0 - chance), self.uniform());
        let mut probability = math::pow(1.0 - chance, f64::from(trials));
        let mut successes = 0;
        while left > probability && successes < trials {
            left -= probability;
            probability *= odds * f64::from(trials - successes) / f64::from(successes + 1);
            successes += 1;
        }
        f64::from(successes)
    }

    /// A Poisson count, by inversion.
    pub(super) fn poisson(&mut self, mean: f64) -> f64 {
        let (mut left, mut probability, mut count) = (self.uniform(), math::exp(-mean), 0.0);
        while left > probability && count < 1000.0 {
            left -= probability;
            count += 1.0;
            probability *= mean / count;
        }
        count
    }

    /// Standard normal, by Box and Muller (1958).
    pub(super) fn normal(&mut self) -> f64 {
        let (radius, angle) = ((-2.0 * math::ln(self.uniform())).sqrt(), self.uniform());
        radius * libm::cos(angle * std::f64::consts::TAU)
    }

    /// Gamma with the shape, scale 1, by Marsaglia and Tsang (2000).
    pub(super) fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            return self.gamma(shape + 1.0) * math::pow(self.uniform(), 1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        loop {
            let normal = self.normal();
            let root = 1.0 + normal / (9.0 * d).sqrt();
            let cube = root * root * root;
            if cube > 0.0
                && math::ln(self.uniform()) < 0.5 * normal * normal + d * (1.0 - cube + math::ln(cube))
            {
                return d * cube;
            }
        }
    }

    /// Beta, with mean `a / (a + b)`.
    pub(super) fn beta(&mut self, a: f64, b: f64) -> f64 {
        let (first, second) = (self.gamma(a), self.gamma(b));
        if first > 0.0 { first / (first + second) } else { 0.0 }
    }
}

/// The share of data sets whose interval contains `truth`.
pub(super) fn coverage(truth: f64, mut interval: impl FnMut(&mut Sampler) -> Estimate) -> f64 {
    let mut covered = 0_u32;
    for data_set in 0..DATA_SETS {
        let mut generator = ChaCha8Rng::seed_from_u64(1927);
        generator.set_stream(data_set);
        let estimate = interval(&mut Sampler(generator));
        assert!(estimate.low <= estimate.value && estimate.value <= estimate.high, "{estimate:?}");
        assert!(estimate.low < estimate.high, "no width: {estimate:?}");
        covered += u32::from(estimate.low <= truth && truth <= estimate.high);
    }
    f64::from(covered) / 2_000.0
}

mod coverage_of {
    use super::*;
    use crate::stats::{
        Critical, Pair, PairedMoments, PairedProducts, ProductMoments, RatioMoments, binomial, count,
        proportion,
    };

    /// 2,000 data sets: the share's own error is half a per cent.
    #[track_caller]
    fn covers(truth: f64, least: f64, interval: impl FnMut(&mut Sampler) -> Estimate) {
        let found = coverage(truth, interval);
        assert!((least..=1.0).contains(&found), "{found} of the intervals hold {truth}");
    }

    /// The same where nothing is rare: nor may they be too long.
    #[track_caller]
    fn covers_closely(truth: f64, interval: impl FnMut(&mut Sampler) -> Estimate) {
        let found = coverage(truth, interval);
        assert!((0.94..=0.96).contains(&found), "{found} of the intervals hold {truth}");
    }

    #[test]
    fn shares_of_plays() {
        for (chance, least) in [(0.3, 0.935), (0.02, 0.93), (0.001, 0.93), (0.999, 0.93)] {
            covers(chance, least, |s| {
                let hits = s.binomial(1000, chance);
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
                binomial(hits as u64, 1000).expect("there were plays")
            });
        }
    }

    /// The probability that the intervals of so many plays hold the chance, and that of the opposite its own,
    /// summed over all that can happen.
    fn exact_coverage(chance: f64, plays: u32) -> f64 {
        let mut probability = math::pow(1.0 - chance, f64::from(plays));
        let mut covered = 0.0;
        for successes in 0..=plays {
            let holds = |successes: u32, chance: f64| {
                let estimate = binomial(u64::from(successes), u64::from(plays)).expect("there were plays");
                estimate.low <= chance && chance <= estimate.high
            };
            if holds(successes, chance) && holds(plays - successes, 1.0 - chance) {
                covered += probability;
            }
            probability *= chance / (1.0 - chance) * f64::from(plays - successes) / f64::from(successes + 1);
        }
        covered
    }

    /// Wilson's interval alone holds 0.17 / 1000 in 84 samples of a hundred; Brown, Cai and `DasGupta` (2001)
    /// mend that.
    #[test]
    fn shares_of_plays_however_small() {
        for step in 1..=400 {
            let chance = f64::from(step) * 2e-5;
            let found = exact_coverage(chance, 1000);
            assert!(found > 0.925, "{found} of the intervals hold {chance}");
        }
    }

    #[test]
    fn shares_over_draws_that_differ() {
        for (a, b) in [(2.0, 3.0), (1.0, 9.0), (0.5, 20.0)] {
            covers(a / (a + b), 0.93, |s| {
                let mut draws = RatioMoments::default();
                for _ in 0..50 {
                    let chance = s.beta(a, b);
                    draws.push(s.binomial(100, chance), 100.0);
                }
                proportion(&draws, 5000, Critical::for_draws(50)).expect("there were plays")
            });
        }
    }

    #[test]
    fn rare_counts() {
        covers(0.01, 0.93, |s| {
            let mut plays = RatioMoments::default();
            for _ in 0..1000 {
                plays.push(s.poisson(0.01), 1.0);
            }
            count(&plays, 12.0, Critical::normal()).expect("there were plays")
        });
    }

    #[test]
    fn differences_of_shares_on_the_same_plays() {
        covers(0.02, 0.935, |s| {
            let mut pairs = PairedMoments::default();
            for _ in 0..500 {
                let both = s.indicator(0.4);
                let more = if both == 0.0 { s.indicator(0.02 / 0.6) } else { 0.0 };
                pairs.push((both + more, 1.0), (both, 1.0));
            }
            pairs.difference_of_shares(Critical::normal()).expect("there were plays")
        });
    }

    /// Hits over the tries for each open play; all of them are linked: hits and tries need an open play, and two
    /// hits are a try more.
    fn linked(s: &mut Sampler, chance: f64) -> [Pair; 2] {
        let open = s.indicator(0.6);
        let hits = open * s.binomial(3, chance);
        let tries = open * s.binomial(2, 0.2) + f64::from(u8::from(hits > 1.0));
        [(hits, tries), (open, 1.0)]
    }

    /// Means of hits, tries and open, by hand: three independent trials have two hits or more with `more`.
    fn linked_truth(chance: f64) -> f64 {
        let more = 3.0 * chance * chance * (1.0 - chance) + chance * chance * chance;
        0.6 * 3.0 * chance / (0.6 * (0.4 + more)) * 0.6
    }

    #[test]
    fn ratios_of_ratios() {
        covers_closely(linked_truth(0.4), |s| {
            let mut plays = ProductMoments::new(2);
            for _ in 0..500 {
                plays.push(&linked(s, 0.4));
            }
            let farthest = [(1500.0, 1500.0), (500.0, 0.0)];
            plays.estimate(&farthest, Critical::normal()).expect("there were tries")
        });
    }

    #[test]
    fn ratios_of_ratios_over_draws_that_differ() {
        // Every draw has its chance: of 0.2 or 0.6, so that means are halfway between.
        let means = |of: fn(f64) -> f64| of(0.2).midpoint(of(0.6));
        let more = means(|chance| 3.0 * chance * chance * (1.0 - chance) + chance * chance * chance);
        covers_closely(means(|chance| 3.0 * chance) / (0.4 + more) * 0.6, |s| {
            let mut draws = ProductMoments::new(2);
            for _ in 0..50 {
                let chance = if s.indicator(0.5) > 0.0 { 0.2 } else { 0.6 };
                let mut draw = ProductMoments::new(2);
                for _ in 0..20 {
                    draw.push(&linked(s, chance));
                }
                draws.push(&draw.sums());
            }
            let farthest = [(3000.0, 3000.0), (1000.0, 0.0)];
            draws.estimate(&farthest, Critical::for_draws(50)).expect("there were tries")
        });
    }

    #[test]
    fn differences_of_ratios_of_ratios_on_the_same_plays() {
        covers_closely(linked_truth(0.4) - 0.4 / 0.6, |s| {
            let mut pairs = PairedProducts::new(2, 1);
            for _ in 0..500 {
                let [ratio, open] = linked(s, 0.4);
                pairs.push(&[ratio, open], &[(open.0 * s.indicator(0.4 / 0.6), open.0)]);
            }
            let farthest = [(1500.0, 1500.0), (500.0, 0.0)];
            pairs.difference(&farthest, &[(500.0, 0.0)], Critical::normal()).expect("there were tries")
        });
    }
}
