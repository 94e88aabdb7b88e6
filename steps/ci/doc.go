// Package ci writes the pipelines that check, plan and apply an app: a workflow for GitHub Actions, a file to
// include for GitLab CI/CD. It is pure: the same options give the same bytes, and nothing is read or written.
package ci
