//! Exports of Europresse as web pages: the newer kind with an `article` element for each, the older with a table.

use dom_query::NodeRef;

use super::fields::{is_rights, language_tag};
use super::page::{self, Made};
use crate::annotation::ZoneKind;
use crate::reading::days::day_or_month_in;
use crate::reading::details::without_by;
use crate::reading::fault::Trouble;
use crate::reading::incoming::Sink;
use crate::reading::input::{Head, Input};
use crate::reading::reader::{How, Reader};

pub static READER: Reader =
    Reader { name: "europresse", what: "articles exported from Europresse as a web page", endings: &[], knows, read };

fn knows(head: &Head<'_>) -> bool {
    let has_articles = head.text.contains("DocPublicationName") || head.text.contains("titreArticle");
    let text = head.text.to_lowercase();
    let is_old = || text.contains("<table") && (text.contains("europresse") || text.contains("eureka.cc") || text.contains("cedrom-sni"));
    text.starts_with('<') && (has_articles || is_old())
}

fn read(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let (document, encoding) = page::tree_of(input, how)?;
    let articles = document.select("article");
    let made: Vec<Made> = if articles.exists() {
        articles.nodes().iter().map(article).collect()
    } else {
        let tables = document.select("table");
        // A table inside another is part of its article.
        let is_table = |node: &NodeRef<'_>| node.node_name().is_some_and(|name| &*name == "table");
        let is_outer = |table: &&NodeRef<'_>| !table.ancestors_it(None).any(|above| is_table(&above));
        tables.nodes().iter().filter(is_outer).map(table).filter(|made| !made.is_empty()).collect()
    };
    page::hand_out(input, made, encoding, sink)
}

/// Every line of an article, in its order; which is which the classes say.
fn article(node: &NodeRef<'_>) -> Made {
    let mut made = Made::default();
    let title = page::lines_at(node, ".titreArticle");
    let authors = page::lines_at(node, ".docAuthors, .sm-margin-bottomNews");
    let text = page::lines_at(node, ".docOcurrContainer, .DocText");
    let outlet = page::line_at(node, ".DocPublicationName");
    let header = page::lines_at(node, ".DocHeader");
    made.meta.title = Some(title.join(" ")).filter(|title| !title.is_empty());
    made.meta.outlet = outlet.map(|outlet| name_of(&outlet));
    made.meta.published = header.iter().find_map(|line| day_or_month_in(line));
    made.meta.byline = Some(without_by(&authors.join(", ")).to_owned()).filter(|authors| !authors.is_empty());
    let mut is_in_text = text.is_empty();
    let all = page::lines_in(node);
    let begins = text.first();
    for line in all {
        is_in_text |= begins == Some(&line);
        let kind = if title.contains(&line) {
            Some(ZoneKind::Headline)
        } else if authors.contains(&line) {
            Some(ZoneKind::Byline)
        } else if header.contains(&line) || is_frame(&line) || !is_in_text || !(text.is_empty() || text.contains(&line)) {
            Some(ZoneKind::Boilerplate)
        } else {
            None
        };
        made.push(&line, kind);
    }
    made
}

/// `Le Courrier du Port, no. 23714` is called without its number.
fn name_of(outlet: &str) -> String {
    let end = [", no", ", n°", " (site web)", " - ", ", p."].iter().filter_map(|mark| outlet.find(mark)).min().unwrap_or(outlet.len());
    outlet[..end].trim().to_owned()
}

/// Whose it is and how it is filed.
fn is_frame(line: &str) -> bool {
    let is_number = line.starts_with("news·") || line.starts_with("Numéro de document") || line.starts_with("Document number");
    is_rights(line) || is_number || line.starts_with("Visualiser l'article") || line.starts_with("Cet article est paru dans")
}

/// The older kind: outlet, day and pages, title, author, text, one under another.
fn table(node: &NodeRef<'_>) -> Made {
    let mut made = Made::default();
    let lines = page::lines_in(node);
    let Some(day) = lines.iter().take(8).position(|line| line.split_whitespace().count() <= 20 && day_or_month_in(line).is_some()) else {
        lines.iter().for_each(|line| made.push(line, is_frame(line).then_some(ZoneKind::Boilerplate)));
        return made;
    };
    made.meta.published = day_or_month_in(&lines[day]);
    made.meta.outlet = lines.first().filter(|_| day > 0).map(|line| name_of(line)).or_else(|| {
        // All on one line: the outlet stands before the first comma.
        lines[day].split_once(',').map(|(name, _)| name.trim().to_owned())
    });
    let marked = page::line_at(node, "b, strong, h1, h2, h3").filter(|title| lines.iter().skip(day + 1).take(3).any(|line| line == title));
    let title = marked.or_else(|| lines.get(day + 1).cloned());
    let title_at = lines.iter().position(|line| Some(line) == title.as_ref());
    made.meta.title = title;
    for (i, line) in lines.iter().enumerate() {
        let is_short = line.split_whitespace().count() <= 6 && !line.ends_with('.');
        let is_after_title = title_at.is_some_and(|at| i == at + 1);
        let kind = if Some(i) == title_at {
            Some(ZoneKind::Headline)
        } else if i <= day || is_frame(line) || language_tag(line).is_some_and(|_| is_short) {
            Some(ZoneKind::Boilerplate)
        } else if is_after_title && is_short {
            made.meta.byline = Some(without_by(line).to_owned());
            Some(ZoneKind::Byline)
        } else {
            None
        };
        made.push(line, kind);
    }
    made
}
