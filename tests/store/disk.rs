//! A disk in memory whose calls can be made to fail and whose power can be cut.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use manicule::store::{Files, Handle, Held, Source, Stamp};

/// How a call fails.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Failure {
    /// A write takes a part of the bytes and then no more; any other call fails.
    NoSpace,
    /// The call fails and has done nothing.
    Denied,
    /// The call fails after it has done its work.
    Late,
}

/// Which calls fail: from the `at`-th on, `times` of them.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub at: usize,
    pub times: usize,
    pub failure: Failure,
}

#[derive(Clone, Debug, Default)]
pub struct MemoryDisk(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    names: BTreeMap<PathBuf, usize>,
    durable_names: BTreeMap<PathBuf, usize>,
    nodes: Vec<Node>,
    locks: BTreeSet<PathBuf>,
    plan: Option<Plan>,
    calls: usize,
    log: Vec<String>,
}

#[derive(Clone, Debug, Default)]
struct Node {
    data: Vec<u8>,
    durable: Vec<u8>,
}

impl MemoryDisk {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    pub fn set_plan(&self, plan: Option<Plan>) {
        let mut state = self.state();
        state.plan = plan;
        state.calls = 0;
        state.log.clear();
    }

    /// How many calls could have failed since the plan was set.
    pub fn calls(&self) -> usize {
        self.state().calls
    }

    pub fn log(&self) -> Vec<String> {
        self.state().log.clone()
    }

    /// The disk as it is found after the power was cut: with `keeps_all`, everything written had come to it by chance;
    /// without, only what was synced.
    pub fn after_power_cut(&self, keeps_all: bool) -> Self {
        let state = self.state();
        let names = if keeps_all { state.names.clone() } else { state.durable_names.clone() };
        let node = |node: &Node| {
            let data = if keeps_all { node.data.clone() } else { node.durable.clone() };
            Node { durable: data.clone(), data }
        };
        let nodes = state.nodes.iter().map(node).collect();
        Self(Arc::new(Mutex::new(State { durable_names: names.clone(), names, nodes, ..State::default() })))
    }

    pub fn put(&self, path: &str, bytes: &[u8]) {
        let mut state = self.state();
        state.nodes.push(Node { data: bytes.to_vec(), durable: bytes.to_vec() });
        let node = state.nodes.len() - 1;
        state.names.insert(path.into(), node);
        state.durable_names.insert(path.into(), node);
    }

    pub fn get(&self, path: &str) -> Option<Vec<u8>> {
        let state = self.state();
        state.names.get(Path::new(path)).map(|node| state.nodes[*node].data.clone())
    }

    /// As somebody removes a file.
    pub fn take_away(&self, path: &str) {
        let mut state = self.state();
        state.names.remove(Path::new(path));
        state.durable_names.remove(Path::new(path));
        state.locks.remove(Path::new(path));
    }

    pub fn names(&self) -> Vec<String> {
        self.state().names.keys().map(|path| path.display().to_string()).collect()
    }

    /// Runs a call under the plan. `part` is what a call that fails half way does first.
    fn call<T>(&self, what: &str, full: impl FnOnce(&mut State) -> io::Result<T>, part: impl FnOnce(&mut State)) -> io::Result<T> {
        let mut state = self.state();
        let n = state.calls;
        state.calls += 1;
        state.log.push(what.to_owned());
        let failure = state.plan.filter(|plan| (plan.at..plan.at + plan.times).contains(&n)).map(|plan| plan.failure);
        match failure {
            None => full(&mut state),
            Some(Failure::NoSpace) => {
                part(&mut state);
                Err(io::ErrorKind::StorageFull.into())
            }
            Some(Failure::Denied) => Err(io::ErrorKind::PermissionDenied.into()),
            Some(Failure::Late) => {
                full(&mut state)?;
                Err(io::Error::other("the wire was cut"))
            }
        }
    }
}

/// Folders that are there though they may be empty.
const FOLDERS: [&str; 2] = ["/desk", "/data"];

fn stamp(state: &State, node: usize) -> Stamp {
    let names = state.names.values().filter(|other| **other == node).count() as u64;
    Stamp { id: node as u128, len: state.nodes[node].data.len() as u64, names, ..Stamp::default() }
}

fn node(state: &State, path: &Path) -> io::Result<usize> {
    state.names.get(path).copied().ok_or_else(|| io::ErrorKind::NotFound.into())
}

impl Files for MemoryDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.call("read", |state| Ok(state.nodes[node(state, path)?].data.clone()), |_| {})
    }

    fn source(&self, path: &Path) -> io::Result<Box<dyn Source>> {
        Ok(Box::new(io::Cursor::new(self.read(path)?)))
    }

    /// Folders are there when something lies in them, and those that tests work in always.
    fn exists(&self, path: &Path) -> bool {
        let state = self.state();
        let is_folder = FOLDERS.iter().any(|folder| path == Path::new(folder));
        is_folder || state.names.keys().any(|name| name == path || name.parent() == Some(path))
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        let create = |state: &mut State| {
            state.nodes.push(Node::default());
            let node = state.nodes.len() - 1;
            state.names.insert(path.to_path_buf(), node);
            Ok(node)
        };
        let node = self.call("create", create, |_| {})?;
        Ok(Box::new(MemoryHandle { disk: self.clone(), node }))
    }

    fn create_like(&self, path: &Path, _like: &Path) -> io::Result<Box<dyn Handle>> {
        self.create(path)
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        let node = self.call("append", |state| node(state, path), |_| {})?;
        Ok(Box::new(MemoryHandle { disk: self.clone(), node }))
    }

    fn cut(&self, path: &Path, len: u64) -> io::Result<()> {
        let cut = |state: &mut State| {
            let node = node(state, path)?;
            state.nodes[node].data.truncate(len as usize);
            Ok(())
        };
        self.call("cut", cut, |_| {})
    }

    fn stamp(&self, path: &Path) -> io::Result<Stamp> {
        self.call("stamp", |state| Ok(stamp(state, node(state, path)?)), |_| {})
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let rename = |state: &mut State| {
            let node = node(state, from)?;
            state.names.remove(from);
            state.names.insert(to.to_path_buf(), node);
            Ok(())
        };
        self.call("rename", rename, |_| {})
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        let link = |state: &mut State| {
            let node = node(state, from)?;
            state.names.insert(to.to_path_buf(), node);
            Ok(())
        };
        self.call("link", link, |_| {})
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.call("remove", |state| state.names.remove(path).map(|_| ()).ok_or_else(|| io::ErrorKind::NotFound.into()), |_| {})
    }

    fn remove_folder(&self, _folder: &Path) -> io::Result<()> {
        Ok(())
    }

    fn copy_mode(&self, _from: &Path, _to: &Path) -> io::Result<()> {
        self.call("copy_mode", |_| Ok(()), |_| {})
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let sync = |state: &mut State| {
            state.durable_names.retain(|path, _| path.parent() != Some(folder));
            let names = state.names.iter().filter(|(path, _)| path.parent() == Some(folder));
            let names: Vec<_> = names.map(|(path, node)| (path.clone(), *node)).collect();
            state.durable_names.extend(names);
            Ok(())
        };
        self.call("sync_folder", sync, |_| {})
    }

    fn create_folder(&self, _folder: &Path) -> io::Result<()> {
        Ok(())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        Ok(self.state().names.keys().filter(|path| path.parent() == Some(folder)).cloned().collect())
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(path.to_path_buf())
    }

    fn lock(&self, path: &Path, _like: &Path) -> io::Result<Option<Box<dyn Held>>> {
        let is_free = self.state().locks.insert(path.to_path_buf());
        Ok(is_free.then(|| Box::new(MemoryLock { disk: self.clone(), path: path.to_path_buf() }) as Box<dyn Held>))
    }
}

struct MemoryHandle {
    disk: MemoryDisk,
    node: usize,
}

impl Handle for MemoryHandle {
    /// Takes at most 1,000 bytes, so that every caller must go on after a short write.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = bytes.len().min(1000);
        let node = self.node;
        let full = |state: &mut State| {
            state.nodes[node].data.extend_from_slice(&bytes[..n]);
            Ok(n)
        };
        self.disk.call("write", full, |state| state.nodes[node].data.extend_from_slice(&bytes[..n / 2]))
    }

    fn sync(&mut self) -> io::Result<()> {
        let node = self.node;
        let sync = |state: &mut State| {
            state.nodes[node].durable = state.nodes[node].data.clone();
            Ok(())
        };
        self.disk.call("sync", sync, |_| {})
    }

    fn stamp(&self) -> io::Result<Stamp> {
        Ok(stamp(&self.disk.state(), self.node))
    }
}

#[derive(Debug)]
struct MemoryLock {
    disk: MemoryDisk,
    path: PathBuf,
}

impl Held for MemoryLock {
    fn write(&mut self, content: &str) -> io::Result<()> {
        self.disk.put(&self.path.display().to_string(), content.as_bytes());
        Ok(())
    }

    fn is_in_place(&self) -> bool {
        self.disk.state().names.contains_key(&self.path)
    }
}

impl Drop for MemoryLock {
    fn drop(&mut self) {
        let mut state = self.disk.state();
        state.locks.remove(&self.path);
        state.names.remove(&self.path);
        state.durable_names.remove(&self.path);
    }
}
