"""A Streamlit app in Snowflake: warehouse runtime, one instance a viewer."""

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


# Outside Snowflake each .session() makes a new Snowpark session, and Snowpark keeps
# every one of them: this makes one.
@st.cache_resource
def get_session() -> Session:
    """Give the one session of the app."""
    return st.connection("snowflake").session()


@st.cache_data(ttl=600)
def run_query(query: str) -> pd.DataFrame:
    """Run a query, at most once in ten minutes."""
    return get_session().sql(query).to_pandas()


def show_query() -> None:
    """Show the rows of the query."""
    try:
        rows = run_query(QUERY)
    except SNOWFLAKE_ERRORS as error:
        st.error(f"Snowflake: {error}")
    else:
        st.dataframe(rows)


def main() -> None:
    """Draw the page."""
    st.set_page_config(layout="wide")
    st.title(TITLE)
    show_query()


if __name__ == "__main__":
    main()
