//! When breaks come, how long they last and what ends them, a test for each sentence of the design.

use crate::person::*;
use moddesk::wellbeing::{Clock, Gate, Look, Modality, Rule, Rules};
use std::time::Duration;

fn break_of(gate: Gate) -> (Rule, Duration) {
    match gate {
        Gate::Break(running) => (running.rule, running.required),
        open => panic!("no break: {open:?}"),
    }
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
fn a_desk_opened_after_a_break_does_not_count_it_twice() {
    let mut person = acutely_due();
    person.claim();
    person.clock.turn(10 * MINUTE);
    person.claim();
    let load = person.load();
    person.day.returned(&person.rules, &person.now());
    assert_eq!(person.load(), load);
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
