//! File systems on which a lock may not be met by others.

use std::path::{Path, PathBuf};

/// The kind of file system on which a path lies, where a lock taken here may not reach everybody who can open the file: a
/// network mount, or one in user space, which may be a second way to the same files. Known only where `/proc` is.
pub(super) fn unsure_kind(path: &Path) -> Option<String> {
    let table = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    let kind = kind_of(&table, path)?;
    let is_unsure = kind.starts_with("fuse") || UNSURE.contains(&kind.as_str());
    // What the kernel calls by the driver's name, people know by this.
    is_unsure.then(|| kind.strip_prefix("fuse.").map_or(kind.clone(), str::to_owned))
}

const UNSURE: [&str; 11] = ["nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "ncpfs", "vboxsf", "virtiofs"];

/// The kind of the mount that is nearest above a path, from the kernel's table.
fn kind_of(table: &str, path: &Path) -> Option<String> {
    let mounts = table.lines().filter_map(|line| {
        let (place, kind) = line.split_once(" - ")?;
        let point = PathBuf::from(unescaped(place.split(' ').nth(4)?));
        path.starts_with(&point).then(|| (point.components().count(), kind.split(' ').next().unwrap_or_default().to_owned()))
    });
    // Of several mounts on one point the last hides the others.
    mounts.enumerate().max_by_key(|(at, (depth, _))| (*depth, *at)).map(|(_, (_, kind))| kind)
}

/// Blanks and backslashes stand in the table as three octal digits.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 1..at + 4).and_then(|digits| u8::from_str_radix(digits, 8).ok());
        match code {
            Some(code) => out.push(char::from(code)),
            None => out.push('\\'),
        }
        rest = &rest[at + if code.is_some() { 4 } else { 1 }..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_mount_tells_the_kind() {
        let table = "22 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw\n\
            30 22 0:40 / /home/ann/my\\040desk rw - fuse.sshfs host: rw\n\
            31 22 0:41 / /srv rw shared:2 - nfs4 server:/srv rw\n\
            32 31 0:42 / /srv/local rw - xfs /dev/sdb rw\n\
            33 22 0:43 / /srv/local rw - tmpfs tmpfs rw\n";
        let cases = [
            ("/home/ann/my desk/s.ron", "fuse.sshfs"),
            ("/home/ann/my desktop/s.ron", "ext4"),
            ("/srv/a/s.ron", "nfs4"),
            ("/srv/local/s.ron", "tmpfs"),
        ];
        for (path, kind) in cases {
            assert_eq!(kind_of(table, Path::new(path)).as_deref(), Some(kind), "{path}");
        }
        assert_eq!(kind_of("nonsense", Path::new("/a")), None);
    }
}
