//! ZIP containers, unpacked with bounds: how many files they hold, how much each becomes, and how much all of them.
//!
//! What an entry says of its size is not believed; what comes out of it is counted.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::fault::Trouble;
use super::input::MAX_BYTES;

/// More files than this are no document, and no export of an archive.
const MAX_ENTRIES: usize = 20_000;

/// How much all that is unpacked of one container may be, in bytes.
const MAX_TOTAL: u64 = 4 * MAX_BYTES;

/// How many times as large as it is packed a file may become, beyond what is small anyhow. Text of any kind stays under a
/// hundred times.
const MAX_RATIO: u64 = 400;
const SMALL: u64 = 10_000_000;

pub struct Packed<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'b> Packed<'b> {
    /// # Errors
    /// Where it is damaged, or holds more files than any document.
    pub fn open(bytes: &'b [u8]) -> Result<Self, Trouble> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        if archive.len() > MAX_ENTRIES {
            let told =
                format!("holds {} packed files, and no more than {MAX_ENTRIES} are unpacked; unpack it, and add the folder", archive.len());
            return Err(Trouble::Partial(told));
        }
        Ok(Self { archive, left: MAX_TOTAL })
    }

    /// The names of the files in it, in their order, as far as they have any.
    pub fn names(&self) -> Vec<String> {
        self.archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect()
    }

    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// A file of it; `None` where there is none of that name.
    ///
    /// # Errors
    /// Where it is damaged, encrypted, or becomes too large.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, Trouble> {
        let Some(at) = self.archive.index_for_name(name) else { return Ok(None) };
        let file = self.archive.by_index(at).map_err(|error| broken(&error))?;
        let most = SMALL.max(file.compressed_size().saturating_mul(MAX_RATIO)).min(MAX_BYTES).min(self.left);
        let mut out = Vec::new();
        file.take(most + 1)
            .read_to_end(&mut out)
            .map_err(|error| Trouble::Partial(format!("{name:?} in it is damaged ({error}); ask for it again")))?;
        if out.len() as u64 > most {
            let told = format!(
                "{name:?} in it becomes larger than {} MB when it is unpacked, which no article does; it was not read",
                most / 1_000_000
            );
            return Err(Trouble::Partial(told));
        }
        self.left -= out.len() as u64;
        Ok(Some(out))
    }
}

fn broken(error: &ZipError) -> Trouble {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => Trouble::Locked,
        error => Trouble::Partial(format!("is a damaged ZIP container ({error}); ask for it again")),
    }
}
