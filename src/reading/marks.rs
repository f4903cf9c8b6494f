//! What the names of a page's elements tell: what their classes and ids are made of, and the words in them that outlets and
//! programs call notices, talk, boxes and slots by. A name alone decides nothing (`prune`).

use dom_query::NodeRef;

pub fn is_dialog(node: &NodeRef<'_>) -> bool {
    let role = node.attr("role").unwrap_or_default();
    node.has_name("dialog") || matches!(&*role, "dialog" | "alertdialog") || node.attr("aria-modal").as_deref() == Some("true")
}

/// Whether an element is marked as saying who wrote the article. What is long is no such line, whatever its names.
pub fn is_byline(node: &NodeRef<'_>) -> bool {
    const LONGEST: usize = 400;
    let of = |name: &str| node.attr(name).map(|value| value.to_lowercase()).unwrap_or_default();
    let class = of("class");
    let mut words = class.split(|c: char| !c.is_alphanumeric());
    let is_marked = words.any(|word| matches!(word, "byline" | "author")) || of("rel") == "author" || of("itemprop").contains("author");
    is_marked && node.text().len() < LONGEST
}

/// Whether an element stands apart from the article's own text, by its names alone.
pub fn is_apart(node: &NodeRef<'_>) -> bool {
    const APART: &[&str] =
        &["author", "bio", "byline", "share", "social", "tags", "credit", "credits", "copyright", "footer", "caption", "correction"];
    let marks = names(node);
    [CONSENT, SIGN_UP, TALK, OTHERS, APART].iter().any(|words| has(&marks, words))
}

/// The frames that programs for consent and comments put into pages; nothing of an article is ever in them.
pub fn is_known(node: &NodeRef<'_>) -> bool {
    const KNOWN: &[&str] = &[
        "onetrust-",
        "cybotcookiebot",
        "cookiebot",
        "didomi-",
        "sp_message_container",
        "qc-cmp2",
        "qc-cmp-",
        "usercentrics",
        "uc-banner",
        "truste-",
        "trustarc",
        "cmpbox",
        "cmpwrapper",
        "cmplz-",
        "cookie-law-info",
        "cookie-notice",
        "cookie-consent",
        "cookieconsent",
        "cookie-banner",
        "cookiebanner",
        "cc-window",
        "cky-",
        "iubenda-cs",
        "moove_gdpr",
        "gdpr-",
        "borlabs-cookie",
        "borlabscookie",
        "klaro",
        "osano-cm",
        "termly-",
        "consent-banner",
        "consentmanager",
        "axeptio",
        "tarteaucitron",
        "fc-consent-root",
        "fc-dialog",
        "evidon-",
        "ppms_cm",
        "sd-cmp",
        "appconsent",
        "pubtech-cmp",
        "snigel-cmp",
        "avacy",
        "disqus_thread",
        "fb-comments",
        "viafoura",
        "coral_thread",
        "coral_talk",
        "hyvor-talk",
        "spotim-",
        "openweb-",
        "tp-modal",
        "tp-backdrop",
        "taboola",
        "outbrain",
        "ob-widget",
        "zergnet",
    ];
    let is_it = |value: &str| value.split_whitespace().any(|word| KNOWN.iter().any(|known| word.to_lowercase().starts_with(known)));
    !node.has_name("body")
        && !node.has_name("html")
        && (node.id_attr().is_some_and(|id| is_it(&id)) || node.class().is_some_and(|class| is_it(&class)))
}

pub const CONSENT: &[&str] = &["consent", "cookie", "cookies", "cookiewall", "cmp", "gdpr", "ccpa", "rgpd", "dsgvo", "lgpd", "privacy"];
pub const SIGN_UP: &[&str] = &[
    "newsletter",
    "newsletters",
    "signup",
    "signin",
    "subscribe",
    "subscription",
    "subscriptions",
    "subscriber",
    "paywall",
    "regwall",
    "registerwall",
    "loginwall",
    "meter",
    "metered",
    "register",
    "registration",
    "login",
    "optin",
    "inbox",
    "abo",
    "abonnement",
    "suscripcion",
    "membership",
    "adblock",
    "adblocker",
    "popup",
    "modal",
    "overlay",
    "lightbox",
    "interstitial",
    "banner",
    "donate",
    "donation",
    "callout",
    "cta",
    "upsell",
    "offer",
    "premium",
    "piano",
    "wall",
    "support",
    "supportus",
    "contribute",
];
pub const SLOTS: &[&str] = &[
    "share",
    "sharing",
    "sharetools",
    "sharebar",
    "sharebuttons",
    "socialshare",
    "addtoany",
    "sharedaddy",
    "advert",
    "advertisement",
    "adslot",
    "adwrapper",
    "adbox",
    "adbox1",
    "dfpad",
    "adinline",
    "inlinead",
    "adunit",
    "adcontainer",
    "gptad",
];
pub const TALK: &[&str] = &[
    "comments",
    "commentlist",
    "commentslist",
    "commentsection",
    "commentarea",
    "commentthread",
    "disqus",
    "replies",
    "kommentare",
    "commentaires",
    "comentarios",
    "commenti",
    "reacties",
    "komentarze",
    "kommentarer",
    "usercomments",
    "readercomments",
    "leserkommentare",
];
pub const OTHERS: &[&str] = &[
    "related",
    "recommended",
    "recommendations",
    "recirc",
    "recirculation",
    "mostread",
    "mostpopular",
    "popular",
    "trending",
    "latest",
    "teaser",
    "teasers",
    "readmore",
    "readnext",
    "upnext",
    "morestories",
    "morefrom",
    "alsoread",
    "seealso",
    "sidebar",
    "ticker",
    "newsticker",
    "headlines",
    "promo",
    "promos",
    "carousel",
    "widget",
    "onward",
    "linked",
    "meistgelesen",
    "relacionadas",
    "relacionados",
    "correlati",
    "verwandte",
];

/// The words that the class, id and like attributes of an element are made of, in small letters; neighbours also as one
/// word, for `most-read` and `mostRead` are the same. What only files an article under a topic is left out.
pub fn names(node: &NodeRef<'_>) -> Vec<String> {
    let mut out = Vec::new();
    for attribute in ["class", "id", "data-component", "data-testid", "data-module", "aria-label", "role"] {
        let Some(value) = node.attr(attribute) else { continue };
        for word in value.split_whitespace().filter(|word| !files_under(word)) {
            let mut cut = String::new();
            let mut was_small = false;
            for c in word.chars() {
                if c.is_uppercase() && was_small {
                    cut.push('-');
                }
                was_small = c.is_lowercase();
                cut.extend(c.to_lowercase());
            }
            let parts: Vec<&str> = cut.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
            out.extend(parts.windows(2).map(|pair| pair.concat()));
            out.extend(parts.into_iter().map(str::to_owned));
        }
    }
    out
}

fn files_under(word: &str) -> bool {
    ["tag-", "category-", "topic-", "section-", "type-", "no-", "has-", "is-", "hide-", "post-"]
        .iter()
        .any(|prefix| word.starts_with(prefix))
}

pub fn has(marks: &[String], words: &[&str]) -> bool {
    marks.iter().any(|mark| words.contains(&mark.as_str()))
}
