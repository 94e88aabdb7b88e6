package engine

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"sleet/snowflake/snowflaketest/grammar"
)

// builtinFunction is a system function.
type builtinFunction struct {
	Type string
	// least and most are the minimum and maximum number of arguments.
	least, most int
	call        func(s *Session, values []any) any
}

// elsewhere is the Snowsight host of an account that does not use app.snowflake.com.
const elsewhere = "app-sleetorg-sleettest.privatelink.snowflakecomputing.com"

// builtins returns the functions that clients of an app's account call.
// https://docs.snowflake.com/en/sql-reference/functions-context
func builtins() map[string]builtinFunction {
	of := func(call func(*Session) any) builtinFunction {
		return builtinFunction{Type: "text", call: func(s *Session, _ []any) any { return call(s) }}
	}
	fixed := func(v any) builtinFunction { return of(func(*Session) any { return v }) }
	timestamp := builtinFunction{Type: "timestamp_ltz", most: 1, call: func(s *Session, _ []any) any { return stampText(s.e.Options.Now()) }}
	list := map[string]builtinFunction{
		"CURRENT_ROLE":         of(func(s *Session) any { return s.role }),
		"CURRENT_USER":         of(func(s *Session) any { return s.user }),
		"CURRENT_WAREHOUSE":    of(func(s *Session) any { return orNull(s.warehouse) }),
		"CURRENT_DATABASE":     of(func(s *Session) any { return orNull(s.database) }),
		"CURRENT_SCHEMA":       of(func(s *Session) any { return orNull(s.schema) }),
		"CURRENT_ACCOUNT":      of(func(s *Session) any { return s.e.Options.account }),
		"CURRENT_ACCOUNT_NAME": of(func(s *Session) any { return s.e.Options.account }),
		"CURRENT_REGION":       of(func(s *Session) any { return s.e.Options.region }),
		"CURRENT_AVAILABLE_ROLES": of(func(s *Session) any {
			return asJSON(s.e.available(s.user))
		}),
		"CURRENT_SECONDARY_ROLES": of(func(s *Session) any {
			if s.Secondary {
				return asJSON(map[string]string{"roles": strings.Join(s.e.available(s.user), ","), "value": "ALL"})
			}
			return asJSON(map[string]string{"roles": "", "value": ""})
		}),
		"CURRENT_ROLE_TYPE":              fixed("ROLE"),
		"CURRENT_ORGANIZATION_NAME":      fixed("SLEETORG"),
		"CURRENT_VERSION":                fixed("9.40.0"),
		"CURRENT_CLIENT":                 fixed("snowflaketest"),
		"CURRENT_SESSION":                fixed("1"),
		"CURRENT_STATEMENT":              fixed(""),
		"CURRENT_TIMESTAMP":              timestamp,
		"SYSDATE":                        timestamp,
		"SYSTEM$RETURN_CURRENT_ORG_NAME": fixed("SLEETORG"),
		"SYSTEM$GET_SNOWSIGHT_HOST": of(func(s *Session) any {
			if s.e.is(SnowsightElsewhere) {
				return "https://" + elsewhere
			}
			return "https://app.snowflake.com"
		}),
		"SYSTEM$ALLOWLIST":                              fixed("[]"),
		"SYSTEM$ALLOWLIST_PRIVATELINK":                  fixed("[]"),
		"SYSTEM$ARE_ANACONDA_TERMS_ACKNOWLEDGED":        {Type: "boolean", call: func(*Session, []any) any { return true }},
		"SYSTEM$GET_DEFAULT_PYTHON_ARTIFACT_REPOSITORY": {Type: "text", most: 3, call: func(*Session, []any) any { return "" }},
		// Snowpark calls it when a session closes. No query of the session is running by then.
		"SYSTEM$CANCEL_ALL_QUERIES": {Type: "text", least: 1, most: 2, call: func(*Session, []any) any { return "0 queries cancelled." }},
		"IS_ROLE_IN_SESSION": {Type: "boolean", least: 1, most: 1, call: func(s *Session, v []any) any {
			return s.roles()[roleKey(fmt.Sprint(v[0]))]
		}},
	}
	for name, f := range textFunctions() {
		list[name] = f
	}
	return list
}

// textFunctions returns the functions on values.
func textFunctions() map[string]builtinFunction {
	one := func(typ string, call func(string) any) builtinFunction {
		return builtinFunction{Type: typ, least: 1, most: 2, call: func(_ *Session, v []any) any {
			if v[0] == nil {
				return nil
			}
			return call(fmt.Sprint(v[0]))
		}}
	}
	sha := one("text", func(t string) any {
		sum := sha256.Sum256([]byte(t))
		return hex.EncodeToString(sum[:])
	})
	length := one("fixed", func(t string) any { return int64(utf8.RuneCountInString(t)) })
	return map[string]builtinFunction{
		"SHA2": sha, "SHA2_HEX": sha, "LENGTH": length, "LEN": length,
		"UPPER":   one("text", func(t string) any { return strings.ToUpper(t) }),
		"LOWER":   one("text", func(t string) any { return strings.ToLower(t) }),
		"TRIM":    one("text", func(t string) any { return strings.TrimSpace(t) }),
		"TO_JSON": one("text", func(t string) any { return t }),
		"TYPEOF":  one("text", func(string) any { return "VARCHAR" }),
		"PARSE_JSON": one("variant", func(t string) any {
			if !json.Valid([]byte(t)) {
				return nil
			}
			return t
		}),
		"TO_VARCHAR": one("text", func(t string) any { return t }),
		"COUNT":      {Type: "fixed", least: 1, most: 1, call: func(*Session, []any) any { return int64(1) }},
		"COALESCE": {least: 1, most: 9, call: func(_ *Session, v []any) any {
			for _, x := range v {
				if x != nil {
					return x
				}
			}
			return nil
		}},
	}
}

func isBuiltin(name string) bool {
	_, ok := builtins()[name]
	return ok
}

// builtin returns the call of a system function.
func builtin(name string, arguments []expression) expression {
	f := builtins()[name]
	if name == "CURRENT_DATE" || name == "CURRENT_TIME" {
		f = builtinFunction{Type: "text", call: func(s *Session, _ []any) any { return s.e.Options.Now().Format("2006-01-02") }}
	}
	if n := len(arguments); n < f.least || n > max(f.most, f.least) {
		panic(grammar.Compile(939, "22023", "error line 1 at position 7\nwrong number of arguments for function [%s], expected %d, got %d", name, f.least, n))
	}
	return expression{Type: f.Type, in: func(s *Session, caught *grammar.Error) (any, *grammar.Error) {
		if name == "SYSTEM$GET_SNOWSIGHT_HOST" && s.e.is(HostUnknown) {
			return nil, grammar.Compile(2140, "42601", "Unknown function %s", name)
		}
		values, err := evaluate(s, caught, arguments)
		if err != nil {
			return nil, err
		}
		return f.call(s, values), nil
	}}
}

// orNull returns nil for an empty text.
func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}
