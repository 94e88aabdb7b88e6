package ast

import "sleet/scaffold/python/token"

// Base is embedded in every node. It holds the node's position and its number in the index of its file.
type Base struct {
	token.Span

	number int // from 1; 0 for a node without an index
}

// Number returns the number of the node in its file's index, from 1; 0 if it has no index.
func (b *Base) Number() int { return b.number }

func (b *Base) setNumber(number int) { b.number = number }

// Index holds all nodes of a file in source order and the parent of each.
type Index struct {
	Nodes []Node

	parents []int // the number of each node's parent, 0 for a top-level statement
}

// NewIndex numbers the nodes of a file; size is an estimate of their number. A tree can have only one index.
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

// Of returns the number of a node, 0 if the node belongs to another file.
func (x *Index) Of(n Node) int {
	if n == nil {
		return 0
	}
	if number := n.Number(); number > 0 && number <= len(x.Nodes) && x.Nodes[number-1] == n {
		return number
	}
	return 0
}

// Parent returns the parent of a node, nil for a top-level statement.
func (x *Index) Parent(n Node) Node {
	number := x.Of(n)
	if number == 0 || x.parents[number-1] == 0 {
		return nil
	}
	return x.Nodes[x.parents[number-1]-1]
}
