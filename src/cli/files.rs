//! Reading files: scenarios, overlays, tables.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use demarche::scenario::Library;

/// Larger texts than this are no scenarios.
const LARGEST: u64 = 64 << 20;

/// Standard input, which can be read only once: whoever asks again gets the same.
static STANDARD_INPUT: OnceLock<Result<Vec<u8>, String>> = OnceLock::new();

/// Reads a file whole.
///
/// # Errors
/// Says why it cannot be read, as the end of a sentence that starts with the path.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, String> {
    if path == Path::new("-") {
        return STANDARD_INPUT.get_or_init(|| limited(std::io::stdin().lock())).clone();
    }
    let about = std::fs::metadata(path).map_err(|error| why(&error))?;
    if about.is_dir() {
        return Err("is a folder, not a file".to_owned());
    }
    limited(std::fs::File::open(path).map_err(|error| why(&error))?)
}

fn limited(source: impl Read) -> Result<Vec<u8>, String> {
    let mut text = Vec::new();
    source.take(LARGEST + 1).read_to_end(&mut text).map_err(|error| why(&error))?;
    if text.len() as u64 > LARGEST {
        return Err(format!("is larger than {} MiB", LARGEST >> 20));
    }
    Ok(text)
}

fn why(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "does not exist".to_owned(),
        std::io::ErrorKind::PermissionDenied => "may not be read".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}

/// The files beside a scenario.
#[derive(Debug)]
pub(crate) struct Beside;

impl Library for Beside {
    fn read(&self, from: &str, path: &str) -> Result<Vec<u8>, String> {
        let folder = match Path::new(from).parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
            _ => PathBuf::from("."),
        };
        let target = folder.join(path);
        // A link must not lead out of the folder either.
        if let (Ok(folder), Ok(target)) = (folder.canonicalize(), target.canonicalize())
            && !target.starts_with(&folder)
        {
            return Err("leads out of the scenario's folder".to_owned());
        }
        // A pipe or a device has nothing to do here, and may never end; a folder is told apart by `read`.
        if target.metadata().is_ok_and(|about| !about.is_file() && !about.is_dir()) {
            return Err("is no plain file".to_owned());
        }
        read(&target)
    }
}
