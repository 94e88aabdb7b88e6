// Package ci generates pipelines that check, plan and apply an app: a workflow for GitHub Actions, an include file for
// GitLab CI/CD. It does no I/O, and equal options yield equal output.
package ci
