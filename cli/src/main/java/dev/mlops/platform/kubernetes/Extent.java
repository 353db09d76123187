package dev.mlops.platform.kubernetes;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where to look for objects.
 *
 * @param namespaces for those kinds whose objects lie in one
 */
record Extent(SortedSet<Kind> kinds, SortedSet<String> namespaces) {
  static final Extent NONE = new Extent(new TreeSet<>(), new TreeSet<>());

  static Extent of(Set<Kind> kinds, Set<String> namespaces) {
    return new Extent(new TreeSet<>(kinds), new TreeSet<>(namespaces));
  }

  Extent and(Extent other) {
    var allKinds = new TreeSet<>(kinds);
    allKinds.addAll(other.kinds);
    var allNamespaces = new TreeSet<>(namespaces);
    allNamespaces.addAll(other.namespaces);
    return new Extent(allKinds, allNamespaces);
  }
}
