//! The item on screen, and what was seen of it.

use super::body::{Body, Maker};
use super::{Draft, House, Peek};
use crate::desk::{Active, Lexicon, Seeing};
use crate::moderation::pass::{Opened, Seen};
use crate::moderation::policy::Policies;
use crate::moderation::{Served, Sight};
use crate::text::scrub;
use crate::tui::say::Say;
use crate::wellbeing::{Look, Masking, Severity};
use jiff::Timestamp;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

/// Whether the text is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    /// As its severity asks.
    Covered,
    /// Open until then; `None` until the next item.
    Open(Option<Duration>),
}

/// One message of what the item answers, on one line.
#[derive(Clone, Debug)]
pub struct Said {
    /// Who.
    pub author: String,
    /// When.
    pub at: Option<Timestamp>,
    /// Its words, masked as the item is.
    pub body: Body,
}

/// The item on screen.
#[derive(Clone, Debug)]
pub struct Shown {
    /// As it was served.
    pub served: Arc<Served>,
    /// The policies in force when it came on screen; decisions record their version.
    pub policies: Arc<Policies>,
    /// Their terms, for its language.
    pub lexicon: Arc<Lexicon>,
    /// The item before was another client's: a mark says so, and the guard is longer.
    pub new_client: bool,
    /// When its first frame was on the line; nothing decides it before.
    pub on_line_at: Option<Duration>,
    /// When it came on screen.
    pub presented_at: Timestamp,
    /// In front of it.
    pub active: Active,
    /// Whether it is covered.
    pub cover: Cover,
    /// What was on screen at most.
    pub seen: Seen,
    /// The heaviest opened.
    pub opened: Opened,
    /// Approving it unseen was asked about already.
    pub asked_unseen: bool,
    /// Deciding it without the reply that was begun was asked about already.
    pub asked_unfinished: bool,
    /// What gathers on it.
    pub draft: Draft,
    /// Lines above the first one shown.
    pub scroll: usize,
    /// Its words, laid out.
    pub body: Body,
    /// The latest of what it answers, oldest first.
    pub context: Vec<Said>,
    /// Which masking level stands on screen now.
    pub mask: Masking,
    /// The picture that is open.
    pub peek: Option<Peek>,
}

impl Shown {
    /// An item that comes on screen.
    pub fn new(served: Arc<Served>, house: &mut House, new_client: bool, draft: Draft, now: Timestamp) -> Self {
        let policies = house.policies_of(&served.client);
        let lexicon = house.lexicon(&served.client, served.item.lang.as_deref());
        Self {
            policies,
            lexicon,
            new_client,
            on_line_at: None,
            presented_at: now,
            active: Active::default(),
            cover: Cover::Covered,
            seen: Seen::Summary,
            opened: Opened::None,
            asked_unseen: false,
            asked_unfinished: false,
            draft,
            scroll: 0,
            body: Body::default(),
            context: Vec::new(),
            mask: Masking::Full,
            peek: None,
            served,
        }
    }

    /// The level that counts before the decision.
    pub fn level(&self) -> Severity {
        self.served.level().max(self.draft.grade.unwrap_or_default())
    }

    fn seeing(&self, now: Duration) -> Seeing {
        let (presented_at, active) = (Some(self.presented_at), self.active.sum(now));
        Seeing { seen: self.seen, opened: self.opened, presented_at, active }
    }

    /// What looking at it was, for the wellbeing arithmetic.
    pub fn look(&self, level: Severity, now: Duration) -> Look {
        self.seeing(now).look(&self.served, level)
    }

    /// Whether something of it is covered that was never opened.
    pub fn unseen(&self) -> bool {
        let pictures = crate::desk::picture::of(&self.served.item).any(|(_, medium)| medium.hash().is_some());
        self.opened == Opened::None && (pictures || self.mask >= Masking::Summary || self.body.covered > 0)
    }

    /// Whether it is sealed: nothing of it is ever shown.
    pub fn sealed(&self) -> bool {
        self.served.item.sealed.is_some()
    }

    /// What was seen of it, as every way of leaving tells.
    pub fn sight(&self, now: Duration) -> Sight {
        self.seeing(now).sight(&self.served, self.draft.grade)
    }

    /// Lays its words out anew: after it came, was opened or covered, after a resize, a find, another masking level.
    /// `at_least` is the masking that the moderator wants.
    pub fn lay_out(&mut self, columns: usize, at_least: Masking, find: Option<&str>, say: Say<'_>) {
        let top = self.body.place(self.scroll);
        self.mask = match self.cover {
            Cover::Covered => Masking::on_arrival(self.level(), at_least),
            Cover::Open(_) => Masking::Full,
        };
        if self.sealed() {
            // Never rendered, whatever is asked.
            self.mask = Masking::Metadata;
        }
        self.seen = self.seen.max(self.mask.seen());
        let (served, policies, lexicon) = (self.served.clone(), self.policies.clone(), self.lexicon.clone());
        let mut maker = Maker::new(self.mask, &lexicon, columns, find);
        if self.mask >= Masking::Summary {
            super::summary::write(&mut maker, &served, &policies, &lexicon, self.mask, say);
        } else {
            content(&mut maker, &served, say);
        }
        self.body = maker.done();
        let first = served.item.context.len().saturating_sub(LATEST);
        self.context = match self.mask {
            Masking::Full | Masking::Words | Masking::Sentences => {
                served.item.context[first..].iter().map(|message| said(message, self.mask, &lexicon, find)).collect()
            }
            _ => Vec::new(),
        };
        self.scroll = self.body.row_of(top);
    }
}

/// One message of what the item answers, on one line, masked as the item is.
pub fn said(message: &crate::moderation::item::Message, mask: Masking, lexicon: &Lexicon, find: Option<&str>) -> Said {
    let mut maker = Maker::new(mask, lexicon, usize::from(u16::MAX), find);
    if let Some(text) = &message.text {
        maker.said("", scrub::line(text), false);
    }
    Said {
        author: message.author.as_ref().map_or_else(String::new, |author| scrub::line(author).fit(24).into_owned()),
        at: message.created_at,
        body: maker.done(),
    }
}

/// Messages of what the item answers that are laid out beside it; the thread page has all.
const LATEST: usize = 12;

/// Its title and text.
pub fn said_of(maker: &mut Maker<'_>, served: &Served) {
    let item = &served.item;
    if let Some(title) = &item.title {
        maker.said("", scrub::line(title), true);
        if item.text.is_some() {
            maker.gap();
        }
    }
    if let Some(text) = &item.text {
        maker.said("", scrub::block(text), false);
    }
}

fn content(maker: &mut Maker<'_>, served: &Served, say: Say<'_>) {
    let item = &served.item;
    said_of(maker, served);
    if !item.attributes.is_empty() {
        maker.gap();
        for (name, value) in &item.attributes {
            let value = match value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            let label = format!("{}  ", scrub::log(name));
            maker.said(&label, scrub::line(&value.into()), false);
        }
    }
    if !item.media.is_empty() {
        maker.gap();
        for medium in &item.media {
            let mime = medium.mime.as_deref().map_or_else(|| say.text("desk-media-unknown"), scrub::log);
            match &medium.alt {
                Some(alt) => maker.said(&format!("[{mime}] "), scrub::line(alt), false),
                None => maker.own(&format!("[{mime}] "), &say.text("desk-media-no-alt")),
            }
        }
    } else if item.content_gone() && maker.is_empty() {
        maker.own("", &say.text("item-content-gone"));
    } else if matches!(item.kind.code(), "image" | "video" | "audio") && maker.is_empty() {
        maker.own("", &say.text("desk-media-no-alt"));
    }
}
