//! The command line of demarche. Everything else is in the library.

mod cli;

use std::process::ExitCode;

/// Studies make and drop many small lists on several threads, which costs the system's allocator up to half of all
/// time. The library leaves the choice to whoever links it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match cli::run() {
        Ok(status) => status.into(),
        Err(error) if cli::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            cli::complain(&error);
            cli::Status::Failed.into()
        }
    }
}
