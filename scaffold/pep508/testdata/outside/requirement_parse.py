"""Says what packaging, the library of pip and others, thinks of requirements and versions."""

import json
import keyword
import sys

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name


def parse(text):
    """The parts of a requirement, or None for none."""
    try:
        found = Requirement(text)
    except InvalidRequirement:
        return None
    return {
        "normal": canonicalize_name(found.name),
        "extras": sorted(found.extras),
        "url": found.url or "",
    }


job = json.load(sys.stdin)
answer = {
    "requirements": [parse(text) for text in job["requirements"]],
    "admits": [
        SpecifierSet(specifier).contains(version, prereleases=True)
        for specifier, version in job["admits"]
    ],
    "keywords": keyword.kwlist,
}
json.dump(answer, sys.stdout)
