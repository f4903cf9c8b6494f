//! Markdown: its readable text is stored, without the marks; that is what an analyst reads and what is tagged.
//!
//! A paragraph becomes a line, for a line is a paragraph here; blocks stand apart by a blank line.

use pulldown_cmark::{Event, HeadingLevel, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use super::article::{from_page, id_of};
use super::decode::decode;
use super::fault::Trouble;
use super::incoming::{Incoming, Sink};
use super::input::Input;
use super::page::Page;
use super::reader::{How, Reader};
use crate::annotation::ZoneKind;

pub static READER: Reader = Reader { name: "markdown", what: "Markdown", endings: &["md", "markdown"], knows: |_| false, read: read_input };

fn read_input(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let path = input.path;
    let decoded = decode(input.bytes()?, how.encoding)?;
    if decoded.text.trim().is_empty() {
        return Err(Trouble::Blank);
    }
    sink.article(Incoming::new(from_page(id_of(path), read(&decoded.text))?, decoded.encoding));
    Ok(())
}

fn read(source: &str) -> Page {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_DEFINITION_LIST;
    let mut page = Page::default();
    let mut open = Open::default();
    for event in Parser::new_ext(source, options) {
        match event {
            Event::Start(tag) => open.start(&tag, &mut page),
            Event::End(tag) => open.end(tag, &mut page),
            Event::Text(text) if open.in_front_matter => front_matter(&text, &mut page),
            Event::Text(text) => open.text.push_str(&text),
            Event::Code(text) => open.text.push_str(&text),
            Event::SoftBreak => open.text.push(' '),
            Event::HardBreak => open.text.push('\n'),
            Event::Rule => open.flush(&mut page),
            _ => {}
        }
    }
    open.flush(&mut page);
    page
}

#[derive(Default)]
struct Open {
    text: String,
    kind: Option<ZoneKind>,
    in_front_matter: bool,
    has_headline: bool,
    /// Depth of lists: their items stand on lines next to each other.
    lists: usize,
    /// Where the alternative text of a picture began.
    picture: Option<usize>,
}

impl Open {
    fn start(&mut self, tag: &Tag<'_>, page: &mut Page) {
        match tag {
            Tag::MetadataBlock(MetadataBlockKind::YamlStyle | MetadataBlockKind::PlusesStyle) => self.in_front_matter = true,
            Tag::Heading { level: HeadingLevel::H1, .. } if !self.has_headline && page.is_empty() => {
                self.flush(page);
                self.kind = Some(ZoneKind::Headline);
                self.has_headline = true;
            }
            Tag::List(_) | Tag::DefinitionList => {
                self.flush(page);
                self.lists += 1;
            }
            Tag::Image { .. } => self.picture = Some(self.text.len()),
            Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::Item
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::CodeBlock(_)
            | Tag::TableHead
            | Tag::TableRow => self.flush(page),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, page: &mut Page) {
        match tag {
            TagEnd::MetadataBlock(_) => self.in_front_matter = false,
            TagEnd::List(_) | TagEnd::DefinitionList => {
                self.flush(page);
                self.lists -= 1;
                page.part();
            }
            TagEnd::Image => {
                // A picture with words of its own is a caption where it is all there is of its paragraph.
                if self.picture == Some(0) {
                    self.kind = self.kind.or(Some(ZoneKind::Caption));
                }
                self.picture = None;
            }
            TagEnd::TableCell => self.text.push('\t'),
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::CodeBlock
            | TagEnd::TableHead
            | TagEnd::TableRow => self.flush(page),
            _ => {}
        }
    }

    fn flush(&mut self, page: &mut Page) {
        let text = std::mem::take(&mut self.text);
        let kind = self.kind.take();
        page.push(text.trim(), kind, self.lists > 0);
    }
}

/// The keys of a front matter that say what an article is: `key: value` of YAML, `key = value` of TOML. What stands in
/// tables of TOML says something else.
fn front_matter(block: &str, page: &mut Page) {
    for line in block.lines().take_while(|line| !line.starts_with('[')) {
        let Some((key, value)) = line.split_once([':', '=']) else { continue };
        let value = value.trim().trim_matches(['"', '\'']).trim();
        if value.is_empty() || value.starts_with(['[', '{', '|', '>']) {
            continue;
        }
        let meta = &mut page.meta;
        let place = match key.trim().to_lowercase().as_str() {
            "title" => &mut meta.title,
            "author" | "byline" => &mut meta.byline,
            "date" | "published" => &mut meta.published,
            "source" | "outlet" | "publication" => &mut meta.outlet,
            "lang" | "language" => &mut meta.language,
            "url" | "link" => &mut meta.url,
            _ => continue,
        };
        *place = Some(value.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_of_both_kinds_is_no_text() {
        for source in [
            "---\ntitle: \"Talks end\"\nauthor: Ewa Lis\ndate: 2025-11-05\n---\n\nThey met in Graz.\n",
            "+++\ntitle = \"Talks end\"\nauthor = 'Ewa Lis'\ndate = 2025-11-05\ntags = [\"talks\", \"Graz\"]\n[extra]\ntitle = \"No\"\n+++\n\nThey met in Graz.\n",
        ] {
            let page = read(source);
            assert_eq!(page.text(), "They met in Graz.", "{source}");
            let of = |value: &Option<String>| value.clone().unwrap_or_default();
            assert_eq!([of(&page.meta.title), of(&page.meta.byline), of(&page.meta.published)], ["Talks end", "Ewa Lis", "2025-11-05"]);
        }
        assert_eq!(read("+++\n\nThree pluses are a line.\n").text(), "+++\n\nThree pluses are a line.");
    }

    #[test]
    fn terms_and_what_is_said_of_them_stand_on_lines_of_their_own() {
        let page =
            read("Before.\n\nHarbour Trust\n: It owns the quays.\n: It was founded in Riga.\n\nDelta Post\n\n: A newspaper.\n\nAfter.\n");
        assert_eq!(
            page.text(),
            "Before.\n\nHarbour Trust\nIt owns the quays.\nIt was founded in Riga.\nDelta Post\nA newspaper.\n\nAfter."
        );
    }

    #[test]
    fn the_readable_text_is_kept() {
        let source = "---\ntitle: \"Talks end\"\ndate: 2025-11-05\n---\n\n# Talks *end*\n\nA **bold** claim\nby [NATO](https://nato.int) &amp; co.\n\n- one\n- two `2`\n\n> “Said,” she said.\n\n![A tanker](x.png)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
        let page = read(source);
        let text = "Talks end\n\nA bold claim by NATO & co.\n\none\ntwo 2\n\n“Said,” she said.\n\nA tanker\n\na\tb\n\n1\t2";
        assert_eq!(page.text(), text);
        assert_eq!(page.meta.title.as_deref(), Some("Talks end"));
        assert_eq!(page.meta.published.as_deref(), Some("2025-11-05"));
        let kinds: Vec<_> = page.hints().iter().map(|zone| (&text[zone.span.range()], zone.kind)).collect();
        assert_eq!(kinds, [("Talks end", ZoneKind::Headline), ("A tanker", ZoneKind::Caption)]);
    }
}
