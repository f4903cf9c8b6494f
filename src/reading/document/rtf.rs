//! RTF: what a reader of the document sees, in the code page of each font.
//!
//! Read by hand: rtf-parser 0.4 loses every paragraph's end and knows no code pages, and rtf-grimoire 0.2 gives tokens alone,
//! for which it brings a parser of its own. What is wrong here: letters of Symbol and Wingdings are left out, the code pages
//! 437 and 850 of DOS are read as windows-1252 (and told), and cells of a table inside a cell are lines of that cell.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::blocks::{Blocks, Kind, Row};
use super::hand_out::{Told, hand_out};
use super::rtf_tokens::{Token, Tokens};
use crate::annotation::Meta;
use crate::reading::decode::by_label;
use crate::reading::fault::Trouble;
use crate::reading::incoming::Sink;
use crate::reading::input::Input;
use crate::reading::reader::{How, Reader};

pub static READER: Reader =
    Reader { name: "rtf", what: "an RTF document", endings: &["rtf"], knows: |head| head.bytes.starts_with(b"{\\rtf"), read };

fn read(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let named = how.encoding.map(by_label).transpose()?;
    let mut rtf = Rtf::new(named);
    rtf.read(input.bytes()?);
    rtf.end_table();
    let notes = rtf
        .strange
        .map(|page| Trouble::Partial(format!("is in code page {page}, which was read as windows-1252; look at letters beyond English")));
    let told = Told { title: Some(rtf.title), author: Some(rtf.author) };
    // The code pages that the file names are its own; only one that was asked for is to be asked for again.
    let encoding = named.unwrap_or(UTF_8).name();
    hand_out(input, rtf.blocks.into_page(Meta::default()), &told, encoding, notes.into_iter().collect(), sink)
}

/// Groups deeper than this are read as if they were their parents.
const MAX_GROUPS: usize = 1_000;

/// Where the text of a group goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Place {
    Text,
    Nowhere,
    Fonts,
    Styles,
    Info,
    Title,
    Author,
}

/// What holds in a group.
#[derive(Clone, Copy, Debug)]
struct State {
    place: Place,
    font: i32,
    /// How many bytes stand for a letter that is given by its number.
    fallback: usize,
    is_hidden: bool,
    is_struck: bool,
    in_table: bool,
    style: i32,
    is_item: bool,
    /// Whether the group began a note or a box, whose text is apart.
    opened: Option<Apart>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Apart {
    Note,
    Box,
}

/// Text that is being put together, and what of it is done.
#[derive(Default)]
struct Buffer {
    text: String,
    lines: Vec<String>,
}

struct Rtf {
    state: State,
    above: Vec<State>,
    /// Open groups for which there is no room above.
    deeper: usize,
    forced: Option<&'static Encoding>,
    default: &'static Encoding,
    fonts: BTreeMap<i32, &'static Encoding>,
    styles: BTreeMap<i32, Kind>,
    strange: Option<i32>,
    /// Bytes that wait for their code page: two may make one letter.
    bytes: Vec<u8>,
    /// The first half of a letter that is given in two numbers.
    half: Option<u16>,
    /// How many bytes are still to be passed over, since they stand for a letter that was given by its number.
    skip: usize,
    name: String,
    title: String,
    author: String,
    /// What the body, or the note or box that is open, holds so far.
    buffers: Vec<Buffer>,
    boxes: Vec<Vec<String>>,
    cell: Vec<String>,
    cells: Row,
    rows: Vec<Row>,
    blocks: Blocks,
}

impl Rtf {
    fn new(forced: Option<&'static Encoding>) -> Self {
        let state = State {
            place: Place::Text,
            font: 0,
            fallback: 1,
            is_hidden: false,
            is_struck: false,
            in_table: false,
            style: 0,
            is_item: false,
            opened: None,
        };
        Self {
            state,
            above: Vec::new(),
            deeper: 0,
            forced,
            default: forced.unwrap_or(WINDOWS_1252),
            fonts: BTreeMap::new(),
            styles: BTreeMap::new(),
            strange: None,
            bytes: Vec::new(),
            half: None,
            skip: 0,
            name: String::new(),
            title: String::new(),
            author: String::new(),
            buffers: vec![Buffer::default()],
            boxes: Vec::new(),
            cell: Vec::new(),
            cells: Vec::new(),
            rows: Vec::new(),
            blocks: Blocks::default(),
        }
    }

    fn read(&mut self, bytes: &[u8]) {
        let mut tokens = Tokens::of(bytes);
        // Whether the next word begins what may be passed over by who does not know it.
        let mut is_optional = false;
        while let Some(token) = tokens.next() {
            if self.skip > 0 {
                match token {
                    Token::Byte(_) | Token::Symbol(_) => {
                        self.skip -= 1;
                        continue;
                    }
                    Token::Open | Token::Close => self.skip = 0,
                    Token::Word(..) => {}
                }
            }
            if !matches!(token, Token::Byte(_)) {
                self.flush();
            }
            match token {
                Token::Byte(byte) => self.bytes.push(byte),
                Token::Open if self.above.len() >= MAX_GROUPS => self.deeper += 1,
                Token::Open => {
                    self.above.push(self.state);
                    self.state.opened = None;
                }
                Token::Close if self.deeper > 0 => self.deeper -= 1,
                Token::Close => self.close(),
                Token::Symbol(b'*') => {
                    is_optional = true;
                    continue;
                }
                Token::Symbol(symbol) => self.symbol(symbol),
                Token::Word("bin", count) => tokens.pass(count.and_then(|count| usize::try_from(count).ok()).unwrap_or(0)),
                Token::Word(word, number) => self.word(word, number, is_optional),
            }
            is_optional = false;
        }
        self.flush();
        while !self.above.is_empty() {
            self.close();
        }
        self.end_paragraph();
    }

    fn close(&mut self) {
        if self.state.place == Place::Styles && !self.name.is_empty() {
            let name = std::mem::take(&mut self.name);
            self.styles.insert(self.state.style, Kind::of_style(name.trim_end_matches(';').trim()));
        }
        if let Some(apart) = self.state.opened {
            let mut buffer = self.buffers.pop().unwrap_or_default();
            buffer.lines.push(buffer.text);
            if self.buffers.is_empty() {
                self.buffers.push(Buffer::default());
            }
            match apart {
                Apart::Note => self.blocks.push_note(&buffer.lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join("\n")),
                Apart::Box => self.boxes.push(buffer.lines),
            }
        }
        if let Some(state) = self.above.pop() {
            self.state = state;
        }
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'~' => self.push('\u{A0}'),
            b'_' => self.push('\u{2011}'),
            b'-' => self.push('\u{AD}'),
            b'\\' | b'{' | b'}' => self.push(symbol.into()),
            _ => {}
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>, is_optional: bool) {
        if let Some(place) = self.place_of(word, is_optional) {
            self.state.place = place;
        }
        let is_on = number != Some(0);
        match word {
            "ansicpg" => self.code_page(number.unwrap_or(1252)),
            "mac" => self.code_page(10000),
            "pc" => self.code_page(437),
            "pca" => self.code_page(850),
            "f" => self.state.font = number.unwrap_or(0),
            "fcharset" | "cpg" if self.state.place == Place::Fonts => self.font_page(word, number.unwrap_or(0)),
            "s" => self.state.style = number.unwrap_or(0),
            "uc" => self.state.fallback = number.and_then(|count| usize::try_from(count).ok()).unwrap_or(1).min(16),
            "u" => self.unit(number.unwrap_or(0)),
            "v" => self.state.is_hidden = is_on,
            "deleted" => self.state.is_struck = is_on,
            "plain" => (self.state.is_hidden, self.state.is_struck) = (false, false),
            "pard" => (self.state.in_table, self.state.style, self.state.is_item) = (false, 0, false),
            "intbl" => self.state.in_table = true,
            "ls" => self.state.is_item = is_on,
            "footnote" => self.open(Apart::Note),
            "shptxt" | "dptxbxtext" => self.open(Apart::Box),
            "par" | "sect" | "page" | "column" if self.writes() => self.end_paragraph(),
            "cell" if self.writes() => self.end_cell(),
            "row" if self.writes() => self.end_row(),
            "nestrow" | "line" | "lbr" => self.push('\n'),
            "tab" | "nestcell" => self.push('\t'),
            _ => {
                if let Some(c) = letter_of(word) {
                    self.push(c);
                }
            }
        }
    }

    /// What the group that a word begins is for, where it is not the text.
    fn place_of(&self, word: &str, is_optional: bool) -> Option<Place> {
        match word {
            "fonttbl" => Some(Place::Fonts),
            "stylesheet" => Some(Place::Styles),
            "info" => Some(Place::Info),
            "title" if self.state.place == Place::Info => Some(Place::Title),
            "author" if self.state.place == Place::Info => Some(Place::Author),
            // What of a shape is text is said inside it; pictures for older programs are left out, and so is what was there first.
            "shpinst" | "upr" => Some(Place::Nowhere),
            "shptxt" | "dptxbxtext" | "footnote" | "ud" if self.state.place != Place::Info => Some(Place::Text),
            "colortbl" | "pict" | "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr" | "footerf"
            | "ftnsep" | "ftnsepc" | "aftnsep" | "aftnsepc" | "fldinst" | "listtext" | "pntext" | "shprslt" | "nonshppict"
            | "nonesttables" | "xe" | "tc" | "rxe" | "txe" | "annotation" | "atnid" | "atnauthor" | "listtable" | "listoverridetable"
            | "revtbl" | "rsidtbl" | "filetbl" | "sn" | "sv" | "sp" => Some(Place::Nowhere),
            _ if is_optional => Some(Place::Nowhere),
            _ => None,
        }
    }

    fn open(&mut self, apart: Apart) {
        if self.state.opened.is_none() && self.writes() {
            self.state.opened = Some(apart);
            (self.state.in_table, self.state.is_item) = (false, false);
            self.buffers.push(Buffer::default());
        }
    }

    fn writes(&self) -> bool {
        self.state.place == Place::Text && !self.state.is_hidden && !self.state.is_struck
    }

    fn push(&mut self, c: char) {
        match self.state.place {
            Place::Text if self.writes() => self.buffers.last_mut().into_iter().for_each(|buffer| buffer.text.push(c)),
            Place::Styles => self.name.push(c),
            Place::Title => self.title.push(c),
            Place::Author => self.author.push(c),
            Place::Text | Place::Nowhere | Place::Fonts | Place::Info => {}
        }
    }

    /// Bytes that have come together become text.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        self.half = None;
        let encoding = self.forced.or(self.fonts.get(&self.state.font).copied()).unwrap_or(self.default);
        if encoding != encoding_rs::X_USER_DEFINED {
            encoding.decode_without_bom_handling(&bytes).0.chars().for_each(|c| self.push(c));
        }
    }

    /// A letter by its number, in units of UTF-16.
    fn unit(&mut self, number: i32) {
        self.skip = self.state.fallback;
        let unit = (number & 0xFFFF) as u16;
        let units: Vec<u16> = self.half.take().into_iter().chain([unit]).collect();
        if (0xD800..0xDC00).contains(&unit) {
            self.half = Some(unit);
            return;
        }
        // A picture font has its letters where nobody else has any.
        char::decode_utf16(units).filter_map(Result::ok).filter(|c| !('\u{E000}'..='\u{F8FF}').contains(c)).for_each(|c| self.push(c));
    }

    fn code_page(&mut self, page: i32) {
        let encoding = encoding_of_page(page);
        self.strange = encoding.is_none().then_some(page);
        if self.forced.is_none() {
            self.default = encoding.unwrap_or(WINDOWS_1252);
        }
    }

    fn font_page(&mut self, word: &str, number: i32) {
        let page = if word == "cpg" { Some(number) } else { page_of_charset(number) };
        if let Some(encoding) = page.and_then(encoding_of_page) {
            self.fonts.insert(self.state.font, encoding);
        }
    }

    fn end_paragraph(&mut self) {
        let is_body = self.buffers.len() == 1;
        let Some(buffer) = self.buffers.last_mut() else { return };
        let text = std::mem::take(&mut buffer.text);
        if !is_body {
            buffer.lines.push(text);
            return;
        }
        if self.state.in_table {
            self.cell.push(text);
        } else {
            self.end_table();
            let kind = self.styles.get(&self.state.style).copied().unwrap_or_default();
            self.blocks.push(&text, if kind == Kind::Body && self.state.is_item { Kind::Item } else { kind });
        }
        for lines in std::mem::take(&mut self.boxes) {
            lines.iter().for_each(|line| self.blocks.push(line, Kind::Body));
        }
    }

    fn end_cell(&mut self) {
        if self.buffers.len() == 1 {
            let text = self.buffers.last_mut().map(|buffer| std::mem::take(&mut buffer.text)).unwrap_or_default();
            self.cell.push(text);
            self.cells.push(std::mem::take(&mut self.cell));
        } else {
            self.push('\t');
        }
    }

    fn end_row(&mut self) {
        if self.buffers.len() == 1 && !self.cells.is_empty() {
            self.rows.push(std::mem::take(&mut self.cells));
        }
    }

    fn end_table(&mut self) {
        if !self.cell.is_empty() {
            self.cells.push(std::mem::take(&mut self.cell));
        }
        self.end_row();
        let rows = std::mem::take(&mut self.rows);
        if !rows.is_empty() {
            self.blocks.push_table(&rows);
        }
    }
}

fn letter_of(word: &str) -> Option<char> {
    Some(match word {
        "emdash" => '—',
        "endash" => '–',
        "lquote" => '‘',
        "rquote" => '’',
        "ldblquote" => '“',
        "rdblquote" => '”',
        "bullet" => '•',
        "emspace" => '\u{2003}',
        "enspace" => '\u{2002}',
        "qmspace" => '\u{2005}',
        "zwj" => '\u{200D}',
        "zwnj" => '\u{200C}',
        "zwbo" => '\u{200B}',
        "zwnbo" => '\u{2060}',
        "ltrmark" => '\u{200E}',
        "rtlmark" => '\u{200F}',
        _ => return None,
    })
}

/// The code page of a character set of Windows; that of the file where the set names none.
fn page_of_charset(set: i32) -> Option<i32> {
    Some(match set {
        2 => -1,
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

/// The encoding of a code page; that of picture fonts is one whose letters nobody has.
fn encoding_of_page(page: i32) -> Option<&'static Encoding> {
    let label = match page {
        -1 => "x-user-defined",
        65001 => return Some(UTF_8),
        874 => "windows-874",
        932 => "shift_jis",
        936 => "gbk",
        949 => "euc-kr",
        950 => "big5",
        866 => "ibm866",
        10000 => "macintosh",
        10007 => "x-mac-cyrillic",
        1250 => "windows-1250",
        1251 => "windows-1251",
        1252 => "windows-1252",
        1253 => "windows-1253",
        1254 => "windows-1254",
        1255 => "windows-1255",
        1256 => "windows-1256",
        1257 => "windows-1257",
        1258 => "windows-1258",
        28591 => "iso-8859-1",
        28592 => "iso-8859-2",
        28595 => "iso-8859-5",
        28605 => "iso-8859-15",
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}
