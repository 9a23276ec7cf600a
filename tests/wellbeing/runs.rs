//! Rows of hard items and what breaks them, a test for each sentence of the design.

use crate::person::*;
use moddesk::wellbeing::{Look, Modality, Rule, Rules};
use proptest::prelude::*;

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

proptest! {
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
