//! French marks, set once when a topic is parsed.
//!
//! Whoever writes a message types plain spaces and apostrophes; here they become what a French reader expects and a
//! line break cannot tear apart. The no-break space is the wide one (U+00A0) everywhere: in a grid of cells the
//! narrow one is as wide, and the fonts of many consoles do not have it.

use super::Lang;
use std::borrow::Cow;

/// The space that does not break.
pub(super) const NO_BREAK: char = '\u{a0}';

/// The source of a topic with its language's marks.
pub(super) fn set(source: &str, lang: Lang) -> String {
    match lang {
        Lang::En => source.to_owned(),
        Lang::Fr => source.split_inclusive('\n').map(line).collect(),
    }
}

fn line(line: &str) -> Cow<'_, str> {
    if line.starts_with('#') || !line.contains([':', ';', '?', '!', '«', '»', '\'', '%']) {
        return line.into();
    }
    let chars: Vec<char> = line.chars().collect();
    let at = |place: usize| chars.get(place).copied();
    let mut out = String::with_capacity(line.len() + 8);
    for (place, &c) in chars.iter().enumerate() {
        let before = place.checked_sub(1).and_then(at);
        out.push(match c {
            ' ' if matches!(at(place + 1), Some(':' | ';' | '?' | '!' | '»' | '%')) && begun(&out) => NO_BREAK,
            ' ' if before == Some('«') => NO_BREAK,
            '\'' if before.is_some_and(char::is_alphanumeric) && at(place + 1).is_some_and(char::is_alphanumeric) => {
                '’'
            }
            c => c,
        });
    }
    out.into()
}

/// Whether there is text on the line before this space: indentation, and the space after `=` or after the `[one]` of
/// a plural, stay as they are.
fn begun(out: &str) -> bool {
    let before = out.trim();
    let form = before.trim_start_matches('*').strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    !before.is_empty() && !before.ends_with('=') && form.is_none_or(|name| name.contains(['[', ']', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn marks_are_set_where_a_french_reader_expects_them() {
        let set = |source| set(source, Lang::Fr);
        assert_eq!(set("a = « Pourquoi ici ? »\n"), "a = «\u{a0}Pourquoi ici\u{a0}?\u{a0}»\n");
        assert_eq!(set("a = l'avis : { $n } %"), "a = l’avis\u{a0}: { $n }\u{a0}%");
        assert_eq!(set("a = à 14:05 : non"), "a = à 14:05\u{a0}: non");
        assert_eq!(set("a = { $who } : oui"), "a = { $who }\u{a0}: oui");
        assert_eq!(set("a = dans [{ $where }] ; non"), "a = dans [{ $where }]\u{a0}; non");
    }

    #[test]
    fn what_fluent_reads_is_left_alone() {
        for source in
            ["# un : deux\n", "a = ! ALERTE\n", "a =\n    { $n ->\n        [one] ! x\n       *[other] y\n    }\n"]
        {
            assert_eq!(set(source, Lang::Fr), source);
        }
        assert_eq!(set("a = why : ?", Lang::En), "a = why : ?");
    }

    #[test]
    fn a_mark_takes_one_cell() {
        assert_eq!(NO_BREAK.to_string().width(), 1);
        assert_eq!(set("oui ?", Lang::Fr).width(), "oui ?".width());
    }
}
