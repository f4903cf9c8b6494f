//! Files of messages one behind the other, between control characters.

use std::path::Path;

use super::story::Story;
use crate::annotation::ArticleId;
use crate::reading::article::id_of;
use crate::reading::fault::Trouble;
use crate::reading::incoming::Sink;

/// The messages of a file: from one start of a header to the next, as far as they have a text.
pub fn messages_in(text: &str) -> Vec<&str> {
    text.split('\u{1}').filter(|message| message.contains('\u{2}')).collect()
}

/// Hands out the story of each message; the only one of a file is called as the file is.
///
/// # Errors
/// [`Trouble::NoText`] where none has a text.
pub fn hand_out(
    messages: &[&str],
    (path, encoding): (&Path, &'static str),
    tool: &str,
    story: fn(&str) -> Story,
    sink: &mut Sink<'_>,
) -> Result<(), Trouble> {
    let (stem, is_one) = (id_of(path), messages.len() == 1);
    let mut count = 0;
    for message in messages {
        let story = story(message);
        if story.is_empty() {
            sink.tell(Trouble::Partial("holds a message without a text, which was left out".to_owned()));
            continue;
        }
        count += 1;
        let (id, number) = if is_one { (stem.clone(), 0) } else { (ArticleId::new(&format!("{stem}-{count}")), count) };
        sink.article(story.into_incoming(id, number, tool, encoding));
    }
    if count == 0 { Err(Trouble::NoText) } else { Ok(()) }
}
