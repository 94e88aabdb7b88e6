package values

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
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

// valueStore is a store of secrets that --secrets-from can name. A program on the person's machine reads it.
type valueStore struct {
	// prefix begins a reference to the store.
	prefix string
	// read adds the values that the store has for the parts; ref is the reference after the prefix.
	read func(ctx context.Context, host machine.Host, ref string, parts []deploy.ValuePart, into deploy.SecretValues) error
}

// valueStores are the known stores.
var valueStores = []valueStore{
	{"op://", readOnePassword},
	{"keychain:", readKeychain},
}

// valueStoreOf returns the store that --secrets-from refers to.
func valueStoreOf(from string) (store valueStore, ref string, ok bool) {
	for _, s := range valueStores {
		if rest, found := strings.CutPrefix(from, s.prefix); found {
			return s, rest, true
		}
	}
	return valueStore{}, "", false
}

// IsStore reports whether a value of --secrets-from refers to a store.
func IsStore(from string) bool {
	_, _, ok := valueStoreOf(from)
	return ok
}

// readStore reads values from a store. A store without any of them is an error, since it must be the wrong one.
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

// onePasswordItem is the part of `op item get --format json` that sleet reads.
// https://developer.1password.com/docs/cli/reference/management-commands/item/#item-get
type onePasswordItem struct {
	Fields []struct {
		Label   string
		Value   string
		Section struct{ Label string }
	}
}

// readOnePassword reads an item of 1Password, VAULT/ITEM, with op. A field is the value of a part if its label is the
// part's name (key or key.username), or if its section has the key's name and its label the field's.
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
	// The error of json could repeat the value that it could not parse.
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

// readKeychain reads the system's keychain. The service is the reference, the account is a part's name.
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

// keychain is a program that reads a system's keychain.
type keychain struct {
	program string
	args    func(service, account string) []string
	// missing reports whether a failure means that the entry does not exist.
	missing func(code int, said string) bool
	// value returns the value in the program's output.
	value func(out string) string
}

// keychainOf returns the keychain of an operating system.
func keychainOf(goos string) (keychain, bool) {
	switch goos {
	case "darwin":
		// The exit code for errSecItemNotFound is 44.
		return keychain{
			"security", func(service, account string) []string {
				return []string{"find-generic-password", "-s", service, "-a", account, "-w"}
			},
			func(code int, _ string) bool { return code == 44 },
			fromSecurity,
		}, true
	case "linux", "freebsd", "openbsd", "netbsd":
		// secret-tool prints no error for a missing entry.
		return keychain{
			"secret-tool", func(service, account string) []string {
				return []string{"lookup", "service", service, "account", account}
			},
			func(code int, said string) bool { return code == 1 && said == "" },
			// It ends its output with a newline only on a terminal.
			func(out string) string { return strings.TrimSuffix(out, "\n") },
		}, true
	}
	return keychain{}, false
}

// fromSecurity returns the value in the output of security -w, which prints values with several lines or non-ASCII
// characters in hexadecimal.
func fromSecurity(out string) string {
	out = strings.TrimSuffix(out, "\n")
	data, err := hex.DecodeString(out)
	if err != nil || !utf8.Valid(data) || !bytes.ContainsFunc(data, func(r rune) bool { return r < ' ' || r > '~' }) {
		return out // the value itself consists of hexadecimal digits
	}
	return string(data)
}

// storeGrace is how long an interrupted program may take to exit before it is killed.
const storeGrace = 3 * time.Second

// runStore runs a store's program and returns its output, at most machine.MaxInput bytes. The program gets the
// environment without secrets. missing reports which failures mean that the entry does not exist; the output is empty
// then.
func runStore(ctx context.Context, host machine.Host, program string, missing func(code int, said string) bool, args ...string) ([]byte, error) {
	path, err := exec.LookPath(program)
	if err != nil {
		return nil, exit.Usage(nil, "value.store.no_program", "program", program)
	}
	out, said := &boundedBuffer{most: machine.MaxInput}, &boundedBuffer{most: 4096, drop: true}
	cmd := exec.CommandContext(ctx, path, args...) //nolint:gosec // The program is one of the table, its argument a reference.
	cmd.Env = environ.WithoutSecrets(host.Environ)
	cmd.Stdout, cmd.Stderr = out, said
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = storeGrace
	err = cmd.Run()
	words := strings.TrimPrefix(saidBy(said.data.String(), host.Environ), program+": ")
	var ended *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx) //nolint:wrapcheck // The cause of the cancellation.
	case out.full:
		return nil, exit.Usage(nil, "value.long", "file", program, "bytes", machine.MaxInput)
	case errors.As(err, &ended) && missing != nil && missing(ended.ExitCode(), words):
		return nil, nil
	case err != nil && words != "" && out.data.Len() == 0: // its error could repeat a value that it printed
		return nil, exit.Usage(nil, "value.store.said", "program", program, "words", words)
	case err != nil:
		return nil, exit.Usage(err, "value.store.failed", "program", program)
	}
	return out.data.Bytes(), nil
}

// saidBy returns the last line of a program's error output, without control characters, and with anything masked that
// may be a credential: the program's own in the environment, or a value that it read.
func saidBy(text string, environ []string) string {
	text = strings.TrimSpace(strings.ToValidUTF8(text, "?"))
	text = text[strings.LastIndexAny(text, "\r\n")+1:]
	const short = 6 // a shorter value could be part of ordinary words
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

// mask replaces what may be a credential.
const mask = "…"

// credentialName matches the names of variables that may have a credential, credentialWord matches text that looks like
// one.
var (
	credentialName = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)TOKEN|SECRET|PASS|KEY|SESSION|CREDENTIAL`)
	})
	credentialWord = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[A-Za-z0-9+/_=.~-]{20,}`) })
)

// boundedBuffer keeps the first bytes of an output. Beyond its limit it drops the rest, or returns an error, which
// stops the program.
type boundedBuffer struct {
	most       int
	drop, full bool
	data       bytes.Buffer
}

// errTooMuch stops a program that prints too much.
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
