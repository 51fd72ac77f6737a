"""The archives: incompressible, in upstream's layout, on tmpfs."""

import hashlib
import os
import shutil

NAMES = ("artist", "recording", "release", "release-group")
STAMP = "20260523-001002"
JSON_DUMPS = "pub/musicbrainz/data/json-dumps"
PIECE = 4 << 20


def archive(name):
    """
    >>> archive("release-group")
    'release-group.tar.xz'
    """
    return f"{name}.tar.xz"


def shares(total, among):
    """Cuts `total` into parts that differ by one byte at most.

    >>> shares(10, 4), sum(shares(2 << 30, 4)) == 2 << 30
    ([3, 3, 2, 2], True)
    """
    return [total // among + (1 if number < total % among else 0) for number in range(among)]


def prefault(folder, total):
    """Touches as much memory as a run will use, so that the first run does not pay for what the others find ready."""
    path, zeros = folder / "prefault", bytes(PIECE)
    with open(path, "wb") as file:
        for _ in range(total // PIECE):
            file.write(zeros)
    path.unlink()


def write_random(path, length):
    """Writes `length` incompressible bytes; gives their SHA-256."""
    digest, left = hashlib.sha256(), length
    with open(path, "wb") as file:
        while left:
            piece = os.urandom(min(left, PIECE))
            file.write(piece)
            digest.update(piece)
            left -= len(piece)
    return digest.hexdigest()


def write_sparse(path, length):
    """Makes a file of `length` zeros that takes no room; gives their SHA-256."""
    digest, zeros, left = hashlib.sha256(), bytes(PIECE), length
    with open(path, "wb") as file:
        file.truncate(length)
    while left:
        digest.update(zeros[:left])
        left -= min(left, PIECE)
    return digest.hexdigest()


class Mirror:
    """A folder that nginx serves, and what is in it."""

    def __init__(self, root):
        self.root = root
        self.top = root / JSON_DUMPS
        self.dump = self.top / STAMP
        self.dump.mkdir(parents=True)
        self.digests, self.sizes = {}, {}

    def add(self, name, length, write=write_random):
        file = archive(name)
        self.digests[file] = write(self.dump / file, length)
        self.sizes[file] = length

    def publish(self):
        """Writes what says that the dump is complete."""
        lines = "".join(f"{digest} *{file}\n" for file, digest in self.digests.items())
        (self.dump / "SHA256SUMS").write_text(lines)
        (self.top / "LATEST").write_text(f"{STAMP}\n")
        (self.top / f"latest-is-{STAMP}").touch()
        return self

    def link_into(self, folder):
        """The same files under another folder, without a second copy."""
        folder.mkdir(parents=True)
        for file in self.digests:
            os.link(self.dump / file, folder / file)
        return folder


def usual(root, total):
    """The guide's four."""
    mirror = Mirror(root)
    for name, length in zip(NAMES, shares(total, len(NAMES))):
        mirror.add(name, length)
    return mirror.publish()


def single(root, length, write):
    """The artists alone."""
    mirror = Mirror(root)
    mirror.add("artist", length, write)
    return mirror.publish()


def room(folder):
    """Free bytes."""
    return shutil.disk_usage(folder).free
