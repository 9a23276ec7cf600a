//! Hostile pictures, built here byte by byte: none of them crashes, hangs or fills the memory, neither in this process
//! nor apart from it. The small ones that come with the demo open upright and at every step.

use flate2::{Compress, Compression, FlushCompress};
use moddesk::desk::picture::apart::decode_apart;
use moddesk::desk::picture::{MAX_FILE, Picture, Room, Step, Unfit, decode};
use proptest::prelude::*;
use std::path::Path;
use std::time::Instant;

const ROOM: Room = Room { width: 40, height: 40 };

fn apart(bytes: &[u8], step: Step, room: Room) -> Result<Picture, Unfit> {
    decode_apart(Path::new(env!("CARGO_BIN_EXE_moddesk")), bytes, step, room)
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

fn chunk(kind: &[u8; 4], data: &[u8], out: &mut Vec<u8>) {
    out.extend((data.len() as u32).to_be_bytes());
    let from = out.len();
    out.extend(kind);
    out.extend(data);
    let sum = crc(&out[from..]);
    out.extend(sum.to_be_bytes());
}

/// A PNG of this size and colour type whose pixels are these bytes, packed; with a chunk more before them.
fn png(width: u32, height: u32, depth: u8, colour: u8, more: &[(&[u8; 4], Vec<u8>)], packed: &[u8]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = [width.to_be_bytes(), height.to_be_bytes()].concat();
    head.extend([depth, colour, 0, 0, 0]);
    chunk(b"IHDR", &head, &mut out);
    for (kind, data) in more {
        chunk(kind, data, &mut out);
    }
    chunk(b"IDAT", packed, &mut out);
    chunk(b"IEND", &[], &mut out);
    out
}

/// So many MiB of nothing, packed: one MiB is packed once, and its block repeated.
fn packed(mebibytes: usize) -> Vec<u8> {
    let mut pack = Compress::new(Compression::best(), false);
    let mut block = Vec::with_capacity(1 << 14);
    pack.compress_vec(&[0; 1 << 20], &mut block, FlushCompress::Full).expect("memory takes it");
    assert_eq!(pack.total_in(), 1 << 20);
    let mut out = vec![0x78, 0xda];
    (0..mebibytes).for_each(|_| out.extend(&block));
    out.extend([3, 0]);
    let sum = ((mebibytes << 20) % 65_521) as u32;
    out.extend((sum << 16 | 1).to_be_bytes());
    out
}

fn gif(screen: (u16, u16), frame: (u16, u16), frames: usize) -> Vec<u8> {
    let mut out = b"GIF89a".to_vec();
    out.extend([screen.0.to_le_bytes(), screen.1.to_le_bytes()].concat());
    out.extend([0x80, 0, 0, 0, 0, 0, 255, 255, 255]);
    for _ in 0..frames {
        out.extend([0x2c, 0, 0, 0, 0]);
        out.extend([frame.0.to_le_bytes(), frame.1.to_le_bytes()].concat());
        out.extend([0, 2, 2, 0x4c, 0x01, 0]);
    }
    out.push(0x3b);
    out
}

fn bmp(width: i32, height: i32) -> Vec<u8> {
    let mut out = b"BM".to_vec();
    out.extend([0; 8]);
    out.extend(54u32.to_le_bytes());
    out.extend(40u32.to_le_bytes());
    out.extend([width.to_le_bytes(), height.to_le_bytes()].concat());
    out.extend([1, 0, 24, 0]);
    out.extend([0; 24]);
    out
}

fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let side = 8_192u32;
    let profile = [b"x\0\0".to_vec(), packed(300)].concat();
    let text = [b"Comment\0\0".to_vec(), packed(300)].concat();
    vec![
        ("larger than a side may be", png(8_193, 1, 8, 0, &[], &packed(1))),
        ("a side of four thousand million", png(u32::MAX, u32::MAX, 16, 6, &[], &packed(1))),
        ("within the sides and 512 MiB unpacked", png(side, side, 16, 6, &[], &packed(512))),
        ("within the sides and 268 MiB unpacked", png(side, side, 8, 6, &[], &packed(256))),
        ("a GIF of 65,535 by 65,535", gif((65_535, 65_535), (65_535, 65_535), 1)),
        ("a GIF whose frame is larger than it", gif((10, 10), (65_535, 65_535), 1)),
        ("a BMP of two thousand million", bmp(i32::MAX, i32::MAX)),
        ("a BMP upside down beyond all numbers", bmp(8_000, i32::MIN)),
        ("a colour profile that unpacks to 300 MiB", png(4, 4, 8, 0, &[(b"iCCP", profile)], &packed(1))),
        ("a comment that unpacks to 300 MiB", png(4, 4, 8, 0, &[(b"zTXt", text)], &packed(1))),
        ("a WebP that promises 16,384 by 16,384", {
            let mut out = b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0".to_vec();
            out.extend([0xff, 0x3f, 0, 0xff, 0x3f, 0, 0, 0, 0, 0, 0, 0]);
            out
        }),
        ("nothing", Vec::new()),
        ("the first bytes of a PNG", b"\x89PNG\r\n\x1a\n".to_vec()),
        (
            "a JPEG that never ends",
            [b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0".to_vec(), vec![0xff; 4096]].concat(),
        ),
        ("a file that is too large", [b"\x89PNG\r\n\x1a\n".to_vec(), vec![0; MAX_FILE]].concat()),
        ("a drawing in words", b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>".to_vec()),
    ]
}

/// Most memory that an ended child of this process took, in KiB.
fn most_of_a_child() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB");
    peak.trim().trim_end_matches(" kB").parse().expect("a number")
}

#[test]
fn no_bomb_goes_off() {
    let before = most_of_a_child();
    for (what, bytes) in bombs() {
        let began = Instant::now();
        for step in [Step::Blurred, Step::Whole] {
            let shown = apart(&bytes, step, ROOM);
            if let Ok(picture) = &shown {
                assert!(picture.width <= 4 && picture.height <= 4, "{what}: {picture:?}");
            }
        }
        assert!(began.elapsed().as_secs() < 60, "{what}");
    }
    let grown = most_of_a_child().saturating_sub(before) / 1024;
    assert!(grown < 256, "this process grew by {grown} MiB");
}

#[test]
fn each_is_named_for_what_is_wrong_with_it() {
    let says = |wanted: &str| {
        let bombs = bombs();
        let (_, bytes) = bombs.iter().find(|(what, _)| what.contains(wanted)).expect("there is one");
        apart(bytes, Step::Blurred, ROOM).map(|picture| (picture.width, picture.height))
    };
    assert_eq!(says("larger than a side"), Err(Unfit::TooLarge));
    assert_eq!(says("512 MiB"), Err(Unfit::TooLarge));
    assert_eq!(says("268 MiB"), Err(Unfit::TooLarge));
    assert_eq!(says("that is too large"), Err(Unfit::TooLarge));
    assert_eq!(says("in words"), Err(Unfit::Unknown));
    assert_eq!(says("the first bytes"), Err(Unfit::Broken));
}

fn demo(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/config/demo/pictures");
    std::fs::read(folder.join(name)).expect("it comes with the demo")
}

#[test]
fn animated_interlaced_sixteen_bit_and_transparent_ones_open_at_every_step() {
    let names = [
        "anim-disposal.gif",
        "anim.webp",
        "apng.png",
        "lossy-alpha.webp",
        "progressive.jpg",
        "rgba16.png",
        "interlaced.png",
    ];
    for name in names {
        for step in Step::ALL {
            let shown = apart(&demo(name), step, ROOM).unwrap_or_else(|why| panic!("{name} {step:?}: {why}"));
            assert!(shown.width <= ROOM.width && shown.height <= ROOM.height, "{name} {shown:?}");
            let grey = shown.rgb.chunks(3).all(|pixel| pixel[0] == pixel[1] && pixel[1] == pixel[2]);
            assert!(grey || step >= Step::Coloured, "{name}: no colour before its step");
        }
    }
}

#[test]
fn a_picture_is_at_most_a_quarter_of_its_size_until_the_last_step() {
    let room = Room { width: 4_000, height: 4_000 };
    for step in Step::ALL {
        let shown = decode(&demo("coffee.jpg"), step, room).expect("a picture");
        let whole = (shown.width, shown.height) == (600, 400);
        let quarter = shown.width <= 300 && shown.height <= 200;
        assert!(if step == Step::Whole { whole } else { quarter }, "{step:?} {shown:?}");
    }
}

#[test]
fn blur_leaves_less_to_be_told_apart() {
    let room = Room { width: 100, height: 100 };
    let contrast = |step| {
        let shown = decode(&demo("clock.png"), step, room).expect("a picture");
        let row = |y: u32| (1..shown.width).map(move |x| (x, y));
        let steps = (0..shown.height).flat_map(row).map(|(x, y)| shown.at(x, y)[1].abs_diff(shown.at(x - 1, y)[1]));
        steps.map(u64::from).sum::<u64>() * 1000 / u64::from(shown.width * shown.height)
    };
    let (blurred, clearer, whole) = (contrast(Step::Blurred), contrast(Step::Clearer), contrast(Step::Whole));
    assert!(blurred < clearer && clearer < whole, "{blurred} {clearer} {whole}");
}

/// A JPEG of 113 by 150 whose EXIF says how it is to be turned.
#[test]
fn a_picture_is_turned_upright() {
    let jpeg = demo("portrait-exif.jpg");
    let at = jpeg.windows(6).position(|six| six == b"\x01\x12\0\x03\0\0").expect("an orientation");
    let value = at + 9;
    assert_eq!(jpeg[value], 2, "as it came");
    let size = |turn: u8| {
        let mut jpeg = jpeg.clone();
        jpeg[value] = turn;
        let shown = decode(&jpeg, Step::Whole, Room { width: 500, height: 500 }).expect("a picture");
        (shown.width, shown.height)
    };
    assert_eq!([size(1), size(3)], [(113, 150); 2]);
    assert_eq!([size(6), size(8), size(5)], [(150, 113); 3]);
    assert_eq!(size(77), (113, 150), "one that means nothing");
    let narrow = decode(
        &{
            let mut jpeg = jpeg.clone();
            jpeg[value] = 6;
            jpeg
        },
        Step::Whole,
        Room { width: 15, height: 500 },
    );
    assert_eq!(narrow.map(|shown| shown.width), Ok(15), "the room is for the picture as it is shown");
}

#[test]
fn what_cannot_be_started_is_no_fault_of_the_picture() {
    let nowhere = decode_apart(Path::new("/nowhere/moddesk"), &demo("horse.png"), Step::Blurred, ROOM);
    assert_eq!(nowhere, Err(Unfit::Failed));
}

proptest! {
    #![proptest_config(ProptestConfig::default())]

    /// Damaged anywhere, cut off anywhere: an answer, and never a picture larger than the room.
    #[test]
    fn a_damaged_picture_is_refused_or_shown_within_its_room(
        which in 0usize..6, hits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(), cuts in any::<bool>(), step in 0usize..4,
    ) {
        let names = ["anim-disposal.gif", "lossy-alpha.webp", "apng.png", "progressive.jpg", "rgba16.png", "interlaced.png"];
        let mut bytes = demo(names[which]);
        for (at, byte) in hits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if cuts {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(shown) = decode(&bytes, Step::ALL[step], ROOM) {
            prop_assert!(shown.width <= ROOM.width && shown.height <= ROOM.height);
            prop_assert_eq!(shown.rgb.len(), (shown.width * shown.height * 3) as usize);
        }
    }
}

#[test]
fn an_import_names_each_picture_that_it_cannot_keep_and_takes_every_item_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("written");
    put("good.jpg", &demo("progressive.jpg"));
    put("other.gif", &demo("anim-disposal.gif"));
    put("torn.png", &demo("horse.png")[..9_000]);
    put("wide.png", &png(8_193, 1, 8, 0, &[], &packed(1)));
    put("words.png", b"these are words");
    let lines: Vec<String> = [
        ("good.jpg", "image/jpeg", None),
        ("other.gif", "image/gif", Some("0".repeat(64))),
        ("torn.png", "image/png", None),
        ("wide.png", "image/png", None),
        ("words.png", "image/png", None),
        ("gone.png", "image/png", None),
        ("../good.jpg", "image/jpeg", None),
        ("film.mp4", "video/mp4", None),
    ]
    .into_iter()
    .enumerate()
    .map(|(n, (path, mime, sha256))| {
        let medium = serde_json::json!({"path": path, "mime": mime, "sha256": sha256});
        serde_json::json!({"id": format!("m:{n}"), "media": [medium]}).to_string()
    })
    .collect();
    put("items.jsonl", lines.join("\n").as_bytes());
    put("config.toml", b"");
    let import = || {
        let done = std::process::Command::new(env!("CARGO_BIN_EXE_moddesk"))
            .args(["import", "items.jsonl", "--data-dir", "data", "--config", "config.toml"])
            .current_dir(folder.path())
            .output()
            .expect("it runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (done.status.code(), text(&done.stdout), text(&done.stderr))
    };
    let (code, out, err) = import();
    assert_eq!((code, out.trim()), (Some(0), "imported 8, updated 0, unchanged 0, refused 0"), "{err}");
    for told in [
        "line 2: without its picture other.gif: it is not the file whose sha256 is given",
        "line 3: without its picture torn.png: it is damaged",
        "line 4: without its picture wide.png: it is larger than",
        "line 5: without its picture words.png: it is no PNG, JPEG, GIF, WebP or BMP",
        "line 6: without its picture gone.png: there is no such file",
        "line 7: without its picture ../good.jpg: it lies outside",
        "line 8: without its picture film.mp4: only pictures are kept",
        "pictures: 1 kept, 7 not",
    ] {
        assert!(err.contains(told), "{told}: {err}");
    }
    assert!(!err.contains("line 1:"), "{err}");
    let hash = moddesk::store::audit::hex(&<sha2::Sha256 as sha2::Digest>::digest(demo("progressive.jpg")));
    let kept = folder.path().join("data/pictures").join(&hash[..2]).join(&hash);
    assert_eq!(std::fs::read(kept).expect("it is there"), demo("progressive.jpg"));
    put("gone.png", &demo("rgba16.png"));
    let (code, out, _) = import();
    assert_eq!((code, out.trim()), (Some(0), "imported 0, updated 1, unchanged 7, refused 0"), "one came later");
}
