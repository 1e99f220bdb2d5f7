package dev.sluice.routes.args;

import dev.sluice.routes.declare.ArgType;
import dev.sluice.routes.spi.ArgumentProblem;

/// A network, `10.0.0.0/8`, or a single address. Bits behind the prefix mean nothing.
public record Cidr(IpAddress network, int prefix) {
  public static final ArgType<Cidr> ARGUMENT = ArgType.ofText("an address or network", Cidr::parse);

  public Cidr {
    network = cut(network, prefix);
  }

  /// @throws ArgumentProblem when the text is neither an address nor a network
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw problem(text);
    }
    int most = address.v6() ? 128 : 32;
    if (slash < 0) {
      return new Cidr(address, most);
    }
    String digits = text.substring(slash + 1);
    if (!digits.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(digits) > most) {
      throw problem(text);
    }
    return new Cidr(address, Integer.parseInt(digits));
  }

  public boolean contains(IpAddress address) {
    return address.v6() == network.v6() && cut(address, prefix).equals(network);
  }

  private static IpAddress cut(IpAddress address, int bits) {
    if (!address.v6()) {
      return new IpAddress(false, 0, bits == 0 ? 0 : address.low() & 0xffff_ffffL << 32 - bits & 0xffff_ffffL);
    }
    long high = bits >= 64 ? -1L : bits == 0 ? 0 : -1L << 64 - bits;
    long low = bits >= 128 ? -1L : bits <= 64 ? 0 : -1L << 128 - bits;
    return new IpAddress(true, address.high() & high, address.low() & low);
  }

  private static ArgumentProblem problem(String text) {
    return new ArgumentProblem("is no address or network: \"" + text + "\"");
  }
}
