//! JSON CAS 0.4.0: the types and all feature structures in one object. Only written; still called experimental by its makers.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::super::carried;
use super::super::draft::{Draft, Found};
use super::super::format::{Context, Sheet};
use super::super::xml::clean;
use super::cas;
use super::types::{ENTITY, METADATA, PACKED, TYPES};
use crate::annotation::{Article, Origin, State};
use crate::text::Unit;

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
        "%FEATURE_STRUCTURES": structures,
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": members}},
    });
    sheet.page().extend(whole.to_string().as_bytes());
    Ok(())
}

pub fn read_back(sheet: &Sheet, article: &Article) -> Result<Article, String> {
    let whole: Value = serde_json::from_slice(sheet.bytes()).map_err(|error| error.to_string())?;
    let structures = whole.get("%FEATURE_STRUCTURES").and_then(Value::as_array).ok_or("there are no structures")?;
    let of = |kind: &'static str| structures.iter().filter(move |one| one.get("%TYPE").and_then(Value::as_str) == Some(kind));
    let text = of("uima.cas.Sofa").find_map(|sofa| sofa.get("sofaString")?.as_str()).ok_or("there is no text")?;
    if text != clean(&article.text).0 {
        return Err("the text differs".to_owned());
    }
    let words: Arc<str> = text.into();
    let mut draft = Draft::new(None, &words, Unit::Utf16);
    for one in of(ENTITY) {
        let number = |key: &str| one.get(key).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok()).ok_or("a place is no number");
        let label = one.get("value").and_then(Value::as_str).unwrap_or_default();
        draft.add(Found {
            start: number("begin")?,
            end: number("end")?,
            quote: None,
            label,
            state: State::Confirmed,
            origin: Origin::Analyst,
        });
    }
    let packed = of(PACKED).find_map(|one| one.get("line")?.as_str()).ok_or("our own structure is missing")?;
    let back = carried::unpack(packed, draft.finish()).untold()?;
    Ok(Article { text: article.text.clone(), ..back })
}
