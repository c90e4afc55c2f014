#!/bin/bash
# What install-packages.sh does on machines that lack something (TAP). The machine is a PATH with
# few programs in it, some of them played by scripts of a line.
set -u
number=0 failed=0
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

result() # STATUS NAME
{
    number=$((number + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $number - $2"
    else
        echo "not ok $number - $2"
        sed 's/^/# /' "$work/output"
        failed=1
    fi
}

# machine PROGRAM=TEXT...: a machine with those, and with what every machine has.
machine()
{
    local program
    rm -rf "${work:?}/bin" "$work/calls"
    mkdir "$work/bin"
    for program in sh awk sed env mktemp rm tail touch ln; do
        ln -s "$(command -v "$program")" "$work/bin/$program"
    done
    for program in "$@"; do
        printf '#!/bin/sh\n%s\n' "${program#*=}" >"$work/bin/${program%%=*}"
        chmod +x "$work/bin/${program%%=*}"
    done
}

install_packages()
{
    PATH=$work/bin tests/install-packages.sh run >"$work/output" 2>&1
}

says()
{
    grep -q "$1" "$work/output"
}

has_all=(gcc=true cc=true make=true pkg-config=true)
# shellcheck disable=SC2016 # expanded by the script that plays the program
apt='apt-get=echo "$*" >>'"$work"'/calls; case "$*" in *update) touch '"$work"'/lists ;; *) '
apt+="[ -e $work/lists ] && ln -sf $(type -P true) $work/bin/pkg-config ;; esac"

machine "${has_all[@]}"
install_packages && ! [ -s "$work/output" ]
result $? "says nothing when all is there"

machine gcc=true cc=true make=true
! install_packages && says 'missing: pkg-config' && says "your system's package manager" &&
    says libinih-dev
result $? "without apt-get: names what is missing"

machine gcc=true cc=true make=true "$apt" id='echo 1000'
! install_packages && says 'as root.*apt-get install pkg-config' && ! [ -e "$work/calls" ]
result $? "neither root nor sudo: says what root has to run"

# shellcheck disable=SC2016
machine gcc=true cc=true make=true "$apt" id='echo 1000' sudo='echo sudo >>'"$work"'/calls; "$@"'
install_packages && grep -q sudo "$work/calls"
result $? "not root: goes through sudo"
rm -f "$work/lists"

machine gcc=true cc=true make=true "$apt" id='echo 0'
install_packages && grep -q ' update$' "$work/calls" && ! grep -q sudo "$work/calls"
result $? "root, lists empty: updates them, then installs"

install_packages && ! [ -s "$work/output" ]
result $? "the second time there is nothing to do"

machine gcc=true cc=true make=true 'apt-get=echo no network; exit 100' id='echo 0'
! install_packages && says 'no network' && says 'could not install: pkg-config'
result $? "apt-get fails: shows why"

machine gcc=true cc=true make=true apt-get=true id='echo 0'
! install_packages && says 'still something'
result $? "installed in vain: says so"
echo "1..$number"
exit $failed
