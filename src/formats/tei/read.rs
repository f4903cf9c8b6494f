//! An edition becomes an article: one of ours to the letter, one of others as its words are read.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::carried;
use super::super::draft::{Draft, Drafted, Found};
use super::super::format::Sheet;
use super::super::jsonl::Line;
use super::super::xml::{self, Element, Node, clean};
use super::names::{is_apart, is_block, is_line, label_of};
use crate::annotation::{Article, EntityId, Origin, State};
use crate::text::Unit;

pub fn read_back(sheet: &Sheet, article: &Article) -> Result<Article, String> {
    let page = std::str::from_utf8(sheet.bytes()).map_err(|error| error.to_string())?;
    let (mut all, notes) = read(page, State::Confirmed)?;
    let drafted = all.pop().ok_or("there is no article in it")?;
    if let Some(note) = notes.first().cloned().or_else(|| drafted.notes.first().map(ToString::to_string)) {
        return Err(note.clone());
    }
    if *drafted.article.text != *clean(&article.text).0 {
        return Err("the text differs".to_owned());
    }
    Ok(Article { text: article.text.clone(), ..drafted.article })
}

/// The articles of a file, and what there is to say of it as a whole.
///
/// # Errors
/// Where it is no XML.
pub fn read(text: &str, stateless: State) -> Result<(Vec<Drafted>, Vec<String>), String> {
    let document = xml::parse(text)?;
    let mut notes: Vec<String> = document.fault.into_iter().collect();
    if document.unknown_entities > 0 {
        notes.push(format!("{} entities are declared elsewhere and stand in the text by their names", document.unknown_entities));
    }
    let editions: Vec<&Element> = document.root.all().filter(|element| matches!(element.local(), "TEI" | "TEI.2")).collect();
    Ok((editions.iter().map(|edition| one(edition, stateless)).collect(), notes))
}

fn one(edition: &Element, stateless: State) -> Drafted {
    let header = edition.child("teiHeader");
    let packed =
        header.and_then(|header| header.elements().find(|one| one.local() == "xenoData" && one.attribute("type") == Some(carried::KEY)));
    let packed = packed.map(Element::text).filter(|packed| Line::of(packed).is_ok());
    let body = edition.child("text").and_then(|text| if packed.is_some() { text.child("body") } else { Some(text) });
    let mut walk = Walk { is_verbatim: packed.is_some(), ..Walk::default() };
    if let Some(body) = body {
        walk.enter(body);
    }
    for span in edition.all().filter(|element| element.local() == "span") {
        walk.between_anchors(span);
    }
    let shared: Arc<str> = walk.text.into();
    let mut draft = Draft::new(edition.attribute("xml:id"), &shared, Unit::Bytes);
    if walk.left_out > 0 {
        draft.note(format!("{} notes, deletions, running titles and the like are left out of its text", walk.left_out));
    }
    if let Some(header) = header {
        describe(header, edition, &mut draft.article);
    }
    let things = things(edition);
    let people = people(edition);
    for Named { start, end, element } in walk.found {
        let Some(label) = (if packed.is_some() { element.attribute("type").map(str::to_owned) } else { label_of(element) }) else {
            continue;
        };
        let found = Found { start, end, quote: None, label: &label, state: stateless, origin: Origin::Import("tei".into()) };
        let Some(mention) = draft.add(found) else { continue };
        if mention.is_settled() {
            let by = element.attribute("resp").and_then(|resp| people.get(resp.trim_start_matches('#')));
            mention.by = by.map(|by| by.as_str().into());
        }
        mention.value = ["when", "when-iso", "from", "notBefore"].iter().find_map(|key| element.attribute(key)).map(Into::into);
        let links = element.attribute("ref").or(element.attribute("key")).unwrap_or_default();
        let thing = links.split_whitespace().find_map(|link| things.get(link.strip_prefix('#')?));
        let address = links.split_whitespace().find(|link| link.contains("://"));
        let kb = address.map(short).or_else(|| thing?.kb.clone());
        let id = thing.map(|thing| thing.id.to_owned()).or_else(|| kb.clone());
        if let Some(id) = id {
            let id = EntityId::new(&id.to_lowercase());
            mention.entity = Some(id.clone());
            let label = mention.label.clone();
            let name = thing.and_then(|thing| thing.name.clone()).unwrap_or_else(|| shared[start..end].to_owned());
            draft.link(id, &label, &name, kb.as_deref());
        }
    }
    let drafted = draft.finish();
    match packed {
        Some(packed) => carried::unpack(&packed, drafted),
        None => drafted,
    }
}

/// An address at Wikidata as the id that it ends with.
fn short(address: &str) -> String {
    let id = address.rsplit_once("wikidata.org/").and_then(|(_, path)| path.rsplit('/').next());
    id.unwrap_or(address).to_owned()
}

fn describe(header: &Element, edition: &Element, article: &mut Article) {
    let first = |within: &str, name: &str| header.find(within).and_then(|within| within.find(name));
    article.meta.title = first("titleStmt", "title").and_then(Element::words);
    article.meta.byline = first("titleStmt", "author").and_then(Element::words);
    article.meta.outlet = first("publicationStmt", "publisher").and_then(Element::words);
    let date = first("publicationStmt", "date").or(first("sourceDesc", "date"));
    article.meta.published = date.and_then(|date| date.attribute("when").map(str::to_owned));
    article.meta.language = edition.attribute("xml:lang").map(str::to_owned);
}

/// Somebody or something that an edition lists.
struct Thing<'e> {
    id: &'e str,
    name: Option<String>,
    kb: Option<String>,
}

fn things(edition: &Element) -> HashMap<&str, Thing<'_>> {
    let listed = edition.all().filter(|element| matches!(element.local(), "person" | "org" | "place" | "event" | "object" | "bibl"));
    let things = listed.filter_map(|element| {
        let id = element.attribute("xml:id")?;
        let name = element
            .elements()
            .find(|one| matches!(one.local(), "persName" | "orgName" | "placeName" | "label" | "title"))
            .and_then(Element::words);
        let kb =
            element.find("idno").and_then(Element::words).or_else(|| element.attribute("sameAs").map(str::to_owned)).map(|kb| short(&kb));
        Some((id, Thing { id, name, kb }))
    });
    things.collect()
}

fn people(edition: &Element) -> HashMap<&str, String> {
    let statements = edition.all().filter(|element| element.local() == "respStmt");
    statements.filter_map(|one| Some((one.attribute("xml:id")?, one.child("name").or(one.child("persName"))?.words()?))).collect()
}

struct Named<'e> {
    start: usize,
    end: usize,
    element: &'e Element,
}

/// The words of an edition as they are gathered.
#[derive(Default)]
struct Walk<'e> {
    text: String,
    found: Vec<Named<'e>>,
    anchors: HashMap<&'e str, usize>,
    /// As it stands, or as words are read, where line ends and blanks between them are the editor's.
    is_verbatim: bool,
    gap: Gap,
    /// Notes, deletions and the like, which are no part of what is read.
    left_out: usize,
}

/// What has to stand before the next word.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    Nothing,
    Blank,
    Line,
    Paragraph,
}

impl<'e> Walk<'e> {
    fn enter(&mut self, element: &'e Element) {
        let local = element.local();
        if is_apart(local) {
            self.left_out += usize::from(!self.is_verbatim && element.words().is_some());
            return;
        }
        if let (Some(id), "anchor") = (element.attribute("xml:id"), local) {
            self.anchors.insert(id, self.text.len());
        }
        let around = match local {
            _ if self.is_verbatim => Gap::Nothing,
            "lb" | "pb" | "cb" if element.attribute("break") == Some("no") => Gap::Nothing,
            "lb" | "pb" | "cb" | "gap" => Gap::Blank,
            local if is_block(local) => Gap::Paragraph,
            local if is_line(local) => Gap::Line,
            _ => Gap::Nothing,
        };
        self.gap = self.gap.max(around);
        if element.attribute("break") == Some("no") && !self.is_verbatim {
            self.gap = Gap::Nothing;
        }
        let from = self.text.len();
        // Of two readings that stand for one another, the one that the editor gives.
        let given = (local == "choice").then(|| element.elements().find(|one| matches!(one.local(), "corr" | "reg" | "expan"))).flatten();
        match given {
            Some(given) => self.enter(given),
            None => element.children.iter().for_each(|child| match child {
                Node::Text(words) => self.words(words),
                Node::Element(inner) => self.enter(inner),
            }),
        }
        if label_of(element).is_some() {
            let words = &self.text[from..];
            let start = from + words.len() - if self.is_verbatim { words.len() } else { words.trim_start().len() };
            if start < self.text.len() {
                self.found.push(Named { start, end: self.text.len(), element });
            }
        }
        self.gap = self.gap.max(around);
    }

    fn words(&mut self, words: &str) {
        if self.is_verbatim {
            self.text.push_str(words);
            return;
        }
        for (i, word) in words.split(|c: char| c.is_ascii_whitespace()).enumerate() {
            if i > 0 {
                self.gap = self.gap.max(Gap::Blank);
            }
            if word.is_empty() {
                continue;
            }
            if !self.text.is_empty() {
                self.text.push_str(match self.gap {
                    Gap::Nothing => "",
                    Gap::Blank => " ",
                    Gap::Line => "\n",
                    Gap::Paragraph => "\n\n",
                });
            }
            self.gap = Gap::Nothing;
            self.text.push_str(word);
        }
    }

    /// A mention that stands between two places.
    fn between_anchors(&mut self, span: &'e Element) {
        let place = |key: &str| span.attribute(key).and_then(|link| self.anchors.get(link.trim_start_matches('#'))).copied();
        if let (Some(start), Some(end)) = (place("from"), place("to"))
            && span.attribute("type").is_some()
            && start < end
        {
            self.found.push(Named { start, end, element: span });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::FORMAT;
    use super::*;
    use crate::annotation::{Entity, Label, Mention, MentionId, Score};
    use crate::dsl;
    use crate::formats::options::{Options, StateFilter};
    use crate::text::Span;

    /// TEI P5 4.7: names and dates in the text, things in lists, what is not TEI's in `xenoData`; a crossing one between anchors.
    #[test]
    fn names_stand_in_the_text_and_come_back() {
        let mut article = dsl::article("a", "[PERSON! Ann & Co]\r\n\r\n\u{B}[ORG? Bank of [GPE! Spain]] on [DATE! May 5] [NORP! Danes] 😀");
        let crossing = (Span::new(18, 29), Label::new("LAW"));
        let id = MentionId::of(&article.id, crossing.0, &crossing.1);
        article.mentions.push(Mention::suggested(id, crossing.0, crossing.1, Origin::Analyst));
        article.mentions.sort_by(Mention::reading_order);
        let date = article.mentions.iter_mut().find(|one| one.label.as_str() == "DATE").unwrap();
        (date.value, date.by) = (Some("2023-05-05".into()), Some("R. Holm".into()));
        article.mentions[0].entity = Some(EntityId::new("ann co"));
        article.mentions[0].score = Some(Score::from_thousandths(250));
        let entity = Entity {
            id: EntityId::new("ann co"),
            name: "Ann".to_owned(),
            label: Label::new("PERSON"),
            aliases: Vec::new(),
            kb: Some("Q7".to_owned()),
            note: String::new(),
        };
        let entities = [(entity.id.clone(), entity)].into();
        let rendered =
            FORMAT.render(&article, &Options { state: StateFilter::All, entities: Some(&entities), ..Options::default() }).unwrap();
        let page = std::str::from_utf8(rendered.sheet.bytes()).unwrap();
        for expect in [
            "<p><persName type=\"PERSON\" ref=\"#e-ann_co-",
            " http://www.wikidata.org/entity/Q7\" cert=\"high\">Ann &amp; Co</persName>&#13;\n&#13;\n</p><p> <orgName type=\"ORG\" cert=\"low\">Bank <anchor",
            "of <placeName type=\"GPE\" cert=\"high\">Spain</placeName></orgName> on<anchor xml:id=\"m-",
            "<date type=\"DATE\" cert=\"high\" resp=\"#by-1\" when=\"2023-05-05\">May 5</date>",
            "<rs type=\"NORP\" cert=\"high\">Danes</rs>",
            "<idno>Q7</idno></person>",
            "<span from=\"#m-",
        ] {
            assert!(page.contains(expect), "{expect}\n{page}");
        }
        assert!(rendered.report.losses.iter().any(|loss| loss.what.starts_with("1 control")), "{:?}", rendered.report.losses);
    }

    #[test]
    fn editions_of_others_are_read_as_words() {
        let page = "<?xml version='1.0'?><!DOCTYPE teiCorpus SYSTEM 'tei.dtd' [<!ENTITY a 'b'>]>
<teiCorpus xmlns='http://www.tei-c.org/ns/1.0'><TEI xml:id='l1' xml:lang='de'><teiHeader><fileDesc><titleStmt><title>A <hi>letter</hi></title><author>Ann</author></titleStmt>
 <publicationStmt><publisher>Press</publisher><date when='1912-03'>March</date></publicationStmt></fileDesc>
 <profileDesc><particDesc><listPerson><person xml:id='p1'><persName>Nora Holm</persName><idno type='wikidata'>https://www.wikidata.org/wiki/Q42</idno></person></listPerson></particDesc></profileDesc></teiHeader>
 <text><body><head>To  <persName ref='#p1'>N. <surname>Holm</surname></persName></head>
 <p>On <date when='1912-03-04'>4 March</date> in <placeName>Ober<lb break='no'/>dorf</placeName>
    <lb/>the <rs type='institution'>guild</rs><note>not <persName>me</persName></note> met
 <choice><sic>teh</sic><corr>the</corr></choice> <name type='event'>Fair</name>&a;.</p><lg><l>one</l><l>two</l></lg></body></text></TEI>
 <TEI><teiHeader/><text><body><p/></body></text></TEI></teiCorpus>";
        let (all, notes) = read(page, State::Suggested).unwrap();
        assert_eq!((all.len(), notes.len()), (2, 1), "{notes:?}");
        let letter = &all[0];
        assert_eq!(&*letter.article.text, "To N. Holm\n\nOn 4 March in Oberdorf the guild met the Fair&a;.\n\none\ntwo");
        assert_eq!(
            letter.shown(),
            ["suggested PERSON N. Holm", "suggested DATE 4 March", "suggested GPE Oberdorf", "suggested ORG guild", "suggested EVENT Fair"]
        );
        assert!(letter.notes.len() == 1 && letter.notes[0].to_string().starts_with("1 notes"), "{:?}", letter.notes);
        assert_eq!((letter.entities[0].name.as_str(), letter.entities[0].kb.as_deref()), ("Nora Holm", Some("Q42")));
        let meta = &letter.article.meta;
        assert_eq!(
            (meta.title.as_deref(), meta.published.as_deref(), meta.language.as_deref()),
            (Some("A letter"), Some("1912-03"), Some("de"))
        );
        assert_eq!((letter.article.id.as_str(), letter.article.mentions[1].value.as_deref()), ("l1", Some("1912-03-04")));
    }
}
