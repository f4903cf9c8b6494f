//! Moving about: mentions, articles, the caret, the selection.

use crate::annotation::{Article, ArticleId, Mention, MentionId, Target};
use crate::text::sentences::sentences;
use crate::text::tokens::tokens_in;
use crate::text::{Span, flow, steps};
use crate::workbench::command::{Decide, Go, Step};
use crate::workbench::parts::{Caret, Effect, View};
use crate::workbench::state::State;

pub fn run(state: &mut State, command: Go) {
    match command {
        Go::Undecided(step) => go_open(state, step),
        Go::Mention(step) => go_mention(state, step),
        Go::Article(step) => go_article(state, step),
        Go::ToMention(id) => focus(state, id),
        Go::ToArticle(id) => open_article(state, &id),
        Go::At(id, span) => open_at(state, &id, span),
        Go::CaretMode => enter_caret(state),
        Go::MoveCaret(step) => move_caret(state, step, false),
        Go::SelectCaret(step) => move_caret(state, step, true),
        Go::PlaceCaret(offset) => place_caret(state, offset),
        Go::LikelyName(step) => go_likely_name(state, step),
        Go::Select(span) => select(state, span),
        Go::SelectWord(offset) => select_word(state, offset),
        Go::SelectSentence(offset) => select_sentence(state, offset),
        Go::ToggleRejected => state.page.shows_rejected = !state.page.shows_rejected,
        Go::Copy => copy(state),
    }
}

/// Opens an article at the first undecided mention; where all are settled, at the first.
pub fn open_article(state: &mut State, id: &ArticleId) {
    if state.session().article(id).is_none() {
        return;
    }
    state.page.article = Some(id.clone());
    state.page.drop_selection();
    state.page.accept_asked = None;
    state.follow_find();
    let first = state.open_article().and_then(|article| first_open(article).or_else(|| article.living().next()));
    state.page.focus = first.map(|mention| mention.id);
    state.effects.push(Effect::Reveal);
}

/// Opens an article and focuses a mention where it is still there.
pub fn open_mention(state: &mut State, article: &ArticleId, mention: Option<MentionId>) {
    if state.page.article.as_ref() != Some(article) {
        open_article(state, article);
    }
    if let Some(id) = mention.filter(|id| state.session().mention(article, *id).is_some()) {
        focus(state, id);
    }
    state.effects.push(Effect::Reveal);
}

pub fn open_at(state: &mut State, article: &ArticleId, span: Span) {
    state.stage.view = View::Review;
    open_mention(state, article, None);
    let at = state.open_article().and_then(|article| article.overlapping(span).find(|mention| mention.span == span));
    match at.map(|mention| mention.id) {
        Some(id) => focus(state, id),
        None => select(state, Some(span)),
    }
}

pub fn focus(state: &mut State, id: MentionId) {
    state.page.focus = Some(id);
    state.page.drop_selection();
    if state.focused().is_some_and(|mention| !mention.is_shown()) {
        state.page.shows_rejected = true;
    }
}

/// Goes to the place where work stopped, or to the first article with something to decide.
pub fn resume(state: &mut State, place: Option<Target>) {
    state.page.close_article();
    if let Some(place) = place.filter(|place| state.session().article(&place.article).is_some()) {
        return open_mention(state, &place.article, place.mention);
    }
    let articles = state.session().articles();
    let first = articles.iter().find(|article| article.open_count() > 0).or(articles.first());
    if let Some(first) = first.map(|article| article.id.clone()) {
        open_article(state, &first);
    }
}

fn copy(state: &mut State) {
    let words = state.words().and_then(|span| state.open_article().map(|article| article.quote(span).to_owned()));
    match words {
        Some(words) => state.effects.push(Effect::Copy(words)),
        None => state.say("Nothing is selected"),
    }
}

/// The next or previous undecided mention; past the end of the article, that of the next article with one.
fn go_open(state: &mut State, step: Step) {
    if state.page.caret.is_some() {
        return go_likely_name(state, step);
    }
    let here = state.open_article().and_then(|article| neighbour(state, article, step, Mention::is_open)).map(|mention| mention.id);
    if let Some(id) = here {
        return focus(state, id);
    }
    let Some(next) = article_with_open(state, step) else {
        return state.say(format!("Nothing is left to decide in {}", whole(state)));
    };
    open_article(state, &next);
    if step == Step::Back {
        let last = state.open_article().and_then(|article| article.mentions.iter().rev().find(|mention| mention.is_open()));
        state.page.focus = last.map(|mention| mention.id);
    }
}

/// After a decision: the next undecided mention of the article, from the top where none follows. Where none is
/// left the focus stays.
pub fn advance(state: &mut State, from: Span) {
    let Some(article) = state.open_article() else { return };
    let is_next = |mention: &&Mention| mention.is_open() && mention.span > from;
    let next = article.mentions.iter().find(is_next).or_else(|| first_open(article)).map(|mention| mention.id);
    match next {
        Some(id) => focus(state, id),
        None => {
            keep_focus_near(state, from);
            say_settled(state);
        }
    }
}

/// Where nothing is left to decide: how to go on.
fn say_settled(state: &mut State) {
    let (next, done) = (state.key_of(Go::Undecided(Step::On)), state.key_of(Decide::AcceptRest));
    let words = match (article_with_open(state, Step::On), state.is_done()) {
        (Some(_), true) => format!("Nothing is left here; {next} goes on in the next article"),
        (Some(_), false) => format!("Nothing is left here; {done} marks the article done and goes on"),
        (None, true) => format!("Every mention of {} is settled", whole(state)),
        (None, false) => format!("Every mention of {} is settled; {done} marks the article done", whole(state)),
    };
    state.notices.add(&words, state.ports.clock.now());
}

/// What one goes through from article to article, in words.
fn whole(state: &State) -> &'static str {
    if state.wanted.filter().is_empty() { "the session" } else { "the articles that the filter leaves" }
}

/// Keeps the focus on something living where the mention that had it is gone.
pub fn keep_focus_near(state: &mut State, span: Span) {
    if state.focused().is_some_and(|mention| state.page.shows_rejected || mention.is_shown()) {
        return;
    }
    let Some(article) = state.open_article() else { return };
    let near = article.living().find(|mention| mention.span >= span).or_else(|| article.living().next_back());
    state.page.focus = near.map(|mention| mention.id);
}

fn go_mention(state: &mut State, step: Step) {
    if state.page.caret.is_some() {
        return move_caret(state, step, false);
    }
    let shows_rejected = state.page.shows_rejected;
    let is_shown = |mention: &Mention| shows_rejected || mention.is_shown();
    let next = state.open_article().and_then(|article| neighbour(state, article, step, is_shown)).map(|mention| mention.id);
    if let Some(id) = next {
        focus(state, id);
    }
}

/// The article before or behind the open one in the list.
pub fn go_article(state: &mut State, step: Step) {
    let (before, after) = around(state);
    let next = match step {
        Step::On => after.first(),
        Step::Back => before.last(),
    };
    if let Some(id) = next.and_then(|place| id_at(state, *place)) {
        open_article(state, &id);
    }
}

/// The nearest article of the list in a direction, round the end, that has an undecided mention.
pub fn article_with_open(state: &State, step: Step) -> Option<ArticleId> {
    let (before, after) = around(state);
    let has_open = |place: &&usize| state.articles.facts(**place).is_some_and(|facts| facts.open > 0);
    let next = match step {
        Step::On => after.iter().chain(before).find(has_open),
        Step::Back => before.iter().rev().chain(after.iter().rev()).find(has_open),
    };
    let here = || state.open_article().filter(|article| article.open_count() > 0).map(|article| article.id.clone());
    next.and_then(|place| id_at(state, *place)).or_else(here)
}

/// What stands in the list behind some articles, or before them where they are the last.
pub fn beside(state: &State, ids: &[ArticleId]) -> Option<ArticleId> {
    let listed: Vec<&ArticleId> = state.listed().map(|article| &article.id).collect();
    let first = listed.iter().position(|id| ids.contains(id))?;
    let is_other = |id: &&&ArticleId| !ids.contains(id);
    listed[first..].iter().find(is_other).or(listed[..first].last()).map(|id| (*id).clone())
}

fn id_at(state: &State, place: usize) -> Option<ArticleId> {
    state.session().articles().get(place).map(|article| article.id.clone())
}

/// What is listed before the open article, and what behind it: places in the session.
fn around(state: &State) -> (&[usize], &[usize]) {
    let place = state.page.article.as_ref().and_then(|id| state.session().position(id));
    state.articles.around(place, &state.wanted)
}

/// Puts the caret on the token at the focus, or on the first one of the article.
fn enter_caret(state: &mut State) {
    let Some(article) = state.open_article() else { return };
    let from = state.place();
    if let Some(token) = steps::token_at(&article.text, from.start as usize) {
        state.page.put_caret(Caret::at(token));
    }
}

pub fn move_caret(state: &mut State, step: Step, extend: bool) {
    let (Some(article), Some(caret)) = (state.open_article(), state.page.caret) else { return };
    if let Some(next) = caret.stepped(&article.text, step == Step::Back, extend) {
        state.page.put_caret(next);
    }
}

/// Puts the caret on the token at a byte of the article.
fn place_caret(state: &mut State, offset: usize) {
    let token = state.open_article().and_then(|article| steps::token_at(&article.text, offset));
    if let Some(token) = token {
        state.page.put_caret(Caret::at(token));
    }
}

/// Selects the next run of words that looks like a name, that nothing living covers and that was not rejected as it
/// stands, round the end of the article.
fn go_likely_name(state: &mut State, step: Step) {
    let Some(article) = state.open_article() else { return };
    let from = state.place();
    let (before, after) = (Span::new(0, from.start as usize), Span::new(from.end as usize, article.text.len()));
    let (first, then) = if step == Step::On { (after, before) } else { (before, after) };
    let Some(span) = likely_name(state, article, first, step).or_else(|| likely_name(state, article, then, step)) else {
        return state.say("No other untagged words here look like a name");
    };
    let anchor = steps::token_at(&article.text, span.start as usize).unwrap_or(span);
    let head = steps::previous_token(&article.text, span.end as usize).unwrap_or(span);
    state.page.put_caret(Caret { anchor, head });
    state.page.selection = Some(span);
}

fn likely_name(state: &State, article: &Article, part: Span, step: Step) -> Option<Span> {
    let names = state.tagger().likely_names(&article.text, part);
    let is_free = |span: &Span| {
        let mut over = article.overlapping(*span);
        part.contains(*span)
            && !article.is_boilerplate_at(span.start as usize)
            && over.all(|mention| mention.is_rejected() && mention.span != *span)
    };
    match step {
        Step::On => names.into_iter().find(is_free),
        Step::Back => names.into_iter().rev().find(is_free),
    }
}

pub fn select(state: &mut State, span: Option<Span>) {
    state.page.caret = None;
    state.page.selection = span.filter(|span| {
        let text = state.open_article().map(|article| &*article.text);
        text.is_some_and(|text| span.of(text).is_some_and(|words| !words.trim().is_empty()))
    });
}

fn select_word(state: &mut State, offset: usize) {
    let word = state.open_article().and_then(|article| steps::token_at(&article.text, offset));
    select(state, word);
}

fn select_sentence(state: &mut State, offset: usize) {
    let sentence = state.open_article().and_then(|article| {
        let tokens = tokens_in(&article.text, flow::around(&article.text, Span::new(offset, offset)));
        let spans = sentences(&article.text, &tokens).into_iter().filter_map(|range| {
            let (first, last) = (tokens.get(range.start)?, tokens.get(range.end.checked_sub(1)?)?);
            Some(Span { start: first.span.start, end: last.span.end })
        });
        spans.into_iter().find(|span| span.end as usize > offset)
    });
    select(state, sentence);
}

/// The nearest mention after or before where the analyst is that fits. Mentions of one span are told apart by their
/// order, so that each can be reached.
fn neighbour<'a>(state: &State, article: &'a Article, step: Step, fits: impl Fn(&Mention) -> bool) -> Option<&'a Mention> {
    let from = state.place();
    let focused = state.page.focus.filter(|_| state.page.selection.is_none());
    let at = focused.and_then(|id| article.mentions.iter().position(|mention| mention.id == id));
    let mentions = &article.mentions;
    match step {
        Step::On => {
            let after = at.map_or_else(|| mentions.partition_point(|mention| mention.span < from), |at| at + 1);
            mentions[after..].iter().find(|mention| fits(mention))
        }
        Step::Back => {
            let before = at.unwrap_or_else(|| mentions.partition_point(|mention| mention.span < from));
            mentions[..before].iter().rev().find(|mention| fits(mention))
        }
    }
}

fn first_open(article: &Article) -> Option<&Mention> {
    article.mentions.iter().find(|mention| mention.is_open())
}
