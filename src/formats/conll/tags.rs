//! Tags on tokens: how a mention is told by them, in the three kinds of CoNLL and their kin.

use crate::annotation::Label;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tags {
    /// Every mention begins with B-.
    Iob2,
    /// B- only where a mention touches one of the same label before it.
    Iob1,
    /// The last token has E-, a single one S-.
    Bioes,
}

/// What the line that begins an article begins with.
pub const ARTICLE_MARK: &str = "-DOCSTART-";

/// A mention as tokens `start..end`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    pub start: usize,
    pub end: usize,
    pub label: Label,
}

/// The tags of `count` tokens.
pub fn write(tags: Tags, count: usize, runs: &[Run]) -> Vec<String> {
    let mut column = vec!["O".to_owned(); count];
    let mut previous: Option<&Run> = None;
    for run in runs {
        let touches = previous.is_some_and(|before| before.end == run.start && before.label == run.label);
        for (i, cell) in column.iter_mut().enumerate().take(run.end).skip(run.start) {
            let prefix = match tags {
                Tags::Iob1 if i == run.start && touches => "B",
                Tags::Iob1 => "I",
                Tags::Bioes if run.end - run.start == 1 => "S",
                Tags::Bioes if i + 1 == run.end => "E",
                _ if i == run.start => "B",
                _ => "I",
            };
            *cell = format!("{prefix}-{}", run.label);
        }
        previous = Some(run);
    }
    column
}

/// The mentions that tags tell, whichever kind they are: B- and S- begin one, E- and S- end it, I- goes on with one of its
/// label or begins it. That reads IOB1, IOB2 and BIOES alike, and what people write where they mix them. L- and U- are E- and S-
/// of another school, M- is its I-; a label without a prefix counts as I-.
pub fn read<'t>(column: impl IntoIterator<Item = &'t str>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut is_open = false;
    for (i, tag) in column.into_iter().enumerate() {
        let Some((prefix, label)) = parts(tag) else {
            is_open = false;
            continue;
        };
        let begins = matches!(prefix, 'B' | 'S' | 'U');
        match runs.last_mut().filter(|run| is_open && !begins && run.label.as_str() == label) {
            Some(run) => run.end = i + 1,
            None => runs.push(Run { start: i, end: i + 1, label: Label::new(label) }),
        }
        is_open = !matches!(prefix, 'E' | 'L' | 'S' | 'U');
    }
    runs
}

/// Prefix and label; `None` for a token outside.
fn parts(tag: &str) -> Option<(char, &str)> {
    if matches!(tag, "" | "O" | "_" | "-" | "o") {
        return None;
    }
    match tag.split_once(['-', '_']) {
        Some((prefix, label)) if !label.is_empty() && prefix.len() == 1 => {
            let prefix = prefix.chars().next().filter(|c| "BIESLUM".contains(*c));
            Some(prefix.map_or(('I', tag), |prefix| (prefix, label)))
        }
        _ => Some(('I', tag)),
    }
}

/// Whether a cell can only be a tag.
pub fn is_tag(cell: &str) -> bool {
    cell == "O" || matches!(cell.as_bytes(), [b'B' | b'I' | b'E' | b'S' | b'L' | b'U' | b'M', b'-', _, ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every kind tells the same mentions: `Al Gore` `Bo` (PER, touching), `NATO` (ORG).
    #[test]
    fn all_kinds_of_tags_are_read_alike() {
        let told = |column: &str| {
            let runs = read(column.split(' '));
            runs.iter().map(|run| format!("{}..{} {}", run.start, run.end, run.label)).collect::<Vec<_>>().join(", ")
        };
        let same = "0..2 PER, 2..3 PER, 4..5 ORG";
        for (kind, column) in [
            ("IOB2", "B-PER I-PER B-PER O B-ORG"),
            ("IOB1", "I-PER I-PER B-PER O I-ORG"),
            ("BIOES", "B-PER E-PER S-PER O S-ORG"),
            ("BILOU, as spaCy and AllenNLP have it", "B-PER L-PER U-PER O U-ORG"),
            ("BMES, as Chinese corpora have it", "B-PER E-PER S-PER O S-ORG"),
            ("with underscores", "B_PER I_PER B_PER O B_ORG"),
        ] {
            assert_eq!(told(column), same, "{kind}");
        }
        for (column, expected) in [
            ("I-PER I-ORG", "0..1 PER, 1..2 ORG"),
            ("B-PER I-ORG I-ORG", "0..1 PER, 1..3 ORG"),
            ("E-PER I-PER", "0..1 PER, 1..2 PER"),
            ("PER PER O ORG", "0..2 PER, 3..4 ORG"),
            ("B-PER M-PER E-PER", "0..3 PER"),
            ("B-WORK-OF-ART", "0..1 WORK-OF-ART"),
            ("MISC-X", "0..1 MISC-X"),
            ("_ - O", ""),
        ] {
            assert_eq!(told(column), expected, "{column}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let run = |start, end, label: &str| Run { start, end, label: Label::new(label) };
        let runs = [run(0, 2, "PER"), run(2, 3, "PER"), run(3, 5, "ORG"), run(7, 8, "PER")];
        for kind in [Tags::Iob1, Tags::Iob2, Tags::Bioes] {
            let column = write(kind, 9, &runs);
            assert_eq!(read(column.iter().map(String::as_str)), runs, "{kind:?}");
        }
    }
}
