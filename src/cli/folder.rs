//! Output folders: written whole or not at all, and never over anything of the user's.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use demarche::ask::sha256;
use demarche::tables::file_names;
use tempfile::TempDir;

/// A folder that is being written, beside the place where it will stand.
///
/// All happens inside a temporary folder beside the target: the new folder is written there, an older one
/// waits there until the new one has taken its place. Dropping it, committed or not, leaves nothing behind.
#[derive(Debug)]
pub(crate) struct Folder {
    target: PathBuf,
    workshop: TempDir,
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
        if target.file_name().is_none() {
            bail!("{} is no name for an output folder", target.display());
        }
        let parent = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
            _ => PathBuf::from("."),
        };
        if let Some(file) = parent.ancestors().find(|above| above.is_file()) {
            bail!("{} is a file, not a folder: name another place for the output", file.display());
        }
        if is_mount_point(&target, &parent) {
            bail!(
                "{} is where another file system begins, and cannot be replaced whole: name a folder in it",
                target.display()
            );
        }
        fs::create_dir_all(&parent).with_context(|| format!("could not create {}", parent.display()))?;
        let workshop = tempfile::Builder::new()
            .prefix(".demarche-")
            .tempdir_in(&parent)
            .with_context(|| format!("could not write in {}", parent.display()))?;
        let folder = Self { target, workshop };
        // A folder of its own inside, so that it has the permissions that the user's folders have.
        fs::create_dir(folder.draft()).with_context(|| format!("could not write in {}", parent.display()))?;
        Ok(folder)
    }

    fn draft(&self) -> PathBuf {
        self.workshop.path().join("new")
    }

    /// Writes a file into the draft.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let mut file = self.create(name)?;
        file.write_all(bytes).with_context(|| self.failure(name))?;
        file.sync_all().with_context(|| self.failure(name))
    }

    /// Opens a file of the draft, for what is too large to hold.
    pub(crate) fn create(&self, name: &str) -> anyhow::Result<fs::File> {
        fs::File::create(self.draft().join(name)).with_context(|| self.failure(name))
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
        let older = self.workshop.path().join("old");
        let replaces = self.target.exists();
        if replaces {
            fs::rename(&self.target, &older).with_context(failure)?;
        }
        let Err(error) = fs::rename(self.draft(), &self.target) else { return Ok(()) };
        if replaces && fs::rename(&older, &self.target).is_err() {
            let kept = self.workshop.keep().join("old");
            bail!("could not put {} back: it is at {} now", self.target.display(), kept.display());
        }
        Err(error).with_context(failure)
    }
}

/// Whether a folder lies on another file system than the one that holds it: it cannot be renamed then.
#[cfg(unix)]
fn is_mount_point(target: &Path, parent: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::metadata(path).map(|about| about.dev());
    matches!((device(target), device(parent)), (Ok(own), Ok(above)) if own != above)
}

#[cfg(not(unix))]
fn is_mount_point(_: &Path, _: &Path) -> bool {
    false
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
    let mut empty = true;
    for entry in entries {
        let entry = entry.with_context(|| format!("could not look into {}", target.display()))?;
        let name = entry.file_name();
        let known = name.to_str().is_some_and(|name| file_names().any(|known| known == name));
        if !known || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            bail!(
                "{} holds {}, which demarche did not write: name another folder, or move it away",
                target.display(),
                name.display()
            );
        }
        empty = false;
    }
    if !empty {
        refuse_without_manifest(target)?;
    }
    Ok(())
}

/// Refuses a folder whose files have our names, but that no manifest of ours vouches for.
fn refuse_without_manifest(target: &Path) -> anyhow::Result<()> {
    let Some(written) = hash_in_manifest(&target.join("manifest.json")) else {
        bail!(
            "{} holds files but no manifest.json of demarche's: name another folder, or move them away",
            target.display()
        );
    };
    let scenario = fs::read(target.join("scenario.toml"));
    if scenario.is_ok_and(|text| sha256(&text) != written) {
        bail!(
            "{} was changed since demarche wrote it: name another folder, or move it away",
            target.join("scenario.toml").display()
        );
    }
    Ok(())
}

/// The hash of scenario.toml that a manifest of ours tells; `None` for other files.
fn hash_in_manifest(path: &Path) -> Option<String> {
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    let ours =
        ["version", "method", "seed", "replications", "draws"].iter().all(|key| manifest.get(key).is_some());
    let sha256 = manifest.get("sha256")?.as_str()?;
    ours.then(|| sha256.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(target: &Path, text: &str) -> anyhow::Result<()> {
        let folder = Folder::prepare(target)?;
        folder.write("outcomes.csv", text.as_bytes())?;
        folder.write("scenario.toml", b"format = 1")?;
        let sha256 = sha256(b"format = 1");
        let manifest = format!(
            r#"{{ "version": "1", "method": "sample", "seed": 1, "replications": 9, "draws": 0, "sha256": "{sha256}" }}"#
        );
        folder.write("manifest.json", manifest.as_bytes())?;
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

    #[test]
    fn nothing_is_left_of_a_folder_that_was_never_finished() -> anyhow::Result<()> {
        let place = tempfile::tempdir()?;
        let target = place.path().join("out");
        written(&target, "first")?;
        let folder = Folder::prepare(&target)?;
        folder.write("outcomes.csv", b"half")?;
        drop(folder);
        assert_eq!(fs::read_to_string(target.join("outcomes.csv"))?, "first");
        assert_eq!(fs::read_dir(place.path())?.count(), 1);
        Ok(())
    }

    #[test]
    fn what_came_in_the_way_meanwhile_is_not_lost() -> anyhow::Result<()> {
        let place = tempfile::tempdir()?;
        let target = place.path().join("out");
        let folder = Folder::prepare(&target)?;
        fs::create_dir(&target)?;
        fs::write(target.join("notes.txt"), "mine")?;
        assert!(folder.commit().is_err());
        assert_eq!(fs::read_to_string(target.join("notes.txt"))?, "mine");
        assert_eq!(fs::read_dir(place.path())?.count(), 1);
        Ok(())
    }

    #[test]
    fn a_folder_in_a_folder_is_somebody_elses_whatever_its_name() -> anyhow::Result<()> {
        let place = tempfile::tempdir()?;
        let target = place.path().join("out");
        written(&target, "first")?;
        fs::create_dir(target.join("draws.csv"))?;
        let refused = written(&target, "second").unwrap_err().to_string();
        assert!(refused.contains("holds draws.csv"), "{refused}");
        Ok(())
    }

    #[test]
    fn a_manifest_of_another_program_is_no_manifest() -> anyhow::Result<()> {
        let place = tempfile::tempdir()?;
        let target = place.path().join("out");
        fs::create_dir(&target)?;
        fs::write(target.join("manifest.json"), r#"{"name": "a web page", "version": "3"}"#)?;
        assert!(written(&target, "second").is_err());
        assert_eq!(fs::read_dir(&target)?.count(), 1);
        Ok(())
    }

    #[test]
    fn a_scenario_that_the_user_has_edited_in_place_is_not_lost() -> anyhow::Result<()> {
        let place = tempfile::tempdir()?;
        let target = place.path().join("out");
        written(&target, "first")?;
        fs::write(target.join("scenario.toml"), "format = 1 # with an afterthought")?;
        let refused = written(&target, "second").unwrap_err().to_string();
        assert!(refused.contains("scenario.toml was changed"), "{refused}");
        Ok(())
    }

    #[test]
    fn an_empty_folder_may_be_filled_and_missing_parents_are_made() -> anyhow::Result<()> {
        let place = tempfile::tempdir()?;
        fs::create_dir(place.path().join("empty"))?;
        written(&place.path().join("empty"), "x")?;
        written(&place.path().join("a").join("b"), "y")?;
        assert_eq!(fs::read_to_string(place.path().join("a/b/outcomes.csv"))?, "y");
        Ok(())
    }

    #[test]
    #[cfg(unix)]
    fn a_link_is_followed_and_stays_a_link() -> anyhow::Result<()> {
        let place = tempfile::tempdir()?;
        let (real, link) = (place.path().join("real"), place.path().join("link"));
        written(&real, "first")?;
        std::os::unix::fs::symlink(&real, &link)?;
        written(&link, "second")?;
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(real.join("outcomes.csv"))?, "second");
        Ok(())
    }

    #[test]
    #[cfg(unix)]
    fn a_link_to_nowhere_is_named() -> anyhow::Result<()> {
        let place = tempfile::tempdir()?;
        let link = place.path().join("link");
        std::os::unix::fs::symlink(place.path().join("gone"), &link)?;
        let refused = written(&link, "x").unwrap_err().to_string();
        assert!(refused.contains("could not follow the link"), "{refused}");
        Ok(())
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn mount_points_are_seen() {
        assert!(is_mount_point(Path::new("/proc"), Path::new("/")));
        let place = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(place.path().join("out")).expect("it is empty");
        assert!(!is_mount_point(&place.path().join("out"), place.path()));
        assert!(!is_mount_point(&place.path().join("none"), place.path()));
    }

    #[test]
    fn a_file_among_the_parents_is_named() -> anyhow::Result<()> {
        let place = tempfile::tempdir()?;
        fs::write(place.path().join("file"), "")?;
        let refused = format!("{:#}", written(&place.path().join("file/out"), "x").unwrap_err());
        assert!(refused.contains("file is a file, not a folder"), "{refused}");
        Ok(())
    }
}
