package dev.sluice.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/// What the launch script runs once after a build. The JVM keeps no class in its cache of a trained start that was compiled for Java 6 or older,
/// but reads and verifies it anew at each start; picocli is compiled for Java 5, and costs a third of a short run. This writes the same classes as
/// class files of a newer version, with the tables that a newer verifier needs.
public final class NewerClassFiles {
  private static final int OLDEST_KEPT = ClassFile.JAVA_7_VERSION;

  private NewerClassFiles() {}

  /// @param args jars; those without old classes stay as they are
  public static void main(String[] args) throws IOException {
    for (String jar : args) {
      rewrite(Path.of(jar));
    }
  }

  /// Returns whether there was anything to do. The jar is replaced at once.
  static boolean rewrite(Path jar) throws IOException {
    // With the permissions of any new file: whoever runs the command need not be who built it.
    Path next = jar.resolveSibling("." + jar.getFileName() + ".tmp");
    boolean changed = false;
    try (var in = new JarFile(jar.toFile(), false);
        var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
        OutputStream file = Files.newOutputStream(next);
        var out = new JarOutputStream(file)) {
      var files = ClassFile.of(
          ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
          ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
      for (JarEntry entry : (Iterable<JarEntry>) in.stream()::iterator) {
        byte[] bytes = in.getInputStream(entry).readAllBytes();
        if (entry.getName().endsWith(".class") && version(bytes) < OLDEST_KEPT) {
          bytes = newer(files, bytes);
          changed = true;
        }
        out.putNextEntry(new JarEntry(entry.getName()));
        out.write(bytes);
        out.closeEntry();
      }
    }
    if (changed) {
      Files.move(next, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.deleteIfExists(next);
    return changed;
  }

  /// The major version (JVMS §4.1).
  static int version(byte[] bytes) {
    return bytes.length < 8 ? Integer.MAX_VALUE : (bytes[6] & 0xFF) << 8 | bytes[7] & 0xFF;
  }

  private static byte[] newer(ClassFile files, byte[] bytes) {
    ClassTransform code = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
    ClassTransform version = (builder, element) -> {
      if (element instanceof ClassFileVersion) {
        builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
      } else {
        builder.with(element);
      }
    };
    return files.transformClass(files.parse(bytes), code.andThen(version));
  }
}
