//! What spoke for a name that the model found: which words and which lists.
//!
//! The model itself is asked: how much less would it lean towards this name if that one word, or what that one list says, were
//! not there? What counts most is told. Only the paragraph is looked at, so that asking costs the same in an article of any length.

use std::ops::Range;

use super::classes::Classes;
use super::cues::Cues;
use super::gazetteer::WordClass;
use super::hash;
use super::lattice::Class;
use super::model::Model;
use super::page::{Page, Word};

/// A list that holds words of the page.
pub struct Listed {
    pub tokens: Range<usize>,
    /// The bit of [`super::evidence`] that it sets.
    pub kind: u8,
    pub name: String,
}

/// In units of the model: what speaks less than this is not told.
const TOLD: i32 = 10;
/// More than these make no clause that is read.
const MOST: usize = 3;

/// What spoke for the name over `tokens`, the weightiest first: `“Council” in the name, “joined” before it, the list companies`.
/// Empty where nothing stands out by itself.
pub fn spoke(model: &Model, page: &mut Page<'_>, lists: &[Listed], tokens: &Range<usize>, class: Class) -> Vec<String> {
    if tokens.is_empty() {
        return Vec::new();
    }
    let whole = model.leaning(page, tokens, class);
    let mut told: Vec<(i32, String)> = Vec::new();
    let sentence = page.sentences.iter().find(|sentence| sentence.tokens.contains(&tokens.start)).map(|sentence| sentence.tokens.clone());
    let around = tokens.start.saturating_sub(2)..tokens.end + 2;
    for at in around.filter(|at| sentence.as_ref().is_some_and(|sentence| sentence.contains(at))) {
        let text = page.word_text(at);
        if !text.chars().any(char::is_alphanumeric) {
            continue;
        }
        let place = match () {
            () if at < tokens.start => "before it",
            () if at >= tokens.end => "after it",
            () => "in the name",
        };
        let words = format!("“{text}” {place}");
        told.push((whole - without_word(model, page, at, tokens, class), words));
    }
    for (i, listed) in lists.iter().enumerate() {
        let overlaps = |listed: &Listed| listed.tokens.start < tokens.end && tokens.start < listed.tokens.end;
        if overlaps(listed) && !lists[..i].iter().any(|other| other.kind == listed.kind && overlaps(other)) {
            let words = format!("the list {}", listed.name.replace('-', " "));
            told.push((whole - without_list(model, page, listed.kind, tokens, class), words));
        }
    }
    told.retain(|(weight, _)| *weight >= TOLD);
    // Of equal weight, what stands first.
    told.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    told.into_iter().take(MOST).map(|(_, words)| words).collect()
}

/// How far the model leans where it does not know which word stands at `at`; how it is written stays.
fn without_word(model: &Model, page: &mut Page<'_>, at: usize, tokens: &Range<usize>, class: Class) -> i32 {
    let is_inside = tokens.contains(&at);
    let before = page.words[at].clone();
    let word = &mut page.words[at];
    let unknown = hash::of("");
    *word = Word { exact: unknown, lower: unknown, prefix: [0; 3], suffix: [0; 3], cues: 0, classes: Classes::default(), ..before.clone() };
    word.class = WordClass::default();
    // What a list says of the name itself is asked for on its own.
    if !is_inside {
        (word.starts, word.inside) = (0, 0);
    }
    mark_run(page, at);
    let leaning = model.leaning(page, tokens, class);
    page.words[at] = before;
    mark_run(page, at);
    leaning
}

/// How far the model leans where no list of this kind holds the name.
fn without_list(model: &Model, page: &mut Page<'_>, kind: u8, tokens: &Range<usize>, class: Class) -> i32 {
    let bit = 1_u32 << (kind & 31);
    let before: Vec<(u32, u32, u32)> =
        page.words[tokens.clone()].iter().map(|word| (word.starts, word.inside, page.forms[word.form as usize].lists)).collect();
    for at in tokens.clone() {
        let word = &mut page.words[at];
        word.starts &= !bit;
        word.inside &= !bit;
        page.forms[word.form as usize].lists &= !bit;
    }
    let leaning = model.leaning(page, tokens, class);
    for (at, (starts, inside, lists)) in tokens.clone().zip(before).rev() {
        let word = &mut page.words[at];
        (word.starts, word.inside) = (starts, inside);
        page.forms[word.form as usize].lists = lists;
    }
    leaning
}

/// Gathers the cues of the run that a word is in anew.
fn mark_run(page: &mut Page<'_>, at: usize) {
    let Some(run) = page.words[at].run.and_then(|run| page.runs.get_mut(run as usize)) else { return };
    run.cues = page.words[run.tokens.clone()].iter().fold(0, |cues: Cues, word| cues | word.cues);
}

#[cfg(test)]
mod tests {
    use crate::tagger::Tagger;
    use crate::text::Span;

    #[track_caller]
    fn clause(text: &str, words: &str, label: &str) -> String {
        let at = text.find(words).expect("it is there");
        Tagger::standard().explained(text, Span::new(at, at + words.len()), &label.into()).unwrap_or_default()
    }

    /// Which of them the model leans on is its own affair; that none is told which is not there is ours.
    #[test]
    fn words_and_lists_are_told_where_they_stand() {
        let asked = [
            ("Late on Monday the Marrowby Harbour Council met again.", "Marrowby Harbour Council", "ORG"),
            ("It was Velden, a spokesman, who told Mr Quarrel to wait.", "Quarrel", "PERSON"),
            ("Two boats lay in Oslo at night.", "Oslo", "GPE"),
            ("Shares in Quarrel Shipping Ltd. fell.", "Quarrel Shipping Ltd.", "ORG"),
            ("Minister Nora Velden of Norway spoke.", "Norway", "GPE"),
            ("Minister Nora Velden of Norway spoke.", "Nora Velden", "PERSON"),
        ];
        let told: Vec<String> = asked.iter().map(|(text, words, label)| clause(text, words, label)).collect();
        for (clause, (text, words, _)) in told.iter().zip(asked) {
            for word in clause.split('“').skip(1).filter_map(|rest| rest.split_once('”')) {
                let is_inside = words.contains(word.0);
                assert!(text.contains(word.0) && (is_inside || !word.1.starts_with(" in the name")), "{clause}");
            }
        }
        for part in ["” before it", "the list "] {
            assert!(told.iter().any(|clause| clause.contains(part)), "{part}: {told:?}");
        }
        assert!(clause("Two boats lay in Oslo at night.", "Oslo", "GPE").contains("the list cities"));
        assert!(!clause("Two boats lay in Velden at night.", "Velden", "GPE").contains("the list cities"));
    }

    #[test]
    fn nothing_is_told_of_what_has_no_words_or_no_class() {
        assert_eq!(clause("Late, on Monday", ", ", "ORG"), "");
        assert_eq!(clause("Late on Monday", "Monday", "DATE"), "");
        assert_eq!(Tagger::standard().explained("né", Span { start: 0, end: 2 }, &"ORG".into()), None);
    }
}
