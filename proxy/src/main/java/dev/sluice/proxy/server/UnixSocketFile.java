package dev.sluice.proxy.server;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/// The file of a Unix socket: what a gateway that ended badly has left is removed, a socket in use and any other file are not touched.
final class UnixSocketFile {
  private UnixSocketFile() {}

  /// Binds the socket; its file may be opened by the owner and the group.
  static void bind(ServerSocketChannel socket, UnixDomainSocketAddress address, int backlog) throws IOException {
    Path file = address.getPath();
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      removeStale(file, address);
    }
    socket.bind(address, backlog);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
  }

  private static void removeStale(Path file, UnixDomainSocketAddress address) throws IOException {
    if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isOther()) {
      throw new FileSystemException("there is a file of that name, which is no socket");
    }
    try (SocketChannel probe = SocketChannel.open(address)) {
      throw new FileSystemException("another process listens there");
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      Files.delete(file);
    }
  }

  static void remove(UnixDomainSocketAddress address) {
    try {
      Files.deleteIfExists(address.getPath());
    } catch (IOException e) {
      // It is in nobody's way: the next start removes it.
    }
  }
}
