//! What it costs to make text safe, against what it costs just to pass over it, in the same run.
//!
//! `cargo bench --bench text`. Each line: the time of ours, the time of the yardstick, and ours in yardsticks.

use moddesk::text::mark::{Mask, Shown, Terms};
use moddesk::text::{Untrusted, fold, language, scrub, wrap};
use std::hint::black_box;
use std::time::{Duration, Instant};

const MEGABYTE: usize = 1 << 20;
/// What the screen is drawn in at 80 columns.
const COLUMNS: usize = 76;

#[expect(clippy::print_stdout, reason = "a benchmark is there to print")]
fn main() {
    let comment = "Ça fait 3 semaines que j'attends mon expert après la tempête, personne ne répond au téléphone. \
                   Vous faites quoi ??? Regardez https://exemple.fr/forum/88117 👍🏽\n";
    let pieces: [(&str, String); 8] = [
        ("1 MiB, one cluster of accents", filled("a", "\u{301}")),
        ("1 MiB, one cluster of jamo", filled("", "\u{1100}")),
        ("1 MiB, one cluster of joined emoji", filled("", "👩\u{200d}")),
        ("1 MiB, escapes and overrides", filled("", "\u{1b}[31m\u{202e}")),
        ("1 MiB, links", filled("", "a.com/b http://c.fr ")),
        ("1 MiB, comments", filled("", comment)),
        ("1 MiB, plain ASCII", filled("", "the quick brown fox jumps over the dog ")),
        ("a typical comment", comment.to_owned()),
    ];
    let terms =
        Terms::new(["connard*", "fils de pute", "quick brown", "tempête", "a", "evil.example"]).expect("six terms fit");
    for (name, raw) in &pieces {
        let text = Untrusted::from(raw.as_str());
        println!("{name}");
        let copy = median(|| black_box(raw).clone());
        let count = median(|| black_box(raw).chars().count());
        compare("scrub::block", median(|| scrub::block(black_box(&text))), "a plain copy", copy);
        let safe = scrub::block(&text);
        compare(
            "wrap::wrap",
            median(|| wrap::wrap(black_box(safe.as_str()), COLUMNS)),
            "counting its characters",
            count,
        );
        compare(
            "scrub, then wrap",
            median(|| wrap::wrap(scrub::block(black_box(&text)).as_str(), COLUMNS)),
            "counting its characters",
            count,
        );
        compare(
            "fold::fold",
            median(|| fold::fold(black_box(raw))),
            "to_lowercase",
            median(|| black_box(raw).to_lowercase()),
        );
        compare("Terms::hits", median(|| terms.hits(black_box(&safe))), "counting its characters", count);
        let hits = terms.hits(&safe);
        compare(
            "masked, level 2",
            median(|| Shown::masked(black_box(&safe), &hits, Mask::Sentences)),
            "a plain copy",
            copy,
        );
        compare("language::guess", median(|| language::guess(black_box(raw))), "counting its characters", count);
    }
}

/// A megabyte of the same over and over.
fn filled(start: &str, piece: &str) -> String {
    format!("{start}{}", piece.repeat((MEGABYTE - start.len()) / piece.len()))
}

/// The median time of a call, over about a fifth of a second.
fn median<T>(mut call: impl FnMut() -> T) -> Duration {
    let begun = Instant::now();
    let mut times = Vec::new();
    while times.len() < 5 || (begun.elapsed() < Duration::from_millis(200) && times.len() < 10_000) {
        let start = Instant::now();
        black_box(call());
        times.push(start.elapsed());
    }
    times.sort_unstable();
    times[times.len() / 2]
}

#[expect(clippy::print_stdout, reason = "a benchmark is there to print")]
fn compare(what: &str, ours: Duration, yardstick: &str, theirs: Duration) {
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64().max(1e-9);
    println!(
        "  {what:<18} {:>12.3} ms   {ratio:>8.2} x {yardstick} ({:.3} ms)",
        ours.as_secs_f64() * 1e3,
        theirs.as_secs_f64() * 1e3
    );
}
