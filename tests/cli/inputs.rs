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
