//! Questions that ask once more.

use super::decide;
use super::{Todo, undo};
use crate::tui::keymap::{Code, Key};
use crate::tui::model::{Layer, Matter, Model};

/// A key on a question: Enter or its letter says yes; Esc was taken before; any other key changes nothing.
pub fn key(model: &mut Model, key: Key, todo: &mut Todo) {
    let Some(Layer::Question(question)) = model.layers.last() else { return };
    let yes = key.code == Code::Enter || key.typed().is_some_and(|c| Some(c) == question.letter);
    if !yes {
        return model.say("desk-question-keys");
    }
    let about = question.about.clone();
    match about {
        Matter::Grave(says) => decide::guarded(model, says, Some(key), todo),
        Matter::Batch(says) => super::batch::decide(model, says, todo),
        Matter::Reverse(id) => {
            model.layers.pop();
            undo::reverse(model, id, todo);
        }
    }
}
