//! The loop: one thread owns the model, takes messages, carries out what an update wants done, and draws because
//! something changed.

use super::model::{Model, Settings};
use super::msg::{Effect, Msg, What};
use super::update::update;
use super::view;
use crate::desk::{Floor, FloorNews, FloorSink};
use crate::tui::AppError;
use crate::tui::command::Bindings;
use crate::tui::term::{Cause, Heard, Hearing, Input, Line, Options, Pace, Screen};
use crate::tui::theme::Theme;
use crate::wellbeing::{Clock, Moment};
use crate::words::Words;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Ids kept ready for last words.
const IDS: usize = 2;

/// How the screen was left.
#[derive(Debug, Default)]
pub struct Ended {
    /// Told to go from outside; the process returns its code.
    pub cause: Option<Cause>,
}

enum Event {
    Heard(Heard),
    News(FloorNews),
}

/// The way in for news. Made before the floor is opened, because the floor wants its sink first.
pub struct Inbox {
    sender: Sender<Event>,
    receiver: Receiver<Event>,
}

impl Inbox {
    /// An empty one.
    pub fn new() -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver }
    }

    /// Where the floor puts its news.
    pub fn sink(&self) -> FloorSink {
        let sender = std::sync::Mutex::new(self.sender.clone());
        Arc::new(move |news| {
            // When nobody listens any more the screen is closing.
            let _ = sender.lock().unwrap_or_else(std::sync::PoisonError::into_inner).send(Event::News(news));
        })
    }
}

impl Default for Inbox {
    fn default() -> Self {
        Self::new()
    }
}

/// Writes a case file of an item and answers where it is.
pub type WriteCase = Box<dyn Fn(&str, &str) -> Result<PathBuf, String>>;

/// What the screen is shown with.
pub struct Face {
    /// As configured.
    pub settings: Settings,
    /// The keys.
    pub keys: Arc<Bindings>,
    /// The words.
    pub words: Arc<Words>,
    /// The colours.
    pub theme: Theme,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Writes a case file and answers where it is.
    pub write_case: WriteCase,
}

/// Opens the screen on a floor, and works until it is left.
///
/// # Errors
/// Where there is no terminal to draw on.
pub fn run(mut floor: Box<dyn Floor>, inbox: Inbox, face: Face) -> Result<Ended, AppError> {
    let line = Line::open()?;
    let Inbox { sender, receiver } = inbox;
    let hearing = Hearing::start(&line, move |input| sender.send(Event::Heard(input)).is_ok(), Box::new(|| {}))?;
    let screen = Screen::enter(&line, Options { bell: face.settings.bell })?;
    let model = Model::new(face.settings, face.keys, face.words, face.clock.now(), line.size());
    let pace = Pace::new(line.is_remote());
    let (theme, clock, write_case) = (face.theme, face.clock, face.write_case);
    let mut app = App { floor: &mut *floor, screen, model, theme, clock, pace, cause: None, write_case };
    app.work(&receiver);
    let App { screen, cause, .. } = app;
    screen.leave();
    drop(hearing);
    floor.close();
    Ok(Ended { cause })
}

struct App<'a> {
    floor: &'a mut dyn Floor,
    screen: Screen,
    model: Model,
    theme: Theme,
    clock: Arc<dyn Clock>,
    pace: Pace,
    cause: Option<Cause>,
    write_case: WriteCase,
}

impl App<'_> {
    fn work(&mut self, receiver: &Receiver<Event>) {
        self.resized();
        self.draw();
        while !self.model.leaving {
            let frame = self.pace.wait(Instant::now());
            if frame == Some(Duration::ZERO) {
                self.draw();
                continue;
            }
            let event = match frame {
                None => receiver.recv().map_err(RecvTimeoutError::from),
                Some(wait) => receiver.recv_timeout(wait),
            };
            match event {
                Ok(event) => self.take(event),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            while !self.model.leaving
                && let Ok(event) = receiver.try_recv()
            {
                self.take(event);
            }
        }
    }

    fn take(&mut self, event: Event) {
        self.pace.want();
        match event {
            Event::News(news) => self.tell(What::News(Box::new(news))),
            Event::Heard(Heard { input, .. }) => match input {
                Input::Key(key) => self.tell(What::Key(key)),
                Input::Paste(text) => self.tell(What::Paste(text)),
                Input::Resize(columns, rows) => {
                    self.screen.resize(columns, rows);
                    self.resized();
                }
                Input::Echo => {}
                Input::Suspend => self.carry_out(Effect::Suspend),
                Input::Resume => {
                    if self.screen.resume().is_err() {
                        self.end(Cause::HangUp);
                    }
                    self.resized();
                }
                Input::End(cause) => self.end(cause),
            },
        }
    }

    fn resized(&mut self) {
        let area = self.screen.area();
        self.tell(What::Resized(area.width, area.height));
        self.pace.want();
    }

    fn end(&mut self, cause: Cause) {
        self.cause = Some(cause);
        self.model.leaving = true;
    }

    fn tell(&mut self, what: What) {
        let at: Moment = self.clock.now();
        let missing = IDS.saturating_sub(self.model.ids.len());
        self.model.ids.extend((0..missing).map(|_| Uuid::now_v7()));
        for effect in update(&mut self.model, Msg { at, what }) {
            self.carry_out(effect);
        }
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Ask(ask) => self.floor.ask(ask),
            Effect::WriteCase(item, text) => {
                let written = (self.write_case)(&item, &text);
                let shown = |path: &Path| crate::text::scrub::log(&path.display().to_string());
                self.tell(What::Written(written.map(|path| shown(&path))));
            }
            Effect::Copy(text) => {
                self.screen.copy(&text);
            }
            Effect::Bell => self.screen.ring(),
            Effect::Repaint => {
                self.screen.repaint();
                self.pace.want();
            }
            Effect::Suspend => {
                if self.screen.suspend().is_err() {
                    self.end(Cause::HangUp);
                }
                self.resized();
            }
        }
    }

    fn draw(&mut self) {
        if self.model.leaving {
            return;
        }
        let (model, theme) = (&self.model, self.theme);
        self.screen.compose(|frame| {
            if let Some(cursor) = view::draw(model, theme, frame.buffer) {
                frame.set_cursor(cursor);
            }
        });
        let drawn = self.screen.show();
        self.pace.drawn(Instant::now());
        if drawn.is_err() {
            self.end(Cause::HangUp);
        }
    }
}
