//! `manicule certify SESSION.ron`: how much of what is settled is wrong, from a random sample that somebody answers blind.

use super::tell::tell;
use std::io::{BufRead as _, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::Context as _;
use serde::Deserialize;
use serde_json::{Value, json};

use super::outcome::{Outcome, WrongUse};
use super::session::{open_to_read, open_to_work, save_and_close, who_decides};
use crate::annotation::{Answer, Certificate, Item, Label, Session, Time};
use crate::decide::Stamp;
use crate::decide::certificate::{Asked, Rate, Told, answer, begin, draw, latest, shown};
use crate::store::Opened;
use crate::workbench::{Clock as _, SystemClock};

#[derive(clap::Args)]
#[command(after_help = "\
A sample speaks for the articles in which nothing is open. It is drawn with --draw, asked with --questions, answered with
--answers, and without these its certificate is told: the share that is wrong, by label and by how it was settled, with exact
95 % intervals, and how many more to look at for a wanted bound.
Questions are lines of JSON that do not say what was decided: `question`, `article`, `start` and `end` in code points, `words`, and
around them `before` and `after`; or `sentence`. An answer is a line with `question` and with `answer`, a label, \"none\" or
\"edges\" (the words are a part of a name, or more than one); or, of a sentence, with `names`, a list of labels, one for each name
in it. Without --seed the moment of the drawing is the seed; it stands in the session.")]
pub struct Args {
    /// The session that is certified
    #[arg(value_name = "SESSION.ron")]
    session: PathBuf,
    /// Draw a sample of so many settled mentions
    #[arg(long, value_name = "N", conflicts_with_all = ["questions", "answers"])]
    draw: Option<usize>,
    /// And of so many sentences, in which something may have been missed
    #[arg(long, value_name = "N", requires = "draw", default_value_t = 100)]
    sentences: usize,
    /// What the sample is drawn with
    #[arg(long, value_name = "N", requires = "draw")]
    seed: Option<u64>,
    /// Print the questions of the last sample that are not answered yet
    #[arg(long, conflicts_with = "answers")]
    questions: bool,
    /// Take the answers of a file; - reads stdin
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    /// The error that is not to be exceeded, in percent
    #[arg(long, value_name = "PERCENT", default_value_t = 2.0)]
    bound: f64,
    /// Print the certificate as JSON
    #[arg(long)]
    json: bool,
    /// Who draws and answers; without it, the name in the settings of the window
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    if !(args.bound > 0.0 && args.bound < 100.0) {
        return Err(WrongUse::new("--bound is a share in percent, more than 0 and less than 100").into());
    }
    if let Some(mentions) = args.draw {
        return draw_sample(&args, mentions);
    }
    let has_faults = match &args.answers {
        Some(path) => take_answers(&args, path)?,
        None => false,
    };
    let session = open_to_read(&args.session)?.saved.session;
    let Some(certificate) = latest(&session) else {
        tell!("manicule: {}: no sample was drawn; --draw 200 draws one", args.session.display());
        return Ok(Outcome::of(true));
    };
    let mut out = std::io::stdout().lock();
    if args.questions {
        print_questions(&session, certificate, &mut out)?;
        return Ok(Outcome::of(false));
    }
    let told = Told::of(certificate);
    match args.json {
        true => writeln!(out, "{}", as_json(certificate, &told, args.bound / 100.0))?,
        false => print(certificate, &told, args.bound, &mut out)?,
    }
    Ok(Outcome::of(has_faults))
}

fn open(args: &Args) -> anyhow::Result<(Opened, Arc<str>, Time)> {
    let opened = open_to_work(&args.session, args.by.as_deref().unwrap_or_default(), Arc::new(|| {}))?;
    let by = who_decides(args.by.clone(), &opened.saved);
    Ok((opened, by, SystemClock.now()))
}

fn perform(opened: &mut Opened, edit: crate::annotation::Edit) -> anyhow::Result<()> {
    opened.history.perform(&mut opened.saved.session, edit.clone())?;
    opened.home.edited(&edit);
    Ok(())
}

fn draw_sample(args: &Args, mentions: usize) -> anyhow::Result<Outcome> {
    let (mut opened, by, at) = open(args)?;
    let seed = args.seed.unwrap_or(at.0 as u64);
    let drawn = draw(&opened.saved.session, Asked { mentions, sentences: args.sentences, seed }, &by, at, &AtomicBool::new(false));
    let drawn = drawn.map(|certificate| (certificate.items.len(), certificate.mentions(), begin(certificate, &Stamp { by, at })));
    let told = match drawn {
        Ok((asked, of, edit)) => {
            perform(&mut opened, edit)?;
            Ok(format!("a sample with {asked} questions was drawn with seed {seed}; it speaks for {of} mentions"))
        }
        Err(nothing) => Err(nothing.to_string()),
    };
    save_and_close(opened, None)?;
    match &told {
        Ok(words) | Err(words) => tell!("manicule: {}: {words}", args.session.display()),
    }
    Ok(Outcome::of(told.is_err()))
}

/// A question as a line, with nothing of what was decided.
fn question(session: &Session, number: usize, item: &Item) -> Option<Value> {
    /// Bytes of text on either side.
    const AROUND: usize = 120;
    let (article, span) = shown(session, item)?;
    let (text, range, (start, end)) = (&article.text, span.range(), item.points);
    let place = json!({ "question": number, "article": item.article.as_str(), "start": start, "end": end });
    let before = &text[text.ceil_char_boundary(range.start.saturating_sub(AROUND)).min(range.start)..range.start];
    let after = &text[range.end..text.floor_char_boundary((range.end + AROUND).min(text.len())).max(range.end)];
    let words = article.quote(span);
    let more = if item.is_sentence() { json!({ "sentence": words }) } else { json!({ "words": words, "before": before, "after": after }) };
    let (Value::Object(mut line), Value::Object(more)) = (place, more) else { return None };
    line.extend(more);
    Some(Value::Object(line))
}

fn print_questions(session: &Session, certificate: &Certificate, out: &mut impl Write) -> std::io::Result<()> {
    let open = certificate.items.iter().enumerate().filter(|(_, item)| item.answer.is_none());
    let mut gone = 0;
    for (at, item) in open {
        match question(session, at + 1, item) {
            Some(line) => writeln!(out, "{line}")?,
            None => gone += 1,
        }
    }
    if gone > 0 {
        tell!("manicule: questions whose words are not there any more {gone}");
    }
    Ok(())
}

#[derive(Deserialize)]
struct Line {
    question: usize,
    #[serde(default)]
    answer: Option<String>,
    #[serde(default)]
    names: Option<Vec<String>>,
}

fn parse(line: &str) -> Result<(usize, Answer), String> {
    let Line { question, answer, names } = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let at = question.checked_sub(1).ok_or("questions are counted from 1")?;
    let answer = match (answer.as_deref(), names) {
        (Some("none"), None) => Answer::Nothing,
        (Some("edges"), None) => Answer::Edges,
        (Some(label), None) => Answer::Label(Label::new(label)),
        (None, Some(names)) => {
            let mut labels: Vec<Label> = names.iter().map(|name| Label::new(name)).collect();
            labels.sort();
            Answer::Names(labels)
        }
        _ => return Err("an answer has either `answer` or `names`".to_owned()),
    };
    Ok((at, answer))
}

/// Answers whether a line was no answer.
fn take_answers(args: &Args, path: &Path) -> anyhow::Result<bool> {
    let text = match path == Path::new("-") {
        true => std::io::stdin().lock().lines().collect::<Result<Vec<_>, _>>().context("stdin cannot be read")?.join("\n"),
        false => std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?,
    };
    let (mut opened, by, at) = open(args)?;
    let stamp = Stamp { by, at };
    let id = latest(&opened.saved.session).map(|certificate| certificate.id.clone());
    let mut has_faults = false;
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let taken = parse(line).and_then(|(item, said)| {
            let id = id.as_deref().ok_or("no sample was drawn")?;
            answer(&opened.saved.session, id, item, Some(said), &stamp).map_err(|refusal| match refusal {
                crate::decide::Refusal::NoMention => "there is no such question of this kind".to_owned(),
                refusal => refusal.to_string(),
            })
        });
        match taken {
            Ok(edit) => perform(&mut opened, edit)?,
            Err(why) => {
                has_faults = true;
                tell!("manicule: line {}: {why}", number + 1);
            }
        }
    }
    save_and_close(opened, None)?;
    Ok(has_faults)
}

/// `2.0 % (0.4 to 5.8)`.
fn percent(rate: Rate) -> String {
    match rate.looked_at {
        0 => "nothing looked at yet".to_owned(),
        _ => format!("{:.1} % ({:.1} to {:.1})", rate.ratio() * 100.0, rate.low * 100.0, rate.high * 100.0),
    }
}

fn print(certificate: &Certificate, told: &Told, bound: f64, out: &mut impl Write) -> std::io::Result<()> {
    let Certificate { articles, sentences, seed, at, .. } = certificate;
    writeln!(out, "Sample of {at}, seed {seed}: {} of {} questions answered", told.answered, told.asked)?;
    writeln!(out, "It speaks for {articles} articles as they were then: mentions {}, sentences {sentences}", certificate.mentions())?;
    let more = |rate: Rate| match rate.more_for(bound / 100.0) {
        Some(0) => String::new(),
        Some(more) => format!("; look at {more} more for at most {bound} %"),
        None => format!("; more than {bound} % are wrong, it seems"),
    };
    let line = |out: &mut dyn Write, name: &str, rate: Rate, more: &str| {
        writeln!(out, "{name:<28} {:>4} wrong of {:>5} looked at, of {:>7}: {}{more}", rate.wrong, rate.looked_at, rate.of, percent(rate))
    };
    line(out, "Settled wrongly", told.mentions, &more(told.mentions))?;
    for (label, rate) in &told.by_label {
        line(out, &format!("  {}", label.as_ref().map_or("rejected", Label::as_str)), *rate, "")?;
    }
    for (how, rate) in &told.by_how {
        line(out, &format!("  {}", how.as_str()), *rate, "")?;
    }
    line(out, "Sentences with a name missed", told.sentences, &more(told.sentences))?;
    for (label, rate) in &told.missed_by_label {
        line(out, &format!("  {label}"), *rate, "")?;
    }
    writeln!(out, "Intervals are exact (Clopper and Pearson) and hold at least 95 of 100 times.")
}

fn as_json(certificate: &Certificate, told: &Told, bound: f64) -> Value {
    let rate = |rate: &Rate| {
        json!({
            "wrong": rate.wrong, "looked_at": rate.looked_at, "of": rate.of, "ratio": rate.ratio(), "low": rate.low, "high": rate.high,
            "more_for_bound": rate.more_for(bound),
        })
    };
    let by_label = told.by_label.iter().map(|(label, of)| (label.as_ref().map_or("rejected", Label::as_str).to_owned(), rate(of)));
    json!({
        "id": &*certificate.id,
        "seed": certificate.seed,
        "at": certificate.at.to_string(),
        "by": &*certificate.by,
        "articles": certificate.articles,
        "asked": told.asked,
        "answered": told.answered,
        "confidence": 0.95,
        "bound": bound,
        "mentions": rate(&told.mentions),
        "by_label": by_label.collect::<serde_json::Map<_, _>>(),
        "by_how": told.by_how.iter().map(|(how, of)| (how.as_str().to_owned(), rate(of))).collect::<serde_json::Map<_, _>>(),
        "sentences": rate(&told.sentences),
        "missed_by_label": told.missed_by_label.iter().map(|(label, of)| (label.to_string(), rate(of))).collect::<serde_json::Map<_, _>>(),
    })
}
