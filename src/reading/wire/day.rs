//! The day of a story as its outlet wrote it, in its own zone.

use crate::reading::days::day_in;

/// The day that a time begins with: `20151210T191044Z`, `2016-04-13 04:52:21+00:00`, `Tue, 04 Oct 2016 09:00:00 CEST`.
/// `None` for what is no time, such as the text of a template.
pub fn day_of(time: &str) -> Option<String> {
    let time = time.trim();
    let digits = time.bytes().take_while(u8::is_ascii_digit).count();
    if digits >= 8 {
        return day_in(&format!("{}-{}-{}", &time[..4], &time[4..6], &time[6..8]));
    }
    // Where a day is written in figures, its hours follow without a blank.
    match time.get(..10).filter(|_| digits == 4) {
        Some(day) => day_in(day),
        None => day_in(time),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_stay_in_their_own_zone() {
        for (time, expected) in [
            ("20151210T191044Z", "2015-12-10"),
            ("20161011T001327+0100", "2016-10-11"),
            ("20080219+0100", "2008-02-19"),
            ("20141126T152703", "2014-11-26"),
            ("20141126", "2014-11-26"),
            ("2020-09-07T14:45:26", "2020-09-07"),
            ("2016-05-12T00:05:13+02:00", "2016-05-12"),
            ("2016-04-13 04:52:21+00:00", "2016-04-13"),
            ("2022-07-11 18:33", "2022-07-11"),
            ("2022-07-11", "2022-07-11"),
            ("Tue, 04 Oct 2016 00:30:00 CEST", "2016-10-04"),
            ("Tue, 4 Oct 2016 09:00:00 GMT", "2016-10-04"),
        ] {
            assert_eq!(day_of(time).as_deref(), Some(expected), "{time}");
        }
        for time in ["YYYYMMDD000000-HHMM", "", "now", "20161341T000000Z", "12", "١٢٣٤٥٦٧٨", "é20160101"] {
            assert_eq!(day_of(time), None, "{time}");
        }
    }
}
