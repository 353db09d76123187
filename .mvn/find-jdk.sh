# Sourced by `mlops` and `mvnw`: sets JAVA_HOME to a JDK of at least this version, or says what to do and exits 2.
# Reads each candidate's `release` file, so that no candidate has to be started.
mlops_jdk=25

is_jdk() { # FOLDER: true for a JDK (not a JRE) of the version wanted
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS='=' read -r key value; do
    if [ "$key" = JAVA_VERSION ]; then
      value=${value#\"}
      value=${value%%[!0-9]*}
      [ "${value:-0}" -ge "$mlops_jdk" ]
      return
    fi
  done <"$1/release"
  return 1
}

jdk_on_path() { # prints the home of the `javac` that comes first on the path, links followed
  link=$(command -v javac 2>/dev/null) || return 1
  while [ -L "$link" ]; do
    target=$(readlink "$link")
    case $target in
      /*) link=$target ;;
      *) link=${link%/*}/$target ;;
    esac
  done
  home=${link%/bin/javac}
  [ "$home" != "$link" ] && printf '%s\n' "$home"
}

find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && is_jdk "$JAVA_HOME"; then return 0; fi
  if home=$(jdk_on_path) && is_jdk "$home"; then JAVA_HOME=$home; return 0; fi
  for home in \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${SDKMAN_DIR:-${HOME:-/nonexistent}/.sdkman}"/candidates/java/* \
    "${HOME:-/nonexistent}"/.jdks/* \
    "${HOME:-/nonexistent}"/.asdf/installs/java/* \
    "${HOME:-/nonexistent}"/.local/share/mise/installs/java/*; do
    if is_jdk "$home"; then JAVA_HOME=$home; return 0; fi
  done
  return 1
}

if ! find_jdk; then
  printf '%s\n' \
    "error: no JDK $mlops_jdk or newer was found." \
    "  looked at JAVA_HOME (${JAVA_HOME:-not set}), PATH, and the usual folders" \
    "  next: install a JDK $mlops_jdk (for example Temurin, or \`sdk install java 25-tem\`), or set JAVA_HOME to one" >&2
  exit 2
fi
export JAVA_HOME
