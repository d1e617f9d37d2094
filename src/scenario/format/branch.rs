//! The table of keys as a tree, and the way through it.

use std::sync::OnceLock;

use super::NOTES;
use super::form::Form;
use super::rows::{KEYS, KeyRule};

/// A place in the format: the file itself, or the key of a row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Branch(&'static Node);

/// A place with those below it.
#[derive(Debug, Default)]
struct Node {
    rule: Option<&'static KeyRule>,
    /// The keys that are words of the format.
    keys: Vec<(&'static str, Node)>,
    /// What stands in place of ids (`*`, `ACTOR`), and the place below it.
    ids: Option<(&'static str, Box<Node>)>,
}

impl Node {
    /// The place that a part of a row's path leads to, made where it is new.
    fn grow(&mut self, part: &'static str) -> &mut Self {
        if part == "*" || part.starts_with(|first: char| first.is_ascii_uppercase()) {
            return &mut self.ids.get_or_insert_with(|| (part, Box::default())).1;
        }
        let at = self.keys.iter().position(|(key, _)| *key == part).unwrap_or_else(|| {
            self.keys.push((part, Self::default()));
            self.keys.len() - 1
        });
        &mut self.keys[at].1
    }
}

fn root() -> &'static Node {
    static ROOT: OnceLock<Node> = OnceLock::new();
    ROOT.get_or_init(|| {
        let mut root = Node::default();
        for rule in KEYS {
            let node = rule.path.split('.').fold(&mut root, Node::grow);
            node.rule = Some(rule);
        }
        root
    })
}

/// The place that keys lead to, one after the other.
pub(crate) fn at<'k>(keys: impl IntoIterator<Item = &'k str>) -> Option<Branch> {
    keys.into_iter().try_fold(Branch::root(), Branch::below)
}

/// The place of a path of a scenario, written with dots: `script.beijing.trade.offer`.
pub(crate) fn of_path(path: &str) -> Option<Branch> {
    let mut branch = Branch::root();
    let mut parts = path.split('.').filter(|part| !part.is_empty());
    while let Some(part) = parts.next() {
        branch = branch.below(part)?;
        // The id of a seat has a dot of its own.
        if branch.name() == Some("SEAT") {
            parts.next()?;
        }
    }
    Some(branch)
}

impl Branch {
    /// The file itself.
    pub(crate) fn root() -> Self {
        Self(root())
    }

    /// The row; `None` for the file itself.
    pub(crate) fn rule(self) -> Option<&'static KeyRule> {
        self.0.rule
    }

    /// The forms that may stand here.
    pub(crate) fn forms(self) -> &'static [Form] {
        self.0.rule.map_or(&[Form::Table], |rule| rule.forms)
    }

    /// Whether that form may stand here.
    pub(crate) fn has(self, form: Form) -> bool {
        self.forms().contains(&form)
    }

    /// The keys of which a table here has exactly one.
    pub(crate) fn alternatives(self) -> &'static [&'static str] {
        let one = |form: &Form| if let Form::TableWithOne(keys) = form { Some(*keys) } else { None };
        self.forms().iter().find_map(one).unwrap_or(&[])
    }

    /// The last part of its path.
    fn name(self) -> Option<&'static str> {
        self.0.rule.and_then(|rule| rule.path.rsplit('.').next())
    }

    /// The place whose keys a table here has.
    fn source(self) -> Self {
        let same = |form: &Form| if let Form::SameAs(path) = form { Some(*path) } else { None };
        let path = self.forms().iter().find_map(same);
        path.and_then(of_path).unwrap_or(self)
    }

    /// The place below a key: the word of the format, or the id that may stand there. A `title` or `because`
    /// leads to the rows of these.
    pub(crate) fn below(self, key: &str) -> Option<Self> {
        let node = self.source().0;
        let word = node.keys.iter().find(|(known, _)| *known == key).map(|(_, node)| node);
        let id = || node.ids.as_ref().map(|(_, node)| node.as_ref());
        let note = || self.has_notes().then(|| root().keys.iter().find(|(known, _)| *known == key)).flatten();
        let note = || note().filter(|_| NOTES.contains(&key)).map(|(_, node)| node);
        word.or_else(id).or_else(note).map(Self)
    }

    /// What stands in place of ids here, `*` or a word in capitals, and the place below it.
    pub(crate) fn ids(self) -> Option<(&'static str, Self)> {
        self.source().0.ids.as_ref().map(|(what, node)| (*what, Self(node)))
    }

    /// Whether a table here may have a `title` and a `because`.
    pub(crate) fn has_notes(self) -> bool {
        self.forms().iter().any(|form| form.is_table())
    }

    /// The words of the format that may stand as keys here, notes first.
    pub(crate) fn keys(self) -> Vec<&'static str> {
        let own = || self.source().0.keys.iter().map(|(key, _)| *key);
        let notes = NOTES.into_iter().filter(|note| self.has_notes() && !own().any(|key| key == *note));
        notes.chain(own()).collect()
    }
}
