//! Everything that the store does to a disk, one call a method, so that tests can make each of them fail.

use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// A file to read at any place.
pub trait Source: io::Read + io::Seek + Send {}

impl<T: io::Read + io::Seek + Send> Source for T {}

/// A disk. [`RealFiles`] is the one that keeps things.
pub trait Files: Send + Sync + fmt::Debug {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// A file to read in parts, also after it lost its name.
    fn source(&self, path: &Path) -> io::Result<Box<dyn Source>>;

    fn exists(&self, path: &Path) -> bool;

    /// An empty file to write to; one that is there is emptied.
    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>>;

    /// An empty file that has the permissions of another from its first byte on, where that one is there.
    fn create_like(&self, path: &Path, like: &Path) -> io::Result<Box<dyn Handle>>;

    /// A file to write to at its end, wherever that is by then. It must be there.
    fn append(&self, path: &Path) -> io::Result<Box<dyn Handle>>;

    /// Cuts off what follows the first `len` bytes.
    fn cut(&self, path: &Path, len: u64) -> io::Result<()>;

    /// By what a file is told from another, without reading it.
    fn stamp(&self, path: &Path) -> io::Result<Stamp>;

    /// Puts `from` in the place of `to` in one step.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// A second name for a file, where the platform has that.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;

    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Removes a folder in which nothing is left.
    fn remove_folder(&self, folder: &Path) -> io::Result<()>;

    /// Gives `to` the permissions of `from`; refuses where `from` may not be written.
    fn copy_mode(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Makes the names in a folder durable, where the platform has that.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    fn create_folder(&self, folder: &Path) -> io::Result<()>;

    /// What lies in a folder, sorted.
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;

    /// The path with links followed, also where the file itself is not there yet.
    fn resolve(&self, path: &Path) -> io::Result<PathBuf>;

    /// Takes the operating system's lock on a file, which is created if need be, with the permissions of `like` where that
    /// is there; `None` when another process has it. The lock ends with the process, however that ends.
    ///
    /// # Errors
    /// Of kind [`io::ErrorKind::Unsupported`] where the file system has no locks.
    fn lock(&self, path: &Path, like: &Path) -> io::Result<Option<Box<dyn Held>>>;
}

impl dyn Files + '_ {
    /// Whether a file is there that would be lost if another took its place.
    pub fn holds_something(&self, path: &Path) -> bool {
        self.stamp(path).is_ok_and(|stamp| stamp.len > 0)
    }
}

/// By what a file is told from another without reading it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Stamp {
    /// The file system's own number for it; where it does not tell one, when it was made.
    pub id: u128,
    /// Bytes.
    pub len: u64,
    /// When it was last written, in nanoseconds since 1970; 0 where that is not known.
    pub modified: u128,
    /// How many names it has; 0 for a file that is open and was removed. Where the platform does not tell, 1.
    pub names: u64,
    /// Whether it is marked as one that is not to be written.
    pub is_read_only: bool,
}

impl Stamp {
    fn of(metadata: &fs::Metadata) -> Self {
        let nanoseconds = |time: io::Result<std::time::SystemTime>| {
            time.ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok()).map_or(0, |since| since.as_nanos())
        };
        #[cfg(unix)]
        let (id, names) = {
            use std::os::unix::fs::MetadataExt as _;
            ((u128::from(metadata.dev()) << 64) | u128::from(metadata.ino()), metadata.nlink())
        };
        #[cfg(not(unix))]
        let (id, names) = (nanoseconds(metadata.created()), 1);
        let is_read_only = metadata.permissions().readonly();
        Self { id, len: metadata.len(), modified: nanoseconds(metadata.modified()), names, is_read_only }
    }
}

/// A file open for writing.
pub trait Handle: Send {
    /// Writes some of the bytes and says how many.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;

    /// Returns once everything written is on the disk.
    fn sync(&mut self) -> io::Result<()>;

    /// The stamp of the file, whatever name it has by now.
    fn stamp(&self) -> io::Result<Stamp>;
}

impl dyn Handle + '_ {
    /// Writes all of the bytes.
    ///
    /// # Errors
    /// Whatever [`Handle::write`] says; some of the bytes may have been written.
    pub fn write_all(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match self.write(bytes) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(n) => bytes = &bytes[n..],
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// A lock that this process has; dropping it lets go.
pub trait Held: Send + Sync + fmt::Debug {
    /// Replaces what stands in the locked file.
    fn write(&mut self, content: &str) -> io::Result<()>;

    /// Whether the locked file still lies where it was locked, so that others meet the lock.
    fn is_in_place(&self) -> bool;
}

/// The disk of this computer.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealFiles;

impl Files for RealFiles {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn source(&self, path: &Path) -> io::Result<Box<dyn Source>> {
        Ok(Box::new(File::open(path)?))
    }

    fn exists(&self, path: &Path) -> bool {
        fs::symlink_metadata(path).is_ok()
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        Ok(Box::new(RealHandle(File::create(path)?)))
    }

    fn create_like(&self, path: &Path, like: &Path) -> io::Result<Box<dyn Handle>> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        open_like(&mut options, path, like).map(|file| Box::new(RealHandle(file)) as Box<dyn Handle>)
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        Ok(Box::new(RealHandle(OpenOptions::new().append(true).open(path)?)))
    }

    fn cut(&self, path: &Path, len: u64) -> io::Result<()> {
        OpenOptions::new().write(true).open(path)?.set_len(len)
    }

    fn stamp(&self, path: &Path) -> io::Result<Stamp> {
        fs::metadata(path).map(|metadata| Stamp::of(&metadata))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        fs::remove_dir(folder)
    }

    fn copy_mode(&self, from: &Path, to: &Path) -> io::Result<()> {
        let permissions = fs::metadata(from)?.permissions();
        if permissions.readonly() {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is marked as read-only"));
        }
        fs::set_permissions(to, permissions)
    }

    #[cfg(unix)]
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }

    /// Only Unix has it; elsewhere the rename itself is written through in time.
    #[cfg(not(unix))]
    fn sync_folder(&self, _folder: &Path) -> io::Result<()> {
        Ok(())
    }

    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut files: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
        files.sort();
        Ok(files)
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        match path.canonicalize() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => resolve_new(path),
            resolved => resolved,
        }
    }

    fn lock(&self, path: &Path, like: &Path) -> io::Result<Option<Box<dyn Held>>> {
        loop {
            let mut options = OpenOptions::new();
            options.read(true).write(true).create(true).truncate(false);
            let file = open_like(&mut options, path, like)?;
            match file.try_lock() {
                Ok(()) if is_still_at(&file, path)? => return Ok(Some(Box::new(RealLock { file, path: path.to_path_buf() }))),
                // Its holder removed it between our opening and our locking; the name is free, or another's.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
    }
}

/// Where a file that is not there would be: a link that leads nowhere yet is followed, and so are those of its folder.
fn resolve_new(path: &Path) -> io::Result<PathBuf> {
    let path = match fs::read_link(path) {
        Ok(target) => path.parent().unwrap_or(Path::new("")).join(target),
        Err(_) => path.to_path_buf(),
    };
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(folder.canonicalize()?.join(name))
}

#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let held = file.metadata()?;
    match fs::metadata(path) {
        Ok(there) => Ok((held.dev(), held.ino()) == (there.dev(), there.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Only on Unix does letting go remove the file.
#[cfg(not(unix))]
fn is_still_at(_file: &File, _path: &Path) -> io::Result<bool> {
    Ok(true)
}

struct RealHandle(File);

impl Handle for RealHandle {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_data()
    }

    fn stamp(&self) -> io::Result<Stamp> {
        self.0.metadata().map(|metadata| Stamp::of(&metadata))
    }
}

/// Opens a file that is to have the permissions of another from its first byte on; so that nobody reads in a journal what
/// they may not read in the session. The owner may always write it. Only Unix has permissions of this kind.
#[cfg(unix)]
fn open_like(options: &mut OpenOptions, path: &Path, like: &Path) -> io::Result<File> {
    use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
    let Ok(mode) = fs::metadata(like).map(|metadata| metadata.permissions().mode() & 0o777 | 0o200) else {
        return options.open(path);
    };
    let file = options.mode(mode).open(path)?;
    // For a file that was there, or under a narrow mask.
    file.set_permissions(fs::Permissions::from_mode(mode)).ok();
    Ok(file)
}

#[cfg(not(unix))]
fn open_like(options: &mut OpenOptions, path: &Path, _like: &Path) -> io::Result<File> {
    options.open(path)
}

#[derive(Debug)]
struct RealLock {
    file: File,
    path: PathBuf,
}

impl Held for RealLock {
    fn write(&mut self, content: &str) -> io::Result<()> {
        self.file.set_len(0)?;
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(content.as_bytes())
    }

    fn is_in_place(&self) -> bool {
        is_still_at(&self.file, &self.path).unwrap_or(false)
    }
}

impl Drop for RealLock {
    /// Removed while it is still held, so that nobody locks a file that is about to go. Left behind, it does no harm.
    fn drop(&mut self) {
        if cfg!(unix) {
            fs::remove_file(&self.path).ok();
        } else {
            self.file.set_len(0).ok();
        }
        self.file.unlock().ok();
    }
}

/// What a person can do about an error of the disk.
pub(super) fn remedy(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::WriteZero => {
            "make room on the disk and try again, or save to another disk"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "the folder or file may not be written: allow it, or save to another folder"
        }
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            "the folder is gone or out of reach: bring it back and try again, or save to another folder"
        }
        _ => "try again, or save to another folder",
    }
}
