//! A flat map from 32-bit keys to small values, built once, never changed. Most keys that are asked for are not there:
//! a few bits per entry tell that without touching the entries, and fit a near cache.

#[derive(Clone, Debug, Default)]
pub struct Table<V> {
    /// The length is a power of two and greater than the number of entries, so every chain of probes ends.
    slots: Vec<Option<(u32, V)>>,
    mask: usize,
    /// A bit for every key that is there, and by chance for a few others.
    seen: Vec<u64>,
    /// By which a hash is shifted to number a bit.
    shift: u32,
    len: usize,
}

impl<V: Copy> Table<V> {
    /// A table of `entries`; of two with one key the first is kept.
    pub fn new(entries: impl ExactSizeIterator<Item = (u32, V)>) -> Self {
        let len = (entries.len().max(1) * 4 / 3 + 1).next_power_of_two();
        let n_bits = (len * 8).clamp(64, 1 << 24);
        let (seen, shift) = (vec![0; n_bits / 64], 32 - n_bits.trailing_zeros());
        let mut table = Self { slots: vec![None; len], mask: len - 1, seen, shift, len: entries.len() };
        for (key, value) in entries {
            let bit = table.bit(key);
            table.seen[bit / 64] |= 1 << (bit % 64);
            let mut at = table.home(key);
            loop {
                match &table.slots[at] {
                    None => {
                        table.slots[at] = Some((key, value));
                        break;
                    }
                    Some((other, _)) if *other == key => break,
                    Some(_) => at = (at + 1) & table.mask,
                }
            }
        }
        table
    }

    #[inline]
    pub fn get(&self, key: u32) -> Option<V> {
        if self.slots.is_empty() {
            return None;
        }
        let bit = self.bit(key);
        if self.seen[bit / 64] >> (bit % 64) & 1 == 0 {
            return None;
        }
        let mut at = self.home(key);
        while let Some((other, value)) = self.slots[at] {
            if other == key {
                return Some(value);
            }
            at = (at + 1) & self.mask;
        }
        None
    }

    /// How many entries it was made of.
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    fn bit(&self, key: u32) -> usize {
        (key.wrapping_mul(0x85eb_ca6b) >> self.shift) as usize
    }

    fn home(&self, key: u32) -> usize {
        (key.wrapping_mul(0x9e37_79b1) >> 7) as usize & self.mask
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_found_and_nothing_else() {
        let table = Table::new((0..1000_u32).map(|i| (i * 7, i)));
        for key in 0..7000 {
            assert_eq!(table.get(key), (key % 7 == 0).then_some(key / 7));
        }
        assert_eq!(Table::<u8>::default().get(3), None);
    }
}
