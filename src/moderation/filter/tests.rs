use super::*;
use proptest::prelude::*;
use serde_json::json;

fn item() -> Item {
    serde_json::from_value(json!({
        "id": "forum:88121", "lang": "fr", "kind": "comment", "channel": "forum", "text": "Get FREE  mon\u{e9}y now",
        "author": {"id": "u1", "name": "Zorglub77"}, "severity": 2, "online": true, "reach": {"views": 340},
        "received_at": "2026-11-22T08:00:00Z", "reports": [{"reason": "hate"}, {"reason": "spam"}],
        "scores": {"toxicity": 0.91}
    }))
    .expect("an item")
}

fn holds(filter: &str) -> bool {
    let now: Timestamp = "2026-11-22T09:00:00Z".parse().expect("a time");
    let due: Timestamp = "2026-11-22T09:10:00Z".parse().expect("a time");
    filter.parse::<Filter>().expect("a filter").holds(&item(), Some(due), now)
}

#[test]
fn the_filter_of_the_manual_finds_what_it_says() {
    assert!(holds("lang:fr author:zorglub* due:<15m severity:>=2"));
    assert!(holds("lang:en,fr -kind:review online:yes age:>=1h reports:2 score:>90 views:340 id:forum:*"));
    assert!(!holds("lang:en"));
    assert!(!holds("-author:zorglub*"));
    assert!(!holds("due:<5m"));
    assert!(holds("author:*glub* reason:hate"));
    assert!(holds("\"mon\u{e9}y now\"") && holds("money"));
}

#[test]
fn a_mistake_points_at_its_character() {
    let wrong = |typed: &str| typed.parse::<Filter>().expect_err("wrong").at;
    assert_eq!(wrong("lang:fr langue:fr"), 8);
    assert_eq!(wrong("severity:>=high"), 11);
    assert_eq!(wrong("due:<soon"), 5);
    assert_eq!(wrong("word \"never closed"), 5);
    assert_eq!(wrong("lang:"), 5);
    assert_eq!(wrong("online:maybe"), 7);
    let error = "é \"".parse::<Filter>().expect_err("wrong");
    assert_eq!(error.pointed("é \"").lines().nth(1), Some("  ^ this quote is never closed"));
}

fn any_test() -> impl Strategy<Value = Test> {
    let text = "[a-zé:,\"\\\\ *-]{0,8}[a-z]";
    let compare = prop_oneof![
        Just(Compare::Less),
        Just(Compare::AtMost),
        Just(Compare::Equal),
        Just(Compare::AtLeast),
        Just(Compare::More)
    ];
    let field = prop_oneof![
        Just(Field::Lang),
        Just(Field::Author),
        Just(Field::Kind),
        Just(Field::Channel),
        Just(Field::Id),
        Just(Field::Reason),
        Just(Field::Subject)
    ];
    let figure = prop_oneof![Just(Figure::Severity), Just(Figure::Reports), Just(Figure::Views), Just(Figure::Score)];
    prop_oneof![
        text.prop_map(Test::Words),
        (field, prop::collection::vec(text, 1..3)).prop_map(|(field, patterns)| Test::Reads(field, patterns)),
        (figure, compare.clone(), any::<u32>()).prop_map(|(f, c, n)| Test::Counts(f, c, n.into())),
        (prop_oneof![Just(Span::Due), Just(Span::Age)], compare, 1..100_000u64).prop_map(|(span, c, s)| Test::Lasts(
            span,
            c,
            Duration::from_secs(s)
        )),
        any::<bool>().prop_map(Test::Online),
    ]
}

proptest! {
    #[test]
    fn what_is_printed_parses_to_the_same_filter(
        terms in prop::collection::vec((any::<bool>(), any_test()).prop_map(|(not, test)| Term { not, test }), 0..5)
    ) {
        let filter = Filter { terms };
        let printed = filter.to_string();
        prop_assert_eq!(printed.parse::<Filter>().expect("what is printed can be read"), filter, "{}", printed);
    }

    #[test]
    fn anything_typed_is_a_filter_or_a_mistake_within_it(typed in "\\PC{0,40}") {
        if let Err(error) = typed.parse::<Filter>() {
            prop_assert!(error.at <= typed.chars().count());
        }
    }
}
