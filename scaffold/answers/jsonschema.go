package answers

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/catalogue"
	"sleet/ui/message"
)

// SchemaURL is where editors find the JSON Schema of sleet.toml: SchemaStore, whose catalog they
// read.
// https://www.schemastore.org
const SchemaURL = "https://json.schemastore.org/sleet.json"

// schemaDraft is the draft that SchemaStore asks for because every editor supports it.
const schemaDraft = "http://json-schema.org/draft-07/schema#"

// JSONSchema returns the JSON Schema of sleet.toml, with descriptions in the given language. It
// covers the shape of the file, not which answers fit together or what an account has.
func JSONSchema(lang string) []byte {
	d := describer{t: message.For(lang).T, lang: lang}
	properties := jsonSchema{versionKey: d.describe(jsonSchema{"type": "integer", "const": answersVersion}, versionKey)}
	for _, t := range Schema() {
		properties[t.Name] = d.describe(t.shape(d), t.Name)
	}
	return encodeSchema(jsonSchema{
		"$schema": schemaDraft, "$id": SchemaURL, "title": "sleet.toml", "description": d.t("schema.file"),
		"type": "object", "properties": properties, "additionalProperties": false,
	})
}

func encodeSchema(s jsonSchema) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(s); err != nil {
		panic(err) // strings, numbers, lists and maps always encode
	}
	return b.Bytes()
}

// jsonSchema is a JSON Schema or a part of one.
type jsonSchema = map[string]any

// describer writes descriptions in one language.
type describer struct {
	t    message.Translate
	lang string
}

// describe adds the description of a key of sleet.toml.
func (d describer) describe(s jsonSchema, path string) jsonSchema {
	s["description"] = d.t(message.ID("schema." + path))
	return s
}

// fieldsShape returns the schema of a table with a fixed set of keys.
func fieldsShape(d describer, t Table) jsonSchema {
	properties := jsonSchema{}
	defaults := scaffold.App{}.Resolve()
	defaults.Secrets = []scaffold.SecretDecl{{Type: scaffold.GenericString}}
	blank := scaffold.App{Secrets: []scaffold.SecretDecl{{}}}
	for _, f := range t.fields {
		s := f.shape(f.At(&blank, 0))
		if f.fixed {
			if v := answerAt(f.At(&defaults, 0)); v != nil {
				s["default"] = v
			}
		}
		properties[f.key] = d.describe(s, t.Name+"."+f.key)
	}
	object := jsonSchema{"type": "object", "properties": properties, "additionalProperties": false}
	if !t.List {
		return object
	}
	object["required"] = []string{"key"}
	return jsonSchema{"type": "array", "items": object, "maxItems": MaxSecrets}
}

// shape returns the schema of one answer, given a pointer to it. An empty string always means the
// default.
func (f Field) shape(at any) jsonSchema {
	switch at.(type) {
	case *bool:
		return jsonSchema{"type": "boolean"}
	case *scaffold.Cortex:
		values := []any{false, true, ""}
		for _, c := range f.Choices {
			values = append(values, c)
		}
		return jsonSchema{"enum": values}
	case *[]string:
		return jsonSchema{"type": "array", "items": f.textShape(), "maxItems": MaxTexts}
	default:
		return f.textShape()
	}
}

func (f Field) textShape() jsonSchema {
	s := jsonSchema{"type": "string"}
	switch {
	case f.Choices != nil:
		s["enum"] = append(slices.Clone(f.Choices), "")
	case f.pattern != "":
		s["pattern"] = f.pattern
	}
	return s
}

// configShape returns the schema of [config]: every option of the catalogue, nested in tables.
// Options that are not in the catalogue are allowed, since sleet keeps them.
func configShape(d describer, _ Table) jsonSchema {
	root := jsonSchema{"type": "object"}
	for _, o := range catalogue.Options() {
		at, path := root, ""
		parts := strings.Split(o.Key, ".")
		for _, part := range parts[:len(parts)-1] {
			path = strings.TrimPrefix(path+"."+part, ".")
			at = property(at, part)
			at["type"] = "object"
			if text := catalogue.SectionSummary(path); !text.IsZero() {
				at["description"] = d.t.Say(text)
			}
		}
		leaf := property(at, parts[len(parts)-1])
		for k, v := range optionShape(o) {
			leaf[k] = v
		}
		leaf["description"] = d.optionText(o)
	}
	return root
}

// property returns a property of an object and creates it if needed.
func property(s jsonSchema, name string) jsonSchema {
	all, ok := s["properties"].(jsonSchema)
	if !ok {
		all = jsonSchema{}
		s["properties"] = all
	}
	p, ok := all[name].(jsonSchema)
	if !ok {
		p = jsonSchema{}
		all[name] = p
	}
	return p
}

// optionText describes an option, or says that Streamlit's documentation does.
func (d describer) optionText(o catalogue.Option) string {
	if text := o.Summary(); !text.IsZero() {
		return d.t.Say(text)
	}
	return d.t("schema.other_option")
}

// optionShape returns the schema of an option's value.
func optionShape(o catalogue.Option) jsonSchema {
	types := append([]catalogue.Type{o.Type}, o.Also...)
	all := make([]any, len(types))
	for i, t := range types {
		all[i] = optionTypeShape(o, t)
	}
	s := jsonSchema{"anyOf": all}
	if len(all) == 1 {
		s = optionTypeShape(o, o.Type)
	}
	if o.Default != nil && !o.Sensitive {
		s["default"] = o.Default
	}
	if o.Deprecated {
		s["deprecated"] = true
	}
	return s
}

// optionTypeShape returns the schema of an option's values of one type. It accepts what
// Option.Check accepts.
func optionTypeShape(o catalogue.Option, t catalogue.Type) jsonSchema {
	switch t {
	case catalogue.Bool:
		return jsonSchema{"type": "boolean"}
	case catalogue.Integer:
		return limitedShape(o.Limits)
	case catalogue.Float:
		return jsonSchema{"type": "number"}
	case catalogue.String:
		return optionTextShape(o)
	case catalogue.Strings:
		return optionListShape(o, jsonSchema{"type": "string"})
	case catalogue.Integers:
		return optionListShape(o, limitedShape(o.Limits))
	case catalogue.Table:
		return jsonSchema{"type": "object"}
	case catalogue.Tables:
		return optionListShape(o, jsonSchema{"type": "object"})
	default:
		panic(fmt.Sprintf("option type %s has no JSON Schema", t))
	}
}

func optionTextShape(o catalogue.Option) jsonSchema {
	s := jsonSchema{"type": "string"}
	switch {
	case len(o.Choices) == 0:
	case o.OtherValues == "":
		s["enum"] = o.Choices
	case o.Pattern != "":
		s["anyOf"] = []any{jsonSchema{"enum": o.Choices}, jsonSchema{"pattern": o.Pattern}}
	default:
		s["examples"] = o.Choices
	}
	return s
}

func optionListShape(o catalogue.Option, items jsonSchema) jsonSchema {
	s := jsonSchema{"type": "array", "items": items}
	if o.MinItems > 0 {
		s["minItems"] = o.MinItems
	}
	if o.MaxItems > 0 {
		s["maxItems"] = o.MaxItems
	}
	return s
}

// limitedShape returns the schema of an integer. Without limits any number is valid; with limits
// the least defaults to 0.
func limitedShape(l catalogue.Limits) jsonSchema {
	s := jsonSchema{"type": "integer"}
	if l == (catalogue.Limits{}) {
		return s
	}
	s["minimum"] = l.Min
	if l.Max != 0 {
		s["maximum"] = l.Max
	}
	if l.Step != 0 {
		s["multipleOf"] = l.Step
	}
	return s
}

// valuesShape returns the schema of [values], which may hold anything.
func valuesShape(describer, Table) jsonSchema { return jsonSchema{"type": "object"} }

// writtenShape returns the schema of [written].
func writtenShape(describer, Table) jsonSchema {
	return jsonSchema{"type": "object", "additionalProperties": jsonSchema{"type": "string"}}
}
