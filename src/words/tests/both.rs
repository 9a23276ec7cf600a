//! Both languages have the same messages with the same variables, and French marks stand as they should.

use super::*;
use std::collections::BTreeSet;

#[test]
fn both_languages_say_the_same_messages_with_the_same_variables() {
    for topic in TOPICS {
        let of = |lang| -> BTreeSet<(String, Vec<String>)> {
            messages(topic, lang).into_iter().map(|message| (message.id, message.variables)).collect()
        };
        let (english, french) = (of(Lang::En), of(Lang::Fr));
        let differing: Vec<_> = english.symmetric_difference(&french).collect();
        assert!(differing.is_empty(), "{}.ftl differs between en and fr: {differing:#?}", topic.name);
    }
}

#[test]
fn an_id_begins_with_the_name_of_its_file_and_is_there_once() {
    for lang in Lang::ALL {
        let mut seen = BTreeSet::new();
        for topic in TOPICS {
            for message in messages(topic, lang) {
                assert_eq!(message.id.split('-').next(), Some(topic.name), "{} in {}.ftl", message.id, topic.name);
                assert!(seen.insert(message.id.clone()), "{} is there twice", message.id);
            }
        }
    }
}

#[test]
fn every_file_has_its_line_in_topics() {
    for lang in Lang::ALL {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/words").join(lang.code());
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .expect("the folder of a language")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().replace(".ftl", ""))
            .collect();
        files.sort();
        let names: Vec<&str> = TOPICS.iter().map(|topic| topic.name).collect();
        assert_eq!(files, names, "topics.rs lists the files of {lang} in alphabetical order");
    }
}

#[test]
fn french_marks_stand_as_a_french_reader_expects_them() {
    for (id, text) in all_texts(Lang::Fr) {
        let chars: Vec<char> = text.chars().collect();
        for (at, &c) in chars.iter().enumerate() {
            let before = at.checked_sub(1).map(|at| chars[at]);
            let after = chars.get(at + 1).copied();
            let ends = after.is_none_or(|after| after.is_whitespace() || after == '»');
            let spaced = before.is_none_or(|before| before == typography::NO_BREAK);
            let right = match c {
                ':' | ';' | '?' | '!' => !ends || spaced,
                '»' => spaced,
                '«' => after == Some(typography::NO_BREAK),
                '\u{202f}' => false,
                '\'' | '"' | '“' | '”' => false,
                _ => true,
            };
            assert!(right, "{id}: `{c}` in «{text}»");
        }
    }
}

#[test]
fn nothing_invisible_but_the_space_that_does_not_break() {
    for lang in Lang::ALL {
        for (id, text) in all_texts(lang) {
            let odd = text.chars().find(|&c| {
                c != typography::NO_BREAK
                    && (c.is_control() || (c.is_whitespace() && c != ' ') || "\u{2068}\u{2069}\u{200b}".contains(c))
            });
            assert_eq!(odd, None, "{id} in {lang}");
            assert!(!text.contains("  ") && text.trim() == text && !text.is_empty(), "{id} in {lang}: «{text}»");
        }
    }
}
