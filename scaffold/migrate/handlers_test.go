package migrate

import (
	"strings"
	"testing"

	"sleet/scaffold/testtools"
)

// TestHandlersOfOldErrors checks that an edit needs review if a handler caught the errors of the replaced code, and
// only then.
func TestHandlersOfOldErrors(t *testing.T) {
	t.Parallel()
	const (
		st      = "import streamlit as st\n"
		session = st + "from snowflake.snowpark.context import get_active_session\nfrom snowflake.snowpark.exceptions import SnowparkSessionException, SnowparkSQLException\nfrom contextlib import suppress\n"
		secret  = st + "import _snowflake\n"
	)
	for name, c := range map[string]struct {
		files  map[string]string
		review string // the text in the list, "" for none
	}{
		"the error of a session": {map[string]string{"streamlit_app.py": session + "try:\n    s = get_active_session()\n    s.sql('x')\nexcept SnowparkSessionException:\n    st.stop()\n"}, "check that the handler still applies"},
		"any error":              {map[string]string{"streamlit_app.py": session + "try:\n    s = get_active_session()\n    s.sql('x')\nexcept Exception:\n    st.stop()\n"}, ""},
		"the error of a query":   {map[string]string{"streamlit_app.py": session + "try:\n    get_active_session().sql('x').collect()\nexcept SnowparkSQLException as e:\n    st.error(e)\n"}, ""},
		"an outer handler":       {map[string]string{"streamlit_app.py": session + "try:\n    try:\n        get_active_session().sql('x').collect()\n    except SnowparkSQLException as e:\n        st.error(e)\nexcept SnowparkSessionException:\n    st.stop()\n"}, "check that the handler still applies"},
		"passed over":            {map[string]string{"streamlit_app.py": session + "s = None\nwith suppress(SnowparkSessionException):\n    s = get_active_session()\n"}, "check that the handler still applies"},
		"all passed over":        {map[string]string{"streamlit_app.py": session + "s = None\nwith suppress(Exception):\n    s = get_active_session()\n"}, ""},
		"a flag":                 {map[string]string{"streamlit_app.py": session + "SIS = False\nwith suppress(ImportError):\n    import _snowflake\n    SIS = True\n"}, "check that the handler still applies"},
		"around a call": {map[string]string{
			"streamlit_app.py": session + "from db import rows\ntry:\n    rows()\nexcept SnowparkSessionException:\n    st.stop()\n",
			"db.py":            "from snowflake.snowpark.context import get_active_session\ndef rows():\n    return get_active_session().sql('x').collect()\n",
		}, "the handler at streamlit_app.py:6 catches errors of get_active_session"},
		"of queries around a call": {map[string]string{
			"streamlit_app.py": session + "from db import rows\ntry:\n    rows()\nexcept SnowparkSQLException:\n    st.stop()\n",
			"db.py":            "from snowflake.snowpark.context import get_active_session\ndef rows():\n    return get_active_session().sql('x').collect()\n",
		}, ""},
		"the error of a secret":     {map[string]string{"streamlit_app.py": secret + "try:\n    st.write(_snowflake.get_generic_secret_string('k'))\nexcept KeyError:\n    pass\n"}, "check that the handler still applies"},
		"any error of a secret":     {map[string]string{"streamlit_app.py": secret + "try:\n    st.write(_snowflake.get_generic_secret_string('k'))\nexcept Exception:\n    pass\n"}, ""},
		"an error of a request":     {map[string]string{"streamlit_app.py": secret + "try:\n    st.write(_snowflake.send_snow_api_request('POST', '/x', {}, {}, {}, None, 1))\nexcept (ValueError, RuntimeError):\n    pass\n"}, "check that the handler still applies"},
		"a secret in another scope": {map[string]string{"streamlit_app.py": secret + "try:\n    def f():\n        return _snowflake.get_generic_secret_string('k')\nexcept KeyError:\n    pass\nst.write(f())\n"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := planned(t, testtools.Folder(t, c.files))
			var messages []string
			for _, n := range m.Review {
				messages = append(messages, n.Message.String())
			}
			got := strings.Join(messages, "\n")
			if c.review == "" && got != "" || !strings.Contains(got, c.review) {
				t.Errorf("listed: %q, not %q", got, c.review)
			}
		})
	}
}
