//! Feeds as they were saved: RSS, Atom and RDF, the exports of WordPress, and those of media monitors. One item is one article.

use roxmltree::Node;

use super::day::day_of;
use super::story::{Story, bare_title};
use crate::annotation::{ArticleId, ZoneKind};
use crate::reading::article::id_of;
use crate::reading::fault::Trouble;
use crate::reading::incoming::Sink;
use crate::reading::input::{Head, Input};
use crate::reading::markup;
use crate::reading::reader::{How, Reader};
use crate::reading::xml::{Xml, attribute, line_in, name};

pub static READER: Reader = Reader { name: "feed", what: "a saved feed (RSS, Atom, WordPress)", endings: &["rss", "atom"], knows, read };

fn knows(head: &Head<'_>) -> bool {
    matches!(head.root(), Some("rss" | "feed" | "rdf:RDF"))
}

fn read(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let mut xml = Xml::of(input, how)?;
    xml.tell(sink);
    let document = xml.parse()?;
    let root = document.root_element();
    let channel = root.children().find(|node| name(*node) == "channel").unwrap_or(root);
    let items: Vec<Node<'_, '_>> = root.descendants().filter(|node| matches!(name(*node), "item" | "entry")).collect();
    let (mut stories, mut hidden) = (Vec::new(), 0);
    for item in &items {
        // Drafts, pages of the site, pictures and menus are no articles of it.
        let of_site = |wanted, fits: &[&str]| own(*item, wanted).and_then(line_in).is_some_and(|value| !fits.contains(&value.as_str()));
        if of_site("status", &["publish"]) || of_site("post_type", &["post", "page"]) {
            hidden += 1;
            continue;
        }
        stories.extend(story(*item, channel));
    }
    if hidden > 0 {
        sink.tell(Trouble::Told(format!("{hidden} of {} items are not published or no articles, and were left out", items.len())));
    }
    let empty = items.len() - hidden - stories.len();
    if empty > 0 && !stories.is_empty() {
        sink.tell(Trouble::Told(format!("{empty} of {} items hold no words", items.len())));
    }
    if stories.is_empty() {
        return Err(Trouble::NoText);
    }
    let stem = id_of(input.path);
    for (i, story) in stories.into_iter().enumerate() {
        let id = ArticleId::new(&format!("{stem}-{}", i + 1));
        sink.article(story.into_incoming(id, i as u32 + 1, "feed", xml.encoding));
    }
    Ok(())
}

/// A child that says something of the item itself: what a namespace of media calls so says it of a picture.
fn own<'a, 'd: 'a>(item: Node<'a, 'd>, wanted: &str) -> Option<Node<'a, 'd>> {
    all(item, wanted).into_iter().next()
}

fn all<'a, 'd: 'a>(item: Node<'a, 'd>, wanted: &str) -> Vec<Node<'a, 'd>> {
    item.children().filter(|node| node.is_element() && name(*node) == wanted && !is_of_media(*node)).collect()
}

fn is_of_media(node: Node<'_, '_>) -> bool {
    node.tag_name().namespace().is_some_and(|namespace| ["/mrss", "itunes", "podcast"].iter().any(|mark| namespace.contains(mark)))
}

fn story(item: Node<'_, '_>, channel: Node<'_, '_>) -> Option<Story> {
    let line = |names: &[&str]| names.iter().find_map(|name| own(item, name).and_then(line_in));
    let mut story = Story::default();
    let title = own(item, "title").and_then(|title| markup::line_of(&text_in(title)));
    story.meta.title = title.map(|title| bare_title(&title)).filter(|title| !title.is_empty());
    let said = line(&["pubDate", "published", "date", "issued", "post_date", "updated"]);
    story.meta.published = said.as_deref().and_then(day_of);
    if let (Some(said), None) = (&said, &story.meta.published) {
        story.notes.push(Trouble::Partial(format!("its day of publication is no day: {said:?}; give it in Details")));
    }
    let mut creators: Vec<String> = all(item, "creator").into_iter().filter_map(line_in).collect();
    for author in all(item, "author") {
        creators.extend(own(author, "name").and_then(line_in).or_else(|| line_in(author)));
    }
    creators.dedup();
    story.meta.byline = Some(creators.join(", ")).filter(|names| !names.is_empty());
    let source = own(item, "source").and_then(|source| line_in(source).or_else(|| attribute(source, "url").map(str::to_owned)));
    story.meta.outlet = source.or_else(|| own(channel, "title").and_then(|title| markup::line_of(&text_in(title))));
    let language =
        line(&["language"]).or_else(|| own(channel, "language").and_then(line_in)).or_else(|| attribute(item, "lang").map(str::to_owned));
    story.meta.language = language;
    let link = line(&["link"]).or_else(|| own(item, "link").and_then(|link| attribute(link, "href")).map(str::to_owned));
    story.meta.url = link.filter(|link| link.starts_with("http"));
    story.keep("id", line(&["guid", "id"]));

    let title = story.meta.title.clone().unwrap_or_default();
    story.push_text(&title, Some(ZoneKind::Headline));
    if let Some(byline) = story.meta.byline.clone() {
        story.push_text(&format!("By {byline}"), Some(ZoneKind::Byline));
    }
    let before = story.text().len();
    let bodies = item.children().filter(|node| !is_of_media(*node));
    let full = bodies.clone().find(|node| matches!(name(*node), "encoded" | "content") && !is_excerpt(*node));
    for body in full.into_iter().chain(bodies.filter(|node| matches!(name(*node), "description" | "summary" | "body" | "text"))) {
        if story.text().len() == before {
            push_body(body, &mut story);
        }
    }
    for caption in item.descendants().filter(|node| is_of_media(*node) && matches!(name(*node), "description" | "title")) {
        if let Some(line) = markup::line_of(&text_in(caption)).filter(|line| !story.has(line)) {
            story.push_text(&line, Some(ZoneKind::Caption));
        }
    }
    (!story.is_empty()).then_some(story)
}

fn is_excerpt(node: Node<'_, '_>) -> bool {
    node.tag_name().namespace().is_some_and(|namespace| namespace.contains("excerpt"))
}

fn text_in(node: Node<'_, '_>) -> String {
    node.descendants().filter(|inside| inside.is_text()).filter_map(|inside| inside.text()).collect()
}

/// Markup in a text, or as elements of its own; a paragraph of WordPress ends at a blank line.
fn push_body(body: Node<'_, '_>, story: &mut Story) {
    if body.children().any(|inside| inside.is_element()) {
        let mut notes = Vec::new();
        super::nitf::blocks(body, story, &mut notes);
        return story.notes.append(&mut notes);
    }
    let text = text_in(body);
    let has_paragraphs = ["<p>", "<p ", "<div", "<br"].iter().any(|tag| text.contains(tag));
    let marked = if has_paragraphs || !text.contains("\n\n") { text } else { parted(&text) };
    let mut page = markup::page_of(&marked);
    // Escaped twice.
    if page.text().contains("&lt;p") || page.text().contains("</p>") || page.text().contains("&amp;") {
        page = markup::page_of(page.text());
    }
    story.push_page(&page);
}

/// A paragraph for each block between blank lines.
fn parted(text: &str) -> String {
    let blocks = text.replace("\r\n", "\n");
    blocks.split("\n\n").map(|block| format!("<p>{block}</p>")).collect()
}
