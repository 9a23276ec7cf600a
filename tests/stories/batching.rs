//! Items that belong together, and the thread.

use crate::driver::{Desk, hard, item, morning};
use moddesk::desk::{Ask, News};
use moddesk::moderation::author::AuthorItem;
use moddesk::moderation::group::{Post, Thread};
use moddesk::moderation::report::{Report, ReportBy};
use moddesk::moderation::{Author, By, Group, Outcome, Recorded, Refusal, Seen, Served, Verdict};
use moddesk::tui::Settings;
use moddesk::tui::keymap::{Code, Context, Key};
use moddesk::tui::update::key::place;
use moddesk::words::Lang;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// A copy of the same spam, reported or not.
fn copy(n: usize, reported: bool) -> Served {
    let mut served =
        item(&format!("s:{n:02}"), &format!("win {n} euros a day at the casino, you idiot, write to Marie"));
    served.item.author = Some(Author {
        id: Some(format!("u{}", n % 3)),
        name: Some(format!("marie{}", n % 3).into()),
        ..Author::default()
    });
    if reported {
        let (by, reporter, reason) = (ReportBy::User, None, Some("spam".into()));
        served.item.reports = vec![Report { by, reporter, reason, severity: None, text: None, at: None }];
    }
    served
}

fn group(by: By, waiting: u64) -> Group {
    Group { by, items: Vec::new(), waiting, elsewhere: 2, left_out: 1 }
}

/// At work on one item of these, with its batch open.
fn open(copies: Vec<Served>) -> Desk {
    open_at(Desk::open(), copies)
}

fn open_at(desk: Desk, copies: Vec<Served>) -> Desk {
    let mut desk = desk.working([copies[0].clone(), item("a:2", "another one")]);
    desk.news(News::Groups("s:00".into(), vec![group(By::Alike, copies.len() as u64)]));
    desk.press("batch.open");
    assert_eq!(desk.asks.last(), Some(&Ask::OpenBatch("s:00".into(), By::Alike)));
    let waiting = copies.len() as u64;
    desk.leases(&copies);
    desk.news(News::Batch(
        "s:00".into(),
        Box::new(group(By::Alike, waiting)),
        copies.into_iter().map(Arc::new).collect(),
    ));
    desk.turn(Duration::from_secs(2));
    desk
}

fn many(n: usize) -> Vec<Served> {
    (0..n).map(|n| copy(n, n % 4 != 3)).collect()
}

fn released(desk: &Desk) -> Vec<(String, Seen, Option<u64>)> {
    let all = desk.asks.iter().filter_map(|ask| if let Ask::Release(sights) = ask { Some(sights) } else { None });
    all.flatten().map(|sight| (sight.item.clone(), sight.seen, sight.active_ms)).collect()
}

fn recorded(id: Uuid, outcome: Outcome) -> Recorded {
    Recorded { id, outcome, state: None, by: None, verdict: None, message: None, item: None }
}

#[test]
fn how_many_are_alike_stands_beside_the_item() {
    let mut desk = Desk::at_work([copy(0, true)]);
    assert!(desk.asks.contains(&Ask::Groups("s:00".into())));
    desk.news(News::Groups("s:00".into(), vec![group(By::Text, 4), group(By::Alike, 32)]));
    desk.sees("31 alike (b)");
    desk.news(News::Groups("other".into(), vec![]));
    desk.sees("31 alike (b)");
}

#[test]
fn with_several_ways_a_letter_chooses_and_with_none_it_says_so() {
    let mut desk = Desk::at_work([copy(0, true)]);
    desk.press("batch.open");
    desk.news(News::Groups("s:00".into(), vec![group(By::Alike, 32), group(By::Author, 7)]));
    desk.sees("What belongs together?");
    desk.sees("7 items");
    desk.types("a");
    assert_eq!(desk.asks.last(), Some(&Ask::OpenBatch("s:00".into(), By::Author)));
    let mut alone = Desk::at_work([copy(0, true)]);
    alone.news(News::Groups("s:00".into(), vec![]));
    alone.press("batch.open");
    alone.sees("Nothing belongs with this item.");
}

#[test]
fn what_was_not_reported_stays_unmarked_and_nothing_is_decided_before_it_is_said_what() {
    let mut desk = open(many(8));
    assert_eq!(place(&desk.model), Context::Batch);
    desk.sees("2 are with colleagues");
    desk.sees("not reported");
    desk.press("item.approve");
    desk.sees("Mark something first");
    desk.press("batch.mark_all");
    desk.sees("6 marked; 2 not reported stay unmarked");
    desk.press("item.delete");
    desk.types("s");
    assert!(desk.decided().is_empty(), "it first says what it will do");
    desk.sees("6 items of marie0, marie1, marie2");
    desk.sees("2 that are not marked go back");
    desk.sees("of those 2 were not reported");
    desk.sees("1 of level 3 or more left out");
    desk.types("s");
    assert!(desk.decided().is_empty(), "a finger that hit twice decides nothing");
    desk.turn(Duration::from_secs(1));
    desk.types("s");
    assert_eq!(desk.decided().len(), 6);
    let batch = desk.journal[0].batch.expect("a batch has an id");
    assert!(desk.journal.iter().all(|one| one.batch == Some(batch) && one.policy.as_deref() == Some("spam")));
    let ids: std::collections::HashSet<_> = desk.journal.iter().map(|one| one.id).collect();
    assert_eq!(ids.len(), 6);
    assert_eq!(released(&desk).len(), 2, "what was not marked goes back");
    assert_eq!(desk.on_screen(), Some("a:2"));
    desk.sees("batch of 6");
}

#[test]
fn a_row_never_on_screen_counts_nothing() {
    let mut desk = open(many(40));
    desk.sees_not("s:39");
    desk.press("batch.mark_all");
    desk.press("item.delete");
    desk.types("s");
    desk.sees("never on screen");
    desk.turn(Duration::from_secs(1));
    desk.types("s");
    let (seen, unseen): (Vec<_>, Vec<_>) = desk.journal.iter().partition(|one| one.seen == Some(Seen::Full));
    assert!(seen.len() > 5 && unseen.len() > 5, "{} {}", seen.len(), unseen.len());
    assert!(unseen.iter().all(|one| one.active_ms == Some(0) && one.presented_at.is_none()));
    assert!(seen.iter().all(|one| one.active_ms > Some(0)));
    let (_, _, _, items) = desk.model.care.figures(&desk.model.at);
    assert_eq!(items as usize, seen.len() + released(&desk).iter().filter(|(_, seen, _)| *seen == Seen::Full).count());
}

#[test]
fn one_undo_takes_the_whole_batch_back() {
    let mut desk = open(many(8));
    desk.press("batch.mark_all");
    desk.press_slowly("item.approve");
    desk.turn(Duration::from_secs(1));
    desk.key(Key::plain(Code::Enter));
    assert_eq!(desk.decided().len(), 6);
    desk.press_slowly("item.undo");
    assert!(desk.decided().is_empty());
    assert_eq!(place(&desk.model), Context::Batch, "it stands there as it was");
    assert_eq!(desk.model.batch.as_ref().map(|batch| batch.marked()), Some(6));
    desk.sees("taken back: batch of 6");
    desk.press_slowly("item.delete");
    desk.types("s");
    desk.turn(Duration::from_secs(1));
    desk.types("s");
    assert_eq!(desk.decided().len(), 6, "deleted, undone, deleted again");
}

#[test]
fn what_was_counted_before_a_batch_had_left_was_still_told_after_it() {
    let mut desk = open(many(4));
    desk.news(News::Groups("a:2".into(), vec![group(By::Alike, 4)]));
    desk.press("batch.mark_all");
    desk.press_slowly("item.approve");
    desk.turn(Duration::from_secs(1));
    desk.key(Key::plain(Code::Enter));
    desk.news(News::Groups("a:2".into(), vec![group(By::Alike, 4)]));
    let asked = |desk: &Desk| desk.asks.iter().filter(|ask| **ask == Ask::Groups("a:2".into())).count();
    let before = asked(&desk);
    let ids: Vec<Uuid> = desk.journal.iter().map(|one| one.id).collect();
    desk.news(News::Settled(ids.into_iter().map(|id| recorded(id, Outcome::Recorded)).collect()));
    assert_eq!(asked(&desk), before + 1, "it is counted anew");
}

#[test]
fn a_full_disk_leaves_the_batch_as_it_was() {
    let mut desk = open(many(4));
    desk.press("batch.mark_all");
    desk.disk = crate::driver::Journal::Full;
    desk.press_slowly("item.approve");
    desk.turn(Duration::from_secs(1));
    desk.key(Key::plain(Code::Enter));
    assert!(desk.decided().is_empty());
    desk.sees("the disk is full");
    assert_eq!(desk.model.batch.as_ref().map(|batch| batch.marked()), Some(3));
    assert!(released(&desk).is_empty(), "nothing went back");
}

#[test]
fn what_cannot_be_recorded_is_named_and_the_rest_can_be_reversed_as_one() {
    let mut desk = open(many(4));
    desk.press("batch.mark_all");
    desk.press_slowly("item.approve");
    desk.turn(Duration::from_secs(1));
    desk.key(Key::plain(Code::Enter));
    let ids: Vec<Uuid> = desk.journal.iter().map(|one| one.id).collect();
    let mut results: Vec<Recorded> = ids.iter().map(|id| recorded(*id, Outcome::Recorded)).collect();
    results[1].outcome = Outcome::Conflict;
    desk.news(News::Settled(results));
    desk.sees("1 of the batch could not be recorded");
    assert_eq!(desk.model.unsettled.len(), 1);
    desk.press_slowly("item.undo");
    desk.sees("The batch of 2");
    desk.key(Key::plain(Code::Enter));
    assert!(desk.asks.contains(&Ask::Reverse(ids[0])) && desk.asks.contains(&Ask::Reverse(ids[2])));
    assert!(!desk.asks.contains(&Ask::Reverse(ids[1])));
    let on_screen = desk.on_screen().map(str::to_owned);
    for (id, name) in [(ids[2], "s:02"), (ids[0], "s:00")] {
        desk.news(News::Reversed(id, Box::new(recorded(id, Outcome::Recorded))));
        let items = vec![Arc::new(copy(name[2..].parse().expect("a number"), true))];
        desk.news(News::Ahead { items, waiting: 0, first: true });
    }
    assert_eq!(desk.on_screen().map(str::to_owned), on_screen, "they wait for their turn");
    let next: Vec<&str> = desk.model.ahead.iter().take(2).map(|served| served.item.id.as_str()).collect();
    assert_eq!(next, ["s:00", "s:02"]);
}

#[test]
fn esc_hands_back_what_was_opened_and_the_item_is_there_again() {
    let mut desk = open(many(30));
    desk.press("screen.leave");
    assert_eq!(desk.on_screen(), Some("s:00"));
    assert_eq!(place(&desk.model), Context::Desk);
    let back = released(&desk);
    assert_eq!(back.len(), 29, "all but the item itself");
    assert!(back.iter().any(|(_, seen, _)| *seen == Seen::Full));
    assert!(back.iter().any(|(_, seen, active)| *seen == Seen::Summary && *active == Some(0)));
    desk.press("item.approve");
    assert!(desk.decided().is_empty(), "it has to be seen again first");
    desk.press_slowly("item.approve");
    assert_eq!(desk.decided(), [("s:00", "approve")]);
}

#[test]
fn rows_are_masked_and_only_the_one_opened_is_not() {
    let mut copies = many(4);
    copies[1] = hard("s:01", "vermin like you should leave, it is that simple", 2);
    let mut desk = open(copies);
    desk.sees_not("vermin");
    desk.press("list.down");
    desk.sees_not("vermin");
    desk.press("item.open");
    desk.sees("vermin like you");
    desk.press("list.down");
    desk.sees_not("vermin");
    desk.press("batch.mark_all");
    desk.press_slowly("item.approve");
    desk.turn(Duration::from_secs(1));
    desk.key(Key::plain(Code::Enter));
    assert!(desk.decided().len() >= 2);
}

#[test]
fn a_break_and_a_curtain_hand_it_back() {
    let mut desk = open(many(6));
    desk.press("curtain.drop");
    desk.sees_not("casino");
    desk.turn(Duration::from_secs(130));
    assert_eq!(released(&desk).len(), 6, "after two minutes all of it goes back");
    assert!(desk.model.batch.is_none());
    let mut desk = open(many(6));
    desk.press("break.take");
    assert_eq!(released(&desk).len(), 5, "one's own break keeps the item alone");
    desk.sees_not("casino");
}

#[test]
fn what_goes_elsewhere_leaves_its_row() {
    let mut desk = open(many(4));
    let lost = |item: &str| Refusal { item: item.into(), why: moddesk::moderation::claim::LostLease::Decided };
    desk.news(News::Lost(vec![lost("s:02")]));
    assert_eq!(desk.model.batch.as_ref().map(|batch| batch.rows.len()), Some(3));
    desk.news(News::Lost(vec![lost("s:00")]));
    assert!(desk.model.batch.is_none(), "the item it was opened for is gone");
    assert_eq!(desk.on_screen(), Some("a:2"));
}

#[test]
fn a_batch_that_comes_too_late_goes_back() {
    let mut desk = Desk::at_work([copy(0, true), item("a:2", "another one")]);
    desk.press("item.approve");
    desk.news(News::Batch(
        "s:00".into(),
        Box::new(group(By::Text, 3)),
        many(3).into_iter().skip(1).map(Arc::new).collect(),
    ));
    assert_eq!(place(&desk.model), Context::Desk);
    assert_eq!(released(&desk).len(), 2);
}

fn in_thread(id: &str) -> Served {
    let mut served = item(id, "what a day");
    served.item.subject = Some(moddesk::moderation::item::Subject { id: Some("t1".into()), ..Default::default() });
    served
}

#[test]
fn the_thread_is_shown_with_its_verdicts_and_taken_in_order() {
    let mut desk = Desk::at_work([in_thread("a:1"), item("a:9", "elsewhere")]);
    desk.press("item.thread");
    assert_eq!(desk.asks.last(), Some(&Ask::Thread("a:1".into())));
    let post = |id: &str, text: &str, verdict: Option<Verdict>| Post {
        item: AuthorItem {
            item: id.into(),
            text: text.into(),
            received_at: morning(),
            verdict,
            policy: verdict.map(|_| "insult".into()),
            severity: Default::default(),
        },
        author: Some("zorg".into()),
        created_at: None,
        state: if verdict.is_some() { "decided".into() } else { "waiting".into() },
        by: verdict.map(|_| "M-04".into()),
    };
    let posts = vec![
        post("a:0", "you moron", Some(Verdict::Delete)),
        post("a:1", "what a day", None),
        post("a:2", "indeed", None),
    ];
    desk.news(News::Thread("a:1".into(), Box::new(Thread { posts, whole: 3, waiting: 2, removed: 1 })));
    desk.sees("3 here · 2 waiting · 1 removed");
    desk.sees("M-04");
    desk.sees("indeed");
    desk.press("screen.leave");
    desk.press("item.thread_take");
    assert_eq!(desk.asks.last(), Some(&Ask::TakeThread("a:1".into())));
    let items = ["a:2", "a:3"].map(|id| Arc::new(in_thread(id)));
    desk.news(News::Taken("a:1".into(), items.into(), 3));
    desk.sees("2 items of this thread are yours, in order");
    assert_eq!(desk.on_screen(), Some("a:1"));
    desk.press_slowly("item.approve");
    assert_eq!(desk.on_screen(), Some("a:2"));
    desk.press_slowly("item.approve");
    assert_eq!(desk.on_screen(), Some("a:3"));
    desk.press_slowly("item.approve");
    assert_eq!(desk.on_screen(), Some("a:9"));
    desk.press("item.thread_take");
    desk.sees("This item stands in no thread.");
}

#[test]
fn the_screen_at_both_sizes_in_both_languages() {
    for (lang, code) in [(Lang::En, "en"), (Lang::Fr, "fr")] {
        for (columns, rows) in [(80, 24), (120, 40)] {
            let desk = Desk::with(Settings::default(), lang).size(columns, rows);
            let mut desk = open_at(desk, many(50));
            desk.press("batch.mark_all");
            insta::assert_snapshot!(format!("open_{code}_{columns}x{rows}"), desk.screen());
            desk.press("item.delete");
            desk.types("s");
            insta::assert_snapshot!(format!("asked_{code}_{columns}x{rows}"), desk.screen());
        }
    }
}
