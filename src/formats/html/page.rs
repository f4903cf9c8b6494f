//! What the report is made of.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::super::format::{Context, Sheet, Tally};
use crate::annotation::{Article, Digest, Mention, Scheme};
use crate::decide::certificate::{Rate, Told};
use crate::text::Span;

/// An article's section is the first page of its sheet; the second holds its lines of the index.
pub fn write(article: &Article, context: &Context<'_>, sheet: &mut Sheet) -> Result<(), String> {
    // Made from the id, for it stands in links and the articles are written side by side.
    let mut anchor = Digest::of(article.id.as_str().as_bytes()).to_string();
    anchor.truncate(10);
    let mut out = String::new();
    let title = escaped(article.title());
    let details = [&article.meta.outlet, &article.meta.published, &article.meta.byline].into_iter().flatten().map(|detail| escaped(detail));
    let details = details.chain([escaped(article.id.as_str())]).collect::<Vec<_>>().join(" · ");
    let language = article.meta.language.as_deref().map(|language| format!(" lang=\"{}\"", escaped(language))).unwrap_or_default();
    write!(
        out,
        "<article id=\"a{anchor}\"{language}>\n<h2>{title}</h2>\n<p class=\"about\">{details}</p>\n<div class=\"text\" dir=\"auto\">"
    )
    .map_err(|error| error.to_string())?;
    body(article, &anchor, &mut out);
    out.push_str("</div>\n</article>\n");
    *sheet.page() = out.into_bytes();
    sheet.pages.push(index_lines(article, context, &anchor).into_bytes());
    Ok(())
}

/// The text with its mentions. Where mentions cross or nest, every stretch of text stands in the marks of all that cover it.
fn body(article: &Article, anchor: &str, out: &mut String) {
    let mut edges: BTreeSet<u32> = article.mentions.iter().flat_map(|mention| [mention.span.start, mention.span.end]).collect();
    edges.extend([0, article.text.len() as u32]);
    let edges: Vec<u32> = edges.into_iter().collect();
    let mut waiting = (0..).zip(&article.mentions).peekable();
    let mut open: Vec<(usize, &Mention)> = Vec::new();
    for pair in edges.windows(2) {
        let stretch = Span { start: pair[0], end: pair[1] };
        open.retain(|(_, mention)| mention.span.end > stretch.start);
        while let Some(begun) = waiting.next_if(|(_, mention)| mention.span.start <= stretch.start) {
            open.push(begun);
        }
        for (i, mention) in &open {
            let id = if mention.span.start == stretch.start { format!(" id=\"a{anchor}-{i}\"") } else { String::new() };
            let last = if mention.span.end == stretch.end { " end" } else { "" };
            let label = escaped(mention.label.as_str());
            out.push_str(&format!(
                "<mark{id} class=\"{} l-{}{last}\" data-m=\"{i}\" data-label=\"{label}\" title=\"{label}, {}\">",
                mention.state.as_str(),
                class(mention.label.as_str()),
                mention.state.as_str()
            ));
        }
        out.push_str(&escaped(article.quote(stretch)));
        open.iter().for_each(|_| out.push_str("</mark>"));
    }
}

/// `name, label, link, knowledge-base id` of each mention, between tabs.
fn index_lines(article: &Article, context: &Context<'_>, anchor: &str) -> String {
    let mut out = String::new();
    for (i, mention) in article.mentions.iter().enumerate().filter(|(_, mention)| !mention.is_rejected()) {
        let entity = context.entity(mention);
        let name = entity.map_or_else(|| article.quote(mention.span), |entity| entity.name.as_str());
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let kb = entity.and_then(|entity| entity.kb.as_deref()).unwrap_or_default().replace(['\t', '\n', '\r'], " ");
        let title = article.title().split_whitespace().collect::<Vec<_>>().join(" ");
        out.push_str(&format!("{name}\t{}\ta{anchor}-{i}\t{kb}\t{title}\n", mention.label));
    }
    out
}

/// How many links a name has in the index; the others are counted.
const LINKS: usize = 50;

pub fn join(sheets: Vec<Sheet>, tally: &Tally) -> Result<Vec<u8>, String> {
    let mut out = String::from("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Annotated articles</title>\n<style>\n");
    out.push_str(STYLE);
    let scheme = Scheme::standard();
    for (i, label) in tally.labels.iter().enumerate() {
        let own = scheme.get(label).map(|def| def.colour.clone());
        let colour = own.unwrap_or_else(|| format!("hsl({} 55% 38%)", i * 67 % 360));
        out.push_str(&format!(".l-{} {{ --c: {colour}; }}\n", class(label.as_str())));
    }
    out.push_str("</style>\n</head>\n<body>\n<h1>Annotated articles</h1>\n<section class=\"legend\" aria-label=\"Legend\">\n");
    for label in &tally.labels {
        let name = escaped(label.as_str());
        out.push_str(&format!("<mark class=\"confirmed end l-{}\" data-label=\"{name}\">{name}</mark>\n", class(label.as_str())));
    }
    out.push_str("<p><mark class=\"confirmed\">confirmed</mark> <mark class=\"suggested\">suggested</mark> <mark class=\"rejected\">rejected</mark></p>\n</section>\n");
    if let Some(told) = &tally.certificate {
        certificate(told, &mut out);
    }
    index(&sheets, &mut out);
    let mut out = out.into_bytes();
    out.extend(b"<main>\n");
    sheets.iter().for_each(|sheet| out.extend(sheet.bytes()));
    out.extend(b"</main>\n</body>\n</html>\n");
    Ok(out)
}

/// What a random sample, answered blind, says of the annotations.
fn certificate(told: &Told, out: &mut String) {
    let row = |name: &str, rate: &Rate| {
        let share = match rate.looked_at {
            0 => "<td colspan=\"2\">not looked at</td>".to_owned(),
            _ => format!("<td>{:.1} %</td><td>{:.1} to {:.1} %</td>", rate.ratio() * 100.0, rate.low * 100.0, rate.high * 100.0),
        };
        format!(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td>{share}</tr>\n",
            escaped(name),
            rate.wrong,
            rate.looked_at,
            rate.of
        )
    };
    out.push_str("<section class=\"certificate\">\n<h2>Certificate of quality</h2>\n<p>From a random sample of what was settled, ");
    out.push_str(&format!("shown to somebody without what was decided: {} of {} questions answered. ", told.answered, told.asked));
    out.push_str(
        "The error lies in the range at least 95 of 100 times (exact intervals of Clopper and Pearson).</p>\n<table>\n<thead><tr>",
    );
    for head in ["", "Wrong", "Looked at", "Of", "Error", "Range"] {
        out.push_str(&format!("<th scope=\"col\">{head}</th>"));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    out.push_str(&row("Mentions settled wrongly", &told.mentions));
    for (label, rate) in &told.by_label {
        out.push_str(&row(label.as_ref().map_or("rejected", |label| label.as_str()), rate));
    }
    out.push_str(&row("Sentences with a name missed", &told.sentences));
    for (label, rate) in &told.missed_by_label {
        out.push_str(&row(label.as_str(), rate));
    }
    out.push_str("</tbody>\n</table>\n</section>\n");
}

type Places<'s> = BTreeMap<(&'s str, &'s str, &'s str), Vec<(&'s str, &'s str)>>;

fn index(sheets: &[Sheet], out: &mut String) {
    let mut names: Places<'_> = BTreeMap::new();
    for line in sheets.iter().filter_map(|sheet| std::str::from_utf8(sheet.pages.get(1)?).ok()).flat_map(str::lines) {
        if let [name, label, link, kb, title] = line.split('\t').collect::<Vec<_>>()[..] {
            names.entry((name, label, kb)).or_default().push((link, title));
        }
    }
    out.push_str("<section class=\"index\">\n<h2>Entities</h2>\n<ul>\n");
    for ((name, label, kb), places) in names {
        let kb = if kb.is_empty() { String::new() } else { format!(" <span class=\"kb\">{}</span>", escaped(kb)) };
        out.push_str(&format!("<li><b>{}</b> <span class=\"label\">{}</span>{kb}", escaped(name), escaped(label)));
        for (i, (link, title)) in places.iter().take(LINKS).enumerate() {
            out.push_str(&format!(" <a href=\"#{link}\" title=\"{}\">{}</a>", escaped(title), i + 1));
        }
        if places.len() > LINKS {
            out.push_str(&format!(" and {} more", places.len() - LINKS));
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n</section>\n");
}

/// Text as HTML shows it. A carriage return and other control characters are written by number: as themselves a reader of
/// HTML would change them.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => out.push_str(&format!("&#{};", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// A label as the name of a class: letters and digits of ASCII, others by number.
fn class(label: &str) -> String {
    label.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_string() } else { format!("_{:x}", u32::from(c)) }).collect()
}

const STYLE: &str = "\
:root { color-scheme: light dark; --page: #fdfcfa; --ink: #1d1b18; --soft: #6b665e; --line: #ddd8cf; }
body { background: var(--page); color: var(--ink); font: 17px/1.6 Georgia, 'Times New Roman', serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, .about, .legend, .index, mark.end::after { font-family: system-ui, sans-serif; }
h2 { line-height: 1.25; margin-top: 3rem; }
.about, .label, .kb { color: var(--soft); font-size: .8rem; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
.legend mark { margin-right: .4rem; }
.index ul { columns: 2; list-style: none; padding: 0; font-size: .85rem; }
.index li { break-inside: avoid; }
.certificate { font: .8rem/1.5 system-ui, sans-serif; overflow-x: auto; }
.certificate table { border-collapse: collapse; }
.certificate th, .certificate td { border-bottom: 1px solid var(--line); padding: .15rem .8rem .15rem 0; text-align: right; font-weight: normal; }
.certificate th[scope=row] { text-align: left; }
a { color: inherit; }
mark { --c: #6b665e; background: color-mix(in srgb, var(--c) 16%, transparent); color: inherit; border-bottom: 2px solid var(--c); }
mark.suggested { background: none; border-bottom: 2px dashed var(--c); }
mark.rejected { background: none; border-bottom: none; text-decoration: line-through; }
mark.end::after { content: attr(data-label); font-size: .55em; color: var(--c); margin-left: .3em; vertical-align: .25em; letter-spacing: .03em; }
mark:target { outline: 3px solid var(--c); }
@media (prefers-color-scheme: dark) {
  :root { --page: #191816; --ink: #e8e4dc; --soft: #a09a8f; --line: #3a372f; }
  mark { background: color-mix(in srgb, var(--c) 38%, transparent); }
  mark.end::after { color: color-mix(in srgb, var(--c) 55%, white); }
}
@media print {
  :root { --page: #fff; --ink: #000; }
  body { font-size: 11pt; max-width: none; margin: 0; }
  article { break-before: page; }
  mark { print-color-adjust: exact; }
}
";
