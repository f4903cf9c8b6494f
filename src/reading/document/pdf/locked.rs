//! A PDF that is encrypted but asks for no password: many programs encrypt what they only mean to keep from being printed. Its
//! streams are made plain where they stand, before anything of it is unpacked, so that what comes after, the look at what they
//! become (`bounds`) as well as the reading, sees the same bytes and no cipher.
//!
//! hayro knows the ciphers (RC4, AES-128, AES-256). It is handed a copy in which nothing can be unpacked, for it sets no bounds,
//! and asked for one stream after another. Strings outside of streams stay as they are, but for the title and the author; what
//! is left of the text for that is what a font without a table of its letters shows.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Name, ObjectIdentifier, Stream};

use super::bounds::{after_names, check, damaged};
use super::glyphs::text_string;
use crate::reading::fault::Trouble;

pub struct Opened {
    pub bytes: Vec<u8>,
    pub title: Option<String>,
    pub author: Option<String>,
}

/// So often a file may have an object again in a later version.
const MAX_VERSIONS: usize = 16;

/// The file without its encryption; `None` where it has none.
///
/// # Errors
/// Where it asks for a password, or for a cipher that nobody knows, or is damaged.
pub fn open(bytes: &[u8]) -> Result<Option<Opened>, Trouble> {
    if after_names(bytes, b"Encrypt").next().is_none() {
        return Ok(None);
    }
    check(bytes)?;
    // What it is packed with must be written where it can be seen.
    let is_elsewhere = after_names(bytes, b"Filter").any(|rest| reference(rest).is_some());
    let encryption = after_names(bytes, b"Encrypt").find_map(|rest| reference(rest).or_else(|| dictionary(rest)));
    let Some(encryption) = encryption.filter(|_| !is_elsewhere) else { return Err(Trouble::Locked) };
    let id = after_names(bytes, b"ID").find_map(array).unwrap_or(b"[]");
    let info = after_names(bytes, b"Info").filter_map(reference).last();
    let mut trailer = [b"/Encrypt ", encryption, b"/ID ", id].concat();
    info.into_iter().for_each(|info| trailer.extend([b"/Info ", info].concat()));

    let objects = objects_in(bytes);
    let versions = objects.values().map(Vec::len).max().unwrap_or(0);
    if versions > MAX_VERSIONS {
        return Err(damaged());
    }
    let packed = without_filters(bytes);
    let mut opened = Opened { bytes: without_encryption(bytes), title: None, author: None };
    let mut sum = 0;
    for version in 0..versions.max(1) {
        let of_version = |places: &Vec<usize>| places.get(version).or(places.last()).copied();
        let places: BTreeMap<(u32, i32), usize> = objects.iter().filter_map(|(id, places)| Some((*id, of_version(places)?))).collect();
        let Ok(pdf) = Pdf::new(with_own_root(&packed, &places, &trailer)) else { return Err(Trouble::Locked) };
        opened.title = pdf.metadata().title.as_deref().map(text_string).or(opened.title);
        opened.author = pdf.metadata().author.as_deref().map(text_string).or(opened.author);
        for (id, at) in places.iter().filter(|(id, _)| objects.get(id).is_some_and(|places| places.len() > version)) {
            let Some(stream) = pdf.xref().get::<Stream<'_>>(ObjectIdentifier::new(id.0, id.1)) else { continue };
            // The tables of a file are never encrypted.
            if stream.dict().get::<Name<'_>>(b"Type".as_slice()).is_some_and(|kind| kind.as_str() == "XRef") {
                continue;
            }
            let plain = stream.raw_data();
            sum += plain.len();
            if sum > 2 * bytes.len() {
                return Err(damaged());
            }
            put(&mut opened.bytes, bytes, *at, &plain);
        }
    }
    Ok(Some(opened))
}

/// Puts what a stream says in the place of its cipher, with blanks behind it where that was longer.
fn put(out: &mut [u8], bytes: &[u8], object: usize, plain: &[u8]) {
    let mut marks = memchr::memmem::find_iter(&bytes[object..], b"stream").map(|at| object + at);
    let Some(mark) = marks.find(|at| bytes[object..*at].trim_ascii_end().ends_with(b">>")) else { return };
    let start = mark + b"stream".len();
    let start = start + [&b"\r\n"[..], b"\n", b"\r"].into_iter().find(|end| bytes[start..].starts_with(end)).map_or(0, <[u8]>::len);
    let Some(after) = bytes.get(start + plain.len()..) else { return };
    let end = start + plain.len() + memchr::memmem::find(after, b"endstream").unwrap_or(0);
    out[start..start + plain.len()].copy_from_slice(plain);
    out[start + plain.len()..end].fill(b' ');
}

/// Where objects begin, each as often as it is there.
fn objects_in(bytes: &[u8]) -> BTreeMap<(u32, i32), Vec<usize>> {
    let mut objects: BTreeMap<(u32, i32), Vec<usize>> = BTreeMap::new();
    for at in memchr::memmem::find_iter(bytes, b"obj") {
        let Some((generation, before)) = number_before(&bytes[..at]) else { continue };
        let Some((object, before)) = number_before(before) else { continue };
        objects.entry((object, generation as i32)).or_default().push(before.len());
    }
    objects
}

/// The number that stands before a place, and what stands before that.
fn number_before(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let bytes = bytes.trim_ascii_end();
    let digits = bytes.iter().rev().take_while(|byte| byte.is_ascii_digit()).take(9).count();
    let (before, digits) = bytes.split_at(bytes.len() - digits);
    Some((std::str::from_utf8(digits).ok()?.parse().ok()?, before))
}

/// The file with pages of our own that show nothing, so that none of its own is asked for.
fn with_own_root(bytes: &[u8], places: &BTreeMap<(u32, i32), usize>, trailer: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    let first = places.keys().map(|id| id.0).max().unwrap_or(0) + 1;
    let mut table = String::from("xref\n0 1\n0000000000 65535 f \n");
    for ((object, generation), at) in places {
        writeln!(table, "{object} 1\n{at:010} {generation:05} n ").ok();
    }
    let own =
        ["<</Type/Catalog/Pages {1} 0 R>>", "<</Type/Pages/Count 1/Kids[{2} 0 R]>>", "<</Type/Page/Parent {1} 0 R/MediaBox[0 0 9 9]>>"];
    for (object, words) in (first..).zip(own) {
        let words = words.replace("{1}", &(first + 1).to_string()).replace("{2}", &(first + 2).to_string());
        out.push(b'\n');
        writeln!(table, "{object} 1\n{:010} 00000 n ", out.len()).ok();
        out.extend(format!("{object} 0 obj\n{words}\nendobj").as_bytes());
    }
    let start = out.len() + 1;
    out.extend(format!("\n{table}trailer\n<</Size {}/Root {first} 0 R", first + 3).as_bytes());
    out.extend(trailer);
    out.extend(format!(">>\nstartxref\n{start}\n%%EOF\n").as_bytes());
    out
}

/// The names of filters become names that nobody knows.
fn without_filters(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for name in [&b"Fl"[..], b"LZW", b"ASCII", b"AHx", b"A85", b"RunLength", b"RL"] {
        spoil(&mut out, bytes, name);
    }
    out
}

fn without_encryption(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    spoil(&mut out, bytes, b"Encrypt");
    out
}

fn spoil(out: &mut [u8], bytes: &[u8], name: &'static [u8]) {
    after_names(bytes, name).for_each(|rest| out[bytes.len() - rest.len() - 1] = b'!');
}

/// `12 0 R` at the beginning.
fn reference(rest: &[u8]) -> Option<&[u8]> {
    let rest = rest.trim_ascii_start();
    let digits = |from: usize| rest.get(from..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count();
    let blanks = |from: usize| rest.get(from..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let first = digits(0);
    let second = first + blanks(first);
    let last = second + digits(second);
    let mark = last + blanks(last);
    let is_one = first > 0 && second > first && last > second && rest.get(mark) == Some(&b'R');
    is_one.then(|| &rest[..=mark])
}

fn dictionary(rest: &[u8]) -> Option<&[u8]> {
    let rest = rest.trim_ascii_start();
    rest.starts_with(b"<<").then(|| balanced(rest))?
}

fn array(rest: &[u8]) -> Option<&[u8]> {
    let rest = rest.trim_ascii_start();
    rest.starts_with(b"[").then(|| balanced(rest))?
}

/// As far as the brackets at the beginning reach; those in texts do not count.
fn balanced(bytes: &[u8]) -> Option<&[u8]> {
    let (mut depth, mut inside, mut at) = (0_usize, 0_usize, 0);
    while at < bytes.len().min(10_000) {
        match bytes[at] {
            b'\\' if inside > 0 => at += 1,
            b'(' => inside += 1,
            b')' => inside = inside.saturating_sub(1),
            _ if inside > 0 => {}
            b'<' | b'[' => depth += 1,
            b'>' | b']' if depth == 1 => return bytes.get(..=at),
            b'>' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::reading::document::tests::{one, read};
    use crate::reading::fault::Trouble;

    /// Files of our own, encrypted by qpdf with an owner's password and, but for one, an empty one to open them.
    const FILES: [(&str, &[u8]); 5] = [
        ("rc4-40", include_bytes!("locked/rc4-40.pdf")),
        ("rc4-128", include_bytes!("locked/rc4-128.pdf")),
        ("aes-128", include_bytes!("locked/aes-128.pdf")),
        ("aes-256", include_bytes!("locked/aes-256.pdf")),
        // Its objects lie in streams that are encrypted.
        ("aes-256-packed", include_bytes!("locked/aes-256-packed.pdf")),
    ];
    const TEXT: &str =
        "Harbour (again) opens\n\nBy Marta Lind\n\nThe harbour of Port Ellery opened again on Monday, Greta Holm said in the hall.";
    const PASSWORD: &[u8] = include_bytes!("locked/password.pdf");
    /// Its page becomes 101 MB.
    const BOMB: &[u8] = include_bytes!("locked/bomb.pdf");

    #[test]
    fn what_asks_for_no_password_is_read() {
        for (name, bytes) in FILES {
            let article = one("a.pdf", bytes);
            assert_eq!(&*article.text, TEXT, "{name}");
            let meta = &article.meta;
            assert_eq!((meta.title.as_deref(), meta.byline.as_deref()), (Some("Harbour (again) opens"), Some("Marta Lind")), "{name}");
        }
        let asked = read("a.pdf", PASSWORD);
        assert!(asked.articles.is_empty() && matches!(asked.troubles[..], [Trouble::Locked]), "{:?}", asked.troubles);
    }

    #[test]
    fn what_becomes_too_large_is_known_behind_a_cipher_too() {
        let read = read("a.pdf", BOMB);
        assert!(read.articles.is_empty() && read.troubles[0].to_string().contains("100 MB"), "{:?}", read.troubles);
    }

    #[test]
    fn damaged_ones_are_borne() {
        for (_, bytes) in FILES {
            for len in (0..bytes.len()).step_by(61) {
                read("a.pdf", &bytes[..len]);
            }
            let mut damaged = bytes.to_vec();
            for at in (0..bytes.len()).step_by(37) {
                damaged[at] ^= 0x15;
                read("a.pdf", &damaged);
                damaged[at] ^= 0x15;
            }
        }
    }
}
