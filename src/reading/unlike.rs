//! Texts that are no articles: what programs write for programs. They are read as text, for somebody chose them, and told.

use std::sync::LazyLock;

use regex::Regex;

use super::details::pattern;
use super::input::Head;

/// So many lines are looked at, and fewer than these tell nothing.
const MOST: usize = 200;
const FEWEST: usize = 5;

/// Endings of files that people write texts in.
const TEXTS: [&str; 5] = ["", "txt", "text", "asc", "md"];

/// What there is to say of a text that nobody knew by its content.
pub fn told(head: &Head<'_>, text: &str) -> Option<String> {
    let ending = head.ending();
    let is_named = !TEXTS.contains(&ending.as_str());
    match looks_like(text) {
        Some(what) => Some(format!("looks like {what}, not like an article; it was read as plain text")),
        None if is_named => Some(format!("is of no kind that is known, by its content or by .{ending}; it was read as plain text")),
        None => None,
    }
}

fn looks_like(text: &str) -> Option<&'static str> {
    static STAMPED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^\W{0,2}(?:\d{4}[-/]\d{2}[-/]\d{2}[ T]\d{2}:\d{2}|\w{3} +\d{1,2} \d{2}:\d{2}:\d{2} |\d{2}:\d{2}:\d{2}[.,]\d|(?:\[?(?:DEBUG|INFO|WARN|WARNING|ERROR|TRACE)\b))|^\S+ \S+ \S+ \[\d{2}/\w{3}/\d{4}:",
        )
    });
    static CODE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r#"[;{}]\s*$|^\s*(?://|/\*|\*/|#include\b|#!|import \w|from \w+ import\b|def \w+\(|class \w+[(:{]|fn \w|function \w|return\b|if .*:$|else:|for .*:$|use \w+::|pub \w|const \w|let \w|var \w|package \w|</?\w+[^>]*>\s*$)|^\s*[\w.\[\]'"]+ ?(?:=|\+=) |^\s+\w[\w.]*\(.*\)$"#,
        )
    });
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(MOST).collect();
    if lines.len() < FEWEST {
        return None;
    }
    let share = |count: usize, of: usize| count * 100 >= of * lines.len();
    let count = |regex: &Regex| lines.iter().filter(|line| regex.is_match(line)).count();
    if share(count(&STAMPED), 60) {
        return Some("a log");
    }
    if [',', ';', '\t', '|'].into_iter().any(|mark| is_table(&lines, mark)) {
        return Some("a table");
    }
    share(count(&CODE), 50).then_some("the source of a program")
}

/// Whether nearly all lines have as many cells as the first one, none of which is a sentence.
fn is_table(lines: &[&str], mark: char) -> bool {
    let cells = |line: &str| line.matches(mark).count();
    let first = cells(lines[0]);
    let is_row = |line: &&&str| cells(line) == first && !line.trim_end().ends_with(['.', '!', '?', ':', '”', '"']) || line.starts_with('"');
    first >= 2 && lines.iter().filter(is_row).count() * 10 >= lines.len() * 9
}

#[cfg(test)]
mod tests {
    use super::super::testing::{read, told};

    #[test]
    fn what_is_no_article_is_read_as_text_with_a_word() {
        let log: String = (0..20).map(|i| format!("2026-03-04 10:{i:02}:12,003 INFO [worker] GET /quay/{i} took {i} ms\n")).collect();
        let web: String =
            (0..9).map(|i| format!("10.0.0.{i} - - [04/Mar/2026:10:00:0{i} +0000] \"GET /quay HTTP/1.1\" 200 12\n")).collect();
        let table = format!("id,name,owner,port\n{}", "1,Aurora,Northfield Shipping,Graz\n".repeat(12));
        let rust = "//! A harbour.\nuse std::fmt;\n\n/// A ship.\npub struct Ship {\n    name: String,\n}\n\nimpl Ship {\n    fn name(&self) -> &str {\n        &self.name\n    }\n}\n";
        let python = "import os\n\ndef main():\n    \"\"\"By Marta Lind\"\"\"\n    print(\"Hello Graz\")\n\nif __name__ == \"__main__\":\n    main()\n";
        let yaml = "name: quay\nships:\n  - Aurora\n  - Boreas\nport: Graz\n";
        for (name, text, word) in [
            ("a.txt", log.as_str(), "looks like a log"),
            ("a.log", &log, "looks like a log"),
            ("a.txt", &web, "looks like a log"),
            ("a.txt", &table, "looks like a table"),
            ("a.txt", &table.replace(',', "\t"), "looks like a table"),
            ("a.txt", rust, "looks like the source of a program"),
            ("a.py", python, "looks like the source of a program"),
            ("a.yaml", yaml, "is of no kind that is known"),
        ] {
            let read = read(name, text.as_bytes());
            assert_eq!(read.articles.len(), 1, "{text}");
            assert_eq!(&*read.articles[0].article.text, text);
            let told = told(&read).join("\n");
            assert!(told.contains(word), "{told:?} of {text}");
            assert!(read.articles[0].notes.iter().all(super::super::fault::Trouble::is_word_only));
        }
    }

    #[test]
    fn articles_are_told_nothing_of() {
        let story = "Harbour opens\n\nBy Marta Lind\n\nPORT ELLERY (DPX) — Mayor Greta Holm opened the harbour on Monday, 4 March.\n\nShe thanked Northfield Shipping, Kestrel Lines, and the Union of Dockers; none of them answered.\n\n“It is late,” she said.\n";
        let list = "Dead:\n\nAnn Lee, Graz\nBo Ek, Oslo\nNora Hale, Riga\nOtto Lark, Bergen\n";
        let times = "10:30 The harbour opens.\n11:00 Marta Lind speaks.\n12:15 The ferry leaves.\n13:00 Rain.\n14:00 It ends.\n";
        for (name, text) in [("a.txt", story), ("a", story), ("a.txt", list), ("a.txt", times)] {
            let told = told(&read(name, text.as_bytes()));
            assert!(told.is_empty(), "{told:?} of {text}");
        }
    }
}
