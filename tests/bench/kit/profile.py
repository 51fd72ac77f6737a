"""One line of brainzlift under a profiler."""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from . import data, lines, options, peers, servers, table
from .ground import Ground, Run

PERCENT = "0.5"  # what is below costs more to read than it could gain


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


def profilers(chosen, folder):
    """What is put before the command, and the commands that tell what came of it."""
    if chosen.syscalls:
        return ["strace", "-f", "-c", "-S", "calls", "-o", f"{folder}/calls"], [["cat", f"{folder}/calls"]]
    if samples() and not chosen.callgrind:
        record = ["perf", "record", "-q", "-e", "cpu-clock", "-F", "997", "-o", f"{folder}/perf"]
        report = ["perf", "report", "-i", f"{folder}/perf", "--stdio", "--no-children", "--percent-limit", PERCENT]
        return [*record, "--"], [[*report, "-s", "comm"], [*report, "-s", "dso,symbol"]]
    grind = ["valgrind", "-q", "--tool=callgrind", f"--callgrind-out-file={folder}/grind"]
    return grind, [["callgrind_annotate", "--threshold=95", f"{folder}/grind"]]


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
    before, reports = profilers(chosen, work)
    cost = Run(ground, line).once(False, before)
    print(f"{line.name}: {cost['wrong'] or 'done'}; {cost['wall']:.2f} s, {table.per_gib(cost, 'cpu'):.2f} CPU s per GiB, all under the profiler")
    for report in reports:
        told = subprocess.run(report, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
        # perf pads its columns to the longest symbol, and ends them with two that say nothing here.
        texts = (text.rstrip(" -") for text in told.splitlines() if not text.startswith("#"))
        print("\n".join(filter(None, texts)), end="\n\n")
    ground.stop()
    nginx.stop()
    return 1 if cost["wrong"] else 0
