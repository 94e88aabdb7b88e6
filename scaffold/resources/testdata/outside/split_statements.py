"""Cuts each script of a JSON list into statements, as Snowflake's own clients do."""

import io
import json
import sys

from snowflake.connector.util_text import split_statements


def split(script: str) -> list[str]:
    pieces = (text for text, _ in split_statements(io.StringIO(script), remove_comments=True))
    return [text.strip().removesuffix(";").strip() for text in pieces if text and text.strip()]


json.dump([split(script) for script in json.load(sys.stdin)], sys.stdout)
