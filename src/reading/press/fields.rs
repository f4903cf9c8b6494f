//! The fields that archives put around an article, by their names in six languages, and the names of languages.

/// What a field tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Field {
    Byline,
    Section,
    Length,
    Dateline,
    /// The words that stand over the text.
    Highlight,
    /// The text itself follows.
    Body,
    Language,
    /// What stands under pictures.
    Graphic,
    Edition,
    /// Of no use to a reader: when it was loaded, what it is about, of what type it is.
    Other,
}

/// A line that begins with the name of a field: which one, and where its value begins in the line.
pub fn field_of(line: &str) -> Option<(Field, usize)> {
    let end = line.find(':').filter(|end| *end <= LONGEST)?;
    let name = line[..end].trim().to_lowercase();
    let value = end + 1 + line[end + 1..].len() - line[end + 1..].trim_start().len();
    NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(field, _)| (*field, value))
}

/// Whether a line is the name of a field in capitals, also one that is not known: `JOURNAL-CODE: HC`.
pub fn is_capital_field(line: &str) -> bool {
    let Some(end) = line.find(':').filter(|end| (3..=LONGEST).contains(end)) else { return false };
    let name = &line[..end];
    name.chars().all(|c| c.is_uppercase() || matches!(c, '-' | ' ' | '/')) && name.starts_with(char::is_alphabetic)
}

/// The longest name of a field, in bytes.
const LONGEST: usize = 30;

const NAMES: &[(Field, &[&str])] = &[
    (
        Field::Byline,
        &["byline", "author", "authors", "autor", "autoren", "von", "auteur", "auteurs", "par", "autore", "autores", "door", "por"],
    ),
    (Field::Section, &["section", "rubrik", "ressort", "rubrique", "rubriek", "sectie", "sección", "seccion", "sezione"]),
    (Field::Length, &["length", "länge", "laenge", "longueur", "lengte", "longitud", "extensión", "lunghezza"]),
    (Field::Dateline, &["dateline", "ort", "lieu", "plaats", "lugar", "luogo"]),
    (
        Field::Highlight,
        &["highlight", "highlights", "abstract", "zusammenfassung", "résumé", "samenvatting", "resumen", "sommario", "teaser"],
    ),
    (Field::Body, &["body", "text", "volltext", "texte", "tekst", "texto", "testo"]),
    (Field::Language, &["language", "sprache", "langue", "taal", "idioma", "lingua"]),
    (Field::Graphic, &["graphic", "graphics", "grafik", "graphique", "illustration", "afbeelding", "gráfico", "grafico"]),
    (Field::Edition, &["edition", "ausgabe", "édition", "editie", "edición", "edizione"]),
    (
        Field::Other,
        &[
            "load-date",
            "update",
            "date de chargement",
            "laadatum",
            "fecha de carga",
            "publication-type",
            "publikationstyp",
            "zeitungstyp",
            "type-publication",
            "type de publication",
            "publicatie-type",
            "tipo de publicación",
            "tipo di pubblicazione",
            "document-type",
            "doc-type",
            "type",
            "subject",
            "themen",
            "sujet",
            "onderwerp",
            "tema",
            "industry",
            "geographic",
            "person",
            "company",
            "organization",
            "ticker",
            "city",
            "state",
            "country",
            "series",
            "column",
            "url",
            "acc-no",
            "journal-code",
            "correction-date",
            "correction",
            "notes",
            "note",
            "loaded",
            "copyright",
            "classification",
        ],
    ),
];

/// Whether a line says whose the article is, or that its rights are reserved.
pub fn is_rights(line: &str) -> bool {
    let line = line.to_lowercase();
    let is_dated = |rest: &str| rest.trim_start_matches([' ', '©', '(', 'c', ')', '-', ':']).starts_with(|c: char| c.is_ascii_digit());
    let begins = ["copyright", "©", "(c)"].iter().any(|mark| line.strip_prefix(mark).is_some_and(is_dated));
    let reserved = [
        "all rights reserved",
        "alle rechte vorbehalten",
        "tous droits réservés",
        "tous droits reserves",
        "alle rechten voorbehouden",
        "todos los derechos reservados",
        "tutti i diritti riservati",
    ];
    begins || reserved.iter().any(|words| line.trim_end_matches('.') == *words)
}

/// The BCP 47 tag of a language by its name in one of six languages.
pub fn language_tag(name: &str) -> Option<&'static str> {
    const LANGUAGES: &[(&str, &[&str])] = &[
        ("en", &["english", "englisch", "anglais", "engels", "inglés", "ingles", "inglese"]),
        ("de", &["german", "deutsch", "allemand", "duits", "alemán", "aleman", "tedesco"]),
        ("fr", &["french", "französisch", "français", "francais", "frans", "francés", "frances", "francese"]),
        ("nl", &["dutch", "niederländisch", "néerlandais", "neerlandais", "nederlands", "neerlandés", "holandés", "olandese"]),
        ("es", &["spanish", "spanisch", "espagnol", "spaans", "español", "espanol", "castellano", "spagnolo"]),
        ("it", &["italian", "italienisch", "italien", "italiaans", "italiano"]),
        ("pt", &["portuguese", "portugiesisch", "portugais", "portugees", "portugués", "portoghese", "português"]),
        ("ru", &["russian", "russisch", "russe", "ruso", "russo"]),
        ("pl", &["polish", "polnisch", "polonais", "pools", "polaco", "polacco"]),
        ("sv", &["swedish", "schwedisch", "suédois", "zweeds", "sueco", "svedese"]),
        ("da", &["danish", "dänisch", "danois", "deens", "danés", "danese"]),
        ("no", &["norwegian", "norwegisch", "norvégien", "noors", "noruego", "norvegese"]),
        ("ar", &["arabic", "arabisch", "arabe", "árabe", "arabo"]),
        ("zh", &["chinese", "chinesisch", "chinois", "chinees", "chino", "cinese"]),
        ("ja", &["japanese", "japanisch", "japonais", "japans", "japonés", "giapponese"]),
        ("tr", &["turkish", "türkisch", "turc", "turks", "turco"]),
    ];
    let name = name.trim().to_lowercase();
    let first = name.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    if let Some((tag, _)) = LANGUAGES.iter().find(|(tag, names)| *tag == first || names.contains(&first)) {
        return Some(tag);
    }
    None
}
