#!/bin/bash
# Each kind of failure in tests/README.md has its tests, and they bear its number (TAP).
#
# shellcheck disable=SC2016 # backticks are what is looked for
set -u
cd "$(dirname "$0")" || exit 2

failed=0

# problem_of NUMBER FILE TEST...: what is not as the table says it is.
problem_of()
{
    local number=$1 file=$2 test
    [ -f "$file" ] || file=$2.c
    [ -f "$file" ] || { echo "no file $2"; return; }
    grep -qE "\b$number\b" "$file" || echo "$file does not bear its number"
    shift 2
    for test in "$@"; do
        grep -qwF "$test" "$file" || echo "no $test in $file"
    done
}

# problems NUMBER: of its row.
problems()
{
    local row part
    row=$(grep -E "^\| $1 \|" README.md | cut -d '|' -f 4)
    [ -n "$row" ] || { echo "no row"; return; }
    while IFS= read -r part; do
        # shellcheck disable=SC2046 # words
        problem_of "$1" $(tr -d '`,' <<<"$part")
    done < <(sed 's/([^)]*)//g; s/`[^`]*`/\n&/g' <<<"$row" | grep '`')
}

echo 1..27
for number in {1..27}; do
    found=$(problems "F$number")
    if [ -z "$found" ]; then
        echo "ok $number - F$number has its tests"
    else
        echo "not ok $number - F$number has its tests"
        # shellcheck disable=SC2001
        sed 's/^/# /' <<<"$found"
        failed=1
    fi
done
exit $failed
