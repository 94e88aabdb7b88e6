package resources

import (
	"fmt"
	"strings"

	"sleet/snowflake"
)

// functions returns the helper UDFs of an app whose runtime cannot read secrets itself, one without
// arguments for each secret. Anyone with USAGE on such a UDF can read the secret, so it is SECURE,
// owned by the app's owner and granted to nobody. It has no PACKAGES, so that its owner needs no
// privilege on any.
// https://docs.snowflake.com/en/sql-reference/sql/create-function
// https://docs.snowflake.com/en/developer-guide/external-network-access/secret-api-reference
func (a *Parsed) functions() []step {
	var list []step
	for _, s := range a.Secrets {
		if s.Function.IsZero() {
			continue
		}
		list = append(list, step{Resource: a.function(s)})
	}
	return withWhy(list, a.text("file.sql.functions"))
}

// The Python version of the helper UDFs and the name of their handler.
const (
	handlerPython = "3.12"
	handlerName   = "get_secret"
)

// function returns the UDF that holds a secret.
func (a *Parsed) function(s parsedSecret) snowflake.Resource {
	words := func(name string, value snowflake.Value) snowflake.Property {
		return snowflake.Property{Name: name, Value: value, Clause: snowflake.ClauseWords}
	}
	comment := a.text("file.sql.function_comment", "app", a.PlainName, "key", s.Key)
	return snowflake.Resource{
		Ref: snowflake.Ref{Kind: snowflake.KindFunction, Name: s.Function}, Managed: true, Replace: true,
		Properties: []snowflake.Property{
			{Name: "COPY GRANTS", Clause: snowflake.ClauseWords, Created: true},
			{Name: "RETURNS STRING", Clause: snowflake.ClauseWords, Created: true},
			words("LANGUAGE", snowflake.WordValue("PYTHON")),
			{Name: "RUNTIME_VERSION", Value: snowflake.TextValue(handlerPython)},
			{Name: "COMMENT", Value: snowflake.TextValue(comment), Created: true},
			{Name: "HANDLER", Value: snowflake.TextValue(handlerName)},
			{Name: "EXTERNAL_ACCESS_INTEGRATIONS", Value: snowflake.NamesValue(a.Integrations()...)},
			{Name: "SECRETS", Value: snowflake.ListValue([]snowflake.Entry{s.binding()})},
			{Name: "SECURE", Value: snowflake.WordValue("true"), Clause: snowflake.ClauseNone},
			{Name: "BODY", Value: snowflake.BodyValue(handler(s)), Clause: snowflake.ClauseBody},
		},
	}
}

// handler returns the Python code of a helper UDF.
func handler(s parsedSecret) string {
	read := s.Type.Facts()
	key := pythonText(s.Key)
	var b strings.Builder
	b.WriteByte('\n')
	if len(read.Parts) > 0 {
		b.WriteString("import json\n\n")
	}
	b.WriteString("import _snowflake\n\n\ndef get_secret():\n")
	if s.Existing {
		fmt.Fprintf(&b, `    kind = str(_snowflake.get_secret_type(%s)).upper()
    if kind != "%s":
        raise ValueError("the secret bound to %s is of type " + kind + ", not %[2]s")
`, key, s.Type.SQLName(), strings.Trim(key, `"`))
	}
	call := fmt.Sprintf("_snowflake.%s(%s)", read.Reader, key)
	if len(read.Parts) == 0 {
		fmt.Fprintf(&b, "    return %s\n", call)
		return b.String()
	}
	fmt.Fprintf(&b, "    value = %s\n    return json.dumps(\n        {\n", call)
	for _, part := range read.Parts {
		fmt.Fprintf(&b, "            \"%s\": value.%[1]s,\n", part.Name)
	}
	b.WriteString("        }\n    )\n")
	return b.String()
}

// pythonText returns text as an ASCII Python string literal without dollar signs, which could end
// the body.
func pythonText(text string) string {
	return strings.ReplaceAll(fmt.Sprintf("%+q", text), "$", `\x24`)
}
