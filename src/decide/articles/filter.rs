//! A filter of articles: terms as they are typed, and back.

use std::fmt;
use std::str::FromStr;

use super::fault::Fault;
use super::kinds::{Having, Kind};
use super::term::{Term, What, is_quote, key_of};

/// Which articles are wanted; the default wants all.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Filter {
    terms: Vec<Term>,
}

impl Filter {
    /// What is typed, and what of it is not understood. The rest of it holds meanwhile.
    pub fn parse(typed: &str) -> (Self, Vec<Fault>) {
        let (mut terms, mut faults) = (Vec::new(), Vec::new());
        let mut rest = typed.trim_start();
        while !rest.is_empty() {
            let (term, after) = term(rest);
            match term {
                Ok(term) => terms.push(term),
                Err(fault) => faults.push(fault),
            }
            rest = after.trim_start();
        }
        (Self { terms }, faults)
    }

    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Whether articles that have this are asked for.
    pub fn wants(&self, what: &What) -> bool {
        self.terms.iter().any(|term| !term.is_left_out && term.what == *what)
    }

    /// The same filter without what is asked for, or with it where it is not.
    #[must_use]
    pub fn toggled(&self, what: What) -> Self {
        let mut terms = self.terms.clone();
        terms.retain(|term| term.what != what);
        if !self.wants(&what) {
            terms.push(Term { is_left_out: false, what });
        }
        Self { terms }
    }

    /// The same filter without what it asks of one kind.
    #[must_use]
    pub fn without(&self, kind: Kind) -> Self {
        Self { terms: self.terms.iter().filter(|term| term.is_left_out || term.what.kind() != kind).cloned().collect() }
    }

    /// Whether it can be told of an article only beside all others.
    pub fn compares(&self) -> bool {
        self.terms.iter().any(|term| matches!(term.what, What::Has(Having::Copies | Having::Earlier)))
    }
}

/// The first term of what is typed, and what follows it.
fn term(typed: &str) -> (Result<Term, Fault>, &str) {
    let (is_left_out, typed) = typed.strip_prefix('-').map_or((false, typed), |typed| (true, typed));
    let end = typed.find(char::is_whitespace).unwrap_or(typed.len());
    if typed[..end].is_empty() {
        return (Err(Fault::Minus), typed);
    }
    let key = key_of(&typed[..end]).filter(|_| !typed.starts_with(is_quote)).map(|(key, _)| key);
    let (value, rest) = value(key.map_or(typed, |key| &typed[key.len() + 1..]));
    let kind = match key {
        None => Kind::Words,
        Some(key) => match Kind::from_key(key) {
            Some(kind) => kind,
            None => return (Err(Fault::Kind(key.to_owned())), rest),
        },
    };
    (What::new(kind, value).map(|what| Term { is_left_out, what }), rest)
}

/// A value up to the next blank, or in quotation marks, which need not be closed at the end; and what follows it.
fn value(typed: &str) -> (String, &str) {
    let mut chars = typed.char_indices();
    let Some((_, open)) = chars.next().filter(|(_, c)| is_quote(*c)) else {
        let end = typed.find(char::is_whitespace).unwrap_or(typed.len());
        return (typed[..end].to_owned(), &typed[end..]);
    };
    let mut value = String::new();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if open == '"' && typed[at + 1..].starts_with(['\\', '"']) => value.extend(chars.next().map(|(_, c)| c)),
            c if (open == '"' && c == '"') || (open != '"' && is_quote(c)) => return (value, &typed[at + c.len_utf8()..]),
            c => value.push(c),
        }
    }
    (value, "")
}

impl FromIterator<Term> for Filter {
    fn from_iter<I: IntoIterator<Item = Term>>(terms: I) -> Self {
        Self { terms: terms.into_iter().collect() }
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, term) in self.terms.iter().enumerate() {
            write!(f, "{}{term}", if n == 0 { "" } else { " " })?;
        }
        Ok(())
    }
}

impl FromStr for Filter {
    type Err = Fault;

    /// Of what is not understood, the first.
    fn from_str(typed: &str) -> Result<Self, Fault> {
        let (filter, faults) = Self::parse(typed);
        faults.into_iter().next().map_or(Ok(filter), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::super::days::{Day, Days};
    use super::super::kinds::Standing;
    use super::*;
    use proptest::prelude::*;

    fn written(typed: &str) -> String {
        let (filter, faults) = Filter::parse(typed);
        let faults = faults.iter().map(|fault| format!(" | {fault}"));
        std::iter::once(filter.to_string()).chain(faults).collect()
    }

    #[test]
    fn what_is_typed_is_read_and_what_is_not_understood_is_told() {
        let same = [
            "",
            "budget talks",
            "state:begun -state:flagged label:ORG entity:\"Northgate Bank\" outlet:Courier",
            "day:2026-10..2026-11-15 day:none lang:de tag:follow-up note:ask -has:earlier",
            "\"state:done\" \"-x\" 12:30 a-b x\"y",
        ];
        for typed in same {
            assert_eq!(written(typed), typed);
        }
        let read = [
            ("  budget\n talks ", "budget talks"),
            ("STATE:Done Lang:DE", "state:done lang:DE"),
            ("“Harbour Courier” outlet:„Harbour Courier“ x", "\"Harbour Courier\" outlet:\"Harbour Courier\" x"),
            ("outlet:\"Harbour Cou", "outlet:\"Harbour Cou\""),
            ("\"say \\\"no\\\"\"then", "\"say \\\"no\\\"\" then"),
            ("-\"two words\"", "-\"two words\""),
        ];
        for (typed, expect) in read {
            assert_eq!(written(typed), expect);
        }
        for (typed, expect) in [
            ("state:opn", "state: does not know “opn”, but open, new, begun, done, aside, flagged, contested"),
            ("has:flag", "has: does not know “flag”, but note, open, rejected, copies, earlier"),
            ("label:", "label: wants something behind it"),
            ("- x", "“-” wants something behind it"),
            ("day:2026-13", "“2026-13” is no day"),
            ("http://x", "“http:” is none of state, label, entity, outlet, day, lang, tag, note, has"),
        ] {
            let (_, faults) = Filter::parse(typed);
            assert!(faults.iter().any(|fault| fault.to_string().starts_with(expect)), "{typed}: {faults:?}");
        }
        assert_eq!(written("nonsense:x tag:a").split(" | ").next(), Some("tag:a"), "the rest holds");
    }

    #[test]
    fn a_term_is_put_on_and_taken_off() {
        let done = || What::State(Standing::Done);
        let (filter, _) = Filter::parse("-state:done budget");
        let with = filter.toggled(done());
        assert_eq!(with.to_string(), "budget state:done", "wanted is the opposite of left out");
        assert_eq!(with.toggled(done()).to_string(), "budget");
        assert_eq!(Filter::parse("tag:a state:done tag:b -tag:c").0.without(Kind::Tag).to_string(), "state:done -tag:c");
    }

    fn any_what() -> impl Strategy<Value = What> {
        let text = || prop_oneof![r#"[a-z"“\\:\- ]{1,9}"#, any::<String>()].prop_filter("not blank", |text| !text.trim().is_empty());
        let day = || {
            ("[12][0-9]{3}", proptest::option::of(1u8..=12), proptest::option::of(1u8..=28)).prop_map(|(year, month, day)| {
                let month = month.map(|month| format!("-{month:02}"));
                let day = day.filter(|_| month.is_some()).map(|day| format!("-{day:02}"));
                let written = format!("{year}{}{}", month.unwrap_or_default(), day.unwrap_or_default());
                written.parse::<Day>().expect("a day")
            })
        };
        let days = prop_oneof![
            Just(Days::Unknown),
            day().prop_map(|day| Days::Span(Some(day), Some(day))),
            day().prop_map(|day| Days::Span(None, Some(day))),
            (day(), day()).prop_map(|(a, b)| Days::Span(Some(a.min(b)), Some(a.max(b)))),
        ];
        prop_oneof![
            text().prop_map(What::Words),
            proptest::sample::select(&Standing::ALL[..]).prop_map(What::State),
            text().prop_map(What::Label),
            text().prop_map(What::Entity),
            text().prop_map(What::Outlet),
            days.prop_map(What::Day),
            text().prop_map(What::Language),
            text().prop_map(What::Tag),
            text().prop_map(What::Note),
            proptest::sample::select(&Having::ALL[..]).prop_map(What::Has),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_as_it_was(terms in proptest::collection::vec((any::<bool>(), any_what()), 0..6)) {
            let filter: Filter = terms.into_iter().map(|(is_left_out, what)| Term { is_left_out, what }).collect();
            prop_assert_eq!(Filter::parse(&filter.to_string()), (filter.clone(), Vec::new()), "{}", filter);
        }

        #[test]
        fn nothing_that_is_typed_ends_the_program(typed in any::<String>(), marks in r#"[a-z:" “”\\.\-]{0,40}"#) {
            for typed in [typed, marks] {
                let (filter, _) = Filter::parse(&typed);
                prop_assert_eq!(Filter::parse(&filter.to_string()).0, filter);
            }
        }
    }
}
