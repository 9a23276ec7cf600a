use super::*;
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn rule(text: &str) -> Deadline {
    text.parse().expect("a rule")
}

#[test]
fn a_rule_reads_back_as_it_is_written() {
    for text in [
        "1h",
        "1h30m",
        "1d from created_at",
        "4h working Mon-Fri 09:00-18:00 Europe/Paris",
        "8h from created_at working Mon-Wed,Sat 22:00-06:00 America/New_York",
        "2d working daily 00:00-24:00 UTC",
        "4h working Mon-Fri 09:00-18:00 Europe/Paris except 05-01,2026-12-24",
        "tco_1h",
        "netzdg_7d",
    ] {
        assert_eq!(rule(text).to_string(), text);
        let json = serde_json::to_string(&rule(text)).expect("JSON");
        assert_eq!(serde_json::from_str::<Deadline>(&json).expect("reads"), rule(text));
    }
    assert_eq!(rule("24h from received_at"), rule("24h"));
    assert_eq!(rule("90 m working Sat-Mon 08:00-12:00 UTC").to_string(), "1h30m working Mon,Sat-Sun 08:00-12:00 UTC");
    assert_eq!(serde_json::from_str::<Deadline>("3600").expect("seconds, as it was kept before"), rule("1h"));
}

#[test]
fn what_is_no_rule_says_what_to_write() {
    for (text, says) in [
        ("soon", "no duration"),
        ("", "tco_1h"),
        ("0s", "one second to a year"),
        ("400d", "one second to a year"),
        ("1h from yesterday", "received_at or created_at"),
        ("1h working Lundi 09:00-18:00 UTC", "Mon-Fri"),
        ("1h working Mon-Fri 9-18 UTC", "09:00-18:00"),
        ("1h working Mon-Fri 09:00-25:00 UTC", "09:00-18:00"),
        ("1h working Mon-Fri 09:00-18:00", "Europe/Paris"),
        ("1h working Mon-Fri 09:00-18:00 Europe/Lutece", "Europe/Paris"),
        ("1h working Mon-Fri 09:00-18:00 UTC please", "does not belong"),
        ("1h working Mon-Fri 09:00-18:00 UTC except", "names no days off"),
        ("1h working Mon-Fri 09:00-18:00 UTC except 2026-02-30", "12-25 for every year"),
        ("1h working Mon-Fri 09:00-18:00 UTC except 12-25,christmas", "names no days off"),
        ("tco_1h from created_at", "does not belong"),
        ("avia", "struck down"),
    ] {
        let error = text.parse::<Deadline>().expect_err(text).to_string();
        assert!(error.contains(says), "{text}: {error}");
    }
}

#[test]
fn the_laws_ask_what_they_ask() {
    let hours = |name: &str| rule(name).within.as_secs() / 3_600;
    assert_eq!((hours("tco_1h"), hours("lcen_6_1_24h"), hours("takeitdown_48h")), (1, 24, 48));
    assert!(PRESETS.iter().all(|preset| preset.within >= Duration::from_secs(3_600) && !preset.law.is_empty()));
}

#[test]
fn a_weekend_is_no_working_time() {
    let rule = rule("4h working Mon-Fri 09:00-18:00 Europe/Paris");
    // Friday 16:00 in Paris: two hours today, two on Monday.
    assert_eq!(rule.due(at("2026-11-20T15:00:00Z"), None), at("2026-11-23T10:00:00Z"));
    // Saturday: all four on Monday.
    assert_eq!(rule.due(at("2026-11-21T12:00:00Z"), None), at("2026-11-23T12:00:00Z"));
    // What ends with the day is due with it, not on the next.
    assert_eq!(rule.due(at("2026-11-19T13:00:00Z"), None), at("2026-11-19T17:00:00Z"));
}

#[test]
fn a_public_holiday_is_no_working_time() {
    let rule = rule("4h working Mon-Fri 09:00-18:00 Europe/Paris except 12-25,2026-12-28");
    // Thursday 24 December, 16:00 in Paris: two hours today; then a Friday off, the weekend, and a Monday off.
    assert_eq!(rule.due(at("2026-12-24T15:00:00Z"), None), at("2026-12-29T10:00:00Z"));
    // The Friday is off every year it is one; the Monday only that year.
    assert_eq!(rule.due(at("2027-12-27T15:00:00Z"), None), at("2027-12-28T10:00:00Z"));
    assert_eq!(rule.lasts(at("2026-12-24T15:00:00Z")), 4 * 86_400 + 19 * 3_600);
    assert_eq!(super::Deadline::after(Duration::from_secs(60)).lasts(at("2026-12-24T15:00:00Z")), 60);
}

#[test]
fn the_night_the_clocks_change_is_as_long_as_it_is() {
    let nights = rule("10h working daily 22:00-06:00 Europe/Paris");
    // 28 March 2026: 02:00 becomes 03:00, and the night has seven hours.
    assert_eq!(nights.due(at("2026-03-28T21:00:00Z"), None), at("2026-03-29T23:00:00Z"));
    // 25 October 2026: 03:00 becomes 02:00, and the night has nine.
    assert_eq!(nights.due(at("2026-10-24T20:00:00Z"), None), at("2026-10-25T22:00:00Z"));
}

#[test]
fn a_deadline_that_stood_still_goes_on_with_what_was_left() {
    let plain = rule("2h");
    let (due, paused, now) = (at("2026-11-20T12:00:00Z"), at("2026-11-20T11:30:00Z"), at("2026-11-21T08:00:00Z"));
    assert_eq!(plain.resumed(due, paused, now), at("2026-11-21T08:30:00Z"));
    assert_eq!(plain.resumed(due, at("2026-11-20T12:30:00Z"), now), due, "what was past stays past");
    let working = rule("4h working Mon-Fri 09:00-18:00 Europe/Paris");
    // Two working hours left on Friday evening, resumed on Saturday: due on Monday at eleven.
    let due = working.due(at("2026-11-20T15:00:00Z"), None);
    assert_eq!(
        working.resumed(due, at("2026-11-20T17:00:00Z"), at("2026-11-21T08:00:00Z")),
        at("2026-11-23T10:00:00Z")
    );
}

fn zones() -> impl Strategy<Value = Zone> {
    prop::sample::select(vec!["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"])
        .prop_map(|name| Zone(name.to_owned()))
}

fn hours() -> impl Strategy<Value = Hours> {
    let time = || (0i8..24, 0i8..60).prop_map(|(hour, minute)| jiff::civil::Time::constant(hour, minute, 0, 0));
    let days = prop::array::uniform7(any::<bool>()).prop_filter("some day", |days| days.iter().any(|day| *day));
    let off = (1i8..=12, 1i8..=28).prop_map(|(month, day)| DayOff::EveryYear(month, day));
    (days, time(), time(), zones(), prop::collection::vec(off, 0..6))
        .prop_map(|(days, open, close, zone, except)| Hours { days, open, close, zone, except })
}

/// Around the changes of two years.
fn moments() -> impl Strategy<Value = Timestamp> {
    (1_735_689_600i64..1_798_761_600).prop_map(|second| Timestamp::from_second(second).expect("in range"))
}

proptest! {
    #[test]
    fn so_much_working_time_passes_until_it_is_due(hours in hours(), start in moments(), seconds in 1u64..400_000) {
        let within = Duration::from_secs(seconds);
        let due = hours.add(start, within);
        prop_assert_eq!(hours.between(start, due), within);
        prop_assert!(due > start);
    }

    #[test]
    fn in_two_steps_it_is_the_same(hours in hours(), start in moments(), a in 1u64..200_000, b in 1u64..200_000) {
        let (a, b) = (Duration::from_secs(a), Duration::from_secs(b));
        prop_assert_eq!(hours.add(hours.add(start, a), b), hours.add(start, a + b));
    }

    #[test]
    fn what_comes_later_is_not_due_earlier(hours in hours(), start in moments(), by in 0i64..200_000, n in 1u64..90_000) {
        let later = start + jiff::SignedDuration::from_secs(by);
        let within = Duration::from_secs(n);
        prop_assert!(hours.add(start, within) <= hours.add(later, within));
    }

    #[test]
    fn all_hours_of_all_days_are_all_time(start in moments(), seconds in 1u64..2_000_000, zone in zones()) {
        let midnight = jiff::civil::Time::midnight();
        let hours = Hours { days: [true; 7], open: midnight, close: midnight, zone, except: Vec::new() };
        let within = Duration::from_secs(seconds);
        prop_assert_eq!(hours.add(start, within), start + within);
    }

    #[test]
    fn a_rule_survives_being_written(hours in hours(), seconds in 1u64..31_000_000, created in any::<bool>()) {
        let from = if created { From::Created } else { From::Received };
        let rule = Deadline { within: Duration::from_secs(seconds), from, hours: Some(hours), law: None };
        prop_assert_eq!(rule.to_string().parse::<Deadline>(), Ok(rule));
    }

    #[test]
    fn a_pause_takes_nothing_and_gives_nothing(
        hours in prop::option::of(hours()), start in moments(), n in 3_600u64..200_000, wait in 0i64..3_000, still in 0i64..500_000,
    ) {
        let rule = Deadline { within: Duration::from_secs(n), from: From::Received, hours, law: None };
        let due = rule.due(start, None);
        let paused = start + jiff::SignedDuration::from_secs(wait);
        let now = paused + jiff::SignedDuration::from_secs(still);
        let again = rule.resumed(due, paused, now);
        prop_assert!(again >= due || due <= paused);
        let left = |from, to| match &rule.hours {
            Some(hours) => hours.between(from, to),
            None => Duration::try_from(to.duration_since(from)).unwrap_or_default(),
        };
        prop_assert_eq!(left(paused, due), left(now, again));
    }
}
