package dev.sluice.proxy.filter;

import dev.sluice.proxy.filter.auth.Webhook;
import dev.sluice.proxy.filter.body.Sed;
import dev.sluice.proxy.filter.body.SedDelim;
import dev.sluice.proxy.filter.body.SedRequest;
import dev.sluice.proxy.filter.body.SedRequestDelim;
import dev.sluice.proxy.filter.content.Healthcheck;
import dev.sluice.proxy.filter.content.InlineContent;
import dev.sluice.proxy.filter.content.InlineContentIfStatus;
import dev.sluice.proxy.filter.content.Status;
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
import dev.sluice.proxy.filter.header.RequestHeader;
import dev.sluice.proxy.filter.header.ResponseHeader;
import dev.sluice.proxy.filter.header.SetRequestHeader;
import dev.sluice.proxy.filter.header.SetResponseHeader;
import dev.sluice.proxy.filter.header.Xforward;
import dev.sluice.proxy.filter.header.XforwardFirst;
import dev.sluice.proxy.filter.path.ModPath;
import dev.sluice.proxy.filter.path.SetPath;
import dev.sluice.routes.spi.FilterSpec;
import java.util.List;

/// The built-in filters: the one list, in alphabetical order of their classes.
public final class BuiltinFilters {
  public static final List<Class<? extends FilterSpec>> ALL = List.of(
      AppendRequestHeader.class,
      AppendResponseHeader.class,
      BackendLatency.class,
      BackendTimeout.class,
      ClientRatelimit.class,
      ConsecutiveBreaker.class,
      CopyRequestHeader.class,
      CopyResponseHeader.class,
      CorsOrigin.class,
      DisableBreaker.class,
      DisableRatelimit.class,
      DropRequestHeader.class,
      DropRequestHeaderRegexp.class,
      DropResponseHeader.class,
      DropResponseHeaderRegexp.class,
      Fifo.class,
      FifoWithBody.class,
      FlowId.class,
      Healthcheck.class,
      InlineContent.class,
      InlineContentIfStatus.class,
      Latency.class,
      Lifo.class,
      LifoGroup.class,
      LifoGroupWithBody.class,
      LifoWithBody.class,
      ModPath.class,
      ModRequestHeader.class,
      ModResponseHeader.class,
      RateBreaker.class,
      Ratelimit.class,
      ReadTimeout.class,
      RequestHeader.class,
      ResponseHeader.class,
      Retry.class,
      Sed.class,
      SedDelim.class,
      SedRequest.class,
      SedRequestDelim.class,
      SetPath.class,
      SetRequestHeader.class,
      SetResponseHeader.class,
      Status.class,
      Webhook.class,
      WriteTimeout.class,
      Xforward.class,
      XforwardFirst.class);

  private BuiltinFilters() {}
}
