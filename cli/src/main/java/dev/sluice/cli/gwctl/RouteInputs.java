package dev.sluice.cli.gwctl;

import dev.sluice.cli.Surroundings;
import dev.sluice.grammar.SourceText;
import dev.sluice.routes.source.FolderDataClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Where a command's routes come from: files, folders with all `*.gw` and `*.eskip` below them, `-` for standard input, or the text behind
/// `-routes`. Without any of these, standard input is read when it is no terminal.
final class RouteInputs {
  private static final int LARGEST = 1 << 30;
  private static final String STANDARD_INPUT = "standard input";

  private final Surroundings surroundings;
  private final List<SourceText> texts = new ArrayList<>();

  private RouteInputs(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// Adds the options and arguments that [#read] looks at.
  static CommandSpec declare(CommandSpec spec) {
    return spec
        .addOption(Options.text("routes", "TEXT", "routes as text, instead of a file"))
        .addPositional(Options.paths("file, folder (*.gw and *.eskip below it), or - for standard input"));
  }

  /// All texts, in the order of the arguments; those of a folder by name.
  static List<SourceText> read(ParseResult args, Surroundings surroundings) throws UsageProblem {
    var inputs = new RouteInputs(surroundings);
    inputs.read(Options.text(args, "routes"), Options.paths(args));
    return inputs.texts;
  }

  /// The routes in etcd when flags name it, else those of [#read]. At a terminal, where there is nothing else to read, those in the usual etcd.
  static Texts routes(ParseResult args, Surroundings surroundings) throws UsageProblem {
    return routes(args, Options.paths(args), surroundings);
  }

  /// The same for a command whose arguments are not all paths.
  static Texts routes(ParseResult args, List<String> paths, Surroundings surroundings) throws UsageProblem {
    List<SourceText> texts = unlessInEtcd(args, paths, surroundings);
    return texts == null ? inEtcd(args) : Texts.parse(texts);
  }

  /// The texts of [#routes] unread, or null when the routes are [#inEtcd].
  static @Nullable List<SourceText> unlessInEtcd(ParseResult args, List<String> paths, Surroundings surroundings) throws UsageProblem {
    boolean named = Options.text(args, "routes") != null || !paths.isEmpty();
    if (!named && (EtcdFlags.given(args) || surroundings.terminalInput())) {
      return null;
    }
    if (EtcdFlags.given(args)) {
      throw UsageProblem.usage("too many inputs: etcd and " + (paths.isEmpty() ? "-routes" : paths.getFirst()),
          "leave the flags of etcd out, or the rest");
    }
    var inputs = new RouteInputs(surroundings);
    inputs.read(Options.text(args, "routes"), paths);
    return inputs.texts;
  }

  /// The routes in the etcd that the flags name.
  static Texts inEtcd(ParseResult args) throws UsageProblem {
    try {
      return EtcdFlags.read(args);
    } catch (UsageProblem e) {
      throw EtcdFlags.given(args) ? e : atTerminal(", and there is no etcd here: " + e.getMessage());
    }
  }

  private static UsageProblem atTerminal(String more) {
    return UsageProblem.usage("no routes: standard input is a terminal" + more, "name a file or a folder, or give -routes TEXT");
  }

  private void read(@Nullable String inline, List<String> paths) throws UsageProblem {
    if (inline != null) {
      if (!paths.isEmpty()) {
        throw UsageProblem.usage("too many inputs: -routes and " + paths.getFirst(), "name files, or give the text, not both");
      }
      addInline(inline);
    } else if (!paths.isEmpty()) {
      for (String path : paths) {
        addPath(path);
      }
    } else if (surroundings.terminalInput()) {
      throw atTerminal("");
    } else {
      addStandardInput();
    }
  }

  private void addInline(String text) throws UsageProblem {
    if (!text.contains("->") && exists(text)) {
      throw UsageProblem.usage(
          "-routes takes the text of routes, but \"" + text + "\" is a file", "leave -routes out: name the file alone");
    }
    texts.add(SourceText.of("-routes", text));
  }

  private boolean exists(String name) {
    try {
      return !name.isBlank() && Files.exists(surroundings.file(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private void addStandardInput() throws UsageProblem {
    try {
      texts.add(SourceText.of(STANDARD_INPUT, bounded(surroundings.in(), STANDARD_INPUT)));
    } catch (IOException e) {
      throw UsageProblem.unreadable("standard input cannot be read: " + e.getMessage(), null);
    }
  }

  private void addPath(String name) throws UsageProblem {
    if (name.equals("-")) {
      addStandardInput();
      return;
    }
    try {
      Path path = surroundings.file(name);
      if (Files.isDirectory(path)) {
        for (Path file : FolderDataClient.routeFiles(path)) {
          addFile(name.replaceFirst("/+$", "") + "/" + path.relativize(file), file);
        }
      } else {
        addFile(name, path);
      }
    } catch (InvalidPathException e) {
      throw UsageProblem.usage("\"" + name + "\" is no file name", null);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private void addFile(String name, Path file) throws UsageProblem {
    texts.add(SourceText.of(name, bytes(name, file)));
  }

  /// The content of a file.
  ///
  /// @param name shown in messages
  static byte[] bytes(String name, Path file) throws UsageProblem {
    try (InputStream in = Files.newInputStream(file)) {
      return bounded(in, name);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static byte[] bounded(InputStream in, String name) throws IOException, UsageProblem {
    byte[] bytes = in.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw UsageProblem.unreadable(name + " is larger than 1 GiB", "split it");
    }
    return bytes;
  }

  private static UsageProblem unreadable(String name, IOException why) {
    return switch (why) {
      case NoSuchFileException _ -> UsageProblem.unreadable("no such file or folder: \"" + name + "\"", "look for a slip in the name");
      case AccessDeniedException _ -> UsageProblem.unreadable("\"" + name + "\" must not be read by this user", null);
      default -> UsageProblem.unreadable("\"" + name + "\" cannot be read: " + why.getMessage(), null);
    };
  }
}
