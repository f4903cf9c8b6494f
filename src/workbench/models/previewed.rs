//! An export as it would be, while it is chosen.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::formats::Preview;
use crate::workbench::command::ExportAs;

#[derive(Clone, Debug)]
pub struct Previewed {
    pub how: ExportAs,
    /// The session's version that it is of.
    pub version: (u64, u64),
    pub preview: Preview,
    /// Why there is none.
    pub fault: Option<String>,
    cancel: Arc<AtomicBool>,
}

impl Previewed {
    pub fn begun(how: ExportAs, version: (u64, u64)) -> Self {
        Self { how, version, preview: Preview::default(), fault: None, cancel: Arc::default() }
    }

    pub fn is_of(&self, how: &ExportAs, version: (u64, u64)) -> bool {
        self.how == *how && self.version == version
    }

    /// What tells the work that nobody waits for it any more.
    pub fn cancel_flag(&self) -> Arc<AtomicBool> {
        self.cancel.clone()
    }
}

impl Drop for Previewed {
    /// Nobody sees it any more.
    fn drop(&mut self) {
        self.cancel.store(true, Ordering::Relaxed);
    }
}
