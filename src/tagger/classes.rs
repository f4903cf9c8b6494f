//! Classes of words by their neighbours in billions of words of news and web text, so that the model knows something of
//! a word that it was never shown: words with like neighbours share a row, and like rows share classes, coarse and fine.
//!
//! Made by `manicule pack-classes` (see `train::vectors`) from openly licensed vectors.

use std::io::{Read as _, Write as _};
use std::sync::{Arc, OnceLock};

use super::table::Table;

const HEAD: &[u8] = b"manicule classes 1\n";
/// More than any build needs; keeps a damaged file from asking for all memory.
const MOST_BYTES: u64 = 64 << 20;

/// Into how many classes the rows are sorted, coarse to fine.
pub const LEVELS: [usize; 4] = [64, 256, 1024, 4096];

/// The classes of a word, counted from 1; 0 everywhere for a word that is not known.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Classes {
    /// Coarse to fine, as [`LEVELS`] has them.
    pub levels: [u16; LEVELS.len()],
    /// The finest: the row itself.
    pub row: u16,
}

/// What a file of classes holds, before it is made ready for use.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Packed {
    /// The classes of each row, from 0.
    pub rows: Vec<[u16; LEVELS.len()]>,
    /// (hash of the word as written, row from 0), by hash.
    pub words: Vec<(u32, u16)>,
}

/// Ready to be looked up.
#[derive(Default)]
pub struct WordClasses {
    rows: Vec<[u16; LEVELS.len()]>,
    words: Table<u16>,
}

impl std::fmt::Debug for WordClasses {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WordClasses").field("rows", &self.rows.len()).field("words", &self.words.len()).finish()
    }
}

impl WordClasses {
    pub fn new(packed: Packed) -> Self {
        Self { rows: packed.rows, words: Table::new(packed.words.into_iter()) }
    }

    /// The classes that the program carries.
    pub fn standard() -> Arc<Self> {
        static STANDARD: OnceLock<Arc<WordClasses>> = OnceLock::new();
        let load = || {
            let packed = Packed::read(include_bytes!("../../assets/model/word-classes.bin"));
            if let Err(fault) = &packed {
                log::error!("the word classes of this build cannot be read: {fault}");
            }
            Arc::new(Self::new(packed.unwrap_or_default()))
        };
        STANDARD.get_or_init(load).clone()
    }

    /// The classes of a word by the hashes of its form as written and in lower case: a word that is not in the file has
    /// the classes of its lower case.
    pub fn of(&self, exact: u32, lower: u32) -> Classes {
        let row = self.words.get(exact).or_else(|| self.words.get(lower).filter(|_| exact != lower));
        row.and_then(|row| Some(Classes { levels: (*self.rows.get(usize::from(row))?).map(|class| class + 1), row: row + 1 }))
            .unwrap_or_default()
    }
}

#[derive(Debug, thiserror::Error)]
pub enum BadClasses {
    #[error("the word classes cannot be unpacked: {0}")]
    Unpack(#[from] std::io::Error),
    #[error("these are no word classes of this version; pack them anew with `manicule pack-classes`")]
    Head,
}

impl Packed {
    /// The file's bytes: the same for the same classes. Numbers stand in planes, all their lowest bytes first, and words
    /// as differences of their hashes, which leaves little to say.
    pub fn write(&self) -> std::io::Result<Vec<u8>> {
        let mut bytes = HEAD.to_vec();
        bytes.extend_from_slice(&(self.rows.len() as u32).to_le_bytes());
        bytes.extend_from_slice(&(self.words.len() as u32).to_le_bytes());
        for level in 0..LEVELS.len() {
            put_planes(&mut bytes, 2, self.rows.iter().map(|row| u32::from(row[level])));
        }
        let before = std::iter::once(0).chain(self.words.iter().map(|(hash, _)| *hash));
        put_planes(&mut bytes, 4, self.words.iter().zip(before).map(|((hash, _), before)| hash - before));
        put_planes(&mut bytes, 2, self.words.iter().map(|(_, row)| u32::from(*row)));
        let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(&bytes)?;
        packer.finish()
    }

    pub fn read(file: &[u8]) -> Result<Self, BadClasses> {
        let mut bytes = Vec::new();
        flate2::read::DeflateDecoder::new(file).take(MOST_BYTES).read_to_end(&mut bytes)?;
        let rest = bytes.strip_prefix(HEAD).ok_or(BadClasses::Head)?;
        let (n_rows, rest) = number(rest).ok_or(BadClasses::Head)?;
        let (n_words, mut rest) = number(rest).ok_or(BadClasses::Head)?;
        if n_rows.saturating_mul(2 * LEVELS.len()).saturating_add(n_words.saturating_mul(6)) != rest.len() {
            return Err(BadClasses::Head);
        }
        let mut rows = vec![[0; LEVELS.len()]; n_rows];
        for level in 0..LEVELS.len() {
            let (planes, after) = rest.split_at(2 * n_rows);
            rows.iter_mut().zip(planes_of(planes, n_rows)).for_each(|(row, class)| row[level] = class as u16);
            rest = after;
        }
        let (hashes, numbers) = rest.split_at(4 * n_words);
        let mut hash = 0_u32;
        let words = planes_of(hashes, n_words).zip(planes_of(numbers, n_words)).map(|(step, row)| {
            hash = hash.wrapping_add(step);
            (hash, row as u16)
        });
        Ok(Self { words: words.collect(), rows })
    }
}

/// Writes the lowest `count` bytes of each number, all first bytes first.
fn put_planes(bytes: &mut Vec<u8>, count: usize, numbers: impl Iterator<Item = u32> + Clone) {
    for plane in 0..count {
        bytes.extend(numbers.clone().map(|number| (number >> (8 * plane)) as u8));
    }
}

/// The numbers of which there are `count` in these planes.
fn planes_of(bytes: &[u8], count: usize) -> impl Iterator<Item = u32> {
    let byte = move |at: usize| bytes.get(at).map_or(0, |byte| u32::from(*byte));
    let planes = bytes.len().checked_div(count).unwrap_or(0);
    (0..count).map(move |at| (0..planes).map(|plane| byte(plane * count + at) << (8 * plane)).sum())
}

fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (head, rest) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_le_bytes(*head) as usize, rest))
}

#[cfg(test)]
mod tests {
    use super::super::hash;
    use super::*;

    fn packed() -> Packed {
        let mut words = vec![(hash::of("harbour"), 1), (hash::of("Lowmoor"), 0), (hash::of("LOWMOOR"), 2)];
        words.sort_unstable();
        Packed { rows: vec![[0, 9, 300, 4095], [63, 255, 1023, 70], [5, 6, 7, 8]], words }
    }

    #[test]
    fn a_file_reads_back_and_is_the_same_again() {
        let bytes = packed().write().unwrap();
        assert_eq!(Packed::read(&bytes).unwrap(), packed());
        assert_eq!(packed().write().unwrap(), bytes);
        assert_eq!(Packed::read(&Packed::default().write().unwrap()).unwrap(), Packed::default());
    }

    #[test]
    fn a_damaged_file_is_refused() {
        assert!(matches!(Packed::read(b"nonsense"), Err(BadClasses::Unpack(_))));
        let pack = |bytes: &[u8]| {
            let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
            packer.write_all(bytes).unwrap();
            packer.finish().unwrap()
        };
        for bytes in [&b"x"[..], HEAD, &[HEAD, &[255; 8]].concat(), &[HEAD, &[1, 0, 0, 0, 1, 0, 0, 0], &[0; 13]].concat()] {
            assert!(matches!(Packed::read(&pack(bytes)), Err(BadClasses::Head)), "{bytes:?}");
        }
    }

    #[test]
    fn a_word_that_is_not_there_has_the_classes_of_its_lower_case() {
        let classes = WordClasses::new(packed());
        let of = |word: &str| classes.of(hash::of(word), hash::of_lower(word));
        assert_eq!(of("Harbour"), Classes { levels: [64, 256, 1024, 71], row: 2 });
        assert_eq!(of("harbour"), of("HARBOUR"));
        assert_eq!(of("LOWMOOR").row, 3);
        assert_eq!(of("lowmoor"), Classes::default(), "a name in small letters is another word");
    }

    #[test]
    fn the_classes_of_this_build_are_read() {
        let classes = WordClasses::standard();
        let of = |word: &str| classes.of(hash::of(word), hash::of_lower(word));
        assert!(classes.words.len() > 100_000, "{classes:?}");
        // Words of one kind are of one class, those of other kinds are not.
        assert_eq!(of("Tuesday").levels[0], of("Thursday").levels[0]);
        assert_ne!(of("Tuesday").levels[0], of("spokesman").levels[0]);
    }
}
