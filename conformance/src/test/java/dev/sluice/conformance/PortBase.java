package dev.sluice.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// The ports of a run: the backends at `base`+1 to +8, nothing at +99, the gateway at +100, its support listener at +101, Redis
/// at +102, etcd at +103 and +104.
///
/// A base is a multiple of 1000 with five digits, below the ports that the system gives to clients. The cases were recorded with
/// [#STANDARD]; what is seen with another base is written back to those ports.
record PortBase(int base) {

  static final String HOST = "127.0.0.1";
  static final PortBase STANDARD = new PortBase(21_000);
  static final int BACKENDS = 8;

  /// The bases that can be used beside the standard one.
  static List<PortBase> others() {
    return IntStream.rangeClosed(22, 31).mapToObj(thousands -> new PortBase(thousands * 1000)).toList();
  }

  int backend(int number) {
    return base + number;
  }

  int gateway() {
    return base + 100;
  }

  int support() {
    return base + 101;
  }

  int redis() {
    return base + 102;
  }

  int etcd() {
    return base + 103;
  }

  int etcdPeers() {
    return base + 104;
  }

  static String address(int port) {
    return HOST + ":" + port;
  }

  /// What stands for the `${…}` of a case that runs in that folder.
  Map<String, String> names(Path folder) {
    Map<String, String> names = new HashMap<>(Map.of(
        "DIR", folder.toString(),
        "DEAD", "http://" + address(base + 99),
        "DEAD_PORT", String.valueOf(base + 99),
        "HOST", HOST,
        "GATEWAY", "http://" + address(gateway()),
        "GATEWAY_PORT", String.valueOf(gateway()),
        "SUPPORT", "http://" + address(support()),
        "REDIS", address(redis()),
        "ETCD", "http://" + address(etcd())));
    for (int i = 1; i <= BACKENDS; i++) {
      names.put("B" + i, "http://" + address(backend(i)));
      names.put("P" + i, address(backend(i)));
      names.put("PORT" + i, String.valueOf(backend(i)));
    }
    return names;
  }

  /// Turns the run's folder back into `${DIR}`, and its ports into the standard ones.
  Object mask(Object seen, Path folder) {
    Pattern own = Pattern.compile("(?<!\\d)" + base / 1000 + "(\\d\\d\\d)(?!\\d)");
    String standard = STANDARD.base / 1000 + "$1";
    return Members.eachText(seen, text -> {
      String masked = text.replace(folder.toString(), "${DIR}");
      return base == STANDARD.base ? masked : own.matcher(masked).replaceAll(standard);
    });
  }

  /// Whether every port of this base can be listened on.
  boolean isFree() {
    return IntStream.concat(IntStream.rangeClosed(1, BACKENDS), IntStream.rangeClosed(99, 104)).allMatch(i -> isFree(base + i));
  }

  /// Asks without listening: a process that is being started by another thread has a copy of each socket for a moment, and a
  /// copy of a listening one would keep the port.
  private static boolean isFree(int port) {
    try (Socket probe = new Socket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// Whether something accepts connections there.
  static boolean isListening(int port) {
    try (Socket probe = new Socket()) {
      probe.connect(new InetSocketAddress(HOST, port), 200);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
