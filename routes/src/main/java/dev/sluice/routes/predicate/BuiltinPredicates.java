package dev.sluice.routes.predicate;

import dev.sluice.routes.spi.PredicateSpec;
import java.util.List;

/// The built-in predicates. `*` and `Any()` are no predicates but part of the language.
public final class BuiltinPredicates {
  /// In alphabetical order.
  public static final List<Class<? extends PredicateSpec>> ALL = List.of(
      After.class,
      Before.class,
      Between.class,
      ClientIP.class,
      ContentLengthBetween.class,
      Cookie.class,
      Cron.class,
      False.class,
      ForwardedHost.class,
      ForwardedProtocol.class,
      Header.class,
      HeaderRegexp.class,
      HeaderSHA256.class,
      Host.class,
      HostAny.class,
      JWTPayloadAllKV.class,
      JWTPayloadAllKVRegexp.class,
      JWTPayloadAnyKV.class,
      JWTPayloadAnyKVRegexp.class,
      Listener.class,
      Method.class,
      Methods.class,
      OTelBaggage.class,
      Path.class,
      PathRegexp.class,
      PathSubtree.class,
      QueryParam.class,
      Shutdown.class,
      Source.class,
      SourceFromLast.class,
      Tee.class,
      Traffic.class,
      TrafficSegment.class,
      True.class,
      Weight.class);

  private BuiltinPredicates() {}
}
