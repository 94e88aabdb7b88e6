package scaffold

import (
	"fmt"
	"strings"

	"sleet/snowflake"
)

// functions make the helper functions of an app whose runtime cannot read secrets itself: one
// without arguments a secret. A function with the secret in it is the secret for whoever may use it,
// so it is SECURE, owned by the app's owner and granted to nobody; it has no PACKAGES, so that its
// owner needs no right to any.
// https://docs.snowflake.com/en/sql-reference/sql/create-function
// https://docs.snowflake.com/en/developer-guide/external-network-access/secret-api-reference
func (o *objects) functions() []snowflake.Statement {
	var list []snowflake.Statement
	for _, s := range o.secrets {
		if s.function == "" {
			continue
		}
		why := ""
		if len(list) == 0 {
			why = o.tell(say(
				"The app calls these to get its secrets. Whoever may use one can read its secret: grant them to nobody,\n"+
					"and see that no FUTURE grant on functions reaches this schema.",
				"アプリはこれらの関数からシークレットを得ます。関数を使える人は値を読めるため、誰にも権限を与えないでください。\n"+
					"関数への FUTURE 権限がこのスキーマに及んでいないことも確認してください。"))
		}
		list = append(list, snowflake.Statement{
			Kind: snowflake.KindFunction,
			Name: s.function,
			SQL:  o.function(s),
			Undo: "DROP FUNCTION IF EXISTS " + s.function,
			Why:  why,
		})
	}
	return list
}

// What the helper functions run: their Python, and the function in it.
const (
	handlerPython = "3.12"
	handlerName   = "get_secret"
)

func (o *objects) function(s secretObject) string {
	return snowflake.Clauses("CREATE OR REPLACE SECURE FUNCTION "+s.function,
		"COPY GRANTS",
		"RETURNS STRING",
		"LANGUAGE PYTHON",
		"RUNTIME_VERSION = "+snowflake.Literal(handlerPython),
		snowflake.SetText("COMMENT", o.tell(say(
			"Gives the app %s its secret %s. Grant it to nobody.",
			"アプリ %s にシークレット %s を渡します。誰にも権限を与えないでください。"), snowflake.Plain(o.app.App.Name), s.Key)),
		"HANDLER = "+snowflake.Literal(handlerName),
		snowflake.Set("EXTERNAL_ACCESS_INTEGRATIONS", snowflake.List(o.integrations()...)),
		snowflake.Set("SECRETS", snowflake.List(binding(s))),
	) + "\nAS " + snowflake.Body(handler(s))
}

// secretCall is how a handler reads a secret of one type.
type secretCall struct {
	// call is the function of _snowflake.
	call string
	// parts are the attributes of what it gives, which the handler returns as JSON text; without
	// parts it gives a string.
	parts []string
}

// readers are the ways to read a secret, by its type.
// https://docs.snowflake.com/en/developer-guide/external-network-access/secret-api-reference
func readers() map[SecretType]secretCall {
	return map[SecretType]secretCall{
		GenericString:      {call: "get_generic_secret_string"},
		Password:           {call: "get_username_password", parts: []string{"username", "password"}},
		OAuth2:             {call: "get_oauth_access_token"},
		CloudProviderToken: {call: "get_cloud_provider_token", parts: []string{"access_key_id", "secret_access_key", "token"}},
	}
}

// handler gives the Python code of a helper function.
func handler(s secretObject) string {
	read := readers()[s.Type]
	key := pythonText(s.Key)
	var b strings.Builder
	b.WriteByte('\n')
	if len(read.parts) > 0 {
		b.WriteString("import json\n\n")
	}
	b.WriteString("import _snowflake\n\n\ndef get_secret():\n")
	if s.Existing {
		fmt.Fprintf(&b, `    kind = str(_snowflake.get_secret_type(%s)).upper()
    if kind != "%s":
        raise ValueError("the secret bound to %s is of type " + kind + ", not %[2]s")
`, key, sqlType(s.Type), strings.Trim(key, `"`))
	}
	call := fmt.Sprintf("_snowflake.%s(%s)", read.call, key)
	if len(read.parts) == 0 {
		fmt.Fprintf(&b, "    return %s\n", call)
		return b.String()
	}
	fmt.Fprintf(&b, "    value = %s\n    return json.dumps(\n        {\n", call)
	for _, part := range read.parts {
		fmt.Fprintf(&b, "            \"%s\": value.%[1]s,\n", part)
	}
	b.WriteString("        }\n    )\n")
	return b.String()
}

// pythonText gives text as a Python string in ASCII, with no dollar sign that could end the body.
func pythonText(text string) string {
	return strings.ReplaceAll(fmt.Sprintf("%+q", text), "$", `\x24`)
}
