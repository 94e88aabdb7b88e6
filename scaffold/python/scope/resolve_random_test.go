package scope

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"sleet/scaffold/testtools"
)

// writer generates random modules that bind a few names in all ways and call them.
type writer struct {
	rand *rand.Rand
	out  strings.Builder
	deep int
	// nested is the number of enclosing functions.
	nested int
}

func (w *writer) pick(list ...string) string { return list[w.rand.IntN(len(list))] }
func (w *writer) name() string               { return w.pick("a", "b", "c", "d", "e", "f", "g", "h", "__k") }
func (w *writer) chance(percent int) bool    { return w.rand.IntN(100) < percent }

func (w *writer) line(format string, args ...any) {
	w.out.WriteString(strings.Repeat("    ", w.deep) + fmt.Sprintf(format, args...) + "\n")
}

// inner writes a block.
func (w *writer) inner(write func()) {
	w.deep++
	write()
	w.deep--
}

// value returns an expression that is a name or a chain of attributes.
func (w *writer) value() string {
	value := w.name()
	for w.chance(40) {
		value += "." + w.pick("p", "q")
	}
	return value
}

// call writes a call and ignores exceptions.
func (w *writer) call(e string) {
	w.line("try:")
	w.inner(func() { w.line("%s()", e) })
	w.line("except Exception:")
	w.inner(func() { w.line("pass") })
}

// plain writes a statement that binds a name and does not depend on another.
func (w *writer) plain() {
	switch w.rand.IntN(10) {
	case 0:
		w.line("import %s as %s", w.pick("m", "n.o"), w.name())
	case 1:
		w.line("from %s import %s as %s", w.pick("m", "n", ".r"), w.pick("x", "y"), w.name())
	case 2:
		w.line("import %s.%s", w.name(), w.pick("s", "t"))
	case 3, 4, 5:
		name := w.name()
		w.line("import m.%s as %s", name, name)
	default:
		w.line("from m import %s", w.name())
	}
}

// may writes a statement and ignores exceptions.
func (w *writer) may(write func()) {
	w.line("try:")
	w.inner(write)
	w.line("except Exception:")
	w.inner(func() { w.line("pass") })
}

func (w *writer) assignment() {
	w.may(func() {
		switch w.rand.IntN(6) {
		case 0:
			w.line("%s, %s = %s, %s", w.name(), w.name(), w.value(), w.value())
		case 1:
			w.line("(%s := %s)", w.name(), w.value())
		case 2:
			w.line("%s: object = %s", w.name(), w.value())
		default:
			w.line("%s = %s", w.name(), w.value())
		}
	})
}

func (w *writer) function() {
	name := w.name()
	param := w.name()
	w.line("def %s(%s=1):", name, param)
	w.inner(func() {
		if other := w.name(); other != param && w.chance(30) {
			w.line("global %s", other)
		}
		if other := w.name(); other != param && w.nested > 0 && w.chance(8) {
			w.line("nonlocal %s", other) // Python rejects the module if nothing binds it
		}
		w.line("tick()")
		w.nested++
		defer func() { w.nested-- }()
		w.block(false)
	})
	w.call(name)
}

func (w *writer) class() {
	w.line("class %s:", w.name())
	w.inner(func() { w.block(true) })
}

func (w *writer) comprehension() {
	w.may(func() {
		w.line("%s", w.pick(
			fmt.Sprintf("[%s() for %s in [%s()]]", w.value(), w.name(), w.value()),
			fmt.Sprintf("list(%s() for %s in [1])", w.value(), w.name()),
			fmt.Sprintf("{%s() for z in [1] for %s in [%s()]}", w.value(), w.name(), w.value()),
			fmt.Sprintf("(lambda %s=1: %s())()", w.name(), w.value()),
			fmt.Sprintf("(lambda: [%s() for z in [1]])()", w.value()),
		))
	})
}

// block writes a few statements, without loops in a class.
func (w *writer) block(class bool) {
	for range 2 + w.rand.IntN(5) {
		switch n := w.rand.IntN(12); {
		case n < 4:
			w.call(w.value())
		case n < 7:
			w.plain()
		case n == 7:
			w.assignment()
		case n == 8 && w.deep < 4:
			w.function()
		case n == 9 && w.deep < 4:
			w.class()
		case n == 10 && w.deep < 5 && !class:
			w.line("if %s:", w.pick("0", "1"))
			w.inner(func() { w.block(class) })
			w.line("else:")
			w.inner(func() { w.block(class) })
		default:
			w.comprehension()
		}
	}
}

// TestResolveRandom runs random modules: Resolve must return what Python calls or nothing, and
// ResolveAll must include it if it has a dotted name.
func TestResolveRandom(t *testing.T) {
	const modules = 2000
	sources := make([]string, modules)
	for i := range sources {
		w := writer{rand: rand.New(rand.NewPCG(uint64(i), 7))}
		w.block(false)
		sources[i] = w.out.String()
	}
	var calls, named, resolved, wrong int
	for i, r := range runModules(t, sources) {
		if strings.Contains(r.Error, "SyntaxError") {
			continue
		}
		for _, c := range resolveCalls(t, sources[i], r) {
			calls++
			if c.want != "" {
				named++
			}
			if c.got != "" {
				resolved++
			}
			if c.got != "" && c.got != c.want || c.want != "" && !c.unsure && !slices.Contains(c.all, c.want) {
				if wrong++; wrong < 6 {
					t.Errorf("line %d: Resolve = %q, ResolveAll = %q, Python calls %q: %s\n%s", c.line, c.got, c.all, c.want, c.text, c.source)
				}
			}
		}
	}
	t.Logf("%d calls, %d of something named, %d resolved, %d wrong", calls, named, resolved, wrong)
	if resolved < named/5 {
		t.Error("too few calls are resolved for the test to be meaningful")
	}
	testtools.CountConformance(t)
}
