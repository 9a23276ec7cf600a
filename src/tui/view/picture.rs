//! Pictures in cells: two pixels a cell where the terminal has the colours, else shades.

use super::geometry::picture_area;
use super::ink::Ink;
use crate::desk::picture::{Picture, Room, Step};
use crate::desk::{Colours, Pictures};
use crate::tui::keymap::Context;
use crate::tui::model::{Model, Peek, Shown};
use crate::tui::theme::Role;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use std::sync::Arc;

/// Pixels of a cell for a terminal that draws pictures itself. Not asked of it: an answer could be read as keys.
const CELL: (u32, u32) = (8, 16);
/// From the darkest, for a terminal without the colours.
const SHADES: [&str; 5] = [" ", "░", "▒", "▓", "█"];

/// A picture that the terminal draws itself, and the cells that it covers.
#[derive(Clone, Debug)]
pub struct Placed {
    /// Where.
    pub area: Rect,
    /// What.
    pub picture: Arc<Picture>,
}

/// Pixels that an open picture has room for.
pub fn picture_room(model: &Model) -> Option<Room> {
    let area = picture_area(model)?;
    let (across, down) = if model.settings.pictures == Pictures::Kitty { CELL } else { (1, 2) };
    Some(Room { width: u32::from(area.width) * across, height: u32::from(area.height) * down })
}

/// Draws it into cells, and what there is to know of it below.
pub fn draw(model: &Model, shown: &Shown, peek: &Peek, ink: &mut Ink<'_>) {
    let Some(area) = picture_area(model) else { return };
    ink.blank(area);
    match (&peek.picture, peek.not) {
        (Some(picture), _) if model.settings.pictures == Pictures::HalfBlocks => {
            cells(picture, area, model.settings.colours, ink);
        }
        (None, why) => {
            let say = model.speaker();
            let text =
                why.map_or_else(|| say.text("picture-coming"), |why| say.words.coded("picture", why.code()).into());
            for (row, line) in crate::text::wrap::wrap(&text, usize::from(area.width).max(2)).iter().enumerate() {
                ink.put_within(area.x, area.y + row as u16, &text[line.shown.clone()], Role::Dim, area.right());
            }
        }
        _ => {}
    }
    let y = super::geometry::parts(model).content.bottom().saturating_sub(1);
    let end = super::geometry::parts(model).content.right().saturating_sub(1);
    let from = ink.put_right(end, y, &line(model, shown, peek), Role::Dim);
    if peek.step == Step::Whole
        && let Some(alt) = shown.served.item.media.get(peek.at).and_then(|medium| medium.alt.as_ref())
    {
        // The words beside it have made room: what it shows is still said.
        ink.put_within(area.x, y, crate::text::scrub::line(alt).as_str(), Role::Text, from.saturating_sub(2));
    }
}

/// Which, how much of it, and the keys for more and for less.
fn line(model: &Model, shown: &Shown, peek: &Peek) -> String {
    let say = model.speaker();
    let places: Vec<usize> = crate::desk::picture::of(&shown.served.item).map(|(at, _)| at).collect();
    let n = places.iter().position(|at| *at == peek.at).map_or(1, |at| at + 1);
    let how = say.words.coded("picture", peek.step.code()).into_owned();
    let mut parts = Vec::new();
    if places.len() > 1 {
        parts.push(say.with("picture-of", &[("n", n.into()), ("of", places.len().into())]));
    }
    // Where there is no picture, nothing of it is grey or in colour.
    parts.extend(peek.not.is_none().then_some(how));
    let key = |name| model.keys.key_of(Context::Desk, name).map(str::to_owned);
    if let Some(key) = key("item.open").filter(|_| peek.step < Step::Whole && peek.not.is_none()) {
        parts.push(say.with("picture-more", &[("key", key.into())]));
    }
    if let Some(key) = key("item.cover") {
        parts.push(say.with("picture-cover", &[("key", key.into())]));
    }
    parts.join(" · ")
}

/// What the terminal is to draw itself: nothing where anything lies over the item, since pictures lie over text.
pub fn placed(model: &Model) -> Option<Placed> {
    if model.settings.pictures != Pictures::Kitty || !model.layers.is_empty() || model.batch.is_some() {
        return None;
    }
    let picture = model.in_front()?.peek.as_ref()?.picture.clone()?;
    let room = picture_area(model)?;
    let cells = |pixels: u32, cell: u32| u16::try_from(pixels.div_ceil(cell)).unwrap_or(u16::MAX);
    let (width, height) = (cells(picture.width, CELL.0), cells(picture.height, CELL.1));
    let area = Rect::new(room.x, room.y, width.min(room.width), height.min(room.height));
    (!area.is_empty()).then_some(Placed { area, picture })
}

fn cells(picture: &Picture, area: Rect, colours: Colours, ink: &mut Ink<'_>) {
    let width = area.width.min(u16::try_from(picture.width).unwrap_or(u16::MAX));
    let height = area.height.min(u16::try_from(picture.height.div_ceil(2)).unwrap_or(u16::MAX));
    for row in 0..height {
        for column in 0..width {
            let (x, y) = (u32::from(column), u32::from(row) * 2);
            let (upper, lower) = (picture.at(x, y), picture.at(x, y + 1));
            let (symbol, style) = cell(upper, (y + 1 < picture.height).then_some(lower), colours);
            ink.dot(area.x + column, area.y + row, symbol, style);
        }
    }
}

fn cell(upper: [u8; 3], lower: Option<[u8; 3]>, colours: Colours) -> (&'static str, Style) {
    let colour = |rgb: [u8; 3]| match colours {
        Colours::Mixed => Color::Rgb(rgb[0], rgb[1], rgb[2]),
        _ => Color::Indexed(palette(rgb)),
    };
    match (colours, lower) {
        (Colours::Few, _) => {
            let both = (u32::from(luma(upper)) + u32::from(luma(lower.unwrap_or(upper)))) / 2;
            (SHADES[(both * SHADES.len() as u32 / 256) as usize], Style::new())
        }
        (_, Some(lower)) if colour(lower) == colour(upper) => (" ", Style::new().bg(colour(upper))),
        (_, Some(lower)) => ("▀", Style::new().fg(colour(upper)).bg(colour(lower))),
        (_, None) => ("▀", Style::new().fg(colour(upper))),
    }
}

fn luma([red, green, blue]: [u8; 3]) -> u8 {
    ((u32::from(red) * 299 + u32::from(green) * 587 + u32::from(blue) * 114) / 1000) as u8
}

/// The nearest of the 240 colours that every terminal with a palette has alike: 24 greys and a cube of 6.
fn palette(rgb: [u8; 3]) -> u8 {
    let [red, green, blue] = rgb;
    let spread = red.max(green).max(blue) - red.min(green).min(blue);
    if spread < 12 {
        let grey = luma(rgb);
        return match grey {
            0..=4 => 16,
            247.. => 231,
            _ => 232 + ((u32::from(grey) - 4) * 24 / 243).min(23) as u8,
        };
    }
    let step = |part: u8| match part {
        0..=47 => 0,
        48..=114 => 1,
        _ => (part - 35) / 40,
    };
    16 + 36 * step(red) + 6 * step(green) + step(blue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greys_keep_their_order_in_a_palette_and_colours_find_their_place() {
        let greys: Vec<u8> = (0..=255u8).map(|grey| palette([grey; 3])).collect();
        assert_eq!((greys[0], greys[255]), (16, 231));
        assert!(greys[5..=246].windows(2).all(|pair| pair[0] <= pair[1]), "{greys:?}");
        assert!(greys[5..=246].iter().all(|n| *n >= 232));
        assert_eq!([palette([255, 0, 0]), palette([0, 255, 0]), palette([0, 0, 255])], [196, 46, 21]);
    }

    #[test]
    fn two_pixels_share_a_cell_and_without_colours_a_shade() {
        let (symbol, style) = cell([255, 0, 0], Some([0, 0, 255]), Colours::Mixed);
        assert_eq!((symbol, style.fg, style.bg), ("▀", Some(Color::Rgb(255, 0, 0)), Some(Color::Rgb(0, 0, 255))));
        assert_eq!(cell([9; 3], Some([9; 3]), Colours::Mixed).0, " ", "a plain area costs a byte a cell");
        let few: Vec<&str> = [0, 60, 120, 180, 255].map(|grey| cell([grey; 3], None, Colours::Few).0).to_vec();
        assert_eq!(few, SHADES);
        assert_eq!(cell([255; 3], None, Colours::Few).1, Style::new(), "no colour where none is wanted");
    }
}
