//! Mails and saved pages made here, read as files are.

use crate::annotation::ZoneKind;
use crate::reading::document::tests::{one, read, zones};

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let of = |chunk: &[u8]| {
        let bits = chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        (0..4).map(|i| if i <= chunk.len() { LETTERS[(bits >> (18 - 6 * i) & 63) as usize] as char } else { '=' }).collect::<String>()
    };
    bytes.chunks(57).map(|line| line.chunks(3).map(of).collect::<String>() + "\r\n").collect()
}

const HEAD: &str = "From: =?utf-8?q?Zo=C3=AB_Hale?= <zoe@quay.example>\r\nTo: desk@quay.example\r\nMessage-ID: <1@quay.example>\r\n\
                    Subject: =?windows-1252?q?Hafen_=F6ffnet?=\r\nDate: Thu, 4 Mar 2021 23:30:00 -0500\r\nMIME-Version: 1.0\r\n";

#[test]
fn a_mail_is_an_article_of_its_day() {
    let text = "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nDer Minister M=FCller =\r\nsprach in Graz.\r\n\r\nEr ging.\r\n--=20\r\nZo=EB\r\n";
    for name in ["a.eml", "a.txt", "a"] {
        let article = one(name, format!("{HEAD}{text}").as_bytes());
        assert_eq!(&*article.text, "Hafen öffnet\n\nDer Minister Müller sprach in Graz.\n\nEr ging.\n\n--\n\nZoë");
        let meta = &article.meta;
        assert_eq!(
            (meta.title.as_deref(), meta.byline.as_deref(), meta.published.as_deref()),
            (Some("Hafen öffnet"), Some("Zoë Hale"), Some("2021-03-04"))
        );
        assert_eq!(
            (zones(&article, ZoneKind::Headline), zones(&article, ZoneKind::Boilerplate)),
            (vec!["Hafen öffnet"], vec!["--\n\nZoë"])
        );
    }
    let listed = one("a.eml", format!("List-Unsubscribe: <x>\r\n{HEAD}{text}").as_bytes());
    assert_eq!((listed.meta.outlet.as_deref(), listed.meta.byline.as_deref()), (Some("Zoë Hale"), None));
}

/// The charset that a part names, or its bytes where it names none or lies.
#[test]
fn bodies_are_in_the_charset_that_they_are_in() {
    let german = "Der Außenminister sprach über die Lage in der Türkei und in Österreich. Müller fährt nach Köln.";
    let japanese = "岸田文雄首相は東京で記者会見を開いた。防衛費の増額について説明した。";
    let encoded = |text: &str, label: &str| encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(text).0.into_owned();
    for (text, bytes, label) in [
        (german, encoded(german, "windows-1252"), "; charset=windows-1252"),
        (german, encoded(german, "utf-8"), "; charset=\"utf-8\""),
        (german, encoded(german, "utf-8"), "; charset=us-ascii"),
        (german, encoded(german, "utf-8"), ""),
        (german, encoded(german, "windows-1252"), ""),
        (german, encoded(german, "windows-1252"), "; charset=utf-8"),
        (japanese, encoded(japanese, "iso-2022-jp"), "; charset=iso-2022-jp"),
        (japanese, encoded(japanese, "shift_jis"), "; charset=shift_jis"),
        (japanese, encoded(japanese, "euc-jp"), "; charset=no-such-charset"),
    ] {
        for (kind, body) in [("plain", text.to_owned()), ("html", format!("<html><body><p>{text}</p></body></html>"))] {
            let bytes = if kind == "html" { [b"<html><body><p>", &bytes[..], b"</p></body></html>"].concat() } else { bytes.clone() };
            assert!(body.contains(text));
            let mail = format!("{HEAD}Content-Type: text/{kind}{label}\r\nContent-Transfer-Encoding: base64\r\n\r\n{}", base64(&bytes));
            assert_eq!(&*one("a.eml", mail.as_bytes()).text, format!("Hafen öffnet\n\n{text}"), "{label} {kind}");
            let raw =
                [format!("{HEAD}Content-Type: text/{kind}{label}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n").as_bytes(), &bytes].concat();
            assert_eq!(&*one("a.eml", &raw).text, format!("Hafen öffnet\n\n{text}"), "{label} {kind}");
        }
    }
}

#[test]
fn lines_that_flow_are_paragraphs() {
    for (kind, expected) in [
        ("format=flowed", "Hafen öffnet\n\nThe talks in Port Vell ended.\nSecond line.\n\nEnd."),
        ("format=flowed; delsp=yes", "Hafen öffnet\n\nThe talks in PortVell ended.\nSecond line.\n\nEnd."),
        ("charset=utf-8", "Hafen öffnet\n\nThe talks in Port \nVell ended.\nSecond line.\n\nEnd."),
    ] {
        let mail =
            format!("{HEAD}Content-Type: text/plain; {kind}\r\n\r\nThe talks in Port \r\nVell ended.\r\nSecond line.\r\n\r\nEnd.\r\n");
        assert_eq!(&*one("a.eml", mail.as_bytes()).text, expected);
    }
}

#[test]
fn newsletters_are_shown_whole_and_what_is_attached_follows() {
    let page = "<html><head><title>x</title></head><body><div style=\"display:none\">Preview text</div><table><tr><td><h2>Port strike ends</h2><p>The strike in Graz ended.</p></td></tr>\
                <tr><td><h2>Bank opens</h2><p>Northgate Bank opened in Lagos.</p></td></tr></table></body></html>";
    let inner = "From: Otto Reyl <otto@quay.example>\r\nMessage-ID: <2@quay.example>\r\nSubject: Forwarded\r\nDate: Mon, 1 Feb 2021 08:00:00 +0000\r\n\r\nWords of the mail inside.\r\n";
    let rtf = base64(b"{\\rtf1\\ansi Words of the document.}");
    let mail = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/plain\r\n\r\nplain words\r\n--c\r\n\
         Content-Type: text/html; charset=utf-8\r\n\r\n{page}\r\n--c--\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--b\r\nContent-Type: application/rtf; name=story.rtf\r\n\
         Content-Disposition: attachment; filename=story.rtf\r\nContent-Transfer-Encoding: base64\r\n\r\n{rtf}\r\n--b\r\nContent-Type: application/x; name=data.bin\r\n\
         Content-Disposition: attachment; filename=data.bin\r\n\r\nxxx\r\n--b--\r\n"
    );
    let read = read("a.eml", mail.as_bytes());
    let texts: Vec<&str> = read.articles.iter().map(|incoming| &*incoming.article.text).collect();
    assert_eq!(
        texts,
        [
            "Hafen öffnet\n\nPort strike ends\n\nThe strike in Graz ended.\n\nBank opens\n\nNorthgate Bank opened in Lagos.",
            "Forwarded\n\nWords of the mail inside.",
            "Words of the document."
        ]
    );
    let sources: Vec<u32> = read.articles.iter().map(|incoming| incoming.article.source.as_ref().unwrap().number).collect();
    assert_eq!(sources, [1, 2, 3]);
    assert_eq!(read.articles[1].article.meta.published.as_deref(), Some("2021-02-01"));
    assert!(read.troubles.iter().all(|trouble| trouble.is_word_only() && trouble.to_string().contains("data.bin")), "{:?}", read.troubles);
}

#[test]
fn pages_saved_in_one_file_are_read_as_pages() {
    let page = "<html lang=3D\"de\"><head><meta charset=3D\"utf-8\"><title>Hafen =C3=B6ffnet | Der Kai</title></head><body><article><h1>Hafen =C3=B6ffnet</h1>\
                <p>Der Minister M=C3=BCller er=C3=B6ffnete am Montag in G=C3=B6rlitz den Hafen, zehn Jahre nach dem ersten Spatenstich.</p>\
                <p>Die Stra=C3=9Fe am anderen Ufer ist nicht fertig, und Lastwagen werden bis zum Fr=C3=BChling die F=C3=A4hre nehmen.</p></article></body></html>";
    let file = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://kai.example/hafen\r\nSubject: =?utf-8?Q?Hafen?=\r\nDate: Fri, 27 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----b\"\r\n\r\n\r\n------b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\
         Content-Location: https://kai.example/hafen\r\n\r\n{page}\r\n------b\r\nContent-Type: text/css\r\n\r\np {{ color: red }}\r\n------b--\r\n"
    );
    for name in ["a.mhtml", "a.mht", "a"] {
        let article = one(name, file.as_bytes());
        assert!(article.text.starts_with("Hafen öffnet\n\nDer Minister Müller eröffnete am Montag in Görlitz"), "{}", article.text);
        assert_eq!(
            (article.meta.url.as_deref(), article.meta.published.as_deref(), article.meta.language.as_deref()),
            (Some("https://kai.example/hafen"), None, Some("de"))
        );
        assert_eq!(article.id.as_str(), "a");
    }
}

#[test]
fn hostile_mails_are_borne() {
    let nested = |n: usize| format!("{HEAD}{}\r\nend", "Content-Type: message/rfc822\r\n\r\n".repeat(n));
    read("a.eml", nested(150).as_bytes());
    assert!(read("a.eml", nested(100_000).as_bytes()).troubles[0].to_string().contains("mails in one another"));
    let digest = format!("{HEAD}{}", "Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\n".repeat(50_000));
    assert!(!read("a.eml", digest.as_bytes()).troubles.is_empty());
    let multipart: String = (0..20_000).map(|i| format!("Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n")).collect();
    read("a.eml", format!("{HEAD}{multipart}").as_bytes());
    read("a.eml", format!("{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n{}", "--b\r\n\r\n".repeat(50_000)).as_bytes());
    let mail = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n{}--b--",
        base64("<p>Zoë met NATO.".as_bytes())
    );
    for len in 0..mail.len() {
        read("a.eml", &mail.as_bytes()[..len]);
        read("a.mhtml", &mail.as_bytes()[..len]);
    }
}
