// Package manifest edits what an app says about itself: its packages, its options, its values and its snowflake.yml.
package manifest
