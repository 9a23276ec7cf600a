//! After a crash.

use super::fake::FakeLine;
use super::*;
use crate::moderation::Outcome;

#[tokio::test(start_paused = true)]
async fn what_was_held_is_sent_by_the_next_desk_and_what_was_undone_is_not() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    table.hold("i1", HOLD);
    let undone = table.hold("i2", HOLD);
    table.take_back(undone);
    table.kill().await;
    let table = Table::open(&line, folder.path()).await;
    let heard = table.heard();
    assert!(heard.contains(&"recovered 1, 0 impossible, 0 drafts".to_owned()), "{heard:?}");
    assert!(line.state().decided.contains_key("i1"));
    assert!(!line.state().decided.contains_key("i2"));
    assert!(heard.iter().any(|one| one.starts_with("ahead i2")), "{heard:?}");
}

#[tokio::test(start_paused = true)]
async fn sent_and_killed_before_the_answer_it_is_settled_by_its_id() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    line.state().swallow = true;
    table.hold("i1", Duration::ZERO);
    settle().await;
    table.kill().await;
    let table = Table::open(&line, folder.path()).await;
    let heard = table.heard();
    assert!(heard.contains(&"settled AlreadyRecorded".to_owned()), "{heard:?}");
    assert!(heard.contains(&"recovered 1, 0 impossible, 0 drafts".to_owned()), "{heard:?}");
    assert_eq!(line.state().ids.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_became_impossible_stays_listed_over_restarts_until_it_is_read() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    line.state().conflicts.insert("i1".into(), Outcome::Conflict);
    let id = table.hold("i1", HOLD);
    settle().await;
    table.kill().await;
    for _ in 0..2 {
        let table = Table::open(&line, folder.path()).await;
        let heard = table.heard();
        assert!(heard.contains(&"recovered 0, 1 impossible, 0 drafts".to_owned()), "{heard:?}");
        table.kill().await;
    }
    let table = Table::open(&line, folder.path()).await;
    table.ask(Ask::Read(vec![id]));
    settle().await;
    table.kill().await;
    let table = Table::open(&line, folder.path()).await;
    assert!(!table.heard().iter().any(|one| one.starts_with("recovered")));
}

#[tokio::test(start_paused = true)]
async fn a_draft_is_offered_again_until_its_item_is_decided_or_it_is_forgotten() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    let words = serde_json::json!({"reply": "Bonjour"});
    table.ledger.keep_draft("i1", Some(&words)).unwrap();
    table.ledger.keep_draft("i1", Some(&serde_json::json!({"reply": "Bonjour Jean"}))).unwrap();
    table.ledger.keep_draft("i2", Some(&words)).unwrap();
    table.ledger.keep_draft("i3", Some(&words)).unwrap();
    table.ledger.keep_draft("i3", None).unwrap();
    table.hold("i2", Duration::ZERO);
    settle().await;
    table.kill().await;
    let table = Table::open(&line, folder.path()).await;
    let news = std::mem::take(&mut *table.news.lock().unwrap());
    let drafts = news.iter().find_map(|one| match one {
        News::Recovered { drafts, .. } => Some(drafts.clone()),
        _ => None,
    });
    assert_eq!(drafts.unwrap(), [("i1".to_owned(), serde_json::json!({"reply": "Bonjour Jean"}))]);
}

#[tokio::test(start_paused = true)]
async fn a_pass_and_a_reversal_on_their_way_survive_a_crash() {
    use crate::desk::LineError;
    use crate::moderation::{Pass, PassReason};
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    let id = table.hold("i1", Duration::ZERO);
    settle().await;
    line.fail("reverse", LineError::Unsure("cut".into()));
    table.ask(Ask::Reverse(id));
    table.ask(Ask::Pass(Pass { reason: PassReason::NotForMe, sight: sight("i2") }));
    settle().await;
    table.kill().await;
    let table = Table::open(&line, folder.path()).await;
    assert_eq!(line.state().reversed, [id]);
    assert_eq!(line.state().passed, ["i2"]);
    table.kill().await;
    let _table = Table::open(&line, folder.path()).await;
    assert_eq!(line.state().passed, ["i2"], "and are sent once");
}

#[tokio::test(start_paused = true)]
async fn entries_of_another_moderator_or_backend_are_never_sent() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let title = crate::desk::journal::Title { moderator: "max".into(), backend: "fake".into(), desk: "there".into() };
    let mut other = crate::desk::journal::Drawer::new(folder.path(), title).unwrap().open().unwrap();
    let decisions = [approve("i1")];
    let entry = crate::desk::journal::Entry::Held(std::borrow::Cow::Borrowed(&decisions));
    other.journal.write(&entry.payload()).unwrap();
    drop(other);
    let _table = Table::open(&line, folder.path()).await;
    assert!(line.state().decided.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_question_on_its_way_survives_a_crash_and_is_asked_once() {
    use crate::desk::LineError;
    use crate::moderation::{AskTo, Doubt};
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    line.fail("doubt", LineError::Unsure("cut".into()));
    let doubt = Doubt { id: Uuid::now_v7(), to: AskTo::Colleague, question: "satire?".into(), sight: sight("i1") };
    table.ask(Ask::Doubt(doubt.clone()));
    settle().await;
    table.kill().await;
    let table = Table::open(&line, folder.path()).await;
    pass(Duration::from_secs(5)).await;
    assert_eq!(line.state().asked.keys().copied().collect::<Vec<_>>(), [doubt.id]);
    assert!(table.heard().contains(&"messages 1".to_owned()));
    table.kill().await;
    line.calls();
    let _table = Table::open(&line, folder.path()).await;
    pass(Duration::from_secs(5)).await;
    assert!(!line.calls().iter().any(|call| call.starts_with("doubt")), "its entry is erased");
}
