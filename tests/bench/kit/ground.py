"""The ground of one setting: its servers, and the run of one line on it."""

import hashlib
import json
import os
import shutil
import subprocess

from . import measure
from .lines import PREFIX

BUCKET = "bench"
PIECE = 4 << 20


class Ground:
    """Servers, and where clients find them. `s3` and `nginx` are the ends; the addresses may be those of relays before them."""

    def __init__(self, name, work, tools, mirror, nginx, s3, relays=(), folder="", word="musicbrainz"):
        self.name, self.work, self.tools, self.mirror = name, work / name, tools, mirror
        self.nginx, self.s3, self.relays, self.word = nginx, s3, relays, word
        down, up = (relay.url for relay in relays) if relays else (nginx.url, s3.url)
        self.address, self.base = up, f"{down}{folder}/pub/musicbrainz/"
        self.work.mkdir()
        self.s5cmd("mb", f"s3://{BUCKET}")

    def environment(self, home):
        """Nothing but what a client needs, so that no configuration of whoever runs this has a say."""
        return {
            "PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "BRAINZLIFT_LANG": "en", "NO_COLOR": "1",
            "BRAINZLIFT_MIRROR": self.base, "BRAINZLIFT_BUCKET": BUCKET, "AWS_ENDPOINT_URL": self.address,
            "AWS_REGION": "eu-west-3", "AWS_DEFAULT_REGION": "eu-west-3", "AWS_EC2_METADATA_DISABLED": "true", **self.s3.keys,
        }

    def s5cmd(self, *arguments, **options):
        """Housekeeping, past the relays; never measured."""
        command = [self.tools["s5cmd"], "--endpoint-url", self.s3.url, *arguments]
        return subprocess.run(command, env=self.environment(self.work), capture_output=True, **options)

    def cpu(self):
        return sum(server.cpu() for server in (self.nginx, self.s3, *self.relays))

    def objects(self):
        """Sizes by file, of what stands in the bucket."""
        listed = self.s5cmd("--json", "ls", f"s3://{BUCKET}/{PREFIX}/*", text=True).stdout.splitlines()
        found = (json.loads(line) for line in listed)
        return {item["key"].rpartition("/")[2]: item.get("size", 0) for item in found if item.get("type") == "file"}

    def digest(self, file):
        """SHA-256 of an object that is read back."""
        command = [self.tools["s5cmd"], "--endpoint-url", self.s3.url, "cat", f"s3://{BUCKET}/{PREFIX}/{file}"]
        digest = hashlib.sha256()
        with subprocess.Popen(command, env=self.environment(self.work), stdout=subprocess.PIPE) as read:
            while piece := read.stdout.read(PIECE):
                digest.update(piece)
        return digest.hexdigest()

    def stop(self):
        for server in (*self.relays, self.s3):
            server.stop()
        shutil.rmtree(self.work, ignore_errors=True)


class Run:
    """One line, once."""

    def __init__(self, ground, line):
        self.ground, self.line = ground, line
        self.s3, self.bucket, self.word = ground.address, BUCKET, ground.word
        self.files, self.dump = ground.mirror.sizes, f"{ground.base}data/json-dumps/{ground.mirror.dump.name}"
        self.local = ground.mirror.dump
        self.scratch, self.home = ground.work / "scratch", ground.work / "home"
        self.data = self.scratch / "data"
        self.log = ground.work / "log"

    def tool(self, name):
        return self.ground.tools[name]

    def link_into(self, folder):
        self.ground.mirror.link_into(folder)

    def proven(self):
        """A home that remembers a finished download, and its files; made once for each ground, as long as it lasts."""
        home, data = self.ground.work / "proven-home", self.ground.work / "proven-data"
        if not home.exists():
            home.mkdir()
            command = [self.tool("brainzlift"), "--yes", "--json", "--data-dir", str(data), "download", self.word]
            subprocess.run(command, env=self.ground.environment(home), check=True, stdout=subprocess.DEVNULL)
        return home, data

    def once(self, read_back, before=()):
        """Runs the line, each command with `before` before it; gives what it cost, and what was wrong with it, if anything."""
        self.clear()
        self.scratch.mkdir()
        self.home.mkdir()
        self.line.prepare(self)
        steps = [[[*before, *command] for command in step] for step in self.line.steps(self)]
        servers = self.ground.cpu()
        cost = measure.run(steps, self.ground.environment(self.home), self.scratch, self.log)
        cost["servers"] = self.ground.cpu() - servers
        cost["bytes"] = sum(self.files.values())
        cost["wrong"] = self.wrong(cost, read_back)
        self.clear()
        return cost

    def clear(self):
        """Nothing of a run is left to the next one."""
        for folder in (self.scratch, self.home):
            shutil.rmtree(folder, ignore_errors=True)
        self.log.unlink(missing_ok=True)
        if self.ground.objects():
            self.ground.s5cmd("rm", f"s3://{BUCKET}/*")

    def wrong(self, cost, read_back):
        """What speaks against counting this run."""
        if cost["failed"]:
            return f"exit {cost['failed'][0]}: {self.last_words()}"
        if self.line.group == "download":
            there = {path.name: path.stat().st_size for path in self.scratch.rglob("*.tar.xz")}
            digest = lambda file: sha256(next(self.scratch.rglob(file)))  # noqa: E731
        else:
            there, digest = self.ground.objects(), self.ground.digest
        if there != self.files:
            return f"there is {there}, not {self.files}"
        if read_back:
            for file, published in self.ground.mirror.digests.items():
                if digest(file) != published:
                    return f"{file} is not what was published"
        if self.line.ours and not self.all_proven():
            return f"not all is proven: {self.last_words()}"
        return None

    def all_proven(self):
        said = [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]
        summaries = [event for event in said if event.get("event") == "summary"]
        return bool(summaries) and summaries[-1]["proven"] == len(self.files)

    def last_words(self):
        return " / ".join(self.log.read_text(errors="replace").strip().splitlines()[-3:])[-400:]


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
