//! What readers of JSON formats share: objects, and what stands under a key.
//!
//! Small files are read as trees of [`Value`]s. Where files are long, readers take what they look for straight from the text by
//! [`Item`], [`List`] and [`Loose`], for which what is of another kind than it should be is nothing, and no fault.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

pub type Object = Map<String, Value>;

/// A whole number, also one that a table program wrote as `3.0` or in quotes.
pub fn whole(value: Option<&Value>) -> Option<usize> {
    let value = value?;
    let from_text = || value.as_str().and_then(|text| text.trim().parse().ok());
    value.as_u64().or_else(|| from_float(value.as_f64()?)).or_else(from_text).and_then(|n| usize::try_from(n).ok())
}

fn from_float(n: f64) -> Option<u64> {
    (n.fract() == 0.0 && (0.0..4e9).contains(&n)).then_some(n as u64)
}

/// A text, or a number as one; `None` where it is empty.
pub fn text(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

/// The items of a list; nothing where it is none.
pub fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// JSON on one line in which nothing but `\n` can be taken for the end of a line: `str.splitlines` of Python, among others,
/// also splits at these.
pub fn one_line(value: &Value) -> String {
    value.to_string().replace('\u{85}', "\\u0085").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// What kept a text from being JSON, with its line and column.
pub fn fault(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let words = words.rsplit_once(" at line ").map_or(words.as_str(), |(words, _)| words);
    format!("is no valid JSON (line {}, column {}: {words})", error.line(), error.column())
}

/// The object that a line or an item of a list is.
///
/// # Errors
/// Where it is none.
pub fn object(json: &str) -> Result<Object, String> {
    match serde_json::from_str(json) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(NO_OBJECT.to_owned()),
        Err(error) => Err(fault_in_item(&error)),
    }
}

/// What is said of an item that something else is.
pub const NO_OBJECT: &str = "is no JSON object";

/// What kept a line or an item from being JSON; its own lines say nothing of the file's.
pub fn fault_in_item(error: &serde_json::Error) -> String {
    format!("is no valid JSON (column {})", error.column())
}

/// What stands under a key that should hold a text or a number. Texts are borrowed where nothing in them is escaped.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Item<'l> {
    /// It is not there, or null.
    #[default]
    None,
    Text(Cow<'l, str>),
    Number(Number),
    /// True, false, a list or an object.
    Other,
}

impl Item<'_> {
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Item::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Item::Number(number) => number.as_f64(),
            _ => None,
        }
    }

    /// As [`whole`] has it.
    pub fn whole(&self) -> Option<usize> {
        match self {
            Item::Number(number) => number.as_u64().or_else(|| from_float(number.as_f64()?)),
            Item::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
        .and_then(|n| usize::try_from(n).ok())
    }

    /// As [`text`] has it.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Item::Text(text) => Some(Cow::Borrowed(&**text)),
            Item::Number(number) => Some(number.to_string().into()),
            _ => None,
        }
        .filter(|text| !text.is_empty())
    }
}

/// The items of a list; nothing where it is none.
#[derive(Clone, Debug, PartialEq)]
pub struct List<T>(pub Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// What an object says; nothing where it is none.
#[derive(Clone, Debug, PartialEq)]
pub struct Loose<T>(pub Option<T>);

impl<T> Default for Loose<T> {
    fn default() -> Self {
        Self(None)
    }
}

/// What a visitor makes of all that is neither list nor object.
macro_rules! of_scalars {
    ($what:expr) => {
        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok($what)
        }

        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
            Ok($what)
        }

        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
            Ok($what)
        }

        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
            Ok($what)
        }

        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
            Ok($what)
        }

        fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
            Ok($what)
        }
    };
}
pub(super) use of_scalars;

/// Passes over what is left of a list.
pub fn skip_list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<(), A::Error> {
    while list.next_element::<IgnoredAny>()?.is_some() {}
    Ok(())
}

fn skip_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<(), A::Error> {
    while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}

struct ItemVisitor<'l>(PhantomData<&'l ()>);

impl<'de: 'l, 'l> Visitor<'de> for ItemVisitor<'l> {
    type Value = Item<'l>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a number")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Item::None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Item::Other)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Item::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Item::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Number::from_f64(number).map_or(Item::None, Item::Number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Item::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Item::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        skip_list(list).map(|()| Item::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Self::Value, A::Error> {
        skip_object(object).map(|()| Item::Other)
    }
}

impl<'de: 'l, 'l> Deserialize<'de> for Item<'l> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ItemVisitor(PhantomData))
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = List<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Self::Value, A::Error> {
        skip_object(object).map(|()| List::default())
    }

    of_scalars!(List::default());
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }
}

struct LooseVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for LooseVisitor<T> {
    type Value = Loose<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(object)).map(|of| Loose(Some(of)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        skip_list(list).map(|()| Loose::default())
    }

    of_scalars!(Loose::default());
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Loose<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LooseVisitor(PhantomData))
    }
}
