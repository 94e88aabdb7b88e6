package ast

import "sleet/scaffold/python/token"

// Base is what every node has: its place in the text, and its number in the index of its file.
type Base struct {
	token.Span

	number int // from 1, 0 for a node that is in no index
}

// Number returns the number of the node in its file's index, from 1; 0 where it is in none.
func (b *Base) Number() int { return b.number }

func (b *Base) setNumber(number int) { b.number = number }

// Index is all nodes of a file in the order of the source, and the node that each is in.
type Index struct {
	Nodes []Node

	parents []int // the numbers of the nodes that those are in, 0 for a statement of the file itself
}

// NewIndex numbers the nodes of a file, of which size is a guess. A tree has one index at most.
func NewIndex(body []Stmt, size int) *Index {
	var (
		w    Walker
		x    = &Index{Nodes: make([]Node, 0, size), parents: make([]int, 0, size)}
		down func(n Node, parent int)
	)
	down = func(n Node, parent int) {
		x.Nodes, x.parents = append(x.Nodes, n), append(x.parents, parent)
		number := len(x.Nodes)
		n.setNumber(number)
		w.EachChild(n, func(child Node) { down(child, number) })
	}
	for _, s := range body {
		down(s, 0)
	}
	return x
}

// Of returns the number of a node, 0 for one that is not of this file.
func (x *Index) Of(n Node) int {
	if n == nil {
		return 0
	}
	if number := n.Number(); number > 0 && number <= len(x.Nodes) && x.Nodes[number-1] == n {
		return number
	}
	return 0
}

// Parent returns the node right around a node, nil for a statement of the file itself.
func (x *Index) Parent(n Node) Node {
	number := x.Of(n)
	if number == 0 || x.parents[number-1] == 0 {
		return nil
	}
	return x.Nodes[x.parents[number-1]-1]
}
