package dev.sluice.proxy.filter;

import dev.sluice.proxy.filter.auth.BasicAuth;
import dev.sluice.proxy.filter.auth.Bearerinjector;
import dev.sluice.proxy.filter.auth.SetRequestHeaderFromSecret;
import dev.sluice.proxy.filter.auth.Webhook;
import dev.sluice.proxy.filter.backend.BackendClient;
import dev.sluice.proxy.filter.backend.BackendIsProxy;
import dev.sluice.proxy.filter.backend.SetDynamicBackendHost;
import dev.sluice.proxy.filter.backend.SetDynamicBackendHostFromHeader;
import dev.sluice.proxy.filter.backend.SetDynamicBackendScheme;
import dev.sluice.proxy.filter.backend.SetDynamicBackendSchemeFromHeader;
import dev.sluice.proxy.filter.backend.SetDynamicBackendUrl;
import dev.sluice.proxy.filter.backend.SetDynamicBackendUrlFromHeader;
import dev.sluice.proxy.filter.backend.SetFastCgiFilename;
import dev.sluice.proxy.filter.balance.ConsistentHashBalanceFactor;
import dev.sluice.proxy.filter.balance.ConsistentHashKey;
import dev.sluice.proxy.filter.balance.EndpointCheck;
import dev.sluice.proxy.filter.balance.EndpointCreated;
import dev.sluice.proxy.filter.balance.FadeIn;
import dev.sluice.proxy.filter.body.BlockContent;
import dev.sluice.proxy.filter.body.BlockContentHex;
import dev.sluice.proxy.filter.body.Compress;
import dev.sluice.proxy.filter.body.Decompress;
import dev.sluice.proxy.filter.body.Sed;
import dev.sluice.proxy.filter.body.SedDelim;
import dev.sluice.proxy.filter.body.SedRequest;
import dev.sluice.proxy.filter.body.SedRequestDelim;
import dev.sluice.proxy.filter.content.Absorb;
import dev.sluice.proxy.filter.content.AbsorbSilent;
import dev.sluice.proxy.filter.content.Healthcheck;
import dev.sluice.proxy.filter.content.InlineContent;
import dev.sluice.proxy.filter.content.InlineContentIfStatus;
import dev.sluice.proxy.filter.content.RandomContent;
import dev.sluice.proxy.filter.content.RepeatContent;
import dev.sluice.proxy.filter.content.RepeatContentHex;
import dev.sluice.proxy.filter.content.Static;
import dev.sluice.proxy.filter.content.Status;
import dev.sluice.proxy.filter.content.Tarpit;
import dev.sluice.proxy.filter.content.WrapContent;
import dev.sluice.proxy.filter.content.WrapContentHex;
import dev.sluice.proxy.filter.cookie.DropRequestCookie;
import dev.sluice.proxy.filter.cookie.DropResponseCookie;
import dev.sluice.proxy.filter.cookie.JsCookie;
import dev.sluice.proxy.filter.cookie.RequestCookie;
import dev.sluice.proxy.filter.cookie.ResponseCookie;
import dev.sluice.proxy.filter.flow.AdmissionControl;
import dev.sluice.proxy.filter.flow.BackendBandwidth;
import dev.sluice.proxy.filter.flow.BackendChunks;
import dev.sluice.proxy.filter.flow.BackendLatency;
import dev.sluice.proxy.filter.flow.BackendTimeout;
import dev.sluice.proxy.filter.flow.Bandwidth;
import dev.sluice.proxy.filter.flow.Chunks;
import dev.sluice.proxy.filter.flow.ClientRatelimit;
import dev.sluice.proxy.filter.flow.ConsecutiveBreaker;
import dev.sluice.proxy.filter.flow.DisableBreaker;
import dev.sluice.proxy.filter.flow.DisableRatelimit;
import dev.sluice.proxy.filter.flow.Fifo;
import dev.sluice.proxy.filter.flow.FifoWithBody;
import dev.sluice.proxy.filter.flow.HistogramRequestLatency;
import dev.sluice.proxy.filter.flow.HistogramResponseLatency;
import dev.sluice.proxy.filter.flow.Latency;
import dev.sluice.proxy.filter.flow.Lifo;
import dev.sluice.proxy.filter.flow.LifoGroup;
import dev.sluice.proxy.filter.flow.LifoGroupWithBody;
import dev.sluice.proxy.filter.flow.LifoWithBody;
import dev.sluice.proxy.filter.flow.LoopbackIfStatus;
import dev.sluice.proxy.filter.flow.NormalRequestLatency;
import dev.sluice.proxy.filter.flow.NormalResponseLatency;
import dev.sluice.proxy.filter.flow.RateBreaker;
import dev.sluice.proxy.filter.flow.Ratelimit;
import dev.sluice.proxy.filter.flow.ReadTimeout;
import dev.sluice.proxy.filter.flow.Retry;
import dev.sluice.proxy.filter.flow.UniformRequestLatency;
import dev.sluice.proxy.filter.flow.UniformResponseLatency;
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
      Absorb.class,
      AbsorbSilent.class,
      AccessLogDisabled.class,
      AdmissionControl.class,
      Annotate.class,
      AppendRequestHeader.class,
      AppendResponseHeader.class,
      BackendBandwidth.class,
      BackendChunks.class,
      BackendClient.class,
      BackendIsProxy.class,
      BackendLatency.class,
      BackendTimeout.class,
      Bandwidth.class,
      BasicAuth.class,
      Bearerinjector.class,
      BlockContent.class,
      BlockContentHex.class,
      Chunks.class,
      ClientRatelimit.class,
      Comment.class,
      Compress.class,
      ConsecutiveBreaker.class,
      ConsistentHashBalanceFactor.class,
      ConsistentHashKey.class,
      CopyRequestHeader.class,
      CopyResponseHeader.class,
      CorsOrigin.class,
      Decompress.class,
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
      EndpointCheck.class,
      EndpointCreated.class,
      FadeIn.class,
      Fifo.class,
      FifoWithBody.class,
      FlowId.class,
      HeaderToQuery.class,
      Healthcheck.class,
      HistogramRequestLatency.class,
      HistogramResponseLatency.class,
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
      NormalRequestLatency.class,
      NormalResponseLatency.class,
      PreserveHost.class,
      QueryToHeader.class,
      RandomContent.class,
      RateBreaker.class,
      Ratelimit.class,
      ReadTimeout.class,
      RedirectTo.class,
      RedirectToLower.class,
      RepeatContent.class,
      RepeatContentHex.class,
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
      SetFastCgiFilename.class,
      SetPath.class,
      SetQuery.class,
      SetRequestHeader.class,
      SetRequestHeaderFromSecret.class,
      SetResponseHeader.class,
      Static.class,
      Status.class,
      StripQuery.class,
      Tarpit.class,
      UniformRequestLatency.class,
      UniformResponseLatency.class,
      Webhook.class,
      WrapContent.class,
      WrapContentHex.class,
      WriteTimeout.class,
      Xforward.class,
      XforwardFirst.class);

  private BuiltinFilters() {}
}
