package dev.sluice.proxy.observe;

import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/// What is known of a request at its end. Made on the loop, formatted elsewhere; the fields are never changed any more.
///
/// @param time wall clock at the end, milliseconds
/// @param end monotonic time at the end, nanoseconds
/// @param nanos how long it took
/// @param peer the client's address
/// @param target as received; bytes that are no ASCII as Latin-1 characters
/// @param status sent, or what stands for it; 0 when nothing is known
/// @param bytes body bytes sent
/// @param host as the client named it
/// @param fields request header lines as filters left them; null for a refused head
/// @param failure token of what went wrong, or null
/// @param brokenOff whether that was after the status had been sent
/// @param user who was authenticated, or null
/// @param control what filters said, or null
public record AccessRecord(
    long time,
    long end,
    long nanos,
    String peer,
    String method,
    String target,
    String protocol,
    int status,
    long bytes,
    String host,
    @Nullable HttpFields fields,
    @Nullable String failure,
    boolean brokenOff,
    @Nullable String user,
    @Nullable AccessLogControl control) {

  /// A head that was refused before it was understood.
  ///
  /// @param requestLine what is known of the request line; may be empty
  public static AccessRecord refused(long time, long end, String peer, String requestLine, int status, long bytes, String failure) {
    String[] words = requestLine.split(" ", 3);
    return new AccessRecord(time, end, 0, peer, words[0], words.length > 1 ? words[1] : "", words.length > 2 ? words[2] : "", status, bytes,
        "", null, failure, false, null, null);
  }

  /// When the request began, milliseconds.
  long began() {
    return time - nanos / 1_000_000;
  }
}
