//! The shapes of a session file of format 1, as RON reads them.
//!
//! They are apart from the core's types on purpose: the core may change without a word, a file may not. Unknown fields
//! are refused, because a program that dropped them would lose a newer program's data at the next save. `write.rs` lays
//! the same shapes out; the golden files under `tests/data/` hold both still.

use serde::Deserialize;

use crate::annotation::{Digest, How, Origin, Progress, Standing, State, Time, ZoneKind};

/// Read by hand below, because a merge of lines may leave what stood in the head of older files twice.
pub struct SessionForm {
    /// Of older files: whose the session was, and where work stopped. Each person's own settings hold both by now.
    pub analyst: String,
    pub place: Option<PlaceForm>,
    /// The fields of older files that stand more than once.
    pub repeated: Vec<&'static str>,
    pub scheme: SchemeForm,
    pub entities: Vec<EntityForm>,
    pub rules: Vec<RuleForm>,
    pub conflicts: Vec<ConflictForm>,
    pub dismissals: Vec<DismissalForm>,
    pub certificates: Vec<CertificateForm>,
    pub articles: Vec<ArticleForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Place")]
pub struct PlaceForm {
    pub article: String,
    #[serde(default)]
    pub mention: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Scheme")]
pub struct SchemeForm {
    pub name: String,
    pub labels: Vec<LabelForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Label")]
pub struct LabelForm {
    pub name: String,
    #[serde(default)]
    pub key: Option<char>,
    pub colour: String,
    #[serde(default)]
    pub guideline: String,
    #[serde(default)]
    pub details: String,
    #[serde(default)]
    pub conll: Option<String>,
    #[serde(default)]
    pub nests: bool,
    #[serde(default)]
    pub absolute_only: bool,
    #[serde(default)]
    pub standing: Option<StandingForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Entity")]
pub struct EntityForm {
    pub id: String,
    pub name: String,
    pub label: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub kb: Option<String>,
    #[serde(default)]
    pub note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Rule")]
pub struct RuleForm {
    pub name: String,
    pub verdict: VerdictForm,
    #[serde(default)]
    pub off: bool,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub by: String,
    #[serde(default)]
    pub at: Time,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", rename = "Verdict")]
pub enum VerdictForm {
    Always(String),
    Never,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Dismissal")]
pub struct DismissalForm {
    pub finding: String,
    #[serde(default)]
    pub words: String,
    /// The marks of places, parted by blanks.
    #[serde(default)]
    pub places: String,
    #[serde(default)]
    pub by: String,
    #[serde(default)]
    pub at: Time,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Certificate")]
pub struct CertificateForm {
    pub id: String,
    pub seed: u64,
    #[serde(default)]
    pub articles: u32,
    #[serde(default)]
    pub sentences: u32,
    #[serde(default)]
    pub by: String,
    #[serde(default)]
    pub at: Time,
    #[serde(default)]
    pub strata: Vec<StratumForm>,
    #[serde(default)]
    pub items: Vec<ItemForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Stratum")]
pub struct StratumForm {
    /// Left out for rejected mentions.
    #[serde(default)]
    pub label: Option<String>,
    pub how: HowForm,
    pub size: u32,
}

/// A mention has a `how`, and a label where it was confirmed; a sentence has `names`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Item")]
pub struct ItemForm {
    pub article: String,
    /// Code points.
    pub span: (u32, u32),
    #[serde(default)]
    pub mark: String,
    #[serde(default)]
    pub label: Option<String>,
    #[serde(default)]
    pub how: Option<HowForm>,
    #[serde(default)]
    pub names: Vec<String>,
    #[serde(default)]
    pub answer: Option<AnswerForm>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", rename = "Answer")]
pub enum AnswerForm {
    Label(String),
    Nothing,
    Edges,
    Names(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Article")]
pub struct ArticleForm {
    /// The id. Named so that the first line of an article's block cannot be mistaken for another.
    pub article: String,
    #[serde(default)]
    pub meta: MetaForm,
    #[serde(default)]
    pub source: Option<SourceForm>,
    #[serde(default)]
    pub desk: DeskForm,
    #[serde(default)]
    pub extras: Vec<ExtraForm>,
    #[serde(default)]
    pub zones: Vec<ZoneForm>,
    /// In pieces, so that a changed line is a changed line of the file too.
    pub text: Vec<String>,
    #[serde(default)]
    pub mentions: Vec<MentionForm>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename = "Meta")]
pub struct MetaForm {
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub byline: Option<String>,
    #[serde(default)]
    pub outlet: Option<String>,
    #[serde(default)]
    pub published: Option<String>,
    #[serde(default)]
    pub language: Option<String>,
    #[serde(default)]
    pub url: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Source")]
pub struct SourceForm {
    pub path: String,
    pub size: u64,
    pub digest: Digest,
    pub encoding: String,
    #[serde(default)]
    pub number: u32,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename = "Desk")]
pub struct DeskForm {
    #[serde(default)]
    pub progress: Option<ProgressForm>,
    #[serde(default)]
    pub flagged: bool,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default)]
    pub note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Zone")]
pub struct ZoneForm {
    /// Code points.
    pub span: (usize, usize),
    pub kind: ZoneKindForm,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Mention")]
pub struct MentionForm {
    pub id: String,
    /// Code points.
    pub span: (usize, usize),
    pub label: String,
    /// The first words of the mention, by which a span that no longer fits is noticed and mended.
    #[serde(default)]
    pub quote: String,
    #[serde(default)]
    pub state: Option<StateForm>,
    #[serde(default)]
    pub how: Option<HowForm>,
    pub origin: Origin,
    #[serde(default)]
    pub score: Option<f64>,
    #[serde(default)]
    pub first: Option<FirstForm>,
    #[serde(default)]
    pub entity: Option<String>,
    #[serde(default)]
    pub value: Option<String>,
    #[serde(default)]
    pub note: Option<String>,
    #[serde(default)]
    pub by: Option<String>,
    #[serde(default)]
    pub at: Option<Time>,
    #[serde(default)]
    pub extras: Vec<ExtraForm>,
    #[serde(default)]
    pub rivals: Vec<RivalForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Rival")]
pub struct RivalForm {
    pub state: StateForm,
    /// Code points; left out where it is that of the mention.
    #[serde(default)]
    pub span: Option<(usize, usize)>,
    /// Left out where it is that of the mention.
    #[serde(default)]
    pub label: Option<String>,
    #[serde(default)]
    pub entity: Option<String>,
    #[serde(default)]
    pub how: Option<HowForm>,
    #[serde(default)]
    pub by: Option<String>,
    #[serde(default)]
    pub at: Option<Time>,
}

/// What stands is in the session; `other` is what the other side has, left out where it has nothing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case", rename = "Conflict")]
pub enum ConflictForm {
    Removed(String),
    Text {
        article: String,
        other: String,
    },
    Meta {
        article: String,
        other: MetaForm,
    },
    Zones {
        article: String,
        other: Vec<ZoneForm>,
    },
    Desk {
        article: String,
        other: DeskForm,
    },
    Mention {
        article: String,
        other: Box<MentionForm>,
    },
    Label {
        label: String,
        #[serde(default)]
        other: Option<LabelForm>,
    },
    Entity {
        id: String,
        #[serde(default)]
        other: Option<EntityForm>,
    },
    Rule {
        name: String,
        #[serde(default)]
        other: Option<RuleForm>,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "First")]
pub struct FirstForm {
    /// Code points.
    pub span: (usize, usize),
    pub label: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Extra")]
pub struct ExtraForm {
    pub format: String,
    pub key: String,
    pub value: String,
}

/// An enumeration of the core under the words that it has in a file.
macro_rules! words {
    ($form:ident for $core:ident: $($variant:ident = $word:literal),+) => {
        #[derive(Deserialize, Clone, Copy)]
        pub enum $form { $(#[serde(rename = $word)] $variant),+ }

        impl From<$form> for $core {
            fn from(form: $form) -> Self {
                match form { $($form::$variant => $core::$variant),+ }
            }
        }

        impl $form {
            pub fn word(core: $core) -> &'static str {
                match core { $($core::$variant => $word),+ }
            }
        }
    };
}

words!(StandingForm for Standing: On = "on", Off = "off", Retired = "retired");
words!(ProgressForm for Progress: Open = "open", Done = "done", SetAside = "set_aside");
words!(StateForm for State: Suggested = "suggested", Confirmed = "confirmed", Rejected = "rejected");
words!(
    HowForm for How: Looked = "looked", Spread = "spread", AcceptedRest = "accepted_rest", Rule = "rule", Imported = "imported",
    Transferred = "transferred"
);
words!(
    ZoneKindForm for ZoneKind: Headline = "headline", Byline = "byline", Dateline = "dateline", Body = "body",
    Caption = "caption", Credit = "credit", Boilerplate = "boilerplate"
);
