//! Blanks at the edges of mentions, which older sessions may hold: other tools read such a mention as none at all, so none
//! leaves.

use super::Loss;
use crate::annotation::{Article, Mention};
use crate::text::paragraphs::trim;

/// The article with every mention cut to its words, and what was cut or, of blanks alone, left out; `None` where nothing is to
/// be done.
pub fn without_blanks(article: &Article) -> (Option<Article>, Vec<(Mention, Loss)>) {
    let is_bare = |mention: &Mention| trim(&article.text, mention.span) == Some(mention.span);
    if article.mentions.iter().all(is_bare) {
        return (None, Vec::new());
    }
    let mut mended = article.clone();
    let mut losses = Vec::new();
    mended.mentions.retain_mut(|mention| match trim(&article.text, mention.span) {
        Some(inner) if inner == mention.span => true,
        Some(inner) => {
            let why = "blanks at its edges were left out";
            losses.push((mention.clone(), Loss::about_mention(article, mention, why)));
            mention.span = inner;
            true
        }
        None => {
            losses.push((mention.clone(), Loss::of_mention(article, mention, "holds only blanks")));
            false
        }
    });
    // Two that differed in blanks alone are one.
    mended.mentions.sort_by(Mention::reading_order);
    mended.mentions.dedup_by(|b, a| (a.span, &a.label, a.state) == (b.span, &b.label, b.state));
    (Some(mended), losses)
}

#[cfg(test)]
mod tests {
    use crate::annotation::{Article, ArticleId, Label, Mention, MentionId, Origin};
    use crate::formats::{Format, Options, StateFilter};
    use crate::text::Span;

    #[test]
    fn no_mention_leaves_with_blanks_at_its_edges() {
        let text = "Irena Boric  left Graz.\n\u{a0}\u{3000}Nora Hale stayed.";
        let mut article = Article::new(ArticleId::new("a"), text);
        let graz = text.find("Graz").unwrap();
        let nora = text.find("Nora").unwrap();
        // Blanks behind, before, a line end and wide blanks before; blanks alone; the same words twice.
        for (start, end, label) in
            [(0, 12, "PERSON"), (graz - 1, graz + 4, "GPE"), (graz + 5, nora + 9, "PERSON"), (11, 13, "ORG"), (0, 11, "PERSON")]
        {
            let (span, label) = (Span::new(start, end), Label::new(label));
            article.mentions.push(Mention::suggested(MentionId::of(&article.id, span, &label), span, label, Origin::Analyst));
        }
        article.mentions.sort_by(Mention::reading_order);
        let options = Options { state: StateFilter::All, ..Options::default() };
        for format in Format::ALL {
            let mut out = Vec::new();
            let report = format.render(&article, &options, &mut out).expect("it reads back");
            let page = String::from_utf8(out).expect("it is UTF-8");
            assert_eq!((report.written, report.losses.len()), (3, 4), "{format}: {:?}", report.losses);
            assert_eq!(report.losses.iter().filter(|loss| loss.is_whole).count(), 1, "{format}");
            assert!(!page.contains("\"text\":\" ") && !page.contains(" \",\"state"), "{page}");
        }
    }
}
