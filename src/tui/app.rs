//! The loop: one thread owns the model. It takes messages, carries out what an update wants done, and draws because
//! something changed, never because time passed.

use super::command::Bindings;
use super::effect::Effect;
use super::model::{Model, Screen as Showing};
use super::msg::{Msg, What};
use super::term::{Cause, Editing, Heard, Hearing, Input, Line, LineError, Options, Pace, Screen};
use super::theme::Theme;
use super::update::{clock::next_wake, ids_at_least, update};
use super::view;
use crate::desk::{Desk, JournalError, News, Recent, Settings, Sink, TakenBack, Unsettled};
use crate::moderation::Decision;
use crate::wellbeing::{Clock, Moment};
use crate::words::Words;
use jiff::Timestamp;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// How the desk was left.
#[derive(Debug, Default)]
pub struct Ended {
    /// Told to go from outside; the process returns its code.
    pub cause: Option<Cause>,
    /// The desk that took over, if one did.
    pub taken_over: Option<String>,
    /// What could not be recorded, or is not sent yet and stays in the journal.
    pub unsettled: Vec<Unsettled>,
}

/// Why the desk could not be shown at all.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// There is no terminal to draw on.
    #[error(transparent)]
    Line(#[from] LineError),
    /// The thread that listens could not begin.
    #[error("the terminal cannot be listened to ({0}); try another one, or add --plain")]
    Hearing(#[from] io::Error),
}

/// What comes in.
enum Event {
    Heard(Heard),
    News(News),
    /// The editor was left.
    Edited(Result<String, String>),
}

/// The way in for news. Made before the desk is opened, because the desk wants its sink first.
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

    /// Where the desk puts its news.
    pub fn sink(&self) -> Sink {
        let sender = std::sync::Mutex::new(self.sender.clone());
        Arc::new(move |news| {
            // When nobody listens any more the desk is closing.
            let _ = sender.lock().unwrap_or_else(std::sync::PoisonError::into_inner).send(Event::News(news));
        })
    }
}

impl Default for Inbox {
    fn default() -> Self {
        Self::new()
    }
}

/// Everything that a desk is shown with.
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
    /// Keeps what the moderator used last for the next time.
    pub remember: Box<dyn Fn(&Recent)>,
    /// Keeps the day's answer, mood and load, on this machine.
    pub check_in: Box<dyn Fn(u8, u8)>,
}

/// Opens the screen on a desk, works until it is left, and closes the desk.
pub fn run(mut desk: Box<dyn Desk>, inbox: Inbox, face: Face) -> Result<Ended, AppError> {
    let line = Line::open()?;
    let Inbox { sender, receiver } = inbox;
    let heard = sender.clone();
    let hearing = Hearing::start(&line, move |input| heard.send(Event::Heard(input)).is_ok(), Box::new(|| {}))?;
    let bell = face.settings.bell;
    let screen = Screen::enter(&line, Options { bell })?;
    let model = Model::new(face.settings, face.keys, face.words, face.clock.now(), line.size());
    let pace = Pace::new(line.is_remote());
    let clock = face.clock;
    let asked = None;
    let (theme, remember, check_in) = (face.theme, face.remember, face.check_in);
    let editing = None;
    let desk_of = &mut *desk;
    let mut app = App {
        desk: desk_of,
        screen,
        model,
        theme,
        clock,
        pace,
        cause: None,
        asked,
        hearing,
        sender,
        editing,
        remember,
        check_in,
    };
    app.work(&receiver);
    let App { screen, mut model, cause, hearing, editing, .. } = app;
    if let Some(editing) = editing {
        Editing::end(editing);
    }
    // The line to the terminal may be slow to give back; what was decided goes first.
    let mut unsettled = desk.close();
    unsettled.retain(|one| !model.unsettled.iter().any(|there| there.decision.id == one.decision.id));
    model.unsettled.append(&mut unsettled);
    screen.leave();
    drop(hearing);
    Ok(Ended { cause, taken_over: model.taken_over, unsettled: model.unsettled })
}

struct App<'a> {
    desk: &'a mut dyn Desk,
    screen: Screen,
    model: Model,
    theme: Theme,
    clock: Arc<dyn Clock>,
    pace: Pace,
    cause: Option<Cause>,
    asked: Option<Instant>,
    hearing: Hearing,
    sender: Sender<Event>,
    /// An editor has the terminal.
    editing: Option<Editing>,
    remember: Box<dyn Fn(&Recent)>,
    check_in: Box<dyn Fn(u8, u8)>,
}

impl App<'_> {
    fn work(&mut self, receiver: &Receiver<Event>) {
        self.tell(self.clock.now(), What::Resized(self.screen.area().width, self.screen.area().height));
        self.tell(self.clock.now(), What::Opened);
        self.draw();
        while !self.model.leaving {
            let frame = self.pace.wait(Instant::now());
            if frame == Some(Duration::ZERO) {
                self.draw();
                continue;
            }
            let wake = next_wake(&self.model);
            let wait = [frame, wake].into_iter().flatten().min();
            match wait
                .map_or_else(|| receiver.recv().map_err(RecvTimeoutError::from), |wait| receiver.recv_timeout(wait))
            {
                Ok(event) => self.take(event),
                Err(RecvTimeoutError::Timeout) if frame.is_none() || wake < frame => {
                    self.tell(self.clock.now(), What::Woke);
                    self.pace.want();
                }
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
        // What was fetched ahead is never visible, so it is no reason for a frame while an item stands there.
        let fetched = matches!(event, Event::News(News::Ahead { first: false, .. }));
        let unseen = fetched && self.model.current.is_some();
        match event {
            Event::News(news) => {
                let now = self.clock.now();
                self.tell(now, What::News(Box::new(news)));
            }
            Event::Heard(Heard { at, input }) => self.heard(at, input),
            Event::Edited(saved) => self.edited(saved),
        }
        if !unseen {
            self.pace.want();
        }
        // After a decision the next item has to have been on screen before another key can decide it.
        if self.model.frame_now {
            self.draw();
        }
    }

    fn heard(&mut self, at: Instant, input: Input) {
        let now = self.clock.now();
        let moment = earlier(&now, at.elapsed());
        match input {
            Input::Key(key) => {
                self.tell(moment, What::Key(key));
                self.measure(at);
            }
            Input::Paste(text) => self.tell(moment, What::Paste(text)),
            Input::Resize(columns, rows) => {
                self.screen.resize(columns, rows);
                self.tell(now, What::Resized(columns, rows));
            }
            Input::Echo => {
                if let Some(asked) = self.asked.take() {
                    let ms = u32::try_from(at.saturating_duration_since(asked).as_millis()).unwrap_or(u32::MAX);
                    self.tell(now, What::RoundTrip(ms.min(5_000)));
                }
            }
            // The editor stops by itself; this program has to stop with it, and touch nothing.
            Input::Suspend if self.editing.is_some() => {
                if self.screen.stop_lent().is_err() {
                    self.end(Cause::HangUp);
                }
            }
            Input::Resume | Input::End(Cause::Interrupt) if self.editing.is_some() => {}
            Input::Suspend => self.do_one(Effect::Suspend),
            Input::Resume => {
                if self.screen.resume().is_err() {
                    self.end(Cause::HangUp);
                }
                self.frame_size();
            }
            Input::End(cause) => self.end(cause),
        }
    }

    /// Lends the terminal to the editor.
    fn edit(&mut self, text: &str) {
        if self.editing.is_some() {
            return;
        }
        self.hearing.hush(true);
        self.screen.lend();
        let sender = self.sender.clone();
        match Editing::start(text, move |saved| drop(sender.send(Event::Edited(saved)))) {
            Ok(editing) => self.editing = Some(editing),
            Err(error) => self.edited(Err(error.to_string())),
        }
    }

    /// Takes it back.
    fn edited(&mut self, saved: Result<String, String>) {
        self.editing = None;
        if self.screen.resume().is_err() {
            return self.end(Cause::HangUp);
        }
        self.hearing.hush(false);
        self.tell(self.clock.now(), What::Edited(saved));
        self.frame_size();
    }

    /// Asks the terminal once in a while how long a key's way is; the guards add it.
    fn measure(&mut self, at: Instant) {
        const EVERY: Duration = Duration::from_secs(30);
        if self.asked.is_none_or(|asked| at.saturating_duration_since(asked) > EVERY) {
            self.asked = Some(Instant::now());
            self.screen.ask_echo();
        }
    }

    fn end(&mut self, cause: Cause) {
        self.cause = Some(cause);
        let now = self.clock.now();
        self.tell(now, What::Told);
        self.model.leaving = true;
    }

    fn tell(&mut self, at: Moment, what: What) {
        // A frame put together for what is no longer so.
        if self.screen.is_composed() {
            self.screen.repaint();
        }
        let wanted = ids_at_least(&self.model);
        if self.model.ids.len() < wanted {
            self.model.ids.extend((0..wanted).map(|_| Uuid::now_v7()));
        }
        let todo = update(&mut self.model, Msg { at, what });
        for effect in todo {
            let held = matches!(effect, Effect::Hold(..));
            if !self.carry_out(effect) && held {
                return;
            }
        }
    }

    /// Carries one effect out; `false` where it failed.
    fn carry_out(&mut self, effect: Effect) -> bool {
        let at = self.model.at.clone();
        match effect {
            Effect::Hold(decisions, leaves_at) => match self.hold(&decisions, leaves_at) {
                Ok(()) => true,
                Err(why) => {
                    // The frame after it must not be seen.
                    self.screen.repaint();
                    self.tell(at, What::NotHeld(why.to_string()));
                    false
                }
            },
            Effect::TakeBack(id) => {
                let what = match self.desk.take_back(id) {
                    Ok(TakenBack::Back(items)) => What::TakenBack(id, Some(items)),
                    Ok(TakenBack::Sent) => What::TakenBack(id, None),
                    Err(why) => What::NotTakenBack(id, why.to_string()),
                };
                self.tell(at, what);
                true
            }
            Effect::KeepDraft(item, draft) => {
                if let Err(why) = self.desk.keep_draft(&item, draft.as_ref()) {
                    self.tell(at, What::DraftLost(why.to_string()));
                }
                true
            }
            other => {
                self.do_one(other);
                true
            }
        }
    }

    /// Holds a decision; the frame after it is put together while the disk syncs, and shown only when that is done.
    fn hold(&mut self, decisions: &[Decision], leaves_at: Timestamp) -> Result<(), JournalError> {
        let App { desk, screen, model, theme, .. } = self;
        let in_sight = model.frame_now && !model.leaving;
        desk.hold_while(decisions, leaves_at, &mut || {
            if in_sight {
                compose(screen, model, *theme);
            }
        })
    }

    fn do_one(&mut self, effect: Effect) {
        match effect {
            Effect::Ask(ask) => self.desk.ask(ask),
            Effect::Copy(text) => {
                self.screen.copy(&text);
            }
            Effect::Edit(text) => self.edit(&text),
            Effect::CheckIn(mood, load) => (self.check_in)(mood, load),
            Effect::Remember(recent) => (self.remember)(&recent),
            Effect::Bell => self.screen.ring(),
            Effect::Repaint => {
                self.screen.repaint();
                self.pace.want();
            }
            Effect::Suspend => {
                if self.screen.suspend().is_err() {
                    self.end(Cause::HangUp);
                }
                self.frame_size();
            }
            // The others are carried out where their answer is told.
            Effect::Leave | Effect::Hold(..) | Effect::TakeBack(_) | Effect::KeepDraft(..) => {}
        }
    }

    fn frame_size(&mut self) {
        let area = self.screen.area();
        let now = self.clock.now();
        self.tell(now, What::Resized(area.width, area.height));
        self.pace.want();
    }

    fn draw(&mut self) {
        if self.model.leaving && self.model.screen != Showing::Summary {
            return;
        }
        if self.editing.is_some() {
            return self.pace.drawn(Instant::now());
        }
        self.model.frame_now = false;
        if !self.screen.is_composed() {
            compose(&mut self.screen, &self.model, self.theme);
        }
        let drawn = self.screen.show();
        self.pace.drawn(Instant::now());
        match drawn {
            Ok(_) => {
                let now = self.clock.now();
                self.tell(now, What::Drawn);
            }
            Err(_) => self.end(Cause::HangUp),
        }
    }
}

fn compose(screen: &mut Screen, model: &Model, theme: Theme) {
    screen.compose(|frame| {
        if let Some(cursor) = view::draw(model, theme, frame.buffer) {
            frame.set_cursor(cursor);
        }
        if let Some(placed) = view::placed(model) {
            frame.set_picture(placed.area, placed.picture);
        }
    });
}

/// The reading of the clock so long ago.
fn earlier(now: &Moment, ago: Duration) -> Moment {
    let wall = jiff::SignedDuration::try_from(ago).ok().and_then(|ago| now.wall.checked_sub(ago).ok());
    Moment {
        wall: wall.unwrap_or(now.wall),
        boot_id: now.boot_id.clone(),
        since_boot: now.since_boot.saturating_sub(ago),
    }
}
