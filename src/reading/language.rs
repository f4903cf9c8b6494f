//! The language of an article: what its file says, written as BCP 47 writes it, else what its own words are in.
//!
//! `whatlang` counts triples of letters. On 61 samples of ours in 31 languages it was right 59 times, headlines among
//! them, in half a millisecond each, and is five small crates; models that are right on every headline take tens of
//! megabytes. Close pairs it mixes up, and the words that only one of the two has decide those. A few words in letters that
//! many languages share are no evidence, and nothing is said then.

use std::collections::BTreeMap;

use whatlang::{Detector, Lang};

use super::press::fields::language_tag;
use crate::annotation::{Article, Zone, ZoneKind};

/// In characters: what is looked at of a text.
const SAMPLE: usize = 600;

/// Letters, fewer of which are no evidence, in scripts that many languages share.
const FEWEST: usize = 60;

/// A language as its file names it (`EN`, `en_US`, `English`), as BCP 47 writes it. What is no name of a language stays.
pub fn tag_of(said: &str) -> String {
    let said = said.trim();
    let (first, rest) = said.split_once(['-', '_']).unwrap_or((said, ""));
    let is_tag = (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    match (is_tag, rest) {
        (true, "") => first.to_ascii_lowercase(),
        (true, rest) => format!("{}-{}", first.to_ascii_lowercase(), rest.replace('_', "-")),
        (false, _) => language_tag(said).map_or_else(|| said.to_owned(), str::to_owned),
    }
}

/// The language that a text is written in, apart from what in it is boilerplate.
pub fn of(text: &str, zones: &[Zone]) -> Option<&'static str> {
    let sample = sample(text, zones);
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let found = Detector::with_denylist(vec![Lang::Epo, Lang::Lat, Lang::Jav]).detect(&sample)?;
    let is_plain = matches!(found.script(), whatlang::Script::Latin | whatlang::Script::Cyrillic | whatlang::Script::Arabic);
    let is_known = if is_plain { letters >= FEWEST } else { letters >= FEWEST / 8 };
    let is_sure = found.is_reliable() || letters >= FEWEST + FEWEST / 2 || !is_plain;
    if !is_known {
        return None;
    }
    if !found.is_reliable() && is_plain && is_english(&sample) {
        return Some("en");
    }
    let found = if is_sure { told_apart(found.lang(), &sample, found.is_reliable()) } else { None };
    found.map(two_letters)
}

fn sample(text: &str, zones: &[Zone]) -> String {
    let mut out = String::new();
    let mut chars = 0;
    let mut at = 0;
    let boilerplate = zones.iter().filter(|zone| zone.kind == ZoneKind::Boilerplate).map(|zone| zone.span.range());
    for gap in boilerplate.chain(std::iter::once(text.len()..text.len())) {
        for c in text.get(at..gap.start).unwrap_or_default().chars().take(SAMPLE.saturating_sub(chars)) {
            out.push(c);
            chars += 1;
        }
        at = gap.end;
    }
    out
}

/// Few words of English look like any other language to who counts triples.
fn is_english(sample: &str) -> bool {
    const ENGLISH: &[&str] = &["the", "of", "and", "to", "said", "was", "were", "has", "that", "it", "she", "he", "with", "from"];
    let words = sample.split(|c: char| !c.is_alphabetic());
    words.filter(|word| ENGLISH.contains(&word.to_lowercase().as_str())).count() >= 3
}

/// What `whatlang` mixes up is decided by letters and words that only one of the two has; where there is none of them in a text
/// that is short, nothing is known.
fn told_apart(lang: Lang, sample: &str, is_sure: bool) -> Option<Lang> {
    const DANISH: &[&str] = &["af", "blev", "efter", "hvad", "mod", "nogle", "sig", "blive", "ville", "havnen"];
    const NORWEGIAN: &[&str] = &["av", "ble", "etter", "hva", "mot", "noen", "seg", "bli", "å", "havna"];
    const CZECH: &[&str] = &["jsou", "byl", "byla", "který", "která", "ve", "pro", "při", "řekl", "uvedl", "také", "jako", "podle"];
    const SLOVAK: &[&str] = &["sú", "bol", "bola", "ktorý", "ktorá", "vo", "pre", "pri", "povedal", "uviedol", "tiež", "ako", "podľa"];
    let words: Vec<String> = sample.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase).collect();
    let count = |list: &[&str]| words.iter().filter(|word| list.contains(&word.as_str())).count();
    let letters = |list: &str| sample.chars().filter(|c| list.contains(*c)).count();
    let (one, other, evidence) = match lang {
        Lang::Dan | Lang::Nob => (Lang::Dan, Lang::Nob, (count(DANISH), count(NORWEGIAN))),
        Lang::Ces | Lang::Slk => (Lang::Ces, Lang::Slk, (count(CZECH) + letters("ěřůĚŘŮ"), count(SLOVAK) + letters("ľĺŕôäĽĹŔÔÄ"))),
        _ => return Some(lang),
    };
    match evidence.0.cmp(&evidence.1) {
        std::cmp::Ordering::Greater => Some(one),
        std::cmp::Ordering::Less => Some(other),
        std::cmp::Ordering::Equal if !is_sure && lang != Lang::Dan && lang != Lang::Nob => None,
        std::cmp::Ordering::Equal => Some(lang),
    }
}

/// The tag and the English name of each language that is told.
#[rustfmt::skip]
const LANGUAGES: &[(Lang, &str, &str)] = &[
    (Lang::Afr, "af", "Afrikaans"), (Lang::Aka, "ak", "Akan"), (Lang::Amh, "am", "Amharic"), (Lang::Ara, "ar", "Arabic"),
    (Lang::Aze, "az", "Azerbaijani"), (Lang::Bel, "be", "Belarusian"), (Lang::Ben, "bn", "Bengali"), (Lang::Bul, "bg", "Bulgarian"),
    (Lang::Cat, "ca", "Catalan"), (Lang::Ces, "cs", "Czech"), (Lang::Cmn, "zh", "Chinese"), (Lang::Cym, "cy", "Welsh"),
    (Lang::Dan, "da", "Danish"), (Lang::Deu, "de", "German"), (Lang::Ell, "el", "Greek"), (Lang::Eng, "en", "English"),
    (Lang::Epo, "eo", "Esperanto"), (Lang::Est, "et", "Estonian"), (Lang::Fin, "fi", "Finnish"), (Lang::Fra, "fr", "French"),
    (Lang::Guj, "gu", "Gujarati"), (Lang::Heb, "he", "Hebrew"), (Lang::Hin, "hi", "Hindi"), (Lang::Hrv, "hr", "Croatian"),
    (Lang::Hun, "hu", "Hungarian"), (Lang::Hye, "hy", "Armenian"), (Lang::Ind, "id", "Indonesian"), (Lang::Ita, "it", "Italian"),
    (Lang::Jav, "jv", "Javanese"), (Lang::Jpn, "ja", "Japanese"), (Lang::Kan, "kn", "Kannada"), (Lang::Kat, "ka", "Georgian"),
    (Lang::Khm, "km", "Khmer"), (Lang::Kor, "ko", "Korean"), (Lang::Lat, "la", "Latin"), (Lang::Lav, "lv", "Latvian"),
    (Lang::Lit, "lt", "Lithuanian"), (Lang::Mal, "ml", "Malayalam"), (Lang::Mar, "mr", "Marathi"), (Lang::Mkd, "mk", "Macedonian"),
    (Lang::Mya, "my", "Burmese"), (Lang::Nep, "ne", "Nepali"), (Lang::Nld, "nl", "Dutch"), (Lang::Nob, "no", "Norwegian"),
    (Lang::Ori, "or", "Odia"), (Lang::Pan, "pa", "Punjabi"), (Lang::Pes, "fa", "Persian"), (Lang::Pol, "pl", "Polish"),
    (Lang::Por, "pt", "Portuguese"), (Lang::Ron, "ro", "Romanian"), (Lang::Rus, "ru", "Russian"), (Lang::Sin, "si", "Sinhala"),
    (Lang::Slk, "sk", "Slovak"), (Lang::Slv, "sl", "Slovene"), (Lang::Sna, "sn", "Shona"), (Lang::Spa, "es", "Spanish"),
    (Lang::Srp, "sr", "Serbian"), (Lang::Swe, "sv", "Swedish"), (Lang::Tam, "ta", "Tamil"), (Lang::Tel, "te", "Telugu"),
    (Lang::Tgl, "tl", "Tagalog"), (Lang::Tha, "th", "Thai"), (Lang::Tuk, "tk", "Turkmen"), (Lang::Tur, "tr", "Turkish"),
    (Lang::Ukr, "uk", "Ukrainian"), (Lang::Urd, "ur", "Urdu"), (Lang::Uzb, "uz", "Uzbek"), (Lang::Vie, "vi", "Vietnamese"),
    (Lang::Yid, "yi", "Yiddish"), (Lang::Zul, "zu", "Zulu"),
];

fn two_letters(lang: Lang) -> &'static str {
    LANGUAGES.iter().find(|(other, ..)| *other == lang).map_or_else(|| lang.code(), |(_, tag, _)| tag)
}

/// The language of an article without what is said of its country or script: `en` of `en-GB`.
pub fn primary(article: &Article) -> Option<String> {
    let tag = article.meta.language.as_deref().map(tag_of)?;
    tag.split('-').next().filter(|tag| !tag.is_empty()).map(str::to_owned)
}

/// The English name of a language, else its tag.
pub fn name_of(tag: &str) -> &str {
    let tag = if tag == "nb" || tag == "nn" { "no" } else { tag };
    LANGUAGES.iter().find(|(_, other, _)| *other == tag).map_or(tag, |(.., name)| name)
}

/// How many articles are in each language, the most first; those of an unknown one under `None`, last.
pub fn counts<'a>(articles: impl IntoIterator<Item = &'a Article>) -> Vec<(Option<String>, usize)> {
    let mut counts: BTreeMap<Option<String>, usize> = BTreeMap::new();
    for article in articles {
        *counts.entry(primary(article)).or_default() += 1;
    }
    let mut counts: Vec<(Option<String>, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(tag, n)| (tag.is_none(), std::cmp::Reverse(*n)));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_told_by_their_words() {
        for (tag, text) in [
            (
                "en",
                "Ministers met in Oslo on Monday to talk about the harbour. They did not agree, and the mayor said that more time would be needed.",
            ),
            (
                "de",
                "Die Minister haben sich am Montag in Oslo getroffen, um über den Hafen zu sprechen. Sie konnten sich nicht einigen, sagte der Bürgermeister.",
            ),
            (
                "fr",
                "Les ministres se sont réunis lundi à Oslo pour parler du port. Ils ne sont pas tombés d'accord, et le maire a déclaré qu'il faudrait plus de temps.",
            ),
            (
                "es",
                "Los ministros se reunieron el lunes en Oslo para hablar del puerto. No llegaron a un acuerdo, y el alcalde dijo que haría falta más tiempo.",
            ),
            (
                "it",
                "I ministri si sono incontrati lunedì a Oslo per parlare del porto. Non hanno trovato un accordo, e il sindaco ha detto che servirà più tempo.",
            ),
            (
                "nl",
                "De ministers kwamen maandag in Oslo bijeen om over de haven te praten. Ze werden het niet eens, en de burgemeester zei dat er meer tijd nodig was.",
            ),
            (
                "pt",
                "Os ministros reuniram-se na segunda-feira em Oslo para falar do porto. Não chegaram a acordo, e o presidente disse que será preciso mais tempo.",
            ),
            (
                "pl",
                "Ministrowie spotkali się w poniedziałek w Oslo, aby porozmawiać o porcie. Nie doszli do porozumienia, a burmistrz powiedział, że potrzeba czasu.",
            ),
            (
                "cs",
                "Ministři se v pondělí sešli v Oslu, aby jednali o přístavu. Nedohodli se a starosta řekl, že před hlasováním bude potřeba více času.",
            ),
            (
                "sv",
                "Ministrarna möttes i Oslo på måndagen för att tala om hamnen. De kom inte överens, och borgmästaren sade att det skulle behövas mer tid.",
            ),
            (
                "da",
                "Ministrene mødtes i Oslo mandag for at tale om havnen. De blev ikke enige, og borgmesteren sagde, at der ville blive brug for mere tid.",
            ),
            (
                "no",
                "Ministrene møttes i Oslo mandag for å snakke om havna. De ble ikke enige, og ordføreren sa at det ville bli behov for mer tid.",
            ),
            (
                "fi",
                "Ministerit tapasivat maanantaina Oslossa keskustellakseen satamasta. He eivät päässeet sopuun, ja pormestari sanoi, että tarvitaan lisää aikaa.",
            ),
            (
                "hu",
                "A miniszterek hétfőn Oslóban találkoztak, hogy a kikötőről tárgyaljanak. Nem jutottak egyezségre, mondta a polgármester, több idő kell.",
            ),
            (
                "tr",
                "Bakanlar limanı görüşmek üzere pazartesi günü Oslo'da bir araya geldi. Anlaşmaya varamadılar ve belediye başkanı zamana ihtiyaç olduğunu söyledi.",
            ),
            (
                "ru",
                "Министры встретились в понедельник в Осло, чтобы обсудить порт. Они не пришли к соглашению, и мэр сказал, что потребуется больше времени.",
            ),
            (
                "uk",
                "Міністри зустрілися в понеділок в Осло, щоб обговорити порт. Вони не дійшли згоди, і мер сказав, що потрібно більше часу.",
            ),
            ("el", "Οι υπουργοί συναντήθηκαν τη Δευτέρα στο Όσλο για να μιλήσουν για το λιμάνι."),
            (
                "ar",
                "اجتمع الوزراء يوم الاثنين في أوسلو للحديث عن الميناء. ولم يتفقوا، وقال رئيس البلدية إن هناك حاجة إلى مزيد من الوقت قبل التصويت.",
            ),
            ("zh", "部长们星期一在奥斯陆开会讨论港口问题。"),
            ("ja", "閣僚らは月曜日にオスロで会合を開き、港について話し合った。"),
            ("ko", "장관들은 월요일 오슬로에서 만나 항구 문제를 논의했다."),
        ] {
            assert_eq!(of(text, &[]), Some(tag), "{text}");
        }
        for (tag, text) in [
            ("cs", "Starosta Oslo: O přístavu se bude hlasovat až v příštím týdnu, tvrdí ministři"),
            ("sk", "Primátor Osla: O prístave sa bude hlasovať až budúci týždeň, tvrdia ministri podľa dohody"),
            ("en", "Harbour Opens PORT ELLERY, Norland (DPN) Mayor Greta Holm opened the harbour on Monday, she said. It was raining."),
        ] {
            assert_eq!(of(text, &[]), Some(tag), "{text}");
        }
        for text in ["", "Riga votes", "Oslo 12 Bergen 9", "— 2024 —"] {
            assert_eq!(of(text, &[]), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_part_of_the_article_is_not_asked() {
        let notice =
            "We use cookies to count visits to this website and to remember your settings, and so do our partners, as you can read here.";
        let body = "Die Minister haben sich am Montag in Oslo getroffen, um über den Hafen zu sprechen. Sie konnten sich nicht einigen.";
        let text = format!("{notice}\n\n{body}");
        let zone = Zone { span: crate::text::Span::new(0, notice.len()), kind: ZoneKind::Boilerplate };
        assert_eq!((of(&text, &[zone]), of(&format!("{notice} {notice}"), &[])), (Some("de"), Some("en")));
    }

    #[test]
    fn tags_are_written_as_they_should() {
        for (said, tag) in [
            ("EN", "en"),
            ("en_US", "en-US"),
            ("pt-BR", "pt-BR"),
            ("English", "en"),
            ("Deutsch", "de"),
            (" nl ", "nl"),
            ("Klingon", "Klingon"),
        ] {
            assert_eq!(tag_of(said), tag);
        }
        assert_eq!((name_of("de"), name_of("nb"), name_of("tlh")), ("German", "Norwegian", "tlh"));
    }
}
