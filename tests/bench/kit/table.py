"""Figures into medians, ratios and Markdown."""

from statistics import median

GIB, MIB = 1 << 30, 1 << 20


def per_gib(run, what):
    return run[what] * GIB / run["bytes"]


def summary(runs):
    """Median, minimum and maximum of each figure, over the runs that count.

    >>> run = {"wall": 2.0, "cpu": 3.0, "servers": 1.0, "peak": 10 * MIB, "bytes": 2 * GIB}
    >>> both = summary([run, {**run, "wall": 4.0}])
    >>> both["wall"], both["cpu"], both["peak"]
    ((3.0, 2.0, 4.0), (1.5, 1.5, 1.5), (10.0, 10.0, 10.0))
    """
    figures = {
        "wall": [run["wall"] for run in runs],
        "cpu": [per_gib(run, "cpu") for run in runs],
        "servers": [per_gib(run, "servers") for run in runs],
        "peak": [run["peak"] / MIB for run in runs],
    }
    return {name: (median(each), min(each), max(each)) for name, each in figures.items()}


def spread(figure, digits):
    """
    >>> spread((1.26, 1.0, 2.04), 1), spread((9.9, 9.6, 10.4), 0)
    ('1.3 (1.0 to 2.0)', '10')
    """
    middle, low, high = (f"{number:.{digits}f}" for number in figure)
    return middle if low == high or digits == 0 else f"{middle} ({low} to {high})"


def ratio(one, other):
    """
    >>> ratio((3.0, 1, 9), (2.0, 1, 9)), ratio((1.0, 1, 1), None)
    ('1.50', '')
    """
    return f"{one[0] / other[0]:.2f}" if other and other[0] else ""


def digests(result):
    """What the line checked on the way down, and what it sent on the way up."""
    up = ", ".join(result["seen"]) if result["seen"] is not None else ""
    if result["group"] == "download":
        return result["download"] or "none"
    if result["group"] == "upload":
        return " + ".join(filter(None, [result["download"] and f"{result['download']} of the file", up])) or "none"
    return f"{result['download'] or 'none'} / {up or 'none'}"


def row(result, beside):
    figures, theirs = result["figures"], (beside or {}).get("figures") or {}
    cells = [
        result["name"], spread(figures["wall"], 1), spread(figures["cpu"], 2), f"{figures['servers'][0]:.1f}",
        spread(figures["peak"], 0), digests(result), ratio(figures["wall"], theirs.get("wall")), ratio(figures["cpu"], theirs.get("cpu")),
    ]
    return "| " + " | ".join(f"`{cell}`" if at == 0 else cell for at, cell in enumerate(cells)).replace("curl |", "curl \\|") + " |"


HEADS = {
    "upload": ("upload", "of the upload"), "download": ("download", "of the download"), "end": ("end to end", "down / up"),
}


def tables(results):
    """Markdown of all results; `results` is keyed by setting and name."""
    text = []
    for setting in dict.fromkeys(key[0] for key in results):
        for group, (title, over) in HEADS.items():
            here = [result for (where, _), result in results.items() if where == setting and result["group"] == group]
            good = [result for result in here if result["figures"]]
            if good:
                text += [
                    f"\n**{setting}: {title}**\n",
                    f"| line | wall s | CPU s per GiB | servers' CPU s per GiB | peak MiB | digests {over} | wall × | CPU × |",
                    "|---|---|---|---|---|---|---|---|",
                ]
                text += [row(result, results.get((setting, result["beside"]))) for result in good]
            text += [f"\n`{result['name']}` did not count: {result['wrong'][0]}" for result in here if result["wrong"]]
    return "\n".join(text)
