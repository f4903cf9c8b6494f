//! XMI: every feature structure an element, the text in an attribute.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::super::carried;
use super::super::draft::{Draft, Drafted, Found};
use super::super::format::{Context, Sheet};
use super::super::loss::shorten;
use super::super::xml::{self, Document, Element, clean, in_attribute};
use super::cas;
use super::types::{PACKED, TYPES, namespace};
use crate::annotation::{Article, EntityId, Extra, Origin, State};
use crate::reading::Note;
use crate::text::Unit;

pub fn write(article: &Article, context: &Context<'_>, sheet: &mut Sheet) -> Result<(), String> {
    let cas = cas::of(article, context, sheet)?;
    let mut prefixes: BTreeMap<String, String> = BTreeMap::new();
    for kind in &TYPES {
        let (uri, _) = namespace(kind.name);
        let next = format!("type{}", prefixes.len() + 1);
        prefixes.entry(uri).or_insert(next);
    }
    let mut page =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\""
            .to_owned();
    for (uri, prefix) in &prefixes {
        page.push_str(&format!(" xmlns:{prefix}=\"{uri}\""));
    }
    page.push_str(" xmi:version=\"2.0\">\n<cas:NULL xmi:id=\"0\"/>\n");
    let mut members = Vec::new();
    for (id, structure) in (2..).zip(&cas.structures) {
        let (uri, short) = namespace(structure.kind);
        let prefix = prefixes.get(&uri).map_or("", String::as_str);
        page.push_str(&format!("<{prefix}:{short} xmi:id=\"{id}\" sofa=\"1\" begin=\"{}\" end=\"{}\"", structure.begin, structure.end));
        if structure.kind == super::types::METADATA {
            page.push_str(&format!(" language=\"{}\"", in_attribute(&cas.language)));
        }
        for (feature, value) in &structure.features {
            page.push_str(&format!(" {feature}=\"{}\"", in_attribute(value)));
        }
        page.push_str("/>\n");
        members.push(id.to_string());
    }
    page.push_str(&format!(
        "<cas:Sofa xmi:id=\"1\" sofaNum=\"1\" sofaID=\"_InitialView\" mimeType=\"text/plain\" sofaString=\"{}\"/>\n",
        in_attribute(&cas.text)
    ));
    page.push_str(&format!("<cas:View sofa=\"1\" members=\"{}\"/>\n</xmi:XMI>\n", members.join(" ")));
    sheet.page().extend(page.as_bytes());
    Ok(())
}

pub fn read_back(sheet: &Sheet, article: &Article) -> Result<Article, String> {
    let page = std::str::from_utf8(sheet.bytes()).map_err(|error| error.to_string())?;
    let back = read(page, State::Confirmed)?.untold()?;
    if *back.text != *clean(&article.text).0 {
        return Err("the text differs".to_owned());
    }
    Ok(Article { text: article.text.clone(), ..back })
}

/// The extras that a CAS brings.
const TOOL: &str = "uima";

/// The article of a CAS.
///
/// # Errors
/// Where it is no XML, or holds no text.
pub fn read(page: &str, stateless: State) -> Result<Drafted, String> {
    let Document { root, fault, .. } = xml::parse(page)?;
    of_elements(&root, fault, stateless)
}

/// The same of a CAS whose structures were made elements; `fault` is why there are no more.
///
/// # Errors
/// Where it holds no text.
pub fn of_elements(root: &Element, fault: Option<String>, stateless: State) -> Result<Drafted, String> {
    // Prefixes are everybody's own; what they stand for is not.
    let uris: HashMap<&str, &str> =
        root.attributes.iter().filter_map(|(key, value)| Some((key.strip_prefix("xmlns:")?, value.as_str()))).collect();
    let uri =
        |element: &Element| element.name.split_once(':').and_then(|(prefix, _)| uris.get(prefix)).copied().unwrap_or_default().to_owned();
    let sofas = || root.elements().filter(|element| element.local() == "Sofa");
    let sofa =
        sofas().find(|sofa| sofa.attribute("sofaID") == Some("_InitialView")).or_else(|| sofas().next()).ok_or("has no text (cas:Sofa)")?;
    let sofa_id = sofa.attribute("xmi:id").unwrap_or_default();
    let words: Arc<str> = sofa.attribute("sofaString").ok_or("has a text that is not in the file")?.into();
    let views = root.elements().filter(|element| element.local() == "View" && element.attribute("sofa") == Some(sofa_id));
    let members: HashSet<&str> = views.filter_map(|view| view.attribute("members")).flat_map(str::split_whitespace).collect();
    let on_text = || root.elements().filter(|element| element.attribute("sofa") == Some(sofa_id) && element.attribute("begin").is_some());
    let metadata = on_text().find(|element| element.local() == "DocumentMetaData");
    let packed_uri = namespace(PACKED).0;
    let packed = on_text().find(|element| uri(element) == packed_uri).and_then(|element| element.attribute("line"));

    let id = metadata.and_then(|metadata| metadata.attribute("documentId"));
    let mut draft = Draft::new(id, &words, Unit::Utf16);
    draft.notes.extend(fault.map(Note::from));
    draft.article.meta.title = metadata.and_then(|metadata| metadata.attribute("documentTitle")).map(str::to_owned);
    let language = metadata.and_then(|metadata| metadata.attribute("language"));
    draft.article.meta.language = language.filter(|tag| !tag.starts_with("x-")).map(str::to_owned);
    let mut unlisted = 0;
    let mut passed_over = BTreeSet::new();
    for element in on_text() {
        let Some(label) = label(element, &uri(element)) else {
            let is_made_anew = matches!(element.local(), "Token" | "Sentence" | "DocumentMetaData" | "DocumentAnnotation");
            if !is_made_anew && uri(element) != packed_uri {
                passed_over.insert(element.local());
            }
            continue;
        };
        if !members.contains(element.attribute("xmi:id").unwrap_or_default()) {
            unlisted += 1;
            continue;
        }
        let number = |key| element.attribute(key).and_then(|n| n.parse().ok());
        let (Some(start), Some(end)) = (number("begin"), number("end")) else {
            draft.note("an annotation has no whole numbers for its place and is left out");
            continue;
        };
        let found = Found { start, end, quote: None, label, state: stateless, origin: Origin::Import(TOOL.into()) };
        let Some(mention) = draft.add(found) else { continue };
        let is_own = |key: &str| matches!(key, "xmi:id" | "sofa" | "begin" | "end" | "value" | "identifier");
        let others = element.attributes.iter().filter(|(key, _)| !is_own(key));
        mention.extras = others.map(|(key, value)| Extra { format: TOOL.to_owned(), key: key.clone(), value: value.clone() }).collect();
        let kb = element.attribute("identifier").filter(|kb| !kb.is_empty());
        if let Some(kb) = kb.map(|kb| kb.rsplit_once("wikidata.org/").and_then(|(_, path)| path.rsplit('/').next()).unwrap_or(kb)) {
            let (id, label, span) = (EntityId::new(&kb.to_lowercase()), mention.label.clone(), mention.span);
            mention.entity = Some(id.clone());
            draft.link(id, &label, &words[span.range()], Some(kb));
        }
    }
    if unlisted > 0 {
        draft.note(format!("{unlisted} annotations are not listed in the view, so nobody sees them; they are left out"));
    }
    if !passed_over.is_empty() {
        let kinds = shorten(&passed_over.into_iter().collect::<Vec<_>>().join(", "));
        draft.note(format!("annotations of these kinds are no names and are left out: {kinds}"));
    }
    let drafted = draft.finish();
    Ok(match packed {
        Some(packed) => carried::unpack(packed, drafted),
        None => drafted,
    })
}

/// The label of an annotation: DKPro's named entities, and layers that a project of INCEpTION made; `None` for words, sentences
/// and the like.
fn label<'e>(element: &'e Element, uri: &str) -> Option<&'e str> {
    let said = |keys: &[&str]| keys.iter().find_map(|key| element.attribute(key)).filter(|value| !value.is_empty());
    if uri.ends_with("/ner/type.ecore") {
        // A kind of entity may be a type of its own.
        return Some(said(&["value"]).unwrap_or(element.local()));
    }
    // Relations between annotations lie on the text too.
    let is_relation = element.attribute("Governor").is_some() || element.attribute("Dependent").is_some();
    (uri == "http:///webanno/custom.ecore" && !is_relation)
        .then(|| said(&["value", "label", "type", "category", "entity"]).unwrap_or(element.local()))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::{JSON, XMI};
    use super::*;
    use crate::annotation::{Entity, Label};
    use crate::dsl;
    use crate::formats::options::{Options, StateFilter};

    fn rendered(format: &crate::formats::Format) -> (String, Vec<String>) {
        let mut article = dsl::article("a", "😀\u{B}[ORG! Bank of [GPE? Spain]] & co.\r\n\t[NORP~ Danes] left.");
        article.mentions[1].entity = Some(EntityId::new("spain"));
        let entity = Entity {
            id: EntityId::new("spain"),
            name: "Spain".to_owned(),
            label: Label::new("GPE"),
            aliases: Vec::new(),
            kb: Some("Q29".to_owned()),
            note: String::new(),
        };
        let entities = [(entity.id.clone(), entity)].into();
        let rendered =
            format.render(&article, &Options { state: StateFilter::All, entities: Some(&entities), ..Options::default() }).unwrap();
        let told = rendered.report.losses.iter().map(|loss| loss.what.clone()).collect();
        (String::from_utf8(rendered.sheet.bytes().to_vec()).unwrap(), told)
    }

    /// dkpro-cassis 0.12 and Apache UIMA 2.10 (UTF-16), cas2iob 0.1.0 (Sentence, Token, the spelling of the id), XML 1.0
    /// (references for line ends and tabs in attributes, no control characters).
    #[test]
    fn what_readers_of_a_cas_need_is_written() {
        let (page, told) = rendered(&XMI);
        for expect in [
            "sofaString=\"😀 Bank of Spain &amp; co.&#13;&#10;&#9;Danes left.\"",
            ":NamedEntity xmi:id=\"6\" sofa=\"1\" begin=\"3\" end=\"16\" value=\"ORG\"/>",
            "begin=\"11\" end=\"16\" value=\"GPE\" identifier=\"http://www.wikidata.org/entity/Q29\"/>",
            ":Sentence xmi:id=\"4\" sofa=\"1\" begin=\"0\"",
            ":Token xmi:id=\"5\" sofa=\"1\" begin=\"0\" end=\"2\"/>",
            "<cas:View sofa=\"1\" members=\"2 3 4 5 6 ",
        ] {
            assert!(page.contains(expect), "{expect}\n{page}");
        }
        assert_eq!(page.matches(":NamedEntity").count(), 2, "rejected ones are none");
        assert_eq!(told, ["1 control characters of the text"]);
        let (page, _) = rendered(&JSON);
        let cas: Value = serde_json::from_str(&page).unwrap();
        assert!(cas["%TYPES"][super::super::types::ENTITY].is_object() && cas["%FEATURE_STRUCTURES"][0]["sofaString"].is_string());
    }

    #[test]
    fn a_cas_of_others_is_read() {
        let page = r#"<?xml version="1.0"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:t="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore"
          xmlns:s="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore" xmlns:c="http:///webanno/custom.ecore">
          <t:NamedEntity xmi:id="3" sofa="1" begin="3" end="6" value="PER" identifier="http://www.wikidata.org/entity/Q7"/><t:Location xmi:id="4" sofa="1" begin="10" end="14"/>
          <t:NamedEntity xmi:id="5" sofa="1" begin="0" end="2" value="X"/><s:Token xmi:id="6" sofa="1" begin="3" end="6"/><s:Lemma xmi:id="9" sofa="1" begin="3" end="6"/><c:Event xmi:id="7" sofa="1" begin="7" end="9" category="Go" sure="true"/>
          <t:NamedEntity xmi:id="8" sofa="2" begin="0" end="2" value="Y"/>
          <cas:Sofa xmi:id="2" sofaID="other" sofaString="zz"/><cas:Sofa xmi:id="1" sofaID="_InitialView" sofaString="😀 Ann in Oslo"/><cas:View sofa="1" members="3 4 6 7"/></xmi:XMI>"#;
        let drafted = read(page, State::Suggested).unwrap();
        let article = &drafted.article;
        let found: Vec<_> = article.mentions.iter().map(|one| format!("{} {}", one.label, article.quote(one.span))).collect();
        assert_eq!(found, ["PER Ann", "Go in", "Location Oslo"]);
        assert!(
            drafted.notes.len() == 2 && drafted.notes[0].to_string().starts_with("1 annotations are not listed"),
            "{:?}",
            drafted.notes
        );
        assert!(drafted.notes[1].to_string().ends_with("left out: Lemma"), "{:?}", drafted.notes);
        assert_eq!((drafted.entities[0].kb.as_deref(), article.id.as_str().len()), (Some("Q7"), 12));
        assert_eq!(article.mentions[1].extras[1].key, "sure");
    }
}
