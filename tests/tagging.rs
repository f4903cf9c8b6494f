//! The tagger on whole articles: how good it is on our own gold, that it bears any text, and that threads change nothing.

use std::collections::BTreeSet;

use manicule::annotation::{ArticleId, Label, LabelDef, Scheme, Standing};
use manicule::reading::from_text;
use manicule::tagger::{Context, Suggestion, Tagger};
use manicule::text::Span;
use rayon::prelude::*;

use crate::support::gold;

fn suggest(text: &str, scheme: &Scheme, published: Option<&str>) -> Vec<Suggestion> {
    let article = from_text(ArticleId::new("article"), text);
    let published = published.or(article.meta.published.as_deref());
    Tagger::standard().suggest(text, &Context { scheme, zones: &article.zones, published, language: None })
}

/// Strict F1 in per cent on all gold articles, of these labels.
fn f1(labels: &[&str], published: Option<&str>) -> f64 {
    let scheme = Scheme::standard();
    let (mut hits, mut predicted, mut wanted) = (0, 0, 0);
    for gold in gold::all() {
        let is_judged = |label: &Label| labels.contains(&label.as_str());
        let found = suggest(&gold.text, &scheme, published).into_iter().map(|one| (one.span, one.label));
        let found: BTreeSet<(Span, Label)> = found.filter(|(_, label)| is_judged(label)).collect();
        let gold: BTreeSet<(Span, Label)> = gold.mentions.into_iter().filter(|(_, label)| is_judged(label)).collect();
        hits += found.intersection(&gold).count();
        predicted += found.len();
        wanted += gold.len();
    }
    200.0 * hits as f64 / (predicted + wanted) as f64
}

/// Tables and forms as they stand in texts, and what is found in them.
#[test]
fn no_name_goes_over_the_border_of_a_cell() {
    let page = "Guests of the harbour\n\nName\tCity\tSince\nMarta Lind\tRiga\t2019\nWill Kerrigan\tVienna\t4 March 2020\nInés Solé\tOslo\tMay 2021\n\n\
        Surname: Reyl\nFirst name: Tomas\nPlace of birth: Graz\nEmployer: Northgate Bank\n\nAdam Teller   Bergen   clerk\nNora Hale     Tallinn  engineer\n";
    let found = suggest(page, &Scheme::standard(), None);
    let words: Vec<&str> = found.iter().map(|one| &page[one.span.range()]).collect();
    for one in &words {
        assert!(!one.contains('\t') && !one.contains("  "), "{one:?}");
    }
    for field in ["Name", "City", "Since", "Surname", "First name", "Employer"] {
        assert!(!words.contains(&field), "{words:?}");
    }
    let is_found = |label: &str, name: &str| found.iter().any(|one| one.label.as_str() == label && &page[one.span.range()] == name);
    for (label, name) in [
        ("PERSON", "Marta Lind"),
        ("GPE", "Riga"),
        ("GPE", "Vienna"),
        ("DATE", "4 March 2020"),
        ("GPE", "Oslo"),
        ("DATE", "May 2021"),
        ("PERSON", "Reyl"),
        ("PERSON", "Tomas"),
        ("GPE", "Graz"),
        ("ORG", "Northgate Bank"),
        ("PERSON", "Adam Teller"),
        ("GPE", "Bergen"),
        ("PERSON", "Nora Hale"),
        ("GPE", "Tallinn"),
    ] {
        assert!(is_found(label, name), "{label} {name}: {words:?}");
    }
}

#[test]
fn our_own_gold_is_found_to_nine_tenths() {
    let all = f1(&["PERSON", "ORG", "GPE", "LOC", "NORP", "DATE"], Some("2024-10-08"));
    assert!(all >= 90.0, "{all:.1}");
    for (label, least) in [("PERSON", 88.0), ("ORG", 82.0), ("GPE", 90.0), ("NORP", 84.0), ("DATE", 93.0)] {
        let one = f1(&[label], Some("2024-10-08"));
        assert!(one >= least, "{label}: {one:.1}");
    }
}

#[test]
fn relative_dates_are_always_suggested_and_have_a_value_where_the_day_of_publication_is_known() {
    let scheme = Scheme::standard();
    let text = "The bridge was shut last year, and again for two days on May 9. Over the past five years it cost a lot.";
    let tagger = Tagger::standard();
    let dates = |scheme: &Scheme, published| -> Vec<String> {
        let found = tagger.suggest(text, &Context { scheme, zones: &[], published, language: None });
        let dates = found.into_iter().filter(|one| one.label.as_str() == "DATE");
        dates.map(|one| format!("{} {}", &text[one.span.range()], one.value.as_deref().unwrap_or("-"))).collect()
    };
    assert_eq!(dates(&scheme, None), ["last year -", "two days P2D", "May 9 XXXX-05-09", "past five years P5Y"]);
    assert_eq!(dates(&scheme, Some("2023-07-11")), ["last year 2022", "two days P2D", "May 9 2023-05-09", "past five years P5Y"]);
    // Guidelines that want days of the calendar alone.
    let mut absolute = scheme.clone();
    absolute.labels.iter_mut().filter(|def| def.name.as_str() == "DATE").for_each(|def| def.absolute_only = true);
    assert_eq!(dates(&absolute, Some("2023-07-11")), ["May 9 2023-05-09", "past five years P5Y"]);
}

#[test]
fn peoples_that_lists_know_are_peoples_and_two_names_of_one_are_one() {
    let scheme = Scheme::standard();
    let groups = |text: &str| -> Vec<String> {
        let found = suggest(text, &scheme, None);
        found.iter().filter(|one| one.label.as_str() == "NORP").map(|one| text[one.span.range()].to_owned()).collect()
    };
    let text = "Thais, Brits and Flemings met the Germans. Iraqi Turkmen prayed with Tasmanian Aboriginals and Coptic Christians.";
    let wanted = ["Thais", "Brits", "Flemings", "Germans", "Iraqi Turkmen", "Tasmanian Aboriginals", "Coptic Christians"];
    assert_eq!(groups(text), wanted);
    assert_eq!(groups("Most British Communists stayed at home."), ["British", "Communists"]);
}

#[test]
fn two_names_of_a_people_are_joined_by_a_rule_that_can_be_off() {
    let scheme = Scheme::standard();
    let context = Context { scheme: &scheme, zones: &[], published: None, language: None };
    let groups = |tagger: &Tagger, names: &str| -> Vec<String> {
        let text = format!("Two leaders of the {names} community spoke on Monday.");
        let found = tagger.suggest(&text, &context);
        found.iter().filter(|one| one.label.as_str() == "NORP").map(|one| text[one.span.range()].to_owned()).collect()
    };
    let off = Tagger::standard().with(&[], &BTreeSet::from(["people-of-two-names".to_owned()]));
    let names = ["Turkish Copts", "Latvian Baptists", "Kenyan Quakers", "Ghanaian Methodists", "Bulgarian Pomaks"];
    for name in names {
        assert_eq!(groups(&Tagger::standard(), name), [name]);
    }
    // The model joins some of them by itself.
    assert!(names.iter().any(|name| groups(&off, name).len() == 2));
}

/// The text with every suggestion of a name in brackets: `[ORG Lakeside] 2`.
fn marked(text: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    for one in suggest(text, &Scheme::standard(), None) {
        if ["PERSON", "ORG", "GPE"].contains(&one.label.as_str()) {
            out.push_str(&format!("{}[{} {}]", &text[at..one.span.start as usize], one.label.as_str(), &text[one.span.range()]));
            at = one.span.end as usize;
        }
    }
    out + &text[at..]
}

#[track_caller]
fn check_marked(expect: &str) {
    let mut text = String::new();
    for part in expect.split('[') {
        let (inside, after) = part.split_once(']').unwrap_or(("", part));
        text.push_str(inside.split_once(' ').map_or("", |(_, words)| words));
        text.push_str(after);
    }
    assert_eq!(marked(&text), expect);
}

#[test]
fn results_rankings_and_scorecards_name_teams_and_people() {
    check_marked(
        "Results of matches on Saturday:\n[ORG Leeds] 1 [ORG Wimbledon] 1\n[ORG Sheffield Wednesday] 3 3 0 0 6 2 9\n\
         [ORG ATLANTA] 83 50 .624 -\nSCHEDULE\n[ORG Chicago] at [ORG Atlanta]\n[ORG Houston] at [ORG Pittsburgh]\n",
    );
    check_marked(
        "Leading positions:\n1. [PERSON Tom Marrow] ([GPE Belgium]) [ORG Velora] 4 hours 20 minutes\n\
         2. [PERSON Luca Ferri] ([GPE Italy]) [ORG Kestrel] same time\nScores:\n204 [PERSON Jerry Kelso] 67 70 67\n",
    );
    check_marked(
        "[GPE Sri Lanka]\n[PERSON S. Perrera] run out 110\n[PERSON A. Jaydew] c [PERSON Kaluwe] b [PERSON Vaasar] 2\n\
         Extras (lb-7 w-9) 16\nBowling: [PERSON Vaasar] 9-1-35-1, [PERSON Pushpan] 4-0-31-0\n",
    );
}

#[test]
fn a_number_before_a_name_makes_nobody_a_person() {
    let found = marked(
        "Final table:\n1 Preston North End 46 28 10 8 94\n12 Crystal Palace 38 13 10 15 49\n1. Oxford University (UK)\n\
         1 Real Madrid (Spain) 136.0\nSupplies run out\n",
    );
    assert!(!found.contains("[PERSON"), "{found}");
}

#[test]
fn what_belongs_apart_is_apart() {
    check_marked("“No,” said [PERSON Karl Ehrlich] of [ORG Prudential Harrow Securities] in [GPE Frankfurt].");
    check_marked("Shares of [ORG Northwind Corp.] and [ORG Baltic Steel Inc.] fell.");
    check_marked(
        "Sen. [PERSON Ann Doyle], R-[GPE N.Y.], and Rep. [PERSON Bo Crane], D-[GPE Calif.], were in [GPE Little Rock], [GPE Ark.], on Monday.",
    );
    check_marked("They closed I-95 near [GPE Savannah]. It was D-Day.");
    check_marked("Shares of [ORG Northwind Corp.], [ORG Vell Inc.] and [ORG Baltic Steel Ltd.] fell.");
    let both = marked("Trump & Putin met in Helsinki. Trump left first, and Putin after him.");
    assert!(both.starts_with("[PERSON Trump] & [PERSON Putin] met"), "{both}");
    check_marked("[GPE North Korea] agreed to talks. [GPE South Korea] did too.");
}

/// Suggestions lie on characters, in order, and do not overlap.
#[track_caller]
fn check_bears(text: &str) -> usize {
    let scheme = Scheme::standard();
    let found = Tagger::standard().suggest(text, &Context { scheme: &scheme, zones: &[], published: Some("2024-01-01"), language: None });
    for one in &found {
        assert!(one.span.of(text).is_some_and(|part| !part.is_empty()), "{:?}", one.span);
    }
    assert!(found.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    found.len()
}

#[test]
fn any_text_is_borne() {
    check_bears("");
    check_bears(&"a".repeat(1_000_000));
    check_bears(&"A".repeat(200_000));
    check_bears(&"ÄÖ. ".repeat(2_000));
    check_bears(&"\n".repeat(500_000));
    check_bears(&"Kara ".repeat(3_000));
    check_bears(&"(ABC) The Kara Board (TKB) ".repeat(500));
    check_bears(&"Mr. de la ".repeat(1_000));
    check_bears(&"1 2 Kara 3-4 Oslo ".repeat(1_000));
    check_bears(&"Oslo-Paris-".repeat(1_000));
}

#[test]
fn every_block_of_unicode_is_borne() {
    let mut text = String::new();
    for block in (0..0x11_0000_u32).step_by(256) {
        text.extend((block..block + 256).step_by(19).filter_map(char::from_u32));
        text.push_str(" Oslo said (Осло) ");
    }
    assert!(check_bears(&text) > 1000);
}

#[test]
fn scripts_that_the_model_does_not_know_get_matches_of_lists_only() {
    let scheme = Scheme::standard();
    for text in
        ["Президент встретился с делегацией в городе.", "大臣は昨日の会議で新しい計画を発表した。", "قال الوزير إن الاجتماع كان جيدا."]
    {
        for one in suggest(text, &scheme, None) {
            let origin = one.origin.to_string();
            assert!(!origin.starts_with("model:"), "{origin} on {text}");
        }
    }
}

#[test]
fn a_scheme_without_a_label_gets_none_of_it() {
    let text = "Japanese Prime Minister Reiko Hanamori flew to Oslo on May 9 and met the World Bank.";
    let mut scheme = Scheme::standard();
    assert!(suggest(text, &scheme, None).iter().any(|one| one.label.as_str() == "NORP"));
    scheme.labels.retain(|label| label.name.as_str() != "NORP");
    assert!(suggest(text, &scheme, None).iter().all(|one| !matches!(one.label.as_str(), "NORP" | "MISC")));
    let only = |names: &[&str]| Scheme {
        name: "own".to_owned(),
        labels: names
            .iter()
            .map(|name| LabelDef { name: Label::new(name), standing: Standing::On, ..Scheme::standard().labels[0].clone() })
            .collect(),
    };
    let found = |names: &[&str]| -> Vec<String> {
        suggest(text, &only(names), None).iter().map(|one| format!("{}={}", one.label, &text[one.span.range()])).collect()
    };
    assert_eq!(found(&["PER", "LOC"]), ["PER=Reiko Hanamori", "LOC=Oslo"]);
    assert_eq!(found(&["VESSEL"]), Vec::<String>::new());
}

#[test]
fn threads_change_nothing() {
    let texts: Vec<String> = gold::all().into_iter().map(|gold| gold.text).collect();
    let scheme = Scheme::standard();
    let with = |threads: usize| -> Vec<Vec<Suggestion>> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| texts.par_iter().map(|text| suggest(text, &scheme, None)).collect())
    };
    let one = with(1);
    assert!(one.iter().map(Vec::len).sum::<usize>() > 500);
    assert_eq!(with(2), one);
    assert_eq!(with(8), one);
}

#[test]
fn one_article_has_one_meaning() {
    let scheme = Scheme::standard();
    let found = |text: &str| -> Vec<String> {
        let tagger = Tagger::standard();
        let found = suggest(text, &scheme, None).into_iter();
        found.map(|one| format!("{}={} ({})", one.label, &text[one.span.range()], tagger.reason(&one.origin))).collect()
    };
    // An abbreviation after its full name, a company by the first word of its name, a name in its own script.
    let text = "The Northern Fisheries Board (NFB) met in Lviv (Львів). Kestrel Lines plc rose. Kestrel said nothing.";
    assert_eq!(
        found(text).iter().map(|one| one.split(" (").next().unwrap_or_default()).collect::<Vec<_>>(),
        ["ORG=Northern Fisheries Board", "ORG=NFB", "GPE=Lviv", "GPE=Львів", "ORG=Kestrel Lines plc", "ORG=Kestrel"]
    );
    assert!(found(text).contains(&"GPE=Львів (it goes with “Lviv” in this article)".to_owned()));
    assert!(found(text).contains(&"ORG=NFB (it goes with “Northern Fisheries Board” in this article)".to_owned()));
    // Teams in a table, a name that a hyphen ties to a word.
    let text = "Gdansk-based traders left.\n\nNorthwich City 18 11 5 2\nEastwick Town 18 9 4 5";
    let labels: Vec<_> = found(text).iter().map(|one| one.split(" (").next().unwrap_or_default().to_owned()).collect();
    assert_eq!(labels, ["GPE=Gdansk", "ORG=Northwich City", "ORG=Eastwick Town"]);
}

/// What a text broken into lines holds, as `LABEL words` with the line ends told.
fn found_in(text: &str) -> Vec<String> {
    let found = suggest(text, &Scheme::standard(), Some("2024-03-05")).into_iter();
    found.map(|one| format!("{} {}", one.label, one.span.of(text).unwrap_or_default())).collect()
}

#[test]
fn names_go_over_the_ends_of_broken_lines_and_over_what_nobody_sees() {
    let wire = "MINISTERS OF NORTHERN\nALLIANCE MEET\n\nThe Norwegian foreign minis-\nter, Kari Nordm\u{AD}åhl, met the leader of the Northern\nAlliance in New\nYork on Tuesday, offi-\ncials said.";
    let found = found_in(wire);
    for name in ["ORG Northern\nAlliance", "GPE New\nYork", "PERSON Kari Nordm\u{AD}åhl"] {
        assert!(found.iter().any(|one| one == name), "{name:?} is not in {found:?}");
    }
    // The same names in the same words, whatever breaks them.
    let words = "The mayor of Ostrava, Marta Lindqvist of the Kelp Board, met Adam Teller of Northgate Bank in New York on Tuesday. \
        She told the Harbour Commission of South Korea that Nora Haldane would fly to Buenos Aires on 4 March 2024, and that the \
        World Health Organization had been asked for help by Lindqvist and by the United Nations.";
    let plain: Vec<String> = found_in(words);
    assert!(plain.len() >= 10, "{plain:?}");
    let broken_at = |width: usize, end: &str| {
        let mut out = String::new();
        let mut column = 0;
        for word in words.split(' ') {
            if column > 0 && column + 1 + word.chars().count() > width {
                out.push_str(end);
                column = 0;
            } else if column > 0 {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += word.chars().count();
        }
        out
    };
    let as_read = |text: &str| found_in(text).into_iter().map(|one| manicule::text::seam::one_line(&one)).collect::<Vec<_>>();
    for width in [44, 60, 66, 72, 78] {
        for end in ["\n", "\r\n", "  \n", "\n   "] {
            assert_eq!(as_read(&broken_at(width, end)), plain, "{width} {end:?}");
        }
    }
    let cut = words.replace("Lindqvist", "Lind-\nqvist").replace("Haldane", "Hal\u{AD}dane").replace("Northgate", "North\u{200B}gate");
    assert_eq!(as_read(&cut), plain);
    let unseen = words.replace("Ostrava", "\u{FEFF}Ost\u{AD}rava").replace("Teller", "Tel\u{2060}ler\u{200B}");
    assert_eq!(as_read(&unseen), plain);
}

#[test]
fn the_head_of_a_broken_text_is_its_own() {
    let wire = "HARBOUR OF OSTRAVA TO\nCLOSE IN SPRING\n\nBy Ann Lee\n\nOSTRAVA (Reuters) - The council of the harbour de-\ncided on Monday that the quay is to\nbe closed, an offi-\ncial said.\n";
    let article = from_text(ArticleId::new("article"), wire);
    assert_eq!(&*article.text, wire);
    assert_eq!(article.meta.title.as_deref(), Some("HARBOUR OF OSTRAVA TO CLOSE IN SPRING"));
    assert_eq!(article.meta.byline.as_deref(), Some("Ann Lee"));
    let zones: Vec<(&str, &str)> = article.zones.iter().map(|zone| (zone.kind.as_str(), article.quote(zone.span))).collect();
    assert_eq!(
        zones,
        [("headline", "HARBOUR OF OSTRAVA TO\nCLOSE IN SPRING"), ("byline", "By Ann Lee"), ("dateline", "OSTRAVA (Reuters) -")]
    );
}
