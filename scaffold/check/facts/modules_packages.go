package facts

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// packageModules lists packages whose modules have different names: the normalized name on PyPI,
// and the modules.
const packageModules = `
	absl-py: absl
	apache-airflow: airflow
	attrs: attr attrs
	beautifulsoup4: bs4
	biopython: Bio
	brotli: brotli _brotli
	cython: Cython cython
	databricks-sql-connector: databricks.sql
	discord-py: discord
	faiss-cpu: faiss
	faiss-gpu: faiss
	fonttools: fontTools
	fpdf2: fpdf
	gitpython: git
	google-api-core: google.api_core
	google-api-python-client: googleapiclient apiclient
	google-auth: google.auth google.oauth2
	google-cloud-bigquery: google.cloud.bigquery
	google-cloud-storage: google.cloud.storage
	google-generativeai: google.generativeai
	google-genai: google.genai
	grpcio: grpc
	imbalanced-learn: imblearn
	ipython: IPython
	jpype1: jpype
	markdown-it-py: markdown_it
	mysql-connector-python: mysql
	mysqlclient: MySQLdb
	opencv-contrib-python: cv2
	opencv-contrib-python-headless: cv2
	opencv-python: cv2
	opencv-python-headless: cv2
	pdfminer-six: pdfminer
	pillow: PIL
	protobuf: google.protobuf
	psycopg2-binary: psycopg2
	py-cpuinfo: cpuinfo
	pycryptodome: Crypto
	pycryptodomex: Cryptodome
	pygithub: github
	pygobject: gi
	pyjwt: jwt
	pymupdf: fitz pymupdf
	pynacl: nacl
	pyopenssl: OpenSSL
	pypdf2: PyPDF2
	pyserial: serial
	pyshp: shapefile
	pytables: tables
	python-barcode: barcode
	python-crfsuite: pycrfsuite
	python-dateutil: dateutil
	python-decouple: decouple
	python-docx: docx
	python-dotenv: dotenv
	python-igraph: igraph
	python-jose: jose
	python-json-logger: pythonjsonlogger
	python-levenshtein: Levenshtein
	python-louvain: community
	python-magic: magic
	python-multipart: multipart python_multipart
	python-pptx: pptx
	python-slugify: slugify
	python-snappy: snappy
	python-telegram-bot: telegram
	pywavelets: pywt
	pywin32: win32api win32com win32con
	pyyaml: yaml _yaml
	pyzmq: zmq
	ruamel-yaml: ruamel
	scikit-image: skimage
	scikit-learn: sklearn
	scikit-optimize: skopt
	setuptools: setuptools pkg_resources
	snowflake: snowflake.core
	snowflake-connector-python: snowflake.connector
	snowflake-core: snowflake.core
	snowflake-ml-python: snowflake.ml snowflake.cortex
	snowflake-native-apps-permission: snowflake.permissions
	snowflake-snowpark-python: snowflake.snowpark
	snowflake-sqlalchemy: snowflake.sqlalchemy
	snowflake-telemetry-python: snowflake.telemetry
	snowpark-connect: snowflake.snowpark_connect
	st-gsheets-connection: streamlit_gsheets
	streamlit-aggrid: st_aggrid
	tensorflow-cpu: tensorflow
	trulens-core: trulens trulens.core
	umap-learn: umap
	vadersentiment: vaderSentiment
	ydata-profiling: ydata_profiling pandas_profiling
	zope-interface: zope
`

// packageNeeds lists the dependencies of well-known packages.
const packageNeeds = `
	aiohttp: aiosignal attrs frozenlist multidict yarl
	anthropic: anyio distro httpx jiter pydantic sniffio
	beautifulsoup4: soupsieve
	bokeh: contourpy jinja2 numpy pandas pillow pyyaml tornado xyzservices
	boto3: botocore jmespath s3transfer
	catboost: graphviz matplotlib numpy pandas plotly scipy
	cvxpy: clarabel numpy osqp scipy scs
	dask: cloudpickle fsspec packaging partd pyyaml toolz
	darts: matplotlib numpy pandas scikit-learn scipy statsmodels tqdm xarray
	databricks-sql-connector: lz4 numpy oauthlib openpyxl pandas pyarrow requests thrift
	datasets: dill filelock fsspec huggingface-hub multiprocess numpy pandas pyarrow pyyaml requests tqdm xxhash
	fastapi: pydantic starlette
	flask: blinker click itsdangerous jinja2 markupsafe werkzeug
	folium: branca jinja2 numpy requests xyzservices
	fpdf2: defusedxml fonttools pillow
	gensim: numpy scipy smart-open
	geopandas: fiona numpy pandas pyogrio pyproj shapely
	geopy: geographiclib
	google-cloud-bigquery: google-api-core google-auth google-cloud-core requests
	google-cloud-storage: google-api-core google-auth google-cloud-core requests
	great-expectations: altair jinja2 jsonschema numpy pandas scipy tqdm
	gspread: google-auth google-auth-oauthlib
	httpx: anyio certifi h11 httpcore idna sniffio
	huggingface-hub: filelock fsspec pyyaml requests tqdm
	imbalanced-learn: joblib numpy scikit-learn scipy threadpoolctl
	jupyter: ipykernel ipywidgets nbconvert notebook
	keras: absl-py h5py ml-dtypes numpy rich
	kagglehub: requests tqdm
	langchain: langchain-core langchain-text-splitters langsmith numpy pydantic pyyaml requests sqlalchemy tenacity
	langchain-community: aiohttp langchain langchain-core langsmith numpy pyyaml requests sqlalchemy tenacity
	langchain-core: jsonpatch langsmith packaging pydantic pyyaml tenacity
	langchain-openai: langchain-core openai tiktoken
	lightgbm: numpy scikit-learn scipy
	llama-index: llama-index-core llama-index-embeddings-openai llama-index-llms-openai nltk openai
	matplotlib: contourpy cycler fonttools kiwisolver numpy pillow pyparsing python-dateutil
	mlxtend: joblib matplotlib numpy pandas scikit-learn scipy
	nltk: click joblib regex tqdm
	openai: anyio distro httpx jiter pydantic sniffio tqdm
	openpyxl: et-xmlfile
	osmnx: geopandas networkx numpy pandas requests shapely
	pandas: numpy python-dateutil pytz six
	pandas-profiling: ydata-profiling
	pdfplumber: cryptography pdfminer-six pillow pypdfium2
	pingouin: matplotlib numpy pandas scikit-learn scipy seaborn statsmodels
	plotly: narwhals packaging tenacity
	plotnine: matplotlib mizani numpy pandas patsy scipy statsmodels
	prophet: cmdstanpy holidays importlib-resources matplotlib numpy pandas tqdm
	pycaret: imbalanced-learn joblib matplotlib numpy pandas plotly scikit-learn scipy
	pydantic: annotated-types pydantic-core typing-extensions typing-inspection
	pydantic-settings: pydantic python-dotenv
	python-docx: lxml
	python-pptx: lxml pillow xlsxwriter
	pyvis: ipython jinja2 jsonpickle networkx
	qrcode: pillow
	ray: click filelock jsonschema msgpack numpy protobuf pyyaml requests
	reportlab: chardet pillow
	requests: certifi charset-normalizer idna urllib3
	requests-oauthlib: oauthlib requests
	rich: markdown-it-py pygments
	s3fs: aiobotocore aiohttp fsspec
	scikit-image: imageio networkx numpy pillow scipy tifffile
	scikit-learn: joblib numpy scipy threadpoolctl
	scipy: numpy
	seaborn: matplotlib numpy pandas
	sentence-transformers: huggingface-hub numpy pillow scikit-learn scipy torch tqdm transformers
	shap: cloudpickle numba numpy pandas scikit-learn scipy slicer tqdm
	sktime: numpy pandas scikit-learn scipy
	snowflake: pydantic python-dateutil requests urllib3
	snowflake-core: pydantic python-dateutil requests urllib3
	snowflake-ml-python: absl-py anyio cachetools cloudpickle cryptography fsspec importlib-resources numpy packaging
		pandas platformdirs pyarrow pydantic pyjwt pytimeparse pyyaml requests retrying s3fs scikit-learn scipy
		snowflake snowflake-connector-python snowflake-core snowflake-snowpark-python sqlparse tqdm typing-extensions xgboost
	snowflake-snowpark-python: cloudpickle protobuf python-dateutil pyyaml setuptools snowflake-connector-python tzlocal
	snowflake-sqlalchemy: snowflake-connector-python sqlalchemy
	spacy: catalogue cymem jinja2 murmurhash numpy preshed pydantic requests spacy-legacy srsly thinc tqdm typer wasabi
	sqlalchemy: greenlet typing-extensions
	statsforecast: numba numpy pandas polars scipy statsmodels tqdm
	statsmodels: numpy pandas patsy scipy
	streamlit-aggrid: pandas python-decouple
	streamlit-authenticator: bcrypt extra-streamlit-components pyjwt pyyaml
	streamlit-extras: htbuilder markdownlit plotly streamlit-faker validators
	streamlit-folium: branca folium jinja2
	streamlit-keplergl: keplergl pandas
	sympy: mpmath
	tensorflow: absl-py astunparse flatbuffers gast grpcio h5py keras ml-dtypes numpy protobuf requests tensorboard termcolor wrapt
	textblob: nltk
	thefuzz: rapidfuzz
	torch: filelock fsspec jinja2 networkx numpy sympy typing-extensions
	torchvision: numpy pillow torch
	transformers: filelock huggingface-hub numpy packaging pyyaml regex requests safetensors tokenizers tqdm
	trulens: trulens-core
	twilio: aiohttp pyjwt requests
	typer: click rich shellingham
	umap-learn: numba numpy pynndescent scikit-learn scipy tqdm
	wordcloud: matplotlib numpy pillow
	xarray: numpy packaging pandas
	xgboost: numpy scipy
	ydata-profiling: imagehash jinja2 matplotlib numpy pandas phik pydantic pyyaml requests scipy seaborn statsmodels tqdm typeguard wordcloud
	yfinance: beautifulsoup4 multitasking numpy pandas peewee platformdirs pytz requests
`

// readTable parses lines of a name, a colon and words. A line without a colon continues the
// previous one.
func readTable(text string) map[string][]string {
	all := map[string][]string{}
	name := ""
	for line := range strings.Lines(text) {
		if before, after, found := strings.Cut(line, ":"); found {
			name, line = strings.TrimSpace(before), after
		}
		all[name] = append(all[name], strings.Fields(line)...)
	}
	delete(all, "")
	return all
}

var (
	modulesOfPackage = sync.OnceValue(func() map[string][]string { return readTable(packageModules) })
	needsOfPackage   = sync.OnceValue(func() map[string][]string { return readTable(packageNeeds) })
	// packagesOfModule maps each module to the packages that provide it.
	packagesOfModule = sync.OnceValue(func() map[string][]string {
		all := map[string][]string{}
		for name := range modulesOfPackage() {
			for _, module := range modulesOfPackage()[name] {
				all[module] = append(all[module], name)
			}
		}
		for _, names := range all {
			slices.SortFunc(names, func(a, b string) int {
				return cmp.Or(unlikely(a)-unlikely(b), cmp.Compare(a, b))
			})
		}
		return all
	})
)

// unlikely ranks packages that provide the same module: lower is the better choice for an app. The headless builds do
// not need libGL, which a container lacks, and the contrib builds have more than most apps need.
func unlikely(name string) int {
	rank := 0
	if strings.HasPrefix(name, "opencv-") && !strings.HasSuffix(name, "-headless") {
		rank++
	}
	if strings.Contains(name, "-contrib-") {
		rank += 2
	}
	return rank
}
