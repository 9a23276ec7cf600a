//! What a look costs, a test for each sentence of the design.

use crate::person::*;
use moddesk::wellbeing::exposure::points;
use moddesk::wellbeing::{Look, Modality, Opened, Rules, Seen};
use proptest::prelude::*;
use std::time::Duration;

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
}
