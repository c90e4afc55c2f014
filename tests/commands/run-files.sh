#!/bin/bash
# `randori init` and `randori check` as somebody meets them: files, words, exit statuses (TAP).
set -u
cd "$(dirname "$0")/../.." || exit 2
randori=$PWD/${RANDORI_BUILD:-build/default}/randori
shipped=$PWD/config
work=$(mktemp -d) || exit 2
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work" || exit 2
export XDG_CONFIG_HOME=$work/own XDG_DATA_HOME=$work/data

number=0 failed=0
result() # STATUS NAME
{
    number=$((number + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $number - $2"
    else
        echo "not ok $number - $2"
        sed 's/^/# out: /' "$work/out"
        sed 's/^/# err: /' "$work/err"
        failed=1
    fi
}

# run STATUS ARGUMENT...: the program ends with that status; its words are in out and err.
run()
{
    local expected=$1 status
    shift
    "$randori" "$@" >"$work/out" 2>"$work/err" </dev/null
    status=$?
    [ "$status" -eq "$expected" ] || {
        echo "# status $status, not $expected: randori $*"
        return 1
    }
}

says() { grep -qF -- "$1" "$work/out"; }
complains() { grep -qF -- "$1" "$work/err"; }
is_silent() { [ ! -s "$work/$1" ]; }

# --- init ---

run 0 init dojo && cmp -s dojo/session.ini "$shipped/session.ini" &&
    cmp -s dojo/participants.txt "$shipped/participants.txt"
result $? "init writes the shipped files"
says "wrote dojo/session.ini" && says "wrote dojo/participants.txt" && says "cd dojo" &&
    says "randori check"
result $? "init says what it wrote and what to do next"
is_silent err
result $? "init complains of nothing"

echo "# mine" >dojo/session.ini
echo "Ada" >dojo/participants.txt
run 1 init dojo && [ "$(cat dojo/session.ini dojo/participants.txt)" = $'# mine\nAda' ] &&
    complains "dojo/session.ini exists already" && complains "dojo/participants.txt exists already"
result $? "init never overwrites"

rm dojo/participants.txt
run 1 init dojo && cmp -s dojo/participants.txt "$shipped/participants.txt" &&
    complains "dojo/session.ini exists already" && says "wrote dojo/participants.txt"
result $? "init writes what is missing"

mkdir linked && ln -s "$work/target" linked/session.ini
run 1 init linked && [ ! -e "$work/target" ]
result $? "init does not write through a link"

mkdir here && (cd here && run 0 init) && [ -e here/session.ini ] && says "wrote session.ini" &&
    ! says "cd "
result $? "init writes here when no folder is named"

run 1 init no/such/folder && complains "no/such/folder could not be made"
result $? "init says why a folder cannot be made"
touch file && run 1 init file && complains "file/session.ini could not be written"
result $? "init says why a file cannot be written"
run 2 init a b && complains "usage: randori init [DIR]" && run 2 init --nonsense
result $? "init tells its usage"

# --- check ---

run 0 check && says "No session.ini" && says "participants.txt: does not exist" && is_silent err
result $? "check works without any file"

cat >session.ini <<'END'
[session]
title = Tuesday dojo
start = 12:45
end = 14:00
[turn]
handover = 0s
END
printf '%s\n' Ada Grace Alan >participants.txt
run 0 check && says "session.ini: no mistakes" && says "participants.txt: 3 people" && is_silent err
result $? "check names the files it read"
says "[session] title = Tuesday dojo" && says "[turn] handover = 0s" && ! says "[turn] length"
result $? "check shows what differs from the defaults"
says "Records: $work/data/randori"
result $? "check says where records go"

# The planned times depend on the time of day; a duration from now does not.
run 0 check --duration 1h15m --turn 5m && says "debrief" && says "Ada" && says "Alan"
result $? "check shows the plan"
says "Terminal: none"
result $? "check tells what the terminal can do"

sed -i '/^start/d; /^end/d' session.ini
run 0 check --duration 1h15m && says "13 turns of 5m" && says "   13  " && says "extra turn"
result $? "thirteen turns and an extra one fit into the usual session"
run 0 check --duration 30m --turn 10m && says "1 of 3 people will not drive" &&
    says "Less than an hour"
result $? "check says who will not drive"
run 0 check --duration 2h30m && says "More than two hours"
result $? "check says when a session is long"

printf '[break]\nevery = 4\n' >breaks.ini
run 0 check -c breaks.ini --duration 1h && [ "$(grep -c 'a break of 5m' out)" -eq 1 ] &&
    grep -A 1 '^    4  ' out | grep -q 'a break of 5m'
result $? "check shows the breaks between the turns"

printf '[turn]\nlenght = 5m\nlock = soon\n' >bad.ini
printf 'Ada\nada\n' >bad.txt
run 2 check -c bad.ini -p bad.txt && is_silent out && [ "$(wc -l <err)" -eq 3 ] &&
    complains "bad.ini:2: unknown key lenght in [turn]; did you mean length?" &&
    complains "bad.ini:3: lock must be" && complains "bad.txt:2: ada stands twice: also in line 1"
result $? "check names every mistake of both files with its line"

printf '[session]\ntitle = \033[31mred\n' >bad.ini
run 2 check -c bad.ini && ! grep -q $'\033' err
result $? "no escape sequence of a file reaches the terminal"
mkdir $'evil\033[31m'
run 2 check -c $'evil\033[31m' && ! grep -q $'\033' err
result $? "nor one of a file name"

run 2 check -c missing.ini && complains "missing.ini: does not exist"
result $? "a missing file is named"
run 2 check --nonsense && complains "usage: randori check" && run 2 check too many words
result $? "check tells its usage"

DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere run 1 check --alerts && says "Popup: not shown: no desktop" &&
    says "Bell: there is no terminal" && says "Flash: there is no terminal" && is_silent err
result $? "check --alerts tells what could not be sent"
run 2 check --alerts -c bad.ini && is_silent out
result $? "check --alerts wants files without mistakes"

"$randori" check >/dev/full 2>err
[ $? -eq 1 ] && complains "No space left on device"
result $? "check says when its output is lost"

if [ "$(id -u)" -eq 0 ]; then
    number=$((number + 1))
    echo "ok $number - an unreadable file is named # SKIP root reads everything"
else
    chmod 0 bad.ini
    run 2 check -c bad.ini && complains "bad.ini: may not be read"
    result $? "an unreadable file is named"
fi

echo "1..$number"
exit $failed
