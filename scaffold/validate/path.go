package validate

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"sleet/scaffold/answers"
)

// rank is the position of a field in sleet.toml: table, item in a list of tables, field, item in a
// list.
type rank [4]int

func (p rank) compare(q rank) int { return slices.Compare(p[:], q[:]) }

// rankOf returns the rank of a path. Unknown tables come last.
func rankOf(path string) rank {
	head, rest, _ := strings.Cut(path, ".")
	table, item := cutIndex(head)
	name, element := cutIndex(rest)
	tables := fileOrder()
	at := slices.IndexFunc(tables, func(t []string) bool { return t[0] == table })
	if at < 0 {
		return rank{len(tables)}
	}
	return rank{at, item, slices.Index(tables[at], name), element}
}

// fileOrder returns the tables of sleet.toml, each as its name followed by its fields.
var fileOrder = sync.OnceValue(func() [][]string {
	tables := answers.Schema()
	order := make([][]string, len(tables))
	for i, t := range tables {
		order[i] = append([]string{t.Name}, t.Keys()...)
	}
	return order
})

// cutIndex splits "viewers[2]" into its name and its index, -1 if there is none.
func cutIndex(part string) (string, int) {
	name, rest, found := strings.Cut(part, "[")
	if !found {
		return part, -1
	}
	n, err := strconv.Atoi(strings.TrimSuffix(rest, "]"))
	if err != nil {
		return part, -1
	}
	return name, n
}

// item returns the path of a list element.
func item(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

// secretPath returns the path of a secret's field.
func secretPath(i int, field string) string { return item("secrets", i) + "." + field }
