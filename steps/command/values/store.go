package values

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"sleet/snowflake"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/command/output"
	"sleet/steps/deploy"
	"sleet/steps/environ"
)

// valueStore is a place outside files that --secrets-from can name, read by the person's own program.
type valueStore struct {
	// prefix begins a reference to it.
	prefix string
	// read adds the values that it has of the parts; ref is what follows the prefix.
	read func(ctx context.Context, host machine.Host, ref string, parts []deploy.ValuePart, into deploy.SecretValues) error
}

// valueStores are the stores, by the prefix of their references.
var valueStores = []valueStore{
	{"op://", readOnePassword},
	{"keychain:", readKeychain},
}

// valueStoreOf finds the store that a text of --secrets-from refers to.
func valueStoreOf(from string) (store valueStore, ref string, ok bool) {
	for _, s := range valueStores {
		if rest, found := strings.CutPrefix(from, s.prefix); found {
			return s, rest, true
		}
	}
	return valueStore{}, "", false
}

// Stored reports whether a text of --secrets-from refers to a store.
func Stored(from string) bool {
	_, _, ok := valueStoreOf(from)
	return ok
}

// readStore takes values from a store. One that has none of them was named by mistake.
func readStore(ctx context.Context, host machine.Host, store valueStore, from, ref string, parts []deploy.ValuePart, into deploy.SecretValues) error {
	if ref == "" || strings.ContainsFunc(ref, unicode.IsControl) {
		return exit.Usage(nil, "value.store.reference", "reference", from)
	}
	found := deploy.SecretValues{}
	if err := store.read(ctx, host, ref, parts, found); err != nil {
		return err
	}
	if len(found) == 0 {
		return exit.Usage(nil, "value.store.empty", "reference", from, "secrets", listParts(parts))
	}
	for part, value := range found {
		into[part] = value
	}
	return nil
}

// onePasswordItem is what sleet reads of `op item get --format json`.
// https://developer.1password.com/docs/cli/reference/management-commands/item/#item-get
type onePasswordItem struct {
	Fields []struct {
		Label   string
		Value   string
		Section struct{ Label string }
	}
}

// readOnePassword reads an item of 1Password, VAULT/ITEM, by its program op. A field is a part's value where
// its label is the part's name, key or key.username, or where it is in a section of the key's name.
func readOnePassword(ctx context.Context, host machine.Host, ref string, parts []deploy.ValuePart, into deploy.SecretValues) error {
	vault, item, two := strings.Cut(ref, "/")
	if !two || vault == "" || item == "" || strings.Contains(item, "/") {
		return exit.Usage(nil, "value.store.op", "reference", "op://"+ref)
	}
	out, err := runStore(ctx, host, "op", nil, "item", "get", "--vault="+vault, "--format=json", "--", item)
	if err != nil {
		return err
	}
	var read onePasswordItem
	// An error of json's could repeat what it could not read.
	if json.Unmarshal(out, &read) != nil {
		return exit.Usage(nil, "value.store.unread", "program", "op")
	}
	for _, f := range read.Fields {
		key, field, _ := strings.Cut(f.Label, ".")
		part, ok := findPart(parts, key, field)
		if !ok && f.Section.Label != "" {
			part, ok = findPart(parts, f.Section.Label, f.Label)
		}
		if ok && f.Value != "" {
			into[part] = snowflake.NewSecret(f.Value)
		}
	}
	return nil
}

// readKeychain reads the keychain of this system: the service is the reference, the account a part's name.
func readKeychain(ctx context.Context, host machine.Host, service string, parts []deploy.ValuePart, into deploy.SecretValues) error {
	if strings.HasPrefix(service, "-") {
		return exit.Usage(nil, "value.store.reference", "reference", "keychain:"+service)
	}
	ask, ok := keychainOf(runtime.GOOS)
	if !ok {
		return exit.Usage(nil, "value.store.no_keychain", "system", runtime.GOOS)
	}
	for _, part := range parts {
		out, err := runStore(ctx, host, ask.program, ask.missing, ask.args(service, part.String())...)
		if err != nil {
			return err
		}
		if value := ask.value(string(out)); value != "" {
			into[part] = snowflake.NewSecret(value)
		}
	}
	return nil
}

// keychain is the program that reads a system's keychain.
type keychain struct {
	program string
	args    func(service, account string) []string
	// missing reports whether a failure means that there is no such entry.
	missing func(code int, said string) bool
	// value is the value in its output.
	value func(out string) string
}

// keychainOf finds the program of a system.
func keychainOf(goos string) (keychain, bool) {
	switch goos {
	case "darwin":
		// errSecItemNotFound ends it with 44.
		return keychain{
			"security", func(service, account string) []string {
				return []string{"find-generic-password", "-s", service, "-a", account, "-w"}
			},
			func(code int, _ string) bool { return code == 44 },
			fromSecurity,
		}, true
	case "linux", "freebsd", "openbsd", "netbsd":
		// It says nothing about an entry that is not there.
		return keychain{
			"secret-tool", func(service, account string) []string {
				return []string{"lookup", "service", service, "account", account}
			},
			func(code int, said string) bool { return code == 1 && said == "" },
			// It ends its output with a new line on a terminal only.
			func(out string) string { return strings.TrimSuffix(out, "\n") },
		}, true
	}
	return keychain{}, false
}

// fromSecurity is the value in the output of security -w, which prints a value of several lines, or with
// letters that are not ASCII, as hexadecimal digits.
func fromSecurity(out string) string {
	out = strings.TrimSuffix(out, "\n")
	data, err := hex.DecodeString(out)
	if err != nil || !utf8.Valid(data) || !bytes.ContainsFunc(data, func(r rune) bool { return r < ' ' || r > '~' }) {
		return out // digits that are the value itself
	}
	return string(data)
}

// storeGrace is how long a stopped program of a store may take to end.
const storeGrace = 3 * time.Second

// runStore runs the program of a store and returns what it prints: at most machine.MostInput bytes. The program
// gets the environment without the values of secrets. missing says which failures mean that nothing is
// there; then the output is empty.
func runStore(ctx context.Context, host machine.Host, program string, missing func(code int, said string) bool, args ...string) ([]byte, error) {
	path, err := exec.LookPath(program)
	if err != nil {
		return nil, exit.Usage(nil, "value.store.no_program", "program", program)
	}
	out, said := &boundedBuffer{most: machine.MostInput}, &boundedBuffer{most: 4096, drop: true}
	cmd := exec.CommandContext(ctx, path, args...) //nolint:gosec // a program of the table, with a reference as its argument
	cmd.Env = environ.WithoutSecrets(host.Environ)
	cmd.Stdout, cmd.Stderr = out, said
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = storeGrace
	err = cmd.Run()
	words := saidBy(said.data.String(), host.Environ)
	var ended *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return nil, fmt.Errorf("%s was stopped: %w", program, context.Cause(ctx))
	case out.full:
		return nil, exit.Usage(nil, "value.long", "file", program, "bytes", machine.MostInput)
	case errors.As(err, &ended) && missing != nil && missing(ended.ExitCode(), words):
		return nil, nil
	case err != nil && words != "" && out.data.Len() == 0: // what it printed could be in its words
		return nil, exit.Usage(nil, "value.store.said", "program", program, "words", words)
	case err != nil:
		return nil, exit.Usage(err, "value.store.failed", "program", program)
	}
	return out.data.Bytes(), nil
}

// saidBy is the last line that a program wrote about its failure, without what could drive a terminal, and without what may be a
// credential: the program's own in the environment, or a value that it read.
func saidBy(text string, environ []string) string {
	text = strings.TrimSpace(strings.ToValidUTF8(text, "?"))
	text = text[strings.LastIndexAny(text, "\r\n")+1:]
	const short = 6 // such a value would take words out of the text
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		if len(value) >= short && credentialName().MatchString(name) {
			text = strings.ReplaceAll(text, value, mask)
		}
	}
	return output.Clean(credentialWord().ReplaceAllStringFunc(text, func(word string) string {
		if strings.ContainsAny(word, "0123456789") {
			return mask
		}
		return word
	}))
}

// mask stands for what may be a credential.
const mask = "…"

// credentialName matches the names of variables that hold one, credentialWord what looks like one.
var (
	credentialName = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)TOKEN|SECRET|PASS|KEY|SESSION|CREDENTIAL`)
	})
	credentialWord = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[A-Za-z0-9+/_=.~-]{20,}`) })
)

// boundedBuffer keeps the first bytes of an output. Over its bound it drops the rest, or fails, which ends
// the program.
type boundedBuffer struct {
	most       int
	drop, full bool
	data       bytes.Buffer
}

// errTooMuch ends a program that prints too much.
var errTooMuch = errors.New("too much output")

func (b *boundedBuffer) Write(p []byte) (int, error) {
	if b.data.Len()+len(p) > b.most {
		b.full = true
		if b.drop {
			return len(p), nil
		}
		return 0, errTooMuch
	}
	return b.data.Write(p) //nolint:wrapcheck // It never fails.
}
