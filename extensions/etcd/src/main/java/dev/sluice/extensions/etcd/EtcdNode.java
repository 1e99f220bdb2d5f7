package dev.sluice.extensions.etcd;

import java.util.List;

/// A key or a directory, as etcd tells it.
///
/// @param key its full name, from the first slash
/// @param value empty for a directory
/// @param index when it was changed last, in etcd's own count
/// @param nodes what is directly in it, as far as it was told
record EtcdNode(String key, String value, boolean directory, long index, List<EtcdNode> nodes) {
  EtcdNode {
    nodes = List.copyOf(nodes);
  }

  /// The last part of the key.
  String id() {
    return key.substring(key.lastIndexOf('/') + 1);
  }

  /// The key of the directory it is in.
  String parent() {
    return key.substring(0, Math.max(0, key.lastIndexOf('/')));
  }
}
