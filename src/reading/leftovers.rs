//! Lines that are known by their words: leftovers of web pages, bylines, captions, credits, datelines.
//!
//! Every pattern here was met on real pages. A leftover is recognised only where the line is little else, or speaks to
//! the reader about the site; news about cookies or newsletters stays news.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Regex, RegexSet, RegexSetBuilder};

use super::details::pattern;
use super::phrases;

/// What a leftover line does to the lines after it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Leftover {
    /// Nothing: a button, an advertisement, a menu.
    Alone,
    /// The page speaks to its reader: consent, sign-up, copyright. A title on the line before belongs to it.
    Notice,
    /// "Read more": the title of another article may follow on the next lines.
    Teaser,
    /// "Related articles": titles of other articles may follow.
    Tail,
    /// "Comments": readers may talk on the lines that follow.
    Talk,
}

/// The longest line in which one turn of phrase makes a notice, in bytes; longer ones, up to ten times that, need two.
const SHORT_NOTICE: usize = 600;

/// What kind of leftover a line is, trimmed; `None` for a line of the article.
pub fn of_line(line: &str) -> Option<Leftover> {
    if is_notice(line) {
        return Some(Leftover::Notice);
    }
    if line.len() > 160 {
        return None;
    }
    let whole = |line: &str| WHOLE.iter().find(|(set, _)| set.is_match(line)).map(|(_, kind)| *kind);
    let core = line.trim_matches(['*', '-', '–', '—', '•', '·', '|', '>', '»', '›', '→', '▸', '#', ' ', '…']);
    // "Lees ook: Veerboot vast"
    let is_pointer = |(head, rest): &(&str, &str)| {
        matches!(whole(head.trim()), Some(Leftover::Tail | Leftover::Teaser)) && !rest.trim().is_empty() && !has_stop(rest)
    };
    let pointer = || core.split_once(':').filter(is_pointer).map(|_| Leftover::Alone);
    whole(core).or_else(pointer).or_else(|| {
        // A row of buttons or menu entries, some of which are known.
        let items: Vec<&str> = ITEMS.split(line).map(str::trim).filter(|item| !item.is_empty()).collect();
        let is_row = items.len() >= 2 && items.iter().all(|item| item.split_whitespace().count() <= 6);
        let kinds: Vec<Leftover> = items.iter().filter_map(|item| whole(item)).collect();
        kinds.first().copied().filter(|_| is_row && !is_sentence(line))
    })
}

/// Words, where a script without spaces counts two characters as one.
pub fn word_count(line: &str) -> usize {
    let unspaced = line.chars().filter(|c| matches!(*c as u32, 0x0E00..=0x0EFF | 0x3040..=0x30FF | 0x3400..=0x9FFF)).count();
    line.split_whitespace().count() + unspaced / 2
}

/// Whether a line ends as a sentence does.
pub fn has_stop(line: &str) -> bool {
    let core = line.trim_end_matches(['”', '"', '’', '\'', '»', ')', ']', '」', '』', '*']);
    core.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟', '۔'])
}

/// Whether the page speaks to its reader here, about itself.
pub fn is_notice(line: &str) -> bool {
    let is_quoted = line.starts_with(['“', '"', '«', '„', '‘', '\'']);
    if is_quoted || line.len() > 10 * SHORT_NOTICE {
        return false;
    }
    if line.len() <= SHORT_NOTICE { NOTICES.is_match(line) } else { NOTICES.matches(line).iter().nth(1).is_some() }
}

/// A line that only the talk of readers has: "Reply", "3 hours ago".
pub fn is_talk(line: &str) -> bool {
    line.len() <= 120 && TALK_MARKS.is_match(line)
}

/// The button below what a reader wrote.
pub fn is_reply(line: &str) -> bool {
    line.len() <= 40 && REPLIES.is_match(line)
}

fn is_sentence(line: &str) -> bool {
    line.ends_with(['.', '”']) && !ITEMS.is_match(line)
}

static ITEMS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s{2,}|\t|\s[|·•›»>]\s"));

/// Whole lines, without case, with or without a colon at the end.
static WHOLE: LazyLock<[(RegexSet, Leftover); 4]> = LazyLock::new(|| {
    [
        (whole_lines(phrases::TALK), Leftover::Talk),
        (whole_lines(phrases::RELATED), Leftover::Tail),
        (whole_lines(TEASER), Leftover::Teaser),
        (whole_lines(ALONE), Leftover::Alone),
    ]
});

static REPLIES: LazyLock<RegexSet> = LazyLock::new(|| whole_lines(phrases::REPLIES));
static TALK_MARKS: LazyLock<RegexSet> = LazyLock::new(|| whole_lines(phrases::TALK_MARKS));

fn whole_lines(patterns: &[&str]) -> RegexSet {
    set(true, patterns.iter().map(|pattern| format!(r"^(?:{pattern})\s*[:.!]?$")))
}

/// Words are bounded as in ASCII: those of the patterns are, and on a line with “ or é the bounds of all scripts take
/// many times as long.
fn set(is_caseless: bool, patterns: impl IntoIterator<Item = impl AsRef<str>>) -> RegexSet {
    RegexSetBuilder::new(patterns.into_iter().map(|pattern| pattern.as_ref().replace(r"\b", r"(?-u:\b)")))
        .case_insensitive(is_caseless)
        .build()
        .expect("the patterns of this room are constants, and a test compiles each")
}

const TEASER: &[&str] = &[
    r"(?:read|see|watch|learn|find out|know) more|(?:read|see|watch) also|also (?:read|see|watch|on .{1,30})|don[’']t miss|must read",
    r"more on this(?: story| topic)?|related|watch|read",
];

const ALONE: &[&str] = &[
    r"(?:tags?|topics?|filed under|categories|category|keywords): ?.{0,120}|tags?|topics?|filed under|categories|category|keywords",
    r"never miss a(?:n)? (?:story|article|update)|(?:subscribe|sign up)(?: (?:to|for) (?:our )?newsletters?)|newsletters?|our newsletters?",
    r"cookies? (?:policy|settings|notice|preferences|consent)|privacy (?:policy|notice|settings)|terms(?: (?:of (?:use|service)|and conditions|& conditions))?",
    r"about the authors?|more (?:from|by) (?:this author|the author|author)",
    r"(?:also read|read also|read more|read|related|see also|watch|more|don[’']t miss|recommended|explained|listen)\s*[:|] ?.{1,130}",
    r"publicidad|anzeige|werbung|publicité|pubblicità|publicidade|advertentie|reklam[ae]?|annons|реклама|広告|gesponsert|sponsorisé|patrocinad[ao]|gesponsord|sponsrad|sponsorowane",
    r"advertisement|advert|ad|sponsored(?: content)?|promoted(?: content)?|paid content|partner content",
    r"(?:story|article) continues (?:below|after).{0,30}|continue reading(?: below)?|keep reading|click here.{0,40}|(?:show|load|see|view) (?:more|less|all)",
    r"(?:view|open|see) (?:the )?(?:full )?(?:gallery|photos|images|slideshow)(?: ?\(.{1,20}\))?|gallery|photo gallery|play(?: video)?|video|close|enlarge(?: image)?|expand",
    r"share(?: this)?(?: (?:article|story|page|post))?(?:(?: on| via| with| to) .{1,30})?|tweet(?: this)?|pin it|(?:follow|find|like|join)(?: us)? on .{1,40}",
    r"facebook|twitter|x|whatsapp|linkedin|instagram|youtube|telegram|reddit|pinterest|e-?mail|print|copy (?:the )?link|link copied.{0,20}|save(?: for later)?|bookmark|messenger|flipboard",
    r"log ?in(?: .{0,40})?|sign (?:in|up|out|me up)|register(?: now)?|subscribe(?: (?:now|today|for .{1,20}))?|my account|skip to (?:main |the )?content|menu|search|home|back to top|donate(?: now)?",
    r"(?:\d+|one|two|three|four|five) ?min(?:ute)?s?(?: read)?|reading time:? .{1,20}|listen to (?:this )?(?:article|story)|listen(?: now)?|text size.{0,20}",
    r"accept(?: all)?(?: cookies)?|reject(?: all)?(?: cookies)?|manage (?:cookies|preferences|choices)|choose|contact(?: us)?|about(?: us)?|advertise(?: with us)?|careers|site ?map|imprint|help(?: center)?|faq",
    r"follow our .{1,40}|download (?:the|our) app|previous(?: article| post)?|next(?: article| post)?|\[?loading\]?",
];

static NOTICES: LazyLock<RegexSet> = LazyLock::new(|| set(true, phrases::NOTICES));

pub fn is_byline(line: &str) -> bool {
    line.len() <= 160 && !line.ends_with(['.', '!', '?', ':']) && BYLINE.is_match(line)
}

static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:Written |Story |Reported |Words )?(?i:by):?|Por|Par|Von|Di|Автор:?|文：?)\s+\p{Lu}[\p{L}’'.-]+(?:\s+(?:and|y|et|und|e|de|da|dos|del|von|van|der|bin|al|el|ibn|at the|in|at|for|the)\b|\s+[\p{Lu}(][\p{L}’'.()-]*|,|\s+&|\s*[|/·-])*\s*$",
    )
});

/// A line that is little else than the time of publication.
pub fn is_date_line(line: &str) -> bool {
    DATE_LINE.is_match(line)
}

static DATE_LINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?i)(?:(?:first |last )?(?:published|updated|posted|modified|date)(?: on| at)?:?\s*)?(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?(?:\p{L}{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{1,2}(?:st|nd|rd|th)?\s+\p{L}{3,9}\.?,?\s+\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})(?:[\s,|·•–—-]*(?:at |updated:? ?|last |published:? ?|\d{1,2}[:.]\d{2}(?::\d{2})?|[ap]\.?m\.?|[A-Z]{2,4}|GMT[+-]?\d*|\p{L}{3,9}\.?\s+\d{1,2},?\s+\d{4}|T?\d{2}:\d{2}\S*|\d+ min(?:ute)?s? read))*\s*\.?$",
    )
});

/// A line under a picture: it ends with who took it, or says that it is one.
pub fn is_caption(line: &str) -> bool {
    CAPTION.is_match(line)
}

static CAPTION: LazyLock<RegexSet> = LazyLock::new(|| {
    set(
        false,
        [
            r"\((?:[^()]{2,60}/\s?[^()]{2,60}|[^()]{0,60}\b(?:[Pp]hoto(?:graph|s)?|Getty|Courtesy|courtesy|Handout|AP|AFP|EPA|Shutterstock|Screenshot|Illustration|Image)\b[^()]{0,60})\)\.?$",
            r"^(?i:(?:file )?(?:photo|image|picture|pic|foto)|pictured|caption|foto)\b\s*(?:credit)?\s*[:|—–-]",
            r"^FILE\s*(?:PHOTO)?\s*[:—–-]",
            r"[.”] (?:(?:Photo|Image|Credit|Picture)s?:? )?\p{Lu}[\p{L}’'.-]+(?: \p{Lu}[\p{L}’'.-]*){0,3}\s?/\s?(?:\p{Lu}[\p{L}.]*)(?: \p{Lu}\p{L}+){0,3}$",
            r"[.”] (?:Photo|Photograph|Image|Credit|Picture)s?(?: by|:)\s.{2,60}$",
        ],
    )
});

/// A line that says who else worked on the article.
pub fn is_credit(line: &str) -> bool {
    CREDIT.is_match(line)
}

static CREDIT: LazyLock<RegexSet> = LazyLock::new(|| {
    set(
        false,
        [
            r"\b(?:contributed|contributing) (?:to (?:this|the) (?:report|story|article)|reporting|research|from \p{Lu}|writing)\b",
            r"^\(?(?:Additional |With |Further )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Rr]esearch|[Ww]ritten|[Ee]dited|[Rr]eported|[Cc]ompiled|[Tt]ranslated) (?:and (?:writing|editing|reporting) )?(?:by|from) \p{Lu}",
            r"^With (?:reporting|assistance|contributions?|files|additional reporting) (?:by|from)\b",
            r"^(?:Material|Information) from .{2,80} was used\b",
            r"^\p{Lu}[\p{L}’'.-]+(?: \p{Lu}[\p{L}’'.-]+){0,3} (?:reported|contributed) from \p{Lu}",
            r"\b[Tt]he Associated Press contributed\b|^This (?:story|article|report) (?:was|is) (?:produced|published|written|originally|based|from)\b",
        ],
    )
});

/// Where the dateline that a paragraph begins with lies, in bytes: `PALDISKI, Estonia (Reuters) —`.
pub fn dateline(line: &str) -> Option<Range<usize>> {
    DATELINE.iter().find_map(|form| form.find(line)).map(|found| found.range())
}

/// With the place in capitals, or with an agency behind a place as it is written, or before it.
static DATELINE: LazyLock<[Regex; 3]> = LazyLock::new(|| {
    const AGENCY: &str = "(?i:dpa|afp|ap|aap|apa|ats|sda|keystone-sda|efe|ansa|reuters|ritzau|ntb|tt|stt|belga|tass|itar-tass|kyodo|pap|čtk|ctk|mti|lusa|anp|upi|pa|cp|xinhua|yonhap|interfax)";
    const PLACE: &str = r"\p{Lu}[\p{L}.’'-]*(?:[ /-]\p{L}[\p{L}.’'-]*){0,3}";
    const DAY: &str = r"(?:\p{L}{3,9}\.? \d{1,2}|\d{1,2}\.? \p{L}{3,9}\.?)";
    [
        pattern(
            r"^(?:\p{Lu}[\p{Lu}.’'-]+(?:[ /]\p{Lu}[\p{Lu}.’'-]+){0,3}(?:,? (?:\p{Lu}[\p{L}.’'-]*)(?: \p{Lu}[\p{L}.’'-]*){0,3})?(?:,? (?:\p{L}{3,9}\.? \d{1,2}))?(?:,? \((?:[^()]{2,40})\))? ?(?:—|–|--| -)|【[^】]{1,20}】)",
        ),
        pattern(&format!(
            r"^{PLACE}(?:, (?:{PLACE}))?(?:, {DAY}\.?)? ?(?:\({AGENCY}(?:/[\p{{L}}-]{{2,12}})?\) ?\.?(?:—|–|--|-|:)|/{AGENCY}/ ?(?:[.:—–]|--|-))"
        )),
        pattern(&format!(r"^\({AGENCY}\) ?(?:—|–|--|-) ?{PLACE}, {DAY} ?(?:—|–|--|-)")),
    ]
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftovers_are_known() {
        for line in [
            "Read More",
            "ADVERTISEMENT",
            "Story continues below advertisement",
            "Menu   World   Business   Opinion   Weather   Sign in   Subscribe",
            "Home > World > Europe",
            "4 min read",
            "Share on X",
            "Related articles",
            "You may also be interested in",
            "Never Miss A Story",
            "Get our Weekly recap with the latest news, articles and resources.",
            "Cookie policy",
            "We use our own and third party cookies to allow us to understand how the site is used and to support our marketing campaigns.",
            "© 2024 The Harbour Courier Ltd. All rights reserved.   About",
            "Comments (114)   Log in to join the conversation",
            "Also Read: Court seeks reply",
            "Lees ook: Veerboot vast voor Oslo",
            "More from World",
            "Odds are supplied by our betting partner and may change. 18+.",
            "Tags: Baltic Sea, shipping",
            "Enter your email address   Sign me up",
            "View gallery (7 photos)",
        ] {
            assert!(of_line(line).is_some(), "{line}");
        }
    }

    #[test]
    fn notices_are_known_in_ten_languages() {
        for line in [
            "We and our 40 partners store cookies on your device.",
            "Already a subscriber? Log in.",
            "Become a member today and read on.",
            "Subscribe to continue reading.",
            "Mit Ihrer Einwilligung messen wir Besuche.",
            "Abonnieren Sie unseren Newsletter.",
            "Pour lire la suite, il faut un compte.",
            "Ya eres suscriptor? Inicia sesión.",
            "Il tuo consenso si può ritirare.",
            "Com o seu consentimento, guardamos dados.",
            "Meld je aan voor onze nieuwsbrief.",
            "Zapisz się do naszego newslettera.",
            "Anmäl dig till vårt nyhetsbrev.",
            "Подпишитесь на нашу рассылку.",
        ] {
            assert!(is_notice(line), "{line}");
        }
    }

    #[test]
    fn news_about_the_same_things_is_news() {
        for line in [
            "Regulators said cookies on the company’s site had been set without consent.",
            "“We use cookies to improve your experience on the website,” the notice said.",
            "The newspaper will no longer print on Mondays, its editor said.",
            "Reading   3   Lincoln   1",
            "The app was downloaded four million times.",
            "More than 40 people were hurt",
            "Most of them were children",
            "Read the room, the minister said.",
            "Home Secretary Visits Dover",
            "Video Shows Moment of Impact",
            "He said the copyright office would decide in 2025.",
            "Sweden has become a member of NATO, and Finland is already a member.",
            "Category 5 storm nears the coast",
            "This site stores spent fuel from nine reactors.",
            "Residents can register for flood alerts until Friday, the mayor said.",
            "By continuing the talks, the two sides agree to keep the truce.",
            "Voters must register with the office to keep their seats.",
            "We and our NATO partners will stand together.",
            "Foundations fund independent journalism in nine countries.",
            "Reporters get the daily briefing from the ministry.",
            "O presidente deu o seu consentimento ao assinar o acordo.",
            "Il ministro ha dato il suo consenso, e gli abbonati a maggio sono mille.",
            "Prezydent wyraził swoją zgodę, a państwa zgodziły się na pokój.",
            "La policía registró su casa y su cuenta.",
            "Viele abonnieren sie seit Jahren.",
            "Nos partenaires européens ont fourni les données.",
            "Министр дал своё согласие на переговоры.",
            "Customers who already have an account will see the new rules first.",
            "He refused to read all the trial documents.",
            "Patients may opt out of the scheme, and you can change your mind about a vaccine.",
            "Readers like him support us, the editor of the weekly said in court.",
            "Der Konzern gab Partnern personenbezogene Daten weiter.",
            "Sie schickten Briefe an ihre Adresse und warben für ihre Wahl.",
            "Die Datenschutzbestimmungen gelten auch für Vereine.",
            "Jetzt will er den Motor testen und im Mai fahren.",
            "L’accord, sans engagement de dépense, fut signé.",
            "Nous avons vu nos partenaires, et vous pouvez le croire, a dit le ministre.",
            "El Congreso puede aceptar o rechazar el decreto y puede retirar las tropas.",
            "La alcaldesa anunció sus elecciones en cualquier momento.",
            "I posti sono riservati agli abbonati, e gli abbonati a teatro sono mille.",
            "Il sindaco scrive per acconsentire alla richiesta.",
            "O clube já tem conta aprovada, e o ministro achou a carta no seu e-mail.",
            "Je kunt je altijd vergissen, zei de trainer.",
            "Zawsze możesz liczyć na sąsiadów i możesz zmienić zdanie.",
            "Вы можете изменить мир, сказал он, и ваш выбор будет услышан.",
            "Del av partiet vill läsa vidare om avtalet.",
            "More in common",
            "Más de 400 heridos en Graz",
            "Plus de 40 morts à Riga",
            "Meer van hetzelfde",
            "In other news: the mayor resigned.",
        ] {
            assert_eq!(of_line(line), None, "{line}");
        }
    }

    #[test]
    fn bylines_dates_captions_credits() {
        for line in [
            "By Marguerite Fallon",
            "By Aino Kerttula and Jakub Strelny",
            "By Rosalind Quigg, Legal Correspondent",
            "By Sam Ottway at the Select Car Leasing Stadium",
        ] {
            assert!(is_byline(line), "{line}");
        }
        for line in ["By Monday the river had fallen", "By Friday, it was over.", "Byron Lee"] {
            assert!(!is_byline(line), "{line}");
        }
        for line in [
            "Sept. 4, 2024, 7:15 a.m. Updated 11:02 a.m.",
            "Sept. 13, 2024",
            "Published: 4 September 2024",
            "Monday, July 3, 2023",
            "2023-07-11 09:30",
        ] {
            assert!(is_date_line(line), "{line}");
        }
        assert!(!is_date_line("July 3, 2023 was a Monday like any other"));
        for line in [
            "Leaders shake hands in Tokyo on Jan. 31, 2023. (Takashi A./AFP via Getty Images)",
            "Nadia Sulimani at Kew Gardens in 1964. (Family photograph)",
            "Pickets at the terminal on Dec. 3, 2024. Loretta Finch/AP",
            "FILE PHOTO: The harbour at dawn",
        ] {
            assert!(is_caption(line), "{line}");
        }
        assert!(!is_caption("He spent $1.9 million (about half of it his own) on the race."));
        for line in [
            "Jenny Q., Lynn Y., and Reuters contributed to this report.",
            "Additional reporting by Pia Drechsler in Frankfurt.",
            "Anton Veress reported from Brussels. Iryna Levchuk contributed research.",
            "(Reporting by Ann Lee; Editing by Bo Ek)",
        ] {
            assert!(is_credit(line), "{line}");
        }
        assert!(!is_credit("Human error contributed to the crash, investigators said."));
    }

    #[test]
    fn datelines() {
        let of = |line: &'static str| dateline(line).map(|range| &line[range]);
        assert_eq!(of("TALLINN, Estonia — The minister"), Some("TALLINN, Estonia —"));
        assert_eq!(of("LONDON — The Bank"), Some("LONDON —"));
        assert_eq!(of("NEW YORK (AP) — Stocks"), Some("NEW YORK (AP) —"));
        assert_eq!(of("【東京】花森"), Some("【東京】"));
        assert_eq!(of("NATO — which has"), Some("NATO —"));
        assert_eq!(of("Graz (dpa) - Marta Lind"), Some("Graz (dpa) -"));
        assert_eq!(of("Bad Velden (dpa/tmn) – Marta Lind"), Some("Bad Velden (dpa/tmn) –"));
        assert_eq!(of("København /ritzau/: Skibet"), Some("København /ritzau/:"));
        assert_eq!(of("Tegucigalpa, Jan 2 (EFE).- El"), Some("Tegucigalpa, Jan 2 (EFE).-"));
        assert_eq!(of("MOSCOW, January 21. /TASS/. Ships"), Some("MOSCOW, January 21. /TASS/."));
        assert_eq!(of("(ANSA) - Rome, October 11 - The"), Some("(ANSA) - Rome, October 11 -"));
        assert_eq!(of("Marta Lind (CDU) - so it is said - left"), None);
        assert_eq!(of("The ship (reuters said) - sank"), None);
        assert_eq!(of("The ship — old — sank."), None);
        assert_eq!(of("I — for one"), None);
    }
}
