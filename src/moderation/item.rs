//! One piece of content to be judged, at one revision.

use super::{Author, Report};
use crate::text::Untrusted;
use crate::wellbeing::{Modality, Severity};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use std::fmt;

/// Longest id, in bytes of printable ASCII.
pub const MAX_ID: usize = 200;
/// Longest title or text, in bytes.
pub const MAX_TEXT: usize = 1 << 20;
/// Most messages of context.
pub const MAX_CONTEXT: usize = 200;
/// Bytes of a picture's file at most.
pub const MAX_PICTURE: usize = 32 << 20;
/// Most media.
pub const MAX_MEDIA: usize = 32;
/// Longest line of an imported file, in bytes.
pub const MAX_LINE: usize = 4 << 20;

/// What sort of content it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Under an article or a post.
    #[default]
    Comment,
    /// A post of its own.
    Post,
    /// From one to another.
    Message,
    /// Of a product or a place.
    Review,
    /// An offer.
    Listing,
    /// A person's or a shop's page.
    Profile,
    /// A picture.
    Image,
    /// A film.
    Video,
    /// Sound.
    Audio,
    /// Anything else.
    Other,
}

impl Kind {
    /// The contract's code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Post => "post",
            Self::Message => "message",
            Self::Review => "review",
            Self::Listing => "listing",
            Self::Profile => "profile",
            Self::Image => "image",
            Self::Video => "video",
            Self::Audio => "audio",
            Self::Other => "other",
        }
    }
}

/// The post, article or listing it stands under.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// The platform's name for it; what threads are gathered by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Untrusted>,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Untrusted>,
}

/// A picture, a film or a sound.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Medium {
    /// Where it stands on the platform.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Untrusted>,
    /// Relative to the file imported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Its type; the heaviest one of an item is what exposure counts by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mime: Option<String>,
    /// Of its bytes, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// What it shows, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alt: Option<Untrusted>,
}

impl Medium {
    /// Under which its bytes are kept: the SHA-256 in lower case; none where it says none, or what is none.
    pub fn hash(&self) -> Option<String> {
        let hash = self.sha256.as_deref()?;
        (hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| hash.to_ascii_lowercase())
    }

    /// Whether it is a picture, as far as it says what it is.
    pub fn is_picture(&self) -> bool {
        self.mime.as_deref().is_none_or(|mime| mime.trim_start().to_ascii_lowercase().starts_with("image/"))
    }
}

/// One message of what the item answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// The platform's name for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<Untrusted>,
    /// What.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Untrusted>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
}

/// How far it went already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reach {
    /// How often it was looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub views: Option<u64>,
    /// How often it was liked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likes: Option<u64>,
    /// How often it was passed on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shares: Option<u64>,
}

/// One piece of content, as it came. Text is kept byte for byte; unknown fields are refused by name, unless under
/// `x_…`, which are kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[schemars(default)]
pub struct Item {
    /// Unique in the queue backend.
    #[schemars(required)]
    pub id: String,
    /// Absent on import means `--queue`, else `default`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// From 1 upwards.
    pub revision: u32,
    /// What sort.
    pub kind: Kind,
    /// forum, tweet, talk-page, sms …: free.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Untrusted>,
    /// BCP 47; guessed when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// What it stands under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// Its headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Untrusted>,
    /// Its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Untrusted>,
    /// Its pictures, films and sounds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<Medium>,
    /// Shown as a table, in this order.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub attributes: Map<String, Value>,
    /// Where it stands on the platform.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Untrusted>,
    /// Already public, or held back until decided; absent means unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub online: Option<bool>,
    /// How far it went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reach: Option<Reach>,
    /// A live stream.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub live: bool,
    /// The content's own time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// When it reached moderation; the deadline counts from here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received_at: Option<Timestamp>,
    /// Overrides the queue's deadline rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// Who wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<Author>,
    /// What it answers, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub context: Vec<Message>,
    /// Why it is here.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reports: Vec<Report>,
    /// 0 to 1, any names.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub scores: Map<String, Value>,
    /// The prior.
    pub severity: Severity,
    /// `csam`: never rendered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sealed: Option<String>,
    /// -100 to 100.
    #[serde(skip_serializing_if = "is_zero")]
    pub priority: i32,
    /// Kept, shown in details.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Untrusted>,
    /// Kept, shown in details.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub license: Option<Untrusted>,
    /// Answers of a gold set: kept, never shown to the one who decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub labels: Option<Value>,
    /// Kept, never shown to the one who decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotators: Option<Value>,
    /// Everything under `x_…`.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

fn is_zero(n: &i32) -> bool {
    *n == 0
}

const FIELDS: &[&str] = &[
    "id",
    "queue",
    "revision",
    "kind",
    "channel",
    "lang",
    "subject",
    "title",
    "text",
    "media",
    "attributes",
    "url",
    "online",
    "reach",
    "live",
    "created_at",
    "received_at",
    "due_at",
    "author",
    "context",
    "reports",
    "scores",
    "severity",
    "sealed",
    "priority",
    "source",
    "license",
    "labels",
    "annotators",
    "x_…",
];

// Written by hand: serde's derive refuses unknown fields or keeps them, never "refuse all but `x_…`", and its
// flattening buffers every item, which halves the speed of an import.
impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ItemVisitor;
        impl<'de> Visitor<'de> for ItemVisitor {
            type Value = Item;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an item, a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Item, A::Error> {
                let mut item = Item { revision: 1, ..Item::default() };
                let mut seen = 0u64;
                while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
                    if let Some(at) = FIELDS.iter().position(|field| *field == key.as_ref()) {
                        if seen & (1 << at) != 0 {
                            return Err(de::Error::custom(format!("field {key} is there twice")));
                        }
                        seen |= 1 << at;
                    }
                    match key.as_ref() {
                        "id" => item.id = map.next_value()?,
                        "queue" => item.queue = map.next_value()?,
                        "revision" => item.revision = map.next_value::<Option<u32>>()?.unwrap_or(1),
                        "kind" => item.kind = map.next_value::<Option<Kind>>()?.unwrap_or_default(),
                        "channel" => item.channel = map.next_value()?,
                        "lang" => item.lang = map.next_value()?,
                        "subject" => item.subject = map.next_value()?,
                        "title" => item.title = map.next_value()?,
                        "text" => item.text = map.next_value()?,
                        "media" => item.media = map.next_value::<Option<_>>()?.unwrap_or_default(),
                        "attributes" => item.attributes = map.next_value::<Option<_>>()?.unwrap_or_default(),
                        "url" => item.url = map.next_value()?,
                        "online" => item.online = map.next_value()?,
                        "reach" => item.reach = map.next_value()?,
                        "live" => item.live = map.next_value::<Option<_>>()?.unwrap_or_default(),
                        "created_at" => item.created_at = map.next_value()?,
                        "received_at" => item.received_at = map.next_value()?,
                        "due_at" => item.due_at = map.next_value()?,
                        "author" => item.author = map.next_value()?,
                        "context" => item.context = map.next_value::<Option<_>>()?.unwrap_or_default(),
                        "reports" => item.reports = map.next_value::<Option<_>>()?.unwrap_or_default(),
                        "scores" => item.scores = map.next_value::<Option<_>>()?.unwrap_or_default(),
                        "severity" => item.severity = map.next_value::<Option<_>>()?.unwrap_or_default(),
                        "sealed" => item.sealed = map.next_value()?,
                        "priority" => item.priority = map.next_value::<Option<_>>()?.unwrap_or_default(),
                        "source" => item.source = map.next_value()?,
                        "license" => item.license = map.next_value()?,
                        "labels" => item.labels = map.next_value()?,
                        "annotators" => item.annotators = map.next_value()?,
                        x if x.starts_with("x_") => {
                            item.extra.insert(x.to_owned(), map.next_value()?);
                        }
                        unknown => return Err(de::Error::unknown_field(unknown, FIELDS)),
                    }
                }
                if seen & 1 == 0 {
                    return Err(de::Error::missing_field("id"));
                }
                Ok(item)
            }
        }
        deserializer.deserialize_map(ItemVisitor)
    }
}

/// Why an item cannot be taken in. Its words name fields and limits, never content.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Ids travel in addresses, logs and file names.
    #[error("id must be 1 to {MAX_ID} bytes of printable ASCII")]
    Id,
    /// Queue names travel in the command line.
    #[error("queue must be 1 to {MAX_ID} bytes of printable ASCII without spaces")]
    Queue,
    /// Counted from 1.
    #[error("revision must be 1 or more")]
    Revision,
    /// There must be something to judge.
    #[error("at least one of title, text, media, attributes must be there")]
    Empty,
    /// Over a limit of the contract.
    #[error("{field} is over its limit of {limit}")]
    TooLarge {
        /// Which field.
        field: &'static str,
        /// The limit, in words.
        limit: &'static str,
    },
    /// Out of -100 to 100.
    #[error("priority must be -100 to 100")]
    Priority,
    /// A score is a share.
    #[error("scores.{0} must be a number from 0 to 1")]
    Score(String),
    /// Attributes are a flat table.
    #[error("attributes.{0} must be a text, a number or true/false")]
    Attribute(String),
    /// The one class known.
    #[error("sealed must be null or \"csam\"")]
    Sealed,
}

impl Item {
    /// Whether its content was erased, or let go after its time.
    pub fn content_gone(&self) -> bool {
        let bare = self.text.is_none() && self.title.is_none() && self.media.is_empty() && self.attributes.is_empty();
        // A platform may send the mark too; with content beside it, it means nothing.
        bare && self.context.is_empty() && self.extra.contains_key(GONE)
    }

    /// Checks the limits of the contract, which JSON alone does not say.
    pub fn check(&self) -> Result<(), Unfit> {
        if !is_id(&self.id) {
            return Err(Unfit::Id);
        }
        if self.queue.as_deref().is_some_and(|queue| !is_name(queue)) {
            return Err(Unfit::Queue);
        }
        if self.revision == 0 {
            return Err(Unfit::Revision);
        }
        if self.title.is_none() && self.text.is_none() && self.media.is_empty() && self.attributes.is_empty() {
            return Err(Unfit::Empty);
        }
        let over = |text: &Option<Untrusted>| text.as_ref().is_some_and(|text| text.len() > MAX_TEXT);
        if over(&self.text) {
            return Err(Unfit::TooLarge { field: "text", limit: "1 MiB" });
        }
        if over(&self.title) {
            return Err(Unfit::TooLarge { field: "title", limit: "1 MiB" });
        }
        if self.context.len() > MAX_CONTEXT {
            return Err(Unfit::TooLarge { field: "context", limit: "200 messages" });
        }
        if self.media.len() > MAX_MEDIA {
            return Err(Unfit::TooLarge { field: "media", limit: "32" });
        }
        if !(-100..=100).contains(&self.priority) {
            return Err(Unfit::Priority);
        }
        for (name, score) in &self.scores {
            if !score.as_f64().is_some_and(|score| (0.0..=1.0).contains(&score)) {
                return Err(Unfit::Score(name.chars().filter(char::is_ascii_graphic).take(40).collect()));
            }
        }
        for (name, value) in &self.attributes {
            if matches!(value, Value::Array(_) | Value::Object(_)) {
                return Err(Unfit::Attribute(name.chars().filter(char::is_ascii_graphic).take(40).collect()));
            }
        }
        if self.sealed.as_deref().is_some_and(|sealed| sealed != "csam") {
            return Err(Unfit::Sealed);
        }
        Ok(())
    }

    /// The heaviest that it has, for the queue and for the desk alike; a medium that does not say what it is counts as
    /// a picture.
    pub fn heaviest(&self) -> Modality {
        let mimes = self.media.iter().map(|medium| medium.mime.as_deref().unwrap_or_default());
        Modality::heaviest(self.kind.code(), self.live, mimes)
    }

    /// The level that counts before anybody has decided: the highest of prior and reports, plain users counting up
    /// to 2.
    pub fn prior(&self) -> Severity {
        self.reports.iter().fold(self.severity, |highest, report| {
            let said = report.severity.unwrap_or_default();
            let trusted = match report.by {
                super::report::ReportBy::User => said.min(Severity::DISTURBING),
                _ => said,
            };
            highest.max(trusted)
        })
    }
}

/// 1 to 200 bytes of printable ASCII.
pub fn is_id(id: &str) -> bool {
    (1..=MAX_ID).contains(&id.len()) && id.bytes().all(|byte| (0x20..0x7f).contains(&byte))
}

/// The mark of an item whose content has gone from the store, with why; what stays is id, kind, language and times.
pub const GONE: &str = "x_gone";

/// As an id, without spaces: queues, clients, moderators.
pub fn is_name(name: &str) -> bool {
    is_id(name) && !name.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_medium_that_does_not_say_what_it_is_counts_as_a_picture() {
        let item = |media: &str| -> Item {
            let json = format!(r#"{{"id": "a", "kind": "comment", "text": "look", "media": [{media}]}}"#);
            serde_json::from_str(&json).expect("an item")
        };
        assert_eq!(item("").heaviest(), Modality::Text);
        assert_eq!(item(r#"{"path": "a"}"#).heaviest(), Modality::Image);
        assert_eq!(item(r#"{"path": "a"}, {"path": "b", "mime": "video/mp4"}"#).heaviest(), Modality::Video);
    }
}
