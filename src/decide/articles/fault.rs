//! What of a filter is not understood, in words that say what is.

use super::days::NoDay;
use super::kinds::{Having, Kind, Standing};

#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Fault {
    #[error("“{0}:” is none of {known}; in quotation marks it is looked for as words", known = Kind::keys())]
    Kind(String),
    #[error("{key}: wants something behind it", key = .0.key())]
    Nothing(Kind),
    #[error("nothing stands between the quotation marks")]
    Blank,
    #[error("“-” wants something behind it that is to be left out")]
    Minus,
    #[error("state: does not know “{0}”, but {known}", known = Standing::names())]
    Standing(String),
    #[error("has: does not know “{0}”, but {known}", known = Having::names())]
    Having(String),
    #[error("“{0}” is no day: {no}", no = NoDay)]
    Day(String),
}
