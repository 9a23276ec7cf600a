use super::*;
use proptest::prelude::*;

fn keys(chunks: &[&[u8]], gap: Duration) -> Vec<Input> {
    let mut now = Instant::now();
    let mut decoder = Decoder::new(Guard::LOCAL, now);
    let mut out = Vec::new();
    for chunk in chunks {
        decoder.feed(chunk, now, &mut out);
        now += gap;
        while let Some(deadline) = decoder.deadline().filter(|d| *d <= now) {
            decoder.lapse(deadline, &mut out);
        }
    }
    while let Some(deadline) = decoder.deadline() {
        decoder.lapse(deadline, &mut out);
    }
    out.into_iter().map(|heard| heard.input).collect()
}

fn names(bytes: &[u8]) -> String {
    let named = keys(&[bytes], Duration::ZERO).into_iter().map(|input| match input {
        Input::Key(key) => key.to_string(),
        other => format!("{other:?}"),
    });
    named.collect::<Vec<_>>().join(" ")
}

#[test]
fn every_known_sequence_has_its_key() {
    for (bytes, expected) in [
        (&b"aV \r\t\x7f\x08"[..], "a V space enter tab backspace backspace"),
        (b"\x00\x01\x1a\x0c\x1f", "ctrl-space ctrl-a ctrl-z ctrl-l ctrl-_"),
        ("é漢🦀".as_bytes(), "é 漢 🦀"),
        (b"\x1b[A\x1bOB\x1b[1;5C\x1b[1;2D", "up down ctrl-right shift-left"),
        (b"\x1b[H\x1b[4~\x1b[5~\x1b[6;3~\x1b[3~\x1b[2~", "home end pageup alt-pagedown delete insert"),
        (b"\x1bOP\x1b[15~\x1b[24~\x1b[[B\x1b[1;2R", "f1 f5 f12 f2 shift-f3"),
        (b"\x1b[Z\x1bx\x1b\r\x1b\x7f", "shift-tab alt-x alt-enter alt-backspace"),
        (b"\x1b", "esc"),
        (b"\x1b\x1b", "esc esc"),
        (b"\x1b\x1b[A", "esc up"),
        (b"\x1bO5p\x1bOM\x1bOk", "ctrl-0 enter +"),
        (b"\x1b[97;5u\x1b[97;2u\x1b[97;1:3u\x1b[27;5;9~", "ctrl-a A ctrl-tab"),
        (b"\x1b[0n", "Echo"),
        (b"\x1b[99~", "unknown"),
        (b"\xff\xc3(", "\u{FFFD} \u{FFFD} ("),
    ] {
        assert_eq!(names(bytes), expected, "{}", bytes.escape_ascii());
    }
}

#[test]
fn what_nobody_asked_for_is_no_key() {
    for bytes in [
        &b"\x1b[I\x1b[O"[..],
        b"\x1b[M !!",
        b"\x1b[<0;10;10M\x1b[<0;10;10m",
        b"\x1b]11;rgb:dada/dada/dada\x1b\\",
        b"\x1b]52;c;ZGVsZXRl\x07",
        b"\x1bP1$r0m\x1b\\",
        b"\x1b[?62;22c\x1b[12;40R\x1b[?2026;2$y",
    ] {
        assert_eq!(names(bytes), "", "{}", bytes.escape_ascii());
    }
}

#[test]
fn a_paste_is_text_and_never_keys() {
    let text = "da\r\nd\r".repeat(400);
    let bytes = format!("\x1b[200~{text}\x1b[A\x07é\x1b[201~a");
    let heard = keys(&[bytes.as_bytes()], Duration::ZERO);
    let expected = "da\nd\n".repeat(400) + "[Aé";
    assert_eq!(heard, [Input::Paste(expected), Input::Key(Key::char('a'))]);
}

#[test]
fn a_paste_beyond_the_limit_still_ends() {
    let mut bytes = b"\x1b[200~".to_vec();
    bytes.resize(PASTE + 100_000, b'd');
    bytes.extend(b"\x1b[201~x");
    let heard = keys(&[&bytes], Duration::ZERO);
    assert_eq!(heard.len(), 2);
    assert!(matches!(&heard[0], Input::Paste(text) if text.len() == PASTE));
}

/// An escape torn from its arrow by more than the guard costs an Esc, which writes nothing, and never a letter.
#[test]
fn a_torn_arrow_is_never_a_letter() {
    let gap = Duration::from_millis(100);
    for sequence in [&b"\x1b[A"[..], b"\x1bOA", b"\x1b[1;5D", b"\x1b[15~", b"\x1b[[A"] {
        for cut in 1..sequence.len() {
            let heard = keys(&[&sequence[..cut], &sequence[cut..]], gap);
            let last = match heard.last() {
                Some(Input::Key(key)) => key.code,
                other => panic!("{other:?}"),
            };
            assert!(!matches!(last, Code::Char(_)), "{} cut at {cut}", sequence.escape_ascii());
            let escapes = heard.len() - 1;
            assert_eq!(escapes, usize::from(cut == 1), "{} cut at {cut}: {heard:?}", sequence.escape_ascii());
        }
    }
}

#[test]
fn a_bracket_long_after_an_escape_is_a_key() {
    let heard = keys(&[b"\x1b", b"[", b"x"], Duration::from_secs(2));
    assert_eq!(heard, [Input::Key(Key::plain(Code::Esc)), Input::Key(Key::char('[')), Input::Key(Key::char('x'))]);
}

#[test]
fn idle_wants_no_waking() {
    let now = Instant::now();
    let mut decoder = Decoder::new(Guard::LOCAL, now);
    let mut out = Vec::new();
    assert_eq!(decoder.deadline(), None);
    decoder.feed("a\x1b[Aé\x1b[200~x\x1b[201~".as_bytes(), now, &mut out);
    assert_eq!(decoder.deadline(), None);
    decoder.feed(b"\x1b", now, &mut out);
    assert_eq!(decoder.deadline(), Some(now + Duration::from_millis(25)));
}

fn piece() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::sample::select(vec![
            &b"\x1b[A"[..],
            b"\x1bOB",
            b"\x1b[1;5C",
            b"\x1b[6~",
            b"\x1b[[C",
            b"\x1b[Z",
            b"\x1bx",
            b"\x1b",
            b"\r",
            b"\x1b[M!!!",
            b"\x1b]0;x\x07",
            b"\x1b[200~ad\rq\x1b[201~",
            b"\x1b[I",
            b"\x1b[97;5u",
        ])
        .prop_map(<[u8]>::to_vec),
        any::<char>().prop_map(|c| c.to_string().into_bytes()),
        prop::collection::vec(any::<u8>(), 0..6),
    ]
}

proptest! {
    #[test]
    fn where_the_bytes_are_cut_changes_nothing(
        pieces in prop::collection::vec(piece(), 0..12),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let bytes = pieces.concat();
        let mut at: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        at.extend([0, bytes.len()]);
        at.sort_unstable();
        let chunks: Vec<&[u8]> = at.windows(2).map(|pair| &bytes[pair[0]..pair[1]]).collect();
        prop_assert_eq!(keys(&chunks, Duration::from_millis(1)), keys(&[&bytes], Duration::ZERO));
    }
}
