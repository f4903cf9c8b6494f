//! The RON form of rules and of an analyst's own lists.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::text::Span;

/// One file: rules, lists of names, or both.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    pub pack: String,
    #[serde(default)]
    pub about: String,
    /// Pieces of patterns by name; `{Name}` in a pattern stands for the piece. A piece may hold earlier ones.
    #[serde(default)]
    pub parts: Vec<(String, String)>,
    #[serde(default)]
    pub rules: Vec<Rule>,
    #[serde(default)]
    pub lists: Vec<NameList>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Unique over all packs; what a mention's origin names.
    pub id: String,
    pub label: String,
    /// A regular expression. The group `m` is the mention; without it, the whole match.
    pub pattern: String,
    /// Words of which one must stand near, spelled as in the text; the pattern is tried only there. None: everywhere.
    #[serde(default)]
    pub words: Vec<String>,
    /// How likely a match is right, 0 to 1.
    #[serde(default = "usual_score")]
    pub score: f32,
    /// One clause: `a title before a capitalised name`.
    #[serde(default)]
    pub reason: String,
    /// Texts with the expected matches in square brackets; without brackets, nothing may be found.
    #[serde(default)]
    pub examples: Vec<String>,
}

fn usual_score() -> f32 {
    0.9
}

/// An analyst's own list of names.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameList {
    pub id: String,
    /// Of its names; left out where they never are mentions.
    #[serde(default)]
    pub label: String,
    #[serde(default)]
    pub about: String,
    /// Whether its names are never mentions.
    #[serde(default)]
    pub never: bool,
    pub names: Vec<String>,
}

/// What is wrong with a pack; names the file, the line and what to do.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PackError {
    #[error("{file} cannot be read: {why}")]
    Unreadable { file: String, why: String },
    #[error("{file}, line {line}: {why}; correct the line, until then the file is left out")]
    Malformed { file: String, line: usize, why: String },
    #[error("{file}, line {line}: the pattern of rule {rule} is no regular expression: {why}")]
    Pattern { file: String, line: usize, rule: String, why: String },
    #[error("{file}, line {line}: {id} is already the name of another rule or list; give it another")]
    Twice { file: String, line: usize, id: String },
    #[error("{file}, line {line}: the example of rule {rule} gives {found}, but says {expected}")]
    Example { file: String, line: usize, rule: String, expected: String, found: String },
    #[error("{file}, line {line}: {name:?} of list {list} can never be found; a name has a letter and at most 16 words")]
    Name { file: String, line: usize, list: String, name: String },
}

impl PackError {
    /// What is wrong, for where the file and the rule are told beside it.
    pub fn brief(&self) -> String {
        match self {
            PackError::Unreadable { why, .. } => format!("cannot be read: {why}"),
            PackError::Malformed { line, why, .. } => format!("line {line}: {why}"),
            PackError::Pattern { line, why, .. } => format!("line {line}: the pattern is no regular expression: {why}"),
            PackError::Twice { line, .. } => format!("line {line}: another rule or list has this name; give it another"),
            PackError::Example { line, expected, found, .. } => format!("line {line}: the example {expected} gives {found}"),
            PackError::Name { line, name, .. } => {
                format!("line {line}: {name:?} can never be found; a name has a letter and at most 16 words")
            }
        }
    }

    /// The rule or list that is left out because of it; `None` where that is the whole file, or nothing.
    pub fn left_out(&self) -> Option<&str> {
        match self {
            PackError::Pattern { rule: id, .. } | PackError::Twice { id, .. } | PackError::Example { rule: id, .. } => Some(id),
            PackError::Unreadable { .. } | PackError::Malformed { .. } | PackError::Name { .. } => None,
        }
    }
}

/// The packs that the program carries. `include_str!` keeps the binary alone sufficient.
const STANDARD: &[(&str, &str)] = &[
    ("people.ron", include_str!("../../../assets/rules/people.ron")),
    ("organisations.ron", include_str!("../../../assets/rules/organisations.ron")),
    ("places.ron", include_str!("../../../assets/rules/places.ron")),
    ("events-laws-works.ron", include_str!("../../../assets/rules/events-laws-works.ron")),
];

impl Pack {
    pub fn standard() -> &'static [Pack] {
        static PACKS: OnceLock<Vec<Pack>> = OnceLock::new();
        PACKS.get_or_init(|| {
            let read = STANDARD.iter().map(|(file, source)| {
                // A test reads every one of them.
                ron::from_str(source).inspect_err(|fault| log::error!("{file} of this build: {fault}")).unwrap_or_default()
            });
            read.collect()
        })
    }

    /// Reads a pack, unchecked. `file` is named in the error.
    ///
    /// # Errors
    /// [`PackError::Malformed`].
    pub fn read(file: &str, source: &str) -> Result<Self, PackError> {
        let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let source = source.strip_prefix('\u{FEFF}').unwrap_or(source);
        options.from_str(source).map_err(|fault| PackError::Malformed {
            file: file.to_owned(),
            line: fault.span.start.line,
            why: fault.code.to_string(),
        })
    }

    /// Everything that is wrong in a pack: names given twice, or `taken` already, patterns, examples, names in lists.
    pub fn faults(&self, file: &str, source: &str, taken: &BTreeSet<String>) -> Vec<PackError> {
        let (mut seen, mut errors) = (taken.clone(), Vec::new());
        for id in self.ids() {
            if !seen.insert(id.to_owned()) {
                errors.push(PackError::Twice { file: file.to_owned(), line: last_line_of(source, id), id: id.to_owned() });
            }
        }
        errors.extend(self.rules.iter().flat_map(|rule| self.check(file, source, rule)));
        for list in &self.lists {
            let unfit = list.names.iter().filter(|name| !crate::tagger::gazetteer::build::is_name(name));
            errors.extend(unfit.map(|name| PackError::Name {
                file: file.to_owned(),
                line: line_of(source, name),
                list: list.id.clone(),
                name: name.clone(),
            }));
        }
        errors
    }

    /// The pack without the rules and lists that its faults leave out. Of those that share a name the first stays,
    /// unless the name was taken before.
    #[must_use]
    pub fn sound(&self, faults: &[PackError], taken: &BTreeSet<String>) -> Self {
        let is_wrong = |id: &str| faults.iter().any(|fault| fault.left_out() == Some(id) && !matches!(fault, PackError::Twice { .. }));
        let mut seen = taken.clone();
        let mut is_sound = |id: &str| !is_wrong(id) && seen.insert(id.to_owned());
        let mut sound = self.clone();
        sound.rules.retain(|rule| is_sound(&rule.id));
        sound.lists.retain(|list| is_sound(&list.id));
        sound
    }

    /// Reads and checks a pack in which everything must be sound; all faults are told.
    pub fn parse(file: &str, source: &str) -> Result<Self, Vec<PackError>> {
        let pack = Self::read(file, source).map_err(|fault| vec![fault])?;
        let faults = pack.faults(file, source, &BTreeSet::new());
        if faults.is_empty() { Ok(pack) } else { Err(faults) }
    }

    /// The names of its rules and lists.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(|rule| rule.id.as_str()).chain(self.lists.iter().map(|list| list.id.as_str()))
    }

    /// A pattern with the parts put in.
    pub(super) fn expand(&self, pattern: &str) -> String {
        let mut out = pattern.to_owned();
        for (name, part) in self.parts.iter().rev() {
            let hole = format!("{{{name}}}");
            if out.contains(&hole) {
                out = out.replace(&hole, &format!("(?:{part})"));
            }
        }
        out
    }

    fn check(&self, file: &str, source: &str, rule: &Rule) -> Vec<PackError> {
        let line = line_of(source, &rule.id);
        if let Err(fault) = Regex::new(&self.expand(&rule.pattern)) {
            let why = fault.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
            return vec![PackError::Pattern { file: file.to_owned(), line, rule: rule.id.clone(), why }];
        }
        let alone = Pack { rules: vec![rule.clone()], lists: Vec::new(), ..self.clone() };
        let rules = super::Rules::new(&[alone], &BTreeSet::new());
        let mut errors = Vec::new();
        for example in &rule.examples {
            let text: String = example.chars().filter(|c| !matches!(c, '[' | ']')).collect();
            let spans: Vec<Span> = rules.find(&text).into_iter().map(|found| found.span).collect();
            let found = bracketed(&text, &spans);
            if found != *example {
                errors.push(PackError::Example {
                    file: file.to_owned(),
                    line: source.find(example.as_str()).map_or(line, |at| line_at(source, at)),
                    rule: rule.id.clone(),
                    expected: format!("{example:?}"),
                    found: format!("{found:?}"),
                });
            }
        }
        errors
    }
}

/// The text with square brackets around spans that do not overlap.
fn bracketed(text: &str, spans: &[Span]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for span in spans.iter().map(|span| span.range()) {
        if span.start < at {
            continue;
        }
        out += &text[at..span.start];
        out = out + "[" + &text[span.clone()] + "]";
        at = span.end;
    }
    out + &text[at..]
}

/// The line, from 1, on which the definition of `id` stands.
fn line_of(source: &str, id: &str) -> usize {
    source.find(&format!("\"{id}\"")).map_or(1, |at| line_at(source, at))
}

fn last_line_of(source: &str, id: &str) -> usize {
    source.rfind(&format!("\"{id}\"")).map_or(1, |at| line_at(source, at))
}

fn line_at(source: &str, at: usize) -> usize {
    1 + source[..at].matches('\n').count()
}

#[cfg(test)]
pub(super) fn standard_sources() -> &'static [(&'static str, &'static str)] {
    STANDARD
}
