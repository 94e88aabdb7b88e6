package manifest

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold"
	"sleet/scaffold/pep508"
)

func TestCondaSpecifiers(t *testing.T) {
	for _, c := range []struct{ in, name, specifier string }{
		{"pandas", "pandas", ""},
		{"pandas=2.2", "pandas", "==2.2.*"},
		{"pandas=2.2.*", "pandas", "==2.2.*"},
		{"pandas=2.2*", "pandas", "==2.2.*"},
		{"pandas==2.2.3", "pandas", "==2.2.3"},
		{"pandas==2.2.*", "pandas", "==2.2.*"},
		{"pandas=", "pandas", ""},
		{"pandas=*", "pandas", ""},
		{"pandas *", "pandas", ""},
		{"pandas 2.2", "pandas", "==2.2.*"},
		{"pandas 2.2.3 py311_0", "pandas", "==2.2.3.*"},
		{"pandas=2.2.3=py311h0_1", "pandas", "==2.2.3.*"},
		{"pandas>=2,<3", "pandas", ">=2,<3"},
		{"pandas >=2, <3", "pandas", ">=2,<3"},
		{"pandas >= 2", "pandas", ">=2"},
		{"pandas!=2.0.*", "pandas", "!=2.0.*"},
		{"pandas>=2.*", "pandas", ">=2"},
		{"pandas~=2.1", "pandas", "~=2.1"},
		{"pandas=1.0rc1", "pandas", "==1.0rc1"},
		{"conda-forge::pandas=2", "pandas", "==2.*"},
		{"pandas[version='>=2,<3', build=py311*]", "pandas", ">=2,<3"},
		{"ruamel.yaml=0.18", "ruamel.yaml", "==0.18.*"},
	} {
		spec, err := pep508.ParseConda(c.in)
		if err != nil {
			t.Errorf("%q: %v", c.in, err)
			continue
		}
		got, ok := spec.Specifier()
		if spec.Name != c.name || got != c.specifier || !ok {
			t.Errorf("%q: got %q %q %v, want %q %q", c.in, spec.Name, got, ok, c.name, c.specifier)
		}
	}
}

func TestCondaSpecifiersWithoutTwin(t *testing.T) {
	for _, in := range []string{"pandas>=2|<1", "pandas=9e", "pandas=1.0_2", "pandas=^2.*$"} {
		spec, err := pep508.ParseConda(in)
		if err != nil {
			t.Errorf("%q: %v", in, err)
			continue
		}
		if got, ok := spec.Specifier(); ok {
			t.Errorf("%q: got %q, want none", in, got)
		}
	}
	for _, in := range []string{"", "=2", "[version=2]", "pandas[version='2'", "  "} {
		if _, err := pep508.ParseConda(in); err == nil {
			t.Errorf("%q: want an error", in)
		}
	}
}

const environment = `# Packages from the Snowflake channel: https://repo.anaconda.com/pkgs/snowflake
# Owner: the data team
name: sales
channels:
  - snowflake
  - conda-forge
dependencies:
  # core
  - python=3.9
  - streamlit=1.35.0
  - snowflake-snowpark-python=1.11.1
  # ---------
  # the map on page two
  - pydeck=0.8  # 0.9 breaks the layers
  - pyyaml
  - opencv=4.6
  - graphviz
  - pandas=
  # - plotly=5.22
  - pip
  - pip:
      - "humanize>=4"  # names of numbers
`

func TestReadPackages(t *testing.T) {
	p, err := ReadPackages(map[string][]byte{
		scaffold.CondaFile: []byte(environment),
		scaffold.PipFile:   []byte("pandas==2.2.2\nstreamlit\nrequests>=2.31 # web\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if p.Streamlit != ">=1.50,<2" {
		t.Errorf("streamlit %q", p.Streamlit)
	}
	want := []string{
		"snowflake-snowpark-python>=1.17.0", "pydeck==0.8.*", "pyyaml", "opencv-python-headless==4.6.*", "pandas==2.2.2",
		"humanize>=4", "requests>=2.31",
	}
	if diff := cmp.Diff(want, p.List); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{scaffold.CondaFile, scaffold.PipFile}, p.Removed); diff != "" {
		t.Error(diff)
	}
	var lines []string
	for _, n := range p.Notes {
		lines = append(lines, n.Symbol+": "+n.Message.String())
		if n.Manual != (n.Symbol == "graphviz") { // PyPI has no programs
			t.Errorf("manual %t: %+v", n.Manual, n)
		}
	}
	if got := strings.Join(lines, "\n"); strings.Count(got, "\n") != 5 {
		t.Errorf("notes:\n%s", got)
	}
	made := p.Annotate(`[project]
dependencies = [
    "streamlit[snowflake]>=1.50,<2",
    "snowflake-snowpark-python>=1.17.0",
    "pydeck==0.8.*",
    "pyyaml",
    "opencv-python-headless==4.6.*",
    "pandas==2.2.2",
    "humanize>=4",
    "requests>=2.31",
]
`)
	wantText := `# Owner: the data team
[project]
dependencies = [
    # core
    "streamlit[snowflake]>=1.50,<2",
    "snowflake-snowpark-python>=1.17.0",
    # the map on page two
    "pydeck==0.8.*",  # 0.9 breaks the layers
    "pyyaml",
    "opencv-python-headless==4.6.*",
    "pandas==2.2.2",
    # "plotly==5.22.*",
    "humanize>=4",  # names of numbers
    "requests>=2.31",  # web
]
`
	if diff := cmp.Diff(wantText, made); diff != "" {
		t.Error(diff)
	}
}

func TestRaise(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"=1.35.0", ">=1.50,<2"},
		{"=1.50", "==1.50.*"},
		{"=1.51.0", "==1.51.0.*"},
		{"==1.52.2", "==1.52.2"},
		{"=1", ">=1.50,==1.*"},
		{">=1.35", ">=1.50"},
		{">=1.35,<1.60", ">=1.50,<1.60"},
		{">=1.35,<1.50", ">=1.50,<2"},
		{">=1.52", ">=1.52"},
		{"~=1.40", ">=1.50,~=1.40"},
		{"~=1.40.1", ">=1.50,<2"},
		{"<=1.49", ">=1.50,<2"},
		{"!=1.51.0", ">=1.50,!=1.51.0"},
	} {
		p, err := ReadPackages(map[string][]byte{scaffold.CondaFile: []byte("dependencies: [\"streamlit" + c.in + "\"]\n")})
		if err != nil {
			t.Fatal(err)
		}
		if p.Streamlit != c.want {
			t.Errorf("streamlit%s: got %q, want %q", c.in, p.Streamlit, c.want)
		}
	}
}

func TestBrokenPackages(t *testing.T) {
	for _, c := range []struct {
		in   string
		line int
	}{
		{"dependencies:\n  - a\n - b\n  c: [\n", 0},
		{"dependencies: 3\n", 1},
		{"- a\n- b\n", 1},
		{"a: 1\n---\nb: 2\n", 3},
		{"dependencies:\n  - [a]\n", 2},
	} {
		_, err := ReadPackages(map[string][]byte{scaffold.CondaFile: []byte(c.in)})
		fault, ok := err.(*FileError) //nolint:errorlint // never wrapped
		if !ok || c.line != 0 && fault.Line != c.line {
			t.Errorf("%q: %v", c.in, err)
		}
	}
	// A requirements.txt that pyproject.toml cannot express stays; one that includes another file does not.
	p, err := ReadPackages(map[string][]byte{scaffold.PipFile: []byte("pandas\n-r more.txt\n")})
	if err != nil || len(p.Removed) > 0 || len(p.List) > 0 || len(p.Notes) != 1 || !p.Notes[0].Manual {
		t.Errorf("%+v, %v", p, err)
	}
}

// TestPackageLists combines the files that list packages.
func TestPackageLists(t *testing.T) {
	for _, c := range []struct {
		name      string
		files     map[string][]byte
		streamlit string
		list      []string
		removed   []string
	}{
		{
			"the app's own floor of Streamlit stays",
			map[string][]byte{
				scaffold.PyprojectFile: []byte("[project]\nname = \"demo\"\ndependencies = [\"streamlit>=1.55.0\", \"plotly>=6\"]\n"),
				scaffold.CondaFile:     []byte("dependencies:\n  - python=3.11.*\n  - streamlit=\n  - pandas=2.0.3\n"),
			},
			">=1.55.0",
			[]string{"plotly>=6", "pandas>=2.2.0"},
			[]string{scaffold.CondaFile},
		},
		{
			"pins below the floor are lifted, others stay",
			map[string][]byte{scaffold.CondaFile: []byte("dependencies: [pandas=2.1, numpy=1.24.3, protobuf=3.19.6, scipy=1.7.3, 'requests>=2.20', 'pandas-ta=0.3']\n")},
			"",
			[]string{"pandas>=2.2.0", "numpy==1.24.3.*", "protobuf>=3.20.0", "scipy>=1.9.2", "requests>=2.20", "pandas-ta==0.3.*"},
			[]string{scaffold.CondaFile},
		},
		{
			"requirements.txt includes another",
			map[string][]byte{scaffold.PipFile: []byte("-r requirements-base.txt\nplotly\n"), "requirements-base.txt": []byte("streamlit==1.40.0\nrequests\n")},
			">=1.50,<2",
			[]string{"requests", "plotly"},
			[]string{scaffold.PipFile, "requirements-base.txt"},
		},
		{
			"one in a folder, which includes the first",
			map[string][]byte{
				scaffold.PipFile:        []byte("-r requirements/base.txt\nplotly\n"),
				"requirements/base.txt": []byte("--requirement=more.txt\n-r../requirements.txt\nrequests\n"),
				"requirements/more.txt": []byte("-r base.txt\nopenpyxl\n"),
			},
			"",
			[]string{"openpyxl", "requests", "plotly"},
			[]string{scaffold.PipFile, "requirements/base.txt", "requirements/more.txt"},
		},
		{
			"a file that another includes stays",
			map[string][]byte{
				scaffold.PipFile:        []byte("-r requirements-base.txt\n"),
				"requirements-base.txt": []byte("plotly\n"), "requirements-dev.txt": []byte("-r requirements-base.txt  # all\npytest\n"),
			},
			"",
			[]string{"plotly"},
			[]string{scaffold.PipFile},
		},
		{
			"one that includes what is not there stays",
			map[string][]byte{scaffold.PipFile: []byte("-r more.txt\nplotly\n")},
			"", nil, nil,
		},
		{
			"a marker stays",
			map[string][]byte{scaffold.PipFile: []byte("pywin32; sys_platform == 'win32'\n")},
			"",
			[]string{"pywin32; sys_platform == 'win32'"},
			[]string{scaffold.PipFile},
		},
		{
			"one that includes a file outside stays",
			map[string][]byte{scaffold.PipFile: []byte("-r ../base.txt\nplotly\n")},
			"", nil, nil,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := ReadPackages(c.files)
			if err != nil {
				t.Fatal(err)
			}
			if p.Streamlit != c.streamlit {
				t.Errorf("streamlit %q, want %q", p.Streamlit, c.streamlit)
			}
			if diff := cmp.Diff(c.list, p.List); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.removed, p.Removed); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestPipIncluded checks that there is a note about a file that includes a removed requirements.txt.
func TestPipIncluded(t *testing.T) {
	p, err := ReadPackages(map[string][]byte{scaffold.PipFile: []byte("plotly\n"), "requirements-dev.txt": []byte("pytest\n-r requirements.txt\n")})
	if err != nil || !slices.Contains(p.Removed, scaffold.PipFile) || len(p.Notes) != 1 {
		t.Fatalf("%+v, %v", p, err)
	}
	if n := p.Notes[0]; n.Path != "requirements-dev.txt" || n.Line != 2 || n.Manual {
		t.Errorf("%+v", n)
	}
}

func FuzzReadPackages(f *testing.F) {
	f.Add([]byte(environment), []byte("a==1\n"))
	f.Add([]byte("dependencies: {a: b}\n"), []byte("-e .\n"))
	f.Add([]byte("a: &x [*x]\n"), []byte("\\"))
	f.Fuzz(func(_ *testing.T, conda, pip []byte) {
		p, err := ReadPackages(map[string][]byte{scaffold.CondaFile: conda, scaffold.PipFile: pip})
		if err != nil {
			return
		}
		p.Annotate("dependencies = [\n]\n")
	})
}

// TestCondaOnly checks that a package that is not on PyPI is left to the person, unless the app does not need it.
func TestCondaOnly(t *testing.T) {
	for name, manual := range map[string]bool{
		"openjdk": true, "graphviz": true, "libopencv": true, "snappy": true, "ffmpeg=6": true, "tesseract": true,
		"spacy-model-en_core_web_sm": true, "spacy-model-de_core_news_md=3.5.0": true,
		"python=3.11": false, "pip": false, "typing": false, "yaml": false, "openssl": false, "nb_conda": false, "snowbooks": false,
	} {
		p, err := ReadPackages(map[string][]byte{scaffold.CondaFile: []byte("dependencies:\n  - streamlit\n  - " + name + "\n")})
		if err != nil {
			t.Fatal(err)
		}
		if len(p.List) > 0 {
			t.Errorf("%s: packages %q", name, p.List)
		}
		found := false
		for _, n := range p.Notes {
			found = found || n.Manual && n.Fix.String() != "" && n.Line == 3
		}
		if found != manual {
			t.Errorf("%s: manual %t: %+v", name, found, p.Notes)
		}
	}
}
