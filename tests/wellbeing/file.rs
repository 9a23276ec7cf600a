//! The `[wellbeing]` table: what it may change, and what needs a reason.

use crate::person::*;
use moddesk::wellbeing::rules::RulesError;
use moddesk::wellbeing::{Clock, RawRules, Rules};

fn read(text: &str) -> Result<Rules, RulesError> {
    toml::from_str::<RawRules>(text).expect("is TOML with known keys").resolve()
}

const SHIPPED: &str = r#"
policy_version = "2026-1"
weights = [0, 1, 3, 8, 20]
modality = { text = 0.5, image = 1.0, audio = 1.0, video = 1.5, live = 2.0 }
unopened = 0.25
text_dwell = "30s"
half_life = "30m"
break_half_life = "10m"
acute_limit = 120
run = { graphic_level = 3, max_graphic = 5, max_extreme = 2, cleanser_items = 3, cleanser_max_level = 1, else_pause = "3m" }
breaks = { acute = "10m", after_extreme = "15m", hourly_work = "50m", hourly = "10m", hourly_if_no_points = "5m", defer = "2m" }
shift = { graphic = "240m", extreme = "120m", points_soft = 800, points_hard = 1200, no_graphic_first = "10m", no_graphic_last = "30m" }
ramp = { factor = 0.5, first_shifts = 20, after_absence = "14d", after_absence_shifts = 5 }
privacy = { retention = "90d", k_anonymity = 8 }
"#;

#[test]
fn the_table_of_the_design_is_what_is_shipped_and_so_is_an_empty_one() {
    assert_eq!(read(SHIPPED), Ok(Rules::shipped()));
    assert_eq!(read(""), Ok(Rules::shipped()));
}

#[test]
fn a_key_left_out_keeps_its_shipped_value_also_inside_a_table() {
    let rules = read("breaks = { acute = \"20m\" }\nrun = { max_graphic = 3 }").expect("stricter");
    assert_eq!((rules.breaks.acute, rules.breaks.after_extreme), (20 * MINUTE, 15 * MINUTE));
    assert_eq!((rules.run.max_graphic, rules.run.max_extreme), (3, 2));
    assert!(rules.weakened.is_empty() && rules.weakened_because.is_none());
}

#[test]
fn an_unknown_key_is_refused() {
    assert!(toml::from_str::<RawRules>("acute_limits = 3").is_err());
    assert!(toml::from_str::<RawRules>("breaks = { accute = \"3m\" }").is_err());
    assert!(toml::from_str::<RawRules>("half_life = 30").is_err());
}

#[test]
fn each_weaker_key_loads_only_with_a_reason_and_each_stricter_one_without() {
    let pairs = [
        ("weights", "weights = [0, 1, 2, 8, 20]", "weights = [0, 1, 4, 8, 20]"),
        ("modality.video", "modality = { video = 1.2 }", "modality = { video = 1.8 }"),
        ("unopened", "unopened = 0.2", "unopened = 0.5"),
        ("text_dwell", "text_dwell = \"60s\"", "text_dwell = \"20s\""),
        ("half_life", "half_life = \"20m\"", "half_life = \"40m\""),
        ("break_half_life", "break_half_life = \"5m\"", "break_half_life = \"15m\""),
        ("acute_limit", "acute_limit = 121", "acute_limit = 60"),
        ("run.graphic_level", "run = { graphic_level = 4 }", "run = { graphic_level = 2 }"),
        ("run.max_graphic", "run = { max_graphic = 6 }", "run = { max_graphic = 4 }"),
        ("run.max_extreme", "run = { max_extreme = 3 }", "run = { max_extreme = 1 }"),
        ("run.cleanser_items", "run = { cleanser_items = 2 }", "run = { cleanser_items = 4 }"),
        ("run.cleanser_max_level", "run = { cleanser_max_level = 2 }", "run = { cleanser_max_level = 0 }"),
        ("run.else_pause", "run = { else_pause = \"2m\" }", "run = { else_pause = \"4m\" }"),
        ("breaks.acute", "breaks = { acute = \"9m\" }", "breaks = { acute = \"11m\" }"),
        ("breaks.after_extreme", "breaks = { after_extreme = \"9m\" }", "breaks = { after_extreme = \"16m\" }"),
        ("breaks.hourly_work", "breaks = { hourly_work = \"51m\" }", "breaks = { hourly_work = \"49m\" }"),
        ("breaks.hourly", "breaks = { hourly = \"9m\" }", "breaks = { hourly = \"11m\" }"),
        (
            "breaks.hourly_if_no_points",
            "breaks = { hourly_if_no_points = \"4m\" }",
            "breaks = { hourly_if_no_points = \"6m\" }",
        ),
        ("breaks.defer", "breaks = { defer = \"3m\" }", "breaks = { defer = \"0s\" }"),
        ("shift.graphic", "shift = { graphic = \"5h\" }", "shift = { graphic = \"3h\" }"),
        ("shift.extreme", "shift = { extreme = \"3h\" }", "shift = { extreme = \"1h\" }"),
        ("shift.points_soft", "shift = { points_soft = 900 }", "shift = { points_soft = 700 }"),
        ("shift.points_hard", "shift = { points_hard = 1300 }", "shift = { points_hard = 1100 }"),
        ("shift.no_graphic_first", "shift = { no_graphic_first = \"0s\" }", "shift = { no_graphic_first = \"15m\" }"),
        ("shift.no_graphic_last", "shift = { no_graphic_last = \"0s\" }", "shift = { no_graphic_last = \"1h\" }"),
        ("ramp.factor", "ramp = { factor = 0.6 }", "ramp = { factor = 0.4 }"),
        ("ramp.first_shifts", "ramp = { first_shifts = 10 }", "ramp = { first_shifts = 30 }"),
        ("ramp.after_absence", "ramp = { after_absence = \"20d\" }", "ramp = { after_absence = \"10d\" }"),
        ("ramp.after_absence_shifts", "ramp = { after_absence_shifts = 4 }", "ramp = { after_absence_shifts = 6 }"),
        ("privacy.retention", "privacy = { retention = \"100d\" }", "privacy = { retention = \"30d\" }"),
        ("privacy.k_anonymity", "privacy = { k_anonymity = 5 }", "privacy = { k_anonymity = 12 }"),
    ];
    for (key, weaker, stricter) in pairs {
        assert_eq!(read(weaker), Err(RulesError::Weaker(vec![key])), "{weaker}");
        assert_eq!(read(&format!("weakened_because = \"  \"\n{weaker}")), Err(RulesError::Weaker(vec![key])));
        let told = read(&format!("weakened_because = \"measurement\"\n{weaker}")).expect(key);
        assert_eq!((told.weakened_because.as_deref(), told.weakened), (Some("measurement"), vec![key]));
        let rules = read(stricter).unwrap_or_else(|error| panic!("{stricter}: {error}"));
        assert!(rules.weakened.is_empty(), "{stricter}");
        assert_eq!(Rules::shipped().weaker_than(&rules), vec![key]);
    }
}

#[test]
fn filters_give_no_discount() {
    for key in ["blur", "grey", "mask", "filter_discount"] {
        assert_eq!(read(&format!("{key} = 1.0")), Ok(Rules::shipped()));
        for value in ["0.5", "1.5", "0"] {
            let refused = read(&format!("weakened_because = \"looks better\"\n{key} = {value}"));
            assert_eq!(refused, Err(RulesError::Discount(key)));
        }
    }
}

#[test]
fn numbers_that_the_arithmetic_cannot_use_are_refused_whatever_the_reason() {
    for text in [
        "weights = [0, 1, 9, 8, 20]",
        "weights = [-1, 1, 3, 8, 20]",
        "modality = { text = nan }",
        "modality = { image = 3.0 }",
        "unopened = 1.5",
        "half_life = \"0s\"",
        "break_half_life = \"0s\"",
        "acute_limit = 0",
        "acute_limit = inf",
        "run = { max_graphic = 0 }",
        "run = { graphic_level = 0 }",
        "run = { cleanser_max_level = 3 }",
        "shift = { points_hard = nan }",
        "ramp = { factor = 0 }",
        "ramp = { factor = 1.5 }",
        "breaks = { hourly_work = \"0s\" }",
        "privacy = { k_anonymity = 0 }",
    ] {
        let refused = read(&format!("weakened_because = \"x\"\n{text}"));
        assert!(matches!(refused, Err(RulesError::Invalid { .. })), "{text}: {refused:?}");
    }
}

#[test]
fn a_file_for_measurements_can_put_every_limit_out_of_reach() {
    let rules = read(
        "weakened_because = \"measurement\"\nacute_limit = 1e12\n\
         run = { max_graphic = 4000000000, max_extreme = 4000000000 }\nbreaks = { hourly_work = \"36500d\" }\n\
         shift = { graphic = \"36500d\", extreme = \"36500d\", points_soft = 1e12, points_hard = 1e12, \
         no_graphic_first = \"0s\", no_graphic_last = \"0s\" }\nramp = { factor = 1.0, first_shifts = 0 }",
    )
    .expect("it says why");
    let mut person = Person::new(rules);
    person.sign_in(8 * HOUR);
    for _ in 0..5_000 {
        person.after(SECOND, &image(4));
        assert!(person.may(4) && person.is_served());
    }
    assert!(person.day.next_break(&person.rules, &person.clock.now()).is_some());
}
