package scaffold

import (
	"slices"
	"strings"
	"sync"

	"sleet/ui/message"
)

// twin is a package whose names in conda and on PyPI differ by more than PyPI's rules for comparing
// names let pass, or that only conda has.
// https://packaging.python.org/en/latest/specifications/name-normalization/
type twin struct {
	conda string
	// pypi is PyPI's name, with the extras that conda's package includes; empty where PyPI has none.
	pypi string
	// oneWay says that conda has the package under PyPI's name too, or that another row gives it.
	oneWay bool
	// homonym says that PyPI has another or an older package under conda's name: a requirement that
	// names it may mean that one.
	homonym bool
	// needless says that an app loses nothing without a package that only conda has.
	needless bool
	// why says what the package is, or why it has no twin.
	why message.ID
}

// whyText returns why as a message; nothing where there is no reason.
func (t twin) whyText() message.Message {
	if t.why == "" {
		return message.Message{}
	}
	return message.New(t.why)
}

// twins is the table of names. The channel's packages are those of Anaconda.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
// https://docs.snowflake.com/en/developer-guide/udf/python/udf-python-packages
func twins() []twin {
	const (
		library  = "package.why.library"
		program  = "package.why.program"
		notebook = "package.why.notebook"
		part     = "package.why.part"
	)
	return []twin{
		// Only conda has them.
		{conda: "ffmpeg", homonym: true, why: program},
		{conda: "graphviz", homonym: true, why: "package.why.graphviz"},
		{conda: "libopencv", why: library},
		{conda: "nb_conda", needless: true, why: notebook},
		{conda: "nodejs", homonym: true, why: program},
		{conda: "openjdk", why: "package.why.java"},
		{conda: "openssl", needless: true, why: library}, // Python and its wheels bring their own
		{conda: "pip", homonym: true, needless: true, why: "package.why.uv"},
		{conda: "poppler", homonym: true, why: program},
		{conda: "python", needless: true, why: "package.why.requires"},
		{conda: "snappy", homonym: true, why: library},
		{conda: "snowbooks", needless: true, why: notebook},
		{conda: "spacy-model-en_core_web_sm", why: "package.why.wheel"}, // and the other models of spaCy
		{conda: "tesseract", homonym: true, why: program},
		{conda: "typing", homonym: true, needless: true, why: "package.why.python"},
		{conda: "yaml", needless: true, why: "package.why.yaml"},

		// Another name.
		{conda: "h2o-py", pypi: "h2o"},
		{conda: "h3-py", pypi: "h3"},
		{conda: "msgpack-python", pypi: "msgpack", homonym: true},
		{conda: "neo4j-python-driver", pypi: "neo4j"},
		{conda: "opencv", pypi: "opencv-python-headless", why: "package.why.opencv"},
		{conda: "opencv", pypi: "opencv-python"},
		{conda: "opencv", pypi: "opencv-contrib-python"},
		{conda: "opencv", pypi: "opencv-contrib-python-headless"},
		{conda: "ortools-python", pypi: "ortools"},
		{conda: "psycopg2", pypi: "psycopg2-binary", homonym: true, why: "package.why.psycopg2"},
		{conda: "pysoundfile", pypi: "soundfile", homonym: true},
		{conda: "pytables", pypi: "tables"},
		{conda: "python-annoy", pypi: "annoy"},
		{conda: "python-blosc", pypi: "blosc"},
		{conda: "python-fastjsonschema", pypi: "fastjsonschema"},
		{conda: "python-flatbuffers", pypi: "flatbuffers"},
		{conda: "python-graphviz", pypi: "graphviz"},
		{conda: "python-igraph", pypi: "igraph", homonym: true},
		{conda: "python-kaleido", pypi: "kaleido"},
		{conda: "python-kubernetes", pypi: "kubernetes"},
		{conda: "python-lmdb", pypi: "lmdb"},
		{conda: "python-tzdata", pypi: "tzdata"},
		{conda: "python-xxhash", pypi: "xxhash"},
		{conda: "pytorch", pypi: "torch"},
		{conda: "ray-default", pypi: "ray[default]"},
		{conda: "redis-py", pypi: "redis"},
		{conda: "snowflake-ml", pypi: "snowflake-ml-python", oneWay: true},
		{conda: "streamlit", pypi: "streamlit[snowflake]", oneWay: true, homonym: true},
		{conda: "trino-python-client", pypi: "trino"},

		// A part, a variant or an old name of what conda has under PyPI's name as well.
		{conda: "brotli-python", pypi: "brotli", oneWay: true},
		{conda: "bs4", pypi: "beautifulsoup4", oneWay: true, homonym: true},
		{conda: "dask-core", pypi: "dask", oneWay: true, why: part},
		{conda: "faiss", pypi: "faiss-cpu", oneWay: true, homonym: true},
		{conda: "fastapi-core", pypi: "fastapi", oneWay: true, why: part},
		{conda: "geopandas-base", pypi: "geopandas", oneWay: true, why: part},
		{conda: "google-cloud-bigquery-core", pypi: "google-cloud-bigquery", oneWay: true, why: part},
		{conda: "matplotlib-base", pypi: "matplotlib", oneWay: true, why: part},
		{conda: "modin-core", pypi: "modin", oneWay: true, why: part},
		{conda: "numpy-base", pypi: "numpy", oneWay: true, why: part},
		{conda: "pandas-profiling", pypi: "ydata-profiling", oneWay: true, homonym: true, why: "package.why.renamed"},
		{conda: "py-opencv", pypi: "opencv-python-headless", oneWay: true},
		{conda: "py-xgboost", pypi: "xgboost", oneWay: true},
		{conda: "pyarrow-core", pypi: "pyarrow", oneWay: true, why: part},
		{conda: "python-docx2txt", pypi: "docx2txt", oneWay: true},
		{conda: "python-duckdb", pypi: "duckdb", oneWay: true},
		{conda: "pytorch-cpu", pypi: "torch", oneWay: true},
		{conda: "seaborn-base", pypi: "seaborn", oneWay: true, why: part},
		{conda: "tensorflow-base", pypi: "tensorflow", oneWay: true, why: part},
		{conda: "tensorflow", pypi: "tensorflow"},
		{conda: "tensorflow", pypi: "tensorflow-cpu"},
	}
}

// condaMarks are the conda names that keep "_" or "." where PyPI's normal form has "-". Conda
// compares names letter by letter.
const condaMarks = ` huggingface_hub language_tool_python line_profiler memory_profiler ml_dtypes
 opt_einsum pdfminer.six plotly_express prometheus_client prompt_toolkit redshift_connector
 ruamel.yaml semantic_version slack_sdk smart_open snowflake.core typing_extensions typing_inspect
 vega_datasets zope.interface `

// CondaName returns the name of a PyPI package in Snowflake's conda channel. A name that the table
// does not have is the same there, in PyPI's normal form.
func CondaName(pypi string) string {
	normal := NormalPackage(pypi)
	all := twins()
	for i := range all {
		if !all[i].oneWay && all[i].pypi == normal {
			return all[i].conda
		}
	}
	for _, name := range strings.Fields(condaMarks) {
		if NormalPackage(name) == normal {
			return name
		}
	}
	return normal
}

// PyPIName returns the name on PyPI of a package in Snowflake's conda channel, with the extras that
// conda's package includes, and what there is to know about it. The name is empty where PyPI has no
// such package; why then says what to do without it.
func PyPIName(conda string) (name string, why message.Message) {
	if t, ok := twinOf(conda); ok {
		return t.pypi, t.whyText()
	}
	return NormalPackage(conda), message.Message{}
}

// Needless reports whether an app loses nothing without a package that only conda has: a container has
// it already, or has no use for it.
func Needless(conda string) bool {
	t, ok := twinOf(conda)
	return ok && t.pypi == "" && t.needless
}

// OnlyConda reports whether a name is one that conda has and PyPI has not, so that a file for PyPI cannot
// mean anything by it. The right name and what there is to know are PyPIName's.
func OnlyConda(name string) bool {
	t, ok := twinOf(name)
	on, _, _ := strings.Cut(t.pypi, "[")
	return ok && !t.homonym && on != NormalPackage(name)
}

// twinRows are the rows by the normal form of their conda names; of two for one name the first.
var twinRows = sync.OnceValue(func() map[string]twin {
	all := twins()
	rows := make(map[string]twin, len(all))
	for _, t := range slices.Backward(all) {
		rows[NormalPackage(t.conda)] = t
	}
	return rows
})

// twinOf finds the row of a conda name. All models of spaCy have one row.
func twinOf(conda string) (twin, bool) {
	name := NormalPackage(conda)
	if strings.HasPrefix(name, "spacy-model-") {
		name = "spacy-model-en-core-web-sm"
	}
	t, ok := twinRows()[name]
	return t, ok
}
