"""Runs the steps of a line and counts what they cost. Also a program of its own, so that every descendant is its to wait for.

A line is a list of steps, one after the other; a step is a list of commands that run at once, each reading what the one before it writes.
"""

import ctypes
import json
import os
import resource
import select
import subprocess
import sys
import time

SAMPLE = 0.02  # seconds between two looks at memory
FAMILY = 5  # looks between two searches for new descendants
PATIENCE = 10  # seconds that orphans may outlive the line
SET_CHILD_SUBREAPER = 36


def run(steps, env, cwd, log, timeout=900):
    """Runs `steps` in a process of their own; gives {wall, cpu, peak, failed}, in seconds, seconds and bytes."""
    order = json.dumps({"steps": steps, "cwd": str(cwd), "log": str(log), "timeout": timeout})
    child = subprocess.run(
        [sys.executable, "-I", __file__], input=order, env=env, stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(child.stdout)


def descendants():
    """The process ids of all descendants of this process."""
    parents = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as stat:
                parents[int(name)] = int(stat.read().rpartition(")")[2].split()[1])
        except OSError:
            continue
    family = {os.getpid()}
    while True:
        more = {pid for pid, parent in parents.items() if parent in family} - family
        if not more:
            return family - {os.getpid()}
        family |= more


def high_water(pid):
    """Bytes of the process's peak resident memory so far; 0 where it is gone."""
    try:
        with open(f"/proc/{pid}/status") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) << 10
    except OSError:
        pass
    return 0


class Watch:
    """The largest sum of high-water marks that was seen at once."""

    def __init__(self):
        self.family, self.looks, self.peak = set(), 0, 0

    def look(self):
        if self.looks % FAMILY == 0:
            self.family = descendants()
        self.looks += 1
        self.peak = max(self.peak, sum(map(high_water, self.family)))


def start(commands, cwd, log):
    """Starts the commands of a step, the output of each being the input of the next; the last one's goes to the log."""
    children, source = [], subprocess.DEVNULL
    for number, command in enumerate(commands):
        last = number == len(commands) - 1
        child = subprocess.Popen(
            command, cwd=cwd, stdin=source, stdout=log if last else subprocess.PIPE, stderr=log, close_fds=True
        )
        if source is not subprocess.DEVNULL:
            source.close()
        source = child.stdout
        children.append(child)
    return children


def wait(children, watch, deadline):
    """Waits for all, looking at their memory meanwhile; gives the codes of those that failed."""
    poll = select.poll()
    for child in children:
        poll.register(os.pidfd_open(child.pid), select.POLLIN)
    left = len(children)
    watch.looks = 0
    while left:
        watch.look()
        if time.monotonic() > deadline:
            for child in children:
                child.kill()
        for descriptor, _ in poll.poll(SAMPLE * 1000):
            poll.unregister(descriptor)
            os.close(descriptor)
            left -= 1
    return [code for code in (child.wait() for child in children) if code]


def wait_for_orphans():
    """Their CPU time is only counted when somebody has waited for them."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(SAMPLE)
        except ChildProcessError:
            return


def main():
    order = json.load(sys.stdin)
    ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    watch, failed = Watch(), []
    with open(order["log"], "ab") as log:
        began = time.monotonic()
        for step in order["steps"]:
            failed = wait(start(step, order["cwd"], log), watch, began + order["timeout"])
            if failed:
                break
        wall = time.monotonic() - began
    wait_for_orphans()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    json.dump({"wall": wall, "cpu": used.ru_utime + used.ru_stime, "peak": watch.peak, "failed": failed}, sys.stdout)


if __name__ == "__main__":
    main()
