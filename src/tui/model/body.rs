//! The words of an item as they may be shown: scrubbed, marked, masked and wrapped, once for each change.

use crate::desk::Lexicon;
use crate::text::mark::{Mask, Role, Shown};
use crate::text::wrap::Line;
use crate::text::{SafeText, Untrusted, scrub, width};
use crate::wellbeing::Masking;

/// What a stretch of a line is, for the theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// A label of ours.
    Label,
    /// A heading.
    Title,
    /// A piece of somebody's text.
    Said(Role),
}

/// A paragraph.
#[derive(Clone, Debug)]
struct Part {
    label: String,
    title: bool,
    shown: Shown<'static>,
    lines: Vec<Line>,
}

/// Text ready to be drawn. What is covered is not in it, so it cannot reach the screen.
#[derive(Clone, Debug, Default)]
pub struct Body {
    parts: Vec<Part>,
    /// Which line of which part every row is.
    rows: Vec<(u32, u32)>,
    /// Words that are covered.
    pub covered: usize,
}

impl Body {
    /// How many rows it takes.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The pieces of a row.
    pub fn row(&self, at: usize) -> Vec<(&str, Tone)> {
        let Some((part, line)) = self.rows.get(at).map(|(part, line)| (*part as usize, *line as usize)) else {
            return Vec::new();
        };
        let part = &self.parts[part];
        let mut pieces = Vec::new();
        match BESIDE.get(..width::of(&part.label)) {
            _ if part.label.is_empty() => {}
            Some(beside) if line > 0 => pieces.push((beside, Tone::Label)),
            _ => pieces.push((part.label.as_str(), Tone::Label)),
        }
        let spans = part.shown.spans(part.lines[line].shown.clone());
        pieces.extend(spans.into_iter().map(|span| match span.role {
            Role::Plain if part.title => (span.text, Tone::Title),
            role => (span.text, Tone::Said(role)),
        }));
        pieces
    }

    /// The row that shows the same words as a place from before a change of width.
    pub fn row_of(&self, place: Place) -> usize {
        let row = self.rows.partition_point(|(part, line)| {
            let part_at = *part as usize;
            (part_at, self.parts[part_at].lines[*line as usize].range.start) <= (place.part, place.byte)
        });
        row.saturating_sub(1)
    }

    /// The words at the start of a row.
    pub fn place(&self, row: usize) -> Place {
        let Some((part, line)) = self.rows.get(row) else { return Place::default() };
        let part = *part as usize;
        Place { part, byte: self.parts[part].lines[*line as usize].range.start }
    }

    /// The rows on which something was found, one for each place.
    pub fn found(&self) -> Vec<usize> {
        let places =
            self.parts.iter().enumerate().flat_map(|(part, there)| {
                there.shown.found().iter().map(move |range| Place { part, byte: range.start })
            });
        places.map(|place| self.row_of(place)).collect()
    }
}

/// What stands below a label: nothing, as wide as it.
const BESIDE: &str = "                                                            ";

/// A place in a body that a change of width does not move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    part: usize,
    byte: usize,
}

/// Puts a body together, paragraph by paragraph, at one masking level.
pub struct Maker<'a> {
    body: Body,
    mask: Option<Mask>,
    lexicon: &'a Lexicon,
    columns: usize,
    find: Option<&'a str>,
}

impl<'a> Maker<'a> {
    /// Nothing yet; masking levels above 2 show no text, so there is nothing to mask.
    pub fn new(level: Masking, lexicon: &'a Lexicon, columns: usize, find: Option<&'a str>) -> Self {
        let mask = match level {
            Masking::Full => None,
            Masking::Words => Some(Mask::Words),
            _ => Some(Mask::Sentences),
        };
        Self { body: Body::default(), mask, lexicon, columns, find }
    }

    /// Somebody's text, with a label of ours before it where there is one.
    pub fn said(&mut self, label: &str, safe: SafeText<'_>, title: bool) {
        let hits = self.lexicon.hits(&safe);
        let shown = match self.mask {
            Some(mask) => Shown::masked(&safe, &hits, mask),
            None => Shown::open(safe.into_owned(), &hits),
        };
        self.part(label, shown, title);
    }

    /// A line of ours, or something that a mask does not touch.
    pub fn own(&mut self, label: &str, text: &str) {
        let safe = scrub::block(&Untrusted::new(text)).into_owned();
        self.part(label, Shown::open(safe, &[]), false);
    }

    /// An empty line between paragraphs.
    pub fn gap(&mut self) {
        if !self.is_empty() {
            self.own("", "");
        }
    }

    /// Whether nothing was put in yet.
    pub fn is_empty(&self) -> bool {
        self.body.parts.is_empty()
    }

    /// Done.
    pub fn done(self) -> Body {
        self.body
    }

    fn part(&mut self, label: &str, mut shown: Shown<'static>, title: bool) {
        if let Some(find) = self.find {
            shown.look_for(find);
        }
        let mut label = width::fit(label, self.columns * 2 / 5).into_owned();
        if label.ends_with('…') {
            label.push_str("  ");
        }
        let lines = shown.wrap(self.columns.saturating_sub(width::of(&label)).max(2));
        self.body.covered += shown.masked_words();
        let part = u32::try_from(self.body.parts.len()).unwrap_or(u32::MAX);
        self.body.rows.extend((0..lines.len()).map(|line| (part, u32::try_from(line).unwrap_or(u32::MAX))));
        self.body.parts.push(Part { label: label.clone(), title, shown, lines });
    }
}
