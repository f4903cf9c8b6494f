//! What is settled in different ways, as the Check view lists it. Made in the background from a session and the version that
//! names its moment, anew as decisions fall while it is shown.

use std::sync::Arc;

use crate::decide::consistency::{Finding, KINDS, Kind, Report};

/// The list of the Check view.
#[derive(Debug, Default)]
pub struct Findings {
    report: Report,
    /// The kinds that there are findings of, with how many.
    kinds: Vec<(&'static Kind, usize)>,
    /// Only findings of this kind.
    pub kind: Option<&'static str>,
    /// The findings that the filter admits, by their places in the report.
    rows: Vec<usize>,
    /// The finding in focus, by its key, and the row that it stood in.
    at: Option<(Arc<str>, usize)>,
    /// The session that the last report was begun on.
    begun_for: Option<(u64, u64)>,
    /// The session that the report is of; `None` before the first.
    made_for: Option<(u64, u64)>,
    /// Shared with the job that makes the next report, and with nobody else.
    underway: Arc<()>,
}

/// Held by the job that makes a report, as long as it runs.
pub struct Underway(#[expect(dead_code, reason = "that it is held tells that the job runs")] Arc<()>);

impl Findings {
    /// Begins a report on a session; `None` where that was done, or the last one is still being made. One that broke off is
    /// not begun again before the session changes.
    pub fn begin(&mut self, version: (u64, u64)) -> Option<Underway> {
        if self.begun_for == Some(version) || self.is_underway() {
            return None;
        }
        self.begun_for = Some(version);
        Some(Underway(self.underway.clone()))
    }

    /// Takes in what a check came to; `None` where it was cancelled, and then the list stays as it is until the session changes.
    pub fn take(&mut self, report: Option<Report>, version: (u64, u64)) {
        self.made_for = Some(version);
        if let Some(report) = report {
            self.report = report;
        }
        self.list();
    }

    pub fn is_underway(&self) -> bool {
        Arc::strong_count(&self.underway) > 1
    }

    /// Whether the list tells of the session as it is in this version.
    pub fn is_of(&self, version: (u64, u64)) -> bool {
        self.made_for == Some(version)
    }

    /// How many findings there are, whatever is filtered.
    pub fn count(&self) -> usize {
        self.report.findings.len()
    }

    /// How many a person said are right.
    pub fn dismissed(&self) -> usize {
        self.report.dismissed
    }

    /// The kinds that there are findings of, with how many.
    pub fn kinds(&self) -> &[(&'static Kind, usize)] {
        &self.kinds
    }

    /// How many rows are shown.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn get(&self, row: usize) -> Option<&Finding> {
        self.rows.get(row).map(|at| &self.report.findings[*at])
    }

    /// The row in focus.
    pub fn row(&self) -> Option<usize> {
        self.at.as_ref().map(|(_, row)| *row)
    }

    pub fn focused(&self) -> Option<&Finding> {
        self.get(self.row()?)
    }

    pub fn go(&mut self, row: usize) {
        let row = row.min(self.rows.len().saturating_sub(1));
        self.at = self.get(row).map(|finding| (finding.key.clone(), row));
    }

    pub fn filter(&mut self, kind: Option<&'static str>) {
        self.kind = kind;
        self.list();
    }

    /// Takes the finding in focus off the list: something was done about it. The next report says whether that was enough.
    pub fn settle(&mut self) {
        let Some(at) = self.row().and_then(|row| self.rows.get(row)).copied() else { return };
        self.report.findings.remove(at);
        self.list();
    }

    fn list(&mut self) {
        let findings = &self.report.findings;
        let of = |kind: &Kind| findings.iter().filter(|finding| finding.kind == kind.id).count();
        self.kinds = KINDS.iter().map(|kind| (kind, of(kind))).filter(|(_, n)| *n > 0).collect();
        if self.kind.is_some_and(|kind| findings.iter().all(|finding| finding.kind != kind)) {
            self.kind = None;
        }
        let is_shown = |at: &usize| self.kind.is_none_or(|kind| findings[*at].kind == kind);
        self.rows = (0..findings.len()).filter(is_shown).collect();
        // The focus stays on its finding, or else in its row.
        let same = self.at.as_ref().and_then(|(key, _)| self.rows.iter().position(|at| findings[*at].key == *key));
        let row = same.or(self.row()).unwrap_or(0);
        self.go(row);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::decide::consistency::check;
    use crate::dsl;

    #[test]
    fn the_focus_stays_on_its_finding_or_in_its_row() {
        let session = dsl::session(&[
            "[ORG! Kelp], [ORG! Kelp], [ORG! Reed], [ORG! Reed], [ORG! Tam], [ORG! Tam]",
            "[GPE! Kelp], [GPE! Reed], [GPE! Tam]",
            "[ORG! Lee [ORG! Board]]",
        ]);
        let report = check(&session, &AtomicBool::new(false), &|_, _| {});
        let mut findings = Findings::default();
        let underway = findings.begin((1, 1)).unwrap();
        assert!(findings.is_underway() && findings.begin((1, 2)).is_none(), "one at a time");
        drop(underway);
        findings.take(report.clone(), (1, 1));
        assert!(findings.begin((1, 1)).is_none() && findings.begin((1, 2)).is_some());
        assert!(findings.begin((1, 2)).is_none(), "what broke off is not begun again");
        assert_eq!((findings.len(), findings.count(), findings.row()), (4, 4, Some(0)));
        findings.go(1);
        assert_eq!(findings.focused().map(|finding| finding.name.as_str()), Some("Reed"));
        findings.settle();
        assert_eq!((findings.row(), findings.focused().map(|finding| finding.name.as_str())), (Some(1), Some("Tam")));
        findings.take(report.clone(), (1, 2));
        assert_eq!(findings.row(), Some(2), "it is told again above");
        findings.filter(Some("nested"));
        assert_eq!((findings.len(), findings.row()), (1, Some(0)));
        findings.settle();
        assert_eq!((findings.kind, findings.len()), (None, 3), "a kind of which nothing is left shows all");
        findings.take(None, (1, 3));
        assert_eq!(findings.len(), 3);
    }
}
