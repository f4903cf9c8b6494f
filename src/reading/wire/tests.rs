//! Stories as agencies send them, in words of our own: every field right, names as suggestions, nothing twice.

use std::sync::atomic::AtomicBool;

use super::super::frame::Read;
use super::super::reader::How;
use super::super::table::READERS;
use super::super::testing::{self, fields, read};
use crate::annotation::{Article, ZoneKind};

/// The paragraphs that are text of the story, without its dateline.
fn body(read: &Read) -> String {
    let article = &read.articles[0].article;
    let is_body = |at: usize| matches!(article.zone_at(at), ZoneKind::Body | ZoneKind::Dateline);
    let mut at = 0;
    let mut paragraphs = Vec::new();
    for line in article.text.split('\n') {
        if !line.is_empty() && is_body(at) {
            paragraphs.push(line);
        }
        at += line.len() + 1;
    }
    paragraphs.join(" / ")
}

fn of_kind(article: &Article, kind: ZoneKind) -> String {
    let zones = article.zones.iter().filter(|zone| zone.kind == kind);
    zones.map(|zone| article.quote(zone.span).replace("\n\n", " / ")).collect::<Vec<_>>().join(" / ")
}

fn told(read: &Read) -> String {
    testing::told(read).join("\n")
}

fn names(article: &Article) -> Vec<String> {
    article.mentions.iter().map(|mention| format!("{} {}", mention.label, article.quote(mention.span))).collect()
}

const BODY: &str = "<p><location>GRAZ</location> (DPN) - <person>Marta Lind's</person> talks with the <org>Kelp Board</org> ended\n on \
    <chron norm=\"20210304\">Thursday</chron>, she said in the hall.</p><p/><p>It was late,<br/> and &eacute;lan was gone &mdash; all of it.</p>";

fn nitf(root: &str) -> String {
    format!(
        "<nitf{root}><head><title>1 POLITICS Talks</title><docdata management-status=\"usable\"><doc-id id-string=\"x.1\" regsrc=\"DPN\"/>\
        <date.issue norm=\"20210304T001044+0100\"/><doc.copyright holder=\"Delta Press\" year=\"2021\"/></docdata></head><body xml:lang=\"en\"><body.head>\
        <hedline><hl1>Talks end in <location>Graz</location> =</hl1></hedline><byline>By <person>Ewa Lis</person><byttl>DPN Writer</byttl></byline>\
        <dateline><location>GRAZ</location></dateline><abstract><p>Marta Lind rests.</p></abstract></body.head><body.content>\
        <media><media-caption>Marta Lind in Graz.</media-caption><media-producer>Bo Ek</media-producer></media><block>{BODY}</block>\
        <ed-msg info=\"Please check\"/><p>dpa wsz jln</p></body.content></body></nitf>"
    )
}

#[test]
fn nitf_of_every_kind() {
    let doctype = "<!DOCTYPE nitf SYSTEM \"nitf-3-4.dtd\" [<!ENTITY % more SYSTEM \"x.dtd\"> %more; <!ENTITY own \"Delta\">]>";
    for text in [
        format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>{doctype}{}", nitf("")),
        nitf(" xmlns=\"http://iptc.org/std/NITF/2006-10-18/\""),
        // Bytes that lie: they are UTF-8.
        format!("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>{}", nitf("").replace("&eacute;", "é")),
    ] {
        let read = read("a.xml", text.as_bytes());
        assert_eq!(fields(&read), ["Talks end in Graz | Delta Press | 2021-03-04 | Ewa Lis | en"], "{}", told(&read));
        let article = &read.articles[0].article;
        assert_eq!(names(article), ["GPE GRAZ", "PERSON Marta Lind", "ORG Kelp Board", "DATE Thursday"]);
        assert!(article.mentions.iter().all(|mention| mention.is_suggested() && mention.origin.to_string() == "import:nitf"));
        assert_eq!(article.mentions[3].value.as_deref(), Some("2021-03-04"));
        let body = body(&read);
        assert!(body.contains("GRAZ (DPN) - Marta Lind's talks with the Kelp Board ended on Thursday, she said in the hall."), "{body}");
        assert!(body.contains("It was late, and élan was gone — all of it."), "{body}");
        assert!(!body.contains("dpa wsz") && !article.text.contains("Please check"), "{body}");
        assert_eq!(of_kind(article, ZoneKind::Caption), "Marta Lind in Graz.");
        assert!(told(&read).contains("a message to editors was left out: “Please check”"));
    }
    let text = nitf("").replace("usable", "canceled").replace("20210304T001044+0100", "YYYYMMDD000000-HHMM");
    let read = read("a.xml", text.as_bytes());
    assert!(told(&read).contains("the agency says that this story is canceled") && told(&read).contains("is no day"), "{}", told(&read));
}

#[test]
fn newsml_g2() {
    let item = |content: &str| {
        format!(
            "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" guid=\"tag:x\" version=\"3\"><itemMeta><provider literal=\"Delta Press\"/>\
            <versionCreated>2021-03-04T23:10:00+01:00</versionCreated><pubStatus qcode=\"stat:usable\"/></itemMeta><contentMeta><by>By Ewa Lis</by>\
            <language tag=\"en\"/><headline>Talks end in Graz</headline><slugline>talks</slugline></contentMeta><contentSet>{content}</contentSet></newsItem>"
        )
    };
    let xhtml = "<inlineXML contenttype=\"application/xhtml+xml\"><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title/></head><body>\
        <header><h1>Talks end in Graz</h1><ul><li>Graz</li></ul></header><section class=\"main\"><p>Marta Lind left\n Graz.</p><p>It rained.</p></section></body></html></inlineXML>";
    let sections = "<inlineXML><html xmlns=\"http://www.w3.org/1999/xhtml\"><body><section>Marta Lind left Graz.</section><section>It rained.</section></body></html></inlineXML>";
    let plain = "<inlineData contenttype=\"text/plain\">Marta Lind left Graz.\n\nIt rained.</inlineData>";
    let escaped =
        "<inlineData contenttype=\"text/plain\">&lt;p&gt;Marta Lind left Graz.&lt;/p&gt;&lt;p&gt;It rained.&lt;/p&gt;</inlineData>";
    let inner = "<inlineXML><nitf xmlns=\"http://iptc.org/std/NITF/2006-10-18/\"><body><body.content><p><person>Marta Lind</person> left Graz.</p><p>It rained.</p></body.content></body></nitf></inlineXML>";
    for content in [xhtml, sections, plain, escaped, inner, &format!("{xhtml}{plain}")] {
        let read = read("a.xml", item(content).as_bytes());
        assert_eq!(fields(&read), ["Talks end in Graz | Delta Press | 2021-03-04 | Ewa Lis | en"], "{content}: {}", told(&read));
        assert_eq!(body(&read), "Marta Lind left Graz. / It rained.", "{content}");
    }
    let message = format!(
        "<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><itemSet>{}{}{}</itemSet></newsMessage>",
        item(xhtml),
        item(plain),
        item("<remoteContent href=\"a.mp4\"/>")
    );
    let read = read("a.xml", message.as_bytes());
    assert_eq!(read.articles.len(), 2);
    assert_eq!(told(&read), "1 of 3 items hold no text of a story, such as pictures and films");
}

#[test]
fn newsml_1() {
    let item = |id: &str, revision: u32, content: &str| {
        format!(
            "<NewsItem><Identification><NewsIdentifier><ProviderId>delta.example</ProviderId><DateId>20210304</DateId><NewsItemId>{id}</NewsItemId><RevisionId PreviousRevision=\"0\" Update=\"N\">{revision}</RevisionId></NewsIdentifier></Identification>\
            <NewsManagement><ThisRevisionCreated>20210304T091500</ThisRevisionCreated><Status FormalName=\"Usable\"/></NewsManagement>\
            <NewsComponent><AdministrativeMetadata><Provider><Party FormalName=\"Delta Press\"/></Provider></AdministrativeMetadata><NewsComponent><NewsLines><HeadLine>Talks end in Graz</HeadLine><ByLine>By Ewa Lis</ByLine><DateLine>GRAZ</DateLine></NewsLines>\
            <DescriptiveMetadata><Language FormalName=\"EN\"/></DescriptiveMetadata><ContentItem><DataContent>{content}</DataContent></ContentItem>\
            <ContentItem><DataContent>Marta Lind left Graz &mdash; at last.\nIt rained.</DataContent></ContentItem></NewsComponent></NewsComponent></NewsItem>"
        )
    };
    let doctype = "<!DOCTYPE NewsML SYSTEM \"NewsML_1.2.dtd\" [<!ENTITY % nitf SYSTEM \"nitf.dtd\"> %nitf; ]>";
    let wrap = |items: &str| format!("<?xml version=\"1.0\"?>{doctype}<NewsML Version=\"1.2\">{items}</NewsML>");
    for content in [
        "<p>Marta Lind left Graz &mdash; at last.</p><p>It rained.</p>",
        "<nitf><body><body.content><p>Marta Lind left Graz &mdash; at last.</p><p>It rained.</p></body.content></body></nitf>",
        "<body><body.content><p>Marta Lind left Graz &mdash; at last.</p><p>It rained.</p></body.content></body>",
    ] {
        let read = read("a.xml", wrap(&item("1", 1, content)).as_bytes());
        assert_eq!(fields(&read), ["Talks end in Graz | Delta Press | 2021-03-04 | Ewa Lis | en"], "{content}: {}", told(&read));
        assert_eq!(body(&read).trim_start_matches("GRAZ / "), "Marta Lind left Graz — at last. / It rained.", "{content}");
    }
    let several = wrap(&format!("{}{}{}", item("1", 1, "<p>Old.</p>"), item("2", 1, "<p>Other.</p>"), item("1", 2, "<p>New.</p>")));
    let read = read("a.xml", several.as_bytes());
    assert_eq!(read.articles.len(), 2);
    assert_eq!(told(&read), "1 earlier revisions were left out for the last of each story");
}

#[test]
fn feeds() {
    let rss = "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
        xmlns:media=\"http://search.yahoo.com/mrss/\"><channel><title>The Quay</title><language>en</language><link>https://quay.example</link><item>\
        <media:title>A pier</media:title><title>Lind &amp;amp; Reyl leave</title><link>https://quay.example/1</link><dc:creator>Ewa Lis</dc:creator><dc:creator>Bo Ek</dc:creator>\
        <pubDate>Thu, 04 Mar 2021 00:30:00 CEST</pubDate><media:content url=\"x.jpg\"><media:description>Marta Lind at the pier.</media:description></media:content>\
        <description>Short.</description><content:encoded><![CDATA[<p>Marta Lind left Graz.</p><p>It rained on R&D &eacute;lan.</p>]]></content:encoded></item>\
        <item><title>Second</title><description>&lt;p&gt;Only a summary.&lt;/p&gt;</description></item></channel></rss>";
    let read_rss = read("feed.xml", rss.as_bytes());
    assert_eq!(
        fields(&read_rss),
        ["Lind & Reyl leave | The Quay | 2021-03-04 | Ewa Lis, Bo Ek | en", "Second | The Quay |  |  | en"],
        "{}",
        told(&read_rss)
    );
    assert_eq!(body(&read_rss), "Marta Lind left Graz. / It rained on R&D élan.");
    let first = &read_rss.articles[0].article;
    assert_eq!(of_kind(first, ZoneKind::Caption), "A pier / Marta Lind at the pier.");
    assert_eq!(first.meta.url.as_deref(), Some("https://quay.example/1"));
    assert!(read_rss.articles[1].article.text.ends_with("Only a summary."));

    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title>The Quay</title><entry><title type=\"html\">Talks end</title><link href=\"https://quay.example/1\"/>\
        <author><name>Ewa Lis</name></author><published>2021-03-04T23:50:00+01:00</published><content type=\"html\">&lt;p&gt;Marta Lind left Graz.&lt;/p&gt;&lt;p&gt;It rained.&lt;/p&gt;</content></entry></feed>";
    let read_atom = read("feed.atom", atom.as_bytes());
    assert_eq!(fields(&read_atom), ["Talks end | The Quay | 2021-03-04 | Ewa Lis | "]);
    assert_eq!(body(&read_atom), "Marta Lind left Graz. / It rained.");

    let wxr = |status: &str, kind: &str| {
        format!(
            "<item><title>Talks end</title><dc:creator>ewa</dc:creator><pubDate>Thu, 04 Mar 2021 09:00:00 +0000</pubDate><content:encoded><![CDATA[Marta Lind left Graz.\n\nIt rained.]]></content:encoded>\
            <excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_date>2021-03-04 09:00:00</wp:post_date><wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type></item>"
        )
    };
    let export = format!(
        "<rss version=\"2.0\" xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\"http://wordpress.org/export/1.2/\">\
        <channel><title>The Quay</title><language>en</language>{}{}{}</channel></rss>",
        wxr("publish", "post"),
        wxr("draft", "post"),
        wxr("publish", "attachment")
    );
    let read_wxr = read("export.xml", export.as_bytes());
    assert_eq!(fields(&read_wxr), ["Talks end | The Quay | 2021-03-04 | ewa | en"]);
    assert_eq!(body(&read_wxr), "Marta Lind left Graz. / It rained.");
    assert_eq!(told(&read_wxr), "2 of 3 items are not published or no articles, and were left out");
}

#[test]
fn ninjs_of_every_version() {
    let one = r#"{"uri":"urn:x:1","type":"text","versioncreated":"2021-03-04T00:10:00+01:00","language":"en","headline":"Talks end in Graz","byline":"By Ewa Lis","copyrightholder":"Delta Press","pubstatus":"usable","body_text":"Flat.","body_xhtml":"<p>Marta Lind left Graz.</p><p>It rained.</p>"}"#;
    let two = r#"{"uri":"urn:x:1","versionCreated":"2021-03-04T00:10:00+01:00","language":"en","headlines":[{"role":"short","value":"Talks"},{"role":"main","value":"Talks end in Graz"}],"by":"Ewa Lis","copyrightHolder":"Delta Press","bodies":[{"role":"caption","contentType":"text/html","value":"<p>A pier.</p>"},{"contentType":"text/plain","value":"Flat."},{"role":"main","contentType":"text/html","value":"<p>Marta Lind left Graz.</p><p>It rained.</p>"}]}"#;
    let nitf = serde_json::json!({"uri": "urn:x:1", "versioncreated": "2021-03-04T00:10:00Z", "language": "en", "headline": "Talks end in Graz", "byline": "Ewa Lis", "copyrightholder": "Delta Press",
        "body_nitf": "<nitf><body><body.content><p>Marta Lind left Graz.</p><p>It rained.</p></body.content></body></nitf>"})
    .to_string();
    let plain = r#"{"guid":"1","versioncreated":"2021-03-04T00:10:00Z","language":"en","headline":"Talks end in Graz","byline":"Ewa Lis","source":"Delta Press","body_text":"Marta Lind left Graz.\n\nIt rained."}"#;
    let picture = r#"{"uri":"urn:x:2","type":"picture","versioncreated":"2021-03-04T00:10:00Z","headline":"A pier"}"#;
    for text in [
        one.to_owned(),
        two.to_owned(),
        nitf,
        plain.to_owned(),
        format!("[{one}]"),
        format!("{{\"item\":[{one},{picture}]}}"),
        format!("{one}\n"),
    ] {
        for name in ["a.json", "a.txt"] {
            let read = read(name, text.as_bytes());
            assert_eq!(fields(&read), ["Talks end in Graz | Delta Press | 2021-03-04 | Ewa Lis | en"], "{text}: {}", told(&read));
            assert_eq!(body(&read), "Marta Lind left Graz. / It rained.", "{text}");
        }
    }
    let read = read("a.json", format!("{{\"item\":[{one},{picture}]}}").as_bytes());
    assert_eq!(told(&read), "1 of 2 items have no text, such as pictures and films");
}

#[test]
fn iptc_7901() {
    let message = |foot: &str| {
        format!(
            "\x01dpn062 4 i 211 dpn 0123\r\nTalks/Graz/Lind/\r\n\x02\r\n1ST LEAD\n\r\nTalks end in Graz =\n\r\nBy Ewa Lis, dpn =\n\r\n  Graz (dpn) - Marta Lind left Graz on\r\nThursday, the Kelp Board said.\n\r\n\
              It rained.\n\r\n# Notebook\r\n## Contacts\r\n- Marta Lind, +43 1 234\r\n\x03\r\n{foot}\r\n\x7f\x04"
        )
    };
    for (foot, day) in
        [("041137 GMT Mar 21", "2021-03-04"), ("041137 Okt 20", "2020-10-04"), ("041137 dec 2019", "2019-12-04"), ("no day", "")]
    {
        let read = read("wire", message(foot).as_bytes());
        assert_eq!(fields(&read), [format!("Talks end in Graz |  | {day} | Ewa Lis, dpn | en")], "{}", told(&read));
        assert_eq!(body(&read), "Graz (dpn) - Marta Lind left Graz on Thursday, the Kelp Board said. / It rained.");
        assert!(told(&read).contains("not for publication was left out: 1 paragraph") && !read.articles[0].article.text.contains("+43"));
    }
    let two = format!("{}{}", message("041137 GMT Mar 21"), message("051137 GMT Mar 21"));
    assert_eq!(read("wire.txt", two.as_bytes()).articles.len(), 2);
    let cut = message("");
    assert!(told(&read("wire", &cut.as_bytes()[..cut.find('\u{3}').unwrap()])).contains("cut off"));
    let accented = message("041137 GMT Mar 21").replace("rained", "régnait");
    let (latin, ..) = encoding_rs::WINDOWS_1252.encode(&accented);
    assert!(body(&read("wire", &latin)).ends_with("It régnait."));
}

#[test]
fn anpa_1312() {
    let message = |dateline: &str, foot: &str| {
        format!(
            "\x16\x16\x01a0001\x1f----\r\nr a \x12BC-Talks 03-04 0211\r\n\x02^BC-EU--Talks, 1st Ld-Writethru,211<\r\n^Talks end in Graz<\r\n^Eds: Restores reference.<\r\n^By EWA LIS=\r\n^Delta Press=\r\n\
            \t   {dateline} _ Marta\x10Lind said ``It is\r\nover'' after 3{{ hours.\r\n\t   It rained.\r\n\t   ___\r\n\t   It rains still.\r\n{foot}\r\n\x0c\x04"
        )
    };
    for (dateline, foot, outlet, day) in [
        ("GRAZ, Austria (AP)", "AP-WF-03-04-21 1509GMT", "AP", "2021-03-04"),
        ("TOKYO, Dec. 9 Kyodo", "KWS-21:37-09-12-18", "Kyodo", "2018-12-09"),
        ("TOKYO, Sept. 12 Kyodo", "KWS-21:37-09-12-18", "Kyodo", "2018-09-12"),
    ] {
        let read = read("wire", message(dateline, foot).as_bytes());
        assert_eq!(fields(&read), [format!("Talks end in Graz | {outlet} | {day} | EWA LIS | en")], "{}", told(&read));
        assert_eq!(body(&read), format!("{dateline} — Marta\u{a0}Lind said “It is over” after 3½ hours. / It rained. / It rains still."));
    }
}

#[test]
fn collections_in_sgml_and_stories_with_highlights() {
    let trec = "<DOC>\n<DOCNO> DPN20210304-0001 </DOCNO>\n<HEADLINE>\nTalks end in\nGraz\n</HEADLINE>\n<SLUG>x</SLUG>\n<TEXT>\n<P>\nMarta Lind &AMP; the Kelp\nBoard &QL;left&QR; Graz.\n</P>\n<P>\nIt rained &MD; much.\n</P>\n</TEXT>\n</DOC>\n\
        <DOC id=\"DPN_ENG_20210305.0002\" type=\"story\">\n<HEADLINE>Second</HEADLINE>\n<TEXT>\n   One of 3 < 4.\n   Two.\n</TEXT>\n</DOC>\n<DOC>\n<TEXT></TEXT></DOC>";
    let read_trec = read("a.sgml", trec.as_bytes());
    assert_eq!(fields(&read_trec), ["Talks end in Graz |  | 2021-03-04 |  | ", "Second |  | 2021-03-05 |  | "], "{}", told(&read_trec));
    assert_eq!(body(&read_trec), "Marta Lind & the Kelp Board “left” Graz. / It rained — much.");
    assert!(read_trec.articles[1].article.text.ends_with("One of 3 < 4.\n\nTwo."));
    assert_eq!(told(&read_trec), "1 of 3 documents hold no words");
    let old = read("a.sgml", b"<DOC>\n<DOCNO> DPN901231-0001 </DOCNO>\n<TEXT>\n   Marta Lind left Graz.\n</TEXT>\n</DOC>\n");
    assert_eq!(old.articles[0].article.meta.published.as_deref(), Some("1990-12-31"));

    let story = "By .\nEwa Lis .\nPUBLISHED:\n12:01 EST, 4 March 2021\n.\n|\n.\nUPDATED:\n13:01 EST, 4 March 2021\n.\nMarta Lind left Graz.\n\nIt rained.\n\n@highlight\n\nLind left\n\n@highlight\n\nRain\n";
    let read_story = read("a.story", story.as_bytes());
    assert_eq!(fields(&read_story), [" |  |  | Ewa Lis | "]);
    assert!(read_story.articles[0].article.text.ends_with("Marta Lind left Graz.\n\nIt rained."));
}

#[test]
fn what_leads_to_a_story_and_what_holds_it_back() {
    let item = r#"{"uri":"urn:x:2","versionCreated":"2023-10-08T23:30:00+02:00","language":"sv","headlines":[{"role":"main","value":"Hamnen öppnar"}],"by":"Anna Ek",
        "provider":"Norpress","embargoed":"2023-10-10T00:00:00Z","bodies":[{"role":"lead","contentType":"text/html","value":"<p>Ingress här.</p>"},
        {"role":"plain","contentType":"text/plain","value":"Hamnen i Ellery öppnade. Det regnade."},
        {"role":"main","contentType":"text/html","value":"<p>Hamnen i Ellery öppnade.</p><p>Det regnade.</p>"},{"role":"sms","contentType":"text/html","value":"<p>Hamnen öppen</p>"}]}"#;
    let read_item = read("a.json", item.as_bytes());
    assert_eq!(fields(&read_item), ["Hamnen öppnar | Norpress | 2023-10-08 | Anna Ek | sv"], "{}", told(&read_item));
    assert_eq!(body(&read_item), "Ingress här. / Hamnen i Ellery öppnade. / Det regnade.");
    assert_eq!(told(&read_item), "the agency holds this story back until 2023-10-10");

    let held = nitf("")
        .replace("<date.issue", "<date.release norm=\"20210306T000000Z\"/><date.issue")
        .replace("By <person>Ewa Lis</person><byttl>DPN Writer</byttl>", "gr/bp")
        .replace("<doc.copyright holder=\"Delta Press\" year=\"2021\"/>", "<doc.rights owner=\"Norpress\"/>")
        .replace(" regsrc=\"DPN\"", "");
    let read_held = read("a.xml", held.as_bytes());
    assert_eq!(fields(&read_held), ["Talks end in Graz | Norpress | 2021-03-04 |  | en"], "{}", told(&read_held));
    assert!(told(&read_held).contains("holds this story back until 2021-03-06") && !read_held.articles[0].article.text.contains("gr/bp"));
}

#[test]
fn lines_lists_and_tables_stay_apart() {
    let content = "<p>Words.</p><ul><li>Quays</li><li>Cranes</li></ul><table><tr><th>Ship</th><th>Owner</th></tr><tr><td>Aurora</td><td>Kestrel</td></tr></table>\
        <pre>Line one\nLine two</pre><p>___</p><p>Ends here.</p>";
    let story = format!(
        "<nitf><body><body.head><hedline><hl1>Talks end</hl1></hedline></body.head><body.content>{content}</body.content></body></nitf>"
    );
    let read = read("a.xml", story.as_bytes());
    let article = &read.articles[0].article;
    assert_eq!(
        &*article.text,
        "Talks end\n\nWords.\n\nQuays\nCranes\n\nShip\tOwner\nAurora\tKestrel\n\nLine one\nLine two\n\n___\n\nEnds here."
    );
    assert_eq!(of_kind(article, ZoneKind::Boilerplate), "___");
}

#[test]
fn news_of_a_web_service_and_of_the_oldest_collection() {
    let item = "<RBNews><NewsID>9a</NewsID><headline>Havnen &#230;bner igen</headline><subtitle>Syv &#229;r efter</subtitle><byline>/ritzau/</byline><PublishDate>2016-10-11T00:13:27</PublishDate>\
        <TilRedaktionen>Ring til os</TilRedaktionen><content>&lt;p&gt;København /ritzau/: Borgmester Greta Holm &amp;amp;apos;åbnede&amp;amp;apos; havnen.&lt;/p&gt;&lt;p&gt;Det regnede.&lt;/p&gt;&lt;p&gt;/ritzau/&lt;/p&gt;</content></RBNews>";
    for (text, count) in [
        (format!("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>{item}"), 1),
        (item.replace("<RBNews>", "<RBNews xmlns=\"http://tempuri.org/\">"), 1),
        (format!("<ArrayOfRBNews>{item}{item}</ArrayOfRBNews>"), 2),
    ] {
        let read = read("a.xml", text.as_bytes());
        assert_eq!(read.articles.len(), count, "{}", told(&read));
        let article = &read.articles[0].article;
        assert_eq!(fields(&read)[0], "Havnen æbner igen | Ritzau | 2016-10-11 |  | ");
        assert_eq!(
            &*article.text,
            "Havnen æbner igen\n\nSyv år efter\n\nKøbenhavn /ritzau/: Borgmester Greta Holm 'åbnede' havnen.\n\nDet regnede.\n\n/ritzau/"
        );
        assert_eq!(
            (of_kind(article, ZoneKind::Dateline), of_kind(article, ZoneKind::Boilerplate)),
            ("København /ritzau/:".to_owned(), "/ritzau/".to_owned())
        );
        assert!(told(&read).contains("a message to editors was left out: “Ring til os”"));
    }

    let old = "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS TOPICS=\"YES\" OLDID=\"5544\" NEWID=\"1\">\n<DATE>26-FEB-1987 15:01:01.79</DATE>\n<UNKNOWN>\n&#5;&#5;&#5;C T\n&#22;&#22;&#1;f0704&#31;reute</UNKNOWN>\n\
        <TEXT>&#2;\n<TITLE>HARBOUR REVIEW</TITLE>\n<DATELINE>    PORT ELLERY, Feb 26 - </DATELINE><BODY>Showers went on in\nthe Ellery zone, &lt;Northfield Corp> said.\n    The dry period means\nthat it will be late.\n Reuter\n&#3;</BODY></TEXT>\n</REUTERS>\n\
        <REUTERS NEWID=\"2\"><DATE>27-FEB-1987 15:02:20.00</DATE><TEXT TYPE=\"BRIEF\">&#2;\n******<TITLE>KESTREL SOLD TWO SHIPS\n</TITLE>It was told on Friday.\n&#3;\n</TEXT></REUTERS>\n";
    let read = read("a.sgm", old.as_bytes());
    assert_eq!(
        fields(&read),
        ["HARBOUR REVIEW | Reuters | 1987-02-26 |  | en", "KESTREL SOLD TWO SHIPS | Reuters | 1987-02-27 |  | "],
        "{}",
        told(&read)
    );
    assert_eq!(
        &*read.articles[0].article.text,
        "HARBOUR REVIEW\n\nPORT ELLERY, Feb 26 -\n\nShowers went on in the Ellery zone, <Northfield Corp> said.\n\nThe dry period means that it will be late.\n\nReuter"
    );
    assert_eq!(of_kind(&read.articles[0].article, ZoneKind::Boilerplate), "Reuter");
    assert!(read.articles[1].article.text.ends_with("It was told on Friday."));
}

/// Whatever is cut, damaged or made to harm is read or refused in little time.
#[test]
fn damaged_and_hostile_wires_are_borne() {
    let kinds = [
        nitf(""),
        "<rss><channel><item><title>a</title><description>&lt;p&gt;b</description></item></channel></rss>".to_owned(),
        "<DOC><TEXT>a</TEXT></DOC>".to_owned(),
    ];
    for text in kinds {
        for len in (0..text.len()).step_by(5) {
            let Some(part) = text.get(..len) else { continue };
            read("a.xml", part.as_bytes());
        }
    }
    let bomb = "<!DOCTYPE nitf [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;\">]>";
    let many =
        format!("<?xml version=\"1.0\"?>{bomb}<nitf><body><body.content><p>{}</p></body.content></body></nitf>", "&c;".repeat(200_000));
    let read_bomb = read("a.xml", many.as_bytes());
    assert!(read_bomb.articles.iter().all(|incoming| incoming.article.text.len() < 5 * many.len()));
    let n = 100_000;
    for text in [
        format!("<nitf>{}", "<block>".repeat(n)),
        format!("<nitf><body><body.content>{}x{}</body.content></body></nitf>", "<block>".repeat(n), "</block>".repeat(n)),
        format!("<rss><channel>{}</channel></rss>", "<item><title>x</title></item>".repeat(n / 10)),
        format!("[{}", "[".repeat(n)),
        format!("{{\"headline\":\"a\",\"uri\":\"b\",\"body_text\":\"{}\"}}", "x ".repeat(n)),
        "<DOC>".repeat(n / 10),
        format!("\x01dpn062 4 i 211\r\n\x02{}", "\n\r\n".repeat(n)),
        format!("\x16\x16\x01a\x02{}", "^x<\n".repeat(n / 10)),
    ] {
        read("a.xml", text.as_bytes());
    }
}

/// A story in each notation of markup, whose text is `MARK`s in a row.
fn stories_in_markup() -> Vec<(&'static str, String)> {
    let text =
        "<p>Marta Lind left Graz on Monday.</p><p>It rained on the Kelp Board &amp; on all others, they said.</p><p>Nobody came.</p>";
    let g2 = |inner: &str| {
        format!(
            "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" guid=\"tag:x\" version=\"3\"><contentMeta><headline>Talks end in Graz</headline></contentMeta>\
            <contentSet>{inner}</contentSet></newsItem>"
        )
    };
    let html = format!("<inlineXML><html xmlns=\"http://www.w3.org/1999/xhtml\"><body>{text}</body></html></inlineXML>");
    vec![
        ("a.xml", format!("<?xml version=\"1.0\"?><nitf><body><body.head><hedline><hl1>Talks end in Graz</hl1></hedline></body.head><body.content>{text}</body.content></body></nitf>")),
        ("a.xml", g2(&html)),
        ("a.xml", g2("<inlineXML><nitf><body><body.content><p>Marta Lind left Graz on Monday.</p><p>It rained on the Kelp Board &amp; on all others, they said.</p><p>Nobody came.</p></body.content></body></nitf></inlineXML>")),
        ("a.xml", format!("<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>Talks end in Graz</HeadLine></NewsLines><ContentItem><DataContent>{text}</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>")),
        ("a.rss", format!("<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>The Quay</title><item><title>Talks end in Graz</title><content:encoded><![CDATA[{text}]]></content:encoded></item></channel></rss>")),
        ("a.json", format!("{{\"uri\":\"x\",\"headline\":\"Talks end in Graz\",\"body_xhtml\":\"{}\"}}", text.replace('"', "\\\""))),
        ("a.sgml", "<DOC id=\"X1\">\n<HEADLINE>\nTalks end in Graz\n</HEADLINE>\n<TEXT>\n<P>\nMarta Lind left Graz on Monday.\n</P>\n<P>\nIt rained on the Kelp Board on all others, they said.\n</P>\n</TEXT>\n</DOC>\n".to_owned()),
    ]
}

#[test]
fn what_is_cut_off_is_read_up_to_there_and_told() {
    for (name, story) in stories_in_markup() {
        let whole = read(name, story.as_bytes());
        assert_eq!(whole.articles.len(), 1, "{story}: {}", told(&whole));
        assert!(!told(&whole).contains("cut off"), "{story}");
        let at = story.find("on all others").unwrap() + "on all".len();
        let cut = read(name, &story.as_bytes()[..at]);
        assert_eq!(cut.articles.len(), 1, "{story}: {}", told(&cut));
        let text = &cut.articles[0].article.text;
        assert!(text.contains("Marta Lind left Graz on Monday.") && text.contains("Kelp Board"), "{text}");
        assert!(told(&cut).contains("cut off") || told(&cut).contains("damaged JSON"), "{story}: {}", told(&cut));
        // Wherever it is cut, nothing breaks, and what is not read is told.
        for at in (1..story.len()).filter(|at| story.is_char_boundary(*at)) {
            let cut = read(name, &story.as_bytes()[..at]);
            assert!(!cut.articles.is_empty() || !cut.troubles.is_empty(), "{at} of {story}");
        }
    }
}

#[test]
fn stories_that_were_run_together_are_read_one_by_one() {
    let stories: Vec<(&str, String)> = stories_in_markup().into_iter().filter(|(name, _)| *name == "a.xml").collect();
    for (_, story) in &stories {
        for (_, other) in &stories {
            let both = format!("{story}\n\n{}", other.replace("Talks end in Graz", "Ferry runs aground"));
            let read = read("a.xml", both.as_bytes());
            assert_eq!(read.articles.len(), 2, "{both}: {}", told(&read));
            assert_eq!(read.articles.iter().map(|one| one.number).collect::<Vec<_>>(), [1, 2]);
            assert!(told(&read).contains("holds 2 documents one behind the other"), "{}", told(&read));
        }
    }
    // The last of them cut off.
    let both = format!("{}{}", stories[0].1, &stories[0].1[..stories[0].1.find("Nobody").unwrap()]);
    let read = read("a.xml", both.as_bytes());
    assert_eq!(read.articles.len(), 2, "{}", told(&read));
    assert!(told(&read).contains("cut off"), "{}", told(&read));
}

#[test]
fn bytes_that_are_in_another_encoding_than_they_say_are_told() {
    let story = nitf("").replace("&eacute;lan", "élan — “naïve”");
    let lying = format!("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>{story}");
    let as_utf8 = read("a.xml", lying.as_bytes());
    assert!(body(&as_utf8).contains("élan — “naïve”") && told(&as_utf8).contains("says that it is in"), "{}", told(&as_utf8));
    let latin = encoding_rs::WINDOWS_1252.encode(&story).0.into_owned();
    for head in ["<?xml version=\"1.0\" encoding=\"utf-8\"?>", "<?xml version=\"1.0\"?>"] {
        let bytes = [head.as_bytes(), &latin].concat();
        let read = read("a.xml", &bytes);
        assert!(body(&read).contains("élan — “naïve”"), "{head}: {}", body(&read));
    }
    let sound = read("a.xml", format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>{story}").as_bytes());
    assert!(!told(&sound).contains("says that it is in"), "{}", told(&sound));
}

#[test]
fn a_file_that_is_far_too_large_is_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("huge.xml");
    let file = std::fs::File::create(&path).unwrap();
    std::io::Write::write_all(&mut &file, b"<?xml version=\"1.0\"?><nitf><body><body.content><p>Marta Lind").unwrap();
    // Without taking up the disk.
    file.set_len(500_000_000).unwrap();
    let read = super::super::frame::read(&path, READERS, How::default(), &AtomicBool::new(false));
    assert!(read.articles.is_empty() && told(&read).contains("holds 500 MB and articles end at 100 MB"), "{}", told(&read));
}
