package dev.sluice.proxy.server;

import dev.sluice.proxy.flag.Flag;
import dev.sluice.routes.args.Cidr;
import dev.sluice.routes.args.IpAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// Networks that a flag names.
public record PeerList(List<Cidr> networks) {
  public PeerList {
    networks = List.copyOf(networks);
  }

  /// @throws StartProblem when one of the texts is no network
  static PeerList of(GatewaySettings settings, Flag<List<String>> flag) throws StartProblem {
    return of("-" + flag.name(), settings.get(flag));
  }

  /// @param where what the texts belong to, for the message
  static PeerList of(String where, List<String> texts) throws StartProblem {
    List<Cidr> networks = new ArrayList<>();
    for (String text : texts) {
      try {
        networks.add(Cidr.parse(text.strip()));
      } catch (IllegalArgumentException e) {
        throw new StartProblem(where + ": \"" + text + "\" is no network; write ADDRESS or ADDRESS/BITS");
      }
    }
    return new PeerList(networks);
  }

  boolean isEmpty() {
    return networks.isEmpty();
  }

  boolean contains(InetAddress peer) {
    IpAddress address = IpAddress.of(peer);
    for (int i = 0; i < networks.size(); i++) {
      if (networks.get(i).contains(address)) {
        return true;
      }
    }
    return false;
  }
}
