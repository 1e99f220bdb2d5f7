package dev.sluice.proxy.flag;

import java.util.List;

/// Routes from Kubernetes.
public final class KubernetesFlags {
  static final FlagGroup GROUP = new FlagGroup("Kubernetes");

  static {
    var planned = GROUP.planned();
    planned.onOff("kubernetes", false, "routes from Ingress and RouteGroup objects; switches -normalize-host on");
    planned.onOff("kubernetes-in-cluster", false, "find the API server and the token in the pod");
    planned.text("kubernetes-url", "", "address of the API server; empty: http://localhost:8001");
    planned.text("kubernetes-token-file", "", "file with the token for the API server");
    planned.text("kubernetes-namespace", "", "look at this namespace only");
    planned.text("kubernetes-ingress-class", "", "regular expression of Ingress classes; empty: skipper");
    planned.text("kubernetes-routegroup-class", "", "regular expression of RouteGroup classes; empty: skipper");
    planned.onOff("kubernetes-https-redirect", true, "add a route that redirects to https");
    planned.integer("kubernetes-https-redirect-code", 308, "status of that redirect");
    planned.onOff("kubernetes-healthcheck", true, "add the route /kube-system/healthz");
    planned.text("whitelisted-healthcheck-cidr", "", "further addresses that may ask it");
    planned.onOff("kubernetes-disable-catchall-routes", false, "add no 404 route for each host");
    planned.text("kubernetes-path-mode", "kubernetes-ingress", "meaning of paths: or path-regexp, path-prefix");
    planned.onOff("enable-kubernetes-endpointslices", false, "read EndpointSlices instead of Endpoints");
    planned.text("kubernetes-topology-zone", "", "prefer endpoints of this zone");
    planned.onOff("enable-kubernetes-east-west", false, "routes for cluster-internal names; deprecated: use the range flags");
    planned.text("kubernetes-east-west-domain", "", "domain of those names; deprecated: use the range flags");
    planned.list("kubernetes-east-west-range-domains", "cluster-internal domains");
    planned.text("kubernetes-east-west-range-predicates", "", "predicates of routes for those domains");
    planned.repeated("kubernetes-annotation-predicates", "key=value=predicates: added where the annotation stands");
    planned.repeated("kubernetes-annotation-filters-append", "key=value=filters: added where the annotation stands");
    planned.repeated("kubernetes-east-west-range-annotation-predicates", "the same, for routes of internal domains");
    planned.repeated("kubernetes-east-west-range-annotation-filters-append", "the same, for routes of internal domains");
    planned.text("kubernetes-application-annotation-label", "", "label to copy into annotate(\"Application\", …)");
    planned.onOff("enable-kubernetes-external-names", false, "allow services of type ExternalName");
    planned.onOff("kubernetes-external-name-preserve-host", false, "do not set Host for such services");
    planned.onOff("kubernetes-only-allowed-external-names", false, "allow only external names on the list");
    planned.repeated("kubernetes-allowed-external-name", "regular expression of allowed external names");
    planned.text("kubernetes-backend-traffic-algorithm", "traffic-predicate", "how traffic is split: or traffic-segment-predicate");
    planned.text("kubernetes-default-lb-algorithm", "roundRobin", "balancing algorithm of services");
    planned.onOff("kubernetes-force-service", false, "send to a service's name, not to its endpoints");
    planned.text("kubernetes-status-from-service", "", "namespace/name of the service whose address goes into Ingress status");
    planned.onOff("kubernetes-enable-tls", false, "serve certificates from TLS secrets");
    planned.text("default-filters-dir", "", "folder with default filters for each service");
    planned.onOff("enable-advanced-validation", false, "validate objects with this gateway's filters and predicates");
    planned.onOff("validation-webhook-enabled", false, "run an admission server");
    planned.text("validation-webhook-address", ":9000", "its address");
    planned.text("validation-webhook-cert-file", "", "its certificate");
    planned.text("validation-webhook-key-file", "", "its private key");
    for (String store : List.of("redis", "valkey")) {
      planned.text("kubernetes-" + store + "-service-namespace", "", "namespace of the " + store + " service to find servers by");
      planned.text("kubernetes-" + store + "-service-name", "", "name of that service");
      planned.integer("kubernetes-" + store + "-service-port", 6379, "port of that service");
    }
  }

  private KubernetesFlags() {}
}
