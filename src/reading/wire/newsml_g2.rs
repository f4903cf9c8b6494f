//! NewsML-G2: a `newsItem`, or several in a message, whose text is NITF, XHTML or plain text.

use roxmltree::Node;

use super::day::day_of;
use super::nitf;
use super::story::{Story, bare_title};
use crate::annotation::{ArticleId, ZoneKind};
use crate::reading::article::id_of;
use crate::reading::details::without_by;
use crate::reading::fault::Trouble;
use crate::reading::incoming::Sink;
use crate::reading::input::{Head, Input};
use crate::reading::markup;
use crate::reading::reader::{How, Reader};
use crate::reading::xml::{Xml, attribute, child, children, find, line_in, name, path};

pub static READER: Reader = Reader { name: "newsml-g2", what: "stories of a news wire in NewsML-G2", endings: &[], knows, read };

fn knows(head: &Head<'_>) -> bool {
    matches!(head.root(), Some("newsItem" | "newsMessage" | "packageItem"))
        || head.root().is_some_and(|root| root.ends_with(":newsItem") || root.ends_with(":newsMessage"))
}

fn read(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let mut xml = Xml::of(input, how)?;
    xml.tell(sink);
    let document = xml.parse()?;
    let items: Vec<Node<'_, '_>> = document.descendants().filter(|node| name(*node) == "newsItem").collect();
    let mut stories: Vec<Story> = Vec::new();
    let mut left_out = 0;
    for item in &items {
        let story = story(*item);
        // A picture or film of a story that is there has its title and no text.
        if story.text().lines().filter(|line| !line.is_empty()).count() > 1 || (items.len() == 1 && !story.is_empty()) {
            stories.push(story);
        } else {
            left_out += 1;
        }
    }
    if left_out > 0 {
        sink.tell(Trouble::Told(format!("{left_out} of {} items hold no text of a story, such as pictures and films", items.len())));
    }
    if stories.is_empty() {
        return Err(Trouble::NoText);
    }
    let (stem, is_one) = (id_of(input.path), stories.len() == 1 && items.len() == 1);
    for (i, story) in stories.into_iter().enumerate() {
        let (id, number) = if is_one { (stem.clone(), 0) } else { (ArticleId::new(&format!("{stem}-{}", i + 1)), i as u32 + 1) };
        sink.article(story.into_incoming(id, number, "newsml-g2", xml.encoding));
    }
    Ok(())
}

fn story(item: Node<'_, '_>) -> Story {
    let mut story = Story::default();
    let content = child(item, "contentMeta");
    let management = child(item, "itemMeta");
    let of_content = |names: &[&'static str]| content.and_then(|content| path(content, names)).and_then(line_in);
    let headlines: Vec<Node<'_, '_>> = content.into_iter().flat_map(|content| children(content, "headline")).collect();
    let is_main = |node: &&Node<'_, '_>| {
        attribute(**node, "role").is_none_or(|role| role.ends_with("title") || role.ends_with("main") || role.ends_with("headline"))
    };
    let title = headlines.iter().find(is_main).or(headlines.first()).and_then(|node| line_in(*node));
    let title = title.or_else(|| management.and_then(|meta| child(meta, "title")).and_then(line_in));
    story.meta.title = title.map(|title| bare_title(&title));
    story.meta.byline = of_content(&["by"]).map(|by| without_by(&by).to_owned());
    let time = |name| management.and_then(|meta| child(meta, name)).and_then(line_in).or_else(|| of_content(&[name]));
    story.meta.published = ["versionCreated", "contentModified", "contentCreated", "firstCreated"]
        .into_iter()
        .find_map(|name| time(name).as_deref().and_then(day_of));
    story.meta.language =
        content.and_then(|content| child(content, "language")).and_then(|language| attribute(language, "tag")).map(str::to_owned);
    let provider = management.and_then(|meta| child(meta, "provider")).and_then(|provider| {
        let coded =
            attribute(provider, "literal").or_else(|| attribute(provider, "qcode").map(|code| code.rsplit(':').next().unwrap_or(code)));
        child(provider, "name").and_then(line_in).or_else(|| coded.map(str::to_owned))
    });
    let holder = || {
        find(item, "copyrightHolder")
            .and_then(|holder| child(holder, "name").and_then(line_in).or_else(|| attribute(holder, "literal").map(str::to_owned)))
    };
    story.meta.outlet = provider.or_else(|| of_content(&["creditline"])).or_else(holder);
    story.keep("id", attribute(item, "guid"));
    story.keep("version", attribute(item, "version"));
    story.keep("slug", of_content(&["slugline"]));
    story.keep("release", management.and_then(|meta| child(meta, "embargoed")).and_then(line_in));
    let status = management.and_then(|meta| child(meta, "pubStatus")).and_then(|status| attribute(status, "qcode"));
    if let Some(status) = status.and_then(|status| status.rsplit(':').next()).filter(|status| *status != "usable") {
        story.notes.push(Trouble::Partial(format!("the agency says that this story is {status}")));
        story.keep("status", Some(status));
    }
    text(item, of_content(&["dateline"]), &mut story);
    story
}

/// One body of several: what has paragraphs, else plain text.
fn text(item: Node<'_, '_>, dateline: Option<String>, story: &mut Story) {
    let Some(set) = child(item, "contentSet") else { return };
    let inline: Vec<Node<'_, '_>> = children(set, "inlineXML").collect();
    if let Some(nitf) = inline.iter().find_map(|inline| find(*inline, "nitf")) {
        nitf::meta_of(nitf, story);
        return nitf::text_of(nitf, story);
    }
    let data = || {
        children(set, "inlineData")
            .filter_map(|data| Some((attribute(data, "contenttype").unwrap_or_default().to_lowercase(), data.text()?.to_owned())))
    };
    let (title, byline) = (story.meta.title.clone().unwrap_or_default(), story.meta.byline.clone());
    if inline.is_empty() && data().next().is_none() {
        return;
    }
    story.push_text(&title, Some(ZoneKind::Headline));
    story.push_text(&byline.map(|byline| format!("By {byline}")).unwrap_or_default(), Some(ZoneKind::Byline));
    story.push_text(&dateline.unwrap_or_default(), Some(ZoneKind::Dateline));
    let before = story.text().len();
    let mut notes = Vec::new();
    for inline in inline {
        let body = find(inline, "body").unwrap_or(inline);
        // Where parts are marked, the one before them repeats what is said of the story.
        let main: Vec<Node<'_, '_>> = children(body, "section")
            .filter(|part| attribute(*part, "class").is_some_and(|class| class.split_whitespace().any(|class| class == "main")))
            .collect();
        match main.is_empty() {
            true => body
                .children()
                .filter(|part| part.is_element() && name(*part) != "header")
                .for_each(|part| nitf::blocks(part, story, &mut notes)),
            false => main.into_iter().for_each(|part| nitf::blocks(part, story, &mut notes)),
        }
        if story.text().len() > before {
            break;
        }
    }
    story.notes.extend(notes);
    if story.text().len() > before {
        return;
    }
    if let Some((kind, text)) = data().next() {
        push_plain(&text, kind.contains("html"), story);
    }
}

/// Text, or markup that calls itself so.
pub fn push_plain(text: &str, is_markup: bool, story: &mut Story) {
    let is_markup =
        is_markup || ["<p", "<br", "<div", "</"].iter().any(|tag| text.contains(tag)) || (text.contains('&') && text.contains(';'));
    if is_markup {
        markup::paragraphs(text).iter().for_each(|line| story.push_text(line, None));
        return;
    }
    paragraphs(text).iter().for_each(|paragraph| story.push_text(paragraph, None));
}

/// Paragraphs of plain text: parted by blank lines, else by lines.
pub fn paragraphs(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let by_blank: Vec<String> = text.split("\n\n").map(|block| block.trim().to_owned()).filter(|block| !block.is_empty()).collect();
    let is_long = |line: &str| line.chars().count() > 120;
    if by_blank.len() > 1 && !text.lines().any(is_long) || by_blank.len() > 1 && by_blank.iter().all(|block| !block.contains('\n')) {
        return by_blank;
    }
    text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}
