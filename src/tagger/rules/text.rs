//! Packs as text, for files that people read and edit: one field a line, patterns as raw strings.

use std::fmt::Write as _;

use super::{Pack, Rule};

impl Pack {
    /// The text of a file that reads back as this pack. Comments of an earlier file are not in it.
    pub fn text(&self) -> String {
        let mut out = format!("(\n    pack: {},\n", quoted(&self.pack));
        if !self.about.is_empty() {
            out += &format!("    about: {},\n", quoted(&self.about));
        }
        if !self.parts.is_empty() {
            let parts = self.parts.iter().map(|(name, part)| format!("        ({}, {}),\n", quoted(name), quoted(part)));
            out += &format!("    parts: [\n{}    ],\n", parts.collect::<String>());
        }
        if !self.rules.is_empty() {
            out += &format!("    rules: [\n{}    ],\n", self.rules.iter().map(rule_text).collect::<String>());
        }
        if !self.lists.is_empty() {
            out += "    lists: [\n";
            for list in &self.lists {
                let head = fields(&[("id", &list.id), ("label", &list.label)]) + &optional("about", &list.about);
                let never = if list.never { "            never: true,\n" } else { "" };
                out += &format!("        (\n{head}{never}            names: [\n");
                list.names.iter().for_each(|name| out += &format!("                {},\n", quoted(name)));
                out += "            ],\n        ),\n";
            }
            out += "    ],\n";
        }
        out + ")\n"
    }
}

fn rule_text(rule: &Rule) -> String {
    let mut out = format!("        (\n{}", fields(&[("id", &rule.id), ("label", &rule.label), ("pattern", &rule.pattern)]));
    if !rule.words.is_empty() {
        let words: Vec<String> = rule.words.iter().map(|word| quoted(word)).collect();
        out += &format!("            words: [{}],\n", words.join(", "));
    }
    out += &format!("            score: {:?},\n", rule.score);
    out += &optional("reason", &rule.reason);
    if !rule.examples.is_empty() {
        let examples = rule.examples.iter().map(|example| format!("                {},\n", quoted(example)));
        out += &format!("            examples: [\n{}            ],\n", examples.collect::<String>());
    }
    out + "        ),\n"
}

/// A line for each field.
fn fields(fields: &[(&str, &String)]) -> String {
    fields.iter().map(|(name, value)| format!("            {name}: {},\n", quoted(value))).collect()
}

fn optional(name: &str, value: &String) -> String {
    if value.is_empty() { String::new() } else { fields(&[(name, value)]) }
}

/// A string as RON reads it: raw where it holds a backslash or a quote and can be, so that patterns stay legible.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| !c.is_control() && !matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}');
    if text.contains(['\\', '"']) && text.chars().all(is_plain) {
        let hashes = "#".repeat((0..).find(|n| !text.contains(&format!("\"{}", "#".repeat(*n)))).unwrap_or_default());
        return format!("r{hashes}\"{text}\"{hashes}");
    }
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '\\' | '"' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_plain(c) => out.push(c),
            c => write!(out, "\\u{{{:x}}}", c as u32).unwrap_or_default(),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tagger::rules::NameList;
    use proptest::prelude::*;

    #[test]
    fn a_pack_reads_well_and_back() {
        let rule = Rule {
            id: "ferries".to_owned(),
            label: "PRODUCT".to_owned(),
            pattern: r#"\bMV (?<m>"?\p{Lu}\w+"?)"#.to_owned(),
            words: vec!["MV ".to_owned()],
            score: 0.9,
            reason: "a ship’s name after MV".to_owned(),
            examples: vec!["the [MV] sank".to_owned()],
        };
        let list = NameList {
            id: "boards".to_owned(),
            label: "ORG".to_owned(),
            about: String::new(),
            never: true,
            names: vec!["Kelp Board".to_owned()],
        };
        let pack = Pack { pack: "own".to_owned(), rules: vec![rule], lists: vec![list], ..Pack::default() };
        let text = pack.text();
        assert!(text.contains(r##"pattern: r#"\bMV (?<m>"?\p{Lu}\w+"?)"#,"##), "{text}");
        assert_eq!(Pack::read("own.ron", &text), Ok(pack));
    }

    proptest! {
        #[test]
        fn every_string_survives(text in "(?s).*", pattern in "[\"\\\\#a\u{0}\n\r\u{200d}]{0,8}", score in 0.0f32..1.0) {
            let rule = Rule {
                id: text.clone(), label: pattern.clone(), pattern: pattern.clone() + &text, words: vec![text.clone()], score,
                reason: pattern, examples: vec![text.clone()],
            };
            let pack = Pack { pack: text.clone(), parts: vec![(text.clone(), text)], rules: vec![rule], ..Pack::default() };
            prop_assert_eq!(Pack::read("own.ron", &pack.text()), Ok(pack));
        }
    }
}
