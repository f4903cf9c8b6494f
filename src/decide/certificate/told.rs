//! What a sample says once it was answered.
//!
//! One draw from each of n equal cells makes n independent draws whose chances of a fault differ, with the share of faults in the
//! whole row as their mean. Of all such draws those with equal chances spread most (Hoeffding, On the distribution of the number
//! of successes in independent trials, Annals of Mathematical Statistics 1956, theorem 5): the exact binomial interval of the
//! pooled faults therefore holds for the whole at least as often as it says, whatever the strata are like. Drawing without
//! putting back only makes it hold more often. The same goes for a label, whose draws are those of its cells; the cells that it
//! shares with its neighbours are told in the simulation. Whoever draws more because a bound was not met yet, and stops when it
//! is, gets a bound that is a little too good.

use std::collections::BTreeMap;

use super::interval;
use crate::annotation::{Answer, Certificate, Decided, How, Item, Label};

/// A share of faults, with the range in which it lies at least 95 of 100 times.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Rate {
    /// How many were wrong, of those looked at, of all.
    pub wrong: usize,
    pub looked_at: usize,
    pub of: usize,
    pub low: f64,
    pub high: f64,
}

impl Rate {
    fn new(wrong: usize, looked_at: usize, of: usize) -> Self {
        // Where all were looked at nothing is left to chance.
        let (low, high) = match looked_at {
            n if n > 0 && n == of => (wrong as f64 / n as f64, wrong as f64 / n as f64),
            n => interval::exact(wrong, n),
        };
        Self { wrong, looked_at, of, low, high }
    }

    /// 0 to 1; 0 where nothing was looked at.
    pub fn ratio(self) -> f64 {
        self.wrong as f64 / self.looked_at.max(1) as f64
    }

    /// How many more to look at until the error is at most `bound` (0 to 1) 95 of 100 times, if what comes is like what was seen;
    /// never more than there are. `None` where it is larger than that.
    pub fn more_for(self, bound: f64) -> Option<usize> {
        if self.high <= bound {
            return Some(0);
        }
        let rest = self.of.saturating_sub(self.looked_at);
        interval::more_for(self.wrong, self.looked_at, bound).map(|more| more.min(rest))
    }
}

/// What a certificate says.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Told {
    /// Settled mentions that are wrong: another label, other edges, none at all; and rejected ones that are right.
    pub mentions: Rate,
    /// The same by what was decided; `None` stands for what was rejected.
    pub by_label: Vec<(Option<Label>, Rate)>,
    pub by_how: Vec<(How, Rate)>,
    /// Sentences in which more names stand than were confirmed.
    pub sentences: Rate,
    /// Sentences in which more of a label stand than were confirmed with it.
    pub missed_by_label: Vec<(Label, Rate)>,
    pub answered: usize,
    pub asked: usize,
}

impl Told {
    pub fn of(certificate: &Certificate) -> Self {
        let answered: Vec<(&Item, bool)> = certificate.items.iter().filter_map(|item| Some((item, item.is_wrong()?))).collect();
        let of_label = |label: &Option<Label>| {
            certificate.strata.iter().filter(|stratum| stratum.label == *label).map(|stratum| stratum.size as usize).sum::<usize>()
        };
        let of_how =
            |how: How| certificate.strata.iter().filter(|stratum| stratum.how == how).map(|stratum| stratum.size as usize).sum::<usize>();
        let mut labels: BTreeMap<Option<Label>, (usize, usize)> = BTreeMap::new();
        let mut hows: BTreeMap<How, (usize, usize)> = BTreeMap::new();
        for stratum in &certificate.strata {
            labels.entry(stratum.label.clone()).or_default();
            hows.entry(stratum.how).or_default();
        }
        let (mut mentions, mut sentences) = ((0, 0), (0, 0));
        let count = |tally: &mut (usize, usize), wrong: bool| *tally = (tally.0 + usize::from(wrong), tally.1 + 1);
        for (item, wrong) in &answered {
            match &item.decided {
                Decided::Mention { label, how } => {
                    count(&mut mentions, *wrong);
                    count(labels.entry(label.clone()).or_default(), *wrong);
                    count(hows.entry(*how).or_default(), *wrong);
                }
                Decided::Sentence(_) => count(&mut sentences, *wrong),
            }
        }
        let rate = |(wrong, looked_at): (usize, usize), of: usize| Rate::new(wrong, looked_at, of);
        Self {
            mentions: rate(mentions, certificate.mentions()),
            by_label: labels.into_iter().map(|(label, tally)| (label.clone(), rate(tally, of_label(&label)))).collect(),
            by_how: hows.into_iter().map(|(how, tally)| (how, rate(tally, of_how(how)))).collect(),
            sentences: rate(sentences, certificate.sentences as usize),
            missed_by_label: missed(&answered, certificate.sentences as usize),
            answered: answered.len(),
            asked: certificate.items.len(),
        }
    }
}

/// In how many sentences a label was missed, for every label that was said of one.
fn missed(answered: &[(&Item, bool)], of: usize) -> Vec<(Label, Rate)> {
    let mut tallies: BTreeMap<&Label, usize> = BTreeMap::new();
    let mut looked_at = 0;
    for (item, _) in answered {
        let (Decided::Sentence(decided), Some(Answer::Names(said))) = (&item.decided, &item.answer) else { continue };
        looked_at += 1;
        for of_label in said.chunk_by(|a, b| a == b) {
            let known = decided.iter().filter(|label| **label == of_label[0]).count();
            *tallies.entry(&of_label[0]).or_default() += usize::from(of_label.len() > known);
        }
    }
    tallies.into_iter().map(|(label, wrong)| (label.clone(), Rate::new(wrong, looked_at, of))).collect()
}
