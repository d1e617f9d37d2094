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

#[cfg(test)]
mod explore {
    use super::*;
    use crate::stats::*;
    fn rep(name: &str, truth: f64, mut f: impl FnMut(&mut Sampler) -> Estimate) {
        let mut w = 0.0;
        let mut below = 0;
        let mut above = 0;
        let c = coverage(truth, |s| {
            let e = f(s);
            w += e.high - e.low;
            below += u32::from(e.high < truth);
            above += u32::from(e.low > truth);
            e
        });
        println!(
            "{name:40} {:.2}%  width/truth {:.3} width {:.5} low-miss {below} high-miss {above}",
            c * 100.0,
            w / 2000.0 / truth.abs(),
            w / 2000.0
        );
    }
    #[test]
    fn explore() {
        for d in [2, 5, 20, 50, 100] {
            for (a, b) in [
                (0.05, 5.0),
                (0.01, 1.0),
                (0.02, 2.0),
                (0.2, 20.0),
                (0.5, 50.0),
                (2.0, 200.0),
                (200.0, 20000.0),
                (1., 1000.),
                (2., 5.),
                (0.5, 0.5),
                (300., 700.),
                (5.0, 0.05),
            ] {
                rep(&format!("share D={d} beta({a},{b})"), a / (a + b), |s| {
                    let mut m = RatioMoments::default();
                    for _ in 0..d {
                        let p = s.beta(a, b);
                        m.push(s.binomial(100, p), 100.0);
                    }
                    proportion(&m, d * 100, Critical::for_draws(d)).unwrap()
                });
            }
        }
        for (n, p) in [
            (1000_u32, 0.3),
            (1000, 0.5),
            (1000, 0.01),
            (1000, 0.003),
            (1000, 0.001),
            (10000, 0.0001),
            (10000, 0.0005),
            (10000, 0.001),
            (1000, 0.999),
        ] {
            rep(&format!("plays N={n} p={p}"), p, |s| binomial(s.binomial(n, p) as u64, n as u64).unwrap());
        }
        // moves: random denominators; per play a propensity, d turns
        for (n, open, a, b) in [
            (1000_u32, 0.5, 2., 5.),
            (1000, 0.02, 2., 5.),
            (1000, 0.5, 0.05, 5.),
            (1000, 0.5, 0.002, 0.2),
            (300, 0.01, 1., 1.),
            (1000, 0.5, 500., 500.),
        ] {
            rep(&format!("moves N={n} open={open} beta({a},{b})"), a / (a + b), |s| {
                let mut m = RatioMoments::default();
                for _ in 0..n {
                    let p = s.beta(a, b);
                    let d = s.binomial(12, open);
                    m.push(s.binomial(d as u32, p), d);
                }
                let t = m.d as u64;
                if t == 0 {
                    return Estimate { value: 0.5, low: 0.0, high: 1.0 };
                }
                proportion(&m, t, Critical::normal()).unwrap()
            });
        }
        for (n, mu, a) in [
            (1000, 3.0, 1.0),
            (1000, 0.3, 0.5),
            (1000, 0.003, 0.5),
            (1000, 0.001, 5.),
            (1000, 0.01, 0.01),
            (100, 0.1, 0.1),
            (20, 0.5, 2.),
            (10000, 0.001, 0.001),
        ] {
            rep(&format!("count N={n} mu={mu} gamma shape {a}"), mu, |s| {
                let mut m = RatioMoments::default();
                for _ in 0..n {
                    let g = s.gamma(a) * mu / a;
                    m.push(s.poisson(g), 1.0);
                }
                count(&m, 12.0, Critical::normal()).unwrap()
            });
        }
        for d in [2, 20, 100] {
            for (mu, a) in [(3.0, 2.0), (0.3, 0.5), (0.01, 0.2), (0.01, 0.05), (0.1, 0.05)] {
                rep(&format!("count D={d} mu={mu} shape {a}"), mu, |s| {
                    let mut m = RatioMoments::default();
                    for _ in 0..d {
                        let g = s.gamma(a) * mu / a;
                        m.push(s.poisson(g * 100.0), 100.0);
                    }
                    count(&m, 12.0, Critical::for_draws(d)).unwrap()
                });
            }
        }
        for (n, sd, skew) in [(1000, 1.0, false), (30, 1.0, false), (1000, 1.0, true)] {
            rep(&format!("mean N={n} skew {skew}"), 1.0, |s| {
                let mut m = RatioMoments::default();
                for _ in 0..n {
                    let x = if skew { s.gamma(1.0) } else { 1.0 + sd * s.normal() };
                    m.push(x, 1.0);
                }
                mean(&m, 10.0, Critical::normal()).unwrap()
            });
        }
        for d in [2, 20, 100] {
            rep(&format!("mean D={d}"), 1.0, |s| {
                let mut m = RatioMoments::default();
                for _ in 0..d {
                    m.push(100.0 * (1.0 + s.normal()) + 10.0 * s.normal(), 100.0);
                }
                mean(&m, 10.0, Critical::for_draws(d)).unwrap()
            });
        }
        // paired shares, plays: p12, p21
        for (n, p12, p21) in [
            (1000, 0.05, 0.03),
            (1000, 0.002, 0.001),
            (1000, 0.001, 0.0),
            (1000, 0.003, 0.0),
            (1000, 0.005, 0.0),
            (1000, 0.02, 0.0),
            (100, 0.3, 0.1),
            (10000, 0.0003, 0.0001),
            (1000, 0.0003, 0.0),
        ] {
            rep(&format!("paired N={n} {p12} {p21}"), p12 - p21, |s| {
                let mut m = PairedMoments::default();
                for _ in 0..n {
                    let u = s.uniform();
                    let (a, b) = if u < p12 {
                        (1.0, 0.0)
                    } else if u < p12 + p21 {
                        (0.0, 1.0)
                    } else if u < 0.6 {
                        (1.0, 1.0)
                    } else {
                        (0.0, 0.0)
                    };
                    m.push((a, 1.0), (b, 1.0));
                }
                m.difference_of_shares(Critical::normal()).unwrap()
            });
        }
        // paired shares over draws: p_d beta, effect: share of successes lost q_d
        for d in [2, 20, 100] {
            for (a, b, qa, qb) in [
                (2., 5., 2., 5.),
                (2., 5., 0.1, 10.),
                (2., 5., 0.02, 2.),
                (0.2, 20., 1., 1.),
                (0.05, 5., 5., 1.),
                (200., 500., 1., 1000.),
            ] {
                rep(
                    &format!("paired D={d} beta({a},{b}) effect beta({qa},{qb})"),
                    a / (a + b) * qa / (qa + qb),
                    |s| {
                        let mut m = PairedMoments::default();
                        for _ in 0..d {
                            let (p, q) = (s.beta(a, b), s.beta(qa, qb));
                            let n = s.binomial(100, p);
                            let lost = s.binomial(n as u32, q);
                            m.push((n, 100.0), (n - lost, 100.0));
                        }
                        m.difference_of_shares(Critical::for_draws(d)).unwrap()
                    },
                );
            }
        }
        // paired moves
        for (n, open, p, q) in
            [(1000, 0.5, 0.3, 0.1), (1000, 0.5, 0.3, 0.001), (1000, 0.02, 0.3, 0.1), (1000, 0.5, 0.001, 0.5)]
        {
            rep(&format!("paired moves N={n} open {open} p {p} lost {q}"), p * q, |s| {
                let mut m = PairedMoments::default();
                for _ in 0..n {
                    let d = s.binomial(12, open);
                    let x = s.binomial(d as u32, p);
                    let lost = s.binomial(x as u32, q);
                    m.push((x, d), (x - lost, d));
                }
                m.difference_of_shares(Critical::normal()).unwrap()
            });
        }
        // paired scores
        for (n, p) in [(1000, 0.5), (1000, 0.01), (1000, 0.001)] {
            rep(&format!("paired scores N={n} changed {p}"), p, |s| {
                let mut m = PairedMoments::default();
                for _ in 0..n {
                    let x = 5.0 + 3.0 * s.normal();
                    let e = s.indicator(p) * (1.0 + s.normal());
                    m.push((x + e, 1.0), (x, 1.0));
                }
                m.difference(20.0, Critical::normal()).unwrap()
            });
        }
    }
}
