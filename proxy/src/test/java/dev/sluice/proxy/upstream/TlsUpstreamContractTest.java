package dev.sluice.proxy.upstream;

import dev.sluice.proxy.fixture.TestBackend;

/// The same over TLS.
class TlsUpstreamContractTest extends UpstreamContractTest {
  @Override
  TestBackend prepared(TestBackend backend) {
    return backend.secured();
  }
}
