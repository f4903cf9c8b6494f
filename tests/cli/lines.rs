//! JSONL as other readers see it: they take a table's columns from the first lines or the first file, and drop or refuse what
//! comes later under other keys or with values of another kind (Hugging Face datasets 5.2, polars 2.1, duckdb 2.0, pyarrow 26).

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

use serde_json::Value;

use super::Desk;

/// The kind of a value by its path; a list tells its kind where it holds something.
fn kinds(value: &Value, path: &str, out: &mut BTreeMap<String, &'static str>) {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float",
        Value::Number(_) => "int",
        Value::String(_) => "text",
        Value::Array(items) => {
            // Of the kind of an empty list nothing can be told; only mentions may be such.
            assert!(!items.is_empty() || path == ".entities", "{path} is empty");
            items.iter().for_each(|item| kinds(item, &format!("{path}[]"), out));
            "list"
        }
        Value::Object(fields) => {
            fields.iter().for_each(|(key, value)| kinds(value, &format!("{path}.{key}"), out));
            "object"
        }
    };
    let known = out.insert(path.to_owned(), kind);
    assert!(known.is_none_or(|known| known == kind), "{path} is {known:?} and {kind}");
}

const POOR: &str = "{\"text\":\"no name here, and nothing else\"}\n";
const RICH: &str = "{\"id\":\"b\",\"text\":\"Pumps reach Oldbridge\\n\\nThe mayor, Irena Boric, left.\",\
    \"meta\":{\"title\":\"Pumps\",\"source\":\"The Ledger\",\"published\":\"2024-06-07\",\"language\":\"en\",\"byline\":\"Ewa Lis\",\"url\":\"x\"},\
    \"zones\":[{\"start\":0,\"end\":21,\"kind\":\"headline\"}],\
    \"entities\":[{\"start\":34,\"end\":45,\"label\":\"PERSON\",\"state\":\"confirmed\",\"how\":\"looked\",\"score\":1,\"origin\":\"analyst\",\
    \"entity\":\"boric\",\"entity_name\":\"Irena Boric\",\"kb\":\"Q1\",\"value\":\"v\",\"note\":\"n\",\"by\":\"ewa\",\"at\":\"2024-06-07T08:00:00Z\",\
    \"first\":{\"start\":40,\"end\":45,\"label\":\"ORG\"},\"extras\":[{\"format\":\"brat\",\"key\":\"A1\",\"value\":\"x\"}]}],\
    \"rejected\":[{\"start\":12,\"end\":21,\"label\":\"ORG\"}],\
    \"desk\":{\"progress\":\"done\",\"flagged\":true,\"tags\":[\"x\"],\"note\":\"n\"},\"extras\":[{\"format\":\"brat\",\"key\":\"R1\",\"value\":\"x\"}]}\n";

#[test]
fn every_line_has_the_same_keys_with_values_of_one_kind() {
    let desk = Desk::new(&[]);
    std::fs::write(desk.file("poor.txt"), "no name here, and nothing else").unwrap();
    std::fs::write(desk.file("rich.jsonl"), RICH).unwrap();
    let page = "<article><h1>Riga votes</h1><p>Riga elects a mayor on Sunday.</p></article>";
    std::fs::write(desk.file("page.html"), page).unwrap();
    let mut lines = Vec::new();
    for input in ["poor.txt", "rich.jsonl", "page.html"] {
        lines.push(desk.run(&["tag", input], "").out);
    }
    lines.push(desk.run(&["convert", "-", "--from", "jsonl", "--to", "jsonl", "-o", "-"], &format!("{POOR}{RICH}")).out);
    assert_eq!(desk.run(&["import", "rich.jsonl", "poor.txt", "-o", "u.ron"], "").code, Some(0));
    lines.push(desk.run(&["export", "u.ron", "--to", "jsonl", "--state", "all", "-o", "-"], "").out);
    lines.push(desk.run(&["export", "u.ron", "--to", "jsonl", "--state", "all", "--anonymous", "-o", "-"], "").out);

    let lines: Vec<Value> = lines.iter().flat_map(|out| out.lines()).map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 9);
    let mut all = BTreeMap::new();
    for line in &lines {
        kinds(line, "", &mut all);
    }
    assert!(!all.values().any(|kind| *kind == "null"), "{all:?}");
    assert_eq!(all[".entities[].score"], "float", "also where it is 1");
    // Every object has every key.
    for line in &lines {
        let mut own = BTreeMap::new();
        kinds(line, "", &mut own);
        let is_in_list = |key: &str| key.starts_with(".entities[]") && !own.contains_key(".entities[]");
        let missing: Vec<&String> = all.keys().filter(|key| !own.contains_key(*key) && !is_in_list(key)).collect();
        assert!(missing.is_empty(), "{missing:?} in {line}");
        for entity in line["entities"].as_array().unwrap() {
            let keys = all.keys().filter_map(|key| key.strip_prefix(".entities[].")).filter(|key| !key.contains('.'));
            keys.for_each(|key| assert!(entity.get(key).is_some(), "{key} in {entity}"));
            // A column of nothing but such points in time is read as one of timestamps.
            assert!(!entity["at"].as_str().unwrap().ends_with(":00Z"), "{entity}");
        }
    }
}

/// Lists that most articles have nothing in stand in a text; lists are read too, and come out as they came in.
#[test]
fn lists_in_texts_come_back() {
    let desk = Desk::new(&[]);
    let convert = |lines: &str| desk.run(&["convert", "-", "--from", "jsonl", "--to", "jsonl", "-o", "-"], lines).out;
    let line: Value = serde_json::from_str(&convert(RICH)).unwrap();
    let inner = |value: &Value| serde_json::from_str::<Value>(value.as_str().unwrap()).unwrap();
    let rejected = inner(&line["rejected"]);
    assert_eq!((&rejected[0]["start"], &rejected[0]["text"]), (&12.into(), &"Oldbridge".into()));
    assert_eq!((inner(&line["desk"]["tags"]), &line["entities"][0]["at"]), (serde_json::json!(["x"]), &"2024-06-07T08:00:00.000Z".into()));
    assert_eq!(inner(&line["extras"])[0]["key"], "R1");
    assert_eq!(convert(&convert(RICH)), convert(RICH));
    let broken = desk.run(&["convert", "-", "--from", "jsonl", "--to", "jsonl", "-o", "-"], r#"{"text":"a","rejected":"[{"}"#);
    assert!(broken.code == Some(1) && broken.err.contains("rejected: is no list"), "{broken:?}");
}

#[test]
fn what_is_empty_is_absent_again() {
    let desk = Desk::new(&[]);
    let convert = |lines: &str| desk.run(&["convert", "-", "--from", "jsonl", "--to", "jsonl", "-o", "-"], lines).out;
    let once = convert(&format!("{POOR}{RICH}"));
    assert_eq!(convert(&once), once);
    std::fs::write(desk.file("in.jsonl"), &once).unwrap();
    assert_eq!(desk.run(&["import", "in.jsonl", "-o", "u.ron"], "").code, Some(0));
    let session = std::fs::read_to_string(desk.file("u.ron")).unwrap();
    for nothing in ["score: 0", "note: \"\"", "by: \"\"", "value: \"\"", "path: \"\"", "published: \"\"", "body"] {
        assert!(!session.contains(nothing), "{nothing}: {session}");
    }
}

#[test]
fn separators_of_lines_are_escaped() {
    let desk = Desk::new(&[]);
    let ran = desk.run(&["convert", "-", "--from", "jsonl", "--to", "jsonl", "-o", "-"], "{\"text\":\"a\u{2028}b\u{2029}c\u{85}d\"}\n");
    assert!(ran.out.contains(r#""text":"a\u2028b\u2029c\u0085d""#), "{}", ran.out);
}

/// Parts that were worked on side by side do not claim one id for different texts.
#[test]
fn an_article_without_id_is_called_after_its_text() {
    let desk = Desk::new(&[]);
    let line = |text: &str| format!("{{\"text\":\"{text}\"}}\n");
    let id = |lines: &str| -> Vec<String> {
        let out = desk.run(&["convert", "-", "--from", "jsonl", "--to", "jsonl", "-o", "-"], lines).out;
        out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned()).collect()
    };
    let (one, two) = (id(&line("Ann left.")), id(&format!("{}{}", line("Bo came."), line("Ann left."))));
    assert_eq!(one[0], two[1], "wherever it stands");
    assert_ne!(two[0], two[1]);

    std::fs::write(desk.file("a.jsonl"), "{\"id\":\"x\",\"text\":\"Ann left.\"}\n").unwrap();
    std::fs::write(desk.file("b.jsonl"), "{\"id\":\"x\",\"text\":\"Bo came.\"}\n").unwrap();
    let ran = desk.run(&["import", "a.jsonl", "b.jsonl", "-o", "u.ron"], "");
    assert!(ran.err.contains("b.jsonl: line 1: line 1 of a.jsonl has the id \"x\" too; this article is called \"x-2\""), "{ran:?}");
    assert_eq!(ran.code, Some(1));
    // In one file, and where the ids are made of the texts.
    let told = |lines: &str| {
        std::fs::remove_file(desk.file("v.ron")).ok();
        std::fs::write(desk.file("c.jsonl"), lines).unwrap();
        let ran = desk.run(&["import", "c.jsonl", "-o", "v.ron"], "");
        ran.err.lines().filter(|line| line.contains(" too; ")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(told(&format!("{}{}", line("Ann left."), line("Bo came."))), [""; 0]);
    let twice = told("{\"id\":\"x\",\"text\":\"Ann.\"}\n\n{\"id\":\"y\",\"text\":\"Bo.\"}\n{\"id\":\"x\",\"text\":\"Eva.\"}\n");
    assert_eq!(twice, ["manicule: c.jsonl: line 4: line 1 has the id \"x\" too; this article is called \"x-2\""]);
    let same = told(&format!("{}{}", line("Ann left."), line("Ann left.")));
    assert!(same.len() == 1 && same[0].contains("line 2: line 1 has the id"), "{same:?}");
    // Files are told apart by their stems without a word.
    std::fs::create_dir(desk.file("other")).unwrap();
    std::fs::write(desk.file("a.txt"), "Ann left.").unwrap();
    std::fs::write(desk.file("other/a.txt"), "Bo came.").unwrap();
    assert_eq!(desk.run(&["import", "a.txt", "other", "-o", "t.ron"], "").code, Some(0));
}

#[test]
fn blanks_at_the_edges_of_mentions_are_left_out_and_told() {
    let desk = Desk::new(&[]);
    let line = "{\"id\":\"a\",\"text\":\"Tomas Reyl  left Bergen.\\nMarta Lind stayed.\",\"entities\":[\
        [0,11,\"PERSON\"],[16,23,\"GPE\"],[24,35,\"PERSON\"],{\"start\":36,\"end\":36,\"label\":\"PERSON\"},{\"start\":10,\"end\":12,\"label\":\"ORG\"}]}\n";
    std::fs::write(desk.file("in.jsonl"), line).unwrap();
    let ran = desk.run(&["import", "in.jsonl", "-o", "u.ron"], "");
    assert_eq!(ran.code, Some(1), "{ran:?}");
    for told in ["it stands at 0..10", "it stands at 17..23", "it stands at 25..35", "36..36 is empty", "10..12 holds only blanks"] {
        assert!(ran.err.lines().any(|line| line.contains("in.jsonl: line 1") && line.contains(told)), "{told}: {}", ran.err);
    }
    for format in ["jsonl", "conll"] {
        let out = desk.run(&["export", "u.ron", "--to", format, "-o", "-"], "").out;
        let count = if format == "jsonl" { out.matches("\"state\":\"confirmed\"").count() } else { out.matches(" B-").count() };
        assert_eq!(count, 3, "{out}");
    }

    // An older session may hold what comes in no more.
    let session = std::fs::read_to_string(desk.file("u.ron")).unwrap();
    let older = session.replacen(
        "span: (0, 10), label: \"PERSON\", quote: \"Tomas Reyl\"",
        "span: (0, 11), label: \"PERSON\", quote: \"Tomas Reyl \"",
        1,
    );
    assert_ne!(older, session);
    std::fs::write(desk.file("older.ron"), older).unwrap();
    let ran = desk.run(&["check", "older.ron"], "");
    assert!(ran.code == Some(1) && ran.err.contains("the mention \"Tomas Reyl \" has blanks at its edges"), "{ran:?}");
    let ran = desk.run(&["export", "older.ron", "--to", "jsonl", "-o", "-"], "");
    assert!(ran.code == Some(0) && ran.err.contains("blanks at its edges were left out: “a”: PERSON “Tomas Reyl” at 0..11"), "{ran:?}");
    assert!(ran.out.contains("\"start\":0,\"end\":10,"), "{}", ran.out);

    // From scripts.
    let ran = desk.run(&["apply", "u.ron", "-"], "add a 35..42 EVENT\nadd a 10..12 ORG\nmove a 17..23 16..23\n");
    assert!(ran.out.contains("ok 1") && ran.out.contains("error 2: 10..12 holds only blanks"), "{ran:?}");
    assert!(ran.err.contains("35..42 has blanks at its edges, which were left out; the mention is 36..42"), "{ran:?}");
}

/// What was flattened is told with its place, and fails the same way from a session and from lines.
#[test]
fn losses_are_placed_and_end_alike() {
    let desk = Desk::new(&[]);
    let line = "{\"id\":\"a\",\"text\":\"Zoë 😀 of the Bank of Spain left.\",\"entities\":[[13,26,\"ORG\"],[21,26,\"GPE\"]]}\n";
    std::fs::write(desk.file("in.jsonl"), line).unwrap();
    assert_eq!(desk.run(&["import", "in.jsonl", "-o", "u.ron"], "").code, Some(0));
    let exported = desk.run(&["export", "u.ron", "--to", "conll", "-o", "-"], "");
    let converted = desk.run(&["convert", "in.jsonl", "--from", "jsonl", "--to", "conll", "-o", "-"], "");
    for ran in [&exported, &converted] {
        assert!(ran.err.contains("GPE “Spain” at 21..26 (instead: ORG “Bank of Spain”)"), "{ran:?}");
        assert!(ran.err.contains("1 mention is missing: overlaps a longer one"), "{ran:?}");
        assert_eq!(ran.code, Some(1));
        assert!(ran.out.starts_with("-DOCSTART- -X- O O\n\n"), "{}", ran.out);
    }
    assert_eq!(exported.out, converted.out);
}

/// Whatever the format: an article that is a line passes before the next one comes. What is no lines is read when it is whole.
#[test]
fn lines_of_every_format_pass_as_they_come() {
    let desk = Desk::new(&["[PERSON! Ann Lee] met [ORG! NATO].", "[GPE! Oslo]"]);
    for format in ["jsonl", "doccano", "doccano-points", "prodigy", "datasets", "spacy", "labelstudio"] {
        let written = desk.run(&["export", "s.ron", "--to", format, "-o", "-"], "").out;
        let lines: Vec<String> = match serde_json::from_str::<Vec<Value>>(&written) {
            Ok(tasks) if format == "labelstudio" => tasks.iter().map(Value::to_string).collect(),
            _ => written.lines().map(str::to_owned).collect(),
        };
        let from = if format == "doccano-points" { "doccano" } else { format };
        let args = ["convert", "-", "--from", from, "--to", "jsonl", "-o", "-"];
        let mut child =
            desk.command(&args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program is there");
        let (mut stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (send, receive) = channel();
        let reads = std::thread::spawn(move || BufReader::new(stdout).lines().try_for_each(|line| send.send(line.unwrap())));
        for (line, name) in lines.iter().zip(["Ann Lee", "Oslo"]) {
            writeln!(stdin, "{line}").unwrap();
            let answer = receive.recv_timeout(Duration::from_secs(60)).unwrap_or_else(|_| panic!("{format}: it waits for more"));
            assert!(answer.contains(&format!("\"text\":\"{name}\"")), "{format}: {answer}");
        }
        writeln!(stdin, "{{").unwrap();
        drop(stdin);
        reads.join().unwrap().unwrap();
        let ended = child.wait_with_output().unwrap();
        let told = String::from_utf8_lossy(&ended.stderr);
        assert!(ended.status.code() == Some(1) && told.contains("stdin: ") && told.contains(" 3: "), "{format}: {told}");
        // As a file they are the same.
        std::fs::write(desk.file("lines.json"), lines.join("\n")).unwrap();
        let of_file = desk.run(&["convert", "lines.json", "--from", from, "--to", "jsonl", "-o", "-"], "");
        assert_eq!((of_file.code, of_file.out.lines().count()), (Some(0), 2), "{format}: {}", of_file.err);
    }
    let list = desk.run(&["export", "s.ron", "--to", "labelstudio", "-o", "-"], "").out;
    let whole = desk.run(&["convert", "-", "--from", "labelstudio", "--to", "jsonl", "-o", "-"], &list);
    assert_eq!((whole.code, whole.out.lines().count()), (Some(0), 2), "{}", whole.err);
}

/// Of what is no lines, a large table, columns and a list of tasks: what has come of it is written before the rest is there.
#[test]
fn articles_of_large_files_pass_as_they_come() {
    let desk = Desk::new(&[]);
    let words = "A line of the wire that names nobody at all. ".repeat(2_500);
    let row = |n: usize| format!("a{n},2,6,X,{words}\n");
    let columns = |_: usize| format!("-DOCSTART- -X- O O\n\nline B-X\n{} O\n\n", "x".repeat(100_000));
    let task = |n: usize| {
        let region = r#"{"type":"labels","value":{"start":2,"end":6,"labels":["X"]}}"#;
        format!(r#"{{"id":{n},"data":{{"text":"{words}"}},"annotations":[{{"result":[{region}]}}]}},"#)
    };
    type Article<'a> = &'a (dyn Fn(usize) -> String + Sync);
    let files: [(&str, &str, Article<'_>, &str); 3] = [
        ("csv", "doc_id,start,end,label,article_text\n", &row, ""),
        ("conll", "", &columns, ""),
        ("labelstudio", "[", &task, "the list does not end"),
    ];
    for (format, head, article, told) in files {
        let mut child = desk.command(&["convert", "-", "--from", format, "--to", "jsonl", "-o", "-"]).spawn().unwrap();
        let (mut stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (send, receive) = channel();
        let reads = std::thread::spawn(move || BufReader::new(stdout).lines().try_for_each(|line| send.send(line.unwrap())));
        let has_answered = AtomicBool::new(false);
        let (written, first) = std::thread::scope(|scope| {
            let writes = scope.spawn(|| {
                write!(stdin, "{head}").unwrap();
                let mut n = 0;
                while !has_answered.load(Ordering::Relaxed) && n < 400 {
                    write!(stdin, "{}", article(n)).unwrap();
                    n += 1;
                }
                // The end comes after the answer.
                while !has_answered.load(Ordering::Relaxed) {
                    std::thread::sleep(Duration::from_millis(10));
                }
                drop(stdin);
                n
            });
            let first = receive.recv_timeout(Duration::from_secs(120));
            has_answered.store(true, Ordering::Relaxed);
            (writes.join().unwrap(), first)
        });
        let first = first.unwrap_or_else(|_| panic!("{format}: it waits for the end"));
        assert!(
            first.contains(r#""start":2,"end":6,"label":"X","text":"line""#) || first.contains(r#""label":"X","text":"line""#),
            "{format}"
        );
        assert_eq!(1 + receive.iter().count(), written, "{format}");
        reads.join().unwrap().unwrap();
        let ended = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(ended.status.code() == Some(i32::from(!told.is_empty())) && said.contains(told), "{format}: {said}");
    }
}

/// A table whose rows lie about is read whole as long as it may be; in a larger one they are told.
#[test]
fn rows_that_lie_apart_in_a_large_table_are_told() {
    let desk = Desk::new(&[]);
    let words = "A line of the wire that names nobody at all. ".repeat(2_500);
    let row = |n: usize| format!("a{n},2,6,X,{words}\n");
    let table = |rows: &str| format!("doc_id,start,end,label,article_text\n{rows}");
    let convert = |rows: &str| {
        std::fs::write(desk.file("table.csv"), table(rows)).unwrap();
        desk.run(&["convert", "table.csv", "--from", "csv", "--to", "tsv", "-o", "-"], "")
    };
    let many: String = (0..80).map(row).collect();
    let late = "a3,7,9,X,\n";
    let rest: String = (1..80).filter(|n| *n != 3).map(row).collect();
    let ran = convert(&format!("{}{}{late}{rest}", row(3), row(0)));
    assert!(ran.code == Some(0) && ran.out.contains("a3\t") && ran.out.lines().count() == 82, "{}", ran.err);
    let ran = convert(&format!("{many}{late}"));
    assert!(ran.code == Some(1) && ran.err.contains("line 82: stands apart from the other rows of its article"), "{}", ran.err);
    assert_eq!(ran.out.lines().count(), 81);
    // Of which file an article is, is told of large ones too.
    let ran = desk.run(&["convert", "table.csv", "--from", "csv", "--to", "jsonl", "-o", "-"], "");
    let line: Value = serde_json::from_str(ran.out.lines().next().unwrap()).unwrap();
    assert_eq!(line["file"]["size"], std::fs::metadata(desk.file("table.csv")).unwrap().len());
}
