//! Two random analysts work on one session in two places; what they did comes together, whoever merges, and nothing
//! that either decided is lost.

use std::fmt::Debug;
use std::path::Path;
use std::process::Command;

use manicule::annotation::{Article, Conflict, Edit, Mention, Origin, Session, State, Verb};
use manicule::decide::Stamp;
use manicule::decide::anchors::orphan::orphans;
use manicule::decide::merge::{difference, merge, open_conflicts};
use manicule::decide::overlaps::Overlaps;
use manicule::store::{Saved, SourcePaths, read, write};

use crate::support::analyst::{Analyst, Dice, pages};

/// What came of some sessions.
#[derive(Default, Debug)]
struct Count {
    sessions: usize,
    merges: usize,
    decisions: usize,
    contested: usize,
    conflicts: usize,
    settled: usize,
}

fn run(sessions: u64, seed: u64) -> Count {
    let mut count = Count::default();
    for number in 0..sessions {
        let mut dice = Dice(seed + number);
        let mut base = pages(&mut dice);
        let mut ann = Analyst { name: "Ann", dice: Dice(dice.0 ^ 1), now: 1000 };
        let mut bo = Analyst { name: "Bo", dice: Dice(dice.0 ^ 2), now: 1000 };
        for round in 0..3 {
            let (mut ours, mut theirs) = (base.clone(), base.clone());
            for (analyst, side) in [(&mut ann, &mut ours), (&mut bo, &mut theirs)] {
                if round > 0 && analyst.dice.roll(2) == 0 {
                    count.settled += analyst.settle(side);
                }
                let steps = analyst.dice.roll(14);
                count.decisions += (0..steps).filter_map(|_| analyst.work(side)).count();
            }
            base = together(&base, &ours, &theirs, &format!("session {number} of seed {seed}, round {round}"));
            count.merges += 1;
            count.contested +=
                base.articles().iter().flat_map(|article| &article.mentions).filter(|mention| mention.is_contested()).count();
            count.conflicts += base.conflicts().len();
        }
        count.settled += ann.settle(&mut base);
        assert_eq!(open_conflicts(&base), 0, "everything can be settled");
        count.sessions += 1;
    }
    count
}

/// The merge of both, with everything checked that must hold of one.
fn together(base: &Session, ours: &Session, theirs: &Session, at: &str) -> Session {
    let merged = merge(base, ours, theirs);
    assert_eq!(merged, merge(base, theirs, ours), "{at}: the same, whoever is called ours");
    let session = merged.session;
    for side in [ours, theirs] {
        assert_eq!(merge(base, base, side).session, *side, "{at}: one side's change is taken over");
        assert_eq!(merge(base, side, side).session, *side, "{at}: equal work is one");
        assert_eq!(merge(side, side, &session).session, session, "{at}: what was merged comes back as it is");
        let lost = lost(base, side, &session);
        assert!(lost.is_empty(), "{at}: {lost:#?}");
        let mut made = side.clone();
        made.apply(&edit(difference(side, &session))).unwrap();
        assert_eq!(made, session, "{at}: the difference makes one of the other");
        let again = edit(difference(side, &session));
        made.apply(&again.inverse()).unwrap();
        assert_eq!(made, *side, "{at}: and can be taken back");
    }
    let unchanged = SourcePaths::unchanged();
    let reading = read(write(&Saved { session: session.clone(), ..Saved::default() }, &unchanged).as_bytes(), &unchanged).unwrap();
    assert_eq!((&reading.saved.session, reading.repairs.as_slice()), (&session, [].as_slice()), "{at}: it survives its file");
    for article in session.articles() {
        sound(article, [ours, theirs], &session, at);
    }
    session
}

fn edit(ops: Vec<manicule::annotation::Op>) -> Edit {
    Edit {
        verb: Verb::TakeIn,
        scope: Default::default(),
        target: None,
        what: String::new(),
        label: None,
        by: Stamp::default().by,
        at: Default::default(),
        ops,
    }
}

/// A page after a merge is one that decisions could have made.
fn sound(article: &Article, sides: [&Session; 2], session: &Session, at: &str) {
    assert!(article.mentions.is_sorted_by(|a, b| a.reading_order(b).is_lt()), "{at}: mentions in reading order");
    let confirmed = Overlaps::new(article.mentions.iter().filter(|mention| mention.is_confirmed()));
    for mention in article.mentions.iter().filter(|mention| mention.is_suggested()) {
        for other in confirmed.over(mention.span).filter(|other| manicule::decide::verdict::is_suppressed(session.scheme(), mention, other))
        {
            let has =
                |side: &&&Session, mention: &Mention| side.article(&article.id).is_some_and(|page| page.mention(mention.id).is_some());
            let was_there = sides.iter().any(|side| has(&side, mention) && has(&side, other));
            assert!(was_there, "{at}: {} stands against a decision in {}", article.quote(mention.span), article.id);
        }
    }
    for mention in &article.mentions {
        assert!(mention.rivals.iter().all(|rival| rival.span.of(&article.text).is_some()), "{at}: rivals lie in the text");
    }
}

/// Everything that `side` did to `base` and that is neither in `merged` nor listed there as a conflict.
fn lost(base: &Session, side: &Session, merged: &Session) -> Vec<String> {
    let mut lost = Vec::new();
    let mut need = |what: String, is_there: bool| {
        if !is_there {
            lost.push(what);
        }
    };
    for before in base.articles().iter().filter(|before| side.article(&before.id).is_none()) {
        let is_listed = merged.conflicts().contains(&Conflict::Removed(before.id.clone()));
        need(format!("{} removed", before.id), merged.article(&before.id).is_none() || is_listed);
    }
    for after in side.articles() {
        let before = base.article(&after.id);
        if before == Some(after) {
            continue;
        }
        let pages: Vec<&Article> =
            merged.articles().iter().filter(|page| page.id == after.id || page.text == after.text).map(|page| &**page).collect();
        let is_work = before.is_none_or(|before| works(before) != works(after));
        need(format!("the article {}", after.id), !pages.is_empty() || !is_work);
        article(before.map(|before| &**before), after, &pages, merged, &mut need);
    }
    known(base, side, merged, &mut need);
    lost
}

/// What a person has done on a page.
fn works(article: &Article) -> impl PartialEq + Debug {
    let mentions: Vec<&Mention> =
        article.mentions.iter().filter(|mention| mention.is_settled() || mention.entity.is_some() || mention.note.is_some()).collect();
    format!("{mentions:?} {:?} {:?} {:?} {:?}", article.text, article.meta, article.desk, article.zones)
}

fn article(before: Option<&Article>, after: &Article, pages: &[&Article], merged: &Session, need: &mut impl FnMut(String, bool)) {
    let blank = Article::new(after.id.clone(), after.text.clone());
    let was = before.unwrap_or(&blank);
    let about = |conflict: &&Conflict| conflict.article().is_some_and(|id| pages.iter().any(|page| page.id == *id));
    let conflicts: Vec<&Conflict> = merged.conflicts().iter().filter(about).collect();
    let said = |of: fn(&Article) -> String, other: &dyn Fn(&Conflict) -> Option<String>| {
        of(was) == of(after)
            || pages.iter().any(|page| of(page) == of(after))
            || conflicts.iter().any(|conflict| other(conflict) == Some(of(after)))
    };
    let meta = |conflict: &Conflict| if let Conflict::Meta { other, .. } = conflict { Some(other.clone()) } else { None };
    let is_refreshed = pages.iter().all(|page| page.text != was.text) || was.text != after.text;
    need(
        format!("title of {}", after.id),
        is_refreshed || said(|page| format!("{:?}", page.meta.title), &|c| meta(c).map(|meta| format!("{:?}", meta.title))),
    );
    need(
        format!("outlet of {}", after.id),
        is_refreshed || said(|page| format!("{:?}", page.meta.outlet), &|c| meta(c).map(|meta| format!("{:?}", meta.outlet))),
    );
    let desk = |conflict: &Conflict| if let Conflict::Desk { other, .. } = conflict { Some(format!("{:?}", other.progress)) } else { None };
    need(format!("progress of {}", after.id), is_refreshed || said(|page| format!("{:?}", page.desk.progress), &desk));
    need(format!("flag of {}", after.id), is_refreshed || said(|page| page.desk.flagged.to_string(), &|_| None));
    let has_note = was.desk.note == after.desk.note || pages.iter().any(|page| page.desk.note.contains(&after.desk.note));
    need(format!("note of {}", after.id), has_note);
    let has_tags = after.desk.tags.iter().all(|tag| was.desk.tags.contains(tag) || pages.iter().any(|page| page.desk.tags.contains(tag)));
    need(format!("tags of {}", after.id), has_tags);
    let zones = |conflict: &Conflict| if let Conflict::Zones { other, .. } = conflict { Some(format!("{other:?}")) } else { None };
    need(format!("zones of {}", after.id), is_refreshed || said(|page| format!("{:?}", page.zones), &zones));
    for mention in &after.mentions {
        let was = was.mention(mention.id);
        if was != Some(mention) && !is_refreshed {
            decided(was, mention, after, pages, &conflicts, merged, need);
        }
        if is_refreshed
            && mention.is_settled()
            && was.is_none_or(|was| (was.state, &was.label, was.at) != (mention.state, &mention.label, mention.at))
        {
            let is_there = pages
                .iter()
                .any(|page| page.mention(mention.id).is_some() || orphans(page).any(|(_, orphan)| orphan.mention.id == mention.id));
            let is_united = pages
                .iter()
                .any(|page| page.mentions.iter().any(|other| other.is_confirmed() && page.quote(other.span) == after.quote(mention.span)));
            need(format!("{} in the refreshed {}", mention.id, after.id), is_there || is_united);
        }
    }
    for gone in was.mentions.iter().filter(|gone| gone.origin == Origin::Analyst && gone.is_settled() && after.mention(gone.id).is_none()) {
        let is_gone =
            |page: &&Article| page.mention(gone.id).is_none_or(|left| left.rivals.iter().any(|rival| rival.state == State::Rejected));
        need(format!("{} deleted in {}", gone.id, after.id), is_refreshed || pages.iter().any(is_gone));
    }
}

/// Whether a decision on one mention stands, or stands against what does.
fn decided(
    was: Option<&Mention>,
    is: &Mention,
    after: &Article,
    pages: &[&Article],
    conflicts: &[&Conflict],
    merged: &Session,
    need: &mut impl FnMut(String, bool),
) {
    let words = |what: &str| format!("{what} of {:?} {} {:?} in {}", after.quote(is.span), is.id, is, after.id);
    let mentions = || pages.iter().flat_map(|page| &page.mentions);
    let verdict = (is.state, is.span, &is.label);
    let is_new = was.is_none_or(|was| (was.state, was.span, &was.label) != verdict);
    if is_new && (is.is_settled() || was.is_some_and(Mention::is_settled)) {
        let says = |other: &Mention| {
            (other.state, other.span, &other.label) == verdict
                || other.rivals.iter().any(|rival| (rival.state, rival.span, &rival.label) == verdict)
        };
        // What was taken back may have given way to a decision nearby, as any suggestion does.
        let is_back = is.is_suggested() && mentions().all(|other| other.id != is.id || other.is_suggested());
        need(words("the verdict"), mentions().any(says) || is_back);
    }
    let listed = |says: &dyn Fn(&Mention) -> bool| {
        conflicts.iter().any(|conflict| matches!(conflict, Conflict::Mention { other, .. } if other.id == is.id && says(other)))
    };
    if let Some(note) = is.note.as_deref().filter(|note| was.is_none_or(|was| was.note.as_deref() != Some(note))) {
        let has = |other: &Mention| other.note.as_deref().is_some_and(|other| other.contains(note));
        need(words("the note"), mentions().any(has) || listed(&has));
    }
    if was.and_then(|was| was.entity.as_ref()) != is.entity.as_ref() {
        let has = |other: &Mention| {
            let here = other.id == is.id || other.span == is.span;
            here && (other.entity == is.entity || other.rivals.iter().any(|rival| rival.entity == is.entity))
        };
        let is_gone = is.entity.is_none() && mentions().all(|other| other.id != is.id);
        need(words("the link"), mentions().any(has) || listed(&has) || is_gone);
        let is_known = is.entity.as_ref().is_none_or(|id| merged.entity(id).is_some());
        need(words("the entity"), is_known);
    }
}

fn known(base: &Session, side: &Session, merged: &Session, need: &mut impl FnMut(String, bool)) {
    for (id, after) in side.entities() {
        let was = base.entity(id);
        let others = merged.conflicts().iter().filter_map(|conflict| match conflict {
            Conflict::Entity { id: of, other: Some(other) } if of == id => Some(other),
            _ => None,
        });
        let mut says = Vec::new();
        says.extend(merged.entity(id));
        says.extend(others);
        let is_changed = was != Some(after);
        need(format!("the entity {id}"), !is_changed || !says.is_empty());
        need(
            format!("the name of {id}"),
            was.is_some_and(|was| was.name == after.name) || says.iter().any(|entity| entity.name == after.name),
        );
        need(
            format!("the id of {id}"),
            was.is_some_and(|was| was.kb == after.kb)
                || says.iter().any(|entity| entity.kb == after.kb)
                || was.is_none() && after.kb.is_none(),
        );
        let is_alias =
            |alias: &String| was.is_some_and(|was| was.aliases.contains(alias)) || says.iter().any(|entity| entity.aliases.contains(alias));
        need(format!("an alias of {id}"), after.aliases.iter().all(is_alias));
    }
    for id in base.entities().keys().filter(|id| side.entity(id).is_none()) {
        let is_listed = merged.conflicts().contains(&Conflict::Entity { id: id.clone(), other: None });
        need(format!("the entity {id} removed"), merged.entity(id).is_none() || is_listed);
    }
    for rule in side.rules().iter().filter(|rule| !base.rules().contains(rule)) {
        let is_rule = merged.rules().iter().any(|other| other.name == rule.name && other.verdict == rule.verdict);
        let is_listed = merged.conflicts().iter().any(|conflict| {
            matches!(conflict, Conflict::Rule { other: Some(other), .. } if other.name == rule.name && other.verdict == rule.verdict)
        });
        need(format!("the rule on {}", rule.name), is_rule || is_listed);
    }
    for (finding, dismissal) in side.dismissals().iter().filter(|(finding, dismissal)| base.dismissals().get(*finding) != Some(dismissal)) {
        let seen = merged.dismissals().get(finding).map(|dismissal| &dismissal.places);
        need(format!("what is right of {finding}"), seen.is_some_and(|seen| seen.is_superset(&dismissal.places)));
    }
    for (id, sample) in side.certificates().iter().filter(|(id, sample)| base.certificates().get(*id) != Some(sample)) {
        let there = merged.certificates().get(id);
        let is_answered = |at: usize| there.is_some_and(|there| there.items[at].answer.is_some());
        let base = base.certificates().get(id);
        for (at, item) in sample.items.iter().enumerate() {
            let is_new = item.answer.is_some() && base.is_none_or(|base| base.items[at].answer != item.answer);
            need(format!("the answer to question {at} of {id}"), !is_new || is_answered(at));
        }
    }
    for def in side.scheme().labels.iter().filter(|def| base.scheme().get(&def.name) != Some(def)) {
        let is_listed = |other: &Conflict| matches!(other, Conflict::Label { other: Some(other), .. } if other.colour == def.colour);
        let was = base.scheme().get(&def.name);
        let has_colour = merged.scheme().get(&def.name).is_some_and(|other| other.colour == def.colour);
        need(
            format!("the colour of {}", def.name),
            was.is_some_and(|was| was.colour == def.colour) || has_colour || merged.conflicts().iter().any(is_listed),
        );
    }
}

#[test]
fn two_analysts_lose_nothing_and_agree_on_the_merge() {
    let count = run(60, 1);
    assert!(count.contested > 0 && count.conflicts > 0, "the test has lost its subject: {count:?}");
}

/// As above, at length. Prints what came of it.
#[test]
#[ignore = "takes a minute; .ci/run runs it"]
fn two_analysts_for_hundreds_of_sessions() {
    eprintln!("{:?}", run(2000, 1_000));
}

/// Two clones of a repository with the merge driver: each takes the other's branch in, and both have the same file.
#[test]
#[ignore = "takes minutes and needs git; .ci/run runs it"]
fn two_clones_come_to_the_same_file() {
    let folder = tempfile::tempdir().unwrap();
    let unchanged = SourcePaths::unchanged();
    let put = |path: &Path, session: &Session| {
        std::fs::write(path, write(&Saved { session: session.clone(), ..Saved::default() }, &unchanged)).unwrap();
    };
    let git = |clone: &Path, args: &[&str]| {
        let mut command = Command::new("git");
        command.args([
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@b.example",
            "-c",
            "init.defaultBranch=main",
            "-c",
            "protocol.file.allow=always",
        ]);
        // Nothing that this machine is set up with takes part.
        command.env("GIT_CONFIG_GLOBAL", folder.path().join("none")).env("GIT_CONFIG_NOSYSTEM", "1");
        command.args(args).current_dir(clone).output().unwrap().status.code()
    };
    let (mut clean, mut open) = (0, 0);
    for number in 0..200 {
        let mut dice = Dice(77_000 + number);
        let base = pages(&mut dice);
        let mut sides = [base.clone(), base.clone()];
        for (side, (name, seed)) in sides.iter_mut().zip([("Ann", 1), ("Bo", 2)]) {
            let mut analyst = Analyst { name, dice: Dice(dice.0 ^ seed), now: 1000 };
            (0..analyst.dice.roll(14)).for_each(|_| {
                analyst.work(side);
            });
        }
        let clones = [folder.path().join(format!("{number}-ann")), folder.path().join(format!("{number}-bo"))];
        std::fs::create_dir(&clones[0]).unwrap();
        put(&clones[0].join("s.ron"), &base);
        for args in [&["init", "-q"][..], &["add", "."], &["commit", "-qm", "0"]] {
            assert_eq!(git(&clones[0], args), Some(0), "git {args:?}");
        }
        assert_eq!(git(folder.path(), &["clone", "-q", clones[0].to_str().unwrap(), clones[1].to_str().unwrap()]), Some(0));
        for (clone, side) in clones.iter().zip(&sides) {
            let install =
                Command::new(env!("CARGO_BIN_EXE_manicule")).args(["merge", "--install", "--yes"]).current_dir(clone).output().unwrap();
            assert!(install.status.success(), "{install:?}");
            put(&clone.join("s.ron"), side);
            // Nothing done is nothing to commit.
            git(clone, &["commit", "-qam", "work"]);
        }
        for (clone, other) in [(0, 1), (1, 0)] {
            assert_eq!(git(&clones[clone], &["fetch", "-q", clones[other].to_str().unwrap(), "main:other"]), Some(0));
        }
        let codes = clones.each_ref().map(|clone| git(clone, &["merge", "-q", "other", "-m", "m"]));
        let files = clones.each_ref().map(|clone| std::fs::read_to_string(clone.join("s.ron")).unwrap());
        assert_eq!((codes[0], &files[0]), (codes[1], &files[1]), "session {number}");
        let merged = read(files[0].as_bytes(), &unchanged).unwrap();
        assert_eq!(merged.repairs, [], "session {number}");
        let expected = together(&base, &sides[0], &sides[1], &format!("session {number} in git"));
        assert_eq!(merged.saved.session, expected, "session {number}");
        match open_conflicts(&expected) {
            0 => clean += 1,
            _ => open += 1,
        }
        assert_eq!(codes[0], Some(i32::from(open_conflicts(&expected) > 0)), "session {number}");
    }
    eprintln!("200 sessions in two clones: {clean} merged clean, {open} with something to settle");
}
