package check_test

import (
	"testing"

	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
)

func TestLocalBranches(t *testing.T) {
	const probe = "try:\n    " + gas + "    get_active_session()\n    IN_SNOWFLAKE = True\nexcept Exception:\n    IN_SNOWFLAKE = False\n"
	const function = gas + "def sis():\n    try:\n        get_active_session()\n        return True\n    except Exception:\n        return False\n"
	try(t, "SL111", []snippet{
		{name: "a flag", code: probe + "if not IN_SNOWFLAKE:\n    open('creds.json')\nelse:\n    open('a.csv')\n", want: []string{"10:10 a.csv"}},
		{name: "a flag, the other way", code: probe + "if IN_SNOWFLAKE:\n    open('a.csv')\nelse:\n    open('creds.json')\n", want: []string{"8:10 a.csv"}},
		{name: "a flag with an else", code: "LOCAL = False\ntry:\n    import _snowflake\nexcept ImportError:\n    LOCAL = True\nif LOCAL:\n    open('creds.json')\nif LOCAL and 1:\n    open('creds.json')\nif LOCAL or x:\n    open('a.csv')\n", want: []string{"11:10 a.csv"}},
		{name: "a function", code: function + "if not sis():\n    open('creds.json')\nx = open('a.csv') if sis() else open('creds.json')\n", want: []string{"10:10 a.csv"}},
		{name: "a function of a module", code: "from env import sis\nif not sis():\n    open('creds.json')\n## env.py\n" + function},
		{name: "a module that is None", code: "try:\n    import _snowflake\nexcept ImportError:\n    _snowflake = None\nif _snowflake is None:\n    open('creds.json')\nif _snowflake:\n    open('a.csv')\n", want: []string{"8:10 a.csv"}},
		{name: "a session that is None", code: gas + "try:\n    session = get_active_session()\nexcept Exception:\n    session = None\nif session is None:\n    open('creds.json')\nif session is not None:\n    open('a.csv')\n", want: []string{"9:10 a.csv"}},
		{name: "a handler", code: gas + "try:\n    session = get_active_session()\nexcept Exception:\n    session = Session.builder.configs(json.load(open('creds.json'))).create()\n"},
		{name: "a handler of a connection", code: st + "from snowflake.snowpark import Session\nimport json\ntry:\n    session = st.connection('snowflake').session()\nexcept Exception:\n    session = Session.builder.configs(json.load(open('creds.json'))).create()\n"},
		{name: "a handler for a container", code: st + gas + "try:\n    session = get_active_session()\nexcept Exception:\n    session = st.connection('snowflake').session()\n    open('a.csv')\n", want: []string{"7:10 a.csv"}},
		{name: "a handler of what the session did", code: gas + "try:\n    get_active_session().table('x').collect()\nexcept Exception:\n    open('a.csv')\n", want: []string{"5:10 a.csv"}},
		{name: "a place", code: "import os\nIN = 'appRoot' in os.getcwd()\nif not IN:\n    open('creds.json')\nif os.path.isdir('/home/udf'):\n    open('a.csv')\nelse:\n    open('creds.json')\n", want: []string{"6:10 a.csv"}},
		{name: "a variable", code: "import os\nif os.getenv('LOCAL_DEV'):\n    open('creds.json')\nif os.getenv('MODE'):\n    open('a.csv')\n", want: []string{"5:10 a.csv"}},
		{name: "after a return", code: function + "def f():\n    if sis():\n        return open('a.csv')\n    return open('creds.json')\n", want: []string{"10:21 a.csv"}},
		{name: "after a try that returns", code: gas + "def f():\n    try:\n        return get_active_session()\n    except Exception:\n        pass\n    return open('creds.json')\n"},
		{name: "after a try that works", code: gas + "def f():\n    try:\n        return get_active_session().sql('x').collect()\n    except Exception:\n        pass\n    return open('a.csv')\n", want: []string{"7:17 a.csv"}},
		{name: "a switch", code: "LOCAL = True\nif LOCAL:\n    open('creds.json')\nelse:\n    open('a.csv')\n", want: []string{"5:10 a.csv"}},
		{name: "a switch of a module", code: "import config\nif config.LOCAL:\n    open('creds.json')\nif config.DEBUG:\n    open('a.csv')\n## config.py\nLOCAL = False\nDEBUG = False\n", want: []string{"5:10 a.csv"}},
		{name: "what a variable says", code: "import os\nENV = os.environ.get('ENVIRONMENT', 'prod')\nif ENV == 'dev':\n    open('creds.json')\nif os.getenv('ENV', '').lower() in ('local', 'dev'):\n    open('creds.json')\nif ENV != 'local':\n    open('a.csv')\nelse:\n    open('creds.json')\n", want: []string{"8:10 a.csv"}},
		{name: "what a variable says without being set", code: "import os\nif os.environ.get('ENV', 'local') == 'local':\n    open('a.csv')\nif os.environ.get('ENV') == 'prod':\n    open('b.csv')\nif os.environ.get('ENV', x) == 'local':\n    open('c.csv')\n", want: []string{"3:10 a.csv", "5:10 b.csv", "7:10 c.csv"}},
		{name: "what a container sets", code: "import os\nif os.getenv('SNOWFLAKE_HOST'):\n    open('a.csv')\nelse:\n    open('creds.json')\nif 'SNOWFLAKE_HOST' not in os.environ:\n    open('creds.json')\n", want: []string{"3:10 a.csv"}},
		{name: "an argument", code: "import sys\nif '--local' in sys.argv:\n    open('creds.json')\nif len(sys.argv) > 1 and sys.argv[1] == '--dev':\n    open('creds.json')\nif sys.argv[0] == 'app.py':\n    open('a.csv')\n", want: []string{"7:10 a.csv"}},
		{name: "a computer", code: "import socket, platform\nif socket.gethostname() == 'my-laptop':\n    open('creds.json')\nif platform.node() in NAMES:\n    open('a.csv')\n", want: []string{"5:10 a.csv"}},
		{name: "for the type checker", code: "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    open('a.csv')\nif False:\n    open('a.csv')\n"},
		{name: "another system", code: "import sys, platform\nif sys.platform == 'win32':\n    open('a.csv')\nif platform.system() == 'Darwin':\n    open('a.csv')\n"},
		{name: "main of a module", code: "import m\n## m.py\nif __name__ == '__main__':\n    open('a.csv')\n"},
		{name: "main of the script", code: "if __name__ == '__main__':\n    open('a.csv')\n", want: []string{"2:10 a.csv"}},
		{name: "a flag that is none", code: "DEBUG = False\nif not DEBUG:\n    open('a.csv')\nelse:\n    open('b.csv')\ndef f(local):\n    if local:\n        open('c.csv')\n", want: []string{"3:10 a.csv", "5:10 b.csv", "8:14 c.csv"}},
		{name: "a flag that is set again", code: probe + "IN_SNOWFLAKE = IN_SNOWFLAKE or ask()\nif not IN_SNOWFLAKE:\n    open('a.csv')\n", want: []string{"9:10 a.csv"}},
	})
}

func TestLocalSecrets(t *testing.T) {
	try(t, "SL303", []snippet{
		{name: "in the handler", code: st + gas + "try:\n    session = get_active_session()\nexcept Exception:\n    session = Session.builder.configs(st.secrets['snowflake']).create()\n"},
		{name: "in the handler of a helper", code: st + "from snowflake.snowpark import Session\n@st.cache_resource\ndef get_session():\n    return st.connection('snowflake').session()\ntry:\n    session = get_session()\nexcept Exception:\n    st.warning('local')\n    session = Session.builder.configs(st.secrets['snowflake']).create()\n"},
		{name: "in the handler of a helper of a module", code: st + "from helper import get_session\nimport snowflake.connector\ntry:\n    conn = get_session().connection\nexcept Exception:\n    conn = snowflake.connector.connect(**st.secrets['snowflake'])\n## helper.py\n" + st + "def get_session():\n    return st.connection('snowflake').session()\n"},
		{name: "in a handler of a function that does more", code: st + "from snowflake.snowpark import Session\ndef load():\n    return st.connection('snowflake').query('x')\ntry:\n    rows = load()\nexcept Exception:\n    rows = Session.builder.configs(st.secrets['k']).create()\n", want: []string{"8:36 k"}},
		{name: "behind a guard that was migrated", code: st + "try:\n    import keys\n    _snowflake = True\nexcept ImportError:\n    _snowflake = None\ndef get():\n    if _snowflake is not None:\n        return keys.get()\n    return st.secrets['k']\n## keys.py\ndef get():\n    return 1\n"},
		{name: "behind a guard of another package", code: st + "try:\n    import keyring\n    kept = True\nexcept ImportError:\n    kept = None\ndef get():\n    if kept is not None:\n        return keyring.get()\n    return st.secrets['k']\n", want: []string{"10:12 k"}},
		{name: "in the other branch", code: st + gas + "try:\n    get_active_session()\n    LOCAL = False\nexcept Exception:\n    LOCAL = True\nif LOCAL:\n    st.write(st.secrets['k'])\nst.write(st.secrets['l'])\n", want: []string{"10:10 l"}},
	})
}

func TestFeatureTests(t *testing.T) {
	try(t, "SL106", []snippet{
		{name: "if", code: st + "if hasattr(st, 'rerun'):\n    st.rerun()\nelse:\n    st.experimental_rerun()\n"},
		{name: "if not", code: st + "if not hasattr(st, 'rerun'):\n    st.experimental_rerun()\nif hasattr(st, 'experimental_rerun'):\n    st.experimental_rerun()\n"},
		{name: "elif", code: st + "if hasattr(st, 'rerun'):\n    st.rerun()\nelif hasattr(st, 'experimental_rerun'):\n    st.experimental_rerun()\n"},
		{name: "an expression", code: st + "rerun = st.rerun if hasattr(st, 'rerun') else st.experimental_rerun\nhasattr(st, 'rerun') or st.experimental_rerun()\n"},
		{name: "a name", code: st + "NEW = hasattr(st, 'cache_data')\nif NEW:\n    c = st.cache_data\nelse:\n    c = st.experimental_memo\n"},
		{name: "a try", code: st + "try:\n    st.rerun()\nexcept AttributeError:\n    st.experimental_rerun()\ntry:\n    st.experimental_rerun()\nexcept AttributeError:\n    st.rerun()\n"},
		{name: "the wrong way", code: st + "if hasattr(st, 'rerun'):\n    st.experimental_rerun()\nif hasattr(st, 'nothing'):\n    st.experimental_rerun()\nelse:\n    st.experimental_rerun()\n", want: []string{
			"3:5 experimental_rerun", "5:5 experimental_rerun", "7:5 experimental_rerun",
		}},
		{name: "any error", code: st + "try:\n    st.rerun()\nexcept Exception:\n    st.experimental_rerun()\n", want: []string{"5:5 experimental_rerun"}},
	})
}

// TestBothRuntimes checks that code with a separate path for containers is not reported as broken there.
func TestBothRuntimes(t *testing.T) {
	t.Parallel()
	const guarded = "try:\n    import _snowflake\nexcept ImportError:\n    _snowflake = None\ndef ask():\n    if _snowflake is not None:\n        return _snowflake.send_snow_api_request('POST', '/x')\n"
	for code, want := range map[string]facts.Severity{
		guarded: facts.Error,
		guarded + "    return open('/snowflake/session/token').read()\n": facts.Warning,
	} {
		list := check.Folder(read(t, split(code)), facts.Options{Select: []string{"SL103", "SL104"}}).Findings
		if len(list) != 2 || list[0].Severity != want || list[1].Severity != want {
			t.Errorf("%s\n%+v", code, list)
		}
	}
}
