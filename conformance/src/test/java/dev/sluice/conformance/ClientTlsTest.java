package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/// Private keys are read in each form that PEM files have them.
class ClientTlsTest {

  private static PrivateKey generate(String algorithm, int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    return generator.generateKeyPair().getPrivate();
  }

  private static String pem(String label, byte[] content) {
    return "text before\n-----BEGIN %s-----\n%s\n-----END %1$s-----\n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(content));
  }

  @Test
  void pkcs8() throws Exception {
    PrivateKey rsa = generate("RSA", 2048);
    PrivateKey ec = generate("EC", 384);
    assertThat(ClientTls.privateKey(pem("PRIVATE KEY", rsa.getEncoded()))).isEqualTo(rsa);
    assertThat(ClientTls.privateKey(pem("PRIVATE KEY", ec.getEncoded()))).isEqualTo(ec);
  }

  @Test
  void pkcs1() throws Exception {
    PrivateKey rsa = generate("RSA", 2048);
    // After the envelope: SEQUENCE (4), version (3), algorithm (15), OCTET STRING (4).
    byte[] inner = Arrays.copyOfRange(rsa.getEncoded(), 26, rsa.getEncoded().length);
    assertThat(ClientTls.privateKey(pem("RSA PRIVATE KEY", inner))).isEqualTo(rsa);
  }

  @Test
  void sec1() throws Exception {
    // Made by: openssl ecparam -name prime256v1 -genkey
    String old = """
        -----BEGIN EC PARAMETERS-----
        BggqhkjOPQMBBw==
        -----END EC PARAMETERS-----
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEIHAzrXuHls50IL7iyQn/MUMx7LQndj/G/dSHU5aTS+P3oAoGCCqGSM49
        AwEHoUQDQgAEkYFSfMiBvjafuReGTajDK8l5UPhs95/nX/blL50FObwgOLy7TLrg
        95w4a4MFxo2dPNU18iDHsHpZt9vyjDFenw==
        -----END EC PRIVATE KEY-----
        """;
    assertThat(ClientTls.privateKey(old).getAlgorithm()).isEqualTo("EC");
  }

  @Test
  void filesWithoutAKeyAreRefused() {
    assertThatThrownBy(() -> ClientTls.privateKey("nothing")).isInstanceOf(InvalidKeySpecException.class)
        .hasMessage("there is no private key in this file");
  }
}
