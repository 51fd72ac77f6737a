"""The command line of the benchmark."""

import argparse
import re
from pathlib import Path

SETTINGS = ("storing", "discarding", "shaped", "memory")
UNITS = {"": 1, "B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "KB": 10**3, "MB": 10**6, "GB": 10**9}


def size(text):
    """
    >>> size("2GiB"), size("1.5 KiB"), size("200MB"), size("7")
    (2147483648, 1536, 200000000, 7)
    >>> size("2 parsecs")
    Traceback (most recent call last):
    argparse.ArgumentTypeError: a size is wanted, such as 256MiB or 2GiB
    """
    found = re.fullmatch(r"([0-9.]+)\s*([A-Za-z]*)", text.strip())
    if not found or found[2] not in UNITS:
        raise argparse.ArgumentTypeError("a size is wanted, such as 256MiB or 2GiB")
    return int(float(found[1]) * UNITS[found[2]])


def parse(doc, arguments=None):
    """
    >>> options = parse("x", ["--quick"])
    >>> options.rounds, options.size >> 20, options.setting
    (1, 256, ['storing', 'discarding', 'shaped', 'memory'])
    >>> parse("x", ["--quick", "--rounds", "2", "--setting", "shaped"]).rounds
    2
    """
    parser = argparse.ArgumentParser(
        prog="tests/bench/run", description=doc, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--quick", action="store_true", help="one round with 256 MiB: tries everything, proves nothing")
    add("--rounds", type=int, metavar="N", help="how often each line runs (3)")
    add("--size", type=size, metavar="SIZE", help="bytes in the four archives together (2GiB)")
    add("--rate", type=size, default=size("200MB"), metavar="SIZE", help="bytes/s of a shaped leg (200MB)")
    add("--large", type=size, metavar="SIZE", help="the large archive of `memory` (20GiB; with --quick 1GiB)")
    add("--setting", action="append", choices=SETTINGS, help="only this setting; may be repeated")
    add("--only", type=re.compile, metavar="REGEX", help="only lines whose name it finds")
    add("--out", type=Path, metavar="FILE", help="also write the tables there, and all figures to FILE.json")
    add("--brainzlift", type=Path, metavar="PATH", help="measure this program instead of building one")
    add("--tmpfs", type=Path, default=Path("/dev/shm"), metavar="DIR", help="where everything lies (/dev/shm)")
    add("--no-install", action="store_true", help="do not install the peers; lines without their program are left out")
    add("--self-test", action="store_true", help="only try the sums of the driver")
    options = parser.parse_args(arguments)
    options.rounds = options.rounds or (1 if options.quick else 3)
    options.size = options.size or size("256MiB" if options.quick else "2GiB")
    options.large = options.large or size("1GiB" if options.quick else "20GiB")
    options.setting = options.setting or list(SETTINGS)
    return options
