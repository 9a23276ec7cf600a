//! The end of a shift, closing, and another desk.

use super::fake::FakeLine;
use super::*;
use crate::desk::LineError;

#[tokio::test(start_paused = true)]
async fn closing_sends_what_is_held_and_hands_back_the_rest() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    table.ask(Ask::Shown("i1".into()));
    table.hold("i1", HOLD);
    table.ask(Ask::Shown("i2".into()));
    assert!(table.close().await.is_empty());
    let state = line.state();
    assert!(state.decided.contains_key("i1"));
    assert!(state.leased.is_empty());
    let never: Vec<_> = state.released.iter().filter(|sight| sight.active_ms == Some(0)).collect();
    assert!(never.iter().all(|sight| sight.item != "i2"), "what was on screen counts as seen");
}

#[tokio::test(start_paused = true)]
async fn items_that_arrive_while_the_desk_closes_go_back_at_once() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    line.state().slow = Duration::from_millis(300);
    let table = Table::open(&line, folder.path()).await;
    assert_eq!(line.state().leased.len(), 3, "leased, and the answer is on its way");
    assert!(table.close().await.is_empty());
    assert!(line.state().leased.is_empty());
}

#[tokio::test(start_paused = true)]
async fn closing_on_a_dead_line_says_what_is_unsent_and_the_next_desk_sends_it() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    table.hold("i1", HOLD);
    line.fail("decide", LineError::Down("no route".into()));
    let unsent = table.close().await;
    assert_eq!(unsent.len(), 1);
    assert!(unsent[0].result.is_none());
    let table = Table::open(&line, folder.path()).await;
    assert!(table.heard().contains(&"recovered 1, 0 impossible, 0 drafts".to_owned()));
    assert!(line.state().decided.contains_key("i1"));
}

#[tokio::test(start_paused = true)]
async fn the_end_of_a_shift_sends_hands_back_and_keeps_the_notes() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    table.hold("i1", HOLD);
    settle().await;
    line.calls();
    table.ask(Ask::EndShift(Vec::new()));
    pass(Duration::from_secs(1)).await;
    let calls = line.calls();
    assert_eq!(calls[0], "decide i1");
    assert_eq!(calls.last().unwrap(), "end_shift");
    assert!(line.state().leased.is_empty());
    assert_eq!(table.heard().last().unwrap(), "ended, 0 unsettled");
    assert!(table.close().await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_second_desk_is_told_and_takes_over_only_when_asked_to() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let first = Table::open(&line, folder.path()).await;
    first.ask(Ask::Shown("i1".into()));
    let id = first.hold("i1", HOLD);
    settle().await;
    let second = Table::lay(&line, folder.path());
    second.begin(false).await;
    assert_eq!(second.heard(), ["other desk"]);
    assert!(line.state().decided.is_empty());

    second.ask(Ask::Begin { ends_at: None, take_over: true });
    settle().await;
    line.ring();
    pass(Duration::from_secs(2)).await;
    assert_eq!(line.state().decided["i1"].0.id, id, "the first sends what it holds");
    assert_eq!(first.heard().last().unwrap(), "taken over");
    assert!(matches!(first.ledger.hold(&[approve("i2")], |medium| medium.sync()), Err(JournalError::TakenOver)));
    let heard = second.heard();
    assert!(heard.contains(&"ahead i2+i3+i4".to_owned()), "{heard:?}");
    assert!(first.close().await.is_empty());
    assert_eq!(line.state().leased.len(), 3, "the first hands nothing back: the leases are the moderator's");
}

#[tokio::test(start_paused = true)]
async fn what_the_first_desk_could_not_send_the_second_does() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let first = Table::open(&line, folder.path()).await;
    first.hold("i1", HOLD);
    settle().await;
    let second = Table::lay(&line, folder.path());
    line.fail("decide", LineError::Down("no route".into()));
    second.ask(Ask::Begin { ends_at: None, take_over: true });
    settle().await;
    line.ring();
    pass(Duration::from_secs(3)).await;
    assert!(line.state().decided.contains_key("i1"));
    let heard = second.heard();
    assert!(heard.contains(&"recovered 1, 0 impossible, 0 drafts".to_owned()), "{heard:?}");
    drop(first);
}

#[tokio::test(start_paused = true)]
async fn a_desk_that_crashed_is_no_other_desk() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    Table::open(&line, folder.path()).await.kill().await;
    let again = Table::open(&line, folder.path()).await;
    assert_eq!(again.heard(), ["shift", "house", "ahead i1+i2+i3"], "it goes on with what is leased to it");
    assert!(line.calls().contains(&"claim 3 ".to_owned()), "and under its own name");
}
