#!/bin/bash
# Runs suites, each a program or script that prints TAP, and sums up: run.sh SUITE...
#
# One line a suite as it ends, what a suite that failed printed but its `ok` lines, and as the last
# line `N passed, N failed`. A suite that was ended by a signal or the time limit, that ran fewer tests
# than it planned, or that ran none, has failed.
#
#   RANDORI_BUILD   the folder of the programs under test       (build/default)
#   ONLY            words: only suites with one in their name   (all)
#   UNDER           a command to run the suites under           (none)
#   TIME_LIMIT      seconds a suite may take                    (120)
#   JOBS            suites run at a time                        (one a processor)
set -u
cd "$(dirname "$0")/.." || exit 2

build=${RANDORI_BUILD:-build/default}
limit=${TIME_LIMIT:-120}
jobs=${JOBS:-$(nproc)}
read -ra only <<<"${ONLY:-}"
read -ra under <<<"${UNDER:-}"

work=$(mktemp -d /tmp/randori-check.XXXXXX) || exit 2 # short: a socket's path has 108 bytes
trap 'rm -rf "$work"' EXIT
trap 'kill $(jobs -p) 2>/dev/null; wait; echo "interrupted"; exit 130' INT TERM HUP

# A suite sees nothing of the caller's home, locale, time zone, terminal, desktop or settings. The
# shell ignores SIGINT for what it runs in the background, env does not.
run_suite()
{
    local home=$1/home
    mkdir -p "$home/run" && chmod 700 "$home/run"
    exec env -i --default-signal=INT,QUIT PATH="$PATH" HOME="$home" TMPDIR="$home" USER=tester \
        SHELL=/bin/sh XDG_CONFIG_HOME="$home/config" XDG_DATA_HOME="$home/data" \
        XDG_STATE_HOME="$home/state" XDG_CACHE_HOME="$home/cache" \
        XDG_RUNTIME_DIR="$home/run" LC_ALL=C.UTF-8 TZ=UTC TERM=xterm-256color \
        RANDORI_BUILD="$build" CMOCKA_MESSAGE_OUTPUT=TAP \
        ASAN_OPTIONS=handle_segv=2:detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1 \
        timeout -k 2 "$limit" "${under[@]}" "$2" </dev/null >"$1/output" 2>&1
}

# Prints: passed failed skipped, counted in the TAP of a file given the exit status.
count()
{
    awk -v status="$2" '
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
        }' "$1"
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

# tell FOLDER NAME STATUS MS: the line of a suite that is over, and what it said when it failed.
tell()
{
    local folder=$1 status=$3 line passed failed skipped
    read -r passed failed skipped < <(count "$folder/output" "$status")
    line=$(printf '%-36s %4d passed' "$2" "$passed")
    [ "$skipped" -gt 0 ] && line+=", $skipped skipped"
    [ "$failed" -gt 0 ] && line+=", $failed FAILED"
    case $status in
    0) ;;
    124 | 137) line+=" (not done after $limit s)" ;;
    *) [ "$status" -gt 128 ] && line+=" (ended by signal $((status - 128)))" ;;
    esac
    echo "$line, $4 ms"
    if [ "$failed" -gt 0 ]; then
        grep -av '^ok ' "$folder/output" | sed 's/^/    /'
    fi
    all_passed=$((all_passed + passed))
    all_failed=$((all_failed + failed))
    all_skipped=$((all_skipped + skipped))
}

started=0
declare -A number_of=() name_of=() began_of=() # of the suites that are running, by process

# Waits until one of them is over, and tells of it.
finish_one()
{
    local pid status folder
    wait -n -p pid
    status=$?
    folder=$work/${number_of[$pid]}
    tell "$folder" "${name_of[$pid]}" "$status" $(((${EPOCHREALTIME/./} - began_of[$pid]) / 1000))
    rm -rf "${folder:?}"
    unset "number_of[$pid]" "name_of[$pid]" "began_of[$pid]"
}

for suite in "$@"; do
    name=${suite#"$build"/}
    name=${name#tests/}
    is_wanted "$name" || continue
    [ ${#name_of[@]} -lt "$jobs" ] || finish_one
    started=$((started + 1))
    mkdir "$work/$started" || exit 2
    run_suite "$work/$started" "$suite" &
    number_of[$!]=$started name_of[$!]=$name began_of[$!]=${EPOCHREALTIME/./}
done
while [ ${#name_of[@]} -gt 0 ]; do
    finish_one
done

if [ $((all_passed + all_failed + all_skipped)) -eq 0 ]; then
    echo "no suite ran"
    all_failed=1
fi
summary="$all_passed passed, $all_failed failed"
[ "$all_skipped" -gt 0 ] && summary+=", $all_skipped skipped"
echo "$summary"
[ "$all_failed" -eq 0 ]
