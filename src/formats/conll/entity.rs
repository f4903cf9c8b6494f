//! Entities in the MISC column of CoNLL-U, as brackets: `Entity=(e1-person-1` opens one, `Entity=e1)` closes it,
//! `Entity=(e2-place)` is both. CorefUD and GUM write them so.

use std::collections::BTreeMap;

/// Brackets that are open.
#[derive(Debug)]
pub struct Brackets {
    /// Which part of an opening bracket is the type, counted from 0.
    type_at: usize,
    open: BTreeMap<String, Vec<(usize, String)>>,
}

impl Default for Brackets {
    fn default() -> Self {
        Self { type_at: 1, open: BTreeMap::new() }
    }
}

/// A mention that ended: where, and its label.
type Ended = (usize, usize, String);

impl Brackets {
    /// What stands in an opening bracket, by the file's own word: `eid-etype-head-other`, or GUM's `entity-GRP-…`.
    pub fn columns(&mut self, names: &str) {
        if let Some(at) = names.split('-').position(|name| matches!(name, "etype" | "entity")) {
            self.type_at = at;
        }
    }

    /// None open, for the next article of the file.
    pub fn fresh(&self) -> Self {
        Self { type_at: self.type_at, open: BTreeMap::new() }
    }

    /// Takes a token's MISC in and gives the mentions that end with it.
    pub fn token(&mut self, misc: &str, (start, end): (usize, usize)) -> Vec<Ended> {
        let mut ended = Vec::new();
        let values = misc.split('|').filter_map(|part| part.strip_prefix("Entity="));
        for value in values {
            let value = decoded(value);
            let mut rest = value.as_str();
            while !rest.is_empty() {
                if let Some(inner) = rest.strip_prefix('(') {
                    let len = inner.find(['(', ')']).unwrap_or(inner.len());
                    let parts: Vec<&str> = inner[..len].split('-').collect();
                    // A part of a mention in several pieces counts by itself: `e1[1/2]`.
                    let id = parts.first().map_or("", |id| id.split('[').next().unwrap_or_default());
                    let label = parts.get(self.type_at).or(parts.first()).copied().unwrap_or_default();
                    if inner[len..].starts_with(')') {
                        ended.push((start, end, label.to_owned()));
                        rest = &inner[len + 1..];
                    } else {
                        self.open.entry(id.to_owned()).or_default().push((start, label.to_owned()));
                        rest = &inner[len..];
                    }
                } else {
                    let len = rest.find([')', '(']).unwrap_or(rest.len());
                    let id = rest[..len].split('[').next().unwrap_or_default();
                    let opened = match self.open.get_mut(id) {
                        Some(opened) => opened.pop(),
                        // GUM closes by the entity's number or its type alone.
                        None => {
                            self.open.values_mut().find(|opened| opened.last().is_some_and(|(_, label)| label == id)).and_then(Vec::pop)
                        }
                    };
                    ended.extend(opened.map(|(from, label)| (from, end, label)));
                    let is_closed = rest[len..].starts_with(')');
                    rest = &rest[len + usize::from(is_closed)..];
                }
            }
        }
        ended
    }
}

/// `%XX` as the character that it stands for: `=`, `|` and blanks are written so.
pub fn decoded(value: &str) -> String {
    let bytes = value.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| value.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_open_close_and_nest() {
        let mut brackets = Brackets::default();
        brackets.columns("eid-etype-head-other");
        assert_eq!(brackets.token("Entity=(e1-person-1-|x=y", (0, 3)), []);
        assert_eq!(brackets.token("SpaceAfter=No|Entity=(e2-place-1-)", (4, 8)), [(4, 8, "place".to_owned())]);
        assert_eq!(brackets.token("Entity=e1)(e3-org-1-", (9, 12)), [(0, 12, "person".to_owned())]);
        assert_eq!(brackets.token("Entity=e3)", (13, 15)), [(9, 15, "org".to_owned())]);
        assert_eq!(brackets.token("Entity=e9)", (16, 17)), [], "what was never opened");
        assert_eq!(brackets.token("_", (18, 19)), []);
        assert_eq!(decoded("a%3Db%7Cc%zz%"), "a=b|c%zz%");
    }
}
