//! Numbers and what they count: money, percentages, measures.

use super::calendar::plain;
use super::grammar::{Hit, Place};
use super::lexemes::{Kind, Unit};

/// Signs and codes before an amount.
const SIGNS: &[(&str, &str)] = &[
    ("$", "USD"),
    ("US$", "USD"),
    ("£", "GBP"),
    ("€", "EUR"),
    ("¥", "JPY"),
    ("₹", "INR"),
    ("₽", "RUB"),
    ("₩", "KRW"),
    ("₺", "TRY"),
    ("₦", "NGN"),
    ("₱", "PHP"),
    ("฿", "THB"),
    ("₫", "VND"),
    ("₴", "UAH"),
    ("₪", "ILS"),
    ("USD", "USD"),
    ("EUR", "EUR"),
    ("GBP", "GBP"),
    ("CHF", "CHF"),
    ("SFr", "CHF"),
    ("Sfr", "CHF"),
    ("SKr", "SEK"),
    ("NKr", "NOK"),
    ("DKr", "DKK"),
    ("DM", "DEM"),
    ("FF", "FRF"),
    ("JPY", "JPY"),
    ("INR", "INR"),
    ("RMB", "CNY"),
    ("CNY", "CNY"),
    ("AUD", "AUD"),
    ("CAD", "CAD"),
    ("SGD", "SGD"),
    ("HKD", "HKD"),
    ("AED", "AED"),
    ("SAR", "SAR"),
    ("ZAR", "ZAR"),
    ("PKR", "PKR"),
    ("BDT", "BDT"),
    ("KES", "KES"),
    ("NGN", "NGN"),
    ("EGP", "EGP"),
    ("MYR", "MYR"),
    ("RM", "MYR"),
    ("Rs", "INR"),
    ("Rp", "IDR"),
    ("R", "ZAR"),
    ("HK", "HKD"),
    ("NT", "TWD"),
    ("Tk", "BDT"),
    ("Sh", "KES"),
    ("SR", "SAR"),
    ("QR", "QAR"),
    ("RUB", "RUB"),
];

/// Words after an amount.
const CURRENCIES: &[(&str, &str)] = &[
    ("dollar", "USD"),
    ("dollars", "USD"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("pound", "GBP"),
    ("pounds", "GBP"),
    ("yen", "JPY"),
    ("yuan", "CNY"),
    ("rupee", "INR"),
    ("rupees", "INR"),
    ("rouble", "RUB"),
    ("roubles", "RUB"),
    ("ruble", "RUB"),
    ("rubles", "RUB"),
    ("won", "KRW"),
    ("franc", "CHF"),
    ("francs", "CHF"),
    ("peso", "MXN"),
    ("pesos", "MXN"),
    ("lira", "TRY"),
    ("liras", "TRY"),
    ("rand", "ZAR"),
    ("ringgit", "MYR"),
    ("baht", "THB"),
    ("rupiah", "IDR"),
    ("dirham", "AED"),
    ("dirhams", "AED"),
    ("riyal", "SAR"),
    ("riyals", "SAR"),
    ("dinar", "KWD"),
    ("dinars", "KWD"),
    ("naira", "NGN"),
    ("shilling", "KES"),
    ("shillings", "KES"),
    ("krona", "SEK"),
    ("kronor", "SEK"),
    ("krone", "NOK"),
    ("kroner", "NOK"),
    ("zloty", "PLN"),
    ("zlotys", "PLN"),
    ("hryvnia", "UAH"),
    ("hryvnias", "UAH"),
    ("shekel", "ILS"),
    ("shekels", "ILS"),
    ("cent", "USD"),
    ("cents", "USD"),
    ("pence", "GBP"),
    ("USD", "USD"),
    ("EUR", "EUR"),
    ("RMB", "CNY"),
    ("real", "BRL"),
    ("reais", "BRL"),
    ("bitcoin", "BTC"),
    ("bitcoins", "BTC"),
    ("taka", "BDT"),
    ("crore", "INR"),
];

/// Units of measure and how they are written in a value.
const MEASURES: &[(&str, &str)] = &[
    ("km", "km"),
    ("kilometre", "km"),
    ("kilometres", "km"),
    ("kilometer", "km"),
    ("kilometers", "km"),
    ("metre", "m"),
    ("metres", "m"),
    ("meter", "m"),
    ("meters", "m"),
    ("centimetre", "cm"),
    ("centimetres", "cm"),
    ("centimeters", "cm"),
    ("cm", "cm"),
    ("millimetres", "mm"),
    ("millimeters", "mm"),
    ("mm", "mm"),
    ("mile", "mi"),
    ("miles", "mi"),
    ("foot", "ft"),
    ("feet", "ft"),
    ("inch", "in"),
    ("inches", "in"),
    ("yard", "yd"),
    ("yards", "yd"),
    ("kg", "kg"),
    ("kilogram", "kg"),
    ("kilograms", "kg"),
    ("kilo", "kg"),
    ("kilos", "kg"),
    ("gram", "g"),
    ("grams", "g"),
    ("ton", "t"),
    ("tons", "t"),
    ("tonne", "t"),
    ("tonnes", "t"),
    ("ounce", "oz"),
    ("ounces", "oz"),
    ("lbs", "lb"),
    ("litre", "l"),
    ("litres", "l"),
    ("liter", "l"),
    ("liters", "l"),
    ("gallon", "gal"),
    ("gallons", "gal"),
    ("barrel", "bbl"),
    ("barrels", "bbl"),
    ("acre", "acre"),
    ("acres", "acre"),
    ("hectare", "ha"),
    ("hectares", "ha"),
    ("mph", "mph"),
    ("kph", "km/h"),
    ("degrees", "deg"),
    ("degree", "deg"),
    ("megawatts", "MW"),
    ("megawatt", "MW"),
    ("gigawatts", "GW"),
    ("MW", "MW"),
    ("GW", "GW"),
    ("kilowatts", "kW"),
    ("knots", "kn"),
    ("bushels", "bu"),
    ("kilotons", "kt"),
    ("GB", "GB"),
    ("MB", "MB"),
    ("terabytes", "TB"),
    ("gigabytes", "GB"),
    ("megabytes", "MB"),
];

impl Place<'_> {
    /// A number in digits or words with its scale: how many lexemes, and the value.
    pub(super) fn number_phrase(&self, ahead: usize) -> Option<(usize, f64)> {
        let mut at = ahead;
        let mut total = 0.0;
        let mut part = match self.kind(at) {
            Kind::Number(number) if !number.is_ordinal => number.value,
            Kind::Word("hundred" | "thousand" | "million" | "billion" | "trillion") if ahead > 0 => 1.0,
            _ => return None,
        };
        let in_words = matches!(self.kind(at), Kind::Number(number) if number.digits == 0);
        at += usize::from(matches!(self.kind(at), Kind::Number(_)));
        // Bounded: no number is longer than this in words.
        for _ in 0..8 {
            match self.kind(at) {
                Kind::Word("-")
                    if in_words && self.is_glued(at) && matches!(self.kind(at + 1), Kind::Number(n) if n.digits == 0 && !n.is_ordinal) =>
                {
                    at += 1
                }
                Kind::Number(number)
                    if in_words && number.digits == 0 && !number.is_ordinal && number.value < 100.0 && part % 10.0 == 0.0 =>
                {
                    part += number.value;
                    at += 1;
                }
                Kind::Word(word) => {
                    let scale = match word {
                        "hundred" => 100.0,
                        "dozen" => 12.0,
                        "thousand" | "k" => 1e3,
                        "million" | "mn" | "m" => 1e6,
                        "billion" | "bn" => 1e9,
                        "trillion" | "tn" => 1e12,
                        "and" if part >= 100.0 && matches!(self.kind(at + 1), Kind::Number(n) if n.digits == 0 && !n.is_ordinal) => {
                            at += 1;
                            continue;
                        }
                        _ => break,
                    };
                    // A lone "m" after a number is metres or millions; only right behind it is it a scale.
                    if matches!(word, "m" | "k") && !self.is_glued(at) {
                        break;
                    }
                    part *= scale;
                    if scale > 100.0 {
                        total += part;
                        part = 0.0;
                    }
                    at += 1;
                }
                _ => break,
            }
        }
        Some((at - ahead, total + part))
    }

    pub(super) fn may_be_money(&self) -> bool {
        matches!(self.kind(1), Kind::Number(_) | Kind::Word("$" | "." | "£" | "€"))
            || self.surface(0).starts_with(['₦', '₱', '฿', '₫', '₴', '₪'])
            || self.glued_amount(0).is_some()
    }

    /// $5 billion, US$ 3m, RM7.8 million, Rs 500 crore, 40 euros.
    pub(super) fn money(&self) -> Option<Hit> {
        if let Some((sign, n_sign, code)) = self.sign() {
            let at = n_sign;
            let (n, value) = match sign {
                Some(value) => (0, value),
                None => self.number_phrase(at)?,
            };
            let mut end = at + n;
            let mut value = value;
            if sign.is_some()
                && let Some(scale) = self.scale(end)
            {
                value *= scale;
                end += 1;
            }
            let (m, scaled) = match self.kind(end) {
                // £2 m: behind a sign it is millions.
                Kind::Word("m") if !self.is_glued(end) => (1, value * 1e6),
                _ => self.written_scale(end, value),
            };
            end += m;
            if self.is(end, &["-", "–", "to"])
                && let Some((m, _)) = self.number_phrase(end + 1)
                && self.is(end + 1 + m, &["million", "billion"])
            {
                end += 1 + m;
            }
            end += usize::from(CURRENCIES.iter().any(|(word, _)| self.surface(end) == *word));
            return self.hit(end, "amount-money", Some(format!("{code} {}", plain(scaled))));
        }
        let (n, value) = self.count(0)?;
        let (m, value) = value.map_or((0, None), |value| {
            let (m, value) = self.written_scale(n, value);
            (m, Some(value))
        });
        let mut end = n + m;
        const LANDS: &[&str] = &[
            "US",
            "U.S.",
            "Canadian",
            "Australian",
            "Singapore",
            "Hong",
            "New",
            "Swiss",
            "Mexican",
            "Indian",
            "Saudi",
            "British",
            "Taiwan",
        ];
        if LANDS.contains(&self.surface(end)) {
            end += 1 + usize::from(matches!(self.surface(end + 1), "Kong" | "Zealand"));
        }
        let (_, code) = CURRENCIES.iter().find(|(word, _)| self.surface(end) == *word)?;
        // "won" and "real" are words; they are money only after a large number.
        if matches!(self.surface(end), "won" | "real" | "pound" | "rand") && value.is_none_or(|value| value < 1000.0) {
            return None;
        }
        let value = value.map(|value| if matches!(self.surface(end), "cent" | "cents" | "pence") { value / 100.0 } else { value });
        self.hit(end + 1, "amount-money", value.map(|value| format!("{code} {}", plain(value))))
    }

    /// A currency before a number, perhaps glued to it (RM7.8): the number if glued, how many lexemes, the code.
    fn sign(&self) -> Option<(Option<f64>, usize, &'static str)> {
        if let Some((code, value)) = self.glued_amount(0) {
            // RM7.8 is three words: a full stop joins digits only in a word that begins with one.
            if self.is(1, &["."]) && self.is_glued(1) && self.is_glued(2) && self.surface(2).bytes().all(|b| b.is_ascii_digit()) {
                let decimals = format!("0.{}", self.surface(2)).parse().unwrap_or(0.0);
                return Some((Some(value + decimals), 3, code));
            }
            return Some((Some(value), 1, code));
        }
        let code = SIGNS.iter().find(|(sign, _)| self.surface(0) == *sign).map(|(_, code)| *code);
        let mut n = 1;
        // C$, A$, S$, NZ$: the letters are a word of their own.
        if self.is(1, &["$"]) && self.is_glued(1) {
            let code = match self.surface(0) {
                "US" => "USD",
                "C" | "CA" => "CAD",
                "A" | "AU" => "AUD",
                "NZ" => "NZD",
                "HK" => "HKD",
                "S" => "SGD",
                "NT" => "TWD",
                "R" => "BRL",
                _ => return None,
            };
            return matches!(self.kind(2), Kind::Number(_)).then_some((None, 2, code));
        }
        let code = code?;
        n += usize::from(self.is(1, &["."]) && self.is_glued(1));
        let follows = matches!(self.kind(n), Kind::Number(number) if !number.is_ordinal);
        let is_letter = self.surface(0).len() == 1 && self.surface(0).chars().all(char::is_alphabetic);
        (follows && !is_letter).then_some((None, n, code))
    }

    /// RM7.8, Rs500, USD5: letters and digits of one word.
    fn glued_amount(&self, ahead: usize) -> Option<(&'static str, f64)> {
        let surface = self.surface(ahead);
        let at = surface.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0)?;
        let (_, code) = SIGNS.iter().find(|(sign, _)| surface[..at] == **sign)?;
        let (number, scale) = match surface[at..].trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',')) {
            "" => (&surface[at..], 1.0),
            "m" | "mn" => (surface[at..].trim_end_matches(['m', 'n']), 1e6),
            "bn" => (surface[at..].trim_end_matches("bn"), 1e9),
            _ => return None,
        };
        let digits: String = number.chars().filter(|c| *c != ',').collect();
        digits.parse::<f64>().ok().map(|value| (*code, value * scale))
    }

    fn scale(&self, ahead: usize) -> Option<f64> {
        match self.kind(ahead) {
            Kind::Word("million" | "mn") => Some(1e6),
            Kind::Word("billion" | "bn") => Some(1e9),
            Kind::Word("trillion" | "tn") => Some(1e12),
            Kind::Word("thousand") => Some(1e3),
            _ => None,
        }
    }

    /// Crore and lakh.
    fn written_scale(&self, ahead: usize, value: f64) -> (usize, f64) {
        match self.surface(ahead) {
            "bln" => (1, value * 1e9),
            "mln" => (1, value * 1e6),
            "trn" | "trln" => (1, value * 1e12),
            "crore" | "crores" => (1, value * 1e7),
            "lakh" | "lakhs" => (1, value * 1e5),
            _ => (0, value),
        }
    }

    pub(super) fn percent_or_quantity(&self) -> Option<Hit> {
        let (n, value) = self.count(0)?;
        let value_text = value.map_or_else(|| "X".to_owned(), plain);
        let hyphen = usize::from(self.is(n, &["-"]) && self.is_glued(n));
        let at = n + hyphen;
        if self.is(at, &["%", "percent", "pct"]) {
            let end = at + 1;
            let points = if self.is(end, &["point", "points"]) { 1 } else { 0 };
            return self.hit(end + points, "amount-percent", Some(format!("{value_text}%")));
        }
        if self.is(at, &["per"]) && self.is(at + 1, &["cent"]) {
            return self.hit(at + 2, "amount-percent", Some(format!("{value_text}%")));
        }
        if self.is(at, &["percentage"]) && self.is(at + 1, &["point", "points"]) {
            return self.hit(at + 2, "amount-percent", Some(format!("{value_text}%")));
        }
        let square = usize::from(matches!(self.surface(at), "square" | "sq" | "cubic" | "metric" | "nautical"));
        let unit = self.surface(at + square);
        let (_, short) = MEASURES.iter().find(|(word, _)| *word == unit)?;
        let power = match self.surface(at) {
            "square" | "sq" => "2",
            "cubic" => "3",
            _ => "",
        };
        self.hit(at + square + 1, "amount-quantity", Some(format!("{value_text} {short}{power}")))
    }

    /// A number that nothing else claims.
    pub(super) fn number(&self) -> Option<Hit> {
        if let Kind::Number(number) = self.kind(0)
            && number.is_ordinal
        {
            return self.hit(1, "number-ordinal", Some(plain(number.value)));
        }
        if matches!(self.kind(0), Kind::Unit(Unit::Second)) && self.surface(0).eq_ignore_ascii_case("second") {
            return self.hit(1, "number-ordinal", Some("2".to_owned()));
        }
        let (n, value) = self.number_phrase(0)?;
        self.hit(n, "number-cardinal", Some(plain(value)))
    }
}
