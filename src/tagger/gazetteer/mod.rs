//! Lists of names and how they are found in a text.
//!
//! The lists are one table: every word once, with what is known of it (a given name, a surname, a common English word),
//! and every name as a run of words. A text is looked up word by word, one hash each, then the names that begin with a
//! word are narrowed down as its successors come. That loads faster than an automaton over a quarter of a million names
//! is built, and costs a few steps a word. A match is evidence, not an answer: it says in which list it stands and what
//! speaks against it.

pub mod build;
mod fold;
pub mod pack;
mod stored;
mod words;

use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::annotation::Label;
use crate::text::Span;
use crate::text::tokens::Token;

pub(crate) use fold::{Case, case_of};
use fold::{Piece, fold_into, pieces};
pub use words::WordClass;
use words::WordTable;

/// No name is longer; a walk stops there.
const LONGEST: usize = 16;

/// Which list; an index into [`Lexicon::lists`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ListId(pub u8);

/// A list as it is shown to the analyst.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListInfo {
    /// `countries`.
    pub name: Arc<str>,
    /// What its names are.
    pub label: Label,
    /// How many names it holds.
    pub names: usize,
}

/// A name of a list, found in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ListMatch {
    /// The first token that it touches.
    pub first_token: usize,
    /// The token after the last that it touches.
    pub last_token: usize,
    /// Bytes. Smaller than the tokens where a hyphenated token holds a name: `U.S.` in `U.S.-led`.
    pub span: Span,
    pub list: ListId,
    pub mark: Mark,
}

/// How much an entry of a list is worth by itself.
#[derive(Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Mark(u8);

impl Mark {
    /// A common English word when written small: Reading, Mobile, Nice.
    pub const COMMON: Mark = Mark(4);
    /// Also a given name or surname: Jordan, Paris, Lincoln.
    pub const PERSONAL: Mark = Mark(8);
    /// Stands in lists of different labels: Georgia, Washington.
    pub const DIVIDED: Mark = Mark(16);
    /// An abbreviation of two or three letters.
    pub const SHORT: Mark = Mark(32);

    /// `rank` 3: known to every reader; 2: seen in the news; 1: of the long tail; 0: no more than a hint.
    pub fn ranked(rank: u8) -> Self {
        Mark(rank.min(3))
    }

    pub fn rank(self) -> u8 {
        self.0 & 3
    }

    #[must_use]
    pub fn with(self, other: Mark) -> Self {
        Mark(self.0 | other.0)
    }

    pub fn has(self, other: Mark) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether the entry needs context rather than luck.
    pub fn is_ambiguous(self) -> bool {
        self.rank() == 0
            || self.0 & (Self::COMMON.0 | Self::PERSONAL.0 | Self::DIVIDED.0) != 0
            || (self.has(Self::SHORT) && self.rank() < 3)
    }

    /// What speaks against it, alone.
    pub(crate) fn without_rank(self) -> Self {
        Mark(self.0 & !3)
    }

    fn bits(self) -> u8 {
        self.0
    }
}

impl fmt::Debug for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rank {}", self.rank())?;
        for (mark, name) in [(Self::COMMON, "common"), (Self::PERSONAL, "personal"), (Self::DIVIDED, "divided"), (Self::SHORT, "short")] {
            if self.has(mark) {
                write!(f, " {name}")?;
            }
        }
        Ok(())
    }
}

/// What the lists say of a text.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Reading {
    /// By span in reading order, then by list; nested ones included.
    pub matches: Vec<ListMatch>,
    /// One per token.
    pub words: Vec<WordClass>,
}

/// All lists, ready to be looked up. Made by [`build::Builder`] or read from a packed file.
#[derive(Default)]
pub struct Lexicon {
    lists: Vec<ListInfo>,
    words: WordTable,
    /// Per word, the first entry that begins with it; one more at the end.
    first: Vec<u32>,
    /// Per entry, where its words begin in `ids`; one more at the end. Entries are sorted by their words.
    starts: Vec<u32>,
    ids: Vec<u32>,
    /// Per entry, where its members begin; one more at the end.
    member_starts: Vec<u32>,
    members: Vec<Member>,
}

/// One place of an entry in one list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Member {
    list: ListId,
    mark: Mark,
    /// Two bits a word: 0 any case, 1 a capital first, 2 capitals only.
    caps: u32,
}

impl Lexicon {
    /// The lists that the program carries.
    pub fn standard() -> Arc<Self> {
        static STANDARD: OnceLock<Arc<Lexicon>> = OnceLock::new();
        let load = || {
            let packed = include_bytes!("../../../assets/gazetteers/lists.gz");
            let lexicon = stored::read(packed);
            if let Err(fault) = &lexicon {
                log::error!("the lists of this build cannot be read: {fault}");
            }
            Arc::new(lexicon.unwrap_or_default())
        };
        STANDARD.get_or_init(load).clone()
    }

    /// Reads what [`write`](Self::write) wrote.
    pub fn read(packed: &[u8]) -> Result<Self, PackedFault> {
        stored::read(packed)
    }

    /// The packed form; the same lexicon gives the same bytes.
    pub fn write(&self) -> Vec<u8> {
        stored::write(self)
    }

    /// In the order of their ids.
    pub fn lists(&self) -> &[ListInfo] {
        &self.lists
    }

    pub fn list(&self, id: ListId) -> Option<&ListInfo> {
        self.lists.get(usize::from(id.0))
    }

    pub fn list_by_name(&self, name: &str) -> Option<ListId> {
        self.lists.iter().position(|list| &*list.name == name).and_then(|i| u8::try_from(i).ok()).map(ListId)
    }

    /// The label of a match.
    pub fn label(&self, found: &ListMatch) -> Option<&Label> {
        self.list(found.list).map(|list| &list.label)
    }

    /// What is known of one word, in any case.
    pub fn word(&self, word: &str) -> WordClass {
        let mut folded = String::new();
        fold_into(word, &mut folded);
        self.words.find(&folded).map(|id| self.words.class(id)).unwrap_or_default()
    }

    /// Every name of every list in `text`, and the class of every token. Linear in the number of tokens.
    pub fn look(&self, text: &str, tokens: &[Token]) -> Reading {
        let pieces = pieces(text, tokens);
        let mut folded = String::new();
        let ids: Vec<Option<u32>> = pieces
            .iter()
            .map(|piece| {
                folded.clear();
                fold_into(piece.span.of(text).unwrap_or_default(), &mut folded);
                self.words.find(&folded)
            })
            .collect();
        let mut reading = Reading { matches: Vec::new(), words: self.classes(tokens.len(), &pieces, &ids) };
        for at in 0..pieces.len() {
            self.names_at(&pieces, &ids, at, &mut reading.matches);
        }
        reading.matches.sort_by_key(|found| (found.span, found.list));
        reading
    }

    /// A hyphenated token is a given name by its first piece and a surname by its last; a common word it is not.
    fn classes(&self, n_tokens: usize, pieces: &[Piece], ids: &[Option<u32>]) -> Vec<WordClass> {
        let mut out = vec![WordClass::default(); n_tokens];
        let mut last = u32::MAX;
        for (piece, id) in pieces.iter().zip(ids) {
            let class = id.map(|id| self.words.class(id)).unwrap_or_default();
            let slot = &mut out[piece.token as usize];
            *slot = if piece.token == last { slot.joined(class) } else { class };
            last = piece.token;
        }
        out
    }

    /// The names that begin with the piece at `at`.
    fn names_at(&self, pieces: &[Piece], ids: &[Option<u32>], at: usize, out: &mut Vec<ListMatch>) {
        let Some(word) = ids[at] else { return };
        let mut low = self.first[word as usize] as usize;
        let mut high = self.first[word as usize + 1] as usize;
        for depth in 1..=LONGEST {
            if low >= high {
                return;
            }
            if self.entry(low).len() == depth {
                self.emit(low, &pieces[at..at + depth], out);
                low += 1;
            }
            let Some(&Some(next)) = ids.get(at + depth) else { return };
            let range = &self.starts[low..high];
            let word_at = |start: &u32| self.ids[*start as usize + depth];
            let from = range.partition_point(|start| word_at(start) < next);
            let to = from + range[from..].partition_point(|start| word_at(start) == next);
            (low, high) = (low + from, low + to);
        }
    }

    fn entry(&self, i: usize) -> &[u32] {
        &self.ids[self.starts[i] as usize..self.starts[i + 1] as usize]
    }

    fn emit(&self, entry: usize, run: &[Piece], out: &mut Vec<ListMatch>) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
        for member in &self.members[self.member_starts[entry] as usize..self.member_starts[entry + 1] as usize] {
            if !run.iter().enumerate().all(|(i, piece)| fits(piece, member.caps >> (2 * i), run.len())) {
                continue;
            }
            let span = Span::new(first.span.start as usize, last.span.end as usize);
            // One name may stand in a list in two forms of case (NATO, Nato); a text in capitals fits both.
            if out.last().is_some_and(|before| before.span == span && before.list == member.list) {
                continue;
            }
            out.push(ListMatch {
                first_token: first.token as usize,
                last_token: last.token as usize + 1,
                span,
                list: member.list,
                mark: member.mark,
            });
        }
    }
}

/// Whether a piece is written as the entry wants it. Capitals pass for a name in a headline, but a lone run of three
/// capitals is an abbreviation and no country of three letters.
fn fits(piece: &Piece, wanted: u32, n_pieces: usize) -> bool {
    match (wanted & 3, piece.case) {
        (0, _) | (1, Case::Title | Case::None) | (2, Case::Capitals) => true,
        (1, Case::Capitals) => n_pieces > 1 || piece.span.len() > 3,
        _ => false,
    }
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lexicon").field("lists", &self.lists.len()).field("names", &self.starts.len().saturating_sub(1)).finish()
    }
}

/// Why packed lists cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PackedFault {
    #[error("the packed lists cannot be unpacked: {0}")]
    Unpack(#[from] std::io::Error),
    #[error("the packed lists are of another version or no lists at all; pack them anew with `manicule pack-lists`")]
    Version,
    #[error("the packed lists are damaged near byte {0}; pack them anew with `manicule pack-lists`")]
    Damaged(usize),
}

#[cfg(test)]
mod tests;
