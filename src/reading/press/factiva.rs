//! Exports of Factiva: web pages of both kinds, XML, and the lines of codes that its RTF holds.

use dom_query::{NodeRef, Selection};

use super::fields::{is_rights, language_tag};
use super::frame::lines_of;
use super::page::{self, Made};
use crate::annotation::ZoneKind;
use crate::reading::days::day_or_month_in;
use crate::reading::decode::decode;
use crate::reading::details::without_by;
use crate::reading::fault::Trouble;
use crate::reading::incoming::Sink;
use crate::reading::input::{Head, Input};
use crate::reading::reader::{How, Reader};
use crate::reading::xml::{Xml, child, children, line_in, path as at};

pub static READER: Reader =
    Reader { name: "factiva-html", what: "articles exported from Factiva as a web page", endings: &[], knows, read };

fn knows(head: &Head<'_>) -> bool {
    let text = &head.text;
    text.starts_with('<') && (text.contains("articleParagraph") || (text.contains("article enArticle")) || has_codes(text))
}

/// Cells with nothing in them but a code.
fn has_codes(text: &str) -> bool {
    ["HD", "PD", "SN", "AN"].iter().filter(|code| text.contains(&format!(">{code}<")) || text.contains(&format!(">{code}&nbsp;<"))).count()
        >= 3
}

fn read(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let (document, encoding) = page::tree_of(input, how)?;
    let coded: Vec<Made> = document.select("table").nodes().iter().filter_map(coded).collect();
    let made = if coded.is_empty() { document.select("div.article").nodes().iter().map(article).collect() } else { coded };
    page::hand_out(input, made, encoding, sink)
}

/// `div.article`: what the archive says of it stands in lines of its own before the paragraphs, and its number after them.
fn article(node: &NodeRef<'_>) -> Made {
    let mut made = Made::default();
    let class = node.attr("class").map(|class| class.to_string()).unwrap_or_default();
    let of_class = class.split_whitespace().find_map(|name| name.strip_suffix("Article"));
    made.meta.language = of_class.filter(|tag| tag.len() == 2).map(str::to_owned);
    let title = page::lines_at(node, "[class$='Headline'], #hd");
    let authors = page::lines_at(node, ".author");
    let paragraphs: Vec<String> =
        Selection::from(*node).select("p.articleParagraph, p[class*='articleParagraph']").nodes().iter().flat_map(page::lines_in).collect();
    made.meta.title = Some(title.join(" ")).filter(|title| !title.is_empty());
    made.meta.byline = Some(without_by(&authors.join(", ")).to_owned()).filter(|authors| !authors.is_empty());
    let mut last_was_time = false;
    for line in page::lines_in(node) {
        if paragraphs.contains(&line) {
            made.push(&line, None);
            continue;
        }
        let kind = if title.contains(&line) {
            ZoneKind::Headline
        } else if authors.contains(&line) {
            ZoneKind::Byline
        } else {
            let is_time = day_or_month_in(&line).is_some() && line.len() < 40 || (line.len() <= 8 && line.contains(':'));
            if let Some(day) = day_or_month_in(&line).filter(|_| is_time && made.meta.published.is_none()) {
                made.meta.published = Some(day);
            } else if last_was_time && !is_time && made.meta.outlet.is_none() && !is_rights(&line) {
                made.meta.outlet = Some(line.clone());
            } else if let Some(number) = line.strip_prefix("Document ") {
                made.keep("id", number);
            } else if let Some(tag) = language_tag(&line).filter(|_| !line.contains(' ')) {
                made.meta.language = Some(tag.to_owned());
            }
            last_was_time = is_time;
            ZoneKind::Boilerplate
        };
        made.push(&line, Some(kind));
    }
    made
}

/// A table of two columns: a code, and what it tells.
fn coded(table: &NodeRef<'_>) -> Option<Made> {
    let mut fields = Vec::new();
    for row in Selection::from(*table).select("tr").nodes() {
        let cells = Selection::from(*row).select("td, th");
        let [code, value] = cells.nodes() else { continue };
        let code = page::lines_in(code).join("");
        if is_code(code.trim()) {
            fields.push((code.trim().to_owned(), page::lines_in(value)));
        }
    }
    fields.iter().any(|(code, _)| code == "HD" || code == "LP").then(|| of_fields(fields))
}

fn is_code(code: &str) -> bool {
    (2..=4).contains(&code.len()) && code.chars().all(|c| c.is_ascii_uppercase())
}

/// An article of its codes: title, author and text are its text, the rest is known of it.
fn of_fields(fields: Vec<(String, Vec<String>)>) -> Made {
    let mut made = Made::default();
    let mut paragraphs = Vec::new();
    for (code, lines) in fields {
        let line = lines.join(" ");
        match code.as_str() {
            "HD" => made.meta.title = Some(line),
            "BY" => made.meta.byline = Some(without_by(&line).to_owned()),
            "PD" => made.meta.published = day_or_month_in(&line),
            "SN" => made.meta.outlet = Some(line),
            "LA" => made.meta.language = language_tag(&line).map(str::to_owned),
            "LP" | "TD" => paragraphs.extend(lines),
            "AN" => made.keep("id", line.trim_start_matches("Document ")),
            "WC" => made.keep("length", &line),
            "SE" => made.keep("section", &line),
            "ED" => made.keep("edition", &line),
            code => made.keep(code, &line),
        }
    }
    let (title, byline) = (made.meta.title.clone().unwrap_or_default(), made.meta.byline.clone());
    made.push(&title, Some(ZoneKind::Headline));
    made.push(&byline.map(|byline| format!("By {byline}")).unwrap_or_default(), Some(ZoneKind::Byline));
    paragraphs.iter().for_each(|paragraph| made.push(paragraph, None));
    made
}

pub static XML_READER: Reader =
    Reader { name: "factiva-xml", what: "articles exported from Factiva as XML", endings: &[], knows: knows_xml, read: read_xml };

fn knows_xml(head: &Head<'_>) -> bool {
    head.root().is_some_and(|root| root.starts_with("PPS") || root == "ppsarticle" || root == "ppsArticleResponse")
        || (head.text.starts_with("<?xml") && head.text.contains("<ppsarticle"))
}

fn read_xml(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let mut xml = Xml::of(input, how)?;
    xml.tell(sink);
    let document = xml.parse()?;
    let articles = document.descendants().filter(|node| {
        let is_inside = node.parent_element().is_some_and(|parent| parent.has_tag_name("ppsarticle") || parent.has_tag_name("PPSArticle"));
        node.has_tag_name("article") && (is_inside || child(*node, "headline").is_some())
    });
    let made = articles.map(|article| {
        let text = |names: &[&'static str]| at(article, names).and_then(line_in);
        let mut made = Made::default();
        made.meta.title = text(&["headline"]);
        made.meta.byline = text(&["byline"]).map(|byline| without_by(&byline).to_owned());
        made.meta.outlet = text(&["sourceName"]);
        let day = text(&["publicationDate", "date"]).or_else(|| text(&["publicationDate"]));
        made.meta.published = day.as_deref().and_then(day_or_month_in);
        made.meta.language = text(&["baseLanguage"]).map(|tag| tag.to_lowercase());
        for (key, value) in [("id", text(&["reference"])), ("length", text(&["wordCount"])), ("section", text(&["sectionName"]))] {
            made.keep(key, &value.unwrap_or_default());
        }
        made.push(&made.meta.title.clone().unwrap_or_default(), Some(ZoneKind::Headline));
        let byline = made.meta.byline.as_ref().map(|byline| format!("By {byline}")).unwrap_or_default();
        made.push(&byline, Some(ZoneKind::Byline));
        for part in ["leadParagraph", "tailParagraphs"] {
            for part in children(article, part) {
                let paragraphs: Vec<_> = children(part, "paragraph").collect();
                let lines = if paragraphs.is_empty() { vec![line_in(part)] } else { paragraphs.into_iter().map(line_in).collect() };
                lines.into_iter().flatten().for_each(|line| made.push(&line, None));
            }
        }
        made
    });
    page::hand_out(input, made.collect(), xml.encoding, sink)
}

pub static LINES_READER: Reader = Reader {
    name: "factiva-lines",
    what: "articles exported from Factiva as lines of codes",
    endings: &[],
    knows: |head| knows_text(&head.text),
    read: read_lines,
};

fn read_lines(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let decoded = decode(input.bytes()?, how.encoding)?;
    page::hand_out(input, articles_in_lines(&decoded.text), decoded.encoding, sink)
}

/// Whether lines are those of an export as RTF: codes in the first column.
pub fn knows_text(text: &str) -> bool {
    let codes = text.lines().filter_map(code_of).map(|(code, _)| code);
    let known = codes.filter(|code| ["HD", "PD", "SN", "LP", "TD", "AN", "WC"].contains(code)).take(20).count();
    known >= 4
}

/// `HD  Port strike ends`, or the code alone on its line.
fn code_of(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_end();
    let end = line.find(|c: char| c.is_whitespace()).unwrap_or(line.len());
    let (code, rest) = line.split_at(end);
    let is_apart = rest.is_empty() || rest.starts_with('\t') || rest.starts_with("  ");
    (is_code(code) && is_apart).then(|| (code, rest.trim()))
}

/// Hands out the articles in lines of codes; the last code of an article is its number.
pub fn articles_in_lines(text: &str) -> Vec<Made> {
    let mut made = Vec::new();
    let mut fields: Vec<(String, Vec<String>)> = Vec::new();
    for line in lines_of(text) {
        match code_of(line.text) {
            Some((code, rest)) => {
                let begins = code == "HD" && fields.iter().any(|(known, _)| known == "HD");
                if begins {
                    made.push(of_fields(std::mem::take(&mut fields)));
                }
                fields.push((code.to_owned(), if rest.is_empty() { Vec::new() } else { vec![rest.to_owned()] }));
            }
            None if !line.is_blank() => fields.iter_mut().last().into_iter().for_each(|(_, lines)| lines.push(line.text.to_owned())),
            None => {}
        }
        if fields.last().is_some_and(|(code, lines)| code == "AN" && !lines.is_empty()) {
            made.push(of_fields(std::mem::take(&mut fields)));
        }
    }
    if fields.iter().any(|(code, _)| code == "HD" || code == "LP") {
        made.push(of_fields(fields));
    }
    made
}
