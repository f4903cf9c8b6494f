//! Where the analyst is in the window: view, pane, open dialog.

/// One of the views that fill the window.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum View {
    #[default]
    Review,
    Names,
    Overview,
    Rules,
    History,
    Check,
    Certify,
}

impl View {
    pub const ALL: [View; 7] = [View::Review, View::Names, View::Overview, View::Rules, View::History, View::Check, View::Certify];

    pub fn name(self) -> &'static str {
        match self {
            View::Review => "Review",
            View::Names => "Names",
            View::Overview => "Overview",
            View::Rules => "Rules",
            View::History => "History",
            View::Check => "Check",
            View::Certify => "Certify",
        }
    }
}

/// The part of the window that has the keys. Letters and `Space` decide only on the page and on rows of a list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Pane {
    #[default]
    Page,
    List,
    Inspector,
    /// The filter field of the list.
    Filter,
}

impl Pane {
    /// The next one that `F6` goes to.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Pane::Page => Pane::List,
            Pane::List | Pane::Filter => Pane::Inspector,
            Pane::Inspector => Pane::Page,
        }
    }
}

/// Where in the window the analyst is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Stage {
    pub view: View,
    pub pane: Pane,
    pub dialog: Option<Dialog>,
}

impl Stage {
    /// The pane that `F6` goes to.
    pub fn next_pane(self) -> Pane {
        match (self.view, self.pane) {
            (View::Review, pane) => pane.next(),
            (View::Names | View::Rules | View::History | View::Check | View::Certify, Pane::Page | Pane::List | Pane::Filter) => {
                Pane::Inspector
            }
            _ => Pane::Page,
        }
    }
}

/// What lies over the window. The view keeps the text typed into it until it is sent.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Dialog {
    OpenPath,
    Paste,
    SavePath,
    /// Where the settled names are written as a list.
    ExportNames,
    /// Where what was learnt is written, and which file of it is brought in.
    SaveLearned,
    BringLearned,
    Export,
    Settings,
    /// A bar under the page rather than a window over it: the page stays in use.
    Find,
    /// Places in every article of what is looked for.
    Corpus,
    /// Which label the matches of the find bar get.
    TagMatches,
    Scheme,
    /// Labels from a scheme file, and into one.
    ImportLabels,
    ExportLabels,
    Link,
    /// The card of an entity.
    Card,
    Note,
    GoTo,
    /// When the article was published.
    Day,
    Details,
    /// Tags of the open article, or of those that are chosen.
    Tags,
    /// Which articles are wanted.
    Which,
    Palette,
    Help,
    About,
    /// Unsaved work at closing.
    Unsaved,
    /// The session's file does not hold what was decided on another version of it.
    OtherVersion,
    /// Work that earlier runs left unsaved, and what was discarded of late.
    Leftovers,
    /// Whether to discard some of it.
    Discard,
    /// What would come in with the files that are to be added.
    Coming,
    /// Files that could not be read, with reasons.
    Faults,
    /// What an export could not carry.
    Losses,
    /// Whether a file that holds something is replaced.
    Replace,
    /// What becomes of annotations of articles that are in the session.
    Given,
    /// What labels are here that came with articles and are new.
    Came,
    /// What tagging again would change.
    Retag,
    /// What would be settled in copies of an article.
    Copies,
    /// What learning changed.
    Renewed,
    /// What taking over changed sources would do.
    Refresh,
    /// Mentions that lost their words.
    Orphans,
    /// What two people decided differently.
    Conflicts,
    /// Every place of a name that a decision would reach.
    Concordance,
}

impl Dialog {
    /// Whether it takes all keys while it is open.
    pub fn is_modal(self) -> bool {
        self != Dialog::Find
    }
}
