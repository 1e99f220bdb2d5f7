package dev.sluice.routes.table;

import dev.sluice.routes.model.PathPattern;
import dev.sluice.routes.spi.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The places of all routes with a path, found segment by segment.
///
/// A node stands for the segments that lead to it; node 0 for none. At each node the search tries the segment's text, then the
/// wildcard for one segment, then the free wildcard, and comes back to the next of these when what it found has no route for the
/// request. A node has one way that leads to it, so a search visits no node twice: it ends after as many steps as there are
/// nodes, at worst.
///
/// Nodes are numbers and their properties stand in arrays: a million routes cost some 40 bytes each here, apart from their texts.
/// The children of all nodes are in one hash table, by the parent's number and the segment. A tree that differs from another by a
/// few routes is made of copies of its arrays.
final class PathTree {
  private final String[] texts;
  private final int[] parents;
  private final int[] wildcards;
  private final @Nullable Place[] exact;
  private final @Nullable Place[] slash;
  private final @Nullable Place[] free;
  private final int[] children;
  private final boolean ignoreTrailingSlash;
  /// How many routes were taken out since all of it was built: their nodes are still there.
  private final int removed;

  private PathTree(Builder from) {
    int count = from.count;
    ignoreTrailingSlash = from.ignoreTrailingSlash;
    removed = from.removed;
    texts = Arrays.copyOf(from.texts, count);
    parents = Arrays.copyOf(from.parents, count);
    wildcards = Arrays.copyOf(from.wildcards, count);
    exact = new Place[count];
    slash = new Place[count];
    free = new Place[count];
    for (int i = 0; i < count; i++) {
      exact[i] = place(from.exact[i]);
      // Where only subtrees stand the three are the same.
      slash[i] = Objects.equals(from.slash[i], from.exact[i]) ? exact[i] : place(from.slash[i]);
      free[i] = Objects.equals(from.free[i], from.slash[i]) ? slash[i] : place(from.free[i]);
    }
    children = from.children;
  }

  /// The route for a path that is clean, or null.
  @Nullable Candidate find(String path, Request request, @Nullable Trace trace) {
    return find(0, path, 0, request, trace);
  }

  /// @param at where the segments that led to the node end: at a slash, or at the end of the path
  private @Nullable Candidate find(int node, String path, int at, Request request, @Nullable Trace trace) {
    int length = path.length();
    if (at == length) {
      return find(exact[node], request, trace);
    }
    int start = at + 1;
    if (start == length) {
      return find(slash[node], request, trace);
    }
    int next = path.indexOf('/', start);
    int end = next < 0 ? length : next;
    int child = child(node, path, start, end);
    Candidate found = child < 0 ? null : find(child, path, end, request, trace);
    if (found == null && wildcards[node] > 0) {
      found = find(wildcards[node], path, end, request, trace);
    }
    return found != null ? found : find(free[node], request, trace);
  }

  private static @Nullable Candidate find(@Nullable Place place, Request request, @Nullable Trace trace) {
    return place == null ? null : place.find(request, trace);
  }

  private int child(int parent, String path, int start, int end) {
    int mask = children.length - 1;
    for (int slot = hash(parent, path, start, end) & mask; children[slot] != 0; slot = slot + 1 & mask) {
      int node = children[slot];
      String text = texts[node];
      if (parents[node] == parent && text.length() == end - start && path.startsWith(text, start)) {
        return node;
      }
    }
    return -1;
  }

  private static int hash(int parent, String text, int start, int end) {
    int hash = parent * 0x9E3779B9;
    for (int i = start; i < end; i++) {
      hash = hash * 31 + text.charAt(i);
    }
    hash *= 0x85EBCA6B;
    return hash ^ hash >>> 15;
  }

  /// How many routes may be taken out of a copy before it is better to build anew.
  boolean isWorn() {
    return removed > texts.length / 4;
  }

  private static @Nullable Place place(@Nullable Object filling) {
    return switch (filling) {
      case null -> null;
      case Place place -> place;
      case List<?> several when several.isEmpty() -> null;
      case List<?> several -> Place.of(several.stream().map(Candidate.class::cast).toList());
      default -> throw new IllegalStateException();
    };
  }

  /// A tree while it is filled.
  static final class Builder {
    private final boolean ignoreTrailingSlash;
    private int count = 1;
    private String[] texts = new String[16];
    private int[] parents = new int[16];
    private int[] wildcards = new int[16];
    // A place that is ready, or a list of candidates; a candidate is a place.
    private @Nullable Object[] exact = new Object[16];
    private @Nullable Object[] slash = new Object[16];
    private @Nullable Object[] free = new Object[16];
    private int[] children = new int[32];
    private int removed;

    Builder(boolean ignoreTrailingSlash) {
      this.ignoreTrailingSlash = ignoreTrailingSlash;
      texts[0] = "";
    }

    /// Begins with all that is in a tree.
    Builder(PathTree from) {
      ignoreTrailingSlash = from.ignoreTrailingSlash;
      removed = from.removed;
      count = from.texts.length;
      int size = count + 16;
      texts = Arrays.copyOf(from.texts, size);
      parents = Arrays.copyOf(from.parents, size);
      wildcards = Arrays.copyOf(from.wildcards, size);
      exact = Arrays.copyOf(from.exact, size, Object[].class);
      slash = Arrays.copyOf(from.slash, size, Object[].class);
      free = Arrays.copyOf(from.free, size, Object[].class);
      children = from.children.clone();
    }

    void add(PathPattern pattern, Candidate candidate) {
      change(pattern, candidate, Builder::put);
    }

    /// Takes out a candidate that is there.
    void remove(PathPattern pattern, Candidate candidate) {
      removed++;
      change(pattern, candidate, Builder::take);
    }

    private interface Change {
      void at(@Nullable Object[] places, int node, Candidate candidate);
    }

    private void change(PathPattern pattern, Candidate candidate, Change change) {
      List<@Nullable String> segments = pattern.segments();
      boolean endsWithSlash = !segments.isEmpty() && Objects.equals(segments.getLast(), "");
      int node = 0;
      for (String segment : endsWithSlash ? segments.subList(0, segments.size() - 1) : segments) {
        node = segment == null ? wildcard(node) : literal(node, segment);
      }
      switch (pattern.form()) {
        case EXACT -> {
          boolean withSlash = node == 0 || endsWithSlash && !ignoreTrailingSlash;
          change.at(withSlash ? slash : exact, node, candidate);
        }
        case FREE -> change.at(free, node, candidate);
        case SUBTREE -> {
          change.at(exact, node, candidate);
          change.at(slash, node, candidate);
          change.at(free, node, candidate);
        }
      }
    }

    PathTree build() {
      return new PathTree(this);
    }

    private int literal(int parent, String text) {
      int mask = children.length - 1;
      int slot = hash(parent, text, 0, text.length()) & mask;
      for (; children[slot] != 0; slot = slot + 1 & mask) {
        if (parents[children[slot]] == parent && texts[children[slot]].equals(text)) {
          return children[slot];
        }
      }
      int node = node(parent, text);
      children[slot] = node;
      if (count * 2 > children.length) {
        rehash();
      }
      return node;
    }

    private int wildcard(int parent) {
      if (wildcards[parent] == 0) {
        // No segment is empty, so that this text is never found among the children.
        int node = node(parent, "");
        wildcards[parent] = node;
      }
      return wildcards[parent];
    }

    private int node(int parent, String text) {
      if (count == texts.length) {
        int size = count * 2;
        texts = Arrays.copyOf(texts, size);
        parents = Arrays.copyOf(parents, size);
        wildcards = Arrays.copyOf(wildcards, size);
        exact = Arrays.copyOf(exact, size);
        slash = Arrays.copyOf(slash, size);
        free = Arrays.copyOf(free, size);
      }
      texts[count] = text;
      parents[count] = parent;
      return count++;
    }

    private void rehash() {
      int[] old = children;
      children = new int[old.length * 2];
      int mask = children.length - 1;
      for (int node : old) {
        if (node != 0) {
          int slot = hash(parents[node], texts[node], 0, texts[node].length()) & mask;
          while (children[slot] != 0) {
            slot = slot + 1 & mask;
          }
          children[slot] = node;
        }
      }
    }

    private static void put(@Nullable Object[] places, int node, Candidate candidate) {
      if (places[node] == null) {
        places[node] = candidate;
      } else {
        list(places, node).add(candidate);
      }
    }

    private static void take(@Nullable Object[] places, int node, Candidate candidate) {
      list(places, node).removeIf(each -> each == candidate);
    }

    private static List<Candidate> list(@Nullable Object[] places, int node) {
      if (places[node] instanceof List<?> several) {
        @SuppressWarnings("unchecked") // made below
        var list = (List<Candidate>) several;
        return list;
      }
      var list = new ArrayList<Candidate>();
      if (places[node] instanceof Place place) {
        list.addAll(Arrays.asList(place.all()));
      }
      places[node] = list;
      return list;
    }
  }
}
