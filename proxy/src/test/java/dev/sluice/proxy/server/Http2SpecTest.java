package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.TestTls;
import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.flag.TlsFlags;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// All cases of h2spec, the conformance tests of HTTP/2 and HPACK, strict ones too and none left out, against the gateway, with and without TLS.
///
/// The program is in the jar of a Maven plug-in that runs it elsewhere: version 2.2.0, for Linux on amd64 among others.
@Timeout(value = 300, unit = TimeUnit.SECONDS)
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class Http2SpecTest {
  private static final String ARCHIVE = "/h2spec/2.2.0/h2spec_linux_amd64.tar.gz";
  private static final int TAR_BLOCK = 512;

  @TempDir
  static Path folder;

  private static Path program;

  @BeforeAll
  static void unpack() throws IOException {
    program = folder.resolve("h2spec");
    try (InputStream archive = new BufferedInputStream(
        new GZIPInputStream(Objects.requireNonNull(Http2SpecTest.class.getResourceAsStream(ARCHIVE), ARCHIVE)))) {
      byte[] header = archive.readNBytes(TAR_BLOCK);
      String size = new String(header, 124, 11, StandardCharsets.US_ASCII);
      Files.write(program, archive.readNBytes(Integer.parseInt(size.strip(), 8)));
    }
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void withoutTls() throws Exception {
    try (GatewayHarness gateway = GatewayHarness.start("r: * -> inlineContent(\"hello\") -> <shunt>;",
        s -> s.with(ListenerFlags.ENABLE_H2C_SERVER, true))) {
      holds(gateway);
    }
  }

  @Test
  void withTls() throws Exception {
    try (GatewayHarness gateway = GatewayHarness.start("r: * -> inlineContent(\"hello\") -> <shunt>;",
        s -> s.with(TlsFlags.TLS_CERT, List.of(TestTls.file("rsa.crt").toString())).with(TlsFlags.TLS_KEY, List.of(TestTls.file("rsa.key").toString())))) {
      holds(gateway, "--tls", "--insecure");
    }
  }

  private static void holds(GatewayHarness gateway, String... more) throws Exception {
    Path report = Files.createTempFile(folder, "report", ".xml");
    List<String> command = new ArrayList<>(List.of(program.toString(), "--strict", "--timeout", "10", "--port", Integer.toString(gateway.address().getPort()),
        "--junit-report", report.toString()));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    NodeList cases = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile()).getElementsByTagName("testcase");
    assertThat(cases.getLength()).as(output).isGreaterThanOrEqualTo(140);
    List<String> failed = new ArrayList<>();
    for (int i = 0; i < cases.getLength(); i++) {
      Element each = (Element) cases.item(i);
      String title = each.getAttribute("package") + " " + each.getAttribute("classname");
      boolean passed = each.getElementsByTagName("failure").getLength() + each.getElementsByTagName("error").getLength()
          + each.getElementsByTagName("skipped").getLength() == 0;
      if (!passed) {
        failed.add(title + ": " + each.getTextContent().strip());
      }
    }
    assertThat(failed).isEmpty();
  }
}
