import pandas as pd
import streamlit as st
import snowflake.snowpark.context as context

@st.cache(ttl=600)
def stock():
    return context.get_active_session().table("STOCK").to_pandas()

limits = pd.read_csv("data/limits.csv")
st.dataframe(stock().merge(limits))
params = st.experimental_get_query_params()
with st.sidebar:
    st.bokeh_chart(None)
