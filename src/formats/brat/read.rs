//! A text and brat's lines become an article.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::super::carried;
use super::super::draft::{Draft, Drafted, Found};
use super::super::format::Sheet;
use super::super::jsonl;
use super::super::loss::shorten;
use super::super::snapping::{inner, snap};
use super::counting::{Counted, Counting, Line};
use super::flat::Flat;
use super::lines::{ATTRIBUTE, COMMENT, FRAGMENTS, ID, NOTE, NOTHING, REFERENCE, REMARK, STATUS, TOOL, one_line};
use crate::annotation::{Article, EntityId, Extra, Label, Mention, Origin, State};
use crate::reading::Note;
use crate::text::{Offsets, Span, Unit};

/// What was written, in the coordinates of the article that it was made from.
pub fn read_back(sheet: &Sheet, article: &Article) -> Result<Article, String> {
    let [text, lines] = &sheet.pages[..] else { return Err("there are not two pages".to_owned()) };
    let page = |page| std::str::from_utf8(page).map_err(|error| error.to_string());
    let flat = Flat::of(&article.text);
    if page(text)? != flat.text {
        return Err("the text differs by more than its line ends".to_owned());
    }
    let back = read(page(text)?, page(lines)?, State::Confirmed).untold()?;
    Ok(flat.unflatten(back, &article.text))
}

/// The article of a text with the lines beside it.
pub fn read(text: &str, lines: &str, stateless: State) -> Drafted {
    let mut notes = Vec::new();
    let sorted = Sorted::of(lines, &mut notes);
    let mut packed = sorted.packed.and_then(|json| jsonl::Line::of(json).ok());
    // What is no byte order mark but the first sign of one of our articles stays.
    let is_ours = || packed.as_ref().and_then(|packed| packed.get(carried::DIGEST)).is_some_and(|digest| carried::is_of(digest, text));
    let plain = text.strip_prefix('\u{FEFF}').filter(|_| !is_ours()).unwrap_or(text);
    let texts = Counted::all(plain, plain.len() < text.len());
    let counting = Counting::best(&texts, &sorted.mentions);
    let shared: Arc<str> = plain.into();
    let mut draft = Draft::new(None, &shared, Unit::CodePoints);
    draft.notes = notes;
    draft.notes.extend(counting.told.map(Into::into));

    let renamed = packed.as_mut().and_then(|packed| packed.remove("types"));
    let renamed: HashMap<&str, Cow<'_, str>> = renamed.and_then(|types| serde_json::from_str(types.get()).ok()).unwrap_or_default();
    // What the lines themselves say of a mention, which goes before what is packed: somebody may have changed it meanwhile.
    let mut said: BTreeMap<(Span, Label), Said> = BTreeMap::new();
    for line in &sorted.mentions {
        let label = renamed.get(line.name).map_or(line.name, |name| name);
        let attached = sorted.attached.get(line.id).map(Vec::as_slice).unwrap_or_default();
        let Some(one) = Said::of(line, attached, &counting, &mut draft, label, stateless) else { continue };
        said.insert((one.mention.span, one.mention.label.clone()), one);
    }
    draft.article.extras = sorted.kept;
    let mut drafted = draft.finish();
    if let Some(packed) = packed {
        snap(&packed, &mut drafted.article);
        drafted = carried::unpack_line(Some(packed), drafted);
    }
    let mut entities: BTreeMap<EntityId, _> = std::mem::take(&mut drafted.entities).into_iter().map(|one| (one.id.clone(), one)).collect();
    for mention in drafted.article.mentions.iter_mut().filter(|mention| !mention.is_rejected()) {
        let by = |span: Span| said.get(&(span, mention.label.clone()));
        if let Some(said) = by(mention.span).or_else(|| by(inner(&shared, mention.span))) {
            said.lay_over(mention, &mut entities);
        }
    }
    drafted.entities = entities.into_values().collect();
    drafted
}

/// What another line says of a mention: the kind of the line, what it is called, and the rest.
struct Attached<'l> {
    kind: char,
    name: &'l str,
    value: &'l str,
}

/// Lines by what they are.
#[derive(Default)]
struct Sorted<'l> {
    mentions: Vec<Line<'l>>,
    /// By the id of the mention.
    attached: HashMap<&'l str, Vec<Attached<'l>>>,
    packed: Option<&'l str>,
    kept: Vec<Extra>,
}

impl<'l> Sorted<'l> {
    fn of(lines: &'l str, notes: &mut Vec<Note>) -> Self {
        let mut sorted = Self::default();
        let lines = lines.strip_prefix('\u{FEFF}').unwrap_or(lines).split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
        let numbered: Vec<(usize, &str)> = (1..).zip(lines).filter(|(_, line)| !line.trim().is_empty()).collect();
        let mut ids = HashMap::new();
        for (number, line) in &numbered {
            if !line.starts_with('T') {
                continue;
            }
            match Line::of(line) {
                Some(mention) => {
                    if let Some(before) = ids.insert(mention.id, number) {
                        notes.push(format!("line {number} of the .ann: line {before} has the id {} too", mention.id).into());
                    }
                    sorted.mentions.push(mention);
                }
                None => notes.push(Note {
                    what: format!("line {number} of the .ann"),
                    why: format!("{:?} is no mention (T1 TYPE START END words); it is left out", shorten(line)),
                    span: None,
                    is_missing: true,
                }),
            }
        }
        for (_, line) in numbered.iter().filter(|(_, line)| !line.starts_with('T')) {
            let (id, rest) = line.split_once('\t').unwrap_or((line, ""));
            match attached(id, rest) {
                Some((NOTHING, Attached { name: REMARK, value, .. })) => sorted.packed = Some(value),
                Some((target, attached)) if ids.contains_key(target) => sorted.attached.entry(target).or_default().push(attached),
                _ => sorted.kept.push(Extra { format: TOOL.to_owned(), key: id.to_owned(), value: rest.to_owned() }),
            }
        }
        sorted
    }
}

/// A line that speaks of one thing, and which.
fn attached<'l>(id: &'l str, rest: &'l str) -> Option<(&'l str, Attached<'l>)> {
    let kind = id.chars().next().filter(|kind| matches!(kind, 'A' | 'M' | 'N' | '#'))?;
    let (name, rest) = rest.split_once(' ')?;
    let (target, value) = rest.split_once(if kind == '#' { '\t' } else { ' ' }).unwrap_or((rest, ""));
    Some((target.trim(), Attached { kind, name, value }))
}

/// What the lines say of a mention.
struct Said {
    mention: Mention,
    name: Option<String>,
    kb: Option<String>,
}

impl Said {
    fn of(
        line: &Line<'_>,
        attached: &[Attached<'_>],
        counting: &Counting<'_>,
        draft: &mut Draft<'_>,
        label: &str,
        stateless: State,
    ) -> Option<Self> {
        let (first, last) = (line.pieces.first()?, line.pieces.last()?);
        let (start, end) = (counting.place(first.0), counting.place(last.1));
        // Where the words are others, they decide; of several pieces they are no piece of the text.
        let fits = counting.fits(line);
        let quote = (!fits && !line.words.is_empty()).then_some(line.words);
        let mut state = stateless;
        let mut extras = vec![Extra { format: TOOL.to_owned(), key: ID.to_owned(), value: line.id.to_owned() }];
        let mut keep = |key: &str, name: &str, value: &str| {
            extras.push(Extra { format: TOOL.to_owned(), key: format!("{key}{name}"), value: value.to_owned() });
        };
        let (mut note, mut kb, mut entity) = (None, None, None);
        for Attached { kind, name, value } in attached {
            match (kind, *name) {
                ('A', STATUS) if State::from_name(value).is_some_and(|state| state != State::Rejected) => {
                    state = State::from_name(value).unwrap_or(state);
                }
                ('#', NOTE) if note.is_none() => note = Some(*value),
                ('N', "Reference") if kb.is_none() => {
                    let (id, words) = value.split_once('\t').unwrap_or((value, ""));
                    kb = Some(
                        id.strip_prefix("Wikidata:").filter(|id| id.starts_with('Q')).or(id.strip_prefix("KB:")).unwrap_or(id).to_owned(),
                    );
                    entity = Some(words.to_owned()).filter(|words| !words.is_empty());
                }
                ('N', name) => keep(REFERENCE, name, value),
                ('#', name) => keep(COMMENT, name, value),
                (_, name) => keep(ATTRIBUTE, name, value),
            }
        }
        let text = draft.article.text.clone();
        let found = Found { start, end, quote, label, state, origin: Origin::Import(TOOL.into()) };
        let mention = draft.add(found)?;
        mention.note = note.map(Into::into);
        if let Some(fragments) = fragments(&text, line, counting).filter(|_| fits) {
            extras.push(Extra { format: TOOL.to_owned(), key: FRAGMENTS.to_owned(), value: fragments });
        }
        mention.extras = extras;
        Some(Self { mention: mention.clone(), name: entity, kb })
    }

    /// Puts it on what was packed.
    fn lay_over(&self, mention: &mut Mention, entities: &mut BTreeMap<EntityId, crate::annotation::Entity>) {
        if mention.state != self.mention.state {
            mention.state = self.mention.state;
            mention.how = self.mention.how;
        }
        let is_same_note = mention.note.as_deref().map(one_line) == self.mention.note.as_deref().map(one_line);
        if !is_same_note {
            mention.note = self.mention.note.clone();
        }
        mention.extras.retain(|extra| extra.format != TOOL);
        mention.extras.extend(self.mention.extras.iter().cloned());
        let Some(kb) = &self.kb else { return };
        let known = mention.entity.as_ref().and_then(|id| entities.get(id)).and_then(|entity| entity.kb.as_deref());
        if known.is_some_and(|known| known == kb || known.split_whitespace().collect::<Vec<_>>().join("_") == *kb) {
            return;
        }
        let id = EntityId::new(&kb.to_lowercase());
        mention.entity = Some(id.clone());
        entities.entry(id.clone()).or_insert_with(|| crate::annotation::Entity {
            id,
            name: self.name.clone().unwrap_or_else(|| kb.clone()),
            label: mention.label.clone(),
            aliases: Vec::new(),
            kb: Some(kb.clone()),
            note: String::new(),
        });
    }
}

/// The fragments of a mention as code points from its beginning, where more than line ends stands between them.
fn fragments(text: &str, line: &Line<'_>, counting: &Counting<'_>) -> Option<String> {
    if line.pieces.len() < 2 {
        return None;
    }
    let offsets = Offsets::new(text);
    let places: Vec<(usize, usize)> = line.pieces.iter().map(|(start, end)| (counting.place(*start), counting.place(*end))).collect();
    let has_words = |pair: &[(usize, usize)]| {
        let between = offsets.span_from(pair[0].1, pair[1].0, Unit::CodePoints).and_then(|span| span.of(text));
        between.is_none_or(|between| !between.chars().all(|c| c.is_whitespace() || c.is_control()))
    };
    let start = places.first()?.0;
    let told = || places.iter().map(|(from, to)| format!("{} {}", from - start, to - start)).collect::<Vec<_>>().join(";");
    places.windows(2).any(has_words).then(told)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Entity;
    use crate::dsl;
    use crate::formats::brat::FORMAT;
    use crate::formats::loss::Extent;
    use crate::formats::options::{Options, StateFilter};

    #[track_caller]
    fn pages(article: &Article, entities: Option<&BTreeMap<EntityId, Entity>>) -> (String, String, Vec<String>) {
        let rendered = FORMAT.render(article, &Options { state: StateFilter::All, entities, ..Options::default() }).expect("it reads back");
        let [text, lines] =
            <[String; 2]>::try_from(rendered.sheet.pages.into_iter().map(|page| String::from_utf8(page).unwrap()).collect::<Vec<_>>())
                .unwrap();
        let lost = rendered.report.losses.iter().filter(|loss| loss.extent != Extent::Field).map(ToString::to_string).collect();
        (text, lines, lost)
    }

    /// Lines of the file without the remark that holds everything.
    fn plain(lines: &str) -> Vec<&str> {
        lines.lines().filter(|line| !line.contains("\tManicule T0\t")).collect()
    }

    /// nlplab/brat `annotation.py`: a `T` line ends where Python's `readlines` ends it, and its words are held against the
    /// text; issue 853: texts with LF only.
    #[test]
    fn nothing_that_parts_lines_stands_in_a_line() {
        let article = dsl::article("a", "😀\r\n[ORG! Bank\r\nof\u{2028}Spain] met [PERSON? Jose\u{301}\tLee]\r[LAW! Art.\u{c}\u{b}7]");
        let (text, lines, lost) = pages(&article, None);
        assert_eq!(text, "😀\nBank\nof\u{2028}Spain met Jose\u{301}\tLee\nArt.\u{c}\u{b}7");
        assert_eq!(
            plain(&lines),
            [
                "T1\tORG 2 6;7 9;10 15\tBank of Spain",
                "T2\tPERSON 20 25;26 29\tJose\u{301} Lee",
                "T3\tLAW 30 34;36 37\tArt. 7",
                "A1\tStatus T2 suggested"
            ]
        );
        assert!(lost.len() == 1 && lost[0].contains("line feeds (3)"), "{lost:?}");
    }

    /// bratly 0.1.4 refuses types with other signs and drops the second of two equal lines; N lines need a third column.
    #[test]
    fn what_readers_stumble_over_is_written_otherwise() {
        let mut article = dsl::article("a", "[DOTTED! [OTHER! Ann] Lee] of [ORG! UN]");
        article.mentions[0].label = Label::new("Full.Name");
        article.mentions[1].label = Label::new("Full_Name");
        let entity = |id: &str, kb: &str| Entity {
            id: EntityId::new(id),
            name: format!("The {id}"),
            label: Label::new("ORG"),
            aliases: Vec::new(),
            kb: Some(kb.to_owned()),
            note: String::new(),
        };
        let entities = [entity("un", "Q1065"), entity("ann", "gnd 1 2")].map(|one| (one.id.clone(), one)).into();
        article.mentions[1].entity = Some(EntityId::new("ann"));
        article.mentions[2].entity = Some(EntityId::new("un"));
        article.mentions[2].note = Some("not\nthe UK".into());
        let twin = Mention { state: State::Suggested, id: article.mentions[2].id.next(), ..article.mentions[2].clone() };
        article.mentions.push(twin);
        let (text, lines, lost) = pages(&article, Some(&entities));
        assert_eq!(
            plain(&lines),
            [
                "T1\tFull_Name 0 7\tAnn Lee",
                "T2\tFull_Name_2 0 3\tAnn",
                "T3\tORG 11 13\tUN",
                "N1\tReference T2 KB:gnd_1_2\tThe ann",
                "N2\tReference T3 Wikidata:Q1065\tThe un",
                "#1\tAnnotatorNotes T3\tnot the UK",
            ]
        );
        assert!(lost.len() == 3 && lost.iter().any(|loss| loss.contains("in another state")), "{lost:?}");
        let back = read(&text, &lines, State::Confirmed);
        assert_eq!(
            back.entities.iter().map(|one| (one.id.as_str(), one.kb.as_deref())).collect::<Vec<_>>(),
            [("ann", Some("gnd 1 2")), ("un", Some("Q1065"))]
        );
        assert_eq!(back.article.mentions[2].note.as_deref(), Some("not\nthe UK"));
    }

    const TEXT: &str = "Mr and Mrs Holm met Bo in Oslo.";
    const LINES: &str = "T1\tPERSON 0 2;11 15\tMr Holm\nT2\tPERSON 7 15\tMrs Holm\nT7\tMeet 16 19\tmet\nE1\tMeet:T7 Who:T1 Whom:T2\n\
                         R1\tSpouse Arg1:T1 Arg2:T2\t\nA1\tNegation E1\nA2\tRole T2 host\nM1\tSure T2\nN1\tReference T2 Wikidata:Q7\tE. Holm\n\
                         N2\tGnd T2 gnd:7\tHolm\n#1\tAnnotatorNotes T2\tthe elder\n#2\tQuery T2\twho?\n*\tEquiv T1 T2\nT3\tGPE 26 30\tOslo\n";

    /// brat's own corpora: R, E, `*`, A of events and everything that is said of a mention survive the round trip.
    #[test]
    fn lines_of_others_come_back_as_they_were() {
        let read_in = read(TEXT, LINES, State::Confirmed);
        assert_eq!(
            read_in.shown(),
            ["confirmed PERSON Mr and Mrs Holm", "confirmed PERSON Mrs Holm", "confirmed Meet met", "confirmed GPE Oslo"]
        );
        assert!(read_in.notes.is_empty(), "{:?}", read_in.notes);
        let holm = &read_in.article.mentions[1];
        assert_eq!((holm.note.as_deref(), holm.entity.as_ref().map(EntityId::as_str)), (Some("the elder"), Some("q7")));
        let entities = read_in.entities.iter().map(|one| (one.id.clone(), one.clone())).collect();
        let (_, lines, lost) = pages(&read_in.article, Some(&entities));
        let mut expect: Vec<String> = LINES.lines().map(|line| line.replace("M1\tSure", "A3\tSure")).collect();
        let mut found: Vec<String> = plain(&lines).into_iter().map(str::to_owned).collect();
        expect.sort();
        found.sort();
        assert_eq!(found, expect);
        assert_eq!(lost, [""; 0]);

        // Without one of the mentions, what speaks of it goes, and is told.
        let mut less = read_in.article.clone();
        less.mentions.retain(|one| one.label.as_str() != "Meet");
        let (_, lines, lost) = pages(&less, None);
        assert!(!lines.contains("E1\t") && !lines.contains("Negation") && lines.contains("R1\t"), "{lines}");
        assert_eq!(lost.len(), 2, "{lost:?}");
    }

    /// brat warns of every type that is not declared, and shows none of its values; a text of other line ends is told as changed.
    #[test]
    fn what_lines_of_others_use_is_declared() {
        let mut article = read(TEXT, LINES, State::Confirmed).article;
        article.text = article.text.replace(" met", "\r\nmet").as_str().into();
        let shift = |at: u32| if at > 15 { at + 1 } else { at };
        article.mentions.iter_mut().for_each(|one| one.span = Span { start: shift(one.span.start), end: shift(one.span.end) });
        let rendered = FORMAT.render(&article, &Options { state: StateFilter::All, ..Options::default() }).unwrap();
        let changed: Vec<_> = rendered.report.losses.iter().filter(|loss| loss.extent == Extent::Part).map(|loss| &*loss.what).collect();
        assert_eq!(changed, ["line ends that are no line feeds (1)"]);
        let beside = FORMAT.writer.as_ref().and_then(|writer| writer.beside).unwrap()(&rendered.tally);
        assert_eq!(
            std::str::from_utf8(&beside[0].bytes).unwrap(),
            "[entities]\nGPE\nMeet\nPERSON\n\n[relations]\nEquiv\tArg1:<ANY>, Arg2:<ANY>, <REL-TYPE>:symmetric-transitive\n\
             Spouse\tArg1:<ANY>, Arg2:<ANY>\n\n[events]\nMeet\tWho*:<ANY>, Whom*:<ANY>\n\n\
             [attributes]\nStatus\tArg:<ENTITY>, Value:suggested|confirmed\nNegation\tArg:<ANY>\n\
             Role\tArg:<ANY>, Value:host\nSure\tArg:<ANY>\n"
        );
    }

    /// What somebody changed in brat goes before what was packed with it; what nobody touched keeps all that was known.
    #[test]
    fn changes_made_in_brat_count() {
        let mut article = dsl::article("a", "[PERSON? Ann] met [ORG? UN] and [GPE? Oslo] [NORP~ Danes]");
        article.mentions[0].score = Some(crate::annotation::Score::from_thousandths(412));
        article.desk.flagged = true;
        let (text, lines, _) = pages(&article, None);
        let changed = lines.replace("A2\tStatus T2 suggested\n", "").replace("GPE 15 19", "LOC 15 19") + "#9\tAnnotatorNotes T1\tsure\n";
        let back = read(&text, &changed, State::Confirmed);
        let expect = ["suggested PERSON Ann", "confirmed ORG UN", "suggested LOC Oslo", "rejected NORP Danes"];
        assert_eq!(back.shown(), expect);
        let ann = &back.article.mentions[0];
        assert_eq!(
            (ann.score, ann.note.as_deref(), ann.origin.to_string().as_str()),
            (article.mentions[0].score, Some("sure"), "rule:dsl")
        );
        assert_eq!(back.article.mentions[2].origin, Origin::Import("brat".into()));
        assert!(back.article.desk.flagged && back.article.id.as_str() == "a");
    }

    /// Blanks and control characters at the edges of a mention are packed; what stands within them may be a mention too.
    #[test]
    fn mentions_that_only_blanks_tell_apart_stay_two() {
        for words in ["\u{1}[ORG! #]", "[ORG! Oslo]\u{1}", "\u{1}[ORG! Bonn]\u{2}"] {
            let article = dsl::article("a", &format!("x .[ORG? {words}]"));
            let (text, lines, _) = pages(&article, None);
            let back = read(&text, &lines, State::Confirmed);
            let spans = |article: &Article| article.mentions.iter().map(|one| (one.span, one.state)).collect::<Vec<_>>();
            assert_eq!(spans(&back.article), spans(&article), "{lines}");
        }
    }

    /// brat under Python 3 counts a carriage return, Python's universal line ends do not (issues 853, 1169); a byte order mark
    /// counts or not (issue 1301); words that stand elsewhere decide.
    #[test]
    fn the_words_say_what_was_counted() {
        let line = |start: usize, words: &str| format!("T1\tGPE {start} {}\t{words}\n", start + words.chars().count());
        for (text, start, told) in [
            ("Ann\r\n\r\nin Oslo", 10, ""),
            ("Ann\r\n\r\nin Oslo", 8, "each line end as one"),
            ("\u{FEFF}Ann in Oslo", 7, ""),
            ("\u{FEFF}Ann in Oslo", 8, "byte order mark"),
            ("\u{FEFF}Ann\r\n\r\nin Oslo", 9, "byte order mark of the text, and each"),
            ("😀 Ann in Oslo", 10, "count UTF-16"),
            ("Ann in Oslo", 2, "moved to the only place"),
        ] {
            let read = read(text, &line(start, "Oslo"), State::Suggested);
            assert_eq!(read.shown(), ["suggested GPE Oslo"], "{text:?} {start}");
            assert!(if told.is_empty() { read.notes.is_empty() } else { read.notes[0].to_string().contains(told) }, "{:?}", read.notes);
            assert!(!read.article.text.starts_with('\u{FEFF}'));
        }
        let bad = "T1\tGPE 3 3\t\nT2 GPE 0 3 Ann\nT3\tGPE 0 3\tBob\nT4\tGPE 0 3\tAnn\nT4\tORG 7 11\tOslo\nX\tfoo\n\u{85}";
        let read = read("Ann in Oslo", bad, State::Confirmed);
        assert_eq!(read.shown(), ["confirmed GPE Ann", "confirmed ORG Oslo"]);
        assert_eq!(read.notes.len(), 4, "{:?}", read.notes);
    }
}
