//! Any tagger through one pipe: a command that reads our JSONL, an article a line, and answers each line with one of its
//! own, whose entities are its suggestions.
//!
//! The command runs once for many articles, and no shell is asked. It must write one line for each line that it reads and
//! flush it; one that falls silent is ended. Where it fails, its last words on stderr are told and the article keeps what
//! it had.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::jsonl::{self, ReadOptions, parse};
use super::options::{Options, StateFilter};
use crate::annotation::{Article, ArticleId, Label, Origin, Score, State};
use crate::tagger::source::{Asked, Candidate, Fault, Source, Standing};
use crate::tagger::{Part, PartKind, Suggestion};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(120);
/// How often it is looked whether anybody still waits for one.
const GLANCE: Duration = Duration::from_millis(50);
/// After so many failures in a row the command is not started again.
const TRIES: u32 = 3;
/// How sure a suggestion is that does not say so.
const USUAL: u16 = 800;

/// A command that tags.
#[derive(Debug)]
pub struct Pipe {
    words: Vec<String>,
    name: Arc<str>,
    patience: Duration,
    state: Mutex<Running>,
}

/// The command while it runs.
#[derive(Debug, Default)]
struct Running {
    process: Option<Process>,
    /// Failures since the last answer.
    failures: u32,
}

#[derive(Debug)]
struct Process {
    child: Child,
    /// Lines to be written; a thread of its own waits for the command to take them.
    lines: Sender<Vec<u8>>,
    answers: Receiver<String>,
    complaints: Arc<Mutex<String>>,
}

/// Why a command gave no suggestions.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PipeFault {
    #[error("the tagger’s command is empty, or a quotation mark in it is not closed")]
    Words,
    #[error("{command} cannot be started: {why}")]
    Start { command: String, why: String },
    #[error("{command} gave no answer within {seconds} s; it must write one line for each line that it reads, and flush it{said}")]
    Silent { command: String, seconds: u64, said: String },
    #[error("{command} has ended without an answer{said}")]
    Ended { command: String, said: String },
    #[error("{command} answered what is no line of ours: {why}{said}")]
    Answer { command: String, why: String, said: String },
    #[error("{command} has failed {TRIES} times in a row and is not asked again")]
    GivenUp { command: String },
    #[error("cancelled")]
    Cancelled,
}

impl Pipe {
    /// From a command as it is typed: words separated by blanks, those with blanks in single or double quotes.
    ///
    /// # Errors
    /// [`PipeFault::Words`].
    pub fn new(command: &str) -> Result<Self, PipeFault> {
        let words = words(command).filter(|words| !words.is_empty()).ok_or(PipeFault::Words)?;
        let file = |word: &String| Path::new(word).file_name().map_or_else(|| word.clone(), |name| name.to_string_lossy().into_owned());
        let name: String = words.iter().map(file).collect::<Vec<_>>().join(" ").chars().take(60).collect();
        Ok(Self { words, name: name.as_str().into(), patience: PATIENCE, state: Mutex::default() })
    }

    /// What the command suggests for an article. One article is asked about at a time.
    ///
    /// # Errors
    /// Whatever kept it from answering; the next article starts the command anew.
    pub fn suggest(&self, article: &Article) -> Result<Vec<Suggestion>, PipeFault> {
        self.answer(article, &|| false)
    }

    /// The same as long as somebody waits for it. A command that is asked no more is ended: its answer would be taken for
    /// that of the next article.
    fn answer(&self, article: &Article, is_cancelled: &dyn Fn() -> bool) -> Result<Vec<Suggestion>, PipeFault> {
        let mut running = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if running.failures >= TRIES {
            return Err(PipeFault::GivenUp { command: self.name.to_string() });
        }
        let answer = self.ask(&mut running, article, is_cancelled);
        match answer {
            Ok(_) => running.failures = 0,
            Err(PipeFault::Cancelled) => running.process = None,
            Err(_) => {
                running.failures += 1;
                running.process = None;
            }
        }
        answer
    }

    fn ask(&self, running: &mut Running, article: &Article, is_cancelled: &dyn Fn() -> bool) -> Result<Vec<Suggestion>, PipeFault> {
        let process = match &mut running.process {
            Some(process) => process,
            none => none.insert(self.start()?),
        };
        let options = Options { state: StateFilter::Confirmed, ..Options::default() };
        let wrong = |why: String, said| PipeFault::Answer { command: self.name.to_string(), why, said };
        let rendered = jsonl::FORMAT.render(article, &options).map_err(|unequal| wrong(unequal.to_string(), String::new()))?;
        let command = || self.name.to_string();
        // Where nobody takes the line the command has ended, which the answer tells.
        process.lines.send(rendered.sheet.bytes().to_vec()).unwrap_or_default();
        let begun = Instant::now();
        let answer = loop {
            match process.answers.recv_timeout(GLANCE.min(self.patience)) {
                Ok(answer) => break answer,
                Err(RecvTimeoutError::Timeout) if is_cancelled() => return Err(PipeFault::Cancelled),
                Err(RecvTimeoutError::Timeout) if begun.elapsed() < self.patience => {}
                Err(RecvTimeoutError::Timeout) => {
                    return Err(PipeFault::Silent { command: command(), seconds: self.patience.as_secs(), said: process.said() });
                }
                Err(RecvTimeoutError::Disconnected) => return Err(PipeFault::Ended { command: command(), said: process.said() }),
            }
        };
        let parsed = parse(1, &answer, &ReadOptions { stateless: State::Suggested });
        let parsed = parsed.map_err(|bad| wrong(bad.to_string(), process.said()))?.article;
        if parsed.text != article.text {
            return Err(wrong(format!("its text is not that of {}", article.id), process.said()));
        }
        Ok(self.suggestions(&parsed))
    }

    /// Confirmed entities are what was sent; the others are suggestions.
    fn suggestions(&self, answer: &Article) -> Vec<Suggestion> {
        let suggested = answer.mentions.iter().filter(|mention| mention.is_suggested());
        let of = |mention: &crate::annotation::Mention| Suggestion {
            span: mention.span,
            label: Label::new(mention.label.as_str()),
            score: mention.score.unwrap_or(Score::from_thousandths(USUAL)),
            origin: Origin::Model(self.name.clone()),
            value: mention.value.clone(),
        };
        suggested.map(of).collect()
    }

    fn start(&self) -> Result<Process, PipeFault> {
        let cannot = |why: String| PipeFault::Start { command: self.name.to_string(), why };
        let (program, arguments) = self.words.split_first().ok_or(PipeFault::Words)?;
        let piped = || Stdio::piped();
        let spawned = Command::new(program).args(arguments).stdin(piped()).stdout(piped()).stderr(piped()).spawn();
        let mut child = spawned.map_err(|error| cannot(error.to_string()))?;
        let (Some(mut input), Some(output), Some(mut errors)) = (child.stdin.take(), child.stdout.take(), child.stderr.take()) else {
            return Err(cannot("it has no pipes".to_owned()));
        };
        let (lines, to_write) = channel::<Vec<u8>>();
        std::thread::spawn(move || while to_write.recv().is_ok_and(|line| input.write_all(&line).and_then(|()| input.flush()).is_ok()) {});
        let (send, answers) = channel();
        std::thread::spawn(move || {
            let mut lines = BufReader::new(output).lines();
            while lines.next().and_then(Result::ok).is_some_and(|line| send.send(line).is_ok()) {}
        });
        let complaints = Arc::new(Mutex::new(String::new()));
        let heard = complaints.clone();
        std::thread::spawn(move || {
            let mut part = [0; 1024];
            while let Ok(n @ 1..) = errors.read(&mut part) {
                let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
                heard.push_str(&String::from_utf8_lossy(&part[..n]));
                let from = heard.ceil_char_boundary(heard.len().saturating_sub(2000));
                heard.drain(..from);
            }
        });
        Ok(Process { child, lines, answers, complaints })
    }
}

/// Beside other sources a command is one more that guesses. Where it stands alone ([`Pipe::suggest`]) nothing is resolved:
/// its word is the answer.
impl Source for Pipe {
    fn suggest(&self, asked: &Asked<'_>) -> Result<Vec<Candidate>, Fault> {
        let bare = || Article::new(ArticleId::new("article"), asked.text);
        let answer = match asked.article {
            Some(article) => self.answer(article, &|| asked.is_cancelled()),
            None => self.answer(&bare(), &|| asked.is_cancelled()),
        };
        let of = |Suggestion { span, label, score, origin, value }: Suggestion| Candidate { span, label, score, origin, value };
        match answer {
            Ok(suggestions) => Ok(suggestions.into_iter().map(of).collect()),
            Err(PipeFault::Cancelled) => Err(Fault::Cancelled),
            Err(fault) => Err(Fault::Failed(fault.to_string())),
        }
    }

    fn standing(&self) -> Standing {
        Standing::Guess
    }

    fn parts(&self) -> Vec<Part> {
        vec![Part::new(&self.name, PartKind::Model, "", "a command of the analyst’s own")]
    }
}

impl Process {
    /// The last lines on stderr, to be put behind a message.
    fn said(&self) -> String {
        // What was written before the end arrives a moment after it.
        std::thread::sleep(Duration::from_millis(100));
        let heard = self.complaints.lock().unwrap_or_else(PoisonError::into_inner);
        let lines: Vec<&str> = heard.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        match &lines[lines.len().saturating_sub(3)..] {
            [] => String::new(),
            last => format!("; it said: {}", last.join(" / ")),
        }
    }
}

impl Drop for Process {
    /// A command that nobody asks any more is ended.
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The words of a command. `None` where a quotation mark is not closed.
fn words(command: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in command.chars() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            (c, Some(_)) => word.get_or_insert_default().push(c),
            ('"' | '\'', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (c, None) if c.is_whitespace() => words.extend(word.take()),
            (c, None) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::dsl;

    fn ask(pipe: &Pipe, page: &str) -> Result<Vec<String>, PipeFault> {
        let article = dsl::article("a", page);
        let told = |one: Suggestion| format!("{} {} {}", one.label, article.quote(one.span), one.origin);
        pipe.suggest(&article).map(|found| found.into_iter().map(told).collect())
    }

    #[test]
    fn words_are_split_as_they_are_typed() {
        assert_eq!(words("python3  'my tagger.py' --model \"en core\"").unwrap(), ["python3", "my tagger.py", "--model", "en core"]);
        assert_eq!(words("a 'b"), None);
        assert_eq!(Pipe::new("  ").err(), Some(PipeFault::Words));
    }

    #[test]
    fn each_line_is_answered_by_one_process() {
        let answer = r#"{"text":"Kelp Board met","entities":[[0,10,"ORG"],{"start":0,"end":4,"label":"GPE","state":"confirmed"}]}"#;
        let pipe =
            Pipe::new(&format!("sh -c 'n=0; while read -r line; do n=$((n+1)); test $n -lt 3 && echo \"$1\"; done' tagger '{answer}'"))
                .unwrap();
        let origin = format!("model:{}", pipe.name);
        for _ in 0..2 {
            assert_eq!(ask(&pipe, "Kelp Board met"), Ok(vec![format!("ORG Kelp Board {origin}")]));
        }
    }

    #[test]
    fn a_failing_command_is_told_with_its_last_words_and_given_up() {
        let pipe = Pipe::new("sh -c 'echo no model here >&2; exit 3'").unwrap();
        for _ in 0..TRIES {
            let fault = ask(&pipe, "Kelp").unwrap_err().to_string();
            assert!(fault.contains("has ended without an answer; it said: no model here"), "{fault}");
        }
        assert!(matches!(ask(&pipe, "Kelp"), Err(PipeFault::GivenUp { .. })));
        let missing = Pipe::new("no-such-tagger-here").unwrap();
        assert!(matches!(ask(&missing, "Kelp"), Err(PipeFault::Start { .. })));
    }

    #[test]
    fn an_answer_of_another_text_or_none_at_all_is_refused() {
        let other = Pipe::new(r#"sh -c 'while read -r line; do echo "{\"text\":\"else\"}"; done'"#).unwrap();
        assert!(matches!(ask(&other, "Kelp"), Err(PipeFault::Answer { .. })));
        let nonsense = Pipe::new("sh -c 'while read -r line; do echo hello; done'").unwrap();
        assert!(matches!(ask(&nonsense, "Kelp"), Err(PipeFault::Answer { .. })));
        let silent = Pipe { patience: Duration::from_millis(50), ..Pipe::new("sleep 60").unwrap() };
        assert!(matches!(ask(&silent, "Kelp"), Err(PipeFault::Silent { .. })));
    }
}
