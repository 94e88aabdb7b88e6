package engine

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"sleet/snowflake/snowflaketest/grammar"
)

// secretProps returns the properties with secret values. A snapshot contains only their hashes.
func secretProps() []string {
	return []string{"SECRET_STRING", "PASSWORD", "USERNAME", "OAUTH_REFRESH_TOKEN", "OAUTH_CLIENT_SECRET", "RSA_PUBLIC_KEY"}
}

// Snapshot returns the whole account as deterministic text: objects with owners and properties, files, roles and
// grants. It contains no times, ids or values of secrets.
func (e *Engine) Snapshot() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	var b strings.Builder
	for _, k := range sorted(e.objects) {
		e.describeObject(&b, e.objects[k])
	}
	var lines []string
	for role, list := range e.members {
		for _, m := range list {
			lines = append(lines, fmt.Sprintf("GRANT %s %s TO %s %s", kindOf(role), named(role), kindOf(m.to), named(m.to)))
		}
	}
	for _, g := range e.grants {
		on := grammar.KindAccount
		if o := e.objects[g.on]; o != nil {
			on = o.kind + " " + o.full()
		}
		line := fmt.Sprintf("GRANT %s ON %s TO %s %s", g.privilege, on, kindOf(g.to), named(g.to))
		if g.option {
			line += " WITH GRANT OPTION"
		}
		lines = append(lines, line)
	}
	for _, f := range e.future {
		lines = append(lines, fmt.Sprintf("GRANT %s ON FUTURE %sS IN %s %s TO %s", f.privilege, f.kind, kindOf(f.in), named(f.in), named(f.to)))
	}
	for _, g := range e.inheritedGrants {
		in := grammar.KindAccount
		if g.in != "" {
			in = kindOf(g.in) + " " + named(g.in)
		}
		lines = append(lines, fmt.Sprintf("GRANT INHERITED %s ON ALL %sS IN %s TO %s", g.privilege, g.kind, in, named(g.to)))
	}
	slices.Sort(lines)
	b.WriteString(strings.Join(lines, "\n"))
	b.WriteString("\n")
	return b.String()
}

// describeObject writes one object.
func (e *Engine) describeObject(b *strings.Builder, o *object) {
	fmt.Fprintf(b, "%s %s", o.kind, o.full())
	if o.owner != "" {
		fmt.Fprintf(b, " OWNER %s", named(o.owner))
	}
	b.WriteString("\n")
	if o.comment != "" {
		fmt.Fprintf(b, "  COMMENT %q\n", o.comment)
	}
	for _, word := range sorted(o.props) {
		v := o.props[word]
		switch {
		case word == "URL_ID":
			continue
		case slices.Contains(secretProps(), word):
			fmt.Fprintf(b, "  %s #%s\n", word, hash([]byte(v.text)))
		case len(v.binds) > 0:
			for _, bound := range v.binds {
				fmt.Fprintf(b, "  %s %q = %s\n", word, bound.key, bound.secret)
			}
		case len(v.list) > 0:
			fmt.Fprintf(b, "  %s (%s)\n", word, strings.Join(v.list, ", "))
		default:
			fmt.Fprintf(b, "  %s %q\n", word, v.text)
		}
	}
	if f := o.function; f != nil {
		fmt.Fprintf(b, "  LANGUAGE %s RETURNS %s SECURE %t BODY #%s\n", f.Language, f.Returns, f.Secure, hash([]byte(f.Body)))
	}
	writeFiles(b, "", o.files)
	for _, v := range o.versions {
		fmt.Fprintf(b, "  %s\n", v.name)
		writeFiles(b, "  ", v.files)
	}
	if o.live != nil {
		b.WriteString("  LIVE\n")
		writeFiles(b, "  ", o.live)
	}
}

func writeFiles(b *strings.Builder, indent string, files *StageFiles) {
	if files == nil {
		return
	}
	for _, path := range files.Under("") {
		if f, ok := files.Read(path); ok {
			fmt.Fprintf(b, "  %sFILE %s #%s\n", indent, path, hash(f.Data))
		}
	}
}

// hash returns a short hash: long enough to distinguish values, too short to recover them.
func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:4])
}
