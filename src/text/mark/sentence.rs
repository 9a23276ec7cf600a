//! Sentences, as far as masking needs them: better cut too often than never.

use std::ops::Range;

/// The sentences of a text without the space around them, in order. A line break ends one, too.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let next = chars.peek().map(|&(_, next)| next);
        let ends = match c {
            '\n' | '。' | '！' | '？' => true,
            '.' | '!' | '?' | '…' | '؟' | '।' | '"' | '»' | ')' | '”' => {
                next.is_none_or(char::is_whitespace) && text[..at].ends_with(ends_sentence) | ends_sentence(c)
            }
            _ => false,
        };
        if ends {
            push(text, start..end, &mut sentences);
            start = end;
        }
    }
    push(text, start..text.len(), &mut sentences);
    sentences
}

pub(super) fn ends_sentence(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '؟' | '।' | '。' | '！' | '？')
}

fn push(text: &str, range: Range<usize>, sentences: &mut Vec<Range<usize>>) {
    let sentence = &text[range.clone()];
    let start = range.start + sentence.len() - sentence.trim_start().len();
    let end = range.start + sentence.trim_end().len();
    if start < end {
        sentences.push(start..end);
    }
}
