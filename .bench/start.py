#!/usr/bin/env python3
"""Times short runs of sleet: processor time, wall time and peak memory, medians of interleaved runs.

    .bench/start.py [--runs N] [BINARY...]

Each BINARY (default: one built from this tree) runs once a round, so that two of them are compared in one
sitting under the same load. Rows: --version, new --yes with all files, and the first frame of the wizard
with the memory that it has then. Programs for comparison run where they are installed: gum, snow.
Linux and macOS.
"""

import argparse
import fcntl
import os
import pty
import select
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# ru_maxrss is in kB, on macOS in bytes.
MB = 1 << 20 if sys.platform == "darwin" else 1 << 10


def build(folder):
    """Build sleet as a release does, and return its path."""
    binary = str(Path(folder) / "sleet")
    subprocess.run(
        ["go", "build", "-trimpath", "-ldflags=-s -w", "-o", binary, "."],
        cwd=ROOT,
        env={**os.environ, "CGO_ENABLED": "0"},
        check=True,
    )
    return binary


def run(command, cwd, good=(0,)):
    """Run a command; return (processor ms, wall ms, peak MB). Any exit code but those of good ends the program."""
    began = time.perf_counter()
    child = subprocess.Popen(
        command,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in good:
        sys.exit(f"{' '.join(command)} ended with {child.returncode}")
    return (usage.ru_utime + usage.ru_stime) * 1e3, wall * 1e3, usage.ru_maxrss / MB


def first_frame(command, cwd, until):
    """Run a command on a terminal until it shows a text; then end it."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(cwd)
        os.environ.update(TERM="xterm-256color", LANG="C.UTF-8")
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
    began, seen = time.perf_counter(), b""
    while until not in seen and time.perf_counter() - began < 10:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                seen += os.read(terminal, 65536)
            except OSError:
                break
    wall = time.perf_counter() - began
    memory = 0
    status = Path(f"/proc/{pid}/status")
    if status.exists() and "VmHWM:" in (figures := status.read_text()):
        memory = int(figures.split("VmHWM:")[1].split()[0]) / 1024
    os.kill(pid, 9)
    _, _, usage = os.wait4(pid, 0)
    os.close(terminal)
    if until not in seen:
        sys.exit(f"start: {command} did not show {until!r}: {seen[-300:]!r}")
    return (
        (usage.ru_utime + usage.ru_stime) * 1e3,
        wall * 1e3,
        memory or usage.ru_maxrss / MB,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("binaries", nargs="*", type=lambda p: str(Path(p).resolve()))
    parser.add_argument("--runs", type=int, default=21)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        binaries = options.binaries or [build(work)]
        os.environ["XDG_STATE_HOME"] = str(Path(work) / "state")
        rows = []
        for b in binaries:
            rows.append((f"{b} --version", lambda d, b=b: run([b, "--version"], d)))
        for b in binaries:
            new = [b, "new", "demo", "--yes", "--no-lock"]
            rows.append((" ".join(new), lambda d, new=new: run(new, d)))
        for b in binaries:
            rows.append(
                (
                    f"{b}, first frame",
                    lambda d, b=b: first_frame([b, "new", "demo"], d, b"sleet"),
                )
            )
        for program in ["gum", "snow"]:
            if shutil.which(program):
                command = [program, "--version"]
                rows.append((" ".join(command), lambda d, c=command: run(c, d)))
        if shutil.which("gum"):
            choose = ["gum", "choose", "container", "warehouse"]
            rows.append(
                (
                    "gum choose, first frame",
                    lambda d: first_frame(choose, d, b"warehouse"),
                )
            )
        figures = {name: [] for name, _ in rows}
        for _ in range(options.runs):
            for name, measure in rows:
                with tempfile.TemporaryDirectory(dir=work) as folder:
                    figures[name].append(measure(folder))
        for name, _ in rows:
            processor, wall, memory = (
                statistics.median(column) for column in zip(*figures[name])
            )
            least = min(f[0] for f in figures[name])
            print(
                f"{name:60} {processor:7.1f} ms processor (least {least:.1f})  {wall:7.1f} ms wall  {memory:5.1f} MB"
            )


if __name__ == "__main__":
    main()
