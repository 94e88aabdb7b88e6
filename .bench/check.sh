#!/bin/sh
# Times `sleet check` and ruff in one sitting: over CPython's standard library with an app of one line
# beside it, and over the sample apps. Each line is processor time in seconds (user + system), wall time in
# seconds and peak memory in MB.
#
# Needs go, python3, ruff and GNU time. Usage: .bench/check.sh [runs]
set -eu
cd "$(dirname "$0")/.."
runs=${1:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

go build -o "$work/sleet" .
library=$(python3 -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')
mkdir "$work/library" "$work/samples"
(cd "$library" && find . -name '*-packages' -prune -o -name __pycache__ -prune -o -name '*.py' -print) |
	tar -C "$library" -cf - -T - | tar -C "$work/library" -xf -
printf 'import streamlit as st\nst.title("x")\n' >"$work/library/streamlit_app.py"
cp -R scaffold/check/testdata/apps "$work/samples/check"
cp -R scaffold/migrate/testdata/apps "$work/samples/migrate"

# run NAME COMMAND...: the best of the runs. A finding is not a failure.
run() {
	name=$1
	shift
	i=0
	while [ "$i" -lt "$runs" ]; do
		command time -q -o "$work/time" -f '%U %S %e %M' "$@" >/dev/null 2>&1 || true
		awk '{ printf "%.2f %.2f %.0f\n", $1 + $2, $3, $4 / 1024 }' "$work/time"
		i=$((i + 1))
	done | sort -n | head -1 | awk -v name="$name" '{ printf "%-18s %6.2f s  %6.2f s wall  %4d MB\n", name, $1, $2, $3 }'
}

for tree in library samples; do
	bytes=$(find "$work/$tree" -name '*.py' -exec cat {} + | wc -c)
	printf '%s: %.1f MB of Python\n' "$tree" "$(echo "$bytes" | awk '{ print $1 / 1e6 }')"
	run '  sleet check' "$work/sleet" check "$work/$tree" --format json
	run '  ruff TID251' ruff check --select TID251 --isolated --no-cache "$work/$tree"
done
