//! The table of test vectors in the design, to the item.

use crate::person::*;
use moddesk::wellbeing::{Gate, Modality, Rule, Rules};
use std::time::Duration;

struct Vector {
    rules: Rules,
    pattern: Vec<u8>,
    modality: Modality,
    every: Duration,
    breaks_of: Duration,
}

fn pattern(parts: &[(usize, u8)]) -> Vec<u8> {
    parts.iter().flat_map(|(times, level)| std::iter::repeat_n(*level, *times)).collect()
}

impl Vector {
    fn new(rules: Rules, parts: &[(usize, u8)], modality: Modality, every: Duration) -> Self {
        Self { rules, pattern: pattern(parts), modality, every, breaks_of: 10 * MINUTE }
    }

    /// After how many items each of the first breaks comes, and the load at each.
    fn breaks(self, wanted: usize, most: usize) -> Vec<(usize, f64)> {
        let mut person = Person::at_work(self.rules);
        let (mut found, mut since) = (Vec::new(), 0);
        for turn in 0..most {
            let level = self.pattern[turn % self.pattern.len()];
            person.after(self.every, &opened(level, self.modality, self.every));
            since += 1;
            let load = person.load();
            match person.claim() {
                Gate::Open(_) => {}
                Gate::Break(running) => {
                    assert_eq!(running.rule, Rule::Acute);
                    assert_eq!(running.required, self.breaks_of);
                    assert_eq!(running.deferred, Duration::ZERO);
                    found.push((since, load));
                    since = 0;
                    if found.len() == wanted {
                        break;
                    }
                    person.clock.turn(self.breaks_of - SECOND);
                    assert!(!person.is_served());
                    person.clock.turn(SECOND);
                    assert!(person.is_served());
                }
                Gate::Finish(_) => panic!("a break due by a decision does not wait"),
            }
            person.through_the_store();
        }
        found
    }
}

fn after_items(found: &[(usize, f64)]) -> Vec<usize> {
    found.iter().map(|(items, _)| *items).collect()
}

fn first_load(found: &[(usize, f64)]) -> f64 {
    (found[0].1 * 10.0).round() / 10.0
}

#[test]
fn five_graphic_and_three_neutral_pictures() {
    let found = Vector::new(without_hourly(), &[(5, 3), (3, 0)], Modality::Image, MINUTE).breaks(4, 1_000);
    assert_eq!(after_items(&found), [34, 18, 23, 18]);
    assert_eq!(first_load(&found), 121.2);
}

#[test]
fn the_same_two_a_minute() {
    let found = Vector::new(without_hourly(), &[(5, 3), (3, 0)], Modality::Image, MINUTE / 2).breaks(4, 1_000);
    assert_eq!(after_items(&found), [27, 16, 16, 16]);
}

#[test]
fn graphic_pictures_only() {
    let found = Vector::new(acute_only(), &[(1, 3)], Modality::Image, MINUTE).breaks(3, 1_000);
    assert_eq!(after_items(&found), [19, 10, 10]);
    assert_eq!(first_load(&found), 124.5);
}

#[test]
fn two_extreme_and_three_neutral_pictures() {
    let mut vector = Vector::new(without_hourly(), &[(2, 4), (3, 0)], Modality::Image, MINUTE);
    vector.breaks_of = 15 * MINUTE;
    assert_eq!(after_items(&vector.breaks(4, 1_000)), [17, 14, 11, 15]);
}

#[test]
fn disturbing_pictures_only_meet_the_hourly_rule_first() {
    let found = Vector::new(acute_only(), &[(1, 2)], Modality::Image, MINUTE).breaks(1, 1_000);
    assert_eq!(after_items(&found), [106]);
    assert_eq!(first_load(&found), 120.0);
    let mut person = Person::at_work(Rules::shipped());
    for _ in 0..49 {
        person.after(MINUTE, &image(2));
        assert!(person.is_served());
    }
    person.after(MINUTE, &image(2));
    assert!(matches!(person.claim(), Gate::Break(running) if running.rule == Rule::Hourly));
}

#[test]
fn five_graphic_and_three_neutral_texts_never_reach_the_limit() {
    let rules = without_hourly();
    let mut person = Person::at_work(rules);
    let pattern = pattern(&[(5, 3), (3, 0)]);
    let mut most: f64 = 0.0;
    for turn in 0..4_000 {
        person.after(MINUTE, &opened(pattern[turn % 8], Modality::Text, MINUTE));
        assert!(person.is_served());
        most = most.max(person.load());
    }
    assert!(most < 113.3 && most > 113.0, "{most}");
}

#[test]
fn graphic_texts_one_each_5_seconds() {
    let found = Vector::new(acute_only(), &[(1, 3)], Modality::Text, 5 * SECOND).breaks(3, 1_000);
    assert_eq!(after_items(&found), [221, 122, 122]);
    assert_eq!(first_load(&found), 120.1);
}

#[test]
fn graphic_texts_one_each_30_seconds() {
    let found = Vector::new(acute_only(), &[(1, 3)], Modality::Text, 30 * SECOND).breaks(3, 1_000);
    assert_eq!(after_items(&found), [37, 21, 20]);
    assert_eq!(first_load(&found), 121.1);
}

#[test]
fn extreme_texts_one_each_10_seconds() {
    let mut vector = Vector::new(acute_only(), &[(1, 4)], Modality::Text, 10 * SECOND);
    vector.breaks_of = 15 * MINUTE;
    let found = vector.breaks(3, 1_000);
    assert_eq!(after_items(&found), [39, 26, 26]);
    assert_eq!(first_load(&found), 120.9);
}

#[test]
fn disturbing_texts_one_each_5_seconds() {
    let found = Vector::new(acute_only(), &[(1, 2)], Modality::Text, 5 * SECOND).breaks(1, 2_000);
    assert_eq!(after_items(&found), [1_334]);
}
