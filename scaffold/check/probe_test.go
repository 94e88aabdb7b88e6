package check_test

import "testing"

func TestProbesAreNoErrorHandling(t *testing.T) {
	try(t, "SL107", []snippet{
		{name: "an error of what the session did", code: st + gas + "def f():\n    try:\n        s = get_active_session()\n        s.sql('x').collect()\n        return True\n    except Exception as e:\n        st.error(e)\n        return False\n"},
		{name: "an error of a request", code: st + "import _snowflake\ndef f():\n    try:\n        return _snowflake.send_snow_api_request('POST', '/x')['content']\n    except Exception as e:\n        return None\n"},
		{name: "an error of a request, with its import", code: st + "def f():\n    try:\n        import _snowflake\n        return _snowflake.send_snow_api_request('POST', '/x')['content']\n    except Exception as e:\n        return None\n"},
		{name: "a session that is not there, shown", code: st + gas + "def f():\n    try:\n        return get_active_session()\n    except Exception as e:\n        st.error(e)\n        return None\n"},
		{name: "a flag that says so, after some work", code: st + gas + "try:\n    s = get_active_session()\n    s.sql('select 1').collect()\n    IN_SNOWFLAKE = True\nexcept Exception:\n    IN_SNOWFLAKE = False\n", want: []string{"3:1"}},
		{name: "the error of a session that is not there", code: gas + "from snowflake.snowpark.exceptions import SnowparkSessionException\nimport os\ndef f():\n    try:\n        get_active_session()\n        return 'appRoot' in os.getcwd()\n    except SnowparkSessionException:\n        return False\n", want: []string{"5:5"}},
	})
}

func TestProbedPlaces(t *testing.T) {
	const os = "import os, sys\n"
	try(t, "SL107", []snippet{
		{name: "the folder of the app", code: os + "a = os.getcwd().startswith('/tmp/appRoot')\nb = 'appRoot' in os.getcwd()\nopen('/tmp/appRoot/x.csv')\nopen(f'/tmp/appRoot/{a}')\n", want: []string{
			"2:28 /tmp/appRoot", "3:5 appRoot", "4:6 /tmp/appRoot/x.csv", "5:8 /tmp/appRoot/",
		}},
		{name: "the home", code: os + "a = os.path.exists('/home/udf')\nif os.environ['HOME'] == '/home/udf':\n    pass\n", want: []string{"2:20 /home/udf", "3:26 /home/udf"}},
		{name: "the user", code: os + "import getpass\na = os.environ.get('USER') == 'udf'\nb = 'udf' != getpass.getuser()\n", want: []string{"3:5 udf", "4:5 udf"}},
		{name: "an option", code: os + "a = sys._xoptions['snowflake_import_directory']\nb = sys._xoptions.get('snowflake_import_directory')\nc = 'snowflake_import_directory' in sys._xoptions\nD = 'snowflake_import_directory'\nd = sys._xoptions[D]\n", want: []string{
			"2:5 snowflake_import_directory", "3:5 snowflake_import_directory", "4:5 snowflake_import_directory", "6:5 snowflake_import_directory",
		}},
		{name: "a module", code: "import importlib.util, sys\na = importlib.util.find_spec('_snowflake') is not None\nb = '_snowflake' in sys.modules\n", want: []string{"2:5 _snowflake", "3:5 _snowflake"}},
		{name: "a module that is imported by its name", code: "import importlib\ntry:\n    importlib.import_module('_snowflake')\n    SIS = True\nexcept ImportError:\n    SIS = False\nm = __import__('_snowflake')\n", want: []string{"3:5 _snowflake", "7:5 _snowflake"}},
		{name: "a folder in pieces", code: os + "from pathlib import Path\nb = '/home'\na = os.path.exists(f'{b}/udf')\nc = os.path.isdir(os.path.join('/', 'home', 'udf'))\nd = Path('/home', 'udf').exists()\ne = os.path.exists(b + '/udf')\n", want: []string{
			"4:20 /home/udf", "5:19 /home/udf", "6:5 /home/udf", "7:20 /home/udf",
		}},
		{name: "the user by their home", code: os + "import pwd\nfrom pathlib import Path\na = Path.home().name == 'udf'\nb = os.environ.get('HOME', '').endswith('/udf')\nc = os.path.expanduser('~').endswith('udf')\nd = pwd.getpwuid(os.getuid()).pw_name == 'udf'\n", want: []string{
			"4:5 udf", "5:5 /udf", "6:5 udf", "7:5 udf",
		}},
		{name: "options at all", code: os + "if sys._xoptions:\n    pass\nx = sys._xoptions\n", want: []string{"2:4 snowflake_import_directory"}},
		{name: "a variable in a try", code: os + "try:\n    os.environ['IN_SNOWFLAKE']\n    SIS = True\nexcept KeyError:\n    SIS = False\ntry:\n    x = os.environ['IN_SNOWFLAKE']\nexcept KeyError:\n    st.error('set it')\ntry:\n    os.environ['API_URL']\n    OK = True\nexcept KeyError:\n    OK = False\n", want: []string{"3:5 IN_SNOWFLAKE"}},
		{name: "other names, folders and users", code: os + "import importlib\nfrom pathlib import Path\nimportlib.import_module('pages.one')\na = Path.home().name == 'me'\nb = os.environ.get('HOME', '').endswith('/work')\nc = os.path.join('data', 'udf')\nd = name.endswith('udf')\ne = os.path.join('/', x, 'udf')\n"},
		{name: "a variable", code: os + "if os.getenv('IS_SIS'):\n    pass\nlocal = 'SNOWFLAKE_PYTHON_INTERPRETER' not in os.environ\nb = os.environ.get('IN_SNOWFLAKE', '').lower() == 'true'\nc = not os.getenv('_SF_APP_NAME')\nd = bool(os.getenv('SNOWFLAKE_NATIVE_APP'))\n", want: []string{
			"2:4 IS_SIS", "4:9 SNOWFLAKE_PYTHON_INTERPRETER", "5:5 IN_SNOWFLAKE", "6:9 _SF_APP_NAME", "7:10 SNOWFLAKE_NATIVE_APP",
		}},
		{name: "variables of a client, and those that a container has", code: os + "if os.getenv('SNOWFLAKE_PASSWORD') and 'SNOWFLAKE_HOST' in os.environ:\n    pass\nw = os.getenv('SNOWFLAKE_WAREHOUSE') or 'W'\nif 'SNOWFLAKE_DEFAULT_CONNECTION_NAME' in os.environ:\n    pass\n"},
		{name: "a variable that is read", code: os + "schema = os.getenv('SNOWFLAKE_ENVIRONMENT', 'DEV')\n"},
		{name: "what a container has", code: os + "a = os.path.exists('/snowflake/session/token')\nb = sys._xoptions.get('utf8')\nif os.getenv('DEBUG'):\n    pass\n"},
		{name: "prose", code: "'''/tmp/appRoot'''\nx = 'files are under /tmp/appRoot'\ny = 'happRooted'\nudf = 'udf'\nif y == 'udf':\n    pass\n"},
		{name: "in a try that is a finding", code: os + gas + "try:\n    get_active_session()\n    SIS = os.getcwd() == '/tmp/appRoot'\nexcept Exception:\n    SIS = False\n", want: []string{"3:1"}},
		{name: "in a warehouse", code: os + "a = os.path.exists('/home/udf')\n", options: inWarehouse()},
		{name: "a handler", code: app + "## udf.py\nimport sys\nd = sys._xoptions['snowflake_import_directory']\n"},
	})
}
