import streamlit as st
from common.db import connect

conn = st.connection("snowflake")
session = conn.session()
st.dataframe(connect().table("SALES"))
