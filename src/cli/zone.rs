//! Where the reader's clock hangs.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::path::Path;
use std::time::Duration;

/// Where systems keep the rules of all zones.
const ZONES: &str = "/usr/share/zoneinfo";
/// The zone of this machine: its rules themselves, mostly as a link to the above.
const LOCAL: &str = "/etc/localtime";

/// The zone that `TZ` names, else that of this machine.
///
/// Its one file is read here: asked for the system's zone, jiff first lists every zone there is, which took a fifth of
/// the time that the desk takes to open. What is not found this way is left to jiff.
pub fn of_this_machine() -> TimeZone {
    let named = std::env::var("TZ").ok().filter(|name| !name.is_empty());
    let zone = match &named {
        None => read(Path::new(LOCAL)),
        Some(name) if is_plain_name(name) => read(&Path::new(ZONES).join(name)),
        Some(_) => None,
    };
    zone.unwrap_or_else(TimeZone::system)
}

/// How long it is until the clock on the wall shows this time again.
pub fn time_until(time: Time, now: Timestamp) -> Duration {
    until(time, now, &of_this_machine())
}

fn until(time: Time, now: Timestamp, zone: &TimeZone) -> Duration {
    let here = now.to_zoned(zone.clone());
    let today = here.date().to_datetime(time).to_zoned(zone.clone()).ok().filter(|at| *at > here);
    let next = today.or_else(|| here.date().tomorrow().ok()?.to_datetime(time).to_zoned(zone.clone()).ok());
    let left = next.map_or(SignedDuration::ZERO, |next| next.timestamp().duration_since(now));
    Duration::try_from(left).unwrap_or_default()
}

/// `Europe/Paris`, and neither a path nor a rule written out.
fn is_plain_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+'))
}

fn read(file: &Path) -> Option<TimeZone> {
    let rules = std::fs::read(file).ok()?;
    let link = std::fs::canonicalize(file).ok()?;
    let name = link.strip_prefix(ZONES).ok().and_then(Path::to_str).unwrap_or("Local");
    TimeZone::tzif(name, &rules).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_is_looked_up_among_the_zones() {
        for name in ["Europe/Paris", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+3"] {
            assert!(is_plain_name(name), "{name}");
        }
        for other in ["", ":Europe/Paris", "../../etc/passwd", "/etc/localtime", "<+03>-3", "CET-1CEST,M3.5.0"] {
            assert!(!is_plain_name(other), "{other}");
        }
    }

    #[test]
    fn a_shift_ends_at_the_next_time_the_clock_shows_it_and_over_the_change_to_winter() {
        let zone = TimeZone::get("Europe/Paris").expect("a zone");
        let at = |text: &str| text.parse::<Timestamp>().expect("a time");
        let time = |hour| Time::constant(hour, 30, 0, 0);
        assert_eq!(until(time(17), at("2026-11-22T08:00:00Z"), &zone).as_secs(), 8 * 3600 + 1800);
        assert_eq!(until(time(2), at("2026-11-22T21:30:00Z"), &zone).as_secs(), 4 * 3600);
        // Night of 25 October 2026: three o'clock comes twice.
        assert_eq!(until(time(6), at("2026-10-24T20:30:00Z"), &zone).as_secs(), 9 * 3600);
    }

    #[test]
    fn a_file_that_holds_no_zone_is_left_to_others() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("localtime");
        assert_eq!(read(&file), None);
        std::fs::write(&file, "not a zone").expect("written");
        assert_eq!(read(&file), None);
    }
}
