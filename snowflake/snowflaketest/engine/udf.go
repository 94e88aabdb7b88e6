package engine

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sleet/snowflake/snowflaketest/grammar"
)

// pythonHost runs a handler as Snowflake does: it reads the job from standard input, provides the modules through which
// a handler reads its secrets, and answers in JSON. No secret is in an argument or in the environment.
// https://docs.snowflake.com/en/developer-guide/external-network-access/secret-api-reference
const pythonHost = `
import collections, json, sys, types

job = json.load(sys.stdin)
out = sys.stdout
sys.stdout = sys.stderr


class UsernamePassword:
    def __init__(self, username, password):
        self.username, self.password = username, password


class CloudProviderToken:
    def __init__(self, access_key_id, secret_access_key, token):
        self.access_key_id, self.secret_access_key, self.token = access_key_id, secret_access_key, token


def secret(key, *kinds):
    if key not in job["secrets"]:
        raise ValueError("Secret %s is not bound to this function" % key)
    value = job["secrets"][key]
    if kinds and value["type"] not in kinds:
        raise ValueError("Secret %s is of type %s" % (key, value["type"]))
    return value


def get_generic_secret_string(key):
    return secret(key, "GENERIC_STRING")["value"]


def get_username_password(key):
    value = secret(key, "PASSWORD")
    return UsernamePassword(value["username"], value["password"])


def get_oauth_access_token(key):
    return secret(key, "OAUTH2")["value"]


def get_cloud_provider_token(key):
    value = secret(key, "CLOUD_PROVIDER_TOKEN")
    return CloudProviderToken(value["access_key_id"], value["secret_access_key"], value["token"])


def get_secret_type(key):
    return secret(key)["type"]


names = [n for n in list(globals()) if n.startswith("get_")]
for path in ("_snowflake", "snowflake.snowpark.secrets"):
    at = ""
    for part in path.split("."):
        at = at + "." + part if at else part
        if at not in sys.modules:
            sys.modules[at] = types.ModuleType(at)
            sys.modules[at].__path__ = []
    for n in names:
        setattr(sys.modules[path], n, globals()[n])

try:
    space = {"__name__": "handler"}
    exec(compile(job["body"], "<handler>", "exec"), space)
    value = space[job["handler"]](*job["arguments"])
    if job["returns"] == "VARCHAR" and value is not None and not isinstance(value, (str, int, float, bool)):
        raise TypeError("the handler gave %s, not text" % type(value).__name__)
    if job["returns"] == "VARCHAR" and value is not None:
        value = str(value)
    elif job["returns"] in ("VARIANT", "OBJECT", "ARRAY") and value is not None:
        value = json.dumps(value)
    json.dump({"value": value}, out)
except BaseException as e:
    json.dump({"error": "%s: %s" % (type(e).__name__, e)}, out)
`

// callFunction calls a function, which runs with the privileges of its owner.
func (s *Session) callFunction(n grammar.Name, values []any) (any, *grammar.Error) {
	full, err := s.complete(grammar.KindStage, n, "SELECT")
	if err != nil {
		return nil, err
	}
	unknown := grammar.Compile(2140, "42601", "Unknown function %s", n)
	var o *object
	for _, f := range s.e.all(grammar.KindFunction) {
		base, _, _ := strings.Cut(f.short(), "(")
		if slices.Equal(f.parts[:2], full[:2]) && base == full[2] && len(f.function.Arguments) == len(values) {
			o = f
		}
	}
	if o == nil || !s.sees(o) || !s.seesAbove(o) || !s.may(o, "USAGE") {
		return nil, unknown
	}
	if !s.hasWarehouse() {
		return nil, grammar.NoWarehouse()
	}
	if o.function.Language == "SQL" {
		return s.callSQL(o, values)
	}
	secrets, err := s.secretsOf(o)
	if err != nil {
		return nil, err
	}
	return s.python(o, values, secrets)
}

// callSQL evaluates the body of a SQL function: an expression of constants.
func (s *Session) callSQL(o *object, values []any) (any, *grammar.Error) {
	if len(values) > 0 {
		return nil, grammar.Unsupported("arguments of SQL functions")
	}
	body := strings.TrimSpace(o.function.Body)
	if !strings.HasPrefix(strings.ToUpper(body), "SELECT") {
		body = "SELECT " + body
	}
	st, err := parse(body, nil)
	if err != nil {
		return nil, err
	}
	r, err := st.run(s)
	if err != nil || len(r.Rows) == 0 {
		return nil, err
	}
	return r.Rows[0][0], nil
}

// secretsOf returns the values of a function's secrets, or an error if its owner may not read them or its integrations
// do not allow them.
func (s *Session) secretsOf(o *object) (map[string]map[string]string, *grammar.Error) {
	secrets := map[string]map[string]string{}
	roles := s.e.closure(o.owner)
	integrations := o.props["EXTERNAL_ACCESS_INTEGRATIONS"].list
	for _, name := range integrations {
		i := s.e.lookup(grammar.KindIntegration, name)
		if i == nil || !s.e.has(roles, "USAGE", i) {
			return nil, grammar.Absent("Integration", name)
		}
		if i.props["ENABLED"].text != "true" {
			return nil, grammar.Refuse(395092, "42501", "Integration '%s' is disabled.", name)
		}
	}
	for _, b := range o.props["SECRETS"].binds {
		secret := s.e.lookup(grammar.KindSecret, b.secret)
		if secret == nil || !s.e.has(roles, "READ", secret) {
			return nil, grammar.Absent("Secret", b.secret)
		}
		if !s.e.allows(integrations, b.secret) {
			return nil, grammar.Refuse(395093, "42501", "Secret '%s' is not allowed by the external access integrations of the function.", b.secret)
		}
		secrets[b.key] = handed(secret)
	}
	return secrets, nil
}

// handed returns a secret as a handler reads it. Tokens that a provider would issue are invented.
func handed(secret *object) map[string]string {
	kind := secret.props["TYPE"].text
	m := map[string]string{"type": kind}
	switch kind {
	case "GENERIC_STRING":
		m["value"] = secret.props["SECRET_STRING"].text
	case "PASSWORD":
		m["username"], m["password"] = secret.props["USERNAME"].text, secret.props["PASSWORD"].text
	case "OAUTH2":
		m["value"] = "access-token-of-" + secret.full()
	case "CLOUD_PROVIDER_TOKEN":
		m["access_key_id"], m["secret_access_key"], m["token"] = "AKIATEST", "key-of-"+secret.full(), "token-of-"+secret.full()
	}
	return m
}

// python runs a handler.
func (s *Session) python(o *object, values []any, secrets map[string]map[string]string) (any, *grammar.Error) {
	handler := o.props["HANDLER"].text
	fail := func(why string) *grammar.Error {
		return grammar.Refuse(100357, "P0000", "Python Interpreter Error:\n%s in function %s with handler %s", why, strings.SplitN(o.short(), "(", 2)[0], handler)
	}
	if s.e.Options.Python == "" {
		if value, ok := native(o.function.Body, secrets); ok {
			return value, nil
		}
		return nil, fail("this test account was given no Python interpreter to run functions with (option WithPython)")
	}
	job, err := json.Marshal(map[string]any{
		"body": o.function.Body, "handler": handler, "arguments": values, "returns": o.function.Returns, "secrets": secrets,
	})
	if err != nil {
		return nil, fail(err.Error())
	}
	var out, complaint bytes.Buffer
	cmd := exec.CommandContext(s.ctx, s.e.Options.Python, "-I", "-c", pythonHost) //nolint:gosec // The interpreter comes from the test.
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(job), &out, &complaint
	if err := cmd.Run(); err != nil {
		return nil, fail(fmt.Sprintf("%v: %s", err, lastLine(complaint.String())))
	}
	var answer struct {
		Value any    `json:"value"`
		Error string `json:"error"`
	}
	if err := json.Unmarshal(out.Bytes(), &answer); err != nil {
		return nil, fail(err.Error())
	}
	if answer.Error != "" {
		return nil, fail(answer.Error)
	}
	if f, ok := answer.Value.(float64); ok && o.function.Returns == "NUMBER" {
		return int64(f), nil
	}
	return answer.Value, nil
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}

// secretCall matches the call with which a handler reads its secret.
var secretCall = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\.(get_generic_secret_string|get_username_password|get_oauth_access_token|get_cloud_provider_token)\(\s*["'](\w+)["']\s*\)`)
})

// native returns, without Python, the result of a handler that only returns its secret: the text of a string or token,
// or JSON of a secret with several parts. ok is false for any other handler.
func native(body string, secrets map[string]map[string]string) (value any, ok bool) {
	call := secretCall().FindStringSubmatch(body)
	if call == nil {
		return nil, false
	}
	secret, ok := secrets[call[2]]
	if !ok {
		return nil, false
	}
	if text, whole := secret["value"]; whole {
		return text, true
	}
	parts := map[string]string{}
	for name, part := range secret {
		if name != "type" {
			parts[name] = part
		}
	}
	text, err := json.Marshal(parts)
	return string(text), err == nil
}
