//! The outer form of a `.spacy` file: a map of MessagePack in zlib, with one table for the tokens of all documents.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use rmpv::decode::read_value_ref_with_max_depth;
use rmpv::{Value, ValueRef};

use super::super::carried;

/// Columns of the table of tokens, by spaCy's numbers.
pub const ORTH: u64 = 65;
pub const ENT_IOB: u64 = 77;
pub const ENT_TYPE: u64 = 78;
pub const SENT_START: u64 = 80;
pub const ENT_KB_ID: u64 = 452;
pub const ENT_ID: u64 = 454;

/// One document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doc {
    /// A row for each token, in the order of the file's columns, one behind the other.
    pub cells: Vec<u64>,
    /// Whether a blank stands behind each token; `None` where spaCy did not know.
    pub spaces: Option<Vec<bool>>,
    /// Groups of spans under their keys.
    pub groups: Vec<(String, Vec<Group>)>,
    /// What we put into the document's own data.
    pub carried: Option<String>,
}

/// A span of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    pub id: u64,
    pub kb: u64,
    pub label: u64,
    /// Tokens.
    pub start: u32,
    pub end: u32,
    /// Code points.
    pub start_char: u32,
    pub end_char: u32,
}

/// A whole file.
#[derive(Clone, Debug, Default)]
pub struct File {
    pub columns: Vec<u64>,
    pub strings: Vec<String>,
    pub docs: Vec<Doc>,
}

/// How much a file may unpack to, in bytes.
const MAX_UNPACKED: u64 = 2_000_000_000;
/// How deep its values may lie in each other.
const MAX_DEPTH: usize = 64;

/// # Errors
/// Where it cannot be packed, which is a fault of the program.
pub fn write(file: &File) -> Result<Vec<u8>, String> {
    let fault = |error: &dyn std::fmt::Display| error.to_string();
    let mut tokens = Vec::new();
    let (mut spaces, mut lengths) = (Vec::new(), Vec::new());
    let (mut groups, mut data, mut flags, mut cats) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for doc in &file.docs {
        let length = doc.cells.len() / file.columns.len().max(1);
        doc.cells.iter().for_each(|cell| tokens.extend(cell.to_le_bytes()));
        let known = doc.spaces.clone().unwrap_or_else(|| vec![true; length]);
        spaces.extend(known.into_iter().map(u8::from));
        lengths.extend(i32::try_from(length).map_err(|error| fault(&error))?.to_le_bytes());
        groups.push(Value::Binary(pack_groups(&doc.groups)?));
        let carried = doc.carried.iter().map(|carried| (carried::KEY.into(), carried.as_str().into()));
        data.push(Value::Binary(pack(&Value::Map(carried.collect()))?));
        flags.push(map([("has_unknown_spaces", Value::Boolean(doc.spaces.is_none()))]));
        cats.push(Value::Map(Vec::new()));
    }
    let mut strings = file.strings.clone();
    strings.sort();
    let whole = map([
        ("version", "0.1".into()),
        ("attrs", Value::Array(file.columns.iter().map(|column| (*column).into()).collect())),
        ("tokens", Value::Binary(tokens)),
        ("spaces", Value::Binary(spaces)),
        ("lengths", Value::Binary(lengths)),
        ("strings", Value::Array(strings.into_iter().map(Into::into).collect())),
        ("cats", Value::Array(cats)),
        ("flags", Value::Array(flags)),
        ("span_groups", Value::Array(groups)),
        ("user_data", Value::Array(data)),
    ]);
    let mut out = ZlibEncoder::new(Vec::new(), Compression::default());
    out.write_all(&pack(&whole)?).map_err(|error| fault(&error))?;
    out.finish().map_err(|error| fault(&error))
}

/// What is in a file, unpacked.
///
/// # Errors
/// Why it is no such file, for people.
pub fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut packed = Vec::new();
    let unpacked = ZlibDecoder::new(bytes).take(MAX_UNPACKED).read_to_end(&mut packed);
    unpacked.map_err(|error| format!("is no .spacy file: it is not packed with zlib, or cut off ({error})"))?;
    Ok(packed)
}

/// The values in it.
///
/// # Errors
/// Why it is no such file, for people.
pub fn values(unpacked: &[u8]) -> Result<ValueRef<'_>, String> {
    read_value_ref_with_max_depth(&mut &*unpacked, MAX_DEPTH)
        .map_err(|error| format!("is no .spacy file: what is in it is no MessagePack, or cut off ({error})"))
}

/// The documents of a file, one after another.
pub struct Docs<'v> {
    pub columns: Vec<u64>,
    pub strings: Vec<&'v str>,
    /// What is left of the tables.
    cells: std::slice::ChunksExact<'v, u8>,
    lengths: std::slice::ChunksExact<'v, u8>,
    spaces: std::slice::Iter<'v, u8>,
    /// What there is of each document.
    flags: &'v [ValueRef<'v>],
    groups: &'v [ValueRef<'v>],
    data: &'v [ValueRef<'v>],
    /// How many were given out.
    count: usize,
}

impl<'v> Docs<'v> {
    /// # Errors
    /// Why it is no such file, for people.
    pub fn of(whole: &'v ValueRef<'v>) -> Result<Self, String> {
        let field = |name: &str| get(whole, name).ok_or_else(|| format!("is no .spacy file: it has no {name:?}"));
        let table = |name: &str| binary(field(name)?).ok_or_else(|| format!("is no .spacy file: its {name:?} is no table"));
        let list = |name: &str| get(whole, name).map(array).unwrap_or_default();
        let columns: Vec<u64> = array(field("attrs")?).iter().filter_map(ValueRef::as_u64).collect();
        if !columns.contains(&ORTH) {
            return Err("is a .spacy file without words (its attrs lack ORTH)".to_owned());
        }
        Ok(Self {
            cells: table("tokens")?.chunks_exact(8),
            lengths: table("lengths")?.chunks_exact(4),
            spaces: table("spaces")?.iter(),
            columns,
            strings: list("strings").iter().filter_map(words).collect(),
            flags: list("flags"),
            groups: list("span_groups"),
            data: list("user_data"),
            count: 0,
        })
    }

    /// The next document; `None` at the end.
    ///
    /// # Errors
    /// That the tables are shorter than they say.
    pub fn next(&mut self) -> Result<Option<Doc>, String> {
        let Some(length) = self.lengths.next() else { return Ok(None) };
        let at = self.count;
        self.count += 1;
        let length = usize::try_from(i32::from_le_bytes(length.try_into().unwrap_or_default())).unwrap_or_default();
        let width = self.columns.len();
        let damaged = || format!("is a damaged .spacy file: document {} has fewer words than it says", at + 1);
        if self.cells.len() / width < length || self.spaces.len() < length {
            return Err(damaged());
        }
        let number = |cell: &[u8]| u64::from_le_bytes(cell.try_into().unwrap_or_default());
        let cells = self.cells.by_ref().take(length * width).map(number).collect();
        let known = self.spaces.by_ref().take(length).map(|space| *space != 0).collect();
        let is_unknown = self.flags.get(at).and_then(|flags| get(flags, "has_unknown_spaces")) == Some(&ValueRef::Boolean(true));
        let groups = self.groups.get(at).and_then(binary).map(read_groups).unwrap_or_default();
        let data = self.data.get(at).and_then(binary).and_then(unpack);
        let carried = data.as_ref().and_then(|data| get(data, carried::KEY)).and_then(words).map(str::to_owned);
        Ok(Some(Doc { cells, spaces: (!is_unknown).then_some(known), groups, carried }))
    }
}

/// # Errors
/// Why it is no such file, for people.
pub fn read(bytes: &[u8]) -> Result<File, String> {
    let unpacked = unpacked(bytes)?;
    let whole = values(&unpacked)?;
    let mut docs = Docs::of(&whole)?;
    let mut file =
        File { columns: docs.columns.clone(), strings: docs.strings.iter().map(|text| (*text).to_owned()).collect(), docs: Vec::new() };
    while let Some(doc) = docs.next()? {
        file.docs.push(doc);
    }
    Ok(file)
}

/// spaCy keeps groups as a map from the bytes of a group to the keys that it has.
fn pack_groups(groups: &[(String, Vec<Group>)]) -> Result<Vec<u8>, String> {
    let mut entries = Vec::new();
    for (key, spans) in groups {
        let spans = spans.iter().map(|span| {
            let mut bytes = Vec::with_capacity(40);
            [span.id, span.kb, span.label].iter().for_each(|number| bytes.extend(number.to_be_bytes()));
            [span.start, span.end, span.start_char, span.end_char].iter().for_each(|number| bytes.extend(number.to_be_bytes()));
            Value::Binary(bytes)
        });
        let group = map([("name", key.as_str().into()), ("attrs", Value::Map(Vec::new())), ("spans", Value::Array(spans.collect()))]);
        entries.push((Value::Binary(pack(&group)?), Value::Array(vec![key.as_str().into()])));
    }
    pack(&Value::Map(entries))
}

fn read_groups(bytes: &[u8]) -> Vec<(String, Vec<Group>)> {
    let Some(ValueRef::Map(entries)) = unpack(bytes) else { return Vec::new() };
    let mut groups = Vec::new();
    for (group, keys) in &entries {
        let Some(group) = binary(group).and_then(unpack) else { continue };
        let spans = get(&group, "spans").map(array).unwrap_or_default();
        let spans: Vec<Group> = spans.iter().filter_map(|span| read_span(binary(span)?)).collect();
        groups.extend(array(keys).iter().filter_map(words).map(|key| (key.to_owned(), spans.clone())));
    }
    groups
}

fn read_span(bytes: &[u8]) -> Option<Group> {
    let long = |at: usize| Some(u64::from_be_bytes(bytes.get(at..at + 8)?.try_into().ok()?));
    let short = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    Some(Group {
        id: long(0)?,
        kb: long(8)?,
        label: long(16)?,
        start: short(24)?,
        end: short(28)?,
        start_char: short(32)?,
        end_char: short(36)?,
    })
}

fn map<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::Map(fields.into_iter().map(|(key, value)| (key.into(), value)).collect())
}

fn get<'v>(value: &'v ValueRef<'v>, key: &str) -> Option<&'v ValueRef<'v>> {
    let ValueRef::Map(entries) = value else { return None };
    entries.iter().find(|(name, _)| words(name) == Some(key)).map(|(_, value)| value)
}

fn words<'v>(value: &'v ValueRef<'v>) -> Option<&'v str> {
    if let ValueRef::String(text) = value { text.as_str() } else { None }
}

fn binary<'v>(value: &ValueRef<'v>) -> Option<&'v [u8]> {
    if let ValueRef::Binary(bytes) = value { Some(bytes) } else { None }
}

/// The items of a list; nothing where it is none.
fn array<'v>(value: &'v ValueRef<'v>) -> &'v [ValueRef<'v>] {
    if let ValueRef::Array(items) = value { items } else { &[] }
}

fn pack(value: &Value) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    rmpv::encode::write_value(&mut out, value).map_err(|error| error.to_string())?;
    Ok(out)
}

fn unpack(mut bytes: &[u8]) -> Option<ValueRef<'_>> {
    read_value_ref_with_max_depth(&mut bytes, MAX_DEPTH).ok()
}
