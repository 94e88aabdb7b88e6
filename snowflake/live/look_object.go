package live

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"sleet/snowflake"
)

// object asks about one object. The properties get the names that they have in CREATE.
func (l *looker) object(ctx context.Context, s Session, x snowflake.Object) (snowflake.Found, error) {
	switch x.Kind {
	case snowflake.KindFunction:
		return describeRows(ctx, s, "DESCRIBE FUNCTION "+x.Name, x.Kind)
	case snowflake.KindIntegration:
		return describeRows(ctx, s, "DESCRIBE INTEGRATION "+x.Name, x.Kind)
	default:
	}
	found, err := show(ctx, s, x)
	if err != nil || found.Presence != snowflake.Present {
		return found, err
	}
	switch x.Kind {
	case snowflake.KindNetworkRule:
		err = describeColumns(ctx, s, "DESCRIBE NETWORK RULE "+x.Name, &found, func(r Rows) {
			found.Lists["VALUE_LIST"] = entries(r.Get(0, "value_list"))
		})
	case snowflake.KindStreamlit:
		err = describeColumns(ctx, s, "DESCRIBE STREAMLIT "+x.Name, &found, func(r Rows) { streamlit(r, &found) })
	default:
	}
	return found, err
}

// shows are the words of SHOW for a kind.
func shows(k snowflake.Kind) string {
	switch k {
	case snowflake.KindSchema:
		return "SCHEMAS"
	case snowflake.KindStage:
		return "STAGES"
	case snowflake.KindNetworkRule:
		return "NETWORK RULES"
	case snowflake.KindSecret:
		return "SECRETS"
	case snowflake.KindStreamlit:
		return "STREAMLITS"
	case snowflake.KindWarehouse:
		return "WAREHOUSES"
	case snowflake.KindPool:
		return "COMPUTE POOLS"
	case snowflake.KindDatabase:
		return "DATABASES"
	default:
		return ""
	}
}

// show finds an object by SHOW, which gives its owner as well.
func show(ctx context.Context, s Session, x snowflake.Object) (snowflake.Found, error) {
	parts, err := snowflake.Qualified(x.Name)
	if err != nil || shows(x.Kind) == "" {
		return snowflake.Found{}, nil //nolint:nilerr // A name that no account can have is not there.
	}
	name := stored(parts[len(parts)-1])
	// In a pattern % and _ stand for others, so the rows are looked through by the name itself.
	statement := "SHOW " + shows(x.Kind) + " LIKE " + snowflake.Literal(name)
	if place := strings.Join(parts[:len(parts)-1], "."); place != "" {
		in := " IN SCHEMA "
		if x.Kind == snowflake.KindSchema {
			in = " IN DATABASE "
		}
		statement += in + place
	}
	rows, err := s.Query(ctx, statement)
	if err != nil {
		return snowflake.Found{}, err
	}
	for i := range rows.Values {
		if rows.Get(i, "name") != name {
			continue
		}
		found := snowflake.Found{
			Presence: snowflake.Present, Owner: rows.Get(i, "owner"), Comment: rows.Get(i, "comment"),
			Values: map[string]string{"COMMENT": rows.Get(i, "comment")}, Lists: map[string][]string{},
		}
		if x.Kind == snowflake.KindSecret {
			found.Values["TYPE"] = rows.Get(i, "secret_type")
		}
		if x.Kind == snowflake.KindPool {
			found.Values["AUTO_RESUME"] = rows.Get(i, "auto_resume")
			found.Values["IS_EXCLUSIVE"] = rows.Get(i, "is_exclusive")
		}
		if x.Kind == snowflake.KindNetworkRule {
			found.Values["MODE"], found.Values["TYPE"] = rows.Get(i, "mode"), rows.Get(i, "type")
		}
		return found, nil
	}
	return snowflake.Found{Presence: snowflake.Absent}, nil
}

// describeRows reads a DESCRIBE that gives a property a row.
func describeRows(ctx context.Context, s Session, statement string, kind snowflake.Kind) (snowflake.Found, error) {
	rows, err := s.Query(ctx, statement)
	if err != nil {
		return snowflake.Found{}, err
	}
	found := snowflake.Found{Presence: snowflake.Present, Values: map[string]string{}, Lists: map[string][]string{}}
	for i := range rows.Values {
		name := strings.ToUpper(rows.Get(i, "property"))
		value := rows.Get(i, "property_value")
		if kind == snowflake.KindFunction {
			value = rows.Get(i, "value")
		}
		switch name {
		case "ALLOWED_NETWORK_RULES", "ALLOWED_AUTHENTICATION_SECRETS", "EXTERNAL_ACCESS_INTEGRATIONS", "SECRETS":
			found.Lists[name] = entries(value)
		default:
			found.Values[name] = value
		}
	}
	return found, nil
}

// describeColumns reads a DESCRIBE that gives one row.
func describeColumns(ctx context.Context, s Session, statement string, found *snowflake.Found, read func(Rows)) error {
	rows, err := s.Query(ctx, statement)
	if err != nil {
		return err
	}
	if len(rows.Values) == 0 {
		found.Presence = snowflake.Absent
		return nil
	}
	read(rows)
	return nil
}

// streamlit reads DESCRIBE STREAMLIT.
// https://docs.snowflake.com/en/sql-reference/sql/desc-streamlit
func streamlit(r Rows, found *snowflake.Found) {
	for _, c := range []struct{ column, property string }{
		{"title", "TITLE"},
		{"main_file", "MAIN_FILE"},
		{"query_warehouse", "QUERY_WAREHOUSE"},
		{"runtime_name", "RUNTIME_NAME"},
		{"compute_pool", "COMPUTE_POOL"},
		{"url_id", "URL_ID"},
		{"root_location", "ROOT_LOCATION"},
		{"live_version_location_uri", "LIVE_VERSION"},
	} {
		found.Values[c.property] = r.Get(0, c.column)
	}
	if r.Has("comment") {
		found.Values["COMMENT"] = r.Get(0, "comment")
	}
	found.Lists["EXTERNAL_ACCESS_INTEGRATIONS"] = entries(r.Get(0, "external_access_integrations"))
	found.Lists["SECRETS"] = entries(r.Get(0, "external_access_secrets"))
}

// entries reads a list or a map as DESCRIBE gives it: JSON, or names between brackets or bare,
// with commas between. An entry of a map becomes 'key' = name.
func entries(text string) []string {
	text = strings.TrimSpace(text)
	var list []string
	if json.Unmarshal([]byte(text), &list) == nil {
		return list
	}
	var table map[string]string
	if json.Unmarshal([]byte(text), &table) == nil {
		for key, name := range table {
			list = append(list, snowflake.Literal(key)+" = "+name)
		}
		slices.Sort(list)
		return list
	}
	text = strings.Trim(text, "[](){} ")
	if text == "" {
		return nil
	}
	for entry := range strings.SplitSeq(text, ",") {
		entry = strings.TrimSpace(entry)
		key, name, isMap := strings.Cut(entry, "=")
		if !isMap {
			list = append(list, strings.Trim(entry, "'"))
			continue
		}
		key, name = strings.Trim(strings.TrimSpace(key), `'"`), strings.TrimSpace(name)
		list = append(list, fmt.Sprintf("%s = %s", snowflake.Literal(key), name))
	}
	return list
}
