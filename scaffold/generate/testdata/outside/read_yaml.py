"""Parses each text of a JSON list with PyYAML."""

import json
import sys

import yaml

if __name__ == "__main__":
    json.dump([yaml.safe_load(text) for text in json.load(sys.stdin)], sys.stdout)
