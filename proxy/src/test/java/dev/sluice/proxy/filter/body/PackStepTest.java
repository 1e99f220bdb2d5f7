package dev.sluice.proxy.filter.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.proxy.filter.BodyDriver;
import dev.sluice.routes.spi.BodyProblem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is packed can be unpacked, whatever the pieces.
class PackStepTest {
  private static final String TEXT = "The quick brown fox jumps over the lazy dog. ".repeat(3000);

  @Test
  void packedBodiesUnpackToThemselves() throws BodyProblem {
    for (Encoding encoding : Encoding.values()) {
      for (int level : new int[] {-2, -1, 0, 1, 9, 11}) {
        long seed = level + 100;
        for (String body : List.of(TEXT, "x", "")) {
          byte[] packed = new BodyDriver(seed).through(encoding.packing(level), body.getBytes(StandardCharsets.UTF_8));
          byte[] plain = new BodyDriver(seed + 1).through(encoding.unpacking(), packed);
          assertThat(new String(plain, StandardCharsets.UTF_8)).as(encoding + " " + level).isEqualTo(body);
        }
      }
    }
  }

  @Test
  void gzipIsWhatOthersRead() throws Exception {
    byte[] packed = new BodyDriver(7).through(Encoding.GZIP.packing(1), TEXT.getBytes(StandardCharsets.UTF_8));
    try (var in = new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(packed))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(TEXT);
    }
  }

  @Test
  void severalMembersAreOneBody() throws BodyProblem {
    byte[] one = new BodyDriver(1).through(Encoding.GZIP.packing(1), "one".getBytes(StandardCharsets.UTF_8));
    byte[] two = Arrays.copyOf(one, one.length * 2);
    System.arraycopy(one, 0, two, one.length, one.length);
    assertThat(new String(new BodyDriver(2).through(Encoding.GZIP.unpacking(), two), StandardCharsets.UTF_8)).isEqualTo("oneone");
  }

  @Test
  void brokenBodiesAreProblems() throws BodyProblem {
    byte[] packed = new BodyDriver(1).through(Encoding.GZIP.packing(1), TEXT.getBytes(StandardCharsets.UTF_8));
    for (int cut : new int[] {1, 5, 12, packed.length / 2, packed.length - 1}) {
      assertThatThrownBy(() -> new BodyDriver(cut).through(Encoding.GZIP.unpacking(), Arrays.copyOf(packed, cut)))
          .as("cut at " + cut)
          .isInstanceOf(BodyProblem.class);
    }
    assertThatThrownBy(() -> BodyDriver.run(Encoding.GZIP.unpacking(), "no gzip at all, whatever")).hasMessage("packed body is no gzip");
    packed[packed.length - 6] ^= 1;
    assertThatThrownBy(() -> new BodyDriver(3).through(Encoding.GZIP.unpacking(), packed))
        .hasMessage("packed body does not have the checksum that it says");
  }

  @Test
  void aBombIsStopped() throws BodyProblem {
    var deflater = new java.util.zip.Deflater(9, true);
    deflater.setInput(new byte[80 * 1024 * 1024]);
    deflater.finish();
    byte[] room = new byte[1024 * 1024];
    int length = deflater.deflate(room);
    byte[] body = Arrays.copyOf(room, length);
    deflater.end();
    assertThatThrownBy(() -> new BodyDriver(2).through(Encoding.DEFLATE.unpacking(), body))
        .hasMessage("packed body unpacks to more than 400 times its size");
  }

  @Test
  void theBestAcceptedEncodingIsTaken() {
    List<Encoding> both = List.of(Encoding.values());
    assertThat(AcceptedEncoding.choose("gzip;q=0.5, deflate;q=0.8", both)).isEqualTo(Encoding.DEFLATE);
    assertThat(AcceptedEncoding.choose("deflate, gzip", both)).isEqualTo(Encoding.GZIP);
    assertThat(AcceptedEncoding.choose("gzip;q=0, br", both)).isNull();
    assertThat(AcceptedEncoding.choose("gzip ; q=0.3 , deflate ; q=0.4", both)).isEqualTo(Encoding.DEFLATE);
    assertThat(AcceptedEncoding.choose("gzip;q=0.5, deflate;q=high", both)).isEqualTo(Encoding.DEFLATE);
    assertThat(AcceptedEncoding.choose("gzip;level=9, deflate;q=0.9", both)).isEqualTo(Encoding.GZIP);
    assertThat(AcceptedEncoding.choose("*", both)).isNull();
    assertThat(AcceptedEncoding.choose(",,GZIP,,", both)).isEqualTo(Encoding.GZIP);
  }
}
