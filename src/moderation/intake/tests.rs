use super::*;
use proptest::prelude::*;
use std::io::{self, Cursor, Read, Write};

/// Line numbers with ids or reasons.
type Lines = Vec<(u64, String)>;

fn read(bytes: &[u8], format: Format) -> (Lines, Lines, Ending) {
    let text = unpack(Cursor::new(bytes)).expect("unpacked");
    let mut items = Items::new(text, format);
    let (mut taken, mut refused) = (Vec::new(), Vec::new());
    for item in items.by_ref() {
        match item {
            Ok(incoming) => taken.push((incoming.line, incoming.item.id)),
            Err(line) => refused.push((line.line, line.error)),
        }
    }
    (taken, refused, items.ending())
}

/// Why a single line is refused.
fn why(line: &[u8]) -> String {
    let (taken, refused, _) = read(line, Format::Jsonl);
    assert!(taken.is_empty(), "taken: {taken:?}");
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].0, 1);
    refused[0].1.clone()
}

const SECRET: &str = "geheim";

#[test]
fn each_bad_line_is_named_with_what_to_do_and_without_content() {
    for (line, expected) in [
        ("geheim", "this is no JSON object: write one item a line, {\"id\": …, \"text\": …}"),
        ("5", "this is no JSON object: write one item a line, {\"id\": …, \"text\": …}"),
        ("[{\"id\":\"1\"}]", "this is a JSON array: write one object a line (jq -c '.[]' does it)"),
        ("[", "this is a JSON array: write one object a line (jq -c '.[]' does it)"),
        ("{", "the JSON breaks off at the end of the line: write the whole item on one line"),
        (
            "{\"id\":\"1\",\"text\":\"geheim",
            "the JSON breaks off at the end of the line: write the whole item on one line",
        ),
        ("{\"id\":\"1\" \"text\":1}", "this is no JSON from column 11 on: check quotes, commas and escapes"),
        ("{\"text\":\"geheim\"}", "the field id is missing: give the item the platform's id"),
        (
            "{\"id\":\"1\",\"text\":\"geheim\",\"colour\":1}",
            "unknown field colour: take it out, or call it x_colour to keep it",
        ),
        (
            "{\"id\":\"1\",\"text\":\"x\",\"author\":{\"age\":\"geheim\"}}",
            "unknown field age in author: take it out, or put it under a field x_…",
        ),
        ("{\"id\":\"1\",\"text\":\"x\",\"severity\":9}", "severity must be a whole number, 0 to 4"),
        ("{\"id\":\"1\",\"text\":\"x\",\"severity\":\"geheim\"}", "severity must be a whole number, 0 to 4"),
        ("{\"id\":\"1\",\"text\":\"x\",\"revision\":0}", "revision must be 1 or more"),
        ("{\"id\":\"1\",\"text\":\"x\",\"revision\":-1}", "revision must be a whole number, 1 or more"),
        ("{\"id\":\"1\",\"text\":{\"geheim\":1}}", "text must be a text"),
        ("{\"id\":1,\"text\":\"x\"}", "id must be a text"),
        ("{\"id\":\"\",\"text\":\"x\"}", "id must be 1 to 200 bytes of printable ASCII"),
        (
            "{\"id\":\"1\",\"text\":\"x\",\"created_at\":\"geheim\"}",
            "created_at must be a time such as 2026-11-22T08:00:00Z",
        ),
        (
            "{\"id\":\"1\",\"text\":\"x\",\"kind\":\"geheim\"}",
            "kind must be one of comment, post, message, review, listing, profile, image, video, audio, other",
        ),
        ("{\"id\":\"1\",\"text\":\"x\",\"text\":\"geheim\"}", "field text is there twice: keep one of them"),
        (
            "{\"id\":\"1\",\"text\":\"x\",\"author\":{\"id\":\"a\",\"id\":\"geheim\"}}",
            "a field id is there twice: keep one of them",
        ),
        ("{\"id\":\"1\"}", "at least one of title, text, media, attributes must be there"),
        ("{\"id\":\"1\",\"text\":\"x\",\"scores\":{\"toxicity\":2}}", "scores.toxicity must be a number from 0 to 1"),
        ("{\"id\":\"1\",\"text\":\"x\",\"priority\":1000}", "priority must be -100 to 100"),
        ("{\"id\":\"1\",\"text\":\"x\",\"sealed\":\"geheim\"}", "sealed must be null or \"csam\""),
        (
            "{\"id\":\"1\",\"text\":\"x\",\"\\u001b[31m\":1}",
            "unknown field [31m: take it out, or call it x_[31m to keep it",
        ),
    ] {
        let error = why(line.as_bytes());
        assert_eq!(error, expected, "{line}");
        assert!(!error.contains(SECRET) && !error.contains(char::is_control), "{error}");
    }
}

#[test]
fn what_is_not_utf8_is_named_by_its_byte() {
    assert_eq!(
        why(b"{\"id\":\"1\",\"text\":\"\xff\"}"),
        "this is not UTF-8 from byte 19 of the line on: save the file as UTF-8"
    );
}

#[test]
fn good_lines_go_in_around_the_bad_ones_and_blank_lines_count() {
    let file = "\u{feff}{\"id\":\"1\",\"text\":\"a\"}\r\n\r\n \t\nnonsense\n{\"id\":\"5\",\"text\":\"b\"}";
    let (taken, refused, ending) = read(file.as_bytes(), Format::Jsonl);
    assert_eq!(taken, [(1, "1".into()), (5, "5".into())]);
    assert_eq!(refused.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [4]);
    assert_eq!(ending, Ending::Whole);
}

#[test]
fn limits_refuse_that_line_and_nothing_else() {
    let long = |bytes: usize| format!("{{\"id\":\"1\",\"text\":\"{}\"}}\n", "a".repeat(bytes));
    let context = format!("{{\"id\":\"3\",\"text\":\"x\",\"context\":[{}]}}\n", vec!["{}"; 201].join(","));
    let media = format!("{{\"id\":\"4\",\"media\":[{}]}}\n", vec!["{}"; 33].join(","));
    let file = [long(5 << 20), long((1 << 20) + 1), context, media, long(1 << 20)].concat();
    let (taken, refused, _) = read(file.as_bytes(), Format::Jsonl);
    assert_eq!(taken, [(5, "1".into())]);
    assert_eq!(
        refused,
        [
            (1, "this line is over the limit of 4 MiB: shorten it, or split it".to_owned()),
            (2, "text is over its limit of 1 MiB".into()),
            (3, "context is over its limit of 200 messages".into()),
            (4, "media is over its limit of 32".into()),
        ]
    );
}

/// Gives the same bytes for ever, and counts them.
struct Endless<'a>(&'a mut u64);

impl Read for Endless<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        into.fill(b'a');
        *self.0 += into.len() as u64;
        if *self.0 > 256 << 20 { Err(io::Error::other("enough")) } else { Ok(into.len()) }
    }
}

#[test]
fn a_line_without_an_end_is_never_kept() {
    let mut given = 0;
    let mut lines = lines::Lines::new(io::BufReader::new(Endless(&mut given)));
    assert!(matches!(lines.next(), lines::Line::Broken(_)));
    assert!(lines.buffer.capacity() <= 8 << 20, "{}", lines.buffer.capacity());
    assert!(given > 200 << 20);
}

fn packed(text: &[u8]) -> Vec<u8> {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(text).expect("in memory");
    gz.finish().expect("in memory")
}

#[test]
fn a_truncated_gz_keeps_what_came_before_and_names_the_line() {
    let lines: String = (0..20_000).map(|n| format!("{{\"id\":\"{n}\",\"text\":\"{}\"}}\n", n * 7919)).collect();
    let whole = packed(lines.as_bytes());
    let (taken, refused, ending) = read(&whole[..whole.len() / 2], Format::Jsonl);
    assert!(taken.len() > 5_000 && taken.len() < 20_000);
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].0, taken.len() as u64 + 1);
    assert!(refused[0].1.starts_with("the .gz file breaks off here: what came before is in"), "{}", refused[0].1);
    assert_eq!(ending, Ending::Broken);
}

#[test]
fn a_damaged_gz_says_so_and_two_members_are_one_file() {
    let mut damaged = packed(&b"{\"id\":\"1\",\"text\":\"a\"}\n".repeat(10_000));
    let middle = damaged.len() / 2;
    damaged[middle..middle + 20].fill(0xff);
    let (_, refused, ending) = read(&damaged, Format::Jsonl);
    assert!(refused.last().is_some_and(|(_, error)| error.contains(".gz file")), "{refused:?}");
    assert_eq!(ending, Ending::Broken);
    let two = [packed(b"{\"id\":\"1\",\"text\":\"a\"}\n"), packed(b"{\"id\":\"2\",\"text\":\"a\"}\n")].concat();
    assert_eq!(read(&two, Format::Jsonl).0.len(), 2);
}

#[test]
fn an_empty_file_says_so_at_its_end() {
    assert_eq!(read(b"", Format::Jsonl).2, Ending::Empty);
    assert_eq!(read(b"\n\n \r\n", Format::Jsonl).2, Ending::Empty);
    assert_eq!(read(b"id,text\n", Format::Csv).2, Ending::Empty);
}

#[test]
fn csv_columns_fill_the_fields_of_an_item() {
    let file = "id;lang;text;author_name;author.removed;attributes.prix;scores.toxicity;online;report.reason;x_batch\r\n\
                1;fr;\"Bonjour; \"\"toi\"\"\r\ndeux lignes\";paul_m;3;12 €;0,91;oui;haine;7\r\n\
                2;;seul;;;;;;;\r\n";
    let mut items = Items::new(file.as_bytes(), Format::Csv);
    let first = items.next().expect("an item").expect("taken");
    assert_eq!(first.line, 2);
    let json = serde_json::to_value(&first.item).expect("an item is JSON");
    assert_eq!(
        json,
        serde_json::json!({
            "id": "1", "revision": 1, "kind": "comment", "lang": "fr", "text": "Bonjour; \"toi\"\r\ndeux lignes",
            "author": {"name": "paul_m", "removed": 3}, "attributes": {"prix": "12 €"}, "scores": {"toxicity": 0.91},
            "online": true, "reports": [{"by": "user", "reason": "haine"}], "severity": 0, "x_batch": "7",
        })
    );
    let second = items.next().expect("an item").expect("taken");
    assert_eq!((second.line, second.item.id.as_str(), second.item.author.is_none()), (4, "2", true));
    assert!(items.next().is_none());
}

#[test]
fn bad_csv_is_named_with_its_line() {
    for (file, line, expected) in [
        ("text\nx\n", 1, "there is no column id: the first line must name the columns, and one must be id"),
        (
            "id,geheimnis\n1,x\n",
            1,
            "unknown column geheimnis: rename it to a field of an item, or to x_geheimnis to keep it",
        ),
        ("id,text,text\n", 1, "column text is there twice: keep one of them"),
        ("id,text\n1,a,b\n", 2, "3 cells where the head line names 2 columns: check quotes and commas"),
        ("id,text,severity\n1,a,9\n", 2, "severity must be a whole number, 0 to 4"),
        ("id,text,severity\n1,a,high\n", 2, "severity must be a whole number, 0 to 4"),
        ("id,text,author.posts\n1,a,many\n", 2, "author.posts must be a whole number"),
        ("id,text\n,geheim\n", 2, "the field id is missing: give the item the platform's id"),
        (
            "id,text\n1,\"geheim\n2,b\n",
            2,
            "a quote opened in this record is never closed, so nothing after it was read: close it, or double it",
        ),
    ] {
        let (_, refused, _) = read(file.as_bytes(), Format::Csv);
        assert_eq!(refused, [(line, expected.to_owned())], "{file}");
    }
}

#[test]
fn a_csv_record_over_the_limit_is_refused_alone() {
    let file = format!("id,text\n1,\"{}\"\n2,b\n", "a\n".repeat(3 << 20));
    let (taken, refused, _) = read(file.as_bytes(), Format::Csv);
    assert_eq!(refused, [(2, "this record is over the limit of 4 MiB: shorten it, or split it".to_owned())]);
    assert_eq!(taken.len(), 1);
}

#[test]
fn the_format_is_told_by_the_name() {
    assert_eq!(Format::by_name("a/Items.CSV.gz"), Format::Csv);
    assert_eq!(Format::by_name("items.jsonl"), Format::Jsonl);
    assert_eq!(Format::by_name("-"), Format::Jsonl);
}

proptest! {
    #[test]
    fn no_bytes_panic_and_every_line_is_accounted_for(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for format in [Format::Jsonl, Format::Csv] {
            if !bytes.starts_with(&[0x1f, 0x8b]) {
                let (taken, refused, _) = read(&bytes, format);
                prop_assert!(taken.is_empty() || format == Format::Csv);
                for (_, error) in refused {
                    prop_assert!(!error.contains(char::is_control));
                }
            }
        }
    }

    #[test]
    fn refusals_never_quote_a_value(field in "[a-z_]{1,12}", value in "zq[A-Z]{6}") {
        for line in [
            format!("{{\"id\":\"1\",\"text\":\"x\",\"{field}\":\"{value}\",\"severity\":\"{value}\"}}"),
            format!("{{\"id\":\"1\",\"{field}\":{{\"id\":[\"{value}\"]}},\"live\":\"{value}\"}}"),
            format!("{{\"id\":\"1\",\"kind\":\"{value}\",\"{field}\":1}}"),
        ] {
            let (_, refused, _) = read(line.as_bytes(), Format::Jsonl);
            for (_, error) in refused {
                prop_assert!(!error.contains(&value), "{error}");
            }
        }
    }
}
