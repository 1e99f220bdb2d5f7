package dev.sluice.proxy.exchange;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// The handshake of WebSocket (RFC 6455 §4) towards a backend of HTTP/1.1, made for clients of HTTP/2, which have none of their own (RFC 8441 §5).
public final class WebSocketKey {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private WebSocketKey() {}

  /// Adds the lines that a client of HTTP/1.1 would have sent; its own key, which it should not have sent, is replaced. The key only keeps caches and servers of
  /// other protocols from answering; it is no secret.
  static void ask(HttpFields.Mutable fields, String protocol) {
    byte[] random = new byte[16];
    ThreadLocalRandom.current().nextBytes(random);
    fields.put(HttpHeader.CONNECTION, "Upgrade");
    fields.put(HttpHeader.UPGRADE, protocol);
    fields.put(HttpHeader.SEC_WEBSOCKET_KEY, Base64.getEncoder().encodeToString(random));
  }

  /// Whether an answer's Sec-WebSocket-Accept is the one that belongs to the key.
  public static boolean accepted(@Nullable String key, @Nullable String accept) {
    try {
      byte[] sum = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(sum).equals(accept);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
