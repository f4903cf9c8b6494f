//! What is made from a session to be shown: one file for each view and dialog. A model is kept while it is shown and made
//! anew where the session's version is another; each can be read and tested with a session alone.

mod came;
mod card;
mod certifying;
mod coming;
mod copies;
mod corpus;
mod counted;
mod dialogs;
mod disputes;
mod explained;
mod findings;
mod folder;
mod handed;
mod keeping;
mod offering;
mod past;
mod previewed;
mod queue;
mod replacing;
mod rule_rows;
mod rulebook;
mod sources;

pub use came::{Becomes, Came};
pub use card::{Card, LinkSubject};
pub use certifying::Certifying;
pub use coming::{Coming, ComingRow, Found};
pub use copies::Copies;
pub use corpus::{Corpus, Places, Search};
pub use counted::Counted;
pub use dialogs::Dialogs;
pub use disputes::{Dispute, Subject};
pub use explained::{Explained, Question};
pub use findings::Findings;
pub use folder::{Folder, common, split};
pub use handed::{Changed, Exported, Offered, Renewed, Retagging};
pub use keeping::{Keeping, Written};
pub use offering::{Given, Offering};
pub use past::{Past, PastFilter, title_of};
pub use previewed::Previewed;
pub use queue::{NamesOf, Queue, Totals};
pub use replacing::{Asked, Replacing};
pub use rule_rows::{RowKey, RowKind, RuleFilter, RuleOrder, RuleRow, RulesOf};
pub use rulebook::{Hit, Rulebook, Writing};
pub use sources::{Listed, Refreshing, Sources};
