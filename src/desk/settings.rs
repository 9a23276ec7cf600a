//! What the desk was told before it opened.

use super::Recent;
use crate::wellbeing::{Reveal, Rules};
use jiff::tz::TimeZone;
use std::time::Duration;

/// How pictures are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pictures {
    /// In cells, two pixels each: every terminal can.
    #[default]
    HalfBlocks,
    /// By the terminal itself, as kitty does it.
    Kitty,
    /// Not at all: by their description alone.
    None,
}

/// The colours that a picture may use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    /// Any.
    Mixed,
    /// A palette of 256.
    Palette,
    /// None: shades.
    #[default]
    Few,
}

/// Everything a screen needs to know of the configuration, resolved; it does not change while the desk is open.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Who sits here.
    pub moderator: String,
    /// Where the reader's clock hangs.
    pub zone: TimeZone,
    /// The queues to work; empty means all. Told to the desk where it was opened, shown here.
    pub queues: Vec<String>,
    /// How long a decision can be taken back before it leaves, 0 to 60 s.
    pub hold: Duration,
    /// How long an item must have been on screen before a key decides it, 0 to 1 s; zero turns the timed guards off.
    pub guard: Duration,
    /// A masked item that was not opened asks once more before it is approved.
    pub confirm_unseen: bool,
    /// Items fetched ahead, 1 to 20.
    pub prefetch: u32,
    /// How long an opened text stays.
    pub reveal: Reveal,
    /// Without a key for so long, while content is open, the curtain falls by itself.
    pub curtain_after: Duration,
    /// What has to be typed to raise the curtain; without it any key does.
    pub curtain_word: Option<String>,
    /// Rings when a break is over.
    pub bell: bool,
    /// How pictures are shown.
    pub pictures: Pictures,
    /// In which colours.
    pub colours: Colours,
    /// Whether the line to breathe by on the break screen moves, once a second.
    pub breathing: bool,
    /// Somebody to talk to, outside the house.
    pub help: Vec<String>,
    /// Whether the day's question is asked: mood and load, for the moderator alone.
    pub check_in: bool,
    /// The planned length of the shift.
    pub shift: Duration,
    /// Straight to the first item, past the shift screen.
    pub go: bool,
    /// A throw-away queue: the screens say so.
    pub demo: bool,
    /// The wellbeing rules of the queue, so that the desk stops at the same item.
    pub rules: Rules,
    /// Sentences to be said once at the start, already in the reader's language: what was filled, what is wrong with
    /// the keymap.
    pub notes: Vec<String>,
    /// Templates and topics that this moderator used last, before today.
    pub recent: Recent,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            moderator: "moderator".into(),
            zone: TimeZone::UTC,
            queues: Vec::new(),
            hold: Duration::from_secs(10),
            guard: Duration::from_millis(250),
            confirm_unseen: true,
            prefetch: 3,
            reveal: Reveal::Auto,
            curtain_after: Duration::from_secs(60),
            curtain_word: None,
            bell: false,
            pictures: Pictures::default(),
            colours: Colours::default(),
            breathing: false,
            help: Vec::new(),
            check_in: false,
            shift: Duration::from_secs(8 * 3600),
            go: false,
            demo: false,
            rules: Rules::shipped(),
            notes: Vec::new(),
            recent: Recent::default(),
        }
    }
}
