"""A Streamlit app in Snowflake: container runtime, shared by all viewers."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd
import streamlit as st
from snowflake.connector.errors import Error as ConnectorError
from snowflake.snowpark import Session
from snowflake.snowpark.exceptions import SnowparkClientException
from streamlit.errors import StreamlitAPIException

TITLE = "my_app"
QUERY = "SELECT CURRENT_TIMESTAMP() AS NOW, CURRENT_VERSION() AS VERSION"

# What a call of Snowflake raises; the last one: no connection is configured.
SNOWFLAKE_ERRORS = (SnowparkClientException, ConnectorError, StreamlitAPIException)


def is_alive(session: Session) -> bool:
    """Tell whether the session still works; if not, have its connection renewed."""
    if session.connection.is_valid():
        return True
    st.connection("snowflake").reset()
    return False


# Each .session() makes a new Snowpark session, and Snowpark keeps every one of them:
# this makes one for all, and a new one when Snowflake has ended it.
@st.cache_resource(validate=is_alive)
def get_session() -> Session:
    """Give the one session of the app."""
    return st.connection("snowflake").session()


@st.cache_data(ttl=600)
def run_query(query: str) -> pd.DataFrame:
    """Run a query, at most once in ten minutes for all viewers together."""
    return get_session().sql(query).to_pandas()


def show_query() -> None:
    """Show the rows of the query."""
    try:
        rows = run_query(QUERY)
    except SNOWFLAKE_ERRORS as error:
        st.error(f"Snowflake: {error}")
    else:
        st.dataframe(rows)


@dataclass(frozen=True)
class Login:
    """A secret of the type password; printing it does not show the password."""

    username: str
    password: str = field(repr=False)


def secret_api_key() -> str:
    """A text, such as an API key."""
    return st.secrets["api_key"]


def secret_login() -> Login:
    """A username and its password."""
    value = st.secrets["login"]
    return Login(value["username"], value["password"])


SECRETS: dict[str, Callable[[], object]] = {
    "api_key": secret_api_key,
    "login": secret_login,
}

# What reading a secret raises when it is missing or of another type.
READ_ERRORS = (FileNotFoundError, KeyError, TypeError)


def check_secret(key: str) -> str:
    """Read a secret, and say of what kind it is."""
    return type(SECRETS[key]()).__name__


def show_secrets() -> None:
    """Say of each secret whether it arrives; its value is never shown."""
    st.header("Secrets")
    for key in SECRETS:
        try:
            kind = check_secret(key)
        except READ_ERRORS as error:
            st.error(f"✗ {key}: {error}")
        else:
            st.success(f"✓ {key} ({kind})")


def main() -> None:
    """Draw the page."""
    st.set_page_config(layout="wide")
    st.title(TITLE)
    show_query()
    show_secrets()


if __name__ == "__main__":
    main()
