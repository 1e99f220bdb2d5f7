package dev.sluice.bench;

import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/// Jetty's own reverse proxy with its defaults: the yardstick. The only change is room for more than 64 connections to the backend.
public final class StockProxy {
  private StockProxy() {}

  /// @param args port to listen on, port of the backend
  public static void main(String[] args) throws Exception {
    var server = new Server();
    var connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    connector.setPort(Integer.parseInt(args[0]));
    server.addConnector(connector);
    server.setHandler(new Reverse("127.0.0.1", Integer.parseInt(args[1])));
    server.start();
    server.join();
  }

  private static final class Reverse extends ProxyHandler.Reverse {
    Reverse(String host, int port) {
      super(request -> HttpURI.build(request.getHttpURI()).scheme("http").authority(host, port).asImmutable());
    }

    @Override
    protected HttpClient newHttpClient() {
      HttpClient client = super.newHttpClient();
      client.setMaxConnectionsPerDestination(1024);
      return client;
    }
  }
}
