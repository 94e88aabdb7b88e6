//go:build unix

package command

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"sleet/snowflake/safely"
	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/command/values"
)

// hostile is a server between sleet and an account that answers some requests in its own way. Its box has a connection
// to it.
type hostile struct {
	*box
	// began is closed at the first such answer.
	began chan struct{}
	hits  atomic.Int32
	stop  chan struct{}
}

func newHostile(t *testing.T, match string, answer func(w http.ResponseWriter, r *http.Request, stop <-chan struct{})) *hostile {
	t.Helper()
	account := snowflaketest.Serve(t)
	h := &hostile{box: newBox(t, account, "container"), began: make(chan struct{}), stop: make(chan struct{})}
	up, err := url.Parse("http://" + account.Addr())
	if err != nil {
		t.Fatal(err)
	}
	pattern, proxy := regexp.MustCompile("(?s)"+match), httputil.NewSingleHostReverseProxy(up)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		if zipped, err := gzip.NewReader(bytes.NewReader(body)); err == nil {
			body, _ = io.ReadAll(zipped)
		}
		if pattern.MatchString(r.URL.Path + "\n" + string(body)) {
			if h.hits.Add(1) == 1 {
				close(h.began)
			}
			answer(w, r, h.stop)
			return
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		close(h.stop)
		server.CloseClientConnections()
		server.Close()
	})
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(server.URL, "http://"))
	_, before, _ := net.SplitHostPort(account.Addr())
	h.profile(strings.ReplaceAll(account.Profile(), before, port))
	return h
}

// over checks what every run must end with: no folder of the driver, no value in the output, no Go trace.
func (h *hostile) over() {
	h.t.Helper()
	if left, _ := filepath.Glob(filepath.Join(h.root, "tmp", "sleet-driver-*")); len(left) > 0 {
		h.t.Errorf("left behind: %v", left)
	}
	if said := h.said.String(); strings.Contains(said, "goroutine ") || strings.Contains(said, "panic") {
		h.t.Errorf("the output has a trace:\n%s", said)
	}
	h.clean("container")
}

// TestHostileRedirect redirects sleet to another server, at the login and with a secret in the request.
func TestHostileRedirect(t *testing.T) {
	t.Parallel()
	for name, match := range map[string]string{"log-in": "login-request", "secret": "query-request.*CREATE SECRET"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var other atomic.Int32
			there := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { other.Add(1) }))
			defer there.Close()
			h := newHostile(t, match, func(w http.ResponseWriter, r *http.Request, _ <-chan struct{}) {
				http.Redirect(w, r, there.URL+r.URL.Path, http.StatusTemporaryRedirect)
			})
			started := time.Now()
			r := h.process(testValues("container"), "apply", "demo", "--yes")
			if r.code != exit.Failure || !strings.Contains(r.err, "redirects to "+there.URL) {
				t.Errorf("exit code %d\n%s", r.code, r.err)
			}
			if took := time.Since(started); took > 20*time.Second {
				t.Errorf("the run took %s", took)
			}
			if n := other.Load(); n != 0 {
				t.Errorf("the other host got %d requests", n)
			}
			h.over()
		})
	}
}

// TestHostileAnswers returns answers that no account would.
func TestHostileAnswers(t *testing.T) {
	t.Parallel()
	text := func(body string) func(http.ResponseWriter, *http.Request, <-chan struct{}) {
		return func(w http.ResponseWriter, _ *http.Request, _ <-chan struct{}) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, body)
		}
	}
	endless := func(w http.ResponseWriter, r *http.Request, _ <-chan struct{}) {
		_, _ = io.WriteString(w, `{"success":false,"message":"`)
		block := bytes.Repeat([]byte("A"), 1<<16)
		for r.Context().Err() == nil {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	}
	for name, c := range map[string]struct {
		match  string
		answer func(http.ResponseWriter, *http.Request, <-chan struct{})
		want   string
	}{
		"a long row":       {"query-request.*SHOW", text(`{"success":true,"code":null,"data":{"rowtype":[{"name":"a","type":"text"}],"rowset":[["x","y","z"],[],null],"total":3,"returned":3,"queryResultFormat":"json"}}`), "Cannot read the account's response"},
		"wrong types":      {"query-request.*SHOW", text(`{"success":true,"data":{"rowtype":{},"rowset":"x","parameters":7}}`), "Cannot read the account's response"},
		"a folder of ours": {"query-request.*PUT ", text(`{"success":true,"data":{"command":"UPLOAD","src_locations":["x"],"stageInfo":{"locationType":"LOCAL_FS","location":"/tmp/none"}}}`), "Cannot read the account's response"},
		"a file of ours":   {"query-request.*PUT ", text(`{"success":true,"data":{"command":"UPLOAD","src_locations":["/etc/passwd"],"parallel":1,"stageInfo":{"locationType":"GCS","location":"x","presignedUrl":"http://127.0.0.1:1/x"}}}`), "Cannot read the account's response"},
		"a file for us":    {"query-request.*PUT ", text(`{"success":true,"data":{"command":"DOWNLOAD","src_locations":["x/.profile"],"localLocation":"/tmp","presignedUrls":["http://127.0.0.1:1/x"],"stageInfo":{"locationType":"GCS","location":"x"}}}`), "Cannot read the account's response"},
		"endless log-in":   {"login-request", endless, "larger than 64 MB"},
		"endless rows":     {"query-request.*SHOW", endless, "larger than 64 MB"},
		"a long message":   {"login-request", text(`{"success":false,"code":"390100","data":{},"message":"` + strings.Repeat(`line\n`, 1<<20) + `"}`), "line"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHostile(t, c.match, c.answer)
			started := time.Now()
			r := h.process(testValues("container"), "apply", "demo", "--yes")
			if r.code != exit.Failure || !strings.Contains(r.err, c.want) {
				t.Errorf("exit code %d\n%.2000s", r.code, r.err)
			}
			if took := time.Since(started); took > 30*time.Second {
				t.Errorf("the run took %s", took)
			}
			if lines := strings.Count(r.err, "\n"); len(r.err) > 20_000 || lines > 150 {
				t.Errorf("%d bytes of output in %d lines", len(r.err), lines)
			}
			h.over()
		})
	}
}

// TestHostileSilence tests an answer that never comes and a connection that always breaks: both are reported, and
// ctrl+c stops either within a second.
func TestHostileSilence(t *testing.T) {
	t.Parallel()
	never := func(_ http.ResponseWriter, r *http.Request, stop <-chan struct{}) {
		select {
		case <-stop:
		case <-r.Context().Done():
		}
	}
	breaks := func(w http.ResponseWriter, _ *http.Request, _ <-chan struct{}) {
		if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
			_ = conn.Close()
		}
	}
	for name, c := range map[string]struct {
		match  string
		answer func(http.ResponseWriter, *http.Request, <-chan struct{})
		want   string
	}{
		"a log-in":        {"login-request", never, "login (5 s), press ctrl+c to stop"},
		"a look":          {"query-request.*SHOW", never, "SHOW"},
		"a statement":     {"query-request.*CREATE STAGE", never, "CREATE STAGE (5 s), press ctrl+c to stop"},
		"a lost log-in":   {"login-request", breaks, "connection lost, retrying (1 of 7), press ctrl+c to stop"},
		"a lost statment": {"query-request.*CREATE STAGE", breaks, "connection lost, retrying (1 of 7), press ctrl+c to stop"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHostile(t, c.match, c.answer)
			cmd, _, _ := h.command(testValues("container"), "apply", "demo", "--yes")
			cmd.Stdout, cmd.Stderr = nil, nil
			said, err := cmd.StderrPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			lines := bufio.NewScanner(said)
			asked := time.Time{}
			for lines.Scan() {
				h.said.WriteString(lines.Text() + "\n")
				if strings.Contains(lines.Text(), c.want) && strings.Contains(lines.Text(), "press ctrl+c to stop") && asked.IsZero() {
					asked = time.Now()
					_ = cmd.Process.Signal(os.Interrupt)
				}
			}
			_ = cmd.Wait()
			if asked.IsZero() {
				t.Fatalf("no %q in the output:\n%s", c.want, h.said.String())
			}
			if took := time.Since(asked); took > 4*time.Second { // a second, plus the load of the other tests
				t.Errorf("stopped after %s", took)
			}
			if code := cmd.ProcessState.ExitCode(); code != exit.Stopped {
				t.Errorf("exit code %d", code)
			}
			h.over()
		})
	}
}

// TestHostileReader closes the output after one line: the run ends in order, and the next one continues the work.
func TestHostileReader(t *testing.T) {
	t.Parallel()
	for _, json := range []bool{true, false} {
		account := snowflaketest.Serve(t)
		h := &hostile{box: newBox(t, account, "container")}
		args := []string{"apply", "demo", "--yes"}
		if json {
			args = append(args, "--json")
		}
		cmd, _, _ := h.command(testValues("container"), args...)
		read, write, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		cmd.Stdout, cmd.Stderr = write, write
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		_ = write.Close()
		if _, err := bufio.NewReader(io.LimitReader(read, 10)).ReadByte(); err != nil {
			t.Fatal(err)
		}
		_ = read.Close()
		_ = cmd.Wait()
		if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || status.Signaled() {
			t.Errorf("json %v: a signal ended it: %v", json, cmd.ProcessState)
		}
		h.over()
		if r := h.apply("container"); r.code != exit.Success {
			t.Errorf("json %v: the next run: exit code %d\n%s", json, r.code, r.err)
		}
		h.over()
	}
}

// TestHostileDisk has every command print JSON on a full disk: the run is complete, and the exit code says that the output is
// not.
func TestHostileDisk(t *testing.T) {
	t.Parallel()
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	defer full.Close() //nolint:errcheck // Nothing was written.
	h := &hostile{box: newBox(t, snowflaketest.Serve(t), "warehouse")}
	for _, args := range [][]string{
		{"apply", "demo", "--yes", "--json"},
		{"apply", "demo", "--plan", "--json"},
		{"doctor", "demo", "--json"},
		{"survey", "--format", "json"},
		{"survey", "--format", "csv"},
		{"check", "demo", "--format", "sarif"},
		{"connections", "--json"},
		{"destroy", "demo", "--yes", "--json"},
	} {
		cmd, _, said := h.command(testValues("warehouse"), args...)
		cmd.Stdout = full
		_ = cmd.Run()
		if code := cmd.ProcessState.ExitCode(); code != exit.Failure || !strings.Contains(said.String(), "no space left") {
			t.Errorf("%v: exit code %d\n%s", args, code, said)
		}
	}
	if strings.Contains(h.account.Snapshot(), "DEMO") {
		t.Error("destroy left something")
	}
}

// TestHostileFiles puts pipes, devices and endless nesting in place of the files that sleet reads.
func TestHostileFiles(t *testing.T) {
	t.Parallel()
	account := snowflaketest.Serve(t)
	deep := "version = 1\n[values]\n" + strings.Repeat("a.", 20000) + "a = 1\n"
	levels := "definition_version: 2\nentities: " + strings.Repeat("[", 100000) + strings.Repeat("]", 100000)
	for name, c := range map[string]struct {
		path, text string // a pipe if text is empty
		link       string
		args       []string
		want       string
	}{
		"a pipe as sleet.toml":       {"demo/sleet.toml", "", "", []string{"apply", "demo", "--plan"}, "not a regular file"},
		"a device as sleet.toml":     {"demo/sleet.toml", "", "/dev/zero", []string{"check", "demo"}, ""},
		"a pipe as a backup":         {"demo/.sleet/migrate/1/state.json", "", "", []string{"apply", "demo", "--plan"}, ""},
		"a pipe as a backup, back":   {"demo/.sleet/migrate/1/state.json", "", "", []string{"migrate", "demo", "--undo"}, ""},
		"a pipe as a backup, again":  {"demo/.sleet/migrate/1/state.json", "", "", []string{"migrate", "demo", "--yes", "--no-lock"}, ""},
		"a pipe as pyproject.toml":   {"demo/pyproject.toml", "", "", []string{"new", "demo", "--yes"}, ""},
		"a pipe as the code":         {"demo/streamlit_app.py", "", "", []string{"apply", "demo", "--plan"}, ""},
		"a pipe as a data file":      {"demo/data.csv", "", "", []string{"apply", "demo", "--plan"}, "not a regular file"},
		"a pipe as snowflake.yml":    {"demo/snowflake.yml", "", "", []string{"apply", "demo", "--plan"}, ""},
		"a device as a data file":    {"demo/data.csv", "", "/dev/zero", []string{"apply", "demo", "--plan"}, "a symbolic link"},
		"a pipe as connections.toml": {"home/.snowflake/connections.toml", "", "", []string{"connections"}, "not a regular file"},
		"a device as config.toml":    {"home/.snowflake/config.toml", "", "/dev/zero", []string{"connections"}, "not a regular file"},
		"a deep sleet.toml":          {"demo/sleet.toml", deep, "", []string{"new", "demo", "--yes", "--dry-run"}, "nested deeper than 100 levels"},
		"a deep sleet.toml, checked": {"demo/sleet.toml", deep, "", []string{"check", "demo"}, "nested deeper than 100 levels"},
		"a deep config.toml":         {"demo/.streamlit/config.toml", deep, "", []string{"check", "demo"}, "nested deeper than 100 levels"},
		"a wide config.toml":         {"demo/.streamlit/config.toml", strings.Repeat("a = 1\n", 100000), "", []string{"check", "demo"}, "more than 5000 keys"},
		"a deep snowflake.yml":       {"demo/snowflake.yml", levels, "", []string{"check", "demo"}, "nested deeper than 100 levels"},
		"deep connections":           {"home/.snowflake/connections.toml", "[a" + strings.Repeat(".a", 20000) + "]\n", "", []string{"connections"}, "nested deeper than 100 levels"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := &hostile{box: newBox(t, account, "container")}
			path := filepath.Join(h.root, c.path)
			_ = os.Remove(path)
			err := os.MkdirAll(filepath.Dir(path), 0o700)
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case c.link != "":
				err = os.Symlink(c.link, path)
			case c.text != "":
				err = os.WriteFile(path, []byte(c.text), 0o600)
			default:
				err = syscall.Mkfifo(path, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			cmd, out, said := h.command(nil, c.args...)
			late := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() }) // it hangs
			defer late.Stop()
			_ = cmd.Run()
			h.heard(out, said)
			if !cmd.ProcessState.Exited() {
				t.Errorf("the command did not end: %s", cmd.ProcessState)
			}
			if took, least := peak(cmd), leastPeak(t, h); took > least+300<<10 {
				t.Errorf("peak memory %d kB, of which any command needs %d kB", took, least)
			}
			if got := h.said.String(); !strings.Contains(got, c.want) {
				t.Errorf("exit code %d:\n%.2000s", cmd.ProcessState.ExitCode(), got)
			}
			if code := cmd.ProcessState.ExitCode(); strings.Contains(c.want, "deeper") && strings.HasPrefix(c.path, "demo") && code != exit.Invalid {
				t.Errorf("exit code %d", code)
			}
		})
	}
}

// peak returns the most memory that a finished command used, in kB; 0 if the system does not report it.
func peak(cmd *exec.Cmd) int64 {
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" { // macOS counts bytes
		return usage.Maxrss >> 10
	}
	return usage.Maxrss
}

// leastPeak returns the peak of a command that reads nothing. A child's figure includes the memory of the test's
// process when it was started.
func leastPeak(t *testing.T, h *hostile) int64 {
	t.Helper()
	cmd, _, _ := h.command(nil, "--version")
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	return peak(cmd)
}

// TestHostilePipes checks that a pipe without a writer blocks nothing, and if the person named it, only until the run
// is canceled.
func TestHostilePipes(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := machine.ReadNamed(ctx, pipe); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a pipe that the person named: %v", err)
	}
	if _, err := values.ReadFile(machine.Host{Dir: dir}, pipe); !errors.Is(err, safely.ErrNotRegular) {
		t.Errorf("a pipe as the file of a value: %v", err)
	}
	if took := time.Since(began); took > 8*time.Second {
		t.Errorf("the run took %s", took)
	}
	// Release the reader that waits for the pipe.
	if file, err := os.OpenFile(pipe, os.O_RDWR|syscall.O_NONBLOCK, 0); err == nil {
		_ = file.Close()
	}
}
