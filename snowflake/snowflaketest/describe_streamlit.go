package snowflaketest

import (
	"slices"
	"strings"
)

// describeStreamlit has other columns for an app with ROOT_LOCATION.
// https://docs.snowflake.com/en/sql-reference/sql/desc-streamlit
func describeStreamlit(o *object) []field {
	warehouse, url := textField("query_warehouse", warehouseOf), propField("url_id", "URL_ID")
	packages := []field{
		fixedText("default_packages", "python==3.11.*,snowflake-snowpark-python,streamlit"),
		fixedText("user_packages", ""),
		textField("import_urls", func(_ *session, o *object) any { return listOrEmpty(o.props["IMPORTS"]) }),
		textField("external_access_integrations", func(_ *session, o *object) any { return listOrEmpty(o.props["EXTERNAL_ACCESS_INTEGRATIONS"]) }),
		textField("external_access_secrets", func(_ *session, o *object) any {
			if text := bindingsText(o); text != nil {
				return text
			}
			return "{}"
		}),
	}
	if _, legacy := o.props["ROOT_LOCATION"]; legacy {
		return slices.Concat([]field{
			nameField(), propField("title", "TITLE"), propField("root_location", "ROOT_LOCATION"), propField("main_file", "MAIN_FILE"), warehouse, url,
		}, packages)
	}
	return slices.Concat([]field{
		propField("title", "TITLE"), propField("main_file", "MAIN_FILE"), warehouse, propField("runtime_name", "RUNTIME_NAME"),
		textField("compute_pool", poolOf), url,
	}, packages, []field{
		nameField(), commentField(),
	}, describeVersions("default"), describeVersions("last"), []field{
		textField("live_version_location_uri", func(_ *session, o *object) any {
			if o.live == nil {
				return nil
			}
			return liveLocation(o)
		}),
	})
}

func listOrEmpty(v value) any {
	if text := listText(v); text != nil {
		return text
	}
	return "[]"
}

func poolOf(s *session, o *object) any {
	if p := s.e.lookup(kindPool, o.props["COMPUTE_POOL"].text); p != nil {
		return p.parts[0]
	}
	return nil
}

// describeVersions are the columns about the default or the last version.
func describeVersions(which string) []field {
	last := func(o *object) appVersion { return o.versions[len(o.versions)-1] }
	var fields []field
	if which == "default" {
		fields = append(fields, fixedText("default_version", "LAST"))
	}
	return append(fields,
		textField(which+"_version_name", func(_ *session, o *object) any { return last(o).name }),
		fixedText(which+"_version_alias", nil),
		textField(which+"_version_location_uri", func(_ *session, o *object) any { return versionLocation(o, strings.ToLower(last(o).name)) }),
		fixedText(which+"_version_source_location_uri", nil),
		fixedText(which+"_version_git_commit_hash", nil))
}

// showVersions reads SHOW VERSIONS IN STREAMLIT, from the app's name on.
func (p *parser) showVersions(f *shown) statement {
	n := p.name(3)
	if p.word("LIMIT") {
		f.limit = p.number()
	}
	return statement{kind: kindShow, run: func(s *session) (*result, *sqlError) {
		o, err := s.refer(kindStreamlit, n, "SHOW VERSIONS", "OWNERSHIP")
		if err != nil {
			return nil, err
		}
		r := propertyTable("created_on", "name", "alias", "location_uri", "source_location_uri", "git_commit_hash", "is_default", "is_last", "is_live")
		r.columns[0].typ = "timestamp_ltz"
		for i := len(o.versions) - 1; i >= 0; i-- {
			v := o.versions[i]
			last := yes(i == len(o.versions)-1)
			r.rows = append(r.rows, []any{stampText(v.created), v.name, nil, versionLocation(o, strings.ToLower(v.name)), nil, nil, last, last, "N"})
		}
		if o.live != nil {
			r.rows = append(r.rows, []any{stampText(o.created), nil, "LIVE", liveLocation(o), nil, nil, "N", "N", "Y"})
		}
		if f.limit >= 0 {
			r.rows = r.rows[:min(len(r.rows), int(f.limit))]
		}
		return r, nil
	}}
}
