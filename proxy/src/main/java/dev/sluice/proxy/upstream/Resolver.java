package dev.sluice.proxy.upstream;

import dev.sluice.proxy.loop.EventLoop;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Names to addresses, off the loops: each question runs on a virtual thread, its answer is kept for a while and shared by all loops. Literals are
/// never asked for. A question under way is not asked twice; a failure is not kept.
public final class Resolver {
  /// Where names are looked up; blocks.
  public interface Lookup {
    List<InetAddress> lookup(String host) throws UnknownHostException;
  }

  private static final int MOST_NAMES = 8192;

  private final long ttl;
  private final Lookup lookup;
  private final ConcurrentHashMap<String, Answer> answers = new ConcurrentHashMap<>();

  private record Answer(CompletableFuture<List<InetAddress>> addresses, long expires) {}

  /// Asks the system.
  public Resolver(Duration ttl) {
    this(ttl, host -> List.of(InetAddress.getAllByName(host)));
  }

  public Resolver(Duration ttl, Lookup lookup) {
    this.ttl = ttl.toNanos();
    this.lookup = lookup;
  }

  /// Finds the addresses of a host. The receiver is called on the loop, at once when they are known; it gets addresses or a failure.
  public void resolve(String host, EventLoop loop, BiConsumer<@Nullable List<InetAddress>, @Nullable Throwable> receiver) {
    if (literal(host)) {
      receiver.accept(List.of(InetAddress.ofLiteral(host)), null);
      return;
    }
    long now = System.nanoTime();
    Answer known = answers.get(host);
    if (known == null || known.expires - now < 0 || known.addresses.isCompletedExceptionally()) {
      known = ask(host, now);
    }
    if (known.addresses.state() == CompletableFuture.State.SUCCESS) {
      receiver.accept(known.addresses.resultNow(), null);
    } else {
      known.addresses.whenComplete((found, failure) -> loop.execute(() -> receiver.accept(found, failure)));
    }
  }

  private Answer ask(String host, long now) {
    if (answers.size() >= MOST_NAMES) {
      answers.values().removeIf(answer -> answer.expires - now < 0);
      if (answers.size() >= MOST_NAMES) {
        answers.clear();
      }
    }
    Answer asked = new Answer(new CompletableFuture<>(), now + ttl);
    answers.put(host, asked);
    Thread.ofVirtual().name("dns").start(() -> answer(host, asked));
    return asked;
  }

  private void answer(String host, Answer asked) {
    try {
      List<InetAddress> found = lookup.lookup(host);
      if (found.isEmpty()) {
        throw new UnknownHostException(host);
      }
      asked.addresses.complete(found);
    } catch (UnknownHostException | RuntimeException e) {
      answers.remove(host, asked);
      asked.addresses.completeExceptionally(e);
    }
  }

  private static boolean literal(String host) {
    char last = host.isEmpty() ? ' ' : host.charAt(host.length() - 1);
    if (host.indexOf(':') >= 0) {
      return true;
    }
    // A name may end in a digit too, but its last label is never a number (RFC 3696 §2).
    if (last < '0' || last > '9') {
      return false;
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c != '.' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return host.chars().filter(c -> c == '.').count() == 3;
  }
}
