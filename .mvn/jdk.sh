# Read by ./mvnw, ./countersign and the bench scripts, in any POSIX shell.

# Sets and exports JAVA_HOME to a Java of release 25 or newer that has the program $1 (javac for a JDK, java for any). JAVA_HOME wins when it is one; otherwise the usual
# places are searched. Fails when there is none.
find_java() {
  has_java() {
    [ -x "$1/bin/$2" ] && [ -r "$1/release" ] || return 1
    release="$(sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release")"
    [ -n "$release" ] && [ "$release" -ge 25 ]
  }
  if [ -n "${JAVA_HOME-}" ] && has_java "$JAVA_HOME" "$1"; then
    export JAVA_HOME
    return 0
  fi
  path_java="$(command -v "$1" 2>/dev/null || true)"
  path_home=""
  if [ -n "$path_java" ]; then
    real_java="$(readlink -f "$path_java" 2>/dev/null || printf %s "$path_java")"
    path_home="${real_java%/bin/"$1"}"
  fi
  mac_home="$(/usr/libexec/java_home -v 25+ 2>/dev/null || true)"
  case $- in *f*) globbed=no ;; *) globbed=yes ;; esac
  set +f
  found=""
  for home in "$path_home" "$mac_home" /usr/lib/jvm/*25* /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/*; do
    if [ -n "$home" ] && has_java "$home" "$1"; then
      found="$home"
      break
    fi
  done
  [ "$globbed" = yes ] || set -f
  [ -n "$found" ] || return 1
  JAVA_HOME="$found"
  export JAVA_HOME
}
