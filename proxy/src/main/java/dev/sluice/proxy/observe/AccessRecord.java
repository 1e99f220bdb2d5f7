package dev.sluice.proxy.observe;

import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/// What is known of an exchange at its end. Made on the loop, formatted elsewhere; the fields are never changed any more.
///
/// @param time wall clock at the end, milliseconds
/// @param nanos how long it took
/// @param peer the client's address
/// @param target as received
/// @param status sent, or what stands for it; 0 when nothing is known
/// @param bytes body bytes sent
/// @param host as the client named it
/// @param fields request header lines as filters left them; null for a refused head
/// @param failure token of what went wrong, or null
/// @param user who was authenticated, or null
public record AccessRecord(
    long time,
    long nanos,
    String peer,
    String method,
    String target,
    String protocol,
    int status,
    long bytes,
    String host,
    @Nullable HttpFields fields,
    @Nullable String failure,
    @Nullable String user) {}
