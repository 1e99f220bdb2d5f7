package dev.sluice.proxy.server;

import java.time.Duration;

/// How many connections a listener serves at once. Further ones wait and the newest of them is served first, as in Skipper's queue: who has waited
/// longest is the likeliest to have given up.
///
/// @param open connections served at once, from 1
/// @param waiting connections that may wait, from 0; beyond it the oldest of them is closed
/// @param longest a connection that has waited so long is closed; zero: no limit
public record ConnectionLimit(int open, int waiting, Duration longest) {}
