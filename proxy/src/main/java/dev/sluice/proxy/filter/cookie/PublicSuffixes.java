package dev.sluice.proxy.filter.cookie;

import java.util.Locale;
import java.util.Set;

/// Domains under which anyone can register: a browser refuses cookies for them. Second-level registries of countries follow a few patterns;
/// what these do not cover is treated as an ordinary domain.
final class PublicSuffixes {
  private static final Set<String> SECOND_LEVEL =
      Set.of("ac", "co", "com", "edu", "gov", "go", "gob", "gouv", "govt", "id", "ltd", "me", "mil", "ne", "net", "nhs", "nom", "or", "org", "plc", "police", "sch");
  private static final Set<String> OTHERS = Set.of(
      "github.io", "gitlab.io", "herokuapp.com", "appspot.com", "web.app", "firebaseapp.com", "pages.dev", "workers.dev", "netlify.app",
      "vercel.app", "azurewebsites.net", "cloudfront.net", "elasticbeanstalk.com", "s3.amazonaws.com", "fly.dev", "onrender.com");

  private PublicSuffixes() {}

  static boolean isSuffix(String domain) {
    String name = domain.toLowerCase(Locale.ROOT);
    int dot = name.indexOf('.');
    if (dot < 0) {
      return true;
    }
    boolean country = name.length() - dot == 3 && name.indexOf('.', dot + 1) < 0;
    return country && SECOND_LEVEL.contains(name.substring(0, dot)) || OTHERS.contains(name);
  }
}
