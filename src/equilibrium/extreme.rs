//! All extreme equilibria of two players, exactly.
//!
//! Vertices of both players' best-reply polytopes that are complementary (Mangasarian 1964; Avis, Rosenberg,
//! Savani and von Stengel 2010, Enumeration of Nash equilibria for two-player games, Economic Theory 42,
//! 9-37). Every equilibrium is a mixture of extreme ones of one component; in a game that is not
//! degenerate each component is a single equilibrium.

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::NormalForm;
use super::supports::Pair;
use super::vertices::{MOST_BASES, Vertex, vertices};

/// The extreme equilibria of a game of two.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Extreme {
    /// The equilibria: the probability of each strategy of each player, adding up to 1; those in which earlier
    /// strategies are likelier first.
    pub equilibria: Vec<[Vec<f64>; 2]>,
    /// For each equilibrium, the number of its component, from 0: equilibria that are connected by others.
    pub components: Vec<usize>,
    /// Whether some strategy of one player has more best replies than strategies in its support, among those that
    /// were enumerated.
    pub degenerate: bool,
}

impl Extreme {
    /// One equilibrium of each component, by its number, in the order of components: the first in pure
    /// strategies, or where a component has none, the first.
    #[must_use]
    pub fn representatives(&self) -> Vec<usize> {
        let components = self.components.iter().max().map_or(0, |most| most + 1);
        let of =
            |component: usize| (0..self.equilibria.len()).filter(move |&at| self.components[at] == component);
        let is_pure = |at: &usize| self.equilibria[*at].iter().all(|own| own.contains(&1.0));
        (0..components)
            .filter_map(|component| of(component).find(is_pure).or_else(|| of(component).next()))
            .collect()
    }
}

/// Why the extreme equilibria of a game were not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub enum ExtremeError {
    /// Not two players.
    #[error("mixed equilibria are enumerated for two players only: there are {0}")]
    Players(usize),
    /// Too many strategies.
    #[error("mixed equilibria are enumerated for up to {MOST_STRATEGIES} strategies of both: there are {0}")]
    Strategies(usize),
    /// Too many bases.
    #[error("the best-reply polytopes have too many vertices: more than {MOST_BASES} bases are not visited")]
    Bases,
}

/// Of games with no more strategies, all vertices are enumerated; of larger ones, those at which only what may be
/// played in an equilibrium is.
const FEW: usize = 24;

/// Strategies of both players together.
const MOST_STRATEGIES: usize = 64;

/// All extreme equilibria, by enumeration of vertices in exact arithmetic. The work grows with the number
/// of vertices, exponentially in the number of strategies.
///
/// # Errors
/// Where there are not two players, or the game is too large for it.
pub fn extreme_equilibria(game: &NormalForm) -> Result<Extreme, ExtremeError> {
    if game.players().len() != 2 {
        return Err(ExtremeError::Players(game.players().len()));
    }
    let (m, n) = (game.strategies(0), game.strategies(1));
    if m + n > MOST_STRATEGIES {
        return Err(ExtremeError::Strategies(m + n));
    }
    let playable = if m + n > FEW { playable(game) } else { [(0..m).collect(), (0..n).collect()] };
    // Whatever one player does, the other's payoffs bound it: a row for each of the other's strategies.
    let bounds_on_first = whole(game, 1, n, m, |row, column| game.profile(&[column, row]));
    let bounds_on_second = whole(game, 0, m, n, |row, column| game.profile(&[row, column]));
    let first = vertices_among(&bounds_on_first, m, &playable[0]).ok_or(ExtremeError::Bases)?;
    let second = vertices_among(&bounds_on_second, n, &playable[1]).ok_or(ExtremeError::Bases)?;
    let degenerate = is_degenerate(&first, m) || is_degenerate(&second, n);
    let all = (1_u128 << (m + n)) - 1;
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (y, vertex) in second.iter().enumerate() {
        // The second polytope's labels in the order of the first's.
        let labels = vertex.tight >> n | (vertex.tight << m & all);
        pairs.extend(first.iter().enumerate().filter(|(_, x)| x.tight | labels == all).map(|(x, _)| (x, y)));
    }
    let components = connect(&pairs);
    let of = |&(x, y): &(usize, usize)| [shares(&first[x].point), shares(&second[y].point)];
    let mut found: Vec<([Vec<f64>; 2], usize)> = pairs.iter().map(of).zip(components).collect();
    found.sort_by(|(a, _), (b, _)| b.partial_cmp(a).unwrap_or(std::cmp::Ordering::Equal));
    let (equilibria, components): (Vec<_>, Vec<usize>) = found.into_iter().unzip();
    Ok(Extreme { equilibria, components: renumber(&components), degenerate })
}

/// What may be played in an equilibrium of two.
fn playable(game: &NormalForm) -> [Vec<usize>; 2] {
    let rows = |player: usize| {
        let (own, others) = (game.strategies(player), game.strategies(1 - player));
        let pay = |own: usize, other: usize| {
            game.payoff(game.profile(&if player == 0 { [own, other] } else { [other, own] }), player)
        };
        (0..own).map(|own| (0..others).map(|other| pay(own, other)).collect()).collect()
    };
    Pair { payoffs: [rows(0), rows(1)], same: [0.0; 2] }.playable()
}

/// The vertices at which, of so many strategies, only those are played: they are a face's.
fn vertices_among(rows: &[Vec<BigInt>], strategies: usize, played: &[usize]) -> Option<Vec<Vertex>> {
    let on_face: Vec<Vec<BigInt>> =
        rows.iter().map(|row| played.iter().map(|&strategy| row[strategy].clone()).collect()).collect();
    let whole = |vertex: Vertex| {
        let mut point = vec![BigInt::ZERO; strategies];
        let mut tight = ((1_u128 << strategies) - 1) | ((vertex.tight >> played.len()) << strategies);
        for (at, (&strategy, x)) in played.iter().zip(vertex.point).enumerate() {
            if vertex.tight >> at & 1 == 0 {
                tight &= !(1 << strategy);
            }
            point[strategy] = x;
        }
        Vertex { tight, point }
    };
    Some(vertices(&on_face)?.into_iter().map(whole).collect())
}

/// A player's payoffs as whole numbers above zero; equilibria do not mind the scale.
fn whole(
    game: &NormalForm,
    player: usize,
    rows: usize,
    columns: usize,
    profile: impl Fn(usize, usize) -> usize,
) -> Vec<Vec<BigInt>> {
    let numerators = &game.whole_payoffs(player).numerators;
    let least = numerators.iter().min().cloned().unwrap_or_default();
    let above_zero = |row: usize, column: usize| &numerators[profile(row, column)] - &least + 1_u8;
    (0..rows).map(|row| (0..columns).map(|column| above_zero(row, column)).collect()).collect()
}

fn is_degenerate(found: &[Vertex], dimension: usize) -> bool {
    found.iter().any(|vertex| vertex.tight.count_ones() as usize > dimension)
}

/// A point's coordinates as probabilities.
fn shares(point: &[BigInt]) -> Vec<f64> {
    let sum: BigInt = point.iter().sum();
    // Beyond what floats hold, both lose their last bits alike.
    let spare = sum.bits().saturating_sub(900);
    let float = |number: &BigInt| (number >> spare).to_f64().unwrap_or(f64::INFINITY);
    point.iter().map(|x| float(x) / float(&sum)).collect()
}

/// For each pair, a number that it shares with those that it is connected with: pairs with a vertex in
/// common are.
fn connect(pairs: &[(usize, usize)]) -> Vec<usize> {
    let mut of: Vec<usize> = (0..pairs.len()).collect();
    let mut changed = true;
    while changed {
        changed = false;
        for a in 0..pairs.len() {
            for b in 0..a {
                if (pairs[a].0 == pairs[b].0 || pairs[a].1 == pairs[b].1) && of[a] != of[b] {
                    let (low, high) = (of[a].min(of[b]), of[a].max(of[b]));
                    of.iter_mut().filter(|number| **number == high).for_each(|number| *number = low);
                    changed = true;
                }
            }
        }
    }
    of
}

/// The same components, numbered in the order in which they come.
fn renumber(components: &[usize]) -> Vec<usize> {
    let mut seen: Vec<usize> = Vec::new();
    let number = |component: &usize| {
        seen.iter().position(|known| known == component).unwrap_or_else(|| {
            seen.push(*component);
            seen.len() - 1
        })
    };
    components.iter().map(number).collect()
}
