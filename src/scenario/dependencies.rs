//! Which parameters rest on which.

use super::{Parameter, ParameterId, ParameterKind};

/// The derived and known parameters, each after those that it rests on, and the circles that stand in
/// the way, each once. O(parameters and their uses).
pub(crate) fn dependency_order(parameters: &[Parameter]) -> (Vec<ParameterId>, Vec<Vec<ParameterId>>) {
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; parameters.len()];
    let mut order = Vec::with_capacity(parameters.len());
    let mut circles = Vec::new();
    for root in 0..parameters.len() {
        if marks[root] != Mark::New {
            continue;
        }
        marks[root] = Mark::Open;
        // The way from the root, each with the parameters that it still has to follow. A list of our own
        // and not recursion: a long chain would exhaust the stack.
        let mut way = vec![(root, rests_on(&parameters[root]))];
        while let Some((at, rest)) = way.last_mut() {
            let at = *at;
            let Some(next) = rest.pop().map(ParameterId::index) else {
                marks[at] = Mark::Done;
                order.push(ParameterId::new(at));
                way.pop();
                continue;
            };
            match marks[next] {
                Mark::Done => {}
                Mark::New => {
                    marks[next] = Mark::Open;
                    way.push((next, rests_on(&parameters[next])));
                }
                Mark::Open => {
                    let circle = way.iter().map(|(id, _)| *id).skip_while(|id| *id != next);
                    circles.push(circle.map(ParameterId::new).collect());
                }
            }
        }
    }
    (order, circles)
}

/// The parameters that one is derived from, the last first.
fn rests_on(parameter: &Parameter) -> Vec<ParameterId> {
    let mut ids = Vec::new();
    if let ParameterKind::Known(expression) = &parameter.kind {
        expression.each_parameter(&mut |id| ids.push(id));
    }
    ids.reverse();
    ids
}
