package dev.sluice.proxy.upstream;

import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// What carries a call that is under way: a connection, or a stream of one. Used on the loop.
interface Carrier {
  /// The next chunk of the response's body, null when none is there now. A chunk that ends the body, or a failure chunk, ends the call.
  Content.@Nullable Chunk readBody();

  /// Asked to wake the call when there is something to read; true when it need not wait.
  boolean wantBody();

  /// Breaks off in the middle of the call without telling it.
  void abandon();
}
