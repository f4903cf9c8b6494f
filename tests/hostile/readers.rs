//! The bytes of text, Markdown and HTML files.

use std::path::Path;

use manicule::annotation::Article;
use manicule::reading::{ENCODINGS, How, Trouble, read_bytes};
use proptest::prelude::*;

const NAMES: [&str; 4] = ["a.txt", "a.md", "a.html", "a"];

const PAGE: &str = r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Talks end | The Ledger</title>
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Talks end","author":[{"name":"Ann Lee"}]}</script></head>
<body><nav>Home</nav><article><h1>Talks end</h1><p>By Ann Lee</p><p>PORT VELL, Freeland &mdash; Liis Tamme met Pat O&#8217;Brien.</p>
<figure><figcaption>A ship.</figcaption></figure></article></body></html>"#;

const MARKED: &str =
    "---\ntitle: \"Talks\"\n---\n# Talks *end*\n\n- one\n- two\n\n> said [NATO](x)\n\n|a|b|\n|-|-|\n|1|2|\n```\ncode\n```\n";

fn read(name: &str, bytes: &[u8], encoding: Option<&str>) -> Result<Article, Trouble> {
    let read = read_bytes(Path::new(name), bytes, How { encoding, ..How::default() });
    if let Ok(article) = &read {
        check(article, bytes.len());
    }
    read
}

/// What holds of whatever was read.
#[track_caller]
fn check(article: &Article, len: usize) {
    assert!(!article.text.trim().is_empty());
    assert!(article.text.len() <= 8 * len + 1024, "{len} bytes became {}", article.text.len());
    let mut end = 0;
    for zone in &article.zones {
        assert!(zone.span.start >= end && zone.span.of(&article.text).is_some_and(|words| !words.is_empty()), "{zone:?}");
        end = zone.span.end;
    }
}

#[test]
fn a_file_cut_anywhere_is_read_or_refused() {
    let utf16: Vec<u8> = "\u{FEFF}Liis Tamme met NATO in 東京.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (japanese, ..) = encoding_rs::ISO_2022_JP.encode("岸田文雄首相は東京で会見を開いた。");
    for (name, bytes) in [("a.html", PAGE.as_bytes()), ("a.md", MARKED.as_bytes()), ("a.txt", &utf16), ("a.txt", &japanese)] {
        for len in 0..=bytes.len() {
            read(name, &bytes[..len], None).ok();
        }
    }
}

#[test]
fn long_and_deep_pages_are_read() {
    let n = 100_000;
    for page in [
        "<div>".repeat(n),
        "<div><p>x</p>".repeat(n),
        "<div><table></div></table>".repeat(n),
        format!("<svg>{}", "<div/>".repeat(n)),
        format!("<p>{}", "<b><i>x".repeat(n / 4)),
        "<".repeat(n),
        "&#x41;".repeat(n),
        format!("<p>{}", "&".repeat(10 * n)),
        format!("<p>{}", "£\u{a0}".repeat(5 * n)),
        format!("<p {}>x", (0..5 * n).map(|i| format!("a{i}=b ")).collect::<String>()),
        format!("<p {}>x", "a='>' ".repeat(n)),
        "<!-- -->".repeat(n),
        "<script></script>".repeat(n),
        format!("<script type=\"application/ld+json\">{}", "[".repeat(n)),
        format!("<!--{}", "<!--".repeat(n)),
    ] {
        read("a.html", page.as_bytes(), None).ok();
    }
}

#[test]
fn long_and_deep_files_are_read() {
    let n = 100_000;
    for (name, text) in [
        ("a.md", "> ".repeat(n)),
        ("a.md", "[".repeat(n)),
        ("a.md", "*a".repeat(n / 4)),
        ("a.md", "- ".repeat(n / 4)),
        ("a.md", "`".repeat(n)),
        ("a.md", "|a".repeat(n / 4)),
        ("a.txt", "A".repeat(10 * n)),
        ("a.txt", "\n".repeat(n) + "x"),
        ("a.txt", "Read more\n".repeat(n / 10)),
        ("a.txt", "By Ann Lee and ".repeat(n / 10)),
        ("a.txt", "\u{301}".repeat(n)),
        ("a.txt", "a\r".repeat(n)),
    ] {
        read(name, text.as_bytes(), None).ok();
    }
}

#[test]
fn a_nul_byte_makes_no_text() {
    for name in NAMES {
        let nul = [b"Liis Tamme met ".as_slice(), b"\0", b" in Port Vell today."].concat();
        let refused = read(name, &nul, None).expect_err("a NUL is no text");
        assert!(matches!(refused, Trouble::Binary(15)), "{name}: {refused:?}");
    }
    let named = read("a.txt", b"Liis\0Tamme", Some("utf-8")).expect("who names an encoding says that it is text");
    assert_eq!(&*named.text, "Liis\0Tamme");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        name in 0..4usize,
        encoding in prop::option::of(0..ENCODINGS.len()),
    ) {
        read(NAMES[name], &bytes, encoding.map(|at| ENCODINGS[at])).ok();
    }

    #[test]
    fn a_damaged_page_is_read_or_refused(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20), is_page in any::<bool>()) {
        let (name, text) = if is_page { ("a.html", PAGE) } else { ("a.md", MARKED) };
        let mut bytes = text.as_bytes().to_vec();
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        read(name, &bytes, None).ok();
    }

    #[test]
    fn text_is_kept_to_the_byte_in_any_encoding(text in "[A-Za-z ,.\r\n]{0,20}[A-Za-zäöüßéñ ’“”–]{4,60}[ a-z.]{20,40}") {
        let encoded = [
            text.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF".to_vec(), text.as_bytes().to_vec()].concat(),
            [b"\xFF\xFE".to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat(),
            [b"\xFE\xFF".to_vec(), text.encode_utf16().flat_map(u16::to_be_bytes).collect()].concat(),
        ];
        for bytes in encoded {
            prop_assert_eq!(&*read("a.txt", &bytes, None).expect("it is text").text, text.as_str());
        }
    }
}
