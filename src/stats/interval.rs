//! Estimates of one quantity: shares, counts and means, each with the 95 % interval that suits it.

use serde::{Deserialize, Serialize};

use super::{Critical, RatioMoments};

/// A value and the 95 % interval of its Monte Carlo error; `low <= value <= high`. All in the unit of the quantity.
///
/// Where nothing is known of the error the interval reaches infinitely far to both sides (kept as `null` in JSON, and
/// empty in tables): see [`Estimate::interval`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The ratio of means, or the difference of two, in the unit of what is estimated.
    pub value: f64,
    /// The lower end of the interval.
    #[serde(with = "super::floats::low")]
    pub low: f64,
    /// The upper end of the interval.
    #[serde(with = "super::floats::high")]
    pub high: f64,
}

impl Estimate {
    /// A value without sampling error: its interval is the value.
    #[must_use]
    pub fn exact(value: f64) -> Self {
        Self { value, low: value, high: value }
    }

    /// A value of whose error nothing is known: too few clusters have shown it.
    #[must_use]
    pub fn without_interval(value: f64) -> Self {
        Self { value, low: f64::NEG_INFINITY, high: f64::INFINITY }
    }

    /// The interval's ends; `None` where nothing is known of the error.
    #[must_use]
    pub fn interval(&self) -> Option<(f64, f64)> {
        (self.low.is_finite() && self.high.is_finite()).then_some((self.low, self.high))
    }

    /// Whether the value has no error at all.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.low == self.high
    }

    /// Half the width of the interval, in the unit of the quantity; infinite where nothing is known of the error.
    #[must_use]
    pub fn half_width(&self) -> f64 {
        (self.high - self.low) / 2.0
    }

    /// What is left when a known number is taken off.
    pub(crate) fn less(self, number: f64) -> Self {
        Self { value: self.value - number, low: self.low - number, high: self.high - number }
    }

    /// An interval around `value`, widened so that rounding at its ends cannot leave the value outside.
    pub(super) fn around(value: f64, low: f64, high: f64) -> Self {
        Self { value, low: low.min(value), high: high.max(value) }
    }

    /// The same, cut to the range that the quantity can have.
    pub(crate) fn within(self, least: f64, most: f64) -> Self {
        Self::around(self.value, self.low.max(least), self.high.min(most))
    }

    /// The interval of a share of independent trials, with its lower end for one to three successes.
    fn with_few(self, successes: f64, trials: f64) -> Self {
        // Of 50 trials or fewer, Wilson's interval is good for three.
        let few = if trials > 50.0 { &FEW[..] } else { &FEW[..2] };
        let mean = (1..).zip(few).find(|(known, _)| f64::from(*known) == successes).map(|(_, mean)| *mean);
        Self { low: mean.map_or(self.low, |mean| mean / trials), ..self }
    }

    /// An interval that is longer at its ends by so much.
    pub(crate) fn widened(self, below: f64, above: f64) -> Self {
        Self { low: self.low - below, high: self.high + above, ..self }
    }

    /// What is left of 1: of which the value is known as a quotient, which is exact where 1 less another is not.
    fn complement(self, value: f64) -> Self {
        Self::around(value, 1.0 - self.high, 1.0 - self.low)
    }
}

/// The share of `trials` independent plays that were successes, with Wilson's score interval.
///
/// ```text
/// (p + z^2 / 2N  ±  z sqrt(p (1 - p) / N + z^2 / 4N^2)) / (1 + z^2 / N)
/// ```
///
/// Its lower end for one to three successes is too high for very small shares, of which it holds 84 in 100
/// at worst. It is replaced by the share of which as many or more happen with 5 %, by Poisson's
/// distribution; and so is the upper end for one to three failures. Nothing where there were no trials.
///
/// # Examples
/// ```
/// let none_of_ten = demarche::stats::binomial(0, 10).unwrap();
/// assert_eq!((none_of_ten.value, none_of_ten.low), (0.0, 0.0));
/// assert!((none_of_ten.high - 0.277_533).abs() < 1e-6);
/// let one_of_a_thousand = demarche::stats::binomial(1, 1000).unwrap();
/// assert!((one_of_a_thousand.low - 0.000_051_3).abs() < 1e-7);      // 1 - exp(-0.0513) = 0.05
/// ```
///
/// # References
/// Wilson (1927), Probable inference, the law of succession, and statistical inference, Journal of the
/// American Statistical Association 22, 209-212, doi:10.1080/01621459.1927.10502953. Recommended, and
/// modified for few successes (4.1.1), by Brown, Cai and `DasGupta` (2001), Statistical Science 16(2),
/// 101-133, doi:10.1214/ss/1009213286.
#[must_use]
pub fn binomial(successes: u64, trials: u64) -> Option<Estimate> {
    proportion(&RatioMoments::of_plays(successes, trials), trials, Critical::normal())
}

/// A share between 0 and 1 from clusters of `trials` plays (or turns) in all.
///
/// Wilson's interval with an effective number of trials, `trials` over the design effect (Kish 1965):
/// how many times larger the share's variance is than that of independent trials.
///
/// ```text
/// effect  = max(1, trials Var(R) / (p (1 - p)))
/// worst   = 1 + 0.1 (trials sum(d^2) / sum(d)^2 - 1)       trials of a cluster correlate by 0.1
/// effect' = effect + max(0, worst - effect) / (1 + k^2)     k clusters had any
/// ```
///
/// The last line is the doubt about a variance that few events have shown: with none (or nothing else),
/// plays of one draw are taken to correlate by 0.1, which is far more than parameters usually bring
/// about, though not the most that is thinkable. Where each cluster is one trial, this is [`binomial`].
/// `moments` need `0 <= n <= d` in each cluster, d in trials. Nothing where the denominators sum to 0.
///
/// # Examples
/// ```
/// use demarche::stats::{Critical, RatioMoments, proportion};
/// let mut draws = RatioMoments::default();                  // 4 draws, 100 plays of each
/// for successes in [10.0, 30.0, 20.0, 60.0] {
///     draws.push(successes, 100.0);
/// }
/// let share = proportion(&draws, 400, Critical::for_draws(4)).unwrap();
/// assert_eq!(share.value, 0.3);
/// assert!(share.low < 0.1 && 0.6 < share.high);             // it is the 4 draws that count
/// ```
///
/// # References
/// Effective sample sizes in score intervals: Korn and Graubard (1998), Survey Methodology 24(2),
/// 193-201; Dean and Pagano (2015), Journal of Survey Statistics and Methodology 3(4), 484-503,
/// doi:10.1093/jssam/smv024. The doubt is our own addition; simulations stand in the tests.
#[must_use]
pub fn proportion(moments: &RatioMoments, trials: u64, critical: Critical) -> Option<Estimate> {
    let share = moments.ratio()?;
    if share > 0.5 {
        // Near 1 the whole numbers of what did not happen are exact where `1 - share` is not.
        return Some(rare_proportion(&moments.complement(), trials, critical)?.complement(share));
    }
    rare_proportion(moments, trials, critical)
}

/// How much trials of one cluster are taken to correlate as long as nothing has shown how much they do.
const UNSEEN_CORRELATION: f64 = 0.1;

fn rare_proportion(moments: &RatioMoments, trials: u64, critical: Critical) -> Option<Estimate> {
    let share = moments.ratio()?;
    let fewest = moments.effective_clusters();
    #[expect(clippy::cast_precision_loss, reason = "numbers of plays are far below 2^53")]
    let trials = (trials as f64).max(fewest);
    if trials == fewest {
        return Some(wilson(share, trials, critical).with_few(moments.numerator(), trials));
    }
    let worst = 1.0 + UNSEEN_CORRELATION * (trials / fewest - 1.0);
    let effect = match moments.variance() {
        Some(variance) if share > 0.0 => (trials * variance / (share * (1.0 - share))).max(1.0),
        _ => worst,
    };
    Some(wilson(share, trials / doubted(effect, worst, moments.eventful_clusters()), critical))
}

/// The means of Poisson distributions of which 1, 2 or 3, or more, have a probability of 5 %: half the 5 %
/// quantiles of the chi-squared distributions with 2, 4 and 6 degrees of freedom.
const FEW: [f64; 3] = [0.051_293_294_387_550_5, 0.355_361_510_698_662, 0.817_691_447_108_236];

/// What was seen of a spread, moved towards the worst that is possible as long as `eventful`, the
/// number of clusters that could show it, is small.
pub(super) fn doubted(seen: f64, worst: f64, eventful: f64) -> f64 {
    seen + (worst - seen).max(0.0) / (1.0 + eventful * eventful)
}

fn wilson(share: f64, trials: f64, critical: Critical) -> Estimate {
    let z2 = critical.squared() / trials;
    let middle = share + z2 / 2.0;
    let reach = (z2 * (share * (1.0 - share) + z2 / 4.0)).sqrt();
    Estimate::around(share, (middle - reach) / (1.0 + z2), (middle + reach) / (1.0 + z2)).within(0.0, 1.0)
}

/// The mean (or ratio of means) of something that is never negative, such as a count.
///
/// The score interval of a count whose variance is in proportion to its mean (quasi-Poisson), all `mu`
/// with
///
/// ```text
/// (x - mu)^2 <= z^2 s mu / C        s = C Var(x) / x, the size of an event
/// ```
///
/// over `C` clusters (in effect). As long as few clusters had any, `s` is moved towards `largest`, the
/// largest that a cluster's `n / d` can be; where none had any, the upper end is Wilson's for none of
/// `C`, times `largest`; where all had equally many, see [`mean`]. Nothing where the denominators sum
/// to 0.
///
/// # Examples
/// ```
/// use demarche::stats::{Critical, RatioMoments, count};
/// let none = RatioMoments::of_plays(0, 1000);
/// let rebuffs = count(&none, 12.0, Critical::normal()).unwrap();
/// assert!((rebuffs.high - 12.0 * 3.841 / 1003.841).abs() < 1e-4);
/// ```
///
/// # References
/// `McCullagh` and Nelder (1989), Generalized Linear Models, 2nd edition, 6.2.3, for the variance;
/// Garwood's problem (1936) by Wilson's way (1927) for the interval.
#[must_use]
pub fn count(moments: &RatioMoments, largest: f64, critical: Critical) -> Option<Estimate> {
    let value = moments.ratio()?;
    let clusters = moments.effective_clusters();
    let variance = moments.variance().unwrap_or(0.0);
    if value <= 0.0 || variance == 0.0 {
        return Some(all_alike(value, largest, clusters, critical).within(0.0, largest));
    }
    let size = doubted(clusters * variance / value, largest, moments.eventful_clusters());
    let step = critical.squared() * size / clusters;
    let reach = (step * (value + step / 4.0)).sqrt();
    let middle = value + step / 2.0;
    Some(Estimate::around(value, middle - reach, middle + reach).within(0.0, largest))
}

/// A share between 0 and 1 that is known exactly in each cluster, such as a draw: what is uncertain is its
/// mean over the clusters.
///
/// The interval of a [`count`] of at most 1, of what is rarer: that it happens, or that it does not.
///
/// # Examples
/// ```
/// use demarche::stats::{Critical, RatioMoments, share};
/// let mut draws = RatioMoments::default();
/// for probability in [0.1, 0.3, 0.2, 0.6] {
///     draws.push(probability, 1.0);
/// }
/// let found = share(&draws, Critical::for_draws(4)).unwrap();
/// assert!((found.value - 0.3).abs() < 1e-15 && found.low < 0.1 && 0.6 < found.high);
/// ```
#[must_use]
pub fn share(moments: &RatioMoments, critical: Critical) -> Option<Estimate> {
    let value = moments.ratio()?;
    if value > 0.5 {
        return Some(count(&moments.complement(), 1.0, critical)?.complement(value));
    }
    count(moments, 1.0, critical)
}

/// The mean (or ratio of means) of a real number, such as a score.
///
/// ```text
/// x ± z sqrt(Var(x))
/// ```
///
/// Where all `C` clusters were alike, the variance says nothing: as many as `z^2 / (C + z^2)` of them
/// (Wilson's upper end for none of `C`) could yet be otherwise, each by `range`, the largest spread
/// that a cluster's `n / d` can have. Nothing where the denominators sum to 0.
///
/// # Examples
/// ```
/// use demarche::stats::{Critical, RatioMoments, mean};
/// let mut scores = RatioMoments::default();
/// for score in [1.0, 2.0, 3.0] {
///     scores.push(score, 1.0);
/// }
/// let score = mean(&scores, 10.0, Critical::normal()).unwrap();
/// assert!((score.high - (2.0 + 1.96 / 3.0_f64.sqrt())).abs() < 1e-3);
/// ```
#[must_use]
pub fn mean(moments: &RatioMoments, range: f64, critical: Critical) -> Option<Estimate> {
    let value = moments.ratio()?;
    let variance = moments.variance().unwrap_or(0.0);
    if variance == 0.0 {
        return Some(all_alike(value, range, moments.effective_clusters(), critical));
    }
    let reach = critical.value() * variance.sqrt();
    Some(Estimate::around(value, value - reach, value + reach))
}

/// The interval where clusters showed no difference: those unlike them that could have been missed,
/// each as far away as can be.
pub(super) fn all_alike(value: f64, range: f64, clusters: f64, critical: Critical) -> Estimate {
    let missed = critical.squared() / (clusters + critical.squared());
    Estimate::around(value, value - missed * range, value + missed * range)
}
