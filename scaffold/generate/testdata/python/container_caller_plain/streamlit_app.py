"""Streamlit app in Snowflake (container runtime: one process for all viewers)."""

import pandas as pd
import streamlit as st
from snowflake.connector.errors import Error as ConnectorError
from snowflake.snowpark import Session
from snowflake.snowpark.exceptions import SnowparkClientException
from streamlit.errors import StreamlitAPIException

TITLE = "my_app"
QUERY = "SELECT CURRENT_TIMESTAMP() AS NOW, CURRENT_VERSION() AS VERSION"

# Errors from Snowflake; StreamlitAPIException means that no connection is configured.
SNOWFLAKE_ERRORS = (SnowparkClientException, ConnectorError, StreamlitAPIException)


# The viewer's token expires two minutes after the page opens, so connect at the top of
# the page. This connection works in Snowflake only.
def get_viewer_session() -> Session:
    """Return a session with the viewer's rights, as far as caller grants allow."""
    return st.connection("snowflake-callers-rights").session()


@st.cache_data(ttl=600, scope="session")
def run_query(query: str) -> pd.DataFrame:
    """Run a query with the viewer's rights; cached for their session only."""
    return get_viewer_session().sql(query).to_pandas()


def show_query() -> None:
    """Show the result of the query."""
    try:
        rows = run_query(QUERY)
    except SNOWFLAKE_ERRORS as error:
        st.error(f"Snowflake: {error}")
    else:
        st.dataframe(rows)


def main() -> None:
    """Render the page."""
    st.set_page_config(layout="wide")
    st.title(TITLE)
    show_query()


if __name__ == "__main__":
    main()
