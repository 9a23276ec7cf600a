//! Safe text in lines of a given width.
//!
//! A line knows which bytes of the text it stands for. Together the lines stand for every byte, in order: what is not
//! drawn is only the line break itself and the spaces at which a long line was broken. Right-to-left text stays in
//! logical order: terminals disagree on turning it, and a moderator's reader or terminal does it better.

use super::width;
use std::ops::Range;

/// One line on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it stands for in the text; its start is the line's id, which scrolling holds on to when the width changes.
    pub range: Range<usize>,
    /// What is drawn of it: without the line break and the spaces that hang over the end.
    pub shown: Range<usize>,
    /// Columns of what is drawn, never more than was asked for.
    pub columns: usize,
}

/// The narrowest line: one wide character.
pub const NARROWEST: usize = 2;

/// Breaks text into lines of at most `columns` columns (two at least). Words stay whole where they fit; Chinese and
/// Japanese may break between any two characters except before closing punctuation; what has no spaces is cut.
/// There is always at least one line.
pub fn wrap(text: &str, columns: usize) -> Vec<Line> {
    let mut lines =
        Lines { columns: columns.max(NARROWEST), lines: Vec::new(), from: 0, used: 0, may: None, after: After::Start };
    for (at, cluster, wide) in width::graphemes(text) {
        lines.take(at, cluster, wide);
    }
    lines.close(text.len(), text.len(), lines.used);
    lines.lines
}

/// The line on which a byte of the text stands, so that the same words stay in sight when the width changes.
pub fn line_at(lines: &[Line], byte: usize) -> usize {
    lines.partition_point(|line| line.range.start <= byte).saturating_sub(1)
}

/// What came last, as far as it matters for breaking.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    Start,
    Space,
    Letter,
    Wide,
    Opening,
}

/// A place where the line may be broken: what is shown before it, and where the next line starts.
#[derive(Clone, Copy)]
struct Place {
    shown_end: usize,
    columns: usize,
    next: usize,
    next_columns: usize,
}

struct Lines {
    columns: usize,
    lines: Vec<Line>,
    from: usize,
    /// Columns since `from`, hanging spaces included.
    used: usize,
    may: Option<Place>,
    after: After,
}

impl Lines {
    fn take(&mut self, at: usize, cluster: &str, wide: usize) {
        let end = at + cluster.len();
        if cluster == "\n" {
            self.close(at, end, self.used);
            return;
        }
        if cluster == " " {
            match &mut self.may {
                Some(place) if self.after == After::Space => (place.next, place.next_columns) = (end, self.used + 1),
                // Spaces at the start of a line are the author's indent; they break only where they overflow.
                _ if self.after == After::Start => {}
                _ => {
                    self.may = Some(Place { shown_end: at, columns: self.used, next: end, next_columns: self.used + 1 })
                }
            }
            if self.after == After::Start && self.used >= self.columns {
                self.close(at, at, self.used);
            }
            self.used += 1;
            if self.after != After::Start {
                self.after = After::Space;
            }
            return;
        }
        let kind = kind(cluster, wide);
        let closing = wide == 2 && is_closing(cluster);
        let between = (kind != After::Letter && self.after != After::Opening && !closing)
            || (self.after == After::Wide && kind == After::Letter && !closing);
        if between && matches!(self.after, After::Wide | After::Letter) {
            self.may = Some(Place { shown_end: at, columns: self.used, next: at, next_columns: self.used });
        }
        while self.used + wide > self.columns && self.from < at {
            self.break_before(at);
        }
        if wide > self.columns {
            self.cut(at, cluster);
        } else {
            self.used += wide;
        }
        self.after = kind;
    }

    /// Makes room for what starts at `at`: at the last place where it may be, else right here.
    fn break_before(&mut self, at: usize) {
        match self.may {
            Some(place) => {
                let used = self.used;
                self.close(place.shown_end, place.next, place.columns);
                self.used = used - place.next_columns;
            }
            None => self.close(at, at, self.used),
        }
    }

    /// A cluster wider than the line is the only thing that is taken apart, and then between its letters.
    fn cut(&mut self, at: usize, cluster: &str) {
        for (i, c) in cluster.char_indices() {
            // The scrub lets nothing through that is wider than the narrowest line.
            let wide = width::letter(c).min(self.columns);
            if self.used + wide > self.columns {
                self.close(at + i, at + i, self.used);
            }
            self.used += wide;
        }
    }

    fn close(&mut self, shown_end: usize, next: usize, columns: usize) {
        let (shown_end, columns) = if columns > self.columns {
            // Only hanging spaces can be too many: they end the text or stand before a line break.
            let place = self.may.expect("what overflows without a place to break was broken before");
            (place.shown_end, place.columns)
        } else {
            (shown_end, columns)
        };
        self.lines.push(Line { range: self.from..next, shown: self.from..shown_end, columns });
        (self.from, self.used, self.may, self.after) = (next, 0, None, After::Start);
    }
}

fn kind(cluster: &str, wide: usize) -> After {
    match cluster.chars().next() {
        Some('（' | '「' | '『' | '【' | '《' | '〈' | '［' | '｛' | '〔') => After::Opening,
        // Hangul is wide but written in words.
        Some('\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7ff}' | '\u{a960}'..='\u{a97f}') => After::Letter,
        _ if wide >= 2 => After::Wide,
        _ => After::Letter,
    }
}

fn is_closing(cluster: &str) -> bool {
    cluster.starts_with([
        '、', '。', '，', '．', '：', '；', '！', '？', '）', '」', '』', '】', '》', '〉', '］', '｝', '〕', 'ー',
        '々', '〜', '～',
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str, columns: usize) -> Vec<&str> {
        wrap(text, columns).into_iter().map(|line| &text[line.shown]).collect()
    }

    #[test]
    fn breaks_where_a_reader_would() {
        for (text, columns, lines) in [
            ("", 10, vec![""]),
            ("one two three", 8, vec!["one two", "three"]),
            ("one two", 7, vec!["one two"]),
            ("a\n\nb", 5, vec!["a", "", "b"]),
            ("a\n", 5, vec!["a", ""]),
            ("abcdefgh", 3, vec!["abc", "def", "gh"]),
            ("to abcdefgh", 4, vec!["to", "abcd", "efgh"]),
            ("ab     cd", 4, vec!["ab", "cd"]),
            ("  indented", 6, vec!["  inde", "nted"]),
            ("日本語です。", 6, vec!["日本語", "です。"]),
            ("日本語文。", 8, vec!["日本語", "文。"]),
            ("日本語で「す」", 10, vec!["日本語で", "「す」"]),
            ("한국어 문장", 7, vec!["한국어", "문장"]),
            ("abc日本", 4, vec!["abc", "日本"]),
        ] {
            assert_eq!(shown(text, columns), lines, "{text:?} at {columns}");
        }
    }

    #[test]
    fn a_line_is_found_again_by_its_first_byte() {
        let text = "one two three four";
        let wide = wrap(text, 10);
        let narrow = wrap(text, 5);
        let id = wide[1].range.start;
        assert!(narrow[line_at(&narrow, id)].range.contains(&id));
    }

    proptest! {
        #[test]
        fn loses_nothing_and_never_exceeds_the_width(text in "(\\PC|[ \nabéд日한ำ（。e\u{301}\u{1100}\u{94d}\u{915}]){0,80}", columns in 0usize..20) {
            let text = text.replace('\u{17d8}', "");
            let lines = wrap(&text, columns);
            let mut next = 0;
            for line in &lines {
                prop_assert_eq!(line.range.start, next);
                prop_assert!(line.shown.start == line.range.start && line.shown.end <= line.range.end);
                prop_assert!(text[line.shown.end..line.range.end].chars().all(|c| c == ' ' || c == '\n'));
                prop_assert!(width::of(&text[line.shown.clone()]) <= columns.max(NARROWEST));
                prop_assert!(!text[line.shown.clone()].contains('\n'));
                next = line.range.end;
            }
            prop_assert_eq!(next, text.len());
        }
    }
}
