package dev.sluice.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a Kubernetes API server answers that holds the objects of a file.
///
/// An object `{"kind": "Error", "resource": R, "status": S}` makes the list of R fail; R `""` is the discovery of route groups.
record KubernetesApi(Path objects) {

  private record Kind(String prefix, String name) {}

  private static final String ROUTE_GROUPS = "/apis/zalando.org/v1";

  private static final Map<String, Kind> KINDS = Map.of(
      "ingresses", new Kind("/apis/networking.k8s.io/v1", "Ingress"),
      "routegroups", new Kind(ROUTE_GROUPS, "RouteGroup"),
      "services", new Kind("/api/v1", "Service"),
      "endpoints", new Kind("/api/v1", "Endpoints"),
      "endpointslices", new Kind("/apis/discovery.k8s.io/v1", "EndpointSlice"),
      "secrets", new Kind("/api/v1", "Secret"));

  private static final Pattern PATH = Pattern.compile("(/apis?/.*?v1)(?:/namespaces/([^/]+))?(?:/([a-z]+))?");

  /// The script of the answer to a request for that target.
  Members answer(String target) throws IOException {
    List<Members> held = Files.exists(objects)
        ? ((List<?>) Json.read(Files.readString(objects))).stream().map(Members::of).toList()
        : List.of();
    Matcher path = PATH.matcher(target.split("\\?", 2)[0]);
    boolean known = path.matches();
    String prefix = known ? path.group(1) : "";
    String resource = known && path.group(3) != null ? path.group(3) : "";
    for (Members object : held) {
      if (object.text("kind").equals("Error") && object.text("resource").equals(resource)) {
        return Members.empty().with("status", object.number("status", 500)).with("body", "{}");
      }
    }
    Kind kind = KINDS.get(resource);
    if (prefix.equals(ROUTE_GROUPS) && resource.isEmpty()) {
      return json(Members.empty()
          .with("kind", "APIResourceList")
          .with("groupVersion", "zalando.org/v1")
          .with("resources", List.of(Members.empty()
              .with("name", "routegroups").with("kind", "RouteGroup").with("namespaced", true).map())));
    }
    if (kind == null || !kind.prefix.equals(prefix)) {
      return Members.empty().with("status", 404L).with("body", "{}");
    }
    return json(Members.empty()
        .with("kind", kind.name + "List")
        .with("apiVersion", prefix.split("/", 3)[2])
        .with("metadata", Map.of())
        .with("items", held.stream().filter(object -> isListed(object, kind, path.group(2))).<Object>map(Members::map).toList()));
  }

  private static boolean isListed(Members object, Kind kind, @Nullable String namespace) {
    return object.text("kind").equals(kind.name)
        && (namespace == null || namespace.equals(object.object("metadata").text("namespace", "default")));
  }

  private static Members json(Members answer) {
    return Members.empty()
        .with("headers", List.of(List.of("Content-Type", "application/json")))
        .with("body", Json.write(answer));
  }
}
