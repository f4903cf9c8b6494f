use std::path::{Path, PathBuf};

use eframe::egui::epaint::text::cursor::CCursor;
use eframe::egui::epaint::text::{FontInsert, FontPriority, InsertFontFamily};
use eframe::egui::{FontData, FontFamily, RawInput, ViewportId};
use unicode_segmentation::UnicodeSegmentation as _;

use super::*;
use crate::view::fonts;

/// One paragraph with a name or a few words in every script that the page promises to act on rightly.
const EVERY_SCRIPT: &str = "Amnon Tal (אמנון טל) met Karim Nassar (كريم نصار، وزير) and read שָׁלוֹם and مُحَمَّد aloud. The house \
                            (ทำเนียบรัฐบาล น้ำคำ) wrote to ຄຳໄຊ and ສຳນັກ, the paper கொழும்பு போராட்டம் கோவை ஸ்ரீலங்கா to কোলকাতা \
                            পৌরসভা and കൊച്ചി കോഴിക്കോട്, then दिल्ली विश्वविद्यालय क्षेत्र and ភ្នំពេញ ក្រុង spoke of 岸田文雄 and 서울 \
                            before Nora Hale left the office in Vienna for U.S. flights.";

const FACES: [&str; 10] = [
    "NotoSansHebrew-Regular.ttf",
    "NotoSansArabic-Regular.ttf",
    "NotoSansThai-Regular.ttf",
    "NotoSansLao-Regular.ttf",
    "NotoSansTamil-Regular.ttf",
    "NotoSansBengali-Regular.ttf",
    "NotoSansMalayalam-Regular.ttf",
    "NotoSansDevanagari-Regular.ttf",
    "NotoSansKhmer-Regular.ttf",
    "NotoSansCJK-Regular.ttc",
];

/// Where a face of the system lies.
fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    let entries = std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
    entries.into_iter().find_map(|path| match path.is_dir() {
        true => find(&path, name),
        false => path.file_name().is_some_and(|own| own == name).then_some(path),
    })
}

/// Lays texts out with the faces of the system; without them says so and does nothing.
fn with_faces(scale: f32, run: impl FnOnce(&egui::Context)) {
    let files: Vec<_> = FACES.iter().filter_map(|name| Some((*name, find(Path::new("/usr/share/fonts"), name)?))).collect();
    if files.len() < FACES.len() {
        eprintln!("skipped: needs the faces of fonts-noto-core and fonts-noto-cjk");
        return;
    }
    let ctx = egui::Context::default();
    fonts::install(&ctx);
    for (name, path) in files {
        let data = FontData::from_owned(std::fs::read(path).unwrap());
        let families = [FontFamily::Proportional, fonts::serif(1.0).family, fonts::serif_bold(1.0).family];
        let families = families.map(|family| InsertFontFamily { family, priority: FontPriority::Lowest });
        ctx.add_font(FontInsert::new(name, data, families.to_vec()));
    }
    pass(&ctx, scale, run);
}

fn pass(ctx: &egui::Context, scale: f32, run: impl FnOnce(&egui::Context)) {
    let mut input = RawInput::default();
    input.viewports.entry(ViewportId::ROOT).or_default().native_pixels_per_point = Some(scale);
    let mut run = Some(run);
    // The faces are there from the second pass on.
    ctx.run_ui(input.clone(), |_| {}).drop_without_applying_deltas();
    let output = ctx.run_ui(input, |ui| {
        if let Some(run) = run.take() {
            run(ui.ctx());
        }
    });
    output.drop_without_applying_deltas();
}

fn letters(ctx: &egui::Context, text: &str, width: f32) -> Letters {
    let format = TextFormat { line_height: Some(30.0), ..TextFormat::simple(fonts::serif(18.5), Color32::BLACK) };
    Letters::new(lay_out(ctx, text, &Cut::new(text), &format, TextWrapping::wrap_at_width(width)), ctx)
}

fn centre(piece: &Piece) -> Pos2 {
    piece.rect.center()
}

/// Every character has a box, the middle of the box is the character, and what is drawn in the box is the character.
fn check_every_character(letters: &Letters, text: &str, told: &str) {
    assert!(!letters.cells.is_empty(), "{told}: nothing can be pointed at");
    for (at, cluster) in text.grapheme_indices(true) {
        let end = at + cluster.len();
        let pieces = letters.pieces(at, end);
        if cluster.chars().all(char::is_whitespace) {
            continue;
        }
        assert!(!pieces.is_empty(), "{told}: {cluster:?} at {at} has no box");
        for piece in &pieces {
            assert!(piece.rect.width() > 0.5, "{told}: {cluster:?} at {at} has a box of no width");
            assert_eq!(letters.under(centre(piece)), Some(at..end), "{told}: a click on {cluster:?}");
        }
    }
    let turned = &letters.galley.job.text;
    for row in &letters.galley.rows {
        for glyph in row.glyphs.iter().filter(|glyph| glyph.advance_width > 2.0 && !glyph.chr.is_whitespace()) {
            let at = pos2(row.pos.x + glyph.pos.x + glyph.advance_width / 2.0, (row.min_y() + row.max_y()) / 2.0);
            let under = letters.under(at).expect("a glyph is drawn here");
            // A glyph of several characters is called after the first of them.
            let before = text[..under.start].grapheme_indices(true).rev().take(2).last().map_or(under.start, |(at, _)| at);
            let near = &text[before..under.end];
            assert!(
                near.contains(glyph.chr) || turned[under.clone()].contains(glyph.chr),
                "{told}: {:?} is drawn where {:?} is",
                glyph.chr,
                &text[under]
            );
        }
    }
}

#[test]
fn every_character_of_every_script_is_where_it_is_drawn() {
    for scale in [1.0, 1.5, 2.0] {
        with_faces(scale, |ctx| {
            for width in 200..=700 {
                let letters = letters(ctx, EVERY_SCRIPT, width as f32);
                check_every_character(&letters, EVERY_SCRIPT, &format!("{} %, width {width}", scale * 100.0));
            }
        });
    }
}

#[test]
fn words_that_run_from_the_right_stand_in_reading_order() {
    with_faces(1.0, |ctx| {
        let text = "Then Amnon אמנון טל (בן 42) met Nora";
        let letters = letters(ctx, text, 900.0);
        let x = |words: &str| {
            let at = text.find(words).unwrap();
            let pieces = letters.pieces(at, at + words.len());
            assert_eq!(pieces.len(), 1, "{words}");
            pieces[0].rect
        };
        let order = ["Then", "Amnon", "42", "בן", "טל", "אמנון", "met", "Nora"].map(|words| x(words).left());
        assert!(order.is_sorted(), "{order:?}");
        assert!(x("אמנון טל").contains_rect(x("טל")), "a name of two words is one box");
        let two = letters.pieces(text.find("Amnon").unwrap(), text.find(" טל").unwrap());
        assert_eq!(two.len(), 2, "words of two directions that do not touch have a box each");
        assert!(two[0].ends_left && two[0].ends_right && two[1].ends_left && two[1].ends_right);
        let name = text.find("אמנון").unwrap();
        assert_eq!(letters.caret(name).map(|at| at.left()), Some(x("אמנון").right()), "the caret begins at the right");
        assert_eq!(letters.place(x("אמנון").right_center()), Some(name));
    });
}

#[test]
fn a_text_from_the_right_begins_at_the_right_edge_of_every_row() {
    with_faces(1.5, |ctx| {
        let text = "قال وزير الموانئ كريم نصار (Karim Nassar) إن 42 سفينة وصلت إلى الميناء يوم الثلاثاء، ثم غادرت.";
        let letters = letters(ctx, text, 300.0);
        check_every_character(&letters, text, "an Arabic paragraph");
        assert!(letters.galley.rows.len() > 1);
        let first = letters.pieces(0, "قال".len())[0];
        assert!((first.rect.right() - 300.0).abs() < 2.0, "{first:?}");
        for row in 0..letters.galley.rows.len() as u32 {
            let seen = letters.cells.iter().filter(|cell| cell.row == row && !letters.is_blank(cell));
            let right = seen.map(|cell| cell.right).fold(0.0, f32::max);
            assert!((right - 300.0).abs() < 2.0, "row {row} ends at {right}");
        }
        let bracket = text.find('(').unwrap();
        assert_eq!(&letters.galley.job.text[bracket..=bracket], ")", "a bracket opens to the left");
    });
}

#[test]
fn one_name_from_the_right_turns_no_line_round() {
    assert!(!is_from_right("אמנון טל met Nora Hale in Vienna"));
    assert!(is_from_right("אמנון טל פגש את Nora Hale בעיר"));
    assert!(!is_from_right("Nora Hale"));
}

#[test]
fn a_text_that_does_not_add_up_has_no_places() {
    let ctx = egui::Context::default();
    fonts::install(&ctx);
    pass(&ctx, 1.0, |ctx| {
        let text = "Angela Castor met Nora Hale";
        let whole = letters(ctx, text, 200.0);
        check_every_character(&whole, text, "as it is");
        let mut galley = Galley::clone(&whole.galley);
        Arc::make_mut(&mut galley.rows[0].row).glyphs.pop();
        let short = Letters::new(Arc::new(galley), ctx);
        assert_eq!(short.pieces(0, text.len()), []);
        assert_eq!((short.under(pos2(5.0, 5.0)), short.place(pos2(5.0, 5.0)), short.caret(0)), (None, None, None));
    });
}

#[test]
fn the_cursor_of_a_field_counts_characters() {
    with_faces(1.0, |ctx| {
        for text in [EVERY_SCRIPT, "שלום", "مُحَمَّد", "கொழும்பு", "น้ำคำ", "one\nשלום לך\n\nكريم نصار met", "Nora", ""]
        {
            let area = egui::Area::new(egui::Id::unique("field"));
            let galley = area.show(ctx, |ui| field(None, Lines::Many)(ui, &text.to_owned(), 300.0)).inner;
            assert_eq!(galley.end().index.0, text.chars().count(), "{text:?}");
            let shown: Vec<String> = galley.rows.iter().map(|row| row.text()).collect();
            assert_eq!(shown.concat(), text.replace('\n', ""), "a screen reader hears what is written");
            assert_eq!(galley.rows.iter().filter(|row| row.ends_with_newline).count(), text.matches('\n').count());
            let places = (0..=text.chars().count()).map(|index| galley.pos_from_cursor(CCursor::new(index)));
            assert!(places.into_iter().all(|at| at.left() >= -0.1 && at.left() < 301.0), "{text:?}");
        }
    });
}

#[test]
fn what_is_only_looked_at_is_in_order_and_may_be_cut_short() {
    with_faces(1.0, |ctx| {
        let area = egui::Area::new(egui::Id::unique("looked at"));
        area.show(ctx, |ui| {
            let whole = line(ui, "met אמנון טל at", fonts::serif(14.0), Color32::BLACK, false);
            let x = |c: char| whole.rows[0].glyphs.iter().find(|glyph| glyph.chr == c && glyph.advance_width > 0.0).unwrap().pos.x;
            assert!(x('m') < x('ט') && x('ט') < x('א'), "the first word of the name is at the right");
            let told =
                in_order(ui, LayoutJob::simple_singleline("Undo: confirm אמנון שטרנברג".to_owned(), fonts::sans(12.0), Color32::BLACK));
            let undo = told.rows[0].glyphs.iter().find(|glyph| glyph.chr == 'U').unwrap();
            assert!(undo.pos.x < 1.0, "words of the window begin at the left, whatever name is in them");
            for width in 1..200 {
                let mut job = LayoutJob::simple_singleline("met אמנון טל at קפה كريم".to_owned(), fonts::serif(14.0), Color32::BLACK);
                job.wrap = TextWrapping::truncate_at_width(width as f32);
                let galley = in_order(ui, job);
                assert!(galley.rect.width() <= width.max(20) as f32 + 1.0, "{width}: {:?}", galley.rect);
                assert!(galley.rows[0].glyphs.iter().all(|glyph| glyph.pos.x > -1.0 && glyph.pos.x <= 200.0));
            }
        });
    });
}

#[test]
fn letters_that_share_a_glyph_share_its_width() {
    with_faces(1.0, |ctx| {
        let text = "سلام";
        let letters = letters(ctx, text, 900.0);
        let widths: Vec<f32> = letters.cells.iter().map(|cell| cell.right - cell.left).collect();
        assert_eq!(letters.cells.len(), 4);
        assert!((widths[1] - widths[2]).abs() < 0.01 && widths[1] > 1.0, "lam and alef are one glyph: {widths:?}");
        assert!(letters.cells[1].left > letters.cells[2].left, "lam is read first");
    });
}
