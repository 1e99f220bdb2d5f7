package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class NewerClassFilesTest {
  @TempDir Path folder;

  private static Path jarOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @Test
  void oldClassesAreRewrittenSoThatTheyLoadAndVerify() throws Exception {
    Path jar = Files.copy(jarOf(CommandLine.class), folder.resolve("old.jar"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(NewerClassFiles.rewrite(jar)).isTrue();
    try (var in = new JarFile(jar.toFile()); var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      int classes = 0;
      for (JarEntry entry : (Iterable<JarEntry>) in.stream().filter(NewerClassFilesTest::isClass)::iterator) {
        assertThat(NewerClassFiles.version(in.getInputStream(entry).readAllBytes())).as(entry.getName()).isEqualTo(52);
        if (!entry.getName().contains("groovy")) {
          verify(loader, entry.getName().substring(0, entry.getName().length() - 6).replace('/', '.'));
          classes++;
        }
      }
      assertThat(classes).isGreaterThan(200);
    }
    assertThat(NewerClassFiles.rewrite(jar)).as("a second time").isFalse();
    assertThat(folder).isDirectoryContaining(path -> path.endsWith("old.jar"));
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  private static boolean isClass(JarEntry entry) {
    return entry.getName().startsWith("picocli/") && entry.getName().endsWith(".class");
  }

  /// Loading links nothing; asking for the methods of a class and setting it up does.
  private static void verify(ClassLoader loader, String name) throws ClassNotFoundException {
    assertThat(Class.forName(name, true, loader).getDeclaredMethods()).isNotNull();
  }

  @Test
  void aJarOfNewClassesStaysAsItIs() throws IOException, URISyntaxException {
    Path jar = Files.copy(jarOf(org.assertj.core.api.Assertions.class), folder.resolve("new.jar"));
    byte[] before = Files.readAllBytes(jar);
    assertThat(NewerClassFiles.rewrite(jar)).isFalse();
    assertThat(Files.readAllBytes(jar)).isEqualTo(before);
  }
}
