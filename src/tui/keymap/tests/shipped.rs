use super::*;
use crate::tui::command::names::NAMES;

fn shipped(name: &str) -> Keymap {
    let opened = open(name, &COMMANDS, |_: &Path| Err(io::ErrorKind::NotFound.into()));
    let words = Words::new(Lang::En);
    let says: Vec<String> = opened.findings.iter().map(|finding| finding.say(&words)).collect();
    assert!(says.is_empty(), "{name}: {says:#?}");
    opened.keymap
}

#[test]
fn every_shipped_keymap_passes_its_own_check_without_a_warning() {
    for (name, _) in SHIPPED {
        assert_eq!(shipped(name).name(), name);
    }
}

/// `design/desk.md`, "Default keys": what is written there is a promise.
#[test]
fn the_default_keys_are_those_of_the_design() {
    let keymap = shipped("default");
    let table = "a approve, d delete, m measure, e escalate, r reply, i insight, f forward, l like_share, s sanction, \
        w doubt, W messages, p pass, u undo, o open, M masking, g grade, h history, v thread, V thread_take, c charter, \
        n note, t translate, / find";
    for (key, command) in table.split(", ").filter_map(|row| row.trim().split_once(' ')) {
        assert_eq!(does(&keymap, Context::Desk, key), Some(format!("item.{command}").as_str()), "{key}");
    }
    let others = "b batch.open, ! alert.raise, B break.take, j scroll.down, k scroll.up, space scroll.page_down, \
        tab pane.next, y copy.id, Y copy.link, : palette.open, ? help.open, f1 help.open, x curtain.drop, q shift.end";
    for (key, command) in others.split(", ").filter_map(|row| row.trim().split_once(' ')) {
        assert_eq!(does(&keymap, Context::Desk, key), Some(command), "{key}");
    }
}

#[test]
fn what_is_beside_approve_does_nothing() {
    for (name, _) in SHIPPED {
        assert_eq!(shipped(name).look(Context::Desk, &keys("z")), Lookup::Unbound, "{name}");
    }
    let azerty = shipped("azerty");
    assert_eq!(azerty.look(Context::Desk, &keys("q")), Lookup::Unbound, "q is under a on an AZERTY board");
    assert_eq!(does(&azerty, Context::Desk, "Q"), Some("shift.end"));
}

/// Caps Lock turns a key that decides into its capital; that one must be unbound, so that the screen can ask.
#[test]
fn the_capitals_of_approve_and_delete_are_free() {
    for (name, _) in SHIPPED {
        let keymap = shipped(name);
        for key in ["A", "D"] {
            assert_eq!(keymap.look(Context::Desk, &keys(key)), Lookup::Unbound, "{key} in {name}");
        }
    }
}

#[test]
fn no_key_of_a_shipped_keymap_decides_in_a_text_box() {
    for (name, _) in SHIPPED {
        let keymap = shipped(name);
        for context in [Context::Text, Context::Palette, Context::Chooser] {
            for bound in keymap.bound(context) {
                assert!(!bound.command.starts_with("item."), "{} in {context} of {name}", bound.keys);
            }
        }
        assert_eq!(keymap.look(Context::Text, &keys("enter")), Lookup::Unbound, "a text box never sends on Enter");
    }
}

#[test]
fn deleting_never_has_a_key_of_its_own() {
    // The policy's letter is the second key, and no command deletes without it.
    let deleting: Vec<_> = NAMES.iter().filter(|(name, _)| name.contains("delete")).collect();
    assert_eq!(deleting.len(), 1);
}

#[test]
fn every_command_has_a_key_in_the_default_somewhere_it_applies() {
    let keymap = shipped("default");
    for (name, contexts) in NAMES {
        let has = contexts.iter().any(|&context| keymap.key_for(context, name).is_some());
        assert!(has, "{name}");
    }
}

/// The left hand's half of a QWERTY board, and the keys that either hand reaches.
const LEFT: &str = "qwertasdfgzxcvbQWERTASDFGZXCVB12345!@#$%";
const RIGHT: &str = "yuiophjklnmYUIOPHJKLNM;:,.?/67890";

#[test]
fn one_hand_reaches_all_that_is_needed_often() {
    let keymap = shipped("one-hand");
    let frequent = "item.approve item.delete item.measure item.escalate item.reply item.pass item.undo item.open \
        item.grade item.doubt alert.raise break.take curtain.drop scroll.page_down scroll.up pane.next item.history \
        item.thread item.charter item.insight item.note batch.open item.masking palette.open help.open shift.end \
        notice.confirm";
    let reaches = |half: &str, named: &[&str], command: &str| {
        keymap.keys_for(Context::Desk, command).iter().any(|keys| {
            keys.keys().iter().all(|key| match key.code {
                Code::Char(c) if c != ' ' => half.contains(c),
                _ => named.contains(&Key { ctrl: false, ..*key }.to_string().as_str()),
            })
        })
    };
    for command in frequent.split_whitespace() {
        assert!(reaches(LEFT, &["tab", "shift-tab", "space", "f1", "esc"], command), "{command} with the left hand");
        let right = ["space", "enter", "backspace", "up", "down", "left", "right", "pageup", "pagedown"];
        assert!(reaches(RIGHT, &right, command), "{command} with the right hand");
    }
}
