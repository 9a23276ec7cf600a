use super::*;
use proptest::prelude::*;

fn key(text: &str) -> Key {
    text.parse().expect("a key")
}

#[test]
fn a_sequence_waits_for_its_end() {
    let vim = open("vim", &COMMANDS, |_: &Path| Err(io::ErrorKind::NotFound.into())).keymap;
    let mut pending = Pending::default();
    assert_eq!(pending.press(&vim, Context::Desk, key("g")), Press::Begun);
    assert_eq!(pending.keys(), [key("g")]);
    assert_eq!(pending.press(&vim, Context::Desk, key("g")), Press::Command("scroll.top"));
    assert_eq!(pending.keys(), []);
}

#[test]
fn what_ends_no_sequence_decides_nothing() {
    let vim = open("vim", &COMMANDS, |_: &Path| Err(io::ErrorKind::NotFound.into())).keymap;
    let mut pending = Pending::default();
    pending.press(&vim, Context::Desk, key("g"));
    assert_eq!(pending.press(&vim, Context::Desk, key("a")), Press::Unbound(vec![key("g"), key("a")]));
    assert_eq!(pending.press(&vim, Context::Desk, key("a")), Press::Command("item.approve"));
}

#[test]
fn esc_gives_up_what_was_begun_and_does_nothing_else() {
    let vim = open("vim", &COMMANDS, |_: &Path| Err(io::ErrorKind::NotFound.into())).keymap;
    let mut pending = Pending::default();
    pending.press(&vim, Context::Desk, key("g"));
    assert_eq!(pending.press(&vim, Context::Desk, key("esc")), Press::Left);
    assert_eq!(pending.press(&vim, Context::Desk, key("esc")), Press::Command("screen.leave"));
}

#[test]
fn what_was_begun_in_one_place_is_not_ended_in_another() {
    let vim = open("vim", &COMMANDS, |_: &Path| Err(io::ErrorKind::NotFound.into())).keymap;
    let mut pending = Pending::default();
    pending.press(&vim, Context::Desk, key("Z"));
    assert_eq!(pending.press(&vim, Context::Shift, key("Z")), Press::Begun);
    assert_eq!(pending.press(&vim, Context::Shift, key("Z")), Press::Command("shift.end"));
}

#[test]
fn a_finger_that_missed_the_palette_on_azerty_raises_no_alert() {
    let azerty = open("azerty", &COMMANDS, |_: &Path| Err(io::ErrorKind::NotFound.into())).keymap;
    let mut pending = Pending::default();
    assert_eq!(pending.press(&azerty, Context::Desk, key("!")), Press::Begun);
    assert_eq!(pending.press(&azerty, Context::Desk, key("s")), Press::Unbound(vec![key("!"), key("s")]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever somebody binds: what is bound acts, what begins it waits, and nothing clashes.
    #[test]
    fn what_is_bound_acts_and_what_begins_it_waits(
        lines in prop::collection::vec(("[a-d]( [a-d]){0,2}", 0usize..8), 0..12)
    ) {
        let commands = ["item.approve", "item.pass", "item.undo", "item.open", "item.note", "item.reply", "item.grade"];
        let bindings: String = lines.iter().map(|(keys, at)| match commands.get(*at) {
            Some(command) => format!("\"{keys}\" = \"{command}\"\n"),
            None => format!("\"{keys}\" = false\n"),
        }).collect();
        let text = format!("[desk]\n{bindings}");
        let (keymap, _) = check("mine.toml", &COMMANDS, |_: &Path| Ok(text.clone()));
        let bound = keymap.bound(Context::Desk);
        for one in &bound {
            prop_assert_eq!(keymap.look(Context::Desk, one.keys.keys()), Lookup::Command(one.command));
            for length in 1..one.keys.keys().len() {
                let waits = matches!(keymap.look(Context::Desk, &one.keys.keys()[..length]), Lookup::Pending(_));
                prop_assert!(waits);
            }
        }
        // And what was asked for is there, unless it was told why not.
        let opened = opened(&text, &[]);
        if opened.findings.is_empty() {
            for (keys, at) in &lines {
                prop_assert_eq!(does(&opened.keymap, Context::Desk, keys), commands.get(*at).copied());
            }
        }
    }
}
