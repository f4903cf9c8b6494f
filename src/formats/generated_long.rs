//! The articles of [`generated`](super::generated) in files that are read as they come, wherever their beginning ends.

use std::io::{BufRead, Cursor};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use proptest::prelude::*;

use super::export::Output;
use super::format::Format;
use super::generated::article;
use super::options::{Options, StateFilter};
use super::{conll, csv};
use crate::annotation::{Article, ArticleId};
use crate::reading::{How, Incoming, Input, Sink, Trouble};

type ReadLong = fn(String, Box<dyn BufRead>, &Path, How<'_>, &mut Sink<'_>) -> Result<(), Trouble>;

/// Formats whose readers hand out the articles of a large file as they come.
const FORMATS: [(&Format, ReadLong); 4] = [
    (&conll::IOB2, |head, rest, path, how, sink| conll::read_long(head, rest, path, how, sink)),
    (&conll::BIOES, |head, rest, path, how, sink| conll::read_long(head, rest, path, how, sink)),
    (&csv::COMMA, |head, rest, path, how, sink| csv::read_long(head, rest, path, how, sink)),
    (&csv::TAB, |head, rest, path, how, sink| csv::read_long(head, rest, path, how, sink)),
];

/// What is handed out and told.
fn taken(read: impl FnOnce(&mut Sink<'_>) -> Result<(), Trouble>) -> Vec<String> {
    let mut taken = Vec::new();
    let mut take = |found: Result<Incoming, Trouble>| {
        taken.push(match found {
            Ok(Incoming { article, number, notes, .. }) => format!("{number} {article:?} {notes:?}"),
            Err(trouble) => trouble.to_string(),
        });
    };
    let end = read(&mut Sink::new(&mut take, &AtomicBool::new(false)));
    taken.extend(end.err().map(|trouble| trouble.to_string()));
    taken
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_file_that_is_read_as_it_comes_gives_what_it_gives_as_a_whole(
        articles in prop::collection::vec(article(), 1..4),
        cut: prop::sample::Index,
    ) {
        let options = Options { state: StateFilter::All, ..Options::default() };
        let path = Path::new("file");
        for (format, read_long) in FORMATS {
            let mut bytes = Vec::new();
            let mut output = Output::to_stream(format, &mut bytes).unwrap();
            for (i, article) in articles.iter().enumerate() {
                let article = Article { id: ArticleId::new(&format!("a{i}")), ..article.clone() };
                output.put(&article.id, format.render(&article, &options).unwrap()).unwrap();
            }
            output.finish().unwrap();
            let text = String::from_utf8(bytes).unwrap();
            let reader = format.reader.unwrap();
            let whole = taken(|sink| (reader.read)(&mut Input::of_bytes(path, text.as_bytes()).unwrap(), How::default(), sink));
            // At the end of the first line at least, for by that a file is known.
            let first = text.find('\n').map_or(text.len(), |end| end + 1);
            let cut = text.ceil_char_boundary(first + cut.index(text.len() - first + 1));
            let (head, rest) = text.split_at(cut);
            let rest = Box::new(Cursor::new(rest.to_owned()));
            let long = taken(|sink| read_long(head.to_owned(), rest, path, How::default(), sink));
            // Of columns whose beginning has no row nobody can tell what they are.
            if !long.iter().any(|told| told.contains("has no columns")) {
                prop_assert_eq!(long, whole, "{}", format);
            }
        }
    }
}
