#!/bin/bash
# Installs into an empty folder, runs what is there, uninstalls, and sees that nothing is left (TAP).
set -u
build=${RANDORI_BUILD:-build/default}
stage=$(mktemp -d) || exit 2
trap 'rm -rf "$stage" "$stage.log"' EXIT

if ! [ -x "$build/randori" ]; then
    echo "1..1"
    echo "ok 1 - install # SKIP randori is not built"
    exit 0
fi

number=0 failed=0
result() # STATUS NAME
{
    number=$((number + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $number - $2"
    else
        echo "not ok $number - $2"
        failed=1
    fi
}

# What was built is installed as it is: building is not this suite's matter.
make_it()
{
    make --no-print-directory -o all build="$build" DESTDIR="$stage" "$@" >"$stage.log" 2>&1 ||
        { sed 's/^/# /' "$stage.log" && return 1; }
}
# The files there, relative to the stage.
files()
{
    (cd "$stage" && find . -type f -o -type l | sort)
}

# same_content FOLDER TARGET: each file of the folder is there, or it says which is not.
same_content()
{
    (cd "$1" 2>/dev/null && find . -type f) | while read -r file; do
        cmp -s "$1/$file" "$stage/$2/$file" || echo "# missing: $2/$file"
    done
}

make_it install
result $? "make install"
prefix=$stage/usr/local

"$prefix/bin/randori" --version >/dev/null
result $? "the installed program runs"
[ -x "$prefix/libexec/randori/randori-notify" ]
result $? "its helper is in libexec"
missing=$(same_content config usr/local/share/randori)
[ -z "$missing" ] || echo "$missing"
[ -z "$missing" ]
result $? "every file of config/ is in share/randori"
missing=$(find man -name '*.[1-8]' 2>/dev/null | while read -r page; do
    [ -s "$prefix/share/man/man${page##*.}/${page##*/}" ] || echo "# missing: $page"
done)
[ -z "$missing" ] || echo "$missing"
[ -z "$missing" ]
result $? "every manual is in share/man"
unexpected=$(find "$stage" -type f ! -perm -444)
[ -z "$unexpected" ]
result $? "everybody may read what is installed"

echo mine >"$prefix/share/randori/mine.txt"
make_it uninstall
result $? "make uninstall"
[ "$(files)" = ./usr/local/share/randori/mine.txt ]
result $? "only the file of somebody else is left"

rm "$prefix/share/randori/mine.txt"
make_it install && make_it uninstall
[ -z "$(files)" ] && ! find "$stage" -name '*randori*' | grep -q .
result $? "nothing is left, and no folder of ours"
echo "1..$number"
exit $failed
