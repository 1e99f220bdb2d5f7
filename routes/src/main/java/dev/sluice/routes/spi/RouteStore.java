package dev.sluice.routes.spi;

import java.io.IOException;
import java.util.List;

/// Routes kept one by one outside of the gateway, for the route tool to read and change. Calls block; one thread.
public interface RouteStore extends AutoCloseable {
  /// All routes there, by id.
  ///
  /// @throws IOException when the store does not answer, or refuses; the message is for the user
  List<StoredRoute> read() throws IOException, InterruptedException;

  /// Stores a route, in place of one with that id.
  ///
  /// @param expression the route without its id
  void put(String id, byte[] expression) throws IOException, InterruptedException;

  /// Takes a route out; one that is not there is fine.
  void delete(String id) throws IOException, InterruptedException;

  @Override
  void close();

  /// Where a store is, as the tool's flags say.
  ///
  /// @param kind which store: `etcd`
  /// @param urls its servers; at least one
  /// @param prefix of its keys
  /// @param token sent as a bearer token; empty: none
  /// @param insecure whether certificates are taken as they come
  record Address(String kind, List<String> urls, String prefix, String token, boolean insecure) {
    public Address {
      urls = List.copyOf(urls);
    }

    /// Without the token.
    @Override
    public String toString() {
      return kind + " " + prefix;
    }
  }
}
