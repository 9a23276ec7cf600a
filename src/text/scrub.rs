//! The one way from foreign text to the eye.
//!
//! Nothing that could drive a terminal, turn the direction of writing or hide is passed on, and nothing of it is
//! deleted without a trace: a moderator must see that somebody tried. Deleting was rejected for that reason, and
//! scrubbing where things are drawn because one forgotten place is enough. Time and output are linear in the input;
//! runs of the same mark are counted (`␇⟨×40⟩`), so that a megabyte of them fits the screen.
//!
//! What is decided here:
//! - controls, escape bytes, bidirectional controls, fillers, private use: marks (`␛`, `⟨RLO⟩`, `⟨U+E000⟩`);
//! - combining marks: four a base, the rest counted as `⟨+n⟩`; one without a base hangs on `◌`; a letter that goes on
//!   joining (jamo, Indic conjuncts) is cut by `⟨⁄⟩` after eight;
//! - emoji: U+FE0F after an emoji is left out and counted in [`Told`](super::Told), because terminals disagree on
//!   the width it asks for and leave ghosts; for the same reason the joiner of families and professions is shown as
//!   `‿` and a skin tone as `⟨tone 3⟩`; flags made of two letters stay, flags made of tags become `⟨tags gbeng⟩`;
//! - U+200C and U+200D between letters of a script that needs them: `¦`, elsewhere `⟨ZWNJ⟩`, `⟨ZWJ⟩`;
//! - the sound marks of half-width katakana, which hang on a letter but take a column, are shown at full width;
//! - a tab is four spaces, `\r\n` a line break, `\r` alone `␍`; more than eight line breaks in a row are counted;
//! - links are defanged (`hxxps://evil[.]example`).

use super::cluster::{completes, is_emoji, may_join, needs_joiners};
use super::links;
use super::odd::{self, Look, look};
use super::safe::SafeText;
use super::untrusted::Untrusted;
use std::borrow::Cow;
use unicode_normalization::char::canonical_combining_class;

/// Combining marks shown on one base: a Hebrew letter with point, vowel and accent has them all.
const MARKS_A_BASE: usize = 4;
/// Letters in one cluster before it is cut.
const LETTERS_A_CLUSTER: usize = 8;
/// The same mark so many times in a row is shown once with a count.
const SAME_IN_A_ROW: usize = 3;
/// Line breaks in a row before they are counted; more would only push the rest off the screen.
const BREAKS_IN_A_ROW: usize = 8;
/// Columns of foreign text in a log line or an error message.
const LOG_COLUMNS: usize = 200;

/// Text of several lines; `\n` separates them.
pub fn block(text: &Untrusted) -> SafeText<'_> {
    scrub(text.raw(), true)
}

/// Text for one line: names, titles, headers. A line break is shown as `␊`.
pub fn line(text: &Untrusted) -> SafeText<'_> {
    scrub(text.raw(), false)
}

/// One short line for logs and error messages, from anything that is not ours: a file name, a server's answer.
pub fn log(text: &str) -> String {
    // A grapheme of the result is at most some dozens of bytes, so a longer input cannot show more.
    let cut = text.len().min(LOG_COLUMNS * 64);
    let cut = (0..=cut).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    let safe = scrub(&text[..cut], false);
    let shown = safe.fit(LOG_COLUMNS);
    if cut < text.len() { format!("{shown} ({} B)", text.len()) } else { shown.into_owned() }
}

/// What the person at the keyboard typed or configured, and what this program says of it: made safe, but a link stays
/// as it can be typed again. Of several lines, as `block`. Never for content.
pub fn own(text: &str) -> String {
    visible(text, true).as_str().to_owned()
}

/// One line of a client's rules or of a colleague, however long: what is read to its end.
pub fn whole(line: &str) -> String {
    scrub(line, false).as_str().to_owned()
}

fn scrub(raw: &str, lines: bool) -> SafeText<'_> {
    links::defang(visible(raw, lines))
}

fn visible(raw: &str, lines: bool) -> SafeText<'_> {
    let clean = clean_prefix(raw, lines);
    if clean == raw.len() {
        SafeText { text: Cow::Borrowed(raw), ..SafeText::default() }
    } else {
        Scrub::new(raw, clean, lines).run()
    }
}

/// How many bytes from the start can be shown as they are. Never ends just before a mark that hangs on them.
fn clean_prefix(raw: &str, lines: bool) -> usize {
    let bytes = raw.as_bytes();
    let mut i = 0;
    let mut breaks = 0;
    let mut base = 0;
    while i < bytes.len() {
        let b = bytes[i];
        if (0x20..0x7f).contains(&b) {
            (breaks, base, i) = (0, i, i + 1);
            continue;
        }
        if b == b'\n' && lines && breaks < BREAKS_IN_A_ROW {
            (breaks, base, i) = (breaks + 1, i, i + 1);
            continue;
        }
        let c = raw[i..].chars().next().expect("i is a char boundary before the end");
        if b < 0x80 || look(c) != Look::Plain || may_join(c) {
            return if breaks > 0 { i - breaks } else { base };
        }
        (breaks, base, i) = (0, i, i + c.len_utf8());
    }
    raw.len()
}

struct Scrub<'a> {
    raw: &'a str,
    at: usize,
    lines: bool,
    out: SafeText<'a>,
    text: String,
    /// The last character shown as it came, if the next may hang on it.
    base: Option<char>,
    /// The last character of the input that was shown as it came, a combining mark included.
    last: Option<char>,
    marks: usize,
    /// Whether a virama among the marks ties the next letter to this one.
    linked: bool,
    letters: usize,
}

impl<'a> Scrub<'a> {
    fn new(raw: &'a str, clean: usize, lines: bool) -> Self {
        let mut text = String::with_capacity(raw.len() + raw.len() / 8);
        text.push_str(&raw[..clean]);
        let base = text.chars().next_back().filter(|&c| c != '\n');
        Self {
            raw,
            at: clean,
            lines,
            out: SafeText::default(),
            text,
            base,
            last: base,
            marks: 0,
            linked: false,
            letters: 1,
        }
    }

    fn run(mut self) -> SafeText<'a> {
        while let Some(c) = self.peek() {
            if c == '\n' || (c == '\r' && self.raw[self.at..].starts_with("\r\n")) {
                self.line_break(c);
                continue;
            }
            match look(c) {
                Look::Plain => self.plain(c),
                Look::Hangs => self.hangs(c),
                Look::Jamo if self.base.is_some() && self.last.is_some_and(|last| completes(last, c)) => self.hangs(c),
                Look::Tab => {
                    self.text.push_str(if self.lines { "    " } else { " " });
                    self.step(c, None);
                }
                Look::Joiner | Look::NonJoiner => self.joiner(c),
                Look::EmojiStyle => self.emoji_style(c),
                Look::SoundMark => {
                    self.text.push(if c == '\u{ff9e}' { '゛' } else { '゜' });
                    self.step(c, None);
                }
                Look::Tone(n) => self.tone(c, n),
                Look::Tag(_) => self.tags(),
                Look::Variation => self.variations(),
                Look::Newline | Look::Return | Look::Jamo | Look::Odd => self.repeated(c),
            }
        }
        self.out.text = Cow::Owned(self.text);
        self.out
    }

    fn peek(&self) -> Option<char> {
        self.raw[self.at..].chars().next()
    }

    /// Goes past `c`, which left `base` behind for the next to hang on.
    fn step(&mut self, c: char, base: Option<char>) {
        self.end(c.len_utf8());
        (self.base, self.last) = (base, base);
    }

    /// Goes past so many bytes, leaving nothing for the next character to hang on.
    fn end(&mut self, bytes: usize) {
        self.at += bytes;
        (self.base, self.last, self.marks, self.linked) = (None, None, 0, false);
    }

    fn odd_from(&mut self, start: usize) {
        let end = self.text.len();
        match self.out.odd.last_mut() {
            Some(before) if before.end == start => before.end = end,
            _ => self.out.odd.push(start..end),
        }
    }

    fn plain(&mut self, c: char) {
        let joins = self.linked || self.last.is_some_and(may_join);
        self.letters = if joins { self.letters + 1 } else { 1 };
        if self.letters > LETTERS_A_CLUSTER {
            let start = self.text.len();
            self.text.push_str("⟨⁄⟩");
            self.odd_from(start);
            self.letters = 1;
        }
        self.text.push(c);
        self.step(c, Some(c));
    }

    fn hangs(&mut self, c: char) {
        if self.base.is_none() {
            self.circle();
        }
        if self.marks < MARKS_A_BASE {
            self.text.push(c);
            self.at += c.len_utf8();
            self.last = Some(c);
            self.marks += 1;
            self.linked |= canonical_combining_class(c) == 9;
            return;
        }
        let rest = &self.raw[self.at..];
        let mut over = 0;
        let end = rest.find(|c| {
            let hangs = matches!(look(c), Look::Hangs | Look::Jamo);
            over += usize::from(hangs);
            !hangs
        });
        let start = self.text.len();
        odd::count('+', over, &mut self.text);
        self.odd_from(start);
        self.out.told.capped += over;
        self.end(end.unwrap_or(rest.len()));
    }

    /// A place to hang on for a mark that has none, so that it cannot sit on a mark of ours or be dropped.
    fn circle(&mut self) {
        let start = self.text.len();
        self.text.push('◌');
        self.odd_from(start);
        (self.base, self.last, self.marks, self.linked, self.letters) = (Some('◌'), None, 0, false, 1);
    }

    /// A tone does not end an emoji: a joiner may follow it, so the picture before it stays the last character.
    fn tone(&mut self, c: char, n: u8) {
        let start = self.text.len();
        self.text.push_str("⟨tone ");
        self.text.push(char::from(b'0' + n));
        self.text.push('⟩');
        self.odd_from(start);
        self.out.told.marked += 1;
        let picture = self.last;
        self.end(c.len_utf8());
        self.last = picture;
    }

    fn joiner(&mut self, c: char) {
        let next = self.raw[self.at + c.len_utf8()..].chars().next();
        let mark = match (self.last, next) {
            (Some(last), Some(next)) if c == '\u{200d}' && is_emoji(last) && is_emoji(next) => '‿',
            (Some(last), Some(next)) if needs_joiners(last) && needs_joiners(next) => '¦',
            _ => return self.repeated(c),
        };
        let start = self.text.len();
        self.text.push(mark);
        self.odd_from(start);
        self.out.told.marked += 1;
        self.step(c, None);
    }

    fn emoji_style(&mut self, c: char) {
        if self.base.is_some_and(is_emoji) && self.marks == 0 && !self.raw[..self.at].ends_with(c) {
            self.out.told.emoji_style += 1;
            self.at += c.len_utf8();
        } else {
            self.repeated(c);
        }
    }

    /// A run of tag characters spells something; what it spells is the evidence.
    fn tags(&mut self) {
        let start = self.text.len();
        self.text.push_str("⟨tags ");
        while let Some(c) = self.peek() {
            let Look::Tag(letter) = look(c) else { break };
            self.text.extend(letter);
            self.at += c.len_utf8();
        }
        self.text.push('⟩');
        self.odd_from(start);
        self.out.told.marked += 1;
        self.end(0);
    }

    fn variations(&mut self) {
        let rest = &self.raw[self.at..];
        let end = rest.find(|c| look(c) != Look::Variation).unwrap_or(rest.len());
        let n = rest[..end].chars().count();
        let start = self.text.len();
        self.text.push_str("⟨VS⟩");
        if n > 1 {
            odd::count('×', n, &mut self.text);
        }
        self.odd_from(start);
        self.out.told.marked += n;
        self.end(end);
    }

    fn repeated(&mut self, c: char) {
        let rest = &self.raw[self.at..];
        let n = rest.chars().take_while(|&d| d == c).count();
        let start = self.text.len();
        for _ in 0..if n > SAME_IN_A_ROW { 1 } else { n } {
            odd::mark(c, &mut self.text);
        }
        if n > SAME_IN_A_ROW {
            odd::count('×', n, &mut self.text);
        }
        self.odd_from(start);
        self.out.told.marked += n;
        self.end(n * c.len_utf8());
    }

    fn line_break(&mut self, c: char) {
        if !self.lines {
            if c == '\r' {
                self.at += 1;
            }
            return self.repeated('\n');
        }
        let rest = &self.raw.as_bytes()[self.at..];
        let (mut n, mut bytes) = (0, 0);
        loop {
            match rest[bytes..] {
                [b'\n', ..] => bytes += 1,
                [b'\r', b'\n', ..] => bytes += 2,
                _ => break,
            }
            n += 1;
        }
        let shown = n.min(BREAKS_IN_A_ROW);
        self.text.extend(std::iter::repeat_n('\n', shown));
        if n > shown {
            let start = self.text.len();
            self.text.push('␊');
            odd::count('×', n - shown, &mut self.text);
            self.odd_from(start);
            self.text.push('\n');
        }
        self.end(bytes);
    }
}
