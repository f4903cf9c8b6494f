//! The kinds of terms, and what those know that know only a few values.

/// How the work on an article stands. A flag and contested mentions stand beside any of the others.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Standing {
    /// Neither done nor set aside.
    Open,
    /// Open, and nobody has decided anything in it.
    New,
    /// Open, and somebody has.
    Begun,
    Done,
    Aside,
    Flagged,
    Contested,
}

/// What an article may have besides.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Having {
    /// A note, on the article or on a mention.
    Note,
    /// Something to decide.
    Open,
    Rejected,
    /// Another article that says the same.
    Copies,
    /// One before it in the session that does.
    Earlier,
}

/// The kinds of terms: of several of one kind one is enough, but bare words must all be there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    Words,
    State,
    Label,
    Entity,
    Outlet,
    Day,
    Language,
    Tag,
    Note,
    Has,
}

impl Kind {
    const ALL: [Kind; 10] =
        [Kind::Words, Kind::State, Kind::Label, Kind::Entity, Kind::Outlet, Kind::Day, Kind::Language, Kind::Tag, Kind::Note, Kind::Has];

    /// What stands before the colon; nothing for bare words.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Words => "",
            Kind::State => "state",
            Kind::Label => "label",
            Kind::Entity => "entity",
            Kind::Outlet => "outlet",
            Kind::Day => "day",
            Kind::Language => "lang",
            Kind::Tag => "tag",
            Kind::Note => "note",
            Kind::Has => "has",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key().eq_ignore_ascii_case(key))
    }

    /// All that may stand before a colon.
    pub fn keys() -> String {
        listed(Self::ALL[1..].iter().map(|kind| kind.key()))
    }
}

impl Standing {
    pub const ALL: [Standing; 7] =
        [Standing::Open, Standing::New, Standing::Begun, Standing::Done, Standing::Aside, Standing::Flagged, Standing::Contested];

    pub fn as_str(self) -> &'static str {
        match self {
            Standing::Open => "open",
            Standing::New => "new",
            Standing::Begun => "begun",
            Standing::Done => "done",
            Standing::Aside => "aside",
            Standing::Flagged => "flagged",
            Standing::Contested => "contested",
        }
    }

    pub fn names() -> String {
        listed(Self::ALL.iter().map(|standing| standing.as_str()))
    }
}

impl Having {
    pub const ALL: [Having; 5] = [Having::Note, Having::Open, Having::Rejected, Having::Copies, Having::Earlier];

    pub fn as_str(self) -> &'static str {
        match self {
            Having::Note => "note",
            Having::Open => "open",
            Having::Rejected => "rejected",
            Having::Copies => "copies",
            Having::Earlier => "earlier",
        }
    }

    pub fn names() -> String {
        listed(Self::ALL.iter().map(|having| having.as_str()))
    }
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}
