//! How many items to keep ahead of the screen. Pure arithmetic over what the desk has measured.

use std::time::Duration;

/// Never more than this many ahead, whatever the line.
pub const MOST: u32 = 20;
/// On a bad line: so much work ahead.
const AHEAD: Duration = Duration::from_secs(120);
/// A round trip from which a line counts as bad.
const SLOW: Duration = Duration::from_millis(250);

/// How many to keep ahead: what was asked for; on a bad line about two minutes of work at the present pace.
pub fn target(asked: u32, round_trip: Option<Duration>, failing: bool, pace: Option<Duration>) -> u32 {
    let asked = asked.clamp(1, MOST);
    let bad = failing || round_trip.is_some_and(|trip| trip >= SLOW);
    match pace {
        Some(pace) if bad => {
            let items = AHEAD.as_millis() / pace.as_millis().max(1);
            u32::try_from(items).unwrap_or(MOST).clamp(asked, MOST)
        }
        _ => asked,
    }
}

/// How many may be left before the desk claims without waiting for a decision to ride with: half.
pub fn low_water(target: u32) -> u32 {
    target / 2
}

/// The pace so far and the newest interval, weighed 3 to 1; an interval over 2 minutes is a rest, not a pace.
pub fn pace(so_far: Option<Duration>, interval: Duration) -> Option<Duration> {
    if interval > AHEAD {
        return so_far;
    }
    Some(so_far.map_or(interval, |so_far| (so_far * 3 + interval) / 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_line_has_what_was_asked_and_a_bad_one_two_minutes_of_work() {
        let seconds = |s| Some(Duration::from_secs(s));
        assert_eq!(target(3, Some(Duration::from_millis(2)), false, seconds(5)), 3);
        assert_eq!(target(3, Some(Duration::from_millis(900)), false, seconds(30)), 4);
        assert_eq!(target(3, None, true, seconds(5)), 20, "never more than 20");
        assert_eq!(target(10, None, true, seconds(60)), 10, "never fewer than asked for");
        assert_eq!(target(0, None, false, None), 1);
        assert_eq!(target(3, None, true, None), 3);
    }

    #[test]
    fn a_lunch_is_no_pace() {
        let five = pace(None, Duration::from_secs(5));
        assert_eq!(pace(five, Duration::from_secs(3000)), five);
        assert_eq!(pace(five, Duration::from_secs(9)), Some(Duration::from_secs(6)));
    }
}
