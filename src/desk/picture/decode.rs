//! From bytes to pixels, within limits. Runs in a process of its own; it is public for the tests.

use super::{MAX_DECODED, MAX_FILE, MAX_SIDE, Picture, Room, Step, Unfit};
use image::imageops::fast_blur;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbImage};
use std::io::Cursor;

/// What stands behind what is transparent: no theme's colour, so that nothing is hidden by being of that colour.
const BEHIND: u32 = 128;

/// The first frame of a picture, upright, no larger than the room, as far as a step shows it.
///
/// # Errors
/// Where it is over a limit, no picture, or damaged.
pub fn decode(bytes: &[u8], step: Step, room: Room) -> Result<Picture, Unfit> {
    if bytes.len() > MAX_FILE {
        return Err(Unfit::TooLarge);
    }
    let format = image::guess_format(bytes).map_err(|_| Unfit::Unknown)?;
    let known = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP, ImageFormat::Bmp];
    if !known.contains(&format) {
        return Err(Unfit::Unknown);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(MAX_SIDE), Some(MAX_SIDE));
    limits.max_alloc = Some(MAX_DECODED);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(unfit)?;
    let (width, height) = decoder.dimensions();
    if width > MAX_SIDE || height > MAX_SIDE || decoder.total_bytes() > MAX_DECODED {
        return Err(Unfit::TooLarge);
    }
    if width == 0 || height == 0 {
        return Err(Unfit::Broken);
    }
    let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let whole = DynamicImage::from_decoder(decoder).map_err(unfit)?;
    // Small before anything else is done with it: all that follows costs nothing, and what a step does not show is gone.
    let (across, down) = size((width, height), turned, step, room);
    let mut small = whole.thumbnail_exact(across, down);
    drop(whole);
    small.apply_orientation(turned);
    Ok(stepped(&on_grey(&small), step))
}

fn unfit(error: ImageError) -> Unfit {
    match error {
        ImageError::Limits(_) => Unfit::TooLarge,
        ImageError::Unsupported(_) => Unfit::Unknown,
        _ => Unfit::Broken,
    }
}

/// Pixels across and down before it is turned upright: within the room, never larger than it is, and at most half of
/// each until the last step.
fn size((width, height): (u32, u32), turned: Orientation, step: Step, room: Room) -> (u32, u32) {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    let lies = matches!(turned, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH);
    let (most_across, most_down) = if lies { (room.height, room.width) } else { (room.width, room.height) };
    let part = if step < Step::Whole { 0.5 } else { 1.0 };
    let fits = |room: u32, side: u32| f64::from(room.max(1)) / f64::from(side);
    let by = fits(most_across, width).min(fits(most_down, height)).min(part);
    let side = |side: u32, most: u32| ((f64::from(side) * by) as u32).clamp(1, most.max(1));
    (side(width, most_across), side(height, most_down))
}

fn on_grey(picture: &DynamicImage) -> RgbImage {
    let rgba = picture.to_rgba8();
    let mut rgb = RgbImage::new(rgba.width(), rgba.height());
    for (to, from) in rgb.pixels_mut().zip(rgba.pixels()) {
        let alpha = u32::from(from[3]);
        for (to, from) in to.0.iter_mut().zip(from.0) {
            *to = ((u32::from(from) * alpha + BEHIND * (255 - alpha)) / 255) as u8;
        }
    }
    rgb
}

fn stepped(picture: &RgbImage, step: Step) -> Picture {
    let side = picture.width().max(picture.height()) as f32;
    let mut shown = match step {
        Step::Blurred => fast_blur(picture, (side / 14.0).max(1.5)),
        Step::Clearer | Step::Coloured => fast_blur(picture, (side / 60.0).max(0.6)),
        Step::Whole => picture.clone(),
    };
    if step < Step::Coloured {
        for pixel in shown.pixels_mut() {
            let [red, green, blue] = pixel.0.map(u32::from);
            pixel.0 = [((red * 299 + green * 587 + blue * 114) / 1000) as u8; 3];
        }
    }
    Picture { width: shown.width(), height: shown.height(), rgb: shown.into_raw() }
}
