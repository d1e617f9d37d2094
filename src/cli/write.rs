//! What an output folder holds: the tables, the scenario as it was run, its texts, and a manifest.

use std::collections::BTreeMap;

use demarche::ask::{Answer, FORM, Question, Source, sha256};
use demarche::study::Method;
use demarche::tables::{Table, csv};
use serde::{Deserialize, Serialize};

use super::folder::Folder;

/// What a folder's files were made with: the question and its provenance. No clock and no machine: the same question
/// writes the same bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// The version of demarche.
    pub(crate) version: String,
    /// How the distribution was found.
    pub(crate) method: String,
    /// The seed of all chance.
    pub(crate) seed: u64,
    /// Plays in all.
    pub(crate) replications: u64,
    /// Draws of the parameters; 0: central values.
    pub(crate) draws: u64,
    /// The SHA-256 of scenario.toml, as `sha256sum` prints it.
    pub(crate) sha256: String,
    /// The version of the form in which manifests and questions are written.
    pub(crate) form: u32,
    /// The question; the files that it names are among the texts of source.json.
    pub(crate) question: Question,
}

/// Writes a folder.
pub(crate) fn folder(
    folder: &Folder,
    answer: &Answer,
    tables: &[Table],
    source: &Source,
) -> anyhow::Result<()> {
    for (name, bytes) in files(answer, tables, source)? {
        folder.write(&name, &bytes)?;
    }
    Ok(())
}

/// The files of a folder, by their names.
pub(crate) fn files(
    answer: &Answer,
    tables: &[Table],
    source: &Source,
) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut files: BTreeMap<String, Vec<u8>> =
        tables.iter().map(|table| (format!("{}.csv", table.name()), csv(table))).collect();
    let provenance = &answer.provenance;
    files.insert("scenario.toml".to_owned(), provenance.scenario.clone().into_bytes());
    let kept = Kept::new(&provenance.question, source);
    files.insert("source.json".to_owned(), pretty(&kept.source)?);
    let manifest = Manifest {
        version: provenance.version.clone(),
        method: method(provenance.method).to_owned(),
        seed: provenance.seed,
        replications: provenance.replications,
        draws: provenance.draws,
        sha256: provenance.sha256.clone(),
        form: FORM,
        question: kept.question,
    };
    files.insert("manifest.json".to_owned(), pretty(&manifest)?);
    Ok(files)
}

/// What the files of a game that no scenario has were made with: neither plays nor draws nor chance.
#[derive(Serialize)]
struct GameManifest {
    version: &'static str,
    method: &'static str,
    seed: u64,
    replications: u64,
    draws: u64,
    /// The SHA-256 of game.nfg.
    sha256: String,
}

/// Writes the folder of a game that no scenario has, given as the text of a `.nfg` file.
pub(crate) fn game(folder: &Folder, game: &str, tables: &[Table]) -> anyhow::Result<()> {
    for table in tables {
        folder.write(&format!("{}.csv", table.name()), &csv(table))?;
    }
    folder.write("game.nfg", game.as_bytes())?;
    let manifest = GameManifest {
        version: env!("CARGO_PKG_VERSION"),
        method: "solve",
        seed: 0,
        replications: 0,
        draws: 0,
        sha256: sha256(game.as_bytes()),
    };
    folder.write("manifest.json", &pretty(&manifest)?)
}

/// How a method is called.
fn method(method: Method) -> &'static str {
    if method == Method::Exact { "exact" } else { "sample" }
}

fn pretty(value: &impl Serialize) -> anyhow::Result<Vec<u8>> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(text.into_bytes())
}

/// A question and its texts under names that say nothing of the machine: paths from the folder that they share.
struct Kept {
    question: Question,
    source: Source,
}

impl Kept {
    fn new(question: &Question, source: &Source) -> Self {
        let shared = shared_folder(std::iter::once(source.name.as_str()).chain(source.names()));
        let short = |name: &str| name[shared..].to_owned();
        let mut question = question.clone();
        let known: Vec<&str> = source.names().collect();
        question.each_file(&mut |_, name| {
            if known.contains(&name.as_str()) {
                *name = short(name);
            }
        });
        Self { question, source: source.renamed(&short(&source.name), short) }
    }
}

/// How many bytes of all names are the folder that they share.
fn shared_folder<'n>(mut names: impl Iterator<Item = &'n str>) -> usize {
    let first = names.next().unwrap_or_default();
    let folder =
        |name: &str, most: usize| name[..most.min(name.len())].rfind(['/', '\\']).map_or(0, |at| at + 1);
    let mut shared = folder(first, first.len());
    for name in names {
        let same = first.bytes().zip(name.bytes()).take_while(|(one, other)| one == other).count();
        if same < shared {
            let same = (0..=same).rev().find(|&at| first.is_char_boundary(at)).unwrap_or(0);
            shared = folder(first, same);
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_from_the_folder_that_they_share() {
        for (names, expected) in [
            (vec!["s.toml"], 0),
            (vec!["/home/me/s.toml"], 9),
            (vec!["a/b/s.toml", "a/b/t.csv", "a/c.csv"], 2),
            (vec!["a/s.toml", "b/t.csv"], 0),
            (vec!["ab/s.toml", "ac/t.csv"], 0),
        ] {
            assert_eq!(shared_folder(names.iter().copied()), expected, "{names:?}");
        }
    }
}
