package pep508

import (
	"slices"
	"strings"
	"sync"

	"sleet/ui/message"
)

// Twin is a row of the table of package names: a package whose conda name differs from its PyPI
// name even after normalization, or that only conda has.
// https://packaging.python.org/en/latest/specifications/name-normalization/
type Twin struct {
	conda string
	// Pypi is the name on PyPI, with the extras that the conda package includes. It is empty if
	// PyPI does not have the package.
	Pypi string
	// oneWay reports whether the row does not apply from PyPI to conda, because conda also has the
	// PyPI name or another row maps it.
	oneWay bool
	// Homonym reports whether PyPI has a different or older package under the conda name. A
	// requirement with that name may mean either.
	Homonym bool
	// needless reports whether an app can do without a package that only conda has.
	needless bool
	// why is a message about the package, or the reason why it has no twin.
	why message.ID
}

// WhyText returns why as a message, zero if there is no reason.
func (t Twin) WhyText() message.Message {
	if t.why == "" {
		return message.Message{}
	}
	return message.New(t.why)
}

// twins returns the table of names. The channel's packages come from Anaconda.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
// https://docs.snowflake.com/en/developer-guide/udf/python/udf-python-packages
func twins() []Twin {
	const (
		library  = "package.why.library"
		program  = "package.why.program"
		notebook = "package.why.notebook"
		part     = "package.why.part"
	)
	return []Twin{
		// Packages that only conda has.
		{conda: "ffmpeg", Homonym: true, why: program},
		{conda: "graphviz", Homonym: true, why: "package.why.graphviz"},
		{conda: "libopencv", why: library},
		{conda: "nb_conda", needless: true, why: notebook},
		{conda: "nodejs", Homonym: true, why: program},
		{conda: "openjdk", why: "package.why.java"},
		{conda: "openssl", needless: true, why: library}, // included in Python and in wheels
		{conda: "pip", Homonym: true, needless: true, why: "package.why.uv"},
		{conda: "poppler", Homonym: true, why: program},
		{conda: "python", needless: true, why: "package.why.requires"},
		{conda: "snappy", Homonym: true, why: library},
		{conda: "snowbooks", needless: true, why: notebook},
		{conda: "spacy-model-en_core_web_sm", why: "package.why.wheel"}, // stands for all spaCy models
		{conda: "tesseract", Homonym: true, why: program},
		{conda: "typing", Homonym: true, needless: true, why: "package.why.python"},
		{conda: "yaml", needless: true, why: "package.why.yaml"},

		// Packages with a different name on PyPI.
		{conda: "h2o-py", Pypi: "h2o"},
		{conda: "h3-py", Pypi: "h3"},
		{conda: "msgpack-python", Pypi: "msgpack", Homonym: true},
		{conda: "neo4j-python-driver", Pypi: "neo4j"},
		{conda: "opencv", Pypi: "opencv-python-headless", why: "package.why.opencv"},
		{conda: "opencv", Pypi: "opencv-python"},
		{conda: "opencv", Pypi: "opencv-contrib-python"},
		{conda: "opencv", Pypi: "opencv-contrib-python-headless"},
		{conda: "ortools-python", Pypi: "ortools"},
		{conda: "psycopg2", Pypi: "psycopg2-binary", Homonym: true, why: "package.why.psycopg2"},
		{conda: "pysoundfile", Pypi: "soundfile", Homonym: true},
		{conda: "pytables", Pypi: "tables"},
		{conda: "python-annoy", Pypi: "annoy"},
		{conda: "python-blosc", Pypi: "blosc"},
		{conda: "python-fastjsonschema", Pypi: "fastjsonschema"},
		{conda: "python-flatbuffers", Pypi: "flatbuffers"},
		{conda: "python-graphviz", Pypi: "graphviz"},
		{conda: "python-igraph", Pypi: "igraph", Homonym: true},
		{conda: "python-kaleido", Pypi: "kaleido"},
		{conda: "python-kubernetes", Pypi: "kubernetes"},
		{conda: "python-lmdb", Pypi: "lmdb"},
		{conda: "python-tzdata", Pypi: "tzdata"},
		{conda: "python-xxhash", Pypi: "xxhash"},
		{conda: "pytorch", Pypi: "torch"},
		{conda: "ray-default", Pypi: "ray[default]"},
		{conda: "redis-py", Pypi: "redis"},
		{conda: "snowflake-ml", Pypi: "snowflake-ml-python", oneWay: true},
		{conda: "streamlit", Pypi: "streamlit[snowflake]", oneWay: true, Homonym: true},
		{conda: "trino-python-client", Pypi: "trino"},

		// Parts, variants and old names of packages that conda also has under the PyPI name.
		{conda: "brotli-python", Pypi: "brotli", oneWay: true},
		{conda: "bs4", Pypi: "beautifulsoup4", oneWay: true, Homonym: true},
		{conda: "dask-core", Pypi: "dask", oneWay: true, why: part},
		{conda: "faiss", Pypi: "faiss-cpu", oneWay: true, Homonym: true},
		{conda: "fastapi-core", Pypi: "fastapi", oneWay: true, why: part},
		{conda: "geopandas-base", Pypi: "geopandas", oneWay: true, why: part},
		{conda: "google-cloud-bigquery-core", Pypi: "google-cloud-bigquery", oneWay: true, why: part},
		{conda: "matplotlib-base", Pypi: "matplotlib", oneWay: true, why: part},
		{conda: "modin-core", Pypi: "modin", oneWay: true, why: part},
		{conda: "numpy-base", Pypi: "numpy", oneWay: true, why: part},
		{conda: "pandas-profiling", Pypi: "ydata-profiling", oneWay: true, Homonym: true, why: "package.why.renamed"},
		{conda: "py-opencv", Pypi: "opencv-python-headless", oneWay: true},
		{conda: "py-xgboost", Pypi: "xgboost", oneWay: true},
		{conda: "pyarrow-core", Pypi: "pyarrow", oneWay: true, why: part},
		{conda: "python-docx2txt", Pypi: "docx2txt", oneWay: true},
		{conda: "python-duckdb", Pypi: "duckdb", oneWay: true},
		{conda: "pytorch-cpu", Pypi: "torch", oneWay: true},
		{conda: "seaborn-base", Pypi: "seaborn", oneWay: true, why: part},
		{conda: "tensorflow-base", Pypi: "tensorflow", oneWay: true, why: part},
		{conda: "tensorflow", Pypi: "tensorflow"},
		{conda: "tensorflow", Pypi: "tensorflow-cpu"},
	}
}

// condaMarks are the conda names that contain "_" or "." where PyPI's normalized name has "-".
// Conda does not normalize names.
const condaMarks = ` huggingface_hub language_tool_python line_profiler memory_profiler ml_dtypes
 opt_einsum pdfminer.six plotly_express prometheus_client prompt_toolkit redshift_connector
 ruamel.yaml semantic_version slack_sdk smart_open snowflake.core typing_extensions typing_inspect
 vega_datasets zope.interface `

// CondaName returns the name of a PyPI package in Snowflake's conda channel. Names that are not in
// the table are the same, in PyPI's normalized form.
func CondaName(pypi string) string {
	normal := NormalPackage(pypi)
	all := twins()
	for i := range all {
		if !all[i].oneWay && all[i].Pypi == normal {
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

// PyPIName returns the PyPI name of a package in Snowflake's conda channel, with the extras that
// the conda package includes, and a remark about it. name is empty if PyPI does not have the
// package; why then says what to do instead.
func PyPIName(conda string) (name string, why message.Message) {
	if t, ok := TwinOf(conda); ok {
		return t.Pypi, t.WhyText()
	}
	return NormalPackage(conda), message.Message{}
}

// Needless reports whether a package that only conda has can be dropped: a container already has it
// or has no use for it.
func Needless(conda string) bool {
	t, ok := TwinOf(conda)
	return ok && t.Pypi == "" && t.needless
}

// OnlyConda reports whether conda has a package of this name and PyPI does not, so that it is an
// error in a file for PyPI. PyPIName returns the right name.
func OnlyConda(name string) bool {
	t, ok := TwinOf(name)
	on, _, _ := strings.Cut(t.Pypi, "[")
	return ok && !t.Homonym && on != NormalPackage(name)
}

// twinRows maps normalized conda names to rows. If two rows have the same name, the first wins.
var twinRows = sync.OnceValue(func() map[string]Twin {
	all := twins()
	rows := make(map[string]Twin, len(all))
	for _, t := range slices.Backward(all) {
		rows[NormalPackage(t.conda)] = t
	}
	return rows
})

// TwinOf returns the row for a conda name. All spaCy models share one row.
func TwinOf(conda string) (Twin, bool) {
	name := NormalPackage(conda)
	if strings.HasPrefix(name, "spacy-model-") {
		name = "spacy-model-en-core-web-sm"
	}
	t, ok := twinRows()[name]
	return t, ok
}
