//! A saved web page: its readable article, with title, byline, date and outlet from the page's metadata.
//!
//! What is the article is decided by dom_smoothie (Mozilla's Readability); how its elements become lines is decided
//! here. Nothing is fetched and no script runs.

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};
use serde_json::Value;

use super::details;
use super::page::Page;
use super::tags::Tags;
use super::tree;
use crate::annotation::{Meta, ZoneKind};

/// The longest text that is left in one piece, in bytes.
const LONGEST_TEXT: usize = 1 << 14;

/// The article in a page; a page without one gives an empty [`Page`].
pub fn read(html: &str) -> Page {
    let Some(document) = tree::parse(html) else {
        return bare(html);
    };
    cut_long_texts(&document);
    let linked = linked_data(&document);
    let whole = document.clone();
    let config = Config { text_mode: dom_smoothie::TextMode::Raw, ..Config::default() };
    let found = Readability::with_document(document, None, Some(config)).ok().and_then(|mut page| page.parse().ok());

    let mut page = Page::with(linked);
    if let Some(article) = &found {
        let said = Meta {
            title: text_of(Some(&article.title)),
            byline: text_of(article.byline.as_deref()).map(|byline| details::without_by(&byline).to_owned()),
            outlet: text_of(article.site_name.as_deref()),
            published: article.published_time.as_deref().and_then(details::date_in),
            language: text_of(article.lang.as_deref()),
            url: text_of(article.url.as_deref()).filter(|url| url.starts_with("http")),
        };
        complete(&mut page.meta, said);
    }
    complete(&mut page.meta, from_elements(&whole));

    let mut body = Page::default();
    if let Some(content) = found.and_then(|article| tree::parse(&article.content)) {
        walk(&content.root(), &mut body);
    }
    if body.text().len() < 200 {
        // Too little for a readable article: the page as it is, without what frames it.
        let mut all = Page::default();
        if let Some(root) = whole.body() {
            walk(&root, &mut all);
        }
        if all.text().len() > 2 * body.text().len() {
            body = all;
        }
    }
    if body.is_empty() {
        return body;
    }
    put_head(page, &body)
}

/// The headline and the byline stand before the body, where the body does not begin with them.
fn put_head(mut page: Page, body: &Page) -> Page {
    let head: Vec<&str> = body.text().lines().filter(|line| !line.trim().is_empty()).take(4).collect();
    let meta = page.meta.clone();
    if let Some(title) = meta.title.as_deref().filter(|title| !head.contains(title)) {
        page.push(title, Some(ZoneKind::Headline), false);
    }
    if let Some(byline) = meta.byline.as_deref().filter(|byline| !head.iter().any(|line| line.contains(byline))) {
        page.push(&format!("By {byline}"), Some(ZoneKind::Byline), false);
    }
    page.append(body);
    page
}

fn text_of(text: Option<&str>) -> Option<String> {
    let words: Vec<&str> = text?.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn complete(meta: &mut Meta, more: Meta) {
    let places = [
        (&mut meta.title, more.title),
        (&mut meta.byline, more.byline),
        (&mut meta.outlet, more.outlet),
        (&mut meta.published, more.published),
        (&mut meta.language, more.language),
        (&mut meta.url, more.url),
    ];
    for (place, value) in places {
        if place.is_none() {
            *place = value;
        }
    }
}

/// What the page's JSON-LD says, also where it stands in a `@graph`.
fn linked_data(document: &Document) -> Meta {
    for script in document.select("script[type='application/ld+json']").nodes() {
        let Ok(value) = serde_json::from_str::<Value>(script.text().trim()) else { continue };
        let tops = list_of(&value);
        let graphs = tops.iter().filter_map(|top| top.get("@graph")).flat_map(list_of).collect::<Vec<_>>();
        if let Some(article) = tops.into_iter().chain(graphs).find(|node| is_article(node)) {
            return linked_article(article);
        }
    }
    Meta::default()
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

fn linked_article(node: &Value) -> Meta {
    let text = |key: &str| text_of(node.get(key).and_then(Value::as_str));
    let name = |value: &Value| text_of(value.get("name").or(Some(value)).and_then(Value::as_str));
    let authors: Vec<String> = node.get("author").map(list_of).unwrap_or_default().into_iter().filter_map(name).collect();
    Meta {
        title: text("headline").or_else(|| text("name")),
        byline: (!authors.is_empty()).then(|| authors.join(", ")),
        outlet: node.get("publisher").and_then(name),
        published: text("datePublished").and_then(|date| details::date_in(&date)),
        language: text("inLanguage"),
        url: text("url"),
    }
}

/// What is said where no metadata says it: the canonical address, the first `time` element, meta dates.
fn from_elements(document: &Document) -> Meta {
    let attribute = |selector: &str, name: &str| document.select_single(selector).attr(name).map(|value| value.to_string());
    let metas = [
        "meta[name='date']",
        "meta[name='pubdate']",
        "meta[name='dc.date']",
        "meta[itemprop='datePublished']",
        "meta[name='parsely-pub-date']",
    ];
    let dates = metas.iter().filter_map(|selector| attribute(selector, "content")).chain(attribute("time[datetime]", "datetime"));
    Meta {
        url: attribute("link[rel='canonical']", "href").filter(|url| url.starts_with("http")),
        published: dates.into_iter().find_map(|date| details::date_in(&date)),
        ..Meta::default()
    }
}

/// Elements that are no text of an article.
const SKIPPED: &[&str] = &[
    "script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "button", "select", "textarea", "svg", "math",
    "iframe", "object", "video", "audio", "canvas", "head", "dialog", "menu",
];

/// Elements that run inside a line.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd",
    "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr",
];

/// The text under `root`, block by block. A loop, not a recursion: pages nest as they like.
fn walk(root: &NodeRef<'_>, page: &mut Page) {
    let mut line = Line::default();
    let mut node = root.first_child();
    while let Some(here) = node {
        let name = here.node_name();
        let name = name.as_deref().unwrap_or_default();
        let goes_down = !SKIPPED.contains(&name);
        if here.is_text() {
            line.push(&here.text());
        } else if here.is_element() && goes_down {
            match name {
                "br" => line.end(),
                "td" | "th" => line.push("\u{20}"),
                name if INLINE.contains(&name) => {}
                name => {
                    line.flush(page);
                    line.enter(name);
                }
            }
        }
        let mut next = if goes_down { here.first_child() } else { None };
        let mut up = here;
        while next.is_none() {
            leave(&up, &mut line, page);
            if let Some(sibling) = up.next_sibling() {
                next = Some(sibling);
                break;
            }
            match up.parent().filter(|parent| parent.id != root.id) {
                Some(parent) => up = parent,
                None => break,
            }
        }
        node = next;
    }
    line.flush(page);
}

fn leave(node: &NodeRef<'_>, line: &mut Line, page: &mut Page) {
    let Some(name) = node.node_name().filter(|_| node.is_element()) else { return };
    let name = name.as_ref();
    if !INLINE.contains(&name) && !matches!(name, "br" | "td" | "th") && !SKIPPED.contains(&name) {
        line.flush(page);
        line.leave(name);
        if matches!(name, "ul" | "ol") {
            page.part();
        }
    }
}

/// The line that is being read, white space collapsed as a browser does.
#[derive(Default)]
struct Line {
    text: String,
    captions: usize,
    headings: usize,
    items: usize,
}

impl Line {
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            if !c.is_ascii_whitespace() {
                self.text.push(c);
            } else if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
        }
    }

    fn end(&mut self) {
        self.text.truncate(self.text.trim_end().len());
        self.text.push('\n');
    }

    fn enter(&mut self, name: &str) {
        match name {
            "figcaption" | "caption" => self.captions += 1,
            "h1" => self.headings += 1,
            "li" => self.items += 1,
            _ => {}
        }
    }

    fn leave(&mut self, name: &str) {
        let place = match name {
            "figcaption" | "caption" => &mut self.captions,
            "h1" => &mut self.headings,
            "li" => &mut self.items,
            _ => return,
        };
        *place = place.saturating_sub(1);
    }

    fn flush(&mut self, page: &mut Page) {
        let text = std::mem::take(&mut self.text);
        let kind = match (self.captions, self.headings) {
            (1.., _) => Some(ZoneKind::Caption),
            (_, 1..) if page.is_empty() => Some(ZoneKind::Headline),
            _ => None,
        };
        page.push(text.trim(), kind, self.items > 0);
    }
}

/// The words of a page that cannot be parsed: everything outside tags, one line for every run.
fn bare(html: &str) -> Page {
    let mut page = Page::default();
    let mut line = Line::default();
    for tag in Tags::of(html) {
        line.push(tag.before);
        line.flush(&mut page);
    }
    page
}

/// Cuts texts that are longer than any paragraph: at each mark that is escaped when the article is handed over, all of
/// the text that follows is looked through.
fn cut_long_texts(document: &Document) {
    let long: Vec<_> = document.root().descendants_it().filter(|node| node.is_text() && node.text().len() > LONGEST_TEXT).collect();
    for node in long {
        let text = node.text();
        let mut rest = &text[..];
        while rest.len() > LONGEST_TEXT {
            let (part, after) = rest.split_at(rest.floor_char_boundary(LONGEST_TEXT));
            node.insert_before(&document.tree.new_text(part));
            rest = after;
        }
        node.set_text(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html><html lang="en"><head><title>Quake kills nine | The Ledger</title>
        <script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite"},
        {"@type":["NewsArticle"],"headline":"Quake kills nine","datePublished":"2025-03-03T08:00:00Z",
        "author":[{"name":"Ann Lee"},{"name":"Bo Ek"}],"publisher":{"name":"The Ledger"}}]}</script></head>
        <body><nav><a href="/">Home</a></nav><article><h1>Quake kills nine</h1><p>By Ann Lee and Bo Ek</p>
        <p>AQABA, Jordan&nbsp;&mdash; An earthquake of magnitude 6.1 struck the <b>Gulf of
        Aqaba</b> on Monday, killing at least nine people, the Jordanian government said, and toppling cranes in the port.</p>
        <figure><img src="x.jpg"><figcaption>Rescuers in Aqaba. (Samer Q./Reuters)</figcaption></figure>
        <p>Ports from Eilat to Suez closed for the day, while engineers looked for cracks in quays, and hotels sent
        their guests home, said Omar Nasser, the governor, who had not slept.</p>
        <p>More than 40 aftershocks followed, the strongest of them felt in Cairo and in Damascus, where people ran
        into the streets, and the authorities asked everyone to stay away from the shore until the evening.</p>
        <ul><li>Nine dead</li><li>Forty hurt</li></ul><script>alert("x")</script></article>
        <footer>Terms of use</footer></body></html>"#;

    #[test]
    fn the_article_and_what_the_page_says_of_it() {
        let page = read(PAGE);
        let meta = &page.meta;
        assert_eq!(meta.title.as_deref(), Some("Quake kills nine"));
        assert_eq!(meta.byline.as_deref(), Some("Ann Lee, Bo Ek"));
        assert_eq!(meta.outlet.as_deref(), Some("The Ledger"));
        assert_eq!(meta.published.as_deref(), Some("2025-03-03"));
        assert_eq!(meta.language.as_deref(), Some("en"));
        let text = page.text();
        assert!(text.starts_with("Quake kills nine\n\n"), "{text}");
        assert!(text.contains("AQABA, Jordan\u{a0}— An earthquake of magnitude 6.1 struck the Gulf of Aqaba on"), "{text}");
        assert!(text.contains("\n\nRescuers in Aqaba. (Samer Q./Reuters)\n\n"), "{text}");
        assert!(text.contains("Nine dead\nForty hurt"), "{text}");
        assert!(!text.contains("alert") && !text.contains("Terms") && !text.contains("Home"), "{text}");
        let caption = page.hints().iter().find(|zone| zone.kind == ZoneKind::Caption);
        assert_eq!(caption.map(|zone| &text[zone.span.range()]), Some("Rescuers in Aqaba. (Samer Q./Reuters)"));
    }

    #[test]
    fn a_text_of_any_length_is_kept() {
        let words = "Ports — “closed” for £5 & more, ".repeat(3000);
        let page = read(&format!("<article><p>{}</p></article>", words.replace('&', "&amp;")));
        assert_eq!(page.text(), words.trim());
    }

    #[test]
    fn much_script_does_not_make_a_page_deep() {
        let page = PAGE.replace("alert(\"x\")", &"for (i = 0; i<n; i++) x();".repeat(1000));
        assert_eq!(read(&page).text(), read(PAGE).text());
    }

    #[test]
    fn hostile_pages_give_what_words_they_have() {
        let deep = format!("{}<p>Words of the deep.{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        assert_eq!(read(&deep).text(), "Words of the deep.");
        let open = "<b>x ".repeat(400);
        assert!(read(&open).text().starts_with('x'));
        for html in ["", "<", "<p", "</p>", "&#xD800;&#0;", "<html></html>", "<!-- ", "<table><tr><td>a<td>b</table>", "plain words"] {
            read(html);
        }
    }
}
