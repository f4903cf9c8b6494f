//! What real readers and writers do, as tables: each row names who does it, in which version, and what follows for what we
//! write or read. All inputs are our own.

mod read;
mod writing;
mod written_columns;
mod written_markup;
mod written_standoff;
