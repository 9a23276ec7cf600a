//! A program that is nothing but the terminal layer, to be run in a terminal by the tests beside it.

use moddesk::tui::keymap::Code;
use moddesk::tui::term::{Cause, Frame, Hearing, Input, Line, Options, Pace, Screen};
use ratatui::style::{Color, Style};
use std::process::exit;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Instant;

/// What must not be left behind.
pub const SECRET: &str = "secret words of an item";

#[derive(Default)]
struct Probe {
    keys: Vec<String>,
    counted: usize,
    pasted: usize,
    news: &'static str,
    page: usize,
    hangs: bool,
}

impl Probe {
    fn view(&self, frame: &mut Frame<'_>) {
        let area = frame.area();
        let recent: Vec<&str> = self.keys.iter().rev().take(8).rev().map(String::as_str).collect();
        let lines = [
            format!("{}x{} page {}", area.width, area.height, self.page),
            format!("keys {}: {}.", self.counted, recent.join(" ")),
            format!("pasted {} {}", self.pasted, self.news),
        ];
        for (line, y) in lines.iter().zip(0..area.height) {
            frame.buffer.set_stringn(0, y, line, area.width.into(), Style::new());
        }
        for y in 3..area.height {
            let text = format!("{} {SECRET} 漢字 🦀 ", self.page * 7919 + usize::from(y)).repeat(3);
            frame.buffer.set_stringn(
                2,
                y,
                text,
                usize::from(area.width).saturating_sub(4),
                Style::new().fg(Color::Red),
            );
        }
    }
}

#[test]
#[ignore = "the other tests run it in a terminal"]
fn probe() {
    if std::env::var_os("MODDESK_PROBE").is_none() {
        return;
    }
    let line = Line::open().expect("the tests give a terminal");
    let (tell, told) = mpsc::channel();
    let last_words = std::env::var_os("MODDESK_LAST_WORDS");
    let last_words = Box::new(move || drop(last_words.map(|path| std::fs::write(path, "flushed"))));
    let hearing = Hearing::start(&line, move |heard| tell.send(heard).is_ok(), last_words).expect("it listens");
    let mut screen = Screen::enter(&line, Options { bell: true }).expect("it enters");
    let mut pace = Pace::new(line.is_remote());
    let mut probe = Probe::default();
    pace.want();
    let cause = loop {
        let heard = match pace.wait(Instant::now()) {
            None => told.recv().ok(),
            Some(wait) => match told.recv_timeout(wait) {
                Ok(heard) => Some(heard),
                Err(RecvTimeoutError::Timeout) => {
                    if screen.draw(|frame| probe.view(frame)).is_err() && !probe.hangs {
                        break Some(Cause::HangUp);
                    }
                    pace.drawn(Instant::now());
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => None,
            },
        };
        pace.want();
        match heard.expect("the listener lives").input {
            Input::Key(key) => {
                probe.counted += 1;
                probe.keys.push(key.to_string());
                match key.code {
                    Code::Char('q') => break None,
                    Code::Char('z') if key.ctrl => screen.suspend().expect("it comes back"),
                    Code::Char('l') if key.ctrl => screen.repaint(),
                    Code::Char('n') => probe.page += 1,
                    Code::Char('y') => assert!(screen.copy("forum:88121")),
                    Code::Char('g') => screen.ring(),
                    Code::Char('e') => screen.ask_echo(),
                    Code::Char('P') => panic!("it quotes {SECRET} {}", probe.page),
                    Code::Char('T') => {
                        let _ = thread::spawn(|| panic!("it quotes {SECRET} too")).join();
                    }
                    Code::Char('H') => probe.hangs = true,
                    _ => {}
                }
            }
            Input::Paste(text) => probe.pasted += text.chars().count(),
            Input::Resize(width, height) => screen.resize(width, height),
            Input::Suspend => screen.suspend().expect("it comes back"),
            Input::Resume => {
                screen.resume().expect("it comes back");
                probe.news = "resumed";
            }
            Input::Echo => probe.news = "echoed",
            Input::End(_) if probe.hangs => loop {
                thread::park();
            },
            Input::End(cause) => break Some(cause),
        }
    };
    screen.leave();
    drop(hearing);
    exit(cause.map_or(0, |cause| cause.exit_code().into()));
}
