//! What is known of games in normal form, as tables.

use super::{Cell, Solved, Table};

/// `cells`: what every cell pays; `eliminated`, `equilibria`, `security`, `correlated`: the solution.
#[must_use]
pub fn solution_tables(games: &[Solved<'_>]) -> Vec<(String, Table)> {
    let mut cells = Table::new(&["game", "cell", "player", "strategy", "payoff"]);
    let mut eliminated = Table::new(&["game", "round", "player", "strategy", "by", "weight"]);
    let mut equilibria = Table::new(&[
        "game",
        "equilibrium",
        "kind",
        "component",
        "player",
        "strategy",
        "probability",
        "payoff",
    ]);
    let mut security = Table::new(&["game", "player", "value", "strategy", "probability"]);
    let mut quantal = Table::new(&["game", "precision", "player", "strategy", "probability"]);
    let mut correlated = Table::new(&["game", "draw", "probability", "player", "strategy", "payoff"]);
    for solved in games {
        let rows = Rows { solved: *solved };
        rows.cells(&mut cells);
        rows.eliminated(&mut eliminated);
        rows.equilibria(&mut equilibria);
        rows.security(&mut security);
        rows.correlated(&mut correlated);
        rows.quantal(&mut quantal);
    }
    let named = [
        ("cells", cells),
        ("eliminated", eliminated),
        ("equilibria", equilibria),
        ("security", security),
        ("correlated", correlated),
        ("quantal", quantal),
    ];
    named.into_iter().map(|(name, table)| (name.to_owned(), table)).collect()
}

struct Rows<'a> {
    solved: Solved<'a>,
}

impl Rows<'_> {
    fn game(&self) -> Cell {
        self.solved.name.into()
    }

    fn player(&self, player: usize) -> Cell {
        self.solved.form.players()[player].name.as_str().into()
    }

    fn strategy(&self, player: usize, strategy: usize) -> Cell {
        self.solved.form.players()[player].strategies[strategy].as_str().into()
    }

    fn cells(&self, table: &mut Table) {
        let form = self.solved.form;
        for profile in 0..form.profiles() {
            for player in 0..form.players().len() {
                let strategy = self.strategy(player, form.digit(profile, player));
                let pays = form.payoff(profile, player).into();
                table.rows.push(vec![self.game(), (profile + 1).into(), self.player(player), strategy, pays]);
            }
        }
    }

    fn eliminated(&self, table: &mut Table) {
        for gone in &self.solved.solution.eliminated {
            for &(by, weight) in &gone.by {
                let strategy = self.strategy(gone.player, gone.strategy);
                let by = self.strategy(gone.player, by);
                let (round, player) = (gone.round.into(), self.player(gone.player));
                table.rows.push(vec![self.game(), round, player, strategy, by, weight.into()]);
            }
        }
    }

    /// The extreme equilibria where they are known, else those in pure strategies.
    fn equilibria(&self, table: &mut Table) {
        let (form, solution) = (self.solved.form, self.solved.solution);
        match &solution.extreme {
            Ok(extreme) => {
                for (at, mixed) in extreme.equilibria.iter().enumerate() {
                    self.equilibrium(table, at, mixed, Some(extreme.components[at] + 1));
                }
            }
            Err(_) => {
                for (at, &profile) in solution.pure.iter().enumerate() {
                    let pure = |player: usize| {
                        let mut own = vec![0.0; form.strategies(player)];
                        own[form.digit(profile, player)] = 1.0;
                        own
                    };
                    let mixed: Vec<Vec<f64>> = (0..form.players().len()).map(pure).collect();
                    self.equilibrium(table, at, &mixed, None);
                }
            }
        }
    }

    fn equilibrium(&self, table: &mut Table, at: usize, mixed: &[Vec<f64>], component: Option<usize>) {
        let (pays, _) = self.solved.form.judge(mixed);
        let pure = mixed.iter().all(|own| own.contains(&1.0));
        for (player, own) in mixed.iter().enumerate() {
            for (strategy, &probability) in own.iter().enumerate() {
                table.rows.push(vec![
                    self.game(),
                    (at + 1).into(),
                    if pure { "pure" } else { "mixed" }.into(),
                    component.map_or(Cell::Missing, Cell::from),
                    self.player(player),
                    self.strategy(player, strategy),
                    probability.into(),
                    pays[player].into(),
                ]);
            }
        }
    }

    fn security(&self, table: &mut Table) {
        for (player, secured) in self.solved.solution.security.iter().enumerate() {
            for (strategy, &probability) in secured.iter().flat_map(|it| it.strategy.iter().enumerate()) {
                let value = secured.as_ref().map(|secured| secured.value).into();
                let strategy = self.strategy(player, strategy);
                table.rows.push(vec![self.game(), self.player(player), value, strategy, probability.into()]);
            }
        }
    }

    fn correlated(&self, table: &mut Table) {
        let Some(correlated) = &self.solved.solution.correlated else { return };
        let form = self.solved.form;
        for (at, &(profile, probability)) in correlated.profiles.iter().enumerate() {
            for player in 0..form.players().len() {
                let strategy = self.strategy(player, form.digit(profile, player));
                table.rows.push(vec![
                    self.game(),
                    (at + 1).into(),
                    probability.into(),
                    self.player(player),
                    strategy,
                    form.payoff(profile, player).into(),
                ]);
            }
        }
    }

    /// The limit's precision is written `inf`; rows that could not be told are left out.
    fn quantal(&self, table: &mut Table) {
        for at in self.solved.solution.quantal.iter().flatten() {
            let Ok(mixed) = &at.mixed else { continue };
            for (player, own) in mixed.iter().enumerate() {
                for (strategy, &probability) in own.iter().enumerate() {
                    let finite = at.precision.is_finite();
                    let precision = if finite { at.precision.into() } else { "inf".into() };
                    let strategy = self.strategy(player, strategy);
                    table.rows.push(vec![
                        self.game(),
                        precision,
                        self.player(player),
                        strategy,
                        probability.into(),
                    ]);
                }
            }
        }
    }
}
