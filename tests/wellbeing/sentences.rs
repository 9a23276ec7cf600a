//! Points, runs and breaks, a test for each sentence of the design.

use crate::person::*;
use moddesk::wellbeing::exposure::points;
use moddesk::wellbeing::{Clock, Gate, Look, Modality, Opened, Rule, Rules, Seen};
use proptest::prelude::*;
use std::time::Duration;

fn break_of(gate: Gate) -> (Rule, Duration) {
    match gate {
        Gate::Break(running) => (running.rule, running.required),
        open => panic!("no break: {open:?}"),
    }
}

#[test]
fn points_are_weight_times_modality_times_seen_times_dwell() {
    let rules = Rules::shipped();
    let cost = |l, modality, seen, seconds| points(&rules, level(l), modality, seen, seconds);
    assert_eq!([0, 1, 2, 3, 4].map(|l| cost(l, Modality::Image, Seen::Full, 0.0)), [0.0, 1.0, 3.0, 8.0, 20.0]);
    let of = |modality| cost(3, modality, Seen::Full, 30.0);
    assert_eq!(of(Modality::Text), 4.0);
    assert_eq!((of(Modality::Audio), of(Modality::Video), of(Modality::Live)), (8.0, 12.0, 16.0));
    assert_eq!(cost(4, Modality::Image, Seen::Summary, 0.0), 5.0);
    assert_eq!(cost(3, Modality::Text, Seen::Full, 15.0), 2.0);
    assert_eq!(cost(3, Modality::Text, Seen::Full, 600.0), 4.0);
}

#[test]
fn an_item_counts_by_its_kind_its_media_and_whether_it_is_live() {
    assert_eq!(Modality::heaviest("comment", false, []), Modality::Text);
    assert_eq!(Modality::heaviest("image", false, []), Modality::Image);
    assert_eq!(Modality::heaviest("comment", false, ["image/png", "VIDEO/mp4"]), Modality::Video);
    assert_eq!(Modality::heaviest("audio", false, ["image/png"]), Modality::Audio);
    assert_eq!(Modality::heaviest("comment", true, []), Modality::Live);
    assert_eq!(Modality::of_mime("application/octet-stream"), Modality::Image);
}

#[test]
fn an_absent_word_counts_as_opened() {
    let silent = Look { opened: None, seen: None, ..opened(3, Modality::Video, SECOND) };
    assert_eq!(Person::at_work(Rules::shipped()).book(&silent).points, 12.0);
    let covered = Look { opened: Some(Opened::None), seen: Some(Seen::Summary), ..silent.clone() };
    let covered = Person::at_work(Rules::shipped()).book(&Look { active: Some(30 * SECOND), ..covered });
    assert_eq!(covered.points, 8.0 * 0.5 * 0.25);
    // Whoever opened something saw it, whatever else is said.
    let odd = Look { opened: Some(Opened::Image), seen: Some(Seen::Summary), ..silent };
    assert_eq!(Person::at_work(Rules::shipped()).book(&odd).points, 8.0);
}

#[test]
fn a_lapsed_lease_counts_as_a_summary() {
    let mut person = Person::at_work(Rules::shipped());
    let booked = person.after(6 * MINUTE, &Look::lapsed(level(3), Modality::Image, 5 * MINUTE));
    assert_eq!((booked.seen, booked.points), (Seen::Summary, 2.0));
    assert_eq!(person.day.row(&person.rules).graphic, 1);
    assert_eq!(person.day.shift().expect("on shift").graphic, Duration::ZERO);
}

#[test]
fn seconds_are_the_smaller_of_the_desk_s_and_the_queue_s() {
    let mut person = Person::at_work(Rules::shipped());
    person.after(MINUTE, &image(0));
    let text = |active| opened(3, Modality::Text, active);
    assert_eq!(person.after(6 * SECOND, &text(30 * SECOND)).seconds, 6.0);
    assert_eq!(person.after(30 * SECOND, &text(3 * SECOND)).seconds, 3.0);
    let unsaid = Look { active: None, ..text(SECOND) };
    assert_eq!(person.after(12 * SECOND, &unsaid).seconds, 12.0);
    let held = Look { held: Some(2 * SECOND), ..text(30 * SECOND) };
    assert_eq!(person.after(30 * SECOND, &held).seconds, 2.0);
}

#[test]
fn the_rows_of_a_batch_share_the_time_in_front_of_them() {
    let mut person = Person::at_work(Rules::shipped());
    person.after(MINUTE, &image(0));
    person.clock.turn(20 * SECOND);
    let seconds: Vec<f64> = (0..4).map(|_| person.book(&opened(2, Modality::Text, 6 * SECOND)).seconds).collect();
    assert_eq!(seconds, [6.0, 6.0, 6.0, 2.0]);
    assert_eq!(person.day.shift().expect("on shift").items, 5);
}

#[test]
fn an_item_is_booked_once_at_the_highest_level_and_fullest_view() {
    let mut person = Person::at_work(Rules::shipped());
    let seen_at = |minute: u8| Some(format!("2026-11-23T08:{minute:02}:00Z").parse().expect("a time"));
    let first = Look { presented: seen_at(1), ..opened(2, Modality::Text, 12 * SECOND) };
    let one = person.after(MINUTE, &first);
    let before = person.load();
    // The same look reported again, by a retry or with the decision after the exposure.
    let again = person.day.book(&person.rules, &person.now(), Some(&one), &first);
    assert_eq!((again.points, person.load()), (one.points, before));
    // Undone, looked at again and graded lower: the seconds count, the grade does not.
    person.clock.turn(12 * SECOND);
    let lower = Look { presented: seen_at(2), ..opened(0, Modality::Text, 6 * SECOND) };
    let two = person.day.book(&person.rules, &person.now(), Some(&again), &lower);
    assert_eq!((two.level, two.seconds), (level(2), 18.0));
    assert!((two.points - 3.0 * 0.5 * 18.0 / 30.0).abs() < 1e-9);
    // Graded higher: the difference is added, and no second item was served.
    let higher = Look { presented: seen_at(2), ..opened(4, Modality::Text, 6 * SECOND) };
    let three = person.day.book(&person.rules, &person.now(), Some(&two), &higher);
    assert!((three.points - 20.0 * 0.5 * 18.0 / 30.0).abs() < 1e-9);
    let shift = person.day.shift().expect("on shift");
    assert!((shift.points - three.points).abs() < 1e-9);
    assert_eq!((shift.items, shift.extreme), (1, 18 * SECOND));
    assert_eq!(person.day.row(&person.rules).extreme, 1);
}

#[test]
fn five_graphic_in_a_row_and_the_next_three_served_are_mild() {
    let mut person = Person::at_work(without_hourly());
    for _ in 0..5 {
        assert!(person.may(3));
        person.after(MINUTE, &image(3));
    }
    for owed in (1..=3).rev() {
        assert_eq!(person.day.row(&person.rules).owed, owed);
        assert!(person.may(1) && !person.may(2));
        person.after(MINUTE, &image(1));
    }
    assert!(person.may(4));
}

#[test]
fn two_of_level_4_within_one_run_are_enough_and_opening_them_or_not_is_the_same() {
    let mut person = Person::at_work(without_hourly());
    let unopened = Look::lapsed(level(4), Modality::Text, SECOND);
    person.after(MINUTE, &unopened);
    person.after(MINUTE, &image(3));
    assert!(person.may(4));
    person.after(MINUTE, &unopened);
    assert_eq!(person.day.row(&person.rules).owed, 3);
    assert!(!person.may(2));
}

#[test]
fn a_lower_level_a_pause_or_a_break_ends_the_run() {
    let ran = |person: &Person| person.day.row(&person.rules).graphic;
    let mut person = Person::at_work(without_hourly());
    person.after(MINUTE, &image(3));
    assert_eq!(ran(&person), 1);
    person.after(MINUTE, &image(2));
    assert_eq!(ran(&person), 0);
    person.after(MINUTE, &image(3));
    // A break shorter than the pause is no way round it.
    person.day.begin_voluntary(&person.rules, &person.now());
    person.clock.turn(SECOND);
    person.end_break();
    assert_eq!(ran(&person), 1);
    person.day.begin_voluntary(&person.rules, &person.now());
    person.clock.turn(3 * MINUTE);
    person.end_break();
    assert_eq!(ran(&person), 0);
}

#[test]
fn where_the_queue_has_nothing_mild_a_pause_of_3_minutes_takes_its_place() {
    let mut person = Person::at_work(without_hourly());
    assert_eq!(person.day.nothing_mild(&person.rules, &person.now()), None);
    for _ in 0..5 {
        person.after(MINUTE, &image(3));
    }
    let pause = person.day.nothing_mild(&person.rules, &person.now()).expect("a pause");
    assert_eq!((pause.rule, pause.required), (Rule::Run, 3 * MINUTE));
    person.clock.turn(3 * MINUTE - SECOND);
    assert!(!person.is_served());
    person.clock.turn(SECOND);
    assert!(person.is_served());
    assert!(person.may(4));
}

#[test]
fn what_is_owed_outlasts_a_break_and_a_queue_without_any_need_not_pause_again() {
    let mut person = Person::at_work(without_hourly());
    for _ in 0..5 {
        person.after(MINUTE, &image(3));
    }
    person.day.begin_voluntary(&person.rules, &person.now());
    person.clock.turn(10 * MINUTE);
    person.end_break();
    assert!(person.may(1) && !person.may(2));
    assert_eq!(person.day.nothing_mild(&person.rules, &person.now()), None);
    assert!(person.may(3));
}

#[test]
fn what_is_leased_counts_in_its_order_so_a_claim_may_give_fewer() {
    let mut person = Person::at_work(without_hourly());
    person.after(MINUTE, &image(3));
    person.after(MINUTE, &image(3));
    let graphic = (level(3), Modality::Image);
    let mut next = person.day.allowance(&person.rules, &person.now(), [graphic]);
    assert!(next.take(level(3), Modality::Image));
    assert!(next.take(level(3), Modality::Image));
    assert!(!next.take(level(3), Modality::Image));
    assert!(!next.take(level(2), Modality::Image));
    assert!(next.owes_mild());
    assert_eq!(next.why_not(level(3)), Some(moddesk::wellbeing::Limit::Run));
    for _ in 0..3 {
        assert!(next.take(level(0), Modality::Text));
    }
    assert!(next.take(level(4), Modality::Text));
    // Looking ahead changed nothing.
    assert_eq!(person.day.row(&person.rules).graphic, 2);
}

#[test]
fn a_grade_given_after_an_undo_counts_where_the_item_was_served() {
    let mut person = Person::at_work(without_hourly());
    for _ in 0..4 {
        person.after(MINUTE, &image(3));
    }
    let graded_low = person.after(MINUTE, &image(1));
    assert!(person.may(4));
    person.day.book(&person.rules, &person.now(), Some(&graded_low), &image(3));
    assert!(!person.may(2));
}

#[test]
fn the_acute_break_is_10_minutes_and_15_with_a_level_4_in_the_last_30() {
    let mut rules = acute_only();
    rules.acute_limit = 20.0;
    let mut person = Person::at_work(rules.clone());
    for _ in 0..3 {
        person.after(SECOND, &image(3));
    }
    assert_eq!(break_of(person.claim()), (Rule::Acute, 10 * MINUTE));
    let mut person = Person::at_work(rules.clone());
    person.after(SECOND, &Look::lapsed(level(4), Modality::Image, SECOND));
    person.clock.turn(29 * MINUTE);
    person.book(&opened(3, Modality::Live, SECOND));
    person.book(&opened(3, Modality::Live, SECOND));
    assert_eq!(break_of(person.claim()), (Rule::Acute, 15 * MINUTE));
    let mut person = Person::at_work(rules);
    person.after(SECOND, &Look::lapsed(level(4), Modality::Image, SECOND));
    person.clock.turn(31 * MINUTE);
    person.book(&opened(3, Modality::Live, SECOND));
    person.book(&opened(3, Modality::Live, SECOND));
    assert_eq!(break_of(person.claim()), (Rule::Acute, 10 * MINUTE));
}

fn acutely_due() -> Person {
    let mut rules = Rules::shipped();
    rules.acute_limit = 20.0;
    let mut person = Person::at_work(rules);
    person.after(MINUTE, &opened(3, Modality::Live, SECOND));
    person.after(SECOND, &opened(3, Modality::Image, SECOND));
    person
}

#[test]
fn a_break_due_by_a_decision_starts_at_once_even_with_an_item_on_screen() {
    let mut person = acutely_due();
    let gate = person.day.at_call(&person.rules, &person.now(), true);
    assert_eq!(break_of(gate), (Rule::Acute, 10 * MINUTE));
}

#[test]
fn a_break_due_by_a_decision_stays_due_until_it_was_had() {
    let mut person = acutely_due();
    // The client is killed before the break began; the load wears off, the break does not.
    person.clock.turn(9 * MINUTE);
    person.through_the_store();
    person.day.returned(&person.rules, &person.now());
    assert!(person.load() < person.rules.acute_limit);
    assert_eq!(break_of(person.claim()), (Rule::Acute, 10 * MINUTE));
}

#[test]
fn being_offline_counts_as_a_break_only_if_it_lasted_as_long_as_required() {
    let mut person = acutely_due();
    person.clock.turn(10 * MINUTE);
    let load = person.load();
    person.day.returned(&person.rules, &person.now());
    assert!(person.is_served());
    assert!(person.load() < load);

    let mut person = Person::at_work(Rules::shipped());
    person.after(40 * MINUTE, &image(2));
    person.clock.turn(9 * MINUTE + 59 * SECOND);
    person.day.returned(&person.rules, &person.now());
    person.clock.turn(SECOND);
    assert_eq!(break_of(person.claim()), (Rule::Hourly, 10 * MINUTE));

    let mut person = Person::at_work(Rules::shipped());
    person.after(40 * MINUTE, &image(2));
    person.clock.turn(10 * MINUTE);
    person.day.returned(&person.rules, &person.now());
    person.clock.turn(49 * MINUTE);
    assert!(person.is_served());
}

#[test]
fn every_50_minutes_idle_or_not_10_where_points_were_gathered_else_5() {
    let mut person = Person::at_work(Rules::shipped());
    for _ in 0..49 {
        person.clock.turn(MINUTE);
        person.day.alive(&person.rules, &person.clock.now());
        assert!(person.is_served());
    }
    person.clock.turn(MINUTE);
    assert_eq!(break_of(person.claim()), (Rule::Hourly, 5 * MINUTE));

    let mut person = Person::at_work(Rules::shipped());
    person.after(49 * MINUTE, &image(1));
    assert!(person.is_served());
    person.clock.turn(MINUTE);
    assert_eq!(break_of(person.claim()), (Rule::Hourly, 10 * MINUTE));
}

#[test]
fn the_hour_begins_anew_only_after_a_break_as_long_as_it_asks() {
    let own_break = |of: Duration, looked: u8| {
        let mut person = Person::at_work(Rules::shipped());
        person.after(30 * MINUTE, &image(looked));
        person.day.begin_voluntary(&person.rules, &person.now());
        person.clock.turn(of);
        person.end_break();
        person.clock.turn(20 * MINUTE);
        person.is_served()
    };
    assert!(own_break(5 * MINUTE, 0));
    assert!(!own_break(5 * MINUTE - SECOND, 0));
    assert!(!own_break(5 * MINUTE, 1));
    assert!(own_break(10 * MINUTE, 1));
}

#[test]
fn a_break_due_by_time_waits_for_the_item_on_screen_2_minutes_at_most() {
    let mut person = Person::at_work(Rules::shipped());
    person.after(MINUTE, &image(2));
    person.clock.turn(49 * MINUTE);
    let call = |person: &mut Person, on_screen| person.day.at_call(&person.rules, &person.clock.now(), on_screen);
    assert!(
        matches!(call(&mut person, true), Gate::Finish(due) if due.until().wall == person.now().later(2 * MINUTE).wall)
    );
    // Nothing new is served meanwhile.
    assert!(!person.may(0));
    person.clock.turn(2 * MINUTE - SECOND);
    assert!(matches!(call(&mut person, true), Gate::Finish(_)));
    person.clock.turn(SECOND);
    let Gate::Break(running) = call(&mut person, true) else { panic!("the item goes back") };
    assert_eq!((running.deferred, running.required), (2 * MINUTE, 10 * MINUTE));

    let mut person = Person::at_work(Rules::shipped());
    person.after(MINUTE, &image(2));
    person.clock.turn(50 * MINUTE);
    let Gate::Break(running) = call(&mut person, false) else { panic!("the decision was made") };
    assert_eq!(running.deferred, MINUTE);
}

#[test]
fn after_level_4_nothing_is_put_off() {
    let mut person = Person::at_work(Rules::shipped());
    person.after(40 * MINUTE, &Look::lapsed(level(4), Modality::Text, SECOND));
    person.clock.turn(10 * MINUTE);
    assert!(matches!(person.day.at_call(&person.rules, &person.now(), true), Gate::Break(_)));
}

#[test]
fn two_breaks_due_at_once_are_one_as_long_as_the_longer() {
    let mut person = acutely_due();
    person.clock.turn(50 * MINUTE);
    let (rule, required) = break_of(person.claim());
    assert_eq!((rule, required), (Rule::Acute, 10 * MINUTE));
    person.clock.turn(10 * MINUTE);
    assert!(person.is_served());
}

#[test]
fn the_time_until_enter_counts_as_break() {
    let mut person = acutely_due();
    person.claim();
    let load = person.load();
    person.clock.turn(30 * MINUTE);
    let record = match person.claim() {
        Gate::Open(Some(record)) => record,
        other => panic!("{other:?}"),
    };
    assert_eq!((record.rule, record.required_s, record.lasted_s()), (Rule::Acute, 600, 1_800));
    assert!((person.load() - load / 8.0).abs() < 1e-9);
}

#[test]
fn nothing_but_the_queue_s_clock_ends_a_break() {
    let mut person = acutely_due();
    person.claim();
    let until = person.day.running().and_then(|running| running.until(&person.now()));
    person.clock.turn(4 * MINUTE);
    // The wall clock is turned on by a day; a second desk opens; the first is killed; the person signs out and in.
    let honest = person.now();
    person.clock.cheat("2026-11-24T12:00:00Z".parse().expect("a time"));
    person.through_the_store();
    person.day.returned(&person.rules, &person.now());
    assert!(!person.is_served());
    assert!(person.day.end_break(&person.rules, &person.now()).is_err());
    person.sign_out();
    person.sign_in(8 * HOUR);
    assert!(!person.is_served());
    person.day.begin_voluntary(&person.rules, &person.now());
    person.day.erase(&person.rules, &person.now());
    assert!(!person.is_served());
    person.clock.cheat(honest.wall);
    assert_eq!(person.day.running().and_then(|running| running.until(&person.now())), until);
    person.clock.turn(6 * MINUTE - SECOND);
    assert!(!person.is_served());
    person.clock.turn(SECOND);
    assert!(person.is_served());
}

#[test]
fn a_break_goes_on_over_a_reboot() {
    let mut person = acutely_due();
    person.claim();
    person.clock.turn(4 * MINUTE);
    person.clock.reboot();
    person.clock.turn(6 * MINUTE - SECOND);
    assert!(!person.is_served());
    person.clock.turn(SECOND);
    assert!(person.is_served());
}

#[test]
fn turning_the_clock_back_puts_off_no_hourly_break() {
    let mut person = Person::at_work(Rules::shipped());
    person.clock.turn(40 * MINUTE);
    person.clock.cheat("2026-11-22T07:00:00Z".parse().expect("a time"));
    person.clock.turn(10 * MINUTE);
    assert!(!person.is_served());
}

#[test]
fn one_s_own_break_is_no_way_round_another() {
    let mut person = acutely_due();
    let running = person.day.begin_voluntary(&person.rules, &person.now());
    assert_eq!((running.rule, running.required), (Rule::Acute, 10 * MINUTE));
    assert_eq!(person.day.begin_voluntary(&person.rules, &person.now()), running);
    assert!(person.day.end_break(&person.rules, &person.now()).is_err());
}

#[test]
fn one_s_own_break_is_open_ended_and_any_key_ends_it() {
    let mut person = Person::at_work(Rules::shipped());
    let running = person.day.begin_voluntary(&person.rules, &person.now());
    assert_eq!((running.rule, running.until(&person.now())), (Rule::Voluntary, None));
    assert!(!person.is_served());
    person.clock.turn(SECOND);
    assert_eq!(person.end_break().map(|record| record.is_voluntary()), Some(true));
    assert!(person.is_served());
}

#[test]
fn what_arrives_late_makes_a_running_break_as_long_as_it_asks() {
    let mut rules = Rules::shipped();
    rules.acute_limit = 20.0;
    let mut person = Person::at_work(rules);
    person.clock.turn(50 * MINUTE);
    let decided = person.now();
    assert_eq!(break_of(person.claim()), (Rule::Hourly, 5 * MINUTE));
    person.clock.turn(MINUTE);
    person.day.book(&person.rules, &decided, None, &opened(4, Modality::Image, SECOND));
    assert_eq!(break_of(person.claim()), (Rule::Acute, 15 * MINUTE));

    let mut person = Person::at_work(person.rules);
    let decided = person.now();
    person.day.begin_voluntary(&person.rules, &person.now());
    person.clock.turn(MINUTE);
    person.day.book(&person.rules, &decided, None, &opened(4, Modality::Image, SECOND));
    assert!(person.day.end_break(&person.rules, &person.now()).is_err());
}

#[test]
fn a_running_break_keeps_the_length_it_was_given() {
    let mut person = acutely_due();
    person.claim();
    person.rules.breaks.acute = MINUTE;
    person.clock.turn(2 * MINUTE);
    assert!(!person.is_served());
}

proptest! {
    #[test]
    fn points_grow_with_level_modality_view_and_time(
        low in 0u8..5, up in 0u8..5, a in 0.0f64..90.0, more in 0.0f64..90.0, m in 0usize..5, n in 0usize..5,
    ) {
        let all = [Modality::Text, Modality::Image, Modality::Audio, Modality::Video, Modality::Live];
        let rules = Rules::shipped();
        let (low, high) = (low.min(up), low.max(up));
        let cost = |l, m: usize, seen, s| points(&rules, level(l), all[m], seen, s);
        for seen in [Seen::Summary, Seen::Full] {
            prop_assert!(cost(low, m, seen, a) <= cost(high, m, seen, a));
            prop_assert!(cost(low, m.min(n), seen, a) <= cost(low, m.max(n), seen, a));
            prop_assert!(cost(low, m, seen, a) <= cost(low, m, seen, a + more));
        }
        prop_assert!(cost(low, m, Seen::Summary, a) <= cost(low, m, Seen::Full, a));
        prop_assert!(cost(high, m, Seen::Full, a) >= 0.0);
    }

    #[test]
    fn looking_again_and_grading_lower_never_gives_anything_back(
        looks in prop::collection::vec((0u8..5, 0usize..6, any::<bool>(), 0u64..60, 0u64..60, 0i64..4), 1..12),
    ) {
        let opened = [None, Some(Opened::None), Some(Opened::Text), Some(Opened::Image), Some(Opened::Video), Some(Opened::Live)];
        let mut person = Person::at_work(acute_only());
        let mut before = None;
        for (l, o, full, active, wait, which) in looks {
            person.clock.turn(Duration::from_secs(wait));
            let look = Look {
                level: level(l), seen: Some(if full { Seen::Full } else { Seen::Summary }), opened: opened[o],
                heaviest: Modality::Image, active: Some(Duration::from_secs(active)), held: None,
                presented: Some(jiff::Timestamp::from_second(which).expect("a time")),
            };
            let load = person.load();
            let graphic = person.day.shift().expect("on shift").graphic;
            let after = person.day.book(&person.rules, &person.now(), before.as_ref(), &look);
            if let Some(before) = &before {
                prop_assert!(after.level >= before.level && after.points >= before.points);
                prop_assert!(after.seen >= before.seen && after.modality >= before.modality);
                prop_assert!(after.seconds >= before.seconds - 1e-9);
            }
            prop_assert!(person.load() >= load);
            prop_assert!(person.day.shift().expect("on shift").graphic >= graphic);
            before = Some(after);
        }
        let items = person.day.shift().expect("on shift").items;
        prop_assert_eq!(items, 1);
    }

    #[test]
    fn no_claim_holds_6_hard_ones_in_a_row_or_3_extreme_in_one_run(
        served in prop::collection::vec(0u8..5, 0..12), wanted in prop::collection::vec(0u8..5, 1..60),
    ) {
        let mut person = Person::at_work(acute_only());
        person.rules.run = Rules::shipped().run;
        let mut order: Vec<u8> = Vec::new();
        let mut next = person.day.allowance(&person.rules, &person.now(), []);
        for l in served {
            if next.take(level(l), Modality::Text) {
                order.push(l);
                person.after(SECOND, &Look::lapsed(level(l), Modality::Text, SECOND));
            }
        }
        let mut next = person.day.allowance(&person.rules, &person.now(), []);
        order.extend(wanted.into_iter().filter(|l| next.take(level(*l), Modality::Text)));
        let (mut hard, mut extreme, mut mild) = (0, 0, 0);
        for l in order {
            prop_assert!(mild == 0 || l <= 1);
            mild = u32::saturating_sub(mild, 1);
            if l >= 3 {
                hard += 1;
                extreme += u32::from(l == 4);
                if hard == 5 || extreme == 2 {
                    mild = 3;
                }
            } else {
                (hard, extreme) = (0, 0);
            }
            prop_assert!(hard < 6 && extreme < 3);
        }
    }
}
