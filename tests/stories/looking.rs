//! Pictures, step by step: off until asked for, and in no cell once they are covered.

use crate::driver::{Desk, item};
use moddesk::desk::picture::{Picture, Step, Unfit};
use moddesk::desk::{Ask, Colours, Look, News, NoPicture, Pictures};
use moddesk::moderation::Served;
use moddesk::moderation::item::{Kind, Medium};
use moddesk::tui::Settings;
use moddesk::tui::view::placed;
use moddesk::wellbeing::Opened;
use moddesk::words::Lang;
use ratatui::style::Color;
use std::time::Duration;

/// A colour that no theme uses.
const PIXEL: [u8; 3] = [201, 77, 13];

fn pictured(id: &str, pictures: usize) -> Served {
    let mut served = item(id, "words beside it");
    served.item.kind = Kind::Image;
    served.item.media = (0..pictures)
        .map(|n| Medium {
            mime: Some("image/png".into()),
            sha256: Some(format!("{n:064x}")),
            alt: Some(format!("what picture {n} shows").as_str().into()),
            ..Medium::default()
        })
        .collect();
    served
}

fn desk() -> Desk {
    let settings = Settings { colours: Colours::Mixed, ..Settings::default() };
    Desk::with(settings, Lang::En).working([pictured("a:1", 1), item("a:2", "next")])
}

/// Presses `o` and lets what was asked for come; answers what was asked for.
fn open(desk: &mut Desk) -> Look {
    desk.turn(Duration::from_millis(500));
    desk.press("item.open");
    arrives(desk)
}

fn arrives(desk: &mut Desk) -> Look {
    let asked = desk.asks.iter().rev().find_map(|ask| match ask {
        Ask::Picture(look) => Some(look.clone()),
        _ => None,
    });
    let look = asked.expect("a picture is asked for");
    let (width, height) = (look.room.width.min(20), look.room.height.min(12));
    let picture = Picture { width, height, rgb: PIXEL.repeat((width * height) as usize) };
    desk.news(News::Picture(look.clone(), Ok(picture)));
    look
}

fn pixels(desk: &Desk) -> usize {
    let colour = Color::Rgb(PIXEL[0], PIXEL[1], PIXEL[2]);
    desk.cells().content().iter().filter(|cell| cell.fg == colour || cell.bg == colour).count()
}

#[track_caller]
fn is_gone(desk: &Desk) {
    assert_eq!(pixels(desk), 0, "nothing of it is in any cell");
    assert!(desk.model.current.as_ref().is_none_or(|shown| shown.peek.is_none()), "nothing of it is held");
    assert_eq!(desk.asks.iter().filter(|ask| **ask == Ask::CoverPicture).count(), 1, "the desk forgets it too");
}

#[test]
fn a_picture_opens_step_by_step_from_the_first_o() {
    let mut desk = desk();
    assert_eq!(pixels(&desk), 0);
    desk.sees("what picture 0 shows");
    desk.sees("1 picture, covered · o opens");
    let steps: Vec<Step> = (0..4).map(|_| open(&mut desk).step).collect();
    assert_eq!(steps, Step::ALL);
    assert!(pixels(&desk) > 0);
    desk.sees("whole");
    desk.sees("what picture 0 shows");
    desk.turn(Duration::from_millis(500));
    desk.press("item.open");
    desk.sees("All of it is open.");
    desk.press_slowly("item.approve");
    assert_eq!(desk.journal[0].opened, Some(Opened::Image));
    is_gone(&desk);
}

#[test]
fn before_the_last_step_it_takes_no_more_than_a_quarter_of_the_screen() {
    for size in [(60, 16), (80, 24), (120, 40), (200, 60)] {
        let mut desk = desk().size(size.0, size.1);
        let room = open(&mut desk).room;
        assert!(room.width * room.height.div_ceil(2) * 4 <= u32::from(size.0) * u32::from(size.1), "{size:?} {room:?}");
        desk.sees("words beside");
    }
}

#[test]
fn a_key_covers_it_again_and_so_does_time() {
    let mut by_key = desk();
    open(&mut by_key);
    by_key.press("item.cover");
    is_gone(&by_key);
    by_key.press("item.cover");
    by_key.sees("Nothing is open here.");

    let mut by_time = desk();
    open(&mut by_time);
    by_time.turn(Duration::from_secs(20));
    assert!(pixels(&by_time) > 0);
    by_time.turn(Duration::from_secs(11));
    is_gone(&by_time);
}

#[test]
fn nothing_of_it_is_left_when_its_item_cannot_be_seen() {
    type Act = fn(&mut Desk);
    let ways: [(&str, Act); 6] = [
        ("the curtain", |desk| desk.press("curtain.drop")),
        ("a break", |desk| desk.press("break.take")),
        ("a terminal too small", |desk| desk.resize(40, 10)),
        ("the next item", |desk| desk.press_slowly("item.approve")),
        ("the summary", |desk| desk.press_slowly("shift.end")),
        ("more masking", |desk| desk.press("item.masking")),
    ];
    for (way, act) in ways {
        let mut desk = desk();
        open(&mut desk);
        assert!(pixels(&desk) > 0, "{way}");
        act(&mut desk);
        is_gone(&desk);
    }
}

#[test]
fn one_that_comes_after_it_was_covered_is_never_shown() {
    let mut desk = desk();
    desk.turn(Duration::from_millis(500));
    desk.press("item.open");
    desk.sees("on its way");
    desk.press("item.cover");
    arrives(&mut desk);
    is_gone(&desk);
}

#[test]
fn a_key_held_down_does_not_run_through_the_steps() {
    let mut desk = desk();
    open(&mut desk);
    for _ in 0..5 {
        desk.press("item.open");
    }
    let asked = desk.asks.iter().filter(|ask| matches!(ask, Ask::Picture(_))).count();
    assert_eq!(asked, 1, "the second step waits for 400 ms");
}

#[test]
fn several_are_opened_one_after_the_other() {
    let settings = Settings { colours: Colours::Palette, ..Settings::default() };
    let mut desk = Desk::with(settings, Lang::En).working([pictured("a:1", 2)]);
    desk.sees("2 pictures, covered");
    assert_eq!(open(&mut desk).at, 0);
    desk.sees("picture 1 of 2");
    desk.press("picture.next");
    let second = arrives(&mut desk);
    assert_eq!((second.at, second.step), (1, Step::Blurred));
    desk.sees("picture 2 of 2");
    desk.press("picture.next");
    assert_eq!(arrives(&mut desk).at, 0);
    for _ in 0..3 {
        open(&mut desk);
    }
    assert_eq!((open(&mut desk).at, pixels(&desk)), (1, 0), "in a palette there are no mixed colours");
}

#[test]
fn one_that_cannot_be_shown_says_why_and_the_item_is_decided_all_the_same() {
    let reasons = [
        (NoPicture::NotHere, "the queue has only its description"),
        (NoPicture::Down, "the line to the queue is down"),
        (NoPicture::Unfit(Unfit::Broken), "the file is damaged"),
        (NoPicture::Unfit(Unfit::TooLarge), "the file is too large"),
    ];
    for (why, words) in reasons {
        let mut desk = desk();
        desk.turn(Duration::from_millis(500));
        desk.press("item.open");
        let look = desk.asks.iter().rev().find_map(|ask| match ask {
            Ask::Picture(look) => Some(look.clone()),
            _ => None,
        });
        desk.news(News::Picture(look.expect("asked for"), Err(why)));
        desk.sees(&format!("No picture: {words}"));
        desk.sees("what picture 0 shows");
        desk.press_slowly("item.approve");
        assert_eq!(desk.decided(), [("a:1", "approve")]);
    }
    let mut nameless = pictured("a:1", 1);
    nameless.item.media[0].sha256 = None;
    let mut desk = Desk::open().working([nameless]);
    desk.turn(Duration::from_millis(500));
    desk.press("item.open");
    desk.sees("the queue has only its description");
    desk.sees_not("grey");
    assert!(!desk.asks.iter().any(|ask| matches!(ask, Ask::Picture(_))), "there is nothing to ask for");
}

#[test]
fn approving_an_item_whose_picture_was_never_opened_asks_once_more() {
    let mut desk = desk();
    desk.press("item.approve");
    desk.sees("not seen: o to open, or a again");
    assert!(desk.decided().is_empty());
    desk.press("item.approve");
    assert_eq!(desk.journal[0].opened, Some(Opened::None));
}

#[test]
fn without_colours_it_is_drawn_in_shades() {
    let mut desk = Desk::with(Settings::default(), Lang::En).working([pictured("a:1", 1)]);
    open(&mut desk);
    assert_eq!(pixels(&desk), 0);
    desk.sees("▒▒▒▒");
}

#[test]
fn a_desk_without_pictures_says_so() {
    let settings = Settings { pictures: Pictures::None, ..Settings::default() };
    let mut desk = Desk::with(settings, Lang::Fr).working([pictured("a:1", 1)]);
    desk.turn(Duration::from_millis(500));
    desk.press("item.open");
    desk.sees("Ce poste ne montre pas d’images");
    desk.sees("what picture 0 shows");
}

#[test]
fn a_terminal_that_draws_itself_gets_no_cells_and_nothing_under_a_layer() {
    let settings = Settings { pictures: Pictures::Kitty, ..Settings::default() };
    let mut desk = Desk::with(settings, Lang::En).working([pictured("a:1", 1)]);
    assert!(placed(&desk.model).is_none());
    let room = open(&mut desk).room;
    assert!(room.width > 100, "in pixels of the terminal: {room:?}");
    assert_eq!(pixels(&desk), 0);
    let there = placed(&desk.model).expect("the terminal draws it");
    assert_eq!(there.picture.at(0, 0), PIXEL);
    desk.press("palette.open");
    assert!(placed(&desk.model).is_none(), "it would lie over the palette");
    desk.press("screen.leave");
    assert!(placed(&desk.model).is_some());
    desk.press("item.cover");
    assert!(placed(&desk.model).is_none());
}
