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
pub use crate::reading::testing::read;

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

fn rtf(body: &str) -> Vec<u8> {
    format!("{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0\\fswiss\\fcharset0 Arial;}}{{\\f1\\fcharset204 Arial Cyr;}}{{\\f2\\fcharset128 MS Mincho;}}{{\\f3\\fcharset238 Arial CE;}}{{\\f4\\fcharset2 Wingdings;}}}}\
             {{\\stylesheet{{\\s0 Normal;}}{{\\s1\\b Title;}}{{\\s2 heading 2;}}{{\\*\\cs9 Hidden;}}}}{body}}}").into_bytes()
}

#[test]
fn rtf_says_what_is_seen_in_the_code_page_of_each_font() {
    for (body, expected) in [
        ("Marta {\\b Li}nd", "Marta Lind"),
        ("M\\'fcller said \\ldblquote no\\rdblquote\\emdash twice", "Müller said “no”—twice"),
        ("\\f1 \\'d9\\'e5\\'f0\\'e1\\'e0\\'ea\\'ee\\'e2\\f0 , Graz", "Щербаков, Graz"),
        ("{\\f2 \\'93\\'8c\\'8b\\'9e}", "東京"),
        // The second half of a letter may look like one of ASCII.
        ("{\\f2 \\'83e\\'83X\\'83g}", "テスト"),
        ("{\\f3 Wa\\'b3\\'easa}", "Wałęsa"),
        ("a{\\f4 \\'4a\\'fc}b", "ab"),
        ("\\u1065?\\uc2\\u1077??\\uc0\\u1088 x", "Щерx"),
        ("{\\uc1 \\u252\\'fc}ber", "über"),
        ("\\u-10179?\\u-8704?!", "😀!"),
        ("Port\\~Vell North\\_field co\\-op {\\{}", "Port\u{a0}Vell North\u{2011}field co\u{ad}op {"),
        ("One.\\par\nTwo.\\line Three.\\\nFour.", "One.\n\nTwo.\nThree.\n\nFour."),
        ("a{\\v hidden}b{\\deleted struck}c{\\deleted\\par}d\\plain e", "abcde"),
        ("a{\\*\\unknown x}{\\pict 89504e47}{\\header Head}{\\footerl Foot}{\\*\\annotation no}b", "ab"),
        ("a{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt Graz}}{\\xe index}", "aGraz"),
        ("{\\upr{wrong}{\\*\\ud right}}", "right"),
        ("a{\\pict\\bin5 }}}{{}b", "ab"),
        (
            "Text{\\super 1}{\\*\\footnote\\chftn\\~ A note.\\par Its end.} goes on.\\par Last.",
            "Text1 goes on.\n\nLast.\n\nA note.\nIts end.",
        ),
        (
            "Before.{\\shp{\\*\\shpinst{\\sp{\\sn a}{\\sv b}}{\\shptxt Box one.\\par Box two.}}{\\shprslt Box one.}}\\par After.",
            "Before.\n\nBox one.\n\nBox two.\n\nAfter.",
        ),
        (
            "Head.\\par\\trowd\\cellx1\\intbl Bank\\cell\\intbl North\\par\\intbl gate\\cell\\row\\intbl Port\\cell Eilat\\cell\\row\\pard Tail.",
            "Head.\n\nBank\tNorth\ngate\nPort\tEilat\n\nTail.",
        ),
        ("\\pard\\ls1{\\listtext 1.}One\\par{\\listtext 2.}Two\\par\\pard End.", "One\nTwo\n\nEnd."),
    ] {
        for name in ["a.rtf", "a.doc", "a"] {
            assert_eq!(&*one(name, &rtf(body)).text, expected, "{body}");
        }
    }
    let styled = one(
        "a.rtf",
        &rtf(
            "{\\info{\\title Old}{\\author Marta Lind}}\\pard\\s1 Harbour opens\\par\\pard By Marta Lind\\par The harbour opened on Monday.",
        ),
    );
    assert_eq!((styled.meta.title.as_deref(), styled.meta.byline.as_deref()), (Some("Harbour opens"), Some("Marta Lind")));
    let forced = read_input(
        Input::of_bytes(Path::new("a.rtf"), b"{\\rtf1 \\'cc\\'f3}").unwrap(),
        READERS,
        How { encoding: Some("windows-1251"), ..How::default() },
        &AtomicBool::new(false),
    );
    let source = |read: &Read| read.articles[0].article.source.as_ref().unwrap().encoding.clone();
    assert_eq!((&*forced.articles[0].article.text, source(&forced).as_str()), ("Му", "windows-1251"));
    assert_eq!(source(&read("a.rtf", &rtf("Graz"))), "UTF-8", "what the file names itself is not forced on it when it is read again");
    let dos = read("a.rtf", b"{\\rtf1\\ansicpg850 Graz}");
    assert!(dos.articles[0].notes.iter().any(|note| note.to_string().contains("code page 850")));
}

#[test]
fn exports_of_archives_in_rtf_are_taken_apart() {
    let lines = |n: u32| {
        format!(
            "                               {n} of 2 DOCUMENTS\\par\\par The Quay Herald\\par\\par March {n}, 2021 Monday\\par\\par Harbour opens {n}\\par\\par BYLINE: Nora Hale\\par\\par LENGTH: 12 words\\par\\par The harbour in Graz opened.\\par\\par LOAD-DATE: March 5, 2021\\par\\page "
        )
    };
    let read = read("a.rtf", &rtf(&(lines(1) + &lines(2))));
    let told: Vec<_> =
        read.articles.iter().map(|one| (one.article.meta.title.clone().unwrap(), one.article.meta.published.clone().unwrap())).collect();
    assert_eq!(told, [("Harbour opens 1".to_owned(), "2021-03-01".to_owned()), ("Harbour opens 2".to_owned(), "2021-03-02".to_owned())]);
    let factiva = "HD\\tab Port strike ends\\par PD\\tab 14 March 2012\\par SN\\tab The Quay\\par LP\\par The strike ended.\\par TD\\par It was long.\\par AN\\tab Document Q1\\par ";
    let read = self::read("a.rtf", &rtf(&factiva.repeat(2)));
    assert_eq!(read.articles.len(), 2, "{read:?}");
    assert_eq!(read.articles[1].article.meta.outlet.as_deref(), Some("The Quay"));
}

#[test]
fn hostile_rtf_is_borne() {
    let n = 300_000;
    for text in [
        "{\\rtf1 ".to_owned() + &"{".repeat(n),
        "{\\rtf1 x".to_owned() + &"}".repeat(n),
        "{\\rtf1 ".to_owned() + &"{\\footnote x".repeat(n / 10),
        "{\\rtf1 ".to_owned() + &"{\\shptxt x".repeat(n / 10),
        "{\\rtf1 x".to_owned() + &"\\cell".repeat(n),
        "{\\rtf1 x".to_owned() + &"\\cell\\row".repeat(n / 2),
        "{\\rtf1 x".to_owned() + &"\\intbl\\par".repeat(n / 2),
        "{\\rtf1 {\\fonttbl".to_owned() + &"{\\f1\\fcharset2}".repeat(n / 10),
        "{\\rtf1 x\\bin999999999 y".to_owned(),
        "{\\rtf1 x\\uc999999999\\u77 y".to_owned(),
        "{\\rtf1 x\\u".to_owned(),
    ] {
        read("a.rtf", text.as_bytes());
    }
    let file = rtf("a\\u1065?{\\f2 \\'93\\'8c}{\\*\\footnote b}{\\shptxt c}\\trowd\\intbl d\\cell\\row");
    for len in 0..file.len() {
        read("a.rtf", &file[..len]);
    }
}

fn book(chapters: &[(&str, &str)], spine: &str) -> Vec<u8> {
    let items: String = chapters
        .iter()
        .enumerate()
        .map(|(i, (name, _))| format!("<item id=\"c{i}\" href=\"{name}\" media-type=\"application/xhtml+xml\"/>"))
        .collect();
    let list = format!(
        "<package xmlns:dc=\"d\"><metadata><dc:title>The Quay Weekly</dc:title><dc:creator>Marta Lind</dc:creator><dc:date>2021-03-04</dc:date><dc:language>en</dc:language></metadata>\
         <manifest>{items}<item id=\"nav\" href=\"nav.xhtml\" properties=\"nav\"/></manifest><spine><itemref idref=\"nav\"/>{spine}</spine></package>"
    );
    let container = "<container><rootfiles><rootfile full-path=\"OPS/book.opf\"/></rootfiles></container>";
    let mut files: Vec<(String, String)> = vec![
        ("mimetype".into(), "application/epub+zip".into()),
        ("META-INF/container.xml".into(), container.into()),
        ("OPS/book.opf".into(), list),
        ("OPS/nav.xhtml".into(), "<html><body><nav>Contents</nav></body></html>".into()),
    ];
    files.extend(chapters.iter().map(|(name, text)| (format!("OPS/{}", name.replace("%20", " ")), (*text).to_owned())));
    zip(&files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect::<Vec<_>>())
}

#[test]
fn the_documents_of_a_book_are_articles_in_their_order() {
    let page = |kind: &str, title: &str, text: &str| {
        format!(
            "<html xmlns:epub=\"e\"><head><title>{title}</title></head><body epub:type=\"{kind}\"><h1>{title}</h1><p>{text}</p></body></html>"
        )
    };
    let chapters = [
        ("cover.xhtml", page("cover", "Cover", "x")),
        ("notes.xhtml", page("footnotes", "Notes", "A note of Otto Reyl.")),
        (
            "ch%201.xhtml",
            page(
                "bodymatter",
                "Harbour opens",
                "In <ruby>東京<rt>とうきょう</rt></ruby> the harbour<a epub:type=\"noteref\" href=\"#n\">1</a> opened<a role=\"doc-noteref\" href=\"#m\"><sup>2</sup></a>.",
            ),
        ),
        ("ch2.xhtml", page("bodymatter", "Bank opens", "Northgate Bank opened in Lagos.")),
    ];
    let chapters: Vec<(&str, &str)> = chapters.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let spine = "<itemref idref=\"c0\"/><itemref idref=\"c1\" linear=\"no\"/><itemref idref=\"c2\"/><itemref idref=\"c3\"/>";
    for name in ["a.epub", "a", "a.zip"] {
        let read = read(name, &book(&chapters, spine));
        let texts: Vec<&str> = read.articles.iter().map(|one| &*one.article.text).collect();
        assert_eq!(
            texts,
            [
                "Harbour opens\n\nIn 東京 the harbour opened.",
                "Bank opens\n\nNorthgate Bank opened in Lagos.",
                "Notes\n\nA note of Otto Reyl."
            ],
            "{:?}",
            read.troubles
        );
        let meta = &read.articles[1].article.meta;
        assert_eq!(
            (meta.title.as_deref(), meta.outlet.as_deref(), meta.published.as_deref(), meta.language.as_deref()),
            (Some("Bank opens"), Some("The Quay Weekly"), Some("2021-03-04"), Some("en"))
        );
    }
    let alone = one("a.epub", &book(&chapters[2..3], "<itemref idref=\"c0\"/>"));
    assert_eq!(
        (alone.meta.title.as_deref(), alone.meta.byline.as_deref(), alone.source.as_ref().map(|source| source.number)),
        (Some("The Quay Weekly"), Some("Marta Lind"), Some(0))
    );
    assert!(told(&read("a.epub", &book(&chapters[..1], "<itemref idref=\"c0\"/>"))).contains("no text"));
}

#[test]
fn a_zip_is_read_like_a_folder() {
    let inner = zip(&[("deep/c.txt", b"Words of the third.")]);
    let nested = (0..6).fold(inner.clone(), |inside, _| zip(&[("x.zip", &inside)]));
    let file = zip(&[
        ("a.txt", b"Words of the first."),
        ("folder/b.rtf", b"{\\rtf1 Words of the second.}"),
        ("more.zip", &inner),
        ("__MACOSX/._a.txt", b"no"),
        (".hidden.txt", b"no"),
        ("picture.png", b"\x89PNG"),
        ("empty.txt", b""),
        ("folder/", b""),
    ]);
    let read = self::read("a.zip", &file);
    let texts: Vec<(&str, &str, u32)> = read.articles.iter().map(|one| (one.article.id.as_str(), &*one.article.text, one.number)).collect();
    assert_eq!(texts, [("a", "Words of the first.", 1), ("b", "Words of the second.", 2), ("c", "Words of the third.", 3)]);
    let told = told(&read);
    assert!(told.contains("\"empty.txt\" in it: the file is empty") && told.contains("3 of the 8 files"), "{told}");
    assert!(read.articles.iter().all(|one| one.article.source.as_ref().is_some_and(|source| source.path == "a.zip")));
    assert!(self::told(&self::read("a.zip", &nested)).contains("files deep"));
    assert!(self::told(&self::read("a.zip", &zip(&[("a.png", b"x")]))).contains("holds no articles"));
    assert!(
        self::told(&self::read("a.xlsx", &zip(&[("[Content_Types].xml", b"<a/>"), ("xl/workbook.xml", b"<a/>")]))).contains("spreadsheet")
    );
}
