package validate

import (
	"sleet/scaffold"
)

func pythonCases() []ruleCase {
	version := func(v string) func(*scaffold.App) { return func(a *scaffold.App) { a.Python.Version = v } }
	named := func(name string, change func(*scaffold.App)) func(*scaffold.App) {
		return func(a *scaffold.App) { a.App.RuntimeName = name; change(a) }
	}
	streamlit := func(v string) func(*scaffold.App) { return func(a *scaffold.App) { a.Python.Streamlit = v } }
	return []ruleCase{
		{"python-version", "python.version", version("3.10")},
		{"python-version", "python.version", warehouse(version("3.12"))},
		{"python-version", "python.version", version("3")},
		{"python-version", "", version("3.11")},
		{"python-version", "", named("SYSTEM$ST_CONTAINER_RUNTIME_PY3_12", version("3.12"))},
		{"python-version", "python.version", named("SYSTEM$ST_CONTAINER_RUNTIME_PY3_12", version("latest"))},
		{"python-version", "python.version", named("SYSTEM$ST_CONTAINER_RUNTIME_PY3_11", version("3.12"))},
		{"python-version", "python.version", warehouse(named("SYSTEM$ST_WAREHOUSE_RUNTIME_PY3_12", version("3.12")))},
		{"python-version-unknown", "python.version", named("SYSTEM$ST_CONTAINER_RUNTIME_PY3_12", version("3.12"))},
		{"python-version-unknown", "", named("SYSTEM$ST_CONTAINER_RUNTIME_PY3_12", version("3.11"))},
		{"python-version-unknown", "", version("3.12")},
		{"python-version", "", warehouse(version("3.9"))},
		{"streamlit-form", "python.streamlit", streamlit("1.50")},
		{"streamlit-form", "python.streamlit", streamlit("latest")},
		{"streamlit-form", "python.streamlit", streamlit(">=1.50 <2")},
		{"streamlit-form", "", streamlit("==1.52.*")},
		{"streamlit-channel", "python.streamlit", warehouse(streamlit("1.53.0"))},
		{"streamlit-channel", "python.streamlit", warehouse(streamlit(">=1.30"))},
		{"streamlit-channel", "python.streamlit", warehouse(streamlit("1.50"))},
		{"streamlit-channel", "", warehouse(streamlit("1.22.0"))},
		{"streamlit-channel", "", streamlit("==1.53.0")},
		{"streamlit-old", "python.streamlit", streamlit("==1.40")},
		{"streamlit-old", "python.streamlit", streamlit("==1.49.*")},
		{"streamlit-old", "python.streamlit", streamlit("<1.50")},
		{"streamlit-old", "python.streamlit", streamlit("~=1.40.1")},
		{"streamlit-old", "python.streamlit", streamlit(">1.60,<1.55")},
		{"streamlit-old", "", streamlit("==1.50")},
		{"streamlit-old", "", streamlit("~=1.40")},
		{"streamlit-old", "", streamlit(">1.60,<1.61")},
		{"streamlit-old", "", streamlit(">=1.50,!=1.50.*,!=1.51.*")},
		{"streamlit-old", "", streamlit("===1.67.0")},
		{"streamlit-loose", "python.streamlit", streamlit(">=1.30")},
		{"streamlit-loose", "python.streamlit", streamlit("<2")},
		{"streamlit-loose", "python.streamlit", streamlit("!=1.60")},
		{"streamlit-loose", "", streamlit(">=1.50")},
		{"streamlit-loose", "", streamlit("==1.40")},
		{"streamlit-loose", "", streamlit(">1.50,<2")},
		{"streamlit-python", "python.streamlit", warehouse(func(a *scaffold.App) { a.Python = scaffold.Python{Version: "3.9", Streamlit: "1.51.0"} })},
		{"streamlit-python", "", warehouse(func(a *scaffold.App) { a.Python = scaffold.Python{Version: "3.9", Streamlit: "1.50.0"} })},
		{"streamlit-python", "", warehouse(func(a *scaffold.App) { a.Python = scaffold.Python{Version: "3.10", Streamlit: "1.51.0"} })},
		{"streamlit-python", "", warehouse(func(a *scaffold.App) { a.Python = scaffold.Python{Version: "3.9"} })},
		{"streamlit-source", "python.streamlit", func(a *scaffold.App) { a.Python = scaffold.Python{Streamlit: ">=1.50", Source: scaffold.Preinstalled} }},
		{"streamlit-source", "", func(a *scaffold.App) { a.Python.Source = scaffold.Preinstalled }},
		{"streamlit-source", "", func(a *scaffold.App) { a.Python.Source = scaffold.Preinstalled; *a = a.Resolve() }},
		{"streamlit-source", "", warehouse(func(a *scaffold.App) { a.Python = scaffold.Python{Streamlit: "1.50.0", Source: scaffold.Preinstalled} })},
	}
}

func packageCases() []ruleCase {
	packages := func(list ...string) func(*scaffold.App) { return func(a *scaffold.App) { a.Python.Packages = list } }
	listed := func(list ...string) func(*scaffold.App) {
		return func(a *scaffold.App) { a.PipList, a.Python.Packages = true, list }
	}
	return []ruleCase{
		{"package-form", "python.packages[1]", packages("pandas", "plotly=5")},
		{"package-form", "python.packages[0]", packages("")},
		{"package-form", "python.packages[0]", packages("-r requirements.txt")},
		{"package-form", "", packages("pandas>=2,<3", `tomli; python_version < "3.11"`, "uvicorn[standard]==0.30.*")},
		{"package-list", "python.packages", listed("pandas")},
		{"package-list", "python.streamlit", func(a *scaffold.App) { a.PipList, a.Python.Streamlit = true, ">=1.52" }},
		{"package-list", "", listed()},
		{"package-list", "", warehouse(listed("pandas"))},
		{"package-duplicate", "python.packages[2]", packages("scikit-learn", "pandas", "Scikit.Learn>=1")},
		{"package-duplicate", "", packages("a", "b")},
		{"package-duplicate", "", packages("a==1; os_name=='nt'", "a==2; os_name!='nt'")},
		{"package-own-field", "python.packages[0]", packages("streamlit>=1.50")},
		{"package-own-field", "python.packages[0]", packages("Streamlit[snowflake]")},
		{"package-own-field", "python.packages[0]", warehouse(packages("python==3.11"))},
		{"package-own-field", "", packages("streamlit-extras")},
		{"package-source", "python.packages[0]", func(a *scaffold.App) {
			a.Python = scaffold.Python{Packages: []string{"plotly"}, Source: scaffold.Preinstalled}
		}},
		{"package-source", "", packages("plotly")},
		{"package-source", "", warehouse(func(a *scaffold.App) {
			a.Python = scaffold.Python{Packages: []string{"plotly"}, Source: scaffold.Preinstalled}
		})},
		{"package-url-warehouse", "python.packages[0]", warehouse(packages("a @ https://example.com/a.whl"))},
		{"package-url-warehouse", "", packages("a @ https://example.com/a.whl")},
		{"package-extras-warehouse", "python.packages[0]", warehouse(packages("uvicorn[standard]"))},
		{"package-extras-warehouse", "", packages("uvicorn[standard]")},
		{"package-marker-warehouse", "python.packages[0]", warehouse(packages("a; os_name == 'nt'"))},
		{"package-marker-warehouse", "", packages("a; os_name == 'nt'")},
		{"package-range-warehouse", "python.packages[0]", warehouse(packages("pandas>=2,<3"))},
		{"package-range-warehouse", "python.packages[0]", warehouse(packages("torch==2.0+cpu"))},
		{"package-range-warehouse", "", warehouse(packages("pandas==2.*", "plotly==5.1", "numpy"))},
		{"package-range-warehouse", "", packages("pandas>=2,<3")},
		{"package-conda-only", "python.packages[0]", packages("openssl")},
		{"package-conda-only", "", packages("graphviz")},
		{"package-conda-only", "", warehouse(packages("openssl"))},
		{"package-other-name", "python.packages[1]", packages("pandas", "bs4>=0")},
		{"package-other-name", "", packages("beautifulsoup4", "pytorch", "pillow")},
		{"package-other-name", "", warehouse(packages("bs4"))},
		{"package-url", "python.packages[0]", packages("a @ https://example.com/a.whl")},
		{"package-url", "python.packages[0]", func(a *scaffold.App) {
			a.Python = scaffold.Python{Packages: []string{"a @ git+https://git.example.com/a"}, Source: scaffold.PyPIIntegration}
		}},
		{"package-url", "", func(a *scaffold.App) {
			a.Python = scaffold.Python{Packages: []string{"a @ git+https://git.example.com/a"}, Source: scaffold.PyPIIntegration}
			a.Network.Hosts = []string{"*.example.com"}
		}},
	}
}
