//! The tokens of RTF: groups, control words with their numbers, bytes of text.

/// A token; numbers of control words are as they stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Token<'b> {
    Open,
    Close,
    /// A control word without its backslash, such as `par` or `fcharset204`.
    Word(&'b str, Option<i32>),
    /// A control symbol, such as the one of `\~`.
    Symbol(u8),
    /// One byte of text, as it stands or as `\'e4`.
    Byte(u8),
}

/// Tokens of bytes, one after another, whatever these are.
pub struct Tokens<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Tokens<'b> {
    pub fn of(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Passes over bytes that are no RTF, such as those of a picture.
    pub fn pass(&mut self, count: usize) {
        self.at = self.at.saturating_add(count).min(self.bytes.len());
    }

    fn control(&mut self) -> Option<Token<'b>> {
        let first = *self.bytes.get(self.at)?;
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            if first != b'\'' {
                // A line end behind a backslash is a paragraph's.
                return Some(if matches!(first, b'\n' | b'\r') { Token::Word("par", None) } else { Token::Symbol(first) });
            }
            let digits = self.bytes.get(self.at..self.at + 2).and_then(|digits| std::str::from_utf8(digits).ok());
            let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
            self.at += if byte.is_some() { 2 } else { 0 };
            return Some(Token::Byte(byte.unwrap_or(b'\'')));
        }
        let end = |from: usize, is_in: fn(&u8) -> bool| from + self.bytes[from..].iter().take_while(|byte| is_in(byte)).count();
        let word_end = end(self.at, u8::is_ascii_alphabetic);
        let word = std::str::from_utf8(&self.bytes[self.at..word_end]).unwrap_or_default();
        let is_negative = self.bytes.get(word_end) == Some(&b'-');
        let digits = word_end + usize::from(is_negative);
        let digits_end = end(digits, u8::is_ascii_digit);
        let number = std::str::from_utf8(&self.bytes[digits..digits_end]).ok().and_then(|digits| digits.parse::<i32>().ok());
        self.at = if digits_end > digits { digits_end } else { word_end };
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        Some(Token::Word(word, number.map(|number| if is_negative { -number } else { number })))
    }
}

impl<'b> Iterator for Tokens<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            return match byte {
                b'{' => Some(Token::Open),
                b'}' => Some(Token::Close),
                b'\\' => self.control(),
                b'\n' | b'\r' | 0 => continue,
                byte => Some(Token::Byte(byte)),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_of_any_bytes() {
        fn of(text: &str) -> Vec<Token<'_>> {
            Tokens::of(text.as_bytes()).collect()
        }
        assert_eq!(of("{\\b0 a\\'e4}"), [Token::Open, Token::Word("b", Some(0)), Token::Byte(b'a'), Token::Byte(0xE4), Token::Close]);
        assert_eq!(
            of("\\u-3913?\r\n\\~\\\n"),
            [Token::Word("u", Some(-3913)), Token::Byte(b'?'), Token::Symbol(b'~'), Token::Word("par", None)]
        );
        assert_eq!(
            of("\\b-x\\'zz"),
            [Token::Word("b", None), Token::Byte(b'-'), Token::Byte(b'x'), Token::Byte(b'\''), Token::Byte(b'z'), Token::Byte(b'z')]
        );
        assert_eq!(of("\\"), []);
        assert_eq!(of("\\'"), [Token::Byte(b'\'')]);
        assert_eq!(of("\\u99999999999"), [Token::Word("u", None)]);
    }
}
