use super::*;

#[test]
fn an_unknown_command_is_named_with_its_line_and_the_nearest_one() {
    let text = "# mine\n[desk]\n\n\"ctrl-k\" = \"item.aprove\"\n";
    assert_eq!(says(text), ["mine.toml:4: `item.aprove` is no command; did you mean `item.approve`?"]);
    let opened = opened(text, &[]);
    assert!(opened.fell_back());
    assert_eq!(opened.keymap, default(&COMMANDS), "the desk starts on the default");
}

#[test]
fn the_same_key_twice_is_named_with_both_lines() {
    let spelled_alike = "[desk]\n\"k\" = \"item.note\"\n\"t\" = false\n\"k\" = \"item.pass\"\n";
    assert_eq!(says(spelled_alike)[0], "mine.toml:4: `k` is already bound to `item.note` in line 2");
    let spelled_otherwise = "[desk]\n\"K\" = \"item.note\"\n\"shift-k\" = \"item.pass\"\n";
    assert_eq!(says(spelled_otherwise), ["mine.toml:3: `K` is already bound to `item.note` in line 2"]);
    let elsewhere = "[desk]\n\"K\" = \"item.note\"\n[batch]\n\"K\" = \"item.approve\"\n";
    assert_eq!(says(elsewhere), [""; 0]);
}

#[test]
fn a_sequence_behind_a_shorter_one_is_unreachable() {
    let after = "[desk]\n\"K\" = \"item.note\"\n\"K k\" = \"item.pass\"\n";
    assert_eq!(says(after), ["mine.toml:3: `K k` can never be reached: `K` in line 2 acts first"]);
    let before = "[desk]\n\"K k\" = \"item.pass\"\n\"K\" = \"item.note\"\n";
    assert_eq!(says(before), ["mine.toml:2: `K k` can never be reached: `K` in line 3 acts first"]);
}

#[test]
fn keys_that_no_terminal_sends_are_unreachable() {
    let bound = |key: &str| says(&format!("[desk]\n\"{key}\" = \"item.note\"\n"));
    assert_eq!(bound("ctrl-i"), ["mine.toml:2: `ctrl-i` can never be reached: a terminal sends `tab` for it"]);
    assert_eq!(bound("shift-enter"), ["mine.toml:2: `shift-enter` can never be reached: a terminal does not send it"]);
    assert_eq!(bound("alt-["), ["mine.toml:2: `alt-[` cannot be relied on: it begins an escape sequence"]);
    assert!(bound("hyper-k")[0].starts_with("mine.toml:2: `hyper-k` is no key; write"));
}

#[test]
fn keys_typed_in_a_text_box_never_do_anything_else() {
    assert_eq!(
        says("[text]\n\"k\" = \"text.done\"\n"),
        ["mine.toml:2: `k` can never be reached: in [text] it is typed as text"]
    );
    assert!(!says("[chooser]\n\"k\" = \"list.up\"\n").is_empty(), "letters choose");
    assert!(!says("[always]\n\"k\" = \"screen.redraw\"\n").is_empty(), "everywhere is in text boxes, too");
    assert!(
        says("[text]\n\"enter\" = \"item.approve\"\n")[0].contains("does nothing in [text]; it belongs in desk, batch")
    );
}

#[test]
fn esc_can_only_leave() {
    let wrong = "mine.toml:2: `esc` leaves and never writes anything: it can only be bound to `screen.leave`";
    assert_eq!(says("[desk]\n\"esc\" = \"item.approve\"\n"), [wrong]);
    assert_eq!(says("[desk]\n\"k esc\" = \"screen.leave\"\n"), [wrong]);
}

#[test]
fn what_must_be_reachable_cannot_be_unbound() {
    assert_eq!(
        says("[desk]\n\"B\" = false\n"),
        ["mine.toml:2: [desk] has no key for `break.take`, which must always be reachable"]
    );
    assert_eq!(
        says("[desk]\n\"a\" = \"item.note\"\n"),
        ["mine.toml:2: [desk] has no key for `item.approve`, which must always be reachable"]
    );
    let nothing = opened("inherit = false\n", &[]);
    assert_eq!(nothing.findings.len(), COMMANDS.needed.len());
}

#[test]
fn what_is_no_keymap_is_told() {
    assert!(says("[dsek]\n")[0].starts_with("mine.toml:1: `[dsek]` is no place where keys mean something"));
    assert_eq!(says("keymap = \"vim\"\n"), ["mine.toml:1: `keymap` is neither `inherit` nor a table of keys"]);
    assert!(says("[desk]\n\"k\" = 3\n")[0].starts_with("mine.toml:2: `k` must be a command's name"));
    assert_eq!(says("[desk]\n\"F\" = false\n"), ["mine.toml:2: `F` was not bound; nothing to unbind"]);
    let broken = opened("[desk]\n\"k\" = \"item.note\n", &[]);
    assert!(broken.fell_back() && broken.findings[0].line == 2, "{:?}", broken.findings);
}

#[test]
fn a_circle_and_a_missing_file_are_told_where_they_are_named() {
    assert_eq!(says("\ninherit = \"mine.toml\"\n"), ["mine.toml:2: `inherit` goes in a circle"]);
    assert!(says("inherit = \"azety\"\n")[0].starts_with("mine.toml:1: there is no keymap `azety`"));
    let missing = open("qwerty", &COMMANDS, |_: &Path| Err(io::ErrorKind::NotFound.into()));
    assert!(missing.fell_back() && matches!(missing.findings[0].problem, Problem::NotAKeymap(_)));
    assert_eq!(missing.findings.len(), 1);
}

#[test]
fn all_mistakes_are_told_at_once_and_in_both_languages() {
    let text = "[desk]\n\"k\" = \"item.nonsense\"\n\"hyper-x\" = \"item.note\"\n\"esc\" = \"item.note\"\n";
    let opened = opened(text, &[]);
    assert_eq!(opened.findings.iter().map(|finding| finding.line).collect::<Vec<_>>(), [2, 3, 4]);
    for lang in Lang::ALL {
        let words = Words::new(lang);
        for finding in &opened.findings {
            let said = finding.say(&words);
            assert!(said.starts_with("mine.toml:") && !said.contains(['⟨', '{']), "{said}");
        }
    }
}
