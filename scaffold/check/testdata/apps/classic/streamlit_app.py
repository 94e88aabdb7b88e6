"""Orders: the entry page."""

import streamlit as st
from snowflake.snowpark.context import get_active_session

from utils import db, state

st.set_page_config(
    page_title="Orders",
    page_icon="📦",
    layout="wide",
)

session = get_active_session()
session.sql("USE WAREHOUSE REPORTING_WH").collect()

who = session.sql("SELECT CURRENT_USER(), CURRENT_ROLE()").collect()[0]
st.title(f"Orders of {who[0]}")

# get_active_session() in a comment is nothing, and neither is this:
st.code("session = get_active_session()")

if st.button("Again"):
    state.remember("again")
    st.experimental_rerun()

left, right = st.columns(2)
left.image("img/logo.png", use_column_width=True)
st.image("img/logo.png", use_column_width="auto")
right.dataframe(db.orders())
st.dataframe(db.session().table("ORDERS").limit(10).to_pandas())
