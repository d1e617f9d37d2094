//! The rows of the table, in the order in which the reader looks at them.

use super::form::Form::{
    Amount, AmountsByLevel, Boolean, Condition, Conditions, File, Measure, Moves, Name, Names, Number,
    Numbers, Option, SameAs, Table, TableWithOne, Text, Texts, Whole, Word,
};
use super::form::{Form, Range};

/// The version of the format that this library reads.
pub const VERSION: i32 = 1;

/// A key of the format.
#[derive(Clone, Copy, Debug)]
pub struct KeyRule {
    /// Its path: `actors.*.choice.logit`. A `*` is the id of what is defined there, a word in capitals the id of
    /// something that is defined elsewhere (`SEAT` stands for `"actor.issue"`).
    pub path: &'static str,
    /// The forms that its value may have.
    pub forms: &'static [Form],
    /// What holds where it is left out, as the reference says it; empty where that is nothing.
    pub default: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What it means, as a sentence without its full stop.
    pub about: &'static str,
}

impl KeyRule {
    const fn or(mut self, default: &'static str) -> Self {
        self.default = default;
        self
    }

    const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}

const fn key(path: &'static str, forms: &'static [Form], about: &'static str) -> KeyRule {
    KeyRule { path, forms, default: "", required: false, about }
}

const ANY: Form = Amount(Range::ANY);
const NOT_NEGATIVE: Form = Amount(Range::NOT_NEGATIVE);
const SHARE: Form = Amount(Range::SHARE);

/// The mean level of a cognitive hierarchy. Experiments find 1.5 (Camerer, Ho and Chong 2004); every level up to
/// about twice the mean costs as much as a level of reasoning.
const MEAN_LEVEL: Form = Amount(Range::new(0.0, 50.0));

/// Deeper reasoning than anybody's, and still quick to compute.
const LEVEL: Form = Whole(0, 64);

/// More turns than anybody means; a look-ahead has at most as many.
const TURNS: Form = Whole(1, 10_000);

/// As far as the longest order of levels.
const SHIFT: Form = Whole(-10_000, 10_000);

const DISTRIBUTIONS: Form =
    TableWithOne(&["value", "uniform", "triangular", "pert", "normal", "lognormal", "beta", "oneof"]);

/// Every key of the format.
#[rustfmt::skip]
pub const KEYS: &[KeyRule] = &[
    key("format", &[Whole(VERSION, VERSION)], "the version of the language; may be left out in files that extend another, and in overlays").required(),
    key("extends", &[File], "another scenario, over which this file is merged"),
    key("title", &[Text], "what people read; any table but a condition may have one"),
    key("because", &[Text, Texts], "the reasons, or the ids of claims; any table but a condition may have them"),
    key("turns", &[TURNS], "how many turns a play has").required(),
    key("turn", &[Text], "what one turn stands for; a label").or("`\"turn\"`"),

    key("claims", &[Table], "what the scenario rests on"),
    key("claims.*", &[Table], "a claim"),
    key("claims.*.text", &[Text], "what is claimed").required(),
    key("claims.*.source", &[Text], "who claims it"),

    key("parameters", &[Table], "numbers with names"),
    key("parameters.*", &[ANY, DISTRIBUTIONS], "a number, known, derived or uncertain"),
    key("parameters.*.value", &[ANY], "the number"),
    key("parameters.*.uniform", &[Numbers("[low, high]")], "alike from end to end"),
    key("parameters.*.triangular", &[Numbers("[low, mode, high]")], "a triangle"),
    key("parameters.*.pert", &[Numbers("[low, mode, high]")], "a smooth hill between two ends"),
    key("parameters.*.normal", &[Numbers("[mean, sd]")], "a normal distribution"),
    key("parameters.*.lognormal", &[Numbers("[median, geometric sd]")], "a lognormal distribution"),
    key("parameters.*.beta", &[Numbers("[a, b]")], "a beta distribution"),
    key("parameters.*.oneof", &[Numbers("[x, y, ...]")], "one of several numbers, alike"),

    key("variables", &[Table], "the state of the world"),
    key("variables.*", &[Table], "a variable"),
    key("variables.*.levels", &[Names("levels")], "its levels, in order").required(),
    key("variables.*.values", &[AmountsByLevel], "what `per` counts").or("0, 1, 2, ..."),
    key("variables.*.values.LEVEL", &[ANY], "the value of a level"),
    key("variables.*.start", &[Name("a level"), Table], "where it starts, or the weights of its levels").or("the first level"),
    key("variables.*.start.LEVEL", &[NOT_NEGATIVE], "the weight of a level"),

    key("actors", &[Table], "who decides"),
    key("actors.*", &[Table], "an actor"),
    key("actors.*.name", &[Text], "what people read").or("the id"),
    key("actors.*.choice", &[Word(&["uniform", "best", "regret_matching"]), TableWithOne(&["logit", "ewa", "reinforcement"])], "how it chooses among its actions").or("`{ logit = 1 }`"),
    key("actors.*.choice.logit", &[NOT_NEGATIVE], "the precision: actions in proportion to exp(precision x value)"),
    key("actors.*.choice.ewa", &[Table], "experience-weighted attraction"),
    key("actors.*.choice.ewa.logit", &[NOT_NEGATIVE], "the precision").required(),
    key("actors.*.choice.ewa.phi", &[SHARE], "how much of the past is kept").required(),
    key("actors.*.choice.ewa.delta", &[SHARE], "the weight of what was not played").required(),
    key("actors.*.choice.ewa.kappa", &[SHARE], "from averages (0) to sums (1)").required(),
    key("actors.*.choice.reinforcement", &[Table], "reinforcement by payoffs"),
    key("actors.*.choice.reinforcement.phi", &[SHARE], "how much is forgotten each turn").required(),
    key("actors.*.choice.reinforcement.strength", &[NOT_NEGATIVE], "the propensities at the start").required(),
    key("actors.*.choice.reinforcement.floor", &[ANY], "the payoff that reinforces nothing").required(),
    key("actors.*.beliefs", &[Word(&["uniform", "equilibrium", "learned"]), Table], "what it expects of the others").or("`\"uniform\"`"),
    key("actors.*.beliefs.level", &[LEVEL], "its level of reasoning"),
    key("actors.*.beliefs.poisson", &[MEAN_LEVEL], "the mean level of a cognitive hierarchy"),
    key("actors.*.horizon", &[TURNS, Word(&["end"])], "turns of look-ahead, 1 being this turn only").or("1"),
    key("actors.*.beyond", &[Word(&["nothing", "status_quo"])], "what lies beyond the horizon").or("`\"nothing\"`"),
    key("actors.*.tremble", &[SHARE], "the probability of any available action alike").or("0"),
    key("actors.*.discount", &[SHARE], "the weight of the next turn against this one").or("1"),
    key("actors.*.regard", &[Table], "weights on others' payoffs"),
    key("actors.*.regard.ACTOR", &[ANY], "the weight on that actor's payoffs").or("0"),

    key("issues", &[Table], "what is decided"),
    key("issues.*", &[Table], "an issue"),
    key("issues.*.when", &[Condition, Conditions], "where it is open").or("always"),
    key("issues.*.moves", &[Table], "who sits there").required(),
    key("issues.*.moves.ACTOR", &[Moves], "the moves of an actor"),
    key("issues.*.moves.ACTOR.MOVE", &[Table], "a move"),
    key("issues.*.moves.ACTOR.MOVE.move", &[Name("the move")], "its id").required(),
    key("issues.*.moves.ACTOR.MOVE.when", &[Condition, Conditions], "where it is available").or("always"),
    key("issues.*.moves.ACTOR.MOVE.salience", &[NOT_NEGATIVE], "its weight in naive play").or("1"),
    key("issues.*.table", &[File, Table], "a payoff table, a CSV file"),
    key("issues.*.table.file", &[File], "the file, where rows are changed beside it").required(),
    key("issues.*.table.ROW", &[Table], "what is changed in a row, which is named by its `id` or its number"),
    key("issues.*.table.ROW.pays", &[Table], "changed payoffs"),
    key("issues.*.table.ROW.pays.ACTOR", &[ANY], "what the row pays"),
    key("issues.*.table.ROW.SUBJECT", &[Text], "a changed cell: what the row requires of an actor or a variable"),
    key("issues.*.payoffs", &[SameAs("payoffs")], "payoff terms that hold while the issue is open"),
    key("issues.*.effects", &[SameAs("events")], "effects that fire while the issue is open"),

    key("script", &[Table], "choices taken away"),
    key("script.SEAT", &[Name("a move"), Names("moves"), Table], "the move, those that are left, or their weights"),
    key("script.SEAT.MOVE", &[NOT_NEGATIVE], "the weight of a move"),

    key("payoffs", &[Table], "payoff terms that belong to no issue"),
    key("payoffs.*", &[Table], "a term"),
    key("payoffs.*.when", &[Condition, Conditions], "where it pays").or("always"),
    key("payoffs.*.per", &[Name("a variable")], "the variable whose value multiplies"),
    key("payoffs.*.pays", &[Table], "what it pays, in every turn in which it holds").required(),
    key("payoffs.*.pays.ACTOR", &[ANY], "what it pays to that actor"),

    key("events", &[Table], "effects that belong to no issue"),
    key("events.*", &[Table], "an effect"),
    key("events.*.when", &[Condition, Conditions], "where it may fire").or("always"),
    key("events.*.chance", &[SHARE], "the probability that it fires there").or("1"),
    key("events.*.set", &[Table], "levels to which variables go"),
    key("events.*.set.VARIABLE", &[Name("a level")], "the level"),
    key("events.*.shift", &[Table], "steps by which variables go up or down"),
    key("events.*.shift.VARIABLE", &[SHIFT], "the steps"),

    key("outcomes", &[Table], "the classifications of final states"),
    key("outcomes.*", &[Table], "a classification"),
    key("outcomes.*.*", &[Table], "an outcome"),
    key("outcomes.*.*.when", &[Condition, Conditions], "where it holds; one outcome has none and catches the rest"),
    key("outcomes.*.*.ends", &[Boolean], "whether the play stops where it holds").or("`false`"),
    key("outcomes.*.*.pays", &[Table], "what it pays, once, at the end"),
    key("outcomes.*.*.pays.ACTOR", &[ANY], "what it pays to that actor"),

    key("measures", &[Table], "what is counted beyond the built-in measures"),
    key("measures.*", &[Table], "a measure"),
    key("measures.*.when", &[Condition, Conditions], "the turns that count").or("always"),
    key("measures.*.per", &[Name("a variable")], "the variable whose value is counted"),
    key("measures.*.ever", &[Boolean], "whether it happens at all, rather than how often").or("`false`"),
    key("measures.*.of", &[Measure], "the measure that divides it"),

    key("facts", &[Table], "what a run must show"),
    key("facts.*", &[TableWithOne(&["raises", "lowers", "measure"])], "a fact"),
    key("facts.*.variant", &[Name("a variant")], "the variant that is run").or("the scenario"),
    key("facts.*.raises", &[Measure], "the measure that the variant raises"),
    key("facts.*.lowers", &[Measure], "the measure that the variant lowers"),
    key("facts.*.measure", &[Measure], "the measure that has a bound"),
    key("facts.*.against", &[Name("a variant")], "the variant that it is compared with").or("the scenario"),
    key("facts.*.by", &[Number(Range::NOT_NEGATIVE)], "by at least so much").or("0"),
    key("facts.*.above", &[Number(Range::ANY), Measure], "the least that it may be"),
    key("facts.*.below", &[Number(Range::ANY), Measure], "the most that it may be"),

    key("studies", &[Table], "questions that are kept"),
    key("studies.*", &[Table], "a study"),
    key("studies.*.command", &[Name("a command")], "what is asked").required(),
    key("studies.*.OPTION", &[Option], "an option of the command"),

    key("variants", &[Table], "changes that are kept"),
    key("variants.*", &[SameAs("")], "what the variant changes"),
];
