"""Says of each SQL text in a JSON list whether sqlfluff's Snowflake dialect parses all of it."""

import json
import sys
from concurrent.futures import ProcessPoolExecutor

from sqlfluff.core import Linter

LINTER = Linter(dialect="snowflake")


def parses(sql: str) -> bool:
    parsed = LINTER.parse_string(sql)
    if parsed.violations or not parsed.root_variant():
        return False
    return "unparsable" not in parsed.root_variant().tree.type_set()


if __name__ == "__main__":
    with ProcessPoolExecutor() as pool:
        json.dump(list(pool.map(parses, json.load(sys.stdin), chunksize=16)), sys.stdout)
