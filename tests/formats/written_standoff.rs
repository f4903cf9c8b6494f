//! What is written as spans beside a text.

use super::writing::{Row, check};

#[test]
fn brat() {
    check(
        "brat",
        &[
            Row {
                source: "brat annotation.py: offsets count code points",
                page: "😀 [ORG! UN]",
                has: &["T1\tORG 2 4\tUN"],
                lacks: &[],
                told: "",
            },
            Row {
                source: "brat annotation.py: a span across a line end is written in fragments joined by a blank",
                page: "[ORG! Bank\nof Spain]",
                has: &["T1\tORG 0 4;5 13\tBank of Spain"],
                lacks: &[],
                told: "",
            },
            Row {
                source: "brat annotation.py (Python readlines): U+2028, U+0085, VT and FF part a line",
                page: "[ORG! Bank\u{2028}of\u{85}all\u{b}of]",
                has: &["T1\tORG 0 4;5 7;8 11;12 14\tBank of all of"],
                lacks: &[],
                told: "",
            },
            Row {
                source: "brat issue 853: its own readers do not agree on whether a carriage return counts",
                page: "Ann\r\n[ORG! UN]",
                has: &["Ann\nUN", "T1\tORG 4 6\tUN"],
                lacks: &["\r"],
                told: "texts of brat have line feeds alone",
            },
            Row {
                source: "brat issue 1301: a byte order mark keeps the first line from being parsed",
                page: "[ORG! UN]",
                has: &["== a.ann\nT1"],
                lacks: &["\u{feff}"],
                told: "",
            },
            Row {
                source: "bratly 0.1.4: an N line without its third column is refused, and so is the file",
                page: "[GPE! Spain]",
                has: &["N1\tReference T1 Wikidata:Q29\tSpain"],
                lacks: &[],
                told: "",
            },
            Row {
                source: "bratiaa 0.1.4: annotation.conf at the root with every type",
                page: "[GPE! Spain] [ORG! UN]",
                has: &["[entities]\nGPE\nORG\n"],
                lacks: &[],
                told: "",
            },
            Row {
                source: "brat projectconfig.py: attributes are declared with their values",
                page: "[GPE? Oslo]",
                has: &["A1\tStatus T1 suggested", "[attributes]\nStatus\tArg:<ENTITY>, Value:suggested|confirmed"],
                lacks: &[],
                told: "",
            },
        ],
    );
}

#[test]
fn label_studio() {
    check(
        "labelstudio",
        &[
            Row {
                source: "Label Studio 1.23.2, domManager: start and end of a Text count code points",
                page: "😀 [ORG! UN]",
                has: &["\"end\":4,\"labels\":[\"ORG\"],\"start\":2,\"text\":\"UN\""],
                lacks: &[],
                told: "",
            },
            Row {
                source: "Label Studio 1.23.2: the server stores offsets unchecked, so the words stand beside them",
                page: "[ORG! UN] met",
                has: &["\"start\":0,\"text\":\"UN\""],
                lacks: &[],
                told: "",
            },
            Row {
                source: "Label Studio 1.23.2: from_name and to_name are those of the config, which names every label",
                page: "[ORG! UN] [GPE? Oslo]",
                has: &[
                    "\"from_name\":\"label\"",
                    "\"to_name\":\"text\"",
                    "<Labels name=\"label\" toName=\"text\">",
                    "<Label value=\"ORG\"/>",
                    "<Label value=\"GPE\"/>",
                ],
                lacks: &[],
                told: "",
            },
            Row {
                source: "label-studio-sdk 2.1.2, converter: a file whose tasks have no id is refused (KeyError)",
                page: "[ORG! UN]",
                has: &["},\"id\":"],
                lacks: &[],
                told: "",
            },
            Row {
                source: "Label Studio 1.23.2: what a model says is a prediction",
                page: "[GPE? Oslo]",
                has: &["\"annotations\":[]", "\"predictions\":[{", "\"score\":1.0"],
                lacks: &[],
                told: "",
            },
        ],
    );
}

#[test]
fn doccano() {
    check(
        "doccano",
        &[
            Row {
                source: "doccano 1.8.4: its page counts UTF-16 units (issue 2290)",
                page: "😀 [ORG! UN]",
                has: &["[[3,5,\"ORG\"]]"],
                lacks: &[],
                told: "",
            },
            Row {
                source: "doccano 1.8.4: overlapping spans are dropped at import without a word, unless the project allows them",
                page: "[ORG! Bank of [GPE! Spain]]",
                has: &["[0,13,\"ORG\"]", "[8,13,\"GPE\"]"],
                lacks: &[],
                told: "doccano drops it on import",
            },
            Row {
                source: "doccano 1.8.4: a line without text is refused (“Invalid data in line 1”), the others are taken",
                page: "¶[ORG! UN]",
                has: &["\"text\":\"\"", "\"text\":\"UN\""],
                lacks: &[],
                told: "doccano refuses a line without text",
            },
        ],
    );
    check(
        "doccano-points",
        &[Row {
            source: "Python readers of doccano's export slice code points",
            page: "😀 [ORG! UN]",
            has: &["[[2,4,\"ORG\"]]"],
            lacks: &[],
            told: "",
        }],
    );
}

#[test]
fn prodigy() {
    check(
        "prodigy",
        &[
            Row {
                source: "Prodigy (spaCy): offsets count code points",
                page: "😀 [ORG! UN]",
                has: &["\"end\":4,\"label\":\"ORG\""],
                lacks: &[],
                told: "",
            },
            Row {
                source: "Prodigy support 6109: tokens that are not spaCy's break the highlights, so none are written",
                page: "[ORG! UN]",
                has: &["\"spans\":[{"],
                lacks: &["\"tokens\"", "token_start", "_input_hash"],
                told: "",
            },
            Row {
                source: "Prodigy: ner_manual takes no overlaps, spans_manual does",
                page: "[ORG! Bank of [GPE! Spain]]¶[ORG! UN]",
                has: &["\"_view_id\":\"spans_manual\"", "\"_view_id\":\"ner_manual\""],
                lacks: &[],
                told: "",
            },
        ],
    );
}
