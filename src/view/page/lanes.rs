//! Lanes: where the underlines of mentions that share words run, so that each can be seen and reached.

use crate::text::Span;

/// The lane of every span, 0 nearest to the words. `spans` are in reading order, outer before nested.
///
/// Innermost mentions get lane 0 and those around them run below; spans that cross get lanes of their own. One sweep.
pub fn lanes(spans: &[Span]) -> Vec<usize> {
    let mut out = vec![0; spans.len()];
    let mut ends: Vec<u32> = Vec::new();
    let mut cluster_start = 0;
    let mut cluster_end = 0;
    for (i, span) in spans.iter().enumerate() {
        if span.start >= cluster_end {
            turn(&mut out[cluster_start..i]);
            cluster_start = i;
            ends.clear();
        }
        cluster_end = cluster_end.max(span.end);
        let free = ends.iter().position(|end| *end <= span.start);
        let lane = free.unwrap_or(ends.len());
        match free {
            Some(lane) => ends[lane] = span.end,
            None => ends.push(span.end),
        }
        out[i] = lane;
    }
    turn(&mut out[cluster_start..]);
    out
}

/// The sweep gives the outermost lane 0; the page wants it lowest.
fn turn(cluster: &mut [usize]) {
    let deepest = cluster.iter().copied().max().unwrap_or(0);
    for lane in cluster {
        *lane = deepest - *lane;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(spans: &[(usize, usize)], expect: &[usize]) {
        let spans: Vec<Span> = spans.iter().map(|(start, end)| Span::new(*start, *end)).collect();
        assert_eq!(lanes(&spans), expect);
    }

    #[test]
    fn mentions_apart_share_the_lane_by_the_words() {
        check(&[(0, 3), (3, 5), (9, 12)], &[0, 0, 0]);
    }

    #[test]
    fn what_is_around_runs_below() {
        check(&[(0, 9), (4, 6), (20, 22)], &[1, 0, 0]);
        check(&[(0, 9), (0, 6), (0, 2)], &[2, 1, 0]);
    }

    #[test]
    fn crossing_mentions_have_lanes_of_their_own() {
        check(&[(0, 5), (3, 9), (8, 12)], &[1, 0, 1]);
    }

    proptest::proptest! {
        #[test]
        fn no_two_mentions_share_a_lane_and_a_word(mut spans in proptest::collection::vec((0usize..40, 1usize..9), 0..30)) {
            spans.iter_mut().for_each(|(start, len)| *len += *start);
            let mut spans: Vec<Span> = spans.into_iter().map(|(start, end)| Span::new(start, end)).collect();
            spans.sort();
            let lanes = lanes(&spans);
            for i in 0..spans.len() {
                for j in i + 1..spans.len() {
                    proptest::prop_assert!(!spans[i].overlaps(spans[j]) || lanes[i] != lanes[j]);
                }
            }
        }
    }
}
