//! The tagger: its sources are asked in their order, and resolution makes one answer out of what they say: names made
//! consistent over the article, tables read, no two suggestions over one another.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::customs::{self, Links};
use super::evidence;
use super::explain::{self, Listed};
use super::gazetteer::{Lexicon, ListMatch, Reading};
use super::lattice::Class;
use super::learned::{self, Learned};
use super::model::{Model, Source as Witness};
use super::page::{Page, tokens_of};
use super::part::Part;
use super::refine::Lists;
use super::resolve::{Draft, Drafts};
use super::rules::{Pack, Rules};
use super::source::{Asked, Candidate, Fault, Source, Standing};
use super::sources::{dates::Dates, learned::Remembered, lists, model::Trained, names::Names, own::Own, rules::Packed};
use super::suggestion::{Context, Suggestion, fitted};
use super::{consistency, flowing, names, passes, spans, tables};
use crate::annotation::{Article, Label, Mention, Origin, Scheme};
use crate::text::Span;
use crate::text::flow::{Flow, Flowed};
use crate::text::sentences::Gaps;
use crate::text::tokens::{Token, tokens_in};

/// The whole pipeline, loaded once and shared between threads.
#[derive(Debug)]
pub struct Tagger {
    lexicon: Arc<Lexicon>,
    /// The kind of evidence that each list is.
    kinds: Vec<Option<u8>>,
    /// Words' classes, and how sure a suggestion is, come from here whatever else guesses.
    model: Arc<Model>,
    rules: Arc<Packed>,
    /// In the order in which they are asked.
    sources: Vec<Arc<dyn Source>>,
    /// Lists, rules and forms of the grammars that are switched off, by name.
    off: BTreeSet<String>,
    /// What the decisions of a session taught.
    learned: Option<Taught>,
}

/// What the decisions of a session taught, and the tagger as it was before.
#[derive(Clone, Debug)]
struct Taught {
    learned: Arc<Learned>,
    plain: Arc<Tagger>,
}

/// What is suggested for an article without anything learnt, and with it; the same where nothing was.
#[derive(Clone, PartialEq, Debug)]
pub struct Both {
    pub plain: Vec<Suggestion>,
    pub taught: Vec<Suggestion>,
}

/// What begins the names of what was learnt, where it is switched off.
pub const LEARNED: &str = "learned:";

/// What the sources said of one article.
struct Heard<'a> {
    asked: Asked<'a>,
    guesses: Vec<Candidate>,
    evidence: Vec<Candidate>,
    learned: Vec<Candidate>,
    words: Vec<Candidate>,
}

impl Tagger {
    /// The tagger of this build with the lists, rules and the model that it carries.
    pub fn standard() -> Arc<Self> {
        Arc::new(Self::new(Lexicon::standard(), Rules::standard(), Model::standard()))
    }

    /// A tagger of parts.
    pub fn new(lexicon: Arc<Lexicon>, rules: Arc<Rules>, model: Arc<Model>) -> Self {
        let kinds = evidence::kinds(&lexicon);
        let mut tagger =
            Self { lexicon, kinds, model, rules: Arc::new(Packed::new(rules)), sources: Vec::new(), off: BTreeSet::new(), learned: None };
        tagger.sources = tagger.table(Own::default());
        tagger
    }

    /// The table of sources: a new one is one file in `sources`, and its line here. What guesses comes last, for it weighs
    /// what the others say.
    fn table(&self, own: Own) -> Vec<Arc<dyn Source>> {
        vec![
            self.rules.clone(),
            Arc::new(Names),
            Arc::new(Dates),
            Arc::new(lists::Lists::of(&self.lexicon)),
            Arc::new(own),
            Arc::new(Trained::new(self.model.clone())),
        ]
    }

    /// This tagger with lists and rules of the analyst's own, and without what is switched off, by name.
    pub fn with(&self, own: &[Pack], off: &BTreeSet<String>) -> Self {
        let rules = Arc::new(self.rules.without(off));
        let (lexicon, kinds, model) = (self.lexicon.clone(), self.kinds.clone(), self.model.clone());
        let mut tagger = Self { lexicon, kinds, model, rules, sources: Vec::new(), off: off.clone(), learned: None };
        tagger.sources = tagger.table(Own::new(own, off));
        tagger
    }

    /// This tagger with one more source, which is asked after the others.
    pub fn beside(&self, source: Arc<dyn Source>) -> Self {
        let (lexicon, kinds, model) = (self.lexicon.clone(), self.kinds.clone(), self.model.clone());
        let sources = self.sources.iter().cloned().chain([source]).collect();
        Self { lexicon, kinds, model, rules: self.rules.clone(), sources, off: self.off.clone(), learned: self.learned.clone() }
    }

    /// This tagger with what the decisions of a session taught, except for what is forgotten, by its id.
    pub fn taught(self: &Arc<Self>, learned: &Arc<Learned>, forgotten: &BTreeSet<Arc<str>>) -> Self {
        let mut off = self.off.clone();
        off.extend(forgotten.iter().map(|what| format!("{LEARNED}{what}")));
        let is_model_off = off.contains(&format!("{LEARNED}{}", learned::MODEL));
        let overlay = if is_model_off { Arc::default() } else { learned.overlay.clone() };
        let (lexicon, kinds, model) = (self.lexicon.clone(), self.kinds.clone(), Arc::new(self.model.moved(&overlay)));
        let mut sources: Vec<Arc<dyn Source>> =
            self.sources.iter().map(|source| source.moved(&overlay).unwrap_or_else(|| source.clone())).collect();
        sources.push(Arc::new(Remembered::new(learned.clone())));
        let rules = self.rules.clone();
        Self { lexicon, kinds, model, rules, sources, off, learned: Some(Taught { learned: learned.clone(), plain: self.clone() }) }
    }

    /// What the tagger guesses by.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// In the order in which they are asked.
    pub fn sources(&self) -> &[Arc<dyn Source>] {
        &self.sources
    }

    /// Names the version, so that a session can tell whether its suggestions are of this tagger.
    pub fn version(&self) -> &str {
        env!("CARGO_PKG_VERSION")
    }

    /// Suggestions for one text in reading order; the same input gives the same answer everywhere. None where a source
    /// fails; those of the program never do.
    pub fn suggest(&self, text: &str, context: &Context<'_>) -> Vec<Suggestion> {
        let Some(flowed) = flowing::flowed(text) else {
            return self.suggest_as_it_stands(text, context);
        };
        let zones = flowing::zones(&flowed, context.zones);
        stored(self.suggest_as_it_stands(&flowed.text, &Context { zones: &zones, ..*context }), &flowed)
    }

    fn suggest_as_it_stands(&self, text: &str, context: &Context<'_>) -> Vec<Suggestion> {
        let found = self.finished(self.suggest_raw(text, context), context.scheme);
        match &self.learned {
            Some(taught) => owed(found, &taught.plain.suggest_as_it_stands(text, context)),
            None => found,
        }
    }

    /// Suggestions for an article of a session or file, in reading order.
    ///
    /// # Errors
    /// The fault of the first source that could not answer, or that `is_cancelled` says so; the article keeps what it has.
    pub fn suggest_for(&self, article: &Article, scheme: &Scheme, is_cancelled: &dyn Fn() -> bool) -> Result<Vec<Suggestion>, Fault> {
        Ok(self.both(article, scheme, is_cancelled)?.taught)
    }

    /// As [`Tagger::suggest_for`], with what it would be without anything learnt.
    ///
    /// # Errors
    /// As there.
    pub fn both(&self, article: &Article, scheme: &Scheme, is_cancelled: &dyn Fn() -> bool) -> Result<Both, Fault> {
        let Some(flowed) = flowing::flowed(&article.text) else {
            return self.both_as_it_stands(article, scheme, is_cancelled);
        };
        let Both { plain, taught } = self.both_as_it_stands(&flowing::article(&flowed, article), scheme, is_cancelled)?;
        Ok(Both { plain: stored(plain, &flowed), taught: stored(taught, &flowed) })
    }

    fn both_as_it_stands(&self, article: &Article, scheme: &Scheme, is_cancelled: &dyn Fn() -> bool) -> Result<Both, Fault> {
        let context = Context::of(article, scheme);
        let asked = self.asked(&article.text, &context).within(&context, Some(article), is_cancelled);
        let heard = self.hear(asked, |_| true)?;
        let found = self.finished(self.resolve(heard, &context), scheme);
        let Some(taught) = &self.learned else { return Ok(Both { plain: found.clone(), taught: found }) };
        let plain = taught.plain.both_as_it_stands(article, scheme, is_cancelled)?.taught;
        Ok(Both { taught: owed(found, &plain), plain })
    }

    /// What is suggested, with the labels of the standard scheme and scores before calibration.
    pub fn suggest_raw(&self, text: &str, context: &Context<'_>) -> Vec<Draft> {
        let asked = self.asked(text, context).within(context, None, &|| false);
        self.hear(asked, |_| true).map_or_else(|_| Vec::new(), |heard| self.resolve(heard, context))
    }

    /// A text as the model sees it.
    pub fn page<'t>(&'t self, text: &'t str, tokens: Vec<Token>) -> Page<'t> {
        let asked = self.asked_of(text, tokens);
        match self.hear(asked, |standing| standing != Standing::Guess) {
            Ok(heard) => heard.asked.into_page(),
            Err(_) => self.asked_of(text, Vec::new()).into_page(),
        }
    }

    /// Runs of words in `part` that look like names, in reading order: where a missed mention is most likely.
    pub fn likely_names(&self, text: &str, part: Span) -> Vec<Span> {
        let Some(flowed) = flowing::flowed(text) else {
            return self.likely_as_it_stands(text, part);
        };
        self.likely_as_it_stands(&flowed.text, flowed.read(part)).into_iter().map(|span| flowed.stored(span)).collect()
    }

    fn likely_as_it_stands(&self, text: &str, part: Span) -> Vec<Span> {
        let tokens = tokens_in(text, part);
        let reading = self.lexicon.look(text, &tokens);
        names::likely(text, &tokens, &reading.words)
    }

    /// A text that sources can be asked about one by one.
    pub fn asked<'a>(&'a self, text: &'a str, context: &Context<'_>) -> Asked<'a> {
        self.asked_of(text, tokens_of(text, &context.tagged_parts(text)))
    }

    fn asked_of<'a>(&'a self, text: &'a str, tokens: Vec<Token>) -> Asked<'a> {
        let mut reading: Reading = self.lexicon.look(text, &tokens);
        let is_on = |list| self.off.is_empty() || self.lexicon.list(list).is_some_and(|list| !self.off.contains(&*list.name));
        let gaps = Gaps::of(text);
        reading.matches.retain(|found| is_on(found.list) && !gaps.lie_in(found.span.of(text).unwrap_or_default()));
        Asked::new(text, tokens, &self.lexicon, reading, &self.kinds, self.model.lexis())
    }

    /// Asks the sources of some standings. What is switched off, and what reaches over columns, is not heard.
    fn hear<'a>(&self, asked: Asked<'a>, is_asked: impl Fn(Standing) -> bool) -> Result<Heard<'a>, Fault> {
        let gaps = Gaps::of(asked.text);
        let is_on = |one: &Candidate| match &one.origin {
            Origin::Rule(id) => !self.off.contains(&**id),
            Origin::Learned(what) => !self.off.contains(&format!("{LEARNED}{what}")),
            _ => true,
        };
        let mut heard = Heard { asked, guesses: Vec::new(), evidence: Vec::new(), learned: Vec::new(), words: Vec::new() };
        for source in &self.sources {
            let standing = source.standing();
            if !is_asked(standing) {
                continue;
            }
            let mut said = source.suggest(&heard.asked)?;
            said.retain(|one| heard.asked.has_words(one.span));
            // What the analyst wrote down knows by itself what is off, and what is guessed is cut to columns in the end.
            if matches!(standing, Standing::Evidence | Standing::Learned) {
                said.retain(|one| is_on(one) && !gaps.lie_in(one.span.of(heard.asked.text).unwrap_or_default()));
            }
            heard.asked.hear(standing, &said);
            match standing {
                Standing::Guess => heard.guesses.append(&mut said),
                Standing::Evidence => heard.evidence.append(&mut said),
                Standing::Learned => heard.learned.append(&mut said),
                Standing::Word => heard.words.append(&mut said),
            }
        }
        heard.words.sort_by(|a, b| (b.span.len(), a.span, b.score, &a.origin).cmp(&(a.span.len(), b.span, a.score, &b.origin)));
        Ok(heard)
    }

    /// One answer out of what was heard.
    fn resolve(&self, heard: Heard<'_>, context: &Context<'_>) -> Vec<Draft> {
        let Heard { asked, guesses, mut evidence, learned: places, words } = heard;
        let lists = Lists::new(asked.lexicon, &asked.reading);
        let (page, text) = (asked.page(), asked.text);
        let mut drafts = Drafts::default();
        drafts.guess(page, guesses);
        for one in evidence.iter_mut().filter(|one| one.label.as_str() == "PERSON") {
            let tokens = page.tokens_in_span(one.span);
            let rest = spans::without_lead(page, &lists, tokens.clone(), Class::Person);
            if rest != tokens {
                one.span = page.span(&rest);
            }
        }
        drafts.support(page, evidence);
        drafts.impose_all(page, &words);
        // What a table says counts in the vote on a name, and stands whatever the vote says.
        let is_on = |id: &str| !self.off.contains(id);
        let links = Links::of(text);
        drafts.retain(|draft| !links.touch(draft.span));
        customs::apply(page, &lists, &mut drafts, &is_on);
        customs::strike(page, &mut drafts);
        tables::apply(page, &lists, &mut drafts, &is_on);
        consistency::apply(page, &lists, &mut drafts, &is_on);
        tables::apply(page, &lists, &mut drafts, &is_on);
        customs::strike(page, &mut drafts);
        drafts.retain(|draft| !links.touch(draft.span));
        if let Some(Taught { learned, .. }) = &self.learned {
            let is_on = |what: &str| !self.off.contains(&format!("{LEARNED}{what}"));
            learned.revise(page, &places, &mut drafts, context.scheme, &is_on);
        }
        // Whatever was made consistent with the rest of the article, the analyst's own says what it says.
        drafts.impose_all(page, &words);
        let gaps = Gaps::of(text);
        let is_denied = |words: &str| self.sources.iter().any(|source| source.denies(words));
        drafts.retain(|draft| draft.span.of(text).is_some_and(|words| !is_denied(words) && !gaps.lie_in(words)));
        drafts.finish(context.scheme)
    }

    /// Drafts with scores that mean what they say and labels of the scheme.
    fn finished(&self, mut drafts: Vec<Draft>, scheme: &Scheme) -> Vec<Suggestion> {
        for draft in &mut drafts {
            // What the analyst's own lists say is sure.
            if let Some(class) =
                Class::of_name(draft.label.as_str()).filter(|_| draft.score < 1000 && !matches!(draft.origin, Origin::Learned(_)))
            {
                draft.score = self.model.calibrated(Witness::of(&draft.origin), class, draft.score);
            }
        }
        let fitted = drafts.into_iter().filter_map(|draft| Some(Draft { label: fitted(&draft.label, scheme)?, ..draft }));
        fitted.map(Suggestion::from).collect()
    }

    /// The parts that the program carries, switched off or not: rules, grammars, lists by name, the model.
    pub fn parts(&self) -> Vec<Part> {
        self.sources.iter().flat_map(|source| source.parts()).chain(passes::parts()).collect()
    }

    /// Why a mention of `text` was suggested, in a clause: as [`Tagger::reason`], and of the model which words and lists spoke for it.
    pub fn reason_for(&self, text: &str, mention: &Mention) -> String {
        let (span, label) = mention.first.as_ref().map_or((mention.span, &mention.label), |first| (first.span, &first.label));
        let is_ours = matches!(&mention.origin, Origin::Model(name) if **name == *self.model.version());
        let explained = is_ours.then(|| self.explained(text, span, label)).flatten();
        explained.unwrap_or_else(|| self.reason(&mention.origin))
    }

    /// Why the model found this name in this text, in a clause: the words and lists that spoke most for it. `None` where
    /// nothing of its paragraph stands out by itself, and for what the model does not know.
    pub(super) fn explained(&self, text: &str, span: Span, label: &Label) -> Option<String> {
        let class = Class::of_name(label.as_str())?;
        span.of(text)?;
        let flow = Flow::of(text);
        let around = flow.around(text, span);
        let paragraph = around.of(text).filter(|text| text.len() < LONGEST_PARAGRAPH)?;
        let flowed = flow.flowed(text, around);
        let read = flowed.as_ref().map(|flowed| flowed.read(span));
        let span = read.unwrap_or(Span { start: span.start - around.start, end: span.end - around.start });
        let text = flowed.as_ref().map_or(paragraph, |flowed| &flowed.text);
        let asked = self.asked_of(text, tokens_in(text, Span::new(0, text.len())));
        let listed = |found: &ListMatch| {
            let hit = evidence::hits(&Reading { matches: vec![*found], words: Vec::new() }, &self.kinds).into_iter().next()?;
            Some(Listed { tokens: hit.tokens, kind: hit.kind, name: self.lexicon.list(found.list)?.name.to_string() })
        };
        let lists: Vec<Listed> = asked.reading.matches.iter().filter_map(listed).collect();
        let mut page = self.hear(asked, |standing| standing != Standing::Guess).ok()?.asked.into_page();
        let tokens = page.tokens_in_span(span);
        let spoke = explain::spoke(&self.model, &mut page, &lists, &tokens, class);
        (!spoke.is_empty()).then(|| format!("the model, most of all for {}", listing(&spoke)))
    }

    /// Why a suggestion was made, in a clause for the analyst.
    pub fn reason(&self, origin: &Origin) -> String {
        // The analyst's own comes before all.
        let mut by_standing: Vec<&Arc<dyn Source>> = self.sources.iter().collect();
        by_standing.sort_by_key(|source| std::cmp::Reverse(source.standing()));
        if let Some(reason) = by_standing.into_iter().find_map(|source| source.reason(origin)) {
            return reason;
        }
        match origin {
            Origin::Rule(id) => passes::reason(id).map_or_else(|| format!("the rule {id}"), str::to_owned),
            Origin::Gazetteer { list, entry } => format!("“{entry}” stands in the list {}", list.replace('-', " ")),
            Origin::Model(name) => format!("the model or command “{name}” suggested it"),
            Origin::Alias(of) => format!("it goes with “{of}” in this article"),
            Origin::Learned(what) => learned::told(what),
            Origin::Import(tool) => format!("it was imported from {tool}"),
            Origin::Analyst => "an analyst marked it".to_owned(),
        }
    }
}

/// Suggestions with what they owe to learning: what was not there before came by the moved weights, where nothing nearer
/// tells.
fn owed(mut found: Vec<Suggestion>, plain: &[Suggestion]) -> Vec<Suggestion> {
    let before: BTreeSet<(Span, &Label)> = plain.iter().map(|one| (one.span, &one.label)).collect();
    for one in &mut found {
        if !before.contains(&(one.span, &one.label)) && !matches!(one.origin, Origin::Learned(_)) {
            one.origin = Origin::Learned(learned::MODEL.into());
        }
    }
    found
}

/// What was found in a reading, where it is stored.
fn stored(found: Vec<Suggestion>, flowed: &Flowed) -> Vec<Suggestion> {
    found.into_iter().map(|one| Suggestion { span: flowed.stored(one.span), ..one }).collect()
}

/// In bytes: a longer one is no paragraph, and nobody waits for what spoke in it.
const LONGEST_PARAGRAPH: usize = 8 << 10;

/// `a`, `a and b`, `a, b and c`.
fn listing(parts: &[String]) -> String {
    match parts {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        parts => parts.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::part::PartKind;
    use super::*;

    #[test]
    fn every_part_tells_its_reason_in_words() {
        let tagger = Tagger::standard();
        for part in tagger.parts().iter().filter(|part| matches!(part.kind, PartKind::Rule | PartKind::Grammar)) {
            let reason = tagger.reason(&Origin::Rule(part.id.clone()));
            assert!(reason.contains(' ') && !reason.starts_with("the rule "), "{}: {reason}", part.id);
        }
        let list = Origin::Gazetteer { list: "political-camps".into(), entry: "Greens".into() };
        assert_eq!(tagger.reason(&list), "“Greens” stands in the list political camps");
        let other = tagger.reason(&Origin::Model("python3 other.py".into()));
        assert_eq!(other, "the model or command “python3 other.py” suggested it");
        assert_eq!(tagger.reason(&Origin::Alias("Ada Lark".into())), "it goes with “Ada Lark” in this article");
    }
}
