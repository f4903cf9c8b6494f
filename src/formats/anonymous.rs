//! Annotations without the people who made them.

use crate::annotation::Article;

/// The article without who decided and when, without the path of its file, and without what other tools said of it,
/// which may name people too. Notes stay: they are the analyst's words on the text.
pub fn anonymous(article: &Article) -> Article {
    let mut bare = article.clone();
    bare.source = None;
    bare.extras.clear();
    for mention in &mut bare.mentions {
        mention.by = None;
        mention.at = None;
        mention.extras.clear();
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Digest, Extra, Source, Time};
    use crate::formats::{Format, Options, StateFilter};

    #[test]
    fn no_name_time_or_path_is_left() {
        let session = crate::dsl::session(&["[PERSON! Ilse Amrein] spoke"]);
        let mut article = session.articles()[0].as_ref().clone();
        article.source =
            Some(Source { path: "desk/secret.txt".to_owned(), size: 9, digest: Digest::of(b"x"), encoding: "UTF-8".to_owned() });
        article.mentions[0].by = Some("R. Holm".into());
        article.mentions[0].at = Some(Time(1_700_000_000));
        article.mentions[0].extras = vec![Extra { format: "brat".to_owned(), key: "annotator".to_owned(), value: "R. Holm".to_owned() }];
        let written = |article: &Article| {
            let mut out = Vec::new();
            let options = Options { state: StateFilter::All, ..Options::default() };
            Format::Jsonl.render(article, &options, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        let (full, bare) = (written(&article), written(&anonymous(&article)));
        for secret in ["R. Holm", "secret.txt", "2023-11-14"] {
            assert!(full.contains(secret), "{secret}");
            assert!(!bare.contains(secret), "{secret}");
        }
        assert!(bare.contains("Ilse Amrein"));
    }
}
