package check

// knownStreamlit is the newest version of Streamlit that the table of removed APIs was held against.
const knownStreamlit = "1.67.0"
