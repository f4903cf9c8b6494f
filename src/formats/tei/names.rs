//! Which element of TEI stands for which label, and back.

use super::super::xml::Element;

/// The element for a label.
pub fn element_of(label: &str) -> &'static str {
    match label {
        "PERSON" | "PER" => "persName",
        "ORG" => "orgName",
        "GPE" | "LOC" | "FAC" => "placeName",
        "DATE" => "date",
        "TIME" => "time",
        _ => "rs",
    }
}

/// The label of an element of somebody else's edition; `None` where it names nothing.
pub fn label_of(element: &Element) -> Option<String> {
    let class = || element.attribute("type").or(element.attribute("ana")).unwrap_or_default().trim_start_matches('#').to_lowercase();
    let label = match element.local() {
        "persName" => "PERSON",
        "orgName" => "ORG",
        "placeName" | "settlement" | "country" | "region" | "district" | "bloc" => "GPE",
        "geogName" => "LOC",
        "date" => "DATE",
        "time" => "TIME",
        "rs" | "name" => match class().as_str() {
            "person" | "pers" | "per" | "personal" => "PERSON",
            "org" | "organization" | "organisation" | "corporate" | "institution" => "ORG",
            "place" | "city" | "country" | "region" | "gpe" => "GPE",
            "geo" | "geog" | "loc" | "location" => "LOC",
            "event" => "EVENT",
            "work" | "title" => "WORK_OF_ART",
            "" => "NAME",
            other => return Some(other.to_uppercase()),
        },
        _ => return None,
    };
    Some(label.to_owned())
}

/// Elements whose words are no part of what is read.
pub fn is_apart(local: &str) -> bool {
    matches!(
        local,
        "teiHeader"
            | "note"
            | "fw"
            | "figDesc"
            | "del"
            | "standOff"
            | "spanGrp"
            | "listPerson"
            | "listPlace"
            | "listOrg"
            | "desc"
            | "certainty"
    )
}

/// Elements that stand on lines of their own.
pub fn is_block(local: &str) -> bool {
    matches!(
        local,
        "p" | "ab"
            | "head"
            | "div"
            | "div1"
            | "div2"
            | "div3"
            | "lg"
            | "sp"
            | "list"
            | "table"
            | "row"
            | "quote"
            | "opener"
            | "closer"
            | "byline"
            | "dateline"
            | "salute"
            | "signed"
            | "trailer"
            | "front"
            | "body"
            | "back"
            | "group"
            | "text"
            | "floatingText"
            | "figure"
            | "titlePage"
            | "docTitle"
            | "epigraph"
            | "argument"
            | "postscript"
    )
}

/// Elements that stand on a line, one below the other.
pub fn is_line(local: &str) -> bool {
    matches!(local, "l" | "item" | "label" | "cell" | "speaker" | "stage" | "titlePart")
}
