//! A picture in a real terminal: decoded apart, drawn, covered, and then nothing of it anywhere.

use crate::pty::Pty;
use rustix::process::Signal;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A queue with one picture, brought in by an import from beside its file, and a second item behind it.
struct House {
    folder: TempDir,
}

impl House {
    fn new(pictures: &str) -> Self {
        let house = Self { folder: tempfile::tempdir().expect("a folder") };
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/config/demo/pictures/coffee.jpg");
        std::fs::copy(demo, house.path("coffee.jpg")).expect("copied");
        let items = "{\"id\": \"p:1\", \"kind\": \"image\", \"text\": \"words beside it\", \"media\": [{\"path\": \
             \"coffee.jpg\", \"mime\": \"image/jpeg\", \"alt\": \"a cup on a table\"}, {\"path\": \"gone.png\"}]}\n\
             {\"id\": \"p:2\", \"text\": \"the next item\"}\n";
        std::fs::write(house.path("items.jsonl"), items).expect("written");
        let config = format!("[desk]\nmoderator = \"ines\"\nguard = \"0s\"\npictures = \"{pictures}\"\n");
        std::fs::write(house.path("config.toml"), config).expect("written");
        let done = Command::new(env!("CARGO_BIN_EXE_moddesk"))
            .args(["import", house.path("items.jsonl").to_str().expect("a path")])
            .env("MODDESK_DATA_DIR", house.path("data"))
            .env("MODDESK_CONFIG", house.path("config.toml"))
            .output()
            .expect("moddesk runs");
        let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        assert_eq!(done.status.code(), Some(0), "{err}");
        assert!(out.contains("imported 2, updated 0, unchanged 0, refused 0"), "{out}");
        assert!(err.contains("line 1: without its picture gone.png: there is no such file"), "{err}");
        assert!(err.contains("pictures: 1 kept, 1 not"), "{err}");
        house
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn desk(&self) -> Pty {
        Pty::moddesk(&["desk", "--go"])
            .size(100, 30)
            .env("MODDESK_DATA_DIR", self.path("data"))
            .env("MODDESK_CONFIG", self.path("config.toml"))
            .env("COLORTERM", "truecolor")
            .env("TMUX", "")
            .env("STY", "")
            .env("LC_ALL", "C.UTF-8")
            .start()
    }
}

/// Cells with a mixed colour: only a picture has any.
fn coloured(screen: &vt100::Screen) -> usize {
    let (rows, columns) = screen.size();
    let mixed = |row, column| {
        screen.cell(row, column).is_some_and(|cell| {
            [cell.fgcolor(), cell.bgcolor()].iter().any(|colour| matches!(colour, vt100::Color::Rgb(..)))
        })
    };
    (0..rows).map(|row| (0..columns).filter(|column| mixed(row, *column)).count()).sum()
}

#[test]
fn a_covered_picture_leaves_nothing_in_the_terminal() {
    let house = House::new("half-blocks");
    let mut desk = house.desk();
    desk.sees("words beside it").sees("a cup on a table").sees("2 pictures, covered");
    assert_eq!(desk.ask(coloured), 0);
    desk.press("o").until("a picture", |screen| coloured(screen) > 100);
    desk.sees("grey, blurred");
    let grey = desk.ask(|screen| {
        let (rows, columns) = screen.size();
        (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column))).all(|(row, column)| {
            screen.cell(row, column).is_none_or(|cell| match cell.fgcolor() {
                vt100::Color::Rgb(red, green, blue) => red == green && green == blue,
                _ => true,
            })
        })
    });
    assert!(grey, "no colour in the first step");
    desk.press("O").until("nothing of it", |screen| coloured(screen) == 0);
    desk.sees("words beside it");
    desk.press("o").until("a picture", |screen| coloured(screen) > 100);
    desk.press("x").until("nothing of it under the curtain", |screen| coloured(screen) == 0);
    desk.press("x").sees("words beside it");
    assert_eq!(desk.ask(coloured), 0, "it comes back covered");
    desk.press("o").until("a picture", |screen| coloured(screen) > 100);
    desk.press("a").sees("the next item");
    assert_eq!(desk.ask(coloured), 0);
    desk.press("q").sees("1").press("enter");
    assert_eq!(desk.ends(), 0);
    desk.is_as_it_was("▀");
}

#[test]
fn a_terminal_that_draws_it_is_told_to_forget_it_on_every_way_out() {
    let house = House::new("kitty");
    let told = |desk: &Pty, words: &str| {
        let bytes = desk.bytes();
        bytes.windows(words.len()).any(|window| window == words.as_bytes())
    };
    for way in ["cover", "palette", "quit", "told to end"] {
        let mut desk = house.desk();
        desk.sees("words beside it").mark();
        desk.press("o").sees("grey, blurred").sees_no_more("on its way");
        assert!(told(&desk, "\x1b_Ga=T,f=24,o=z,q=2"), "{way}: it is drawn");
        assert_eq!(desk.ask(coloured), 0, "{way}: no cell has any of it");
        desk.mark();
        match way {
            "cover" => desk.press("O").sees("covered"),
            "palette" => desk.press(":").sees("it stays, or goes online"),
            "quit" => desk.press("q").sees("Enter leaves"),
            _ => desk.signal(Signal::TERM),
        };
        if way == "told to end" {
            assert_eq!(desk.ends(), 143);
        }
        assert!(told(&desk, "\x1b_Ga=d,d=I,q=2,i="), "{way}: it is taken away");
        if way != "told to end" {
            desk.hang_up().ends();
        }
    }
}
