"""The servers that all lines share: each a process of its own that ends with the driver."""

import ctypes
import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

SET_PDEATHSIG = 1
PATIENCE = 120  # seconds: a sandbox makes its samples first
TICK = os.sysconf("SC_CLK_TCK")
LIBC = ctypes.CDLL(None)


def die_with_driver():
    LIBC.prctl(SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


class Server:
    """A running server."""

    def __init__(self, command, folder, env=None, quiet=False):
        folder.mkdir(parents=True)
        self.log = open(folder / "log", "wb")
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env=env,
            stdin=subprocess.PIPE,
            stdout=self.log if quiet else subprocess.PIPE,
            stderr=self.log,
            preexec_fn=die_with_driver,
        )

    def first_line(self):
        line = self.process.stdout.readline().decode().strip()
        if not line:
            raise RuntimeError(f"{self.process.args[0]} said nothing; see {self.log.name}")
        return line

    def cpu(self):
        """Seconds of user and system time so far."""
        with open(f"/proc/{self.process.pid}/stat") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.log.close()


class Discard(Server):
    """An S3 that throws away."""

    def __init__(self, ends, folder):
        super().__init__([ends, "discard"], folder)
        self.address = self.first_line()
        self.url = f"http://{self.address}"
        self.keys = {"AWS_ACCESS_KEY_ID": "bench", "AWS_SECRET_ACCESS_KEY": "bench"}

    def seen(self):
        """The digests that requests showed since the last question."""
        with urllib.request.urlopen(f"{self.url}/-/seen") as answer:
            return answer.read().decode().split()


class Shape(Server):
    """A line of so many bytes/s in front of `to`, a host:port."""

    def __init__(self, ends, folder, rate, to):
        super().__init__([ends, "shape", "--rate", str(rate), "--to", to], folder)
        self.address = self.first_line()
        self.url = f"http://{self.address}"


class Store(Server):
    """The sandbox's S3; its mirror is not used."""

    def __init__(self, program, folder):
        env = {"HOME": str(folder), "PATH": os.environ["PATH"], "BRAINZLIFT_LANG": "en"}
        super().__init__([program, "--json", "sandbox", "--dir", str(folder / "sandbox")], folder, env)
        said = json.loads(self.first_line())
        self.url = said["AWS_ENDPOINT_URL"]
        self.keys = {name: said[name] for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}


class Nginx(Server):
    """A mirror."""

    def __init__(self, program, folder, root):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = "127.0.0.1:%d" % free.getsockname()[1]
        config = folder.with_suffix(".conf")
        places = "".join(f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        # One process, so that its CPU time is all in one place.
        config.write_text(
            f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;\n"
            "events { worker_connections 512; }\n"
            f"http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000; {places}\n"
            f"server {{ listen {self.address}; root {root}; autoindex on; }} }}\n"
        )
        super().__init__([program, "-p", str(folder), "-c", str(config), "-e", f"{folder}/error.log"], folder, quiet=True)
        self.url = f"http://{self.address}"
        self.wait()

    def wait(self):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                return urllib.request.urlopen(self.url).close()
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.05)
        raise RuntimeError(f"nginx does not answer; see {self.log.name}")
