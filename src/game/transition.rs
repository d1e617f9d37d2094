//! Where effects lead that change variables at known levels: a distribution that depends on the chances alone.

use rustc_hash::FxHashMap;
use std::sync::RwLock;

use super::blueprint::EffectPlan;
use super::ids::TransitionId;
use super::lazy_table::GrowingLazyTable;
use crate::scenario::{Change, EffectId, IdVec, LevelId, VariableId};

/// Some effects on some variables that stand at known levels: where these go is a distribution that
/// depends on the chances alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EffectTransition {
    /// The variables that they change.
    pub variables: Vec<ChangedVariable>,
    /// The effects that hold, in file order.
    pub effects: Vec<EffectId>,
}

/// A variable at a known level, before effects change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ChangedVariable {
    /// The variable.
    pub variable: VariableId,
    /// Its level before.
    pub before: LevelId,
    /// How many levels it has.
    pub levels: usize,
    /// What one level up adds to the cell.
    pub stride: usize,
}

impl EffectTransition {
    /// Where it leads: (change of the cell number, probability), where `chances[effect]` are the chances.
    /// Effects apply in order, each to what those before it left. O(effects x distinct results).
    #[must_use]
    pub fn distribution(&self, effects: &IdVec<EffectId, EffectPlan>, chances: &[f64]) -> Vec<(isize, f64)> {
        let start: Vec<LevelId> = self.variables.iter().map(|v| v.before).collect();
        let mut reached: Vec<(Vec<LevelId>, f64)> = vec![(start, 1.0)];
        for &effect in &self.effects {
            let chance = chances[effect.index()];
            let mut next: Vec<(Vec<LevelId>, f64)> = Vec::new();
            for (levels, probability) in reached {
                let changed = self.apply(&levels, &effects[effect].changes);
                add(&mut next, levels, probability * (1.0 - chance));
                add(&mut next, changed, probability * chance);
            }
            reached = next;
        }
        reached.into_iter().map(|(levels, probability)| (self.offset(&levels), probability)).collect()
    }

    fn apply(&self, levels: &[LevelId], changes: &[(VariableId, Change)]) -> Vec<LevelId> {
        let mut changed = levels.to_vec();
        for (variable, change) in changes {
            if let Some(at) = self.variables.iter().position(|v| v.variable == *variable) {
                changed[at] = change.apply(changed[at], self.variables[at].levels);
            }
        }
        changed
    }

    fn offset(&self, levels: &[LevelId]) -> isize {
        self.variables
            .iter()
            .zip(levels)
            .map(|(changed, after)| {
                (after.index().cast_signed() - changed.before.index().cast_signed())
                    * changed.stride.cast_signed()
            })
            .sum()
    }
}

fn add(list: &mut Vec<(Vec<LevelId>, f64)>, levels: Vec<LevelId>, probability: f64) {
    if probability == 0.0 {
        return;
    }
    match list.iter_mut().find(|(known, _)| *known == levels) {
        Some((_, sum)) => *sum += probability,
        None => list.push((levels, probability)),
    }
}

/// All transitions that any diagram has asked for, numbered in the order of asking. The numbers may
/// differ between runs; nothing that is computed from them does.
#[derive(Debug, Default)]
pub struct TransitionTable {
    numbers: RwLock<FxHashMap<EffectTransition, TransitionId>>,
    plans: GrowingLazyTable<TransitionId, EffectTransition>,
}

impl TransitionTable {
    /// The transition of an id.
    ///
    /// # Panics
    /// If nobody was given that id.
    #[must_use]
    pub fn get(&self, id: TransitionId) -> &EffectTransition {
        self.plans.peek(id).expect("ids come from `number`")
    }

    /// The id of a transition, a new one if nobody asked for it before.
    pub(super) fn number(&self, transition: EffectTransition) -> TransitionId {
        let known = self.numbers.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(&number) = known.get(&transition) {
            return number;
        }
        drop(known);
        let mut numbers = self.numbers.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        let next = TransitionId::new(numbers.len());
        let number = *numbers.entry(transition.clone()).or_insert(next);
        self.plans.get(number, || transition);
        number
    }
}
