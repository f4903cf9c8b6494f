//! What a page says of its article beside the text: JSON-LD, metadata, the elements that tell its day and its authors.

use std::sync::LazyLock;

use dom_query::{Document, NodeRef};
use regex::Regex;
use serde_json::Value;

use super::days::day_in;
use super::details::{pattern, text_of};
use super::page::Page;
use super::{leftovers, marks, markup, walk};
use crate::annotation::Meta;

/// What the page's JSON-LD tells of its article, also where that stands in a `@graph`.
#[derive(Default)]
pub struct Linked {
    pub meta: Meta,
    /// The article itself, a line a paragraph; empty where it does not stand there.
    pub body: Vec<String>,
}

/// The article of the JSON-LD that bears the page's `title`, else the first.
pub fn linked_data(document: &Document, title: &str) -> Linked {
    let mut found: Vec<Linked> = Vec::new();
    for script in document.select("script[type='application/ld+json']").nodes() {
        let Ok(value) = serde_json::from_str::<Value>(script.text().trim()) else { continue };
        let tops = list_of(&value);
        let graphs = tops.iter().filter_map(|top| top.get("@graph")).flat_map(list_of).collect::<Vec<_>>();
        found.extend(tops.into_iter().chain(graphs).filter(|node| is_article(node)).map(article));
    }
    let bears = |linked: &Linked| linked.meta.title.as_deref().is_some_and(|own| !own.is_empty() && title.contains(own));
    let at = found.iter().position(bears).unwrap_or(0);
    if found.is_empty() { Linked::default() } else { found.swap_remove(at) }
}

fn list_of(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        value => vec![value],
    }
}

fn is_article(node: &Value) -> bool {
    let types = node.get("@type").map(list_of).unwrap_or_default();
    types.iter().filter_map(|name| name.as_str()).any(|name| name.ends_with("Article") || name.ends_with("BlogPosting") || name == "Report")
}

fn article(node: &Value) -> Linked {
    let text = |key: &str| text_of(node.get(key).and_then(Value::as_str));
    let name = |value: &Value| text_of(value.get("name").or(Some(value)).and_then(Value::as_str));
    let authors: Vec<String> = node.get("author").map(list_of).unwrap_or_default().into_iter().filter_map(name).collect();
    let meta = Meta {
        title: text("headline").or_else(|| text("name")),
        byline: (!authors.is_empty()).then(|| authors.join(", ")),
        outlet: node.get("publisher").and_then(name),
        published: text("datePublished").and_then(|date| day_in(&date)),
        language: text("inLanguage"),
        url: text("url"),
    };
    Linked { meta, body: markup::paragraphs(node.get("articleBody").and_then(Value::as_str).unwrap_or_default()) }
}

/// What is said where no metadata says it: the canonical address, the day.
pub fn from_elements(document: &Document) -> Meta {
    let attribute = |selector: &str, name: &str| document.select_single(selector).attr(name).map(|value| value.to_string());
    let metas = [
        "meta[name='date']",
        "meta[name='pubdate']",
        "meta[name='dc.date']",
        "meta[itemprop='datePublished']",
        "meta[name='parsely-pub-date']",
    ];
    let said = metas.iter().filter_map(|selector| attribute(selector, "content")).find_map(|date| day_in(&date));
    Meta {
        url: attribute("link[rel='canonical']", "href").filter(|url| url.starts_with("http")),
        published: said.or_else(|| time_of(document)),
        ..Meta::default()
    }
}

/// The day that the `time` elements tell: one that says it is the day of publication, else the first that does not speak
/// of a change, else the first.
fn time_of(document: &Document) -> Option<String> {
    let times: Vec<(String, String)> = document
        .select("time[datetime]")
        .nodes()
        .iter()
        .filter_map(|time| Some((day_in(&time.attr("datetime")?)?, told_of(time))))
        .collect();
    let first = |fits: &dyn Fn(&str) -> bool| times.iter().find(|(_, told)| fits(told)).map(|(day, _)| day.clone());
    let is_change = |told: &str| CHANGED.is_match(told);
    first(&|told| PUBLISHED.is_match(told) && !is_change(told)).or_else(|| first(&|told| !is_change(told))).or_else(|| first(&|_| true))
}

/// What an element says of itself: its attributes, its words, and those right before it.
fn told_of(node: &NodeRef<'_>) -> String {
    let own = |node: &NodeRef<'_>| {
        ["class", "id", "itemprop", "data-testid", "title"]
            .iter()
            .filter_map(|name| node.attr(name))
            .fold(String::new(), |all, value| format!("{all} {value}"))
    };
    let before = node.prev_sibling().map(|before| before.text().to_string()).unwrap_or_default();
    let before = before.char_indices().rev().nth(40).map_or(before.as_str(), |(at, _)| &before[at..]);
    let around = node.parent().filter(|parent| parent.element_children().len() == 1).map(|parent| own(&parent)).unwrap_or_default();
    let lone = node.parent().filter(|parent| parent.text().len() < 80 && parent.element_children().len() == 1);
    let beside = lone.map(|parent| parent.text().to_string()).unwrap_or_default();
    format!("{} {around} {before} {beside} {}", own(node), node.text()).to_lowercase()
}

static CHANGED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"updat|modif|changed|corrected|aktualisiert|geändert|mis à jour|modifié|actualizad|aggiornat|atualizad|bijgewerkt|gewijzigd|zaktualizowan|aktualizacj|uppdaterad|обновлен|изменен",
    )
});
static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"publi|posted|veröffentlicht|erschienen|pubblicat|gepubliceerd|geplaatst|opublikowan|publicerad|опубликован")
});

/// The element that a text came from, told by its letters alone: what parsers hand over of an element has lost the breaks
/// inside it. Answers its lines.
pub fn lines_of(document: &Document, text: &str) -> Option<Vec<String>> {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (wanted, longest) = (bare(text), text.len() * 4 + 200);
    let is_it = |node: &NodeRef<'_>| node.is_element() && node.text().len() <= longest && bare(&node.text()) == wanted;
    document.body()?.descendants_it().find(is_it).map(|node| lines_in(&node))
}

/// As [`lines_of`], on one line; the text itself where no element says it.
pub fn line_of(document: &Document, text: &str) -> Option<String> {
    text_of(Some(&lines_of(document, text).map_or_else(|| text.to_owned(), |lines| lines.join(" "))))
}

pub fn lines_in(node: &NodeRef<'_>) -> Vec<String> {
    let mut page = Page::default();
    walk::walk_whole(node, &mut page);
    page.text().lines().filter_map(|line| text_of(Some(line))).collect()
}

/// Who wrote the article, line by line, as the first element inside `home` says that is marked so.
pub fn byline_of(home: &NodeRef<'_>) -> Option<Vec<String>> {
    let marked = home.descendants_it().filter(|node| node.is_element() && marks::is_byline(node));
    marked.map(|node| lines_in(&node)).find(|lines| {
        let len: usize = lines.iter().map(String::len).sum();
        (3..160).contains(&len) && !lines.iter().any(|line| leftovers::of_line(line).is_some() || line.ends_with('.'))
    })
}
