/// The gateway's flags, stated once: name, kind, default, meaning, and whether it does something here.
///
/// One class per group holds the flags as typed constants; [Flags#GROUPS] lists the groups. From these the command line, the
/// configuration file, `-help`, the page `docs/flags.md` and [dev.sluice.proxy.server.GatewaySettings] are made. A flag that has a
/// constant is read by the gateway (a test looks for the reader); flags that are known but do nothing yet, or mean nothing here, stand in
/// their group without one and warn when they are used.
@NullMarked
package dev.sluice.proxy.flag;

import org.jspecify.annotations.NullMarked;
