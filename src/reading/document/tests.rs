//! Documents made here, as small as they can be, read as files are.

use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::annotation::{Article, ZoneKind};
use crate::reading::frame::{Read, read_input};
use crate::reading::input::Input;
use crate::reading::reader::How;
use crate::reading::table::READERS;

/// A ZIP container of these files.
pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn word(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>{body}</w:body></w:document>");
    let mut files = vec![("word/document.xml", document.as_bytes())];
    files.extend(more.iter().map(|(name, text)| (*name, text.as_bytes())));
    zip(&files)
}

fn open_document(text: &str, styles: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\" xmlns:style=\"s\" xmlns:table=\"b\" xmlns:draw=\"d\">\
         <office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{text}</office:text></office:body></office:document-content>"
    );
    zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())])
}

#[track_caller]
pub fn read(name: &str, bytes: &[u8]) -> Read {
    let read = read_input(Input::of_bytes(Path::new(name), bytes).unwrap(), READERS, How::default(), &AtomicBool::new(false));
    for incoming in &read.articles {
        check(&incoming.article);
    }
    read
}

#[track_caller]
fn check(article: &Article) {
    let mut end = 0;
    for zone in &article.zones {
        assert!(zone.span.start >= end && zone.span.of(&article.text).is_some_and(|words| !words.is_empty()), "{zone:?}");
        end = zone.span.end;
    }
}

#[track_caller]
pub fn one(name: &str, bytes: &[u8]) -> Article {
    let mut read = read(name, bytes);
    assert!(read.articles.len() == 1 && read.troubles.is_empty(), "{read:?}");
    read.articles.remove(0).article
}

pub fn zones(article: &Article, kind: ZoneKind) -> Vec<&str> {
    article.zones.iter().filter(|zone| zone.kind == kind).map(|zone| article.quote(zone.span)).collect()
}

fn told(read: &Read) -> String {
    read.troubles.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Every wrapper that Word may put around a name, and what is not to be seen.
#[test]
fn names_in_word_documents_are_kept_whole() {
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let marta = run("Marta ") + &run("Lind");
    for (inner, expected) in [
        (run("Marta Lind"), "Marta Lind"),
        ("<w:r><w:t>Mar</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>ta L</w:t></w:r><w:proofErr/><w:r><w:t>ind</w:t></w:r>".into(), "Marta Lind"),
        (format!("<w:smartTag w:element=\"PersonName\"><w:smartTagPr><w:attr/></w:smartTagPr>{marta}</w:smartTag>"), "Marta Lind"),
        (format!("<w:customXml>{marta}</w:customXml>"), "Marta Lind"),
        (format!("<w:ins w:id=\"1\">{marta}</w:ins>"), "Marta Lind"),
        (format!("<w:moveTo w:id=\"1\">{marta}</w:moveTo>"), "Marta Lind"),
        (format!("<w:hyperlink>{marta}</w:hyperlink>"), "Marta Lind"),
        (format!("<w:fldSimple w:instr=\"AUTHOR\">{marta}</w:fldSimple>"), "Marta Lind"),
        (format!("<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{marta}</w:sdtContent></w:sdt>"), "Marta Lind"),
        (format!("<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>HYPERLINK</w:instrText><w:fldChar w:fldCharType=\"separate\"/></w:r>{marta}"), "Marta Lind"),
        (
            "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>とうきょう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>東京</w:t></w:r></w:rubyBase></w:ruby></w:r>".into(),
            "東京",
        ),
        ("<w:r><w:t>Northfield</w:t><w:noBreakHyphen/><w:t>Reyl &amp;</w:t><w:br/><w:t>Sons</w:t><w:tab/><w:sym w:font=\"Times\" w:char=\"00E9\"/></w:r>".into(), "Northfield\u{2011}Reyl &\nSons\té"),
        ("<w:r><w:t>a</w:t><w:softHyphen/><w:t>b</w:t><w:sym w:font=\"Wingdings\" w:char=\"F04A\"/></w:r>".into(), "a\u{ad}b"),
        // What is not to be seen.
        (format!("{marta}<w:del><w:r><w:delText>Otto Reyl</w:delText></w:r></w:del>"), "Marta Lind"),
        (format!("{marta}<w:moveFrom>{}</w:moveFrom>", run("Otto")), "Marta Lind"),
        (format!("{marta}<w:r><w:rPr><w:vanish/></w:rPr><w:t>Otto</w:t></w:r>"), "Marta Lind"),
        (format!("{marta}<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>, Graz</w:t></w:r>"), "Marta Lind, Graz"),
        (format!("{marta}<w:r><w:rPr><w:rStyle w:val=\"Secret\"/></w:rPr><w:t>Otto</w:t></w:r>"), "Marta Lind"),
        (format!("{marta}<w:commentRangeStart/><w:r><w:annotationRef/><w:commentReference/></w:r>"), "Marta Lind"),
        (format!("{marta}<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", run("Click here")), "Marta Lind"),
        (
            format!("<w:r><mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>", run("Marta Lind"), run("Marta Lind")),
            "Marta Lind",
        ),
    ] {
        let styles = "<w:styles xmlns:w=\"w\"><w:style w:styleId=\"Secret\"><w:name w:val=\"Secret\"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>";
        let file = word(&format!("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{inner}</w:p>"), &[("word/styles.xml", styles)]);
        assert_eq!(&*one("a.docx", &file).text, expected, "{inner}");
    }
}

#[test]
fn word_documents_have_titles_lists_tables_boxes_and_notes() {
    let p = |style: &str, text: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>");
    let cell = |text: &str| format!("<w:tc><w:tcPr/>{}</w:tc>", p("", text));
    let body = [
        p("t", "Harbour opens in Graz"),
        p("st", "A decade late"),
        p("", "By Marta Lind"),
        "<w:p><w:r><w:t>The harbour</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:t> opened on Monday, and the mayor was there.</w:t></w:r>\
         <w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>A box: Otto Reyl.</w:t></w:r></w:p></w:txbxContent></mc:Choice></mc:AlternateContent></w:r></w:p>"
            .into(),
        p("li", "One"),
        p("li", "Two"),
        p("h", "What follows"),
        // A paragraph whose end was struck.
        "<w:p><w:pPr><w:rPr><w:del w:id=\"9\"/></w:rPr></w:pPr><w:r><w:t xml:space=\"preserve\">Then the Officine </w:t></w:r></w:p>".into(),
        p("", "Fiorelli won."),
        format!(
            "<w:tbl><w:tblPr/><w:tr>{}<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt></w:tr><w:tr><w:trPr><w:del/></w:trPr>{}</w:tr><w:tr>{}<w:tc><w:tbl><w:tr>{}{}</w:tr></w:tbl></w:tc></w:tr></w:tbl>",
            cell("Bank"), cell("Northgate"), cell("struck"), cell("Port"), cell("Aqaba"), cell("Eilat")
        ),
        p("", "The end of it, said the mayor on the quay."),
    ]
    .concat();
    let style = |id: &str, name: &str| format!("<w:style w:styleId=\"{id}\"><w:name w:val=\"{name}\"/></w:style>");
    let styles = [style("t", "Title"), style("st", "Subtitle"), style("h", "heading 2"), style("li", "List Bullet")].concat();
    let notes = "<w:footnotes xmlns:w=\"w\"><w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote><w:footnote w:id=\"2\"><w:p><w:r><w:footnoteRef/></w:r><w:r>\
                 <w:t xml:space=\"preserve\"> Built in 1912.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let core = "<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\"><dc:title>Old template</dc:title><dc:creator>Scan Account</dc:creator></cp:coreProperties>";
    // Where the parts lie, the package says.
    let file = zip(&[
        ("_rels/.rels", b"<Relationships><Relationship Type=\"http://x/officeDocument\" Target=\"/word/document2.xml\"/></Relationships>"),
        ("word/document2.xml", format!("<w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>{body}</w:body></w:document>").as_bytes()),
        (
            "word/_rels/document2.xml.rels",
            b"<Relationships><Relationship Type=\"http://x/styles\" Target=\"styles9.xml\"/></Relationships>",
        ),
        ("word/styles9.xml", format!("<w:styles xmlns:w=\"w\">{styles}</w:styles>").as_bytes()),
        ("word/footnotes.xml", notes.as_bytes()),
        ("docProps/core.xml", core.as_bytes()),
    ]);
    for name in ["a.docx", "a", "a.zip"] {
        let article = one(name, &file);
        let expected = "Harbour opens in Graz\n\nA decade late\n\nBy Marta Lind\n\nThe harbour opened on Monday, and the mayor was there.\n\nA box: Otto Reyl.\n\nOne\nTwo\n\nWhat \
                        follows\n\nThen the Officine Fiorelli won.\n\nBank\tNorthgate\nPort\tAqaba\tEilat\n\nThe end of it, said the mayor on the quay.\n\nBuilt in 1912.";
        assert_eq!(&*article.text, expected, "{name}");
        assert_eq!(article.meta.title.as_deref(), Some("Harbour opens in Graz"));
        assert_eq!(article.meta.byline.as_deref(), Some("Marta Lind"));
        assert_eq!(zones(&article, ZoneKind::Headline), ["Harbour opens in Graz\n\nA decade late"]);
    }
}

#[test]
fn what_a_document_says_of_itself_is_believed_where_its_text_says_so_too() {
    let core = |title: &str, author: &str| {
        format!(
            "<c:coreProperties xmlns:c=\"c\" xmlns:d=\"d\"><d:title>{title}</d:title><d:creator>{author}</d:creator></c:coreProperties>"
        )
    };
    let body = "<w:p><w:r><w:t>Nora Hale, Graz</w:t></w:r></w:p><w:p><w:r><w:t>harbour OPENS in Graz after ten years of waiting, it says here.</w:t></w:r></w:p>";
    let meta = |title: &str, author: &str| one("a.docx", &word(body, &[("docProps/core.xml", &core(title, author))])).meta;
    let long = "Harbour opens in Graz after ten years of waiting, it says here.";
    let said = meta(long, "Nora Hale");
    assert_eq!((said.title.as_deref(), said.byline.as_deref()), (Some(long), Some("Nora Hale")));
    let said = meta("Microsoft Word - Document1", "Admin");
    assert_ne!(said.title.as_deref(), Some("Microsoft Word - Document1"));
    assert_eq!((said.byline, said.published), (None, None));
}

#[test]
fn open_documents_say_what_is_seen() {
    let styles = "<style:style style:name=\"P1\" style:parent-style-name=\"Title\"/><style:style style:name=\"T1\"><style:text-properties text:display=\"none\"/></style:style>";
    for (text, expected) in [
        ("<text:p>Kept <text:s text:c=\"2\"/>apart</text:p>", "Kept   apart"),
        ("<text:p>Marta \n  <text:span>Li</text:span>nd<text:line-break/>Graz<text:tab/>x</text:p>", "Marta Lind\nGraz\tx"),
        ("<text:tracked-changes><text:p>struck</text:p></text:tracked-changes><text:p>a<text:change/>b</text:p>", "ab"),
        ("<text:p>a<office:annotation><text:p>remark</text:p></office:annotation>b<text:soft-page-break/>c</text:p>", "abc"),
        (
            "<text:p><text:ruby><text:ruby-base>東京</text:ruby-base><text:ruby-text>とうきょう</text:ruby-text></text:ruby></text:p>",
            "東京",
        ),
        ("<text:p>a<text:span text:style-name=\"T1\">hidden</text:span><text:hidden-text>h</text:hidden-text></text:p>", "a"),
        (
            "<text:p>One<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note>.</text:p><text:p>Two.</text:p>",
            "One.\n\nTwo.\n\nA note.",
        ),
        ("<text:section><text:p>In <text:a>Graz</text:a>.</text:p></text:section>", "In Graz."),
        (
            "<text:p>x<draw:frame><draw:text-box><text:p>Box one.</text:p><text:p>Box two.</text:p></draw:text-box></draw:frame></text:p><text:p>y</text:p>",
            "x\n\nBox one.\n\nBox two.\n\ny",
        ),
        (
            "<text:list><text:list-item><text:p>One</text:p></text:list-item><text:list-item><text:p>Two</text:p></text:list-item></text:list><text:p>End.</text:p>",
            "One\nTwo\n\nEnd.",
        ),
        (
            "<table:table><table:table-column/><table:table-header-rows><table:table-row><table:table-cell><text:p>Bank</text:p></table:table-cell><table:table-cell><text:p>Northgate</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-row><table:table-cell><text:p>Port</text:p></table:table-cell><table:covered-table-cell/><table:table-cell><text:p>Eilat</text:p></table:table-cell></table:table-row></table:table>",
            "Bank\tNorthgate\nPort\tEilat",
        ),
    ] {
        let article = one("a.odt", &open_document(text, styles));
        assert_eq!(&*article.text, expected);
        let flat = format!(
            "<?xml version=\"1.0\"?><office:document office:mimetype=\"application/vnd.oasis.opendocument.text\" xmlns:office=\"o\" xmlns:text=\"t\" xmlns:style=\"s\" xmlns:table=\"b\" xmlns:draw=\"d\"><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{text}</office:text></office:body></office:document>"
        );
        assert_eq!(&*one("a.fodt", flat.as_bytes()).text, expected);
    }
    let index = "<text:p text:style-name=\"P1\">Harbour opens</text:p><text:table-of-content><text:table-of-content-source><text:p>no</text:p></text:table-of-content-source><text:index-body><text:p>Part one 4</text:p></text:index-body></text:table-of-content><text:h text:outline-level=\"1\">Part one</text:h><text:p>The talks ended, said the mayor.</text:p>";
    let article = one("a.odt", &open_document(index, styles));
    assert_eq!(article.meta.title.as_deref(), Some("Harbour opens"));
    assert_eq!(zones(&article, ZoneKind::Boilerplate), ["Part one 4"]);
    let locked = zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", b"<m><encryption-data/></m>"),
        ("content.xml", b"\x01"),
    ]);
    assert!(told(&read("a.odt", &locked)).contains("encrypted"));
}

#[test]
fn exports_of_archives_in_word_are_taken_apart() {
    let p = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let lines = [
        "Port strike ends",
        "The Quay Herald",
        "5 July 2019 Friday",
        "Copyright 2019 The Quay Herald All Rights Reserved",
        "Length: 12 words",
        "Byline: Nora Hale",
        "Body",
        "The strike in Graz ended on Friday.",
        "Load-Date: July 6, 2019",
        "End of Document",
    ];
    let twice: String = [lines, lines].concat().iter().map(|line| p(line)).collect();
    let read = read("uni.docx", &word(&twice, &[]));
    assert_eq!(read.articles.len(), 2, "{read:?}");
    let meta = &read.articles[1].article.meta;
    assert_eq!(
        (meta.title.as_deref(), meta.outlet.as_deref(), meta.published.as_deref(), meta.byline.as_deref()),
        (Some("Port strike ends"), Some("The Quay Herald"), Some("2019-07-05"), Some("Nora Hale"))
    );
    let row = |code: &str, text: &str| format!("<w:tr><w:tc>{}</w:tc><w:tc>{text}</w:tc></w:tr>", p(code));
    let table = |n: u32| {
        format!(
            "<w:tbl>{}{}{}{}{}</w:tbl>",
            row("HD", &p("Talks end")),
            row("PD", &p("14 March 2012")),
            row("SN", &p("The Quay")),
            row("LP", &(p("One.") + &p("Two."))),
            row("AN", &p(&format!("Document Q{n}")))
        )
    };
    let read = self::read("factiva.docx", &word(&(table(1) + &table(2)), &[]));
    assert_eq!(read.articles.len(), 2, "{read:?}");
    assert_eq!(read.articles[1].article.meta.published.as_deref(), Some("2012-03-14"));
    assert!(read.articles[0].article.text.ends_with("One.\n\nTwo."), "{}", read.articles[0].article.text);
}

#[test]
fn hostile_containers_are_told() {
    let bomb = vec![b' '; 40_000_000];
    assert!(told(&read("a.docx", &zip(&[("word/document.xml", &bomb)]))).contains("becomes larger than"));
    let many: Vec<(String, &[u8])> = (0..20_001).map(|i| (i.to_string(), &b""[..])).collect();
    let many: Vec<(&str, &[u8])> =
        many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).chain([("word/document.xml", &b"<a/>"[..])]).collect();
    assert!(told(&read("a.docx", &zip(&many))).contains("20002 packed files"));
    let deep = |n: usize| format!("{}x{}", "<w:sdt><w:sdtContent>".repeat(n), "</w:sdtContent></w:sdt>".repeat(n));
    read("a.docx", &word(&deep(390), &[]));
    assert!(told(&read("a.docx", &word(&deep(5000), &[]))).contains("deep in one another"));
    let nested =
        |n: usize| format!("{}<w:p><w:r><w:t>x</w:t></w:r></w:p>{}", "<w:tbl><w:tr><w:tc>".repeat(n), "</w:tc></w:tr></w:tbl>".repeat(n));
    read("a.docx", &word(&nested(250), &[]));
    let spans = format!("<text:p>{}x{}</text:p>", "<text:span>".repeat(700), "</text:span>".repeat(700));
    read("a.odt", &open_document(&spans, ""));
    read("a.odt", &open_document("<text:p><text:s text:c=\"4000000000\"/>x</text:p>", ""));
    for file in [word("<w:p><w:r><w:t>Marta Lind</w:t></w:r></w:p>", &[]), open_document("<text:p>Marta Lind</text:p>", "")] {
        for len in (0..file.len()).step_by(3) {
            read("a.docx", &file[..len]);
            read("a.odt", &file[..len]);
        }
        let mut damaged = file.clone();
        for at in 0..damaged.len() {
            damaged[at] ^= 0x55;
            read("a.docx", &damaged);
            damaged[at] ^= 0x55;
        }
    }
}
