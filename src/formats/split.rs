//! A corpus in three parts, to train, to tune and to test on: by article, the same for the same seed.

use sha2::{Digest as _, Sha256};

use crate::annotation::ArticleId;

/// How much goes to train, dev and test, in proportion to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shares(pub [u32; 3]);

#[derive(Debug, thiserror::Error)]
#[error("a split is TRAIN/DEV/TEST in whole numbers, such as 80/10/10")]
pub struct BadShares;

impl std::str::FromStr for Shares {
    type Err = BadShares;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let parts: Vec<u32> = s.split('/').map(|part| part.trim().parse()).collect::<Result<_, _>>().map_err(|_| BadShares)?;
        match parts[..] {
            [train, dev, test] if train > 0 && parts.iter().all(|part| *part <= 1_000_000) => Ok(Self([train, dev, test])),
            _ => Err(BadShares),
        }
    }
}

impl Shares {
    pub const NAMES: [&'static str; 3] = ["train", "dev", "test"];

    /// Which part each article belongs to, by its place in [`Shares::NAMES`]. An order by hashes of seed and id is cut, so
    /// that the parts have their exact sizes and no order of the articles shows in them.
    pub fn deal(self, ids: &[&ArticleId], seed: u64) -> Vec<usize> {
        let mut order: Vec<usize> = (0..ids.len()).collect();
        order.sort_by_cached_key(|i| {
            let mut hasher = Sha256::new();
            hasher.update(seed.to_le_bytes());
            hasher.update(ids[*i].as_str().as_bytes());
            (<[u8; 32]>::from(hasher.finalize()), *i)
        });
        let total: u64 = self.0.iter().map(|share| u64::from(*share)).sum();
        let until = |shares: &[u32]| {
            let sum: u64 = shares.iter().map(|share| u64::from(*share)).sum();
            // Rounded, so that small corpora get what is nearest to the shares.
            ((ids.len() as u64 * sum * 2 + total) / (total * 2)) as usize
        };
        let (train, dev) = (until(&self.0[..1]), until(&self.0[..2]));
        let mut parts = vec![0; ids.len()];
        for (at, i) in order.into_iter().enumerate() {
            parts[i] = usize::from(at >= train) + usize::from(at >= dev);
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_deals_alike_and_parts_have_their_sizes() {
        let ids: Vec<ArticleId> = (0..50).map(|n| ArticleId::new(&format!("article-{n}"))).collect();
        let ids: Vec<&ArticleId> = ids.iter().collect();
        let shares: Shares = "80/10/10".parse().unwrap();
        let parts = shares.deal(&ids, 7);
        let sizes = [0, 1, 2].map(|part| parts.iter().filter(|other| **other == part).count());
        assert_eq!(sizes, [40, 5, 5]);
        assert_eq!(parts, shares.deal(&ids, 7));
        assert_ne!(parts, shares.deal(&ids, 8));
        // An article stays where it was when the list is turned around.
        let turned: Vec<&ArticleId> = ids.iter().copied().rev().collect();
        assert!(parts.iter().eq(shares.deal(&turned, 7).iter().rev()));
        assert!(["80/20", "a/b/c", "0/1/1", ""].iter().all(|bad| bad.parse::<Shares>().is_err()));
        assert!("8/1/1".parse::<Shares>().unwrap().deal(&[], 1).is_empty());
    }
}
