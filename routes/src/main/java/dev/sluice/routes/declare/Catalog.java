package dev.sluice.routes.declare;

import dev.sluice.routes.declare.CatalogEntry.Kind;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.PredicateSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// All declarations known to this process. Immutable; made once at start from explicit lists of records.
public final class Catalog {
  private final Map<Kind, Map<String, CatalogEntry>> byName = new EnumMap<>(Kind.class);
  private final List<CatalogEntry> entries;

  private Catalog(List<CatalogEntry> entries) {
    this.entries = entries.stream()
        .sorted(Comparator.comparing(CatalogEntry::kind).thenComparing(CatalogEntry::name))
        .toList();
    for (Kind kind : Kind.values()) {
      byName.put(kind, new HashMap<>());
    }
    for (CatalogEntry entry : this.entries) {
      put(entry, entry.name());
      entry.otherNames().forEach(name -> put(entry, name));
      entry.deprecatedNames().forEach(name -> put(entry, name));
    }
  }

  /// @param algorithms classes with a [Declaration]
  /// @throws IllegalArgumentException for a class without declaration, a component without [Arg] or of an unknown type, or a name
  ///     that is declared twice
  public static Catalog of(
      List<Class<? extends FilterSpec>> filters,
      List<Class<? extends PredicateSpec>> predicates,
      List<Class<?>> algorithms) {
    var entries = new ArrayList<CatalogEntry>(filters.size() + predicates.size() + algorithms.size());
    filters.forEach(type -> entries.add(DeclarationReader.read(Kind.FILTER, type)));
    predicates.forEach(type -> entries.add(DeclarationReader.read(Kind.PREDICATE, type)));
    algorithms.forEach(type -> entries.add(DeclarationReader.read(Kind.ALGORITHM, type)));
    return new Catalog(entries);
  }

  /// The filter of this name, alias or deprecated name; exact case.
  public @Nullable CatalogEntry filter(String name) {
    return find(Kind.FILTER, name);
  }

  public @Nullable CatalogEntry predicate(String name) {
    return find(Kind.PREDICATE, name);
  }

  public @Nullable CatalogEntry algorithm(String name) {
    return find(Kind.ALGORITHM, name);
  }

  public @Nullable CatalogEntry find(Kind kind, String name) {
    return byName.getOrDefault(kind, Map.of()).get(name);
  }

  /// Every entry, sorted by kind and name.
  public List<CatalogEntry> entries() {
    return entries;
  }

  /// All names of a kind, aliases too, sorted: for suggestions and completion.
  public Set<String> names(Kind kind) {
    return new TreeSet<>(byName.getOrDefault(kind, Map.of()).keySet());
  }

  private void put(CatalogEntry entry, String name) {
    CatalogEntry other = byName.computeIfAbsent(entry.kind(), kind -> new HashMap<>()).put(name, entry);
    if (other != null) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is declared by " + other.type().getName() + " and by " + entry.type().getName());
    }
  }
}
