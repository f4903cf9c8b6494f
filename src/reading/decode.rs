//! Bytes become text: byte order mark, UTF-8, UTF-16, legacy encodings by detection, or the encoding the analyst names.
//!
//! What is text afterwards is kept to the byte; only the byte order mark is left out.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::fault::Trouble;

pub struct Decoded {
    pub text: String,
    /// The WHATWG name.
    pub encoding: &'static str,
    /// What the file says that it is in, where its bytes are not.
    pub lie: Option<&'static str>,
    /// Lines that are not in the encoding of the others.
    strays: Option<Strays>,
}

/// Lines that are in an encoding of their own, or in none.
struct Strays {
    /// Counted from 1.
    lines: Vec<usize>,
    /// The WHATWG name of the one that they were read in; `None` where the marks that stand for unreadable bytes are in the text.
    encoding: Option<&'static str>,
}

impl Decoded {
    fn sound(text: String, encoding: &'static Encoding) -> Self {
        Self { text, encoding: encoding.name(), lie: None, strays: None }
    }

    /// What there is to say of a file that lies about its bytes, or in which not all of them are what the others are.
    pub fn told(&self) -> Vec<Trouble> {
        let lie = self
            .lie
            .map(|said| Trouble::Told(format!("says that it is in {said}, and its bytes are not; it was read as {}", self.encoding)));
        let strays = self.strays.as_ref().map(|strays| {
            let count = strays.lines.len();
            let shown: Vec<String> = strays.lines.iter().take(10).map(ToString::to_string).collect();
            let more = if count > shown.len() { format!(" and {} more", count - shown.len()) } else { String::new() };
            let lines = format!("{} {}{more}", if count == 1 { "line" } else { "lines" }, shown.join(", "));
            let what = match strays.encoding {
                Some(encoding) => {
                    format!("{} not in {} like the rest, and read as {encoding}", if count == 1 { "is" } else { "are" }, self.encoding)
                }
                None => {
                    format!("{} bytes that mean nothing in {}; � stands for them", if count == 1 { "has" } else { "have" }, self.encoding)
                }
            };
            Trouble::Told(format!("{lines} {what}"))
        });
        lie.into_iter().chain(strays).collect()
    }
}

/// Decodes a whole file. `named` is an encoding by any of its WHATWG labels, which then decides.
///
/// # Errors
/// [`Trouble::UnknownEncoding`], [`Trouble::Binary`].
pub fn decode(bytes: &[u8], named: Option<&str>) -> Result<Decoded, Trouble> {
    if let Some(label) = named {
        let encoding = by_label(label)?;
        let (text, has_faults) = encoding.decode_with_bom_removal(bytes);
        let lines =
            text.split('\n').enumerate().filter(|(_, line)| has_faults && line.contains('\u{FFFD}')).map(|(at, _)| at + 1).collect();
        let strays = has_faults.then_some(Strays { lines, encoding: None });
        return Ok(Decoded { strays, ..Decoded::sound(text.into_owned(), encoding) });
    }
    let encoding = detect(bytes);
    if encoding == UTF_8 && !is_utf8(bytes) {
        return Ok(mixed(bytes));
    }
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    match binary_at(&text) {
        Some(at) => Err(Trouble::Binary(byte_of(encoding, &text, at))),
        None => Ok(Decoded::sound(text.into_owned(), encoding)),
    }
}

/// UTF-8 with lines that are not: those are in the encoding that they are likely in among themselves, and bytes that are
/// alone in a sound line in that of Western Europe.
fn mixed(bytes: &[u8]) -> Decoded {
    let lines = || bytes.split_inclusive(|byte| *byte == b'\n');
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    lines().filter(|line| is_foreign(line)).for_each(|line| {
        detector.feed(line, false);
    });
    detector.feed(b"", true);
    let likely = detector.guess(None, chardetng::Utf8Detection::Deny);
    let mut text = String::with_capacity(bytes.len());
    let mut strays = Strays { lines: Vec::new(), encoding: None };
    for (at, line) in lines().enumerate() {
        if let Ok(line) = std::str::from_utf8(line) {
            text.push_str(line);
            continue;
        }
        strays.lines.push(at + 1);
        let encoding = if is_foreign(line) { likely } else { WINDOWS_1252 };
        strays.encoding = strays.encoding.or(Some(encoding.name()));
        if is_foreign(line) {
            text.push_str(&encoding.decode_without_bom_handling(line).0);
        } else {
            for chunk in line.utf8_chunks() {
                text.push_str(chunk.valid());
                text.push_str(&encoding.decode_without_bom_handling(chunk.invalid()).0);
            }
        }
    }
    let text = text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text);
    Decoded { strays: Some(strays), ..Decoded::sound(text, UTF_8) }
}

/// Whether nothing beyond ASCII in a line is UTF-8.
fn is_foreign(line: &[u8]) -> bool {
    std::str::from_utf8(line).is_err() && line.utf8_chunks().all(|chunk| chunk.valid().is_ascii())
}

/// Whether a text is UTF-8 but for some lines: no other encoding has lines that are sound UTF-8 and beyond ASCII.
fn is_mixed(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0, 0);
    for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_ascii()) {
        // Letters of East Asia in their old encodings look like UTF-8 now and then.
        let is_sound = is_utf8(line) || is_utf8_by(line, 3);
        (sound, broken) = if is_sound { (sound + 1, broken) } else { (sound, broken + 1) };
    }
    sound > 0 && sound >= broken
}

/// As [`decode`], where the page itself may name its encoding.
///
/// # Errors
/// Those of [`decode`].
pub fn decode_html(bytes: &[u8], named: Option<&str>) -> Result<Decoded, Trouble> {
    let is_settled = named.is_some() || Encoding::for_bom(bytes).is_some() || bytes.is_ascii();
    let declared = if is_settled { None } else { declared(bytes) };
    // Sound UTF-8 is that, whatever it says.
    let said = declared.filter(|name| !is_utf8(bytes) && (*name != UTF_8.name() || is_mostly_utf8(bytes)));
    // What is not sure and says that it is UTF-8 has bytes that are not.
    let mut decoded = if said == Some(UTF_8.name()) { mixed(bytes) } else { decode(bytes, named.or(said))? };
    decoded.lie = declared.filter(|name| said.is_none() && *name != decoded.encoding);
    Ok(decoded)
}

/// Whether more letters beyond ASCII are sound than broken: a stray byte makes no other encoding.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    is_utf8_by(bytes, 1)
}

/// Whether so many times more letters beyond ASCII are sound than broken.
fn is_utf8_by(bytes: &[u8], times: usize) -> bool {
    let (sound, broken) = String::from_utf8_lossy(bytes)
        .chars()
        .filter(|c| !c.is_ascii())
        .fold((0, 0), |(sound, broken), c| if c == '\u{FFFD}' { (sound, broken + 1) } else { (sound + 1, broken) });
    sound >= times * broken
}

/// Whether bytes leave no doubt of their encoding: they bear a mark, are UTF-8 beyond ASCII, or markup that names it.
pub fn names_itself(bytes: &[u8]) -> bool {
    let is_markup = || bytes.trim_ascii_start().starts_with(b"<");
    Encoding::for_bom(bytes).is_some() || (is_utf8(bytes) && !bytes.is_ascii()) || (is_markup() && declared(bytes).is_some())
}

/// An encoding by any of its WHATWG labels, in either case: `utf-8`, `latin1`, `windows-1251`, `shift_jis`.
///
/// # Errors
/// [`Trouble::UnknownEncoding`].
pub fn by_label(label: &str) -> Result<&'static Encoding, Trouble> {
    Encoding::for_label(label.trim().as_bytes()).ok_or_else(|| Trouble::UnknownEncoding(label.to_owned()))
}

/// Whether an encoding of that label is known.
///
/// # Errors
/// [`Trouble::UnknownEncoding`].
pub fn check_encoding(label: &str) -> Result<(), Trouble> {
    by_label(label).map(|_| ())
}

/// The encodings that can be asked for, by their WHATWG names, the commonest first.
pub const ENCODINGS: [&str; 39] = [
    "UTF-8",
    "UTF-16LE",
    "UTF-16BE",
    "windows-1252",
    "windows-1251",
    "windows-1250",
    "Shift_JIS",
    "EUC-JP",
    "ISO-2022-JP",
    "GBK",
    "gb18030",
    "Big5",
    "EUC-KR",
    "KOI8-R",
    "KOI8-U",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "windows-874",
    "ISO-8859-2",
    "ISO-8859-3",
    "ISO-8859-4",
    "ISO-8859-5",
    "ISO-8859-6",
    "ISO-8859-7",
    "ISO-8859-8",
    "ISO-8859-8-I",
    "ISO-8859-10",
    "ISO-8859-13",
    "ISO-8859-14",
    "ISO-8859-15",
    "ISO-8859-16",
    "IBM866",
    "macintosh",
    "x-mac-cyrillic",
    "x-user-defined",
];

fn detect(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes).filter(|(encoding, _)| *encoding != UTF_8 || is_utf8(bytes)) {
        return encoding;
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return encoding;
    }
    // ISO-2022-JP is ASCII to the eye of UTF-8; only its escapes tell.
    let is_escaped = [&b"\x1B$B"[..], b"\x1B$@", b"\x1B(J"].iter().any(|escape| memchr::memmem::find(bytes, escape).is_some());
    if !is_escaped && (is_utf8(bytes) || is_mixed(bytes)) {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Allow)
}

fn is_utf8(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok()
}

/// UTF-16 without its mark: text in it holds zero bytes, decodes without a fault, and has blanks and stops where text
/// has them.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if !bytes.len().is_multiple_of(2) || memchr::memchr(0, sample).is_none() {
        return None;
    }
    // ASCII in UTF-16 is half zeros, and other scripts look like control characters; a text in UTF-8 with a zero in it is
    // neither.
    let zeros = memchr::memchr_iter(0, sample).count();
    if is_utf8(bytes) && zeros * 4 < sample.len() && !sample.iter().any(|byte| (1..9).contains(byte)) {
        return None;
    }
    let common = |encoding: &'static Encoding| {
        let (text, has_faults) = encoding.decode_without_bom_handling(sample);
        let cut_pair = text.ends_with('\u{FFFD}') && text.matches('\u{FFFD}').count() == 1;
        let is_sound = (!has_faults || cut_pair) && binary_at(&text).is_none();
        let count = text.chars().filter(|c| matches!(c, ' ' | '\n' | '.' | ',' | 'e' | 'a' | '。' | '、' | '，')).count();
        if is_sound { count } else { 0 }
    };
    let (little, big) = (common(UTF_16LE), common(UTF_16BE));
    (little.max(big) > 0).then_some(if little >= big { UTF_16LE } else { UTF_16BE })
}

/// How far into a text signs of binary data are looked for, in characters.
const PROBE: usize = 65_536;

/// Where text ceases to look like text, in bytes of `text`: a NUL near the beginning, or one character in fifty that
/// text does not hold.
fn binary_at(text: &str) -> Option<usize> {
    let mut first = None;
    let mut strange = 0;
    let mut count = 0;
    for (at, c) in text.char_indices().take(PROBE) {
        count += 1;
        if c == '\0' && at < 8192 {
            return Some(at);
        }
        let is_strange = match c {
            '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{1B}' | '\u{85}' => false,
            c => c.is_control() || c == '\u{FFFD}' || (c as u32) & 0xFFFE == 0xFFFE,
        };
        if is_strange {
            strange += 1;
            first.get_or_insert(at);
        }
    }
    first.filter(|_| strange * 50 > count && strange > 1)
}

/// The byte of the file that stands for byte `at` of its text. A byte order mark is not counted.
fn byte_of(encoding: &'static Encoding, text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    if encoding == UTF_16LE || encoding == UTF_16BE {
        return before.encode_utf16().count() * 2;
    }
    encoding.encode(before).0.len()
}

/// What a page says of its encoding in its first 2048 bytes.
fn declared(bytes: &[u8]) -> Option<&'static str> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let at = head.find("charset=").map(|at| at + "charset=".len()).or_else(|| {
        let declaration = head.find("<?xml")?;
        Some(declaration + head[declaration..].find("encoding=")? + "encoding=".len())
    })?;
    let label = head[at..].trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':')).unwrap_or(label.len());
    let encoding = Encoding::for_label(&label.as_bytes()[..end])?;
    // A page that could be searched for these words is not in UTF-16, whatever it says.
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8.name() } else { encoding.name() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], text: &str, encoding: &str) {
        let decoded = decode(bytes, None).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
    }

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn every_encoding_becomes_the_same_text() {
        let russian = "Президент России встретился с министром обороны в Москве, сообщает ТАСС.\r\n";
        let japanese = "岸田文雄首相は東京で記者会見を開いた。防衛費の増額について説明した。\n";
        let german = "Der Außenminister sprach über die Lage in der Türkei und in Österreich. Müller fährt nach Köln.\n";
        for text in [russian, japanese, german] {
            check(text.as_bytes(), text, "UTF-8");
            check(format!("\u{FEFF}{text}").as_bytes(), text, "UTF-8");
            for big in [false, true] {
                let name = if big { "UTF-16BE" } else { "UTF-16LE" };
                check(&utf16(text, big), text, name);
                check(&utf16(&format!("\u{FEFF}{text}"), big), text, name);
            }
        }
        for (text, label) in [
            (russian, "windows-1251"),
            (russian, "KOI8-U"),
            (japanese, "Shift_JIS"),
            (japanese, "EUC-JP"),
            (japanese, "ISO-2022-JP"),
            (german, "windows-1252"),
        ] {
            let (bytes, _, has_faults) = by_label(label).unwrap().encode(text);
            assert!(!has_faults);
            check(&bytes, text, label);
            let forced = decode(&bytes, Some(&label.to_lowercase())).unwrap();
            assert_eq!(forced.text, text);
        }
    }

    #[test]
    fn binary_data_is_told_from_text() {
        let noise: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(matches!(decode(&noise, None), Err(Trouble::Binary(_))));
        assert!(matches!(decode(b"some text\0and more", None), Err(Trouble::Binary(9))));
        assert!(decode(b"a form feed\x0C and an escape \x1B[1mbold\x1B[0m", None).is_ok());
        assert!(decode(b"", None).is_ok_and(|decoded| decoded.text.is_empty()));
    }

    #[test]
    fn a_page_may_name_its_encoding() {
        let (bytes, ..) = encoding_rs::ISO_8859_2.encode("<html><meta charset=\"iso-8859-2\"><p>Wałęsa");
        assert_eq!(decode_html(&bytes, None).unwrap().encoding, "ISO-8859-2");
        let (bytes, ..) =
            encoding_rs::WINDOWS_1252.encode("<meta charset=utf-8><p>Der Bürgermeister Jörg Müßig aus Lörrach sprach über die „Straße“.");
        let lying = decode_html(&bytes, None).unwrap();
        assert_eq!((lying.encoding, lying.lie), ("windows-1252", Some("UTF-8")));
        assert!(lying.text.ends_with("Jörg Müßig aus Lörrach sprach über die „Straße“.") && !lying.told().is_empty());
        let stray = [&b"<meta charset=utf-8><p>"[..], "Jörg Müßig aus Lörrach".as_bytes(), b" \xFC."].concat();
        assert_eq!(decode_html(&stray, None).unwrap().encoding, "UTF-8", "a stray byte makes no other encoding");
        let says_wrong = "<meta charset=windows-1251><p>Wałęsa";
        assert_eq!(decode_html(says_wrong.as_bytes(), None).unwrap().text, says_wrong, "bytes that are UTF-8 are UTF-8");
    }

    /// A stray line, a stray byte, and what is in another encoding as a whole.
    #[test]
    fn stray_bytes_are_read_and_told_with_their_lines() {
        let german = "Der Bürgermeister Jörg Müßig aus Lörrach sprach.\nEr fuhr über Köln.\n";
        let (russian, ..) = encoding_rs::WINDOWS_1251.encode("Президент России встретился с министром обороны в Москве.\n");
        let with_line = [german.as_bytes(), &russian, "Später sprach er in Görlitz.".as_bytes()].concat();
        let decoded = decode(&with_line, None).unwrap();
        assert_eq!(
            decoded.text,
            format!("{german}Президент России встретился с министром обороны в Москве.\nSpäter sprach er in Görlitz.")
        );
        assert_eq!(
            decoded.told().iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["line 3 is not in UTF-8 like the rest, and read as windows-1251"]
        );
        let with_byte = [german.as_bytes(), b"M\xFCller und J\xC3\xB6rg"].concat();
        let decoded = decode(&with_byte, None).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), (format!("{german}Müller und Jörg").as_str(), "UTF-8"));
        assert!(decoded.told()[0].to_string().starts_with("line 3 "));
        let page = [b"<meta charset=utf-8><p>", german.as_bytes(), b"M\xFCller"].concat();
        let decoded = decode_html(&page, None).unwrap();
        assert!(decoded.text.ends_with("Müller") && decoded.told().len() == 1);
        for sound in [german.as_bytes(), &encoding_rs::WINDOWS_1252.encode(german).0, &russian, b"plain"] {
            assert!(decode(sound, None).unwrap().told().is_empty());
        }
        let named = decode(b"a\nM\xFCller", Some("utf-8")).unwrap();
        assert!(named.text.contains('\u{FFFD}') && named.told()[0].to_string().starts_with("line 2 has bytes that mean nothing in UTF-8"));
    }

    #[test]
    fn every_offered_encoding_is_one() {
        for name in ENCODINGS {
            assert_eq!(by_label(name).unwrap().name(), name);
        }
        assert!(matches!(by_label("klingon"), Err(Trouble::UnknownEncoding(_))));
    }
}
