/// Certificates and keys from PEM files, and the TLS engines of listeners and of connections to backends, on the JDK's own TLS.
@NullMarked
package dev.sluice.proxy.tls;

import org.jspecify.annotations.NullMarked;
