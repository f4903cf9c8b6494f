//! What a PDF becomes when it is unpacked, looked at before anything is unpacked for good.
//!
//! Every run of bytes that may be a stream is unpacked in each way that it could be meant, whatever the file says of it, and
//! what comes out is counted and thrown away. An encrypted file cannot be looked at so, and is made plain before (`locked`).

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::{DeflateDecoder, ZlibDecoder};

use crate::reading::fault::Trouble;

/// The most that one stream may become, and all of them, in bytes.
const MAX_STREAM: u64 = 100_000_000;
const MAX_ALL: u64 = 1_000_000_000;

/// How often what was packed may be packed again.
const MAX_LAYERS: u32 = 3;

/// How often a file may be gone through: what begins in many places and ends in one is no stream.
const MAX_TIMES: usize = 20;

/// How deep arrays and dictionaries may lie in one another.
const MAX_NESTED: usize = 200;

/// # Errors
/// Where the file is damaged beyond reading, or becomes larger than any article.
pub fn check(bytes: &[u8]) -> Result<(), Trouble> {
    // A list of filters may stand anywhere.
    let is_elsewhere = |rest: &[u8]| rest.trim_ascii_start().first().is_some_and(u8::is_ascii_digit);
    let is_lzw = after_names(bytes, b"LZW").next().is_some() || after_names(bytes, b"Filter").any(is_elsewhere);
    let mut ends = memchr::memmem::find_iter(bytes, b"endstream").peekable();
    let (mut all, mut tried, mut from) = (0, 0, 0);
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let start = at + b"stream".len();
        let line_end = [&b"\r\n"[..], b"\n", b"\r"].into_iter().find(|end| bytes[start..].starts_with(end));
        let Some(line_end) = line_end.filter(|_| !bytes[..at].ends_with(b"end")) else { continue };
        let start = start + line_end.len();
        while ends.next_if(|end| *end < start).is_some() {}
        let end = ends.peek().copied().unwrap_or(bytes.len());
        if at > from && is_deep(&bytes[from..at]) {
            return Err(damaged());
        }
        from = from.max(end);
        // What is packed says itself where it ends, and may hold the word for the end before.
        let mut rest = &bytes[start..];
        let packed = inflated(Box::new(&mut rest), MAX_LAYERS);
        tried += (end - start).max(bytes.len() - start - rest.len());
        if tried > MAX_TIMES * bytes.len() {
            return Err(damaged());
        }
        let size = packed.max(otherwise_unpacked(&bytes[start..end], is_lzw, MAX_LAYERS));
        all += size;
        if size > MAX_STREAM || all > MAX_ALL {
            let told = "becomes larger than 100 MB when it is unpacked, which no article does; it was not read";
            return Err(Trouble::Partial(told.to_owned()));
        }
    }
    if is_deep(&bytes[from..]) { Err(damaged()) } else { Ok(()) }
}

pub fn damaged() -> Trouble {
    Trouble::Partial("is a damaged PDF; ask for it again, or print it to a new one".to_owned())
}

/// Whether an object holds more in one another than any program writes, or never ends.
fn is_deep(bytes: &[u8]) -> bool {
    let mut from = 0;
    let mut ends = memchr::memmem::find_iter(bytes, b"endobj").chain([bytes.len()]);
    ends.any(|end| {
        let mut depth = 0_usize;
        let object = &bytes[from..end];
        from = end;
        object.iter().enumerate().any(|(at, byte)| {
            let is_pair = object.get(at + 1) == Some(byte);
            match byte {
                b'[' => depth += 1,
                b'<' if is_pair => depth += 1,
                b']' => depth = depth.saturating_sub(1),
                b'>' if is_pair => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth > MAX_NESTED
        })
    })
}

/// What follows each name that begins so, however it is spelled.
pub fn after_names<'b>(bytes: &'b [u8], name: &'static [u8]) -> impl Iterator<Item = &'b [u8]> {
    memchr::memchr_iter(b'/', bytes).filter_map(move |at| {
        let mut rest = &bytes[at + 1..];
        for wanted in name {
            let (byte, length) = match rest {
                [b'#', high, low, ..] => {
                    let digit = |byte: u8| char::from(byte).to_digit(16).unwrap_or(0);
                    ((digit(*high) * 16 + digit(*low)) as u8, 3)
                }
                [byte, ..] => (*byte, 1),
                [] => return None,
            };
            rest = &rest[length..];
            if byte != *wanted {
                return None;
            }
        }
        Some(rest)
    })
}

/// The most that bytes may become, counted up to a little more than one stream may be.
fn unpacked(data: &[u8], is_lzw: bool, layers: u32) -> u64 {
    if layers == 0 || data.is_empty() {
        return 0;
    }
    inflated(Box::new(data), layers).max(otherwise_unpacked(data, is_lzw, layers))
}

fn otherwise_unpacked(data: &[u8], is_lzw: bool, layers: u32) -> u64 {
    // Letters that stand for bytes, as mails have them too.
    let is_letters = data.iter().take(64).all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace());
    let mut most = if is_lzw { lzw(data, 1).max(lzw(data, 0)) } else { 0 };
    if is_letters {
        most = most.max(unpacked(&from_base85(data), is_lzw, layers - 1)).max(unpacked(&from_hex(data), is_lzw, layers - 1));
    }
    most
}

/// What comes out of packed bytes, and out of what comes out.
fn inflated(data: Box<dyn BufRead + '_>, layers: u32) -> u64 {
    let mut data = data;
    let is_zlib = data.fill_buf().is_ok_and(
        |start| matches!(start, [first, second, ..] if first & 15 == 8 && (u32::from(*first) * 256 + u32::from(*second)) % 31 == 0),
    );
    let out: Box<dyn Read + '_> = if is_zlib { Box::new(ZlibDecoder::new(data)) } else { Box::new(DeflateDecoder::new(data)) };
    let mut out = BufReader::new(out.take(MAX_STREAM + 1));
    // Of what is packed twice, the second layer is the larger one.
    let twice = out.fill_buf().is_ok_and(
        |start| matches!(start, [first, second, ..] if first & 15 == 8 && (u32::from(*first) * 256 + u32::from(*second)) % 31 == 0),
    );
    if twice && layers > 1 {
        return inflated(Box::new(out), layers - 1);
    }
    let mut counted = Counted(0);
    // Damage ends it, as it ends it for who unpacks it.
    io::copy(&mut out, &mut counted).ok();
    counted.0
}

struct Counted(u64);

impl io::Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How long the words of LZW are in all, without the words. Codes grow longer `early` codes before they must.
fn lzw(data: &[u8], early: usize) -> u64 {
    const CLEAR: usize = 256;
    const END: usize = 257;
    let mut lengths: Vec<u64> = Vec::with_capacity(4096);
    let (mut bits, mut count, mut total, mut before) = (0_u32, 0_u32, 0_u64, 0_u64);
    let fresh = |lengths: &mut Vec<u64>| {
        lengths.clear();
        lengths.resize(258, 1);
    };
    fresh(&mut lengths);
    for byte in data {
        bits = (bits << 8 | u32::from(*byte)) & 0xFF_FFFF;
        count += 8;
        let width = width_of(lengths.len() + early);
        if count < width {
            continue;
        }
        count -= width;
        let code = (bits >> count & ((1 << width) - 1)) as usize;
        if code == CLEAR {
            fresh(&mut lengths);
            before = 0;
            continue;
        }
        if code == END || total > MAX_STREAM {
            break;
        }
        let length = lengths.get(code).copied().unwrap_or(before + 1);
        total += length;
        if before > 0 && lengths.len() < 4096 {
            lengths.push(before + 1);
        }
        before = length;
    }
    total
}

fn width_of(codes: usize) -> u32 {
    match codes {
        ..512 => 9,
        512..1024 => 10,
        1024..2048 => 11,
        _ => 12,
    }
}

fn from_hex(data: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> =
        data.iter().take_while(|byte| **byte != b'>').filter_map(|byte| char::from(*byte).to_digit(16)).map(|digit| digit as u8).collect();
    digits.chunks(2).map(|pair| pair[0] * 16 + pair.get(1).copied().unwrap_or(0)).collect()
}

fn from_base85(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut group: Vec<u8> = Vec::with_capacity(5);
    let data = data.trim_ascii_start();
    for byte in data.strip_prefix(b"<~").unwrap_or(data) {
        match byte {
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => group.push(byte - b'!'),
            b'~' => break,
            _ => {}
        }
        if group.len() == 5 {
            out.extend(bytes_of_group(&group));
            group.clear();
        }
    }
    if group.len() > 1 {
        let kept = group.len() - 1;
        group.resize(5, 84);
        out.extend(&bytes_of_group(&group)[..kept]);
    }
    out
}

fn bytes_of_group(group: &[u8]) -> [u8; 4] {
    group.iter().fold(0_u32, |sum, digit| sum.wrapping_mul(85).wrapping_add(u32::from(*digit))).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn zlib(data: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(data).unwrap();
        packer.finish().unwrap()
    }

    fn file(data: &[u8]) -> Vec<u8> {
        [b"%PDF-1.4\n1 0 obj <</Filter/#4cZWDecode>> stream\r\n", data, b"\nendstream"].concat()
    }

    #[test]
    fn what_becomes_too_large_is_known_however_it_is_packed() {
        let zeros = vec![0; MAX_STREAM as usize + 1000];
        let once = zlib(&zeros);
        let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        raw.write_all(&zeros).unwrap();
        let hex: Vec<u8> = once.iter().flat_map(|byte| format!("{byte:02x} ").into_bytes()).collect();
        let base85: Vec<u8> = once
            .chunks(4)
            .flat_map(|chunk| {
                let mut word = [0; 4];
                word[..chunk.len()].copy_from_slice(chunk);
                let word = u32::from_be_bytes(word);
                (0..5).rev().map(move |at| (word / 85_u32.pow(at) % 85) as u8 + b'!').collect::<Vec<_>>()
            })
            .collect();
        // Each word one letter longer than the one before it.
        let packed = |early: usize| {
            let mut bits = String::new();
            for round in 0..20 {
                for (i, code) in [256, 65].into_iter().chain(258..4090).enumerate() {
                    let codes = if i == 0 && round > 0 { 4090 } else { 258 + i.saturating_sub(2) };
                    bits += &format!("{code:0width$b}", width = width_of(codes + early) as usize);
                }
            }
            bits.as_bytes().chunks(8).map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | (bit - b'0'))).collect::<Vec<u8>>()
        };
        let (early, late) = (packed(1), packed(0));
        for data in [once.clone(), zlib(&once), raw.finish().unwrap(), hex, base85, early, late] {
            let checked = check(&file(&data));
            assert!(matches!(&checked, Err(Trouble::Partial(told)) if told.contains("100 MB")), "{checked:?} {:?}", &data[..20]);
        }
        for data in [zlib(b"BT (Talks) Tj ET"), b"BT (Talks) Tj ET".to_vec(), Vec::new(), vec![0x78, 0x9C, 1, 2, 3]] {
            assert!(check(&file(&data)).is_ok());
        }
        // What repeats itself is no word of words where nothing says so.
        let plain = [&b"<</Length 9>>stream\n"[..], &b"/Span BMC ".repeat(200_000), b"endstream"].concat();
        assert!(check(&plain).is_ok());
    }

    #[test]
    fn what_is_packed_ends_where_it_says() {
        let mut bomb = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        bomb.write_all(&vec![0; MAX_STREAM as usize + 1_000_000]).unwrap();
        // A block that is not packed holds the word for the end of the stream.
        let hidden = [&b"\x78\x01\x00\x0B\x00\xF4\xFFendstream\n\n"[..], &bomb.finish().unwrap()].concat();
        let checked = check(&file(&hidden));
        assert!(matches!(&checked, Err(Trouble::Partial(told)) if told.contains("100 MB")), "{checked:?}");
    }

    #[test]
    fn what_would_take_for_ever_is_damaged() {
        for bytes in [
            b"stream\n".repeat(3000),
            b"1 0 obj <<".repeat(3000),
            b"[".repeat(3000),
            [&b"x stream\nendstream "[..], &b"[1 ".repeat(3000)].concat(),
        ] {
            assert!(check(&bytes).is_err_and(|error| error.to_string().contains("damaged")), "{:?}", &bytes[..20]);
        }
        for bytes in
            [b"a stream of words ".repeat(3000), b"1 0 obj <</A[[1]<<>>]>> endobj ".repeat(3000), b"1 0 obj << endobj ".repeat(3000)]
        {
            assert!(check(&bytes).is_ok());
        }
    }
}
