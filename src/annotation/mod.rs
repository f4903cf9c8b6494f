//! The pure core: what an article, a mention and a session are, and the one way in which they change.
//!
//! Knows nothing of files, clocks, threads, windows or taggers. The invariants that everything else stands on:
//!
//! - article text is never altered; spans are byte ranges on character boundaries ([`Span`](crate::text::Span));
//! - only [`Session::apply`] changes a session, and every [`Edit`] has an inverse;
//! - an edit applies wholly or not at all.

mod apply;
mod article;
mod certificate;
mod conflict;
mod dismissal;
mod edit;
mod entity;
mod history;
mod ids;
mod label;
mod mention;
mod session;

pub use article::{Article, Desk, Digest, Digesting, Meta, Progress, Source, Zone, ZoneKind};
pub use certificate::{Answer, Certificate, Decided, Item, Stratum};
pub use conflict::Conflict;
pub use dismissal::{Dismissal, PlaceMark};
pub use edit::{Edit, Op, Scope, Stale, Target, Verb};
pub use entity::{Entity, StandingRule, Verdict};
pub use history::{Entry, Fate, History, Seal};
pub use ids::{ArticleId, EntityId, FreshIds, MentionId, Time};
pub use label::{Label, LabelDef, Scheme, SchemeFault, Standing};
pub use mention::{Extra, First, How, Mention, Origin, Rival, Score, State};
pub use session::Session;
