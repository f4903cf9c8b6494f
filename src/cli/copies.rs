//! `manicule check --copies SESSION.ron`: articles that say the same, and what is settled in one of them and open in another.

use super::tell::tell;
use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use rayon::prelude::*;
use serde_json::{Value, json};

use super::outcome::Outcome;
use super::progress::Progress;
use super::session::open_to_read;
use crate::annotation::{Article, ArticleId, Session};
use crate::decide::copies::{Fate, Groups, Lay, Plan, plan, sources};
use crate::text::{Offsets, Unit};

/// Neither the session nor its journal is changed.
pub fn run(path: &Path, as_json: bool) -> anyhow::Result<Outcome> {
    let session = open_to_read(path)?.saved.session;
    let progress = Progress::of_steps();
    // Whoever wants to stop it ends the program: nothing is being written.
    let groups = Groups::find(&session, &AtomicBool::new(false), &|done, total| progress.set_of(done, total)).unwrap_or_default();
    progress.finish();
    let planned =
        |copies: &Vec<ArticleId>| plan(&session, &sources(&session, None, copies), copies, &AtomicBool::new(false)).unwrap_or_default();
    let plans: Vec<Plan> = groups.all().par_iter().map(planned).collect();
    let mut out = std::io::stdout().lock();
    let comes: usize = plans.iter().map(|plan| plan.tally().comes).sum();
    if as_json {
        let told = groups.all().iter().zip(&plans).map(|(copies, plan)| group(&session, copies, plan));
        writeln!(out, "{}", Value::Array(told.collect()))?;
    } else {
        for (copies, plan) in groups.all().iter().zip(&plans) {
            print(&session, copies, plan, &mut out)?;
        }
        let n: usize = groups.all().iter().map(Vec::len).sum();
        writeln!(
            out,
            "{}: articles {}, of them copies {n} in {} groups, read once each {}",
            path.display(),
            session.articles().len(),
            groups.all().len(),
            session.articles().len() - groups.spare()
        )?;
    }
    if comes > 0 {
        tell!("manicule: {}: places that a copy has settled {comes}; `transfer ART` in `manicule apply` settles them", path.display());
    }
    Ok(Outcome::of(comes > 0))
}

fn group(session: &Session, copies: &[ArticleId], plan: &Plan) -> Value {
    let article = |id: &ArticleId| {
        let article = session.article(id);
        json!({
            "article": id.as_str(),
            "title": article.map(|article| article.title()),
            "outlet": article.and_then(|article| article.meta.outlet.as_deref()),
            "published": article.and_then(|article| article.meta.published.as_deref()),
        })
    };
    let told = |place: &&Lay| !matches!(place.fate, Fate::Agrees | Fate::Gone);
    json!({
        "articles": copies.iter().map(article).collect::<Vec<_>>(),
        "tally": plan.tally(),
        "places": plan.places.iter().filter(told).map(|place| lay(session, place)).collect::<Vec<_>>(),
    })
}

fn lay(session: &Session, place: &Lay) -> Value {
    let Some(article) = session.article(&place.article) else { return Value::Null };
    let (start, end) = Offsets::new(&article.text).span_to(place.span, Unit::CodePoints);
    json!({
        "article": place.article.as_str(),
        "start": start,
        "end": end,
        "text": article.quote(place.span),
        "from": place.from.as_str(),
        "label": place.settled.label.as_ref().map(ToString::to_string),
        "becomes": match place.fate {
            Fate::Comes => "settled",
            Fate::Agrees => "is settled so",
            Fate::Differs => "is settled otherwise",
            Fate::Changed => "open",
            Fate::Gone => "gone",
        },
    })
}

fn print(session: &Session, copies: &[ArticleId], plan: &Plan, out: &mut impl std::io::Write) -> std::io::Result<()> {
    let flat = |article: &Article| article.title().split_whitespace().collect::<Vec<_>>().join(" ");
    let title = copies.first().and_then(|id| session.article(id)).map(|article| flat(article)).unwrap_or_default();
    writeln!(out, "{} copies: {title}", copies.len())?;
    for id in copies {
        let comes = plan.places.iter().filter(|place| place.article == *id && place.fate == Fate::Comes).count();
        let changed = plan.places.iter().filter(|place| place.article == *id && place.fate == Fate::Changed).count();
        let open = session.article(id).map_or(0, |article| article.open_count());
        writeln!(out, "    {id}  open {open}, settled in a copy {comes}, in sentences that differ {changed}")?;
    }
    Ok(())
}
