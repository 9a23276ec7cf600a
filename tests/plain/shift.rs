//! Whole shifts through a pipe, on the real program and the real queue.

use super::pipe::{Pipe, house, moddesk};
use serde_json::{Value, json};

const CONFIG: &str = "[desk]\nmoderator = \"ines\"\nguard = \"0s\"\n";

fn decisions(folder: &std::path::Path) -> Vec<(String, String, String)> {
    let (code, out) = moddesk(folder, &["export", "decisions"]);
    assert_eq!(code, 0);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let lines = out.lines().map(|line| serde_json::from_str::<Value>(line).expect("a decision"));
    lines.map(|line| (text(&line["item"]), text(&line["verdict"]), text(&line["policy"]))).collect()
}

fn decided(item: &str, verdict: &str, policy: &str) -> (String, String, String) {
    (item.to_owned(), verdict.to_owned(), policy.to_owned())
}

#[test]
fn a_shift_from_its_first_line_to_its_last() {
    let turn = "Your turn:";
    let house = house(
        CONFIG,
        &[
            json!({
                "id": "t:1", "kind": "comment", "channel": "forum", "lang": "en", "text": "Hello there.\n\nSee https://evil.example/x",
                "subject": {"title": "Trains on Friday"}, "author": {"id": "u1", "name": "paul"},
                "context": [{"author": "claire", "text": "First!"}], "reports": [{"by": "user", "reason": "spam"}],
            }),
            json!({"id": "t:2", "lang": "en", "text": "You utter moron. Nice day though.", "severity": 2}),
            json!({"id": "t:3", "lang": "en", "text": "I know where you live"}),
        ],
    );
    let mut desk = Pipe::open(house.path(), &[]);
    desk.hears("stays in the scrollback");
    desk.hears("Enter brings the first item");
    desk.hears("Enter:");
    desk.types("");
    desk.hears("comment, forum, en. reported once: Spam 1. no deadline");
    desk.hears("\nHello there.\nSee hxxps://evil[.]example/x\n");
    desk.hears(turn);
    desk.asks("", "An empty line decides nothing", turn);
    desk.asks("v", "claire: First!", turn);
    desk.asks("xyzzy", "xyzzy is no command here", turn);
    desk.asks("d", "Which policy?", turn);
    desk.asks("r Thank you", "Public reply kept", turn);
    desk.asks("a", "approved; u takes it back.", turn);
    // The next one is told in the same breath, masked in words.
    desk.asks("u", "taken back", turn);
    desk.asks(".", "composed: public reply", turn);
    desk.asks("delete spam", "deleted under spam;", "disturbing");
    desk.hears("[insult and profanity, 3 words]. Nice day though.");
    desk.hears(turn);
    desk.asks("a", "not seen: o to open", turn);
    desk.asks("spell", "It is covered", turn);
    desk.asks("o", "You utter moron. Nice day though.", turn);
    desk.asks("m hide insult", "hidden under insult and profanity;", turn);
    desk.asks("d t", "a grave policy", "Yes or no:");
    desk.asks("no", "Not done", turn);
    desk.asks("d t", "a grave policy", "Yes or no:");
    desk.asks("d t", "deleted under threat;", "Nothing waits");
    desk.hears("Enter:");
    desk.asks("q", "End of shift. 3 decided", "Enter:");
    desk.asks("n the trains are late", "The next shift will read your notes", "Enter:");
    desk.types("");
    desk.ended_with(0);
    let expected =
        [decided("t:1", "delete", "spam"), decided("t:2", "restrict", "insult"), decided("t:3", "delete", "threat")];
    assert_eq!(decisions(house.path()), expected);
    assert_eq!(moddesk(house.path(), &["audit", "verify"]).0, 0);

    let mut next = Pipe::open(house.path(), &[]);
    next.hears("the trains are late");
    next.ends_input();
    next.ended_with(0);
}

#[test]
fn en_francais_la_fin_de_l_entree_finit_le_service() {
    let turn = "À vous\u{a0}:";
    let house = house(
        CONFIG,
        &[
            json!({"id": "f:1", "lang": "fr", "text": "Payez avec р\u{430}ypal fr\u{200b}ais"}),
            json!({"id": "f:2", "lang": "fr", "text": "Espèce d’abruti. Bonjour."}),
        ],
    );
    let mut desk = Pipe::open(house.path(), &["--lang", "fr", "--go"]);
    desk.hears("reste dans l’historique");
    desk.hears(turn);
    desk.asks("épeler", "cyrillique U+0430, ressemble à a", turn);
    desk.asks("masquer", "1", turn);
    desk.asks("retirer spam", "retiré pour spam", "[insulte et grossièreté, 1 mot]");
    desk.hears(turn);
    desk.asks("/bonjour", "1", turn);
    desk.ends_input();
    desk.hears("fin");
    desk.ended_with(0);
    assert_eq!(decisions(house.path()), [decided("f:1", "delete", "spam")]);
}

#[test]
fn a_break_says_until_when_and_nothing_typed_ends_it() {
    let config = format!(
        "{CONFIG}confirm_unseen = false\n[wellbeing]\nweakened_because = \"a test\"\nacute_limit = 1\nbreak_half_life = \"100ms\"\n\
         breaks = {{ acute = \"3s\" }}\n"
    );
    let image = |id: &str| json!({"id": id, "kind": "image", "severity": 2, "text": "a picture"});
    let house = house(&config, &[image("b:1"), image("b:2")]);
    let mut desk = Pipe::open(house.path(), &["--go"]);
    desk.hears("weaker than shipped: a test");
    desk.hears("Your turn:");
    desk.asks("o", "a picture", "Your turn:");
    desk.asks("a", "Break. You have seen a lot of hard content in a short time.", "It lasts until");
    desk.hears("Break:");
    desk.asks("a", "no key ends it early", "Break:");
    desk.asks("?", "Nothing ends a break early", "Break:");
    desk.hears("The break is over. Press Enter");
    desk.hears("Break:");
    desk.types("");
    desk.hears("image");
    desk.hears("Your turn:");
    desk.asks("q", "End of shift", "Enter:");
    desk.types("");
    let said = desk.ended_with(0);
    assert!(!said.contains("b:2"), "{said}");
    assert_eq!(decisions(house.path()), [decided("b:1", "approve", "")]);
}

#[test]
fn a_second_desk_without_a_terminal_leaves_and_the_first_goes_on() {
    let house = house(CONFIG, &[json!({"id": "s:1", "text": "words"})]);
    let mut first = Pipe::open(house.path(), &["--go"]);
    first.hears("Your turn:");
    let second = Pipe::open(house.path(), &["--go"]);
    second.ended_with(1);
    first.asks("a", "approved;", "Enter:");
    let pid = rustix::process::Pid::from_raw(i32::try_from(first.id()).expect("a pid")).expect("a pid");
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).expect("it is there");
    first.ended_with(143);
    assert_eq!(decisions(house.path()), [decided("s:1", "approve", "")], "what was held left before the end");
}
