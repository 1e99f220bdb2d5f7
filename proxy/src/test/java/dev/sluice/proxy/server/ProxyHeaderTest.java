package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.server.ProxyHeader.Addresses;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The bytes of PROXY headers, by haproxy.org/download/3.4/doc/proxy-protocol.txt.
class ProxyHeaderTest {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
  private static final String V4 = "c000020a c0000214 9c40 0050";
  private static final String V6 = "20010db8000000000000000000000001 20010db8000000000000000000000002 9c40 0050";

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static ProxyHeader read(byte[] bytes) {
    return ProxyHeader.read(ByteBuffer.wrap(bytes));
  }

  private static @Nullable Addresses complete(byte[] header) {
    byte[] more = new byte[header.length + 3];
    System.arraycopy(header, 0, more, 0, header.length);
    assertThat(read(more)).isInstanceOf(ProxyHeader.Complete.class);
    ProxyHeader.Complete read = (ProxyHeader.Complete) read(more);
    assertThat(read.length()).isEqualTo(header.length);
    for (int i = 0; i < header.length; i++) {
      assertThat(read(java.util.Arrays.copyOf(header, i))).as("first %s bytes", i).isEqualTo(new ProxyHeader.Incomplete(i >= (header[0] == 'P' ? 5 : 12)));
    }
    return read.addresses();
  }

  private static Addresses between(String from, int fromPort, String to, int toPort) {
    return new Addresses(new InetSocketAddress(from, fromPort), new InetSocketAddress(to, toPort));
  }

  @Test
  void linesOfVersion1() {
    assertThat(complete(bytes("PROXY TCP4 192.0.2.10 192.0.2.20 40000 80\r\n"))).isEqualTo(between("192.0.2.10", 40000, "192.0.2.20", 80));
    assertThat(complete(bytes("PROXY TCP6 2001:db8::1 2001:db8::2 65535 0\r\n"))).isEqualTo(between("2001:db8::1", 65535, "2001:db8::2", 0));
    assertThat(complete(bytes("PROXY UNKNOWN\r\n"))).isNull();
    assertThat(complete(bytes("PROXY UNKNOWN ffff::1 anything at all\r\n"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "PROXY TCP4 192.0.2.10 192.0.2.20 40000 80\n", "PROXY TCP4 192.0.2.10 192.0.2.20 40000\r\n", "PROXY TCP4 192.0.2.10 192.0.2.20 40000 80 1\r\n",
    "PROXY TCP4 2001:db8::1 192.0.2.20 40000 80\r\n", "PROXY TCP6 192.0.2.10 192.0.2.20 40000 80\r\n", "PROXY TCP4 192.0.2 192.0.2.20 40000 80\r\n",
    "PROXY TCP4 192.0.2.10 192.0.2.20 65536 80\r\n", "PROXY TCP4 192.0.2.10 192.0.2.20 040 80\r\n", "PROXY TCP4 192.0.2.10 192.0.2.20 -1 80\r\n",
    "PROXY TCP4  192.0.2.10 192.0.2.20 40000 80\r\n", "PROXY TCP6 fe80::1%eth0 fe80::2 40000 80\r\n", "PROXY tcp4 192.0.2.10 192.0.2.20 40000 80\r\n",
    "PROXY localhost a b 1 2\r\n", "PROXYTCP4 192.0.2.10 192.0.2.20 40000 80\r\n", "PROXY\r\n", "PROXY UDP4 192.0.2.10 192.0.2.20 40000 80\r\n"
  })
  void brokenLines(String line) {
    assertThat(read(bytes(line))).isInstanceOf(ProxyHeader.Broken.class);
  }

  @Test
  void aLineIsAtMost107Bytes() {
    String unknown = "PROXY UNKNOWN ";
    assertThat(complete(bytes(unknown + "x".repeat(105 - unknown.length()) + "\r\n"))).isNull();
    assertThat(read(bytes(unknown + "x".repeat(106 - unknown.length()) + "\r\n"))).isInstanceOf(ProxyHeader.Broken.class);
    assertThat(read(bytes(unknown + "x".repeat(93)))).isInstanceOf(ProxyHeader.Broken.class);
  }

  @Test
  void blocksOfVersion2() {
    Addresses v4 = between("192.0.2.10", 40000, "192.0.2.20", 80);
    assertThat(complete(hex(SIGNATURE + "21 11 000c" + V4))).isEqualTo(v4);
    assertThat(complete(hex(SIGNATURE + "21 12 000c" + V4))).isEqualTo(v4);
    assertThat(complete(hex(SIGNATURE + "21 21 0024" + V6))).isEqualTo(between("2001:db8::1", 40000, "2001:db8::2", 80));
    assertThat(complete(hex(SIGNATURE + "21 31 00d8" + "2f61".concat("00".repeat(106)) + "00".repeat(108))))
        .isEqualTo(new Addresses(UnixDomainSocketAddress.of("/a"), UnixDomainSocketAddress.of("")));
    assertThat(complete(hex(SIGNATURE + "20 00 0000"))).isNull();
    assertThat(complete(hex(SIGNATURE + "20 11 000c" + V4))).isNull();
    assertThat(complete(hex(SIGNATURE + "20 11 0000"))).isNull();
  }

  @Test
  void extensionsAreSkipped() {
    assertThat(complete(hex(SIGNATURE + "21 11 0017" + V4 + "04 0008 0102030405060708"))).isEqualTo(between("192.0.2.10", 40000, "192.0.2.20", 80));
    assertThat(complete(hex(SIGNATURE + "20 00 0003" + "04 0000"))).isNull();
    assertThat(complete(hex(SIGNATURE + "21 11 1000" + V4 + "00".repeat(4084)))).isEqualTo(between("192.0.2.10", 40000, "192.0.2.20", 80));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "11 11 000c", "22 11 000c", "31 11 000c", "21 00 0000", "21 00 0003", "21 13 000c", "21 41 000c", "20 13 0000", "21 11 000b", "21 21 0023", "21 31 00d7",
    "21 11 1001", "20 00 1001", "21 11 ffff"
  })
  void brokenBlocks(String fixed) {
    assertThat(read(hex(SIGNATURE + fixed + V4))).isInstanceOf(ProxyHeader.Broken.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\n", "POST / HTTP/1.1\r\n", "PROPFIND / HTTP/1.1\r\n", "\r\nGET / HTTP/1.1\r\n", "\u0016\u0003\u0001"})
  void whatIsNoHeader(String text) {
    assertThat(read(bytes(text))).isEqualTo(new ProxyHeader.Absent());
  }

  @Test
  void anyBytesGetAnAnswerAndStayAsTheyAre() {
    long seed = 20261121;
    Random random = new Random(seed);
    List<byte[]> begins = List.of(hex(SIGNATURE + "2111000c" + V4), bytes("PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n"), new byte[40]);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = begins.get(i % 3).clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      assertThat(ProxyHeader.read(buffer)).as("seed %s, turn %s", seed, i).isNotNull();
      assertThat(buffer.position()).isZero();
    }
  }
}
