use super::*;

#[test]
fn a_users_file_lies_over_the_default() {
    let opened = opened("[desk]\n\"ctrl-k\" = \"palette.open\"\n", &[]);
    assert_eq!(opened.findings, []);
    assert_eq!(does(&opened.keymap, Context::Desk, "ctrl-k"), Some("palette.open"));
    assert_eq!(does(&opened.keymap, Context::Desk, ":"), Some("palette.open"));
    let shown = opened.keymap.keys_for(Context::Desk, "palette.open");
    assert_eq!(shown.iter().map(|keys| keys.to_string()).collect::<Vec<_>>(), ["ctrl-k", ":"], "one's own comes first");
}

#[test]
fn a_file_lies_over_the_one_it_names() {
    let opened = opened("inherit = \"azerty\"\n[desk]\n\"ctrl-k\" = \"palette.open\"\n", &[]);
    assert_eq!(opened.findings, []);
    assert_eq!(opened.keymap.name(), "mine.toml");
    assert_eq!(does(&opened.keymap, Context::Desk, "Q"), Some("shift.end"));
    assert_eq!(does(&opened.keymap, Context::Desk, "q"), None);
}

#[test]
fn a_file_may_lie_over_another_file() {
    let house = "[desk]\n\"ctrl-k\" = \"palette.open\"\n";
    let opened = opened("inherit = \"house.toml\"\n[desk]\n\"ctrl-o\" = \"item.open\"\n", &[("house.toml", house)]);
    assert_eq!(opened.findings, []);
    assert_eq!(does(&opened.keymap, Context::Desk, "ctrl-k"), Some("palette.open"));
    assert_eq!(does(&opened.keymap, Context::Desk, "ctrl-o"), Some("item.open"));
}

#[test]
fn a_key_can_be_made_to_do_nothing() {
    let opened = opened("[desk]\n\"t\" = false\n\"ctrl-z\" = false\n", &[]);
    assert_eq!(opened.findings, []);
    assert_eq!(opened.keymap.look(Context::Desk, &keys("t")), Lookup::Unbound);
    assert_eq!(opened.keymap.look(Context::Desk, &keys("ctrl-z")), Lookup::Unbound, "also one that works everywhere");
    assert_eq!(does(&opened.keymap, Context::Batch, "ctrl-z"), Some("screen.suspend"));
}

#[test]
fn a_sequence_takes_the_key_that_begins_it() {
    let opened = opened("[desk]\n\"t t\" = \"item.translate\"\n", &[]);
    assert_eq!(opened.findings, []);
    assert!(
        matches!(opened.keymap.look(Context::Desk, &keys("t")), Lookup::Pending([one]) if one.command == "item.translate")
    );
    assert_eq!(does(&opened.keymap, Context::Desk, "t t"), Some("item.translate"));
}

#[test]
fn a_place_may_give_a_key_that_works_everywhere_another_meaning() {
    let opened = opened("[desk]\n\"f1\" = \"item.charter\"\n", &[]);
    assert_eq!(opened.findings, []);
    assert_eq!(does(&opened.keymap, Context::Desk, "f1"), Some("item.charter"));
    assert_eq!(does(&opened.keymap, Context::Text, "f1"), Some("help.open"));
}

#[test]
fn the_key_of_the_place_is_shown_before_the_one_that_works_everywhere() {
    let keymap = default(&COMMANDS);
    let shown = |context| keymap.key_for(context, "help.open").map(ToString::to_string);
    assert_eq!(shown(Context::Desk).as_deref(), Some("?"));
    assert_eq!(shown(Context::Text).as_deref(), Some("f1"));
}

#[test]
fn a_command_without_a_key_is_told_where_it_lost_it() {
    assert_eq!(
        says("[desk]\n\"t\" = \"item.note\"\n"),
        ["mine.toml:2: [desk] has no key for `item.translate` any more; it is still in the palette"]
    );
    assert!(!opened("[desk]\n\"t\" = \"item.note\"\n", &[]).fell_back(), "a warning stops nothing");
}
