//! The keys that are ours in a line of JSONL; all others belong to other programs.

/// The `format` of extras that came in our own JSONL under keys that are not ours.
pub const OWN: &str = "jsonl";

/// Prefix of the key of an extra that stood inside `meta`.
pub const META: &str = "meta.";
pub const LINE_KEYS: &[&str] = &["id", "text", "meta", "zones", "entities", "rejected", "desk", "file", "extras"];
pub const META_KEYS: &[&str] = &["title", "source", "published", "language", "byline", "url"];
pub const ENTITY_KEYS: &[&str] = &[
    "start",
    "end",
    "label",
    "text",
    "state",
    "how",
    "score",
    "origin",
    "entity",
    "entity_name",
    "kb",
    "plain",
    "value",
    "note",
    "by",
    "at",
    "first",
    "reason",
    "extras",
];
