package python

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sleet/scaffold/python/token"
	"sleet/scaffold/testtools"
)

// TestMutations damages files of the standard library at random and checks that we reject what the
// newest Python rejects, on the same line. Set SLEET_SEED for other random choices.
func TestMutations(t *testing.T) {
	t.Parallel()
	if os.Getenv("SLEET_CONFORMANCE") != "1" {
		t.Skip("set SLEET_CONFORMANCE=1")
	}
	pythons := testtools.Pythons(t)
	python := pythons[len(pythons)-1]
	seed, err := strconv.ParseUint(os.Getenv("SLEET_SEED"), 10, 64)
	if err != nil {
		seed = 1
	}
	random := rand.New(rand.NewPCG(seed, 0))
	var sources []string
	for _, path := range someFiles(t, python.Lib, random, 400) {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for range 10 {
			if damaged, ok := damage(source, random); ok {
				sources = append(sources, damaged)
			}
		}
	}
	refused, lines := 0, 0
	for i, answer := range compiled(t, python.Path, sources) {
		number, reason, _ := strings.Cut(answer, " ")
		want, err := strconv.Atoi(number)
		if err != nil {
			t.Fatal(err)
		}
		line, why := refusalOf(sources[i])
		if want != 0 {
			refused++
		}
		switch {
		case want == -1 || want == -2 || tooNew(sources[i]):
		case (want == 0) != (line == 0):
			t.Errorf("Python: %s %s; sleet: %d %s\n%s", number, reason, line, why, linesNear(sources[i], max(line, want)))
		case want > 0 && want != line:
			lines++
			t.Logf("Python: %s %s; we: %d %s\n%s", number, reason, line, why, linesNear(sources[i], want))
		}
	}
	t.Logf("%d sources, %d refused, %d on another line", len(sources), refused, lines)
	if lines > refused/100 {
		t.Error("more than one in a hundred refused on another line")
	}
	testtools.CountConformance(t)
}

// someFiles selects some files that are not large.
func someFiles(t *testing.T, folder string, random *rand.Rand, n int) []string {
	t.Helper()
	var all []string
	for _, pattern := range []string{"*.py", "*/*.py", "*/*/*.py"} {
		paths, err := filepath.Glob(filepath.Join(folder, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if info, err := os.Stat(path); err == nil && info.Size() < 12000 && !strings.Contains(path, "site-packages") {
				all = append(all, path)
			}
		}
	}
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:min(n, len(all))]
}

// damage removes or duplicates a token, swaps it with the next, or replaces it with another.
func damage(source []byte, random *rand.Rand) (string, bool) {
	file, err := parse(source)
	if err != nil || len(file.Tokens) < 20 {
		return "", false
	}
	text, tokens := string(file.Text), file.Tokens
	i := random.IntN(len(tokens) - 2)
	a, b := tokens[i], tokens[i+1]
	other := tokens[random.IntN(len(tokens))]
	piece := func(t token.Token) string { return text[t.Start:t.End] }
	switch random.IntN(5) {
	case 0:
		return text[:a.Start] + text[a.End:], true
	case 1:
		return text[:a.End] + " " + piece(a) + text[a.End:], true
	case 2:
		return text[:a.Start] + piece(b) + text[a.End:b.Start] + piece(a) + text[b.End:], true
	case 3:
		return text[:a.Start] + piece(other) + text[a.End:], true
	default:
		return text[:a.Start] + piece(other) + " " + text[a.Start:], true
	}
}

// tooNew reports whether a source uses syntax that is new in Python 3.14.
func tooNew(source string) bool {
	file, _ := token.Read([]byte(source))
	return file != nil && slices.ContainsFunc(file.Tokens, func(t token.Token) bool { return t.Kind == token.TStringStart })
}

// linesNear returns the lines around a line.
func linesNear(source string, line int) string {
	lines := strings.Split(source, "\n")
	return strings.Join(lines[max(0, line-3):min(len(lines), line+2)], "\n")
}
