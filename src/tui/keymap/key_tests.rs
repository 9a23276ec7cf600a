use super::*;
use proptest::prelude::*;

fn any_code() -> impl Strategy<Value = Code> {
    prop_oneof![
        4 => any::<char>().prop_filter("no control character is a key", |c| !c.is_control()).prop_map(Code::Char),
        2 => proptest::char::range(' ', '~').prop_map(Code::Char),
        2 => (0..NAMES.len()).prop_map(|at| NAMES[at].1),
        1 => (1u8..=24).prop_map(Code::F),
    ]
}

proptest! {
    #[test]
    fn every_key_is_read_as_it_is_written(
        code in any_code(), ctrl: bool, alt: bool, shift: bool,
    ) {
        let key = Key::new(code, ctrl, alt, shift);
        prop_assert_eq!(key.to_string().parse::<Key>(), Ok(key));
    }

    #[test]
    fn no_name_is_split_by_a_space(code in any_code(), ctrl: bool, alt: bool, shift: bool) {
        let written = Key::new(code, ctrl, alt, shift).to_string();
        prop_assert!(!written.is_empty() && !written.contains(char::is_whitespace), "{:?}", written);
    }

    #[test]
    fn one_keypress_has_one_value(code in any_code(), ctrl: bool, alt: bool, shift: bool) {
        let key = Key::new(code, ctrl, alt, shift);
        prop_assert_eq!(Key::new(key.code, key.ctrl, key.alt, key.shift), key);
    }

    #[test]
    fn any_text_is_a_key_or_refused(text in ".{0,12}") {
        if let Ok(key) = text.parse::<Key>() {
            prop_assert_eq!(key.to_string().parse::<Key>(), Ok(key));
        }
    }
}

#[test]
fn names_go_there_and_back() {
    let names = ["a", "V", "<", "-", "+", "é", "ctrl-l", "ctrl--", "alt-enter", "shift-tab", "space", "ctrl-space"];
    for name in names.into_iter().chain(["f1", "f12", "f", "u", "esc", "alt-a", "ctrl-alt-x", "u+a0", "shift-f1"]) {
        let key: Key = name.parse().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(key.to_string(), name);
    }
}

#[test]
fn a_capital_is_its_own_character() {
    assert_eq!("shift-v".parse(), Ok(Key::char('V')));
    assert_eq!("ctrl-L".parse(), Ok(Key::ctrl('l')));
    assert_eq!("shift-ß".parse(), Ok(Key::char('ß')));
}

#[test]
fn what_is_no_key_is_refused_by_name() {
    for wrong in ["", "hyper-a", "f0", "f25", "f01", "ctrl-", "ab", "\u{1b}", "u+1b", "u+", "ctrl-ctrl-a", "unknown"] {
        assert_eq!(wrong.parse::<Key>(), Err(KeyError(wrong.into())), "{wrong:?}");
    }
}

#[test]
fn keys_that_no_terminal_sends_are_known() {
    let arrives = |name: &str| name.parse::<Key>().expect("a key").unsendable();
    assert_eq!(arrives("ctrl-i"), Some(Unsendable::Arrives(Key::plain(Code::Tab))));
    assert_eq!(arrives("ctrl-m"), Some(Unsendable::Arrives(Key::plain(Code::Enter))));
    assert_eq!(arrives("ctrl-h"), Some(Unsendable::Arrives(Key::plain(Code::Backspace))));
    assert_eq!(arrives("ctrl-1"), Some(Unsendable::Never));
    assert_eq!(arrives("shift-enter"), Some(Unsendable::Never));
    assert_eq!(arrives("alt-["), Some(Unsendable::Ambiguous));
    for fine in ["a", "Q", "ctrl-l", "ctrl-c", "shift-tab", "alt-enter", "f1", "alt-a", "ctrl-space", "pagedown"] {
        assert_eq!(arrives(fine), None, "{fine}");
    }
}
