#!/usr/bin/env python3
"""Times `sleet check` and ruff in turn, and prints the medians: processor and wall time, and memory.

.bench/check.py [SLEET...] [--runs N]

One tree is CPython's standard library with an app of one line beside it, the other the sample apps.
It needs go where no binary is named, and ruff on the PATH.
"""

import argparse
import shutil
import statistics
import sys
import sysconfig
import tempfile
from pathlib import Path

from start import ROOT, build, run

# A finding is not a failure.
FOUND = (0, 1)


def trees(work):
    """Copy the trees to check into a folder, and return them."""
    library, samples = work / "library", work / "samples"
    skip = shutil.ignore_patterns("*-packages", "__pycache__")
    for found in Path(sysconfig.get_path("stdlib")).iterdir():
        if found.suffix == ".py":
            library.mkdir(exist_ok=True)
            shutil.copy(found, library)
        elif found.is_dir() and not found.name.endswith("-packages"):
            shutil.copytree(
                found, library / found.name, ignore=skip, ignore_dangling_symlinks=True
            )
    for path in library.rglob("*"):
        if path.is_file() and path.suffix != ".py":
            path.unlink()
    (library / "streamlit_app.py").write_text("import streamlit as st\nst.title('x')\n")
    for package in ["check", "migrate"]:
        shutil.copytree(
            ROOT / "scaffold" / package / "testdata" / "apps", samples / package
        )
    return [library, samples]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("binaries", nargs="*", type=lambda p: str(Path(p).resolve()))
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    ruff = shutil.which("ruff")
    if not ruff:
        sys.exit("check: ruff is not on the PATH; .ci/tools installs it")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        binaries = options.binaries or [build(work)]
        for tree in trees(work):
            size = sum(p.stat().st_size for p in tree.rglob("*.py"))
            print(f"{tree.name}: {size / 1e6:.1f} MB of Python")
            commands = {
                f"{b} check": [b, "check", str(tree), "--format", "json"]
                for b in binaries
            }
            commands["ruff TID251"] = [
                *[ruff, "check", "--select", "TID251", "--isolated", "--no-cache"],
                str(tree),
            ]
            figures = {name: [] for name in commands}
            for _ in range(options.runs):
                for name, command in commands.items():
                    figures[name].append(run(command, work, FOUND))
            for name, rows in figures.items():
                processor, wall, memory = (
                    statistics.median(column) for column in zip(*rows)
                )
                print(
                    f"  {name:40} {processor / 1e3:6.2f} s processor  {wall / 1e3:6.2f} s wall  {memory:5.1f} MB"
                )


if __name__ == "__main__":
    main()
