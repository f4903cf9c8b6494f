//! What invented pages say beside their articles, in ten languages and three wordings of each (`words.txt`).

#[derive(Default)]
pub struct Tongue {
    pub name: &'static str,
    pub consent: Vec<&'static str>,
    pub sign_up: Vec<&'static str>,
    pub paywall: Vec<&'static str>,
    /// Asks for money.
    pub appeal: Vec<&'static str>,
    pub related: Vec<&'static str>,
    pub comments: &'static str,
    pub reply: &'static str,
    pub talk: Vec<&'static str>,
    pub ago: &'static str,
    pub updated: &'static str,
    pub buttons: Vec<&'static str>,
    pub share: Vec<&'static str>,
    /// Of articles in this language; `{p}`, `{l}`, `{g}` and `{n}` stand for a person, a place, a group and a number.
    pub own: Vec<&'static str>,
}

pub fn all() -> Vec<Tongue> {
    let mut all: Vec<Tongue> = Vec::new();
    for line in include_str!("words.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (kind, words) = line.split_once(' ').expect("a kind and words");
        if kind == "=" {
            let own = all.iter().find(|tongue| tongue.name == words).map(|tongue| tongue.own.clone()).unwrap_or_default();
            all.push(Tongue { name: words, own, ..Tongue::default() });
            continue;
        }
        let tongue = all.last_mut().expect("a language comes first");
        match kind {
            "consent" => tongue.consent.push(words),
            "sign_up" => tongue.sign_up.push(words),
            "paywall" => tongue.paywall.push(words),
            "appeal" => tongue.appeal.push(words),
            "related" => tongue.related.push(words),
            "comments" => tongue.comments = words,
            "reply" => tongue.reply = words,
            "talk" => tongue.talk.push(words),
            "ago" => tongue.ago = words,
            "updated" => tongue.updated = words,
            "button" => tongue.buttons.push(words),
            "share" => tongue.share.push(words),
            "own" => tongue.own.push(words),
            _ => panic!("{kind}?"),
        }
    }
    all
}
