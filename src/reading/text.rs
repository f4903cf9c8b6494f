//! Plain text, kept to the byte, whatever its line ends. It is read last: what nothing else knows is text, or none at all.

use super::article::{from_text, id_of};
use super::decode::decode;
use super::fault::Trouble;
use super::incoming::{Incoming, Sink};
use super::input::Input;
use super::reader::{How, Reader};
use super::unlike;

pub static READER: Reader = Reader { name: "text", what: "plain text", endings: &["txt", "text"], knows: |_| false, read };

fn read(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let path = input.path;
    let decoded = decode(input.bytes()?, how.encoding)?;
    if decoded.text.trim().is_empty() {
        return Err(Trouble::Blank);
    }
    let mut notes = decoded.told();
    notes.extend(unlike::told(&input.head(), &decoded.text).map(Trouble::Told));
    sink.article(Incoming { notes, ..Incoming::new(from_text(id_of(path), &decoded.text), decoded.encoding) });
    Ok(())
}
