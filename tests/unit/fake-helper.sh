#!/bin/sh
# Stands in for randori-notify. Its habits are in $FAKE; that it was born, with its process id, and
# what it is told goes to the file $HEARD.
#
#   answers   shows and closes whatever it is asked to
#   fails     shows nothing, and says so
#   hangs     reads and never answers
#   deaf      does not even read
#   dies      at once
#   mortal    shows one, then dies
#   leaves    likewise, but a child of it holds on to its output
#   babbles   says nonsense, then a line without end, then behaves like `answers`
#   raves     says nonsense for ever
#   stays     behaves like `answers`, and is still there after the end of its input
#   presses   behaves like `answers`, and a button is pressed on everything it shows

say()
{
    printf '%s\n' "$1"
}

long_line()
{
    i=0
    while [ $i -lt 128 ]; do
        printf '%064d' 0
        i=$((i + 1))
    done
    say '{"is":"action","key":"turn","button":"start"}' # would be one, were the line cut after 8192 bytes
}

say "born $$" >>"$HEARD"

case $FAKE in
dies) exit 1 ;;
deaf) exec sleep 1000 ;;
raves) while :; do say 'Gtk-WARNING: {"is":"shown"'; done ;;
babbles)
    say 'Gtk-WARNING: cannot open display'
    say '{"is":"shown","key":"turn"}'
    say '{"is":"shown","key":"elsewhere","id":3}'
    long_line
    ;;
esac

id=10
while read -r line; do
    say "$line" >>"$HEARD"
    key=${line#*'"key":"'}
    key=${key%%'"'*}
    case $FAKE,$line in
    hangs,*) ;;
    fails,*) say '{"is":"failed","key":"'"$key"'","why":"\u001b[31mno such name"}' ;;
    *,'{"do":"show"'*)
        id=$((id + 1))
        answer='{"is":"shown","key":"'"$key"'","id":'$id'}'
        [ "$FAKE" = presses ] && answer=$answer'
{"is":"action","key":"'"$key"'","button":"start"}' # both arrive at once
        say "$answer"
        [ "$FAKE" = mortal ] && exit 1
        if [ "$FAKE" = leaves ]; then
            sleep 1000 &
            exit 1
        fi
        ;;
    *) say '{"is":"closed","key":"'"$key"'"}' ;;
    esac
done
say end >>"$HEARD"
[ "$FAKE" = stays ] && exec sleep 1000
