//! What doing nothing costs, as Linux counts it.

use std::time::Duration;

use crate::terminal::Terminal;

/// Clock ticks a second in `/proc`, as every Linux has them.
const TICKS: f64 = 100.0;

/// CPU time of the process so far, all its threads together.
fn cpu(pid: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    // The name, in brackets, may hold spaces; utime and stime are the 12th and 13th fields behind it.
    let behind = stat.rsplit_once(')').unwrap().1;
    let fields: Vec<f64> =
        behind.split_whitespace().skip(11).take(2).map(|field| field.parse().unwrap()).collect();
    Duration::from_secs_f64(fields.iter().sum::<f64>() / TICKS)
}

/// Its peak resident memory in bytes.
pub(crate) fn peak(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() << 10
}

/// Leaves the program alone, and says what that cost.
pub(crate) fn measure(terminal: &mut Terminal, time: Duration) -> String {
    let before = cpu(terminal.pid());
    let bytes = terminal.bytes_in(time);
    let spent = cpu(terminal.pid()).saturating_sub(before);
    let share = spent.as_secs_f64() / time.as_secs_f64() * 100.0;
    format!("idle for {} s: {share:.2} % of one core, {bytes} bytes to the terminal", time.as_secs())
}
