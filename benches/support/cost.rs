//! What a piece of work costs a process, as the kernel counts it; where the platform does not say, only the time is told.

use std::fmt;
use std::time::Instant;

pub struct Cost {
    pub seconds: f64,
    /// Of all cores together.
    pub cpu_seconds: Option<f64>,
    /// Beyond what the process held before.
    pub megabytes: Option<f64>,
}

pub fn of<T>(work: impl FnOnce() -> T) -> (Cost, T) {
    let (held, used) = (memory(), cpu_seconds());
    let begun = Instant::now();
    let done = work();
    let seconds = begun.elapsed().as_secs_f64();
    let cpu_seconds = cpu_seconds().zip(used).map(|(now, then)| now - then);
    let megabytes = status("VmHWM:").zip(held).map(|(peak, held)| peak - held);
    (Cost { seconds, cpu_seconds, megabytes }, done)
}

impl fmt::Display for Cost {
    /// Three columns: seconds, seconds of all cores, megabytes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or_dash = |figure: Option<f64>, digits: usize| figure.map_or("–".to_owned(), |figure| format!("{figure:.digits$}"));
        write!(f, "{:>8.3} {:>12} {:>10}", self.seconds, or_dash(self.cpu_seconds, 3), or_dash(self.megabytes, 0))
    }
}

/// What stands over them.
pub const COLUMNS: &str = " seconds  cpu seconds  MB beyond";

/// What the process holds now, in megabytes; its peak begins anew here.
fn memory() -> Option<f64> {
    std::fs::write("/proc/self/clear_refs", "5").ok()?;
    status("VmRSS:")
}

fn status(key: &str) -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(key))?;
    line.split_whitespace().next()?.parse::<f64>().ok().map(|kb| kb / 1024.0)
}

/// Of all threads that are there.
fn cpu_seconds() -> Option<f64> {
    let threads = std::fs::read_dir("/proc/self/task").ok()?;
    let of_thread = |path: std::path::PathBuf| std::fs::read_to_string(path.join("schedstat")).ok()?.split(' ').next()?.parse::<f64>().ok();
    Some(threads.flatten().filter_map(|thread| of_thread(thread.path())).sum::<f64>() / 1e9)
}
