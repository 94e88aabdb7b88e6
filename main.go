// Command sleet sets up Streamlit apps in Snowflake from the terminal.
package main

func main() {}
