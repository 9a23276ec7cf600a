//! What looking costs: points for one look, and the one booking an item gets.

use super::{Rules, Severity};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What the heaviest part that was opened is made of, from lightest to heaviest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// Words, counted by the time in front of them.
    #[default]
    Text,
    /// A still picture; a glance is enough.
    Image,
    /// Sound.
    Audio,
    /// Moving pictures.
    Video,
    /// A live stream.
    Live,
}

impl Modality {
    /// What a medium counts as, by its `mime`. An unknown one counts as a picture: it is not words.
    pub fn of_mime(mime: &str) -> Self {
        match mime.split('/').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
            "text" => Self::Text,
            "audio" => Self::Audio,
            "video" => Self::Video,
            _ => Self::Image,
        }
    }

    /// The heaviest that an item has: a live one is live, one whose `kind` is image, audio or video counts as that
    /// whether or not media are listed, else the heaviest of its media, else text.
    pub fn heaviest<'a>(kind: &str, live: bool, mimes: impl IntoIterator<Item = &'a str>) -> Self {
        let own = match kind {
            _ if live => Self::Live,
            "image" => Self::Image,
            "audio" => Self::Audio,
            "video" => Self::Video,
            _ => Self::Text,
        };
        mimes.into_iter().map(Self::of_mime).fold(own, Self::max)
    }
}

/// What was opened, as the desk says it. Its absence is the heaviest that the item has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Opened {
    /// Nothing was opened; words may have been on screen without it, at masking levels 0 to 2.
    None,
    /// The text.
    Text,
    /// A still picture, however blurred.
    Image,
    /// Sound.
    Audio,
    /// Moving pictures.
    Video,
    /// A live stream.
    Live,
}

impl Opened {
    /// What it counts as; nothing opened counts as the text it stands in.
    pub fn modality(self) -> Modality {
        match self {
            Self::None | Self::Text => Modality::Text,
            Self::Image => Modality::Image,
            Self::Audio => Modality::Audio,
            Self::Video => Modality::Video,
            Self::Live => Modality::Live,
        }
    }
}

impl From<Modality> for Opened {
    fn from(modality: Modality) -> Self {
        match modality {
            Modality::Text => Self::Text,
            Modality::Image => Self::Image,
            Modality::Audio => Self::Audio,
            Modality::Video => Self::Video,
            Modality::Live => Self::Live,
        }
    }
}

/// How much of the item was on screen at most. An absent word counts as opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Seen {
    /// Nothing but a summary or metadata: masking levels 3 and 4.
    Summary,
    /// Any of the item's own words or pixels: masking levels 0 to 2, a picture however blurred.
    #[default]
    Full,
}

/// One look at one item, as it is booked when the item leaves the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// The highest of prior, reports and decision, see [`effective`](super::severity::effective).
    pub level: Severity,
    /// What the desk says was on screen; an absent word counts as opened.
    pub seen: Option<Seen>,
    /// What the desk says was opened; an absent word counts as the heaviest the item has.
    pub opened: Option<Opened>,
    /// The heaviest that the item has, from [`Modality::heaviest`].
    pub heaviest: Modality,
    /// The desk's active time in front of the item, breaks and curtain taken out. It shortens, never lengthens,
    /// what the queue saw.
    pub active: Option<Duration>,
    /// The queue's time from this item's lease to the end of the look. Nobody looks at what they do not hold.
    pub held: Option<Duration>,
    /// When it came on screen: tells a second look from the first one reported twice.
    pub presented: Option<Timestamp>,
}

impl Look {
    /// What a lapsed lease counts as: a summary of the heaviest the item has, for as long as it was held.
    pub fn lapsed(level: Severity, heaviest: Modality, held: Duration) -> Self {
        let seen = Some(Seen::Summary);
        Self { level, seen, opened: None, heaviest, active: None, held: Some(held), presented: None }
    }

    /// What was on screen at most. Whoever opened something saw it.
    pub fn fullest(&self) -> Seen {
        match (self.seen, self.opened) {
            (Some(Seen::Summary), None | Some(Opened::None)) => Seen::Summary,
            _ => Seen::Full,
        }
    }

    /// What it counts as.
    pub fn modality(&self) -> Modality {
        self.opened.map_or(self.heaviest, Opened::modality)
    }

    /// The seconds in front of it: the smallest of the desk's active time, the queue's time since this moderator's
    /// previous item, and the time it was held; a whole dwell where none of them is known.
    pub fn seconds(&self, rules: &Rules, since_previous: Option<Duration>) -> f64 {
        let known = [self.active, since_previous, self.held].into_iter().flatten().min();
        known.unwrap_or(rules.text_dwell).as_secs_f64()
    }
}

/// What one item has cost one moderator so far: once per moderator, item and revision, at the highest level and the
/// fullest view. The caller keeps it by that key and hands it back with the next look.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Booked {
    /// The highest level of all looks.
    pub level: Severity,
    /// The fullest view of all looks.
    pub seen: Seen,
    /// The heaviest opened in all looks.
    pub modality: Modality,
    /// Seconds in front of it, of all looks together.
    #[serde(with = "billionths")]
    pub seconds: f64,
    /// What it has cost, of which nothing is ever given back.
    #[serde(with = "billionths")]
    pub points: f64,
    /// Its place in the run, so that a later grade counts where the item was served.
    pub place: u64,
    /// Seconds of the latest look.
    #[serde(with = "billionths")]
    last_seconds: f64,
    /// Which look was the latest.
    #[serde(skip_serializing_if = "Option::is_none")]
    presented: Option<Timestamp>,
}

/// `weight × modality × seen × dwell`. Blur, grey and masks are no part of it.
pub fn points(rules: &Rules, level: Severity, modality: Modality, seen: Seen, seconds: f64) -> f64 {
    let weight = rules.weights[usize::from(level.level())];
    weight * rules.modality.of(modality) * seen_factor(rules, seen) * dwell(rules, modality, seconds)
}

/// 1 for what was on screen, the unopened factor for a summary.
pub fn seen_factor(rules: &Rules, seen: Seen) -> f64 {
    match seen {
        Seen::Full => 1.0,
        Seen::Summary => rules.unopened,
    }
}

/// For text the part of a dwell that it was in front of somebody, so that fast work is not punished; else 1.
pub fn dwell(rules: &Rules, modality: Modality, seconds: f64) -> f64 {
    let whole = rules.text_dwell.as_secs_f64();
    if modality == Modality::Text && whole > 0.0 { (seconds / whole).clamp(0.0, 1.0) } else { 1.0 }
}

/// The booking after one more look, and the points that it adds. A look reported twice adds nothing; a second look
/// adds its seconds; a lower grade or a lesser view takes nothing back. `place` is kept from the first booking.
pub fn booked(
    rules: &Rules,
    before: Option<&Booked>,
    look: &Look,
    since_previous: Option<Duration>,
    place: u64,
) -> (Booked, f64) {
    let (level, seen, modality) = (look.level, look.fullest(), look.modality());
    let now = look.seconds(rules, since_previous);
    let mut after = match before {
        None => Booked {
            level,
            seen,
            modality,
            seconds: now,
            points: 0.0,
            place,
            last_seconds: now,
            presented: look.presented,
        },
        Some(before) => {
            let again = before.presented == look.presented;
            let (base, last) = if again {
                (before.seconds - before.last_seconds, before.last_seconds.max(now))
            } else {
                (before.seconds, now)
            };
            Booked {
                level: before.level.max(level),
                seen: before.seen.max(seen),
                modality: before.modality.max(modality),
                seconds: base + last,
                points: before.points,
                place: before.place,
                last_seconds: last,
                presented: look.presented,
            }
        }
    };
    // A heavier medium takes the dwell away from text, and rules may have changed in between: never less than before.
    let worth = points(rules, after.level, after.modality, after.seen, after.seconds);
    let added = (worth - after.points).max(0.0);
    after.points += added;
    (after, added)
}

/// Points and seconds are kept as whole billionths: a decimal fraction read back may be off by its last bit, and a sum
/// that stood at a limit would then stand below it.
pub(crate) mod billionths {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64((value * 1e9).round() as u64)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        u64::deserialize(deserializer).map(|whole| whole as f64 / 1e9)
    }
}
