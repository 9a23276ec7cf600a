//! Shifts, their edges and caps, the ramp, the demo, and the moderator's own figures.

use crate::person::*;
use moddesk::wellbeing::{Clock, Limit, Look, Modality, Rule, Rules, explain};
use std::time::Duration;

fn signed_in() -> Person {
    let mut person = Person::new(without_hourly());
    person.sign_in(8 * HOUR);
    person
}

/// Alive each few minutes, doing nothing.
fn stays(person: &mut Person, time: Duration) {
    let mut left = time;
    while !left.is_zero() {
        let step = left.min(5 * MINUTE);
        person.clock.turn(step);
        person.day.alive(&person.rules, &person.clock.now());
        left -= step;
    }
}

#[test]
fn the_first_10_and_last_30_minutes_and_overtime_have_nothing_graphic() {
    let mut person = signed_in();
    assert!(person.may(2) && !person.may(3));
    stays(&mut person, 10 * MINUTE - SECOND);
    assert!(!person.may(3));
    stays(&mut person, SECOND);
    assert!(person.may(4));
    stays(&mut person, 7 * HOUR + 20 * MINUTE - SECOND);
    assert!(person.may(3));
    stays(&mut person, SECOND);
    assert!(person.may(2) && !person.may(3));
    stays(&mut person, 2 * HOUR);
    assert!(person.may(2) && !person.may(3));
}

#[test]
fn turning_the_clock_opens_no_edge() {
    let person = signed_in();
    person.clock.cheat("2026-11-23T09:00:00Z".parse().expect("a time"));
    assert!(!person.may(3));
    let mut person = signed_in();
    stays(&mut person, 7 * HOUR + 40 * MINUTE);
    person.clock.cheat("2026-11-23T09:00:00Z".parse().expect("a time"));
    assert!(!person.may(3));
}

#[test]
fn a_shift_begun_within_6_hours_of_another_continues_it() {
    let mut person = signed_in();
    stays(&mut person, HOUR);
    for _ in 0..10 {
        person.after(MINUTE, &image(3));
    }
    person.sign_out();
    person.clock.turn(6 * HOUR - SECOND);
    person.sign_in(8 * HOUR);
    let shift = person.day.shift().expect("on shift");
    assert_eq!((shift.points, shift.graphic, shift.number), (80.0, 10 * MINUTE, 1));
    // The beginning is not a beginning again, and the planned end did not move: this is the last half hour.
    assert_eq!(shift.ends().to_string(), "2026-11-23T15:00:00Z");
    stays(&mut person, 20 * MINUTE);
    assert!(!person.may(3));

    let mut person = signed_in();
    stays(&mut person, HOUR);
    person.sign_out();
    person.clock.turn(6 * HOUR);
    person.sign_in(8 * HOUR);
    assert_eq!(person.day.shift().map(|shift| shift.number), Some(2));
    assert!(!person.may(3));
}

#[test]
fn signing_in_again_may_bring_the_end_nearer_but_not_push_it_out() {
    let mut person = signed_in();
    person.sign_in(12 * HOUR);
    assert_eq!(person.day.shift().map(|shift| shift.planned), Some(8 * HOUR));
    stays(&mut person, HOUR);
    person.sign_in(2 * HOUR);
    assert_eq!(person.day.shift().map(|shift| shift.planned), Some(3 * HOUR));
}

#[test]
fn a_shift_ends_after_60_minutes_without_a_sign_of_life() {
    let mut person = signed_in();
    stays(&mut person, 59 * MINUTE);
    person.clock.turn(59 * MINUTE);
    assert_eq!(person.day.alive(&person.rules, &person.now()), None);
    assert!(person.day.shift().is_some());
    person.clock.turn(60 * MINUTE);
    let sum = person.day.alive(&person.rules, &person.now()).expect("it had ended");
    assert_eq!(sum.ended, person.now().wall);
    assert!(person.day.shift().is_none());
}

#[test]
fn minutes_points_and_level_4_close_the_shift_to_all_but_mild() {
    let capped = |looks: &[(u8, Modality, Duration)]| {
        let mut person = signed_in();
        stays(&mut person, 20 * MINUTE);
        person.rules.acute_limit = 1e9;
        person.rules.shift.points_soft = 1e9;
        for (l, modality, time) in looks {
            person.after(*time, &opened(*l, *modality, *time));
        }
        assert!(person.may(1), "mild items are always served");
        !person.may(2)
    };
    let rows = |n: usize, l, time| [vec![(l, Modality::Text, time); n], vec![(0, Modality::Text, SECOND); 3]].concat();
    assert!(!capped(&rows(4, 3, 59 * MINUTE)));
    assert!(capped(&rows(4, 3, 60 * MINUTE)));
    assert!(!capped(&rows(2, 4, 59 * MINUTE)));
    assert!(capped(&rows(2, 4, 60 * MINUTE)));
    let shown = |n| [vec![(4, Modality::Live, SECOND); n], vec![(0, Modality::Text, SECOND); 3]].concat();
    assert!(!capped(&shown(29)));
    assert!(capped(&shown(30)));
    // Looked at as a summary it was not open.
    let mut person = signed_in();
    stays(&mut person, 20 * MINUTE);
    person.after(50 * MINUTE, &Look::lapsed(level(4), Modality::Text, 50 * MINUTE));
    assert_eq!(person.day.shift().expect("on shift").extreme, Duration::ZERO);
}

#[test]
fn at_amber_graphic_items_wait_for_the_moderator_s_word() {
    let mut person = signed_in();
    stays(&mut person, 20 * MINUTE);
    person.rules.acute_limit = 1e9;
    assert!(!person.day.agree(&person.rules), "before amber there is nothing to agree to");
    for _ in 0..20 {
        person.after(SECOND, &opened(4, Modality::Live, SECOND));
    }
    for _ in 0..3 {
        person.after(SECOND, &image(0));
    }
    assert!(person.may(2) && !person.may(3));
    let why = person.day.allowance(&person.rules, &person.now(), []).why_not(level(3));
    assert_eq!(why, Some(Limit::Amber));
    assert!(person.day.agree(&person.rules));
    assert!(person.may(4));
    // Signing out and in does not ask again, nor forget.
    person.sign_out();
    person.sign_in(8 * HOUR);
    assert!(person.may(4));
}

#[test]
fn what_is_leased_counts_towards_the_caps() {
    let mut person = signed_in();
    stays(&mut person, 20 * MINUTE);
    person.rules.acute_limit = 1e9;
    person.rules.shift.points_soft = 1e9;
    for _ in 0..29 {
        person.after(SECOND, &opened(4, Modality::Live, SECOND));
        person.after(SECOND, &image(1));
    }
    person.after(SECOND, &image(0));
    person.after(SECOND, &image(0));
    person.after(SECOND, &image(0));
    let mut next = person.day.allowance(&person.rules, &person.now(), []);
    assert!(next.take(level(3), Modality::Image));
    assert!(next.take(level(3), Modality::Image));
    assert!(!next.take(level(3), Modality::Image));
    assert_eq!(next.why_not(level(2)), Some(Limit::Cap));
    assert!(next.take(level(1), Modality::Image));
}

#[test]
fn the_first_20_shifts_are_gentle_and_5_after_14_days_away() {
    let rules = Rules::shipped();
    let mut person = Person::new(rules.clone());
    let mut gentle = Vec::new();
    let work = |person: &mut Person, away: Duration| {
        person.clock.turn(away);
        person.sign_in(8 * HOUR);
        person.clock.turn(MINUTE);
        let gentle = person.day.in_force(&rules).acute_limit < rules.acute_limit;
        person.sign_out();
        // A second sign-in soon after is the same shift.
        person.sign_in(8 * HOUR);
        assert_eq!(person.day.ramped(&rules), gentle);
        person.sign_out();
        gentle
    };
    for _ in 0..22 {
        gentle.push(work(&mut person, 24 * HOUR));
    }
    assert_eq!(gentle, [vec![true; 20], vec![false; 2]].concat());
    assert!(!work(&mut person, 14 * 24 * HOUR - SECOND));
    let after: Vec<bool> =
        (0..6).map(|shift| work(&mut person, if shift == 0 { 14 * 24 * HOUR } else { 24 * HOUR })).collect();
    assert_eq!(after, [true, true, true, true, true, false]);
}

#[test]
fn the_ramp_halves_limits_and_leaves_edges_breaks_and_cleansers() {
    let (shipped, gentle) = (Rules::shipped(), Rules::shipped().with_ramp());
    assert_eq!((gentle.acute_limit, gentle.run.max_graphic, gentle.run.max_extreme), (60.0, 2, 1));
    assert_eq!((gentle.shift.graphic, gentle.shift.extreme), (120 * MINUTE, 60 * MINUTE));
    assert_eq!((gentle.shift.points_soft, gentle.shift.points_hard), (400.0, 600.0));
    assert_eq!(gentle.breaks, shipped.breaks);
    assert_eq!(gentle.shift.no_graphic_last, shipped.shift.no_graphic_last);
    assert_eq!((gentle.run.cleanser_items, gentle.run.else_pause), (3, 3 * MINUTE));
    assert_eq!(gentle.with_ramp().run.max_extreme, 1);
}

#[test]
fn the_demo_divides_every_duration_by_ten_and_meets_a_break_early() {
    let (shipped, demo) = (Rules::shipped(), Rules::demo());
    assert_eq!((demo.acute_limit, demo.shift.edges, demo.demo), (6.0, false, true));
    assert_eq!((demo.text_dwell, demo.half_life, demo.break_half_life), (3 * SECOND, 3 * MINUTE, MINUTE));
    assert_eq!((demo.breaks.acute, demo.breaks.hourly_work, demo.breaks.defer), (MINUTE, 5 * MINUTE, 12 * SECOND));
    assert_eq!(demo.breaks.extreme_window * 10, shipped.breaks.extreme_window);
    assert_eq!((demo.shift.graphic * 10, demo.shift.silence * 10), (shipped.shift.graphic, shipped.shift.silence));
    assert_eq!((demo.run.max_graphic, demo.weights), (5, shipped.weights));
    let mut person = Person::new(demo);
    person.sign_in(8 * HOUR);
    assert!(person.may(4), "no edge");
    assert!(!person.day.ramped(&person.rules), "no ramp");
    person.after(3 * SECOND, &image(3));
    assert!(!person.is_served());
    person.clock.turn(MINUTE);
    assert!(person.is_served());
}

#[test]
fn erasing_leaves_what_still_binds() {
    let mut person = Person::at_work(without_hourly());
    for _ in 0..5 {
        person.after(SECOND, &image(3));
    }
    let (load, shift) = (person.load(), person.day.shift().cloned());
    person.day.erase(&person.rules, &person.now());
    assert_eq!((person.load(), person.day.shift().cloned()), (load, shift));
    assert!(!person.may(2), "what is owed is still owed");
    person.sign_out();
    person.day.erase(&person.rules, &person.now());
    person.clock.turn(HOUR);
    person.sign_in(8 * HOUR);
    assert_eq!(person.day.shift().map(|shift| (shift.number, shift.points)), Some((1, 40.0)));
    person.sign_out();
    person.clock.turn(24 * HOUR);
    person.day.erase(&person.rules, &person.now());
    let kept = serde_json::to_value(&person.day).expect("serialises");
    assert_eq!(person.load(), 0.0);
    assert_eq!((&kept["shifts"], &kept["past"]["shift"]), (&1.into(), &serde_json::Value::Null));
}

#[test]
fn the_next_break_is_estimated_from_the_pace_since_the_last() {
    let mut person = Person::at_work(Rules::shipped());
    person.rules.run.max_graphic = u32::MAX;
    let estimate = person.day.next_break(&person.rules, &person.now()).expect("on shift");
    assert_eq!((estimate.rule, estimate.at), (Rule::Hourly, person.now().later(50 * MINUTE).wall));
    let mut told = Vec::new();
    while person.is_served() {
        person.after(MINUTE, &image(3));
        told.extend(person.day.next_break(&person.rules, &person.now()).map(|estimate| estimate.at));
    }
    let came = person.now().wall;
    // After a few items the time that was told is within three minutes of what came.
    assert!(told[3..].iter().all(|at| at.duration_since(came).abs().as_secs() <= 180), "{told:?} {came}");
    assert_eq!(person.day.next_break(&person.rules, &person.now()), None);
}

#[test]
fn every_number_comes_with_its_formula_and_adds_up() {
    let mut person = Person::at_work(Rules::shipped());
    let booked = person.after(MINUTE, &opened(3, Modality::Text, 15 * SECOND));
    let item = explain::item(&person.rules, &booked);
    let part = |name: &str| item.parts.iter().find(|(part, _)| *part == name).map(|(_, value)| *value);
    let product: f64 = ["weight", "modality", "seen", "dwell"].iter().filter_map(|name| part(name)).product();
    assert_eq!((product, item.result), (2.0, 2.0));
    person.clock.turn(30 * MINUTE);
    let figures = explain::day(&person.day, &person.rules, &person.rules, &person.now());
    let figure = |id: &str| figures.iter().find(|figure| figure.id == id).expect(id);
    assert!((figure("load").result - 1.0).abs() < 1e-9);
    assert_eq!(figure("load").limit, Some(120.0));
    assert_eq!((figure("hourly").result, figure("hourly").limit), (31.0, Some(50.0)));
    assert_eq!(figure("shift_graphic").result, 0.25);
    assert_eq!(figure("run_graphic").result, 1.0);
    let ids: std::collections::BTreeSet<_> = figures.iter().map(|figure| figure.id).collect();
    assert_eq!(ids.len(), figures.len());
    // In a break the two half-lives follow one another.
    person.day.begin_voluntary(&person.rules, &person.now());
    person.clock.turn(10 * MINUTE);
    let figures = explain::day(&person.day, &person.rules, &person.rules, &person.now());
    assert!((figures[0].result - 0.5).abs() < 1e-9);
    assert!((person.load() - 0.5).abs() < 1e-9);
    assert_eq!(explain::table(&Rules::shipped())[4].1, [10.0, 20.0, 20.0, 30.0, 40.0]);
}
