//! Work on many articles of one file: read one after another, worked on by all cores, taken in their order.

use std::io;

use rayon::prelude::*;

/// How many are worked on at a time, and how many bytes of the file, so that one of any length is read in the same room.
const MOST: usize = 64;
const MOST_BYTES: usize = 8 << 20;

/// Takes the outcome of `work` on everything that `next` gives, in order; `take` says whether it wants more. `size` is about
/// how many bytes of the file something is.
///
/// # Errors
/// The first of `next`, when what came before it is taken.
pub fn in_batches<T: Send, O: Send>(
    mut next: impl FnMut() -> io::Result<Option<T>>,
    size: impl Fn(&T) -> usize,
    work: impl Fn(T) -> O + Sync,
    mut take: impl FnMut(O) -> bool,
) -> io::Result<()> {
    loop {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        let end = loop {
            match next() {
                Ok(Some(one)) => {
                    bytes += size(&one);
                    batch.push(one);
                }
                Ok(None) => break Some(Ok(())),
                Err(error) => break Some(Err(error)),
            }
            if batch.len() >= MOST || bytes >= MOST_BYTES {
                break None;
            }
        };
        let done: Vec<O> = batch.into_par_iter().map(&work).collect();
        if !done.into_iter().all(&mut take) {
            return Ok(());
        }
        if let Some(end) = end {
            return end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_come_in_order_and_what_came_before_a_fault_is_taken() {
        let run = |fault_at: usize, enough: usize| {
            let (mut given, mut taken) = (0, Vec::new());
            let next = || {
                given += 1;
                if given == fault_at { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok((given <= 1000).then_some(given)) }
            };
            let ended = in_batches(
                next,
                |_| 1,
                |n| n * 2,
                |n| {
                    taken.push(n);
                    taken.len() < enough
                },
            );
            (ended.is_ok(), taken)
        };
        let doubled = |to: usize| (1..=to).map(|n| n * 2).collect::<Vec<_>>();
        assert_eq!(run(0, usize::MAX), (true, doubled(1000)));
        assert_eq!(run(200, usize::MAX), (false, doubled(199)));
        assert_eq!(run(0, 100), (true, doubled(100)));
    }

    #[test]
    fn what_waits_is_bounded_in_bytes() {
        let (given, mut most) = (std::cell::Cell::new(0_usize), 0);
        let mut taken = 0;
        let next = || {
            given.set(given.get() + 1);
            Ok((given.get() <= 10).then_some(()))
        };
        let take = |()| {
            most = most.max(given.get() - taken);
            taken += 1;
            true
        };
        in_batches(next, |()| MOST_BYTES, |()| (), take).unwrap();
        assert_eq!((taken, most), (10, 1));
    }
}
