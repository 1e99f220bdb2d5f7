package dev.sluice.proxy.upstream;

import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.Failure;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// Calls to backends from one event loop. Used on that loop only; all callbacks come on that loop.
public interface Upstream {
  /// Begins a call. Exactly one of [Receiver#head], [Receiver#upgraded] and [Receiver#failed] follows, possibly before this method returns.
  ///
  /// @param body the request body, or null without one. Read on demand, on the loop, until the call ends; it stays the caller's and is never failed here. A
  ///     demand that is open when the call ends may still be called and is ignored. Its read failures end the call
  Call send(UpstreamRequest request, Endpoint to, Content.@Nullable Source body, Receiver receiver);

  /// What is spoken to an endpoint, as in [dev.sluice.routes.spi.Request#protocol]; `FastCGI` for that.
  String protocol(Endpoint to, UpstreamRequest.Way way);

  /// Closes kept connections that carry no call, for a graceful stop.
  void closeIdle();

  /// Connections that are open or being opened; from any thread, exact when the loop is at rest.
  default int connections() {
    return 0;
  }

  /// A call under way.
  interface Call {
    /// Breaks the call off: the connection is closed, or the stream reset; nothing more is called back. Does nothing after the response's last byte.
    void cancel(Failure why);
  }

  /// What comes back.
  interface Receiver {
    /// A 1xx other than 101; any number of times before the head.
    void interim(int status, HttpFields headers);

    /// The response head. The body's first bytes are there already when they came in the same read: [Content.Source#read] gives them at once, and
    /// the chunk that holds the body's last byte is marked last. A truncated body is a failure chunk with a [BrokenAnswer], never an end. Trailers are a
    /// [org.eclipse.jetty.http.Trailers] chunk. The connection goes back to its pool when the last chunk was read and released.
    ///
    /// @param length Content-Length; 0 without a body; -1 when unknown
    /// @param body to be read to its end or failed by the receiver; an empty source without a body
    void head(int status, @Nullable String reason, HttpFields headers, long length, Content.Source body);

    /// The backend switched protocols (101) as the request asked; the tunnel now belongs to the receiver.
    void upgraded(HttpFields headers, Tunnel tunnel);

    /// The backend wrote this to its error stream, as FastCGI applications do: for the log. At most once, at any time, at the latest with the end of
    /// the answer.
    ///
    /// @param text one line, of bounded length
    default void complained(String text) {}

    /// No complete head came.
    void failed(Failure failure, Sent sent);
  }

  /// With the method, all that the retry decision needs.
  enum Sent {
    /// No byte of the request left this process: refused, unresolved, connect timeout, pool full; or the backend said that it did not look at it (RFC
    /// 9113 §8.7).
    NOTHING,
    /// A kept connection turned out to be closed by the backend before any byte of an answer.
    STALE_CONNECTION,
    /// Some bytes left, none came back.
    SOME,
    /// Some bytes of an answer came, an interim one included.
    ANSWER_BEGUN
  }
}
