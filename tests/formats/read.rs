//! What the files of others hold, and what is read of them.

use std::sync::atomic::AtomicBool;

use manicule::formats::read_paths;
use manicule::reading::How;

use crate::support::dsl;

/// Who writes it so; the files, each with its name; the pages that they are, and what is told of them (nothing where it is
/// empty).
struct Row {
    source: &'static str,
    files: &'static [(&'static str, &'static str)],
    pages: &'static [&'static str],
    told: &'static str,
}

/// Every row that is not as it should be is told.
#[track_caller]
fn check(rows: &[Row]) {
    let faults: Vec<String> = rows.iter().filter_map(|row| fault(row).map(|fault| format!("{}: {fault}", row.source))).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn fault(Row { files, pages, told, .. }: &Row) -> Option<String> {
    let desk = tempfile::tempdir().unwrap();
    let paths: Vec<_> = files.iter().map(|(name, _)| desk.path().join(name)).collect();
    for (path, (_, words)) in paths.iter().zip(*files) {
        std::fs::write(path, words).unwrap();
    }
    let read = read_paths(&paths[..1], How::default(), &|_, _| (), &AtomicBool::new(false));
    let shown: Vec<String> = read.articles.iter().map(dsl::show).collect();
    let faults: Vec<String> = read.faults.iter().map(|fault| fault.trouble.to_string()).collect();
    let is_told = if told.is_empty() { faults.is_empty() } else { faults.iter().any(|fault| fault.contains(told)) };
    (shown != *pages || !is_told).then(|| format!("{shown:?}, told {faults:?}"))
}

#[test]
fn conll() {
    check(&[
        Row {
            source: "CoNLL-2003 as published: IOB1, so I- begins a name too",
            files: &[(
                "a.conll",
                "-DOCSTART- -X- -X- O\n\nU.N. NNP I-NP I-ORG\nmet VBD I-VP O\nEU NNP I-NP I-ORG\nNATO NNP I-NP B-ORG\n\n",
            )],
            pages: &["[ORG! U.N.] met [ORG! EU] [ORG! NATO]"],
            told: "",
        },
        Row {
            source: "spaCy 3.8.18 writes its own mark of an article",
            files: &[("a.conll", "-DOCSTART- -X- O O\n\nUN NNP O B-ORG\n\n-DOCSTART- -X- O O\n\nEU NNP O B-ORG\n\n")],
            pages: &["[ORG! UN]", "[ORG! EU]"],
            told: "",
        },
        Row {
            source: "Label Studio 1.23.2, CONLL2003: a mark of three columns, no blank line behind it, tags in the last column, no line between tasks",
            files: &[("a.conll", "-DOCSTART- -X- O\nUN -X- _ B-ORG\nmet -X- _ O\n\nEU -X- _ B-ORG\n")],
            pages: &["[ORG! UN] met\n[ORG! EU]"],
            told: "no line stands between its articles",
        },
        Row {
            source: "Flair and Stanza: BIOES",
            files: &[("a.conll", "Ann B-PERSON\nLee E-PERSON\nleft O\nUN S-ORG\n")],
            pages: &["[PERSON! Ann Lee] left [ORG! UN]"],
            told: "",
        },
        Row {
            source: "corpora with tabs and two columns",
            files: &[("a.conll", "Ann\tB-PERSON\nleft\tO\n")],
            pages: &["[PERSON! Ann] left"],
            told: "",
        },
        Row {
            source: "CorefUD and GUM (CoNLL-U): brackets in MISC, and SpaceAfter=No",
            files: &[(
                "a.conllu",
                "# newdoc id = a\n# text = Ann Lee left.\n1\tAnn\tAnn\tPROPN\t_\t_\t0\t_\t_\tEntity=(e1-PERSON\n2\tLee\tLee\tPROPN\t_\t_\t0\t_\t_\tEntity=e1)\n3\tleft\tleave\tVERB\t_\t_\t0\t_\t_\tSpaceAfter=No\n4\t.\t.\tPUNCT\t_\t_\t0\t_\t_\t_\n\n",
            )],
            pages: &["[PERSON! Ann Lee] left."],
            told: "",
        },
    ]);
}

#[test]
fn brat() {
    check(&[
        Row {
            source: "brat annotation.py: fragments are one name over all of them",
            files: &[("a.txt", "Mr and Mrs Holm"), ("a.ann", "T1\tPERSON 0 2;11 15\tMr Holm\n")],
            pages: &["[PERSON! Mr and Mrs Holm]"],
            told: "",
        },
        Row {
            source: "Python with universal line ends does not count the carriage return (brat issue 1169)",
            files: &[("a.txt", "Ann\r\n\r\nin Oslo"), ("a.ann", "T1\tGPE 8 12\tOslo\n")],
            pages: &["Ann\r\n\r\nin [GPE! Oslo]"],
            told: "count each line end as one",
        },
        Row {
            source: "brat issue 1301: a byte order mark before the text",
            files: &[("a.txt", "\u{feff}Ann in Oslo"), ("a.ann", "T1\tGPE 7 11\tOslo\n")],
            pages: &["Ann in [GPE! Oslo]"],
            told: "",
        },
        Row {
            source: "BioNLP: names given in .a1, what was found in .a2",
            files: &[("a.txt", "Ann in Oslo"), ("a.a1", "T1\tPERSON 0 3\tAnn\n"), ("a.a2", "T2\tGPE 7 11\tOslo\nE1\tGPE:T2\n")],
            pages: &["[PERSON! Ann] in [GPE! Oslo]"],
            told: "",
        },
        Row {
            source: "a client of brat's that counts UTF-16 units",
            files: &[("a.txt", "😀 in Oslo"), ("a.ann", "T1\tGPE 6 10\tOslo\n")],
            pages: &["😀 in [GPE! Oslo]"],
            told: "count UTF-16 units",
        },
    ]);
}

#[test]
fn label_studio() {
    check(&[
        Row {
            source: "Label Studio 1.23.2, JSON: tasks with annotations and predictions",
            files: &[(
                "a.json",
                r#"[{"id":1,"data":{"text":"😀 Ann met Bo"},"annotations":[{"result":[{"type":"labels","from_name":"label","to_name":"text","value":{"start":2,"end":5,"text":"Ann","labels":["PERSON"]}}]}],"predictions":[{"model_version":"m","result":[{"type":"labels","value":{"start":10,"end":12,"text":"Bo","labels":["PERSON"]}}]}]}]"#,
            )],
            pages: &["😀 [PERSON! Ann] met [PERSON? Bo]"],
            told: "",
        },
        Row {
            source: "label-studio-sdk 2.1.2, JSON_MIN: the key label is left out where there is no region",
            files: &[(
                "a.json",
                r#"[{"text":"Ann met Bo","id":1,"annotation_id":1,"lead_time":2.5},{"text":"Cy","id":2,"label":[{"start":0,"end":2,"text":"Cy","labels":["PERSON"]}],"annotation_id":2,"lead_time":1.0}]"#,
            )],
            pages: &["Ann met Bo", "[PERSON! Cy]"],
            told: "",
        },
        Row {
            source: "Label Studio before 1.4 (issue 1347): UTF-16 units",
            files: &[(
                "a.json",
                r#"[{"data":{"text":"😀 Ann"},"annotations":[{"result":[{"type":"labels","value":{"start":3,"end":6,"text":"Ann","labels":["PERSON"]}}]}]}]"#,
            )],
            pages: &["😀 [PERSON! Ann]"],
            told: "count UTF-16 units",
        },
        Row {
            source: "Label Studio 1.23.2: an annotation that was cancelled is none",
            files: &[(
                "a.json",
                r#"[{"data":{"text":"Ann"},"annotations":[{"was_cancelled":true,"result":[{"type":"labels","value":{"start":0,"end":3,"text":"Ann","labels":["PERSON"]}}]}]}]"#,
            )],
            pages: &["Ann"],
            told: "",
        },
        Row {
            source: "Label Studio 1.23.2 stores offsets that lie nowhere",
            files: &[(
                "a.json",
                r#"[{"data":{"text":"Ann"},"annotations":[{"result":[{"type":"labels","value":{"start":7,"end":9,"text":"Bo","labels":["PERSON"]}}]}]}]"#,
            )],
            pages: &["Ann"],
            told: "does not stand in the text",
        },
    ]);
}

#[test]
fn doccano() {
    check(&[
        Row {
            source: "doccano 1.8.4, JSONL: triples under label, in UTF-16 units",
            files: &[(
                "a.jsonl",
                "{\"id\":1,\"text\":\"😀 Ann Lee met Bo\",\"label\":[[3,10,\"PERSON\"],[15,17,\"PERSON\"]],\"Comments\":[]}\n",
            )],
            pages: &["😀 [PERSON! Ann Lee] met [PERSON! Bo]"],
            told: "",
        },
        Row {
            source: "doccano 1.8.4, JSONL(relation): entities with start_offset, counted by a Python client",
            files: &[(
                "a.jsonl",
                "{\"id\":1,\"text\":\"😀 Ann Lee met Bo\",\"entities\":[{\"id\":1,\"label\":\"PERSON\",\"start_offset\":2,\"end_offset\":9},{\"id\":2,\"label\":\"PERSON\",\"start_offset\":14,\"end_offset\":16}],\"relations\":[],\"Comments\":[]}\n",
            )],
            pages: &["😀 [PERSON! Ann Lee] met [PERSON! Bo]"],
            told: "as code points",
        },
        Row {
            source: "doccano before 1.0: labels",
            files: &[("a.jsonl", "{\"id\":1,\"text\":\"Ann met\",\"labels\":[[0,3,\"PERSON\"]]}\n")],
            pages: &["[PERSON! Ann] met"],
            told: "",
        },
    ]);
}

#[test]
fn rows_of_json() {
    check(&[
        Row {
            source: "spaCy 3.8.18, rows for training",
            files: &[("a.jsonl", "[\"😀 Ann met\", {\"entities\": [[2, 5, \"PERSON\"]]}]\n")],
            pages: &["😀 [PERSON! Ann] met"],
            told: "",
        },
        Row {
            source: "spaCy 3.8.18, spans of a group",
            files: &[("a.jsonl", "[\"Ann Lee\", {\"entities\": [[0, 3, \"PERSON\"]], \"spans\": {\"sc\": [[0, 7, \"PERSON\"]]}}]\n")],
            pages: &["[PERSON! [PERSON! Ann] Lee]"],
            told: "",
        },
        Row {
            source: "Prodigy: token_end is inclusive and is not read; reject is a rejection",
            files: &[(
                "a.jsonl",
                "{\"text\":\"Ann Lee met\",\"spans\":[{\"start\":0,\"end\":7,\"token_start\":0,\"token_end\":1,\"label\":\"PERSON\"}],\"answer\":\"reject\",\"_view_id\":\"ner_manual\"}\n",
            )],
            pages: &["[PERSON~ Ann Lee] met"],
            told: "",
        },
        Row {
            source: "datasets 5.2.0: tokens and tags by name",
            files: &[("a.jsonl", "{\"id\":\"1\",\"tokens\":[\"Ann\",\"left\",\".\"],\"ner_tags\":[\"B-PERSON\",\"O\",\"O\"]}\n")],
            pages: &["[PERSON! Ann] left."],
            told: "",
        },
        Row {
            source: "datasets 5.2.0: numbers of a ClassLabel have no names in the file",
            files: &[("a.jsonl", "{\"id\":\"1\",\"tokens\":[\"Ann\"],\"ner_tags\":[1]}\n")],
            pages: &[],
            told: "numbers for tags",
        },
        Row {
            source: "our own: U+2028 inside a text ends no line",
            files: &[("a.jsonl", "{\"text\":\"a\u{2028}UN\",\"entities\":[[2,4,\"ORG\"]]}\n")],
            pages: &["a\u{2028}[ORG! UN]"],
            told: "",
        },
        Row {
            source: "our own: what one line says twice is one",
            files: &[("a.jsonl", "{\"text\":\"UN\",\"entities\":[[0,2,\"ORG\"],[0,2,\"ORG\"]]}\n")],
            pages: &["[ORG! UN]"],
            told: "stands twice",
        },
        Row {
            source: "gatenlp 1.0.8, bdocjs: offset_type j counts UTF-16 units",
            files: &[(
                "a.bdocjs",
                r#"{"text":"😀 Ann","features":{},"offset_type":"j","name":"a","annotation_sets":{"":{"name":"","next_annid":1,"annotations":[{"id":0,"type":"PERSON","start":3,"end":6,"features":{}}]}}}"#,
            )],
            pages: &["😀 [PERSON! Ann]"],
            told: "",
        },
        Row {
            source: "Excel, German: a table parted by semicolons, here without the text of its article",
            files: &[("a.csv", "doc_id;start;end;label;text\r\n1;0;3;PERSON;Ann\r\n")],
            pages: &[],
            told: "does not hold the text of article",
        },
    ]);
}

#[test]
fn xml_and_json_ld() {
    check(&[
        Row {
            source: "Apache UIMA 2.10.2: begin and end count UTF-16 units",
            files: &[(
                "a.xmi",
                "<?xml version=\"1.0\"?><xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\" xmlns:type4=\"http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore\" xmi:version=\"2.0\"><cas:NULL xmi:id=\"0\"/><type4:NamedEntity xmi:id=\"2\" sofa=\"1\" begin=\"3\" end=\"6\" value=\"PERSON\"/><cas:Sofa xmi:id=\"1\" sofaNum=\"1\" sofaID=\"_InitialView\" mimeType=\"text/plain\" sofaString=\"😀 Ann\"/><cas:View sofa=\"1\" members=\"2\"/></xmi:XMI>",
            )],
            pages: &["😀 [PERSON! Ann]"],
            told: "",
        },
        Row {
            source: "INCEpTION: an annotation that the View does not list is not there",
            files: &[(
                "a.xmi",
                "<?xml version=\"1.0\"?><xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\" xmlns:type4=\"http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore\" xmi:version=\"2.0\"><cas:NULL xmi:id=\"0\"/><type4:NamedEntity xmi:id=\"2\" sofa=\"1\" begin=\"0\" end=\"3\" value=\"PERSON\"/><cas:Sofa xmi:id=\"1\" sofaNum=\"1\" sofaID=\"_InitialView\" mimeType=\"text/plain\" sofaString=\"Ann\"/><cas:View sofa=\"1\" members=\"\"/></xmi:XMI>",
            )],
            pages: &["Ann"],
            told: "not listed in the view",
        },
        Row {
            source: "Apache Annotator 0.2.0: a quote with prefix and suffix",
            files: &[
                ("a.txt", "Paris and Paris"),
                (
                    "a.jsonld",
                    r#"{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","motivation":"tagging","body":{"type":"TextualBody","purpose":"tagging","value":"GPE"},"target":{"source":"x","selector":{"type":"TextQuoteSelector","exact":"Paris","prefix":"and "}}}"#,
                ),
            ],
            pages: &["Paris and [GPE! Paris]"],
            told: "",
        },
        Row {
            source: "TEI P5: names are elements, and their kinds labels",
            files: &[(
                "a.xml",
                "<?xml version=\"1.0\"?><TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader/><text><body><p><persName>Ann Lee</persName> in <placeName>Oslo</placeName></p></body></text></TEI>",
            )],
            pages: &["[PERSON! Ann Lee] in [GPE! Oslo]"],
            told: "",
        },
    ]);
}
