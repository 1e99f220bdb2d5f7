package dev.sluice.proxy.flag;

/// State that several gateways share.
public final class SwarmFlags {
  static final FlagGroup GROUP = new FlagGroup("Several gateways");

  static {
    var planned = GROUP.planned();
    planned.onOff("enable-swarm", false, "share the state of cluster rate limits");
    planned.list("swarm-redis-urls", "Redis servers, host:port");
    planned.text("swarm-redis-username", "", "user name for Redis");
    planned.text("swarm-redis-password", "", "password for Redis; else SWARM_REDIS_PASSWORD of the environment");
    planned.text("swarm-redis-hash-algorithm", "", "how keys are spread: jump, mpchash, rendezvous or rendezvousVnodes");
    planned.millis("swarm-redis-dial-timeout", 25, "longest time to connect to Redis");
    planned.millis("swarm-redis-read-timeout", 25, "longest time for an answer of Redis");
    planned.millis("swarm-redis-write-timeout", 25, "longest time to send to Redis");
    planned.millis("swarm-redis-pool-timeout", 25, "longest time to get a connection to Redis");
    planned.integer("swarm-redis-min-conns", 100, "idle connections to each Redis server");
    planned.integer("swarm-redis-max-conns", 100, "most connections to each Redis server");
    planned.text("swarm-redis-remote", "", "address that tells the Redis servers");
    planned.seconds("swarm-redis-update-interval", 10, "how often it is asked");
    planned.millis("swarm-redis-heartbeat-frequency", 500, "period of pings to Redis servers");
    planned.list("swarm-valkey-urls", "Valkey servers, host:port");
    planned.text("swarm-valkey-username", "", "user name for Valkey");
    planned.text("swarm-valkey-password", "", "password for Valkey; else SWARM_VALKEY_PASSWORD of the environment");
    planned.text("swarm-valkey-remote", "", "address that tells the Valkey servers");
    planned.seconds("swarm-valkey-conn-lifetime", 60, "highest age of a connection to Valkey");
    planned.millis("swarm-valkey-conn-timeout", 25, "longest time of a call to Valkey");
    planned.millis("swarm-valkey-dial-timeout", 25, "longest time to connect to Valkey");
    planned.seconds("swarm-valkey-keepalive", 1, "TCP keep-alive to Valkey");
    planned.seconds("swarm-valkey-update-interval", 10, "how often -swarm-valkey-remote is asked");
    var gossip = GROUP.ignored("gateways share state through Redis or Valkey, not by gossip");
    gossip.text("swarm-namespace", "kube-system", "namespace of the peers");
    gossip.text("swarm-label-selector-key", "application", "label that selects the peers");
    gossip.text("swarm-label-selector-value", "skipper-ingress", "value of that label");
    gossip.integer("swarm-port", 9990, "port for gossip");
    gossip.integer("swarm-max-msg-buffer", 4194304, "buffer for gossip");
    gossip.seconds("swarm-leave-timeout", 5, "longest time to take leave");
    gossip.text("swarm-static-self", "", "own address, fixed");
    gossip.text("swarm-static-other", "", "addresses of the others, fixed");
  }

  private SwarmFlags() {}
}
