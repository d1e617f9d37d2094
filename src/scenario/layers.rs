//! From files to trees: the chain of `extends`, and the version that each file says it is written in.

use super::diagnostic::Diagnostic;
use super::source::{FileId, Library, Sources, Span};
use super::tree::{Node, Table, Value, parse};
use super::{format, paths, text};

/// Files that extend one another, at most.
const CHAIN: usize = 32;

/// One file's tree.
#[derive(Clone, Debug)]
pub(crate) struct Layer {
    /// What it says.
    pub(crate) table: Table,
    /// Its text.
    pub(crate) file: FileId,
}

/// A file that is read with all that it extends.
pub(crate) struct Opening<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// Its text.
    pub(crate) bytes: &'a [u8],
    /// Whether it changes another scenario, and need not say in which version it is written.
    pub(crate) overlay: bool,
    /// Where the files are that it names.
    pub(crate) library: &'a dyn Library,
}

/// What a [`Diagnostic`] is called that says that a text is a game of Gambit's, of which a scenario can be made.
pub const GAMBIT_FILE: &str = "gambit-file";

/// Reads a file and all that it extends, the furthest first. `None` where any of them cannot be used.
pub(crate) fn load(
    opening: &Opening<'_>,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<Layer>> {
    let Opening { name, bytes, overlay, library } = *opening;
    let mut chain = Vec::new();
    let mut next = Some((name.to_owned(), bytes.to_vec(), Span::default()));
    let mut sound = true;
    while let Some((name, bytes, _)) = next.take() {
        let layer = read(sources, &name, &bytes, diagnostics)?;
        let extends = layer.table.get("extends").cloned();
        sound &= check_format(&layer, overlay || extends.is_some(), diagnostics);
        chain.push(layer);
        if let Some(extends) = extends {
            match follow(sources, library, &chain, &extends) {
                Ok(found) => next = Some(found),
                Err(diagnostic) => {
                    diagnostics.push(diagnostic);
                    sound = false;
                }
            }
        }
    }
    chain.reverse();
    sound.then_some(chain)
}

fn read(sources: &mut Sources, name: &str, bytes: &[u8], diagnostics: &mut Vec<Diagnostic>) -> Option<Layer> {
    match text::add(sources, name, bytes) {
        // Whatever else could be said of its syntax misleads.
        Ok(file) if text::is_gambit(bytes) => {
            let start = sources.get(file).text.find(['N', 'E']).unwrap_or(0);
            let message = "this is a game in a file of Gambit's, not a scenario";
            diagnostics.push(Diagnostic::error(GAMBIT_FILE, Span::new(file, &(start..start + 3)), message));
            None
        }
        Ok(file) => Some(Layer { table: parse(sources, file, diagnostics)?, file }),
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            None
        }
    }
}

/// The file that `extends` names: name, bytes, where it is named.
fn follow(
    sources: &Sources,
    library: &dyn Library,
    chain: &[Layer],
    extends: &Node,
) -> Result<(String, Vec<u8>, Span), Diagnostic> {
    let error = |message: String| Diagnostic::error("extends", extends.span, message);
    let Value::String(path) = &extends.value else {
        return Err(error("`extends` must be the path of another scenario, in quotes".to_owned()));
    };
    let inside = paths::inside(path).map_err(|why| {
        error(format!("`extends`: `{path}` {why}"))
            .help("name a scenario in the folder of this one, or below it")
    })?;
    let from = chain.last().map_or("", |layer| sources.get(layer.file).name.as_str());
    let name = paths::beside(from, &inside);
    if chain.iter().any(|layer| sources.get(layer.file).name == name) {
        let way = match chain.len() {
            1 => String::new(),
            files => format!(", by way of {files} files"),
        };
        return Err(error(format!("`extends`: `{path}` extends itself{way}"))
            .help("leave out `extends` in the one that the others are to start from"));
    }
    if chain.len() >= CHAIN {
        return Err(error(format!("more than {CHAIN} files extend one another")));
    }
    let bytes = library.read(from, &inside).map_err(|why| error(format!("`extends`: `{path}` {why}")))?;
    Ok((name, bytes, extends.span))
}

fn check_format(layer: &Layer, optional: bool, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let wanted = format::VERSION;
    let help = format!("this version reads `format = {wanted}`");
    let found = match layer.table.get("format") {
        None if optional => return true,
        None => {
            let start = Span { file: layer.file, start: 0, end: 0 };
            let missing = "`format` is missing: a scenario says which version of the format it is written in";
            let found = Diagnostic::error("format", start, missing)
                .help(format!("write `format = {wanted}` at the top"));
            diagnostics.push(found);
            return true; // there is no other version yet: what else is wrong can be told as well
        }
        Some(Node { value: Value::Number(text), .. }) if *text == wanted.to_string() => return true,
        Some(Node { value: Value::Number(text), span }) => {
            let message = format!("format {text} is not read by this version, which reads format {wanted}");
            Diagnostic::error("format", *span, message)
        }
        Some(node) => Diagnostic::error("format", node.span, "`format` must be a whole number").help(help),
    };
    diagnostics.push(found);
    false
}
