package dev.sluice.conformance;

import java.util.ArrayList;
import java.util.List;

/// The requests that reached the backends during a step. Thread-safe.
final class Received {

  private List<Members> requests = new ArrayList<>();

  /// Forgets all of them: a step begins.
  synchronized void restart() {
    requests = new ArrayList<>();
  }

  synchronized void add(Members request) {
    requests.add(request);
  }

  synchronized List<Members> all() {
    return List.copyOf(requests);
  }
}
