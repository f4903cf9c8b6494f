//! How fast articles are tagged, with everything on: `cargo bench --bench tagging`.
//!
//! The text is that of the sample articles, in bytes a second on one core. Beside it, what comes before the first
//! article: reading the packed lists.

use std::fs;
use std::path::Path;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use manicule::annotation::{ArticleId, Scheme};
use manicule::reading::from_text;
use manicule::tagger::gazetteer::Lexicon;
use manicule::tagger::{Context, Tagger};

/// The sample articles in plain text, in the order of their names.
fn articles() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions/sources");
    let entries = fs::read_dir(&folder).unwrap_or_else(|fault| panic!("{}: {fault}", folder.display()));
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    paths.sort();
    paths.iter().filter_map(|path| fs::read_to_string(path).ok()).collect()
}

fn tagging(c: &mut Criterion) {
    let (tagger, scheme) = (Tagger::standard(), Scheme::standard());
    let texts = articles();
    let zoned: Vec<_> = texts.iter().map(|text| from_text(ArticleId::new("article"), text)).collect();
    let mut group = c.benchmark_group("tagging");
    group.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
    group.measurement_time(Duration::from_secs(10)).sample_size(20);
    group.bench_function("articles", |b| {
        b.iter(|| {
            let found = zoned.iter().map(|article| {
                let context = Context { scheme: &scheme, zones: &article.zones, published: Some("2024-10-08"), language: None };
                tagger.suggest(&article.text, &context).len()
            });
            found.sum::<usize>()
        });
    });
    group.finish();
}

fn loading(c: &mut Criterion) {
    let packed = include_bytes!("../assets/gazetteers/lists.gz");
    c.benchmark_group("loading").sample_size(20).bench_function("lists", |b| b.iter(|| Lexicon::read(packed).is_ok()));
}

criterion_group!(benches, tagging, loading);
criterion_main!(benches);
