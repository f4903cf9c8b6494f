//! The outer form of a `.spacy` file: a map of MessagePack in zlib, with one table for the tokens of all documents.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use rmpv::Value;

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
    /// A row for each token, in the order of the file's columns.
    pub tokens: Vec<Vec<u64>>,
    /// Whether a blank stands behind each token; `None` where spaCy did not know.
    pub spaces: Option<Vec<bool>>,
    /// Groups of spans under their keys.
    pub groups: Vec<(String, Vec<Group>)>,
    /// What programs put into the document's own data, where it is JSON-like.
    pub data: Vec<(Value, Value)>,
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
        doc.tokens.iter().flatten().for_each(|cell| tokens.extend(cell.to_le_bytes()));
        let known = doc.spaces.clone().unwrap_or_else(|| vec![true; doc.tokens.len()]);
        spaces.extend(known.into_iter().map(u8::from));
        lengths.extend(i32::try_from(doc.tokens.len()).map_err(|error| fault(&error))?.to_le_bytes());
        groups.push(Value::Binary(pack_groups(&doc.groups)?));
        data.push(Value::Binary(pack(&Value::Map(doc.data.clone()))?));
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

/// # Errors
/// Why it is no such file, for people.
pub fn read(bytes: &[u8]) -> Result<File, String> {
    let mut packed = Vec::new();
    let unpacked = ZlibDecoder::new(bytes).take(MAX_UNPACKED).read_to_end(&mut packed);
    unpacked.map_err(|error| format!("is no .spacy file: it is not packed with zlib, or cut off ({error})"))?;
    let whole = rmpv::decode::read_value_with_max_depth(&mut &packed[..], MAX_DEPTH)
        .map_err(|error| format!("is no .spacy file: what is in it is no MessagePack, or cut off ({error})"))?;
    let field = |name: &str| get(&whole, name).ok_or_else(|| format!("is no .spacy file: it has no {name:?}"));
    let bytes_of = |name: &str| field(name)?.as_slice().ok_or_else(|| format!("is no .spacy file: its {name:?} is no table"));
    let list = |name: &str| get(&whole, name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();

    let columns: Vec<u64> = field("attrs")?.as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
    if !columns.contains(&ORTH) {
        return Err("is a .spacy file without words (its attrs lack ORTH)".to_owned());
    }
    let strings = list("strings").iter().filter_map(Value::as_str).map(str::to_owned).collect();
    let cells: Vec<u64> = bytes_of("tokens")?.chunks_exact(8).map(|cell| u64::from_le_bytes(cell.try_into().unwrap_or_default())).collect();
    let lengths: Vec<usize> = bytes_of("lengths")?
        .chunks_exact(4)
        .map(|cell| usize::try_from(i32::from_le_bytes(cell.try_into().unwrap_or_default())).unwrap_or_default())
        .collect();
    let spaces = bytes_of("spaces")?;
    let mut rows = cells.chunks_exact(columns.len());
    let mut spaces = spaces.iter().map(|space| *space != 0);
    let mut docs = Vec::with_capacity(lengths.len().min(1 << 16));
    for (i, length) in lengths.into_iter().enumerate() {
        let tokens: Vec<Vec<u64>> = rows.by_ref().take(length).map(<[u64]>::to_vec).collect();
        let known: Vec<bool> = spaces.by_ref().take(length).collect();
        if tokens.len() < length || known.len() < length {
            return Err(format!("is a damaged .spacy file: document {} has fewer words than it says", i + 1));
        }
        let is_unknown =
            list("flags").get(i).and_then(|flags| get(flags, "has_unknown_spaces")).and_then(Value::as_bool).unwrap_or_default();
        let groups = list("span_groups").get(i).and_then(Value::as_slice).map(read_groups).unwrap_or_default();
        let data = list("user_data").get(i).and_then(Value::as_slice).and_then(unpack);
        let data = match data {
            Some(Value::Map(data)) => data,
            _ => Vec::new(),
        };
        docs.push(Doc { tokens, spaces: (!is_unknown).then_some(known), groups, data });
    }
    Ok(File { columns, strings, docs })
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
    let Some(Value::Map(entries)) = unpack(bytes) else { return Vec::new() };
    let mut groups = Vec::new();
    for (group, keys) in entries {
        let Some(group) = group.as_slice().and_then(unpack) else { continue };
        let spans = get(&group, "spans").and_then(Value::as_array).into_iter().flatten().filter_map(|span| read_span(span.as_slice()?));
        let spans: Vec<Group> = spans.collect();
        let keys = keys.as_array().into_iter().flatten().filter_map(Value::as_str);
        groups.extend(keys.map(|key| (key.to_owned(), spans.clone())));
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

fn get<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    value.as_map()?.iter().find(|(name, _)| name.as_str() == Some(key)).map(|(_, value)| value)
}

fn pack(value: &Value) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    rmpv::encode::write_value(&mut out, value).map_err(|error| error.to_string())?;
    Ok(out)
}

fn unpack(mut bytes: &[u8]) -> Option<Value> {
    rmpv::decode::read_value_with_max_depth(&mut bytes, MAX_DEPTH).ok()
}
