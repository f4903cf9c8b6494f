//! Files that lie in others: of an archive, on a mail, inside a saved page. Each is read by whoever knows it, as if it lay by
//! itself, down to a depth.

use std::path::Path;

use super::fault::Trouble;
use super::foreign;
use super::incoming::{Incoming, Sink};
use super::input::Input;
use super::reader::{How, choose};

/// How deep files may lie in one another.
const MAX_DEPTH: u8 = 4;

/// Hands out the articles of a file that lies in another, and what there is to say of it, each under its name.
pub fn read(name: &str, bytes: &[u8], how: How<'_>, sink: &mut Sink<'_>) {
    let cancel = sink.cancel();
    let mut take = |found: Result<Incoming, Trouble>| match found {
        Ok(incoming) => sink.article(incoming),
        Err(trouble) => sink.tell(trouble.inside(name)),
    };
    if let Err(trouble) = read_alone(name, bytes, how, &mut Sink::new(&mut take, cancel)) {
        take(Err(trouble));
    }
}

/// As [`read`], of a file that is all that the other holds.
///
/// # Errors
/// Those of its reader, and where nobody reads it.
pub fn read_alone(name: &str, bytes: &[u8], how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    if how.depth >= MAX_DEPTH {
        return Err(Trouble::Partial(format!("lies more than {MAX_DEPTH} files deep and was not read; unpack it first")));
    }
    let mut input = Input::of_bytes(Path::new(name), bytes)?;
    let reader = choose(how.inside, &input.head(), foreign::of)?;
    (reader.read)(&mut input, How { depth: how.depth + 1, by: None, ..how }, sink)
}
