//! NITF, out: a folder with a news item for each article, names as the elements that NITF has for them.
//!
//! NITF's elements for names hold words alone, so of overlapping mentions one is written. A label without an element of its own
//! is `em` with the label as its class. The content is the whole text, headline included, for
//! nothing of it may be missing.

use super::format::{Container, Context, Format, Sheet, Writer};
use super::inline::{Tag, paragraphs, unwoven, weave};
use super::loss::{Extent, Lost};
use super::xml::{self, between_tags, clean, in_attribute};
use crate::annotation::{Article, Mention};

pub static FORMAT: Format = Format {
    name: "nitf",
    title: "NITF",
    what: "a folder of NITF news items with names as elements",
    extension: "xml",
    unit: None,
    reader: None,
    writer: Some(Writer { keeps: &[], is_flat: true, ..Writer::new(write, read_back, Container::Folder { endings: &["xml"] }) }),
};

/// NITF 3.6, enriched text: the element for a label.
fn element_of(label: &str) -> Option<&'static str> {
    Some(match label {
        "PERSON" | "PER" => "person",
        "ORG" => "org",
        "GPE" | "LOC" | "FAC" => "location",
        "DATE" | "TIME" => "chron",
        "EVENT" => "event",
        "MONEY" => "money",
        "WORK_OF_ART" => "object.title",
        "CARDINAL" | "ORDINAL" | "QUANTITY" | "PERCENT" => "num",
        _ => return None,
    })
}

fn write(article: &Article, context: &Context<'_>, sheet: &mut Sheet) -> Result<(), String> {
    let (text, replaced) = clean(&article.text);
    if replaced > 0 {
        let what = format!("{replaced} control characters of the text");
        sheet.lost.push(Lost::of_article(what, "XML cannot hold them; blanks and _ stand in their places".to_owned(), Extent::Part));
    }
    let tags: Vec<Tag> = article.mentions.iter().map(|mention| tag(mention, context)).collect();
    let meta = &article.meta;
    let plain = |words: &str| between_tags(&clean(words).0);
    let mut page = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<nitf>\n  <head>\n    <title>{}</title>\n    <docdata>\n      <doc-id id-string=\"{}\"/>\n",
        plain(article.title()),
        in_attribute(article.id.as_str())
    );
    if let Some(published) = &meta.published {
        page.push_str(&format!("      <date.issue norm=\"{}\"/>\n", in_attribute(&published.replace('-', ""))));
    }
    page.push_str("    </docdata>\n");
    if let Some(outlet) = &meta.outlet {
        page.push_str(&format!("    <pubdata type=\"web\" name=\"{}\"/>\n", in_attribute(outlet)));
    }
    page.push_str("  </head>\n  <body>\n    <body.head>\n");
    page.push_str(&format!("      <hedline><hl1>{}</hl1></hedline>\n", plain(article.title())));
    if let Some(byline) = &meta.byline {
        page.push_str(&format!("      <byline>{}</byline>\n", plain(byline)));
    }
    page.push_str("    </body.head>\n    <body.content>");
    for part in paragraphs(&text, article.mentions.iter().map(|mention| mention.span)) {
        page.push_str(&format!("<p>{}</p>", weave(&text, part, &tags)));
    }
    page.push_str("</body.content>\n  </body>\n</nitf>\n");
    sheet.page().extend(page.as_bytes());
    Ok(())
}

fn tag(mention: &Mention, context: &Context<'_>) -> Tag {
    let label = mention.label.as_str();
    let name = element_of(label).unwrap_or("em");
    let mut open = format!("<{name} class=\"{}\"", in_attribute(label));
    if let Some(value) = mention.value.as_deref().filter(|_| name == "chron") {
        open.push_str(&format!(" norm=\"{}\"", in_attribute(&value.replace('-', ""))));
    }
    let kb = context.entity(mention).and_then(|entity| entity.kb.as_deref());
    if let Some(kb) = kb.filter(|kb| !kb.is_empty() && matches!(name, "person" | "org" | "event")) {
        let source = if kb.starts_with('Q') { "wikidata.org" } else { "local" };
        open.push_str(&format!(" idsrc=\"{source}\" value=\"{}\"", in_attribute(kb)));
    }
    open.push('>');
    Tag { span: mention.span, open, close: format!("</{name}>") }
}

/// Reads the content back: its words and, by their classes, the elements around some of them.
fn read_back(sheet: &Sheet, article: &Article) -> Result<Article, String> {
    let page = std::str::from_utf8(sheet.bytes()).map_err(|error| error.to_string())?;
    let document = xml::parse(page)?;
    let content = document.root.find("body.content").ok_or("there is no content")?;
    unwoven(content, document.fault, article)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsl;
    use crate::formats::options::{Options, StateFilter};

    /// NITF 3.6, `enriched-text`: person, org, location, chron, event, money, object.title and num; no names inside names.
    #[test]
    fn names_have_their_elements_and_do_not_nest() {
        let mut article = dsl::article("a<1", "[PERSON! Ann & Co]\r\n[ORG! Bank of [GPE? Spain]] on [DATE! May 5] [NORP! Danes]");
        article.meta.published = Some("2023-05-06".to_owned());
        article.mentions.iter_mut().for_each(|one| one.value = Some("2023-05-05".into()));
        let rendered = FORMAT.render(&article, &Options { state: StateFilter::Living, ..Options::default() }).unwrap();
        let page = std::str::from_utf8(rendered.sheet.bytes()).unwrap();
        for expect in [
            "<doc-id id-string=\"a&lt;1\"/>",
            "<date.issue norm=\"20230506\"/>",
            "<p><person class=\"PERSON\">Ann &amp; Co</person>&#13;\n</p><p><org class=\"ORG\">Bank of Spain</org> on ",
            "<chron class=\"DATE\" norm=\"20230505\">May 5</chron> <em class=\"NORP\">Danes</em></p>",
        ] {
            assert!(page.contains(expect), "{expect}\n{page}");
        }
        assert!(rendered.report.losses.iter().any(|loss| loss.what.contains("Spain") && loss.is_whole()));
    }
}
