//! Gold articles: text with `[LABEL|words]` round every mention and `{kind}` before lines that are not body.

use std::fs;
use std::path::Path;

use manicule::annotation::{Label, ZoneKind};
use manicule::text::Span;

pub struct Gold {
    /// The stem of its file.
    pub name: String,
    pub text: String,
    /// In reading order.
    pub mentions: Vec<(Span, Label)>,
    /// Lines with the kind that a person gave them; blank lines are left out.
    pub lines: Vec<(Span, ZoneKind)>,
}

/// Every gold article, in the order of their names.
pub fn all() -> Vec<Gold> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "gold"));
    paths.sort();
    paths.iter().map(|path| parse(path.file_stem().unwrap().to_str().unwrap(), &fs::read_to_string(path).unwrap())).collect()
}

fn parse(name: &str, marked: &str) -> Gold {
    let mut gold = Gold { name: name.to_owned(), text: String::new(), mentions: Vec::new(), lines: Vec::new() };
    for line in marked.split_inclusive('\n') {
        let kind =
            line.strip_prefix('{').and_then(|rest| rest.split_once('}')).and_then(|(kind, rest)| Some((ZoneKind::from_name(kind)?, rest)));
        let (kind, line) = kind.unwrap_or((ZoneKind::Body, line));
        let start = gold.text.len();
        parse_line(&mut gold, line);
        let end = gold.text.trim_end_matches(['\r', '\n']).len().max(start);
        if !gold.text[start..end].trim().is_empty() {
            gold.lines.push((Span::new(start, end), kind));
        }
    }
    gold.mentions.sort();
    gold
}

fn parse_line(gold: &mut Gold, line: &str) {
    let mut open: Option<(usize, &str)> = None;
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        rest = match (c, open) {
            ('\\', _) => {
                let escaped = after.chars().next().expect("a character follows the backslash");
                gold.text.push(escaped);
                &after[escaped.len_utf8()..]
            }
            ('[', None) => {
                let (label, words) = after.split_once('|').expect("a label and a bar follow the bracket");
                open = Some((gold.text.len(), label));
                words
            }
            (']', Some((start, label))) => {
                gold.mentions.push((Span::new(start, gold.text.len()), Label::new(label)));
                open = None;
                after
            }
            (c, _) => {
                gold.text.push(c);
                after
            }
        };
    }
    assert!(open.is_none(), "a mention is not closed in {line:?}");
}

#[test]
fn every_gold_article_is_the_source_with_marks() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions/sources");
    let all = all();
    assert!(all.len() >= 12);
    for gold in all {
        let source = fs::read_to_string(sources.join(format!("{}.txt", gold.name))).unwrap();
        assert_eq!(gold.text, source, "{}", gold.name);
        assert!(gold.mentions.len() > 40, "{}", gold.name);
    }
}
