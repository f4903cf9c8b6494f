//! PDFs made here: a page is what its program draws.

use std::fmt::Write as _;

use super::super::tests::{one, read, zones};
use crate::annotation::ZoneKind;

/// A file of these objects, numbered from 1, the first of which is the catalogue.
fn file(objects: &[String]) -> Vec<u8> {
    let mut out = String::from("%PDF-1.7\n");
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        write!(out, "{} 0 obj\n{object}\nendobj\n", i + 1).unwrap();
    }
    let start = out.len();
    write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    places.iter().for_each(|place| writeln!(out, "{place:010} 00000 n ").unwrap());
    write!(out, "trailer\n<</Size {}/Root 1 0 R/Info 3 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).unwrap();
    out.chars().map(|c| c as u8).collect()
}

fn stream(dict: &str, data: &str) -> String {
    format!("<<{dict}/Length {}>>\nstream\n{data}\nendstream", data.chars().count())
}

/// A file of pages, with what else it holds from object 6 on.
fn pdf_with(pages: &[String], more: &[String], resources: &str) -> Vec<u8> {
    let first = 6 + more.len();
    let kids: String = (0..pages.len()).map(|i| format!("{} 0 R ", first + 2 * i)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Count {}/Kids[{kids}]>>", pages.len()),
        "<</Title(Harbour opens)/Author(Marta Lind)>>".to_owned(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    objects.extend_from_slice(more);
    for (i, page) in pages.iter().enumerate() {
        let contents = first + 2 * i + 1;
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {contents} 0 R/Resources<</Font<</F 4 0 R/B 5 0 R>>{resources}>>>>"
        ));
        objects.push(stream("", page));
    }
    file(&objects)
}

fn pdf(pages: &[String]) -> Vec<u8> {
    pdf_with(pages, &[], "")
}

/// Lines one under the other, each where it says.
fn lines(x: i32, y: i32, size: i32, lines: &[&str]) -> String {
    let step = size * 6 / 5;
    lines.iter().enumerate().map(|(i, line)| format!("BT /F {size} Tf {x} {} Td ({line}) Tj ET\n", y - step * i as i32)).collect()
}

#[test]
fn columns_are_read_one_after_the_other() {
    let left = [
        "The harbour of Port Vell opened on Mon-",
        "day, a decade after the first stone was",
        "laid by Zbigniew Waleska of the Acqua-",
        "viva Company, said Ann M\\374ller-",
    ];
    let right = [
        "L\\374denscheidt, who heads the Federation.",
        "The road on the far bank is not finished,",
        "and lorries will use the ferry until the",
        "spring comes again, said Omar Nasser.",
    ];
    let expected = "The harbour of Port Vell opened on Monday, a decade after the first stone was laid by Zbigniew Waleska of the Acquaviva Company, said Ann \
                    Müller-Lüdenscheidt, who heads the Federation. The road on the far bank is not finished, and lorries will use the ferry until the spring \
                    comes again, said Omar Nasser.";
    // As most programs draw them, and row by row.
    let by_column = lines(50, 700, 10, &left) + &lines(320, 700, 10, &right);
    let by_row: String =
        (0..4).map(|i| lines(50, 700 - 12 * i, 10, &[left[i as usize]]) + &lines(320, 700 - 12 * i, 10, &[right[i as usize]])).collect();
    for page in [by_column, by_row] {
        let title = "BT /B 20 Tf 50 750 Td (Harbour opens) Tj ET\n".to_owned();
        let article = one("a.pdf", &pdf(&[title + &page]));
        assert_eq!(&*article.text, format!("Harbour opens\n\n{expected}"));
        assert_eq!(article.meta.title.as_deref(), Some("Harbour opens"));
        assert_eq!(zones(&article, ZoneKind::Headline), ["Harbour opens"]);
    }
}

#[test]
fn heads_and_numbers_of_pages_are_frames_and_paragraphs_reach_over_them() {
    let page = |n: usize, text: &[&str]| {
        let head = format!("BT /F 9 Tf 50 780 Td (The Quay Herald, page {n}) Tj ET\n");
        head + &lines(50, 700, 10, text) + &format!("BT /F 9 Tf 300 30 Td ({n}) Tj ET\n")
    };
    let pages = [
        page(
            1,
            &[
                "First paragraph of the story, which is about a harbour and goes on for",
                "a while, until it ends here.",
                "Second paragraph, which is cut by the end of a page in the middle of Nor-",
            ],
        ),
        page(2, &["thern Region, and ends there. It had another sentence, which was also long."]),
    ];
    let article = one("a.pdf", &pdf(&pages));
    assert_eq!(zones(&article, ZoneKind::Boilerplate), ["The Quay Herald, page 1", "1\n\nThe Quay Herald, page 2\n\n2"]);
    let body: Vec<&str> = article.text.split("\n\n").filter(|block| block.len() > 40).collect();
    assert_eq!(
        body,
        [
            "First paragraph of the story, which is about a harbour and goes on for a while, until it ends here.",
            "Second paragraph, which is cut by the end of a page in the middle of Northern Region, and ends there. It had another sentence, which was also long."
        ]
    );
}

#[test]
fn words_are_whole_however_they_are_drawn() {
    for (program, expected) in [
        ("BT /F 10 Tf 50 700 Td [(Mar) 20 (ta) -300 (Li) -10 (nd)] TJ ET", "Marta Lind"),
        ("BT /F 10 Tf 50 700 Td (Marta) Tj 29 0 Td (Lind) Tj ET", "Marta Lind"),
        ("BT /F 10 Tf 5 Tc 50 700 Td (GRAZ) Tj ET", "GRAZ"),
        ("BT /F 10 Tf 12 TL 50 700 Td (Marta) Tj (Lind) ' ET", "Marta Lind"),
        ("BT /F 10 Tf 1 0 0 1 50 700 Tm (Marta ) Tj /B 10 Tf (Lind) Tj ET", "Marta Lind"),
        ("q 2 0 0 2 0 0 cm BT /F 10 Tf 50 300 Td (Marta) Tj ET Q", "Marta"),
        // Text that stands upright on a page that lies.
        ("BT /F 10 Tf 0 1 -1 0 100 50 Tm (Marta Lind) Tj ET BT /F 10 Tf 0 1 -1 0 112 50 Tm (met Reyl.) Tj ET", "Marta Lind met Reyl."),
        // A bold letter is one that is drawn twice.
        ("BT /F 10 Tf 50 700 Td (Graz) Tj ET BT /F 10 Tf 50.3 700 Td (Graz) Tj ET", "Graz"),
        ("BT /F 10 Tf 50 700 Td (harbour) Tj /F 6 Tf 4 Ts (1) Tj /F 10 Tf 0 Ts ( opened) Tj ET", "harbour opened"),
        ("/Span <</ActualText (fi)>> BDC BT /F 10 Tf 50 700 Td (xy) Tj ET EMC BT /F 10 Tf 60 700 Td (rm) Tj ET", "firm"),
        ("BT /F 10 Tf 50 700 Td (co\\255operate) Tj ET", "cooperate"),
        ("BT /F 10 Tf 50 700 Td (Bank) Tj 100 0 Td (North) Tj -100 -12 Td (Port) Tj 100 0 Td (Eilat) Tj ET", "Bank\tNorth\nPort\tEilat"),
        // Outside of what is shown of the page.
        ("BT /F 10 Tf 50 700 Td (Graz) Tj ET BT /F 10 Tf 50 900 Td (Hidden) Tj ET", "Graz"),
        (
            "BT /F 30 Tf 50 680 Td (T) Tj ET BT /F 10 Tf 70 700 Td (he harbour opened) Tj ET BT /F 10 Tf 70 688 Td (in Graz.) Tj ET",
            "The harbour opened in Graz.",
        ),
    ] {
        assert_eq!(&*one("a.pdf", &pdf(&[program.to_owned()])).text, expected, "{program}");
    }
}

#[test]
fn paragraphs_are_told_by_gaps_indents_and_short_lines() {
    let full = "a line that goes to the edge of the column and is as long as it";
    for (program, count) in [
        (lines(50, 700, 10, &[full, full, "ends."]) + &lines(50, 650, 10, &[full, "ends."]), 2),
        (lines(50, 700, 10, &[full, full]) + &lines(65, 676, 10, &["After a stop. a line that begins further in and is long enough"]), 1),
        (lines(50, 700, 10, &[full, "It ends.", "After it another one begins, which is also as long as it must be."]), 2),
        (lines(50, 700, 10, &[full]) + "BT /B 10 Tf 50 688 Td (A heading) Tj ET\n" + &lines(50, 676, 10, &[full]), 3),
        // Items of a list without marks, and a name under a name.
        (lines(50, 700, 10, &[full]) + &lines(80, 676, 10, &["First item: Port Vell", "Second item: Graz"]), 3),
        (lines(50, 700, 16, &["A larger line"]) + &lines(50, 680, 10, &[full, full]), 2),
    ] {
        let article = one("a.pdf", &pdf(std::slice::from_ref(&program)));
        assert_eq!(article.text.split("\n\n").count(), count, "{}", article.text);
    }
}

#[test]
fn pages_without_text_are_told_with_the_remedy() {
    let picture = [stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", "x")];
    let drawn = "q 600 0 0 800 0 0 cm /I Do Q".to_owned();
    let text = lines(50, 700, 10, &["The harbour opened on Monday."]);
    let scanned = read("a.pdf", &pdf_with(&[drawn.clone(), drawn.clone()], &picture, "/XObject<</I 6 0 R>>"));
    let told = scanned.troubles[0].to_string();
    assert!(scanned.articles.is_empty() && told.contains("scanned") && told.contains("ocrmypdf"), "{told}");
    let partly = read("a.pdf", &pdf_with(&[text.clone(), drawn], &picture, "/XObject<</I 6 0 R>>"));
    assert!(partly.articles[0].notes.iter().any(|note| note.to_string().contains("no text on page 2")), "{partly:?}");
    let empty = read("a.pdf", &pdf(&[String::new()]));
    assert!(empty.articles.is_empty() && empty.troubles[0].to_string().contains("no text"));
    let locked = String::from_utf8_lossy(&pdf(&[text])).replace("/Root 1 0 R", "/Root 1 0 R/Encrypt 3 0 R");
    assert!(read("a.pdf", locked.as_bytes()).troubles[0].to_string().contains("encrypted"));
}

/// Fonts whose codes are letters of Hebrew and Arabic, each half a size wide.
fn right_to_left() -> Vec<String> {
    let table = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange \
                 4 beginbfrange <20> <40> <0020> <61> <7A> <05D0> <C1> <DA> <0627> <41> <5A> <0041> endbfrange \
                 2 beginbfchar <FB> <06440627> <FC> <FE91> endbfchar endcmap end";
    let widths = "500 ".repeat(256);
    vec![format!("<</Type/Font/Subtype/Type1/BaseFont/X/FirstChar 0/LastChar 255/Widths[{widths}]/ToUnicode 7 0 R>>"), stream("", table)]
}

/// Lines of small letters that stand for Hebrew.
fn hebrew(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_lowercase() { char::from_u32(0x5D0 + c as u32 - 'a' as u32).unwrap_or(c) } else { c }).collect()
}

#[test]
fn what_runs_from_the_right_is_read_as_it_was_written() {
    // What is drawn, from the left or piece by piece, and what was written.
    for (program, written) in [
        ("BT /R 10 Tf 300 700 Td (fed cba) Tj ET", "abc def"),
        // Letter by letter as they are read.
        ("BT /R 10 Tf 300 700 Td (a) Tj -5 0 Td (b) Tj -5 0 Td (c) Tj -10 0 Td (d) Tj ET", "abc d"),
        // What another font has comes after the rest of the line.
        ("BT /R 10 Tf 300 700 Td (fed ) Tj 60 0 Td (cba ) Tj ET BT /F 10 Tf 320 700 Td (Quay 12) Tj ET", "abc Quay 12 def"),
        ("BT /R 10 Tf 300 700 Td (.ihg 31.12.2026 ,fed cba) Tj ET", "abc def, 31.12.2026 ghi."),
        ("BT /R 10 Tf 300 700 Td (fed \\(cb\\) a) Tj ET", "a (bc) def"),
        ("BT /R 10 Tf 300 700 Td (fed \\)cb\\( a) Tj ET", "a (bc) def"),
        (
            "BT /F 10 Tf 50 700 Td (The paper ) Tj ET BT /R 10 Tf 100 700 Td (dcba) Tj ET BT /F 10 Tf 122 700 Td (said so of it.) Tj ET",
            "The paper abcd said so of it.",
        ),
    ] {
        let read = one("a.pdf", &pdf_with(&[program.to_owned()], &right_to_left(), "/Font<</R 6 0 R/F 4 0 R>>")).text.to_string();
        let written = if written.starts_with("The") {
            written.replace("abcd", &hebrew("abcd"))
        } else {
            hebrew(written).replace(&hebrew("uay"), "uay")
        };
        assert_eq!(read, written, "{program}");
    }
    // Letters in their forms, and two in one glyph.
    let arabic = "BT /R 10 Tf 300 700 Td (\\374\\301 \\373\\301) Tj ET";
    assert_eq!(
        &*one("a.pdf", &pdf_with(&[arabic.to_owned()], &right_to_left(), "/Font<</R 6 0 R/F 4 0 R>>")).text,
        "\u{627}\u{644}\u{627} \u{627}\u{628}"
    );
    // Columns begin at the right.
    let column = |x: i32, words: [&str; 4]| -> String {
        words.iter().enumerate().map(|(i, line)| format!("BT /R 10 Tf {x} {} Td ({line}) Tj ET\n", 700 - 12 * i as i32)).collect()
    };
    let left =
        column(50, ["tsrqponmlkjihgfedcba nml", "tsrqponmlkjihgfedcba nml", "tsrqponmlkjihgfedcba nml", ".tsrqponmlkjihgfedcba nml"]);
    let right =
        column(320, ["tsrqponmlkjihgfedcba abc", "tsrqponmlkjihgfedcba abc", "tsrqponmlkjihgfedcba abc", "tsrqponmlkjihgfedcba abc"]);
    let read = one("a.pdf", &pdf_with(&[right + &left], &right_to_left(), "/Font<</R 6 0 R/F 4 0 R>>")).text.to_string();
    let line = |start: &str| hebrew(&format!("{start} abcdefghijklmnopqrst"));
    assert_eq!(
        read,
        format!(
            "{} {}.",
            [line("cba"), line("cba"), line("cba"), line("cba")].join(" "),
            [line("lmn"), line("lmn"), line("lmn"), line("lmn")].join(" ")
        )
    );
}

#[test]
fn hostile_files_are_borne() {
    let text = lines(50, 700, 10, &["Words of a page."]);
    // A drawing that contains itself, and drawings of drawings of drawings.
    let round = stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 6 0 R>>>>", "/A Do /A Do /A Do");
    read("a.pdf", &pdf_with(&[text.clone() + "/A Do"], &[round], "/XObject<</A 6 0 R>>"));
    let many: Vec<String> = (0..12)
        .map(|i| {
            stream(&format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A {} 0 R>>>>", 7 + i), &"/A Do ".repeat(30))
        })
        .collect();
    read("a.pdf", &pdf_with(&[text.clone() + "/A Do"], &many, "/XObject<</A 6 0 R>>"));
    // Pages that are their own parents' parents.
    let tree = String::from_utf8_lossy(&pdf(std::slice::from_ref(&text))).replace("/Kids[6 0 R ", "/Kids[2 0 R 6 0 R ");
    read("a.pdf", tree.as_bytes());
    // A font with four billion widths.
    let wide = [
        "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[7 0 R]>>".to_owned(),
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/W[0 4294967295 500]>>".to_owned(),
    ];
    read("a.pdf", &pdf_with(&["BT /W 10 Tf 50 700 Td (ab) Tj ET".to_owned() + &text], &wide, "/Font<</W 6 0 R/F 4 0 R>>"));
    for program in [
        "q ".repeat(200_000) + &text,
        "/Span BMC ".repeat(200_000) + &text,
        "[".repeat(100_000) + &text,
        "<<".repeat(100_000) + &text,
        format!("BT /F 10 Tf 50 700 Td ({}) Tj ET", "a".repeat(300_000)),
        (0..60_000).map(|i| format!("BT /F 10 Tf {} {} Td (a) Tj ET ", i % 590, i % 790)).collect(),
        "BT /F 1e38 Tf 1e38 1e38 1e38 1e38 1e38 1e38 Tm (a) Tj ET 0 0 0 0 0 0 cm BT /F 10 Tf (a) Tj ET".to_owned(),
        "BT /F -10 Tf -1 0 0 -1 300 300 Tm -100 Tz (Graz) Tj ET".to_owned(),
    ] {
        read("a.pdf", &pdf(&[program]));
    }
    let whole = pdf(&[text]);
    for len in (0..whole.len()).step_by(7) {
        read("a.pdf", &whole[..len]);
    }
    let mut damaged = whole;
    for at in (0..damaged.len()).step_by(7) {
        damaged[at] ^= 0x11;
        read("a.pdf", &damaged);
        damaged[at] ^= 0x11;
    }
}
