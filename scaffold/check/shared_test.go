package check_test

import (
	"strings"
	"testing"
	"time"

	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
)

func TestProbes(t *testing.T) {
	try(t, "SL107", []snippet{
		{name: "flag at import", code: "try:\n    import _snowflake\n    IS_SIS = True\nexcept ImportError:\n    IS_SIS = False\n", want: []string{"1:1"}},
		{name: "module set to None", code: "try:\n    import _snowflake\nexcept ImportError:\n    _snowflake = None\n", want: []string{"1:1"}},
		{name: "flag in else", code: "try:\n    " + gas + "except Exception:\n    pass\nelse:\n    SIS: bool = True\n", want: []string{"1:1"}},
		{name: "function", code: gas + "def sis():\n    try:\n        get_active_session()\n        return True\n    except Exception:\n        return False\n", want: []string{"3:5"}},
		{name: "None returned", code: gas + "def s():\n    try:\n        return get_active_session()\n    except Exception as e:\n        return None\n", want: []string{"3:5"}},
		{name: "nothing returned", code: gas + "def s():\n    try:\n        return get_active_session()\n    except Exception as e:\n        return\n", want: []string{"3:5"}},
		{name: "a session rebuilt", code: gas + "try:\n    s = get_active_session()\nexcept Exception:\n    s = Session.builder.create()\n"},
		{name: "an error shown", code: st + gas + "try:\n    s = get_active_session()\nexcept Exception:\n    st.error('x')\n"},
		{name: "another import", code: "try:\n    import plotly\n    OK = True\nexcept ImportError:\n    OK = False\n"},
		{name: "the import in a function of the try", code: "try:\n    def f():\n        import _snowflake\n    x = True\nexcept Exception:\n    x = False\n"},
	})
}

func TestFreshSessions(t *testing.T) {
	try(t, "SL108", []snippet{
		{name: "at module level", code: st + "session = st.connection('snowflake').session()\n", want: []string{"2:11"}},
		{name: "in two steps", code: st + "conn = st.connection('x', type='snowflake')\nsession = conn.session()\n", want: []string{"3:11"}},
		{name: "in a function", code: st + "def f():\n    return st.connection('snowflake').session()\n", want: []string{"3:12"}},
		{name: "an attribute", code: st + "class A:\n    def __init__(self):\n        self.conn = st.connection('snowflake')\n    def f(self):\n        return self.conn.session()\n", want: []string{"6:16"}},
		{name: "a function of the app", code: "from db import connect\ns = connect().session()\n## db.py\n" + st + "def connect():\n    return st.connection('snowflake')\nst.title('x')\n", want: []string{"2:5"}},
		{name: "cached", code: st + "@st.cache_resource\ndef f():\n    return st.connection('snowflake').session()\n@st.cache_resource(ttl=1)\ndef g():\n    c = st.connection('snowflake')\n    return c.session()\n"},
		{name: "a cached lambda", code: st + "get = st.cache_resource(lambda: st.connection('snowflake').session())\n"},
		{name: "kept for a viewer", code: st + "if 's' not in st.session_state:\n    st.session_state.s = st.connection('snowflake').session()\n"},
		{name: "another connection", code: st + "import requests, boto3\nst.connection('sql', type='sql').session()\nrequests.session()\nboto3.session()\n"},
		{name: "SQLAlchemy", code: st + "conn = st.connection('pets')\nwith conn.session() as s:\n    pass\n"},
	})
}

func TestSharedState(t *testing.T) {
	try(t, "SL109", []snippet{
		{name: "global", code: "import m\n## m.py\nn = 0\ndef f():\n    global n, m\n    n += 1\n", want: []string{"m.py 3:12 n"}},
		{name: "global that is only read", code: "import m\n## m.py\nn = 0\ndef f():\n    global n\n    return n\n"},
		{name: "list", code: "import m\n## m.py\nseen = []\ndef f(x):\n    seen.append(x)\n", want: []string{"m.py 3:5 seen"}},
		{name: "dict", code: "import m\n## m.py\nCACHE = dict()\ndef f(k):\n    CACHE[k] = 1\n    CACHE[k] += 1\n    del CACHE[k]\n", want: []string{"m.py 3:5 CACHE", "m.py 4:5 CACHE", "m.py 5:9 CACHE"}},
		{name: "defaultdict", code: "import m\n## m.py\nfrom collections import defaultdict\nc = defaultdict(list)\ndef f(k):\n    c.update(k)\n", want: []string{"m.py 4:5 c"}},
		{name: "of the script", code: "n = 0\nseen = []\nd = {}\ndef f(x):\n    global n\n    n += 1\n    seen.append(x)\n    d[x] = 1\nf(1)\n"},
		{name: "of a page", code: app + "## pages/p.py\nseen = []\ndef f(x):\n    seen.append(x)\nf(1)\n"},
		{name: "of the script, which a page imports", code: "seen = []\ndef f(x):\n    seen.append(x)\n## pages/p.py\nfrom streamlit_app import f\nf(1)\n", want: []string{"3:5 seen"}},
		{name: "a memo", code: "import m\nm.f(1)\n## m.py\nA = {}\nB = {}\nC = {}\nD = {}\ndef f(k):\n    if k not in A:\n        A[k] = make(k)\n    v = B.get(k)\n    if v is None:\n        B[k] = v = make(k)\n    try:\n        return C[k]\n    except KeyError:\n        C[k] = make(k)\n    return D.setdefault(k, v)\ndef reset():\n    A.clear()\n    del B['x']\n"},
		{name: "a memo of what a viewer has", code: st + "import m\nm.f(1)\n## m.py\nimport streamlit as st\nA = {}\ndef f(k):\n    if k not in A:\n        A[k] = st.session_state.x\n    return A[k]\nst.write(1)\n", want: []string{"m.py 5:9 A"}},
		{name: "a table of counts", code: "import m\nm.f(1)\n## m.py\nA = {}\nB = {}\ndef f(k):\n    if k not in A:\n        A[k] = 0\n    A[k] += 1\n    B[k] = B.get(k, 0) + 1\n", want: []string{"m.py 5:9 A", "m.py 6:5 A", "m.py 7:5 B"}},
		{name: "one for all, made by the first", code: "import m\nm.f()\n## m.py\nc = None\ndef f():\n    global c\n    if c is None:\n        c = make()\n    return c\n"},
		{name: "one that is made and changed", code: "import m\nm.f()\n## m.py\nc = None\ndef f():\n    global c\n    if c is None:\n        c = make()\n    c = c + 1\n", want: []string{"m.py 3:12 c"}},
		{name: "a registry", code: "import m, views\nm.show()\n## m.py\nPAGES = {}\nORDER = []\ndef page(name):\n    def wrap(f):\n        PAGES[name] = f\n        ORDER.append(name)\n        return f\n    return wrap\ndef show(): ...\n## views.py\nfrom m import page\n@page('a')\ndef a(): ...\n"},
		{name: "of a module of the app", code: "import state\nfrom state import LOG\ndef f():\n    state.LOG.append(1)\n    LOG.append(2)\n## state.py\nLOG = []\n", want: []string{"4:5 state.LOG", "5:5 LOG"}},
		{name: "of a module, from the script itself", code: "import state\nfrom lib import REGISTRY\nstate.LOG.append(1)\nstate.count += 1\nREGISTRY['x'] = 1\n## state.py\nLOG = []\ncount = 0\n## lib/__init__.py\nREGISTRY = {}\nfrom . import one\n## lib/one.py\nfrom lib import REGISTRY\nREGISTRY['one'] = 1\n", want: []string{"3:1 state.LOG", "4:1 state.count", "5:1 REGISTRY"}},
		{name: "attributes of what is no module", code: st + "class A: pass\na = A()\na.x = 1\nst.session_state.x = 1\nimport os\nos.x = 1\n"},
		{name: "in a function that a module calls when it is imported", code: "import m\n## m.py\nd = {}\ndef fill():\n    d['a'] = 1\nfill()\n"},
		{name: "at module level", code: "seen = []\nseen.append(1)\nd = {}\nd['a'] = 1\n"},
		{name: "local", code: "seen = []\ndef f():\n    seen = []\n    seen.append(1)\ndef g(seen):\n    seen.append(1)\n"},
		{name: "not mutable", code: "x = make()\ndef f():\n    x.append(1)\n    x[1] = 2\n"},
		{name: "read", code: "d = {}\ndef f():\n    return d['a'], d.get('b'), len(d)\n"},
		{name: "use", code: session + "session.use_role('R')\nsession.use_warehouse(w)\n", want: []string{"4:1 use_role", "5:1 use_warehouse"}},
		{name: "use in a function", code: st + "def f(session):\n    session.use_schema('X')\n", want: []string{"3:5 use_schema"}},
		{name: "use of another library", code: "import lib\nc = lib.Client()\nc.use_role('x')\nlib.use_role('y')\nsession = lib.session()\nsession.use_role('z')\n"},
		{name: "SQL", code: session + "session.sql('USE ROLE R').collect()\nsession.sql(f'use  warehouse {w}')\nsession.sql(\"alter session set QUERY_TAG = 'x'\")\nsession.sql('USE db.s')\n", want: []string{"4:1 USE ROLE", "5:1 USE WAREHOUSE", "6:1 ALTER SESSION", "7:1 USE"}},
		{name: "SQL in a name", code: session + "q = 'USE ROLE {}'.format(r)\nsession.sql(q)\n", want: []string{"5:1 USE ROLE"}},
		{name: "a cursor", code: st + "conn = st.connection('snowflake')\ncur = conn.cursor()\ncur.execute('USE SECONDARY ROLES ALL')\n", want: []string{"4:1 USE SECONDARY ROLES"}},
		{name: "close", code: session + "session.close()\n", want: []string{"4:1 close"}},
		{name: "close of a connection's session", code: st + "s = st.connection('snowflake').session()\ntry:\n    s.sql('SELECT 1')\nfinally:\n    s.close()\n", want: []string{"6:5 close"}},
		{name: "with", code: session + "with session:\n    pass\ndef get():\n    return session\nwith get() as s, open('x', 'w') as f:\n    f.close()\n", want: []string{"4:6 close", "8:6 close"}},
		{name: "close in a function", code: st + "from snowflake.snowpark import Session\ndef f(session: Session):\n    session.close()\n", want: []string{"4:5 close"}},
		{name: "close of an own session", code: "from snowflake.snowpark import Session\ns = Session.builder.configs(c).create()\ns.close()\nwith Session.builder.configs(c).create() as t:\n    t.sql('x')\n"},
		{name: "close of something else", code: st + "import requests\nr = requests.Session()\nr.close()\nwith requests.Session() as session:\n    session.close()\ndef f(session):\n    session.close()\n"},
		{name: "other SQL", code: session + "session.sql('SELECT use FROM t')\nsession.sql('USER')\nst.write('USE ROLE x')\nduckdb.sql('USE x')\n"},
	})
}

func TestThreads(t *testing.T) {
	try(t, "SL110", []snippet{
		{name: "pool", code: session + "from concurrent.futures import ThreadPoolExecutor as T\nwith T() as pool:\n    pool.map(session.sql, [])\n", want: []string{"5:6 ThreadPoolExecutor"}},
		{name: "thread", code: session + "import threading\nthreading.Thread(target=session.sql).start()\n", want: []string{"5:1 Thread"}},
		{name: "event loop", code: session + "import asyncio\nasyncio.run(f())\n", want: []string{"5:1 asyncio.run"}},
		{name: "a session passed in", code: "import multiprocessing as m\ndef f(session):\n    session.table('x')\n    m.Pool(2)\n", want: []string{"4:5 Pool"}},
		{name: "once for the app", code: session + "import m, threading\nthreading.Thread(target=session.sql).start()\nthreading.Timer(1, session.sql)\n## m.py\n" + session + "import asyncio\nasyncio.run(f())\n", want: []string{"m.py 5:1 asyncio.run"}},
		{name: "silenced at one place", code: session + "import threading\nthreading.Thread(target=session.sql).start()  # sleet: ignore[SL110]\nthreading.Timer(1, session.sql)\n", want: []string{"6:1 Timer"}},
		{name: "no session", code: st + "import threading\nthreading.Thread(target=print).start()\n"},
		{name: "another's", code: session + "from x import ThreadPoolExecutor\nThreadPoolExecutor()\nimport threading\nthreading.Lock()\n"},
	})
}

func TestMovingPaths(t *testing.T) {
	try(t, "SL111", []snippet{
		{name: "nowhere", code: "open('data/x.csv')\n", want: []string{"1:6 data/x.csv"}},
		{name: "beside a main file that is not in the root", code: "## snowflake.yml\nentities:\n  a: {type: streamlit, main_file: src/m.py}\n## src/m.py\n" + st + "st.image('logo.png')\nst.image('src/logo.png')\n## src/logo.png\n", want: []string{"src/m.py 2:10 logo.png"}},
		{name: "out of the source", code: "## app/streamlit_app.py\nimport pandas as pd\npd.read_csv('../shared/x.csv')\n## shared/x.csv\n1\n", want: []string{"app/streamlit_app.py 2:13 ../shared/x.csv"}},
		{name: "pictures", code: "from PIL import Image\nfrom pathlib import Path\nImage.open('a.png')\nPath('b.txt').read_text()\n", want: []string{"3:12 a.png", "4:6 b.txt"}},
		{name: "there", code: "open('data/x.csv')\n## data/x.csv\n1\n"},
		{name: "of the app itself", code: "import pandas as pd\nLOG = 'log.txt'\nopen(LOG, 'a')\nopen('log.txt')\ndf.to_csv('out/x.csv')\npd.read_csv('./out/x.csv')\nimport os\nos.makedirs('cache', exist_ok=True)\nopen('cache/a.json')\n"},
		{name: "asked for before", code: "import os\nif os.path.exists('x.csv'):\n    open('x.csv')\n"},
		{name: "not needed", code: st + "try:\n    st.image('logo.png')\nexcept Exception:\n    st.title('x')\ntry:\n    open('a.txt')\nexcept FileNotFoundError as e:\n    st.error(e)\n", want: []string{"7:10 a.txt"}},
		{name: "written", code: "open('log.txt', 'w')\nopen('log.txt', mode='ab')\n"},
		{name: "not relative", code: st + "open('/tmp/x.csv')\nst.image('https://x.com/a.png')\nopen(p)\nst.image('<svg>.</svg>')\nimport pandas as pd\npd.read_csv('s3://x/a.csv')\nst.logo(':material/x.y:')\n"},
		{name: "another's", code: "import webbrowser\nwebbrowser.open('x.html')\ndef open(x): ...\nopen('x.csv')\n"},
		{name: "beside the file", code: "from pathlib import Path\n(Path(__file__).parent / 'x.csv').read_text()\n"},
	})
}

func TestRepeatedWork(t *testing.T) {
	try(t, "SL112", []snippet{
		{name: "SQL", code: session + "df = session.sql('SELECT 1').to_pandas()\nrows = session.sql(\"\"\"\n  -- all\n  with a as (select 1) select * from a\"\"\").collect()\n", want: []string{"4:6 to_pandas"}},
		{name: "once for a function", code: session + "def f():\n    session.table('x').collect()\n    session.table('y').to_pandas()\ndef g():\n    session.table('z').collect()\nsession.table('a').collect()\n", want: []string{"5:5 collect", "8:5 collect", "9:1 collect"}},
		{name: "table in steps", code: session + "t = session.table('x')\nu = t.filter(f).limit(5)\nu.to_pandas()\n", want: []string{"6:1 to_pandas"}},
		{name: "in a function", code: session + "def f():\n    return session.table('x').collect()\n", want: []string{"5:12 collect"}},
		{name: "pandas", code: "import pandas as pd\npd.read_csv('x.csv')\n", want: []string{"2:1 pandas.read_csv"}},
		{name: "an upload", code: "import io\nimport pandas as pd\n" + st + "up = st.sidebar.file_uploader('CSV')\nif up is not None:\n    pd.read_csv(up, dtype=str)\n" +
			"for one in st.file_uploader('CSVs', accept_multiple_files=True):\n    pd.read_excel(one)\nif more := st.file_uploader('More'):\n    pd.read_csv(more)\npd.read_csv(io.StringIO('a'))\n"},
		{name: "cached", code: session + "@st.cache_data\ndef f():\n    return session.table('x').to_pandas()\n"},
		{name: "writes", code: session + "session.sql('INSERT INTO t VALUES (1)').collect()\nsession.sql(q).collect()\nsession.sql('CALL p()').collect()\n"},
		{name: "behind a button", code: session + "if st.button('x'):\n    session.table('x').to_pandas()\n"},
		{name: "another's", code: "import polars\nimport gc\ngc.collect()\npolars.scan_csv('x').collect()\ndf.to_pandas()\n"},
		{name: "behind a button that has a name", code: session + "go = st.sidebar.button('x')\nif x and go:\n    session.table('x').to_pandas()\nif not go:\n    session.table('x').collect()\n", want: []string{"8:5 collect"}},
		{name: "in what a widget calls", code: session + "def f():\n    session.table('x').collect()\nst.button('x', on_click=f)\nst.selectbox('x', [], on_change=lambda: session.table('x').collect())\n"},
		{name: "behind a chat", code: session + "def f(q):\n    return session.table(q).collect()\nif q := st.chat_input('x'):\n    f(q)\n"},
		{name: "behind a button of the caller", code: session + "def f():\n    return session.table('x').collect()\ndef g():\n    return f()\nif st.button('x'):\n    g()\n"},
		{name: "of one caller that waits and one that does not", code: session + "def f():\n    return session.table('x').collect()\nf()\nif st.button('x'):\n    f()\n", want: []string{"5:12 collect"}},
		{name: "in what a kept function calls", code: session + "def f():\n    return session.table('x').collect()\n@st.cache_data\ndef g():\n    return f()\ng()\n"},
		{name: "kept by a call", code: session + "def f():\n    return session.table('x').collect()\nkeep = st.cache_data(f, ttl=60)\nst.write(keep())\n"},
		{name: "while the state lacks it", code: session + "def f():\n    return session.table('x').collect()\nif 'x' not in st.session_state:\n    st.session_state.x = f()\n"},
		{name: "of the page that is shown", code: session + "class Page:\n    def show(self):\n        session.table('x').collect()\nif st.session_state.page == 'x':\n    Page().show()\n", want: []string{"6:9 collect"}},
		{name: "of a module, at its import", code: "import m\n## m.py\n" + session + "x = session.table('x').collect()\ndef f():\n    return session.table('x').collect()\n", want: []string{"m.py 6:12 collect"}},
		{name: "of a page", code: "import pages.p\n## pages/p.py\n" + session + "x = session.table('x').collect()\n", want: []string{"pages/p.py 4:5 collect"}},
		{name: "by itself", code: session + "def f():\n    session.table('x').collect()\n    f()\n"},
		{name: "of the moment", code: session + "session.sql('SHOW TABLES').collect()\nsession.sql('select sysdate()').collect()\nsession.sql(f\"SELECT GET_PRESIGNED_URL(@s, '{f}')\").collect()\n"},
		{name: "asked again till it changes", code: session + "while not done:\n    done = session.sql('SELECT done FROM jobs').collect()\n"},
		{
			name: "a table that the app changes", code: session + "if st.button('x'):\n    session.sql('INSERT INTO db.s.notes VALUES (1)').collect()\nsession.table('NOTES').collect()\nsession.sql('SELECT * FROM s.\"NOTES\"').collect()\nsession.sql('SELECT * FROM other').collect()\n",
			want: []string{"8:1 collect"},
		},
		{name: "a secret", code: session + "session.sql('SELECT x_get_k()').collect()\nsession.sql('SELECT x_get_other()').collect()\n## sleet.toml\n[app]\nname = 'x'\n[[secrets]]\nkey = 'k'\n", want: []string{"5:1 collect"}},
		{name: "silenced, of several", code: session + "a = session.table('x').collect()  # sleet: ignore[SL112]\nb = session.table('y').to_pandas()\n", want: []string{"5:5 to_pandas"}},
		{name: "lazy", code: session + "df = session.sql('SELECT 1')\nst.dataframe(df)\n"},
	})
}

func TestViewerFunctions(t *testing.T) {
	try(t, "SL113", []snippet{
		{name: "SQL", code: session + "session.sql('SELECT CURRENT_USER(), current_role ( )')\n", want: []string{"4:21 CURRENT_USER", "4:37 CURRENT_ROLE"}},
		{name: "over lines", code: session + "q = f'''\nselect *\nfrom {t}\nwhere u = CURRENT_USER\n'''\n", want: []string{"7:11 CURRENT_USER"}},
		{name: "an expression", code: session + "df = session.table('x')\ndf.filter(\"u = CURRENT_USER()\")\nfrom snowflake.snowpark.functions import sql_expr, current_role as r\nsql_expr('is_role_in_session(1)')\nr()\n", want: []string{"5:16 CURRENT_USER", "7:11 IS_ROLE_IN_SESSION", "8:1 CURRENT_ROLE"}},
		{name: "the name of a column", code: "SQL = 'select current_user() as current_user'\n", want: []string{"1:15 CURRENT_USER"}},
		{name: "a constant", code: "SQL = 'select current_user()'\n", want: []string{"1:15 CURRENT_USER"}},
		{name: "prose", code: st + "'''select CURRENT_USER()'''\nst.write('Select CURRENT_USER() here')\nx = 'see CURRENT_USER()'\ny = 'SELECT CURRENT_USERS, MY_CURRENT_ROLE()'\n# SELECT CURRENT_USER()\n"},
		{name: "comments and strings of SQL", code: session + "session.sql(\"\"\"SELECT 1 -- CURRENT_USER()\n, 'CURRENT_USER()'\"\"\")\n"},
	})
}

// TestSelfReferences checks that names bound repeatedly to themselves take no time to resolve.
func TestSelfReferences(t *testing.T) {
	t.Parallel()
	var code strings.Builder
	code.WriteString(session + "q = make()\ndf = q\ncur = cur\n")
	for range 100 {
		code.WriteString("q = q + f(q)\ndf = df.filter(q).join(df)\nsession = g(session) or session\ndef f(x):\n    return f(x) or g(x)\ndef g(x):\n    return g(f(x)) or session\n")
		code.WriteString("session.sql(q).collect()\ndf.to_pandas()\ncur.execute(q)\nsession.use_role(q)\n")
	}
	code.WriteString("x = '''select " + strings.Repeat("CURRENT_USER ", 2_000) + "'''\n")
	folder := read(t, map[string]string{"streamlit_app.py": code.String()})
	start := time.Now()
	check.Folder(folder, facts.Options{})
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %s", took)
	}
}
