#!/bin/bash
# Runs suites, each a program or script that prints TAP, and sums up: run.sh SUITE...
#
# One line a suite, what a suite that failed printed but its `ok` lines, and as the last line
# `N passed, N failed`. A suite that was ended by a signal or the time limit, that ran fewer tests
# than it planned, or that ran none, has failed.
#
#   RANDORI_BUILD   the folder of the programs under test       (build/default)
#   ONLY            words: only suites with one in their name   (all)
#   UNDER           a command to run the suites under           (none)
#   TIME_LIMIT      seconds a suite may take                    (120)
set -u
cd "$(dirname "$0")/.." || exit 2

build=${RANDORI_BUILD:-build/default}
limit=${TIME_LIMIT:-120}
read -ra only <<<"${ONLY:-}"
read -ra under <<<"${UNDER:-}"

work=$(mktemp -d /tmp/randori-check.XXXXXX) || exit 2 # short: a socket's path has 108 bytes
trap 'rm -rf "$work"' EXIT
trap 'kill "$suite_pid" 2>/dev/null; wait; echo "interrupted"; exit 130' INT TERM HUP
suite_pid=

# A suite sees nothing of the caller's home, locale, time zone, terminal, desktop or settings. It
# runs in the background, so that ^C ends it at once; the shell then ignores SIGINT for it, env does not.
run_suite()
{
    rm -rf "${work:?}/home"
    mkdir -p "$work/home/run" && chmod 700 "$work/home/run"
    env -i --default-signal=INT,QUIT PATH="$PATH" HOME="$work/home" TMPDIR="$work/home" USER=tester SHELL=/bin/sh \
        XDG_CONFIG_HOME="$work/home/config" XDG_DATA_HOME="$work/home/data" \
        XDG_STATE_HOME="$work/home/state" XDG_CACHE_HOME="$work/home/cache" \
        XDG_RUNTIME_DIR="$work/home/run" LC_ALL=C.UTF-8 TZ=UTC TERM=xterm-256color \
        RANDORI_BUILD="$build" CMOCKA_MESSAGE_OUTPUT=TAP \
        ASAN_OPTIONS=handle_segv=2:detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1 \
        timeout -k 2 "$limit" "${under[@]}" "$1" </dev/null >"$work/output" 2>&1 &
    suite_pid=$!
    wait "$suite_pid"
}

# Prints: passed failed skipped, counted in the TAP of $work/output given the exit status.
count()
{
    awk -v status="$1" '
        /^1\.\.[0-9]+/                  { planned += substr($1, 4) }
        /^(not )?ok .*# *[Ss][Kk][Ii][Pp]/ { skipped++; next }
        /^ok /                          { passed++ }
        /^not ok /                      { failed++ }
        END {
            missing = planned - passed - failed - skipped
            if (missing > 0)
                failed += missing
            if ((status != 0 || passed + skipped == 0) && failed == 0)
                failed = 1
            print passed + 0, failed + 0, skipped + 0
        }' "$work/output"
}

is_wanted()
{
    [ ${#only[@]} -eq 0 ] && return 0
    local word
    for word in "${only[@]}"; do
        [[ $1 == *"$word"* ]] && return 0
    done
    return 1
}

all_passed=0 all_failed=0 all_skipped=0
for suite in "$@"; do
    name=${suite#"$build"/}
    name=${name#tests/}
    is_wanted "$name" || continue

    began=${EPOCHREALTIME/./}
    run_suite "$suite"
    status=$?
    took=$(((${EPOCHREALTIME/./} - began) / 1000))
    read -r passed failed skipped < <(count "$status")

    line=$(printf '%-36s %4d passed' "$name" "$passed")
    [ "$skipped" -gt 0 ] && line+=", $skipped skipped"
    [ "$failed" -gt 0 ] && line+=", $failed FAILED"
    case $status in
    0) ;;
    124 | 137) line+=" (not done after $limit s)" ;;
    *) [ "$status" -gt 128 ] && line+=" (ended by signal $((status - 128)))" ;;
    esac
    echo "$line, $took ms"
    if [ "$failed" -gt 0 ]; then
        grep -av '^ok ' "$work/output" | sed 's/^/    /'
    fi

    all_passed=$((all_passed + passed))
    all_failed=$((all_failed + failed))
    all_skipped=$((all_skipped + skipped))
done

if [ $((all_passed + all_failed + all_skipped)) -eq 0 ]; then
    echo "no suite ran"
    all_failed=1
fi
summary="$all_passed passed, $all_failed failed"
[ "$all_skipped" -gt 0 ] && summary+=", $all_skipped skipped"
echo "$summary"
[ "$all_failed" -eq 0 ]
