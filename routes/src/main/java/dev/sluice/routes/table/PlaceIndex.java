package dev.sluice.routes.table;

import dev.sluice.routes.model.BoundCall;
import dev.sluice.routes.spi.PredicateSpec;
import dev.sluice.routes.spi.Request;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Many routes at one place, sorted by the hosts and methods that they name.
///
/// Each route stands in the groups of the hosts that its predicates allow, or in the common group when they do not tell; within a
/// group, in the lists of its methods, or in the common list. A request concerns at most four lists, of which each holds numbers
/// into the rank order. They are walked together, lowest number first, so that the result is that of asking all routes in turn.
final class PlaceIndex implements Place {
  private static final int[] NONE = {};

  private final Candidate[] all;
  private final Map<String, Group> hosts;
  private final Group anyHost;

  private PlaceIndex(Candidate[] all, Map<String, Group> hosts, Group anyHost) {
    this.all = all;
    this.hosts = hosts;
    this.anyHost = anyHost;
  }

  /// Numbers of the routes of a group: those that take any method, and those of each method.
  private record Group(int[] anyMethod, Map<String, int[]> methods) {
    static final Group EMPTY = new Group(NONE, Map.of());

    int[] of(String method) {
      return methods.isEmpty() ? NONE : methods.getOrDefault(method, NONE);
    }
  }

  /// @param all by rank
  static Place of(Candidate[] all) {
    var hosts = new HashMap<String, Numbers>();
    var anyHost = new Numbers();
    boolean sorted = false;
    for (int i = 0; i < all.length; i++) {
      Set<String> keys = smallest(all[i], IndexedPredicate::hosts);
      Set<String> methods = smallest(all[i], IndexedPredicate::methods);
      sorted |= keys != null || methods != null;
      if (keys == null) {
        anyHost.add(i, methods);
      } else {
        for (String key : keys) {
          hosts.computeIfAbsent(key, k -> new Numbers()).add(i, methods);
        }
      }
    }
    if (!sorted) {
      return new Few(all);
    }
    var groups = HashMap.<String, Group>newHashMap(hosts.size());
    hosts.forEach((key, numbers) -> groups.put(key, numbers.group()));
    return new PlaceIndex(all, groups, anyHost.group());
  }

  @Override
  public Candidate[] all() {
    return all;
  }

  @Override
  public @Nullable Candidate find(Request request, @Nullable Trace trace) {
    if (trace != null) {
      return Place.first(all, request, trace);
    }
    Group own = hosts.isEmpty() ? Group.EMPTY : hosts.getOrDefault(HostKey.of(request.host()), Group.EMPTY);
    String method = request.method();
    int[] a = own.anyMethod;
    int[] b = own.of(method);
    int[] c = anyHost.anyMethod;
    int[] d = anyHost.of(method);
    for (int i = 0, j = 0, k = 0, l = 0; ; ) {
      int atA = i < a.length ? a[i] : Integer.MAX_VALUE;
      int atB = j < b.length ? b[j] : Integer.MAX_VALUE;
      int atC = k < c.length ? c[k] : Integer.MAX_VALUE;
      int atD = l < d.length ? d[l] : Integer.MAX_VALUE;
      int next = Math.min(Math.min(atA, atB), Math.min(atC, atD));
      if (next == Integer.MAX_VALUE) {
        return null;
      }
      Candidate found = all[next].find(request, null);
      if (found != null) {
        return found;
      }
      // A route stands in one of the four lists only.
      i += next == atA ? 1 : 0;
      j += next == atB ? 1 : 0;
      k += next == atC ? 1 : 0;
      l += next == atD ? 1 : 0;
    }
  }

  private static @Nullable Set<String> smallest(Candidate candidate, Function<IndexedPredicate, @Nullable Set<String>> keys) {
    Set<String> smallest = null;
    for (BoundCall<PredicateSpec> bound : candidate.route().definition().predicates()) {
      Set<String> own = bound.spec() instanceof IndexedPredicate indexed ? keys.apply(indexed) : null;
      smallest = own != null && (smallest == null || own.size() < smallest.size()) ? own : smallest;
    }
    return smallest;
  }

  /// A group while it is filled.
  private static final class Numbers {
    private final IntList anyMethod = new IntList();
    private final Map<String, IntList> methods = new HashMap<>(2);

    void add(int number, @Nullable Set<String> names) {
      if (names == null) {
        anyMethod.add(number);
      } else {
        names.forEach(name -> methods.computeIfAbsent(name, n -> new IntList()).add(number));
      }
    }

    Group group() {
      var lists = HashMap.<String, int[]>newHashMap(methods.size());
      methods.forEach((name, list) -> lists.put(name, list.toArray()));
      return new Group(anyMethod.toArray(), lists.isEmpty() ? Map.of() : Map.copyOf(lists));
    }
  }

  private static final class IntList {
    private int[] values = NONE;
    private int size;

    void add(int value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, Math.max(1, size * 2));
      }
      values[size++] = value;
    }

    int[] toArray() {
      return Arrays.copyOf(values, size);
    }
  }
}
