//! What the dialogs show. Most of it goes when they close.

use std::path::PathBuf;

use super::came::Came;
use super::card::Card;
use super::coming::Coming;
use super::disputes::Dispute;
use super::folder::Folder;
use super::handed::{Exported, Offered, Renewed, Retagging};
use super::offering::Offering;
use super::previewed::Previewed;
use super::replacing::Asked;
use super::sources::{Listed, Refreshing};
use crate::decide::spread::Concordance;
use crate::formats::Grouped;
use crate::store::Leftover;
use crate::workbench::command::ExportAs;

#[derive(Debug, Default)]
pub struct Dialogs {
    /// What a decision in the whole session would reach, while it is shown.
    pub concordance: Option<Concordance>,
    /// The entity whose card is shown.
    pub card: Option<Card>,
    /// What tagging again would change, while it is shown.
    pub retagging: Option<Retagging>,
    /// What learning changed the last time that it changed anything.
    pub renewed: Renewed,
    /// What taking over changed sources would do, while it is shown.
    pub refreshing: Option<Refreshing>,
    /// Mentions without a place, as they were when their list was opened.
    pub orphans: Vec<Listed>,
    /// What two people decided differently, as it was when the list was opened.
    pub disputes: Vec<Dispute>,
    /// What was decided on another version of the session, and is asked about.
    pub offered: Option<Offered>,
    /// Work of earlier runs that was never saved.
    pub leftovers: Vec<Leftover>,
    /// What was discarded of it in the last days, and can be restored.
    pub discarded: Vec<Leftover>,
    /// The work of which is asked whether to discard it.
    pub discarding: Option<Leftover>,
    /// What would come in, while it is asked about.
    pub coming: Option<Coming>,
    /// Files that could not be read, each with its reason and remedy.
    pub faults: Vec<String>,
    /// What there was to be known of what was read last, besides.
    pub notes: Vec<String>,
    /// The folder of the path that is being typed.
    pub folder: Folder,
    /// What waits for a word whether it may replace what is there.
    pub asked: Option<Asked>,
    /// An export that was chosen and not written, since it would have replaced something; it is offered again.
    pub kept: Option<(ExportAs, PathBuf)>,
    /// Labels that came with the articles read last.
    pub came: Came,
    /// What the export that is being chosen would write.
    pub previewed: Option<Previewed>,
    /// Annotations of articles that the session knows.
    pub offering: Option<Offering>,
    /// What did not come in as it stands in the files that were read last, by its reason.
    pub unread: Grouped,
    /// The last export, with what it could not carry.
    pub exported: Option<Exported>,
}

impl Dialogs {
    /// The dialog is closed: what waited for a word is given up.
    pub fn close(&mut self) {
        self.concordance = None;
        self.card = None;
        self.retagging = None;
        self.refreshing = None;
        self.asked = None;
        self.previewed = None;
        self.coming = None;
    }
}
