//! Everything that the store does to a disk, one call a method, so that tests can make each of them fail.

use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// A disk. [`RealFiles`] is the one that keeps things.
pub trait Files: Send + Sync + fmt::Debug {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    fn exists(&self, path: &Path) -> bool;

    /// An empty file to write to; one that is there is emptied.
    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>>;

    /// A file to write to after its first `len` bytes; what follows them is cut off. It must be there and have them.
    fn append(&self, path: &Path, len: u64) -> io::Result<Box<dyn Handle>>;

    /// Puts `from` in the place of `to` in one step.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// A second name for a file, where the platform has that.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;

    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Gives `to` the permissions of `from`; refuses where `from` may not be written.
    fn copy_mode(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Makes the names in a folder durable, where the platform has that.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    fn create_folder(&self, folder: &Path) -> io::Result<()>;

    /// The files of a folder, sorted.
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;

    /// The path with links followed, also where the file itself is not there yet.
    fn resolve(&self, path: &Path) -> io::Result<PathBuf>;

    /// Takes the operating system's lock on a file, which is created if need be; `None` when another process has it. The
    /// lock ends with the process, however that ends.
    ///
    /// # Errors
    /// Of kind [`io::ErrorKind::Unsupported`] where the file system has no locks.
    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Held>>>;
}

/// A file open for writing.
pub trait Handle: Send {
    /// Writes some of the bytes and says how many.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;

    /// Returns once everything written is on the disk.
    fn sync(&mut self) -> io::Result<()>;
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
}

/// The disk of this computer.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealFiles;

impl Files for RealFiles {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn exists(&self, path: &Path) -> bool {
        fs::symlink_metadata(path).is_ok()
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        Ok(Box::new(RealHandle(File::create(path)?)))
    }

    fn append(&self, path: &Path, len: u64) -> io::Result<Box<dyn Handle>> {
        let mut file = OpenOptions::new().write(true).open(path)?;
        let there = file.metadata()?.len();
        if there < len {
            let what = format!("{} has {there} bytes where {len} were written", path.display());
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, what));
        }
        if there > len {
            file.set_len(len)?;
        }
        file.seek(SeekFrom::Start(len))?;
        Ok(Box::new(RealHandle(file)))
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

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Held>>> {
        loop {
            let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
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
