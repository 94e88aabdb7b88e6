"""Reads the config.toml of each folder in a JSON list as Streamlit does."""

import copy
import json
import os
import sys
import tempfile


def main() -> None:
    # A home of its own: Streamlit reads a config.toml there as well.
    os.environ["HOME"] = tempfile.mkdtemp()
    from streamlit import config

    read = []
    for folder in json.load(sys.stdin):
        os.chdir(folder)
        options = config.get_config_options(force_reparse=True)
        read.append(
            {
                key: {
                    "value": copy.deepcopy(option.value),
                    "where": option.where_defined,
                }
                for key, option in options.items()
                if option.where_defined
                not in (option.DEFAULT_DEFINITION, option.STREAMLIT_DEFINITION)
            }
        )
    json.dump(read, sys.stdout)


if __name__ == "__main__":
    main()
