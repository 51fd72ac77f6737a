"""From the command line to the tables: grounds are laid, rounds are run, figures are written down."""

import contextlib
import doctest
import importlib
import json
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from . import data, lines, options, peers, servers, table, targets
from .ground import Ground, Run

SMALL = 256 << 20  # bytes, the small archive of `memory`
MODULES = ("data", "lines", "options", "profile", "table", "targets")


def main(doc):
    chosen = options.parse(doc)
    if chosen.self_test:
        return self_test()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if not chosen.no_install:
        peers.install()
    tools = {**peers.theirs(), **{name: str(path) for name, path in peers.ours(chosen.brainzlift).items()}}
    if missing := {"nginx", "s5cmd"} - tools.keys():
        sys.exit(f"not without {', '.join(sorted(missing))}: run tests/bench/install-peers")
    need = 4 * chosen.size
    if data.room(chosen.tmpfs) < need:
        sys.exit(f"{chosen.tmpfs} has no room for {need >> 20} MiB: --size or --tmpfs")
    results = {}
    with tempfile.TemporaryDirectory(prefix="brainzlift-bench.", dir=chosen.tmpfs) as work:
        try:
            measure_all(chosen, tools, Path(work), results)
        except KeyboardInterrupt:
            say("interrupted; what was measured until now:")
    write(chosen, tools, results)
    return 1 if any(result["wrong"] for result in results.values()) else 0


def self_test():
    """The sums of the driver, as its docs show them."""
    failed = [doctest.testmod(importlib.import_module(f"kit.{name}")).failed for name in MODULES]
    return 1 if any(failed) else 0


def say(text):
    print(text, file=sys.stderr, flush=True)


def measure_all(chosen, tools, work, results):
    say(f"making {chosen.size >> 20} MiB in {work}")
    data.prefault(work, 2 * chosen.size)
    with contextlib.ExitStack() as stack:
        usual = data.usual(work / "mirror", chosen.size)
        nginx = started(stack, servers.Nginx(tools["nginx"], work / "nginx", work / "mirror"))
        for setting in chosen.setting:
            if setting == "memory":
                memory(chosen, tools, work, results)
            else:
                ground = lay(setting, chosen, tools, work, usual, nginx)
                with contextlib.closing(Closing(ground)):
                    rounds(chosen, ground, lines.of(setting), results)


class Closing:
    """`contextlib.closing` for what is stopped."""

    def __init__(self, stopped):
        self.close = stopped.stop


def started(stack, server):
    stack.callback(server.stop)
    return server


def lay(setting, chosen, tools, work, mirror, nginx):
    """The ground of an unlimited or a shaped setting."""
    if setting == "storing":
        s3 = servers.Store(tools["brainzlift"], work / "s3")
    else:
        s3 = servers.Discard(tools["ends"], work / f"s3-{setting}")
    relays = ()
    if setting == "shaped":
        relays = tuple(
            servers.Shape(tools["ends"], work / f"relay-{leg}", chosen.rate, end.url.split("//")[1])
            for leg, end in (("down", nginx), ("up", s3))
        )
    return Ground(setting, work, tools, mirror, nginx, s3, relays)


def memory(chosen, tools, work, results):
    """The same line with a small and with a large archive: only the peak is of interest."""
    root = work / "alone"
    sizes = {"small": (SMALL, data.write_random), "large": (chosen.large, data.write_sparse)}
    mirrors = {name: data.single(root / name, length, write) for name, (length, write) in sizes.items()}
    with contextlib.ExitStack() as stack:
        nginx = started(stack, servers.Nginx(tools["nginx"], work / "nginx-alone", root))
        for name, mirror in mirrors.items():
            s3 = servers.Discard(tools["ends"], work / f"s3-{name}")
            setting, word = f"memory: {name}", "musicbrainz/artist"
            ground = Ground(setting, work, tools, mirror, nginx, s3, folder=f"/{name}", word=word)
            with contextlib.closing(Closing(ground)):
                rounds(chosen, ground, lines.of("memory"), results)
    shutil.rmtree(root)


def rounds(chosen, ground, wanted, results):
    """Every line once, then every line again."""
    wanted = [line for line in wanted if not chosen.only or chosen.only.search(line.name)]
    for number in range(chosen.rounds):
        for line in wanted:
            missing = [tool for tool in line.tools if tool not in ground.tools]
            if missing:
                say(f"{line.name}: left out, there is no {', '.join(missing)}")
                continue
            result = results.setdefault((ground.name, line.name), blank(ground, line))
            read_back = number == 0 and (ground.name == "storing" or line.group == "download")
            cost = Run(ground, line).once(read_back)
            note(result, cost, ground)
            say(f"{ground.name}, round {number + 1}, {line.name}: {told(cost)}")


def blank(ground, line):
    return {
        "setting": ground.name, "name": line.name, "group": line.group, "beside": line.beside, "ours": line.ours,
        "download": line.download, "seen": None, "runs": [], "wrong": [], "figures": None,
    }


def note(result, cost, ground):
    seen = ground.s3.seen() if isinstance(ground.s3, servers.Discard) else None
    if cost["wrong"]:
        result["wrong"].append(cost["wrong"])
        return
    result["runs"].append(cost)
    result.update(figures=table.summary(result["runs"]), seen=seen)


def told(cost):
    if cost["wrong"]:
        return cost["wrong"]
    cpu, peak = table.per_gib(cost, "cpu"), cost["peak"] / table.MIB
    return f"{cost['wall']:.2f} s, {cpu:.2f} CPU s per GiB, {peak:.0f} MiB"


def share_what_was_seen(results):
    """The storing S3 keeps no list of digests; a line sends it the same as the discarding one."""
    for (setting, name), result in results.items():
        if result["seen"] is None:
            seen = (other["seen"] for (_, known), other in results.items() if known == name and other["seen"] is not None)
            result["seen"] = next(seen, None)


def write(chosen, tools, results):
    share_what_was_seen(results)
    day, machine, versions = time.strftime("%Y-%m-%d"), peers.machine(), peers.versions(tools)
    about = f"{machine}; {day}; {chosen.rounds} rounds, {chosen.size >> 20} MiB, legs shaped to {chosen.rate / 1e6:g} MB/s"
    text = "\n".join([about, table.tables(results), targets.report(results), ""])
    print(text)
    if chosen.out:
        chosen.out.write_text(text)
        whole = {"machine": machine, "day": day, "size": chosen.size, "rate": chosen.rate, "versions": versions}
        whole["results"] = list(results.values())
        chosen.out.with_name(chosen.out.name + ".json").write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n")
