//! The entity of the mention in focus: what it is called, where else it is spoken of; or what is proposed.

use eframe::egui::{RichText, Ui};

use super::caps::command_cap_ui;
use super::fonts;
use super::scene::{Scene, count};
use super::widgets::{heading_ui, soft};
use crate::annotation::{Article, ArticleId, Entity, EntityId, Mention, MentionId, Scope};
use crate::decide::entities::{self, Proposal, ProposedFor};
use crate::decide::names::Reason;
use crate::text::seam::one_line;
use crate::workbench::{Command, Dialog, Link, Screen, link_subject, proposals};

/// What is known of the entity in focus, kept until focus or session change.
#[derive(Default)]
pub struct EntityPart {
    found_for: Option<(ArticleId, MentionId, (u64, u64), bool)>,
    proposals: Vec<Proposal>,
    mentions: usize,
    articles: usize,
    /// Other ways in which it is written.
    called: Vec<String>,
}

/// How many proposals the inspector shows; the dialog has the rest.
const SHOWN: usize = 2;

pub fn entity_ui(ui: &mut Ui, scene: &Scene<'_>, article: &Article, mention: &Mention, part: &mut EntityPart, out: &mut Vec<Command>) {
    let key = (article.id.clone(), mention.id, scene.state.version(), scene.state.names().is_some());
    if part.found_for.as_ref() != Some(&key) {
        *part = find(scene, mention);
        part.found_for = Some(key);
    }
    heading_ui(ui, "Entity", &scene.tokens);
    match mention.entity.as_ref().and_then(|id| scene.state.session().entity(id)) {
        Some(entity) => linked_ui(ui, scene, entity, part, out),
        None => proposed_ui(ui, scene, part, out),
    }
}

fn linked_ui(ui: &mut Ui, scene: &Scene<'_>, entity: &Entity, part: &EntityPart, out: &mut Vec<Command>) {
    let tokens = &scene.tokens;
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(&entity.name).font(fonts::sans_strong(13.0)));
        if let Some(kb) = &entity.kb {
            ui.label(soft(kb, tokens));
        }
    });
    if !part.called.is_empty() {
        ui.label(soft(format!("also {}", part.called.join(", ")), tokens));
    }
    ui.label(soft(format!("{} in {}", count(part.mentions, "mention"), count(part.articles, "article")), tokens));
    if !entity.note.is_empty() {
        ui.label(soft(format!("“{}”", entity.note), tokens));
    }
    ui.horizontal_wrapped(|ui| {
        command_cap_ui(ui, scene, Command::Screen(Screen::Open(Dialog::Card)), "card", out);
        command_cap_ui(ui, scene, Command::Screen(Screen::Open(Dialog::Link)), "change", out);
        if ui.link(soft("unlink", tokens)).clicked() {
            out.push(Command::Link(Link::To(None, Scope::Mention)));
        }
    });
}

fn proposed_ui(ui: &mut Ui, scene: &Scene<'_>, part: &EntityPart, out: &mut Vec<Command>) {
    let tokens = &scene.tokens;
    if part.proposals.is_empty() {
        ui.horizontal_wrapped(|ui| {
            ui.label(soft("Not linked", tokens));
            command_cap_ui(ui, scene, Command::Screen(Screen::Open(Dialog::Link)), "link", out);
        });
        return;
    }
    for proposal in part.proposals.iter().take(SHOWN) {
        let words = RichText::new(format!("{}?", proposal.name)).font(fonts::sans_medium(13.0)).color(tokens.ink);
        let reason = format!("{}{}", proposal.reason, if proposal.is_here { ", in this article" } else { "" });
        ui.horizontal_wrapped(|ui| {
            let response = ui.link(words).on_hover_text("Link this mention to it");
            ui.label(soft(&reason, tokens));
            if response.clicked() {
                out.push(link(scene, proposal));
            }
        });
    }
    ui.horizontal_wrapped(|ui| command_cap_ui(ui, scene, Command::Screen(Screen::Open(Dialog::Link)), "link", out));
}

fn link(scene: &Scene<'_>, proposal: &Proposal) -> Command {
    match &proposal.what {
        ProposedFor::Entity(id) => Command::Link(Link::To(Some(id.clone()), Scope::Mention)),
        ProposedFor::Name(_) => {
            let entity = entities::change::new(scene.state.session(), &proposal.name, &proposal.label);
            Command::Link(Link::New(Box::new(entity), Scope::Mention))
        }
    }
}

fn find(scene: &Scene<'_>, mention: &Mention) -> EntityPart {
    match &mention.entity {
        Some(id) => figures(scene, id),
        None => {
            let mut proposals = link_subject(scene.state).map(|subject| proposals(scene.state, &subject)).unwrap_or_default();
            // A short form without an entity is no help to the long one: it would name the new entity.
            proposals.retain(|proposal| !matches!((&proposal.what, &proposal.reason), (ProposedFor::Name(_), Reason::Longer(_))));
            EntityPart { proposals, ..EntityPart::default() }
        }
    }
}

fn figures(scene: &Scene<'_>, id: &EntityId) -> EntityPart {
    let session = scene.state.session();
    let mut part = EntityPart::default();
    let mut last = None;
    let entity = session.entity(id);
    let mut called: Vec<String> = entity.map(|entity| entity.aliases.clone()).unwrap_or_default();
    for (article, mention) in entities::change::mentions(session, id) {
        part.mentions += 1;
        part.articles += usize::from(last.replace(&article.id) != Some(&article.id));
        let words = one_line(article.quote(mention.span));
        if called.len() < 12 && !called.contains(&words) {
            called.push(words);
        }
    }
    called.retain(|words| entity.is_none_or(|entity| entity.name != *words));
    part.called = called;
    part
}
