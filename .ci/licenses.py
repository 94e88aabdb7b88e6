#!/usr/bin/env python3
"""Prints the licenses of everything that a release links: Go and the modules of each platform.

    .ci/licenses.py >LICENSES.txt

Modules with the same text share it. A module without a license is an error: it must not be released.
The same go.mod and Go give the same bytes.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SYSTEMS = ("linux", "darwin", "windows")
NAMES = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|PATENTS)([._-].*)?", re.IGNORECASE)
# Files with such a name that hold no license of what is linked.
CODE = {".go", ".sh", ".py", ".tmpl"}


def go(*args, system="linux"):
    env = {**os.environ, "CGO_ENABLED": "0", "GOOS": system, "GOARCH": "amd64"}
    done = subprocess.run(
        ["go", *args], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        sys.exit(f"licenses: go {args[0]} failed\n{done.stderr}")
    return done.stdout


def linked():
    """Return the folders of the linked modules by "path version"."""
    line = (
        "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}"
    )
    lines = set()
    for system in SYSTEMS:
        lines.update(go("list", "-deps", "-f", line, ".", system=system).splitlines())
    return dict(line.split("\t") for line in lines if line)


def texts(folder):
    """Return the license files at the top of a module, and their texts."""
    found = sorted(
        p
        for p in Path(folder).iterdir()
        if p.is_file() and NAMES.fullmatch(p.name) and p.suffix not in CODE
    )
    return [p.read_text(encoding="utf-8", errors="replace").strip() for p in found]


def main():
    by_text = {}
    modules = linked()
    modules["Go " + go("env", "GOVERSION").strip()] = go("env", "GOROOT").strip()
    missing = []
    for name, folder in sorted(modules.items()):
        said = texts(folder)
        if not said:
            missing.append(name)
        for text in said:
            by_text.setdefault(text, []).append(name)
    if missing:
        sys.exit("licenses: no license in " + ", ".join(missing))
    print("The sleet program contains the following software.")
    for text, names in sorted(by_text.items(), key=lambda item: item[1]):
        print("\n" + "=" * 80, *names, "=" * 80, "", text, sep="\n")


if __name__ == "__main__":
    main()
