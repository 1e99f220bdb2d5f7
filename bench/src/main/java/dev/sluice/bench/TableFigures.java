package dev.sluice.bench;

import java.util.HashMap;
import java.util.Map;

/// Figures of the routing table: `bench/table FIGURE name=value …`.
public final class TableFigures {
  private TableFigures() {}

  /// @param args `lookup`, `switch`, `load`, `hosts` or `soak`, then `name=value`
  public static void main(String[] args) throws Exception {
    String figure = args.length == 0 ? "" : args[0];
    Map<String, String> options = new HashMap<>();
    for (int i = 1; i < args.length; i++) {
      options.put(args[i].substring(0, args[i].indexOf('=')), args[i].substring(args[i].indexOf('=') + 1));
    }
    switch (figure) {
      case "lookup" -> LookUpFigures.run(options);
      case "switch" -> SwitchFigures.run(options);
      case "load" -> LoadFigures.run(options);
      case "hosts" -> HostFigures.run(options);
      case "soak" -> SwitchSoak.run(options);
      default -> {
        System.err.println("write bench/table lookup, switch, load, hosts or soak");
        System.exit(64);
      }
    }
  }
}
