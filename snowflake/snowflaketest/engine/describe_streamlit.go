package engine

import (
	"slices"
	"strings"

	"sleet/snowflake/snowflaketest/grammar"
)

// describeStreamlit returns the columns of DESCRIBE STREAMLIT. They differ for an app with ROOT_LOCATION.
// https://docs.snowflake.com/en/sql-reference/sql/desc-streamlit
func (s *Session) describeStreamlit(o *object) []field {
	warehouse, url := textField("query_warehouse", warehouseOf), propField("url_id", "URL_ID")
	packages := []field{
		fixedText("default_packages", "python==3.11.*,snowflake-snowpark-python,streamlit"),
		fixedText("user_packages", ""),
		textField("import_urls", func(_ *Session, o *object) any { return listOrEmpty(o.props["IMPORTS"]) }),
		textField("external_access_integrations", func(_ *Session, o *object) any { return listOrEmpty(o.props["EXTERNAL_ACCESS_INTEGRATIONS"]) }),
		textField("external_access_secrets", func(_ *Session, o *object) any {
			if text := bindingsText(o); text != nil {
				return text
			}
			return "{}"
		}),
	}
	if _, legacy := o.props["ROOT_LOCATION"]; legacy {
		return slices.Concat([]field{
			nameField(), titleField(), propField("root_location", "ROOT_LOCATION"), propField("main_file", "MAIN_FILE"), warehouse, url,
		}, packages)
	}
	return slices.Concat([]field{
		titleField(), propField("main_file", "MAIN_FILE"), warehouse, url,
	}, packages, []field{
		textField("compute_pool", poolOf), textField("runtime_name", runtimeShown), nameField(), appComment(),
	}, describeVersions("default"), describeVersions("last"), []field{
		textField("live_version_location_uri", func(_ *Session, o *object) any {
			if o.live == nil {
				return nil
			}
			return liveLocation(o)
		}),
	})
}

// titleField returns the column with an app's title, NULL if it has none.
func titleField() field {
	return textField("title", func(s *Session, o *object) any {
		if s.e.is(FieldsHidden) {
			return nil
		}
		return orNull(o.props["TITLE"].text)
	})
}

// appComment returns the column with an app's comment, NULL if it has none.
func appComment() field {
	return textField("comment", func(s *Session, o *object) any {
		if s.e.is(FieldsHidden) {
			return nil
		}
		return orNull(o.comment)
	})
}

// runtimeShown returns the name under which DESCRIBE shows an app's runtime.
func runtimeShown(s *Session, o *object) any {
	runtime := o.props["RUNTIME_NAME"].text
	null, versioned := s.e.is(RuntimeNull), s.e.is(RuntimeVersioned)
	switch {
	case runtime != WarehouseRuntime:
		return runtime
	case null && (o.runtimeDefault || !versioned):
		return nil
	case versioned:
		return versionedRuntime
	default:
		return runtime
	}
}

func listOrEmpty(v value) any {
	if text := listText(v); text != nil {
		return text
	}
	return "[]"
}

func poolOf(s *Session, o *object) any {
	if p := s.e.lookup(grammar.KindPool, o.props["COMPUTE_POOL"].text); p != nil {
		return p.parts[0]
	}
	return nil
}

// describeVersions returns the columns about the default or the last version.
func describeVersions(which string) []field {
	last := func(o *object) appVersion { return o.versions[len(o.versions)-1] }
	var fields []field
	if which == "default" {
		fields = append(fields, fixedText("default_version", "LAST"))
	}
	return append(fields,
		textField(which+"_version_name", func(_ *Session, o *object) any { return last(o).name }),
		fixedText(which+"_version_alias", nil),
		textField(which+"_version_location_uri", func(_ *Session, o *object) any { return versionLocation(o, strings.ToLower(last(o).name)) }),
		fixedText(which+"_version_source_location_uri", nil),
		fixedText(which+"_version_git_commit_hash", nil))
}

// showVersions reads SHOW VERSIONS IN STREAMLIT, from the app's name.
func (p *parser) showVersions(f *shown) statement {
	n := p.Name(3)
	if p.Word("LIMIT") {
		f.limit = p.Number()
	}
	return statement{kind: kindShow, run: func(s *Session) (*Result, *grammar.Error) {
		o, err := s.refer(grammar.KindStreamlit, n, "SHOW VERSIONS", "OWNERSHIP")
		if err != nil {
			return nil, err
		}
		r := propertyTable("created_on", "name", "alias", "location_uri", "is_default", "is_live", "is_first", "is_last", "comment", "source_location_uri", "git_commit_hash")
		r.Columns[0].Type = "timestamp_ltz"
		for i := len(o.versions) - 1; i >= 0; i-- {
			v := o.versions[i]
			last := truth(i == len(o.versions)-1)
			r.Rows = append(r.Rows, []any{stampText(v.created), v.name, nil, versionLocation(o, strings.ToLower(v.name)), last, "false", truth(i == 0), last, nil, nil, nil})
		}
		if o.live != nil {
			r.Rows = append(r.Rows, []any{stampText(o.created), nil, "LIVE", liveLocation(o), "false", "true", "false", "false", nil, nil, nil})
		}
		if f.limit >= 0 {
			r.Rows = r.Rows[:min(len(r.Rows), int(f.limit))]
		}
		return r, nil
	}}
}
