//! Pictures: from hostile bytes to a few pixels that may be shown, one step more at each press of a key.
//!
//! What must stay true: nothing is decoded in the desk's own process ([`apart`]); what a step does not show is not in
//! what comes back, so that no face of a desk could show it; nothing of a picture is written to disk by a desk, and
//! nothing is held longer than it is shown.

pub mod apart;
mod decode;

pub use decode::decode;

use crate::moderation::Item;
use crate::moderation::item::Medium;

/// Bytes of a file at most.
pub const MAX_FILE: usize = crate::moderation::item::MAX_PICTURE;
/// Pixels along a side at most.
pub const MAX_SIDE: u32 = 8_192;
/// Bytes that a decoder may take at most.
pub const MAX_DECODED: u64 = 64 << 20;

/// How much of a picture is shown. Each step shows more, and the first of them counts as having seen it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Grey, strongly blurred, at most a quarter of its size, first frame.
    Blurred,
    /// The same, blurred less.
    Clearer,
    /// The same, in colour.
    Coloured,
    /// Unblurred, as large as there is room.
    Whole,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Blurred, Self::Clearer, Self::Coloured, Self::Whole];

    /// The next one, while there is one.
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }

    /// Its name, for messages and for the program apart.
    pub fn code(self) -> &'static str {
        ["blurred", "clearer", "coloured", "whole"][self as usize]
    }
}

/// Room for a picture, in pixels of the screen it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Across.
    pub width: u32,
    /// Down.
    pub height: u32,
}

/// A picture as far as it may be shown: red, green and blue of each pixel, row by row.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// Across.
    pub width: u32,
    /// Down.
    pub height: u32,
    /// Three bytes a pixel.
    pub rgb: Vec<u8>,
}

impl Picture {
    /// A pixel; the border goes on beyond it.
    pub fn at(&self, x: u32, y: u32) -> [u8; 3] {
        let at = (y.min(self.height - 1) * self.width + x.min(self.width - 1)) as usize * 3;
        [self.rgb[at], self.rgb[at + 1], self.rgb[at + 2]]
    }
}

/// A picture says how large it is and nothing of what it shows: what is printed may end in a log.
impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({} x {})", self.width, self.height)
    }
}

/// Why a picture cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Over a limit: the file, a side, or what decoding it would take.
    #[error("it is larger than 32 MiB, 8,192 pixels a side or 64 MiB unpacked; send a smaller copy")]
    TooLarge,
    /// Not a picture that this program knows.
    #[error("it is no PNG, JPEG, GIF, WebP or BMP; send it as one of these")]
    Unknown,
    /// The file is damaged, or made to harm.
    #[error("it is damaged and cannot be decoded; send it again")]
    Broken,
    /// The program that decodes could not be started.
    #[error("this machine could not decode it; run `moddesk doctor`")]
    Failed,
}

impl Unfit {
    /// Its name among the messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::Unknown => "unknown",
            Self::Broken => "broken",
            Self::Failed => "failed",
        }
    }
}

/// The pictures of an item, in its order, with their place among its media.
pub fn of(item: &Item) -> impl Iterator<Item = (usize, &Medium)> {
    let open = item.sealed.is_none();
    item.media.iter().enumerate().filter(move |(_, medium)| open && medium.is_picture())
}
