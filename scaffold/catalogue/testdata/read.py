"""Read .streamlit/config.toml of the working folder as Streamlit does; print what it got as JSON."""

import copy
import json
import logging
import sys

from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

SECTIONS = ["theme", *(f"theme.{c.value}" for c in config.CustomThemeCategories)]


class Heard(logging.Handler):
    """Keeps what Streamlit warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def main() -> None:
    heard = Heard()
    for name in (
        "streamlit.config",
        "streamlit.config_option",
        "streamlit.runtime.app_session",
    ):
        logging.getLogger(name).addHandler(heard)
    options = {
        key: copy.deepcopy(option.value)
        for key, option in config.get_config_options().items()
        if option.where_defined
        not in (option.DEFAULT_DEFINITION, option.STREAMLIT_DEFINITION)
    }
    result = {"options": options}
    for section in SECTIONS:
        app_session._populate_theme_msg(CustomThemeConfig(), section)
    json.dump(result | {"warnings": heard.said}, sys.stdout)


if __name__ == "__main__":
    main()
