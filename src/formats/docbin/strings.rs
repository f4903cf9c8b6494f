//! Strings as spaCy stores them: by number. A string that spaCy has a symbol for is that symbol's small number, any other one
//! its MurmurHash64A; the plain hash of a symbol's name is no string to spaCy, and the whole file is lost with it.

use std::collections::HashMap;

use super::symbols::SYMBOLS;

/// The number of a string in spaCy.
pub fn number(text: &str) -> u64 {
    if text.is_empty() {
        return 0;
    }
    match SYMBOLS.binary_search_by_key(&text, |(name, _)| name) {
        Ok(at) => u64::from(SYMBOLS[at].1),
        Err(_) => murmur64a(text.as_bytes(), 1),
    }
}

/// The strings of a file by their numbers, those of spaCy's own symbols among them.
pub fn by_number<'s>(strings: impl IntoIterator<Item = &'s str>) -> HashMap<u64, &'s str> {
    let symbols = SYMBOLS.iter().map(|(name, number)| (u64::from(*number), *name));
    symbols.chain([(0, "")]).chain(strings.into_iter().map(|text| (number(text), text))).collect()
}

/// Austin Appleby's MurmurHash64A, as spaCy's murmurhash package has it.
fn murmur64a(bytes: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    let mut h = seed ^ (bytes.len() as u64).wrapping_mul(M);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut k = u64::from_le_bytes(chunk.try_into().unwrap_or_default());
        k = k.wrapping_mul(M);
        k ^= k >> R;
        h = (h ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        for (i, byte) in rest.iter().enumerate() {
            h ^= u64::from(*byte) << (8 * i);
        }
        h = h.wrapping_mul(M);
    }
    h ^= h >> R;
    h = h.wrapping_mul(M);
    h ^ (h >> R)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// spaCy 3.8.18: `spacy.symbols.IDS` and `StringStore`.
    #[test]
    fn strings_have_the_numbers_that_spacy_gives_them() {
        for (text, expected) in [
            ("", 0),
            ("ORG", 383),
            ("PERSON", 380),
            ("NORP", 381),
            ("GPE", 384),
            ("LOC", 385),
            ("PRODUCT", 386),
            ("EVENT", 387),
            ("LAW", 390),
            ("DATE", 391),
            ("MONEY", 394),
            ("X", 101),
            ("agent", 401),
            ("mark", 423),
            ("number", 432),
            ("meta", 424),
            ("root", 449),
            ("PER", 4_317_129_024_397_789_502),
            ("MISC", 7_654_241_940_133_152_407),
            ("FAC", 9_191_306_739_292_312_949),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
        assert!(SYMBOLS.is_sorted(), "they are looked up by halving");
        let strings = by_number(["Oslo"]);
        assert_eq!((strings.get(&number("Oslo")), strings.get(&383)), (Some(&"Oslo"), Some(&"ORG")));
    }
}
