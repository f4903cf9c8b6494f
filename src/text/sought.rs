//! What people type to find something in a list: words, without the accents, capitals and points that they leave out.

use unicode_normalization::UnicodeNormalization as _;

use super::name;

/// Words that are looked for, levelled.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sought(Vec<String>);

impl Sought {
    /// Every word by itself, in whatever order.
    pub fn words(typed: &str) -> Self {
        Self(typed.split_whitespace().map(levelled).filter(|word| !word.is_empty()).collect())
    }

    /// All of it in one piece.
    pub fn phrase(typed: &str) -> Self {
        let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        Self(Some(levelled(&typed)).filter(|phrase| !phrase.is_empty()).into_iter().collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a text holds them all.
    pub fn is_in(&self, text: &str) -> bool {
        self.is_empty() || self.are_in(&levelled(text))
    }

    /// The same for a text that is levelled already, as [`levelled`] does.
    pub fn are_in(&self, levelled: &str) -> bool {
        self.0.iter().all(|word| levelled.contains(word))
    }

    /// How many of them a text holds.
    pub fn count_in(&self, text: &str) -> usize {
        let text = levelled(text);
        self.0.iter().filter(|word| text.contains(*word)).count()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }
}

/// A text as it is compared with what was typed: in small letters, both sigmas one, without accents, the points of
/// Hebrew and the vowel signs of Arabic, which are typed by some and left out by most.
pub fn levelled(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    // Small letters one by one: by their neighbours a sigma would be another at the end of what is typed so far.
    let small = text.nfkd().filter_map(name::level_char).filter(|c| !is_left_out(*c)).flat_map(char::to_lowercase);
    for c in small.filter(|c| !matches!(c, '\u{0300}'..='\u{036F}')) {
        match name::unligated(c) {
            Some(letters) => out.push_str(letters),
            None => out.push(if c == 'ς' { 'σ' } else { c }),
        }
    }
    out
}

/// Points and vowel signs.
fn is_left_out(c: char) -> bool {
    matches!(c as u32, 0x0591..=0x05BD | 0x05BF | 0x05C1 | 0x05C2 | 0x05C4 | 0x05C5 | 0x05C7
        | 0x0610..=0x061A | 0x0640 | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06DC | 0x06DF..=0x06E4 | 0x06E7 | 0x06E8 | 0x06EA..=0x06ED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_found_however_it_is_written() {
        let pairs = [
            ("ΠΑΣ", "Το ΠΑΣΟΚ αύριο"),
            ("πας", "Το ΠΑΣΟΚ αύριο"),
            ("οδυσσευσ", "Οδυσσεύς"),
            ("ΟΔΥΣΣΕΥΣ", "Οδυσσεύς"),
            ("istanbul", "İstanbul bugün"),
            ("İSTANBUL", "istanbul"),
            ("ISTANBUL", "ıstanbul"),
            ("zoe parn", "Zoë Pärn"),
            ("Zoë", "ZOE PARN"),
            ("Zoe\u{308}", "Zoë"),
            ("lodz", "Łódź"),
            ("STRASSE", "straße"),
            ("straße", "STRASSE"),
            ("STRAẞE", "strasse"),
            ("o'brien", "O’Brien"),
            ("שלום", "שָׁלוֹם"),
            ("محمد", "مُحَمَّد"),
            ("مُحَمَّد", "محمد"),
            ("Ａ社", "a社"),
        ];
        for (typed, text) in pairs {
            assert!(Sought::words(typed).is_in(text), "{typed} in {text}");
        }
        for (typed, text) in [("कि", "क"), ("が", "か"), ("abc", "ab c"), ("parn zoe x", "Zoë Pärn")] {
            assert!(!Sought::words(typed).is_in(text), "{typed} in {text}");
        }
    }

    #[test]
    fn every_beginning_of_a_word_finds_it() {
        for word in ["ΟΔΥΣΣΕΥΣ", "İstanbul", "Zoë", "ΐός", "ŒUVRE", "O’Brien"] {
            for (end, c) in word.char_indices() {
                let typed = &word[..end + c.len_utf8()];
                assert!(Sought::words(typed).is_in(word), "{typed} in {word}");
                assert!(Sought::words(&typed.to_lowercase()).is_in(word), "small {typed} in {word}");
            }
        }
    }

    #[test]
    fn nothing_typed_is_in_everything() {
        assert!(Sought::words(" ").is_in("") && Sought::phrase("\u{301}").is_in("x") && Sought::words("").is_empty());
        assert!(Sought::phrase("new  york").is_in("In New York.") && !Sought::phrase("york new").is_in("New York"));
    }
}
