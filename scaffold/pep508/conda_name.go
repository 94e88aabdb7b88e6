package pep508

import (
	"slices"
	"strings"
	"sync"

	"sleet/ui/message"
)

// NameMapping is a row of the table of package names: a package whose conda name differs from its PyPI
// name even after normalization, or that only conda has.
// https://packaging.python.org/en/latest/specifications/name-normalization/
type NameMapping struct {
	conda string
	// PyPI is the name on PyPI, with the extras that the conda package includes. It is empty if
	// PyPI does not have the package.
	PyPI string
	// oneWay reports whether the row does not apply from PyPI to conda, because conda also has the
	// PyPI name or another row maps it.
	oneWay bool
	// NameTaken reports whether PyPI has a different or older package under the conda name. A
	// requirement with that name may mean either.
	NameTaken bool
	// droppable reports whether an app can do without a package that only conda has.
	droppable bool
	// why is a message about the package, or the reason why it has no twin.
	why message.ID
}

// Reason returns why as a message, zero if there is no reason.
func (t NameMapping) Reason() message.Message {
	if t.why == "" {
		return message.Message{}
	}
	return message.New(t.why)
}

// nameMappings returns the table of names. The channel's packages come from Anaconda.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
// https://docs.snowflake.com/en/developer-guide/udf/python/udf-python-packages
func nameMappings() []NameMapping {
	const (
		library  = "package.why.library"
		program  = "package.why.program"
		notebook = "package.why.notebook"
		part     = "package.why.part"
	)
	return []NameMapping{
		// Packages that only conda has.
		{conda: "ffmpeg", NameTaken: true, why: program},
		{conda: "graphviz", NameTaken: true, why: "package.why.graphviz"},
		{conda: "libopencv", why: library},
		{conda: "nb_conda", droppable: true, why: notebook},
		{conda: "nodejs", NameTaken: true, why: program},
		{conda: "openjdk", why: "package.why.java"},
		{conda: "openssl", droppable: true, why: library}, // included in Python and in wheels
		{conda: "pip", NameTaken: true, droppable: true, why: "package.why.uv"},
		{conda: "poppler", NameTaken: true, why: program},
		{conda: "python", droppable: true, why: "package.why.requires"},
		{conda: "snappy", NameTaken: true, why: library},
		{conda: "snowbooks", droppable: true, why: notebook},
		{conda: "spacy-model-en_core_web_sm", why: "package.why.wheel"}, // the row of all spaCy models
		{conda: "tesseract", NameTaken: true, why: program},
		{conda: "typing", NameTaken: true, droppable: true, why: "package.why.python"},
		{conda: "yaml", droppable: true, why: "package.why.yaml"},

		// Packages with a different name on PyPI.
		{conda: "h2o-py", PyPI: "h2o"},
		{conda: "h3-py", PyPI: "h3"},
		{conda: "msgpack-python", PyPI: "msgpack", NameTaken: true},
		{conda: "neo4j-python-driver", PyPI: "neo4j"},
		{conda: "opencv", PyPI: "opencv-python-headless", why: "package.why.opencv"},
		{conda: "opencv", PyPI: "opencv-python"},
		{conda: "opencv", PyPI: "opencv-contrib-python"},
		{conda: "opencv", PyPI: "opencv-contrib-python-headless"},
		{conda: "ortools-python", PyPI: "ortools"},
		{conda: "psycopg2", PyPI: "psycopg2-binary", NameTaken: true, why: "package.why.psycopg2"},
		{conda: "pysoundfile", PyPI: "soundfile", NameTaken: true},
		{conda: "pytables", PyPI: "tables"},
		{conda: "python-annoy", PyPI: "annoy"},
		{conda: "python-blosc", PyPI: "blosc"},
		{conda: "python-fastjsonschema", PyPI: "fastjsonschema"},
		{conda: "python-flatbuffers", PyPI: "flatbuffers"},
		{conda: "python-graphviz", PyPI: "graphviz"},
		{conda: "python-igraph", PyPI: "igraph", NameTaken: true},
		{conda: "python-kaleido", PyPI: "kaleido"},
		{conda: "python-kubernetes", PyPI: "kubernetes"},
		{conda: "python-lmdb", PyPI: "lmdb"},
		{conda: "python-tzdata", PyPI: "tzdata"},
		{conda: "python-xxhash", PyPI: "xxhash"},
		{conda: "pytorch", PyPI: "torch"},
		{conda: "ray-default", PyPI: "ray[default]"},
		{conda: "redis-py", PyPI: "redis"},
		{conda: "snowflake-ml", PyPI: "snowflake-ml-python", oneWay: true},
		{conda: "streamlit", PyPI: "streamlit[snowflake]", oneWay: true, NameTaken: true},
		{conda: "trino-python-client", PyPI: "trino"},

		// Parts, variants and old names of packages that conda also has under the PyPI name.
		{conda: "brotli-python", PyPI: "brotli", oneWay: true},
		{conda: "bs4", PyPI: "beautifulsoup4", oneWay: true, NameTaken: true},
		{conda: "dask-core", PyPI: "dask", oneWay: true, why: part},
		{conda: "faiss", PyPI: "faiss-cpu", oneWay: true, NameTaken: true},
		{conda: "fastapi-core", PyPI: "fastapi", oneWay: true, why: part},
		{conda: "geopandas-base", PyPI: "geopandas", oneWay: true, why: part},
		{conda: "google-cloud-bigquery-core", PyPI: "google-cloud-bigquery", oneWay: true, why: part},
		{conda: "matplotlib-base", PyPI: "matplotlib", oneWay: true, why: part},
		{conda: "modin-core", PyPI: "modin", oneWay: true, why: part},
		{conda: "numpy-base", PyPI: "numpy", oneWay: true, why: part},
		{conda: "pandas-profiling", PyPI: "ydata-profiling", oneWay: true, NameTaken: true, why: "package.why.renamed"},
		{conda: "py-opencv", PyPI: "opencv-python-headless", oneWay: true},
		{conda: "py-xgboost", PyPI: "xgboost", oneWay: true},
		{conda: "pyarrow-core", PyPI: "pyarrow", oneWay: true, why: part},
		{conda: "python-docx2txt", PyPI: "docx2txt", oneWay: true},
		{conda: "python-duckdb", PyPI: "duckdb", oneWay: true},
		{conda: "pytorch-cpu", PyPI: "torch", oneWay: true},
		{conda: "seaborn-base", PyPI: "seaborn", oneWay: true, why: part},
		{conda: "tensorflow-base", PyPI: "tensorflow", oneWay: true, why: part},
		{conda: "tensorflow", PyPI: "tensorflow"},
		{conda: "tensorflow", PyPI: "tensorflow-cpu"},
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
	all := nameMappings()
	for i := range all {
		if !all[i].oneWay && all[i].PyPI == normal {
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
	if t, ok := NameMappingOf(conda); ok {
		return t.PyPI, t.Reason()
	}
	return NormalPackage(conda), message.Message{}
}

// IsDroppable reports whether a package that only conda has can be dropped: a container already has it
// or has no use for it.
func IsDroppable(conda string) bool {
	t, ok := NameMappingOf(conda)
	return ok && t.PyPI == "" && t.droppable
}

// IsOnlyConda reports whether conda has a package of this name and PyPI does not, so that it is an
// error in a file for PyPI. PyPIName returns the right name.
func IsOnlyConda(name string) bool {
	t, ok := NameMappingOf(name)
	on, _, _ := strings.Cut(t.PyPI, "[")
	return ok && !t.NameTaken && on != NormalPackage(name)
}

// twinRows maps normalized conda names to rows. If two rows have the same name, the first wins.
var twinRows = sync.OnceValue(func() map[string]NameMapping {
	all := nameMappings()
	rows := make(map[string]NameMapping, len(all))
	for _, t := range slices.Backward(all) {
		rows[NormalPackage(t.conda)] = t
	}
	return rows
})

// NameMappingOf returns the row for a conda name. All spaCy models share one row.
func NameMappingOf(conda string) (NameMapping, bool) {
	name := NormalPackage(conda)
	if strings.HasPrefix(name, "spacy-model-") {
		name = "spacy-model-en-core-web-sm"
	}
	t, ok := twinRows()[name]
	return t, ok
}
