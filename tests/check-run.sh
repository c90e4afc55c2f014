#!/bin/bash
# What run.sh makes of suites that go wrong in each way a suite can (TAP).
set -u
cd "$(dirname "$0")/.." || exit 2
number=0 failed=0
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# closes SUM NAME TEXT...: a run of suites with these texts ends with that line and that status.
closes()
{
    local sum=$1 name=$2 suites=() closing status
    shift 2
    rm -f "$work"/suite-*
    for text in "$@"; do
        suites+=("$work/suite-${#suites[@]}")
        printf '#!/bin/bash\n%b\n' "$text" >"${suites[-1]}"
        chmod +x "${suites[-1]}"
    done
    TIME_LIMIT=1 ONLY=${only:-} tests/run.sh "${suites[@]}" >"$work/output" 2>&1
    status=$?
    closing=$(tail -n 1 "$work/output")
    number=$((number + 1))
    if [ "$closing" = "$sum" ] && [ $((status != 0)) -eq "$([[ $sum == *" 0 failed"* ]]; echo $?)" ]; then
        echo "ok $number - $name"
    else
        echo "not ok $number - $name: status $status, $closing"
        sed 's/^/# /' "$work/output"
        failed=1
    fi
}

good='echo 1..2; echo ok 1 - a; echo ok 2 - b'

closes '4 passed, 0 failed' 'sums over suites' "$good" "$good"
closes '1 passed, 1 failed' 'a failed test' 'echo 1..2; echo ok 1; echo not ok 2; exit 1'
closes '1 passed, 1 failed' 'a failed test, though the status is 0' 'echo ok 1; echo not ok 2'
closes '2 passed, 1 failed' 'a bad status, though every test passed' "$good; exit 1"
closes '1 passed, 0 failed, 1 skipped' 'a skipped test' 'echo 1..2; echo ok 1; echo "ok 2 # SKIP x"'
closes '0 passed, 1 failed' 'no test at all' 'exit 0'
closes '2 passed, 1 failed' 'ended by a signal' "$good; kill -SEGV \$\$"
closes '0 passed, 1 failed' 'more than its time' 'sleep 5'
closes '0 passed, 1 failed' 'more than its time, deaf to SIGTERM' 'trap "" TERM; sleep 3 & wait; sleep 20'
closes '1 passed, 2 failed' 'ends before its plan' 'echo 1..3; echo ok 1; exit 0'
closes '0 passed, 1 failed' 'cannot be run' '' # an empty script
closes '0 passed, 1 failed' 'no suite'
only=suite-1 closes '2 passed, 0 failed' 'only the suites asked for' 'exit 1' "$good"
only=nothing closes '0 passed, 1 failed' 'no suite has that name' "$good"
# shellcheck disable=SC2016 # the suite expands it
DISPLAY=:7 NO_COLOR=1 closes '1 passed, 0 failed' "nothing of the caller's desktop, home or locale" \
    'env | grep -qE "DISPLAY|NO_COLOR|DBUS" || [ "$HOME" = '"$HOME"' ] || [ -t 0 ] ||
     [ "$LC_ALL $TZ" != "C.UTF-8 UTC" ] || [ "$(ls -A "$HOME")" != run ] || echo ok 1'

# Interrupted, it says so, ends what it started, and leaves no folder behind.
# shellcheck disable=SC2016 # the suite expands it
printf '#!/bin/sh\necho $$ $HOME >%s/started\nsleep 60\n' "$work" >"$work/suite-0"
tests/run.sh "$work/suite-0" >"$work/output" 2>&1 &
until [ -s "$work/started" ]; do sleep 0.05; done
kill -TERM $!
wait $!
status=$?
number=$((number + 1))
read -r pid home <"$work/started"
if [ $status -eq 130 ] && grep -q interrupted "$work/output" && ! [ -e "$home" ] &&
    ! kill -0 "$pid" 2>/dev/null; then
    echo "ok $number - interrupted"
else
    echo "not ok $number - interrupted: status $status"
    failed=1
fi
echo "1..$number"
exit $failed
