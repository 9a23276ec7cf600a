//! Pictures drawn by the terminal itself, as kitty does it; only where the configuration asks for it.
//!
//! What must stay true: a picture is sent under this program's own number, and taken away by that number before
//! anything else may take its place, on every way out. Nothing is asked of the terminal, so nothing comes back.

use super::pen::digits;
use crate::desk::picture::Picture;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use ratatui::layout::Rect;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

/// One has been sent since the screen was entered: the way out takes it away.
static SENT: AtomicBool = AtomicBool::new(false);

/// Bytes of one piece, before they are written in 64 signs.
const PIECE: usize = 3_072;

const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn number() -> u32 {
    0x6d00_0000 | std::process::id() & 0x00ff_ffff
}

/// What takes the picture away, with its data; nothing where none was sent.
pub(super) fn wipe() -> Vec<u8> {
    if SENT.swap(false, Ordering::Relaxed) { away() } else { Vec::new() }
}

fn away() -> Vec<u8> {
    let mut out = b"\x1b_Ga=d,d=I,q=2,i=".to_vec();
    digits(number(), &mut out);
    out.extend(b"\x1b\\");
    out
}

/// What draws a picture over these cells, the cursor left where it was.
pub(super) fn draw(picture: &Picture, area: Rect, out: &mut Vec<u8>) {
    SENT.store(true, Ordering::Relaxed);
    out.extend(b"\x1b7\x1b[");
    digits(u32::from(area.y) + 1, out);
    out.push(b';');
    digits(u32::from(area.x) + 1, out);
    out.push(b'H');
    let packed = packed(&picture.rgb);
    let mut pieces = packed.chunks(PIECE).peekable();
    let mut first = true;
    while let Some(piece) = pieces.next() {
        out.extend(b"\x1b_G");
        if std::mem::take(&mut first) {
            for (key, value) in [
                ("a=T,f=24,o=z,q=2,C=1,i=", number()),
                (",s=", picture.width),
                (",v=", picture.height),
                (",c=", area.width.into()),
                (",r=", area.height.into()),
            ] {
                out.extend(key.as_bytes());
                digits(value, out);
            }
            out.push(b',');
        }
        out.extend(if pieces.peek().is_some() { b"m=1;" } else { b"m=0;" });
        in_64_signs(piece, out);
        out.extend(b"\x1b\\");
    }
    out.extend(b"\x1b8");
}

/// Blurred pixels pack well, and a byte is felt on a narrow line.
fn packed(rgb: &[u8]) -> Vec<u8> {
    let mut pack = ZlibEncoder::new(Vec::with_capacity(rgb.len() / 4), Compression::fast());
    // Writing into memory does not fail.
    let _ = pack.write_all(rgb);
    pack.finish().unwrap_or_default()
}

fn in_64_signs(bytes: &[u8], out: &mut Vec<u8>) {
    for three in bytes.chunks(3) {
        let of = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let all = of(0) << 16 | of(1) << 8 | of(2);
        for at in 0..4 {
            out.push(if at <= three.len() { SIGNS[(all >> (18 - 6 * at)) as usize & 63] } else { b'=' });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(bytes: &[u8]) -> String {
        let mut out = Vec::new();
        in_64_signs(bytes, &mut out);
        String::from_utf8(out).expect("signs are ASCII")
    }

    #[test]
    fn bytes_are_written_in_64_signs() {
        assert_eq!([signs(b"M"), signs(b"Ma"), signs(b"Man"), signs(b"")], ["TQ==", "TWE=", "TWFu", ""]);
    }

    #[test]
    fn a_picture_goes_in_pieces_under_a_number_and_away_by_it() {
        let mut seed = 1u32;
        let noise = std::iter::repeat_with(|| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        });
        let picture = Picture { width: 64, height: 32, rgb: noise.take(64 * 32 * 3).collect() };
        let mut out = Vec::new();
        draw(&picture, Rect::new(3, 4, 8, 2), &mut out);
        let text = String::from_utf8(out).expect("signs are ASCII");
        let (named, pieces) = (format!("i={}", number()), text.matches("\x1b_G").count());
        assert!(
            text.starts_with("\x1b7\x1b[5;4H\x1b_Ga=T,f=24,o=z,q=2,C=1,") && text.ends_with("\x1b\\\x1b8"),
            "{text:.90}"
        );
        assert!(pieces >= 2 && text.matches(&named).count() == 1, "{pieces}");
        assert_eq!((text.matches("m=1;").count(), text.matches("m=0;").count()), (pieces - 1, 1));
        let away = String::from_utf8(wipe()).expect("ASCII");
        assert!(away.contains("a=d,d=I") && away.contains(&named), "{away}");
        assert!(wipe().is_empty(), "once is enough");
    }
}
