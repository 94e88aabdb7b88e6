// Package machine describes the machine that a command runs on and the person who uses it, so that tests can replace
// them.
package machine

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/cli/browser"
	"golang.org/x/term"

	"sleet/snowflake"
	"sleet/snowflake/account/profile"
	"sleet/steps/command/exit"
	"sleet/steps/deploy"
	"sleet/steps/environ"
	"sleet/steps/uv"
	"sleet/ui/message"
)

// Host is the machine that a command runs on.
type Host struct {
	In       io.Reader
	Out, Err io.Writer
	// Environ is the environment as NAME=value entries, including the secrets that were removed from the process's own.
	Environ []string
	// Dir is the working folder as an absolute path.
	Dir string
	// Terminal reports whether both standard input and standard output are a terminal.
	Terminal bool
	// Build is what --version prints.
	Build Build
	// Uv locks packages.
	Uv uv.Tool
	// Wizard asks the person for the answers; nil if it is not available.
	Wizard Wizard
	// Migrate migrates an app on screens; nil if they are not available.
	Migrate func(context.Context, MigrateOptions) error
	// Apply deploys an app on screens; nil if they are not available.
	Apply func(context.Context, ApplyOptions) error
	// AskSecret asks the person for a value without echoing it; nil without a terminal.
	AskSecret func(ctx context.Context, prompt string) (snowflake.Secret, error)
	// Connect logs in to an account; nil if that is not available.
	Connect func(context.Context, ConnectOptions) (deploy.Deployer, error)
	// Browse opens an address in the person's browser.
	Browse func(url string) error
}

// System returns the Host of this process.
func System() (Host, error) {
	dir, err := os.Getwd()
	if err != nil {
		return Host{}, message.Wrap(err, "run.no_working_folder")
	}
	env := takeEnviron()
	host := Host{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		Environ:  env,
		Dir:      dir,
		Terminal: isTerminal(os.Stdin) && isTerminal(os.Stdout),
		Build:    ThisBuild(),
		Uv:       uv.Find(env),
		Browse:   browse,
	}
	if host.Terminal {
		host.AskSecret = func(ctx context.Context, prompt string) (snowflake.Secret, error) {
			return askSecret(ctx, os.Stdin, os.Stderr, prompt)
		}
	}
	return host, nil
}

// takeEnviron returns the environment and removes the secrets from the process's own, which the programs that sleet or
// a library starts inherit.
func takeEnviron() []string {
	env := os.Environ()
	for _, pair := range env {
		if name, _, _ := strings.Cut(pair, "="); environ.SecretVariable(name) {
			_ = os.Unsetenv(name) // it cannot fail for names from the environment
		}
	}
	return env
}

// browse opens an address in the browser and discards what the browser prints.
func browse(url string) error {
	browser.Stdout, browser.Stderr = io.Discard, io.Discard
	return exit.Failed(browser.OpenURL(url), "run.browser_unopened")
}

func isTerminal(f *os.File) bool {
	return term.IsTerminal(int(f.Fd()))
}

// Getenv returns a variable of the Host's environment.
func (h Host) Getenv(name string) string { return environ.Getenv(h.Environ)(name) }

// IsDumbTerminal reports whether the terminal cannot move its cursor.
func (h Host) IsDumbTerminal() bool { return h.Getenv("TERM") == "dumb" }

// Path returns a path that the person named as an absolute one.
func (h Host) Path(name string) string {
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(h.Dir, name)
}

// ConnectionEnv returns the environment to read the connections from.
func (h Host) ConnectionEnv() profile.Env {
	home := h.Getenv("HOME")
	if home == "" || runtime.GOOS == "windows" {
		home, _ = os.UserHomeDir()
	}
	return profile.Env{Environ: h.Environ, Home: home}
}

// Catalogue returns the messages in a language; empty means the environment's.
func (h Host) Catalogue(lang string) *message.Catalogue {
	return message.For(message.Language(lang, h.Getenv))
}
