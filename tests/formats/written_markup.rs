//! What is written as markup, linked data and tables.

use super::writing::{Row, check};

#[test]
fn uima() {
    check(
        "xmi",
        &[
            Row {
                source: "Apache UIMA 2.10.2 (Java): begin and end count UTF-16 units",
                page: "😀 [ORG! UN]",
                has: &["begin=\"3\" end=\"5\" value=\"ORG\""],
                lacks: &[],
                told: "",
            },
            Row {
                source: "XML 1.0: a parser makes blanks of line ends in an attribute, so they are written by number",
                page: "Ann\r\n[ORG! UN]\t",
                has: &["sofaString=\"Ann&#13;&#10;UN&#9;\""],
                lacks: &[],
                told: "",
            },
            Row {
                source: "dkpro-cassis 0.12 reads XML 1.0 only, which has no form feed",
                page: "Ann\u{c}[ORG! UN]",
                has: &["sofaString=\"Ann UN\"", "begin=\"4\" end=\"6\" value=\"ORG\""],
                lacks: &["\u{c}", "version=\"1.1\""],
                told: "",
            },
            Row {
                source: "cas2iob 0.1.0: without Sentence and Token a header and nothing else",
                page: "[ORG! UN] met.",
                has: &[":Sentence xmi:id=", ":Token xmi:id="],
                lacks: &[],
                told: "",
            },
            Row {
                source: "cas2iob 0.1.0: a Wikidata id begins exactly http://www.wikidata.org/entity/",
                page: "[GPE! Spain]",
                has: &["identifier=\"http://www.wikidata.org/entity/Q29\""],
                lacks: &["https://www.wikidata"],
                told: "",
            },
            Row {
                source: "INCEpTION: what is not listed in the View is not seen",
                page: "[ORG! UN]",
                has: &["<cas:View sofa=\"1\" members=\"2 3"],
                lacks: &[],
                told: "",
            },
        ],
    );
}

#[test]
fn web_annotation() {
    check(
        "webannotation",
        &[
            Row {
                source: "W3C REC 2017-02-23, 4.2.4: positions count code points",
                page: "😀 [ORG! UN]",
                has: &["\"end\": 4", "\"start\": 2", "\"unit\": \"code points\""],
                lacks: &[],
                told: "",
            },
            Row {
                source: "Apache Annotator 0.2.0: a quote that stands twice selects both, so it has as much around it as makes it the only one",
                page: "Paris and [GPE! Paris]",
                has: &["\"prefix\": \"Paris and \""],
                lacks: &[],
                told: "",
            },
            Row {
                source: "JSON-LD 1.1 (PyLD 3.3): terms of no context are dropped without a word",
                page: "[ORG? UN]",
                has: &["\"state\": \"urn:manicule:state\"", "\"urn:manicule:score\""],
                lacks: &[],
                told: "",
            },
            Row {
                source: "W3C REC: no selector begins inside a grapheme cluster",
                page: "Zoe[ORG! \u{301}x]",
                has: &[],
                lacks: &[],
                told: "begins or ends inside what is one character",
            },
        ],
    );
    check(
        "recogito",
        &[Row {
            source: "@recogito/text-annotator 4.1.1 counts UTF-16 units and wants both selectors",
            page: "😀 [ORG! UN]",
            has: &["\"end\": 5", "\"start\": 3", "TextQuoteSelector"],
            lacks: &[],
            told: "",
        }],
    );
}

#[test]
fn bdocjs_tables_and_pages() {
    check(
        "bdocjs",
        &[
            Row {
                source: "gatenlp 1.0.8: offset_type p is code points",
                page: "😀 [ORG! UN]",
                has: &["\"offset_type\":\"p\"", "\"end\":4"],
                lacks: &[],
                told: "",
            },
            Row {
                source: "gatenlp 1.0.8: add() replaces annotation 0 where next_annid is 0",
                page: "[ORG! UN] [GPE! Oslo]",
                has: &["\"next_annid\":2"],
                lacks: &[],
                told: "",
            },
        ],
    );
    check(
        "csv",
        &[Row {
            source: "RFC 4180 and Python csv: rows end in CRLF, a cell with a line end is quoted, and there is no byte order mark",
            page: "[ORG! \"UN\"\nof] x",
            has: &["\"\"\"UN\"\"\nof\"", "\r\n"],
            lacks: &["\u{feff}"],
            told: "",
        }],
    );
    check(
        "csv-excel",
        &[Row {
            source: "Excel: a cell that begins with = is a formula, and UTF-8 needs a byte order mark",
            page: "[ORG! =SUM(1)] x",
            has: &["\u{feff}", "'=SUM(1)"],
            lacks: &[",=SUM"],
            told: "",
        }],
    );
    check(
        "tsv",
        &[Row {
            source: "readers of TSV that do not unquote: tabs and line ends inside a cell break the table",
            page: "[ORG! a\tb\nc] x",
            has: &["a\\tb\\nc"],
            lacks: &["a\tb"],
            told: "",
        }],
    );
    check(
        "html",
        &[Row {
            source: "HTML: markup of a text is no markup of the page",
            page: "<script>x</script> & [ORG! \"UN\"]",
            has: &["&lt;script&gt;x&lt;/script&gt; &amp; "],
            lacks: &["<script>x"],
            told: "",
        }],
    );
    check(
        "tei",
        &[Row {
            source: "TEI P5: a name inside another is an element inside it",
            page: "[PERSON! Ann of [ORG! Bo]] met",
            has: &["\">Ann of <orgName type=\"ORG\" cert=\"high\">Bo</orgName></persName> met"],
            lacks: &[],
            told: "",
        }],
    );
}
