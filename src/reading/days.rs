//! Days as newsrooms write them, in the six languages of the archives, as ISO 8601.

use std::sync::LazyLock;

use regex::Regex;

use super::details::pattern;

/// The day that a line names in full, as `2021-03-04`: in words of English, German, French, Dutch, Spanish or Italian, as ISO
/// 8601, or in figures where day and month cannot be confused.
pub fn day_in(line: &str) -> Option<String> {
    day_or_month_in(line).filter(|day| day.len() > "2021-03".len())
}

/// As [`day_in`]; where the line names a month alone, that: `2021-03`.
pub fn day_or_month_in(line: &str) -> Option<String> {
    iso(line).or_else(|| in_words(line)).or_else(|| in_figures(line))
}

static ISO: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(\d{4})-(\d{2})-(\d{2})(?:\b|T)"));
static FIGURES: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(\d{1,2})([/.])(\d{1,2})[/.](\d{4})\b"));

fn iso(line: &str) -> Option<String> {
    ISO.captures(line).and_then(|m| day(m[1].parse().ok()?, m[2].parse().ok()?, m[3].parse().ok()?))
}

/// Full stops part days from months, in this order, everywhere; strokes do so in either.
fn in_figures(line: &str) -> Option<String> {
    let m = FIGURES.captures(line)?;
    let (a, b, year): (i8, i8, i16) = (m[1].parse().ok()?, m[3].parse().ok()?, m[4].parse().ok()?);
    match (&m[2] == "." || a > 12 || a == b, b > 12) {
        (true, false) => day(year, b, a),
        (false, true) => day(year, a, b),
        _ => None,
    }
}

fn in_words(line: &str) -> Option<String> {
    let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !matches!(*word, "" | "de" | "del" | "of")).collect();
    let in_month = |word: Option<&&str>| {
        let word = word?;
        let digits = word.trim_end_matches(char::is_alphabetic);
        let is_ordinal = matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th" | "er" | "e" | "º");
        digits.parse::<i8>().ok().filter(|day| is_ordinal && (1..=31).contains(day))
    };
    let as_year = |word: Option<&&str>| word?.parse::<i16>().ok().filter(|_| word.is_some_and(|word| word.len() == 4));
    let at = |i: usize| {
        let month = month(words[i])?;
        let before = i.checked_sub(1).and_then(|i| in_month(words.get(i)));
        if let Some(year) = as_year(words.get(i + 1)) {
            return before.map_or_else(|| Some(format!("{year:04}-{month:02}")), |before| day(year, month, before));
        }
        let after = in_month(words.get(i + 1))?;
        day(as_year(words.get(i + 2))?, month, after)
    };
    let found: Vec<String> = (0..words.len()).filter_map(at).collect();
    found.iter().find(|day| day.len() > 7).or(found.first()).cloned()
}

fn day(year: i16, month: i8, day: i8) -> Option<String> {
    jiff::civil::Date::new(year, month, day).ok().filter(|_| (1400..=2200).contains(&year)).map(|date| date.to_string())
}

/// The number of a month by its name or the usual abbreviation of one.
pub fn month(name: &str) -> Option<i8> {
    const MONTHS: [&[&str]; 12] = [
        &["january", "januar", "jänner", "janvier", "januari", "enero", "gennaio"],
        &["february", "februar", "feber", "février", "fevrier", "februari", "febrero", "febbraio"],
        &["march", "märz", "maerz", "mrz", "mars", "maart", "mrt", "marzo"],
        &["april", "avril", "abril", "aprile"],
        &["may", "mai", "mei", "mayo", "maggio"],
        &["june", "juni", "juin", "junio", "giugno"],
        &["july", "juli", "juillet", "julio", "luglio"],
        &["august", "août", "aout", "augustus", "agosto"],
        &["september", "septembre", "septiembre", "setiembre", "settembre"],
        &["october", "oktober", "octobre", "octubre", "ottobre"],
        &["november", "novembre", "noviembre"],
        &["december", "dezember", "décembre", "decembre", "diciembre", "dicembre"],
    ];
    let name = name.to_lowercase();
    let count = name.chars().count();
    let is_it = |month: &&str| *month == name || ((3..=4).contains(&count) && month.starts_with(name.as_str()));
    let at = MONTHS.iter().position(|names| names.iter().any(is_it))?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_the_languages_of_the_archives() {
        for (line, expected) in [
            ("March 4, 2021 Thursday", "2021-03-04"),
            ("4 March 2021 Thursday", "2021-03-04"),
            ("Thursday, 4th of March, 2021", "2021-03-04"),
            ("Donnerstag 4. März 2021", "2021-03-04"),
            ("21. Jänner 2020", "2020-01-21"),
            ("04.03.2021", "2021-03-04"),
            ("jeudi 4 mars 2021", "2021-03-04"),
            ("1er août 2019", "2019-08-01"),
            ("31 décembre 2019 mardi", "2019-12-31"),
            ("donderdag 4 maart 2021", "2021-03-04"),
            ("18 mrt 2021", "2021-03-18"),
            ("jueves 4 de marzo de 2021", "2021-03-04"),
            ("12 septiembre 2018", "2018-09-12"),
            ("giovedì 4 marzo 2021", "2021-03-04"),
            ("1º luglio 2017", "2017-07-01"),
            ("2021-03-04T08:00:00+01:00", "2021-03-04"),
            ("Sept. 4, 2024, 7:15 a.m.", "2024-09-04"),
            ("The Harbour Monthly, March 2021", "2021-03"),
            ("25/03/2021", "2021-03-25"),
        ] {
            assert_eq!(day_or_month_in(line).as_deref(), Some(expected), "{line}");
        }
        for line in
            ["9/3/2024", "Mayor 4, 2024", "February 30, 2024", "2024", "The talks of March", "in May 2024", "100 March 2021 Road, 5", ""]
        {
            assert_eq!(day_in(line), None, "{line}");
        }
    }
}
