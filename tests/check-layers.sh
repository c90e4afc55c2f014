#!/bin/bash
# The rules of the house that a program can check (TAP). CONTRIBUTING.md says them in words.
#
# Includes are read from the sources. What a module calls, and what it keeps in memory, is read
# from its object file: there no comment, macro or string misleads. Every rule is then broken once
# in a copy, to see that it would be noticed.
#
# shellcheck disable=SC2317 # the rules are functions called by name
set -u
cd "$(dirname "$0")/.." || exit 2
build=${RANDORI_BUILD:-build/default}

# --- the rules -------------------------------------------------------------------------------

# A file includes its own layer and those to its left.
layers='session screens storage services app commands main'

# header (a regular expression)   the files that may include it
owners='
n?curses[.]h|term[.]h             screens/ services/terminal
ini[.]h                           storage/config
jansson[.]h                       session/event session/dump storage/ services/ commands/ notify/
utf8proc[.]h                      session/text
libdeflate[.]h                    session/event session/stamp storage/journal
libnotify/.*                      notify/
'

# A subcommand does not know another one, but its own parts (report_html.c); these headers serve all.
common_to_commands='beginning commands complain leaving options records resuming salvaging archive'

clocks='time|clock|clock_gettime|gettimeofday|timespec_get|localtime(_r)?|gmtime(_r)?|mktime'
clocks+='|sleep|usleep|nanosleep|timerfd_.*|getenv|rand|random|srand|getrandom'
files='f?open(at)?(64)?|openat2|creat|read|write|p(read|write)(64)?|readv|writev|f?close|fd?open'
files+='|fgets|fread|fwrite|fputs?c?|v?fprintf|getline|opendir|readdir|mkdir|unlink|rename|f?stat'
files+='|socket|connect|bind|syscall|fork|exec.*|posix_spawnp?|system|popen|ioctl'
printing='v?printf|puts|putchar|perror|stdout|stderr|exit|_exit|quick_exit|abort|v?(err|warn)x?'

# folder      what its objects may not refer to
bans="
session       $clocks|$files|$printing
screens       $clocks|$files|$printing
storage       $printing
services      $printing
app           $printing
"

# file:variable that may change, and why.
mutable_allowed='
src/services/terminal_restore.c:restore   what a signal handler needs to give the terminal back
'

# --- looking ---------------------------------------------------------------------------------

# includes ROOT: every include as "file line form name", form being < or ".
includes()
{
    (cd "$1" && grep -rnE '^[[:space:]]*#[[:space:]]*include' src --include='*.[ch]') |
        sed -nE 's/^([^:]*):([0-9]+):[^<"]*([<"])([^>"]*).*/\1 \2 \3 \4/p'
}

# The layer of a path below src/: its folder; app for app*.c, main for main.c.
layer='
function layer(path) {
    sub(/^src\//, "", path)
    if (path ~ /\//) { sub(/\/.*/, "", path); return path }
    if (path ~ /^app/) return "app"
    sub(/\.c$/, "", path)
    return path
}'

layers_to_the_right()
{
    includes "$1" | awk -v layers="$layers" "$layer"'
        BEGIN { for (i = split(layers, names); i > 0; i--) rank[names[i]] = i }
        $3 != "\"" { next }
        { from = layer($1); to = layer($4) }
        from == "notify" && $4 ~ /^(notify\/|session\/|services\/message\.h$)/ { next }
        !(from in rank) || !(to in rank) || rank[to] > rank[from] {
            print $1 ":" $2 ": " from " may not include " $4
        }'
}

foreign_headers()
{
    includes "$1" | awk -v table="$owners" '
        BEGIN { rows = split(table, row, "\n") }
        {
            for (i = 1; i <= rows; i++) {
                fields = split(row[i], field, " ")
                if (fields == 0 || $4 !~ "^(" field[1] ")$")
                    continue
                is_owner = 0
                for (j = 2; j <= fields; j++)
                    is_owner = is_owner || index($1, "src/" field[j]) == 1
                if (!is_owner)
                    print $1 ":" $2 ": " $4 " is not for this file"
            }
        }'
}

two_files_with_a_crc()
{
    includes "$1" | awk '$4 == "libdeflate.h" { print $1 }' | sort -u |
        awk 'NR > 1 { print $1 ": libdeflate.h is in another file already" }'
}

commands_that_know_another()
{
    includes "$1" | awk -v common=" $common_to_commands " '
        $1 ~ /^src\/commands\// && $4 ~ /^commands\// {
            own = $1; sub(/.*\//, "", own); sub(/\..$/, "", own)
            other = $4; sub(/.*\//, "", other); sub(/\.h$/, "", other)
            if (own != other && index(own, other "_") != 1 && !index(common, " " other " "))
                print $1 ":" $2 ": a command may not include " $4
        }'
}

sources_without_an_object()
{
    find src -name '*.c' | sort | while read -r source; do
        [ -e "$1/${source%.c}.o" ] || echo "$source: not built in $1"
    done
}

# objects FOLDER: the object files of src/ there, but none left over from a deleted source.
objects()
{
    (cd "$1" && find src -name '*.o' | sort) 2>/dev/null | while read -r object; do
        if [ -e "${object%.o}.c" ] || [ -e "$1/${object%.o}.c" ]; then
            echo "$object"
        fi
    done
}

forbidden_calls()
{
    echo "$bans" | while read -r folder banned; do
        [ -n "$folder" ] || continue
        objects "$1" | grep -E "^src/$folder(/|[^/]*\.o$)" | (cd "$1" && xargs -r nm -uA) |
            sed -E 's/\.o: +[Uw] /.c /; s/@.*//; s/ __isoc[0-9]+_/ /; s/ __(.*)_chk$/ \1/
                s/ __(open.*)_2$/ \1/' |
            awk -v banned="^($banned)\$" '$2 ~ banned { print $1 ": may not use " $2 }'
    done
}

mutable_globals()
{
    objects "$1" | (cd "$1" && xargs -r objdump -t) |
        awk -v allowed="$mutable_allowed" '
            / file format / { sub(/\.o:.*/, ".c"); file = $0 }
            / O (\.data|\.bss|\*COM\*)/ && !/ O \.data\.rel\.ro/ {
                variable = $NF
                sub(/\.[0-9]+$/, "", variable)
                if (!index(allowed, "\n" file ":" variable " "))
                    print file ": may not keep " variable
            }'
}

# --- saying it (TAP) -------------------------------------------------------------------------

number=0
result() # STATUS NAME [DETAILS]
{
    number=$((number + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $number - $2"
    else
        echo "not ok $number - $2"
        [ -n "${3:-}" ] && echo "# ${3//$'\n'/$'\n'# }"
        failed=1
    fi
}

# holds RULE PLACE: nothing breaks the rule there.
holds()
{
    local found
    found=$("$1" "$2")
    [ -z "$found" ]
    result $? "no ${1//_/ }" "$found"
}

# notices RULE FILE TEXT [OTHER-FILE]: planted in a copy of the sources, FILE breaks the rule.
notices()
{
    local copy=$work/copy file
    rm -rf "${copy:?}"
    mkdir -p "$copy"
    cp -r src "$copy/"
    for file in "$2" ${4:+"$4"}; do
        mkdir -p "$(dirname "$copy/$file")"
        printf '%b\n' "$3" >"$copy/$file"
    done
    case $1 in
    forbidden_calls | mutable_globals)
        ${CC:-cc} -O2 -fPIE -w -c -o "$copy/${2%.c}.o" "$copy/$2"
        ;;
    esac
    "$1" "$copy" | grep -q "^$2: \|^$2:[0-9]"
    result $? "notices $2: ${3//$'\n'/ }"
}

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
failed=0

holds layers_to_the_right .
holds foreign_headers .
holds two_files_with_a_crc .
holds commands_that_know_another .
# Sanitizers and coverage add calls and variables of their own.
if [ "$(basename "$build")" = default ]; then
    holds sources_without_an_object "$build"
    holds forbidden_calls "$build"
    holds mutable_globals "$build"
fi

notices layers_to_the_right src/session/planted.c '#include "storage/journal.h"'
notices layers_to_the_right src/services/planted.c '#include "app.h"'
notices layers_to_the_right src/screens/planted.h '# include "services/loop.h"'
notices layers_to_the_right src/app_planted.c '#include "commands/run.h"'
notices layers_to_the_right src/notify/planted.c '#include "storage/paths.h"'
notices layers_to_the_right src/storage/planted.c '#include "notify/notify.h"'
notices layers_to_the_right src/session/planted.c '#include "event.h"'
notices foreign_headers src/storage/planted.c '#include <ncursesw/curses.h>\n#include <curses.h>'
notices foreign_headers src/commands/planted.c '#include <ini.h>'
notices foreign_headers src/screens/planted.c '#include <jansson.h>'
notices foreign_headers src/session/plan_planted.c '#include <utf8proc.h>'
notices foreign_headers src/services/planted.c '#include <libnotify/notify.h>'
notices two_files_with_a_crc src/storage/journal_planted.c '#include <libdeflate.h>' \
    src/session/event_planted.c
notices commands_that_know_another src/commands/planted.c '#include "commands/status.h"'
notices forbidden_calls src/session/planted.c '#include <time.h>\nlong f(void) { return time(0); }'
notices forbidden_calls src/session/planted.c '#include <stdlib.h>\nvoid f(void) { exit(1); }'
notices forbidden_calls src/screens/planted.c '#include <stdio.h>\nvoid f(void) { printf("a\\\\n"); }'
notices forbidden_calls src/screens/planted.c '#include <fcntl.h>\nint f(void) { return open("a", 0); }'
notices forbidden_calls src/storage/planted.c '#include <stdio.h>\nvoid f(void) { fputs("a", stderr); }'
notices forbidden_calls src/app_planted.c '#include <stdlib.h>\nvoid f(void) { exit(1); }'
notices mutable_globals src/session/planted.c 'int planted;'
notices mutable_globals src/screens/planted.c 'int f(void) { static int calls = 3; return calls++; }'
notices mutable_globals src/storage/planted.c 'static char *names[] = {"a"};\nchar **f(void) { return names; }'
echo "1..$number"
exit $failed
