//! Reads the fields of a session file, in any order, and its format without the rest.

use std::fmt;

use ron::extensions::Extensions;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::Fault;
use super::form::{PlaceForm, SessionForm};

/// Parses RON as all of Manicule's files are written: `Some(…)` may be left out.
///
/// # Errors
/// [`Fault::Malformed`], with line and column.
pub fn parse_ron<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, Fault> {
    options().from_str(text).map_err(malformed)
}

fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

fn malformed(error: ron::error::SpannedError) -> Fault {
    Fault::Malformed { line: error.span.start.line, column: error.span.start.col, what: error.code.to_string() }
}

const FIELDS: &[&str] =
    &["format", "analyst", "place", "scheme", "entities", "rules", "conflicts", "dismissals", "certificates", "articles"];

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Field {
    Format,
    Analyst,
    Place,
    Scheme,
    Entities,
    Rules,
    Conflicts,
    Dismissals,
    Certificates,
    Articles,
}

impl<'de> Deserialize<'de> for SessionForm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct("Session", FIELDS, Fields)
    }
}

struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = SessionForm;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a session")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<SessionForm, A::Error> {
        let (mut format, mut scheme, mut entities, mut rules, mut conflicts, mut dismissals, mut certificates, mut articles) =
            (None::<IgnoredAny>, None, None, None, None, None, None, None);
        let (mut analyst, mut place) = (None::<String>, None::<Option<PlaceForm>>);
        let mut repeated = Vec::new();
        while let Some(field) = map.next_key()? {
            match field {
                Field::Format => put(&mut format, &mut map, "format")?,
                Field::Scheme => put(&mut scheme, &mut map, "scheme")?,
                Field::Entities => put(&mut entities, &mut map, "entities")?,
                Field::Rules => put(&mut rules, &mut map, "rules")?,
                Field::Conflicts => put(&mut conflicts, &mut map, "conflicts")?,
                Field::Dismissals => put(&mut dismissals, &mut map, "dismissals")?,
                Field::Certificates => put(&mut certificates, &mut map, "certificates")?,
                Field::Articles => put(&mut articles, &mut map, "articles")?,
                Field::Analyst => {
                    let more: String = map.next_value()?;
                    if analyst.is_some() { repeated.push("analyst") } else { analyst = Some(more) }
                }
                Field::Place => {
                    let more: Option<PlaceForm> = map.next_value()?;
                    if place.is_some() { repeated.push("place") } else { place = Some(more) }
                }
            }
        }
        format.ok_or_else(|| A::Error::missing_field("format"))?;
        Ok(SessionForm {
            analyst: analyst.unwrap_or_default(),
            place: place.flatten(),
            repeated,
            scheme: scheme.ok_or_else(|| A::Error::missing_field("scheme"))?,
            entities: entities.unwrap_or_default(),
            rules: rules.unwrap_or_default(),
            conflicts: conflicts.unwrap_or_default(),
            dismissals: dismissals.unwrap_or_default(),
            certificates: certificates.unwrap_or_default(),
            articles: articles.unwrap_or_default(),
        })
    }
}

fn put<'de, T: Deserialize<'de>, A: MapAccess<'de>>(slot: &mut Option<T>, map: &mut A, name: &'static str) -> Result<(), A::Error> {
    let value = map.next_value()?;
    match slot.replace(value) {
        Some(_) => Err(A::Error::duplicate_field(name)),
        None => Ok(()),
    }
}

/// The format that a file says it has, however it is spelled. `None` where it says none.
///
/// # Errors
/// [`Fault::Malformed`] where it has the fields of a session and is broken before it names its format.
pub fn format_of(text: &str) -> Result<Option<u32>, Fault> {
    if let Some(format) = quick_format(text) {
        return Ok(Some(format));
    }
    let mut seen = Seen::default();
    match options().from_str_seed(text, FormatOnly(&mut seen)) {
        _ if seen.format.is_some() => Ok(seen.format),
        // Nothing but RON begins so.
        Err(error) if seen.is_session || text.trim_start().starts_with("#![") => Err(malformed(error)),
        _ => Ok(None),
    }
}

/// How `write.rs` begins a file.
const HEAD: &str = "#![enable(implicit_some)]\n(\nformat: ";

/// The format of a file that begins as this program writes it; so no large file is looked through for it.
fn quick_format(text: &str) -> Option<u32> {
    let (digits, _) = text.strip_prefix(HEAD)?.split_once(",\n")?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

#[derive(Default)]
struct Seen {
    format: Option<u32>,
    /// Whether a field was seen that only a session has.
    is_session: bool,
}

/// Reads up to the format and no further: what follows is not this reader's to judge.
struct FormatOnly<'s>(&'s mut Seen);

impl<'de> DeserializeSeed<'de> for FormatOnly<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_struct("Session", FIELDS, self)
    }
}

impl<'de> Visitor<'de> for FormatOnly<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a session")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(field) = map.next_key::<Field>()? {
            if field == Field::Format {
                // Of whatever width it says it is, and larger than any that is known.
                let ron::Value::Number(format) = map.next_value()? else { return Err(A::Error::custom("a format is a number")) };
                self.0.format = Some(format.into_f64() as u32);
                return Err(A::Error::custom("the format is known"));
            }
            self.0.is_session = true;
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}
