//! The parts of a mail: taken apart by mail-parser, decoded by ourselves.
//!
//! mail-parser was chosen over mailparse 0.18 because it opens mails inside mails and knows which part is the text. It decodes
//! bodies too, but one without a charset, or with one that lies, comes back with replacement characters; so each part's own
//! bytes are taken and read as those of a file are. What it gets wrong: a mail inside a mail that is packed in base64 is
//! opened three times over at most.

use encoding_rs::{Encoding, UTF_8};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding as Packing, Message, MessageParser, MessagePart, MimeHeaders as _};

use crate::reading::decode::{Decoded, decode_html};
use crate::reading::fault::Trouble;

/// Mails in mails; more of them than this are nobody's post.
const MAX_NESTED: usize = 200;

/// # Errors
/// Where it is no mail, or mails lie too deep in one another.
pub fn parse(bytes: &[u8]) -> Result<Message<'_>, Trouble> {
    let lower = bytes.to_ascii_lowercase();
    // What makes a part a mail of its own.
    let nested: usize = ["rfc822", "message/global", "digest"].iter().map(|mark| memchr::memmem::find_iter(&lower, mark).count()).sum();
    if nested > MAX_NESTED {
        return Err(Trouble::Partial(format!("holds {nested} mails in one another, and no more than {MAX_NESTED} are opened")));
    }
    MessageParser::default().parse(bytes).ok_or(Trouble::Partial("is no mail: it has no head; open it as text".to_owned()))
}

/// The bytes of a part, unpacked, whatever its charset.
pub fn bytes_of(message: &Message<'_>, part: &MessagePart<'_>) -> Vec<u8> {
    let raw = message.raw_message.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default();
    let unpacked = match part.encoding {
        Packing::None => Some(raw.to_vec()),
        Packing::QuotedPrintable => quoted_printable_decode(raw),
        Packing::Base64 => base64_decode(raw),
    };
    unpacked.unwrap_or_else(|| part.contents().to_vec())
}

/// The text of a part: in the encoding that is asked for, else in the charset that it names, unless its bytes say otherwise.
///
/// # Errors
/// Where it is no text.
pub fn text_of(message: &Message<'_>, part: &MessagePart<'_>, asked: Option<&str>) -> Result<Decoded, Trouble> {
    let bytes = bytes_of(message, part);
    if asked.is_some() {
        return decode_html(&bytes, asked);
    }
    let named = part.content_type().and_then(|kind| kind.attribute("charset")).and_then(|label| Encoding::for_label(label.as_bytes()));
    let is_utf8 = std::str::from_utf8(&bytes).is_ok();
    // ISO-2022-JP and UTF-7 are ASCII to the eye.
    let lies = named.is_some_and(|encoding| if encoding == UTF_8 { !is_utf8 } else { is_utf8 && !bytes.is_ascii() });
    let mut decoded = decode_html(&bytes, named.filter(|_| !lies).map(Encoding::name))?;
    decoded.lie = decoded.lie.or(named.filter(|_| lies).map(Encoding::name));
    Ok(decoded)
}
