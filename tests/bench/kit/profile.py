"""One line of brainzlift under a profiler."""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from . import data, lines, options, peers, servers, table
from .ground import Ground, Run

LEAST = 0.005  # a share below that costs more to read than it could gain
HERTZ = 997
CALL = re.compile(r"(?:__(?:x64|arm64)_sys_|ksys_)(\w+)|do_(readv|writev)")  # the kernel's functions for system calls


def parse(doc):
    parser = argparse.ArgumentParser(
        prog="tests/bench/profile", description=doc, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--line", type=re.compile, default=re.compile(f"^{lines.UPLOAD}$"), metavar="REGEX", help="which line")
    add("--size", type=options.size, default=options.size("1GiB"), metavar="SIZE", help="bytes in four archives (1GiB)")
    add("--brainzlift", type=Path, metavar="PATH", help="profile this program instead of building one")
    add("--tmpfs", type=Path, default=Path("/dev/shm"), metavar="DIR", help="where everything lies (/dev/shm)")
    add("--syscalls", action="store_true", help="system calls instead of symbols")
    add("--callgrind", action="store_true", help="callgrind although perf is there")
    return parser.parse_args()


def samples():
    """Whether perf may sample here."""
    if not shutil.which("perf"):
        return False
    tried = ["perf", "record", "-q", "-e", "cpu-clock", "-o", "/dev/null", "true"]
    return subprocess.run(tried, capture_output=True).returncode == 0


def with_perf(folder):
    """Each sample counts for the system call that it was taken in, or else for the function."""
    record = ["perf", "record", "-q", "-g", "-e", "cpu-clock", "-F", str(HERTZ), "-o", f"{folder}/perf", "--"]
    script = ["perf", "script", "-i", f"{folder}/perf", "-F", "comm,ip,sym"]
    return record, lambda bytes: print(by_place(output(script), HERTZ * bytes / table.GIB))


def with_strace(folder):
    return ["strace", "-f", "-c", "-S", "calls", "-o", f"{folder}/calls"], lambda _: print(Path(f"{folder}/calls").read_text())


def with_callgrind(folder):
    grind = ["valgrind", "-q", "--tool=callgrind", f"--callgrind-out-file={folder}/grind"]
    return grind, lambda _: print(output(["callgrind_annotate", "--threshold=95", f"{folder}/grind"]))


def output(command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout


def profiler(chosen, folder):
    """What is put before the command, and what tells what came of it, given the bytes that were moved."""
    if chosen.syscalls:
        return with_strace(folder)
    return with_perf(folder) if samples() and not chosen.callgrind else with_callgrind(folder)


def place(stack):
    """What a sample counts for; the innermost frame comes first.

    >>> place(["copy_page", "ksys_read", "__x64_sys_read", "read"]), place(["sha2::compress", "main"]), place([])
    ('system call read: copy_page', 'sha2::compress', '?')
    """
    call = next(filter(None, map(CALL.fullmatch, stack)), None)
    return f"system call {call[1] or call[2]}: {stack[0]}" if call else (stack or ["?"])[0]


def by_place(script, per_second):
    """CPU seconds per GiB of each place, from the text of `perf script`, whose samples are apart by empty lines.

    >>> print(by_place("x\\n a write_all\\n\\nx\\n b memcpy\\n c __x64_sys_read\\n\\nx\\n b memcpy\\n c __x64_sys_read\\n", 2))
     1.500  in all
     1.000  system call read, in all
     1.000  system call read: memcpy
     0.500  write_all
    """
    counts = Counter({"in all": 0})
    for sample in filter(None, script.split("\n\n")):
        stack = [frame.split(maxsplit=1)[-1] for frame in sample.splitlines()[1:] if frame.strip()]
        where = place(stack)
        counts["in all"] += 1
        counts[where] += 1
        if where.startswith("system call"):
            counts[f"{where.split(':')[0]}, in all"] += 1
    least = counts["in all"] * LEAST
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return "\n".join(f"{count / per_second:6.3f}  {where}" for where, count in ordered if count >= least)


def main(doc):
    chosen = parse(doc)
    found = [line for line in lines.LINES if line.ours and chosen.line.search(line.name)]
    if not found:
        sys.exit(f"no line of brainzlift has that name; there are: {', '.join(line.name for line in lines.LINES if line.ours)}")
    tools = {**peers.theirs(), **{name: str(path) for name, path in peers.ours(chosen.brainzlift).items()}}
    with tempfile.TemporaryDirectory(prefix="brainzlift-bench.", dir=chosen.tmpfs) as work:
        return profile(found[0], chosen, tools, Path(work))


def profile(line, chosen, tools, work):
    mirror = data.usual(work / "mirror", chosen.size)
    nginx, s3 = servers.Nginx(tools["nginx"], work / "nginx", work / "mirror"), servers.Discard(tools["ends"], work / "s3")
    ground = Ground("profile", work, tools, mirror, nginx, s3)
    before, tell = profiler(chosen, work)
    cost = Run(ground, line).once(False, before)
    print(f"{line.name}: {cost['wrong'] or 'done'}; {cost['wall']:.2f} s, {table.per_gib(cost, 'cpu'):.2f} CPU s per GiB, all under the profiler\n")
    tell(cost["bytes"])
    ground.stop()
    nginx.stop()
    return 1 if cost["wrong"] else 0
