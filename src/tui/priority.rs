//! Whose turn it is on a busy machine: a key is answered before more bytes are hashed.

/// How much less of a core a thread that gives way takes than one that draws, as `nice` counts it.
#[cfg(target_os = "linux")]
const STEP: i32 = 5;

/// Lets the thread that calls this give way to the one that draws. Linux knows priorities of threads; elsewhere, and where the system
/// refuses, all stay equal.
pub fn give_way() {
    #[cfg(target_os = "linux")]
    {
        // Of the calling thread alone: Linux takes no process for the threads in it.
        let now = rustix::process::getpriority_process(None).unwrap_or_default();
        if let Err(error) = rustix::process::setpriority_process(None, (now + STEP).min(19)) {
            tracing::debug!(%error, "a thread keeps its priority");
        }
    }
}
