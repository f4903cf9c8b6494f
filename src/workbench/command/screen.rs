//! What the window shows, and the settings.

use super::row::{Row, rows};
use super::terms::Step;
use crate::store::Settings;
use crate::workbench::parts::{Dialog, Pane, View};

#[derive(Clone, PartialEq, Debug)]
pub enum Screen {
    Show(View),
    Pane(Pane),
    NextPane,
    Open(Dialog),
    Close,
    Leave,
    /// Opens the native chooser for a dialog that asks for a path.
    Browse(Dialog),
    /// The same for a folder of articles.
    BrowseFolder,
    Zoom(Step),
    ZoomReset,
    ToggleTheme,
    Set(Box<Settings>),
    /// Takes away what stays until it is dismissed, by its words.
    Dismiss(String),
}

impl Screen {
    pub fn needs_page(&self) -> bool {
        let of_page = |dialog: &Dialog| matches!(dialog, Dialog::Note | Dialog::Day | Dialog::Details | Dialog::TagMatches | Dialog::Tags);
        matches!(self, Screen::Open(dialog) if of_page(dialog))
    }
}

rows! { Screen
    File 20 acts "open" ["Ctrl+O"] Screen::Open(Dialog::OpenPath), "Open…", "Open a session, or add articles and folders";
    File 30 acts "paste-article" ["Ctrl+V"] Screen::Open(Dialog::Paste), "Paste as article", "Add the text of the clipboard as an article";
    File 35 acts "restore" [] Screen::Open(Dialog::Leftovers), "Restore unsaved work…", "Take up what was never saved, or was discarded in the last days";
    File 50 acts "save-as" ["Ctrl+Shift+S"] Screen::Open(Dialog::SavePath), "Save as…", "Write the session to another file";
    File 60 acts "export" ["Ctrl+E"] Screen::Open(Dialog::Export), "Export…", "Hand the annotations on in another format";
    File 70 acts "import-labels" [] Screen::Open(Dialog::ImportLabels), "Import labels…", "Take over the labels and guidelines of a scheme file";
    File 80 acts "export-labels" [] Screen::Open(Dialog::ExportLabels), "Export labels…", "Write the labels and guidelines to a scheme file for others";
    File 90 acts "settings" ["Ctrl+,"] Screen::Open(Dialog::Settings), "Settings…", "Theme, sizes, keys, your name, the tagger’s lists";
    Edit 50 acts "find" ["Ctrl+F"] Screen::Open(Dialog::Find), "Find…", "Find text or a regular expression in the article; tag all matches";
    Edit 55 acts "find-everywhere" [] Screen::Open(Dialog::Corpus), "Find in the session…", "Find text, an entity’s names, or one label near another in every article (Ctrl F once more)";
    Edit 80 acts "tag-matches" ["Ctrl+T"] Screen::Open(Dialog::TagMatches), "Tag all matches…", "Add a mention on every match of what was looked for; a letter says which label";
    Edit 90 acts "scheme" ["Ctrl+L"] Screen::Open(Dialog::Scheme), "Labels…", "Add, rename, recolour or retire labels; change their keys";
    Decide 225 acts "save-learning" [] Screen::Open(Dialog::SaveLearned), "Save what was learnt…", "Write what this session taught to a file that other sessions and manicule tag can begin with";
    Decide 230 acts "bring-learning" [] Screen::Open(Dialog::BringLearned), "Bring in learning…", "Begin with what another session taught, from a file that it was saved to";
    File 110 acts "export-names" [] Screen::Open(Dialog::ExportNames), "Export settled names…", "Write settled names and standing decisions as lists that another session can use";
    Decide 150 acts "conflicts" ["Shift+Q"] Screen::Open(Dialog::Conflicts), "Conflicts…", "Everything that two people decided differently, one key to settle each";
    Decide 160 acts "link" ["K"] Screen::Open(Dialog::Link), "Link to an entity…", "Say which person, place or organisation is meant; in the table of names: join names";
    Decide 170 acts "card" ["Shift+K"] Screen::Open(Dialog::Card), "Entity card…", "The entity of this mention or name: its names, mentions, articles, note";
    Decide 180 acts "note" [";"] Screen::Open(Dialog::Note), "Note…", "Write a note on the mention in focus";
    Go 60 acts "leave" ["Esc"] Screen::Leave, "Leave", "Leave the dialog, the caret, the selection; dismiss a message";
    Go 90 acts "go-to" ["Ctrl+G"] Screen::Open(Dialog::GoTo), "Go to…", "Open an article by its title";
    Article 70 acts "details" ["Ctrl+D"] Screen::Open(Dialog::Details), "Details…", "Edit title, byline, outlet, date; see the source";
    Article 75 acts "day" ["Alt+D"] Screen::Open(Dialog::Day), "Day of publication…", "Say when the article was published; dates such as last year count from it";
    Article 65 acts "tags" ["Alt+T"] Screen::Open(Dialog::Tags), "Tags…", "Put tags on the article, or on all that are chosen in the list, and take others off";
    Article 120 acts "orphans" ["Ctrl+U"] Screen::Open(Dialog::Orphans), "Mentions without a place…", "Place again, or let go, what lost its words when a source changed";
    View 10 acts "review" ["Ctrl+1"] Screen::Show(View::Review), "Review", "Read and settle one article";
    View 20 acts "names" ["Ctrl+2"] Screen::Show(View::Names), "Names", "Settle names across the whole session";
    View 30 acts "overview" ["Ctrl+3"] Screen::Show(View::Overview), "Overview", "Figures of the session and of the tagger";
    View 40 acts "rules" ["Ctrl+4"] Screen::Show(View::Rules), "Rules", "Lists, rules and standing decisions";
    View 50 acts "history" ["Ctrl+5"] Screen::Show(View::History), "History", "Every decision, newest first";
    View 55 acts "check" ["F7"] Screen::Show(View::Check), "Check", "What is settled in different ways, each with a proposal";
    View 57 acts "certify" ["F8"] Screen::Show(View::Certify), "Certify", "How much of what is settled is wrong, from a random sample that you answer blind";
    View 60 acts "next-pane" ["F6"] Screen::NextPane, "Next pane", "Move between page, list and inspector";
    View 110 acts "filter" ["/"] Screen::Pane(Pane::Filter), "Filter the list", "Go to the filter of the list";
    View 111 acts "which-articles" ["F4"] Screen::Open(Dialog::Which), "Which articles…", "Choose by state, label, outlet, language, tag and day which articles are listed; keep filters under a name";
    View 120 acts "zoom-in" ["Ctrl++" "Ctrl+="] Screen::Zoom(Step::On), "Larger", "Draw everything larger";
    View 130 acts "zoom-out" ["Ctrl+-"] Screen::Zoom(Step::Back), "Smaller", "Draw everything smaller";
    View 140 acts "zoom-reset" ["Ctrl+0"] Screen::ZoomReset, "Normal size", "Draw everything in its normal size";
    View 150 acts "theme" ["F9"] Screen::ToggleTheme, "Light or dark", "Change between the light and the dark theme";
    Help 10 acts "palette" ["Ctrl+K"] Screen::Open(Dialog::Palette), "Command palette", "Find any command by its name";
    Help 20 acts "help" ["?" "F1"] Screen::Open(Dialog::Help), "Keys", "Every key on one sheet";
    Help 40 acts "about" [] Screen::Open(Dialog::About), "About Manicule", "Version and licences";
}
