//! Exports as archives make them, in words of our own: every field right, and nothing of the frame tagged.

use super::super::testing::{fields, of_kind, read, told};
use crate::annotation::{Article, ZoneKind};

/// What is tagged as text: everything that no zone covers.
fn body(article: &Article) -> String {
    let mut out = String::new();
    let mut at = 0;
    for zone in &article.zones {
        out.push_str(&article.text[at..zone.span.start as usize]);
        at = zone.span.end as usize;
    }
    out.push_str(&article.text[at..]);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

const OLD: &str = "
                               1 of 2 DOCUMENTS


                              The Quay Herald

                            March 4, 2021 Thursday
                                 City Edition

Port strike ends
in Gdansk

BYLINE: By Ewa Lis

SECTION: BUSINESS; Pg. 6

LENGTH: 63 words

DATELINE: GDANSK, Poland

Dockers in Gdansk went back to work on Thursday after
Castor Shipping agreed to raise pay, union leader Piotr Wolan said.

  Castor Shipping did not comment.

GRAPHIC: PHOTO: Piotr Wolan at the gates.

LOAD-DATE: March 4, 2021

LANGUAGE: ENGLISH

SUBJECT: STRIKES (90%)

PERSON: PIOTR WOLAN (80%)

                     Copyright 2021 The Quay Herald
                             All Rights Reserved


                               2 of 2 DOCUMENTS

                              The Quay Herald

                             March 5, 2021 Friday

Mayor of Riga resigns

LENGTH: 41 words

Riga's mayor, Liga Berzina, resigned on Friday.

LOAD-DATE: March 5, 2021
";

#[test]
fn the_old_nexis_in_full() {
    let read = read("strikes.txt", OLD.as_bytes());
    assert_eq!(
        fields(&read),
        [
            "Port strike ends in Gdansk | The Quay Herald | 2021-03-04 | Ewa Lis | en",
            "Mayor of Riga resigns | The Quay Herald | 2021-03-05 |  | ",
        ]
    );
    assert_eq!(told(&read), [""; 0]);
    let first = &read.articles[0].article;
    assert_eq!(
        body(first),
        "Dockers in Gdansk went back to work on Thursday after Castor Shipping agreed to raise pay, union leader Piotr Wolan said. Castor Shipping did not comment."
    );
    assert_eq!(of_kind(first, ZoneKind::Headline), "Port strike ends in Gdansk");
    assert_eq!(of_kind(first, ZoneKind::Byline), "By Ewa Lis");
    assert_eq!(of_kind(first, ZoneKind::Dateline), "GDANSK, Poland");
    assert_eq!(of_kind(first, ZoneKind::Caption), "PHOTO: Piotr Wolan at the gates.");
    let frame = of_kind(first, ZoneKind::Boilerplate);
    for words in [
        "1 of 2 DOCUMENTS",
        "The Quay Herald",
        "City Edition",
        "LENGTH: 63 words",
        "LANGUAGE: ENGLISH",
        "PIOTR WOLAN (80%)",
        "All Rights Reserved",
    ] {
        assert!(frame.contains(words), "{words}: {frame}");
    }
    // The text is that of the file, to the byte.
    assert!(OLD.contains(&*first.text));
    let numbers: Vec<_> =
        read.articles.iter().map(|incoming| (incoming.article.id.to_string(), incoming.article.source.as_ref().unwrap().number)).collect();
    assert_eq!(numbers, [("strikes-1".to_owned(), 1), ("strikes-2".to_owned(), 2)]);
    assert!(first.extras.iter().any(|extra| extra.key == "section" && extra.value == "BUSINESS; Pg. 6"));
}

#[test]
fn the_old_nexis_in_every_language() {
    for (marker, day, fields_of_text, expected) in [
        (
            "Dokument 1 von 1",
            "Donnerstag 4. März 2021",
            "AUTOR: Ewa Lis\n\nRUBRIK: WIRTSCHAFT\n\nLÄNGE: 63 Wörter\n\nDie Häfen sind offen.\n\nSPRACHE: GERMAN; DEUTSCH",
            "2021-03-04 | Ewa Lis | de",
        ),
        (
            "Document 1 de 1",
            "jeudi 4 mars 2021",
            "AUTEUR: Ewa Lis\n\nLONGUEUR: 63 mots\n\nLes ports sont ouverts.\n\nLANGUE: FRENCH; FRANÇAIS",
            "2021-03-04 | Ewa Lis | fr",
        ),
        (
            "1 van 1 DOCUMENTEN",
            "4 maart 2021 donderdag",
            "AUTEUR: Ewa Lis\n\nLENGTE: 63 woorden\n\nDe havens zijn open.\n\nTAAL: Dutch",
            "2021-03-04 | Ewa Lis | nl",
        ),
        (
            "Documento 1 de 1",
            "4 de marzo de 2021 jueves",
            "AUTOR: Ewa Lis\n\nLONGITUD: 63 palabras\n\nLos puertos están abiertos.\n\nIDIOMA: SPANISH; ESPAÑOL",
            "2021-03-04 | Ewa Lis | es",
        ),
        (
            "1 di 1 DOCUMENTI",
            "giovedì 4 marzo 2021",
            "AUTORE: Ewa Lis\n\nLUNGHEZZA: 63 parole\n\nI porti sono aperti.\n\nLINGUA: Italiano",
            "2021-03-04 | Ewa Lis | it",
        ),
        (
            "1 of 1 DOCUMENT",
            "March 4, 2021 Thursday",
            "BYLINE: Ewa Lis\n\nLENGTH: 63 words\n\nThe ports are open.\n\nLANGUAGE: English",
            "2021-03-04 | Ewa Lis | en",
        ),
    ] {
        let text = format!("    {marker}\n\n   The Quay\n\n  {day}\n\nHarbour\n\n{fields_of_text}\n\n  Copyright 2021 The Quay\n");
        let read = read("a.txt", text.as_bytes());
        assert_eq!(fields(&read), [format!("Harbour | The Quay | {expected}")], "{text}");
        let body = body(&read.articles[0].article);
        assert!(body.ends_with('.') && body.split(' ').count() <= 5, "{body}");
    }
}

#[test]
fn what_an_export_lacks_or_is_not_understood_is_told() {
    let cover = "Print Request: Current Document\nTime of Request: March 9, 2021\nSource: The Quay Herald\n";
    let cut = OLD.replace("1 of 2", "1 of 5").replace("2 of 2", "4 of 5");
    let read = read("a.txt", format!("{cover}{cut}").as_bytes());
    assert_eq!(read.articles.len(), 2);
    let told = told(&read);
    assert!(told.iter().any(|line| line == "says that it holds 5 articles, and 2 were found; missing: 2, 3, 5"), "{told:?}");
    assert!(told.iter().any(|line| line == "the cover page was left out: 3 lines from “Print Request: Current Document” on"), "{told:?}");
    // Two exports, one behind the other, and an article without a text.
    let empty = "\n   1 of 1 DOCUMENTS\n\n  The Quay\n\n  4 March 2021\n\nHarbour\n\nLENGTH: 0 words\n\nLANGUAGE: ENGLISH\n";
    let joined = super::tests::read("a.txt", format!("{OLD}{empty}").as_bytes());
    assert_eq!(joined.articles.len(), 3);
    let notes = super::tests::told(&joined);
    assert!(notes.len() == 1 && notes[0].starts_with("article 3: no text was found"), "{notes:?}");
}

const UNI: &str = "User Name: Desk
Date and Time: 9 March 2021 10:00 CET
Job Number: 1234

Documents (2)

1. Port strike ends in Gdansk
   Client/Matter: -None-
2. Mayor of Riga resigns
   Client/Matter: -None-


Port strike ends in Gdansk
The Quay Herald
4 March 2021 Thursday
City Edition
Copyright 2021 The Quay Herald All Rights Reserved
Section: BUSINESS; Pg. 6
Length: 63 words
Byline: By Ewa Lis
Highlight: Dockers are back.

Body

Dockers in Gdansk went back to work on Thursday.

Castor Shipping did not comment.

Graphic

Piotr Wolan at the gates.

Classification

Language: ENGLISH

Subject: STRIKES (90%)

Load-Date: March 4, 2021

End of Document


Mayor of Riga resigns
The Quay Herald
5 March 2021 Friday
Copyright 2021 The Quay Herald All Rights Reserved
Length: 41 words

Body

Riga's mayor, Liga Berzina, resigned on Friday.

Classification

Language: ENGLISH

End of Document
";

#[test]
fn nexis_uni() {
    let read = read("uni.txt", UNI.as_bytes());
    assert_eq!(
        fields(&read),
        [
            "Port strike ends in Gdansk | The Quay Herald | 2021-03-04 | Ewa Lis | en",
            "Mayor of Riga resigns | The Quay Herald | 2021-03-05 |  | en",
        ]
    );
    let first = &read.articles[0].article;
    assert_eq!(body(first), "Dockers in Gdansk went back to work on Thursday. Castor Shipping did not comment.");
    assert_eq!(of_kind(first, ZoneKind::Caption), "Piotr Wolan at the gates.");
    assert_eq!(of_kind(first, ZoneKind::Headline), "Port strike ends in Gdansk / Dockers are back.");
    let told = told(&read);
    assert!(told.len() == 1 && told[0].starts_with("the cover page was left out: 8 lines from “User Name: Desk”"), "{told:?}");
    // As lines without blank ones between them, which an RTF or Word export gives.
    let dense: String = UNI.lines().filter(|line| !line.trim().is_empty()).map(|line| format!("{line}\n")).collect();
    let dense = super::tests::read("uni.txt", dense.as_bytes());
    assert_eq!(fields(&dense), fields(&read));
    let short = super::tests::told(&super::tests::read("uni.txt", UNI.replace("Documents (2)", "Documents (3)").as_bytes()));
    assert!(short.iter().any(|line| line == "says that it holds 3 articles, and 2 were found"), "{short:?}");
}

#[test]
fn nexis_as_a_page() {
    let article = |n: u32, title: &str, text: &str| {
        format!(
            "<DOCFULL><DIV CLASS=\"c0\"><P><SPAN CLASS=\"c2\">{n} of 2 DOCUMENTS</SPAN></P></DIV><DIV><P>The Quay Herald</P></DIV>\
            <DIV><P><SPAN>March {n}, 2021 Thursday</SPAN></P></DIV><DIV><P>{title}</P></DIV><DIV><P>BYLINE: Ewa Lis</P></DIV>\
            <DIV><P>LENGTH: 63 words</P></DIV><DIV><P>{text}</P></DIV><DIV><P>LOAD-DATE: March 4, 2021</P></DIV>\
            <DIV><P>LANGUAGE: ENGLISH</P></DIV><DIV><P>Copyright 2021 The Quay Herald<BR>All Rights Reserved</P></DIV></DOCFULL>"
        )
    };
    let one = article(1, "Port strike ends", "Dockers in Gdansk went back to work.");
    let page = format!("<!DOCTYPE html><HTML><BODY>{one}{}</BODY></HTML>", article(2, "Mayor resigns", "Liga Berzina resigned."));
    let read = read("a.html", page.as_bytes());
    assert_eq!(
        fields(&read),
        ["Port strike ends | The Quay Herald | 2021-03-01 | Ewa Lis | en", "Mayor resigns | The Quay Herald | 2021-03-02 | Ewa Lis | en"]
    );
    assert_eq!(body(&read.articles[0].article), "Dockers in Gdansk went back to work.");
    assert_eq!(told(&read), [""; 0]);
}

#[test]
fn europresse_of_both_kinds() {
    let article = |title: &str, text: &str| {
        format!(
            "<article><header><div class=\"rdp__DocPublicationName\"><span class=\"DocPublicationName\">Le Quai, no. 23714</span></div>\
            <span class=\"DocHeader\">Économie, jeudi 4 mars 2021 - 355 mots, p. 12</span></header><section><p class=\"titreArticle\">{title}</p>\
            <p class=\"sm-margin-bottomNews\">Ewa Lis</p><div class=\"docOcurrContainer\">{text}</div></section>\
            <footer><p>© 2021 Le Quai. Tous droits réservés.</p><p>news·20210304·QU·42</p></footer></article>"
        )
    };
    let page = format!(
        "<html><head><meta charset=\"utf-8\"></head><body>{}{}</body></html>",
        article("La grève s’achève", "<p>Les dockers de Gdansk ont repris le travail.</p><p>Castor n’a rien dit.</p>"),
        article("Le maire part", "<p>Liga Berzina a démissionné vendredi.</p>")
    );
    let newer = read("a.HTML", page.as_bytes());
    assert_eq!(
        fields(&newer),
        ["La grève s’achève | Le Quai | 2021-03-04 | Ewa Lis | ", "Le maire part | Le Quai | 2021-03-04 | Ewa Lis | "]
    );
    assert_eq!(body(&newer.articles[0].article), "Les dockers de Gdansk ont repris le travail. Castor n’a rien dit.");
    assert!(of_kind(&newer.articles[0].article, ZoneKind::Boilerplate).contains("Tous droits réservés"));

    let table = |title: &str, text: &str| {
        format!(
            "<table><tr><td><span>Le Quai</span><br><i>Économie, jeudi 4 mars 2021, p. 12</i></td></tr><tr><td><b>{title}</b><p>Ewa Lis</p>\
            <p>{text}</p><p>© 2021 Le Quai. Tous droits réservés.</p></td></tr></table>"
        )
    };
    let page = format!(
        "<html><head><title>Europresse</title></head><body>{}{}</body></html>",
        table("La grève", "Les dockers ont repris le travail à Gdansk."),
        table("Le maire", "Il a démissionné.")
    );
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(&page);
    let older = read("a.html", &bytes);
    assert_eq!(fields(&older), ["La grève | Le Quai | 2021-03-04 | Ewa Lis | ", "Le maire | Le Quai | 2021-03-04 | Ewa Lis | "]);
    assert_eq!(body(&older.articles[0].article), "Les dockers ont repris le travail à Gdansk.");
}

#[test]
fn factiva_of_every_kind() {
    let page = "<html><body><div class=\"article enArticle\"><div id=\"hd\"><span class=\"enHeadline\">Port strike ends</span></div>\
        <div class=\"author\">By Ewa Lis</div><div>63 words</div><div>4 March 2021</div><div>08:15</div><div>The Quay Herald</div><div>QUAYH</div>\
        <div>English</div><div>Copyright 2021 The Quay Herald</div><p class=\"articleParagraph enarticleParagraph\">Dockers in Gdansk went back to work.</p>\
        <p class=\"articleParagraph enarticleParagraph\">Castor did not comment.</p><p>Document QUAYH00020210304eh3400001</p></div></body></html>";
    let coded = "<html><body><table><tr><td><b>HD</b></td><td>Port strike ends</td></tr><tr><td><b>BY</b></td><td>By Ewa Lis</td></tr>\
        <tr><td><b>WC</b></td><td>63 words</td></tr><tr><td><b>PD</b></td><td>4 March 2021</td></tr><tr><td><b>SN</b></td><td>The Quay Herald</td></tr>\
        <tr><td><b>LA</b></td><td>English</td></tr><tr><td><b>LP</b></td><td><p>Dockers in Gdansk went back to work.</p></td></tr>\
        <tr><td><b>TD</b></td><td><p>Castor did not comment.</p></td></tr><tr><td><b>NS</b></td><td>gstrk : Strikes</td></tr>\
        <tr><td><b>AN</b></td><td>Document QUAYH00020210304eh3400001</td></tr></table></body></html>";
    let xml = "<?xml version=\"1.0\" encoding=\"utf-8\"?><PPSResponse><ppsArticleResponse><ppsarticleResultSet><ppsarticle><article>\
        <baseLanguage>en</baseLanguage><byline>By Ewa Lis</byline><headline><paragraph>Port strike ends</paragraph></headline>\
        <leadParagraph><paragraph>Dockers in <hlt>Gdansk</hlt> went back to work.</paragraph></leadParagraph><tailParagraphs><paragraph>Castor did not comment.</paragraph></tailParagraphs>\
        <publicationDate><date>2021-03-04T00:00:00</date></publicationDate><reference>distdoc:archive/ArchiveDoc::Article/QUAYH00020210304eh3400001</reference>\
        <sourceName>The Quay Herald</sourceName><wordCount>63</wordCount></article></ppsarticle></ppsarticleResultSet></ppsArticleResponse></PPSResponse>";
    let lines = "SE\tBUSINESS\nHD\tPort strike ends\nBY\tBy Ewa Lis\nWC\t63 words\nPD\t4 March 2021\nSN\tThe Quay Herald\nLA\tEnglish\n\
        LP\nDockers in Gdansk went back to work.\nTD\nCastor did not comment.\nNS\tgstrk : Strikes\nAN\tDocument QUAYH00020210304eh3400001\n";
    for (name, bytes) in [("a.html", page), ("b.html", coded), ("c.xml", xml), ("d.txt", lines)] {
        let read = read(name, bytes.as_bytes());
        assert_eq!(fields(&read), ["Port strike ends | The Quay Herald | 2021-03-04 | Ewa Lis | en"], "{name}: {:?}", told(&read));
        let article = &read.articles[0].article;
        assert_eq!(body(article), "Dockers in Gdansk went back to work. Castor did not comment.", "{name}");
        assert!(article.extras.iter().any(|extra| extra.key == "id" && extra.value.ends_with("QUAYH00020210304eh3400001")), "{name}");
        assert!(article.extras.iter().all(|extra| extra.key != "id" || !extra.value.starts_with("Document")), "{name}");
    }
}

#[test]
fn proquest() {
    let article = |title: &str, text: &str| {
        format!(
            "____________________________________________________________\n\n{title}\n\nAuthor: Lis, Ewa\n\nPublication info: The Quay Herald ; Gdansk [Gdansk]. 04 Mar 2021: A6.\n\n\
            Abstract: Dockers are back.\n\nFull text: {text}\n\nCastor did not comment.\n\nTitle: {title}\n\nPublication title: The Quay Herald; Gdansk\n\n\
            Publication date: Mar 4, 2021\n\nLanguage of publication: English\n\nProQuest document ID: 1234\n\nCopyright: Copyright The Quay Herald Mar 4, 2021\n\n\
            Database: Global Newsstream\n\n"
        )
    };
    let text = format!(
        "{}{}____________________________________________________________\n\nContact us at: https://proquest.example\n",
        article("Port strike ends", "Dockers in Gdansk went back to work."),
        article("Mayor resigns", "Liga Berzina resigned.")
    );
    let read = read("pq.txt", text.as_bytes());
    assert_eq!(
        fields(&read),
        ["Port strike ends | The Quay Herald | 2021-03-04 | Ewa Lis | en", "Mayor resigns | The Quay Herald | 2021-03-04 | Ewa Lis | en"]
    );
    assert_eq!(body(&read.articles[0].article), "Dockers in Gdansk went back to work. Castor did not comment.");
    assert_eq!(told(&read).len(), 1, "the last page is told: {:?}", told(&read));
}

/// Whatever is cut off or in another's place is read or refused, and never a fault of the program.
#[test]
fn damaged_exports_are_borne() {
    for text in [OLD, UNI] {
        for len in (0..text.len()).step_by(7) {
            read("a.txt", &text.as_bytes()[..len]);
            read("a.txt", &text.as_bytes()[len..]);
        }
    }
    let marker = "1 of 1 DOCUMENTS\n".repeat(20_000);
    assert_eq!(read("a.txt", marker.as_bytes()).articles.len(), 20_000);
    read("a.txt", "End of Document\n".repeat(20_000).as_bytes());
    read("a.txt", format!("1 of 1 DOCUMENTS\n{}", "BYLINE:\n".repeat(20_000)).as_bytes());
}
