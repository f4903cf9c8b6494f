//! Packs the lists that the program carries, from a folder of openly licensed data and from our own lists.
//!
//! `DATA` holds `gazetteers/*.tsv[.gz]` and `raw/voa.txt.gz`; what each file is and whose stands in
//! `assets/gazetteers/NOTICE.md`. Share-alike files (`*-odbl`, `*-cc-by-sa`) are never read. The same input gives the
//! same bytes.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::build::{Builder, Place, split};
use super::fold::{Case, fold_into, pieces};
use super::lexicon::Lexicon;
use super::mark::{ListId, Mark};
use super::words::WordClass;
use crate::text::tokens::tokens;

/// Why lists cannot be packed.
#[derive(Debug, thiserror::Error)]
pub enum PackFault {
    #[error("cannot read {path}: {fault}")]
    Read { path: PathBuf, fault: std::io::Error },
    #[error("{path}, line {line}: {what}")]
    Line { path: PathBuf, line: usize, what: String },
}

/// Makes the lexicon from `data` and from the `.tsv` files of `own`.
pub fn pack(data: &Path, own: &Path) -> Result<Lexicon, PackFault> {
    let mut packer = Packer { lists: data.join("gazetteers"), out: Builder::default() };
    let use_of_words = word_use(&read_text(&data.join("raw/voa.txt.gz"))?);
    packer.own(own)?;
    packer.places()?;
    packer.groups()?;
    packer.organisations()?;
    packer.other_names()?;
    packer.people()?;
    for (word, count) in &use_of_words {
        packer.out.word(word, count.class());
    }
    let seen = seen_in(&packer.out.finish(), &read_text(&data.join("raw/voa.txt.gz"))?);
    let classes = packer.out.classes();
    packer.out.remark(|place| judge(place, &classes, &seen));
    Ok(packer.out.finish())
}

/// How often a word stands small and with a capital inside sentences.
#[derive(Clone, Copy, Default)]
struct Use {
    small: u32,
    capital: u32,
}

impl Use {
    fn class(self) -> WordClass {
        let mut class = WordClass::default();
        if self.small >= 3 && self.small * 20 >= self.capital {
            class = class.with(WordClass::COMMON);
        }
        if self.small >= 5 && self.small >= 4 * self.capital {
            class = class.with(WordClass::COMMON_MOSTLY);
        }
        if self.capital >= 2 && self.small * 20 < self.capital {
            class = class.with(WordClass::PROPER);
        }
        class
    }
}

fn word_use(news: &str) -> BTreeMap<String, Use> {
    let mut out: BTreeMap<String, Use> = BTreeMap::new();
    let mut folded = String::new();
    for line in news.lines() {
        let tokens = tokens(line);
        for piece in pieces(line, &tokens).iter().skip(1) {
            folded.clear();
            fold_into(&line[piece.span.range()], &mut folded);
            match piece.case {
                Case::Lower => out.entry(folded.clone()).or_default().small += 1,
                Case::Title => out.entry(folded.clone()).or_default().capital += 1,
                Case::Capitals | Case::None => {}
            }
        }
    }
    out.retain(|_, count| count.small + count.capital >= 2);
    out
}

/// How often each name stands in the news, not counting the beginnings of sentences.
fn seen_in(lexicon: &Lexicon, news: &str) -> BTreeMap<Vec<String>, u32> {
    let mut out = BTreeMap::new();
    for line in news.lines() {
        let found = lexicon.look(line, &tokens(line)).matches;
        for (i, one) in found.iter().enumerate() {
            let is_again = i > 0 && found[i - 1].span == one.span;
            if one.first_token > 0
                && !is_again
                && let Some((words, _)) = split(&line[one.span.range()])
            {
                *out.entry(words).or_default() += 1;
            }
        }
    }
    out
}

/// What a name is worth in a list once everything is known.
fn judge(place: &Place<'_>, classes: &BTreeMap<String, WordClass>, seen: &BTreeMap<Vec<String>, u32>) -> Option<Mark> {
    let mut rank = place.mark.rank();
    let is_better_known = place.all.iter().any(|(_, other)| other.rank() == 3);
    if rank <= 1 && is_better_known && place.list.label.as_str() != "LANGUAGE" {
        return None;
    }
    let mut mark = Mark::default();
    let n_seen = seen.get(place.words).copied().unwrap_or(0);
    if let ([word], false) = (place.words, place.is_abbreviation) {
        let class = classes.get(word).copied().unwrap_or_default();
        if class.is_mostly_common() && rank < 2 {
            return None;
        }
        if class.is_common() {
            mark = mark.with(Mark::COMMON);
            rank = if rank < 2 { 0 } else { rank };
        }
        let is_name = class.has(WordClass::GIVEN_FREQUENT) || class.has(WordClass::SURNAME_FREQUENT);
        if is_name && rank < 3 && place.list.label.as_str() != "PERSON" {
            mark = mark.with(Mark::PERSONAL);
            rank = if n_seen < 3 { rank.min(1) } else { rank };
        }
        if rank == 1 && n_seen >= 2 {
            rank = 2;
        }
    } else if rank == 1 && n_seen >= 1 {
        rank = 2;
    }
    if place.is_abbreviation && place.words[0].len() <= 3 {
        mark = mark.with(Mark::SHORT);
    }
    if place.all.iter().any(|(label, other)| **label != place.list.label && other.rank() >= place.mark.rank()) {
        mark = mark.with(Mark::DIVIDED);
    }
    Some(Mark::ranked(rank).with(mark).with(place.mark.without_rank()))
}

struct Packer {
    lists: PathBuf,
    out: Builder,
}

impl Packer {
    fn table(&self, file: &str) -> Result<Table, PackFault> {
        Table::read(self.lists.join(file))
    }

    fn add(&mut self, list: ListId, name: &str, rank: u8) {
        // Offices stand in lists of public bodies, but are no organisations.
        const OFFICES: &[&str] =
            &["Prime Minister", "President", "Attorney General", "Chief of Staff", "Deputy Prime Minister", "Governor"];
        if OFFICES.contains(&name) {
            return;
        }
        if !name.contains(['(', ')', ';', '/', '"']) {
            self.out.name(list, name, Mark::ranked(rank));
        }
    }

    /// Our own lists: `[list LABEL rank]`, then a name a line; `~` before a name says that it needs context.
    fn own(&mut self, folder: &Path) -> Result<(), PackFault> {
        let fault = |fault| PackFault::Read { path: folder.to_owned(), fault };
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(fault)? {
            files.push(entry.map_err(fault)?.path());
        }
        files.retain(|path| path.extension().is_some_and(|end| end == "tsv"));
        files.sort();
        for path in files {
            let text = read_text(&path)?;
            let mut section = None;
            for (i, line) in text.lines().map(str::trim).enumerate() {
                if line.is_empty() || line.starts_with('#') {
                    continue;
                }
                let wrong = |what: &str| PackFault::Line { path: path.clone(), line: i + 1, what: what.to_owned() };
                if let Some(head) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                    let parts: Vec<&str> = head.split_whitespace().collect();
                    let [name, label, rank] = parts[..] else { return Err(wrong("a section is [list LABEL rank]")) };
                    let rank = rank.parse::<u8>().map_err(|_| wrong("the rank is a number from 0 to 3"))?;
                    section = Some((name.to_owned(), label.to_owned(), rank));
                    continue;
                }
                let Some((name, label, rank)) = &section else { return Err(wrong("a name before the first section")) };
                for entry in line.split('\t').map(str::trim).filter(|entry| !entry.is_empty()) {
                    self.own_entry(name, label, *rank, entry);
                }
            }
        }
        Ok(())
    }

    fn own_entry(&mut self, list: &str, label: &str, rank: u8, entry: &str) {
        if let Some(class) = match list {
            "given-names" => Some(WordClass::GIVEN.with(WordClass::GIVEN_FREQUENT)),
            "surnames" => Some(WordClass::SURNAME.with(WordClass::SURNAME_FREQUENT)),
            _ => None,
        } {
            self.out.word(entry, class);
            return;
        }
        let list = self.out.list(list, label);
        let (entry, doubt) = entry.strip_prefix('~').map_or((entry, Mark::default()), |entry| (entry, Mark::DIVIDED));
        self.out.name(list, entry, Mark::ranked(rank).with(doubt));
    }

    fn places(&mut self) -> Result<(), PackFault> {
        let countries = self.out.list("countries", "GPE");
        let areas = self.out.list("areas", "LOC");
        for row in self.table("countries.tsv")?.rows() {
            match row.get("kind") {
                "region" => self.add(areas, row.get("name"), 2),
                "disputed-area" => self.add(areas, row.get("name"), 1),
                "alias" => self.add(countries, row.get("name"), 1),
                _ => self.add(countries, row.get("name"), 3),
            }
        }
        let foreign = self.out.list("countries-in-other-languages", "GPE");
        for row in self.table("territory-names-i18n.tsv.gz")?.rows() {
            let name = row.get("name");
            if row.get("language") != "en" && !(name.is_ascii() && name.len() <= 3) {
                self.add(foreign, name, 1);
            }
        }
        let cities = self.out.list("cities", "GPE");
        for (file, rank) in [("capitals.tsv", 3), ("major-cities.tsv", 3), ("cities.tsv.gz", 1)] {
            for row in self.table(file)?.rows() {
                self.add(cities, row.get("name"), rank);
            }
        }
        let provinces = self.out.list("provinces", "GPE");
        for row in self.table("subdivisions.tsv")?.rows() {
            let rank = if matches!(row.get("iso2"), "US" | "CA" | "AU") { 2 } else { 1 };
            self.add(provinces, row.get("name"), rank);
        }
        self.nature()?;
        let facilities = self.out.list("facilities", "FAC");
        for row in self.table("airports.tsv")?.rows() {
            self.add(facilities, row.get("name"), 1);
        }
        Ok(())
    }

    /// Rivers and lakes of the long tail are names like any word; only with their kind are they worth a hint.
    fn nature(&mut self) -> Result<(), PackFault> {
        let nature = self.out.list("seas-rivers-mountains", "LOC");
        for row in self.table("physical.tsv")?.rows() {
            let (name, kind) = (row.get("name"), row.get("kind"));
            let prominence = row.get("rank").parse::<u32>().unwrap_or(9);
            let kind_word = match kind {
                "river" | "river (intermittent)" => Some("River"),
                "lake" | "alkaline lake" | "reservoir" => Some("Lake"),
                "lake centerline" | "geoarea" | "pole" | "dragons-be-here" | "date line" | "circle of latitude" => continue,
                _ => None,
            };
            let names_kind = kind_word.is_some_and(|word| name.contains(word));
            match kind_word {
                Some(word) if !names_kind => {
                    self.add(nature, &format!("{name} {word}"), 1);
                    self.add(nature, &format!("{word} {name}"), 1);
                    if prominence <= 3 {
                        self.add(nature, name, 1);
                    }
                }
                _ => self.add(nature, name, if prominence <= 3 { 2 } else { 1 }),
            }
        }
        for row in self.table("parks.tsv")?.rows() {
            let (name, kind) = (row.get("name"), row.get("kind"));
            let full = if name.ends_with(kind) { name.to_owned() } else { format!("{name} {kind}") };
            self.add(nature, &full, 1);
        }
        Ok(())
    }

    fn groups(&mut self) -> Result<(), PackFault> {
        let nationalities = self.out.list("nationalities", "NORP");
        for row in self.table("nationalities-ogl.tsv")?.rows() {
            self.add(nationalities, row.get("name"), 3);
        }
        let languages = self.out.list("languages", "LANGUAGE");
        for row in self.table("languages.tsv")?.rows() {
            self.add(languages, row.get("name"), 1);
        }
        for row in self.table("compiled.tsv")?.rows() {
            let list = match (row.get("type"), row.get("group")) {
                ("NORP", "ethnic") => "peoples",
                ("NORP", "religious") => "faiths",
                ("NORP", _) => "political-camps",
                ("ORG", "news agency") => "media",
                ("ORG", _) => "forces-and-agencies",
                ("PRODUCT", _) => "weapons-and-vehicles",
                ("LAW", _) => "treaties-and-laws",
                ("EVENT", _) => "events",
                ("FAC", _) => "facilities",
                _ => "areas",
            };
            let list = self.out.list(list, row.get("type"));
            self.add(list, row.get("name"), 2);
        }
        Ok(())
    }

    fn organisations(&mut self) -> Result<(), PackFault> {
        let parties = self.out.list("parties", "ORG");
        for row in self.table("parties.tsv")?.rows() {
            let share = row.get("max_vote_share").parse::<f64>().unwrap_or(0.0);
            let is_alive = row.get("last_year").parse::<u32>().is_ok_and(|year| year >= 2010) || row.get("last_year").is_empty();
            let is_word = !row.get("name").contains(' ');
            match row.get("kind") {
                "abbreviation" if share >= 10.0 && is_alive => self.add(parties, row.get("name"), 0),
                "abbreviation" => {}
                _ => self.add(parties, row.get("name"), u8::from(!is_word)),
            }
        }
        for row in self.table("international-organisations.tsv")?.rows() {
            let (list, label) = match row.get("group") {
                "agreement" | "fta" | "pta" | "armscontrol" => ("treaties-and-laws", "LAW"),
                "gaspipeline" => ("facilities", "FAC"),
                _ => ("international-organisations", "ORG"),
            };
            let list = self.out.list(list, label);
            let rank = match (row.get("kind"), row.get("group")) {
                ("name", _) | ("abbreviation", "unagency" | "military" | "bank" | "political" | "humanitarian") => 2,
                _ => 1,
            };
            self.add(list, without_the(row.get("name")), rank);
        }
        let rows = [
            ("public-bodies.tsv.gz", "public-bodies"),
            ("companies.tsv", "companies"),
            ("universities.tsv", "universities"),
            ("sports-teams.tsv", "teams"),
            ("armed-groups.tsv", "armed-groups"),
        ];
        for (file, list) in rows {
            let list = self.out.list(list, "ORG");
            for row in self.table(file)?.rows() {
                let name = without_the(row.get("name"));
                let is_word = !name.contains(' ');
                let rank = match file {
                    "armed-groups.tsv" => 2,
                    "companies.tsv" => 2,
                    "sports-teams.tsv" if is_word => 0,
                    "public-bodies.tsv.gz" | "universities.tsv" if is_word => 0,
                    _ => 1,
                };
                self.add(list, name, rank);
            }
        }
        let media = self.out.list("media", "ORG");
        for row in self.table("news-media.tsv")?.rows() {
            let name = row.get("name");
            let rank = u8::from(name.contains(' '));
            self.add(media, name, rank);
            self.add(media, without_the(name), rank);
        }
        Ok(())
    }

    fn other_names(&mut self) -> Result<(), PackFault> {
        let events = self.out.list("events", "EVENT");
        for row in self.table("events.tsv")?.rows() {
            self.add(events, without_the(row.get("name")), u8::from(row.get("name").contains(' ')));
        }
        Ok(())
    }

    /// Given names and surnames are words with a class; whole names stand only for people in office. First and last
    /// words of their names widen the classes to many cultures.
    fn people(&mut self) -> Result<(), PackFault> {
        for row in self.table("given-names.tsv")?.rows() {
            let frequent = row.get("rank").parse::<u32>().is_ok_and(|rank| rank <= 300);
            let class = if frequent { WordClass::GIVEN.with(WordClass::GIVEN_FREQUENT) } else { WordClass::GIVEN };
            self.out.word(row.get("name"), class);
        }
        for row in self.table("surnames.tsv.gz")?.rows() {
            let frequent = row.get("percent").parse::<f64>().map_or(row.get("country") != "US", |percent| percent >= 0.008);
            let class = if frequent { WordClass::SURNAME.with(WordClass::SURNAME_FREQUENT) } else { WordClass::SURNAME };
            self.out.word(row.get("name"), class);
        }
        let people = self.out.list("people-in-office", "PERSON");
        let (mut given, mut family) = (BTreeMap::<String, u32>::new(), BTreeMap::<String, u32>::new());
        for row in self.table("politicians.tsv.gz")?.rows() {
            let name = row.get("name");
            let words: Vec<&str> = name.split_whitespace().collect();
            if words.len() < 2 || words.len() > 5 || name.contains([',', '"', '(']) || row.get("position").contains("relative") {
                continue;
            }
            self.add(people, name, 1);
            if words.iter().all(|word| word.chars().count() > 2 && word.chars().next().is_some_and(char::is_uppercase)) {
                *given.entry(words[0].to_owned()).or_default() += 1;
                *family.entry(words[words.len() - 1].to_owned()).or_default() += 1;
            }
        }
        for (names, class, frequent) in
            [(given, WordClass::GIVEN, WordClass::GIVEN_FREQUENT), (family, WordClass::SURNAME, WordClass::SURNAME_FREQUENT)]
        {
            for (name, count) in names.into_iter().filter(|(_, count)| *count >= 3) {
                self.out.word(&name, if count >= 20 { class.with(frequent) } else { class });
            }
        }
        Ok(())
    }
}

fn without_the(name: &str) -> &str {
    name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")).unwrap_or(name)
}

fn read_text(path: &Path) -> Result<String, PackFault> {
    let fault = |fault| PackFault::Read { path: path.to_owned(), fault };
    let bytes = std::fs::read(path).map_err(fault)?;
    let mut text = String::new();
    if path.extension().is_some_and(|end| end == "gz") {
        flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).map_err(fault)?;
    } else {
        text = String::from_utf8(bytes).map_err(|wrong| fault(std::io::Error::other(wrong)))?;
    }
    Ok(text)
}

/// A tab-separated file with a line of column names.
struct Table {
    text: String,
}

impl Table {
    fn read(path: PathBuf) -> Result<Self, PackFault> {
        Ok(Self { text: read_text(&path)? })
    }

    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let columns: Vec<&str> = self.text.lines().next().unwrap_or_default().split('\t').collect();
        let columns: std::rc::Rc<[&str]> = columns.into();
        self.text.lines().skip(1).map(move |line| Row { columns: columns.clone(), cells: line.split('\t').collect() })
    }
}

struct Row<'t> {
    columns: std::rc::Rc<[&'t str]>,
    cells: Vec<&'t str>,
}

impl<'t> Row<'t> {
    /// The cell of a column; empty where there is none.
    fn get(&self, column: &str) -> &'t str {
        let at = self.columns.iter().position(|name| *name == column);
        at.and_then(|at| self.cells.get(at)).map_or("", |cell| cell.trim())
    }
}
