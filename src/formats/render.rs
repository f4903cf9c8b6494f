//! One article on its way out: chosen, written, read back and compared.

use std::collections::BTreeMap;

use serde::Serialize;

use super::choose::{Chosen, choose};
use super::format::{Context, Field, Format, Sheet, Tally, Writer};
use super::loss::{Extent, Loss, Lost};
use super::options::{LeftOut, Options};
use super::snapping::inner;
use crate::annotation::{Article, ArticleId, Mention, Meta, State};
use crate::text::Span;

/// An article as it is written, with how that went.
#[derive(Debug)]
pub struct Rendered {
    pub sheet: Sheet,
    pub tally: Tally,
    pub report: Report,
}

/// How an export went.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    pub articles: usize,
    /// Mentions written.
    pub written: usize,
    /// Mentions that the filters kept back.
    pub left_out: LeftOut,
    /// Articles that the filters kept back.
    pub left_out_articles: usize,
    #[serde(skip)]
    pub losses: Vec<Loss>,
}

impl Report {
    pub fn add(&mut self, other: Report) {
        self.articles += other.articles;
        self.written += other.written;
        self.left_out.add(other.left_out);
        self.left_out_articles += other.left_out_articles;
        self.losses.extend(other.losses);
    }
}

/// What was written does not read back as what it was.
#[derive(Clone, Debug, thiserror::Error)]
#[error("article {article:?} does not read back from {format} as it was ({why}); nothing was written. Please report this")]
pub struct Unequal {
    pub article: ArticleId,
    pub format: &'static str,
    pub why: String,
}

impl Format {
    /// Writes one article on its sheet, reads it back and compares.
    ///
    /// # Errors
    /// [`Unequal`] where what was written does not say what the article says; that is a fault of the program.
    pub fn render(&self, article: &Article, options: &Options<'_>) -> Result<Rendered, Unequal> {
        let unequal = |why| Unequal { article: article.id.clone(), format: self.name, why };
        let writer = self.writer.as_ref().ok_or_else(|| unequal("it is only read".to_owned()))?;
        let Chosen { article: chosen, mut lost, left_out } = choose(article, writer, options);
        let context = options.context();
        let mut sheet = Sheet { pages: vec![Vec::with_capacity(chosen.text.len() * 2)], ..Sheet::default() };
        (writer.write)(&chosen, &context, &mut sheet).map_err(unequal)?;
        let missing: Vec<_> = sheet.lost.iter().filter(|loss| loss.extent == Extent::Whole).filter_map(|loss| loss.mention).collect();
        let written: Vec<&Mention> = chosen.mentions.iter().filter(|mention| !missing.contains(&mention.id)).collect();
        let back = (writer.read_back)(&sheet, &chosen).map_err(unequal)?;
        compare(writer, &chosen, &written, &back).map_err(unequal)?;

        lost.extend(sheet.lost.iter().cloned());
        lost.extend(unsaid(self, writer, &context, &chosen, &written));
        let labels = written.iter().map(|mention| mention.label.clone()).collect();
        let tally = Tally { labels, declared: std::mem::take(&mut sheet.declared), certificate: None };
        let report = Report { articles: 1, written: written.len(), left_out, left_out_articles: 0, losses: Loss::all(article, lost) };
        Ok(Rendered { sheet, tally, report })
    }

    /// Whether rejected mentions have a place in it.
    pub fn keeps_rejected(&self) -> bool {
        self.writer.as_ref().is_some_and(|writer| writer.keeps.contains(&Field::State))
    }
}

/// Holds what was read back against what was to be written: the same mentions, and of each what the format has a place for.
pub fn compare(writer: &Writer, article: &Article, written: &[&Mention], back: &Article) -> Result<(), String> {
    if back.id != article.id || back.text != article.text {
        return Err("id or text differ".to_owned());
    }
    if writer.keeps.contains(&Field::Meta) && back.meta != said_meta(&article.meta) {
        return Err("title, outlet or day differ".to_owned());
    }
    if back.mentions.len() != written.len() {
        return Err(format!("{} mentions instead of {}", back.mentions.len(), written.len()));
    }
    let words = |span: Span| if writer.is_by_token { inner(&back.text, span) } else { span };
    let mut counts: BTreeMap<_, i64> = BTreeMap::new();
    for mention in written {
        *counts.entry((words(mention.span), &mention.label, said(writer, mention))).or_default() += 1;
    }
    for mention in &back.mentions {
        *counts.entry((words(mention.span), &mention.label, said(writer, mention))).or_default() -= 1;
    }
    match counts.into_iter().find(|(_, n)| *n != 0) {
        Some(((span, label, _), _)) => Err(format!("{label} at bytes {}..{} differs", span.start, span.end)),
        None => Ok(()),
    }
}

/// What of an article's metadata says anything.
fn said_meta(meta: &Meta) -> Meta {
    let said = |value: &Option<String>| value.clone().filter(|value| !value.is_empty());
    let Meta { title, byline, outlet, published, language, url } = meta;
    Meta {
        title: said(title),
        byline: said(byline),
        outlet: said(outlet),
        published: said(published),
        language: said(language),
        url: said(url),
    }
}

/// What a mention says of the fields that the format keeps; what is absent is empty.
fn said(writer: &Writer, mention: &Mention) -> Vec<String> {
    let fields = writer.keeps.iter().filter(|field| !field.is_of_article() && !matches!(field, Field::Kb | Field::MentionExtras));
    fields.map(|field| value(*field, mention)).collect()
}

fn value(field: Field, mention: &Mention) -> String {
    let text = |value: &Option<std::sync::Arc<str>>| value.as_deref().unwrap_or_default().to_owned();
    match field {
        Field::State => mention.state.as_str().to_owned(),
        Field::How => mention.how.map(|how| how.as_str().to_owned()).unwrap_or_default(),
        Field::Score => {
            mention.score.filter(|score| score.thousandths() > 0).map(|score| score.thousandths().to_string()).unwrap_or_default()
        }
        Field::Origin => mention.origin.to_string(),
        Field::First => {
            let first = mention.first.as_ref().map_or((mention.span, &mention.label), |first| (first.span, &first.label));
            format!("{}..{} {}", first.0.start, first.0.end, first.1)
        }
        Field::Entity => mention.entity.as_ref().map(|id| id.to_string()).unwrap_or_default(),
        Field::Value => text(&mention.value),
        Field::Note => text(&mention.note),
        Field::By => text(&mention.by),
        Field::At => mention.at.map(|at| at.to_string()).unwrap_or_default(),
        _ => String::new(),
    }
}

/// What the article says and the format has no place for: one loss for the whole article, for it is the same of every one.
fn unsaid(format: &Format, writer: &Writer, context: &Context<'_>, article: &Article, written: &[&Mention]) -> Option<Lost> {
    let fields = Field::ALL.iter().filter(|field| !writer.keeps.contains(field));
    let mut words: Vec<String> = Vec::new();
    for field in fields {
        let count = written.iter().filter(|mention| says(*field, context, mention)).count();
        if count > 0 {
            words.push(format!("{} of {}", field.words(), if count == 1 { "1 mention".to_owned() } else { format!("{count} mentions") }));
        } else if article_says(*field, article) {
            words.push(field.words().to_owned());
        }
    }
    let why = format!("{format} has no place for it");
    (!words.is_empty()).then(|| Lost::of_article(words.join(", "), why, Extent::Field))
}

fn says(field: Field, context: &Context<'_>, mention: &Mention) -> bool {
    match field {
        Field::State => mention.state != State::Confirmed,
        Field::How => mention.how.is_some(),
        Field::Score => mention.score.is_some(),
        Field::Origin => true,
        Field::First => mention.first.is_some(),
        Field::Entity => mention.entity.is_some(),
        Field::Kb => context.entity(mention).is_some_and(|entity| entity.kb.is_some()),
        Field::Value => mention.value.is_some(),
        Field::Note => mention.note.is_some(),
        Field::By => mention.by.is_some(),
        Field::At => mention.at.is_some(),
        Field::MentionExtras => !mention.extras.is_empty(),
        Field::Meta | Field::Zones | Field::Desk | Field::ArticleExtras => false,
    }
}

fn article_says(field: Field, article: &Article) -> bool {
    match field {
        Field::Meta => article.meta != Default::default(),
        Field::Zones => !article.zones.is_empty(),
        Field::Desk => article.desk != Default::default(),
        Field::ArticleExtras => !article.extras.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::annotation::Progress;
    use crate::dsl;
    use crate::formats::format::{Container, Field, Format, Sheet, Writer};
    use crate::formats::loss::Extent;
    use crate::formats::options::{Options, StateFilter};
    use crate::formats::table::FORMATS;

    /// A format that says less than it was given, as a faulty writer would.
    fn faulty(read_back: super::super::format::ReadBack) -> Format {
        let write = |_: &super::Article, _: &super::Context<'_>, sheet: &mut Sheet| {
            sheet.page().extend(b"x");
            Ok(())
        };
        let writer = Writer { keeps: &[Field::Note], ..Writer::new(write, read_back, Container::LINES) };
        Format { name: "f", title: "F", what: "w", extension: "f", unit: None, reader: None, writer: Some(writer) }
    }

    #[test]
    fn what_does_not_read_back_as_it_was_is_a_fault() {
        let article = dsl::article("a", "[PERSON! Ann] met [ORG! NATO]");
        let options = Options::default();
        let why = |format: Format| format.render(&article, &options).map(|_| ()).map_err(|unequal| unequal.why);
        assert_eq!(why(faulty(|_, article| Ok(article.clone()))), Ok(()));
        assert_eq!(
            why(faulty(|_, article| Ok(dsl::article(article.id.as_str(), "Ann met [ORG! NATO]")))),
            Err("1 mentions instead of 2".to_owned())
        );
        let moved = why(faulty(|_, _| Ok(dsl::article("a", "[PERSON! Ann] met NA[ORG! TO]"))));
        assert!(moved.is_err_and(|why| why.contains("differs")));
        let renamed = why(faulty(|_, _| Ok(dsl::article("a", "[PERSON! Ann] met [GPE! NATO]"))));
        assert!(renamed.is_err_and(|why| why.contains("differs")));
        let noted = why(faulty(|_, article| {
            let mut article = article.clone();
            article.mentions[0].note = Some("x".into());
            Ok(article)
        }));
        assert!(noted.is_err(), "a field that the format keeps");
        assert_eq!(why(faulty(|_, _| Ok(dsl::article("a", "[PERSON~ Ann] met [ORG? NATO]")))), Ok(()), "one that it does not keep");
        assert!(why(faulty(|_, _| Ok(dsl::article("b", "[PERSON! Ann] met [ORG! NATO]")))).is_err());
    }

    #[test]
    fn what_a_format_has_no_place_for_is_told_once_an_article() {
        let mut article = dsl::article("a", "[PERSON! Ann] met [ORG? NATO]");
        article.mentions[0].note = Some("the elder".into());
        article.desk.progress = Progress::Done;
        for format in FORMATS.iter().filter(|format| format.writer.is_some()) {
            let report = format.render(&article, &Options { state: StateFilter::Living, ..Options::default() }).unwrap().report;
            let unsaid: Vec<_> = report.losses.iter().filter(|loss| loss.extent == Extent::Field).collect();
            let keeps_all = format.writer.as_ref().is_some_and(|writer| writer.keeps == Field::ALL);
            assert_eq!(keeps_all, unsaid.is_empty(), "{format}: {unsaid:?}");
            assert!(unsaid.len() <= 1);
        }
        let conll = super::super::table::named("conll").unwrap().render(&article, &Options::default()).unwrap().report;
        let what = &conll.losses[0].what;
        assert!(what.contains("the note of 1 mention") && what.contains("progress") && !what.contains("suggested or"), "{what}");
    }
}
