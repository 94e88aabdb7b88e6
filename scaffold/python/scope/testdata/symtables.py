"""Prints for each Python file under the folders given its path and a hash of its symbol tables.

With -dump FILE it prints the tables themselves. A file that Python refuses is left out.
"""

import _symtable
import hashlib
import os
import sys
import warnings

SCOPE_OFF, SCOPE_MASK = _symtable.SCOPE_OFF, _symtable.SCOPE_MASK
# DEF_GLOBAL, _LOCAL, _PARAM, _NONLOCAL, USE, DEF_IMPORT, _ANNOT
FLAGS = 1 | 2 | 4 | 8 | 16 | 128 | 256
TYPE_PARAM = 2 << 9 if sys.version_info >= (3, 12) else 0


def lines(table, path, out):
    path += "/" + table.name
    names = []
    for name, flags in table.symbols.items():
        if name[0] == ".":
            continue  # no name of the file: CPython hands an iterator or type parameters over by it
        scope = flags >> SCOPE_OFF & SCOPE_MASK
        names.append("%s:%d:%d" % (name, flags & (FLAGS | TYPE_PARAM), scope))
    names.sort()
    out.append("%s %s" % (path, " ".join(names)))
    for child in table.children:
        lines(child, path, out)


def tables(file):
    with open(file, "rb") as f:
        source = f.read()
    out = []
    lines(_symtable.symtable(source, file, "exec"), "", out)
    out.sort()
    return "\n".join(out)


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(10000)
    if sys.argv[1] == "-dump":
        sys.stdout.buffer.write(tables(sys.argv[2]).encode("utf-8", "surrogatepass"))
        return
    for root in sys.argv[1:]:
        for folder, folders, files in os.walk(root):
            folders.sort()
            if root != folder and os.path.basename(folder) == "site-packages":
                folders.clear()
                continue
            for file in sorted(files):
                if not file.endswith(".py") or file.startswith("badsyntax"):
                    continue  # the latter only the compiler refuses
                path = os.path.join(folder, file)
                try:
                    text = tables(path)
                except (SyntaxError, ValueError, RecursionError, MemoryError):
                    continue
                digest = hashlib.sha1(text.encode("utf-8", "surrogatepass")).hexdigest()
                sys.stdout.write(digest + " " + path + "\n")


main()
