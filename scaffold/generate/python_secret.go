package generate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/ui/message"
)

// pythonSecret is a secret as the app's template reads it.
type pythonSecret struct {
	scaffold.SecretDecl
	// Name is the function that reads the secret. No other name in the app begins with "secret_",
	// so no key can collide with one.
	Name string
	// Def is the first line of that function, Doc its docstring, Body the rest.
	Def, Doc, Body string
	// Literal is the key, Query the statement that reads the secret, and StandIn its value in the
	// tests, all in Python syntax.
	Literal, Query, StandIn string
}

func newPythonSecret(r scaffold.App, s scaffold.SecretDecl) pythonSecret {
	p := pythonSecret{SecretDecl: s, Name: "secret_" + s.Key, Literal: pyString(s.Key)}
	if s.Access == scaffold.AccessFunction {
		name := snowflake.LenientJoin(r.App.Database, r.App.Schema, r.FunctionName(s.Key))
		p.Query = pyString("SELECT " + name + "()")
	}
	p.Def = pyDef(p.Name, p.result())
	p.Doc = r.App.Language.Text("file.app.secret." + message.ID(p.facts().Type))
	p.Body = p.body()
	p.StandIn = p.standIn()
	return p
}

// facts returns the facts of the secret's type, or those of a generic string if the type is
// unknown.
func (p pythonSecret) facts() scaffold.SecretTypeFacts {
	if f := p.Type.Facts(); f.Type != "" {
		return f
	}
	return scaffold.GenericString.Facts()
}

// result returns the Python type that the secret's function returns.
func (p pythonSecret) result() string { return cmp.Or(p.facts().Class, "str") }

// parts returns the attributes of a secret that is more than a string.
func (p pythonSecret) parts() []scaffold.SecretPart { return p.facts().Parts }

// body returns the body of the function for the secret's access method.
func (p pythonSecret) body() string {
	result := p.result()
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
		p.read(pyCall("_snowflake."+p.facts().Reader, pyText(p.Literal)), "value.%s")
}

// read returns code that returns value as it is, or an object made of its parts, each formatted
// with form.
func (p pythonSecret) read(value pyExpr, form string) string {
	if p.parts() == nil {
		return value.lines(4, "return ", "")
	}
	result := pyCall(p.result())
	for _, part := range p.parts() {
		result.args = append(result.args, pyText(fmt.Sprintf(form, part.Name)))
	}
	return value.lines(4, "value = ", "") + "\n" + result.lines(4, "return ", "")
}

// functions reports whether any secret is read through a UDF.
func (p pythonApp) functions() bool {
	return p.anySecret(func(s pythonSecret) bool { return s.Access == scaffold.AccessFunction })
}

// functionParts reports whether any secret with several parts is read through a UDF.
func (p pythonApp) functionParts() bool {
	return p.anySecret(func(s pythonSecret) bool {
		return s.Access == scaffold.AccessFunction && s.parts() != nil
	})
}

// hasFallback reports whether any secret has a local fallback for development.
func (p pythonApp) hasFallback() bool { return p.functions() || !p.Container && len(p.Secrets) > 0 }

// secretClass is the Python class for a type of secret with several parts.
type secretClass struct {
	Name, Doc string
	// Fields are the lines of its attributes. StandIn is the value that the tests use for such a
	// secret.
	Fields  []string
	StandIn string
}

// secretClasses returns the classes of the app's secrets.
func (p pythonApp) secretClasses() []secretClass {
	var list []secretClass
	for _, f := range scaffold.SecretTypeTable() {
		if f.Class == "" || !p.anySecret(func(s pythonSecret) bool { return s.Type == f.Type }) {
			continue
		}
		class := secretClass{Name: f.Class, Doc: p.language.Text("file.app.class." + message.ID(f.Type))}
		value := pyExpr{open: "{", close: "}"}
		for _, part := range f.Parts {
			field := part.Name + ": str"
			if !part.Shown {
				field += " = field(repr=False)"
			}
			class.Fields = append(class.Fields, field)
			value.args = append(value.args, pyText(pyString(part.Name)+": "+pyString("the "+part.Words)))
		}
		class.StandIn = value.lines(0, standInName(f)+" = ", "")
		list = append(list, class)
	}
	return list
}

// standInName returns the name of the constant that the tests use for a type of secret with parts:
// LOGIN for a Login.
func standInName(f scaffold.SecretTypeFacts) string {
	var b strings.Builder
	for i, r := range f.Class {
		if i > 0 && unicode.IsUpper(r) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToUpper(r))
	}
	return b.String()
}

// standIn returns the value that the tests use for the secret.
func (p pythonSecret) standIn() string {
	if f := p.facts(); f.Class != "" {
		return standInName(f)
	}
	return pyString("the value of " + p.Key)
}

// secretReaders returns the fakes of the functions of _snowflake that read secrets.
func secretReaders() []string {
	var texts, parts []string
	for _, f := range scaffold.SecretTypeTable() {
		if f.Class == "" {
			texts = append(texts, f.Reader+"=SECRETS.__getitem__")
		} else {
			parts = append(parts, f.Reader+"=lambda key: SimpleNamespace(**SECRETS[key])")
		}
	}
	return append(texts, parts...)
}

// example returns the name of a function that reads a secret usable in an Authorization header, ""
// if there is none.
func (p pythonApp) example() string {
	for _, s := range p.Secrets {
		if s.parts() == nil {
			return s.Name
		}
	}
	return ""
}

// readErrors returns the tuple of exceptions that reading a secret can raise.
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
