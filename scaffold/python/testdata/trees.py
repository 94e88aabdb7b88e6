"""Prints for every Nth Python file under the folders a line: a hash of its tree, and its path.

Where Python refuses the file, the line of the refusal stands for the hash. With -dump FILE it prints
the tree; with -compile it reads JSON strings, one a line, and prints the line of each one's refusal
with the reason, or 0.
"""

import ast
import gc
import hashlib
import json
import os
import sys
import warnings

MINOR = sys.version_info[1]
SKIPPED = {"type_comment", "type_ignores", "kind", "str"}
WORDS = (ast.expr_context, ast.operator, ast.unaryop, ast.cmpop, ast.boolop)
KINDS = {}


def look(kind):
    """Gives of a class its name, its fields, whether it has a place, and how its values are written."""
    name = "Tuple" if kind.__name__ == "ExtSlice" else kind.__name__
    if issubclass(kind, list):
        how = 1
    elif issubclass(kind, WORDS):
        how, name = 2, " " + name
    elif issubclass(kind, ast.AST):
        how = 3
    elif issubclass(kind, str):
        how = 4
    elif kind is type(None):
        how = 5
    else:
        how = 6
    fields = [f for f in getattr(kind, "_fields", ()) if f not in SKIPPED]
    placed = "lineno" in getattr(kind, "_attributes", ())
    found = KINDS[kind] = (name.encode(), fields, placed, how)
    return found


def write(n, out, spans):
    """Adds a node to the text, as tree_dump_test.go writes it."""
    kind = n.__class__
    name, fields, placed, _ = KINDS.get(kind) or look(kind)
    if name == b"Index":
        write(n.value, out, spans)
        return
    if spans and placed:
        out.append(b"(%b %d:%d-%d:%d" % (name, n.lineno, n.col_offset, n.end_lineno, n.end_col_offset))
        if MINOR < 12 and name == b"JoinedStr":
            spans = False
    else:
        out.append(b"(" + name)
    if kind is ast.Constant:
        constant(n.value, out)
        return
    for field in fields:
        v = getattr(n, field)
        known = KINDS.get(v.__class__) or look(v.__class__)
        how = known[3]
        if how == 1:
            if MINOR == 12 and name == b"JoinedStr":
                # Empty constants, which later versions leave out.
                v = [e for e in v if getattr(e, "value", None) != ""]
            out.append(b"[")
            for e in v:
                value(e, out, spans)
            out.append(b"]")
        elif how == 2:
            out.append(known[0])
        elif how == 3:
            write(v, out, spans)
        else:
            value(v, out, spans)
    if kind.__name__ == "ExtSlice":
        out.append(b" Load")
    out.append(b")")


def value(v, out, spans):
    known = KINDS.get(v.__class__) or look(v.__class__)
    how = known[3]
    if how == 3:
        write(v, out, spans)
    elif how == 2:
        out.append(known[0])
    elif how == 4:
        text(v.encode("utf-8", "surrogatepass"), out)
    elif how == 5:
        out.append(b" -")
    else:
        out.append(b" %d" % v)


def text(v, out):
    out.append(b" %d'%b" % (len(v), v))


def constant(v, out):
    out.append(b" " + v.__class__.__name__.encode())
    if isinstance(v, str):
        text(v.encode("utf-8", "surrogatepass"), out)
    elif isinstance(v, bytes):
        text(v, out)
    elif isinstance(v, bool):
        out.append(b" %d" % v)
    out.append(b")")


def tree(file):
    with open(file, "rb") as f:
        source = f.read()
    module = compile(source, file, "exec", ast.PyCF_ONLY_AST, True)
    out = []
    for s in module.body:
        write(s, out, MINOR > 8)
    # What Python finds wrong after the grammar.
    compile(module, file, "exec", 0, True)
    return b"".join(out)


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(20000)
    gc.disable()
    if sys.argv[1] == "-dump":
        sys.stdout.buffer.write(tree(sys.argv[2]))
        return
    if sys.argv[1] == "-compile":
        for line in sys.stdin:
            print(compiled(json.loads(line).encode("utf-8", "surrogatepass")), flush=False)
        return
    every, seen = int(sys.argv[1]), 0
    for root in sys.argv[2:]:
        for folder, folders, files in os.walk(root):
            folders.sort()
            if root != folder and os.path.basename(folder) == "site-packages":
                folders.clear()
                continue
            for file in sorted(files):
                if file.endswith(".py"):
                    seen += 1
                    if seen % every:
                        continue
                    path = os.path.join(folder, file)
                    print(answer(path), path)


def answer(path):
    try:
        return hashlib.sha1(tree(path)).hexdigest()
    except SyntaxError as error:
        return error.lineno or 0
    except (ValueError, RecursionError, MemoryError):
        return 0


def compiled(source):
    try:
        compile(source, "file", "exec", 0, True)
    except SyntaxError as error:
        return "%d %s" % (error.lineno or -3, error.msg.replace("\n", " "))
    except (ValueError, OverflowError) as error:
        return "-1 %s" % error
    except Exception as error:  # too deep, or a fault of Python's own
        return "-2 %s" % error
    return "0"


main()
