#!/usr/bin/env python3
"""Prints what each part of the binary costs: the bytes of its symbols, by module.

.bench/sizes.py [LINES]
"""

import collections
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BSS = ("runtime.bss", "runtime.noptrbss")


def main():
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    modules = subprocess.run(
        ["go", "list", "-m", "-f", "{{.Path}}", "all"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = sorted(modules.stdout.split(), key=len, reverse=True)
    with tempfile.TemporaryDirectory() as work:
        binary = Path(work) / "sleet"
        env = {**os.environ, "CGO_ENABLED": "0"}
        for flags in ["-s -w", ""]:
            subprocess.run(
                ["go", "build", "-trimpath", f"-ldflags={flags}", "-o", binary, "."],
                cwd=ROOT,
                env=env,
                check=True,
            )
            if flags:
                stripped = binary.stat().st_size
        symbols = subprocess.run(
            ["go", "tool", "nm", "-size", binary],
            capture_output=True,
            text=True,
            check=True,
        )
    rows = re.findall(r"(?m)^\s*([0-9a-f]+)\s+(\d+)\s+[A-Za-z]\s+(.*)$", symbols.stdout)
    # What is from here on is zero and takes no room in the file.
    zeroes = min(int(address, 16) for address, _, name in rows if name in BSS)
    sizes = collections.Counter()
    for address, size, symbol in rows:
        if int(address, 16) >= zeroes:
            continue
        # type:*T, go:itab.*T,I and the like belong to the T that they are of.
        name = re.sub(r"^(type:|go:)[\w.:]*?[*\[\]{}()]*(?=[\w])", "", symbol)
        part = next((p for p in paths if name.startswith((p + ".", p + "/"))), None)
        if part is None:
            part = (
                "runtime and the standard library"
                if re.match(r"[a-z]", name)
                else "others"
            )
        sizes[part] += int(size)
    # The tables that find a function and a line by an address are a third of any Go binary.
    sizes["tables of functions, lines and types"] = stripped - sum(sizes.values())
    print(f"{stripped / 1e6:7.1f} MB  the binary, stripped")
    for part, size in sizes.most_common(lines):
        print(f"{size / 1e6:7.1f} MB  {part}")


if __name__ == "__main__":
    main()
