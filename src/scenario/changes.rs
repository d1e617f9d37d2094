//! Numbers that a study puts in place of a scenario's own, without reading it again.

use rustc_hash::FxHashMap;

use super::{ParameterId, Scenario, Stated};

/// What stands in place of some numbers of a scenario: conditions, moves and effects stay as they are, and with
/// them the compiled game.
///
/// # Examples
/// ```
/// # use demarche::scenario::{Changes, Library, Request, read};
/// # struct NoFiles;
/// # impl Library for NoFiles {
/// #     fn read(&self, _: &str, _: &str) -> Result<Vec<u8>, String> { Err("none".into()) }
/// # }
/// # let text = br#"
/// # format = 1
/// # turns = 1
/// # [parameters]
/// # stake = 2
/// # half = "stake / 2"
/// # [actors.a]
/// # [issues.i.moves]
/// # a = ["x", "y"]
/// # [payoffs.gain]
/// # pays = { a = "half" }
/// # [outcomes.end.all]
/// # "#;
/// # let request = Request { name: "s.toml", text, changes: vec![], sets: vec![], library: &NoFiles };
/// # let scenario = read(&request).document.unwrap().scenario;
/// let mut changes = Changes::default();
/// changes.set(&scenario.factor("parameters.stake").unwrap(), 6.0);
/// let parameters = scenario.central_under(&changes);
/// assert_eq!(parameters, [6.0, 3.0]);                       // what rests on it follows
/// assert_eq!(scenario.numbers_under(&changes, &parameters).unwrap().pays[0], [3.0]);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    parameters: Vec<(ParameterId, Amended)>,
    /// By path.
    amounts: FxHashMap<String, Amended>,
}

/// What becomes of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Amended {
    /// It is that number.
    Value(f64),
    /// It is so many times what it was.
    Times(f64),
}

/// A number of a scenario that can be varied.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Factor {
    /// Its path: `parameters.prestige`, `issues.trade.payoffs.pain.pays.delta`.
    pub path: String,
    /// The parameter; `None` for an amount.
    pub parameter: Option<ParameterId>,
    /// What it is where every parameter stands at its central value.
    pub central: f64,
}

impl Changes {
    /// Puts a number in place of a factor's.
    pub fn set(&mut self, factor: &Factor, value: f64) {
        match factor.parameter {
            Some(id) => self.set_parameter(id, value),
            None => drop(self.amounts.insert(factor.path.clone(), Amended::Value(value))),
        }
    }

    /// Puts a number in place of a parameter, uncertain or not.
    pub fn set_parameter(&mut self, id: ParameterId, value: f64) {
        self.amend_parameter(id, Amended::Value(value));
    }

    fn amend_parameter(&mut self, id: ParameterId, amended: Amended) {
        self.parameters.retain(|(known, _)| *known != id);
        self.parameters.push((id, amended));
    }

    /// Multiplies an amount or a derived parameter, whatever it is under a draw. (An uncertain parameter is set to
    /// the multiple of its central value.)
    pub fn scale(&mut self, factor: &Factor, times: f64) {
        match factor.parameter {
            Some(id) => self.amend_parameter(id, Amended::Times(times)),
            None => drop(self.amounts.insert(factor.path.clone(), Amended::Times(times))),
        }
    }

    /// Puts a factor at a value. One that is derived, an amount or a parameter, is multiplied by as much as its
    /// central value is, so that it stays as uncertain as what it rests on.
    pub fn put(&mut self, scenario: &Scenario, factor: &Factor, value: f64) {
        let derived = factor.parameter.is_none_or(|id| scenario.parameters[id.index()].kind.is_derived());
        if derived && factor.central != 0.0 {
            self.scale(factor, value / factor.central);
        } else {
            self.set(factor, value);
        }
    }

    /// A parameter's value, given what it would be unchanged: under the draw for one that is derived, at the
    /// centre for one that is uncertain; `None` where it is unchanged.
    pub(crate) fn parameter(&self, id: ParameterId, unchanged: impl FnOnce() -> f64) -> Option<f64> {
        let (_, amended) = self.parameters.iter().find(|(known, _)| *known == id)?;
        Some(match amended {
            Amended::Value(value) => *value,
            Amended::Times(times) => times * unchanged(),
        })
    }

    /// An amount's value, given what it would be unchanged.
    pub(crate) fn amount(&self, path: &str, unchanged: f64) -> f64 {
        if self.amounts.is_empty() {
            return unchanged;
        }
        match self.amounts.get(path) {
            None => unchanged,
            Some(Amended::Value(value)) => *value,
            Some(Amended::Times(times)) => times * unchanged,
        }
    }
}

impl Scenario {
    /// Every number that can be varied: all parameters, and all amounts that the file writes; not the script's
    /// weights, of which a 0 takes a move away.
    #[must_use]
    pub fn factors(&self) -> Vec<Factor> {
        let central = self.central();
        let parameters = self.parameters.iter().enumerate().map(|(index, parameter)| Factor {
            path: format!("parameters.{}", parameter.id),
            parameter: Some(ParameterId::new(index)),
            central: central[index],
        });
        let amounts = self.amounts().into_iter().filter(Stated::can_vary);
        parameters.chain(amounts.map(|stated| stated.factor(&central))).collect()
    }

    /// The number at a path.
    ///
    /// # Errors
    /// A message that names the path, and the nearest one that exists where one is near.
    pub fn factor(&self, path: &str) -> Result<Factor, String> {
        let mut factors = self.factors();
        let of_row = self.with_row_id(path);
        let wanted = of_row.as_deref().unwrap_or(path);
        if let Some(at) = factors.iter().position(|factor| factor.path == wanted) {
            return Ok(factors.swap_remove(at));
        }
        let near = super::did_you_mean(path, factors.iter().map(|factor| factor.path.as_str()));
        let help = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        Err(format!("`{path}` is not a number of the scenario{help}"))
    }

    /// A path into a row of a payoff table that is named by its number (`issues.trade.table.3.pays.delta`), with
    /// the row's id in the number's place.
    fn with_row_id(&self, path: &str) -> Option<String> {
        let (table, rest) = path.split_once(".table.")?;
        let (number, rest) = rest.split_once('.')?;
        let prefix = format!("{table}.table.");
        let mut rows = self.terms.iter().filter(|term| term.path.starts_with(&prefix));
        let row = rows.nth(number.parse::<usize>().ok()?.checked_sub(1)?)?;
        Some(format!("{}.{rest}", row.path))
    }
}
