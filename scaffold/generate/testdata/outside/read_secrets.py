"""Reads the secrets.toml of each folder in a JSON list as Streamlit does: st.secrets and what
becomes of the environment."""

import json
import os
import sys
import tempfile


def main() -> None:
    os.environ["HOME"] = tempfile.mkdtemp()
    from streamlit import config
    from streamlit.runtime.secrets import Secrets

    read = []
    for folder in json.load(sys.stdin):
        os.chdir(folder)
        config.set_option("secrets.files", [os.path.join(".streamlit", "secrets.toml")])
        before = dict(os.environ)
        secrets = Secrets()
        loaded = secrets.load_if_toml_exists()
        read.append(
            {
                "loaded": loaded,
                "secrets": secrets.to_dict(),
                "environment": {
                    key: value
                    for key, value in os.environ.items()
                    if before.get(key) != value
                },
            }
        )
        for key in set(os.environ) - set(before):
            del os.environ[key]
        os.environ.update(before)
    json.dump(read, sys.stdout, default=str)


if __name__ == "__main__":
    main()
