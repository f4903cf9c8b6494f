//! Which names stand together, as a network in GraphML, for Gephi, NetworkX and igraph.
//!
//! A node is an entity, or a name with its label where no entity is linked; an edge says in how many articles and in how many
//! sentences two of them stand together. What of that belongs to one article is gathered on its sheet, and the network is made
//! of all sheets at the end.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::format::{Container, Context, Format, Sheet, Tally, Writer};
use super::loss::{Extent, Lost};
use super::xml::in_attribute;
use crate::annotation::{Article, Label, Mention, MentionId, Origin};
use crate::text::seam::one_line;
use crate::text::{Span, name, sentences, tokens};

pub static FORMAT: Format = Format {
    name: "graphml",
    title: "Network of names (GraphML)",
    what: "which names stand together, as a network for Gephi and NetworkX",
    extension: "graphml",
    unit: None,
    reader: None,
    writer: Some(Writer { keeps: &[], ..Writer::new(write, read_back, Container::Whole { join }) }),
};

/// How many names of an article are joined with one another; of more, only those that share a sentence.
const MOST: usize = 300;

/// A mention on its sheet.
#[derive(Serialize, Deserialize)]
struct Row {
    /// Bytes of the article's text.
    start: u32,
    end: u32,
    label: String,
    /// What is the same for all mentions of one node.
    key: String,
    name: String,
    kb: String,
    sentence: usize,
}

fn write(article: &Article, context: &Context<'_>, sheet: &mut Sheet) -> Result<(), String> {
    let words = tokens::tokens(&article.text);
    let begins: Vec<u32> =
        sentences::sentences(&article.text, &words).into_iter().filter_map(|one| Some(words.get(one.start)?.span.start)).collect();
    let row = |mention: &Mention| {
        let entity = context.entity(mention);
        let quote = one_line(article.quote(mention.span));
        let key = match &mention.entity {
            Some(id) => format!("entity {id}"),
            None => format!("name {} {}", mention.label, name::key(&quote)),
        };
        Row {
            start: mention.span.start,
            end: mention.span.end,
            label: mention.label.to_string(),
            key,
            name: entity.map_or(quote, |entity| entity.name.clone()),
            kb: entity.and_then(|entity| entity.kb.clone()).unwrap_or_default(),
            sentence: begins.partition_point(|begin| *begin <= mention.span.start),
        }
    };
    let rows: Vec<Row> = article.mentions.iter().map(row).collect();
    if rows.iter().map(|row| &row.key).collect::<BTreeSet<_>>().len() > MOST {
        let why = format!("has more than {MOST} names; only those in one sentence are joined");
        sheet.lost.push(Lost::of_article("edges between names of one article".to_owned(), why, Extent::Part));
    }
    serde_json::to_writer(sheet.page(), &rows).map_err(|error| error.to_string())
}

fn read_back(sheet: &Sheet, article: &Article) -> Result<Article, String> {
    let rows: Vec<Row> = serde_json::from_slice(sheet.bytes()).map_err(|error| error.to_string())?;
    let mentions = rows.into_iter().map(|row| {
        let (span, label) = (Span { start: row.start, end: row.end }, Label::new(&row.label));
        Mention::suggested(MentionId::of(&article.id, span, &label), span, label, Origin::Analyst)
    });
    Ok(Article { mentions: mentions.collect(), ..article.clone() })
}

/// What is known of a node.
#[derive(Default)]
struct Known {
    name: String,
    label: String,
    kb: String,
    mentions: usize,
    articles: usize,
}

/// In how many articles and sentences two nodes stand together.
#[derive(Clone, Copy, Default)]
struct Together {
    articles: usize,
    sentences: usize,
}

fn join(sheets: Vec<Sheet>, _: &Tally) -> Result<Vec<u8>, String> {
    let mut nodes: BTreeMap<String, Known> = BTreeMap::new();
    let mut edges: BTreeMap<(String, String), Together> = BTreeMap::new();
    for sheet in sheets {
        let rows: Vec<Row> = serde_json::from_slice(sheet.bytes()).map_err(|error| error.to_string())?;
        let mut sentences: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        let mut keys = BTreeSet::new();
        for row in rows {
            let node = nodes.entry(row.key.clone()).or_default();
            // The longest form of a name says the most, and of equals the first in order does not depend on the article's place.
            if (row.name.len(), std::cmp::Reverse(&row.name)) > (node.name.len(), std::cmp::Reverse(&node.name)) {
                node.name = row.name;
            }
            node.label = row.label;
            node.kb = row.kb;
            node.mentions += 1;
            node.articles += usize::from(keys.insert(row.key.clone()));
            sentences.entry(row.sentence).or_default().insert(row.key);
        }
        if keys.len() <= MOST {
            pairs(&keys, |pair| edges.entry(pair).or_default().articles += 1);
        }
        let mut together = BTreeSet::new();
        for keys in sentences.values() {
            pairs(keys, |pair| {
                edges.entry(pair.clone()).or_default().sentences += 1;
                together.insert(pair);
            });
        }
        if keys.len() > MOST {
            together.into_iter().for_each(|pair| edges.entry(pair).or_default().articles += 1);
        }
    }
    Ok(graph(&nodes, &edges).into_bytes())
}

fn pairs(keys: &BTreeSet<String>, mut each: impl FnMut((String, String))) {
    for (i, a) in keys.iter().enumerate() {
        keys.iter().skip(i + 1).for_each(|b| each((a.clone(), b.clone())));
    }
}

fn graph(nodes: &BTreeMap<String, Known>, edges: &BTreeMap<(String, String), Together>) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n".to_owned();
    let columns = [
        ("node", "label", "string"),
        ("node", "type", "string"),
        ("node", "kb", "string"),
        ("node", "mentions", "int"),
        ("node", "articles", "int"),
        ("edge", "weight", "int"),
        ("edge", "sentences", "int"),
    ];
    for (of, column, kind) in columns {
        out.push_str(&format!("  <key id=\"{of}-{column}\" for=\"{of}\" attr.name=\"{column}\" attr.type=\"{kind}\"/>\n"));
    }
    out.push_str("  <graph edgedefault=\"undirected\">\n");
    let data = |of: &str, column: &str, value: &str| format!("<data key=\"{of}-{column}\">{}</data>", in_attribute(value));
    let ids: BTreeMap<&str, String> = nodes.keys().enumerate().map(|(i, key)| (key.as_str(), format!("n{i}"))).collect();
    let id = |key: &str| ids.get(key).map_or("", String::as_str);
    for (key, node) in nodes {
        let Known { name, label, kb, mentions, articles } = node;
        let said = [
            ("label", name.clone()),
            ("type", label.clone()),
            ("kb", kb.clone()),
            ("mentions", mentions.to_string()),
            ("articles", articles.to_string()),
        ];
        let said: String = said.iter().map(|(column, value)| data("node", column, value)).collect();
        out.push_str(&format!("    <node id=\"{}\">{said}</node>\n", id(key)));
    }
    for ((a, b), together) in edges {
        let said = data("edge", "weight", &together.articles.to_string()) + &data("edge", "sentences", &together.sentences.to_string());
        out.push_str(&format!("    <edge source=\"{}\" target=\"{}\">{said}</edge>\n", id(a), id(b)));
    }
    out + "  </graph>\n</graphml>\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsl;
    use crate::formats::options::Options;

    #[test]
    fn names_that_stand_together_are_joined_once_each() {
        let pages = [
            "[PERSON! Ann & Co] met [ORG! UN]. [PERSON! ANN & CO] met [GPE! Oslo].",
            "[ORG! UN] in [GPE! Oslo]. [ORG! UN] left [GPE! Oslo].",
        ];
        let sheets = pages.map(|page| FORMAT.render(&dsl::article("a", page), &Options::default()).unwrap().sheet);
        let graph = String::from_utf8(join(sheets.into(), &Tally::default()).unwrap()).unwrap();
        let edges: Vec<&str> = graph.lines().filter(|line| line.contains("<edge")).map(str::trim).collect();
        assert_eq!(graph.matches("<node ").count(), 3, "{graph}");
        assert!(graph.contains("<data key=\"node-label\">Ann &amp; Co</data>") || graph.contains("ANN &amp; CO"), "{graph}");
        let edge = |a: usize, b: usize, articles: usize, sentences: usize| {
            format!(
                "<edge source=\"n{a}\" target=\"n{b}\"><data key=\"edge-weight\">{articles}</data><data key=\"edge-sentences\">{sentences}</data></edge>"
            )
        };
        // GPE, ORG, PERSON.
        assert_eq!(edges, [edge(0, 1, 2, 2), edge(0, 2, 1, 1), edge(1, 2, 1, 1)]);
    }
}
