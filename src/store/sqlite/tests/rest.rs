//! Breaks are enforced where the queue is.

use super::*;

fn image(n: u32, severity: u32) -> Value {
    json!({"id": format!("i{n:03}"), "severity": severity, "kind": "image"})
}

/// Decides one image a minute until a break comes, and answers after how many.
async fn until_break(house: &House, who: &str) -> (usize, String) {
    for done in 0..300 {
        house.clock.turn(Duration::from_secs(60));
        let claim = Claim { max: 1, have: Some(Vec::new()), ..Claim::default() };
        match house.store.claim(who, &claim).await.expect("answers") {
            Claimed::BreakDue { break_due } => return (done, break_due.rule),
            Claimed::Items { items, .. } => {
                let id = &items.first().expect("something waits").item.id;
                let told = json!({"seen": "full", "opened": "image", "decided_at": house.clock_now()});
                assert!(house.decide(who, id, told).await.outcome.is_success());
            }
            other => panic!("{other:?}"),
        }
    }
    panic!("no break");
}

impl House {
    fn clock_now(&self) -> jiff::Timestamp {
        use crate::wellbeing::Clock;
        self.clock.now().wall
    }

    async fn with_rules(change: impl FnOnce(&mut crate::wellbeing::Rules)) -> Self {
        let dir = TempDir::new().expect("a folder");
        let clock = TurnedClock::at("2026-11-22T08:00:00Z".parse().expect("a time"));
        let mut rules = crate::wellbeing::Rules::shipped();
        (rules.shift.edges, rules.ramp.first_shifts) = (false, 0);
        change(&mut rules);
        let store = SqliteStore::open(dir.path(), Options { rules: Arc::new(rules), ..options(&clock) });
        let house = Self { dir, clock, store: store.expect("opens") };
        house.store.set_person(&Person::with_every_right("ines"), "system").await.expect("set");
        house
    }
}

#[tokio::test]
async fn the_acute_break_comes_after_the_item_that_the_vectors_say() {
    let no_hour = |rules: &mut crate::wellbeing::Rules| {
        rules.breaks.hourly_work = Duration::from_secs(1_000_000);
        rules.run.max_graphic = 1_000_000;
        rules.shift.points_soft = 1e9;
        rules.shift.points_hard = 1e9;
    };
    let house = House::with_rules(no_hour).await;
    house.import((0..60).map(|n| image(n, 3))).await;
    assert_eq!(until_break(&house, "ines").await, (19, "acute".into()));
    // Neither another desk nor signing out and in, nor the wall clock, shortens it.
    let fresh = Claim { max: 1, desk: Some("second".into()), ..Claim::default() };
    house.store.end_shift("ines", &[]).await.expect("ends");
    house.clock.turn(Duration::from_secs(300));
    house.clock.cheat("2026-11-23T08:00:00Z".parse().expect("a time"));
    assert!(matches!(house.store.claim("ines", &fresh).await.expect("answers"), Claimed::BreakDue { .. }));
    assert!(house.store.end_break("ines").await.expect("answers").on_break.is_some());
    house.clock.turn(Duration::from_secs(400));
    assert!(matches!(house.store.claim("ines", &fresh).await.expect("answers"), Claimed::Items { .. }));
}

#[tokio::test]
async fn five_hard_ones_in_a_row_are_followed_by_mild_ones_and_by_a_pause_where_there_are_none() {
    let house = House::with_rules(|_| ()).await;
    house.import((0..20).map(|n| image(n, 3))).await;
    house.import((100..103).map(|n| json!({"id": format!("m{n}"), "priority": -5}))).await;
    let first = house.claim("ines", 20).await;
    let levels: Vec<u8> = first.iter().map(|served| served.severity.level()).collect();
    assert_eq!(levels, [3, 3, 3, 3, 3, 0, 0, 0, 3, 3, 3, 3, 3]);
    let decisions: Vec<Decision> = first.iter().map(|served| decision(&served.item.id, json!({}))).collect();
    house.store.decide("ines", &decisions, None).await.expect("answers");
    let claim = Claim { max: 1, have: Some(Vec::new()), ..Claim::default() };
    let Claimed::BreakDue { break_due } = house.store.claim("ines", &claim).await.expect("answers") else { panic!() };
    assert_eq!((break_due.rule.as_str(), break_due.required_s), ("run", 180));
}

#[tokio::test]
async fn a_break_lets_decisions_through_and_hands_leases_back_within_a_second() {
    let house = House::with_rules(|rules| rules.acute_limit = 4.0).await;
    house.store.set_person(&Person::with_every_right("paul"), "system").await.expect("set");
    house.import((0..5).map(|n| image(n, 2))).await;
    house.claim("ines", 3).await;
    for id in ["i000", "i001"] {
        house.decide("ines", id, json!({"seen": "full", "opened": "image"})).await;
    }
    let renewed = house.store.renew("ines", None, &["i002".into()]).await.expect("answers");
    assert_eq!(renewed.break_due.expect("a break").rule, "acute");
    house.clock.turn(Duration::from_millis(1100));
    assert_eq!(ids(&house.claim("paul", 1).await), ["i002"]);
    let late = house.decide("ines", "i002", json!({})).await;
    assert_eq!(late.outcome, Outcome::Conflict);
}

#[tokio::test]
async fn undoing_in_a_break_records_and_leases_nothing() {
    let house = House::with_rules(|rules| rules.acute_limit = 2.5).await;
    house.import((0..3).map(|n| image(n, 2))).await;
    house.claim("ines", 1).await;
    let first = decision("i000", json!({"seen": "full", "opened": "image"}));
    let claim = Claim { max: 1, have: Some(Vec::new()), ..Claim::default() };
    let decided = house.store.decide("ines", std::slice::from_ref(&first), Some(&claim)).await.expect("answers");
    assert!(decided.results[0].outcome.is_success());
    assert!(matches!(decided.claimed, Some(Claimed::BreakDue { .. })));
    let reverse = Reverse { id: Uuid::now_v7(), reason: None, decision: None };
    let undone = house.store.reverse("ines", first.id, &reverse).await.expect("answers");
    assert_eq!((undone.outcome, undone.item), (Outcome::Recorded, None));
    house.clock.turn(Duration::from_secs(601));
    assert_eq!(ids(&house.claim("ines", 1).await), ["i000"]);
}

#[tokio::test]
async fn a_voluntary_break_holds_claims_back_and_ends_when_the_moderator_wants() {
    let house = House::with_rules(|_| ()).await;
    house.import((0..3).map(|n| image(n, 0))).await;
    house.claim("ines", 1).await;
    let state = house.store.begin_break("ines", Some("lunch")).await.expect("answers");
    assert_eq!(state.on_break.expect("a break").rule, "voluntary");
    let claim = Claim { max: 1, have: Some(Vec::new()), ..Claim::default() };
    assert!(matches!(house.store.claim("ines", &claim).await.expect("answers"), Claimed::BreakDue { .. }));
    assert!(house.store.end_break("ines").await.expect("answers").on_break.is_none());
    assert_eq!(ids(&house.claim("ines", 1).await), ["i000"]);
    assert!(matches!(house.store.begin_break("ines", Some("tired")).await, Err(StoreError::Invalid(_))));
}

#[tokio::test]
async fn what_one_shift_notes_the_next_one_sees() {
    let house = House::with_rules(|_| ()).await;
    let note = serde_json::from_value(json!({"by": "?", "at": "2026-11-22T08:00:00Z", "text": "mind the strike"}));
    house.store.start_shift("ines", None).await.expect("begins");
    house.store.end_shift("ines", &[note.expect("a note")]).await.expect("ends");
    let state = house.store.start_shift("ines", None).await.expect("begins");
    assert_eq!((state.handover.len(), state.handover[0].by.as_str()), (1, "ines"));
    assert!(state.running);
}
