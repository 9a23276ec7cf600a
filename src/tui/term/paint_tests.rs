use super::*;
use proptest::prelude::*;
use ratatui::buffer::Cell;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::Line;
use vt100::Parser;

fn text(painter: &mut Painter, buffer: &Buffer, cursor: Option<Position>) -> String {
    let bytes = painter.paint(buffer, cursor).to_vec();
    String::from_utf8(bytes).expect("all of it is UTF-8").replace('\x1b', "^")
}

fn buffer(lines: &[&str]) -> Buffer {
    Buffer::with_lines(lines.iter().map(|line| Line::raw(*line)))
}

const NONE: &str = "";

#[test]
fn nothing_changed_is_no_byte() {
    let mut painter = Painter::new();
    let page = buffer(&["one", "two"]);
    let at = Some(Position::new(1, 1));
    assert!(!text(&mut painter, &page, at).is_empty());
    assert_eq!(text(&mut painter, &page, at), NONE);
    assert_eq!(text(&mut painter, &page, Some(Position::new(2, 1))), "^[?2026h^[C^[?2026l");
    assert_eq!(text(&mut painter, &page, None), "^[?2026h^[?25l^[?2026l");
    assert_eq!(text(&mut painter, &page, None), NONE);
}

#[test]
fn one_letter_costs_its_place_and_itself() {
    let mut painter = Painter::new();
    painter.paint(&buffer(&["           ", "aaaaaaaaaaaaaa"]), None);
    let bytes = text(&mut painter, &buffer(&["           ", "aaaaaaaaaaaaba"]), None);
    assert_eq!(bytes, "^[?2026h^[2G".replace("2G", "13G") + "b^[?2026l");
    assert_eq!(painter.changed(), 1);
}

#[test]
fn a_short_gap_is_written_again_and_a_long_one_jumped() {
    let mut painter = Painter::new();
    painter.paint(&buffer(&["ab-cd-ef----------------gh"]), None);
    let bytes = text(&mut painter, &buffer(&["AB-CD-EF----------------GH"]), None);
    assert_eq!(bytes, "^[?2026h\rAB-CD-EF^[25GGH^[?2026l");
}

#[test]
fn blanks_are_erased_not_written() {
    let mut painter = Painter::new();
    let wide = "x".repeat(30);
    painter.paint(&buffer(&[&format!("|{wide}|{wide}|"), &wide]), None);
    let blank = " ".repeat(30);
    let bytes = text(&mut painter, &buffer(&[&format!("|{blank}|{wide}|"), "x"]), None);
    assert_eq!(bytes, "^[?2026h^[;2H^[30X^[B^[K^[?2026l");
}

#[test]
fn a_pen_that_does_not_show_is_not_changed() {
    let mut painter = Painter::new();
    painter.paint(&buffer(&["         "]), None);
    let mut page = buffer(&["         "]);
    page.set_string(0, 0, "a", Style::new().fg(Color::Red));
    page.set_string(1, 0, "  ", Style::new().bold());
    page.set_string(3, 0, "b", Style::new().fg(Color::Red));
    assert_eq!(text(&mut painter, &page, None), "^[?2026h^[31ma  b^[?2026l");
}

/// The last gate: whatever a cell was given, no control character and no bidirectional control gets on the line.
#[test]
fn what_must_not_reach_the_line_is_refused() {
    for hostile in
        ["\x1b]52;c;x\x07", "\x07", "\u{9b}2J", "a\u{202E}", "\u{2066}", "\u{301}", "\u{200B}", "\n", "\u{7f}"]
    {
        let mut painter = Painter::new();
        let mut page = Buffer::empty(Rect::new(0, 0, 4, 1));
        page.content[0].set_symbol(hostile);
        let bytes = text(&mut painter, &page, None);
        assert!(bytes.contains('?'), "{bytes:?}");
        assert!(!bytes.contains(hostile), "{bytes:?}");
    }
}

#[test]
fn what_is_concealed_is_not_sent() {
    let mut painter = Painter::new();
    let mut page = buffer(&["masked"]);
    page.set_style(page.area, Style::new().add_modifier(Modifier::HIDDEN));
    assert!(!text(&mut painter, &page, None).contains("masked"));
}

/// A terminal that thinks a family four wide or eight: what stands to the right is written again, by an address.
#[test]
fn what_follows_a_doubtful_glyph_is_placed_anew() {
    let mut painter = Painter::new();
    painter.paint(&buffer(&["ab              |"]), None);
    let bytes = text(&mut painter, &buffer(&["ab 👩‍👩‍👦 cd        |"]), None);
    assert!(bytes.contains("^[2X👩‍👩‍👦^[6G cd"), "{bytes}");
}

/// 30 pages of prose in two panes at 120x40: what a next item costs.
#[test]
fn a_full_next_item_stays_within_its_bytes() {
    let words = "queue order reply comment delete storm expert the of a with under because policy".split(' ');
    let words: Vec<&str> = words.collect();
    let mut painter = Painter::new();
    let mut seed = 7_usize;
    for round in 0..30 {
        let mut page = Buffer::empty(Rect::new(0, 0, 120, 40));
        for y in 0..40 {
            page.set_string(0, y, "│", Style::new().fg(Color::DarkGray));
            page.set_string(72, y, "│", Style::new().fg(Color::DarkGray));
            let columns = if y % 3 == 0 { &[(2, 60), (74, 40)][..] } else { &[(2, 50)] };
            for &(x, width) in columns {
                let mut line = String::new();
                while line.len() < width - 8 {
                    seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                    line += words[(seed >> 33) % words.len()];
                    line += " ";
                }
                page.set_string(x, y, line, Style::new());
            }
        }
        let bytes = painter.paint(&page, None).len();
        let cells = painter.changed();
        if round > 0 {
            assert!(bytes as f64 / cells as f64 <= 1.35, "{bytes} for {cells}");
        }
    }
}

const SIGNS: &[&str] = &[
    " ",
    " ",
    " ",
    " ",
    "a",
    "b",
    "c",
    "é",
    "─",
    "│",
    "漢",
    "字",
    "한",
    "e\u{301}",
    "o\u{308}\u{323}",
    "🦀",
    "👩‍👩‍👦",
    "❤️",
    "🇫🇷",
    "👍🏽",
    "\u{E0B0}",
    "क्ष",
    "ﷺ",
    "＊",
    "\x1b",
    "",
];

#[derive(Clone, Debug)]
struct Mark {
    x: u16,
    y: u16,
    sign: &'static str,
    times: u16,
    style: Style,
}

fn style() -> impl Strategy<Value = Style> {
    let colour = || {
        prop_oneof![
            6 => Just(Color::Reset),
            2 => Just(Color::Red),
            1 => Just(Color::LightBlue),
            1 => Just(Color::Indexed(200)),
            1 => Just(Color::Rgb(1, 2, 3)),
        ]
    };
    let marks = prop_oneof![3 => Just(Modifier::empty()), 1 => (0..0x1FF_u16).prop_map(Modifier::from_bits_truncate)];
    (colour(), colour(), marks).prop_map(|(fg, bg, marks)| {
        // The tests' terminal holds bold and dim for one thing.
        let not = if marks.contains(Modifier::BOLD) { Modifier::DIM } else { Modifier::empty() };
        Style::new().fg(fg).bg(bg).add_modifier(marks.difference(Modifier::HIDDEN | not))
    })
}

fn marks() -> impl Strategy<Value = Vec<Mark>> {
    let mark = (0..40u16, 0..12u16, prop::sample::select(SIGNS), 1..24u16, style())
        .prop_map(|(x, y, sign, times, style)| Mark { x, y, sign, times, style });
    prop::collection::vec(mark, 0..24)
}

fn draw(page: &mut Buffer, marks: &[Mark]) {
    for mark in marks {
        for n in 0..mark.times {
            let wide = unicode_width::UnicodeWidthStr::width(mark.sign).max(1) as u16;
            let at = Position::new(mark.x + n * wide, mark.y);
            if let Some(cell) = page.cell_mut(at) {
                cell.reset();
                cell.set_symbol(mark.sign).set_style(mark.style);
            }
            if wide == 2
                && let Some(cell) = page.cell_mut(Position::new(at.x + 1, at.y))
            {
                cell.reset();
            }
        }
    }
}

fn colour(colour: Color) -> vt100::Color {
    match colour {
        Color::Red => vt100::Color::Idx(1),
        Color::LightBlue => vt100::Color::Idx(12),
        Color::Indexed(n) => vt100::Color::Idx(n),
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        _ => vt100::Color::Default,
    }
}

fn agrees(page: &Buffer, terminal: &Parser) -> Result<(), TestCaseError> {
    let (width, height) = (page.area.width, page.area.height);
    let mut reader = Reader::default();
    for y in 0..height {
        let mut x = 0;
        while x < width {
            let cell: &Cell = &page[(x, y)];
            let glyph = reader.read(cell, (width - x).into());
            let shown = terminal.screen().cell(y, x).expect("within the screen");
            let place = format!("{x},{y} {cell:?} {shown:?}");
            prop_assert_eq!(shown.bgcolor(), colour(cell.bg), "{}", place);
            prop_assert_eq!(shown.underline(), cell.modifier.contains(Modifier::UNDERLINED), "{}", place);
            prop_assert_eq!(shown.inverse(), cell.modifier.contains(Modifier::REVERSED), "{}", place);
            if glyph.is_blank() {
                prop_assert!(matches!(shown.contents(), "" | " ") && !shown.is_wide_continuation(), "{}", place);
            } else {
                let mut expected = Vec::new();
                reader.push(glyph, &mut expected);
                let expected = String::from_utf8_lossy(&expected).into_owned();
                if glyph.doubtful {
                    prop_assert!(expected.starts_with(shown.contents()), "{}", place);
                } else {
                    prop_assert_eq!(shown.contents(), expected, "{}", place);
                    prop_assert_eq!(shown.is_wide(), glyph.width == 2, "{}", place);
                }
                prop_assert_eq!(shown.fgcolor(), colour(cell.fg), "{}", place);
                prop_assert_eq!(shown.bold(), cell.modifier.contains(Modifier::BOLD), "{}", place);
                prop_assert_eq!(shown.dim(), cell.modifier.contains(Modifier::DIM), "{}", place);
                prop_assert_eq!(shown.italic(), cell.modifier.contains(Modifier::ITALIC), "{}", place);
            }
            x += u16::from(glyph.width);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_terminal_shows_exactly_the_buffer(
        size in (2..40u16, 2..12u16),
        frames in prop::collection::vec((marks(), any::<bool>(), prop::option::of((0..40u16, 0..12u16))), 1..6),
        dirt in "[a-z ]{0,80}",
    ) {
        let (width, height) = size;
        let mut terminal = Parser::new(height, width, 50);
        terminal.process(dirt.as_bytes());
        let mut painter = Painter::new();
        let mut page = Buffer::empty(Rect::new(0, 0, width, height));
        let scrolled = terminal.screen().scrollback();
        for (marks, fresh, cursor) in frames {
            if fresh {
                page.reset();
            }
            draw(&mut page, &marks);
            let cursor = cursor.map(|(x, y)| Position::new(x.min(width - 1), y.min(height - 1)));
            let bytes = painter.paint(&page, cursor).to_vec();
            prop_assert!(bytes.iter().all(|b| *b >= 0x20 || matches!(b, 0x1B | 0x08 | b'\r')));
            terminal.process(&bytes);
            agrees(&page, &terminal)?;
            prop_assert_eq!(terminal.screen().hide_cursor(), cursor.is_none());
            if let Some(at) = cursor {
                prop_assert_eq!(terminal.screen().cursor_position(), (at.y, at.x));
            }
            prop_assert_eq!(terminal.screen().scrollback(), scrolled);
            prop_assert!(painter.paint(&page, cursor).is_empty());
        }
    }
}
