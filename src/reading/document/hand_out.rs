//! The last step of every reader of documents: its page becomes an article, or the articles of the export that it holds.

use crate::annotation::ZoneKind;
use crate::reading::article::{from_page, id_of};
use crate::reading::details::text_of;
use crate::reading::fault::Trouble;
use crate::reading::incoming::{Incoming, Sink};
use crate::reading::input::Input;
use crate::reading::page::Page;
use crate::reading::press::{self, factiva, nexis};

/// What a document says of itself beside its text.
#[derive(Default)]
pub struct Told {
    pub title: Option<String>,
    pub author: Option<String>,
}

/// Hands out what a document holds.
///
/// # Errors
/// [`Trouble::NoText`].
pub fn hand_out(
    input: &Input<'_>,
    mut page: Page,
    told: &Told,
    encoding: &'static str,
    notes: Vec<Trouble>,
    sink: &mut Sink<'_>,
) -> Result<(), Trouble> {
    if nexis::knows_text(page.text()) {
        nexis::hand_out(input.path, page.text(), encoding, sink);
    } else if factiva::knows_text(page.text()) {
        press::page::hand_out(input, factiva::articles_in_lines(page.text()), encoding, sink)?;
    } else {
        believe(&mut page, told);
        let article = from_page(id_of(input.path), page)?;
        sink.article(Incoming { notes, ..Incoming::new(article, encoding) });
        return Ok(());
    }
    notes.into_iter().for_each(|note| sink.tell(note));
    Ok(())
}

/// How many of the first blocks may bear a title or the name of who wrote it.
const HEAD: usize = 6;

/// Takes what a document says of itself as far as its text bears it out: programs fill these fields by themselves, with the
/// title of the file that this one was once copied from, and with the owner of the computer. The days of making and of the
/// last change are never those of publication.
fn believe(page: &mut Page, told: &Told) {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let head: Vec<String> = page.blocks().take(HEAD).map(plain).collect();
    let headline = page.hints().first().filter(|zone| zone.kind == ZoneKind::Headline && zone.span.start == 0);
    let headline = headline.and_then(|zone| text_of(zone.span.of(page.text())));
    let title = text_of(told.title.as_deref()).filter(|title| head.contains(&plain(title)));
    let author = text_of(told.author.as_deref())
        .filter(|author| author.contains(' ') && head.iter().any(|block| block.len() < 200 && block.contains(&plain(author))));
    page.meta.title = page.meta.title.take().or(title).or(headline);
    page.meta.byline = page.meta.byline.take().or(author);
}
