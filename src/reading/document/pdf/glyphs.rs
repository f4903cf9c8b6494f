//! Where the letters of a page stand: the part of a page's program that shows text, run with bounds.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use hayro_font::kurbo::{Affine, Point};
use hayro_font::{CMapResolverFn, Font, FontCache, FontData, FontGlyph, FontResolverFn};
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream, String as PdfString};
use hayro_syntax::page::{Page, Resources};

use super::bidi;

/// How many steps the programs of all pages may take, how many letters they may show, and how much of them is unpacked.
const MAX_STEPS: usize = 10_000_000;
const MAX_LETTERS: usize = 10_000_000;
const MAX_BYTES: usize = 500_000_000;

/// How deep drawings may lie in one another, and states and marks on one another.
const MAX_DEPTH: usize = 12;
const MAX_STATES: usize = 500;

/// Letters that stand beside one another, without a gap. Lengths are those of the page; a line runs along `x`, whichever way
/// it lies, and the next one has a smaller `y`.
#[derive(Clone, PartialEq, Debug)]
pub struct Run {
    pub text: String,
    pub x0: f32,
    pub x1: f32,
    pub y: f32,
    /// How tall its letters are.
    pub size: f32,
    pub is_bold: bool,
    /// Marked as no part of the text, such as the number of the page.
    pub is_frame: bool,
    /// Quarters of a turn to the left.
    pub turn: u8,
}

/// What was read so far, for the fonts of one page are those of the next.
pub struct Reading<'a> {
    fonts: FontCache<'a>,
    known_fonts: BTreeMap<(u32, i32), Option<Rc<Face<'a>>>>,
    steps: usize,
    letters: usize,
    bytes: usize,
    /// Pictures that pages show.
    pub pictures: usize,
    /// Letters whose names are known, and those whose names are not.
    pub known: usize,
    pub unknown: usize,
}

impl Default for Reading<'_> {
    fn default() -> Self {
        Self { fonts: FontCache::new(), known_fonts: BTreeMap::new(), steps: 0, letters: 0, bytes: 0, pictures: 0, known: 0, unknown: 0 }
    }
}

impl<'a> Reading<'a> {
    /// Whether there is more to the file than to any article.
    pub fn is_spent(&self) -> bool {
        self.steps > MAX_STEPS || self.letters > MAX_LETTERS || self.bytes > MAX_BYTES
    }

    /// The text of a page, in the order in which it is drawn.
    pub fn page(&mut self, page: &Page<'a>) -> Vec<Run> {
        let program = self.program(page);
        let shown = page.crop_box();
        let margin = 2.0;
        let mut drawing = Drawing {
            reading: self,
            runs: Vec::new(),
            shown: (
                shown.x0.min(shown.x1) - margin,
                shown.y0.min(shown.y1) - margin,
                shown.x0.max(shown.x1) + margin,
                shown.y0.max(shown.y1) + margin,
            ),
            marks: Vec::new(),
            deeper: 0,
        };
        drawing.run(&program, page.resources(), State::default(), 0);
        drawing.runs
    }

    fn program(&mut self, page: &Page<'a>) -> Vec<u8> {
        let mut program = Vec::new();
        let mut take = |reading: &mut Self, stream: Stream<'a>| {
            if !reading.is_spent()
                && let Ok(data) = stream.decoded_data()
            {
                reading.bytes += data.len();
                program.extend_from_slice(&data);
                program.push(b' ');
            }
        };
        match page.raw().get::<Object<'a>>(b"Contents".as_slice()) {
            Some(Object::Stream(stream)) => take(self, stream),
            Some(Object::Array(streams)) => streams.iter::<Stream<'a>>().for_each(|stream| take(self, stream)),
            _ => {}
        }
        program
    }

    fn face(&mut self, resources: &Resources<'a>, name: &Name<'_>) -> Option<Rc<Face<'a>>> {
        let dict = resources.get_font(name)?;
        let key = dict.obj_id().map(|id| (id.obj_number, id.gen_number));
        if let Some(known) = key.and_then(|key| self.known_fonts.get(&key)) {
            return known.clone();
        }
        let font = if is_sound(&dict) { self.fonts.font(&dict, &no_font(), &letters_of_asia()) } else { None };
        let called = dict.get::<Name<'_>>(b"BaseFont".as_slice()).map(|name| name.as_str().to_lowercase()).unwrap_or_default();
        let is_bold = ["bold", "black", "heavy", "demi"].iter().any(|word| called.contains(word));
        let face = font.map(|font| Rc::new(Face { font, is_bold, letters: Default::default() }));
        if let Some(key) = key {
            self.known_fonts.insert(key, face.clone());
        }
        face
    }
}

/// Fonts are asked for letters, never for their outlines: where a file brings none, one without any glyph will do.
fn no_font() -> FontResolverFn {
    const EMPTY: [u8; 12] = [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    Arc::new(|_| Some((Arc::new(EMPTY) as FontData, 0)))
}

fn letters_of_asia() -> CMapResolverFn {
    Arc::new(hayro_cmap::load_embedded)
}

/// Whether the widths of a font are of letters that there can be; each is written down one by one.
fn is_sound(font: &Dict<'_>) -> bool {
    const MAX_WIDTHS: f64 = 300_000.0;
    let Some(inner) = font.get::<Array<'_>>(b"DescendantFonts".as_slice()).and_then(|inner| inner.iter::<Dict<'_>>().next()) else {
        return true;
    };
    [(b"W".as_slice(), 3), (b"W2".as_slice(), 5)].into_iter().all(|(key, count)| {
        let Some(widths) = inner.get::<Array<'_>>(key) else { return true };
        let mut numbers: Vec<f64> = Vec::new();
        let mut sum = 0.0;
        for item in widths.iter::<Object<'_>>() {
            match item {
                Object::Number(number) => numbers.push(number.as_f64()),
                _ => numbers.clear(),
            }
            if numbers.len() == count {
                sum += (numbers[1] - numbers[0]).abs();
                numbers.clear();
            }
        }
        sum < MAX_WIDTHS && numbers.len() < count
    })
}

/// A font, and what of it was asked for.
struct Face<'a> {
    font: Font<'a>,
    is_bold: bool,
    letters: std::cell::RefCell<BTreeMap<u32, Letter>>,
}

#[derive(Clone)]
struct Letter {
    text: Option<Rc<str>>,
    /// In thousandths of the size.
    width: f64,
}

impl Face<'_> {
    fn letter(&self, code: u32) -> Letter {
        if let Some(letter) = self.letters.borrow().get(&code) {
            return letter.clone();
        }
        let glyph = self.font.glyph(self.font.map_code(code), code);
        let text = match glyph {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        let text: Option<String> = text.map(|text| match text {
            hayro_cmap::BfString::Char(c) => bidi::seen(&plain(&c.to_string())),
            hayro_cmap::BfString::String(text) => bidi::seen(&plain(&text)),
        });
        let advance = self.font.code_advance(code);
        let width = if self.font.is_horizontal() { advance.x } else { -advance.y };
        let letter = Letter { text: text.map(Rc::from), width: if width.is_finite() { width } else { 0.0 } };
        self.letters.borrow_mut().insert(code, letter.clone());
        letter
    }
}

/// Without ligatures and control characters; private letters are nobody's.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\u{FB00}' => out.push_str("ff"),
            '\u{FB01}' => out.push_str("fi"),
            '\u{FB02}' => out.push_str("fl"),
            '\u{FB03}' => out.push_str("ffi"),
            '\u{FB04}' => out.push_str("ffl"),
            '\u{FB05}' | '\u{FB06}' => out.push_str("st"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if bidi::letters_of(c).is_some() => out.extend(bidi::letters_of(c)),
            c if c.is_control() || ('\u{E000}'..='\u{F8FF}').contains(&c) || c == '\u{FFFD}' => {}
            c => out.push(c),
        }
    }
    out
}

#[derive(Clone)]
struct State<'a> {
    page: Affine,
    face: Option<Rc<Face<'a>>>,
    size: f64,
    letter_gap: f64,
    word_gap: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

impl Default for State<'_> {
    fn default() -> Self {
        Self { page: Affine::IDENTITY, face: None, size: 0.0, letter_gap: 0.0, word_gap: 0.0, stretch: 1.0, leading: 0.0, rise: 0.0 }
    }
}

/// What a part of the page is marked as.
struct Mark {
    is_frame: bool,
    /// What its letters say in all, until the first of them was shown.
    says: Option<Option<String>>,
}

struct Drawing<'r, 'a> {
    reading: &'r mut Reading<'a>,
    runs: Vec<Run>,
    shown: (f64, f64, f64, f64),
    marks: Vec<Mark>,
    /// Open marks for which there is no room.
    deeper: usize,
}

impl<'a> Drawing<'_, 'a> {
    fn run(&mut self, program: &[u8], resources: &Resources<'a>, state: State<'a>, depth: usize) {
        let mut state = state;
        let mut above: Vec<State<'a>> = Vec::new();
        let (mut text, mut line) = (Affine::IDENTITY, Affine::IDENTITY);
        let mut steps = TypedIter::new(program);
        while let Some(step) = steps.next() {
            self.reading.steps += 1;
            if self.reading.is_spent() {
                return;
            }
            match step {
                TypedInstruction::SaveState(_) if above.len() < MAX_STATES => above.push(state.clone()),
                TypedInstruction::RestoreState(_) => state = above.pop().unwrap_or(state),
                TypedInstruction::Transform(m) => state.page *= matrix([m.0, m.1, m.2, m.3, m.4, m.5]),
                TypedInstruction::CharacterSpacing(gap) => state.letter_gap = gap.0.as_f64(),
                TypedInstruction::WordSpacing(gap) => state.word_gap = gap.0.as_f64(),
                TypedInstruction::HorizontalScaling(stretch) => state.stretch = stretch.0.as_f64() / 100.0,
                TypedInstruction::TextLeading(leading) => state.leading = leading.0.as_f64(),
                TypedInstruction::TextRise(rise) => state.rise = rise.0.as_f64(),
                TypedInstruction::TextFont(font) => {
                    state.face = self.reading.face(resources, font.0);
                    state.size = font.1.as_f64();
                }
                TypedInstruction::BeginText(_) => (text, line) = (Affine::IDENTITY, Affine::IDENTITY),
                TypedInstruction::SetTextMatrix(m) => {
                    line = matrix([m.0, m.1, m.2, m.3, m.4, m.5]);
                    text = line;
                }
                TypedInstruction::NextLine(by) => next(&mut line, &mut text, by.0.as_f64(), by.1.as_f64()),
                TypedInstruction::NextLineAndSetLeading(by) => {
                    state.leading = -by.1.as_f64();
                    next(&mut line, &mut text, by.0.as_f64(), by.1.as_f64());
                }
                TypedInstruction::NextLineUsingLeading(_) => next(&mut line, &mut text, 0.0, -state.leading),
                TypedInstruction::ShowText(show) => self.show(show.0, &state, &mut text),
                TypedInstruction::NextLineAndShowText(show) => {
                    next(&mut line, &mut text, 0.0, -state.leading);
                    self.show(show.0, &state, &mut text);
                }
                TypedInstruction::ShowTextWithParameters(show) => {
                    (state.word_gap, state.letter_gap) = (show.0.as_f64(), show.1.as_f64());
                    next(&mut line, &mut text, 0.0, -state.leading);
                    self.show(show.2, &state, &mut text);
                }
                TypedInstruction::ShowTexts(show) => {
                    for item in show.0.iter::<Object<'_>>() {
                        match item {
                            Object::String(part) => self.show(&part, &state, &mut text),
                            Object::Number(back) => advance(&mut text, &state, -back.as_f64() / 1000.0 * state.size),
                            _ => {}
                        }
                    }
                }
                TypedInstruction::XObject(drawing) => {
                    if let Some(drawing) = resources.get_x_object(drawing.0) {
                        self.draw(&drawing, resources, &state, depth);
                    }
                }
                TypedInstruction::InlineImage(_) => self.reading.pictures += 1,
                TypedInstruction::BeginMarkedContent(mark) => self.mark(mark.0, None),
                TypedInstruction::BeginMarkedContentWithProperties(mark) => {
                    let told = match mark.1 {
                        Object::Dict(told) => said_by(told),
                        Object::Name(name) => resources.properties.get::<Dict<'_>>(name).and_then(|told| said_by(&told)),
                        _ => None,
                    };
                    self.mark(mark.0, told);
                }
                TypedInstruction::EndMarkedContent(_) if self.deeper > 0 => self.deeper -= 1,
                TypedInstruction::EndMarkedContent(_) => {
                    self.marks.pop();
                }
                _ => {}
            }
        }
    }

    fn mark(&mut self, tag: &Name<'_>, told: Option<String>) {
        if self.marks.len() < MAX_STATES {
            self.marks.push(Mark { is_frame: tag.as_str() == "Artifact", says: told.map(Some) });
        } else {
            self.deeper += 1;
        }
    }

    fn draw(&mut self, drawing: &Stream<'a>, resources: &Resources<'a>, state: &State<'a>, depth: usize) {
        let dict = drawing.dict();
        if dict.get::<Name<'_>>(b"Subtype".as_slice()).is_none_or(|kind| kind.as_str() != "Form") {
            self.reading.pictures += 1;
            return;
        }
        if depth >= MAX_DEPTH {
            return;
        }
        // Finding a drawing takes as long as many steps of it.
        self.reading.steps += 100;
        let Ok(program) = drawing.decoded_data() else { return };
        self.reading.bytes += program.len();
        let own = dict.get::<Dict<'a>>(b"Resources".as_slice()).map(Resources::new);
        let mut state = state.clone();
        if let Some(place) = dict.get::<Array<'_>>(b"Matrix".as_slice()) {
            let numbers: Vec<Number> = place.iter::<Number>().take(6).collect();
            if let Ok(numbers) = <[Number; 6]>::try_from(numbers) {
                state.page *= matrix(numbers);
            }
        }
        self.run(&program, own.as_ref().unwrap_or(resources), state, depth + 1);
    }

    fn show(&mut self, codes: &PdfString<'_>, state: &State<'a>, text: &mut Affine) {
        let Some(face) = &state.face else {
            self.reading.unknown += codes.as_bytes().len();
            return;
        };
        let bytes = codes.as_bytes();
        let mut at = 0;
        while at < bytes.len() && !self.reading.is_spent() {
            let (code, length) = face.font.read_code(bytes, at);
            at += length.max(1);
            self.reading.letters += 1;
            let letter = face.letter(code);
            let width = letter.width / 1000.0 * state.size;
            self.put(&letter, width, state, *text, face);
            let gap = state.letter_gap + if length == 1 && code == 32 { state.word_gap } else { 0.0 };
            advance(text, state, width + gap);
        }
    }

    fn put(&mut self, letter: &Letter, width: f64, state: &State<'a>, text: Affine, face: &Face<'_>) {
        let place = state.page * text * Affine::translate((0.0, state.rise));
        let origin = place * Point::ZERO;
        let is_down = !face.font.is_horizontal();
        let along = if is_down { place * Point::new(0.0, -1.0) } else { place * Point::new(state.stretch, 0.0) } - origin;
        let up = if is_down { place * Point::new(1.0, 0.0) } else { place * Point::new(0.0, 1.0) } - origin;
        let (size, width) = (up.hypot() * state.size.abs(), along.hypot() * width.abs());
        let is_shown = origin.x >= self.shown.0 && origin.y >= self.shown.1 && origin.x <= self.shown.2 && origin.y <= self.shown.3;
        if !(size.is_finite() && width.is_finite() && is_shown) || size <= 0.0 {
            return;
        }
        let said = self.marks.iter_mut().rev().find_map(|mark| mark.says.as_mut());
        let said: Option<Rc<str>> = match said {
            Some(said) => said.take().map(|said| Rc::from(bidi::seen(&plain(&said)))),
            None => {
                let is_known = letter.text.is_some();
                self.reading.known += usize::from(is_known);
                self.reading.unknown += usize::from(!is_known);
                letter.text.clone()
            }
        };
        let turn = match (along.x.abs() >= along.y.abs(), along.x >= 0.0, along.y >= 0.0) {
            (true, true, _) => 0,
            (true, false, _) => 2,
            (false, _, true) => 1,
            (false, _, false) => 3,
        };
        let (x, y) = match turn {
            0 => (origin.x, origin.y),
            1 => (origin.y, -origin.x),
            2 => (-origin.x, -origin.y),
            _ => (-origin.y, origin.x),
        };
        let run = Run {
            text: said.as_deref().unwrap_or_default().to_owned(),
            x0: x as f32,
            // Letters that are set wide apart are one word.
            x1: (x + width + along.hypot() * state.letter_gap.max(0.0)) as f32,
            y: y as f32,
            size: size as f32,
            is_bold: face.is_bold,
            is_frame: self.marks.iter().any(|mark| mark.is_frame),
            turn,
        };
        match self.runs.last_mut().filter(|last| last.is_beside(&run)) {
            Some(last) => {
                last.text.push_str(&run.text);
                last.x1 = run.x1;
            }
            None => self.runs.push(run),
        }
    }
}

impl Run {
    /// Whether another goes on where this one ends.
    fn is_beside(&self, next: &Run) -> bool {
        let near = 0.12 * self.size;
        (self.y - next.y).abs() < 0.01 * self.size
            && (self.x1 - next.x0).abs() < near
            && (self.size - next.size).abs() < 0.01 * self.size
            && (self.turn, self.is_bold, self.is_frame) == (next.turn, next.is_bold, next.is_frame)
    }
}

fn matrix(numbers: [Number; 6]) -> Affine {
    Affine::new(numbers.map(|number| number.as_f64()))
}

fn next(line: &mut Affine, text: &mut Affine, x: f64, y: f64) {
    *line *= Affine::translate((x, y));
    *text = *line;
}

/// Moves on by a length, which the stretch of the text makes longer; text that runs down moves down.
fn advance(text: &mut Affine, state: &State<'_>, length: f64) {
    let is_down = state.face.as_ref().is_some_and(|face| !face.font.is_horizontal());
    *text *= if is_down { Affine::translate((0.0, -length)) } else { Affine::translate((length * state.stretch, 0.0)) };
}

fn said_by(told: &Dict<'_>) -> Option<String> {
    told.get::<PdfString<'_>>(b"ActualText".as_slice()).map(|text| text_string(text.as_bytes()))
}

/// A text of PDF: UTF-16 or UTF-8 with its mark, else Latin letters.
pub fn text_string(bytes: &[u8]) -> String {
    let encoding = encoding_rs::Encoding::for_bom(bytes).map_or(encoding_rs::WINDOWS_1252, |(encoding, _)| encoding);
    encoding.decode_with_bom_removal(bytes).0.into_owned()
}
