//! Columns become articles: CoNLL-2003 in every kind of tags, its kin of two columns or with tabs, and CoNLL-U with entities
//! in MISC. The text is rebuilt from the tokens; where a sentence's own text stands in a remark, that is taken.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::draft::{Draft, Drafted, Found};
use super::entity::{Brackets, decoded};
use super::join::join;
use super::shape::{Shape, cells, remark, shape};
use super::tags::{self, ARTICLE_MARK};
use crate::annotation::{Origin, State};
use crate::reading::MAX_BYTES;
use crate::text::Unit;

/// One article on its way.
#[derive(Default)]
struct Pages {
    id: Option<String>,
    text: String,
    /// Where mentions lie in the text, in bytes, and their labels.
    mentions: Vec<(usize, usize, String)>,
    /// What the sentence that is being read has so far.
    sentence: Sentence,
    /// Line of its first token.
    first_line: usize,
    notes: Vec<String>,
    brackets: Brackets,
    /// Bytes of its rows, and whether these are more than an article may have.
    len: usize,
    is_full: bool,
}

#[derive(Default)]
struct Sentence {
    tokens: Vec<String>,
    /// A column of tags, or two where mentions nest.
    tags: [Vec<String>; 2],
    /// Which tokens have no blank behind them, where the file says so.
    glued: BTreeMap<usize, bool>,
    /// Its text, where a remark tells it.
    text: Option<String>,
    is_paragraph: bool,
    /// MISC of each token.
    misc: Vec<String>,
    /// Words inside a token of several words are passed over until this number.
    inside_until: usize,
}

/// Reads columns and hands out each article with the number of its first line.
///
/// # Errors
/// Where there are no columns, or none of tags.
pub fn read(text: &str, stateless: State, each: &mut dyn FnMut(u32, Drafted)) -> Result<(), String> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut columns = Columns::of(text, stateless)?;
    for (number, line) in (1..).zip(text.split('\n')) {
        if let Some((line, drafted)) = columns.line(number, line) {
            each(line, drafted);
        }
    }
    if let Some((line, drafted)) = columns.end() {
        each(line, drafted);
    }
    Ok(())
}

/// Columns that come line by line.
pub struct Columns {
    shape: Shape,
    stateless: State,
    pages: Pages,
    /// How many lines that begin an article there were, and whether the last line was one; one that a row follows is bare.
    marks: usize,
    was_mark: bool,
    is_bare: bool,
}

impl Columns {
    /// `head` is how the text begins, in whole lines.
    ///
    /// # Errors
    /// Where there are no columns, or none of tags.
    pub fn of(head: &str, stateless: State) -> Result<Self, String> {
        let shape = shape(head).ok_or("has no columns: a row is a token and, behind it, its tag (O, B-PER, I-PER)")?;
        Ok(Self { shape, stateless, pages: Pages::default(), marks: 0, was_mark: false, is_bare: false })
    }

    /// Takes a line in; where an article ends before it, that article with the number of its first line.
    pub fn line(&mut self, number: usize, line: &str) -> Option<(u32, Drafted)> {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.trim().is_empty() {
            self.was_mark = false;
            self.pages.end_sentence();
            return None;
        }
        if line.starts_with(ARTICLE_MARK) {
            self.marks += 1;
            self.was_mark = true;
            return self.put();
        }
        if let Some(remark) = remark(line, self.shape) {
            let id = self.pages.remark(remark)?;
            let done = self.put();
            self.pages.id = id;
            return done;
        }
        self.is_bare |= self.was_mark;
        self.was_mark = false;
        self.pages.len += line.len();
        if self.pages.len > MAX_BYTES as usize {
            if !self.pages.is_full {
                self.pages.notes.push(format!("line {number}: its article is longer than 100 MB; the rest of it is left out"));
                self.pages.is_full = true;
            }
        } else if let Err(why) = self.pages.row(line, self.shape) {
            self.pages.notes.push(format!("line {number}: {why}; the line is skipped"));
        }
        if self.pages.first_line == 0 {
            self.pages.first_line = number;
        }
        None
    }

    /// The last article.
    pub fn end(mut self) -> Option<(u32, Drafted)> {
        if self.is_bare && self.marks == 1 {
            // Label Studio writes one such line for all of its tasks.
            self.pages.notes.push("no line stands between its articles, so all of it is one article".to_owned());
        }
        self.put()
    }

    fn put(&mut self) -> Option<(u32, Drafted)> {
        self.pages.end_sentence();
        let fresh = Pages { brackets: self.pages.brackets.fresh(), ..Pages::default() };
        let pages = std::mem::replace(&mut self.pages, fresh);
        let line = u32::try_from(pages.first_line).unwrap_or(u32::MAX);
        (line > 0).then(|| (line, pages.finish(self.stateless)))
    }
}

impl Pages {
    /// Takes a remark in. Where a new article begins with it, its id, as far as the remark tells one.
    fn remark(&mut self, remark: &str) -> Option<Option<String>> {
        let (key, value) = remark.split_once('=').map_or((remark, ""), |(key, value)| (key.trim(), value.trim()));
        match key {
            "text" => self.sentence.text = Some(value.to_owned()),
            "newpar" | "newpar id" => self.sentence.is_paragraph = true,
            "newdoc" | "newdoc id" | "doc_id" | "docid" | "document_id" => {
                return Some(Some(value.to_owned()).filter(|id| !id.is_empty()));
            }
            "global.Entity" => self.brackets.columns(value),
            _ if key.starts_with("begin document") => {
                return Some(key.split_once('(').and_then(|(_, id)| id.split_once(')')).map(|(id, _)| id.to_owned()));
            }
            _ => {}
        }
        None
    }

    fn row(&mut self, line: &str, shape: Shape) -> Result<(), String> {
        let sentence = &mut self.sentence;
        match shape {
            Shape::Columns { by_tabs } => {
                let cells = cells(line, by_tabs);
                let [token, .., tag] = cells[..] else {
                    return Err("has one column, and needs a token and its tag".to_owned());
                };
                if token.is_empty() {
                    return Err("has no token".to_owned());
                }
                sentence.push(token, tag);
            }
            Shape::Reversed => match cells(line, line.contains('\t'))[..] {
                [tag, token] => sentence.push(token, tag),
                _ => return Err("has not two columns".to_owned()),
            },
            Shape::Numbered => match cells(line, true)[..] {
                [_, token, outer, inner] if !token.is_empty() => {
                    sentence.push(token, outer);
                    sentence.tags[1].push(inner.to_owned());
                }
                _ => return Err("has not four columns".to_owned()),
            },
            Shape::Universal => {
                let cells: Vec<&str> = line.split('\t').collect();
                let [number, token, .., misc] = cells[..] else {
                    return Err("has not ten columns".to_owned());
                };
                sentence.word(number, token, misc)?;
            }
        }
        Ok(())
    }

    fn end_sentence(&mut self) {
        let sentence = std::mem::take(&mut self.sentence);
        if sentence.tokens.is_empty() {
            // A remark that stands before the first row of a sentence is kept for it.
            self.sentence = sentence;
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str(if sentence.is_paragraph { "\n\n" } else { "\n" });
        }
        let from = self.text.len();
        let tokens: Vec<&str> = sentence.tokens.iter().map(String::as_str).collect();
        let own = sentence.text.as_deref().and_then(|text| Some((text.to_owned(), found_in(text, &tokens)?)));
        let (text, places) = own.unwrap_or_else(|| join(&tokens, |i| sentence.glued.get(&i).copied()));
        self.text.push_str(&text);
        for column in &sentence.tags {
            for run in tags::read(column.iter().map(String::as_str)) {
                self.mentions.push((from + places[run.start].0, from + places[run.end - 1].1, run.label.to_string()));
            }
        }
        for (misc, place) in sentence.misc.iter().zip(&places) {
            let ended = self.brackets.token(misc, (from + place.0, from + place.1));
            self.mentions.extend(ended);
        }
    }

    fn finish(mut self, stateless: State) -> Drafted {
        self.end_sentence();
        let text: Arc<str> = self.text.as_str().into();
        let mut draft = Draft::new(self.id.as_deref(), &text, Unit::Bytes);
        draft.notes = self.notes.into_iter().map(Into::into).collect();
        for (start, end, label) in &self.mentions {
            let origin = Origin::Import("conll".into());
            draft.add(Found { start: *start, end: *end, quote: None, label, state: stateless, origin });
        }
        draft.finish()
    }
}

impl Sentence {
    fn push(&mut self, token: &str, tag: &str) {
        self.tokens.push(token.to_owned());
        self.tags[0].push(tag.to_owned());
    }

    /// A row of CoNLL-U. A token of several words (`3-4`) stands for them; words that were left out (`5.1`) have no place.
    fn word(&mut self, number: &str, token: &str, misc: &str) -> Result<(), String> {
        let bad = || format!("{number:?} is no number of a word");
        if let Some((_, last)) = number.split_once('-') {
            self.inside_until = last.parse().map_err(|_| bad())?;
        } else if number.contains('.') {
            return Ok(());
        } else {
            let number: usize = number.parse().map_err(|_| bad())?;
            if number <= self.inside_until {
                // Its entity is that of the token which it is a part of.
                if let (Some(known), true) = (self.misc.last_mut(), misc.contains("Entity=") || misc.contains("NER=")) {
                    known.push_str(&format!("|{misc}"));
                    let tag = ner_tag(misc);
                    if let Some(last) = self.tags[0].last_mut().filter(|last| *last == "O") {
                        last.clone_from(&tag);
                    }
                }
                return Ok(());
            }
            self.inside_until = 0;
        }
        self.glued.insert(self.tokens.len(), misc.split('|').any(|part| part == "SpaceAfter=No"));
        self.push(token, &ner_tag(misc));
        self.misc.push(misc.to_owned());
        Ok(())
    }
}

/// `NER=B-PER`, under the names that people give the key.
fn ner_tag(misc: &str) -> String {
    let tag = misc
        .split('|')
        .filter_map(|part| part.split_once('='))
        .find(|(key, _)| matches!(key.to_lowercase().as_str(), "ner" | "name" | "netag"));
    tag.map_or_else(|| "O".to_owned(), |(_, tag)| decoded(tag))
}

/// Where the tokens stand in a text, one behind the other with nothing but blanks between; `None` where they do not.
fn found_in(text: &str, tokens: &[&str]) -> Option<Vec<(usize, usize)>> {
    let mut at = 0;
    let places: Option<Vec<_>> = tokens
        .iter()
        .map(|token| {
            let rest = &text[at..];
            let start = at + (rest.len() - rest.trim_start().len());
            text[start..].starts_with(*token).then(|| {
                at = start + token.len();
                (start, at)
            })
        })
        .collect();
    places.filter(|_| text[at..].trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::shape::is_columns;
    use super::*;

    /// The articles of a file, each as its text with the mentions in it, and what was told.
    fn shown(text: &str) -> (Vec<String>, Vec<String>) {
        let (mut pages, mut notes) = (Vec::new(), Vec::new());
        let told = read(text, State::Confirmed, &mut |line, drafted| {
            let article = &drafted.article;
            let id = if drafted.has_id { format!("{}: ", article.id) } else { String::new() };
            let mentions = article.mentions.iter().map(|one| format!(" [{} {}]", one.label, article.quote(one.span).replace('\n', "/")));
            pages.push(format!("{line} {id}{}{}", article.text.replace('\n', "/"), mentions.collect::<String>()));
            notes.extend(drafted.notes.iter().map(ToString::to_string));
        });
        notes.extend(told.err());
        (pages, notes)
    }

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let (pages, notes) = shown(text);
        assert_eq!(pages, expect);
        assert_eq!(notes, [""; 0]);
    }

    /// Each form of the line between articles: spaCy 3.8.18 knows only the first, the corpus has the second, seqscore 0.9.0
    /// takes both, Flair and NCRF++ files the others.
    #[test]
    fn articles_are_told_apart_in_every_form_of_the_line() {
        for mark in ["-DOCSTART- -X- O O", "-DOCSTART- -X- -X- O", "-DOCSTART- -X- O", "-DOCSTART- O", "-DOCSTART-\tO", "-DOCSTART-"] {
            let text = format!("{mark}\n\nAnn B-PER\nleft O\n\n{mark}\n\nOslo B-LOC\n");
            check(&text, &["3 Ann left [PER Ann]", "8 Oslo [LOC Oslo]"]);
            check(&text.replace('\n', "\r\n"), &["3 Ann left [PER Ann]", "8 Oslo [LOC Oslo]"]);
        }
        check("Ann B-PER\n\n\n\nBo B-PER", &["1 Ann/Bo [PER Ann] [PER Bo]"]);
    }

    /// CoNLL-2003 itself (IOB1), CoNLL-2002 (two columns), WNUT 17 (tabs), MIT movie (tag first), GermEval 2014 (two levels).
    #[test]
    fn the_kin_of_conll_is_read() {
        check(
            "EU NNP I-NP I-ORG\nrejects VBZ I-VP O\nGerman JJ I-NP I-MISC\ncall NN I-NP O\n. . O O\n\nPeter NNP I-NP I-PER\nBlackburn NNP I-NP I-PER\n",
            &["1 EU rejects German call./Peter Blackburn [ORG EU] [MISC German] [PER Peter Blackburn]"],
        );
        check("Melbourne B-LOC\n( O\nAustralia B-LOC\n) O\n", &["1 Melbourne (Australia) [LOC Melbourne] [LOC Australia]"]);
        check(
            "Empire\tB-location\nState\tI-location\nBuilding\tI-location\n",
            &["1 Empire State Building [location Empire State Building]"],
        );
        check("B-ACTOR\tsteve\nI-ACTOR\tmcqueen\nO\tprovided\n", &["1 steve mcqueen provided [ACTOR steve mcqueen]"]);
        check(
            "#\thttp://example.org/1 [2009-10-17]\n1\tTU\tB-ORG\tO\n2\tGraz\tI-ORG\tB-LOC\n3\tsiegt\tO\tO\n",
            &["2 TU Graz siegt [ORG TU Graz] [LOC Graz]"],
        );
        // A word that is a number sign is a word, a remark is none.
        check("# -X- _ O\n1 -X- _ B-DATE\n", &["1 #1 [DATE 1]"]);
        check("#begin document (bc/1); part 000\nAnn B-PER\nleft O\n#end document\n", &["2 bc/1: Ann left [PER Ann]"]);
    }

    /// Label Studio's CONLL2003: three columns in the first line, no blank line behind it, none between tasks.
    #[test]
    fn what_label_studio_writes_is_one_article_and_told() {
        let (pages, notes) = shown("-DOCSTART- -X- O\nAnn -X- _ B-PER\nleft -X- _ O\n\nBo -X- _ B-PER\n");
        assert_eq!(pages, ["2 Ann left/Bo [PER Ann] [PER Bo]"]);
        assert!(notes[0].contains("no line stands between its articles"), "{notes:?}");
    }

    /// CoNLL-U: text and borders from remarks, tokens of several words, words left out, entities as tags and as brackets
    /// (CorefUD 1.2, GUM), values with `%3D`.
    #[test]
    fn entities_of_conll_u_stand_in_misc() {
        let row = |number: &str, form: &str, misc: &str| format!("{number}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}\n");
        let text = [
            "# global.Entity = eid-etype-head-other\n# newdoc id = d1\n# sent_id = 1\n# text = Ann  Lee's dog (in Oslo).\n".to_owned(),
            row("1", "Ann", "Entity=(e1-person-1-"),
            row("2-3", "Lee's", "Entity=e1)"),
            row("2", "Lee", "_"),
            row("3", "'s", "_"),
            row("4", "dog", "_"),
            row("4.1", "ghost", "_"),
            row("5", "(", "SpaceAfter=No"),
            row("6", "in", "_"),
            row("7", "Oslo", "SpaceAfter=No|Entity=(e2-place-1-)"),
            row("8", ").", "_"),
            "\n# newpar\n".to_owned(),
            row("1", "Bo", "NER=B-PER%3DX"),
            "\n# newdoc id = d2\n".to_owned(),
            row("1", "NATO", "SpaceAfter=No|NER=S-ORG"),
            row("2", ".", "_"),
        ];
        check(
            &text.concat(),
            &["5 d1: Ann  Lee's dog (in Oslo).//Bo [person Ann  Lee's] [place Oslo] [PER=X Bo]", "20 d2: NATO. [ORG NATO]"],
        );
    }

    #[test]
    fn what_is_no_row_is_told_with_its_line_and_the_rest_is_read() {
        let (pages, notes) = shown("Ann\tB-PER\nlonely\nBo\tB-PER\n");
        assert_eq!((pages, notes.len()), (vec!["1 Ann Bo [PER Ann] [PER Bo]".to_owned()], 1));
        assert!(notes[0].starts_with("line 2: has one column"), "{notes:?}");
        for text in ["", "plain words of a text\nand more\n"] {
            let (pages, notes) = shown(text);
            assert!(pages.is_empty() && notes[0].contains("has no columns"), "{notes:?}");
        }
    }

    #[test]
    fn columns_are_known_by_their_rows() {
        let rows = "Ann NNP B-NP B-PER\nmet VBD B-VP O\nBo NNP B-NP B-PER\n. . O O\n\nIt O O O\n";
        assert!(is_columns(rows) && is_columns("-DOCSTART- -X- O O\n\nAnn"));
        assert!(is_columns("1\tAnn\t_\t_\t_\t_\t_\t_\t_\t_\n2\tmet\t_\t_\t_\t_\t_\t_\t_\t_\n3\tBo\t_\t_\t_\t_\t_\t_\t_\t_\n"));
        for text in
            ["Ann met Bo\nand O\nthen went O\nhome O\nagain O\n", "A list:\n- one\n- two\n- three\n- four\n", "", "# Title\n\nWords.\n"]
        {
            assert!(!is_columns(text), "{text}");
        }
    }
}
