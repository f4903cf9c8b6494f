//! Which file of the source needs which, read off its `use` lines and paths.
//!
//! A path leads to the file that defines its item: a `mod.rs` that only passes the item on (`pub use`) is looked through.
//! Unit tests do not count. What the compiler alone knows (methods of a type that is never named) is not seen.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// A module's path below the crate, outermost first.
type Module = Vec<String>;

/// Files of a source folder, by name below it, each with those that it needs.
pub struct Imports {
    needs: BTreeMap<String, BTreeSet<String>>,
}

struct File {
    name: String,
    module: Module,
    code: String,
    /// Modules and items that the file has under a name of its own.
    names: HashMap<String, Module>,
    /// The same of those that it passes on.
    passed_on: HashMap<String, Module>,
}

impl Imports {
    /// Reads every file of a folder of Rust sources whose root module is `lib.rs`.
    pub fn of(folder: &Path) -> Self {
        let mut paths = Vec::new();
        collect(folder, &mut paths);
        let read =
            |path: &PathBuf| (path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/"), fs::read_to_string(path).unwrap());
        Self::among(paths.iter().map(read))
    }

    fn among(files: impl Iterator<Item = (String, String)>) -> Self {
        let files: Vec<File> =
            files.filter(|(name, _)| name != "main.rs" && !name.ends_with("tests.rs")).map(|(name, text)| File::new(name, &text)).collect();
        let tree = Tree { by_module: files.iter().map(|file| (file.module.clone(), file)).collect() };
        let needs = files.iter().map(|file| (file.name.clone(), tree.needs(file))).collect();
        Self { needs }
    }

    pub fn len(&self) -> usize {
        self.needs.values().map(BTreeSet::len).sum()
    }

    /// Groups of files that need each other, each as one round through them: the first needs the second, the last the first.
    pub fn circles(&self) -> Vec<Vec<String>> {
        let mut circles = Vec::new();
        let mut told = BTreeSet::new();
        for file in self.needs.keys() {
            if told.contains(file) {
                continue;
            }
            if let Some(round) = self.way(file, file) {
                let reached = |from: &String, to: &String| self.way(from, to).is_some();
                told.extend(self.needs.keys().filter(|other| reached(file, other) && reached(other, file)).cloned());
                circles.push(round);
            }
        }
        circles
    }

    /// The shortest way from one file to another, by at least one step, without its end.
    fn way(&self, from: &String, to: &String) -> Option<Vec<String>> {
        let mut came_from: BTreeMap<&String, &String> = BTreeMap::new();
        let mut queue = VecDeque::from([from]);
        while let Some(at) = queue.pop_front() {
            for next in &self.needs[at] {
                if next == to {
                    let mut way = vec![at];
                    while way[way.len() - 1] != from {
                        way.push(came_from[way[way.len() - 1]]);
                    }
                    return Some(way.into_iter().rev().cloned().collect());
                }
                if next != from && !came_from.contains_key(next) {
                    came_from.insert(next, at);
                    queue.push_back(next);
                }
            }
        }
        None
    }
}

struct Tree<'f> {
    by_module: HashMap<Module, &'f File>,
}

impl Tree<'_> {
    fn needs(&self, file: &File) -> BTreeSet<String> {
        let path = Regex::new(r"(?:[A-Za-z_]\w*)(?:\s*::\s*[A-Za-z_]\w*)+").unwrap();
        let written = path.find_iter(&file.code).filter_map(|path| {
            let parts: Module = path.as_str().split("::").map(|part| part.trim().to_owned()).collect();
            let child = [file.module.clone(), vec![parts[0].clone()]].concat();
            match (file.names.get(&parts[0]), parts[0].as_str()) {
                (Some(module), _) => Some([module, &parts[1..]].concat()),
                (None, "crate" | "self" | "super") => Some(absolute(&file.module, &parts)),
                (None, _) => self.by_module.contains_key(&child).then(|| [child, parts[1..].to_vec()].concat()),
            }
        });
        // A module that is brought in is needed for what is named in it; an item by itself.
        let items = file.names.values().filter(|path| !self.by_module.contains_key(*path)).cloned();
        let mut found: BTreeSet<String> = written.chain(items).filter_map(|path| self.definer(&path, 0)).collect();
        found.remove(&file.name);
        found
    }

    /// The file that defines what a path names.
    fn definer(&self, path: &[String], depth: usize) -> Option<String> {
        let at = (1..=path.len())
            .rev()
            .find(|n| self.by_module.contains_key(&path[..*n]))
            .or_else(|| self.by_module.contains_key(&path[..0]).then_some(0))?;
        let file = self.by_module[&path[..at]];
        let Some(item) = path.get(at) else { return Some(file.name.clone()) };
        match file.passed_on.get(item) {
            Some(other) if depth < 10 => self.definer(&[other, &path[at + 1..]].concat(), depth + 1),
            _ => Some(file.name.clone()).filter(|_| !file.module.is_empty()),
        }
    }
}

impl File {
    fn new(name: String, text: &str) -> Self {
        let module: Module = name.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        let module = match module.last().map(String::as_str) {
            Some("mod" | "lib") => module[..module.len() - 1].to_vec(),
            _ => module,
        };
        let lines = text.lines().take_while(|line| line.trim() != "mod tests {");
        let code: String =
            lines.map(|line| line.split("//").next().unwrap_or_default()).fold(String::new(), |code, line| code + line + "\n");
        let uses = Regex::new(r"(?m)^[ \t]*(pub(?:\([a-z ]+\))? )?use ([^;]+);").unwrap();
        let (mut names, mut passed_on) = (HashMap::new(), HashMap::new());
        for found in uses.captures_iter(&code) {
            for (name, path) in tree(&found[2]) {
                if !matches!(path[0].as_str(), "crate" | "self" | "super") {
                    // Of a child, or of another crate; the latter leads to no file.
                    let child = [module.clone(), path].concat();
                    if found.get(1).is_some() {
                        passed_on.insert(name, child)
                    } else {
                        names.insert(name, child)
                    };
                    continue;
                }
                let path = absolute(&module, &path);
                if found.get(1).is_some() {
                    passed_on.insert(name, path)
                } else {
                    names.insert(name, path)
                };
            }
        }
        let code = uses.replace_all(&code, "").into_owned();
        Self { name, module, code, names, passed_on }
    }
}

/// What a `use` brings in: names, each with its path.
fn tree(text: &str) -> Vec<(String, Module)> {
    let text = text.trim();
    if let Some((before, inner)) = text.split_once('{') {
        let stem: Module = before.split("::").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect();
        let inner = &inner[..inner.rfind('}').unwrap_or(inner.len())];
        let whole = |(name, path): (String, Module)| match path.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["self"] => (if name == "self" { stem.last().cloned().unwrap_or_default() } else { name }, stem.clone()),
            _ => (name, [stem.clone(), path].concat()),
        };
        return parts(inner).into_iter().flat_map(tree).map(whole).collect();
    }
    let (path, name) = text.split_once(" as ").map_or((text, None), |(path, name)| (path, Some(name.trim())));
    let path: Module = path.split("::").map(|part| part.trim().to_owned()).collect();
    let name = name.unwrap_or(&path[path.len() - 1]);
    // A trait for its methods alone is needed all the same.
    let name = if name == "_" { path.join("::") } else { name.to_owned() };
    vec![(name, path)]
}

/// Divides at the commas that lie in no braces.
fn parts(text: &str) -> Vec<&str> {
    let (mut depth, mut from, mut parts) = (0, 0, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&text[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// A path as it is written in a module, from the crate on.
fn absolute(module: &[String], path: &[String]) -> Module {
    let mut base = module.to_vec();
    let mut rest = path;
    while let [first, after @ ..] = rest {
        match first.as_str() {
            "crate" => base.clear(),
            "self" => {}
            "super" => {
                base.pop();
            }
            _ => break,
        }
        rest = after;
    }
    [&base, rest].concat()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
    paths.sort();
}

#[cfg(test)]
mod checks {
    use super::*;

    /// The circles among files of one room, each a name and its text.
    #[track_caller]
    fn check(files: &[(&str, &str)], circles: &[&[&str]]) {
        let root = [("lib.rs", "pub mod room;")];
        let all = root.iter().chain(files).map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        assert_eq!(Imports::among(all).circles(), circles, "{files:?}");
    }

    const PASSING_ON: (&str, &str) = ("room/mod.rs", "mod a;\nmod b;\npub use a::A;\npub use b::{self as other, B};\n");

    #[test]
    fn a_circle_is_found_however_it_is_written() {
        let round: &[&[&str]] = &[&["room/a.rs", "room/b.rs"]];
        for to_b in [
            "use super::b::B;",
            "use crate::room::B;",
            "use super::{\n    b::{self, B},\n};",
            "fn f() -> super::B {}",
            "fn f() { crate::room::b::g() }",
            "use super::b;\nfn f() { b::g() }",
            "use super::B as _;",
            "use crate::room;\nfn f() -> room::B {}",
        ] {
            check(&[PASSING_ON, ("room/a.rs", to_b), ("room/b.rs", "use super::A;")], round);
            check(&[PASSING_ON, ("room/a.rs", to_b), ("room/b.rs", "pub struct B;")], &[]);
        }
    }

    #[test]
    fn a_child_that_takes_from_the_door_that_calls_it_is_a_circle() {
        let door = "mod a;\npub struct Shared;\nfn f() { a::g() }\n";
        check(&[("room/mod.rs", door), ("room/a.rs", "use super::Shared;")], &[&["room/a.rs", "room/mod.rs"]]);
        check(&[("room/mod.rs", "mod a;\npub struct Shared;\n"), ("room/a.rs", "use super::Shared;")], &[]);
        check(&[("room/mod.rs", door), ("room/a.rs", "pub fn g() {}")], &[]);
    }

    #[test]
    fn what_only_tests_and_comments_name_does_not_count() {
        let b = "// use super::A;\npub struct B;\n#[cfg(test)]\nmod tests {\n    use super::super::A;\n}\n";
        check(&[PASSING_ON, ("room/a.rs", "use super::B;"), ("room/b.rs", b)], &[]);
    }

    #[test]
    fn a_long_round_is_told_once_and_in_order() {
        let files = [
            ("room/mod.rs", "mod a;\nmod b;\nmod c;\n"),
            ("room/a.rs", "use super::b::B;"),
            ("room/b.rs", "use super::c::C;"),
            ("room/c.rs", "use super::a::A;"),
        ];
        check(&files, &[&["room/a.rs", "room/b.rs", "room/c.rs"]]);
    }
}
