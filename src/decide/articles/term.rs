//! The terms that a filter consists of.

use std::fmt;

use super::days::Days;
use super::fault::Fault;
use super::kinds::{Having, Kind, Standing};

/// One condition on articles.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Term {
    /// Whether it is articles without it that are wanted.
    pub is_left_out: bool,
    pub what: What,
}

/// What an article may have.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum What {
    /// In the title, the outlet or the id.
    Words(String),
    State(Standing),
    /// A mention that is not rejected with this label.
    Label(String),
    /// A mention that is linked to what is called so, or that reads so.
    Entity(String),
    Outlet(String),
    Day(Days),
    /// A tag such as `de`; `none` where it is not known.
    Language(String),
    Tag(String),
    /// In the note on the article or on one of its mentions.
    Note(String),
    Has(Having),
}

impl What {
    /// What a value means behind a key.
    ///
    /// # Errors
    /// Where the kind knows no such value.
    pub fn new(kind: Kind, value: String) -> Result<Self, Fault> {
        if value.trim().is_empty() {
            return Err(if kind == Kind::Words { Fault::Blank } else { Fault::Nothing(kind) });
        }
        Ok(match kind {
            Kind::Words => What::Words(value),
            Kind::State => match Standing::ALL.into_iter().find(|standing| standing.as_str().eq_ignore_ascii_case(&value)) {
                Some(standing) => What::State(standing),
                None => return Err(Fault::Standing(value)),
            },
            Kind::Label => What::Label(value),
            Kind::Entity => What::Entity(value),
            Kind::Outlet => What::Outlet(value),
            Kind::Day => match value.parse() {
                Ok(days) => What::Day(days),
                Err(_) => return Err(Fault::Day(value)),
            },
            Kind::Language => What::Language(value),
            Kind::Tag => What::Tag(value),
            Kind::Note => What::Note(value),
            Kind::Has => match Having::ALL.into_iter().find(|having| having.as_str().eq_ignore_ascii_case(&value)) {
                Some(having) => What::Has(having),
                None => return Err(Fault::Having(value)),
            },
        })
    }

    pub fn kind(&self) -> Kind {
        match self {
            What::Words(_) => Kind::Words,
            What::State(_) => Kind::State,
            What::Label(_) => Kind::Label,
            What::Entity(_) => Kind::Entity,
            What::Outlet(_) => Kind::Outlet,
            What::Day(_) => Kind::Day,
            What::Language(_) => Kind::Language,
            What::Tag(_) => Kind::Tag,
            What::Note(_) => Kind::Note,
            What::Has(_) => Kind::Has,
        }
    }

    fn value(&self) -> String {
        match self {
            What::Words(text)
            | What::Label(text)
            | What::Entity(text)
            | What::Outlet(text)
            | What::Language(text)
            | What::Tag(text)
            | What::Note(text) => text.clone(),
            What::State(standing) => standing.as_str().to_owned(),
            What::Day(days) => days.to_string(),
            What::Has(having) => having.as_str().to_owned(),
        }
    }
}

impl fmt::Display for Term {
    /// As it is typed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_left_out {
            f.write_str("-")?;
        }
        let (kind, value) = (self.what.kind(), self.what.value());
        if kind != Kind::Words {
            write!(f, "{}:", kind.key())?;
        }
        let reads_otherwise = kind == Kind::Words && (value.starts_with('-') || key_of(&value).is_some());
        let is_quoted = reads_otherwise || value.contains(char::is_whitespace) || value.starts_with(is_quote);
        match is_quoted {
            false => f.write_str(&value),
            true => write!(f, "\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")),
        }
    }
}

/// What stands before a colon, where that is a word, and what stands behind it.
pub fn key_of(typed: &str) -> Option<(&str, &str)> {
    let (key, value) = typed.split_once(':')?;
    (!key.is_empty() && key.chars().all(char::is_alphabetic)).then_some((key, value))
}

/// What keyboards and word processors open a quotation with.
pub fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}
