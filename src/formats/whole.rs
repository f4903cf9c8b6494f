//! Files and folders that appear whole or not at all.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::annotation::ArticleId;

/// A file that appears under its name only when it is finished. What is no plain file (a pipe, a terminal) is written
/// to as it comes.
pub struct WholeFile {
    path: PathBuf,
    out: io::BufWriter<Place>,
}

enum Place {
    Beside(tempfile::NamedTempFile),
    Straight(File),
}

impl WholeFile {
    /// # Errors
    /// Those of the file system.
    pub fn create(path: &Path) -> io::Result<Self> {
        // Through a link, so that its target is written and the link stays.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let place = match fs::metadata(&path) {
            Ok(there) if there.is_dir() => {
                return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder; name a file in it"));
            }
            Ok(there) if !there.is_file() => Place::Straight(File::options().write(true).open(&path)?),
            _ => Place::Beside(temporary_beside(&path)?),
        };
        Ok(Self { path, out: io::BufWriter::with_capacity(1 << 16, place) })
    }

    /// Where it will stand.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// Those of the file system; what stood under the name stands there still.
    pub fn finish(self) -> io::Result<()> {
        match self.out.into_inner().map_err(io::IntoInnerError::into_error)? {
            Place::Beside(file) => {
                file.as_file().sync_all()?;
                file.persist(&self.path).map_err(|error| error.error)?;
                Ok(())
            }
            Place::Straight(_) => Ok(()),
        }
    }
}

fn temporary_beside(path: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".manicule-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // A file for others to read, as the umask allows, not a secret one.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(parent(path))
}

impl io::Write for Place {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        match self {
            Place::Beside(file) => file.write(buf),
            Place::Straight(file) => file.write(buf),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Place::Beside(file) => file.flush(),
            Place::Straight(file) => file.flush(),
        }
    }
}

impl io::Write for WholeFile {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.out.write(buf)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A folder that appears under its name only when everything is in it.
pub struct WholeFolder {
    path: PathBuf,
    inside: tempfile::TempDir,
    /// Names that files have, in small letters: some file systems take `A` and `a` for one.
    taken: BTreeSet<String>,
}

impl WholeFolder {
    /// # Errors
    /// Those of the file system; and where something else than an empty folder is there: what somebody put there is not
    /// thrown away.
    pub fn create(path: &Path) -> io::Result<Self> {
        let is_free = match fs::read_dir(path) {
            Ok(mut entries) => entries.next().is_none(),
            Err(error) => error.kind() == io::ErrorKind::NotFound,
        };
        if !is_free {
            let why = "something is there already, and this format makes a folder; name one that is new or empty";
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, why));
        }
        let inside = tempfile::Builder::new().prefix(".manicule-").tempdir_in(parent(path))?;
        Ok(Self { path: path.to_owned(), inside, taken: BTreeSet::new() })
    }

    /// A name for the files of an article, without ending: its id, as far as every file system takes it.
    pub fn stem(&mut self, id: &ArticleId) -> String {
        let is_odd = |c: char| c.is_control() || "/\\:*?\"<>|".contains(c);
        let plain: String = id.as_str().chars().map(|c| if is_odd(c) { '_' } else { c }).collect();
        let plain = plain.trim_matches([' ', '.']);
        let plain = &plain[..plain.floor_char_boundary(LONGEST)];
        let plain = if plain.is_empty() { "article" } else { plain };
        let named = (2..).map(|n| format!("{plain}-{n}"));
        let free = std::iter::once(plain.to_owned()).chain(named).find(|name| !self.taken.contains(&name.to_lowercase()));
        let stem = free.unwrap_or_default();
        self.taken.insert(stem.to_lowercase());
        stem
    }

    /// # Errors
    /// Those of the file system.
    pub fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        fs::write(self.inside.path().join(name), bytes)
    }

    /// Gives the folder its name.
    ///
    /// # Errors
    /// Those of the file system; nothing is left behind then.
    pub fn finish(self) -> io::Result<()> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            // A folder for others to read, not a secret one.
            fs::set_permissions(self.inside.path(), fs::Permissions::from_mode(0o755))?;
        }
        if self.path.is_dir() {
            fs::remove_dir(&self.path)?;
        }
        fs::rename(self.inside.path(), &self.path)?;
        // It has another name now; there is nothing to clean up.
        let _ = self.inside.keep();
        Ok(())
    }
}

/// Bytes of a file's stem; with a number and an ending it stays under the 255 that file systems take.
const LONGEST: usize = 200;

fn parent(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_takes_every_id_and_throws_nothing_away() {
        let desk = tempfile::tempdir().unwrap();
        let path = desk.path().join("out");
        let mut folder = WholeFolder::create(&path).unwrap();
        let ids = ["a/b", "a_b", "A_B", "..", "", "x\u{0}y", &"ö".repeat(300)];
        let stems: Vec<_> = ids.iter().map(|id| folder.stem(&ArticleId::new(id))).collect();
        assert_eq!(stems[..6], ["a_b", "a_b-2", "A_B-3", "article", "article-2", "x_y"]);
        for stem in &stems {
            folder.write(&format!("{stem}.txt"), b"x").unwrap();
        }
        assert!(!path.exists(), "it appears when it is whole");
        folder.finish().unwrap();
        assert_eq!(fs::read_dir(&path).unwrap().count(), ids.len());
        assert!(WholeFolder::create(&path).is_err_and(|error| error.to_string().contains("new or empty")));
        fs::create_dir(desk.path().join("empty")).unwrap();
        WholeFolder::create(&desk.path().join("empty")).unwrap().finish().unwrap();
        assert_eq!(fs::read_dir(desk.path()).unwrap().count(), 2, "nothing is left behind");
    }
}
