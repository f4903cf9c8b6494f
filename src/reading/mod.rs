//! The bytes of a file become articles: encoding, extraction of the readable text, zones.
//!
//! A file is opened (`input`), known by its content or its ending (`reader`, `table`), and hands out its articles one by one
//! (`incoming`); what every reader shares stands below them: `decode`, `article`, `page`, `details`, `zones`. Text files are
//! kept to the byte, whatever their line ends; of web pages and Markdown the readable text is kept. Exports of press archives
//! have their readers in `press`, the wire of newsrooms in `wire`, documents of word processors in `document`, mail and what is packed
//! as mail is in `mail`. Files that lie in others go through `inside`. Knows nothing of
//! sessions and taggers, nor of interchange formats, which stand above and are read in the same way: paths of every kind
//! are read by [`formats::read_paths`](crate::formats::read_paths).

mod again;
mod archive;
mod article;
mod days;
mod decode;
mod details;
mod document;
mod fault;
mod folder;
mod foreign;
mod frame;
mod html;
mod ids;
mod incoming;
mod input;
mod inside;
pub mod language;
mod leftovers;
mod letters;
mod linked;
mod mail;
mod markdown;
mod marks;
mod markup;
mod packed;
mod page;
mod phrases;
mod press;
mod prune;
mod reader;
mod story;
mod survey;
mod table;
mod tags;
#[cfg(test)]
mod testing;
mod text;
mod tree;
mod unlike;
mod walk;
mod warc;
mod wire;
mod xml;
pub mod zones;

pub use again::{Glance, again, glance, has_changed};
pub use article::{find_zones, from_text, id_of};
pub use decode::{Decoded, ENCODINGS, check_encoding, decode};
pub use fault::{Note, ReadFault, Trouble};
pub use folder::{expand, extension};
pub use frame::{Read, read, read_bytes, read_file, read_input, reader_of};
pub use ids::UniqueIds;
pub use incoming::{Incoming, Sink};
pub use input::{Head, Input, MAX_BYTES};
pub use page::Omitted;
pub use reader::{How, Reader};
pub use table::READERS;
