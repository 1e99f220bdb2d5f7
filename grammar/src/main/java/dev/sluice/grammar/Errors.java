package dev.sluice.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The errors of one text, up to [Mender#LIMIT] of them and a last one that says there are more.
final class Errors implements Consumer<Diagnostic> {
  private final SourceText source;
  private final List<Diagnostic> all = new ArrayList<>();

  Errors(SourceText source) {
    this.source = source;
  }

  @Override
  public void accept(Diagnostic error) {
    if (all.size() < Mender.LIMIT) {
      all.add(error);
    } else if (all.size() == Mender.LIMIT) {
      all.add(Mender.tooMany(source, error.span()));
    }
  }

  List<Diagnostic> all() {
    return all;
  }
}
