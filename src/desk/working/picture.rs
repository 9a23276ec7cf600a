//! A picture is fetched and decoded beside everything else; nothing of it is kept once it is covered.

use super::answer::Answer;
use super::work::Work;
use crate::desk::picture::apart::{decode_apart, program};
use crate::desk::picture::{Picture, Unfit};
use crate::desk::{Line, LineError, Look, News, NoPicture};
use crate::store::audit::hex;
use sha2::{Digest, Sha256};
use std::sync::Arc;

impl Work {
    /// Fetches it, unless it is here from the step before, and decodes it.
    pub fn look_at(&mut self, look: Look) {
        if self.picture.as_ref().is_none_or(|(hash, _)| *hash != look.hash) {
            self.picture = Some((look.hash.clone(), None));
        }
        let kept = self.picture.as_ref().and_then(|(_, bytes)| bytes.clone());
        let line = Arc::clone(&self.line);
        self.calls.spawn(async move {
            match fetch(&*line, &look, kept).await {
                Ok(bytes) => {
                    let (step, room, packed) = (look.step, look.room, Arc::clone(&bytes));
                    let decoded =
                        tokio::task::spawn_blocking(move || decode_apart(&program(), &packed, step, room)).await;
                    let picture = decoded.unwrap_or(Err(Unfit::Failed)).map_err(NoPicture::Unfit);
                    Answer::Picture(look, Some(bytes), picture)
                }
                Err(why) => Answer::Picture(look, None, Err(why)),
            }
        });
    }

    /// Tells it, where it is still wanted. A file on this machine is read again for the next step; over a line it is
    /// kept until it is covered.
    pub fn looked_at(&mut self, look: Look, bytes: Option<Arc<Vec<u8>>>, picture: Result<Picture, NoPicture>) {
        let Some((_, kept)) = self.picture.as_mut().filter(|(hash, _)| *hash == look.hash) else { return };
        if self.far {
            *kept = bytes;
        }
        self.tell(News::Picture(look, picture));
    }
}

async fn fetch(line: &dyn Line, look: &Look, kept: Option<Arc<Vec<u8>>>) -> Result<Arc<Vec<u8>>, NoPicture> {
    if let Some(bytes) = kept {
        return Ok(bytes);
    }
    let bytes = line.picture(&look.item, &look.hash).await.map_err(|error| match error {
        LineError::Refused(_) => NoPicture::NotHere,
        _ => NoPicture::Down,
    })?;
    let bytes = bytes.ok_or(NoPicture::NotHere)?;
    match hex(&Sha256::digest(&bytes)) == look.hash {
        true => Ok(Arc::new(bytes)),
        false => Err(NoPicture::Unfit(Unfit::Broken)),
    }
}
