//! One small page for each kind of trouble, and what becomes of it: lines that are read, lines that are boilerplate or
//! gone, and what the page says of its article.

use manicule::annotation::Article;
use manicule::reading::{self, How, Omitted};

use super::is_read;

const STORY: &str = "<h1>Pier opens in Bergen</h1><p>Bergen opens a pier on Sunday. Marta Lind is glad.</p><p>Boats leave at 8 p.m.</p>";
const OWN: &[&str] = &["Pier opens in Bergen", "Bergen opens a pier on Sunday. Marta Lind is glad.", "Boats leave at 8 p.m."];

fn read(body: &str) -> Article {
    read_as(body, How::default())
}

fn read_as(body: &str, how: How<'_>) -> Article {
    let page =
        format!("<!doctype html><html lang=\"en\"><head><title>Pier opens in Bergen | The Quay</title></head><body>{body}</body></html>");
    reading::read_bytes("a.html".as_ref(), page.as_bytes(), how).expect("a page")
}

#[track_caller]
fn check(body: &str, foreign: &[&str]) {
    let article = read(body);
    for line in OWN {
        assert!(is_read(&article, line), "lost: {line}\n{body}\n{}", article.text);
    }
    for line in foreign {
        assert!(!is_read(&article, line), "kept: {line}\n{body}\n{}", article.text);
    }
}

/// Its words say nothing that is known; only where it stands tells.
const STRANGE: &str = "<p>Nothing here is worth a penny without knowing who reads it, so a hundred houses, Adam Media among them, look over every shoulder, and tell one another what they saw there at night.</p>\
    <p>Whoever minds, says so below, once for each of the hundred, and finds the same page with other pictures beside it, which is a fair bargain, or so Hale Analytics says.</p>";

#[test]
fn a_longer_notice_takes_no_articles_place() {
    let consent = "<p>We and our 40 partners use cookies on this site, and so will you like it more than before.</p>\
        <p>You can withdraw your consent at any time; Adam Media will not mind, and neither will the others that look over every shoulder.</p>";
    let gone = &["Adam Media", "Hale Analytics", "partners"];
    for frame in [
        "<div id=\"consent\">{}</div><main>{S}</main>",
        "<div>{}</div><article>{S}</article>",
        "<article class=\"x\">{S}</article><div class=\"main-content\">{}</div>",
        "<div class=\"article-body\" role=\"main\">{}</div><div>{S}</div>",
        "<dialog open>{}</dialog><div>{S}</div>",
    ] {
        for words in [consent, STRANGE] {
            check(&frame.replace("{}", words).replace("{S}", STORY), gone);
        }
    }
    check(&format!("<div>{STORY}</div><section>{consent}</section>"), gone);
    // Inside the article only what it says tells, or the name of a program that everybody knows.
    for frame in [
        "<article>{1}<div class=\"story-text\">{}</div>{2}</article>",
        "<div class=\"post\">{1}<div>{}<button>Fine</button></div>{2}</div>",
    ] {
        let (head, rest) = STORY.split_at(STORY.find("<p>").unwrap());
        check(&frame.replace("{1}", head).replace("{2}", rest).replace("{}", consent), gone);
        let known = frame
            .replace("class=\"story-text\"", "id=\"CybotCookiebotDialogBody\"")
            .replace("<div>{}", "<div id=\"onetrust-banner-sdk\">{}");
        check(&known.replace("{1}", head).replace("{2}", rest).replace("{}", STRANGE), gone);
    }
}

#[test]
fn names_of_frames_alone_take_nothing_away() {
    for frame in [
        "<div class=\"paywall article-body\">{}</div>",
        "<body class=\"cookie-consent gdpr\"><div class=\"post comments-open tag-cookies category-newsletter\">{}</div>",
        "<div class=\"modal-open overlay-page\"><div class=\"subscriber-content\">{}</div></div>",
        "<div class=\"widget-content\"><div class=\"latest\">{}</div></div>",
        "<section class=\"comment-is-free\"><div class=\"promo-free meter\">{}<button>Share</button></div></section>",
    ] {
        check(&frame.replace("{}", STORY), &[]);
    }
}

#[test]
fn talk_below_is_no_article() {
    let item = |name: &str, words: &str| format!("<div><b>{name}</b> <span>3 hours ago</span><p>{words}</p><a href=\"#\">Reply</a></div>");
    let talk = item("Otto", "Nobody asked us here in the bay, and it shows on every corner.") + &item("Eva", "Quite so.");
    let gone = &["Nobody asked us", "Quite so"];
    for frame in [
        "<article>{S}</article><section id=\"comments\"><h2>Comments (2)</h2>{}</section>",
        "<article>{S}<div class=\"comment-list\">{}</div></article>",
        "<div>{S}</div><div id=\"disqus_thread\">{}</div>",
        "<article>{S}<h3>2 comments</h3>{}</article>",
        "<div>{S}<div><h3>Leserkommentare</h3>{}</div></div>",
        "<article>{S}<h3>Words that nobody knows</h3>{}</article>",
        "<main>{S}<ol>{}</ol></main>".replace("<ol>", "<ol class=\"commentlist\">").as_str(),
    ] {
        check(&frame.replace("{S}", STORY).replace("{}", &talk), gone);
    }
}

/// Whatever stands over them; names that link somewhere are shorter, and the article's.
#[test]
fn titles_of_other_pages_are_known_by_their_form() {
    let titles = "<li><a href=\"/1\">Ferry runs aground off Oslo</a></li><li><a href=\"/2\">Whale seen near the old pier</a> 2 May</li>";
    for frame in [
        "<article>{S}<div class=\"x9\"><h3>Words that nobody knows</h3><ul>{}</ul></div></article>",
        "<div>{S}<ul>{}</ul></div>",
        "<main>{S}<section><div><b>Words that nobody knows</b></div>{}</section></main>",
        "<article>{S}<p>Words that nobody knows: <a href=\"/1\">Ferry runs aground off Oslo</a></p></article>",
    ] {
        check(&frame.replace("{S}", STORY).replace("{}", titles), &["Ferry runs", "Whale seen"]);
    }
    let names = "<h2>Who was there</h2><ul><li><a href=\"/m\">Marta Lind</a></li><li><a href=\"/n\">Nora Hale</a></li></ul><p>Told by: <a href=\"/x\">Kelp Board</a></p>";
    let article = read(&format!("<article>{STORY}{names}</article>"));
    for line in ["Marta Lind\nNora Hale", "Told by: Kelp Board"] {
        assert!(article.text.contains(line), "{line:?}: {}", article.text);
    }
}

#[test]
fn what_asks_for_an_address_is_no_article() {
    for frame in [
        "<article>{S}<div class=\"x9\">{}<input type=\"email\"></div></article>",
        "<div>{S}<section>{}<input placeholder=\"Where to?\"><button>Go</button></section></div>",
    ] {
        let words = "<p>Five stories before breakfast, told by Nora Hale.</p>";
        check(&frame.replace("{S}", STORY).replace("{}", words), &["Five stories"]);
    }
}

#[test]
fn boxes_lend_no_days_and_authors() {
    let others = "<h3>Latest</h3><ul><li><a href=\"/1\">Ferry aground off Oslo</a> <time datetime=\"2019-01-02\">2 January</time> <span class=\"byline\">By Otto Nobody</span><p>Nobody was hurt there.</p></li>\
        <li><a href=\"/2\">Whale seen near Oslo</a> <time datetime=\"2019-01-03\">3 January</time></li></ul>";
    let told = "<p class=\"byline\">By Ewa Lis</p><p>Updated <time datetime=\"2024-05-09\">9 May</time></p><p>Published <time datetime=\"2024-05-07\">7 May</time></p>";
    let (head, rest) = STORY.split_at(STORY.find("<p>").unwrap());
    for frame in [
        "<aside class=\"latest\">{}</aside><article>{1}{T}{2}</article>",
        "<article>{1}{T}<div class=\"related-box\">{}</div>{2}</article>",
        "<div class=\"c-teaser-list\">{}</div><div>{1}{T}{2}</div>",
        "<main>{1}{T}{2}<section>{}</section></main>",
    ] {
        let body = frame.replace("{}", others).replace("{1}", head).replace("{T}", told).replace("{2}", rest);
        check(&body, &["Ferry aground", "Whale seen", "Nobody was hurt", "Otto Nobody"]);
        let meta = read(&body).meta;
        assert_eq!((meta.published.as_deref(), meta.byline.as_deref()), (Some("2024-05-07"), Some("Ewa Lis")), "{body}");
    }
    // Which of several days is the day of publication.
    for (times, day) in [
        ("<time datetime=\"2024-05-09\" itemprop=\"dateModified\">9 May</time> <time datetime=\"2024-05-07\">7 May</time>", "2024-05-07"),
        (
            "<span>Aktualisiert: </span><time datetime=\"2024-05-09\">9.</time><br><span>Veröffentlicht: </span><time datetime=\"2024-05-07\">7.</time>",
            "2024-05-07",
        ),
        ("<time datetime=\"2024-05-07\">7 May</time> Mis à jour <time datetime=\"2024-05-09\">9 May</time>", "2024-05-07"),
        ("Updated <time datetime=\"2024-05-09\">9 May</time>", "2024-05-09"),
    ] {
        let body = format!("<article>{head}<p>{times}</p>{rest}</article>");
        assert_eq!(read(&body).meta.published.as_deref(), Some(day), "{times}");
    }
}

#[test]
fn fields_keep_the_blanks_between_their_parts() {
    let (head, rest) = STORY.split_at(STORY.find("<p>").unwrap());
    for (byline, expected) in [
        ("<div class=\"byline\">By Ewa Lis<br>and Tobias Ekberg<br>Quay Courier</div>", "Ewa Lis and Tobias Ekberg Quay Courier"),
        ("<div class=\"byline\"><div>By Ewa Lis</div><div>Tobias Ekberg</div></div>", "Ewa Lis Tobias Ekberg"),
        ("<p class=\"author\"><a href=\"/e\">Ewa Lis</a>, <a href=\"/t\">Tobias Ekberg</a></p>", "Ewa Lis, Tobias Ekberg"),
        ("<ul class=\"byline\"><li>Ewa Lis</li><li>Tobias Ekberg</li></ul>", "Ewa Lis Tobias Ekberg"),
        ("<div class=\"byline\"><a href=\"/e\">Ewa Lis</a><a href=\"/t\">Tobias Ekberg</a></div>", "Ewa Lis Tobias Ekberg"),
        ("<div class=\"byline\">By<a href=\"/e\">Ewa Lis</a>and<a href=\"/t\">Tobias Ekberg</a></div>", "Ewa Lis and Tobias Ekberg"),
        ("<p class=\"author\"><span>Ewa Lis</span><span>Quay Courier</span></p>", "Ewa Lis Quay Courier"),
    ] {
        let article = read(&format!("<article>{head}{byline}{rest}</article>"));
        assert_eq!(article.meta.byline.as_deref(), Some(expected), "{byline}");
        for glued in ["Lisand", "EkbergQuay", "LisTobias", "LisQuay", "ByEwa", "By By"] {
            assert!(!article.text.contains(glued), "{glued}: {}", article.text);
        }
    }
    // The byline follows the headline, also where the page has it elsewhere.
    let article = read(&format!("<div class=\"byline\">By Ewa Lis</div><article>{STORY}</article>"));
    assert!(article.text.starts_with("Pier opens in Bergen\n\nBy Ewa Lis\n\nBergen"), "{}", article.text);
    let article = read(&STORY.replace("opens in Bergen</h1>", "opens<br>in Bergen</h1>"));
    assert!(article.text.starts_with("Pier opens\nin Bergen\n") || article.text.starts_with("Pier opens in Bergen\n"), "{}", article.text);
}

#[test]
fn cells_terms_and_breaks_keep_their_borders() {
    let article = read(&format!(
        "<article>{STORY}<table><tr><th>Name</th><th>City</th></tr><tr><td>Marta <b>Lind</b></td><td>Oslo</td></tr></table>\
         <dl><dt>Harbour Trust</dt><dd>It owns the quays.</dd></dl><p>BERGEN<br>Dockers sang,<br/>said Nora Hale.</p><p>Cas<wbr>tor<i>s</i></p><p>Told by <a href=\"/a\">Marta Lind</a><a href=\"/b\">Kelp Board</a> at the <a href=\"/c\">pier</a>s.</p></article>"
    ));
    for lines in [
        "Name\tCity",
        "Marta Lind\tOslo",
        "Harbour Trust\nIt owns the quays.",
        "BERGEN\nDockers sang,\nsaid Nora Hale.",
        "Castors",
        "Told by Marta Lind Kelp Board at the piers.",
    ] {
        assert!(article.text.contains(lines), "{lines:?}: {:?}", article.text);
    }
}

#[test]
fn an_article_that_stands_only_in_the_data_is_read() {
    let body =
        "Bergen opens a pier on Sunday.\\n\\nMarta Lind is glad, and so are the dockers of the Harbour Trust.\\n\\nBoats leave at 8 p.m.";
    let marked = "<p>Bergen opens a pier on Sunday.</p><p>Marta Lind is glad, and so are the dockers of the Harbour Trust.</p><p>Boats leave at 8 p.m.</p>";
    for text in [body.to_owned(), marked.replace('<', "\\u003c"), marked.replace('/', "\\/")] {
        let data = format!(
            "<script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"headline\":\"Pier opens in Bergen\",\"author\":{{\"name\":\"Ewa Lis\"}},\"articleBody\":\"{text}\"}}</script>"
        );
        let article = read(&format!("{data}<div id=\"app\">Loading</div><p>Bergen opens a pier on Sunday.</p>"));
        let expected = "Pier opens in Bergen\n\nBy Ewa Lis\n\nBergen opens a pier on Sunday.\n\nMarta Lind is glad, and so are the dockers of the Harbour Trust.\n\nBoats leave at 8 p.m.";
        assert_eq!(&*article.text, expected, "{text}");
    }
}

#[test]
fn what_was_left_out_is_told_and_can_be_kept() {
    let body = format!("<div id=\"onetrust-banner-sdk\">{STRANGE}</div><article>{STORY}</article>");
    let article = read(&body);
    let told = Omitted::of(&article).expect("most of it is missing");
    assert!(told.words * 3 > told.of && told.of > 60, "{told}: {}", article.text);
    let whole = read_as(&body, How { is_whole: true, ..How::default() });
    assert!(OWN.iter().chain(&["Adam Media", "Hale Analytics"]).all(|line| is_read(&whole, line)), "{}", whole.text);
    assert!(Omitted::of(&whole).is_none() && Omitted::is_nothing(&whole));
    // Several articles on one page: none is lost without a word.
    let four: String = (1..=4)
        .map(|n| format!("<article><h2>Story {n}</h2><p>The council of Graz met {n} times, and nobody from the Harbour Trust came to the hall, said Irena Boric, the mayor, who had waited until noon.</p><p>They meet again on day {n}.</p></article>"))
        .collect();
    for frame in ["{}", "<main>{}</main>", "<div><h1>Pier opens in Bergen</h1></div>{}", "<table><tr><td>{}</td></tr></table>"] {
        let article = read(&frame.replace("{}", &four));
        let missing = (1..=4).filter(|n| !is_read(&article, &format!("They meet again on day {n}."))).count();
        assert!(missing * 3 <= 4 || Omitted::of(&article).is_some(), "{missing} of four: {}", article.text);
    }
    // Menus and a line of copyright are no loss.
    let plain = read(&format!(
        "<nav>{}</nav><article>{STORY}</article><footer>© 2024 The Quay. All rights reserved.</footer>",
        "<a href=\"/\">World news</a> ".repeat(60)
    ));
    assert_eq!(Omitted::of(&plain), None);
}
