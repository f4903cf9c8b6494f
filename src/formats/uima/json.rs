//! JSON CAS 0.4.0: the types and all feature structures in one object. Still called experimental by its makers.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::super::draft::Drafted;
use super::super::format::{Context, Sheet};
use super::super::json::{Object, fault, list};
use super::super::xml::{Element, Node, clean};
use super::types::{METADATA, TYPES, namespace};
use super::{cas, xmi};
use crate::annotation::{Article, State};

pub fn write(article: &Article, context: &Context<'_>, sheet: &mut Sheet) -> Result<(), String> {
    let cas = cas::of(article, context, sheet)?;
    let mut types = Map::new();
    for kind in &TYPES {
        let mut described = Map::new();
        described.insert("%NAME".to_owned(), kind.name.into());
        described.insert("%SUPER_TYPE".to_owned(), kind.kind_of.into());
        for (feature, range) in kind.features {
            described.insert((*feature).to_owned(), json!({"%NAME": feature, "%RANGE": range}));
        }
        types.insert(kind.name.to_owned(), described.into());
    }
    let mut structures = vec![json!({
        "%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text/plain", "sofaString": cas.text,
    })];
    for (id, structure) in (2..).zip(&cas.structures) {
        let mut fields = Map::new();
        fields.insert("%ID".to_owned(), Value::from(id));
        fields.insert("%TYPE".to_owned(), structure.kind.into());
        fields.insert("@sofa".to_owned(), 1.into());
        fields.insert("begin".to_owned(), structure.begin.into());
        fields.insert("end".to_owned(), structure.end.into());
        if structure.kind == METADATA {
            fields.insert("language".to_owned(), cas.language.as_str().into());
        }
        for (feature, value) in &structure.features {
            let value = if *feature == "isLastSegment" { Value::Bool(false) } else { value.as_str().into() };
            fields.insert((*feature).to_owned(), value);
        }
        structures.push(fields.into());
    }
    let members: Vec<usize> = (2..).take(cas.structures.len()).collect();
    let whole = json!({
        "%TYPES": types,
        STRUCTURES: structures,
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": members}},
    });
    sheet.page().extend(whole.to_string().as_bytes());
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

/// Whether an object is a CAS.
pub fn knows(object: &Object) -> bool {
    object.get(STRUCTURES).is_some_and(Value::is_array)
}

const STRUCTURES: &str = "%FEATURE_STRUCTURES";

/// The article of a CAS.
///
/// # Errors
/// Where it is no JSON, or holds no text.
pub fn read(page: &str, stateless: State) -> Result<Drafted, String> {
    let whole: Value = serde_json::from_str(page).map_err(|error| fault(&error))?;
    xmi::of_elements(&elements(&whole), None, stateless)
}

/// Structures and views as XMI has them, which says the same in other words.
fn elements(whole: &Value) -> Element {
    let mut root = Element::default();
    let mut prefixes: BTreeMap<String, String> = BTreeMap::new();
    for structure in list(whole.get(STRUCTURES)) {
        let (uri, short) = namespace(structure.get("%TYPE").and_then(Value::as_str).unwrap_or_default());
        let next = format!("type{}", prefixes.len() + 1);
        let prefix = prefixes.entry(uri).or_insert(next);
        let fields = structure.as_object().into_iter().flatten();
        // What begins with @ is the id of another structure.
        let attributes =
            fields.filter_map(|(key, value)| Some((if key == "%ID" { "xmi:id" } else { key.trim_start_matches('@') }, said(value)?)));
        let attributes = attributes.map(|(key, value)| (key.to_owned(), value)).collect();
        root.children.push(Node::Element(Element { name: format!("{prefix}:{short}"), attributes, children: Vec::new() }));
    }
    for view in whole.get("%VIEWS").and_then(Value::as_object).into_iter().flatten().map(|(_, view)| view) {
        let members: Vec<String> = list(view.get("%MEMBERS")).iter().filter_map(said).collect();
        let sofa = view.get("%SOFA").and_then(said).unwrap_or_default();
        let attributes = vec![("sofa".to_owned(), sofa), ("members".to_owned(), members.join(" "))];
        root.children.push(Node::Element(Element { name: "cas:View".to_owned(), attributes, children: Vec::new() }));
    }
    root.attributes = prefixes.into_iter().map(|(uri, prefix)| (format!("xmlns:{prefix}"), uri)).collect();
    root
}

/// A feature as it stands in an attribute; lists and objects have no place there.
fn said(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// dkpro-cassis 0.12: no `%TYPES` that it knows by heart, features in any order, a view with the ids of its members.
    #[test]
    fn a_cas_of_others_is_read() {
        let page = r#"{"%TYPES":{},"%FEATURE_STRUCTURES":[
            {"%ID":1,"%TYPE":"uima.cas.Sofa","sofaNum":1,"sofaID":"_InitialView","mimeType":"text/plain","sofaString":"😀 Ann in Oslo"},
            {"%ID":2,"%TYPE":"de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity","@sofa":1,"begin":3,"end":6,"value":"PER","identifier":"http://www.wikidata.org/entity/Q7"},
            {"%ID":3,"%TYPE":"webanno.custom.Place","@sofa":1,"begin":10,"end":14,"label":"GPE","flags":["x"],"sure":true},
            {"%ID":4,"%TYPE":"webanno.custom.Link","@sofa":1,"begin":3,"end":6,"@Governor":2,"@Dependent":3},
            {"%ID":5,"%TYPE":"de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity","@sofa":1,"begin":7,"end":9,"value":"X"}],
            "%VIEWS":{"_InitialView":{"%SOFA":1,"%MEMBERS":[2,3,4]}}}"#;
        let drafted = read(page, State::Suggested).unwrap();
        assert_eq!(drafted.shown(), ["suggested PER Ann", "suggested GPE Oslo"]);
        let notes: Vec<String> = drafted.notes.iter().map(ToString::to_string).collect();
        assert!(
            notes.len() == 2 && notes[0].starts_with("1 annotations are not listed") && notes[1].ends_with("left out: Link"),
            "{notes:?}"
        );
        assert_eq!(drafted.entities[0].kb.as_deref(), Some("Q7"));
        let sure = drafted.article.mentions[1].extras.iter().find(|extra| extra.key == "sure");
        assert_eq!(sure.map(|extra| extra.value.as_str()), Some("true"));
        assert!(read("{", State::Suggested).is_err() && read("{\"%FEATURE_STRUCTURES\":[]}", State::Suggested).is_err());
    }
}
