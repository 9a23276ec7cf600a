//! What happens to the screen when something happens. Pure: the time is in the message, what is to be done comes back
//! as data.

pub mod act;
pub mod choose;
pub mod key;
pub mod letters;
mod news;
pub mod question;

use super::model::Model;
use super::msg::{Msg, Todo, What};
use crate::tui::model::Mark;

/// Works on one message.
pub fn update(model: &mut Model, msg: Msg) -> Todo {
    let mut todo = Todo::new();
    model.at = msg.at;
    match msg.what {
        What::Key(pressed) => key::press(model, pressed, &mut todo),
        What::Paste(text) => question::paste(model, &text),
        What::Resized(columns, rows) => {
            model.size = (columns, rows);
            model.pending.forget();
        }
        What::News(heard) => news::hear(model, *heard, &mut todo),
        What::Ids(ids) => model.ids.extend(ids),
        What::Written(Ok(path)) => model.say(Mark::new("watch-case-written").text("path", path)),
        What::Written(Err(why)) => model.say(Mark::new("watch-case-failed").text("why", why)),
    }
    todo
}
