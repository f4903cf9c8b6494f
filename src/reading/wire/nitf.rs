//! NITF, with and without its namespace, alone or inside another notation. Names that are marked in its text come in as
//! suggestions: they are somebody's work, and often a machine's.

use roxmltree::Node;

use super::day::day_of;
use super::story::{Story, Words, bare_title, is_initials};
use crate::annotation::ZoneKind;
use crate::reading::article::id_of;
use crate::reading::details::without_by;
use crate::reading::fault::Trouble;
use crate::reading::incoming::Sink;
use crate::reading::input::{Head, Input};
use crate::reading::reader::{How, Reader};
use crate::reading::xml::{MAX_DEPTH, Xml, attribute, child, children, find, line_in, name, path};

pub static READER: Reader = Reader { name: "nitf", what: "a story of a news wire in NITF", endings: &["nitf"], knows, read };

fn knows(head: &Head<'_>) -> bool {
    head.root() == Some("nitf")
}

fn read(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let mut xml = Xml::of(input, how)?;
    xml.tell(sink);
    let document = xml.parse()?;
    let mut story = Story::default();
    meta_of(document.root_element(), &mut story);
    text_of(document.root_element(), &mut story);
    if story.is_empty() {
        return Err(Trouble::NoText);
    }
    sink.article(story.into_incoming(id_of(input.path), 0, "nitf", xml.encoding));
    Ok(())
}

/// What NITF says of its story.
pub fn meta_of(nitf: Node<'_, '_>, story: &mut Story) {
    let of = |element: &str, key: &str| find(nitf, element).and_then(|node| attribute(node, key)).map(str::to_owned);
    let headline = find(nitf, "hedline").and_then(|hedline| child(hedline, "hl1")).or_else(|| find(nitf, "hl1")).and_then(line_in);
    let title = headline.or_else(|| path(nitf, &["head", "title"]).and_then(line_in));
    let said = of("date.issue", "norm").or_else(|| of("pubdata", "date.publication"));
    let published = said.as_deref().and_then(day_of);
    if let (Some(said), None) = (&said, &published) {
        story.notes.push(Trouble::Partial(format!("its day of publication is no day: {said:?}; give it in Details")));
    }
    let meta = &mut story.meta;
    meta.published = meta.published.take().or(published);
    meta.title = meta.title.take().or(title.map(|title| bare_title(&title)));
    meta.outlet = meta.outlet.take().or_else(|| {
        let distributor = || find(nitf, "distributor").and_then(line_in);
        let owner = || find(nitf, "rights.owner").and_then(line_in);
        of("doc.copyright", "holder")
            .or_else(distributor)
            .or_else(|| of("doc-id", "regsrc"))
            .or_else(owner)
            .or_else(|| of("doc.rights", "owner"))
            .or_else(|| of("pubdata", "name"))
            .or_else(|| of("from-src", "src-name"))
    });
    let language =
        || nitf.descendants().find_map(|node| attribute(node, "lang").filter(|_| matches!(name(node), "nitf" | "body" | "body.content")));
    meta.language = meta.language.take().or_else(|| language().map(str::to_owned));
    let byline = find(nitf, "byline").and_then(byline_of).filter(|byline| !is_initials(byline));
    meta.byline = meta.byline.take().or(byline);
    story.keep("id", of("doc-id", "id-string"));
    story.keep("urgency", of("urgency", "ed-urg"));
    story.keep("release", of("date.release", "norm"));
    let status = of("docdata", "management-status").filter(|status| status != "usable");
    if let Some(status) = &status {
        story.notes.push(Trouble::Partial(format!("the agency says that this story is {status}")));
    }
    story.keep("status", status);
}

/// Who wrote it, without the title that follows the name.
fn byline_of(byline: Node<'_, '_>) -> Option<String> {
    let mut words = Words::default();
    for node in byline.descendants().filter(|node| node.is_text()) {
        let is_title = node.ancestors().take_while(|above| *above != byline).any(|above| matches!(name(above), "byttl" | "location"));
        if !is_title {
            words.push(node.text().unwrap_or_default());
            words.push(" ");
        }
    }
    let line = without_by(words.text.trim()).trim_end_matches(',').trim().to_owned();
    (!line.is_empty()).then_some(line)
}

/// The words of the story: its head, its text, its captions.
pub fn text_of(nitf: Node<'_, '_>, story: &mut Story) {
    if let Some(title) = story.meta.title.clone() {
        story.push_text(&title, Some(ZoneKind::Headline));
    }
    if let Some(head) = find(nitf, "body.head") {
        for subhead in find(head, "hedline").into_iter().flat_map(|hedline| children(hedline, "hl2")) {
            story.push(&words_of(subhead), Some(ZoneKind::Headline));
        }
        if let Some(byline) = child(head, "byline").and_then(line_in).filter(|byline| !is_initials(byline)) {
            let is_by = without_by(&byline) != byline;
            story.push_text(&if is_by { byline } else { format!("By {byline}") }, Some(ZoneKind::Byline));
        }
        if let Some(dateline) = child(head, "dateline").and_then(line_in) {
            story.push_text(&dateline, Some(ZoneKind::Dateline));
        }
    }
    let mut text = Story::default();
    let content = find(nitf, "body.content").or_else(|| find(nitf, "body"));
    if let Some(content) = content {
        blocks(content, &mut text, &mut story.notes);
    } else {
        blocks(nitf, &mut text, &mut story.notes);
    }
    let abstracts: Vec<Words> = find(nitf, "abstract").map(paragraphs_of).unwrap_or_default();
    for words in abstracts.iter().filter(|words| !text.has(words.text.trim())) {
        story.push(words, Some(ZoneKind::Headline));
    }
    // Once more, for the marks belong to the whole.
    if let Some(content) = content {
        blocks(content, story, &mut Vec::new());
    } else {
        blocks(nitf, story, &mut Vec::new());
    }
    for tagline in find(nitf, "body.end").into_iter().flat_map(|end| children(end, "tagline")) {
        story.push(&words_of(tagline), Some(ZoneKind::Credit));
    }
}

fn paragraphs_of(node: Node<'_, '_>) -> Vec<Words> {
    let paragraphs: Vec<Words> = children(node, "p").map(words_of).collect();
    if paragraphs.is_empty() { vec![words_of(node)] } else { paragraphs }
}

/// The paragraphs under an element, in their order.
pub fn blocks(node: Node<'_, '_>, story: &mut Story, notes: &mut Vec<Trouble>) {
    blocks_at(node, story, notes, 0);
}

fn blocks_at(node: Node<'_, '_>, story: &mut Story, notes: &mut Vec<Trouble>, depth: usize) {
    if depth > MAX_DEPTH {
        story.push(&words_of(node), None);
        return;
    }
    // Words that stand beside paragraphs, in none.
    let mut loose = Words::default();
    for inside in node.children() {
        if inside.is_text() {
            loose.push(inside.text().unwrap_or_default());
            continue;
        }
        if !inside.is_element() {
            continue;
        }
        let tag = name(inside);
        if is_inline(tag) {
            add(inside, &mut loose, 0);
            continue;
        }
        story.push(&std::mem::take(&mut loose), None);
        match tag {
            "pre" if !inside.children().any(|inside| inside.is_element()) => {
                inside.text().unwrap_or_default().split('\n').enumerate().for_each(|(i, line)| push_line_of(i, words_in(line), story));
            }
            "p" | "pre" | "dt" | "dd" | "th" | "td" | "blockquote" | "hl1" if !has_blocks(inside) => story.push(&words_of(inside), None),
            "hl2" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if !has_blocks(inside) => story.push(&words_of(inside), None),
            "media" => media(inside, story),
            "media-caption" | "figcaption" | "caption" => story.push(&words_of(inside), Some(ZoneKind::Caption)),
            "media-producer" => story.push(&words_of(inside), Some(ZoneKind::Credit)),
            "ul" | "ol" | "dl" => list(inside, story),
            "table" => table(inside, story),
            "ed-msg" => {
                let told = line_in(inside).or_else(|| attribute(inside, "info").map(str::to_owned)).unwrap_or_default();
                notes.push(Trouble::Told(format!("a message to editors was left out: “{told}”")));
            }
            "media-reference" | "media-metadata" | "media-object" | "body.head" | "head" | "body.end" | "hr" | "br" | "script"
            | "style" | "object" | "figure.credit" => {}
            _ => blocks_at(inside, story, notes, depth + 1),
        }
    }
    story.push(&loose, None);
}

fn has_blocks(node: Node<'_, '_>) -> bool {
    node.children().any(|inside| inside.is_element() && !is_inline(name(inside)))
}

fn media(node: Node<'_, '_>, story: &mut Story) {
    for caption in node.descendants().filter(|inside| matches!(name(*inside), "media-caption" | "caption")) {
        story.push(&words_of(caption), Some(ZoneKind::Caption));
    }
    for producer in children(node, "media-producer") {
        story.push(&words_of(producer), Some(ZoneKind::Credit));
    }
}

fn list(node: Node<'_, '_>, story: &mut Story) {
    let items = node.children().filter(|item| item.is_element());
    items.enumerate().for_each(|(i, item)| push_line_of(i, words_of(item), story));
}

/// A line of what stands line by line; the first one stands apart from what is before it.
fn push_line_of(i: usize, words: Words, story: &mut Story) {
    if i == 0 { story.push(&words, None) } else { story.push_line(&words, None) }
}

fn words_in(text: &str) -> Words {
    let mut words = Words::default();
    words.push(text);
    words
}

fn table(node: Node<'_, '_>, story: &mut Story) {
    for caption in children(node, "caption") {
        story.push(&words_of(caption), Some(ZoneKind::Caption));
    }
    let is_own = |row: &Node<'_, '_>| row.ancestors().skip(1).find(|above| name(*above) == "table") == Some(node);
    let rows = node.descendants().filter(|inside| name(*inside) == "tr").filter(is_own);
    rows.enumerate().for_each(|(i, tr)| push_line_of(i, row(tr), story));
}

/// Cells of a row stand on one line, a tab between them.
fn row(node: Node<'_, '_>) -> Words {
    let mut words = Words::default();
    for cell in node.children().filter(|cell| cell.is_element()) {
        words.text.truncate(words.text.trim_end_matches(' ').len());
        if !words.is_empty() {
            words.text.push('\t');
        }
        add(cell, &mut words, 0);
    }
    words
}

pub fn words_of(node: Node<'_, '_>) -> Words {
    let mut words = Words::default();
    add(node, &mut words, 0);
    words
}

fn add(node: Node<'_, '_>, words: &mut Words, depth: usize) {
    let from = words.text.len();
    for inside in node.children() {
        if inside.is_text() {
            words.push(inside.text().unwrap_or_default());
        } else if inside.is_element() && depth < MAX_DEPTH {
            let tag = name(inside);
            // A break is where a line was full.
            if !is_inline(tag) || tag == "br" {
                words.push(" ");
            }
            add(inside, words, depth + 1);
            if !is_inline(tag) {
                words.push(" ");
            }
        }
    }
    let label = match name(node) {
        "person" => "PERSON",
        "org" => "ORG",
        "location" => "GPE",
        "event" => "EVENT",
        "money" => "MONEY",
        "object.title" => "WORK_OF_ART",
        "chron" => "DATE",
        _ => return,
    };
    let value = if label == "DATE" { attribute(node, "norm").and_then(day_of) } else { None };
    words.mark(from, label, value);
}

/// Elements that run inside a line.
fn is_inline(name: &str) -> bool {
    const INLINE: [&str; 46] = [
        "a",
        "alt-code",
        "b",
        "bdo",
        "br",
        "chron",
        "cite",
        "city",
        "classifier",
        "code",
        "copyrite",
        "country",
        "em",
        "event",
        "font",
        "frac",
        "frac-num",
        "frac-den",
        "frac-sep",
        "function",
        "i",
        "lang",
        "location",
        "money",
        "name.family",
        "name.given",
        "num",
        "object.title",
        "org",
        "person",
        "postaddr",
        "pronounce",
        "q",
        "region",
        "small",
        "span",
        "state",
        "strong",
        "sub",
        "sublocation",
        "sup",
        "time",
        "u",
        "virtloc",
        "nobr",
        "keyword",
    ];
    INLINE.contains(&name)
}
