//! What an output folder keeps for whoever wants to ask again.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};
use demarche::ask::{FORM, Source};

use super::write::Manifest;
use super::{Status, print};

/// The question and the texts that a folder holds.
pub(super) fn kept(folder: &Path) -> anyhow::Result<(Manifest, Source)> {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path).with_context(|| format!("could not read {}", path.display()))
    };
    let written = read("manifest.json")?;
    let any: serde_json::Value = serde_json::from_slice(&written)
        .with_context(|| format!("{} is no manifest", folder.join("manifest.json").display()))?;
    match any.get("form").and_then(serde_json::Value::as_u64) {
        Some(form) if form == u64::from(FORM) => {}
        Some(form) => bail!(
            "{} has a manifest of form {form}, which this demarche does not know: it reads form {FORM}",
            folder.display()
        ),
        None => bail!(
            "{} has a manifest that says no question: it was written before folders could be repeated",
            folder.display()
        ),
    }
    let manifest = serde_json::from_value(any)
        .with_context(|| format!("{} cannot be used", folder.join("manifest.json").display()))?;
    let source = serde_json::from_slice(&read("source.json")?)
        .with_context(|| format!("{} cannot be used", folder.join("source.json").display()))?;
    Ok((manifest, source))
}

/// Says which files of a folder are the same.
pub(super) fn compare(
    folder: &Path,
    files: &BTreeMap<String, Vec<u8>>,
    manifest: &Manifest,
) -> anyhow::Result<Status> {
    let mut text = String::new();
    let mut differing = 0;
    for (name, bytes) in files {
        let word = match std::fs::read(folder.join(name)) {
            Ok(kept) if kept == *bytes => "the same",
            Ok(_) => "differs",
            Err(_) => "is missing",
        };
        differing += usize::from(word != "the same");
        text += &format!("  {name:<18} {word}\n");
    }
    let version = env!("CARGO_PKG_VERSION");
    text += &match differing {
        0 => format!("{} says the same, byte for byte: {} files\n", folder.display(), files.len()),
        1 => format!("1 of {} files is not the same\n", files.len()),
        _ => format!("{differing} of {} files are not the same\n", files.len()),
    };
    if differing > 0 && manifest.version != version {
        text += &format!("It was written by demarche {}; this is {version}.\n", manifest.version);
    }
    print(&text)?;
    Ok(if differing == 0 { Status::Done } else { Status::Failed })
}
