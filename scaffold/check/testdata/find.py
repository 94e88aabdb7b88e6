"""Finds in Python files, with Python's own ast and symtable-like scopes, what SL101 to SL106 are about.

Reads paths from standard input, one a line, and prints a JSON object: path to a list of
[rule, symbol, line, column], columns from 1 in characters. It knows one file at a time.
"""

import ast
import io
import json
import sys
import tokenize

SESSION = "snowflake.snowpark.context.get_active_session"
CONTEXT = "snowflake.snowpark.context"
GONE = set(
    "beta_columns beta_container beta_expander experimental_connection experimental_data_editor "
    "experimental_memo experimental_rerun experimental_show experimental_singleton "
    "experimental_audio_input experimental_dialog experimental_fragment "
    "experimental_get_query_params experimental_set_query_params experimental_user bokeh_chart cache".split()
)
IGNORED = {"page_title": 0, "page_icon": 1, "menu_items": 4}


class Scope:
    def __init__(self, node, parent):
        self.node, self.parent = node, parent
        self.names, self.globals = {}, set()

    def lookup(self, name):
        if name in self.globals:
            return self.module().names.get(name, [])
        scope, first = self, True
        while scope:
            hidden = isinstance(scope.node, ast.ClassDef) and not first
            if not hidden and name in scope.names:
                return scope.names[name]
            scope, first = scope.parent, False
        return []

    def module(self):
        return self if self.parent is None else self.parent.module()


class Finder(ast.NodeVisitor):
    """Two passes: what binds which name in which scope, then what is found."""

    def __init__(self, source):
        self.lines = source.split("\n")
        self.tree = ast.parse(source)
        self.scope = Scope(self.tree, None)
        self.scopes = {self.tree: self.scope}
        self.found = []
        self.binding = True
        self.visit(self.tree)
        self.binding = False
        self.scope = self.scopes[self.tree]
        self.visit(self.tree)

    # Scopes.
    def inside(self, node, parts):
        if self.binding:
            self.scopes[node] = Scope(node, self.scope)
        outer, self.scope = self.scope, self.scopes[node]
        for part in parts:
            self.visit(part)
        self.scope = outer

    def function(self, node):
        self.bind(node.name, "")
        args = node.args
        for outside in node.decorator_list + args.defaults + [d for d in args.kw_defaults if d]:
            self.visit(outside)
        self.params(node, node.body)

    visit_FunctionDef = visit_AsyncFunctionDef = function

    def params(self, node, body):
        def parts():
            args = node.args
            for arg in args.posonlyargs + args.args + args.kwonlyargs + [args.vararg, args.kwarg]:
                if arg:
                    self.bind(arg.arg, "")
            yield from body

        self.inside(node, parts())

    def visit_Lambda(self, node):
        for outside in node.args.defaults + [d for d in node.args.kw_defaults if d]:
            self.visit(outside)
        self.params(node, [node.body])

    def visit_ClassDef(self, node):
        self.bind(node.name, "")
        for outside in node.decorator_list + node.bases + node.keywords:
            self.visit(outside)
        self.inside(node, node.body)

    def comprehension(self, node):
        self.inside(node, list(ast.iter_child_nodes(node)))

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = comprehension

    # Names.
    def bind(self, name, full):
        if self.binding:
            scope = self.scope.module() if name in self.scope.globals else self.scope
            scope.names.setdefault(name, []).append(full)

    def visit_Global(self, node):
        self.scope.globals |= set(node.names)

    def visit_Name(self, node):
        if isinstance(node.ctx, ast.Store) and not getattr(node, "known", False):
            self.bind(node.id, "")

    def visit_Assign(self, node):
        if isinstance(node.value, (ast.Name, ast.Attribute)):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    target.known = True
                    if self.binding:
                        for name in self.full(node.value) or [""]:
                            self.bind(target.id, name)
        self.generic_visit(node)

    def full(self, node):
        if isinstance(node, ast.Name):
            return [n for n in self.scope.lookup(node.id) if n]
        if isinstance(node, ast.Attribute):
            return [n + "." + node.attr for n in self.full(node.value)]
        return []

    # Findings.
    def add(self, rule, symbol, node):
        if not self.binding:
            line = self.lines[node.lineno - 1].encode()
            column = len(line[: node.col_offset].decode()) + 1
            self.found.append([rule, symbol, node.lineno, column])

    def visit_Import(self, node):
        for alias in node.names:
            if alias.asname:
                self.bind(alias.asname, alias.name)
            else:
                first = alias.name.split(".")[0]
                self.bind(first, first)
        names = [alias.name for alias in node.names]
        if CONTEXT in names:
            self.add("SL101", "", node)
        if "_snowflake" in names:
            self.add("SL103", "", node)

    def visit_ImportFrom(self, node):
        if node.level:
            for alias in node.names:
                self.bind(alias.asname or alias.name, "")
            return
        names = [node.module + "." + alias.name for alias in node.names]
        for alias, name in zip(node.names, names):
            if alias.name == "*":
                if node.module == CONTEXT:
                    self.bind("get_active_session", SESSION)
            else:
                self.bind(alias.asname or alias.name, name)
        if SESSION in names or CONTEXT in names or CONTEXT + ".*" in names:
            self.add("SL101", "", node)
        if node.module == "_snowflake":
            self.add("SL103", "", node)
        if node.module == "streamlit":
            for alias in node.names:
                if alias.name in GONE:
                    self.add("SL106", alias.name, node)

    def visit_Call(self, node):
        for name in self.full(node.func):
            if name == SESSION:
                self.add("SL102", "", node)
            elif name.startswith("_snowflake."):
                self.add("SL104", name.split(".", 1)[1], node)
            elif name == "streamlit.set_page_config":
                for keyword in node.keywords:
                    if keyword.arg in IGNORED:
                        self.add("SL105", keyword.arg, keyword)
                for argument, place in IGNORED.items():
                    if place < len(node.args):
                        self.add("SL105", argument, node.args[place])
            else:
                continue
            break
        self.generic_visit(node)

    def visit_Attribute(self, node):
        if isinstance(node.ctx, ast.Load):
            for name in self.full(node):
                module, _, attr = name.rpartition(".")
                if module in ("streamlit", "streamlit.sidebar") and attr in GONE:
                    self.add("SL106", attr, node)
                    break
        self.generic_visit(node)


def find(path):
    with open(path, "rb") as file:
        data = file.read()

    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    text = data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    return sorted(map(list, {tuple(f) for f in Finder(text).found}), key=lambda f: (f[2], f[3], f[0], f[1]))


def main():
    result = {}
    for line in sys.stdin:
        path = line.rstrip("\n")
        try:
            result[path] = find(path)
        except (SyntaxError, ValueError, RecursionError) as error:
            result[path] = str(error)
    json.dump(result, sys.stdout)


main()
