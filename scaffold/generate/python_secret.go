package generate

import (
	"fmt"
	"slices"

	"sleet/scaffold"
	"sleet/scaffold/resources"
	"sleet/snowflake"
	"sleet/ui/message"
)

// pythonSecret is one secret as the template of the app reads it.
type pythonSecret struct {
	scaffold.SecretDecl
	// Name is the function that reads it. No other name in the app begins with "secret_", so that
	// a key cannot take a name away.
	Name string
	// Def, Doc and Body are the first line of that function, its docstring and the rest.
	Def, Doc, Body string
	// Literal is the key, Query the statement that asks for it, StandIn its value in the tests, as Python has them.
	Literal, Query, StandIn string
}

func newPythonSecret(r scaffold.App, s scaffold.SecretDecl) pythonSecret {
	p := pythonSecret{SecretDecl: s, Name: "secret_" + s.Key, Literal: pyString(s.Key)}
	if s.Access == scaffold.AccessFunction {
		name := snowflake.AnyJoin(r.App.Database, r.App.Schema, r.FunctionName(s.Key))
		p.Query = pyString("SELECT " + name + "()")
	}
	p.Def = pyDef(p.Name, resultOf(s.Type).name)
	p.Doc = r.App.Language.Text(resultOf(s.Type).doc)
	p.Body = p.body()
	p.StandIn = p.standIn()
	return p
}

// pythonResult is the type of what a secret's function gives, and what its docstring says.
type pythonResult struct {
	name string
	doc  message.ID
}

// resultOf returns the row of a type, that of a generic string for one that is none.
func resultOf(t scaffold.SecretType) pythonResult {
	switch t {
	case scaffold.Password:
		return pythonResult{"Login", "file.app.secret.password"}
	case scaffold.CloudProviderToken:
		return pythonResult{"CloudToken", "file.app.secret.cloud_provider_token"}
	case scaffold.OAuth2:
		return pythonResult{"str", "file.app.secret.oauth2"}
	case scaffold.GenericString:
	}
	return pythonResult{"str", "file.app.secret.generic_string"}
}

// parts are the attributes of a secret that is more than a string.
func (p pythonSecret) parts() []string { return resources.Readers()[string(p.Type)].Parts }

// body is what the function does, by the way to the secret.
func (p pythonSecret) body() string {
	result := resultOf(p.Type).name
	switch p.Access {
	case scaffold.AccessFunction:
		value := pyCall("call_function", pyText(p.Literal), pyText(p.Query))
		if p.parts() != nil {
			value = pyCall(result, pyCall("**parts", value))
		}
		return value.lines(4, "return ", "")
	case scaffold.AccessSecrets:
		return p.read(pyIndex("st.secrets", pyText(p.Literal)), `value["%s"]`)
	case scaffold.AccessModule:
	}
	local := pyCall("local_secret", pyText(p.Literal))
	if p.parts() != nil {
		local.text = "**" + local.text
		local = pyCall(result, local)
	}
	return "    if _snowflake is None:\n" +
		local.lines(8, "return ", "") + "\n" +
		p.read(pyCall("_snowflake."+resources.Readers()[string(p.Type)].Call, pyText(p.Literal)), "value.%s")
}

// read returns what an expression has: as it is, or made of its parts, each taken in a form.
func (p pythonSecret) read(value pyExpr, form string) string {
	if p.parts() == nil {
		return value.lines(4, "return ", "")
	}
	result := pyCall(resultOf(p.Type).name)
	for _, part := range p.parts() {
		result.args = append(result.args, pyText(fmt.Sprintf(form, part)))
	}
	return value.lines(4, "value = ", "") + "\n" + result.lines(4, "return ", "")
}

// functions reports whether a secret is behind a function.
func (p pythonApp) functions() bool {
	return p.anySecret(func(s pythonSecret) bool { return s.Access == scaffold.AccessFunction })
}

// functionParts reports whether a secret of more than one part is behind a function.
func (p pythonApp) functionParts() bool {
	return p.anySecret(func(s pythonSecret) bool {
		return s.Access == scaffold.AccessFunction && s.parts() != nil
	})
}

// hasFallback reports whether a secret has a stand-in on a developer's machine.
func (p pythonApp) hasFallback() bool { return p.functions() || !p.Container && len(p.Secrets) > 0 }

// logins reports whether there is a secret of the type password.
func (p pythonApp) logins() bool {
	return p.anySecret(func(s pythonSecret) bool { return s.Type == scaffold.Password })
}

// cloudTokens reports whether there is a secret of a cloud provider.
func (p pythonApp) cloudTokens() bool {
	return p.anySecret(func(s pythonSecret) bool { return s.Type == scaffold.CloudProviderToken })
}

// example is a function that reads a secret fit for an Authorization header, "" where there is
// none.
func (p pythonApp) example() string {
	for _, s := range p.Secrets {
		if s.parts() == nil {
			return s.Name
		}
	}
	return ""
}

// readErrors is the tuple of what reading a secret can raise.
func (p pythonApp) readErrors() string {
	switch {
	case !p.Container:
		return "(SecretError, LookupError, RuntimeError, TypeError, ValueError)"
	case !p.hasFallback():
		return "(FileNotFoundError, KeyError, TypeError)"
	default:
		return "(SecretError, FileNotFoundError, KeyError, TypeError, ValueError)"
	}
}

func (p pythonApp) anySecret(is func(pythonSecret) bool) bool {
	return slices.ContainsFunc(p.Secrets, is)
}
