//! What the web service of Ritzau hands out: `RBNews` elements, whose text is HTML that was escaped, often twice.

use roxmltree::Node;

use super::day::day_of;
use super::story::{Story, bare_title, is_initials};
use crate::annotation::{ArticleId, ZoneKind};
use crate::reading::article::id_of;
use crate::reading::details::without_by;
use crate::reading::fault::Trouble;
use crate::reading::incoming::Sink;
use crate::reading::input::{Head, Input};
use crate::reading::markup;
use crate::reading::reader::{How, Reader};
use crate::reading::xml::{Xml, child, line_in, name};

pub static READER: Reader = Reader { name: "ritzau", what: "stories of Ritzau’s news service", endings: &[], knows, read };

fn knows(head: &Head<'_>) -> bool {
    head.root().is_some_and(|root| root.ends_with("RBNews"))
}

fn read(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let mut xml = Xml::of(input, how)?;
    xml.tell(sink);
    let document = xml.parse()?;
    let items: Vec<Node<'_, '_>> = document.descendants().filter(|node| name(*node) == "RBNews").collect();
    let stories: Vec<Story> = items.iter().map(|item| story(*item)).filter(|story| !story.is_empty()).collect();
    if stories.is_empty() {
        return Err(Trouble::NoText);
    }
    if stories.len() < items.len() {
        sink.tell(Trouble::Told(format!("{} of {} items hold no words", items.len() - stories.len(), items.len())));
    }
    let stem = id_of(input.path);
    for (i, story) in stories.into_iter().enumerate() {
        let (id, number) = if items.len() == 1 { (stem.clone(), 0) } else { (ArticleId::new(&format!("{stem}-{}", i + 1)), i as u32 + 1) };
        sink.article(story.into_incoming(id, number, "ritzau", xml.encoding));
    }
    Ok(())
}

fn story(item: Node<'_, '_>) -> Story {
    let mut story = Story::default();
    let line = |name: &'static str| child(item, name).and_then(line_in).and_then(|line| markup::line_of(&line));
    story.meta.title = line("headline").map(|title| bare_title(&title));
    story.meta.published = line("PublishDate").as_deref().and_then(day_of);
    story.meta.outlet = Some(line("originator").unwrap_or_else(|| "Ritzau".to_owned()));
    let is_name = |by: &String| !by.starts_with('/') && !is_initials(by);
    story.meta.byline = line("byline").or_else(|| line("origin")).filter(is_name).map(|by| without_by(&by).to_owned());
    story.keep("id", line("NewsID"));
    story.keep("version", line("version"));
    story.keep("slug", line("strapline"));
    if let Some(told) = line("TilRedaktionen") {
        story.notes.push(Trouble::Told(format!("a message to editors was left out: “{told}”")));
    }
    let body = child(item, "content").map(|content| {
        let escaped: String = content.descendants().filter(|inside| inside.is_text()).filter_map(|inside| inside.text()).collect();
        markup::paragraphs(&escaped)
    });
    story.push_text(&story.meta.title.clone().unwrap_or_default(), Some(ZoneKind::Headline));
    story.push_text(&line("subtitle").unwrap_or_default(), Some(ZoneKind::Headline));
    story.push_text(&story.meta.byline.as_ref().map(|by| format!("By {by}")).unwrap_or_default(), Some(ZoneKind::Byline));
    for paragraph in body.into_iter().flatten() {
        story.push_text(&markup::line_of(&paragraph).unwrap_or_default(), None);
    }
    story
}
