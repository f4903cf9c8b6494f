//! What readers of JSON formats share: lines and lists of objects, and what stands under a key.

use serde_json::{Map, Value};

pub type Object = Map<String, Value>;

/// A whole number, also one that a table program wrote as `3.0` or in quotes.
pub fn whole(value: Option<&Value>) -> Option<usize> {
    let value = value?;
    let from_float = || value.as_f64().filter(|n| n.fract() == 0.0 && (0.0..4e9).contains(n)).map(|n| n as u64);
    let from_text = || value.as_str().and_then(|text| text.trim().parse().ok());
    value.as_u64().or_else(from_float).or_else(from_text).and_then(|n| usize::try_from(n).ok())
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

/// The objects of a file that is a list of them, one a line, or one alone, with the number of each or of its line. What is
/// none of these is told by `bad`.
///
/// # Errors
/// Where the whole is no JSON.
pub fn objects(text: &str, each: &mut dyn FnMut(u32, Result<Object, String>)) -> Result<(), String> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let object = |value: Value| match value {
        Value::Object(object) => Ok(object),
        _ => Err("is no JSON object".to_owned()),
    };
    if text.trim_start().starts_with('[') {
        let all: Vec<Value> = serde_json::from_str(text).map_err(|error| fault(&error))?;
        (1..).zip(all).for_each(|(number, value)| each(number, object(value)));
        return Ok(());
    }
    if let Ok(Value::Object(one)) = serde_json::from_str(text) {
        each(1, Ok(one));
        return Ok(());
    }
    for (number, line) in (1..).zip(text.split('\n')).filter(|(_, line)| !line.trim().is_empty()) {
        let value = serde_json::from_str(line).map_err(|error| format!("is no valid JSON (column {})", error.column()));
        each(number, value.and_then(object));
    }
    Ok(())
}
