//! A folder of its own for each test, and the program run in it.

use std::path::PathBuf;
use std::process::Output;

use assert_cmd::Command;

/// A small scenario: two actors, one parameter that is uncertain, a variant.
pub(crate) const DUEL: &str = r#"
format = 1
title  = "A duel"
turns  = 3

[parameters]
pride = { uniform = [0.5, 1.5] }

[variables.honour]
levels = ["stained", "kept"]

[actors.first]
[actors.second]

[issues.dawn.moves]
first  = ["shoot", "spare"]
second = ["shoot", "spare"]

[issues.dawn.payoffs.glory]
when = { first = "shoot" }
pays = { first = "pride", second = -1 }

[issues.dawn.effects.saves]
when   = { first = "spare", second = "spare" }
chance = 0.5
set    = { honour = "kept" }

[outcomes.end.reconciled]
when = { honour = "kept" }

[outcomes.end.bitter]

[variants.meek]
script = { "first.dawn" = "spare" }

[variants.fierce]
script = { "first.dawn" = "shoot" }

[facts.f1]
variant = "fierce"
lowers  = "outcomes.end.reconciled"
"#;

/// A scratch folder that holds `duel.toml`.
pub(crate) struct Workspace {
    folder: tempfile::TempDir,
}

impl Workspace {
    #[track_caller]
    pub(crate) fn new() -> Self {
        let made = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        made.write("duel.toml", DUEL);
        made
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    #[track_caller]
    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("the folder can be written");
    }

    #[track_caller]
    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The names in a folder, sorted.
    #[track_caller]
    pub(crate) fn list(&self, name: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.path(name)).expect("it is a folder");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// The program with these arguments, which are split at spaces.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
        command.current_dir(self.folder.path()).env("COLUMNS", "100").env("NO_COLOR", "1");
        command.args(arguments.split_whitespace());
        command
    }

    #[track_caller]
    pub(crate) fn run(&self, arguments: &str) -> Output {
        self.command(arguments).output().expect("the program starts")
    }

    /// What it prints, where it must succeed.
    #[track_caller]
    pub(crate) fn prints(&self, arguments: &str) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    }

    /// What it complains of, where it must exit with `status` and print nothing.
    #[track_caller]
    pub(crate) fn complains(&self, arguments: &str, status: i32) -> String {
        let output = self.run(arguments);
        let stderr = String::from_utf8(output.stderr).expect("text");
        assert_eq!(output.status.code(), Some(status), "{stderr}");
        assert_eq!(String::from_utf8_lossy(&output.stdout), "", "standard output is for results alone");
        stderr
    }
}
