//! What the tests share; not every test uses all of it.
#![allow(dead_code)]

pub mod analyst;
pub mod dsl;
pub mod gold;
pub mod held;
pub mod imports;
