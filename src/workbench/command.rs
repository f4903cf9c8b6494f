//! The commands: everything a user can do, once.
//!
//! Menu, palette, help sheet and keymap are all derived from [`ENTRIES`]; the view returns [`Command`]s and draws
//! nothing that is not one. Commands with a payload come from the mouse, from dialogs and from label letters; they have
//! no line in the table because a listed command leads to each of them.

use std::path::PathBuf;
use std::sync::Arc;

use super::past::PastFilter;
use super::rulebook::{RowKey, RuleFilter, RuleOrder};
use super::stage::{Dialog, Pane, View};
use super::writing::Keeping;
use crate::annotation::{ArticleId, Desk, Entity, EntityId, Label, MentionId, Meta, Progress, Scope, StandingRule, ZoneKind};
use crate::decide::labels::SchemeChange;
use crate::decide::names::{NameFilter, NameOrder, Subject};
use crate::store::Settings;
use crate::text::Span;

#[derive(Clone, PartialEq, Debug)]
pub enum Command {
    // Deciding.
    Confirm(Scope),
    Reject(Scope),
    /// Retype the mention in focus, or add the selection.
    Label(Label, Scope),
    MoveEdge(Edge, Step),
    Widen,
    Repeat,
    /// Tick or untick a row of the concordance.
    TickRow(usize, bool),
    ApplyConcordance,
    // The history.
    /// The decision at this place among the history's entries.
    GoEntry(usize),
    FilterPast(PastFilter),
    /// Go to what the decision in focus was made on.
    OpenEntry,
    /// Make the session what it was right after the decision in focus.
    GoBack,
    // Names and rules.
    /// A row of the table of names.
    GoRow(Subject),
    FilterNames(NameFilter),
    /// By this column; by the same one the other way round.
    SortNames(NameOrder),
    /// By the column after or before.
    SortStep(Step),
    ReverseOrder,
    /// Names, or things with all their names.
    ToggleThings,
    /// Whether the decision on the name in focus stays as a standing rule.
    ToggleKeepRule,
    /// Put another standing rule in the place of this one, or remove it.
    SetRule(usize, Option<StandingRule>),
    /// Let the standing rule on the name with this key settle what is there; take back what it settled.
    ActStanding(Arc<str>),
    TakeBackStanding(Arc<str>),
    /// A row of the Rules view, from any view.
    GoRule(RowKey),
    FilterRules(String, RuleFilter),
    SortRules(RuleOrder),
    NewRule,
    KeepPart(Box<Keeping>),
    ExportNames(PathBuf),
    AcceptRest,
    Reopen,
    Undo,
    Redo,
    /// Link the mention in focus to an entity, or unlink it.
    LinkTo(Option<EntityId>, Scope),
    /// Link it to an entity that is made for it.
    LinkNew(Box<Entity>, Scope),
    // Entities.
    /// Show the card of an entity.
    OpenCard(EntityId),
    /// Change an entity, or add one.
    SetEntity(Box<Entity>),
    RemoveEntity(EntityId),
    /// The first becomes part of the second.
    MergeEntities(EntityId, EntityId),
    /// Tick or untick a mention on the card.
    TickCard(usize, bool),
    /// The ticked mentions of the card become another entity, named so.
    SplitTicked(String),
    UnlinkTicked,
    SetNote(String),
    // Moving about.
    GoOpen(Step),
    GoMention(Step),
    GoArticle(Step),
    FocusMention(MentionId),
    OpenArticle(ArticleId),
    /// Open an article at a mention or place.
    OpenAt(ArticleId, Span),
    CaretMode,
    MoveCaret(Step),
    SelectCaret(Step),
    /// To the line above or below; the view says which byte lies there.
    PlaceCaret(usize),
    GoLikelyName(Step),
    Select(Option<Span>),
    SelectWord(usize),
    SelectSentence(usize),
    Leave,
    // Articles.
    FlipZone,
    SetZone(Span, ZoneKind),
    /// Bring back what was left out of the open article.
    KeepWhole,
    ToggleRejected,
    ToggleFlag,
    /// Done or set aside; once more takes the mark off.
    ToggleProgress(Progress),
    MarkArticle(Desk),
    DescribeArticle(Meta),
    RemoveArticle,
    CopyText,
    /// Read the article's source again in another encoding (a WHATWG name).
    ReadAgain(String),
    Retag,
    RetagAll,
    ApplyRetag,
    /// Read the article’s source again and show what would change.
    Refresh,
    RefreshAll,
    ApplyRefresh,
    /// Give a mention of the list of those without a place its place.
    PlaceOrphan(usize),
    /// Let one of them go, or all.
    DropOrphan(Option<usize>),
    /// Give the mention in focus the verdict that stands against its own.
    TakeOther,
    /// Settle one thing of the list of conflicts: keep what stands, or take what the other side has.
    SettleDispute(usize, bool),
    /// Show what a conflict of the list is about.
    GoDispute(usize),
    // Finding.
    Find(FindQuery),
    FindStep(Step),
    TagMatches(Label),
    // Files.
    New,
    /// The session that the program carries, to try things on.
    OpenSample,
    OpenSession(PathBuf),
    AddPaths(Vec<PathBuf>),
    PasteArticle(String),
    Save,
    SaveTo(PathBuf),
    ExportTo(ExportAs, PathBuf),
    ImportScheme(PathBuf),
    ExportScheme(PathBuf),
    Quit,
    /// Go on without saving; only the question that `Quit`, `New` and `OpenSession` ask leads here.
    GoOnUnsaved,
    /// Lay over the session what was decided on another version of it; only that question leads here.
    TakeOffered,
    /// Take up work that an earlier run left unsaved, or that was discarded; its journal.
    Restore(PathBuf),
    /// Ask whether to discard such work.
    AskDiscard(PathBuf),
    /// Discard what was asked about.
    Discard,
    CancelJobs,
    ForgetRecent,
    // Scheme and settings.
    ChangeScheme(Box<SchemeChange>),
    SetSettings(Box<Settings>),
    // The window.
    Show(View),
    FocusPane(Pane),
    NextPane,
    Open(Dialog),
    Close,
    /// Opens the native chooser for a dialog that asks for a path.
    Browse(Dialog),
    /// The same for a folder of articles.
    BrowseFolder,
    Zoom(Step),
    ZoomReset,
    ToggleTheme,
    /// Takes away what stays until it is dismissed, by its words.
    DismissNotice(String),
}

impl Command {
    /// Whether it acts on the article on the page, and so only while the page is shown.
    pub fn needs_page(&self) -> bool {
        use Command as C;
        match self {
            C::Confirm(_)
            | C::Reject(_)
            | C::Label(..)
            | C::MoveEdge(..)
            | C::Widen
            | C::Repeat
            | C::AcceptRest
            | C::Reopen
            | C::TakeOther => true,
            C::LinkTo(..)
            | C::LinkNew(..)
            | C::SetNote(_)
            | C::FlipZone
            | C::SetZone(..)
            | C::ToggleFlag
            | C::ToggleProgress(_)
            | C::RemoveArticle
            | C::CopyText => true,
            C::GoOpen(_) | C::GoMention(_) | C::CaretMode | C::MoveCaret(_) | C::SelectCaret(_) | C::GoLikelyName(_) => true,
            C::ToggleRejected | C::FindStep(_) | C::TagMatches(_) | C::Refresh | C::ReadAgain(_) => true,
            C::Open(dialog) => matches!(dialog, Dialog::Note | Dialog::Details | Dialog::Find | Dialog::TagMatches),
            _ => false,
        }
    }
}

/// An end of a mention.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Edge {
    Start,
    End,
}

/// A direction in reading order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    Back,
    On,
}

/// What to look for on the page.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FindQuery {
    pub text: String,
    pub regex: bool,
    pub match_case: bool,
}

/// What an export writes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ExportAs {
    /// The format by its name.
    pub format: String,
    pub states: ExportStates,
    /// Whether it leaves out who decided and when.
    pub is_anonymous: bool,
}

/// Which mentions an export takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ExportStates {
    #[default]
    Confirmed,
    Suggested,
    All,
}

/// Where a command stands in the menu bar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Menu {
    File,
    Edit,
    Decide,
    Go,
    Article,
    View,
    Help,
}

impl Menu {
    pub const ALL: [Menu; 7] = [Menu::File, Menu::Edit, Menu::Decide, Menu::Go, Menu::Article, Menu::View, Menu::Help];

    pub fn title(self) -> &'static str {
        match self {
            Menu::File => "File",
            Menu::Edit => "Edit",
            Menu::Decide => "Decide",
            Menu::Go => "Go",
            Menu::Article => "Article",
            Menu::View => "View",
            Menu::Help => "Help",
        }
    }
}

/// A listed command: how it is called, explained, reached.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Names it in settings files; never changes.
    pub id: &'static str,
    pub command: Command,
    pub name: &'static str,
    pub help: &'static str,
    /// Default keys; the first is the one that is shown.
    pub keys: &'static [&'static str],
    pub menu: Menu,
    /// Whether it decides something, so that a held key must not repeat it.
    pub decides: bool,
}

macro_rules! entries {
    ($($menu:ident $kind:ident $id:literal [$($key:literal)*] $command:expr, $name:literal, $help:literal;)*) => {
        /// Every listed command, in the order of the menus.
        pub fn entries() -> &'static [Entry] {
            static ENTRIES: std::sync::LazyLock<Vec<Entry>> = std::sync::LazyLock::new(|| vec![$(Entry {
                id: $id, command: $command, name: $name, help: $help, keys: &[$($key),*], menu: Menu::$menu,
                decides: stringify!($kind).as_bytes() == b"decides",
            }),*]);
            &ENTRIES
        }
    };
}

use Command as C;
use Scope::{Article as InArticle, Mention as Here, Session as Everywhere};

entries! {
    File acts "new" ["Ctrl+N"] C::New, "New session", "Begin an empty session";
    File acts "open" ["Ctrl+O"] C::Open(Dialog::OpenPath), "Open…", "Open a session, or add articles and folders";
    File acts "paste-article" ["Ctrl+V"] C::Open(Dialog::Paste), "Paste as article", "Add the text of the clipboard as an article";
    File acts "restore" [] C::Open(Dialog::Leftovers), "Restore unsaved work…", "Take up what was never saved, or was discarded in the last days";
    File acts "save" ["Ctrl+S"] C::Save, "Save", "Write the session to its file";
    File acts "save-as" ["Ctrl+Shift+S"] C::Open(Dialog::SavePath), "Save as…", "Write the session to another file";
    File acts "export" ["Ctrl+E"] C::Open(Dialog::Export), "Export…", "Hand the annotations on in another format";
    File acts "import-labels" [] C::Open(Dialog::ImportLabels), "Import labels…", "Take over the labels and guidelines of a scheme file";
    File acts "export-labels" [] C::Open(Dialog::ExportLabels), "Export labels…", "Write the labels and guidelines to a scheme file for others";
    File acts "settings" ["Ctrl+,"] C::Open(Dialog::Settings), "Settings…", "Theme, sizes, keys, your name, the tagger’s lists";
    File acts "quit" ["Ctrl+Q"] C::Quit, "Quit", "Close the window; asks if something is unsaved";
    Edit decides "undo" ["Ctrl+Z"] C::Undo, "Undo", "Take the last change back, however many mentions it touched";
    Edit decides "redo" ["Ctrl+Y" "Ctrl+Shift+Z"] C::Redo, "Redo", "Do again what was undone";
    Edit decides "go-back" ["Ctrl+Alt+Z"] C::GoBack, "Go back to a moment", "In the history: make the session what it was right after the decision in focus; one undo takes it back";
    Edit acts "copy" ["Ctrl+C"] C::CopyText, "Copy", "Copy the selected text, or the words of the mention in focus";
    Edit acts "find" ["Ctrl+F"] C::Open(Dialog::Find), "Find…", "Find text or a regular expression in the article; tag all matches";
    Edit acts "find-next" ["F3"] C::FindStep(Step::On), "Next match", "Go to the next match";
    Edit acts "find-previous" ["Shift+F3"] C::FindStep(Step::Back), "Previous match", "Go to the match before";
    Edit acts "tag-matches" ["Ctrl+T"] C::Open(Dialog::TagMatches), "Tag all matches…", "Add a mention on every match of what was looked for; a letter says which label";
    Edit acts "scheme" ["Ctrl+L"] C::Open(Dialog::Scheme), "Labels…", "Add, rename, recolour or retire labels; change their keys";
    File acts "export-names" [] C::Open(Dialog::ExportNames), "Export settled names…", "Write settled names and standing decisions as lists that another session can use";
    Edit acts "new-rule" ["Ctrl+M"] C::NewRule, "New rule…", "Write a rule or list of your own, with its matches in the open article";
    Decide decides "confirm" ["Space"] C::Confirm(Here), "Confirm", "Confirm the mention in focus and go to the next undecided one";
    Decide decides "reject" ["X"] C::Reject(Here), "Reject", "Reject the mention in focus and go on";
    Decide decides "confirm-article" ["Shift+Space" "Alt+Enter"] C::Confirm(InArticle), "Confirm in this article", "Confirm every mention of this name in the article";
    Decide decides "reject-article" ["Shift+X"] C::Reject(InArticle), "Reject in this article", "Reject every mention of this name in the article";
    Decide decides "confirm-session" ["Ctrl+Shift+Space" "Ctrl+Alt+Enter"] C::Confirm(Everywhere), "Confirm everywhere…", "Confirm this name in the whole session; shows every place first";
    Decide decides "reject-session" ["Ctrl+Shift+X"] C::Reject(Everywhere), "Reject everywhere…", "Reject this name in the whole session; shows every place first";
    Decide decides "widen" ["+" "="] C::Widen, "Widen the last decision", "Carry the last decision to the article; again: to the session";
    Decide decides "repeat" ["."] C::Repeat, "Repeat the last decision", "Decide the mention in focus, or the selection, as the last one";
    Decide decides "start-back" ["Alt+←"] C::MoveEdge(Edge::Start, Step::Back), "Start edge back", "Move the start of the mention or selection one token back";
    Decide decides "start-on" ["Alt+→"] C::MoveEdge(Edge::Start, Step::On), "Start edge on", "Move the start of the mention or selection one token on";
    Decide decides "end-back" ["Shift+←"] C::MoveEdge(Edge::End, Step::Back), "End edge back", "Move the end of the mention or selection one token back";
    Decide decides "end-on" ["Shift+→"] C::MoveEdge(Edge::End, Step::On), "End edge on", "Move the end of the mention or selection one token on";
    Decide decides "reopen" ["Backspace"] C::Reopen, "Take the decision back", "Delete your own mention; return a settled one to suggested";
    Decide decides "take-other" ["Q"] C::TakeOther, "Take the other verdict", "Where two people decided differently: take what stands against this";
    Decide acts "conflicts" ["Shift+Q"] C::Open(Dialog::Conflicts), "Conflicts…", "Everything that two people decided differently, one key to settle each";
    Decide acts "link" ["K"] C::Open(Dialog::Link), "Link to an entity…", "Say which person, place or organisation is meant; in the table of names: join names";
    Decide acts "card" ["Shift+K"] C::Open(Dialog::Card), "Entity card…", "The entity of this mention or name: its names, mentions, articles, note";
    Decide acts "note" [";"] C::Open(Dialog::Note), "Note…", "Write a note on the mention in focus";
    Decide acts "keep-rule" ["Shift+M"] C::ToggleKeepRule, "Keep as a rule", "In the table of names: the next decision holds in articles added later, too";
    Decide decides "accept-rest" ["Ctrl+Enter"] C::AcceptRest, "Accept the rest", "Accept what is still suggested here, mark the article done, go to the next";
    Go acts "next-open" ["Tab"] C::GoOpen(Step::On), "Next undecided", "Go to the next undecided mention";
    Go acts "previous-open" ["Shift+Tab"] C::GoOpen(Step::Back), "Previous undecided", "Go to the undecided mention before";
    Go acts "next-mention" ["→"] C::GoMention(Step::On), "Next mention", "Go to the next mention of any state";
    Go acts "previous-mention" ["←"] C::GoMention(Step::Back), "Previous mention", "Go to the mention before, of any state";
    Go acts "caret" ["I"] C::CaretMode, "Caret", "Move by tokens to add a mention: arrows move, Shift selects, Tab steps to likely names";
    Go acts "leave" ["Esc"] C::Leave, "Leave", "Leave the dialog, the caret, the selection; dismiss a message";
    Go acts "next-article" ["Ctrl+PageDown"] C::GoArticle(Step::On), "Next article", "Open the next article of the list";
    Go acts "previous-article" ["Ctrl+PageUp"] C::GoArticle(Step::Back), "Previous article", "Open the article before";
    Go acts "go-to" ["Ctrl+G"] C::Open(Dialog::GoTo), "Go to…", "Open an article by its title";
    Article decides "flip-zone" ["B"] C::FlipZone, "Boilerplate or not", "Take the selection or paragraph out of the article, or back in";
    Article decides "keep-whole" ["Shift+B"] C::KeepWhole, "Keep what was left out", "Bring back all of the page that this article was read from, or tag its boilerplate too";
    Article acts "show-rejected" ["V"] C::ToggleRejected, "Show rejected", "Show or hide rejected mentions";
    Article decides "flag" ["M"] C::ToggleFlag, "Flag", "Flag the article, or take the flag off";
    Article decides "done" [] C::ToggleProgress(Progress::Done), "Done or not", "Mark the article done whatever is left in it, or take the mark off";
    Article decides "set-aside" [] C::ToggleProgress(Progress::SetAside), "Set aside or not", "Put the article off for later, or take it up again";
    Article acts "details" ["Ctrl+D"] C::Open(Dialog::Details), "Details…", "Edit title, byline, outlet, date; see the source";
    Article acts "retag" [] C::Retag, "Tag again…", "Run the tagger on this article anew; settled mentions stay";
    Article acts "retag-all" [] C::RetagAll, "Tag all again…", "Run the tagger on every article anew; settled mentions stay";
    Article acts "refresh" ["Ctrl+R"] C::Refresh, "Refresh from source…", "Read the article’s file again and carry its mentions over; shows what changes first";
    Article acts "refresh-all" ["Ctrl+Alt+R"] C::RefreshAll, "Refresh all from source…", "Read every article’s file again; shows what changes first";
    Article acts "orphans" ["Ctrl+U"] C::Open(Dialog::Orphans), "Mentions without a place…", "Place again, or let go, what lost its words when a source changed";
    Article acts "remove-article" ["Ctrl+Delete"] C::RemoveArticle, "Remove article", "Take the article out of the session";
    View acts "review" ["Ctrl+1"] C::Show(View::Review), "Review", "Read and settle one article";
    View acts "names" ["Ctrl+2"] C::Show(View::Names), "Names", "Settle names across the whole session";
    View acts "overview" ["Ctrl+3"] C::Show(View::Overview), "Overview", "Figures of the session and of the tagger";
    View acts "rules" ["Ctrl+4"] C::Show(View::Rules), "Rules", "Lists, rules and standing decisions";
    View acts "history" ["Ctrl+5"] C::Show(View::History), "History", "Every decision, newest first";
    View acts "next-pane" ["F6"] C::NextPane, "Next pane", "Move between page, list and inspector";
    View acts "things" ["U"] C::ToggleThings, "Names or things", "In the table of names: gather the names of one thing in one row, or take them apart";
    View acts "sort-next" ["S"] C::SortStep(Step::On), "Sort by the next column", "Sort the table of names by the next column";
    View acts "sort-previous" ["Shift+S"] C::SortStep(Step::Back), "Sort by the column before", "Sort the table of names by the column before";
    View acts "sort-reverse" ["Z"] C::ReverseOrder, "Turn the order round", "Turn the order of the table of names round";
    View acts "filter" ["/"] C::FocusPane(Pane::Filter), "Filter the list", "Go to the filter of the list";
    View acts "zoom-in" ["Ctrl++" "Ctrl+="] C::Zoom(Step::On), "Larger", "Draw everything larger";
    View acts "zoom-out" ["Ctrl+-"] C::Zoom(Step::Back), "Smaller", "Draw everything smaller";
    View acts "zoom-reset" ["Ctrl+0"] C::ZoomReset, "Normal size", "Draw everything in its normal size";
    View acts "theme" ["F9"] C::ToggleTheme, "Light or dark", "Change between the light and the dark theme";
    View acts "cancel" [] C::CancelJobs, "Cancel running work", "Stop reading, tagging or exporting";
    Help acts "palette" ["Ctrl+K"] C::Open(Dialog::Palette), "Command palette", "Find any command by its name";
    Help acts "help" ["?" "F1"] C::Open(Dialog::Help), "Keys", "Every key on one sheet";
    Help acts "sample" [] C::OpenSample, "Open the sample session", "Try everything on the articles that the program carries";
    Help acts "about" [] C::Open(Dialog::About), "About Manicule", "Version and licences";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_entry_is_told_apart_named_and_explained() {
        let mut ids = HashSet::new();
        for entry in entries() {
            assert!(ids.insert(entry.id), "{} is listed twice", entry.id);
            assert!(!entry.name.is_empty() && entry.help.len() > 8, "{} says too little", entry.id);
            assert!(!entry.help.ends_with('.'), "{}: one-liners carry no full stop", entry.id);
        }
    }

    #[test]
    fn every_default_key_is_a_key_and_belongs_to_one_command() {
        let mut owners = std::collections::HashMap::new();
        let mut every_letter = crate::annotation::Scheme::standard();
        let letters: Vec<char> = ('A'..='Z').filter(|letter| !"BIKMQSUVXZ".contains(*letter)).collect();
        every_letter.labels.truncate(letters.len());
        for (def, letter) in every_letter.labels.iter_mut().zip(&letters) {
            (def.key, def.standing) = (Some(*letter), crate::annotation::Standing::On);
        }
        for entry in entries() {
            for key in entry.keys {
                let chord: super::super::Chord = key.parse().unwrap_or_else(|error| panic!("{}: {error}", entry.id));
                if let Some(other) = owners.insert(chord, entry.id) {
                    panic!("{key} belongs to {other} and {}", entry.id);
                }
                let label = super::super::Keymap::label_command(chord, &every_letter);
                assert!(label.is_none(), "{key} of {} takes a label’s letter its reach", entry.id);
            }
        }
    }
}
