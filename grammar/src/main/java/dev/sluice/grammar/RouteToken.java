package dev.sluice.grammar;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenFactory;
import org.antlr.v4.runtime.TokenSource;
import org.antlr.v4.runtime.misc.Pair;
import org.jspecify.annotations.Nullable;

/// A token of the first pass: what it is and where it stands. A route has 25 of them, and ANTLR's own are three times as large.
record RouteToken(int type, int start, int stop) implements Token {
  /// Makes these tokens; whatever else a lexer knows about a token is left out.
  static final TokenFactory<RouteToken> FACTORY = new TokenFactory<>() {
    @Override
    public RouteToken create(
        Pair<TokenSource, CharStream> source, int type, @Nullable String text, int channel, int start, int stop, int line, int column) {
      return new RouteToken(type, start, stop);
    }

    @Override
    public RouteToken create(int type, String text) {
      return new RouteToken(type, 0, -1);
    }
  };

  @Override
  public int getType() {
    return type;
  }

  @Override
  public int getStartIndex() {
    return start;
  }

  @Override
  public int getStopIndex() {
    return stop;
  }

  @Override
  public int getChannel() {
    return DEFAULT_CHANNEL;
  }

  @Override
  public int getTokenIndex() {
    return -1;
  }

  @Override
  public int getLine() {
    return 0;
  }

  @Override
  public int getCharPositionInLine() {
    return -1;
  }

  @Override
  public @Nullable String getText() {
    return null;
  }

  @Override
  public @Nullable TokenSource getTokenSource() {
    return null;
  }

  @Override
  public @Nullable CharStream getInputStream() {
    return null;
  }
}
