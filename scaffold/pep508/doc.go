// Package pep508 reads requirements and versions of Python packages and specs of conda, and knows the names that differ
// between PyPI and conda.
package pep508
