//! The articles of [`generated`](super::generated), out as folders and in again by whoever knows the files.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use proptest::prelude::*;

use super::choose::choose;
use super::export::Output;
use super::format::{Container, Format};
use super::generated::{article, entities};
use super::loss::Extent;
use super::open::read_paths;
use super::options::{Options, StateFilter};
use super::render::compare;
use super::table::FORMATS;
use super::xml::clean;
use crate::annotation::{Article, ArticleId};
use crate::reading::How;

fn folders() -> impl Iterator<Item = &'static Format> {
    let is_folder = |format: &&Format| format.writer.as_ref().is_some_and(|writer| matches!(writer.container, Container::Folder { .. }));
    FORMATS.iter().copied().filter(|format| format.reader.is_some()).filter(is_folder)
}

/// The text as it comes back: brat’s has line feeds alone, and XML holds no control characters.
fn as_carried(format: &Format, article: &Article) -> Article {
    match format.name {
        "brat" => super::brat::flat(article),
        "tei" | "xmi" | "casjson" => Article { text: clean(&article.text).0.into(), ..article.clone() },
        _ => article.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn every_folder_gives_back_what_was_written(articles in prop::collection::vec(article(), 1..3)) {
        let entities = entities();
        let options = Options { state: StateFilter::All, entities: Some(&entities), ..Options::default() };
        let articles: Vec<Article> = (0..).zip(articles).map(|(i, article): (usize, _)| Article { id: ArticleId::new(&format!("a{i}")), ..article }).collect();
        for format in folders() {
            let desk = tempfile::tempdir().unwrap();
            let path = desk.path().join("out");
            let mut output = Output::create(format, &path).unwrap();
            let mut written = BTreeMap::new();
            for article in &articles {
                let rendered = format.render(article, &options).unwrap();
                let lost: Vec<_> = rendered.sheet.lost.iter().filter(|lost| lost.extent == Extent::Whole).filter_map(|lost| lost.mention).collect();
                output.put(&article.id, rendered).unwrap();
                let mut chosen = choose(article, format.writer.as_ref().unwrap(), &options).article;
                chosen.mentions.retain(|mention| !lost.contains(&mention.id));
                written.insert(article.id.clone(), as_carried(format, &chosen));
            }
            output.finish().unwrap();
            let read = read_paths(&[path], How::default(), &|_, _| (), &AtomicBool::new(false));
            prop_assert!(read.faults.is_empty(), "{}: {:?}", format, read.faults);
            prop_assert_eq!(read.articles.len(), written.len(), "{}", format);
            for back in &read.articles {
                let article = &written[&back.id];
                let same = compare(format.writer.as_ref().unwrap(), article, &article.mentions.iter().collect::<Vec<_>>(), back);
                prop_assert!(same.is_ok(), "{}: {:?}", format, same);
                prop_assert_eq!((&back.zones, &back.desk), (&article.zones, &article.desk), "{}", format);
            }
        }
    }
}
