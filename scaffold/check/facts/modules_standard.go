package facts

import (
	"strings"
	"sync"
)

// StandardModules returns the modules of the standard library of Python 3.11, which a container
// runs.
// https://docs.python.org/3.11/py-modindex.html
var StandardModules = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for name := range strings.FieldsSeq(`
		__future__ __main__ _thread abc aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop
		base64 bdb binascii bisect builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop
		collections colorsys compileall concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes
		curses dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno
		faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext
		glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress
		itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap
		modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode operator
		optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath
		pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline
		reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtpd
		smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string
		stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios
		textwrap this threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle
		turtledemo types typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser winreg
		winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo`) {
		all[name] = true
	}
	return all
})

// baseModules returns the modules that both runtimes provide: Streamlit, Snowpark, the connector
// and their dependencies.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
var baseModules = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for name := range strings.FieldsSeq(`
		streamlit snowflake.snowpark snowflake.connector
		IPython OpenSSL PIL altair anyio asn1crypto attr attrs blinker boto3 botocore cachetools certifi cffi
		charset_normalizer click cloudpickle cryptography dateutil filelock fsspec git gitdb google.protobuf h11 idna
		importlib_metadata ipywidgets itsdangerous jinja2 jmespath jsonschema jsonschema_specifications jwt
		markdown_it markupsafe mdurl modin multipart narwhals numpy packaging pandas pip pkg_resources platformdirs
		prompt_toolkit psutil pyarrow pycparser pydeck pygments pytz referencing requests rich rpds s3transfer
		setuptools six smmap sortedcontainers starlette tenacity toml tomlkit toolz tornado tqdm traitlets
		typing_extensions tzdata tzlocal urllib3 uvicorn watchdog websockets wheel yaml zipp`) {
		all[name] = true
	}
	return all
})
