package dev.sluice.conformance;

import dev.sluice.cli.RunningGateway;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/// Programs that know just enough to try the runner: a gateway that passes the bytes of each connection to the one address in its
/// route file, and a tool that prints what it was given.
///
/// Flags of the gateway: `-refuse STATUS` ends at once, `-print TEXT` prints, `-tls-cert FILE -tls-key FILE` speaks TLS.
final class PassThrough implements Programs {

  private static final Pattern ADDRESS = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");

  @Override
  public RunningGateway gateway(List<String> arguments, Path folder, Path log) throws IOException {
    Files.writeString(log, "arguments " + arguments + "\n" + after(arguments, "-print"));
    String refused = after(arguments, "-refuse");
    if (!refused.isEmpty()) {
      return new Gateway(new ServerSocket(), 0, Integer.parseInt(refused));
    }
    Matcher backend = ADDRESS.matcher(Files.readString(Path.of(after(arguments, "-routes-file"))));
    Matcher own = ADDRESS.matcher(after(arguments, "-address"));
    if (!backend.find() || !own.find()) {
      throw new IOException("no address");
    }
    Gateway gateway = new Gateway(listener(arguments), Integer.parseInt(backend.group(1)), 0);
    gateway.listen(Integer.parseInt(own.group(1)));
    return gateway;
  }

  private static ServerSocket listener(List<String> arguments) throws IOException {
    String certificate = after(arguments, "-tls-cert");
    if (certificate.isEmpty()) {
      return new ServerSocket();
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(ClientTls.keys(Path.of(certificate), Path.of(after(arguments, "-tls-key"))), null, null);
      return context.getServerSocketFactory().createServerSocket();
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static String after(List<String> arguments, String flag) {
    int at = arguments.indexOf(flag);
    return at < 0 ? "" : arguments.get(at + 1);
  }

  @Override
  public ToolRun tool(List<String> arguments, Path folder, byte[] stdin, boolean terminal) {
    String input = terminal ? "a terminal" : Texts.printedText(stdin);
    return new ToolRun(arguments.contains("fail") ? 3 : 0, String.join("\n", arguments) + "\n" + input, "said");
  }

  @Override
  public boolean haveTerminals() {
    return true;
  }

  private static final class Gateway implements RunningGateway {

    private final ServerSocket listener;
    private final int backend;
    private final int status;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    Gateway(ServerSocket listener, int backend, int status) {
      this.listener = listener;
      this.backend = backend;
      this.status = status;
    }

    void listen(int port) throws IOException {
      listener.setReuseAddress(true);
      listener.bind(new InetSocketAddress(InetAddress.getByName(PortBase.HOST), port));
      Thread.ofVirtual().start(() -> {
        try {
          while (true) {
            Socket client = listener.accept();
            sockets.add(client);
            Thread.ofVirtual().start(() -> pass(client));
          }
        } catch (IOException e) {
          // Closed.
        }
      });
    }

    private void pass(Socket client) {
      try (client; Socket server = new Socket(PortBase.HOST, backend)) {
        sockets.add(server);
        Thread.ofVirtual().start(() -> copy(client, server));
        copy(server, client);
      } catch (IOException e) {
        // The connection ends.
      }
    }

    private static void copy(Socket from, Socket to) {
      try (from; to) {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        in.transferTo(out);
      } catch (IOException e) {
        // The connection ends.
      }
    }

    @Override
    public boolean running() {
      return listener.isBound() && !listener.isClosed();
    }

    @Override
    public int exitStatus() {
      return status;
    }

    @Override
    public void signal(String name) {
      close();
    }

    @Override
    public void await() throws InterruptedException {
      ended.await();
    }

    @Override
    public void close() {
      ended.countDown();
      try {
        listener.close();
        for (Socket socket : sockets) {
          socket.close();
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
