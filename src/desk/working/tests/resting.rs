//! Breaks.

use super::fake::FakeLine;
use super::*;
use crate::moderation::claim::BreakDue;

fn acute() -> BreakDue {
    BreakDue { until: jiff::Timestamp::UNIX_EPOCH, rule: "acute".into(), required_s: 600 }
}

#[tokio::test(start_paused = true)]
async fn when_a_break_begins_what_is_held_is_sent_and_what_is_undecided_goes_back_within_a_second() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    table.ask(Ask::Shown("i1".into()));
    table.hold("i1", HOLD);
    settle().await;
    line.state().on_break = Some(acute());
    table.ask(Ask::BeginBreak { rule: "acute".into(), said: None });
    pass(Duration::from_millis(500)).await;
    assert!(line.state().decided.contains_key("i1"));
    assert!(line.state().leased.is_empty());
    let heard = table.heard();
    assert!(heard.contains(&"given back i2+i3".to_owned()) && heard.contains(&"break acute".to_owned()), "{heard:?}");
    line.calls();
    pass(Duration::from_secs(3600)).await;
    assert!(line.calls().is_empty(), "nothing is asked in a break");
}

#[tokio::test(start_paused = true)]
async fn after_the_break_enter_brings_items_again() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    line.state().on_break = Some(acute());
    let table = Table::open(&line, folder.path()).await;
    let heard = table.heard();
    assert!(heard.contains(&"break acute".to_owned()), "a desk opened again in a break shows it: {heard:?}");
    assert!(!heard.iter().any(|one| one.starts_with("ahead")));
    table.ask(Ask::EndBreak);
    settle().await;
    assert_eq!(table.heard().last().unwrap(), "ahead i1+i2+i3");
}

#[tokio::test(start_paused = true)]
async fn a_break_due_while_an_item_is_on_screen_leaves_that_one_to_the_screen() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    table.ask(Ask::Shown("i1".into()));
    settle().await;
    table.ask(Ask::Shown("i2".into()));
    line.state().on_break = Some(acute());
    table.heard();
    table.hold("i1", Duration::ZERO);
    settle().await;
    let heard = table.heard();
    assert!(heard.contains(&"given back i3+i4".to_owned()), "{heard:?}");
    assert!(line.state().leased.contains_key("i2"));
    table.ask(Ask::Release(vec![sight("i2")]));
    settle().await;
    assert!(line.state().leased.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_voluntary_break_keeps_the_item_until_the_moderator_is_away() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    table.ask(Ask::Shown("i1".into()));
    table.ask(Ask::BeginBreak { rule: "voluntary".into(), said: Some("lunch".into()) });
    settle().await;
    assert!(line.calls().contains(&"begin_break lunch".to_owned()));
    assert_eq!(line.state().leased.len(), 3);
    table.ask(Ask::Release(vec![sight("i1")]));
    table.ask(Ask::Away(true));
    settle().await;
    assert!(line.state().leased.is_empty());
    table.ask(Ask::Away(false));
    table.ask(Ask::EndBreak);
    settle().await;
    assert_eq!(line.state().leased.len(), 3);
}

#[tokio::test(start_paused = true)]
async fn in_a_break_an_undo_of_something_sent_is_recorded_and_the_item_comes_after() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    let id = table.hold("i1", Duration::ZERO);
    settle().await;
    table.ask(Ask::BeginBreak { rule: "voluntary".into(), said: None });
    table.ask(Ask::Reverse(id));
    settle().await;
    assert!(table.heard().contains(&"reversed Recorded".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_break_due_by_time_begins_at_the_queue_when_the_screen_begins_it() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    table.ask(Ask::Shown("i1".into()));
    line.state().on_break = Some(BreakDue { rule: "hourly".into(), ..acute() });
    settle().await;
    table.hold("i2", Duration::ZERO);
    settle().await;
    line.calls();
    table.heard();
    table.ask(Ask::Release(vec![sight("i1")]));
    table.ask(Ask::BeginBreak { rule: "hourly".into(), said: None });
    settle().await;
    assert_eq!(line.calls(), ["release i1", "claim 3 "], "with nothing in hand, and after all else");
    assert_eq!(table.heard(), ["break hourly"]);
}

#[tokio::test(start_paused = true)]
async fn what_is_held_is_named_before_what_is_ahead_in_the_order_of_serving() {
    let (line, folder) = (FakeLine::with(12), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    table.ask(Ask::Shown("i1".into()));
    settle().await;
    table.hold("i2", HOLD);
    table.ask(Ask::Shown("i3".into()));
    table.hold("i3", HOLD);
    table.hold("i1", HOLD);
    line.calls();
    settle().await;
    pass(Duration::from_secs(2)).await;
    let calls = line.calls();
    assert!(calls.iter().any(|call| call.starts_with("claim") && call.ends_with(" i2+i3+i1+i4")), "{calls:?}");
}
