//! A saved web page: its readable article, with title, byline, date and outlet from the page's metadata.
//!
//! What is no article by its markup and words is taken out first (`prune`), what is the article is decided by dom_smoothie
//! (Mozilla's Readability) and held against where the page says that its story stands (`story`); how its elements become
//! lines is decided in `walk`. Nothing is fetched and no script runs.

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

use super::article::{from_page, id_of};
use super::days::day_in;
use super::decode::decode_html;
use super::details::{self, text_of};
use super::fault::Trouble;
use super::incoming::{Incoming, Sink};
use super::input::{Head, Input};
use super::linked;
use super::page::{Omitted, Page};
use super::reader::{How, Reader};
use super::survey::{Said, Survey};
use super::tags::Tags;
use super::walk::{self, Line};
use super::{leftovers, prune, story, tree};
use crate::annotation::{Meta, ZoneKind};

/// The longest text that is left in one piece, in bytes.
const LONGEST_TEXT: usize = 1 << 14;

pub static READER: Reader = Reader { name: "html", what: "a web page", endings: &["html", "htm", "xhtml"], knows, read: read_input };

fn knows(head: &Head<'_>) -> bool {
    head.lower(20).starts_with("<!doctype html") || head.root().is_some_and(|root| root.eq_ignore_ascii_case("html"))
}

fn read_input(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let path = input.path;
    let decoded = decode_html(input.bytes()?, how.encoding)?;
    if decoded.text.trim().is_empty() {
        return Err(Trouble::Blank);
    }
    let mut article = from_page(id_of(path), read(&decoded.text, how.is_whole))?;
    article.extras.extend(how.is_whole.then(Omitted::nothing));
    let notes = decoded.told();
    sink.article(Incoming { notes, ..Incoming::new(article, decoded.encoding) });
    Ok(())
}

/// The article in a page, or with `is_whole` all that a browser shows of it; a page without text gives an empty [`Page`].
pub fn read(html: &str, is_whole: bool) -> Page {
    let Some(document) = tree::parse(html) else {
        return bare(html);
    };
    cut_long_texts(&document);
    let tag = document.select("title").text();
    let title = format!("{tag} {}", document.select("meta[property='og:title']").attr_or("content", ""));
    let linked = linked::linked_data(&document, &title);
    let all = Survey::of(&document);
    let story = prune::story(&document, &all, &title);
    let headline = story.headline.map(|headline| linked::lines_in(&headline)).unwrap_or_default();
    let mut whole = Page::default();
    if is_whole && let Some(root) = document.body() {
        walk::walk_whole(&root, &mut whole);
    }
    prune::prune(&document, &all, story);
    let pruned = document.clone();
    let left = Survey::of(&pruned);
    let config = Config { text_mode: dom_smoothie::TextMode::Raw, ..Config::default() };
    let found = Readability::with_document(document, None, Some(config)).ok().and_then(|mut page| page.parse().ok());

    let mut page = Page::with(linked.meta);
    let mut authors = Vec::new();
    if let Some(article) = &found {
        authors = authors_of(&pruned, &left, &title, article.byline.as_deref());
        let said = Meta {
            title: linked::line_of(&pruned, &article.title),
            byline: text_of(Some(&authors.join(" "))).map(|byline| details::without_by(&byline).to_owned()),
            outlet: text_of(article.site_name.as_deref()),
            published: article.published_time.as_deref().and_then(day_in),
            language: text_of(article.lang.as_deref()),
            url: text_of(article.url.as_deref()).filter(|url| url.starts_with("http")),
        };
        complete(&mut page.meta, said);
    }
    complete(&mut page.meta, linked::from_elements(&pruned));
    let (own, shown) = (page.meta.title.clone().unwrap_or_default(), headline.join(" "));
    let outlet = outlet_in(&tag, &own).or_else(|| outlet_in(&tag, &shown));
    complete(&mut page.meta, Meta { outlet, ..Meta::default() });
    page.meta.title = page.meta.title.take().map(|title| without_outlet(title, page.meta.outlet.as_deref()));

    let mut chosen = Page::default();
    if let Some(content) = found.and_then(|article| tree::parse(&article.content)) {
        walk::walk(&content.root(), &mut chosen);
    }
    let mut body = if is_whole { whole } else { story::body(&pruned, &left, chosen, &title) };
    if !is_whole && story::lacks(&body, &linked.body) {
        body = Page::default();
        linked.body.iter().for_each(|paragraph| body.push(paragraph, None, false));
    }
    if body.is_empty() {
        return body;
    }
    let mut page = put_head(page, &body, &headline, &authors);
    page.omitted = if is_whole { None } else { omitted(&all, &page) };
    page
}

/// Who wrote the article, line by line as the page has it. What is found outside the story gives way to what is marked
/// inside it.
fn authors_of(document: &Document, survey: &Survey, title: &str, found: Option<&str>) -> Vec<String> {
    let home = prune::story(document, survey, title).home;
    let Some(found) = found else { return Vec::new() };
    let is_inside = |home: &NodeRef<'_>| story::has(home, found);
    match home.filter(|home| !is_inside(home)).and_then(|home| linked::byline_of(&home)) {
        Some(own) if story::has(&document.root(), found) => own,
        _ => linked::lines_of(document, found).unwrap_or_else(|| text_of(Some(found)).into_iter().collect()),
    }
}

/// The headline and the byline stand before the body, where the body does not begin with them.
fn put_head(mut page: Page, body: &Page, headline: &[String], authors: &[String]) -> Page {
    let head: Vec<&str> = body.text().lines().filter(|line| !line.trim().is_empty()).take(6).collect();
    let meta = page.meta.clone();
    let is_there = |line: &str| head.contains(&line);
    if let Some(title) = meta.title.as_deref().filter(|title| !is_there(title) && !headline.iter().any(|line| is_there(line))) {
        let is_same = !headline.is_empty() && (headline.join(" ").contains(title) || title.contains(&headline.join(" ")));
        page.push(&if is_same { headline.join("\n") } else { title.to_owned() }, Some(ZoneKind::Headline), false);
    }
    // A byline that the body lacks follows the headline wherever that stands.
    let heads = body.blocks().take(1).filter(|block| block.lines().any(|line| headline.iter().any(|own| own == line))).count();
    let (head_blocks, rest) = body.split_at(heads);
    page.append(&head_blocks);
    if let Some(byline) = meta.byline.as_deref().filter(|byline| !head.join(" ").contains(byline)) {
        let lines = authors.join("\n");
        let is_same = details::without_by(&authors.join(" ")) == byline;
        let byline = if is_same { details::without_by(&lines) } else { byline };
        page.push(&format!("By {byline}"), Some(ZoneKind::Byline), false);
    }
    page.append(&rest);
    page
}

/// How many of the words in a page's sentences are not in its article, where that is more than a third.
fn omitted(all: &Survey, page: &Page) -> Option<Omitted> {
    /// So few words are no paragraph.
    const FEW: usize = 30;
    let kept = story::Bare::of(page);
    let sentences = || all.lines.iter().filter(|line| line.is_prose || line.is_notice);
    let words = |line: &Said| leftovers::word_count(&line.text);
    let of = sentences().map(words).sum();
    let out: usize = sentences().filter(|line| !kept.has(&line.text)).map(words).sum();
    (out * 3 > of && out >= FEW).then_some(Omitted { words: out, of })
}

/// What stands between a headline and the outlet in the title of a page.
const CUTS: [&str; 5] = [" | ", " - ", " – ", " — ", " · "];

/// The outlet, where the page's title names it behind the headline: `Quake kills nine | The Ledger`.
fn outlet_in(tag: &str, headline: &str) -> Option<String> {
    /// So long a tail is no name but another sentence.
    const LONGEST: usize = 50;
    let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ");
    let tail = tag.strip_prefix(headline).filter(|_| !headline.is_empty())?;
    let at = CUTS.iter().filter_map(|cut| tail.rfind(cut).map(|at| at + cut.len())).max()?;
    Some(tail[at..].trim().to_owned()).filter(|name| !name.is_empty() && name.chars().count() <= LONGEST)
}

/// The title without the outlet that stands behind it.
fn without_outlet(title: String, outlet: Option<&str>) -> String {
    let head = outlet.and_then(|outlet| title.strip_suffix(outlet));
    let own = head.and_then(|head| CUTS.iter().find_map(|cut| head.strip_suffix(cut))).map(str::trim).filter(|own| !own.is_empty());
    own.map_or_else(|| title.clone(), str::to_owned)
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
    fn the_title_of_a_page_names_its_outlet_behind_the_headline() {
        let check = |tag: &str, headline: &str, expected: Option<&str>| {
            assert_eq!(outlet_in(tag, headline).as_deref(), expected, "{tag}");
            let named = expected.map(|name| format!("<meta property=og:site_name content=\"{name}\">")).unwrap_or_default();
            for site in [String::new(), named] {
                let page = format!(
                    "<html lang=en><head><title>{tag}</title>{site}</head><body><article><h1>{headline}</h1><p>The board of Norwick sold two of its \
                 tugs on Monday, said Petra Lind, who leads it.</p><p>The boats go to Oslo, where they are wanted.</p></article></body></html>"
                );
                let page = read(&page, false);
                assert_eq!(page.meta.outlet.as_deref(), expected, "{tag}");
                let title = page.meta.title.as_deref().unwrap_or_default();
                assert!(title == headline || expected.is_none_or(|outlet| !title.contains(outlet)), "{title}");
                assert_eq!(page.text().matches(headline).count(), 1, "the headline stands once: {}", page.text());
                assert_eq!(page.meta.language.as_deref(), Some("en"));
                assert!(expected.is_none_or(|outlet| !page.text().contains(outlet)), "{}", page.text());
            }
        };
        check("Board sells two tugs | The Norwick Courier", "Board sells two tugs", Some("The Norwick Courier"));
        check("Board sells two\n tugs - Ports - Courier", "Board sells two tugs", Some("Courier"));
        check("Board sells two tugs", "Board sells two tugs", None);
        check("Board sells two tugs and keeps three", "Board sells two tugs", None);
    }

    #[test]
    fn the_article_and_what_the_page_says_of_it() {
        let page = read(PAGE, false);
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
        let page = read(&format!("<article><p>{}</p></article>", words.replace('&', "&amp;")), false);
        assert_eq!(page.text(), words.trim());
    }

    #[test]
    fn much_script_does_not_make_a_page_deep() {
        let page = PAGE.replace("alert(\"x\")", &"for (i = 0; i<n; i++) x();".repeat(1000));
        assert_eq!(read(&page, false).text(), read(PAGE, false).text());
    }

    #[test]
    fn hostile_pages_give_what_words_they_have() {
        let deep = format!("{}<p>Words of the deep.{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        assert_eq!(read(&deep, false).text(), "Words of the deep.");
        let open = "<b>x ".repeat(400);
        assert!(read(&open, false).text().starts_with('x'));
        for html in ["", "<", "<p", "</p>", "&#xD800;&#0;", "<html></html>", "<!-- ", "<table><tr><td>a<td>b</table>", "plain words"] {
            read(html, false);
            read(html, true);
        }
    }
}
