//! Files that come in: who reads them is decided by what they hold, then by what they are called.

use std::io::Write as _;

use super::Desk;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

#[test]
fn content_decides_before_the_ending() {
    const PAGE: &str = "<!doctype html><html><head><title>Talks end</title></head><body><article><h1>Talks end</h1><p>Marta Lind met \
        the mayor of Graz on Tuesday, and both were glad of it, they said.</p></article></body></html>";
    const LINE: &str = "{\"text\": \"Marta Lind met the mayor of Graz.\"}\n";
    let desk = Desk::new(&[]);
    for (name, bytes, expected) in [
        ("a.txt", PAGE.as_bytes().to_vec(), "Talks end\\n\\nMarta Lind"),
        ("a.html", PAGE.as_bytes().to_vec(), "Talks end\\n\\nMarta Lind"),
        ("a", PAGE.as_bytes().to_vec(), "Talks end\\n\\nMarta Lind"),
        ("b.txt", LINE.as_bytes().to_vec(), "\"Marta Lind met"),
        ("b.jsonl", LINE.as_bytes().to_vec(), "\"Marta Lind met"),
        ("c.jsonl.gz", gzip(LINE.as_bytes()), "\"Marta Lind met"),
        ("c.txt.gz", gzip(b"Marta Lind met the mayor."), "\"Marta Lind met"),
        // Several members, as logs are packed, and the zeros of a tape.
        ("c.md.gz", [gzip(b"Marta Lind *met*"), gzip(b" the mayor."), vec![0; 512]].concat(), "\"Marta Lind met the mayor."),
        ("d.jsonl.gz", [gzip(LINE.as_bytes()), gzip(b"{\"text\": \"Second member.\"}\n")].concat(), "\"Second member."),
        ("e.md", b"# Talks *end*\n\nMarta Lind left.".to_vec(), "Talks end\\n\\nMarta"),
        ("e.html", b"Marta Lind &amp; Co. left.".to_vec(), "Marta Lind & Co. left."),
        ("f.odd", b"Marta Lind met the mayor.".to_vec(), "\"Marta Lind met"),
    ] {
        std::fs::write(desk.file(name), bytes).unwrap();
        let ran = desk.run(&["tag", name], "");
        assert!(ran.out.contains(expected) && ran.code == Some(0), "{name}: {ran:?}");
        // A session gets the same.
        std::fs::remove_file(desk.file("s.ron")).ok();
        assert_eq!(desk.run(&["import", name, "-o", "s.ron"], "").code, Some(0), "{name}");
        assert!(desk.run(&["export", "s.ron", "--to", "jsonl", "-o", "-"], "").out.contains(expected), "{name}");
    }
}

#[test]
fn what_a_folder_holds_beside_articles_is_told_and_no_failure() {
    let desk = Desk::new(&[]);
    std::fs::create_dir(desk.file("in")).unwrap();
    std::fs::write(desk.file("in/a.txt"), "Marta Lind met the mayor.").unwrap();
    std::fs::write(desk.file("in/b.png"), [137, 80, 78, 71]).unwrap();
    for args in [&["tag", "in"][..], &["import", "in", "-o", "new.ron"]] {
        let ran = desk.run(args, "");
        assert!(ran.code == Some(0) && ran.err.contains("in: passed over 1 file that is no article: b.png"), "{ran:?}");
    }
}

/// The articles of an archive and of wires come in by every way, each with where it stands in its file.
#[test]
fn articles_of_archives_and_wires_come_in_one_by_one() {
    const EXPORT: &str = "   1 of 2 DOCUMENTS\n\n  The Quay Herald\n\n  March 4, 2021 Thursday\n\nPort strike ends\n\nBYLINE: Ewa Lis\n\nLENGTH: 63 words\n\n\
        Dockers in Gdansk went back to work, Marta Lind said.\n\nLANGUAGE: ENGLISH\n\n   2 of 2 DOCUMENTS\n\n  The Quay Herald\n\n  March 5, 2021 Friday\n\n\
        Mayor resigns\n\nLENGTH: 41 words\n\nMarta Lind resigned in Riga.\n\nLANGUAGE: ENGLISH\n";
    const STORY: &str = "<nitf><head><docdata><date.issue norm=\"20210304\"/></docdata></head><body><body.head><hedline><hl1>Talks end</hl1></hedline></body.head>\
        <body.content><p><person>Zwbq Xlrt's</person> talks ended.</p></body.content></body></nitf>";
    let desk = Desk::new(&[]);
    std::fs::create_dir(desk.file("in")).unwrap();
    std::fs::write(desk.file("in/export.txt"), EXPORT).unwrap();
    std::fs::write(desk.file("in/story.xml"), STORY).unwrap();
    let tagged = desk.run(&["tag", "in"], "");
    assert_eq!(tagged.code, Some(0), "{tagged:?}");
    let lines: Vec<serde_json::Value> = tagged.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told = |line: &serde_json::Value| format!("{} {} {}", line["id"], line["file"]["number"], line["meta"]["published"]);
    let expected = ["\"export-1\" 1 \"2021-03-04\"", "\"export-2\" 2 \"2021-03-05\"", "\"story\" 0 \"2021-03-04\""];
    assert_eq!(lines.iter().map(told).collect::<Vec<_>>(), expected);
    // What the wire's own system marked is kept beside the tagger's suggestions.
    let named = lines[2]["entities"].as_array().unwrap().iter().find(|entity| entity["text"] == "Zwbq Xlrt");
    assert!(named.is_some_and(|entity| entity["origin"] == "import:nitf" && entity["state"] == "suggested"), "{}", lines[2]);
    assert!(lines[0]["entities"].as_array().unwrap().iter().all(|entity| entity["text"] != "The Quay Herald"), "{}", lines[0]);

    assert_eq!(desk.run(&["import", "in", "-o", "many.ron"], "").code, Some(0));
    let changed = EXPORT.replace("Marta Lind resigned in Riga.", "Marta Lind resigned in Riga on Friday.");
    std::fs::write(desk.file("in/export.txt"), changed).unwrap();
    let ran = desk.run(&["refresh", "many.ron", "--dry-run"], "");
    let statuses: Vec<String> = ran.out.lines().filter_map(|line| line.split(": ").nth(1)).map(str::to_owned).collect();
    // The first is in the same file, whose digest goes with it.
    assert_eq!(statuses, ["changed", "changed", "unchanged"], "{ran:?}");
}
