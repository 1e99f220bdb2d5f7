package dev.sluice.grammar;

import java.nio.charset.StandardCharsets;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/// A part of a text as ANTLR's input. An index is a byte offset in the whole text, so that spans cost nothing.
///
/// Bytes from 0x80 on are shown as one stand-in, because the lexer caches its decisions only for ASCII: DEL, which is illegal
/// outside
/// of literals as they are; 0x85 and 0xA0 are white space in this language, also inside a UTF-8 sequence, and are shown as
/// blanks.
final class RouteBytes implements CharStream {
  private final byte[] bytes;
  private final int end;
  private int at;

  RouteBytes(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  @Override
  public void consume() {
    at++;
  }

  @Override
  public int LA(int i) {
    int index = at + i - 1;
    if (index >= end) {
      return IntStream.EOF;
    }
    int b = bytes[index];
    return b >= 0 ? b : shown(b & 0xFF);
  }

  private static int shown(int b) {
    return b == 0x85 || b == 0xA0 ? ' ' : 0x7F;
  }

  @Override
  public int mark() {
    return 0;
  }

  @Override
  public void release(int marker) {}

  @Override
  public int index() {
    return at;
  }

  @Override
  public void seek(int index) {
    at = Math.min(index, end);
  }

  @Override
  public int size() {
    return end;
  }

  @Override
  public String getSourceName() {
    return UNKNOWN_SOURCE_NAME;
  }

  @Override
  public String getText(Interval interval) {
    int stop = Math.min(interval.b + 1, end);
    return interval.a >= stop ? "" : new String(bytes, interval.a, stop - interval.a, StandardCharsets.UTF_8);
  }
}
