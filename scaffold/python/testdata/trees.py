"""Prints for each Python file under the folders a line: a hash of its tree, and its path.

Where Python refuses the file, the line of the refusal stands for the hash. With -dump FILE it prints
the tree; with -compile it reads JSON strings, one a line, and prints the line of each one's refusal
with the reason, or 0.
"""

import ast
import hashlib
import json
import os
import sys
import warnings

MINOR = sys.version_info[1]
SKIPPED = {"type_comment", "type_ignores", "kind", "str"}
FIELDS = {}


def fields(kind):
    found = FIELDS[kind] = [f for f in kind._fields if f not in SKIPPED]
    return found


def write(n, out, spans):
    """Adds a node to the text, as tree_test.go writes it."""
    kind = n.__class__
    name = kind.__name__
    if name == "Constant":
        constant(n, out, spans)
        return
    if name == "Index":
        write(n.value, out, spans)
        return
    if name == "ExtSlice":
        name = "Tuple"
    out.append(b"(" + name.encode())
    if spans:
        if hasattr(n, "lineno"):
            out.append(b" %d:%d-%d:%d" % (n.lineno, n.col_offset, n.end_lineno, n.end_col_offset))
        if MINOR < 12 and name == "JoinedStr":
            spans = False
    for field in FIELDS.get(kind) or fields(kind):
        value(getattr(n, field), out, spans)
    if n.__class__.__name__ == "ExtSlice":
        out.append(b" Load")
    out.append(b")")


def value(v, out, spans):
    if isinstance(v, list):
        out.append(b"[")
        for e in v:
            value(e, out, spans)
        out.append(b"]")
    elif isinstance(v, (ast.expr_context, ast.operator, ast.unaryop, ast.cmpop, ast.boolop)):
        out.append(b" " + v.__class__.__name__.encode())
    elif isinstance(v, ast.AST):
        write(v, out, spans)
    elif v is None:
        out.append(b" -")
    elif isinstance(v, str):
        text(v.encode("utf-8", "surrogatepass"), out)
    else:
        out.append(b" %d" % v)


def text(v, out):
    out.append(b" %d'" % len(v))
    out.append(v)


def constant(n, out, spans):
    out.append(b"(Constant")
    if spans:
        out.append(b" %d:%d-%d:%d" % (n.lineno, n.col_offset, n.end_lineno, n.end_col_offset))
    v = n.value
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
    compile(source, file, "exec", 0, True)
    return b"".join(out)


def refusal(error):
    return error.lineno or 0


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(20000)
    if sys.argv[1] == "-dump":
        sys.stdout.buffer.write(tree(sys.argv[2]))
        return
    if sys.argv[1] == "-compile":
        for line in sys.stdin:
            print(compiled(json.loads(line).encode("utf-8", "surrogatepass")), flush=False)
        return
    for root in sys.argv[1:]:
        for folder, folders, files in os.walk(root):
            folders.sort()
            if root != folder and os.path.basename(folder) == "site-packages":
                folders.clear()
                continue
            for file in sorted(files):
                if file.endswith(".py"):
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
        return "%d %s" % (error.lineno or 0, error.msg.replace("\n", " "))
    except (ValueError, OverflowError) as error:
        return "-1 %s" % error
    except (RecursionError, MemoryError) as error:
        return "-2 %s" % error
    return "0"


main()
