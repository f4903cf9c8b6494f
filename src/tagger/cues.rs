//! Words that tell what kind of name stands beside them or what kind they end: titles, heads of organisations and
//! places, verbs of speech. The model learns what each kind is worth; the passes after it use them as rules.

use std::sync::LazyLock;

use super::hash;

/// A set of cues.
pub type Cues = u32;

/// Stands before a person's name: Mr, President, Gen.
pub const TITLE: Cues = 1;
/// Ends the name of an organisation: Ministry, Party, University.
pub const ORG_HEAD: Cues = 1 << 1;
/// A company's legal form: Inc, Ltd, GmbH.
pub const ORG_FORM: Cues = 1 << 2;
/// Ends the name of a facility: Airport, Bridge.
pub const FACILITY_HEAD: Cues = 1 << 3;
/// Ends or begins the name of a natural place or region: Sea, Mount.
pub const PLACE_HEAD: Cues = 1 << 4;
/// Ends the name of an event: War, Cup, Olympics.
pub const EVENT_HEAD: Cues = 1 << 5;
/// Ends or begins the name of a law: Act, Treaty.
pub const LAW_HEAD: Cues = 1 << 6;
/// Verbs of speech.
pub const SPEECH: Cues = 1 << 7;
/// Prepositions of place.
pub const AT: Cues = 1 << 8;
/// A role in lower case that stands before or after names: minister, spokesman.
pub const ROLE: Cues = 1 << 9;
/// Days and months.
pub const CALENDAR: Cues = 1 << 10;
/// Ends or begins the name of a place with a government: City, Province, Republic.
pub const STATE_HEAD: Cues = 1 << 11;
/// Links the words of one name: of, for, and, de.
pub const LINK: Cues = 1 << 12;
/// Kinds of people in the plural, before which demonyms stand: troops, officials.
pub const PEOPLE: Cues = 1 << 13;
/// Words of family: son, wife, brother.
pub const FAMILY: Cues = 1 << 14;
/// Words that are capitalised in headlines and at beginnings only: articles, pronouns, prepositions, auxiliaries.
pub const COMMON: Cues = 1 << 15;
/// Parts of a surname: van, al, bin.
pub const PARTICLE: Cues = 1 << 16;

const LISTS: &[(Cues, &str)] = &[
    (
        TITLE,
        "executive justice mr mrs ms miss empress shri smt datuk mx dr prof professor sir dame lord lady president vice-president vice premier chancellor king queen prince princess pope cardinal archbishop bishop rabbi imam sheikh sheik sultan emir ayatollah senator sen congressman congresswoman representative rep governor gov mayor judge justice general gen lieutenant lt colonel col major maj captain capt commander cmdr admiral adm sergeant sgt corporal brigadier marshal inspector detective ambassador secretary minister chairman chairwoman chief director coach manager captain rev reverend father sister brother saint mme madame herr señor don mullah attorney commissioner deputy speaker officer constable superintendent sheriff lawmaker spokesman spokeswoman spokesperson analyst economist author actor actress singer striker midfielder defender goalkeeper skipper",
    ),
    // Titles of other languages, which English news quotes.
    (
        TITLE,
        "bürgermeister bürgermeisterin oberbürgermeister oberbürgermeisterin landrat landrätin ministerpräsident ministerpräsidentin bundeskanzler bundeskanzlerin bundespräsident staatssekretär präsident präsidentin ministre maire préfet procureur président présidente alcalde alcaldesa ministra presidente presidenta diputado diputada senador senadora sindaco sindaca ministro prefetto burgemeester wethouder staatssecretaris prefeito prefeita deputado deputada",
    ),
    (
        ORG_HEAD,
        "ministry department agency bureau office commission committee council party movement front league union federation association organization organisation institute institution university college school academy hospital bank corporation company group holdings foundation trust fund society club court tribunal parliament congress senate assembly house cabinet police army navy force forces guard guards corps command brigade battalion regiment division service services authority board center centre centers network alliance coalition newspaper times post journal news tribune herald gazette press agency television radio broadcasting airlines airways air industries motors systems technologies partners capital securities insurance energy petroleum oil gas electric telecom communications media studios records pictures entertainment laboratories pharmaceuticals united city rovers wanderers athletic fc sc cf afc administration secretariat directorate militia rebels taliban brigades liberation democratic republican labour labor conservatives democrats republicans socialists communists church mosque diocese patriarchate orchestra theatre theater museum library observatory exchange stores supermarkets restaurants hotels resorts",
    ),
    (
        ORG_FORM,
        "fze kg pvt sarl inc corp co ltd llc plc gmbh ag sa nv bv spa srl oy ab asa kk llp lp pty pte limited incorporated corporation bhd tbk jsc oao ooo zao",
    ),
    (
        FACILITY_HEAD,
        "airport bridge stadium arena tower building street avenue road highway square park palace castle cathedral church mosque temple synagogue prison jail camp base station port harbor harbour dam tunnel hall center centre museum theater theatre hotel hospital plant terminal gate wall memorial monument cemetery zoo mall plaza boulevard lane pier canal railway pipeline checkpoint crossing",
    ),
    (
        PLACE_HEAD,
        "sea ocean river lake bay gulf strait straits island islands isle peninsula mount mountain mountains mt hills valley desert coast cape canyon forest plateau basin delta falls glacier reef archipelago region north south east west northern southern eastern western central northeast northwest southeast southwest beach creek channel sound plain plains highlands steppe",
    ),
    (
        EVENT_HEAD,
        "war wars revolution uprising olympics games cup championship championships tournament open prix summit conference festival election elections massacre battle operation crisis holocaust intifada marathon derby series bowl super referendum primary hurricane typhoon cyclone storm earthquake tsunami genocide expo forum day",
    ),
    (
        LAW_HEAD,
        "act treaty convention protocol accord accords agreement constitution amendment resolution law code charter pact declaration directive bill statute article",
    ),
    (
        SPEECH,
        "said says say told tells added adds warned warns announced announces stated states argued argues insisted insists noted notes explained explains wrote writes according replied asked asks claimed claims denied confirmed declared tweeted",
    ),
    (AT, "in at from to near outside inside around across into towards toward via through throughout within between off"),
    (
        ROLE,
        "president minister ministers chancellor leader leaders chief head chairman chairwoman director spokesman spokeswoman spokesperson secretary senator governor mayor judge general colonel commander officer official officials envoy ambassador diplomat lawyer analyst economist professor author writer journalist reporter editor coach manager captain player actor actress singer founder owner executive ceo cfo candidate lawmaker deputy activist scientist researcher expert doctor king queen prince striker midfielder",
    ),
    (
        CALENDAR,
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec",
    ),
    (
        STATE_HEAD,
        "city province republic kingdom state states county district prefecture municipality town village federation emirate oblast governorate territory territories township commonwealth",
    ),
    (LINK, "of for and & de la del du des von van der the in on to al el at"),
    (
        PEOPLE,
        "troops soldiers forces officials people citizens leaders lawmakers politicians rebels militants fighters police authorities government army military president minister prime foreign defense defence ambassador embassy diplomat nationals refugees migrants immigrants community voters journalist journalists economy company companies firm striker team side",
    ),
    (FAMILY, "son daughter wife husband father mother brother sister widow uncle aunt nephew niece cousin grandson born née"),
    (
        COMMON,
        "the a an this that these those he she it they we you i his her its their our my your who what when where why how which and or but if so yet nor as at by for from in into of off on onto out over per to up via with within without is are was were be been being am do does did has have had will would can could should may might must shall not no yes all any both each few more most other some such only own same than too very just now then there here also after again against before below between during further once under until while because about above through new after two three four five six seven eight nine ten one first last next many much however meanwhile although though since even still despite among amid like unlike according earlier later today yesterday tomorrow",
    ),
    (PARTICLE, "al el bin ibn ben abu van von der de la da di du dos del ter ten le bint mac mc st"),
];

static TABLE: LazyLock<Vec<(u32, Cues)>> = LazyLock::new(|| {
    let mut all: Vec<(u32, Cues)> = LISTS.iter().flat_map(|(cue, words)| words.split(' ').map(|word| (hash::of(word), *cue))).collect();
    all.sort_unstable();
    let mut table: Vec<(u32, Cues)> = Vec::with_capacity(all.len());
    for (key, cue) in all {
        match table.last_mut() {
            Some(last) if last.0 == key => last.1 |= cue,
            _ => table.push((key, cue)),
        }
    }
    table
});

/// All cue words with their cues, ordered by the hash of the word in lower case.
pub fn table() -> &'static [(u32, Cues)] {
    &TABLE
}

/// The cues of a word.
pub fn of(word: &str) -> Cues {
    let key = hash::of_lower(word);
    TABLE.binary_search_by_key(&key, |entry| entry.0).map_or(0, |at| TABLE[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_all_its_cues_in_any_case() {
        assert_eq!(of("Ministry"), ORG_HEAD);
        assert_eq!(of("MINISTER") & (TITLE | ROLE), TITLE | ROLE);
        assert_eq!(of("Oberbürgermeister"), TITLE);
        assert_eq!(of("Kishida"), 0);
    }
}
