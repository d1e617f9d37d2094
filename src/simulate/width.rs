//! For which widths of machine plays are compiled.

use pulp::WithSimd;

/// Does a job with the instructions of the machine, as far as it gains by them.
///
/// What a play does in a turn is compiled anew for each width and each observer, and is by far the most code of the
/// library. AVX2 speeds it up; AVX-512 does not, as a choice is one comparison of 256 bits already. So that width is
/// left to the cipher ([`chacha`](super::chacha)), which gains a quarter by it and is compiled once.
#[cfg(target_arch = "x86_64")]
pub(crate) fn dispatch<J: WithSimd>(job: J) -> J::Output {
    match pulp::x86::V3::try_new() {
        Some(wide) => pulp::Simd::vectorize(wide, job),
        None => job.with_simd(pulp::Scalar),
    }
}

/// Does a job with the instructions of the machine.
#[cfg(not(target_arch = "x86_64"))]
pub(crate) fn dispatch<J: WithSimd>(job: J) -> J::Output {
    pulp::Arch::new().dispatch(job)
}
