//! What is written as columns and rows.

use super::writing::{Row, check};

#[test]
fn conll() {
    check(
        "conll",
        &[
            Row {
                source: "spaCy 3.8.18, convert -c ner: an article begins at exactly this line, then a blank one",
                page: "[ORG! UN]¶x",
                has: &["-DOCSTART- -X- O O\n\nUN -X- _ B-ORG\n\n-DOCSTART- -X- O O\n\nx"],
                lacks: &["-X- -X-"],
                told: "",
            },
            Row {
                source: "spaCy 3.8.18, convert -c ner: a line that begins with # is a token",
                page: "[ORG! UN] met",
                has: &["UN -X- _ B-ORG"],
                lacks: &["# ", "#doc"],
                told: "",
            },
            Row {
                source: "CoNLL-2003: four columns parted by blanks, so no token holds one, NBSP and ideographic blank included",
                page: "[ORG! Bank\u{a0}of\u{3000}Spain]",
                has: &["Bank -X- _ B-ORG\nof -X- _ I-ORG\nSpain -X- _ I-ORG\n"],
                lacks: &["\u{a0}", "\u{3000}"],
                told: "",
            },
            Row {
                source: "seqeval 1.2.2: a span that ends inside a token vanishes, so tokens are cut there",
                page: "[ORG! NATO]s",
                has: &["NATO -X- _ B-ORG\ns -X- _ O\n"],
                lacks: &[],
                told: "",
            },
            Row {
                source: "seqeval 1.2.2: the first letter of a label without prefix is taken for its tag",
                page: "[ORG! UN] [ORG! EU]",
                has: &["UN -X- _ B-ORG\nEU -X- _ B-ORG"],
                lacks: &[" ORG"],
                told: "",
            },
            Row {
                source: "CoNLL has no nesting: the longest is written and the other told",
                page: "[ORG! Bank of [GPE! Spain]]",
                has: &["Spain -X- _ I-ORG"],
                lacks: &["GPE"],
                told: "1 mention is missing: ",
            },
            Row {
                source: "Python str.split: control characters part words",
                page: "[ORG! U\u{1c}N]",
                has: &[],
                lacks: &["\u{1c}"],
                told: "",
            },
            Row {
                source: "seqscore 0.9.0: a blank line inside a mention cuts it in two",
                page: "[WORK_OF_ART! Stop. Go on.]",
                has: &["Stop -X- _ B-WORK_OF_ART\n. -X- _ I-WORK_OF_ART\nGo -X- _ I-WORK_OF_ART"],
                lacks: &[],
                told: "",
            },
            Row {
                source: "every reader of CoNLL: a word that looks like the mark of an article",
                page: "-DOCSTART- [ORG! UN]",
                has: &["UN -X- _ B-ORG"],
                lacks: &["-DOCSTART- -X- _"],
                told: "",
            },
        ],
    );
    check(
        "conll-iob1",
        &[Row {
            source: "CoNLL-2003 as published (IOB1): B- only where two of a kind touch",
            page: "[ORG! UN] met [ORG! EU] [ORG! NATO]",
            has: &["UN -X- _ I-ORG", "EU -X- _ I-ORG\nNATO -X- _ B-ORG"],
            lacks: &[],
            told: "",
        }],
    );
    check(
        "conll-bioes",
        &[Row {
            source: "BIOES as Stanza and Flair write it: S- alone, E- at the end",
            page: "[ORG! UN] met [PERSON! Ann Lee]",
            has: &["UN -X- _ S-ORG", "Ann -X- _ B-PERSON\nLee -X- _ E-PERSON"],
            lacks: &["U-", "L-"],
            told: "",
        }],
    );
}

#[test]
fn spacy() {
    check(
        "spacy",
        &[
            Row {
                source: "spaCy 3.8.18: offsets of rows count code points",
                page: "😀 [ORG! 𠮷野家] met",
                has: &["[2,5,\"ORG\"]"],
                lacks: &[],
                told: "",
            },
            Row {
                source: "spaCy 3.8.18, E1010: overlapping entities are refused, so the longest is written",
                page: "[ORG! Bank of [GPE! Spain]]",
                has: &["[0,13,\"ORG\"]"],
                lacks: &["GPE"],
                told: "1 mention is missing",
            },
            Row {
                source: "spaCy 3.8.18, W030: a span that cuts a token is left out of training without a word",
                page: "高橋[ORG! 𠮷野家]",
                has: &["[2,5,\"ORG\"]"],
                lacks: &[],
                told: "W030",
            },
            Row {
                source: "spaCy 3.8.18, debug data: a span with a blank at its edge is invalid (issue 13297)",
                page: "[ORG! UN ]met",
                has: &["[0,2,\"ORG\"]"],
                lacks: &[],
                told: "blanks at its edges were left out",
            },
            Row {
                source: "spaCy 3.8.18: the converter to DocBin lies beside",
                page: "[ORG! UN]",
                has: &["== out.to-docbin.py", "DocBin"],
                lacks: &[],
                told: "",
            },
        ],
    );
}

#[test]
fn jsonl_and_datasets() {
    check(
        "jsonl",
        &[
            Row {
                source: "Python str.splitlines, Ray 2.60 read_text: U+2028, U+2029 and U+0085 end a line",
                page: "a\u{2028}b\u{2029}c\u{85}[ORG! UN]",
                has: &["a\\u2028b\\u2029c\\u0085UN"],
                lacks: &["\u{2028}", "\u{2029}", "\u{85}"],
                told: "",
            },
            Row {
                source: "duckdb 2.0.1: a later score 0.5 reads as 0 where all before were 1",
                page: "[ORG? UN]",
                has: &["\"score\":1.0"],
                lacks: &["\"score\":1,"],
                told: "",
            },
            Row {
                source: "polars 2.1 read_ndjson: a field first met after line 100 is dropped without a word, so the first line has all",
                page: "x",
                has: &["\"meta\":{\"title\":", "\"zones\":[", "\"entities\":[]"],
                lacks: &[],
                told: "",
            },
        ],
    );
    check(
        "datasets",
        &[
            Row {
                source: "datasets 5.2.0, load_dataset(json): tags are names, for the loader keeps none of a number's",
                page: "[ORG! UN] met",
                has: &["\"ner_tags\":[\"B-ORG\",\"O\"]", "\"tokens\":[\"UN\",\"met\"]"],
                lacks: &[],
                told: "",
            },
            Row {
                source: "datasets 5.2.0: every row has the same columns, also that of an empty article",
                page: "¶[ORG! UN]",
                has: &["\"ner_tags\":[],\"text\":\"\",\"tokens\":[]"],
                lacks: &["null"],
                told: "",
            },
        ],
    );
}
