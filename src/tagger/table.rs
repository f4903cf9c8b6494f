//! A flat map from 32-bit keys to small values: one probe in nearly every look-up, built once, never changed.

#[derive(Clone, Debug, Default)]
pub struct Table<V> {
    /// The length is a power of two and at least twice the number of entries, so every chain of probes ends.
    slots: Vec<Option<(u32, V)>>,
    mask: usize,
}

impl<V: Copy> Table<V> {
    /// A table of `entries`; of two with one key the first is kept.
    pub fn new(entries: impl ExactSizeIterator<Item = (u32, V)>) -> Self {
        let len = (entries.len().max(1) * 2).next_power_of_two();
        let mut table = Self { slots: vec![None; len], mask: len - 1 };
        for (key, value) in entries {
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
        let mut at = self.home(key);
        while let Some((other, value)) = self.slots[at] {
            if other == key {
                return Some(value);
            }
            at = (at + 1) & self.mask;
        }
        None
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
