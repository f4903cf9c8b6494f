//! WARC: what a crawler wrote down, record by record. Its answers that are web pages are read as pages are; the rest (requests,
//! pictures, pages that were not there) is counted. Read as a stream, so that a file may be of any length.

use std::io::{BufRead, Read as _};
use std::path::Path;

use flate2::read::{GzDecoder, ZlibDecoder};
use memchr::memmem;

use super::decode::check_encoding;
use super::fault::Trouble;
use super::incoming::{Incoming, Sink};
use super::input::{Head, Input};
use super::inside;
use super::reader::{How, Reader};

pub static READER: Reader = Reader {
    name: "warc",
    what: "web pages in a WARC archive",
    endings: &["warc"],
    knows: |head: &Head<'_>| head.bytes.starts_with(b"WARC/"),
    read,
};

/// In bytes: a longer record is passed over, and a page that becomes longer when it is unpacked is cut there.
const LONGEST: u64 = 20_000_000;

/// Lines of a record's head.
const MAX_LINES: usize = 200;

/// What stands in a record's head or in that of an answer, by names in small letters.
type Fields = Vec<(String, String)>;

fn read(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let mut stream = input.stream();
    let (mut number, mut passed_over) = (0, 0);
    let cancel = sink.cancel();
    while !sink.is_cancelled() {
        let Some(fields) = record(&mut stream)? else { break };
        let length: u64 = said(&fields, "content-length").and_then(|length| length.parse().ok()).unwrap_or_default();
        let is_answer = said(&fields, "warc-type") == Some("response") && length <= LONGEST;
        let mut block = Vec::new();
        let mut limited = stream.by_ref().take(length);
        let is_whole = if is_answer {
            limited.read_to_end(&mut block)? as u64 == length
        } else {
            std::io::copy(&mut limited, &mut std::io::sink())? == length
        };
        let page = if is_answer { page_of(&block) } else { None };
        match page {
            Some((body, charset)) => {
                let uri = said(&fields, "warc-target-uri").map(|uri| uri.trim_matches(['<', '>'])).unwrap_or_default();
                let mut take = |found: Result<Incoming, Trouble>| match found {
                    Ok(mut incoming) => {
                        number += 1;
                        incoming.number = number;
                        incoming.article.meta.url.get_or_insert_with(|| uri.to_owned());
                        sink.article(incoming);
                    }
                    Err(trouble) => sink.tell(trouble),
                };
                let how = How { encoding: how.encoding.or(charset.as_deref()), ..how };
                inside::read(&name_of(uri), &body, how, &mut Sink::new(&mut take, cancel));
            }
            None => passed_over += 1,
        }
        if !is_whole {
            sink.tell(Trouble::Partial("is cut off in the middle of a record; what stands before it was read".to_owned()));
            break;
        }
    }
    if passed_over > 0 {
        sink.tell(Trouble::Told(format!("{passed_over} records in it are no web pages (requests, pictures, pages that were not there)")));
    }
    if number == 0 { Err(Trouble::Partial("holds no web pages that could be read".to_owned())) } else { Ok(()) }
}

/// The head of the next record; nothing at the end.
fn record(stream: &mut impl BufRead) -> Result<Option<Fields>, Trouble> {
    let mut fields = Fields::new();
    let mut is_begun = false;
    for _ in 0..MAX_LINES {
        let mut line = Vec::new();
        if stream.by_ref().take(1 << 16).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        match line {
            "" if is_begun => return Ok(Some(fields)),
            "" => {}
            line if line.starts_with("WARC/") => is_begun = true,
            line if is_begun => fields.extend(field(line)),
            _ => return Err(Trouble::Partial("is a damaged WARC archive: a record does not begin where the last one ends".to_owned())),
        }
    }
    Err(Trouble::Partial("is a damaged WARC archive: a record's head does not end".to_owned()))
}

fn field(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    Some((name.trim().to_lowercase(), value.trim().to_owned()))
}

fn said<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
}

/// The page of an answer, with the charset that it names, where it is a page that was there.
fn page_of(answer: &[u8]) -> Option<(Vec<u8>, Option<String>)> {
    let end = memmem::find(answer, b"\r\n\r\n").map(|at| (at, 4)).or_else(|| Some((memmem::find(answer, b"\n\n")?, 2)))?;
    let head = String::from_utf8_lossy(&answer[..end.0]);
    let mut lines = head.lines();
    let status = lines.next()?.split_whitespace().nth(1)?;
    let fields: Fields = lines.filter_map(field).collect();
    let kind = said(&fields, "content-type")?.to_lowercase();
    if status != "200" || !["text/html", "application/xhtml+xml"].iter().any(|html| kind.starts_with(html)) {
        return None;
    }
    let mut body = answer[end.0 + end.1..].to_vec();
    if said(&fields, "transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked")) {
        body = unchunked(&body).unwrap_or(body);
    }
    let body = match said(&fields, "content-encoding").map(str::to_lowercase).as_deref() {
        // Crawlers that unpack a page keep what was said of it.
        Some("gzip" | "x-gzip") if body.starts_with(&[0x1F, 0x8B]) => unpacked(GzDecoder::new(&body[..])),
        Some("deflate") => Some(unpacked(ZlibDecoder::new(&body[..])).unwrap_or(body)),
        Some("br" | "zstd") if std::str::from_utf8(&body).is_err() => None,
        _ => Some(body),
    }?;
    // The page's own word comes first, and its bytes before that.
    let is_silent = !body[..body.len().min(2048)].to_ascii_lowercase().windows(8).any(|word| word == b"charset=")
        && std::str::from_utf8(&body).is_err();
    let charset = kind.split_once("charset=").map(|(_, name)| name.trim_matches(['"', '\'', ' ', ';']).to_owned());
    Some((body, charset.filter(|name| is_silent && check_encoding(name).is_ok())))
}

fn unpacked(packed: impl std::io::Read) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    packed.take(LONGEST).read_to_end(&mut out).ok()?;
    Some(out)
}

/// A body that was sent in pieces, each behind its length; `None` where it was put together already.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = memmem::find(&rest[..rest.len().min(100)], b"\r\n")?;
        let length = std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?.trim();
        let length = usize::from_str_radix(length, 16).ok()?;
        rest = &rest[end + 2..];
        if length == 0 {
            return Some(out);
        }
        out.extend_from_slice(rest.get(..length)?);
        rest = rest.get(length..)?.strip_prefix(b"\r\n")?;
    }
}

/// What a page is called as a file.
fn name_of(uri: &str) -> String {
    let path = uri.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default();
    let stem = Path::new(last).file_stem().map(|stem| stem.to_string_lossy().into_owned()).filter(|stem| !stem.is_empty());
    format!("{}.html", stem.as_deref().unwrap_or("page"))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::super::testing::{read, told};

    fn record(kind: &str, uri: &str, block: &[u8]) -> Vec<u8> {
        let head = format!("WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nContent-Length: {}\r\n\r\n", block.len());
        [head.as_bytes(), block, b"\r\n\r\n"].concat()
    }

    fn page(title: &str) -> String {
        format!(
            "<html><body><article><h1>{title}</h1><p>Marta Lind left the harbour of Bergen on Monday, and nobody saw her again that week.</p></article></body></html>"
        )
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    }

    #[test]
    fn pages_of_a_crawl_are_read_however_they_were_sent() {
        let answer = |head: &str, body: &[u8]| {
            [format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1252\r\n{head}\r\n").as_bytes(), body].concat()
        };
        let chunked = |body: &[u8]| [format!("{:x}\r\n", body.len()).as_bytes(), body, b"\r\n0\r\n\r\n"].concat();
        let plain = page("Port \u{e9}troit");
        let latin = encoding_rs::WINDOWS_1252.encode(&plain).0.into_owned();
        let records = [
            record("warcinfo", "", b"software: kelp"),
            record("request", "https://quay.example/a", b"GET /a HTTP/1.1\r\n\r\n"),
            record("response", "<https://quay.example/news/one.html?x=1>", &answer("", page("One sails").as_bytes())),
            record(
                "response",
                "https://quay.example/two/",
                &answer("Transfer-Encoding: chunked\r\n", &chunked(page("Two sails").as_bytes())),
            ),
            record("response", "https://quay.example/three", &answer("Content-Encoding: gzip\r\n", &gzip(page("Three sails").as_bytes()))),
            record("response", "https://quay.example/four", &answer("", &latin)),
            record("response", "https://quay.example/gone", b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Gone</p>"),
            record("response", "https://quay.example/a.png", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"),
        ];
        let whole = records.concat();
        let packed: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
        for (name, bytes) in [("a.warc", &whole), ("a.warc.gz", &packed), ("a", &whole)] {
            let read = read(name, bytes);
            let titles: Vec<&str> = read.articles.iter().map(|one| one.article.title()).collect();
            assert_eq!(titles, ["One sails", "Two sails", "Three sails", "Port étroit"], "{name}: {:?}", told(&read));
            let urls: Vec<_> = read.articles.iter().map(|one| one.article.meta.url.as_deref().unwrap_or_default()).collect();
            assert_eq!(urls[0], "https://quay.example/news/one.html?x=1");
            assert_eq!(read.articles.iter().map(|one| (one.number, one.article.id.as_str())).collect::<Vec<_>>()[0], (1, "one"));
            assert!(told(&read).iter().any(|note| note.contains("4 records in it are no web pages")), "{:?}", told(&read));
        }
        // Cut off, wherever, and damaged.
        for end in (0..whole.len()).step_by(97) {
            let read = read("a.warc", &whole[..end]);
            assert!(!read.articles.is_empty() || !read.troubles.is_empty(), "{end}");
        }
        let damaged = [&whole[..], b"kelp and tar\n"].concat();
        let read = read("a.warc", &damaged);
        assert_eq!(read.articles.len(), 4);
        assert!(told(&read).iter().any(|note| note.contains("damaged WARC")), "{:?}", told(&read));
    }
}
