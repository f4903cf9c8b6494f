//! Looking a text up in the lists.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::entries::{Entries, LONGEST};
use super::fold::{Case, Piece, fold_into, pieces};
use super::mark::{ListId, ListInfo, Mark};
use super::stored::{self, PackedFault};
use super::words::WordClass;
use crate::annotation::Label;
use crate::text::Span;
use crate::text::tokens::Token;

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

/// What the lists say of a text.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Reading {
    /// By span in reading order, then by list; nested ones included.
    pub matches: Vec<ListMatch>,
    /// One per token.
    pub words: Vec<WordClass>,
}

/// All lists, ready to be looked up. Made by [`build::Builder`](super::build::Builder) or read from a packed file.
#[derive(Default)]
pub struct Lexicon {
    lists: Vec<ListInfo>,
    entries: Entries,
}

impl Lexicon {
    pub(super) fn new(lists: Vec<ListInfo>, entries: Entries) -> Self {
        Self { lists, entries }
    }

    /// The lists that the program carries.
    pub fn standard() -> Arc<Self> {
        static STANDARD: OnceLock<Arc<Lexicon>> = OnceLock::new();
        let load = || {
            let packed = include_bytes!("../../../assets/gazetteers/lists.gz");
            let lexicon = Self::read(packed);
            if let Err(fault) = &lexicon {
                log::error!("the lists of this build cannot be read: {fault}");
            }
            Arc::new(lexicon.unwrap_or_default())
        };
        STANDARD.get_or_init(load).clone()
    }

    /// Reads what [`write`](Self::write) wrote.
    pub fn read(packed: &[u8]) -> Result<Self, PackedFault> {
        stored::read(packed).map(|(lists, entries)| Self::new(lists, entries))
    }

    /// The packed form; the same lexicon gives the same bytes.
    pub fn write(&self) -> Vec<u8> {
        stored::write(&self.lists, &self.entries)
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
        self.entries.words().find(&folded).map(|id| self.entries.words().class(id)).unwrap_or_default()
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
                self.entries.words().find(&folded)
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
            let class = id.map(|id| self.entries.words().class(id)).unwrap_or_default();
            let slot = &mut out[piece.token as usize];
            *slot = if piece.token == last { slot.joined(class) } else { class };
            last = piece.token;
        }
        out
    }

    /// The names that begin with the piece at `at`.
    fn names_at(&self, pieces: &[Piece], ids: &[Option<u32>], at: usize, out: &mut Vec<ListMatch>) {
        let Some(word) = ids[at] else { return };
        let mut left = self.entries.beginning_with(word);
        for depth in 1..=LONGEST {
            if left.is_empty() {
                return;
            }
            // The shortest comes first.
            if self.entries.entry(left.start).len() == depth {
                self.emit(left.start, &pieces[at..at + depth], out);
                left.start += 1;
            }
            let Some(&Some(next)) = ids.get(at + depth) else { return };
            left = self.entries.going_on_with(left, depth, next);
        }
    }

    fn emit(&self, entry: usize, run: &[Piece], out: &mut Vec<ListMatch>) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
        for member in self.entries.members(entry) {
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
        f.debug_struct("Lexicon").field("lists", &self.lists.len()).field("names", &self.entries.len()).finish()
    }
}
