//! NewsML 1.x: items whose components lie in one another, with a text in one or several forms.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::day::day_of;
use super::newsml_g2::push_plain;
use super::nitf;
use super::story::{Story, bare_title};
use crate::annotation::{ArticleId, ZoneKind};
use crate::reading::article::id_of;
use crate::reading::details::without_by;
use crate::reading::fault::Trouble;
use crate::reading::incoming::Sink;
use crate::reading::input::{Head, Input};
use crate::reading::reader::{How, Reader};
use crate::reading::xml::{Xml, attribute, find, line_in, name};

pub static READER: Reader = Reader { name: "newsml", what: "stories of a news wire in NewsML 1", endings: &[], knows, read };

fn knows(head: &Head<'_>) -> bool {
    head.root() == Some("NewsML")
}

fn read(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let mut xml = Xml::of(input, how)?;
    xml.tell(sink);
    let document = xml.parse()?;
    let items: Vec<Node<'_, '_>> = document.descendants().filter(|node| name(*node) == "NewsItem").collect();
    // The last revision of an item takes the place of those before it.
    let mut latest: BTreeMap<String, (u32, usize)> = BTreeMap::new();
    for (i, item) in items.iter().enumerate() {
        let id = said(*item, "NewsItemId").unwrap_or_else(|| i.to_string());
        let revision = said(*item, "RevisionId").and_then(|revision| revision.parse().ok()).unwrap_or(0);
        let place = latest.entry(id).or_insert((revision, i));
        if revision >= place.0 {
            *place = (revision, i);
        }
    }
    let mut chosen: Vec<usize> = latest.values().map(|(_, i)| *i).collect();
    chosen.sort_unstable();
    if chosen.len() < items.len() {
        sink.tell(Trouble::Told(format!("{} earlier revisions were left out for the last of each story", items.len() - chosen.len())));
    }
    let stories: Vec<Story> = chosen
        .iter()
        .map(|i| story(items[*i]))
        .filter(|story| story.text().contains('\n') || items.len() == 1)
        .filter(|story| !story.is_empty())
        .collect();
    if stories.is_empty() {
        return Err(Trouble::NoText);
    }
    if stories.len() < chosen.len() {
        sink.tell(Trouble::Told(format!(
            "{} of {} items hold no text of a story, such as pictures",
            chosen.len() - stories.len(),
            chosen.len()
        )));
    }
    let (stem, is_one) = (id_of(input.path), items.len() == 1);
    for (i, story) in stories.into_iter().enumerate() {
        let (id, number) = if is_one { (stem.clone(), 0) } else { (ArticleId::new(&format!("{stem}-{}", i + 1)), i as u32 + 1) };
        sink.article(story.into_incoming(id, number, "newsml", xml.encoding));
    }
    Ok(())
}

/// The words of the first element of that name, or what its `FormalName` says.
fn said(node: Node<'_, '_>, wanted: &str) -> Option<String> {
    let found = find(node, wanted)?;
    line_in(found).or_else(|| attribute(found, "FormalName").map(str::to_owned))
}

fn story(item: Node<'_, '_>) -> Story {
    let mut story = Story::default();
    let headline = said(item, "HeadLine").or_else(|| said(item, "headline"));
    story.meta.title = headline.map(|title| bare_title(&title));
    story.meta.byline = said(item, "ByLine").map(|by| without_by(&by).to_owned());
    let day = ["ThisRevisionCreated", "DateAndTime", "FirstCreated", "DateId"]
        .into_iter()
        .find_map(|name| said(item, name).as_deref().and_then(day_of));
    story.meta.published = day;
    let provider = find(item, "Provider").and_then(|provider| said(provider, "Party"));
    story.meta.outlet =
        provider.or_else(|| said(item, "ProviderId")).or_else(|| said(item, "CopyrightHolder")).or_else(|| said(item, "CopyrightLine"));
    story.meta.language = said(item, "Language").map(|tag| tag.to_lowercase());
    story.keep("id", said(item, "NewsItemId"));
    story.keep("version", said(item, "RevisionId"));
    story.keep("slug", said(item, "SlugLine").or_else(|| said(item, "NameLabel")));
    if let Some(status) = said(item, "Status").filter(|status| !status.eq_ignore_ascii_case("usable")) {
        story.notes.push(Trouble::Partial(format!("the agency says that this story is {}", status.to_lowercase())));
        story.keep("status", Some(status.to_lowercase()));
    }
    text(item, &mut story);
    story
}

/// One text, in the best of its forms; what says the same again is left out, and what says something else is told.
fn text(item: Node<'_, '_>, story: &mut Story) {
    let contents: Vec<Node<'_, '_>> = item.descendants().filter(|node| name(*node) == "DataContent").collect();
    let nitf = contents.iter().copied().find(|content| find(*content, "nitf").is_some() || find(*content, "body.content").is_some());
    if let Some(content) = nitf {
        let root = find(content, "nitf").unwrap_or(content);
        nitf::meta_of(root, story);
        return nitf::text_of(root, story);
    }
    let head = [
        (story.meta.title.clone(), ZoneKind::Headline),
        (said(item, "SubHeadLine"), ZoneKind::Headline),
        (story.meta.byline.as_ref().map(|by| format!("By {by}")), ZoneKind::Byline),
        (said(item, "DateLine"), ZoneKind::Dateline),
    ];
    let mut made: Vec<Story> = Vec::new();
    for content in contents {
        let mut part = Story::default();
        let mut notes = Vec::new();
        let has_elements = content.children().any(|inside| inside.is_element());
        match has_elements {
            true => nitf::blocks(content, &mut part, &mut notes),
            false => push_plain(content.text().unwrap_or_default(), false, &mut part),
        }
        part.notes = notes;
        if !part.is_empty() {
            made.push(part);
        }
    }
    let Some(longest) = made.iter().map(|part| part.text().len()).max() else { return };
    head.into_iter().for_each(|(line, kind)| story.push_text(&line.unwrap_or_default(), Some(kind)));
    let mut taken: Vec<String> = Vec::new();
    for part in made {
        let bare: String = part.text().chars().filter(|c| c.is_alphanumeric()).collect();
        let is_again = taken
            .iter()
            .any(|known| known.contains(&bare) || bare.contains(known.as_str()) && taken.len() == 1 && part.text().len() < longest);
        if !is_again {
            part.text().split("\n\n").for_each(|block| story.push_text(block, None));
            story.notes.extend(part.notes);
            taken.push(bare);
        }
    }
}
