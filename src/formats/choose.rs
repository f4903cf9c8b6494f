//! What of an article is written: chosen by the filters, without blanks at the edges, under mapped labels, side by side where
//! the format wants it so, without names where nobody is to be named. A writer gets the rest.

use super::format::{Field, Writer};
use super::loss::{Extent, Lost};
use super::options::{LeftOut, Options};
use super::relabel::LEFT_OUT;
use crate::annotation::{Article, Mention};
use crate::text::paragraphs::trim;

/// An article as a writer is to write it.
pub struct Chosen {
    pub article: Article,
    pub lost: Vec<Lost>,
    pub left_out: LeftOut,
}

pub fn choose(article: &Article, writer: &Writer, options: &Options<'_>) -> Chosen {
    let mut lost = Vec::new();
    let mut left_out = LeftOut::default();
    let mut mentions = Vec::with_capacity(article.mentions.len());
    let keeps_rejected = writer.keeps.contains(&Field::State);
    for mention in &article.mentions {
        if !options.takes(article, mention) {
            left_out.count(mention.state);
        } else if mention.is_rejected() && !keeps_rejected {
            lost.push(Lost::of(article, mention, Extent::Whole, "the format has no place for rejected mentions"));
        } else {
            mentions.extend(bare(article, mention.clone(), &mut lost).and_then(|mention| mapped(article, mention, options, &mut lost)));
        }
    }
    // Two that differed in blanks, or in labels that have one name now, are one.
    mentions.sort_by(Mention::reading_order);
    mentions.dedup_by(|b, a| {
        let is_same = (a.span, &a.label, a.state) == (b.span, &b.label, b.state);
        if is_same {
            lost.push(Lost::of(article, b, Extent::Part, "is now the same as another, and is written once"));
        }
        is_same
    });
    if writer.is_flat {
        let (kept, behind) = options.overlaps.flatten(mentions);
        mentions = kept;
        for (mention, other) in behind {
            lost.push(Lost::behind(article, &mention, &other, options.overlaps.why()));
        }
    }
    let mut article = Article { mentions, ..article.clone() };
    if options.is_anonymous {
        forget_people(&mut article);
    }
    Chosen { article, lost, left_out }
}

/// The mention without blanks at its edges, which older sessions may hold: other tools read such a mention as none at all.
fn bare(article: &Article, mention: Mention, lost: &mut Vec<Lost>) -> Option<Mention> {
    match trim(&article.text, mention.span) {
        Some(inner) if inner == mention.span => Some(mention),
        Some(inner) => {
            lost.push(Lost::of(article, &mention, Extent::Part, "blanks at its edges were left out"));
            Some(Mention { span: inner, ..mention })
        }
        None => {
            lost.push(Lost::of(article, &mention, Extent::Whole, "holds only blanks"));
            None
        }
    }
}

/// The mention under the name that its label has outside.
fn mapped(article: &Article, mention: Mention, options: &Options<'_>, lost: &mut Vec<Lost>) -> Option<Mention> {
    if options.labels.changes_nothing() {
        return Some(mention);
    }
    let left_out = options.labels.name(&mention.label).is_none().then(|| Lost::of(article, &mention, Extent::Whole, LEFT_OUT));
    lost.extend(left_out);
    options.labels.renamed(mention)
}

/// Takes out who decided and when, the path of the file, and what other tools said, which may name people too. Notes stay:
/// they are the analyst's words on the text.
fn forget_people(article: &mut Article) {
    article.source = None;
    article.extras.clear();
    for mention in &mut article.mentions {
        mention.by = None;
        mention.at = None;
        mention.extras.clear();
        mention.rivals.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::annotation::{ArticleId, Digest, Extra, How, Label, MentionId, Origin, Scheme, Score, Source, Time, Zone, ZoneKind};
    use crate::decide::articles::Matcher;
    use crate::decide::copies::Groups;
    use crate::dsl;
    use crate::formats::format::Format;
    use crate::formats::options::{Only, StateFilter};
    use crate::formats::relabel::LabelMap;
    use crate::formats::table::{FORMATS, named};
    use crate::text::Span;

    fn writing() -> impl Iterator<Item = &'static Format> {
        FORMATS.iter().copied().filter(|format| format.writer.is_some())
    }

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
        for format in writing() {
            let rendered = format.render(&article, &options).expect("it reads back");
            let report = rendered.report;
            let told = |extent| report.losses.iter().filter(|loss| loss.extent == extent).count();
            assert_eq!((report.written, told(Extent::Whole), told(Extent::Part)), (3, 1, 4), "{format}: {:?}", report.losses);
            let page = String::from_utf8_lossy(rendered.sheet.bytes()).into_owned();
            assert!(!page.contains("\"text\":\" ") && !page.contains(" \",\"state"), "{page}");
        }
    }

    #[test]
    fn no_name_time_or_path_is_left() {
        let mut article = dsl::article("a", "[PERSON! Ilse Amrein] spoke");
        article.source =
            Some(Source { path: "desk/secret.txt".to_owned(), size: 9, digest: Digest::of(b"x"), encoding: "UTF-8".to_owned(), number: 0 });
        article.mentions[0].by = Some("R. Holm".into());
        article.mentions[0].at = Some(Time(1_700_000_000));
        article.mentions[0].extras = vec![Extra { format: "brat".to_owned(), key: "annotator".to_owned(), value: "R. Holm".to_owned() }];
        for format in writing() {
            let written = |is_anonymous| {
                let rendered = format.render(&article, &Options { state: StateFilter::All, is_anonymous, ..Options::default() }).unwrap();
                rendered.sheet.pages.iter().map(|page| String::from_utf8_lossy(page).into_owned()).collect::<String>()
            };
            let (full, bare) = (written(false), written(true));
            for secret in ["R. Holm", "secret.txt", "2023-11-14"] {
                assert!(format.name != "jsonl" || full.contains(secret), "{secret}");
                assert!(!bare.contains(secret), "{format}: {secret}");
            }
            // What is packed cannot be looked through; it gets the same article.
            assert!(bare.contains("Ilse") || format.name == "docbin", "{format}");
        }
    }

    /// What is left of a page for a choice, as label and words.
    #[track_caller]
    fn check(change: impl FnOnce(&mut Options<'_>), expect: &[&str]) {
        let mut article =
            dsl::article("a", "[EVENT! Talks] end. [PERSON! Ann Lee] of [ORG? the [GPE? Oslo] Board] met [NORP~ Danes] [ORG! UN]");
        article.zones = vec![Zone { span: Span::new(0, 10), kind: ZoneKind::Headline }];
        article.mentions[1].how = Some(How::Spread);
        article.mentions[2].score = Some(Score::from_ratio(0.4));
        let mut options = Options { state: StateFilter::All, ..Options::default() };
        change(&mut options);
        let flat = named("conll").unwrap().writer.as_ref().unwrap();
        let writer = if options.overlaps == Policy::default() { named("jsonl").unwrap().writer.as_ref().unwrap() } else { flat };
        let chosen = choose(&article, writer, &options).article;
        let found: Vec<_> = chosen.mentions.iter().map(|one| format!("{} {}", one.label, chosen.quote(one.span))).collect();
        assert_eq!(found, expect);
    }

    use crate::formats::overlaps::Policy;

    #[test]
    fn each_filter_keeps_what_it_says() {
        let all = ["EVENT Talks", "PERSON Ann Lee", "ORG the Oslo Board", "GPE Oslo", "NORP Danes", "ORG UN"];
        check(|_| {}, &all);
        check(|options| options.state = StateFilter::Confirmed, &["EVENT Talks", "PERSON Ann Lee", "ORG UN"]);
        check(|options| options.state = StateFilter::Suggested, &["ORG the Oslo Board", "GPE Oslo"]);
        check(|options| options.only.hows = vec![How::Spread], &["PERSON Ann Lee"]);
        check(|options| options.only.labels = vec!["GPE".into(), "ORG".into()], &["ORG the Oslo Board", "GPE Oslo", "ORG UN"]);
        check(|options| options.only.zones = vec![ZoneKind::Headline], &["EVENT Talks"]);
        check(|options| options.only.zones = vec![ZoneKind::Body], &all[1..]);
        let least = |ratio| move |options: &mut Options<'_>| options.only.min_score = Some(Score::from_ratio(ratio));
        check(least(0.4), &all);
        check(least(0.5), &["EVENT Talks", "PERSON Ann Lee", "GPE Oslo", "NORP Danes", "ORG UN"]);
        check(
            |options| options.labels = LabelMap::conll(&Scheme::standard()),
            &["MISC Talks", "PER Ann Lee", "ORG the Oslo Board", "LOC Oslo", "MISC Danes", "ORG UN"],
        );
        check(
            |options| options.labels = LabelMap::parse("ORG -\nGPE ORG").unwrap(),
            &["EVENT Talks", "PERSON Ann Lee", "ORG Oslo", "NORP Danes"],
        );
        check(|options| options.overlaps = Policy::from_name("GPE"), &["EVENT Talks", "PERSON Ann Lee", "GPE Oslo", "ORG UN"]);
    }

    #[test]
    fn labels_that_have_one_name_now_are_written_once_and_articles_are_chosen_by_their_state() {
        let article = dsl::article("a", "[ORG! [GPE! Oslo]] [NORP! Danes]");
        let options = Options { labels: LabelMap::parse("ORG X\nGPE X").unwrap(), ..Options::default() };
        let chosen = choose(&article, named("jsonl").unwrap().writer.as_ref().unwrap(), &options);
        assert_eq!((chosen.article.mentions.len(), chosen.lost.len(), chosen.lost[0].extent), (2, 1, Extent::Part));
        let done = "state:done".parse().unwrap();
        let only = Only { articles: Matcher::new(&done, &BTreeMap::new(), &Groups::default()), ..Only::default() };
        assert!(!Options { only, ..Options::default() }.takes_article(&article));
    }
}
