// Package pep508 parses requirements and versions of Python packages and conda specs, and maps
// package names between PyPI and conda. It does not access a package index.
package pep508
