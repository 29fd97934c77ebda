# shellcheck shell=sh
# What it takes to build surplace: finding what is missing, installing it, building.
#
# Sourced, not run, by examples/run.sh, tests/run.sh and .ci/run. The caller sets
# ROOT, the physical path of the top folder, first. All messages go to stderr, so
# that stdout stays free for what the caller runs in the end.

say() {
    printf 'surplace: %s\n' "$*" >&2
}

die() {
    say "$*"
    exit 1
}

have() {
    command -v "$1" >/dev/null 2>&1
}

# A compiler alone is not enough: a bare machine may have one without the headers.
compiler_works() {
    for candidate in "${CC:-cc}" gcc clang; do
        if have "$candidate" &&
            printf '#include <stdio.h>\n' | "$candidate" -E -x c - >/dev/null 2>&1; then
            return 0
        fi
    done
    return 1
}

has_library() {
    have pkg-config && pkg-config --exists "$1" 2>/dev/null
}

# The first Python here that has PyYAML: there may be another before that of the system's packages.
python_with_yaml() {
    for candidate in python3 /usr/bin/python3; do
        if have "$candidate" && "$candidate" -c 'import yaml' 2>/dev/null; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    return 1
}

# missing_needs NEED...: of the needs named, those that this machine lacks.
missing_needs() {
    for need in "$@"; do
        case $need in
        compiler) compiler_works ;;
        builder) have ninja || have make ;;
        yaml) has_library yaml-0.1 ;;
        pcre2) has_library libpcre2-8 ;;
        jansson | md4c | cmocka) has_library "$need" ;;
        pyyaml) python_with_yaml >/dev/null ;;
        *) have "$need" ;;
        esac || printf '%s\n' "$need"
    done
}

package_manager() {
    for manager in apt-get dnf apk pacman brew; do
        if have "$manager"; then
            printf '%s\n' "$manager"
            return 0
        fi
    done
    return 1
}

# package_names MANAGER NEED: what the need is called there.
package_names() {
    case $1:$2 in
    apt-get:compiler) echo gcc libc6-dev ;;
    apt-get:builder) echo ninja-build ;;
    apt-get:yaml) echo libyaml-dev ;;
    apt-get:pcre2) echo libpcre2-dev ;;
    apt-get:jansson | apt-get:md4c | apt-get:cmocka) echo "lib$2-dev" ;;
    apt-get:pyyaml) echo python3-yaml ;;
    dnf:compiler) echo gcc ;;
    dnf:builder) echo ninja-build ;;
    dnf:pkg-config) echo pkgconf-pkg-config ;;
    dnf:yaml) echo libyaml-devel ;;
    dnf:cmocka) echo libcmocka-devel ;;
    dnf:pcre2 | dnf:jansson | dnf:md4c) echo "$2-devel" ;;
    dnf:pyyaml) echo python3-pyyaml ;;
    apk:compiler) echo gcc musl-dev ;;
    apk:builder) echo make ;;
    apk:pkg-config) echo pkgconf ;;
    apk:yaml) echo yaml-dev ;;
    apk:pcre2 | apk:jansson | apk:md4c | apk:cmocka) echo "$2-dev" ;;
    apk:pyyaml) echo py3-yaml ;;
    pacman:compiler) echo gcc ;;
    pacman:pyyaml) echo python-yaml ;;
    brew:compiler) die "no C compiler: run 'xcode-select --install' first, or install gcc" ;;
    pacman:builder | brew:builder) echo ninja ;;
    pacman:pkg-config | brew:pkg-config) echo pkgconf ;;
    pacman:python3 | brew:python3) echo python ;;
    pacman:yaml | brew:yaml) echo libyaml ;;
    *) echo "$2" ;;
    esac
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif have sudo; then
        sudo "$@"
    elif have doas; then
        doas "$@"
    else
        return 1
    fi
}

# install_packages MANAGER PACKAGE...: quiet, unless it fails.
install_packages() {
    manager=$1
    shift
    if [ "$manager" != brew ] && ! as_root true; then
        die "installing needs the rights of root. Please install with $manager: $*"
    fi
    say "installing with $manager, which may take some minutes: $*"
    case $manager in
    apt-get)
        # A stale list is no reason to stop: the packages may be there all the same.
        output=$(as_root apt-get update 2>&1) || printf '%s\n' "$output" >&2
        set -- env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
        ;;
    dnf) set -- dnf install -y "$@" ;;
    apk) set -- apk add "$@" ;;
    pacman) set -- pacman -Sy --needed --noconfirm "$@" ;;
    brew) set -- brew install "$@" ;;
    esac
    if [ "$manager" != brew ]; then
        set -- as_root "$@"
    fi
    output=$("$@" 2>&1) || {
        printf '%s\n' "$output" >&2
        die "$manager could not install them"
    }
}

# install_needs NEED...: installs what is missing of the needs named; nothing if nothing is.
install_needs() {
    missing=$(missing_needs "$@")
    [ -n "$missing" ] || return 0

    # The words of $missing are to be split, here and below.
    # shellcheck disable=SC2086
    manager=$(package_manager) ||
        die "no apt-get, dnf, apk, pacman or brew here. Please install:" $missing
    packages=
    for need in $missing; do
        names=$(package_names "$manager" "$need") || exit 1
        packages="$packages $names"
    done
    # shellcheck disable=SC2086
    install_packages "$manager" $packages

    missing=$(missing_needs "$@")
    # shellcheck disable=SC2086
    [ -z "$missing" ] || die "still missing after the installation:" $missing
}

install_build_needs() {
    install_needs compiler cmake builder pkg-config yaml pcre2 jansson md4c
}

install_test_needs() {
    set -- compiler cmake builder pkg-config yaml pcre2 jansson md4c cmocka python3
    # Where it cannot be had as a package, the tests that need it are skipped.
    case $(package_manager) in
    apt-get | dnf | apk | pacman) set -- "$@" pyyaml ;;
    esac
    install_needs "$@"
}

processors() {
    getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2
}

# Runs a command with its output in the log; shows the log only if the command fails.
logged() {
    log=$1
    shift
    "$@" >"$log" 2>&1 || {
        status=$?
        cat "$log" >&2
        say "failed: $*"
        exit "$status"
    }
}

# build FOLDER [CMAKE-OPTION...]: configures and builds ROOT in the folder.
build() {
    folder=$1
    shift
    mkdir -p "$folder"
    # A build folder that came along when the tree was copied or moved is of no use.
    if [ -f "$folder/CMakeCache.txt" ] &&
        ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$ROOT" "$folder/CMakeCache.txt"; then
        rm -rf "$folder/CMakeCache.txt" "$folder/CMakeFiles"
    fi
    if [ ! -f "$folder/CMakeCache.txt" ]; then
        say "building; the first time takes a minute"
        if [ -z "${CMAKE_GENERATOR:-}" ] && have ninja; then
            set -- -G Ninja "$@"
        fi
    fi
    logged "$folder/configure.log" cmake -S "$ROOT" -B "$folder" "$@"
    logged "$folder/build.log" cmake --build "$folder" --parallel "$(processors)"
}
