package command

import (
	"crypto/sha256"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"sleet/scaffold/testtools"
)

// wheelsVersion is a version that no index has.
const wheelsVersion = "v0.0.1-rc.7"

// packWheels packs wheels of the binaries in a folder, or of a build for this machine if binaries is empty, and returns
// their paths.
func packWheels(t *testing.T, out, binaries string) []string {
	t.Helper()
	args := []string{"../../.ci/wheels.py", out, "--version", wheelsVersion, "--only", runtime.GOOS + "/" + runtime.GOARCH}
	if binaries != "" {
		args = append(args[:4], "--binaries", binaries)
	}
	said := mustRun(t, []string{"SOURCE_DATE_EPOCH=1700000000"}, testtools.Tool(t, "app/bin/python"), args...)
	return strings.Fields(said)
}

// mustRun runs a program with additional environment variables and returns all its output.
func mustRun(t *testing.T, environ []string, program string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Env = append(os.Environ(), environ...)
	said, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", program, strings.Join(args, " "), err, said)
	}
	return string(said)
}

// wheelPlatforms returns the platforms of the wheels, with uv's names of each.
func wheelPlatforms() map[string][]string {
	return map[string][]string{
		"linux_amd64":   {"x86_64-unknown-linux-gnu", "x86_64-unknown-linux-musl"},
		"linux_arm64":   {"aarch64-unknown-linux-gnu", "aarch64-unknown-linux-musl"},
		"darwin_amd64":  {"x86_64-apple-darwin"},
		"darwin_arm64":  {"aarch64-apple-darwin"},
		"windows_amd64": {"x86_64-pc-windows-msvc"},
		"windows_arm64": {"aarch64-pc-windows-msvc"},
	}
}

// standIns creates a file in place of each platform's binary, in the layout of goreleaser. Packing does not read
// binaries, so each has the name of its platform as content.
func standIns(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for platform := range wheelPlatforms() {
		name := "sleet"
		if strings.HasPrefix(platform, "windows") {
			name = "sleet.exe"
		}
		folder := filepath.Join(dir, "sleet_"+platform+"_v1")
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), []byte(platform), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestWheelsFitTheFormat checks the wheels of every platform with the tools that read wheels.
func TestWheelsFitTheFormat(t *testing.T) {
	t.Parallel()
	python := testtools.Tool(t, "dist/bin/python")
	twine, contents := testtools.Tool(t, "dist/bin/twine"), testtools.Tool(t, "dist/bin/check-wheel-contents")
	testtools.CountConformance(t)
	wheels := packWheels(t, t.TempDir(), standIns(t))
	if len(wheels) != len(wheelPlatforms()) {
		t.Fatalf("%d wheels: %q", len(wheels), wheels)
	}
	mustRun(t, nil, twine, append([]string{"check", "--strict"}, wheels...)...)
	// A wheel with only a program in it has no module.
	mustRun(t, nil, contents, append([]string{"--no-config", "--ignore", "W007"}, wheels...)...)
	const judge = `
import base64, csv, hashlib, io, sys, zipfile
from packaging.metadata import Metadata
from packaging.tags import parse_tag
from packaging.utils import parse_wheel_filename
for path in sys.argv[1:]:
    file = path.replace("\\", "/").rsplit("/", 1)[-1]
    name, version, _, tags = parse_wheel_filename(file)
    with zipfile.ZipFile(path) as archive:
        info = f"{name}-{version}.dist-info/"
        read = lambda part: archive.read(info + part).decode()
        lines = dict.fromkeys(l for l in read("WHEEL").splitlines() if l.startswith("Tag: "))
        inside = frozenset().union(*(parse_tag(line[5:]) for line in lines))
        if inside != tags:
            print(file, "has the tags", inside)
        if "golang.org/x/sys" not in read("licenses/THIRD_PARTY_LICENSES.txt"):
            print(file, "lacks the licenses of what is linked")
        metadata = Metadata.from_email(read("METADATA"), validate=True)
        if (metadata.name, metadata.version) != (name, version) or "# sleet" not in metadata.description:
            print(file, "has the metadata of", metadata.name, metadata.version)
        recorded = {row[0]: row[1:] for row in csv.reader(io.StringIO(read("RECORD")))}
        if list(recorded) != archive.namelist() or recorded.pop(info + "RECORD") != ["", ""]:
            print(file, "records", list(recorded), "not", archive.namelist())
        for member, (digest, size) in recorded.items():
            data = archive.read(member)
            want = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            if digest != "sha256=" + want or int(size) != len(data):
                print(file, "records another", member)
        scripts = [i for i in archive.infolist() if "/scripts/" in i.filename]
        if len(scripts) != 1 or scripts[0].external_attr >> 16 != 0o100755:
            print(file, "has the programs", scripts)
        for member in archive.infolist():
            if member.date_time != (2023, 11, 14, 22, 13, 20):
                print(file, member.filename, "has the time", member.date_time)
`
	if said := mustRun(t, nil, python, append([]string{"-c", judge}, wheels...)...); said != "" {
		t.Error(said)
	}
	var first, second [][32]byte
	for i, wheel := range packWheels(t, t.TempDir(), standIns(t)) {
		first, second = append(first, fileHash(t, wheels[i])), append(second, fileHash(t, wheel))
	}
	if !slices.Equal(first, second) {
		t.Error("packing again changes the wheels")
	}
}

func fileHash(t *testing.T, path string) [32]byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return sha256.Sum256(data)
}

// TestWheelsAreChosen has uv choose from all wheels for every platform: each gets its own binary.
func TestWheelsAreChosen(t *testing.T) {
	t.Parallel()
	uv := testtools.Tool(t, "app/bin/uv")
	testtools.CountConformance(t)
	wheels := packWheels(t, t.TempDir(), standIns(t))
	for platform, names := range wheelPlatforms() {
		for _, name := range names {
			dir := t.TempDir()
			mustRun(t, []string{"UV_CACHE_DIR=" + filepath.Join(dir, "cache")}, uv, "pip", "install", "--quiet", "--offline", "--no-index",
				"--find-links", filepath.Dir(wheels[0]), "--python", testtools.Tool(t, "app/bin/python"), "--python-platform", name,
				"--target", filepath.Join(dir, "to"), "sleet==0.0.1rc7")
			found, err := filepath.Glob(filepath.Join(dir, "to", "*", "sleet*"))
			if err != nil || len(found) != 1 {
				t.Fatalf("%s: installed %q, %v", name, found, err)
			}
			if data, err := os.ReadFile(found[0]); err != nil || string(data) != platform {
				t.Errorf("%s got the binary of %s: %v", name, data, err)
			}
		}
	}
}

// TestWheelInstalls installs this machine's wheel in new environments and runs the program from each.
func TestWheelInstalls(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the binary")
	}
	uv, python := testtools.Tool(t, "app/bin/uv"), testtools.Tool(t, "app/bin/python")
	wheels := packWheels(t, t.TempDir(), "")
	dir := t.TempDir()
	cache := []string{"UV_CACHE_DIR=" + filepath.Join(dir, "cache"), "PIP_NO_INDEX=1", "PIP_DISABLE_PIP_VERSION_CHECK=1"}
	isVersion := func(t *testing.T, said string) {
		t.Helper()
		if !strings.HasPrefix(said, "sleet version ") || !strings.Contains(said, "(go") && !strings.Contains(said, "(commit ") {
			t.Errorf("sleet --version: %s", said)
		}
	}
	t.Run("uv pip install", func(t *testing.T) {
		testtools.CountConformance(t)
		venv := filepath.Join(dir, "uv")
		mustRun(t, cache, uv, "venv", "--quiet", "--python", python, venv)
		mustRun(t, append(cache, "VIRTUAL_ENV="+venv), uv, "pip", "install", "--quiet", "--offline", wheels[0])
		isVersion(t, mustRun(t, nil, filepath.Join(venv, scripts(), "sleet"), "--version"))
	})
	t.Run("uvx", func(t *testing.T) {
		testtools.CountConformance(t)
		isVersion(t, mustRun(t, cache, uv, "tool", "run", "--quiet", "--offline", "--python", python, "--from", wheels[0], "sleet", "--version"))
	})
	t.Run("pip install", func(t *testing.T) {
		testtools.CountConformance(t)
		venv := filepath.Join(dir, "pip")
		mustRun(t, nil, python, "-m", "venv", venv)
		pip := filepath.Join(venv, scripts(), "pip")
		mustRun(t, cache, pip, "install", "--quiet", wheels[0])
		isVersion(t, mustRun(t, nil, filepath.Join(venv, scripts(), "sleet"), "--version"))
		mustRun(t, cache, pip, "uninstall", "--quiet", "--yes", "sleet")
		if left, _ := filepath.Glob(filepath.Join(venv, scripts(), "sleet*")); len(left) > 0 {
			t.Errorf("pip uninstall left %q", left)
		}
	})
	t.Run("pre-commit", func(t *testing.T) { wheelHooks(t, wheels[0]) })
}

// scripts returns the folder of the programs in a virtual environment.
func scripts() string {
	if runtime.GOOS == "windows" {
		return "Scripts"
	}
	return "bin"
}

// wheelHooks runs the hook with pre-commit from a wheel, without Go on PATH: from the repository that
// .ci/pre-commit-mirror writes, and as a hook of the person's own repository.
func wheelHooks(t *testing.T, wheel string) {
	wheels := filepath.Dir(wheel)
	preCommit := testtools.Tool(t, "app/bin/pre-commit")
	for _, c := range []struct{ name, repository string }{
		{"mirror", "- repo: %MIRROR%\n  rev: v0.0.1rc7\n  hooks:\n  - id: sleet-check\n    args: [app]\n"},
		{"local", "- repo: local\n  hooks:\n  - id: sleet-check\n    name: sleet check\n    entry: sleet check app\n    language: python\n" +
			"    additional_dependencies: ['%WHEEL%']\n    pass_filenames: false\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			testtools.CountConformance(t)
			dir := t.TempDir()
			git, err := exec.LookPath("git")
			if err != nil {
				t.Fatal(err)
			}
			bin := filepath.Join(dir, "bin")
			if err := os.Mkdir(bin, 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(git, filepath.Join(bin, "git")); err != nil {
				t.Skip(err)
			}
			// pip looks for setuptools in the index, since pre-commit's build of the hook's repository needs it.
			environ := []string{
				"PATH=" + strings.Join([]string{filepath.Dir(preCommit), bin, "/usr/bin", "/bin"}, string(os.PathListSeparator)),
				"HOME=" + dir, "PRE_COMMIT_HOME=" + filepath.Join(dir, "cache"),
				"GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a",
			}
			commit := func(at string, more ...[]string) {
				for _, args := range append([][]string{{"init", "--quiet"}, {"add", "."}, {"commit", "--quiet", "-m", "x"}}, more...) {
					mustRun(t, environ, git, append([]string{"-C", at}, args...)...)
				}
			}
			mirror, work := filepath.Join(dir, "mirror"), filepath.Join(dir, "work")
			mustRun(t, nil, "../../.ci/pre-commit-mirror", "0.0.1rc7", wheels, "file://"+wheels, mirror)
			commit(mirror, []string{"tag", "v0.0.1rc7"})
			write(t, filepath.Join(work, ".pre-commit-config.yaml"), "repos:\n"+strings.NewReplacer("%MIRROR%", mirror, "%WHEEL%", wheel).Replace(c.repository))
			write(t, filepath.Join(work, "app", "streamlit_app.py"), "import _snowflake\nimport streamlit as st\nst.title('x')\n")
			commit(work)
			cmd := exec.CommandContext(t.Context(), preCommit, "run", "--all-files", "--verbose")
			cmd.Dir, cmd.Env = work, append(os.Environ(), environ...)
			said, err := cmd.CombinedOutput()
			if err == nil || !strings.Contains(string(said), "exit code: 1") || !strings.Contains(string(said), "_snowflake") {
				t.Errorf("pre-commit run: %v\n%s", err, said)
			}
		})
	}
}
