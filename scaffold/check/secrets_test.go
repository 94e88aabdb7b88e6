package check_test

import "testing"

func TestUnprovidedSecrets(t *testing.T) {
	const bound = "## app.sql\nALTER STREAMLIT x SET SECRETS = ('k' = k) EXTERNAL_ACCESS_INTEGRATIONS = (i);\n"
	const values = "## .streamlit/secrets.toml\nk = 1\n[t]\na = 2\n"
	try(t, "SL303", []snippet{
		{name: "by index", code: st + "st.write(st.secrets['k'])\n", want: []string{"2:10 k"}},
		{name: "by attribute", code: st + "st.write(st.secrets.k)\n", want: []string{"2:10 k"}},
		{name: "by name", code: "from streamlit import secrets as s, write\nwrite(s['k'])\n", want: []string{"2:7 k"}},
		{name: "by get", code: st + "st.write(st.secrets.get('k'))\n", want: []string{"2:10 k"}},
		{name: "by get with a default", code: st + "st.write(st.secrets.get('k', 1))\n"},
		{name: "by get, kept", code: st + "k = st.secrets.get('k')\nif st.secrets.get('l'):\n    st.write(k or st.secrets.get('m'))\n"},
		{name: "by get, used at once", code: st + "st.write(st.secrets.get('k').get('l'), st.secrets.get('m')['n'])\n", want: []string{"2:10 k", "2:40 m"}},
		{name: "once in a file", code: st + "st.write(st.secrets['k']['a'], st.secrets['k']['b'], st.secrets.k)\n", want: []string{"2:10 k"}},
		{name: "in a table", code: st + "st.write(st.secrets['t']['a'], st.secrets.t.b)\n", want: []string{"2:10 t"}},
		{name: "of a table that is there", code: st + "st.write(st.secrets['t']['a'], st.secrets.k)\n" + values},
		{name: "of the file, in a warehouse", code: st + "st.write(st.secrets.k)\n" + values, options: inWarehouse(), want: []string{"2:10 k"}},
		{name: "asked for before", code: st + "if 'k' in st.secrets:\n    st.write(st.secrets['k'])\n"},
		{name: "any key", code: st + "def f(key):\n    return st.secrets[key]\nst.write(f('k'), dict(st.secrets))\n"},
		{name: "bound by SQL", code: st + "st.write(st.secrets.k)\n" + bound},
		{name: "bound by the CLI", code: st + "st.write(st.secrets.k)\n## snowflake.yml\ndefinition_version: 2\nentities:\n  a:\n    type: streamlit\n    secrets:\n      k: db.s.k\n"},
		{name: "bound by sleet.toml", code: st + "st.write(st.secrets.k)\n## sleet.toml\n[[secrets]]\nkey = 'k'\naccess = 'st.secrets'\n"},
		{name: "a value of sleet.toml", code: st + "st.write(st.secrets.k)\n## sleet.toml\n[values]\nk = 'v'\n"},
		{name: "of a function", code: st + "st.write(st.secrets.k)\n## sleet.toml\n[[secrets]]\nkey = 'k'\naccess = 'function'\n", want: []string{"2:10 k"}},
		{name: "of files elsewhere", code: st + "st.write(st.secrets.k)\n## .streamlit/config.toml\n[secrets]\nfiles = ['/x.toml']\n"},
		{name: "in another file of the app", code: st + "import helper\nst.write(helper.x)\n## helper.py\nimport streamlit as st\nx = st.secrets['k']\n", want: []string{"helper.py 2:5 k"}},
		{name: "not the app's", code: app + "## tools.py\nclass st:\n    secrets = {}\nst.secrets['k']\n"},
		{name: "a fallback for the private module", code: st + "try:\n    import _snowflake\n    k = _snowflake.get_generic_secret_string('k')\nexcept ImportError:\n    k = st.secrets['k']\nst.write(k)\n"},
		{name: "a fallback for a function", code: st + "import snowflake_secrets\ntry:\n    k = snowflake_secrets.get_k()\nexcept Exception:\n    k = st.secrets['k']\nst.write(k)\n## snowflake_secrets.py\ndef get_k():\n    return ''\n"},
		{name: "a fallback for something else", code: st + "try:\n    k = open('k').read()\nexcept OSError:\n    k = st.secrets['k']\nst.write(k)\n", want: []string{"5:9 k"}},
		{name: "silenced", code: st + "st.write(st.secrets['k'])  # sleet: ignore[SL303]\n"},
	})
}

func TestUnreadSecrets(t *testing.T) {
	const bound = "## app.sql\nALTER STREAMLIT x SET EXTERNAL_ACCESS_INTEGRATIONS = (i)\n  SECRETS = ('k' = k, 'other' = o);\n"
	const other = "st.write(st.secrets.other)\n"
	try(t, "SL303", []snippet{
		{name: "nobody", code: app + bound, want: []string{"app.sql 2:14 k", "app.sql 2:23 other"}},
		{name: "one", code: st + other + bound, want: []string{"app.sql 2:14 k"}},
		{name: "from the environment", code: st + other + "import os\nst.write(os.environ['k'])\n" + bound},
		{name: "a part from the environment", code: st + other + "from os import getenv as g\nst.write(g('k_PASSWORD'))\n" + bound},
		{name: "through the module", code: st + other + "import _snowflake\nst.write(_snowflake.get_username_password('k'))\n" + bound},
		{name: "a key that is put together", code: st + other + "import _snowflake\ndef f(x):\n    return _snowflake.get_generic_secret_string(x)\nst.write(f('a'))\n" + bound},
		{name: "all of them", code: st + "st.write(dict(st.secrets))\n" + bound},
		{name: "asked for", code: st + other + "st.write('k' in st.secrets)\n" + bound},
		{name: "of uv", code: app + "## app.sql\nALTER STREAMLIT x SET EXTERNAL_ACCESS_INTEGRATIONS = (i) SECRETS = ('UV_INDEX_A' = k);\n"},
		{name: "of the CLI", code: app + "## snowflake.yml\ndefinition_version: 2\nentities:\n  a:\n    type: streamlit\n    secrets:\n      k: db.s.k\n", want: []string{"snowflake.yml 6:7 k"}},
		{
			name: "of sleet.toml, told once", code: app + bound + "## sleet.toml\n[[secrets]]\nkey = 'k'\naccess = 'st.secrets'\n",
			want: []string{"app.sql 2:23 other", "sleet.toml 2:1 k"},
		},
		{name: "held by a function that nobody calls", code: app + "## sleet.toml\n[app]\nname = 'demo'\n[[secrets]]\nkey = 'k'\n", want: []string{"sleet.toml 4:1 k"}},
		{name: "held by a function that is called", code: app + "session.sql('SELECT demo_get_k()')\n## sleet.toml\n[app]\nname = 'demo'\n[[secrets]]\nkey = 'k'\n"},
		{name: "held by a function of a folder's name", code: app + "session.sql('SELECT X_GET_K()')\n## sleet.toml\n[[secrets]]\nkey = 'k'\n"},
		{name: "of a function that reads it", code: app + "## f.sql\nCREATE FUNCTION f() RETURNS STRING LANGUAGE PYTHON SECRETS = ('k' = k) AS $$\nreturn _snowflake.get_generic_secret_string('k')\n$$;"},
		{
			name: "of a function that does not", code: app + "## f.sql\nCREATE FUNCTION f() RETURNS STRING LANGUAGE PYTHON SECRETS = ('key' = k) AS $$\nreturn 1\n$$;",
			want: []string{"f.sql 1:63 key"},
		},
		{name: "of a function elsewhere", code: app + "## f.sql\nCREATE FUNCTION f() RETURNS STRING LANGUAGE PYTHON SECRETS = ('key' = k) IMPORTS = ('@s/f.py') HANDLER = 'f.f';"},
	})
}

func TestAnswers(t *testing.T) {
	try(t, "SL501", []snippet{
		{name: "right", code: app + "## sleet.toml\n[app]\nname = 'x'\n"},
		{name: "nothing", code: app + "## sleet.toml\n"},
		{name: "none", code: app},
		{name: "a bad host", code: app + "## sleet.toml\n[network]\nhosts = [\n  'a.example.com',\n  'b example.com',\n]\n", want: []string{"sleet.toml 4:3 network.hosts[1]"}},
		{name: "a bad secret", code: app + "## sleet.toml\n# 鍵\n[[secrets]]\nkey = 'a'\ntype = 'oauth2'\n[network]\nhosts = ['example.com']\n", want: []string{"sleet.toml 2:3 secrets[0].flow", "sleet.toml 2:3 secrets[0].integration"}},
		{name: "silenced", code: app + "## sleet.toml\n[network]\nhosts = ['b example.com'] # sleet: ignore[SL501]\n"},
	})
}
