//! NITF, out: a folder with a news item for each article, names as the elements that NITF has for them.
//!
//! NITF's elements for names hold words alone, so of overlapping mentions one is written. A label without an element of its own
//! is `em` with the label as its class. The content is the whole text, headline included, for
//! nothing of it may be missing. What goes out is valid by the schema of NITF 3.5 and 3.6, but without their namespace, as agencies
//! send it: the systems of newsrooms know the element by its bare name. They also ask for an urgency and for a time.

use super::format::{Container, Context, Format, Sheet, Writer};
use super::inline::{Tag, paragraphs, unwoven, weave};
use super::loss::{Extent, Lost};
use super::xml::{self, between_tags, clean, in_attribute};
use crate::annotation::{Article, Label, Mention};

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
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<nitf>\n  <head>\n    <title>{}</title>\n    <docdata>\n      <doc-id id-string=\"{}\"/>\n      <urgency ed-urg=\"{}\"/>\n",
        plain(article.title()),
        in_attribute(article.id.as_str()),
        urgency(article)
    );
    // A day is all that is known of the time.
    if let Some(day) = meta.published.as_deref().filter(|day| day.parse::<jiff::civil::Date>().is_ok()) {
        page.push_str(&format!("      <date.issue norm=\"{}T000000\"/>\n", day.replace('-', "")));
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

/// As the wire said it, else that of what can wait: 5 of 8.
fn urgency(article: &Article) -> u8 {
    let said = article.extras.iter().find(|extra| extra.format == "wire" && extra.key == "urgency");
    said.and_then(|said| said.value.parse().ok()).filter(|urgency| (1..=8).contains(urgency)).unwrap_or(5)
}

/// A label as a token of a name, which is all that a class of older NITF may be: what is none is written as its number.
fn class_of(label: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':');
    let mut class = String::new();
    for (at, c) in label.char_indices() {
        let is_like_ours = c == '_' && label[at + 1..].starts_with('x');
        if is_plain(c) || c == '_' && !is_like_ours { class.push(c) } else { class.push_str(&format!("_x{:X}_", u32::from(c))) }
    }
    class
}

/// The label that a class stands for.
fn label_of(class: &str) -> String {
    let mut label = String::new();
    let mut rest = class;
    while let Some(at) = rest.find("_x") {
        label.push_str(&rest[..at]);
        let inside = &rest[at + 2..];
        let letter = inside.split_once('_').and_then(|(code, after)| Some((char::from_u32(u32::from_str_radix(code, 16).ok()?)?, after)));
        rest = match letter {
            Some((letter, after)) => {
                label.push(letter);
                after
            }
            None => {
                label.push_str("_x");
                inside
            }
        };
    }
    label + rest
}

fn tag(mention: &Mention, context: &Context<'_>) -> Tag {
    let label = mention.label.as_str();
    let name = element_of(label).unwrap_or("em");
    let mut open = format!("<{name} class=\"{}\"", class_of(label));
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
    let mut back = unwoven(content, document.fault, article)?;
    back.mentions.iter_mut().for_each(|mention| mention.label = Label::new(&label_of(mention.label.as_str())));
    Ok(back)
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
            "<urgency ed-urg=\"5\"/>",
            "<date.issue norm=\"20230506T000000\"/>",
            "<p><person class=\"PERSON\">Ann &amp; Co</person>&#13;\n</p><p><org class=\"ORG\">Bank of Spain</org> on ",
            "<chron class=\"DATE\" norm=\"20230505\">May 5</chron> <em class=\"NORP\">Danes</em></p>",
        ] {
            assert!(page.contains(expect), "{expect}\n{page}");
        }
        assert!(rendered.report.losses.iter().any(|loss| loss.what.contains("Spain") && loss.is_whole()));
    }

    #[test]
    fn classes_are_tokens_and_stand_for_their_labels() {
        for label in ["ORG", "WORK_OF_ART", "Eigene Marke", "a&b <c>", "_x20_", "x_xy", "Ж", "a_x", "_", "_x_"] {
            let class = class_of(label);
            assert!(class.chars().all(|c| c.is_ascii_alphanumeric() || "-._:".contains(c)), "{class}");
            assert_eq!(label_of(&class), label, "{class}");
        }
        assert_eq!(class_of("WORK_OF_ART"), "WORK_OF_ART");
    }

    /// What the schema of NITF 3.5 lets stand in each element that we write, and which attributes it may have.
    const SCHEMA: &[(&str, &[&str], &[&str])] = &[
        ("nitf", &["head", "body"], &[]),
        ("head", &["title", "docdata", "pubdata"], &[]),
        ("title", &["#text"], &[]),
        ("docdata", &["doc-id", "urgency", "date.issue"], &[]),
        ("doc-id", &[], &["regsrc", "id-string"]),
        ("urgency", &[], &["ed-urg"]),
        ("date.issue", &[], &["norm"]),
        ("pubdata", &[], &["type", "name"]),
        ("body", &["body.head", "body.content"], &[]),
        ("body.head", &["hedline", "byline"], &[]),
        ("hedline", &["hl1"], &[]),
        ("hl1", &["#text"], &[]),
        ("byline", &["#text"], &[]),
        ("body.content", &["p"], &[]),
        ("p", &["#text", "person", "org", "location", "chron", "event", "money", "object.title", "num", "em"], &[]),
        ("person", &["#text"], &["class", "idsrc", "value"]),
        ("org", &["#text"], &["class", "idsrc", "value"]),
        ("event", &["#text"], &["class", "idsrc", "value"]),
        ("location", &["#text"], &["class"]),
        ("chron", &["#text"], &["class", "norm"]),
        ("money", &["#text"], &["class"]),
        ("object.title", &["#text"], &["class"]),
        ("num", &["#text"], &["class"]),
        ("em", &["#text"], &["class"]),
    ];

    /// Elements stand in the order of the schema, in those that it lets them stand in.
    fn check(element: roxmltree::Node<'_, '_>) {
        let name = element.tag_name().name();
        let (_, inside, attributes) = SCHEMA.iter().find(|(known, ..)| *known == name).unwrap_or_else(|| panic!("{name} is no element"));
        element.attributes().for_each(|one| assert!(attributes.contains(&one.name()), "{name} has {}", one.name()));
        let mut last = 0;
        for child in element.children() {
            let child_name = if child.is_text() { "#text" } else { child.tag_name().name() };
            if child.is_text() && child.text().is_some_and(|text| text.trim().is_empty()) {
                continue;
            }
            let at = inside.iter().position(|known| *known == child_name).unwrap_or_else(|| panic!("{child_name} in {name}"));
            assert!(inside.contains(&"#text") || at >= last, "{child_name} stands too late in {name}");
            last = at;
            if child.is_element() {
                check(child);
            }
        }
    }

    #[test]
    fn what_goes_out_is_valid() {
        let mut article = dsl::article(
            "a<1",
            "Talks end\r\n\r\n[PERSON! Ann & Co] of [ORG! Bank] in [GPE! Oslo] on [DATE! May 5] at [EVENT! Quay Fair], [MONEY! $5], [WORK_OF_ART! Sea], [CARDINAL! two], [OWN_LABEL! it].\n\nEnd.",
        );
        for published in [None, Some("2023-05-06"), Some("May 2023")] {
            article.meta.published = published.map(str::to_owned);
            article.meta.byline = published.map(|_| "Ewa Lis & Bo".to_owned());
            article.meta.outlet = published.map(|_| "The \"Quay\"".to_owned());
            let rendered = FORMAT.render(&article, &Options { state: StateFilter::Living, ..Options::default() }).unwrap();
            let page = std::str::from_utf8(rendered.sheet.bytes()).unwrap();
            let document = roxmltree::Document::parse(page).unwrap();
            check(document.root_element());
            assert_eq!(document.descendants().filter(|node| node.attribute("class").is_some()).count(), 9, "{page}");
        }
    }
}
