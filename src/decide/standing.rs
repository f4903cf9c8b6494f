//! Standing rules at work: decisions on a name that also settle what comes later, when articles are added and when they
//! are tagged again.
//!
//! A rule acts as its decision would have spread: longest names first, never inside a longer mention, never on what is
//! settled, and in an article marked done nothing that was left untagged is tagged. What it settles says so
//! ([`How::Rule`]) and can be taken back with the rule.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::names::{NamePattern, NamesIndex};
use super::terms::edit_of;
use super::verdict::{confirm_ops, confirmed, rejected, reopened};
use super::{Refusal, Stamp};
use crate::annotation::{
    Article, Edit, How, Label, Mention, MentionId, Op, Origin, Progress, Scheme, Scope, Session, StandingRule, Verb, Verdict,
};
use crate::text::{Span, name};

/// The rule named as the origin of mentions that a standing rule put where nothing was tagged.
pub const STANDING: &str = "standing";

/// The standing rules that are switched on, ready to act.
#[derive(Debug, Default)]
pub struct Standing<'r> {
    rules: Vec<(&'r StandingRule, NamePattern)>,
    /// By the hash of the first folded word of the name.
    by_word: HashMap<u64, Vec<usize>>,
    by_key: BTreeMap<String, usize>,
}

impl<'r> Standing<'r> {
    /// Rules without a name or with a label that is not in use do nothing.
    pub fn new(rules: &'r [StandingRule], scheme: &Scheme) -> Self {
        let mut out = Self::default();
        for rule in rules.iter().filter(|rule| is_at_work(rule, scheme)) {
            let pattern = NamePattern::new(&name::key(&rule.name));
            let Some(word) = pattern.first_word() else { continue };
            out.by_word.entry(name::fold_hash(word)).or_default().push(out.rules.len());
            out.by_key.insert(pattern.key().to_owned(), out.rules.len());
            out.rules.push((rule, pattern));
        }
        out
    }

    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// What the rules settle in an article that has these mentions, in an order in which the ops can be applied.
    pub fn ops(&self, scheme: &Scheme, article: &Article, stamp: &Stamp) -> Vec<Op> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut work = article.clone();
        let mut ops = Vec::new();
        let mut places = self.places(&article.text);
        places.retain(|(_, place)| !article.is_boilerplate_at(place.start as usize));
        places.sort_by_key(|(rule, place)| (Reverse(place.len()), *place, *rule));
        for (rule, place) in places {
            let (rule, pattern) = &self.rules[rule];
            if let Verdict::Always(label) = &rule.verdict {
                let stamp = by(rule, stamp);
                let more = always(scheme, &work, place, pattern.key(), (rule, label), &stamp);
                take(&mut work, &mut ops, more);
            }
        }
        for mention in article.mentions.iter().filter(|mention| mention.is_suggested()) {
            let rule = self.by_key.get(&name::key(article.quote(mention.span))).map(|rule| self.rules[*rule].0);
            let Some(rule) = rule.filter(|rule| rule.verdict == Verdict::Never) else { continue };
            if work.mention(mention.id) == Some(mention) {
                let after = rejected(mention, How::Rule, &by(rule, stamp));
                take(&mut work, &mut ops, vec![op(article, Some(mention.clone()), after)]);
            }
        }
        ops
    }

    /// The mentions of an article on its way into a session, with what the rules settle.
    pub fn settle(&self, scheme: &Scheme, article: &mut Article, stamp: &Stamp) {
        for op in self.ops(scheme, article, stamp) {
            follow(article, &op);
        }
    }

    /// Every place of a name that a rule speaks of. One pass over the text, however many rules there are.
    fn places(&self, text: &str) -> Vec<(usize, Span)> {
        let mut found = Vec::new();
        let mut folded = String::new();
        for word in name::words_in(text, Span::new(0, text.len())) {
            folded.clear();
            name::fold(&text[word.range()], &mut folded);
            for rule in self.by_word.get(&name::fold_hash(&folded)).into_iter().flatten() {
                found.extend(self.rules[*rule].1.at(text, word.start as usize).map(|span| (*rule, span)));
            }
        }
        found
    }
}

/// Whether a rule can do anything under a scheme.
pub fn is_at_work(rule: &StandingRule, scheme: &Scheme) -> bool {
    let has_label = match &rule.verdict {
        Verdict::Always(label) => scheme.is_in_use(label.as_str()),
        Verdict::Never => true,
    };
    !rule.off && has_label
}

/// The mentions that a rule has settled and that are as it left them, in order of articles and reading.
pub fn settled_by<'s>(session: &'s Session, index: &NamesIndex, rule: &StandingRule) -> Vec<(&'s Article, &'s Mention)> {
    let mut found = index.mentions(session, &name::key(&rule.name));
    found.retain(|(_, mention)| {
        mention.how == Some(How::Rule)
            && match &rule.verdict {
                Verdict::Always(label) => mention.is_confirmed() && mention.label == *label,
                Verdict::Never => mention.is_rejected(),
            }
    });
    found
}

/// Lets one rule act on the articles that are there, as it will on later ones.
///
/// # Errors
/// [`Refusal::Already`] where it finds nothing to settle.
pub fn act(session: &Session, index: &NamesIndex, rule: &StandingRule, stamp: &Stamp) -> Result<Edit, Refusal> {
    let on = [StandingRule { off: false, ..rule.clone() }];
    let standing = Standing::new(&on, session.scheme());
    let places = index.places(session, &NamePattern::new(&name::key(&rule.name)));
    let mut articles: Vec<&Article> = places.into_iter().map(|(article, _)| article).collect();
    articles.dedup_by_key(|article| &article.id);
    let ops: Vec<Op> = articles.into_iter().flat_map(|article| standing.ops(session.scheme(), article, stamp)).collect();
    edit(Verb::EditRule, rule, ops, stamp)
}

/// Takes back what a rule has settled: what it put where nothing was tagged goes, the rest is suggested again.
///
/// # Errors
/// [`Refusal::Already`] where nothing is left of it.
pub fn take_back(session: &Session, index: &NamesIndex, rule: &StandingRule, stamp: &Stamp) -> Result<Edit, Refusal> {
    let undone = |mention: &Mention| (!is_put_by_rule(mention)).then(|| reopened(mention));
    let settled = settled_by(session, index, rule);
    let ops = settled.into_iter().map(|(article, mention)| op(article, Some(mention.clone()), undone(mention))).collect();
    edit(Verb::Reopen, rule, ops, stamp)
}

fn is_put_by_rule(mention: &Mention) -> bool {
    matches!(&mention.origin, Origin::Rule(id) if **id == *STANDING)
}

fn edit(verb: Verb, rule: &StandingRule, ops: Vec<Op>, stamp: &Stamp) -> Result<Edit, Refusal> {
    if ops.is_empty() {
        return Err(Refusal::Already);
    }
    let label = if let Verdict::Always(label) = &rule.verdict { Some(label.clone()) } else { None };
    Ok(Edit { scope: Scope::Session, ..edit_of(verb, &rule.name, label, stamp, ops) })
}

/// The decision is that of who made the rule, made now.
fn by(rule: &StandingRule, stamp: &Stamp) -> Stamp {
    Stamp { by: if rule.by.is_empty() { stamp.by.clone() } else { rule.by.clone() }, at: stamp.at }
}

/// The ops that make a place of the name a confirmed mention; none where something speaks against it.
fn always(scheme: &Scheme, article: &Article, place: Span, key: &str, (rule, label): (&StandingRule, &Label), stamp: &Stamp) -> Vec<Op> {
    let over: Vec<&Mention> = article.overlapping(place).collect();
    let is_name = |mention: &Mention| name::key(article.quote(mention.span)) == key;
    let is_barred = over.iter().any(|other| match other.is_rejected() {
        true => other.span == place || is_name(other),
        false => other.is_confirmed() && (is_name(other) || !scheme.may_overlap(label, &other.label)),
    });
    let is_inside = over.iter().any(|other| {
        !other.is_rejected() && !is_name(other) && !other.is_confirmed() && other.span != place && !place.contains(other.span)
    });
    if is_barred || is_inside {
        return Vec::new();
    }
    let suggested = over.iter().filter(|other| other.is_suggested());
    let before = suggested.min_by_key(|other| (!is_name(other), other.label != *label, Reverse(other.span.len()), other.id)).copied();
    let after = match before {
        Some(before) => Mention { span: place, label: label.clone(), ..confirmed(before, How::Rule, stamp) },
        None if article.desk.progress == Progress::Done || !is_written_so(article, place, &rule.name) => return Vec::new(),
        None => {
            let mut id = MentionId::of(&article.id, place, label);
            while article.mention(id).is_some() {
                id = id.next();
            }
            confirmed(&Mention::suggested(id, place, label.clone(), Origin::Rule(STANDING.into())), How::Rule, stamp)
        }
    };
    confirm_ops(scheme, article, before, after)
}

/// Whether untagged words look like the name: no small letter where it has a capital, no capitalised word right after,
/// with which it would be another name.
fn is_written_so(article: &Article, place: Span, name: &str) -> bool {
    let capitals = |words: &str| -> Vec<bool> {
        let all = Span::new(0, words.len());
        name::words_in(words, all).map(|word| words[word.range()].starts_with(char::is_uppercase)).collect()
    };
    let core = name::of(name).1;
    let wanted = capitals(&name[core.range()]);
    let is_small = wanted.into_iter().zip(capitals(article.quote(place))).any(|(wanted, is)| wanted && !is);
    let next = article.text[place.end as usize..].strip_prefix(' ');
    let goes_on = next.is_some_and(|next| next.starts_with(char::is_uppercase)) && article.quote(place).contains(char::is_lowercase);
    !is_small && !goes_on
}

fn op(article: &Article, before: Option<Mention>, after: Option<Mention>) -> Op {
    Op::Mention { article: article.id.clone(), before, after }
}

/// Takes ops up and follows them, so that the next rule sees what the last has done.
fn take(work: &mut Article, ops: &mut Vec<Op>, more: Vec<Op>) {
    more.iter().for_each(|op| follow(work, op));
    ops.extend(more);
}

fn follow(article: &mut Article, op: &Op) {
    let Op::Mention { before, after, .. } = op else { return };
    if let Some(before) = before {
        article.mentions.retain(|mention| mention.id != before.id);
    }
    if let Some(after) = after {
        let at = article.mentions.partition_point(|other| other.reading_order(after).is_lt());
        article.mentions.insert(at, after.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{ArticleId, History};
    use crate::decide::retag;
    use crate::dsl;
    use crate::tagger::Suggestion;

    /// `Kelp Board ORG` is always so, `May -` never.
    fn rules(words: &[&str]) -> Vec<StandingRule> {
        let rule = |words: &&str| {
            let (name, verdict) = words.rsplit_once(' ').unwrap();
            let verdict = if verdict == "-" { Verdict::Never } else { Verdict::Always(Label::new(verdict)) };
            StandingRule { name: name.to_owned(), verdict, off: false, note: String::new(), by: "ada".into(), at: Default::default() }
        };
        words.iter().map(rule).collect()
    }

    fn with_rules(pages: &[&str], rules: Vec<StandingRule>) -> Session {
        let session = dsl::session(pages);
        Session::from_parts((**session.scheme()).clone(), session.articles().iter().cloned(), [], rules).0
    }

    /// What rules make of a page; acting again must change nothing.
    #[track_caller]
    fn check(page: &str, words: &[&str], expect: &str) -> Article {
        let rules = rules(words);
        let mut article = dsl::article("a", page);
        let scheme = Scheme::standard();
        let standing = Standing::new(&rules, &scheme);
        standing.settle(&scheme, &mut article, &Stamp::default());
        assert_eq!(dsl::show(&article), expect);
        assert_eq!(standing.ops(&scheme, &article, &Stamp::default()), Vec::new(), "a rule acts once");
        article
    }

    #[test]
    fn a_name_is_always_so() {
        let page = "[GPE? Kelp Board], Kelp Board and Mr. [PERSON? Reed], Reed [ORG? Reed Ltd] said";
        let article =
            check(page, &["Kelp Board ORG"], "[ORG! Kelp Board], [ORG! Kelp Board] and Mr. [PERSON? Reed], Reed [ORG? Reed Ltd] said");
        let settled = &article.mentions[0];
        assert_eq!((settled.how, settled.by.as_deref()), (Some(How::Rule), Some("ada")));
        assert_eq!(settled.first.as_ref().map(|first| first.label.as_str()), Some("GPE"), "the suggestion is kept");
        assert_eq!(article.mentions[1].origin, Origin::Rule(STANDING.into()));
        check("[PERSON? Mr. Reed] and Reed", &["Reed ORG"], "Mr. [ORG! Reed] and [ORG! Reed]");
    }

    #[test]
    fn a_name_is_never_one() {
        check(
            "[PERSON? May] and [DATE? May] in [ORG? May Ltd] and [PERSON! May]",
            &["May -"],
            "[PERSON~ May] and [DATE~ May] in [ORG? May Ltd] and [PERSON! May]",
        );
    }

    #[test]
    fn what_speaks_against_a_spread_speaks_against_a_rule() {
        let always = &["China GPE"];
        check("[ORG? Bank of China], [ORG! Bank of [GPE? China]]", always, "[ORG? Bank of China], [ORG! Bank of [GPE? China]]");
        check("china and China Daily and [LOC~ China], [LOC! China]", always, "china and China Daily and [LOC~ China], [LOC! China]");
        check("the Bank of China in China", &["China GPE", "Bank of China ORG"], "the [ORG! Bank of China] in [GPE! China]");
        check("China", &["China CARDINAL"], "China");
    }

    #[test]
    fn an_article_marked_done_is_read() {
        let rules = rules(&["Reed ORG"]);
        let scheme = Scheme::standard();
        let mut article = dsl::article("a", "[PERSON? Reed] and Reed");
        article.desk.progress = Progress::Done;
        Standing::new(&rules, &scheme).settle(&scheme, &mut article, &Stamp::default());
        assert_eq!(dsl::show(&article), "[ORG! Reed] and Reed");
    }

    #[test]
    fn rules_act_when_articles_are_tagged_again() {
        let mut session = with_rules(&["Kelp Board met May"], rules(&["Kelp Board ORG", "May -"]));
        let suggested = dsl::article("a", "[GPE? Kelp Board] met [PERSON? May]").mentions;
        let suggest = |mention: &Mention| Suggestion {
            span: mention.span,
            label: mention.label.clone(),
            score: crate::annotation::Score::MAX,
            origin: mention.origin.clone(),
            value: None,
        };
        let tagged = [(ArticleId::new("a"), suggested.iter().map(suggest).collect())];
        let (edit, difference) = retag::retag(&session, &tagged, &Stamp::default()).unwrap();
        assert_eq!(difference.to_string(), "+2 −0 suggestions, 2 settled by standing rules");
        let before = session.clone();
        let mut history = History::default();
        history.perform(&mut session, edit).unwrap();
        assert_eq!(dsl::show_all(&session), ["[ORG! Kelp Board] met [PERSON~ May]"]);
        assert_eq!(retag::retag(&session, &tagged, &Stamp::default()).err(), Some(Refusal::Already), "tagging twice changes nothing");
        history.undo(&mut session).unwrap();
        assert_eq!(session, before);
    }

    #[test]
    fn a_rule_is_switched_off_traced_and_taken_back() {
        let rule = rules(&["Reed ORG"]).remove(0);
        let mut session = with_rules(&["[PERSON? Reed] met Reed", "Reed [ORG! Reed]"], vec![rule.clone()]);
        let mut index = NamesIndex::build(&session);
        let edit = act(&session, &index, &rule, &Stamp::default()).unwrap();
        session.apply(&edit).unwrap();
        index.update(&edit);
        assert_eq!(
            dsl::show_all(&session),
            ["[ORG! Reed] met [ORG! Reed]", "Reed [ORG! Reed]"],
            "with a capital after it, it may be another name"
        );
        assert_eq!(settled_by(&session, &index, &rule).len(), 2);
        assert_eq!(act(&session, &index, &rule, &Stamp::default()), Err(Refusal::Already));
        session.apply(&take_back(&session, &index, &rule, &Stamp::default()).unwrap()).unwrap();
        assert_eq!(dsl::show_all(&session), ["[PERSON? Reed] met Reed", "Reed [ORG! Reed]"]);
        let off = StandingRule { off: true, ..rule };
        assert!(Standing::new(&[off], session.scheme()).is_empty());
    }

    #[test]
    fn rules_act_on_a_changed_source() {
        let rules = rules(&["Reed ORG"]);
        let scheme = Scheme::standard();
        let before = std::sync::Arc::new(dsl::article("a", "[ORG! NATO] met"));
        let fresh = Article::new(ArticleId::new("a"), "NATO met Reed");
        let refreshed = crate::decide::anchors::refresh::article(&before, &fresh);
        let refreshed = refreshed.settled(&Standing::new(&rules, &scheme), &scheme, &Stamp::default());
        assert_eq!(dsl::show(&refreshed.after), "[ORG! NATO] met [ORG! Reed]");
    }
}
