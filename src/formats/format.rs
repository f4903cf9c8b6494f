//! What a format is: a value in one table, with what there is to say of it and what reads and writes it.
//!
//! To add one: a file here with its `pub static`, and its line in [`table`](super::table). The frame chooses what is written,
//! maps labels, flattens, puts files together, reads back and reports (`render`, `export`); a writer gets an article that
//! holds exactly what is to be written, and tells only what the format itself cannot carry.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::loss::{Extent, Lost};
use super::overlaps::Policy;
use crate::annotation::{Article, Entity, EntityId, Label, Mention, Origin};
use crate::decide::certificate::Told;
use crate::reading::Reader;
use crate::text::Unit;

/// An interchange format.
pub struct Format {
    /// As `--from` and `--to` take it.
    pub name: &'static str,
    /// As people call it.
    pub title: &'static str,
    pub what: &'static str,
    /// The usual ending of its files, without the full stop.
    pub extension: &'static str,
    /// What its offsets count; `None` where it has none.
    pub unit: Option<Unit>,
    /// Who reads its files; the same frame that reads article files asks it.
    pub reader: Option<&'static Reader>,
    pub writer: Option<Writer>,
}

/// How a format is written.
pub struct Writer {
    pub write: Write,
    pub read_back: ReadBack,
    /// How the sheets of all articles become files.
    pub container: Container,
    /// What travels besides spans and labels.
    pub keeps: &'static [Field],
    /// No two of its mentions may share a character.
    pub is_flat: bool,
    /// It knows tokens, not characters: control characters at the edges of a mention are not in it.
    pub is_by_token: bool,
    /// Files that a reader needs or is helped by, made when all articles are there.
    pub beside: Option<fn(&Tally) -> Vec<Beside>>,
}

impl Writer {
    /// One that keeps everything; a row names what is otherwise with it.
    pub const fn new(write: Write, read_back: ReadBack, container: Container) -> Self {
        Self { write, read_back, container, keeps: Field::ALL, is_flat: false, is_by_token: false, beside: None }
    }
}

/// Puts one article on its sheet; articles are written on all cores at once. An error is a fault of the program.
pub type Write = fn(&Article, &Context<'_>, &mut Sheet) -> Result<(), String>;

/// What a reader would make of the sheet, in the coordinates of the article that it was made from.
pub type ReadBack = fn(&Sheet, &Article) -> Result<Article, String>;

/// Where the sheets of articles go.
pub enum Container {
    /// One file, written as the articles come: what it begins with, what stands between two of them, and how it ends.
    File { head: fn() -> Vec<u8>, between: &'static str, tail: &'static str },
    /// One file that is put together when all sheets are there.
    Whole { join: fn(Vec<Sheet>, &Tally) -> Result<Vec<u8>, String> },
    /// A folder with one file of each article for each of these endings, in the order of the sheet's pages.
    Folder { endings: &'static [&'static str] },
}

impl Container {
    /// Articles one behind the other, nothing around them.
    pub const LINES: Container = Container::File { head: Vec::new, between: "", tail: "" };
}

/// A file beside the exported one; `ending` follows its stem (in a folder it is the whole name).
pub struct Beside {
    pub ending: &'static str,
    pub bytes: Vec<u8>,
}

/// What was written in all.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub labels: BTreeSet<Label>,
    pub declared: Declared,
    /// What is certified of the session that it comes from.
    pub certificate: Option<Told>,
}

/// Names besides labels that a file beside has to declare: the section that each belongs to, and what it was used with.
pub type Declared = BTreeMap<(&'static str, String), BTreeSet<String>>;

impl Tally {
    pub fn add(&mut self, mut other: Tally) {
        self.labels.append(&mut other.labels);
        for (name, mut used_with) in other.declared {
            self.declared.entry(name).or_default().append(&mut used_with);
        }
    }
}

/// What a mention or an article may say besides its words, spans and labels.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Field {
    State,
    How,
    Score,
    Origin,
    First,
    Entity,
    Kb,
    Value,
    Note,
    By,
    At,
    MentionExtras,
    Meta,
    Zones,
    Desk,
    ArticleExtras,
}

impl Field {
    pub const ALL: &'static [Field] = &[
        Field::State,
        Field::How,
        Field::Score,
        Field::Origin,
        Field::First,
        Field::Entity,
        Field::Kb,
        Field::Value,
        Field::Note,
        Field::By,
        Field::At,
        Field::MentionExtras,
        Field::Meta,
        Field::Zones,
        Field::Desk,
        Field::ArticleExtras,
    ];

    /// What only a mention says, but for what another tool said of it.
    pub const OF_A_MENTION: &'static [Field] = Field::ALL.split_at(Field::MentionExtras as usize).0;

    /// As a report calls it.
    pub fn words(self) -> &'static str {
        match self {
            Field::State => "that it is only suggested or rejected",
            Field::How => "how it was decided",
            Field::Score => "the score",
            Field::Origin => "the origin",
            Field::First => "what was suggested first",
            Field::Entity => "the entity",
            Field::Kb => "the entity’s id in a knowledge base",
            Field::Value => "the value",
            Field::Note => "the note",
            Field::By => "who decided",
            Field::At => "when",
            Field::MentionExtras => "what another tool said of it",
            Field::Meta => "title, outlet and day",
            Field::Zones => "zones",
            Field::Desk => "progress, flag, tags and note",
            Field::ArticleExtras => "what another tool said of it",
        }
    }

    /// Whether the article as a whole says it, not its mentions.
    pub fn is_of_article(self) -> bool {
        matches!(self, Field::Meta | Field::Zones | Field::Desk | Field::ArticleExtras)
    }
}

/// What a writer may look up.
#[derive(Clone, Copy, Default)]
pub struct Context<'a> {
    /// For names and knowledge-base ids of linked entities.
    pub entities: Option<&'a BTreeMap<EntityId, Entity>>,
    /// Tells an origin in words.
    pub reason: Option<&'a (dyn Fn(&Origin) -> String + Sync)>,
    /// Which of overlapping mentions a format takes for a place where none may overlap.
    pub overlaps: Option<&'a Policy>,
    /// Rejected mentions were asked for, in a list of their own where the format has one.
    pub lists_rejected: bool,
}

impl<'a> Context<'a> {
    pub fn policy(&self) -> &'a Policy {
        self.overlaps.unwrap_or(&Policy::Longest)
    }

    /// The thing that a mention is linked to, as far as it is known.
    pub fn entity(&self, mention: &Mention) -> Option<&'a Entity> {
        self.entities?.get(mention.entity.as_ref()?)
    }
}

/// What a writer makes of one article.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// One for a format of one file; for a folder, one for each of its endings.
    pub pages: Vec<Vec<u8>>,
    pub lost: Vec<Lost>,
    pub declared: Declared,
}

impl Sheet {
    /// The first page.
    pub fn page(&mut self) -> &mut Vec<u8> {
        if self.pages.is_empty() {
            self.pages.push(Vec::new());
        }
        &mut self.pages[0]
    }

    /// The first page, to read.
    pub fn bytes(&self) -> &[u8] {
        self.pages.first().map_or(&[], Vec::as_slice)
    }

    /// Tells that a mention is not in what is written.
    pub fn lose(&mut self, article: &Article, mention: &Mention, why: &str) {
        self.lost.push(Lost::of(article, mention, Extent::Whole, why));
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
