//! What is read, and what of it always holds.

use moddesk::config::{policies, templates};
use moddesk::desk::picture::{Room, Step, decode};
use moddesk::moderation::filter::Filter;
use moddesk::moderation::intake::{Format, Items, unpack};
use moddesk::moderation::template::parts;
use moddesk::text::mark::{self, Shown};
use moddesk::text::{Untrusted, language, links, scrub, wrap};
use moddesk::tui::command::names::COMMANDS;
use moddesk::tui::keymap::check;
use std::io::{self, BufReader, Cursor};
use std::path::Path;

pub struct Target {
    pub name: &'static str,
    pub seeds: Vec<Vec<u8>>,
    pub read: fn(&[u8]),
}

const ITEMS: &str = include_str!("../../src/config/demo/items.jsonl");

fn texts(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

/// A few lines at a time, so that damage in one has neighbours.
fn items() -> Vec<Vec<u8>> {
    let lines: Vec<&str> = ITEMS.lines().collect();
    lines.chunks(4).map(|lines| lines.join("\n").into_bytes()).collect()
}

pub fn all() -> Vec<Target> {
    vec![
        Target { name: "scrub", seeds: items(), read: scrubbed },
        Target { name: "import", seeds: items(), read: imported },
        Target {
            name: "import csv",
            seeds: texts(&[
                "id,text,author,lang\na:1,\"two\nlines, and a comma\",u1,en\na:2,quoted \"\" inside,u2,fr\n",
                "id;text;url\nb:1;mot;https://example.org/\n",
                "id\ttext\nc:1\twords\n",
            ]),
            read: imported_csv,
        },
        Target { name: "import gzip", seeds: vec![packed()], read: imported },
        Target {
            name: "filter",
            seeds: texts(&[
                "lang:fr author:zorglub* due:<15m severity:>=2 \"free money\"",
                "-text:spam queue:meteo-comments client:meteo received:>2026-11-01",
                "reports:>3 link:evil.example -\"a \\\" b\" id:a:1",
            ]),
            read: filtered,
        },
        Target {
            name: "templates",
            seeds: texts(&[
                include_str!("../../src/config/demo/meteo-replies.toml"),
                include_str!("../../src/config/demo/courier-replies.toml"),
                include_str!("../../src/config/demo/fairmarket-replies.toml"),
            ]),
            read: answered,
        },
        Target {
            name: "template",
            seeds: texts(&[
                "Dear {{author.name}}, {{ask: what happened}} under {{policy.title}}.",
                "{{item.id}} }} {{",
            ]),
            read: |input| drop(parts(&String::from_utf8_lossy(input))),
        },
        Target {
            name: "keymaps",
            seeds: texts(&[
                include_str!("../../keymaps/default.toml"),
                include_str!("../../keymaps/azerty.toml"),
                include_str!("../../keymaps/vim.toml"),
                include_str!("../../keymaps/one-hand.toml"),
            ]),
            read: keyed,
        },
        Target {
            name: "policies",
            seeds: texts(&[
                include_str!("../../src/config/policies.toml"),
                include_str!("../../src/config/demo/meteo.toml"),
                include_str!("../valid_policies/meteo.toml"),
            ]),
            read: |input| drop(policies::check(&String::from_utf8_lossy(input))),
        },
        Target { name: "pictures", seeds: pictures(), read: decoded },
    ]
}

/// Small ones of every kind.
fn pictures() -> Vec<Vec<u8>> {
    let all: [&[u8]; 8] = [
        include_bytes!("../../src/config/demo/pictures/anim-disposal.gif"),
        include_bytes!("../../src/config/demo/pictures/anim.webp"),
        include_bytes!("../../src/config/demo/pictures/apng.png"),
        include_bytes!("../../src/config/demo/pictures/interlaced.png"),
        include_bytes!("../../src/config/demo/pictures/lossy-alpha.webp"),
        include_bytes!("../../src/config/demo/pictures/portrait-exif.jpg"),
        include_bytes!("../../src/config/demo/pictures/progressive.jpg"),
        include_bytes!("../../src/config/demo/pictures/rgba16.png"),
    ];
    all.map(<[u8]>::to_vec).into()
}

/// What can be decoded is no larger than the room, and has as many pixels as it says.
fn decoded(input: &[u8]) {
    let room = Room { width: 120, height: 80 };
    for step in [Step::Blurred, Step::Whole] {
        if let Ok(picture) = decode(input, step, room) {
            assert!(picture.width <= room.width && picture.height <= room.height);
            assert_eq!(picture.rgb.len(), (picture.width * picture.height) as usize * 3);
        }
    }
}

fn packed() -> Vec<u8> {
    use std::io::Write;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(ITEMS.as_bytes()).expect("memory takes everything");
    packer.finish().expect("memory takes everything")
}

/// No byte that a terminal obeys, nothing that turns the order of reading.
fn is_safe(text: &str, lines: bool) -> bool {
    text.chars().all(|c| {
        !((c.is_control() && !(lines && c == '\n'))
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}'))
    })
}

fn scrubbed(input: &[u8]) {
    let text = Untrusted::from(String::from_utf8_lossy(input).into_owned());
    let block = scrub::block(&text);
    assert!(is_safe(block.as_str(), true));
    assert!(is_safe(scrub::line(&text).as_str(), false));
    let lines = wrap::wrap(block.as_str(), 78);
    assert!(lines.iter().all(|line| is_safe(&block.as_str()[line.range.clone()], true)));
    let hits = mark::find(&block, "a");
    let _ = Shown::open(block, &[]).wrap(40);
    let _ = (hits, links::targets(&text), language::guess(text.raw()));
}

fn imported(input: &[u8]) {
    take_in(input, Format::Jsonl);
}

fn imported_csv(input: &[u8]) {
    take_in(input, Format::Csv);
}

fn take_in(input: &[u8], format: Format) {
    let Ok(reader) = unpack(BufReader::new(Cursor::new(input.to_vec()))) else { return };
    let mut items = Items::new(reader, format);
    for read in items.by_ref().take(100_000) {
        if let Err(refused) = read {
            assert!(is_safe(&refused.error, false), "{:?}", refused.error);
        }
    }
    let _ = items.ending();
}

fn filtered(input: &[u8]) {
    let typed = String::from_utf8_lossy(input);
    match typed.parse::<Filter>() {
        Ok(filter) => {
            let printed = filter.to_string();
            assert_eq!(printed.parse::<Filter>().as_ref(), Ok(&filter), "{printed:?}");
        }
        Err(error) => assert!(error.at <= typed.chars().count() && !error.pointed(&typed).is_empty()),
    }
}

fn answered(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let _ = templates::read(&text, "meteo");
    let _ = templates::check(&text, Some(policies::built_in()));
}

fn keyed(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let read = |path: &Path| {
        if path == Path::new("damaged.toml") { Ok(text.to_string()) } else { Err(io::ErrorKind::NotFound.into()) }
    };
    let _ = check("damaged.toml", &COMMANDS, read);
}
