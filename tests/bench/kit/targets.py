"""What brainzlift aims at, and whether a run of the benchmark reached it."""

from .lines import DOWNLOAD, KEEP, LINES, OLD_GUIDE, STREAM, UNSEEN, UPLOAD

UPLOAD_CPU, STREAM_CPU, KEEP_CPU = 0.7, 1.8, 2.6  # seconds per GiB
OF_FASTEST, OF_OLD_GUIDE, OF_ONE_LEG = 0.6, 0.45, 1.05  # wall time
PEAK = 160  # MiB
SAME_PEAK = 0.10


class Reader:
    """Looks figures up; what was not measured is None."""

    def __init__(self, results):
        self.results = results

    def get(self, setting, name, figure):
        result = self.results.get((setting, name))
        return result["figures"][figure][0] if result and result["figures"] else None

    def fastest_peer(self, setting):
        peers = [line.name for line in LINES if line.group == "upload" and not line.ours]
        walls = [self.get(setting, name, "wall") for name in peers]
        return min(filter(None, walls), default=None)

    def one_leg(self):
        """The slower leg alone: what both together cannot be faster than."""
        legs = [self.get("shaped", name, "wall") for name in (DOWNLOAD, UPLOAD)]
        return max(legs) if all(legs) else None


def at_most(what, value, limit, of=1):
    """One target, as what, value, limit; None where something was not measured.

    >>> at_most("x", 3.0, 0.5, of=4.0), at_most("x", 3.0, 0.5, of=None)
    (('x', 0.75, 0.5), None)
    """
    return (what, value / of, limit) if value is not None and of else None


def targets(results):
    """Every target that this run can speak of."""
    read = Reader(results)
    get = read.get
    found = [
        at_most("upload, CPU s per GiB", get("discarding", UPLOAD, "cpu"), UPLOAD_CPU),
        at_most(
            "upload to the discarding S3, of the fastest peer's wall time",
            get("discarding", UPLOAD, "wall"), OF_FASTEST, read.fastest_peer("discarding"),
        ),
        at_most(
            "upload to the storing S3, of the fastest peer's wall time",
            get("storing", UPLOAD, "wall"), 1, read.fastest_peer("storing"),
        ),
    ]
    for setting in ("storing", "discarding"):
        found += [
            at_most(f"{STREAM}, {setting}, CPU s per GiB", get(setting, STREAM, "cpu"), STREAM_CPU),
            at_most(f"{KEEP}, {setting}, CPU s per GiB", get(setting, KEEP, "cpu"), KEEP_CPU),
        ]
        guide = get(setting, OLD_GUIDE, "wall")
        found += [
            at_most(f"{name}, {setting}, of the old guide's wall time", get(setting, name, "wall"), OF_OLD_GUIDE, guide)
            for name in (STREAM, KEEP)
        ]
    found += [
        at_most(f"{name}, shaped, of one leg alone's wall time", get("shaped", name, "wall"), OF_ONE_LEG, read.one_leg())
        for name in (STREAM, KEEP)
    ]
    ours = {key: result for key, result in results.items() if result["ours"] and result["figures"]}
    if ours:
        worst = max(ours, key=lambda key: ours[key]["figures"]["peak"][2])
        found.append(at_most(f"highest peak MiB ({worst[1]}, {worst[0]})", ours[worst]["figures"]["peak"][2], PEAK))
    for name in (STREAM, UNSEEN):
        small, large = get("memory: small", name, "peak"), get("memory: large", name, "peak")
        if small and large:
            found.append((f"{name}: peak of the large archive against the small one's", abs(large / small - 1), SAME_PEAK))
    return [target for target in found if target]


def report(results):
    """Markdown, one target a line.

    >>> print(report({}))
    <BLANKLINE>
    No target was measured.
    """
    found = targets(results)
    if not found:
        return "\nNo target was measured."
    rows = [
        f"| {what.replace('|', chr(92) + '|')} | {value:.2f} | ≤ {limit:g} | {'reached' if value <= limit else '**not reached**'} |"
        for what, value, limit in found
    ]
    return "\n".join(["\n**targets**\n", "| target | measured | aim | |", "|---|---|---|---|", *rows])
