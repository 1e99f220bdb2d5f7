package dev.sluice.proxy.balance;

import dev.sluice.grammar.ByteText;
import dev.sluice.proxy.observe.XxHash64;
import dev.sluice.routes.args.ClientAddress;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.Exchange;
import java.nio.charset.StandardCharsets;

/// The numbers that hashing algorithms work on. All are unsigned.
final class KeyHash {
  private KeyHash() {}

  /// Hash of the exchange's key: what `consistentHashKey` set, else the client's address.
  static long of(Exchange x) {
    String key = x.outgoing().hashKey();
    return XxHash64.of(bytes(key == null ? ClientAddress.first(x.request()) : key));
  }

  /// Hash of a text of a route file.
  static long ofText(String text) {
    return XxHash64.of(ByteText.encode(text));
  }

  /// What AILERON calls an upstream: its address without one final slash.
  static long id(Endpoint endpoint) {
    String text = endpoint.text();
    return ofText(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
  }

  /// One step of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014), by which AILERON spreads all hashes.
  static long mix(long hash) {
    long z = hash + 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  private static byte[] bytes(String key) {
    for (int i = 0; i < key.length(); i++) {
      if (key.charAt(i) > 0xFF) {
        return ByteText.encode(key); // set by a script as text
      }
    }
    return key.getBytes(StandardCharsets.ISO_8859_1);
  }
}
