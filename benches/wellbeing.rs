//! What the rules cost: items an hour over a shift of eight hours, against the same shift without rules, and the time
//! that one item takes to be reckoned. A moderator without rules would see 1.00 of what there is.

#![allow(clippy::print_stdout, reason = "a benchmark prints its comparison")]

use moddesk::wellbeing::clock::TurnedClock;
use moddesk::wellbeing::{Clock, Day, Gate, Look, Modality, Opened, Rules, Seen, Severity};
use std::time::{Duration, Instant};

const SHIFT: Duration = Duration::from_secs(8 * 3600);

/// One in so many items is of the level asked about, the others are harmless; one in one is a queue of nothing else.
const ONE_IN: [u64; 3] = [1, 5, 20];

struct Worked {
    items: u64,
    resting: Duration,
    /// Nothing could be served, though no break ran: caps and edges.
    nothing: Duration,
}

fn shift(rules: &Rules, level: u8, one_in: u64, modality: Modality, each: Duration) -> Worked {
    let clock = TurnedClock::at("2026-11-23T07:00:00Z".parse().expect("a time"));
    let mut day = Day::default();
    let begun = clock.now();
    day.begin_shift(rules, &begun, SHIFT);
    let mut worked = Worked { items: 0, resting: Duration::ZERO, nothing: Duration::ZERO };
    let hard = Severity::new(level).expect("0 to 4");
    let mut turn = 0;
    while clock.now().elapsed_since(&begun) < SHIFT {
        let now = clock.now();
        day.alive(rules, &now);
        if let Gate::Break(running) = day.at_claim(rules, &now, false) {
            worked.resting += running.left(&now);
            clock.turn(running.left(&now));
            continue;
        }
        let mut next = day.allowance(rules, &now, []);
        let mut wanted = if turn % one_in == 0 { hard } else { Severity::NONE };
        if !next.take(wanted, modality) {
            if one_in > 1 {
                // What is not served now waits; something harmless comes instead.
                wanted = Severity::NONE;
            } else if next.owes_mild() && day.nothing_mild(rules, &now).is_some() {
                continue;
            } else {
                worked.nothing += Duration::from_secs(60);
                clock.turn(Duration::from_secs(60));
                continue;
            }
        }
        day.agree(rules);
        clock.turn(each);
        let look = Look {
            level: wanted,
            seen: Some(Seen::Full),
            opened: Some(Opened::from(modality)),
            heaviest: modality,
            active: Some(each),
            held: None,
            presented: None,
        };
        day.book(rules, &clock.now(), None, &look);
        worked.items += 1;
        turn += 1;
    }
    worked
}

fn main() {
    let rules = Rules::shipped();
    println!("items served in a shift of 8 h, as a part of what there would be without rules");
    println!("(in brackets: hours in breaks and pauses; hours with nothing that may be served)");
    for modality in [Modality::Text, Modality::Image] {
        for one_in in ONE_IN {
            println!("\n{modality:?}, one item in {one_in} of the level, the others harmless");
            println!(
                "{:>8} {:>9}  {}",
                "s/item",
                "without",
                (0..=4).map(|l| format!("{:<19}", format!("level {l}"))).collect::<String>()
            );
            for seconds in [3, 5, 10, 30] {
                let each = Duration::from_secs(seconds);
                let without = SHIFT.as_secs() / seconds;
                print!("{seconds:>8} {:>7}/h  ", 3600 / seconds);
                for level in 0..=4 {
                    let worked = shift(&rules, level, one_in, modality, each);
                    let hours = |time: Duration| time.as_secs_f64() / 3600.0;
                    let ratio = worked.items as f64 / without as f64;
                    print!(
                        "{:<19}",
                        format!("{ratio:.2} ({:.1}; {:.1})", hours(worked.resting), hours(worked.nothing))
                    );
                }
                println!();
            }
        }
    }

    let (mut reckoned, begun) = (0, Instant::now());
    while begun.elapsed() < Duration::from_millis(500) {
        reckoned += shift(&rules, 2, 5, Modality::Text, Duration::from_secs(3)).items;
    }
    let one = begun.elapsed().as_nanos() as f64 / reckoned as f64;
    println!("\nthe rules reckon one item (sign of life, gate, allowance, booking) in {one:.0} ns");

    let clock = TurnedClock::at("2026-11-23T07:00:00Z".parse().expect("a time"));
    let mut day = Day::default();
    day.begin_shift(&rules, &clock.now(), SHIFT);
    for _ in 0..100 {
        clock.turn(Duration::from_secs(5));
        day.book(&rules, &clock.now(), None, &Look::lapsed(Severity::MILD, Modality::Text, Duration::from_secs(5)));
    }
    let kept = serde_json::to_string(&day).expect("serialises");
    let (mut times, begun) = (0, Instant::now());
    while begun.elapsed() < Duration::from_millis(300) {
        let back: Day = serde_json::from_str(&kept).expect("reads back");
        std::hint::black_box(serde_json::to_string(&back).expect("serialises"));
        times += 1;
    }
    let one = begun.elapsed().as_nanos() as f64 / f64::from(times);
    println!("a person's state is {} bytes of JSON, read and written in {one:.0} ns", kept.len());
}
