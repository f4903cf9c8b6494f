use super::*;
use crate::text::tokens::tokens;

fn read(text: &str, published: Option<&str>) -> String {
    let found = find(text, &tokens(text), published);
    let kept = found.iter().filter(|one| !matches!(one.label, "CARDINAL" | "ORDINAL"));
    kept.map(|one| format!("{}|{}|{}", &text[one.span.range()], one.label, one.value.as_deref().unwrap_or("-")))
        .collect::<Vec<_>>()
        .join("; ")
}

/// `text` published on Tuesday, 11 July 2023.
#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(read(text, Some("2023-07-11")), expected, "{text}");
}

/// Sentences with their day of publication, what is found and its value; `-` where nothing is. One or more of every kind
/// that newsrooms write, and beside them what only looks like it.
#[test]
fn sentences_of_newsrooms_have_the_right_days() {
    let mut wrong = Vec::new();
    for row in include_str!("cases.tsv").lines().skip(1) {
        let [sentence, published, span, value] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{row}") };
        let found = find(sentence, &tokens(sentence), Some(published));
        let dates: Vec<_> = found.iter().filter(|one| matches!(one.label, "DATE" | "TIME")).collect();
        let is_right = match span {
            "-" => dates.is_empty(),
            _ => dates.iter().any(|one| &sentence[one.span.range()] == span && one.value.as_deref() == Some(value)),
        };
        if !is_right {
            wrong.push(format!("{row}: {}", read(sentence, Some(published))));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn what_the_whole_article_tells_of_its_days() {
    // Day first where the other dates have it so.
    check(
        "On 3 May and 5 June it rained. The vote on 11/7 was close.",
        "3 May|DATE|2023-05-03; 5 June|DATE|2023-06-05; 11/7|DATE|2023-07-11",
    );
    check("On May 3 it rained. The vote on 7/5 was close.", "May 3|DATE|2023-05-03; 7/5|DATE|2023-07-05");
    // A year that is told once; not where the day itself is near.
    check("On May 3, 2019 it burnt. The May 3 fire", "May 3, 2019|DATE|2019-05-03; May 3|DATE|2019-05-03");
    check("Born on July 9, 1961, he died on July 9.", "July 9, 1961|DATE|1961-07-09; July 9|DATE|2023-07-09");
    check(
        "On May 3, 2019 and May 3, 2020. The May 3 fire",
        "May 3, 2019|DATE|2019-05-03; May 3, 2020|DATE|2020-05-03; May 3|DATE|2023-05-03",
    );
}

#[test]
fn absolute_dates() {
    check("on Jan. 31, 2023.", "Jan. 31, 2023|DATE|2023-01-31");
    check("on 31 January 2023", "31 January 2023|DATE|2023-01-31");
    check("on July 11 and May 9", "July 11|DATE|2023-07-11; May 9|DATE|2023-05-09");
    check("on Dec 28", "Dec 28|DATE|2022-12-28");
    check("Monday, June 5, 2023, at", "Monday, June 5, 2023|DATE|2023-06-05");
    check("the 3rd of June", "3rd of June|DATE|2023-06-03");
    check("in June 2022 and November", "June 2022|DATE|2022-06; November|DATE|2022-11");
    check("2023-07-11 and 31/12/2022 and 24.12.2022", "2023-07-11|DATE|2023-07-11; 31/12/2022|DATE|2022-12-31; 24.12.2022|DATE|2022-12-24");
    check("since the 9/11 attacks", "9/11|DATE|2001-09-11");
    check("February 30, 2023", "February 30, 2023|DATE|-");
}

#[test]
fn words_that_are_no_months() {
    check("They may march on", "");
    check("May said that Theresa May would", "");
    check("April Jones met June Carter", "");
    check("in March and May", "March|DATE|2023-03; May|DATE|2023-05");
}

#[test]
fn years() {
    check("in 1998, by 2030", "1998|DATE|1998; 2030|DATE|2030");
    check("the 2022 election", "2022|DATE|2022");
    check("2000 people and 1,998 men and $2000", "$2000|MONEY|USD 2000");
    check("in 2019-2021 and 2019/20", "2019-2021|DATE|2019/2021; 2019/20|DATE|2019/2020");
    check("from 2010 to 2015", "2010 to 2015|DATE|2010/2015");
    check("(2021) early 2024", "2021|DATE|2021; early 2024|DATE|2024");
    check("in 1453", "1453|DATE|1453");
    check("model 1453", "");
}

#[test]
fn relative_dates() {
    check("last year", "last year|DATE|2022");
    check("of the past five years", "past five years|DATE|P5Y");
    check("next month, this week", "next month|DATE|2023-08; this week|DATE|2023-W28");
    check("two weeks ago", "two weeks ago|DATE|2023-W26");
    check("a day earlier", "day earlier|DATE|-P1D");
    check("said on Tuesday and last Monday", "Tuesday|DATE|2023-07-11; last Monday|DATE|2023-07-10");
    check("Friday and next Friday", "Friday|DATE|2023-07-07; next Friday|DATE|2023-07-14");
    check("yesterday, today and tomorrow", "yesterday|DATE|2023-07-10; today|DATE|2023-07-11; tomorrow|DATE|2023-07-12");
    check("earlier this year", "earlier this year|DATE|2023");
    check("last summer", "last summer|DATE|2022-SU");
    check("in recent years", "recent years|DATE|PXY");
    check("last December", "last December|DATE|2022-12");
}

#[test]
fn without_a_day_of_publication_values_stay_open() {
    assert_eq!(
        read("on July 11, last year, Tuesday", None),
        "July 11|DATE|XXXX-07-11; last year|DATE|UNDEF-last-year; Tuesday|DATE|XXXX-WXX-2"
    );
    assert_eq!(read("on July 11, last year", Some("2023")), "July 11|DATE|2023-07-11; last year|DATE|2022");
    assert_eq!(read("last year", Some("no date")), "last year|DATE|UNDEF-last-year");
}

#[test]
fn a_range_is_one_and_never_ends_before_it_begins() {
    check("from March to May", "March to May|DATE|2023-03/2023-05");
    check("from November to February", "November to February|DATE|2022-11/2023-02");
    check("May 3 to June 5, 2021", "May 3 to June 5, 2021|DATE|2021-05-03/2021-06-05");
    check("Dec. 30 to Jan. 2, 2021", "Dec. 30 to Jan. 2, 2021|DATE|2020-12-30/2021-01-02");
    check("from 2015 to 2010", "2015|DATE|2015; 2010|DATE|2010");
    check("from March to 2024", "March|DATE|2023-03; 2024|DATE|2024");
    check("June 5-10", "June 5-10|DATE|2023-06-05/2023-06-10");
    check("from June 5 to 10, 2022", "June 5 to 10, 2022|DATE|2022-06-05/2022-06-10");
    check("5-10 May", "5-10 May|DATE|2023-05-05/2023-05-10");
}

#[test]
fn periods() {
    check("in the 1990s and the early 1980s", "1990s|DATE|199X; early 1980s|DATE|198X");
    check("the ’90s", "’90s|DATE|199X");
    check("the second quarter of 2023", "second quarter of 2023|DATE|2023-Q2");
    check("in the third quarter", "third quarter|DATE|2023-Q3");
    check("Q2 2022 and 2Q23", "Q2 2022|DATE|2022-Q2; 2Q23|DATE|2023-Q2");
    check("in the first half of last year", "first half of last year|DATE|2022-H1");
    check("in spring 2022", "spring 2022|DATE|2022-SP");
    check("a 19th-century house of the 20th century", "19th-century|DATE|18XX; 20th century|DATE|19XX");
    check("fiscal 2023", "fiscal 2023|DATE|FY2023");
    check("in mid-June", "mid-June|DATE|2023-06");
}

#[test]
fn durations_and_ages() {
    check("for two weeks and 10 days", "two weeks|DATE|P2W; 10 days|DATE|P10D");
    check("a two-day visit", "two-day|DATE|P2D");
    check("a 45-year-old man, 34 years old", "45-year-old|DATE|P45Y; 34 years old|DATE|P34Y");
    check("several months", "several months|DATE|PXM");
    check("a decade", "a decade|DATE|P10Y");
    check("twenty-five years", "twenty-five years|DATE|P25Y");
}

#[test]
fn holidays() {
    check("on Christmas Eve and New Year’s Day", "Christmas Eve|DATE|2023-12-24; New Year’s Day|DATE|2024-01-01");
    check("before Easter 2021", "Easter 2021|DATE|2021-04-04");
}

#[test]
fn times() {
    check("at 9 a.m. and 9:30 p.m. GMT", "9 a.m.|TIME|T09:00; 9:30 p.m. GMT|TIME|T21:30Z");
    check("three hours, half an hour", "three hours|TIME|PT3H; half an hour|TIME|PT0.5H");
    check("on Friday morning", "Friday morning|TIME|2023-07-07TMO");
    check("last night", "last night|TIME|2023-07-10TNI");
    check("won 2:1", "");
    check("at 21:30", "21:30|TIME|T21:30");
}

#[test]
fn amounts() {
    check("$5 billion and 40 euros", "$5 billion|MONEY|USD 5000000000; 40 euros|MONEY|EUR 40");
    check("RM7.8 million, US$3m, C$20", "RM7.8 million|MONEY|MYR 7800000; US$3m|MONEY|USD 3000000; C$20|MONEY|CAD 20");
    check("Rs 500 crore", "Rs 500 crore|MONEY|INR 5000000000");
    check("5 percent, 5.5%, 12 per cent", "5 percent|PERCENT|5%; 5.5%|PERCENT|5.5%; 12 per cent|PERCENT|12%");
    check("12 kilometres and 5,000 square miles", "12 kilometres|QUANTITY|12 km; 5,000 square miles|QUANTITY|5000 mi2");
}

#[test]
fn numbers_are_known_but_apart() {
    let text = "the third of forty-two men";
    let found = find(text, &tokens(text), None);
    let read: Vec<_> = found.iter().map(|one| (&text[one.span.range()], one.label)).collect();
    assert_eq!(read, [("third", "ORDINAL"), ("forty-two", "CARDINAL")]);
}

#[test]
fn lines_are_not_crossed() {
    check("July\n11", "July|DATE|2023-07");
    check("in 2022\nyears", "2022|DATE|2022");
}

#[test]
fn hostile_text_is_read_in_linear_time() {
    for text in [
        "9:".repeat(100_000),
        "1 ".repeat(200_000),
        "May ".repeat(100_000),
        "twenty-".repeat(80_000),
        "last ".repeat(100_000),
        "9".repeat(400_000),
        "same period ".repeat(50_000),
        "end of the ".repeat(50_000),
        "Ramadan ".repeat(50_000),
        "9/9 on 9/9 to ".repeat(20_000),
        "noon on Friday to ".repeat(20_000),
        "2019 to ".repeat(50_000),
    ] {
        find(&text, &tokens(&text), Some("9999-12-31"));
    }
    for published in ["0000-01-01", "-9999", "9999-12-31", "２０２３"] {
        find(
            "999999999999 years ago, next century, 99999999999999999999 weeks ago, last decade",
            &tokens("999999999 years ago"),
            Some(published),
        );
        let text = "999999999999 years ago, next century, 99999999999999999999 weeks ago, last decade, next weekend, Friday";
        find(text, &tokens(text), Some(published));
    }
}
