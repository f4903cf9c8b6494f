//! Articles that break tools, made by chance: every format of the table is tried on them. A new format is tried by its line
//! in the table.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use proptest::prelude::*;

use super::choose::choose;
use super::export::Output;
use super::format::{Container, Field, Format};
use super::loss::Extent;
use super::open::readers;
use super::options::{Options, StateFilter};
use super::render::compare;
use super::table::FORMATS;
use crate::annotation::{
    Article, ArticleId, Desk, Entity, EntityId, First, How, Label, Mention, MentionId, Meta, Origin, Progress, Score, State, Time, Zone,
    ZoneKind,
};
use crate::reading::{self, Incoming, Input};
use crate::text::Span;
use crate::text::paragraphs::trim;

/// Joiners, flags, scripts, astral letters, accents of two characters, blanks and line ends of every kind, and what the
/// languages of the formats take for their own.
const PIECES: [&str; 52] = [
    "Ann Lee",
    " ",
    " ",
    " ",
    "met",
    "NATO",
    ".",
    ",",
    "😀",
    "👩\u{200D}🚀",
    "🇫🇷",
    "👍🏽",
    "岸田文雄",
    "𠮷野家",
    "e\u{301}",
    "Zoë",
    "\r\n",
    "\n",
    "\n\n",
    "\t",
    "\u{a0}",
    "\u{3000}",
    "\u{2028}",
    "\u{85}",
    "\u{b}",
    "\u{1}",
    "“",
    "”",
    "’s",
    "<b>",
    "&amp;",
    "\"",
    "'",
    "=SUM(1)",
    "-DOCSTART-",
    "#",
    "|",
    "\\",
    "**",
    "⟨",
    "X",
    "agent",
    "mark",
    "ORG",
    "1.",
    "- ",
    "`",
    "%3D",
    ";",
    "Мария",
    "مريم",
    "\u{feff}",
];

const LABELS: [&str; 5] = ["PERSON", "ORG", "WORK_OF_ART", "X", "Été"];

fn words() -> impl Strategy<Value = Option<String>> {
    prop::option::of(
        prop::sample::select(vec!["a \"note\"\nof two lines", "=1+1", "R. Holm", "Ünal 😀, <b>", "x\ty", "'quoted'"])
            .prop_map(str::to_owned),
    )
}

fn origin() -> impl Strategy<Value = Origin> {
    prop::sample::select(vec![
        Origin::Analyst,
        Origin::Rule("title-name".into()),
        Origin::Gazetteer { list: "people".into(), entry: "Ann / Lee".into() },
        Origin::Model("2026-11".into()),
        Origin::Alias("Ann: Lee".into()),
        Origin::Import("brat".into()),
    ])
}

type Facts = (State, How, Origin, u16, Option<String>, Option<String>, (bool, bool, u8));

fn facts() -> impl Strategy<Value = Facts> {
    let state = prop::sample::select(State::ALL.to_vec());
    let how = prop::sample::select(How::ALL.to_vec());
    (state, how, origin(), 0..=1000_u16, words(), words(), (any::<bool>(), any::<bool>(), 0..3_u8))
}

/// An article with mentions that nest, cross and share their spans.
pub fn article() -> impl Strategy<Value = Article> {
    let text = prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..40).prop_map(|pieces| pieces.concat());
    let places = prop::collection::vec((any::<prop::sample::Index>(), 1..12_usize, prop::sample::select(LABELS.to_vec()), facts()), 0..14);
    (text, places, words(), words()).prop_map(|(text, places, title, note)| {
        let mut article = Article::new(ArticleId::new("a/1 \"x\""), text.as_str());
        let edges: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut seen = BTreeSet::new();
        for (at, len, label, (state, how, origin, score, note, by, (has_time, has_first, entity))) in places {
            let start = at.index(edges.len());
            let whole = Span::new(edges[start], edges[(start + len).min(edges.len() - 1)]);
            let Some(span) = trim(&text, whole).filter(|span| !span.is_empty() && seen.insert((*span, label))) else { continue };
            let label = Label::new(label);
            let first = First { span: Span { start: span.start, end: text.len() as u32 }, label: Label::new("GPE") };
            let mut mention = Mention::suggested(MentionId::of(&article.id, span, &label), span, label, origin);
            mention.state = state;
            mention.how = (state != State::Suggested).then_some(how);
            mention.score = Some(Score::from_thousandths(score)).filter(|score| score.thousandths() > 0);
            mention.first = has_first.then_some(first);
            mention.note = note.map(Into::into);
            mention.by = by.map(Into::into);
            mention.at = has_time.then_some(Time(1_700_000_000));
            mention.entity = (entity > 0).then(|| EntityId::new(&format!("thing-{entity}")));
            article.mentions.push(mention);
        }
        // Ids go by what was first suggested.
        for mention in &mut article.mentions {
            let (span, label) = mention.first.as_ref().map_or((mention.span, &mention.label), |first| (first.span, &first.label));
            mention.id = MentionId::of(&article.id, span, label);
        }
        let mut ids = crate::annotation::FreshIds::default();
        article.mentions.sort_by(Mention::reading_order);
        article.mentions.iter_mut().for_each(|mention| mention.id = ids.take(mention.id));
        article.mentions.sort_by(Mention::reading_order);
        article.meta = Meta { title, published: note.as_ref().map(|_| "2026-11-05".to_owned()), ..Meta::default() };
        if let Some(end) = edges.get(3).filter(|end| **end > 0) {
            article.zones = vec![Zone { span: Span::new(0, *end), kind: ZoneKind::Headline }];
        }
        let progress = if note.is_some() { Progress::Done } else { Progress::Open };
        article.desk = Desk { progress, flagged: note.is_some(), tags: Vec::new(), note: note.unwrap_or_default() };
        article
    })
}

/// The things that the mentions of [`article`] are linked to.
pub fn entities() -> BTreeMap<EntityId, Entity> {
    let entity = |n: u8, kb: Option<&str>| Entity {
        id: EntityId::new(&format!("thing-{n}")),
        name: format!("Thing “{n}” & more"),
        label: Label::new("ORG"),
        aliases: Vec::new(),
        kb: kb.map(str::to_owned),
        note: String::new(),
    };
    [entity(1, Some("Q567")), entity(2, None)].into_iter().map(|entity| (entity.id.clone(), entity)).collect()
}

fn writing() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().copied().filter(|format| format.writer.is_some())
}

/// A file of some articles as its bytes, and what was chosen and written of each.
fn file(format: &Format, articles: &[Article], options: &Options<'_>) -> (Vec<u8>, Vec<Article>) {
    let mut bytes = Vec::new();
    let mut output = Output::to_stream(format, &mut bytes).unwrap();
    let mut written = Vec::new();
    for article in articles {
        let rendered = format.render(article, options).unwrap();
        let lost: BTreeSet<_> =
            rendered.sheet.lost.iter().filter(|lost| lost.extent == Extent::Whole).filter_map(|lost| lost.mention).collect();
        output.put(&article.id, rendered).unwrap();
        let mut chosen = choose(article, format.writer.as_ref().unwrap(), options).article;
        chosen.mentions.retain(|mention| !lost.contains(&mention.id));
        written.push(chosen);
    }
    output.finish().unwrap();
    (bytes, written)
}

/// Labels and words without blanks, where a format has tokens and no text.
fn in_words(article: &Article) -> Vec<String> {
    let bare = |words: &str| words.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>();
    let quotes = article.mentions.iter().map(|one| (&one.label, bare(article.quote(one.span))));
    // A mention without a word has no row, and is told as lost.
    let named = quotes.filter(|(_, words)| !words.is_empty()).map(|(label, words)| format!("{label} {words}"));
    named.chain([bare(&article.text)]).collect()
}

/// What a file gives back of one article must be what was written of it, but for what the format has no place for.
fn compare_with(format: &Format, written: &Article, incoming: &Incoming) -> Result<(), String> {
    let writer = format.writer.as_ref().unwrap();
    let mut back = incoming.article.clone();
    if writer.is_by_token {
        return if in_words(&back) == in_words(written) { Ok(()) } else { Err(format!("{:?} {:?}", in_words(&back), in_words(written))) };
    }
    if !incoming.has_own_id {
        back.id = written.id.clone();
    }
    compare(writer, written, &written.mentions.iter().collect::<Vec<_>>(), &back)?;
    let keeps = |field| writer.keeps.contains(&field);
    let is_same = (!keeps(Field::Zones) || back.zones == written.zones) && (!keeps(Field::Desk) || back.desk == written.desk);
    if is_same { Ok(()) } else { Err("zones or desk differ".to_owned()) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Reading back is a part of writing: what a format keeps is the same, and what it loses is told.
    #[test]
    fn every_format_says_what_an_article_says(article in article()) {
        let entities = entities();
        for state in [StateFilter::All, StateFilter::Confirmed] {
            let options = Options { state, entities: Some(&entities), ..Options::default() };
            for format in writing() {
                let rendered = format.render(&article, &options);
                let report = rendered.map_err(|unequal| TestCaseError::fail(unequal.to_string()))?.report;
                let whole = report.losses.iter().filter(|loss| loss.is_whole()).count();
                prop_assert_eq!(report.written + whole + report.left_out.total(), article.mentions.len(), "{}", format);
            }
        }
    }
    /// Out and in again, by whoever knows the file by its content.
    #[test]
    fn every_format_that_is_read_gives_back_what_was_written(articles in prop::collection::vec(article(), 1..4)) {
        let entities = entities();
        let articles: Vec<Article> = (0..).zip(articles).map(|(i, article): (usize, _)| Article { id: ArticleId::new(&format!("a{i}")), ..article }).collect();
        let options = Options { state: StateFilter::All, entities: Some(&entities), ..Options::default() };
        let is_folder = |format: &Format| matches!(format.writer.as_ref().unwrap().container, Container::Folder { .. });
        for format in writing().filter(|format| !is_folder(format)) {
            let Some(reader) = format.reader else { continue };
            let (bytes, written) = file(format, &articles, &options);
            let input = || Input::of_bytes(Path::new("file"), &bytes).unwrap();
            let known = reading::reader_of(&input(), readers(), reading::How::default());
            prop_assert!(known.as_ref().is_ok_and(|known| known.name == reader.name), "{}: {:?}", format, known.map(|known| known.name));
            let read = reading::read_input(input(), readers(), reading::How { by: Some(reader), ..reading::How::default() }, &AtomicBool::new(false));
            // A table of mentions has no row for an article without any.
            let is_table = reader.name == "csv";
            let written: Vec<&Article> = written.iter().filter(|article| !is_table || !article.mentions.is_empty()).collect();
            let empty = |article: &&&Article| format.writer.as_ref().unwrap().is_by_token && in_words(article) == [""];
            let written: Vec<&Article> = written.iter().filter(|article| !empty(article)).copied().collect();
            prop_assert!(read.troubles.is_empty() || written.is_empty(), "{}: {:?}", format, read.troubles);
            prop_assert_eq!(read.articles.len(), written.len(), "{}", format);
            for (written, incoming) in written.into_iter().zip(&read.articles) {
                prop_assert!(incoming.notes.is_empty(), "{}: {:?}", format, incoming.notes);
                let same = compare_with(format, written, incoming);
                prop_assert!(same.is_ok(), "{}: {:?}\n{}", format, same, String::from_utf8_lossy(&bytes));
            }
        }
    }
}
