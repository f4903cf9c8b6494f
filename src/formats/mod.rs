//! Interchange formats: one file per format, each saying what it could not carry.
//!
//! A format renders one article at a time, so that a stream of any length passes in constant memory, and every
//! rendering is read back and compared before it counts as written. Offsets leave in the unit that the format's row
//! names; inside there are only bytes. Which formats there are stands in [`table`]; what a format is, in [`format`]; all that they
//! share is the frame: [`choose`], [`overlaps`], [`relabel`], [`render`], [`export`], [`loss`].

mod batches;
mod bdocjs;
mod brat;
mod carried;
mod choose;
mod conll;
mod csv;
mod datasets;
mod docbin;
mod doccano;
mod draft;
mod export;
mod format;
#[cfg(test)]
mod generated;
#[cfg(test)]
mod generated_folders;
#[cfg(test)]
mod generated_long;
mod graphml;
mod handing;
mod html;
mod inline;
mod items;
mod json;
pub mod jsonl;
mod labelstudio;
mod lines;
mod loss;
mod markdown;
mod ninjs;
mod nitf;
mod open;
mod options;
mod overlaps;
mod pair;
mod pipe;
mod placing;
mod preview;
mod prodigy;
mod relabel;
mod render;
mod snapping;
mod spacy;
mod split;
mod table;
mod tei;
mod uima;
mod webannotation;
mod whole;
mod xml;

pub use export::{ExportFault, Output, Stop, export, replaced, write};
pub use format::{Container, Field, Format, Writer};
pub use handing::LARGE;
pub use jsonl::parse_line;
pub use lines::{BadLine, Lines, open_lines};
pub use loss::{Extent, Group, Grouped, Loss, LossFile, Place};
pub use open::{Collected, brings_marks, expand, hands_out_as_it_reads, has_article_a_line, read_each, read_paths, readers, scheme_for};
pub use options::{LeftOut, Only, Options, StateFilter};
pub use overlaps::Policy;
pub use pair::Pairs;
pub use pipe::{Pipe, PipeFault};
pub use preview::{Preview, preview};
pub use relabel::{LEFT_OUT, LabelMap};
pub use render::{Rendered, Report, Unequal};
pub use split::{BadShares, Shares};
pub use table::{FORMATS, named};
pub use whole::WholeFile;
