//! Reading: zones against those a person gave the gold articles, and files of every kind.

use manicule::annotation::{ArticleId, ZoneKind};
use manicule::reading;

use crate::support::gold;

/// Whether the tagger looks at a line is what matters most; that is never wrong. The kinds may be, seldom.
#[test]
fn zones_of_the_gold_articles() {
    let (mut lines, mut right) = (0, 0);
    for gold in gold::all() {
        let article = reading::from_text(ArticleId::new(&gold.name), &gold.text);
        for (span, kind) in gold.lines {
            let middle = span.start as usize + gold.text[span.range()].trim_end().len() - 1;
            let middle = (0..=middle).rev().find(|at| gold.text.is_char_boundary(*at)).unwrap();
            let found = article.zone_at(middle);
            let line = &gold.text[span.range()];
            assert_eq!(found == ZoneKind::Boilerplate, kind == ZoneKind::Boilerplate, "{}: {line:?} is {kind:?}", gold.name);
            lines += 1;
            right += usize::from(found == kind);
            if found != kind {
                println!("{}: {line:?} is {kind:?}, taken for {found:?}", gold.name);
            }
        }
    }
    assert!(right * 100 >= lines * 97, "{right} of {lines} lines");
}
