"""Reads paths, one a line, and says of each file what Python makes of it, one line of JSON a file.

hash: the sum of all tokens, or the error of the tokenizer. tokens: the tokens themselves.
syntax: why compile refuses the file, or null.
"""

import array
import hashlib
import io
import json
import re
import sys
import tokenize
import warnings


def tokens(source):
    if b"\r" in source:
        # The tokenize module splits lines at line feeds; Python itself at each sort of line end.
        source = re.sub(rb"\r(?!\n)", b"\n", source)
    return tokenize.tokenize(io.BytesIO(source).readline)


def problem(error):
    if isinstance(error, SyntaxError):
        return [type(error).__name__, error.msg, error.lineno or 0, error.offset or 0]
    if isinstance(error, tokenize.TokenError):
        return ["TokenError", error.args[0], *error.args[1]]
    if isinstance(error, UnicodeDecodeError):
        return ["SyntaxError", f"(unicode error) {error}", 0, 0]
    return [type(error).__name__, str(error), 0, 0]


def summed(source):
    flat = [n for t in tokens(source) for n in (t[0], *t[2], *t[3])]
    return hashlib.sha256(array.array("i", flat)).hexdigest()


def listed(source):
    found = []
    try:
        for t in tokens(source):
            found.append([t[0], *t[2], *t[3]])
    except Exception as error:
        found.append(problem(error))
    return found


def syntax(source):
    try:
        compile(source, "file", "exec", dont_inherit=True)
        # Of a comment compile takes any bytes; what reads the file as text does not.
        encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
        source.decode(encoding)
    except Exception as error:
        return problem(error)


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(20000)
    job = {"hash": summed, "tokens": listed, "syntax": syntax}[sys.argv[1]]
    print(json.dumps({name: kind for kind, name in tokenize.tok_name.items()}))
    for path in sys.stdin.buffer:
        with open(path[:-1], "rb") as file:
            source = file.read()
        try:
            answer = job(source)
        except Exception as error:
            answer = problem(error)
        sys.stdout.write(json.dumps(answer) + "\n")


main()
