"""Write the option catalogue of the installed Streamlit as JSON to standard output.

    ~/.cache/sleet-tools/app/bin/python scaffold/catalogue/generate.py >scaffold/catalogue/options.json

Streamlit declares less than it reads: most types are "str", and what a value may be stands in the
description alone. So types, choices and limits are read from the description where the declaration
is silent; the few that neither tells are listed below.
"""

import inspect
import json
import re
import sys
from typing import Any

import streamlit
from streamlit import config
from streamlit.config_option import ConfigOption

# What neither the declaration nor a list in the description tells.
TYPES = {
    "server.trustedUserHeaders": ["table"],
    # Legacy booleans, still read.
    "client.showErrorDetails": ["string", "bool"],
    "client.showErrorLinks": ["string", "bool"],
}
CHOICES = {
    "logger.level": ["error", "warning", "info", "debug"],
}
# What else a list of choices takes, and the form it must have where Streamlit stops on another.
OPEN = {
    "theme.base": {
        "open": "theme_file",
        "pattern": r"\.toml$|^https?://",
    },
    "theme.font": {"open": "font"},
    "theme.headingFont": {"open": "font"},
    "theme.codeFont": {"open": "font"},
    "theme.baseRadius": {"open": "size"},
    "theme.buttonRadius": {"open": "size"},
}
LIMITS = {
    "server.port": {"min": 1, "max": 65535},
    "browser.serverPort": {"min": 1, "max": 65535},
    "theme.baseFontSize": {"min": 1},
}
# Streamlit raises an error on a list of another length.
ITEMS = {
    "theme.headingFontSizes": {"minItems": 1, "maxItems": 6},
    "theme.headingFontWeights": {"minItems": 1, "maxItems": 6},
}

DECLARED = {bool: "bool", int: "integer", float: "float", str: "string"}
DESCRIBED = [
    (r"An array of fonts", ["tables"]),
    (r"An array of (ten )?colors", ["strings"]),
    (r"One or more font sizes", ["strings", "string"]),
    (r"One or more font weights", ["integers", "integer"]),
]


def types(option: ConfigOption, text: str) -> list[str]:
    if option.key in TYPES:
        return TYPES[option.key]
    if option.multiple:
        return ["strings"]
    for pattern, found in DESCRIBED:
        if re.match(pattern, text):
            return found
    return [DECLARED[option.type]]


def choices(option: ConfigOption, text: str) -> dict[str, Any]:
    """The quoted values of the list that follows "Allowed values:" and its like."""
    if option.key in CHOICES:
        return {"choices": CHOICES[option.key]}
    start = re.search(r"(following( values are valid)?|Allowed values):\n", text)
    if not start:
        return {}
    items = re.findall(r"^- (.*)", text[start.end() :], re.MULTILINE)
    found = [m.group(1) for item in items if (m := re.match(r'"([^"]+)"', item))]
    return {"choices": found} | OPEN.get(option.key, {}) if found else {}


def limits(option: ConfigOption, text: str) -> dict[str, int]:
    if option.key in LIMITS:
        return LIMITS[option.key]
    found = {}
    if m := re.search(r"(?:between|integer from)\s+(\d+)\s+(?:and|to)\s+(\d+)", text):
        found = {"min": int(m[1]), "max": int(m[2])}
    if m := re.search(r"integer multiple of\s+(\d+)", text):
        found["step"] = int(m[1])
    return found


def items(option: ConfigOption, text: str) -> dict[str, int]:
    if re.match(r"An array of ten colors", text):
        return {"minItems": 10, "maxItems": 10}
    return ITEMS.get(option.key, {})


def colours(text: str) -> dict[str, str]:
    """The colour of each of Streamlit's own themes, for options that are one colour."""
    m = re.search(
        r"(#[0-9a-f]{6})\s+for\s+the\s+light\s+theme\s+and\s+(#[0-9a-f]{6})\s+for\s+the\s+dark",
        text,
    )
    return {"light": m[1], "dark": m[2]} if m else {}


def default(option: ConfigOption, text: str) -> Any:
    """The value when unset; None where Streamlit computes it from the machine it runs on."""
    if option.default_val is not None:
        return option.default_val
    m = re.search(r'^Default: "(.*)"$', text, re.MULTILINE)
    return m[1] if m else None


def describe(option: ConfigOption) -> dict[str, Any]:
    text = inspect.cleandoc(option.description or "")
    row: dict[str, Any] = {"key": option.key, "env": option.env_var}
    main = f"theme.{option.name}"
    if option.key != main and option.section.startswith("theme."):
        return row | {"like": main}
    row |= {"types": types(option, text), "default": default(option, text)}
    row |= (
        choices(option, text)
        | limits(option, text)
        | items(option, text)
        | colours(text)
    )
    row |= {"hidden": True} if option.visibility == "hidden" else {}
    row |= {"sensitive": True} if option.sensitive else {}
    return row | ({"deprecated": True} if option.deprecated else {})


def main() -> None:
    sections = [s for s in config._section_descriptions if not s.startswith("_")]
    options = sorted(
        config._config_options_template.values(),
        key=lambda o: sections.index(o.section),
    )
    json.dump(
        {
            "streamlit": streamlit.__version__,
            "sections": sections,
            "options": [describe(o) for o in options],
        },
        sys.stdout,
        indent=1,
        ensure_ascii=False,
    )
    print()


if __name__ == "__main__":
    main()
