//! Reads RON that is laid out as `write.rs` does it, several times as fast as the library reads any RON.
//!
//! What it takes is a part of RON: records without their names, lists, pairs, words, decimal numbers, and strings with the
//! escapes that are written. Whatever else RON allows (comments, raw strings, `Some(…)`, other numbers) it refuses without a
//! word, as it does what is wrong; then the library reads the same and tells what there is to tell. So it may refuse much, and
//! must never read anything otherwise than the library.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// What a whole text says.
///
/// # Errors
/// Where it is laid out otherwise, or wrong.
pub fn parse_plain<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, Other> {
    let mut reader = Reader { text, at: 0 };
    let value = T::deserialize(&mut reader)?;
    if reader.peek().is_none() { Ok(value) } else { Err(Other) }
}

/// It is laid out otherwise, or wrong: which of the two is the library's to say.
#[derive(Debug)]
pub struct Other;

impl fmt::Display for Other {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("laid out otherwise")
    }
}

impl std::error::Error for Other {}

impl serde::de::Error for Other {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

struct Reader<'t> {
    text: &'t str,
    /// A byte on the boundary of a character.
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next byte that is no blank.
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(self.at) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn expect(&mut self, byte: u8) -> Result<(), Other> {
        if self.take(byte) { Ok(()) } else { Err(Other) }
    }

    /// The bytes up to the first that is none of these; at least one.
    fn run(&mut self, is_one: fn(&u8) -> bool) -> Result<&'t str, Other> {
        self.peek();
        let rest = self.rest();
        let len = rest.bytes().take_while(is_one).count();
        self.at += len;
        if len == 0 { Err(Other) } else { Ok(&rest[..len]) }
    }

    fn word(&mut self) -> Result<&'t str, Other> {
        self.run(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
    }

    fn whole(&mut self) -> Result<u64, Other> {
        self.run(u8::is_ascii_digit)?.parse().map_err(|_| Other)
    }

    fn fraction(&mut self) -> Result<f64, Other> {
        let whole = self.run(u8::is_ascii_digit)?;
        let start = self.at - whole.len();
        if self.rest().starts_with('.') {
            self.at += 1;
            // No blank may stand behind the full stop.
            if !self.rest().starts_with(|c: char| c.is_ascii_digit()) {
                return Err(Other);
            }
            self.run(u8::is_ascii_digit)?;
        }
        self.text[start..self.at].parse().map_err(|_| Other)
    }

    fn string(&mut self) -> Result<Cow<'t, str>, Other> {
        self.expect(b'"')?;
        let mut told = String::new();
        loop {
            let rest = self.rest();
            let len = memchr::memchr2(b'"', b'\\', rest.as_bytes()).ok_or(Other)?;
            let (plain, is_end) = (&rest[..len], rest.as_bytes()[len] == b'"');
            self.at += len + 1;
            match (is_end, told.is_empty()) {
                (true, true) => return Ok(Cow::Borrowed(plain)),
                (true, false) => return Ok(Cow::Owned(told + plain)),
                (false, _) => told.extend([plain, self.escape()?.encode_utf8(&mut [0; 4])]),
            }
        }
    }

    /// The character that stands behind a backslash.
    fn escape(&mut self) -> Result<char, Other> {
        let mut behind = self.rest().chars();
        let escaped = match behind.next() {
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some(c @ ('"' | '\\')) => c,
            Some('u') => return self.code_point(),
            _ => return Err(Other),
        };
        self.at += 1;
        Ok(escaped)
    }

    /// `u{…}`
    fn code_point(&mut self) -> Result<char, Other> {
        let (digits, _) = self.rest().strip_prefix("u{").and_then(|rest| rest.split_once('}')).ok_or(Other)?;
        if digits.len() > 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(Other);
        }
        self.at += digits.len() + 3;
        u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).ok_or(Other)
    }

    /// Whether another item follows in a list that ends with `end`; commas stand between items, and one may stand at the end.
    fn has_next(&mut self, end: u8, is_first: &mut bool) -> Result<bool, Other> {
        if !std::mem::take(is_first) && !self.take(b',') {
            return self.expect(end).map(|()| false);
        }
        Ok(!self.take(end))
    }
}

impl<'t> Deserializer<'t> for &mut Reader<'t> {
    type Error = Other;

    fn deserialize_any<V: Visitor<'t>>(self, _: V) -> Result<V::Value, Other> {
        Err(Other)
    }

    fn deserialize_bool<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Other> {
        match self.word()? {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(Other),
        }
    }

    fn deserialize_u64<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Other> {
        visitor.visit_u64(self.whole()?)
    }

    fn deserialize_u32<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Other> {
        visitor.visit_u64(self.whole()?)
    }

    fn deserialize_f64<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Other> {
        visitor.visit_f64(self.fraction()?)
    }

    fn deserialize_str<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Other> {
        match self.string()? {
            Cow::Borrowed(words) => visitor.visit_borrowed_str(words),
            Cow::Owned(words) => visitor.visit_string(words),
        }
    }

    fn deserialize_string<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Other> {
        self.deserialize_str(visitor)
    }

    /// What is there stands without `Some`, which is refused like `None`: no value of ours begins with a capital.
    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Other> {
        match self.peek() {
            Some(b'A'..=b'Z') => Err(Other),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Other> {
        self.expect(b'[')?;
        visitor.visit_seq(List { reader: self, end: b']', is_first: true })
    }

    fn deserialize_tuple<V: Visitor<'t>>(self, len: usize, visitor: V) -> Result<V::Value, Other> {
        self.expect(b'(')?;
        let value = visitor.visit_seq(Pair { reader: self, left: len, is_first: true })?;
        self.take(b',');
        self.expect(b')')?;
        Ok(value)
    }

    fn deserialize_struct<V: Visitor<'t>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Other> {
        self.expect(b'(')?;
        visitor.visit_map(List { reader: self, end: b')', is_first: true })
    }

    /// One that says nothing but its name.
    fn deserialize_enum<V: Visitor<'t>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Other> {
        visitor.visit_enum(BorrowedStrDeserializer::new(self.word()?))
    }

    forward_to_deserialize_any! {
        <V: Visitor<'t>>
        i8 i16 i32 i64 i128 u8 u16 u128 f32 char bytes byte_buf unit unit_struct newtype_struct tuple_struct map identifier ignored_any
    }
}

/// The items of a list, or the fields of a record.
struct List<'r, 't> {
    reader: &'r mut Reader<'t>,
    end: u8,
    is_first: bool,
}

impl<'t> SeqAccess<'t> for List<'_, 't> {
    type Error = Other;

    fn next_element_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<Option<T::Value>, Other> {
        match self.reader.has_next(self.end, &mut self.is_first)? {
            true => seed.deserialize(&mut *self.reader).map(Some),
            false => Ok(None),
        }
    }
}

impl<'t> MapAccess<'t> for List<'_, 't> {
    type Error = Other;

    fn next_key_seed<K: DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>, Other> {
        match self.reader.has_next(self.end, &mut self.is_first)? {
            true => seed.deserialize(BorrowedStrDeserializer::new(self.reader.word()?)).map(Some),
            false => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value, Other> {
        self.reader.expect(b':')?;
        seed.deserialize(&mut *self.reader)
    }
}

/// So many items and no more: who reads them does not ask for the end.
struct Pair<'r, 't> {
    reader: &'r mut Reader<'t>,
    left: usize,
    is_first: bool,
}

impl<'t> SeqAccess<'t> for Pair<'_, 't> {
    type Error = Other;

    fn next_element_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<Option<T::Value>, Other> {
        let Some(left) = self.left.checked_sub(1) else { return Ok(None) };
        self.left = left;
        if !std::mem::take(&mut self.is_first) {
            self.reader.expect(b',')?;
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::form::ArticleForm;
    use super::super::head::parse_ron;
    use super::*;

    #[derive(Deserialize, PartialEq, Debug)]
    #[serde(deny_unknown_fields)]
    struct Form {
        name: String,
        #[serde(default)]
        span: (usize, usize),
        #[serde(default)]
        score: Option<f64>,
        #[serde(default)]
        list: Vec<Form>,
        #[serde(default)]
        note: Option<String>,
        #[serde(default)]
        is_on: bool,
        #[serde(default)]
        number: u32,
        #[serde(default)]
        state: Option<Word>,
    }

    #[derive(Deserialize, PartialEq, Debug)]
    enum Word {
        #[serde(rename = "open")]
        Open,
        #[serde(rename = "set_aside")]
        SetAside,
    }

    /// Whether a text is taken; what is taken must be what the library reads.
    #[track_caller]
    fn is_taken(text: &str) -> bool {
        let Ok(form) = parse_plain::<Form>(text) else { return false };
        assert_eq!(Some(form), parse_ron(text).ok(), "{text}");
        true
    }

    const TAKEN: &str = "(name: \"a\\n\\\"\\\\\\u{200f}é\", span: (0, 12), score: 0.97, list: [(name: \"\",), (name: \"b\", is_on: true)], \
        note: \"\", is_on: false, number: 7, state: set_aside)";

    #[test]
    fn what_is_written_is_taken_and_what_else_ron_allows_is_left_to_it() {
        assert!(is_taken(TAKEN));
        for text in ["(name:\"a\"\n,)\r\n", "( name : \"a\nb\" )", "(name: \"a\", score: 1)", "(name: \"a\", list: [ ], span: (007,1,))"] {
            assert!(is_taken(text), "{text}");
        }
        let of_ron = [
            "Form(name: \"a\")",
            "(name: r\"a\")",
            "(name: \"\\x41\")",
            "(name: \"a\", score: Some(1.0))",
            "(name: \"a\", note: None)",
            "(name: \"a\", score: .5)",
            "(name: \"a\", score: 1e0)",
            "(name: \"a\", number: 0x1F)",
            "(name: \"a\", number: 1_000)",
            "(name: \"a\", number: +5)",
            "(name: \"a\") // the end",
            "/* it */ (name: \"a\")",
            "(name: \"a\\\n   b\")",
            "(r#name: \"a\")",
        ];
        for text in of_ron {
            assert!(!is_taken(text) && parse_ron::<Form>(text).is_ok(), "{text}");
        }
        let wrong = [
            "",
            "(name: \"a\"",
            "(name: \"a)",
            "(name: \"a\" span: (0, 1))",
            "(name: \"a\", span: (0))",
            "(name: \"a\", span: (0, 1, 2))",
            "(name: \"a\", name: \"b\")",
            "(name: \"a\", other: 1)",
            "(name: \"a\", state: closed)",
            "(name: \"a\", number: 4294967296)",
            "(name: \"a\", score: 1 .5)",
            "(name: \"\\u{d800}\")",
            "(name: \"\\u{+41}\")",
            "(name: \"a\"))",
            "(, name: \"a\")",
            "(name: \"a\",,)",
        ];
        for text in wrong {
            assert!(!is_taken(text) && parse_ron::<Form>(text).is_err(), "{text}");
        }
    }

    /// The file in which every field stands once.
    #[test]
    fn no_article_that_is_written_is_left_to_the_library() {
        let file = include_str!("../../tests/data/session-1.ron");
        let blocks: Vec<&str> = file.split("\n(article: ").skip(1).collect();
        assert!(blocks.len() > 1);
        for block in blocks {
            let text = format!("(article: {}", block.trim_end().trim_end_matches("],\n)").trim_end().trim_end_matches(','));
            assert!(parse_plain::<ArticleForm>(&text).is_ok(), "{text}");
        }
    }

    proptest! {
        /// A text with a few characters changed is refused, or read as the library reads it.
        #[test]
        fn nothing_is_read_otherwise_than_the_library_reads_it(
            changes in prop::collection::vec((0..TAKEN.len(), "[-+.,:;()\\[\\]\"'\\\\a-fnrtuxSN0-9_ /*#\n\u{85}é]{0,2}"), 1..4),
        ) {
            let mut text = TAKEN.to_owned();
            for (at, with) in changes {
                let from = text.floor_char_boundary(at.min(text.len()));
                let to = text.ceil_char_boundary((from + 1).min(text.len()));
                text.replace_range(from..to, &with);
            }
            is_taken(&text);
        }
    }
}
