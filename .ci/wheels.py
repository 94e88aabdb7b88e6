#!/usr/bin/env python3
"""Packs sleet's static binary into wheels, so that pip, uv and pre-commit install it without Go.

    .ci/wheels.py OUT [--binaries DIR] [--only GOOS/GOARCH] [--version VERSION]

OUT receives a wheel a platform. The binaries come from DIR, where goreleaser puts them
(dist/NAME_GOOS_GOARCH…/sleet), or are built with the flags of a release. The version is that of the
tag at HEAD; without a tag it is a development version, which no index takes. The same binaries, commit
and Python give the same bytes: SOURCE_DATE_EPOCH is the commit's time unless it is set.

It needs Python 3.9 or later, git for the version, and go.
"""

import argparse
import base64
import csv
import hashlib
import io
import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What the index calls it, and the program in it.
NAME = "sleet"
PROGRAM = "sleet"

# The binary is static: it needs no libc on Linux, so the oldest tags of both are right. Go's releases
# say which macOS they need: https://go.dev/doc/go1.26#darwin
PLATFORMS = {
    "linux/amd64": [
        "manylinux_2_17_x86_64",
        "manylinux2014_x86_64",
        "musllinux_1_1_x86_64",
    ],
    "linux/arm64": [
        "manylinux_2_17_aarch64",
        "manylinux2014_aarch64",
        "musllinux_1_1_aarch64",
    ],
    "darwin/amd64": ["macosx_12_0_x86_64"],
    "darwin/arm64": ["macosx_12_0_arm64"],
    "windows/amd64": ["win_amd64"],
    "windows/arm64": ["win_arm64"],
}

# What Python calls the stages of a release that are called so in a tag.
STAGES = {"alpha": "a", "beta": "b", "rc": "rc"}


def git(*args):
    """Return what git prints, or "" where it has no answer."""
    done = subprocess.run(
        ["git", "-C", ROOT, *args], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() if done.returncode == 0 else ""


def version_of(tag):
    """Return a version of Python's for a tag: v1.2.3 or v1.2.3-rc.1."""
    found = re.fullmatch(r"v?(\d+\.\d+\.\d+)(?:-(alpha|beta|rc)\.?(\d+))?", tag)
    if not found:
        sys.exit(f"wheels: the tag {tag!r} is not a version: use v1.2.3 or v1.2.3-rc.1")
    release, stage, number = found.groups()
    return release + (STAGES[stage] + number if stage else "")


def version_here():
    """Return the version of the tag at HEAD, or a development version."""
    if tag := git("describe", "--tags", "--exact-match"):
        return version_of(tag)
    return f"0.0.0.dev{git('rev-list', '--count', 'HEAD') or 0}+g{git('rev-parse', '--short', 'HEAD') or 'unknown'}"


def build(platform, folder):
    """Build the binary of a platform as a release does, and return its path."""
    goos, goarch = platform.split("/")
    binary = (
        Path(folder)
        / f"{PROGRAM}_{goos}_{goarch}"
        / (PROGRAM + (".exe" if goos == "windows" else ""))
    )
    env = {**os.environ, "CGO_ENABLED": "0", "GOOS": goos, "GOARCH": goarch}
    command = ["go", "build", "-trimpath", "-ldflags=-s -w", "-o", binary, "."]
    if subprocess.run(command, cwd=ROOT, env=env, check=False).returncode != 0:
        sys.exit(f"wheels: go build for {platform} failed")
    return binary


def find(platform, folder):
    """Return the binary of a platform in a folder laid out as goreleaser's dist."""
    goos, goarch = platform.split("/")
    name = PROGRAM + (".exe" if goos == "windows" else "")
    found = sorted(
        p for p in Path(folder).glob(f"*_{goos}_{goarch}*/{name}") if p.is_file()
    )
    if len(found) != 1:
        sys.exit(
            f"wheels: {folder} has {len(found)} binaries for {platform}, not one: *_{goos}_{goarch}*/{name}"
        )
    return found[0]


def licenses():
    """Return the files with licenses: our own, and those of what is linked."""
    own = sorted(
        p for folder in (ROOT, ROOT / ".github") for p in folder.glob("LICENSE*")
    )
    command = [sys.executable, ROOT / ".ci" / "licenses.py"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if done.returncode != 0:
        sys.exit("wheels: no licenses")
    return [
        *((path.name, path.read_bytes()) for path in own),
        ("THIRD_PARTY_LICENSES.txt", done.stdout),
    ]


def metadata(version, licenses):
    """Return METADATA. https://packaging.python.org/specifications/core-metadata/"""
    head = [
        "Metadata-Version: 2.4",
        f"Name: {NAME}",
        f"Version: {version}",
        "Summary: Set up Streamlit apps in Snowflake whose secrets work",
        "Keywords: snowflake,streamlit,secrets,cli",
        "Classifier: Environment :: Console",
        "Classifier: Programming Language :: Go",
        "Classifier: Topic :: Software Development",
        *(f"License-File: {name}" for name, _ in licenses),
        "Requires-Python: >=3.8",
        "Description-Content-Type: text/markdown",
    ]
    return "\n".join(head) + "\n\n" + (ROOT / "README.md").read_text(encoding="utf-8")


def record(files):
    """Return RECORD for (name, data) pairs; its own line has no hash."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    for name, data in files:
        digest = (
            base64.urlsafe_b64encode(hashlib.sha256(data).digest())
            .rstrip(b"=")
            .decode()
        )
        rows.writerow([name, f"sha256={digest}", len(data)])
    return out.getvalue()


def pack(platform, binary, version, licenses, epoch, out):
    """Write the wheel of a platform, and return its path.

    https://packaging.python.org/specifications/binary-distribution-format/
    """
    tags = PLATFORMS[platform]
    stem = f"{NAME.replace('-', '_')}-{version}"
    info = f"{stem}.dist-info"
    wheel = [
        "Wheel-Version: 1.0",
        "Generator: sleet .ci/wheels.py",
        "Root-Is-Purelib: false",
    ]
    wheel += [f"Tag: py3-none-{tag}" for tag in tags]
    # RECORD is last in the archive, as the format recommends for all of .dist-info.
    files = [
        (f"{stem}.data/scripts/{binary.name}", binary.read_bytes()),
        (f"{info}/METADATA", metadata(version, licenses).encode()),
        (f"{info}/WHEEL", ("\n".join(wheel) + "\n").encode()),
        *((f"{info}/licenses/{name}", data) for name, data in licenses),
    ]
    files.append((f"{info}/RECORD", (record(files) + f"{info}/RECORD,,\n").encode()))
    # A zip has no time before 1980.
    stamp = time.gmtime(max(epoch, 315532800))[:6]
    path = Path(out) / f"{stem}-py3-none-{'.'.join(tags)}.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, stamp)
            entry.create_system = 3  # Unix, so that the permissions count
            entry.external_attr = (0o100755 if "/scripts/" in name else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("out", help="folder for the wheels")
    parser.add_argument(
        "--binaries", metavar="DIR", help="goreleaser's dist; default: build them"
    )
    parser.add_argument(
        "--only",
        metavar="GOOS/GOARCH",
        choices=PLATFORMS,
        help="one platform; default: all",
    )
    parser.add_argument("--version", help="default: that of the tag at HEAD")
    options = parser.parse_args()
    version = version_of(options.version) if options.version else version_here()
    epoch = int(
        os.environ.get("SOURCE_DATE_EPOCH") or git("log", "-1", "--format=%ct") or 0
    )
    texts = licenses()
    Path(options.out).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for platform in [options.only] if options.only else PLATFORMS:
            binary = (
                find(platform, options.binaries)
                if options.binaries
                else build(platform, folder)
            )
            print(pack(platform, binary, version, texts, epoch, options.out))


if __name__ == "__main__":
    main()
