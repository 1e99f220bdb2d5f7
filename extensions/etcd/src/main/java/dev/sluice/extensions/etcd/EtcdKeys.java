package dev.sluice.extensions.etcd;

import dev.sluice.extensions.etcd.EtcdHttp.Reply;
import dev.sluice.extensions.etcd.EtcdServers.Member;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The directory of the routes in etcd. A call goes to the member that answered last; when that fails, to the others in turn. Calls block; one
/// thread, except for [#close].
final class EtcdKeys implements AutoCloseable {
  private final EtcdServers servers;
  private final EtcdHttp http;
  private int current;

  EtcdKeys(EtcdServers servers) {
    this.servers = servers;
    this.http = new EtcdHttp(servers);
  }

  /// @param index etcd's count at that time, from which to watch
  /// @param routes their texts by id; none when there is no such directory
  record Directory(long index, Map<String, String> routes) {}

  /// What changed.
  ///
  /// @param gone whether the node was taken away
  record Change(EtcdNode node, boolean gone) {}

  String root() {
    return servers.root();
  }

  /// The keys directly in the directory, without the directories in it.
  ///
  /// @throws EtcdFailure with what each member said
  Directory read() throws EtcdFailure, InterruptedException {
    Reply reply = call("GET", root(), null);
    EtcdNode node = reply.answer().node();
    if (node == null) {
      return new Directory(Math.max(0, reply.index()), Map.of());
    }
    if (!node.directory()) {
      throw EtcdFailure.refused("the key " + root() + " is a value, where a directory belongs");
    }
    long index = Math.max(0, reply.index());
    var routes = new TreeMap<String, String>();
    for (EtcdNode each : node.nodes()) {
      index = Math.max(index, each.index());
      if (!each.directory()) {
        routes.put(each.id(), each.value());
      }
    }
    return new Directory(index, routes);
  }

  /// Waits for the first change after an index, at the member that answered last.
  ///
  /// @return null when nothing happened in that time
  /// @throws EtcdFailure also when etcd does not remember that far back: the directory must be read again
  @Nullable Change watch(long after, Duration most) throws EtcdFailure, InterruptedException {
    Reply reply = http.watch(servers.members().get(current), root(), after, most);
    if (reply == null) {
      return null;
    }
    EtcdNode node = reply.answer().node();
    if (node == null || node.index() <= after) {
      throw EtcdFailure.unusable("etcd told of no change after " + after);
    }
    boolean gone = switch (reply.answer().action()) {
      case "delete", "expire", "compareAndDelete" -> true;
      default -> false;
    };
    return new Change(node, gone);
  }

  void put(String id, byte[] value) throws EtcdFailure, InterruptedException {
    String form = URLEncoder.encode(new String(value, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
    call("PUT", root() + "/" + id, "value=" + form);
  }

  void delete(String id) throws EtcdFailure, InterruptedException {
    call("DELETE", root() + "/" + id, null);
  }

  private Reply call(String method, String key, @Nullable String body) throws EtcdFailure, InterruptedException {
    List<Member> members = servers.members();
    var failures = new ArrayList<String>();
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(current);
      try {
        return http.call(member, method, key, body);
      } catch (EtcdFailure e) {
        failures.add(member + ": " + e.getMessage());
        if (e.isRefused()) {
          throw EtcdFailure.refused(failures.getLast());
        }
        current = (current + 1) % members.size();
      }
    }
    throw EtcdFailure.unusable(String.join("; ", failures));
  }

  @Override
  public void close() {
    http.close();
  }
}
