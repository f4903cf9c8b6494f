//! The columns of a table of mentions: ours, and what other people call theirs.

/// As they are written, in this order.
pub const COLUMNS: [&str; 24] = [
    "doc_id",
    "ann_id",
    "start_cp",
    "end_cp",
    "text",
    "label",
    "status",
    "how",
    "confidence",
    "origin",
    "annotator",
    "created",
    "note",
    "entity",
    "kb_id",
    "value",
    "left",
    "right",
    "entity_name",
    "first_start_cp",
    "first_end_cp",
    "first_label",
    "plain",
    "article_text",
];

/// What a reader looks for, each by our own name first.
const NAMES: [(Column, &[&str]); 17] = [
    (Column::Doc, &["doc_id", "document_id", "docid", "article_id", "doc", "document", "article", "file", "filename", "file_name", "id"]),
    (Column::Start, &["start_cp", "start", "begin", "start_offset", "start_char", "char_start", "offset_start", "from"]),
    (Column::End, &["end_cp", "end", "end_offset", "end_char", "char_end", "offset_end", "to"]),
    (Column::Words, &["text", "quote", "mention", "surface", "surface_form", "span_text", "entity_text", "exact", "words", "name"]),
    (Column::Label, &["label", "type", "entity_type", "tag", "category", "ner", "class", "ent_type"]),
    (Column::Status, &["status", "state"]),
    (Column::How, &["how"]),
    (Column::Score, &["confidence", "score", "probability"]),
    (Column::Origin, &["origin", "method"]),
    (Column::By, &["annotator", "by", "user", "created_by", "author"]),
    (Column::At, &["created", "at", "created_at", "time", "timestamp"]),
    (Column::Note, &["note", "notes", "comment", "comments", "remark"]),
    (Column::Entity, &["entity", "entity_id"]),
    (Column::EntityName, &["entity_name", "canonical_name"]),
    (Column::Kb, &["kb_id", "kb", "qid", "wikidata", "wikidata_id"]),
    (Column::Value, &["value"]),
    (Column::ArticleText, &["article_text", "document_text", "doc_text", "full_text", "sentence", "content", "body"]),
];

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Column {
    Doc,
    Start,
    End,
    Words,
    Label,
    Status,
    How,
    Score,
    Origin,
    By,
    At,
    Note,
    Entity,
    EntityName,
    Kb,
    Value,
    ArticleText,
}

/// Where each column stands in a table.
#[derive(Clone, Debug)]
pub struct Header {
    names: Vec<String>,
}

impl Header {
    pub fn new<'c>(cells: impl IntoIterator<Item = &'c str>) -> Self {
        let plain = |cell: &str| cell.trim().trim_start_matches('\u{FEFF}').to_lowercase().replace([' ', '-', '.'], "_");
        Self { names: cells.into_iter().map(plain).collect() }
    }

    pub fn at(&self, column: Column) -> Option<usize> {
        let known = NAMES.iter().find(|(other, _)| *other == column).map_or(&[][..], |(_, names)| names);
        known.iter().find_map(|name| self.named(name))
    }

    pub fn named(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|other| other == name)
    }

    /// Whether it is a table of mentions: their places and their labels.
    pub fn is_of_mentions(&self) -> bool {
        [Column::Start, Column::End, Column::Label].iter().all(|column| self.at(*column).is_some())
    }

    /// Whether it is a table of tokens, one a row, with their tags: where these two stand.
    pub fn tokens(&self) -> Option<(usize, usize)> {
        let token = ["word", "token", "form"].iter().find_map(|name| self.named(name))?;
        let tag = ["tag", "ner", "ner_tag", "ner_tags", "label"].iter().find_map(|name| self.named(name))?;
        Some((token, tag))
    }

    /// Whether the file is our own, also from before it told how mentions read.
    pub fn is_ours(&self) -> bool {
        let is_old = |name: &&str| *name != "plain";
        self.names.iter().map(String::as_str).filter(is_old).eq(COLUMNS.into_iter().filter(is_old))
    }
}
