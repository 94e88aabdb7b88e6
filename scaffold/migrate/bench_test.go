package migrate

import (
	"fmt"
	"strings"
	"testing"

	"sleet/scaffold/existing"
	"sleet/scaffold/testtools"
)

// pageBlock is a piece of a large page; {n} is its number.
const pageBlock = `

@st.cache_data
def load_{n}(limit: int = {n}) -> pd.DataFrame:
    """Load the rows of table {n}."""
    return session.sql(f"SELECT * FROM T{n} LIMIT {limit}").to_pandas()


def show_{n}(name, value={n}):
    data = load_{n}()
    total = sum(row["amount"] * {n} for row in data.to_dict("records") if row.get("ok") is not None)
    left, right = st.columns(2)
    with left:
        st.metric(f"{name} total", total, delta=value)
    with right:
        if st.button("Refresh {n}", key="b{n}"):
            st.experimental_rerun()
    return [x for x in (name, value, total) if x]


if st.sidebar.checkbox("Show {n}"):
    show_{n}("part {n}")
`

// largeApp returns an app with pages of a size.
func largeApp(pages, size int) map[string]string {
	files := map[string]string{"environment.yml": "name: app\nchannels:\n  - snowflake\ndependencies:\n  - streamlit\n  - pandas\n"}
	for i := range pages {
		var b strings.Builder
		fmt.Fprintf(&b, "import streamlit as st\nimport pandas as pd\nfrom snowflake.snowpark.context import get_active_session\n\n"+
			"session = get_active_session()\nst.title(\"Page %d\")\n", i)
		for n := 0; b.Len() < size; n++ {
			b.WriteString(strings.ReplaceAll(pageBlock, "{n}", fmt.Sprint(n)))
		}
		name := "streamlit_app.py"
		if i > 0 {
			name = fmt.Sprintf("pages/%d_page.py", i)
		}
		files[name] = b.String()
	}
	return files
}

// BenchmarkLargeApp plans the migration of an app with 40 pages of 130 KB, from reading the files on disk to the files
// to write and the manual work.
func BenchmarkLargeApp(b *testing.B) {
	const pages, size = 40, 130_000
	dir := testtools.Folder(b, largeApp(pages, size))
	b.SetBytes(pages * size)
	b.ReportAllocs()
	for b.Loop() {
		folder, err := existing.Read(dir)
		if err != nil || len(folder.Apps) != 1 {
			b.Fatal(folder, err)
		}
		m, err := Plan(folder, folder.Apps[0], Choices{App: Inspect(folder, folder.Apps[0]).App})
		if err != nil || len(m.Changes) < pages {
			b.Fatal(len(m.Changes), err)
		}
	}
}
