#!/bin/bash
# Runs fuzzers, two at a time, and sums up: fuzz.sh FUZZER...
#
# Each starts from tests/fuzz/corpus/NAME and what earlier runs found (build/fuzz/corpus/NAME). For
# each one line, the last line is `N passed, N failed`. What makes one fail is kept in
# build/fuzz/findings/, and is given back to it with: build/fuzz/tests/fuzz/fuzz_NAME FILE
#
#   FUZZ_SECONDS    for each                                    (20)
#   FUZZ_JOBS       at a time                                   (2)
#   ONLY            words: only fuzzers with one in their name  (all)
set -u
cd "$(dirname "$0")/../.." || exit 2

seconds=${FUZZ_SECONDS:-20}
read -ra only <<<"${ONLY:-}"
mkdir -p build/fuzz/corpus build/fuzz/findings build/fuzz/log

is_wanted()
{
    [ ${#only[@]} -eq 0 ] && return 0
    local word
    for word in "${only[@]}"; do
        [[ $1 == *"$word"* ]] && return 0
    done
    return 1
}

# run FUZZER: its line of output, and its status.
run()
{
    local name=${1##*/fuzz_} most=4096 status seeds executions new
    local log=build/fuzz/log/$name
    mkdir -p "build/fuzz/corpus/$name"
    seeds=("build/fuzz/corpus/$name" "tests/fuzz/corpus/$name")
    case $name in
    keys) most=400 ;;
    settings) seeds+=(config) ;;
    journal) seeds+=(tests/commands/records) ;;
    esac
    "$1" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len="$most" \
        -print_final_stats=1 -verbosity=1 -artifact_prefix="build/fuzz/findings/$name-" \
        "${seeds[@]}" >"$log" 2>&1
    status=$?
    executions=$(awk '/stat::number_of_executed_units/ { print $2 }' "$log")
    new=$(awk '/stat::new_units_added/ { print $2 }' "$log")
    if [ $status -eq 0 ]; then
        printf 'ok      %-13s %10d executions, %6d a second, %5d new\n' "$name" \
            "${executions:-0}" $((${executions:-0} / (seconds > 0 ? seconds : 1))) "${new:-0}"
        echo "$executions" >"$log.executions"
    else
        echo "not ok  $name"
        grep -aE 'does not hold|ERROR|runtime error|Test unit written|^ *#[0-9]+ .* in ' "$log" |
            head -n 20 | sed 's/^/    /'
    fi
    return $status
}

if [ "${1:-}" = --run ]; then
    run "$2"
    exit
fi
wanted=()
for fuzzer in "$@"; do
    is_wanted "$fuzzer" && wanted+=("$fuzzer")
done
rm -f build/fuzz/log/*.executions
[ ${#wanted[@]} -gt 0 ] &&
    printf '%s\0' "${wanted[@]}" | xargs -0 -n 1 -P "${FUZZ_JOBS:-2}" "$0" --run
passed=$(find build/fuzz/log -name '*.executions' | wc -l)
cat build/fuzz/log/*.executions 2>/dev/null | awk '{ n += $1 } END { printf "%d executions\n", n }'
echo "$passed passed, $((${#wanted[@]} - passed)) failed"
[ "$passed" -gt 0 ] && [ "$passed" -eq ${#wanted[@]} ]
