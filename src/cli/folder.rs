//! Output folders: written whole or not at all, and never over anything of the user's.

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use demarche::output::file_names;
use tempfile::TempDir;

/// A folder that is being written, beside the place where it will stand.
#[derive(Debug)]
pub(crate) struct Folder {
    target: PathBuf,
    draft: TempDir,
}

impl Folder {
    /// Makes sure, before any long work, that the folder can be written.
    ///
    /// # Errors
    /// If the place is taken by something that demarche did not write, or cannot be written.
    pub(crate) fn prepare(target: &Path) -> anyhow::Result<Self> {
        let target = if target.is_symlink() {
            target
                .canonicalize()
                .with_context(|| format!("could not follow the link {}", target.display()))?
        } else {
            target.to_path_buf()
        };
        refuse_foreign(&target)?;
        let parent = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
            _ => PathBuf::from("."),
        };
        if target.file_name().is_none() {
            bail!("{} is no name for an output folder", target.display());
        }
        fs::create_dir_all(&parent).with_context(|| format!("could not create {}", parent.display()))?;
        let draft = tempfile::Builder::new()
            .prefix(".demarche-")
            .tempdir_in(&parent)
            .with_context(|| format!("could not write in {}", parent.display()))?;
        Ok(Self { target, draft })
    }

    /// Writes a file into the draft.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let mut file = self.create(name)?;
        file.write_all(bytes).with_context(|| self.failure(name))?;
        file.sync_all().with_context(|| self.failure(name))
    }

    /// Opens a file of the draft, for what is too large to hold.
    pub(crate) fn create(&self, name: &str) -> anyhow::Result<fs::File> {
        fs::File::create(self.draft.path().join(name)).with_context(|| self.failure(name))
    }

    /// What to say when a file cannot be written.
    pub(crate) fn failure(&self, name: &str) -> String {
        format!("could not write {}", self.target.join(name).display())
    }

    /// Puts the draft where it belongs; an older folder of ours makes way.
    pub(crate) fn commit(self) -> anyhow::Result<()> {
        let failure = || format!("could not put {} in its place", self.target.display());
        // The user may have put something there meanwhile.
        refuse_foreign(&self.target)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(self.draft.path(), fs::Permissions::from_mode(0o755))
                .with_context(failure)?;
        }
        let draft = self.draft.keep();
        let placed = if self.target.exists() {
            replace(&draft, &self.target)
        } else {
            fs::rename(&draft, &self.target)
        };
        if placed.is_err() {
            // What could not be placed must not stay behind.
            let _ = fs::remove_dir_all(&draft);
        }
        placed.with_context(failure)
    }
}

/// Swaps an older folder for the draft; if that fails, the older one is put back.
fn replace(draft: &Path, target: &Path) -> std::io::Result<()> {
    let mut aside: OsString = draft.as_os_str().to_owned();
    aside.push("-old");
    let aside = PathBuf::from(aside);
    fs::rename(target, &aside)?;
    if let Err(error) = fs::rename(draft, target) {
        fs::rename(&aside, target)?;
        return Err(error);
    }
    fs::remove_dir_all(&aside)
}

/// Refuses a place that holds anything but an output folder of ours.
fn refuse_foreign(target: &Path) -> anyhow::Result<()> {
    if !target.exists() {
        return Ok(());
    }
    if !target.is_dir() {
        bail!("{} is a file, not a folder: name another place for the output", target.display());
    }
    let entries =
        fs::read_dir(target).with_context(|| format!("could not look into {}", target.display()))?;
    let mut ours = false;
    let mut empty = true;
    for entry in entries {
        let entry = entry.with_context(|| format!("could not look into {}", target.display()))?;
        let name = entry.file_name();
        let known = name.to_str().is_some_and(|name| file_names().contains(&name));
        if !known || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            bail!(
                "{} holds {}, which demarche did not write: name another folder, or move it away",
                target.display(),
                name.display()
            );
        }
        empty = false;
        ours |= name == "manifest.json" && is_manifest(&entry.path());
    }
    if !empty && !ours {
        bail!(
            "{} holds files but no manifest.json of demarche's: name another folder, or move them away",
            target.display()
        );
    }
    Ok(())
}

fn is_manifest(path: &Path) -> bool {
    let text = fs::read_to_string(path).unwrap_or_default();
    let parsed: Option<serde_json::Value> = serde_json::from_str(&text).ok();
    parsed.is_some_and(|value| ["version", "seed", "sha256"].iter().all(|key| value.get(key).is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(target: &Path, text: &str) -> anyhow::Result<()> {
        let folder = Folder::prepare(target)?;
        folder.write("outcomes.csv", text.as_bytes())?;
        folder.write("manifest.json", br#"{"version": "0", "seed": 1, "sha256": ""}"#)?;
        folder.commit()
    }

    #[test]
    fn a_folder_of_ours_is_replaced_and_nothing_else_is_left_behind() -> anyhow::Result<()> {
        let place = tempfile::tempdir()?;
        let target = place.path().join("out");
        written(&target, "first")?;
        written(&target, "second")?;
        assert_eq!(fs::read_to_string(target.join("outcomes.csv"))?, "second");
        assert_eq!(fs::read_dir(place.path())?.count(), 1);
        Ok(())
    }

    #[test]
    fn what_we_did_not_write_stays_as_it_is() -> anyhow::Result<()> {
        let place = tempfile::tempdir()?;
        let target = place.path().join("out");
        written(&target, "first")?;
        fs::write(target.join("thesis.tex"), "ten years of work")?;
        let refused = written(&target, "second").unwrap_err().to_string();
        assert!(refused.contains("holds thesis.tex, which demarche did not write"), "{refused}");
        assert_eq!(fs::read_to_string(target.join("outcomes.csv"))?, "first");
        assert_eq!(fs::read_dir(place.path())?.count(), 1);
        Ok(())
    }

    #[test]
    fn files_with_our_names_but_no_manifest_are_somebody_elses() -> anyhow::Result<()> {
        let place = tempfile::tempdir()?;
        let target = place.path().join("out");
        fs::create_dir(&target)?;
        fs::write(target.join("outcomes.csv"), "mine")?;
        assert!(written(&target, "second").is_err());
        assert_eq!(fs::read_to_string(target.join("outcomes.csv"))?, "mine");
        Ok(())
    }

    #[test]
    fn a_file_in_the_way_is_named() -> anyhow::Result<()> {
        let place = tempfile::tempdir()?;
        let target = place.path().join("out");
        fs::write(&target, "a file")?;
        let refused = written(&target, "x").unwrap_err().to_string();
        assert!(refused.contains("is a file, not a folder"), "{refused}");
        Ok(())
    }
}
