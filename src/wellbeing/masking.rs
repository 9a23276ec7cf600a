//! What of an item is on screen before anybody opens it.

use super::Severity;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How much is covered. Covering gives no discount on exposure and protects nobody's health; it leaves the choice of
/// the moment to the one who looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Masking {
    /// 0: the full text.
    #[default]
    Full,
    /// 1: matched words as first letter and dots.
    Words,
    /// 2: sentences with a match, and where no term matches every word.
    Sentences,
    /// 3: a structured summary only.
    Summary,
    /// 4: metadata only.
    Metadata,
}

impl Masking {
    /// From the least to the most covered.
    pub const ALL: [Self; 5] = [Self::Full, Self::Words, Self::Sentences, Self::Summary, Self::Metadata];

    /// 0 to 4.
    pub fn level(self) -> u8 {
        self as u8
    }

    /// The level at which an item arrives: level 2 at 2, levels 3 and 4 at 3, everything else at what this moderator
    /// has chosen; somebody who has chosen to see less than that is never shown more.
    pub fn on_arrival(level: Severity, remembered: Self) -> Self {
        let least = match level {
            Severity::GRAPHIC | Severity::EXTREME => Self::Summary,
            Severity::DISTURBING => Self::Sentences,
            _ => Self::Full,
        };
        least.max(remembered)
    }

    /// What the moderator sees at most at this level, for exposure.
    pub fn seen(self) -> super::Seen {
        if self <= Self::Sentences { super::Seen::Full } else { super::Seen::Summary }
    }

    /// One step more covered, round to the full text: the `M` key.
    pub fn next(self) -> Self {
        Self::ALL[(usize::from(self.level()) + 1) % Self::ALL.len()]
    }
}

impl TryFrom<u8> for Masking {
    type Error = String;

    fn try_from(level: u8) -> Result<Self, String> {
        let found = Self::ALL.get(usize::from(level)).copied();
        found.ok_or_else(|| format!("masking level {level} is not 0 to 4"))
    }
}

impl From<Masking> for u8 {
    fn from(masking: Masking) -> u8 {
        masking.level()
    }
}

/// How long an opened text stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reveal {
    /// By its length.
    #[default]
    Auto,
    /// So long.
    For(Duration),
    /// Until the next item.
    UntilNext,
}

impl Reveal {
    /// The time after which an opened text covers itself, counted anew by each scroll; `None` means until the next
    /// item. `columns` is the width of the whole text, `rows` how many lines of it fit on screen, `width` how wide
    /// they are: only what is on screen need be read before the next scroll. A careful reader takes 12 columns a
    /// second; 10 s at least, 2 minutes at most.
    pub fn cover_after(self, columns: usize, width: u16, rows: u16) -> Option<Duration> {
        match self {
            Self::UntilNext => None,
            Self::For(time) => Some(time),
            Self::Auto => {
                let on_screen = columns.min(usize::from(width.max(1)) * usize::from(rows.max(1)));
                let seconds = 5.0 + on_screen as f64 / 12.0;
                Some(Duration::from_secs_f64(seconds.clamp(10.0, 120.0)))
            }
        }
    }

    /// The same for a picture, counted anew by each step: a glance tells it, half a minute is for the corners.
    pub fn picture_after(self) -> Option<Duration> {
        match self {
            Self::UntilNext => None,
            Self::For(time) => Some(time),
            Self::Auto => Some(Duration::from_secs(30)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn level_2_arrives_at_2_and_levels_3_and_4_at_3() {
        let arrives = |level| Masking::on_arrival(Severity::new(level).expect("0 to 4"), Masking::Full).level();
        assert_eq!([0, 1, 2, 3, 4].map(arrives), [0, 0, 2, 3, 3]);
        assert_eq!(Masking::on_arrival(Severity::NONE, Masking::Words), Masking::Words);
        assert_eq!(Masking::on_arrival(Severity::EXTREME, Masking::Metadata), Masking::Metadata);
    }

    #[test]
    fn words_on_screen_are_seen_and_a_summary_is_not() {
        use crate::wellbeing::Seen;
        let seen = Masking::ALL.map(Masking::seen);
        assert_eq!(seen, [Seen::Full, Seen::Full, Seen::Full, Seen::Summary, Seen::Summary]);
    }

    #[test]
    fn an_opened_text_stays_as_long_as_its_length_needs() {
        let after = |columns| Reveal::Auto.cover_after(columns, 80, 14).expect("covers itself").as_secs();
        assert_eq!((after(5), after(240), after(1_000_000)), (10, 25, 98));
        assert_eq!(Reveal::For(Duration::from_secs(7)).cover_after(5, 80, 14), Some(Duration::from_secs(7)));
        assert_eq!(Reveal::UntilNext.cover_after(5, 80, 14), None);
        assert!(Reveal::Auto.cover_after(usize::MAX, u16::MAX, u16::MAX) == Some(Duration::from_secs(120)));
    }
}
