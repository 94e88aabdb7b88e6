package pep508_test

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/pep508"
	"sleet/scaffold/testtools"
	"sleet/scaffold/validate"
)

// verdict is the result of the packaging library for requirements and versions.
type verdict struct {
	Requirements []*struct {
		Normal string   `json:"normal"`
		Extras []string `json:"extras"`
		URL    string   `json:"url"`
	} `json:"requirements"`
	Admits   []bool   `json:"admits"`
	Keywords []string `json:"keywords"`
}

// TestRequirementsAgainstPackaging compares the parser, version comparison and keywords with
// Python's own.
func TestRequirementsAgainstPackaging(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 8))
	job := struct {
		Requirements []string    `json:"requirements"`
		Admits       [][2]string `json:"admits"`
	}{mutants(random, 20_000), comparisons()}
	var judged verdict
	testtools.PythonJSON(t, "requirement_parse.py", job, &judged)
	t.Run("requirements", func(t *testing.T) {
		testtools.CountConformance(t)
		for i, text := range job.Requirements {
			ours, err := pep508.ParseRequirement(text)
			theirs := judged.Requirements[i]
			switch {
			case theirs == nil && err == nil:
				t.Errorf("ParseRequirement(%q) = %+v, but packaging rejects it", text, ours)
			case theirs != nil && err != nil && !laxer(text):
				t.Errorf("ParseRequirement(%q): %v, but packaging accepts it", text, err)
			case theirs != nil && err == nil:
				slices.Sort(ours.Extras)
				if ours.Normal != theirs.Normal || ours.URL != theirs.URL || !slices.Equal(slices.Compact(ours.Extras), theirs.Extras) {
					t.Errorf("ParseRequirement(%q) = %+v, packaging: %+v", text, ours, *theirs)
				}
			}
		}
	})
	t.Run("versions", func(t *testing.T) {
		testtools.CountConformance(t)
		for i, c := range job.Admits {
			clauses, err := pep508.ParseSpecifier(c[0])
			if err != nil {
				t.Fatal(err)
			}
			if got := pep508.Admits(clauses, c[1]); got != judged.Admits[i] {
				t.Errorf("Admits(%q, %s) = %v, packaging: %v", c[0], c[1], got, judged.Admits[i])
			}
		}
	})
	t.Run("keywords", func(t *testing.T) {
		testtools.CountConformance(t)
		for _, word := range judged.Keywords {
			app := scaffold.App{Secrets: []scaffold.SecretDecl{{Key: word}}}
			if !slices.ContainsFunc(validate.Problems(app), func(p validate.Problem) bool { return p.ID == "secret-key-keyword" }) {
				t.Errorf("the keyword %s is accepted as a key", word)
			}
		}
	})
}

// strict matches what packaging accepts beyond the specification: a name that ends in "_", a comma
// after the last version, any text as a URL or after ===.
var strict = regexp.MustCompile(`_\s*($|[^A-Za-z0-9._-])|,\s*(\)|;|$)|@|===`)

func laxer(text string) bool { return strict.MatchString(text) }

// mutants returns requirements with a few bytes changed.
func mutants(random *rand.Rand, n int) []string {
	const alphabet = " \t;,[]()<>=!~@'\"aA1.*+_-:/"
	seeds := []string{
		"pandas>=1.0,<2", `a[b,c] (==1.*) ; os_name=='nt' and python_version>"3"`, "x @ https://example.com/a ; extra in 'a b'",
		"x~=1.4.2rc1", "A_b.c-d!=1!2.0+l.1", "x; (sys_platform=='a' or os_name=='b') and extra not in 'x'", "x>=1.0.dev1,", "x(>=1)",
	}
	list := make([]string, n)
	for i := range list {
		text := []byte(seeds[random.IntN(len(seeds))])
		for range random.IntN(4) {
			at := random.IntN(len(text))
			c := alphabet[random.IntN(len(alphabet))]
			switch random.IntN(3) {
			case 0:
				text[at] = c
			case 1:
				text = slices.Insert(text, at, c)
			default:
				text = slices.Delete(text, at, at+1)
			}
		}
		list[i] = string(text)
	}
	return list
}

// comparisons returns specifiers with versions around their bounds.
func comparisons() [][2]string {
	versions := strings.Fields("1.49.9 1.50 1.50.0 1.50.1 1.50.0rc1 1.50.post1 1.50.dev1 1.51 1.5 2 2.0.0 1.50+local 1!1.0 0.1 " +
		"v1.50 1.50-1 1.50.0.0 1.50ALPHA 1.50a1.dev2 1.50b2.post3.dev4 1.50.post1.dev2 1.50rc1+l.2 1.50+1.a 1.50+01_10 1.50+a " +
		"1.50c1 1.50.pre.1 1.50-rev.2 1.50r 1.50a. 2.0.dev3 20260101.99999999999999999999 1!1.50.0 1.50rc01")
	var list [][2]string
	for _, op := range strings.Fields("== != <= >= < > ~=") {
		for _, bound := range []string{"1.50", "1.50.0", "2.0", "1.5", "1.50rc1", "1.50a1.dev2", "1.50.post1", "1.50.dev1", "1!1.0", "1.50.0.0"} {
			for _, v := range versions {
				list = append(list, [2]string{op + bound, v})
			}
		}
	}
	for _, s := range []string{"==1.50.*", "!=1.50.*", ">=1.50,<2", ">1.50,!=1.51", "~=1.50.1", "==1.*", "!=1.50.0.*", "==1.50+local", "!=1.50+1.a", "==1!1.*", "===1.50.RC1", "===1.50rc1"} {
		for _, v := range versions {
			list = append(list, [2]string{s, v})
		}
	}
	return list
}
