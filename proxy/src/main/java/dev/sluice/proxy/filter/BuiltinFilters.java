package dev.sluice.proxy.filter;

import dev.sluice.proxy.filter.auth.Webhook;
import dev.sluice.proxy.filter.backend.ConsistentHashBalanceFactor;
import dev.sluice.proxy.filter.backend.ConsistentHashKey;
import dev.sluice.proxy.filter.backend.SetDynamicBackendHost;
import dev.sluice.proxy.filter.backend.SetDynamicBackendHostFromHeader;
import dev.sluice.proxy.filter.backend.SetDynamicBackendScheme;
import dev.sluice.proxy.filter.backend.SetDynamicBackendSchemeFromHeader;
import dev.sluice.proxy.filter.backend.SetDynamicBackendUrl;
import dev.sluice.proxy.filter.backend.SetDynamicBackendUrlFromHeader;
import dev.sluice.proxy.filter.body.Sed;
import dev.sluice.proxy.filter.body.SedDelim;
import dev.sluice.proxy.filter.body.SedRequest;
import dev.sluice.proxy.filter.body.SedRequestDelim;
import dev.sluice.proxy.filter.content.Healthcheck;
import dev.sluice.proxy.filter.content.InlineContent;
import dev.sluice.proxy.filter.content.InlineContentIfStatus;
import dev.sluice.proxy.filter.content.Status;
import dev.sluice.proxy.filter.cookie.DropRequestCookie;
import dev.sluice.proxy.filter.cookie.DropResponseCookie;
import dev.sluice.proxy.filter.cookie.JsCookie;
import dev.sluice.proxy.filter.cookie.RequestCookie;
import dev.sluice.proxy.filter.cookie.ResponseCookie;
import dev.sluice.proxy.filter.flow.BackendLatency;
import dev.sluice.proxy.filter.flow.BackendTimeout;
import dev.sluice.proxy.filter.flow.ClientRatelimit;
import dev.sluice.proxy.filter.flow.ConsecutiveBreaker;
import dev.sluice.proxy.filter.flow.DisableBreaker;
import dev.sluice.proxy.filter.flow.DisableRatelimit;
import dev.sluice.proxy.filter.flow.Fifo;
import dev.sluice.proxy.filter.flow.FifoWithBody;
import dev.sluice.proxy.filter.flow.Latency;
import dev.sluice.proxy.filter.flow.Lifo;
import dev.sluice.proxy.filter.flow.LifoGroup;
import dev.sluice.proxy.filter.flow.LifoGroupWithBody;
import dev.sluice.proxy.filter.flow.LifoWithBody;
import dev.sluice.proxy.filter.flow.LoopbackIfStatus;
import dev.sluice.proxy.filter.flow.RateBreaker;
import dev.sluice.proxy.filter.flow.Ratelimit;
import dev.sluice.proxy.filter.flow.ReadTimeout;
import dev.sluice.proxy.filter.flow.Retry;
import dev.sluice.proxy.filter.flow.WriteTimeout;
import dev.sluice.proxy.filter.header.AppendRequestHeader;
import dev.sluice.proxy.filter.header.AppendResponseHeader;
import dev.sluice.proxy.filter.header.CopyRequestHeader;
import dev.sluice.proxy.filter.header.CopyResponseHeader;
import dev.sluice.proxy.filter.header.CorsOrigin;
import dev.sluice.proxy.filter.header.DropRequestHeader;
import dev.sluice.proxy.filter.header.DropRequestHeaderRegexp;
import dev.sluice.proxy.filter.header.DropResponseHeader;
import dev.sluice.proxy.filter.header.DropResponseHeaderRegexp;
import dev.sluice.proxy.filter.header.FlowId;
import dev.sluice.proxy.filter.header.ModRequestHeader;
import dev.sluice.proxy.filter.header.ModResponseHeader;
import dev.sluice.proxy.filter.header.PreserveHost;
import dev.sluice.proxy.filter.header.RequestHeader;
import dev.sluice.proxy.filter.header.ResponseHeader;
import dev.sluice.proxy.filter.header.SetRequestHeader;
import dev.sluice.proxy.filter.header.SetResponseHeader;
import dev.sluice.proxy.filter.header.Xforward;
import dev.sluice.proxy.filter.header.XforwardFirst;
import dev.sluice.proxy.filter.log.AccessLogDisabled;
import dev.sluice.proxy.filter.log.Annotate;
import dev.sluice.proxy.filter.log.Comment;
import dev.sluice.proxy.filter.log.DisableAccessLog;
import dev.sluice.proxy.filter.log.EnableAccessLog;
import dev.sluice.proxy.filter.path.DropQuery;
import dev.sluice.proxy.filter.path.HeaderToQuery;
import dev.sluice.proxy.filter.path.ModPath;
import dev.sluice.proxy.filter.path.QueryToHeader;
import dev.sluice.proxy.filter.path.RedirectTo;
import dev.sluice.proxy.filter.path.RedirectToLower;
import dev.sluice.proxy.filter.path.SetPath;
import dev.sluice.proxy.filter.path.SetQuery;
import dev.sluice.proxy.filter.path.StripQuery;
import dev.sluice.routes.spi.FilterSpec;
import java.util.List;

/// The built-in filters: the one list, in alphabetical order of their classes.
public final class BuiltinFilters {
  public static final List<Class<? extends FilterSpec>> ALL = List.of(
      AccessLogDisabled.class,
      Annotate.class,
      AppendRequestHeader.class,
      AppendResponseHeader.class,
      BackendLatency.class,
      BackendTimeout.class,
      ClientRatelimit.class,
      Comment.class,
      ConsecutiveBreaker.class,
      ConsistentHashBalanceFactor.class,
      ConsistentHashKey.class,
      CopyRequestHeader.class,
      CopyResponseHeader.class,
      CorsOrigin.class,
      DisableAccessLog.class,
      DisableBreaker.class,
      DisableRatelimit.class,
      DropQuery.class,
      DropRequestCookie.class,
      DropRequestHeader.class,
      DropRequestHeaderRegexp.class,
      DropResponseCookie.class,
      DropResponseHeader.class,
      DropResponseHeaderRegexp.class,
      EnableAccessLog.class,
      Fifo.class,
      FifoWithBody.class,
      FlowId.class,
      HeaderToQuery.class,
      Healthcheck.class,
      InlineContent.class,
      InlineContentIfStatus.class,
      JsCookie.class,
      Latency.class,
      Lifo.class,
      LifoGroup.class,
      LifoGroupWithBody.class,
      LifoWithBody.class,
      LoopbackIfStatus.class,
      ModPath.class,
      ModRequestHeader.class,
      ModResponseHeader.class,
      PreserveHost.class,
      QueryToHeader.class,
      RateBreaker.class,
      Ratelimit.class,
      ReadTimeout.class,
      RedirectTo.class,
      RedirectToLower.class,
      RequestCookie.class,
      RequestHeader.class,
      ResponseCookie.class,
      ResponseHeader.class,
      Retry.class,
      Sed.class,
      SedDelim.class,
      SedRequest.class,
      SedRequestDelim.class,
      SetDynamicBackendHost.class,
      SetDynamicBackendHostFromHeader.class,
      SetDynamicBackendScheme.class,
      SetDynamicBackendSchemeFromHeader.class,
      SetDynamicBackendUrl.class,
      SetDynamicBackendUrlFromHeader.class,
      SetPath.class,
      SetQuery.class,
      SetRequestHeader.class,
      SetResponseHeader.class,
      Status.class,
      StripQuery.class,
      Webhook.class,
      WriteTimeout.class,
      Xforward.class,
      XforwardFirst.class);

  private BuiltinFilters() {}
}
