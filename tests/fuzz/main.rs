//! Everything that reads what somebody else wrote, fed with damaged copies of what it knows: nothing panics, hangs, or
//! takes more than 256 MiB.
//!
//! A hundred rounds each in every test run, always the same ones; `MODDESK_FUZZ_SECONDS=3600 cargo test --release
//! --test fuzz -- --nocapture` goes on for an hour in all, each target for its share, with new ones. A failure names its
//! round, and `MODDESK_FUZZ_ROUND` repeats it; `MODDESK_FUZZ_TARGET=pictures` keeps to one of them.

#![allow(clippy::print_stdout, reason = "an hour of it says where it stands")]

mod damage;
mod targets;

use damage::{Dice, damaged};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

const ROUNDS: u64 = 100;
/// In KiB, as the kernel counts.
const MOST: u64 = 256 << 10;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn nothing_that_reads_what_others_wrote_panics_or_fills_the_memory() {
    let mut targets = targets::all();
    if let Ok(only) = std::env::var("MODDESK_FUZZ_TARGET") {
        targets.retain(|target| target.name == only);
        assert!(!targets.is_empty(), "there is no {only} here");
    }
    let share = number("MODDESK_FUZZ_SECONDS").map(|all| Duration::from_secs(all) / targets.len() as u32);
    let only = number("MODDESK_FUZZ_ROUND");
    for target in &targets {
        let began = Instant::now();
        let (mut round, mut slowest) = (only.unwrap_or(0), (Duration::ZERO, 0));
        let goes_on = |round: u64| match (only, share) {
            (Some(only), _) => round == only,
            (None, Some(share)) => began.elapsed() < share,
            (None, None) => round < ROUNDS,
        };
        while goes_on(round) {
            let input = damaged(&mut Dice::new(round), &target.seeds);
            let at = Instant::now();
            let kept = catch_unwind(AssertUnwindSafe(|| (target.read)(&input)));
            slowest = slowest.max((at.elapsed(), round));
            assert!(
                kept.is_ok(),
                "{} panicked in round {round} on {} bytes: {:?}",
                target.name,
                input.len(),
                String::from_utf8_lossy(&input[..input.len().min(400)])
            );
            round += 1;
        }
        let (took, at) = slowest;
        println!("{:<12} {round:>9} rounds, the slowest took {took:.1?} (round {at})", target.name);
    }
    let peak = peak_memory();
    println!("{:<12} {:>9} KiB at most", "memory", peak.unwrap_or(0));
    assert!(peak.is_none_or(|peak| peak <= MOST), "{peak:?} KiB");
}

/// The most that this process ever held, where the system says.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix("kB")?.trim().parse().ok())
}
