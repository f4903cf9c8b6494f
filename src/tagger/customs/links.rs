//! Links, mail addresses, handles, hashtags and paths of files: what looks like a name in one is none.

use crate::text::Span;

/// Where they lie in a text, in order.
#[derive(Debug, Default)]
pub struct Links {
    spans: Vec<Span>,
}

impl Links {
    pub fn of(text: &str) -> Self {
        let mut spans = Vec::new();
        let mut at = 0;
        for chunk in text.split(char::is_whitespace) {
            if chunk.contains(['/', '@', '#', '\\', '.'])
                && let Some((from, to)) = link_in(chunk)
            {
                spans.push(Span::new(at + from, at + to));
            }
            at += chunk.len();
            at += text[at..].chars().next().map_or(0, char::len_utf8);
        }
        Self { spans }
    }

    /// Whether a span shares a byte with one.
    pub fn touch(&self, span: Span) -> bool {
        let first = self.spans.partition_point(|link| link.end <= span.start);
        self.spans.get(first).is_some_and(|link| link.start < span.end)
    }
}

/// The link in what stands between blanks, without the marks around it.
fn link_in(chunk: &str) -> Option<(usize, usize)> {
    let opening = |c: char| matches!(c, '(' | '[' | '<' | '{' | '"' | '\'' | '“' | '‘' | '«' | '.' | ',' | '—' | ':');
    let closing = |c: char| matches!(c, ')' | ']' | '>' | '}' | '"' | '\'' | '”' | '’' | '»' | '.' | ',' | ';' | ':' | '!' | '?' | '…');
    let rest = chunk.trim_start_matches(opening);
    let from = chunk.len() - rest.len();
    let inner = rest.trim_end_matches(closing);
    is_link(inner).then_some((from, from + inner.len()))
}

fn is_link(word: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if word.contains("://") || word.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("www.")) {
        return true;
    }
    if let Some(rest) = word.strip_prefix(['@', '#']) {
        // `#1` is a place in a ranking.
        return rest.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
    }
    if let Some((name, host)) = word.split_once('@') {
        return is_letter(name.chars().next_back()) && is_letter(host.chars().next()) && host.contains('.');
    }
    is_path(word) || is_page(word) || is_file(word)
}

/// `/home/nora/Oslo.pdf`, `~/Oslo`, `C:\Users\Nora`.
fn is_path(word: &str) -> bool {
    let mut chars = word.chars();
    let drive = (chars.next(), chars.next(), chars.next());
    let is_drive = matches!(drive, (Some(letter), Some(':'), Some('\\' | '/')) if letter.is_ascii_alphabetic());
    let is_rooted = word.starts_with("~/")
        || word.starts_with("\\\\")
        || word.strip_prefix('/').is_some_and(|rest| rest.starts_with(char::is_alphanumeric) && rest.contains('/'));
    is_drive || is_rooted
}

/// `bbc.example/news`: a host with what follows it.
fn is_page(word: &str) -> bool {
    let Some((host, path)) = word.split_once('/') else { return false };
    let end = host.rsplit('.').next().unwrap_or_default();
    let is_host =
        host.contains('.') && !host.starts_with('.') && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':'));
    is_host && end.len() > 1 && end.chars().all(|c| c.is_ascii_lowercase()) && !path.is_empty()
}

/// `Minutes-Oslo.pdf`.
fn is_file(word: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "pdf", "doc", "docx", "xls", "xlsx", "csv", "tsv", "txt", "htm", "html", "jpg", "jpeg", "png", "gif", "zip", "mp3", "mp4", "exe",
        "json", "xml", "odt", "ppt", "pptx", "md",
    ];
    word.rsplit_once('.').is_some_and(|(name, ending)| !name.is_empty() && ENDINGS.contains(&ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_known_by_their_form_and_names_are_none() {
        for link in [
            "https://www.kestrel.example/News/Oslo-Strike.html",
            "www.DeltaPost.example/Graz",
            "press@Kestrel-Robotics.example",
            "Marta.Lind@oslo.example",
            "@NoraHale_MP",
            "#FreeOldbridge",
            "C:\\Users\\Nora\\Oslo.pdf",
            "/home/Nora/Oslo",
            "~/Oslo",
            "\\\\Harbour\\Oslo",
            "kestrel.example/Oslo",
            "Minutes-Oslo.pdf",
            "ftp://Oslo.example",
        ] {
            for around in [format!("see {link}, or"), format!("({link})."), format!("“{link}”")] {
                let links = Links::of(&around);
                let quoted: Vec<_> = links.spans.iter().map(|span| &around[span.range()]).collect();
                assert_eq!(quoted, [link]);
            }
        }
        for word in [
            "Amazon.com",
            "U.S.",
            "J.P.",
            "and/or",
            "AP/Reuters/AFP",
            "Oslo/Bergen",
            "#1",
            "@",
            "Lakeside @ Eastport",
            "3/4",
            "24/7",
            "St.John",
            "No.10",
            "C:",
            "AT&T",
            "Yahoo!",
            "Said: Oslo.",
            "/",
            "//",
            "km/h",
        ] {
            assert!(Links::of(word).spans.is_empty(), "{word}");
        }
    }
}
