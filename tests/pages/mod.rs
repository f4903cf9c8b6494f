//! Web pages made up from parts: an article with a table, beside it notices, boxes of other stories and readers' talk in ten
//! languages and three wordings of each, in the frames that pages have. Nothing of the article may be lost, nothing of the rest
//! be read.

mod kinds;
mod words;

use std::fmt::Write as _;

use manicule::annotation::{Article, ZoneKind};
use manicule::reading::{self, How};
use words::Tongue;

/// Numbers that look like chance and are the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.roll(from.len())]
    }
}

const PEOPLE: &[&str] =
    &["Irena Boric", "Tomas Reyl", "Liga Berzina", "Adam Teller", "Nora Hale", "Piotr Wolan", "Inés Solé", "Marta Lind"];
const PLACES: &[&str] = &["Riga", "Graz", "Oldbridge", "Bergen", "Tallinn", "Vienna", "Port Vell", "Oslo"];
const GROUPS: &[&str] = &["Northgate Bank", "Harbour Trust", "Castor Shipping", "Volta Group", "Delta Hospital", "Kelp Board"];

/// A page and what must become of it.
#[derive(Default)]
struct Made {
    html: String,
    /// Lines of the article.
    own: Vec<String>,
    /// Lines of everything else that reads like text.
    foreign: Vec<String>,
    cells: Vec<String>,
}

fn paragraph(dice: &mut Dice, tongue: &Tongue, n: usize) -> String {
    let (person, place, group) = (*dice.pick(PEOPLE), *dice.pick(PLACES), *dice.pick(GROUPS));
    match dice.roll(8) {
        0 => format!("{person} spoke in {place} on day {n}."),
        1 => format!(
            "{group} said on Tuesday that it would pay for pier {n} in {place}, which had been closed for two winters, and that its chairman, {person}, would open it in May."
        ),
        2 => format!(
            "Crews from {place} worked through night {n}. They found a crack as long as a bus, {person} said, and closed the road, the quay and the school beside it until the spring."
        ),
        _ => {
            let words = dice.pick(&tongue.own);
            words.replace("{p}", person).replace("{l}", place).replace("{g}", group).replace("{n}", &n.to_string())
        }
    }
}

/// A class as programs make them up, which says nothing.
fn nothing(dice: &mut Dice) -> &'static str {
    const CLASSES: [&str; 5] = ["class=\"css-1k2j\"", "class=\"block\"", "class=\"inner x9\"", "class=\"td-row\"", ""];
    CLASSES[dice.roll(CLASSES.len())]
}

/// A notice with markup that says so, that says nothing, or that says something else.
fn notice(dice: &mut Dice, tongue: &Tongue, made: &mut Made) -> String {
    let (lines, marks): (&[&str], &[&str]) = match dice.roll(3 + usize::from(!tongue.appeal.is_empty())) {
        0 => (
            &tongue.consent,
            &[
                "id=\"onetrust-consent-sdk\"",
                "id=\"CybotCookiebotDialog\" class=\"main-body-content\"",
                "class=\"cmp-container\" role=\"dialog\"",
                "class=\"cookie-banner\"",
                "class=\"content-body\" role=\"region\"",
                "class=\"article-text\"",
                "class=\"fullpage-wall\"",
            ],
        ),
        1 => (&tongue.sign_up, &["class=\"newsletter-signup\"", "class=\"box\"", "id=\"inline-promo\"", "data-component=\"signup\""]),
        2 => (&tongue.paywall, &["class=\"paywall\"", "id=\"regwall\"", "class=\"article-offer\"", "class=\"premium-box\""]),
        _ => (&tongue.appeal, &["class=\"support-us\"", "class=\"donate-box\""]),
    };
    // Whoever asks for money says no word that no article says: there the markup tells.
    let is_known = lines.iter().any(|line| tongue.appeal.contains(line));
    let marks = if dice.roll(4) == 0 && !is_known { nothing(dice) } else { dice.pick(marks) };
    let times = 1 + dice.roll(3) * usize::from(lines.len() > 2);
    let mut out = format!("<div {marks}>");
    let frame = *dice.pick(&[["<p>", "</p>"], ["<div><span>", "</span></div>"], ["<p>", "<br></p>"]]);
    for line in (0..times).flat_map(|_| lines) {
        write!(out, "{}{line}{}", frame[0], frame[1]).unwrap();
        made.foreign.push((*line).to_owned());
    }
    let [yes, no] = tongue.buttons[..] else { return out + "<input type=\"email\"><button>OK</button></div>" };
    write!(out, "<button>{yes}</button><button>{no}</button></div>").unwrap();
    out
}

/// A box of other stories, with days and authors of their own.
fn others(dice: &mut Dice, tongue: &Tongue, made: &mut Made, n: usize) -> String {
    let heading = *dice.pick(&tongue.related);
    let titles: Vec<String> =
        (0..2 + dice.roll(3)).map(|i| format!("{} Opens Gate {n}{i} in {}", dice.pick(GROUPS), dice.pick(PLACES))).collect();
    made.foreign.extend(titles.iter().cloned());
    let each = |before: &str, after: &str| -> String {
        titles.iter().enumerate().map(|(i, title)| format!("{before}<a href=\"/{n}{i}\">{title}</a>{after}")).collect()
    };
    let dated = each("<li>", " <time datetime=\"2019-02-01T08:00\">February</time></li>");
    let class = *dice.pick(&["related", "teaser-list", "c-most-read", "box"]);
    match dice.roll(7) {
        0 => format!("<aside class=\"{class}\"><h3>{heading}</h3><ul>{dated}</ul></aside>"),
        1 => format!("<div class=\"{class}\"><h3>{heading}</h3><ul>{dated}</ul><span class=\"author\">By Otto Nobody</span></div>"),
        2 => format!("<h3>{heading}</h3><ul>{dated}</ul>"),
        3 => format!(
            "<section {}><h2>{heading}</h2>{}</section>",
            nothing(dice),
            each("<article><h3>", "</h3><time datetime=\"2019-02-01\">1 Feb</time></article>")
        ),
        4 => format!("<div {}><div><strong>{heading}</strong></div>{}</div>", nothing(dice), each("<div><img src=\"x\">", "</div>")),
        5 => format!("<div {}><ul>{}</ul></div>", nothing(dice), each("<li>", "</li>")),
        _ => each(&format!("<p>{heading}: "), "</p>"),
    }
}

fn talk(dice: &mut Dice, tongue: &Tongue, made: &mut Made) -> String {
    let mut items = String::new();
    for (i, line) in tongue.talk.iter().enumerate() {
        write!(
            items,
            "<div {}><b>Reader {i}</b> <span>{}</span><p>{line}</p><a href=\"#\">{}</a></div>",
            nothing(dice),
            tongue.ago,
            tongue.reply
        )
        .unwrap();
        made.foreign.push((*line).to_owned());
    }
    let heading = format!("<h3>{}</h3>", tongue.comments);
    match dice.roll(4) {
        0 => format!("<section id=\"comments\">{heading}{items}</section>"),
        1 => format!("<div class=\"user-comments\">{heading}{items}</div>"),
        2 => format!("<div>{heading}{items}</div>"),
        _ => heading + &items,
    }
}

fn page(tongue: &Tongue, number: usize) -> Made {
    let mut dice = Dice(number as u64 * 7919 + 17);
    let mut made = Made::default();
    let title = format!("Bridge {number} closes in {}", dice.pick(PLACES));
    let paragraphs: Vec<String> = (0..3 + dice.roll(9)).map(|n| paragraph(&mut dice, tongue, number * 100 + n)).collect();
    let spot = |dice: &mut Dice| dice.roll(paragraphs.len() + 1);
    let (notice_at, box_at, table_at) = (spot(&mut dice), spot(&mut dice), spot(&mut dice));
    let notice_place = dice.roll(3);
    let box_place = dice.roll(3);

    let mut body = String::new();
    for n in 0..=paragraphs.len() {
        if notice_place == 0 && notice_at == n {
            body += &notice(&mut dice, tongue, &mut made);
        }
        if box_place == 0 && box_at == n {
            body += &others(&mut dice, tongue, &mut made, number);
        }
        if table_at == n && dice.roll(3) == 0 {
            let cells: Vec<String> = (0..4).map(|i| format!("{} {i}", dice.pick(PEOPLE))).collect();
            write!(
                body,
                "<table><tr><td>{}</td><td>{}</td></tr><tr><td>{}</td><td>{}</td></tr></table>",
                cells[0], cells[1], cells[2], cells[3]
            )
            .unwrap();
            made.cells = cells;
        }
        if let Some(paragraph) = paragraphs.get(n) {
            write!(body, "<p>{paragraph}</p>").unwrap();
        }
    }
    made.own = paragraphs;
    let before_notice = if notice_place == 1 { notice(&mut dice, tongue, &mut made) } else { String::new() };
    let after_notice = if notice_place == 2 { notice(&mut dice, tongue, &mut made) } else { String::new() };
    let before_box = if box_place == 1 { others(&mut dice, tongue, &mut made, number) } else { String::new() };
    let after_box = if box_place == 2 { others(&mut dice, tongue, &mut made, number) } else { String::new() };
    let comments = talk(&mut dice, tongue, &mut made);
    let times = format!(
        "<p>{} <time datetime=\"2024-06-09\">9 June 2024</time></p><p><time datetime=\"2024-06-07\">7 June 2024</time></p>",
        tongue.updated
    );
    let share: String = tongue.share.iter().map(|words| format!("<li><a href=\"#\">{words}</a></li>")).collect();
    let head = format!("<h1>{title}</h1><p class=\"byline\">By Ewa Lis</p>{times}<ul>{share}</ul>");
    let story = match dice.roll(7) {
        0 => format!("<article>{head}{body}{comments}</article>"),
        1 => format!("<main><article><header>{head}</header><div class=\"story-body\">{body}</div></article>{comments}</main>"),
        2 => format!("<main>{head}<div>{body}</div></main>{comments}"),
        3 => format!("<div id=\"page\"><div class=\"post\">{head}<div class=\"entry-content\">{body}</div></div>{comments}</div>"),
        4 => format!("<section>{head}</section><section>{body}</section>{comments}"),
        5 => format!(
            "<div {}><div {}>{head}<div {}>{body}</div></div>{comments}</div>",
            nothing(&mut dice),
            nothing(&mut dice),
            nothing(&mut dice)
        ),
        _ => format!("<div class=\"wrap\"><div>{head}</div><div itemprop=\"articleBody\">{body}</div>{comments}</div>"),
    };
    made.html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} | The Ledger</title></head><body>\
         <nav><a href=\"/\">Home</a> <a href=\"/w\">World</a></nav>{before_notice}{before_box}{story}{after_box}{after_notice}\
         <footer>© 2024 The Ledger. All rights reserved.</footer></body></html>"
    );
    made
}

fn is_read(article: &Article, line: &str) -> bool {
    let places = article.text.match_indices(line).map(|(at, _)| at);
    let mut places = places.filter(|at| article.zone_at(*at) != ZoneKind::Boilerplate);
    places.next().is_some()
}

#[test]
fn no_paragraph_is_lost_and_no_notice_kept() {
    let (mut paragraphs, mut lost) = (0, Vec::new());
    let (mut others, mut kept) = (0, Vec::new());
    let mut wrong = Vec::new();
    let tongues = words::all();
    let of = |number: usize| &tongues[number % tongues.len()];
    for number in 0..600 {
        let made = page(of(number), number);
        let article = reading::read_bytes(format!("{number}.html").as_ref(), made.html.as_bytes(), How::default()).expect("a page");
        paragraphs += made.own.len();
        others += made.foreign.len();
        let name = of(number).name;
        let own = made.own.iter();
        lost.extend(own.filter(|line| !is_read(&article, line)).map(|line| format!("{number} {name}: {line}")));
        kept.extend(made.foreign.iter().filter(|line| is_read(&article, line)).map(|line| format!("{number} {name}: {line}")));
        let told = (article.meta.published.as_deref(), article.meta.byline.as_deref());
        if told != (Some("2024-06-07"), Some("Ewa Lis")) {
            wrong.push(format!("{number}: {told:?}"));
        }
        // Cells stand a tab apart.
        let rows = made.cells.chunks(2).map(|row| row.join("\t"));
        lost.extend(rows.filter(|row| !is_read(&article, row)).map(|row| format!("{number} {name}: {row}")));
    }
    println!("{paragraphs} paragraphs, {} lost; {others} lines of others, {} kept", lost.len(), kept.len());
    if let Some(number) = lost.first().or(kept.first()).and_then(|line| line.split_once(' ')?.0.parse().ok()) {
        println!("{}", page(of(number), number).html);
    }
    assert!(lost.is_empty(), "{} lost:\n{}", lost.len(), lost.join("\n"));
    assert!(kept.is_empty(), "{} kept:\n{}", kept.len(), kept.join("\n"));
    assert!(wrong.is_empty(), "{} told wrongly:\n{}", wrong.len(), wrong.join("\n"));
}
