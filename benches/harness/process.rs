//! The program as people start it: wall time, CPU time and peak memory of a whole process.
//!
//! CPU time and memory come from `/proc`; where there is none they are missing.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long a process may take before it is stopped.
const LIMIT: Duration = Duration::from_secs(40);
/// How often a running process is looked at; also what its wall time is exact to.
const GLANCE: Duration = Duration::from_micros(500);
/// `/proc` counts CPU time in hundredths of a second on every Linux that Rust runs on.
const TICKS: f64 = 100.0;

/// What a process took.
pub(crate) struct Cost {
    /// Seconds.
    pub(crate) wall: f64,
    /// Seconds, all threads together.
    pub(crate) cpu: Option<f64>,
    /// The resident set's peak, in KiB.
    pub(crate) memory: Option<f64>,
}

/// Runs `program` once. An error says in a few words why there is nothing to tell.
pub(crate) fn run(program: &str, arguments: &[OsString]) -> Result<Cost, String> {
    let output = tempfile::tempfile().map_err(|error| error.to_string())?;
    let stdout = output.try_clone().map_err(|error| error.to_string())?;
    let before = children_cpu();
    let start = Instant::now();
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(stdout)
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| error.to_string())?;
    let (status, memory) = watch(&mut child, start).map_err(|error| error.to_string())?;
    let wall = start.elapsed().as_secs_f64();
    let status = status.ok_or_else(|| format!("stopped after {} s", LIMIT.as_secs()))?;
    // Status 1 is an answer too: a fact that fails.
    if !matches!(status.code(), Some(0 | 1)) {
        return Err(format!("failed: {status}"));
    }
    if output.metadata().is_ok_and(|data| data.len() == 0) {
        return Err("printed nothing".to_owned());
    }
    let cpu = children_cpu().zip(before).map(|(after, before)| after - before);
    Ok(Cost { wall, cpu, memory })
}

/// Waits for the process and keeps an eye on its memory; no status where it had to be stopped.
fn watch(child: &mut Child, start: Instant) -> io::Result<(Option<ExitStatus>, Option<f64>)> {
    let mut memory = None;
    loop {
        memory = peak_memory(child.id()).or(memory);
        if let Some(status) = child.try_wait()? {
            return Ok((Some(status), memory));
        }
        if start.elapsed() > LIMIT {
            child.kill()?;
            child.wait()?;
            return Ok((None, memory));
        }
        thread::sleep(GLANCE);
    }
}

/// The peak so far, in KiB; nothing before the program is loaded and once it has ended.
fn peak_memory(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    (kib > 0.0).then_some(kib)
}

/// CPU seconds of all children that have been waited for.
fn children_cpu() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // Fields are counted from behind the program's name, which may hold anything: cutime and cstime are the
    // 16th and 17th of all, the name the second.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(13);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some((user + system) / TICKS)
}
