package dev.sluice.proxy.flag;

import java.time.Duration;
import java.util.List;

/// Tokens, logins and policies.
public final class AuthFlags {
  static final FlagGroup GROUP = new FlagGroup("Authentication");
  private static final FlagGroup.Rows BUILT = GROUP.built();
  private static final FlagGroup.Rows PLANNED = GROUP.planned();

  public static final Flag<String> OAUTH2_TOKENINFO_URL =
      PLANNED.text("oauth2-tokeninfo-url", "", "address that tells about a token; allows the filters oauthTokeninfo…");
  public static final Flag<Duration> OAUTH2_TOKENINFO_TIMEOUT =
      PLANNED.seconds("oauth2-tokeninfo-timeout", 2, "longest time of a tokeninfo call");
  public static final Flag<Integer> OAUTH2_TOKENINFO_CACHE_SIZE =
      PLANNED.integer("oauth2-tokeninfo-cache-size", 0, "most tokens to remember; 0: none");
  public static final Flag<Duration> OAUTH2_TOKENINFO_CACHE_TTL =
      PLANNED.seconds("oauth2-tokeninfo-cache-ttl", 0, "longest time to remember a token; 0: as long as it is valid");

  static {
    var planned = GROUP.planned();
    planned.seconds("oauth2-tokenintrospect-timeout", 2, "longest time of an introspection call");
    planned.onOff("enable-oauth2-grant-flow", false, "allow the filters oauthGrant…");
    planned.text("oauth2-auth-url", "", "address of the login page");
    planned.text("oauth2-token-url", "", "address that exchanges a code for a token");
    planned.text("oauth2-revoke-token-url", "", "address that revokes tokens");
    planned.text("oauth2-secret-file", "", "file with the key that encrypts the session cookie");
    planned.text("oauth2-client-id", "", "this gateway's client id; else OAUTH2_CLIENT_ID of the environment");
    planned.text("oauth2-client-secret", "", "this gateway's client secret; else OAUTH2_CLIENT_SECRET of the environment");
    planned.text("oauth2-client-id-file", "", "file with the client id; {host} stands for the request's host");
    planned.text("oauth2-client-secret-file", "", "file with the client secret; {host} stands for the request's host");
    planned.text("oauth2-callback-path", "", "path that the login page sends users back to");
    planned.text("oauth2-access-token-header-name", "", "header that takes the token to the backend");
    planned.map("oauth2-auth-url-parameters", List.of(), "further parameters of the login page's address");
    planned.text("oauth2-tokeninfo-subject-key", "uid", "member of a tokeninfo answer that names the subject");
    planned.list("oauth2-grant-tokeninfo-keys", "members of a tokeninfo answer to keep");
    planned.text("oauth2-token-cookie-name", "oauth2-grant", "name of the session cookie");
    planned.integer("oauth2-token-cookie-remove-subdomains", 1, "labels of the host to cut for the cookie's domain");
    planned.onOff("oauth2-grant-insecure", false, "session cookie without Secure, callback over http");
    planned.yaml("oauth-clients", "OAuth clients and OpenID providers, by name");
    planned.text("oidc-secrets-file", "", "file with the key of OpenID sessions; allows the filters oauthOidc…");
    planned.seconds("oidc-cookie-validity", 3600, "age of an OpenID session without an expiry of its own");
    planned.seconds("oidc-distributed-claims-timeout", 2, "longest time to fetch distributed claims");
    planned.integer("oidc-cookie-remove-subdomains", 1, "labels of the host to cut for the cookie's domain");
    planned.onOff("enable-open-policy-agent", false, "allow the filters opa…");
    planned.text("open-policy-agent-config-template", "", "file with the template of an instance's configuration");
    planned.text("open-policy-agent-envoy-metadata", "", "file with metadata for policies written for Envoy");
    planned.seconds("open-policy-agent-cleaner-interval", 10, "how often unused instances are looked for");
    planned.seconds("open-policy-agent-startup-timeout", 30, "longest time for an instance to start");
    planned.number("open-policy-agent-max-request-body-size", 1048576, "bytes of a body that a policy sees");
    planned.number("open-policy-agent-request-body-buffer-size", 8192, "read buffer for such bodies");
    planned.number("open-policy-agent-max-memory-body-parsing", 104857600, "memory for such bodies, all requests together");
    planned.onOff("enable-open-policy-agent-custom-control-loop", false, "one loop updates all instances");
    planned.seconds("open-policy-agent-control-loop-interval", 60, "period of that loop");
    planned.seconds("open-policy-agent-control-loop-max-jitter", 1, "random part of that period");
    planned.onOff("enable-open-policy-agent-preloading", false, "load instances before the routes that use them");
    planned.onOff("enable-open-policy-agent-async-decision-logging", false, "log decisions off the request's thread");
    planned.onOff("enable-open-policy-agent-print-tracing", false, "print statements of policies as trace events");
    planned.onOff("enable-open-policy-agent-data-preprocessing-optimization", false, "convert policy data once");
  }

  private AuthFlags() {}
}
