#!/bin/bash
# What those who prepare a dojo use: randori topics, randori checklist, the steps of randori check,
# randori help newcomer (TAP).
set -u
cd "$(dirname "$0")/../.." || exit 2
root=$PWD
randori=$root/${RANDORI_BUILD:-build/default}/randori

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
export HOME=$work XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data XDG_RUNTIME_DIR=$work
cd "$work" || exit 2

number=0 failed=0
result() # STATUS NAME
{
    number=$((number + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $number - $2"
    else
        echo "not ok $number - $2"
        sed 's/^/# out: /' out
        sed 's/^/# err: /' err
        failed=1
    fi
}

# run STATUS ARGUMENT...: true when the program ends with that status.
run()
{
    local wanted=$1
    shift
    "$randori" "$@" >out 2>err </dev/null
    [ $? -eq "$wanted" ]
}
says() { grep -qF -- "$1" out; }
complains() { grep -qF -- "$1" err; }
is_silent() { [ ! -s "$1" ]; }
tab=$'\t'

# in_days N: that date. A session held today settles on it.
in_days() { date -d "$1 days" +%F; }
hold_session()
{
    printf 'Ada Lovelace\nGrace Hopper\n' >participants.txt
    printf '[session]\ntopic = fizzbuzz\n[alerts]\nnotification = no\n' >session.ini
    printf '%s\n' start next next debrief roles 'vacant 1' 'vacant 2' "date $1" close quit |
        "$randori" --new --plain >out 2>err
}

# --- topics ---

run 0 topics && is_silent err && [ "$(wc -l <out)" -eq 159 ] &&
    [ "$(awk -F'\t' 'NF != 10' out | wc -l)" -eq 0 ]
result $? "topics gives programs ten columns a row"
run 0 topics --fits 65m --skill parsing --source codingdojo.org && says "codingdojo/rpn$tab" &&
    ! says "codingdojo/args$tab" && ! says "cyber-dojo"
result $? "topics chooses by length, skill and source"
run 0 topics ten-pin BOWLING --source codingdojo.org && [ "$(wc -l <out)" -eq 1 ]
result $? "topics finds all words, in any case"
homeless=$(env -u HOME -u XDG_CONFIG_HOME -u XDG_DATA_HOME "$randori" topics --undone bowling 2>err | tee out | wc -l)
is_silent err && [ "$homeless" -gt 0 ]
result $? "topics shows what is shipped to whom has no home"
run 0 topics --random --skill tdd && [ "$(wc -l <out)" -eq 1 ]
result $? "topics picks one at random"
run 0 topics no-such-word && is_silent out && complains "no topic is like that"
result $? "topics says when there is none"
run 2 topics --fits soon && complains '"soon" is no length' && run 2 topics --nonsense &&
    run 2 topics import && complains "usage: randori topics"
result $? "topics tells its usage"

mkdir -p config/randori
printf 'ours/queue\tQueue\tus\nours/bad\tBad\tus\t-\t-\tlong\n' >config/randori/topics.tsv
run 2 topics --source us && says "ours/queue$tab" && ! says ours/bad &&
    complains "randori/topics.tsv:2: minutes: \"long\" is no whole number"
result $? "topics names a mistake of one's own table and uses the rest"
rm config/randori/topics.tsv

mkdir -p clone/tape/csharp clone/tape/java
printf '# Tape\n\nA machine.\n' >clone/tape/README.md
run 0 topics import clone && says "clone/tape: Tape (csharp,java)" && says "1 added" &&
    run 0 topics machine --source clone && says "clone/tape${tab}Tape$tab" &&
    run 0 topics import clone && says "0 added" && says "1 there already"
result $? "topics import takes a clone in, once"
run 1 topics import clone/tape && complains "there is no folder with a README in it"
result $? "topics import says when there is nothing"

hold_session "$(in_days 5)"
run 0 topics fizzbuzz && grep -q "^codingdojo/fizzbuzz${tab}.*${tab}$(in_days 0)\$" out &&
    run 0 topics --undone fizzbuzz && says codingdojo/foobarqix && ! says "/fizzbuzz$tab" &&
    ! says "${tab}FizzBuzz$tab"
result $? "topics knows what was done here, in whichever source"

# --- checklist ---

run 0 checklist ceremony && says "Master of Ceremony, for the dojo on" && says "$(in_days 5)" &&
    grep -q "D-14 .*overdue " out && grep -q "D-5 .*$(in_days 0)  today" out &&
    grep -q "+1 .*$(in_days 1)   " out && says "14 of 14 open"
result $? "checklist says what is due when"
run 0 checklist ceremony tick 2 3 && says "12 of 14 open" && run 0 checklist ceremony &&
    grep -q " 2 \[x\] D-14 " out && says "12 of 14 open" && run 0 checklist dojo && says "12 of 12 open"
result $? "checklist keeps ticks"
run 0 checklist ceremony untick 2 && says "13 of 14 open" && grep -q " 2 \[ \]" out
result $? "checklist takes a tick back"
run 2 checklist ceremony tick 2 99 && complains '"99" is no number from 1 to 14' &&
    run 0 checklist ceremony && says "13 of 14 open"
result $? "checklist ticks all or none"
run 0 checklist && says "Master of Ceremony" && says "Master of Dojo"
result $? "checklist shows both lists"
run 2 checklist nonsense && complains "there is no checklist nonsense" &&
    run 2 checklist ceremony tick && complains "usage: randori checklist" &&
    run 2 checklist ceremony 3
result $? "checklist tells its usage"

printf 'D-1 bring cables\n\033[31m\n' >config/randori/checklist-ceremony.txt
run 2 checklist ceremony && says "bring cables" && says "1 of 1 open" &&
    complains "checklist-ceremony.txt:2: the line holds a control character"
result $? "one's own checklist wins"
rm config/randori/checklist-ceremony.txt

sleep_second() { while [ "$(date +%S)" = "$1" ]; do :; done; } # records are named by the second
sleep_second "$(date +%S)"
hold_session "$(in_days 30)"
run 0 checklist ceremony && says "14 of 14 open" && says "$(in_days 30)" &&
    grep -q " 2 \[ \] D-14     $(in_days 16)  Settle" out # nothing is due: no column for it
result $? "after the next session the ticks are new"

# --- steps ---

cp -r "$root/tests/unit/steps" shapes
printf '[session]\nsteps = shapes/options\n' >session.ini
run 0 check && says "3 steps in shapes/options:" && says "1  A_short_flag_is_set" &&
    says "2 tests are enabled from the start"
result $? "check lists the steps"
printf '[session]\nsteps = shapes/pegs\n' >session.ini
run 0 check && says "shapes/pegs has no disabled test"
result $? "check says when there are none"
printf '[session]\nsteps = missing\n' >session.ini
run 2 check && complains "session.ini:2: steps: missing does not exist"
result $? "check names steps that are not there"
printf '[session]\nsteps = ../elsewhere\n' >session.ini
run 2 check && complains "session.ini:2: steps must stay in the folder of this file"
result $? "steps stay in the folder of session.ini"
ln -s /usr way-out
printf '[session]\nsteps = way-out\n' >session.ini
run 2 check && complains "session.ini:2: steps: way-out leads out of the folder"
result $? "nor do links lead out of it"

# --- help ---

run 0 help newcomer && [ "$(wc -l <out)" -le 25 ] && says "WhatIsCodingDojo" &&
    [ "$(awk 'length > 80' out | wc -l)" -eq 0 ]
result $? "help newcomer fits on a screen"
every_command_has_help()
{
    local word option
    run 0 --help && cp out all && [ "$(awk 'length > 80' all | wc -l)" -eq 0 ] || return 1
    run 0 -h && cmp -s out all && [ "$(wc -l <all)" -gt 20 ] || return 1
    while read -r word; do
        for option in --help -h; do
            if ! { run 0 "$word" "$option" && is_silent err && says "randori"; }; then
                echo "# $word $option"
                return 1
            fi
        done
    done < <(sed -nE 's/^  ([a-z]+) .*/\1/p' all)
}
every_command_has_help
result $? "every command tells its options when asked with --help"

echo "1..$number"
exit $failed
