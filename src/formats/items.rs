//! Items of a list of JSON, numbered, one at a time, so that a file which is one list may be of any length.

use std::io::{self, BufRead};

use super::lines::BadLine;
use crate::reading::MAX_BYTES;

/// The items of a list as they stand in the file. What is wrong inside one is found when it is read; that the list is cut off, or
/// that more stands behind it, is told here.
pub struct Items<R> {
    input: R,
    number: u64,
    place: Place,
    /// Bytes of the last item, for the next is likely to be as long.
    usual_len: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Before,
    Inside,
    Behind,
}

impl<R: BufRead> Items<R> {
    pub fn new(input: R) -> Self {
        Self { input, number: 0, place: Place::Before, usual_len: 0 }
    }

    /// The next item; `None` at the end.
    ///
    /// # Errors
    /// Those of the stream. An item that is too long, cut off or no UTF-8 is a [`BadLine`] inside the answer, with its number.
    pub fn next_item(&mut self) -> io::Result<Option<Result<(u64, String), BadLine>>> {
        if self.place == Place::Before {
            self.skip(|byte| byte != b'[')?;
            let is_there = !self.input.fill_buf()?.is_empty();
            self.input.consume(usize::from(is_there));
            self.place = if is_there { Place::Inside } else { Place::Behind };
        }
        if self.place == Place::Behind {
            return Ok(None);
        }
        self.skip(|byte| byte.is_ascii_whitespace() || byte == b',')?;
        self.number += 1;
        let next = self.input.fill_buf()?.first().copied();
        if next.is_none_or(|byte| byte == b']') {
            self.place = Place::Behind;
            return self.end(next.is_none());
        }
        if next == Some(b'}') {
            self.input.consume(1);
            return Ok(Some(Err(self.bad("closes an object that nothing opens"))));
        }
        let mut item = Vec::with_capacity(self.usual_len);
        let mut walk = Walk::default();
        let mut is_too_long = false;
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                self.place = Place::Behind;
                return Ok(Some(Err(self.bad("is cut off; what stands before it was read"))));
            }
            let (len, is_end) = walk.through(buffer);
            is_too_long |= (item.len() + len) as u64 > MAX_BYTES;
            if !is_too_long {
                item.extend_from_slice(&buffer[..len]);
            }
            self.input.consume(len);
            if is_end {
                break;
            }
        }
        if is_too_long {
            return Ok(Some(Err(self.bad("is longer than 100 MB; cut the article in parts"))));
        }
        self.usual_len = item.len();
        let item = String::from_utf8(item).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            self.bad(&format!("is no UTF-8 at its byte {at}; convert the file with iconv -t UTF-8"))
        });
        Ok(Some(item.map(|item| (self.number, item))))
    }

    /// What there is to say of the end of the list.
    fn end(&mut self, is_cut: bool) -> io::Result<Option<Result<(u64, String), BadLine>>> {
        if is_cut {
            return Ok(Some(Err(self.bad("is not there, for the list does not end; what stands before it was read"))));
        }
        self.input.consume(1);
        self.skip(|byte| byte.is_ascii_whitespace())?;
        let has_more = !self.input.fill_buf()?.is_empty();
        Ok(has_more.then(|| Err(self.bad("stands behind the end of the list and is not read"))))
    }

    fn skip(&mut self, skips: impl Fn(u8) -> bool) -> io::Result<()> {
        loop {
            let buffer = self.input.fill_buf()?;
            let len = buffer.iter().take_while(|byte| skips(**byte)).count();
            let is_done = len < buffer.len() || buffer.is_empty();
            self.input.consume(len);
            if is_done {
                return Ok(());
            }
        }
    }

    fn bad(&self, why: &str) -> BadLine {
        BadLine { number: self.number, why: why.to_owned() }
    }
}

/// Where the bytes of an item have come to.
#[derive(Default)]
struct Walk {
    /// How many lists and objects are open.
    depth: usize,
    in_string: bool,
    is_escaped: bool,
}

impl Walk {
    /// How many of the bytes belong to the item, and whether it ends with them.
    fn through(&mut self, bytes: &[u8]) -> (usize, bool) {
        let mut at = 0;
        while at < bytes.len() {
            if std::mem::take(&mut self.is_escaped) {
                at += 1;
                continue;
            }
            if self.in_string {
                let Some(found) = memchr::memchr2(b'"', b'\\', &bytes[at..]) else { break };
                at += found;
                self.is_escaped = bytes[at] == b'\\';
                self.in_string = self.is_escaped;
                at += 1;
                if !self.in_string && self.depth == 0 {
                    return (at, true);
                }
                continue;
            }
            match bytes[at] {
                b'"' => self.in_string = true,
                b'[' | b'{' => self.depth += 1,
                b']' | b'}' if self.depth <= 1 => return (at + usize::from(self.depth == 1), true),
                b']' | b'}' => self.depth -= 1,
                b',' if self.depth == 0 => return (at, true),
                _ => {}
            }
            at += 1;
        }
        (bytes.len(), false)
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn all(bytes: &[u8], capacity: usize) -> (Vec<String>, Vec<String>) {
        let mut items = Items::new(BufReader::with_capacity(capacity, bytes));
        let (mut found, mut bad) = (Vec::new(), Vec::new());
        while let Some(item) = items.next_item().expect("a slice can be read") {
            match item {
                Ok((number, item)) => {
                    assert_eq!(number as usize, found.len() + bad.len() + 1);
                    found.push(item);
                }
                Err(why) => bad.push(why.to_string()),
            }
        }
        (found, bad)
    }

    #[test]
    fn what_is_wrong_with_a_list_is_told_and_what_stands_before_it_is_there() {
        let sound = r#" [ {"a":"]}\"[" , "b":[1,{}]} , [2], "x,]\\", 7 ,null]  "#;
        let items = [r#"{"a":"]}\"[" , "b":[1,{}]}"#, "[2]", r#""x,]\\""#, "7 ", "null"];
        let sound_bytes = format!("\u{FEFF}{sound}");
        for capacity in [1, 2, 3, 64] {
            let (found, bad) = all(sound_bytes.as_bytes(), capacity);
            assert_eq!((found, bad.len()), (items.map(str::to_owned).to_vec(), 0), "{capacity}");
        }
        assert_eq!(all(b"[]", 9), (Vec::new(), Vec::new()));
        for (list, count, told) in [
            (&b"[1,2"[..], 1, "line 2: is cut off"),
            (b"[{},{\"a\":", 1, "line 2: is cut off"),
            (b"[{},", 1, "line 2: is not there, for the list does not end"),
            (b"[{}]{}", 1, "line 2: stands behind the end"),
            (b"[{},}{}]", 2, "line 2: closes an object that nothing opens"),
            (b"[{},\"\xFF\",{}]", 2, "line 2: is no UTF-8 at its byte 1"),
        ] {
            let (found, bad) = all(list, 9);
            assert!(found.len() == count && bad.len() == 1 && bad[0].starts_with(told), "{found:?} {bad:?}");
        }
    }

    proptest! {
        /// Whatever stands in a list, each item is some of it, so that there is an end.
        #[test]
        fn no_list_is_without_end(list in "[\\[\\]{}\",:\\\\ a7\u{e9}]{0,40}") {
            let (found, bad) = all(format!("[{list}").as_bytes(), 5);
            prop_assert!(found.len() + bad.len() <= list.len() + 1 && found.iter().all(|item| !item.is_empty()), "{found:?}");
        }

        #[test]
        fn every_list_comes_apart_into_its_items(texts in proptest::collection::vec("[\\[\\]{}\",\\\\ a\u{e9}\n]{0,6}", 0..5), pretty: bool, capacity in 1_usize..9) {
            let values: Vec<Value> = texts.iter().map(|text| serde_json::json!({text.as_str(): [text, {"x": text}], "n": 1.5})).collect();
            let list = if pretty { serde_json::to_string_pretty(&values) } else { serde_json::to_string(&values) }.unwrap();
            let (found, bad) = all(list.as_bytes(), capacity);
            let found: Vec<Value> = found.iter().map(|item| serde_json::from_str(item).unwrap()).collect();
            prop_assert_eq!((found, bad.len()), (values, 0));
        }
    }
}
